"""How good a network is: its loss and how many answers are right, now and in the past."""

import numpy as np

from nnlib._typing import Array
from nnlib.losses import Loss
from nnlib.network import Network

MOST_NUMBERS = 1_000_000  # of one layer's outputs in memory at a time


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


def loss_and_accuracy(
    network: Network, parameters: Array, X: Array, y: Array, loss: Loss
) -> tuple[Array, Array]:
    """Return L and the accuracy of a network with each of several sets of parameters.

    Parameters
    ----------
    network : Network
        Its own parameters play no part.
    parameters : array (n_sets, n_parameters)
        What `History` has kept.
    X : array (n_samples, n_in)
    y : array (n_samples, n_out)
    loss : Loss

    Returns
    -------
    tuple of two arrays (n_sets,)
    """
    widest = max(network.sizes)
    at_once = max(1, MOST_NUMBERS // (len(X) * widest))
    parts = [parameters[i : i + at_once] for i in range(0, len(parameters), at_once)]
    results = [_loss_and_accuracy(network, part, X, y, loss) for part in parts]
    losses, accuracies = zip(*results, strict=True)
    return np.concatenate(losses), np.concatenate(accuracies)


def _loss_and_accuracy(
    network: Network, parameters: Array, X: Array, y: Array, loss: Loss
) -> tuple[Array, Array]:
    output = network.layers[-1].activation
    with np.errstate(all="ignore"):  # while it diverges, anything may come
        z = network.stacked_z(parameters, X)
        losses = np.asarray(loss.from_z(z, y, output))
        if losses.shape != (len(parameters),):  # a loss of one's own that cannot take a stack
            losses = np.array([loss.from_z(z_k, y, output) for z_k in z])
        return losses, accuracy(output(z), y)
