"""CSS pixels: a hundred to the inch of a figure, whatever its resolution."""

from matplotlib.axes import Axes


def size_in_pixels(ax: Axes) -> tuple[float, float]:
    """Return width and height of the room that ``ax`` has, in CSS pixels."""
    width, height = (float(side) * 100 / ax.figure.dpi for side in ax.bbox.size)
    return width, height


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
