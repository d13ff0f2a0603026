"""Which boxes in a picture lie over each other."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike

TOUCH = 1.0  # pixels that two boxes may share: the boxes are a little larger than the letters


def overlaps(boxes: ArrayLike) -> Iterator[tuple[int, int, float]]:
    """Yield each two boxes that lie over each other, and by how many pixels at the least.

    A box is a row of its left, bottom, right and top.
    """
    boxes = np.reshape(np.asarray(boxes, dtype=float), (-1, 4))
    low = np.maximum(boxes[:, None, :2], boxes[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], boxes[None, :, 2:])
    least = (high - low).min(axis=2)
    for one, other in np.argwhere(np.triu(least > TOUCH, k=1)):
        yield one, other, least[one, other]
