"""Strokes of a pen, brought to the form of the handwriting that the network was trained on.

The people whose digits are in `nnlib.datasets.digits` wrote on paper. Their digits were scanned,
brought to one size as black and white pictures of 32 × 32 pixels, and counted: each of the 8 × 8
numbers is how many of 4 × 4 pixels are black (Alpaydin and Kaynak, 1998). Here the same is done to
strokes. In the data each digit is as high as its picture, stands in its middle, and 30.5 % of the
pixels are black, whatever the digit; so the strokes are scaled, centred, and drawn with a pen as
wide as that takes.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nnlib._typing import Array

Stroke = Sequence[tuple[float, float]]  # places from (0, 0), bottom left, to (1, 1), top right

SIDE = 32
BLOCK = 4
BLACK = 0.305  # the share of the pixels that are black, mean of the data
PEN = 2.0  # pixels from the middle of a line to its edge, where nothing is scaled
_FITS = 3  # a wider pen leaves less room for the line, which changes the pen: repeated so often
_MIDDLES = np.stack(np.meshgrid(np.arange(SIDE) + 0.5, np.arange(SIDE) + 0.5), -1).reshape(-1, 2)


def bitmap(strokes: Sequence[Stroke], fitted: bool = True) -> NDArray[np.bool_]:
    """Return the black pixels of a 32 × 32 picture, the top row first.

    Parameters
    ----------
    strokes : sequence of strokes
        Each a sequence of places; one place alone is a dot.
    fitted : bool
        Whether to scale and centre them and to choose the pen, as the data were made.
    """
    if not any(len(stroke) for stroke in strokes):
        return np.zeros((SIDE, SIDE), dtype=bool)
    starts, ends = (SIDE * places for places in _segments(strokes))
    radius = PEN
    distances = _distances(starts, ends)
    if fitted:
        for _ in range(_FITS):
            distances = _distances(*_in_the_middle(starts, ends, radius))
            radius = float(np.quantile(distances, BLACK))
            radius = min(max(radius, 1.0), SIDE / 4)
    return (distances <= radius).reshape(SIDE, SIDE)[::-1]


def count_blocks(black: NDArray[np.bool_]) -> Array:
    """Return the share of black pixels in each block of 4 × 4, (64,), row by row from the top."""
    n = SIDE // BLOCK
    return black.reshape(n, BLOCK, n, BLOCK).mean(axis=(1, 3)).ravel()


def _segments(strokes: Sequence[Stroke]) -> tuple[Array, Array]:
    """Return where the straight pieces of all strokes start and end, (n, 2) each."""
    places = [np.asarray(stroke, dtype=float).reshape(-1, 2) for stroke in strokes if len(stroke)]
    starts = np.concatenate([line[:-1] if len(line) > 1 else line for line in places])
    ends = np.concatenate([line[1:] if len(line) > 1 else line for line in places])
    return starts, ends


def _in_the_middle(starts: Array, ends: Array, radius: float) -> tuple[Array, Array]:
    """Scale and move the lines so that with the pen they fill the picture and stand in it."""
    both = np.concatenate([starts, ends])
    low, high = both.min(axis=0), both.max(axis=0)
    extent = float((high - low).max())  # height, or width where a line is wider than high
    scale = (SIDE - 2 * radius) / extent if extent > 0 else 1.0
    middle = (low + high) / 2
    return SIDE / 2 + scale * (starts - middle), SIDE / 2 + scale * (ends - middle)


def _distances(starts: Array, ends: Array) -> Array:
    """Return how far the middle of each pixel is from the nearest line, (SIDE²,)."""
    along = ends - starts
    squared = np.maximum((along**2).sum(axis=1), 1e-12)
    offset = _MIDDLES[:, None] - starts
    part = np.clip((offset * along).sum(axis=-1) / squared, 0.0, 1.0)
    nearest = offset - part[..., None] * along
    return np.sqrt((nearest**2).sum(axis=-1).min(axis=1))
