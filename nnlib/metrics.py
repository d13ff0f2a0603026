"""How good a network is: its loss and how many answers are right, now and in the past."""

import numpy as np

from nnlib._typing import Array
from nnlib.activations import Activation
from nnlib.losses import Loss
from nnlib.network import Network

MOST_NUMBERS = 30_000  # of one layer, at a time: as many as stay in the processor's cache


def is_classification(y: Array, loss: Loss) -> bool:
    """Return whether the targets ``y`` are classes: then there is an accuracy.

    So it is with both cross-entropies, and with any loss if every target is 0 or 1.
    """
    return loss.output is not None or bool(np.isin(y, (0, 1)).all())


def accuracy(a: Array, y: Array) -> Array:
    """Return the fraction of samples whose class is answered correctly, from 0 to 1.

    ``a`` and ``y`` have the shape (n_samples, n_out); ``a`` may also be a stack of such arrays,
    and the result is then an array. One column: class 1 from 0.5 on. Several: the
    class of the largest element where ``y`` is one-hot, else every element must be right.

    Examples
    --------
    >>> accuracy(np.array([[0.9], [0.2]]), np.array([[1], [1]])).item()
    0.5
    """
    if y.shape[1] > 1 and np.allclose(y.sum(axis=1), 1):
        return np.mean(a.argmax(axis=-1) == y.argmax(axis=-1), axis=-1)
    return np.mean(((a >= 0.5) == (y >= 0.5)).all(axis=-1), axis=-1)


def losses_of(z: Array, y: Array, loss: Loss, output: Activation) -> Array:
    """Return L for each of a stack of z of the output layer, an array (n_sets,).

    Parameters
    ----------
    z : array (n_sets, n_samples, n_out)
    y : array (n_samples, n_out)
    loss : Loss
    output : Activation
        The output activation.
    """
    with np.errstate(all="ignore"):  # while training diverges, anything may come
        losses = np.asarray(loss.from_z(z, y, output))
        if losses.shape != z.shape[:1]:  # a loss of one's own that cannot take a stack
            losses = np.array([loss.from_z(z_k, y, output) for z_k in z])
        return losses


def accuracies_of(z: Array, y: Array, output: Activation) -> Array:
    """Return the accuracy for each of a stack of z, as in `losses_of`."""
    with np.errstate(all="ignore"):
        return accuracy(output(z), y)


def stacked_z(network: Network, parameters: Array, X: Array) -> Array:
    """Return z of the output layer with each of several sets of parameters, a stack of them.

    ``parameters`` (n_sets, n_parameters), ``X`` (n_samples, n_in) → (n_sets, n_samples, n_out).
    """
    at_once = max(1, MOST_NUMBERS // (len(X) * max(network.sizes)))
    with np.errstate(all="ignore"):
        parts = [
            network.stacked_z(parameters[i : i + at_once], X)
            for i in range(0, len(parameters), at_once)
        ]
    return np.concatenate(parts)
