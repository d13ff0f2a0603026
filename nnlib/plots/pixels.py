"""CSS pixels: a hundred to the inch of a figure, whatever its resolution."""

import numpy as np
from matplotlib.axes import Axes

from nnlib._typing import Array


def size_in_pixels(ax: Axes) -> tuple[float, float]:
    """Return width and height of the room that ``ax`` has, in CSS pixels."""
    width, height = (float(side) * 100 / ax.figure.dpi for side in ax.bbox.size)
    return width, height


def pixels_per_unit(ax: Axes) -> Array:
    """Return how many CSS pixels a unit of x and a unit of y are long, (2,); linear axes only."""
    return np.array(size_in_pixels(ax)) / np.ptp([ax.get_xlim(), ax.get_ylim()], axis=1)


def measure_in_pixels(ax: Axes) -> tuple[float, float]:
    """Let the data coordinates of ``ax`` be CSS pixels from bottom left, and hide its axes.

    Returns
    -------
    width, height : float
        The room that there is.
    """
    width, height = size_in_pixels(ax)
    ax.set(xlim=(0.0, width), ylim=(0.0, height))
    ax.set_axis_off()
    return width, height
