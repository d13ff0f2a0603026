"""Small pictures side by side: handwritten digits, or what a hidden unit looks for in them."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.image import AxesImage
from numpy.typing import ArrayLike

from nnlib.plots.palette import LIGHT, Palette, shades_between


def draw_pictures(
    axes: Sequence[Axes],
    rows: ArrayLike,
    titles: Sequence[object] | None = None,
    signed: bool = False,
    palette: Palette = LIGHT,
) -> list[AxesImage]:
    """Draw one square picture on each of ``axes``; axes that are left over are emptied.

    Parameters
    ----------
    axes : sequence of Axes
        Where to draw.
    rows : array_like (n, pixels)
        The pictures, each row by row from the top. Amounts of ink from 0 to 1; or weights.
    titles : sequence, optional
        What to write above each.
    signed : bool
        Whether they are weights: then blue is positive, orange negative, and each picture has the
        scale of its own largest weight.
    """
    rows = np.asarray(rows, dtype=float)
    side = round(rows.shape[1] ** 0.5)
    images = []
    for ax in axes:
        ax.set_axis_off()
    for k, (ax, row) in enumerate(zip(axes, rows, strict=False)):
        high = float(np.abs(row).max()) or 1.0
        low, high = (-high, high) if signed else (0.0, 1.0)
        colours = palette.map if signed else shades_between(palette.background, palette.ink)
        images.append(ax.imshow(row.reshape(side, side), cmap=colours, vmin=low, vmax=high))
        if titles is not None:
            ax.set_title(str(titles[k]), fontsize=10.5, color=palette.ink)
    return images
