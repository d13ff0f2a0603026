"""How many answers are right."""

import numpy as np

from nnlib._typing import Array
from nnlib.losses import Loss


def is_classification(y: Array, loss: Loss) -> bool:
    """Return whether the targets ``y`` are classes: then there is an accuracy.

    So it is with both cross-entropies, and with any loss if every target is 0 or 1.
    """
    return loss.output is not None or bool(np.isin(y, (0, 1)).all())


def accuracy(a: Array, y: Array) -> float:
    """Return the fraction of samples whose class is answered correctly, from 0 to 1.

    ``a`` and ``y`` have the shape (n_samples, n_out). One column: class 1 from 0.5 on. Several: the
    class of the largest element where ``y`` is one-hot, else every element must be right.

    Examples
    --------
    >>> accuracy(np.array([[0.9], [0.2]]), np.array([[1], [1]]))
    0.5
    """
    if y.shape[1] > 1 and np.allclose(y.sum(axis=1), 1):
        return float(np.mean(a.argmax(axis=1) == y.argmax(axis=1)))
    return float(np.mean(((a >= 0.5) == (y >= 0.5)).all(axis=1)))
