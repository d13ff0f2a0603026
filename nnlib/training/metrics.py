"""How good a network is: its loss and how many answers are right, now and in the past."""

import numpy as np

from nnlib._typing import Array
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


class Measures:
    """Losses, penalty left out, and accuracies of several networks at once: what `History` keeps.

    Parameters
    ----------
    network : Network
        Tells the layers; its own parameters do not matter.
    loss : Loss
    train, test : tuple (X, y), or None
        Checked data. Accuracies are left out where `is_classification` says no.
    """

    def __init__(
        self,
        network: Network,
        loss: Loss,
        train: tuple[Array, Array],
        test: tuple[Array, Array] | None,
    ) -> None:
        self._network = network
        self._loss = loss
        self._parts = {"train": train} if test is None else {"train": train, "test": test}
        self._has_accuracy = is_classification(train[1], loss)

    def __call__(self, parameters: Array, z: Array | None = None) -> dict[str, Array]:
        """Return arrays (n_sets,) by name, such as ``"train_loss"``.

        ``parameters`` (n_sets, n_parameters); ``z`` (n_sets, n_out, n_samples) is that of the last
        layer on the training data, if it is known.
        """
        measures = {}
        with np.errstate(all="ignore"):  # while training diverges, anything may come
            for part, (X, y) in self._parts.items():
                if part == "train" and z is not None:
                    part_z = z.transpose(0, 2, 1)
                else:
                    part_z = self._stacked_z(parameters, X)
                measures[f"{part}_loss"] = self._losses(part_z, y)
                if self._has_accuracy:
                    output = self._network.layers[-1].activation
                    measures[f"{part}_accuracy"] = accuracy(output(part_z), y)
        return measures

    def _losses(self, z: Array, y: Array) -> Array:
        """Return L for each of a stack of z (n_sets, n_samples, n_out) of the output layer."""
        output = self._network.layers[-1].activation
        losses = np.asarray(self._loss.from_z(z, y, output))
        if losses.shape != z.shape[:1]:  # a loss of one's own that cannot take a stack
            losses = np.array([self._loss.from_z(z_k, y, output) for z_k in z])
        return losses

    def _stacked_z(self, parameters: Array, X: Array) -> Array:
        """Return z of the output layer with each set of parameters, (n_sets, n_samples, n_out)."""
        at_once = max(1, MOST_NUMBERS // (len(X) * max(self._network.sizes)))
        parts = [
            self._network.stacked_z(parameters[i : i + at_once], X)
            for i in range(0, len(parameters), at_once)
        ]
        return np.concatenate(parts)
