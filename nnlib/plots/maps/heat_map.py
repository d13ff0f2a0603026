"""A heat map that is quick to redraw: a grid of values, blended from cell to cell, in colours.

`Axes.imshow` with bilinear interpolation draws the same, but resamples several arrays with a
general filter, which takes most of the time of a live frame. Here two weighted sums do it.
"""

from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import Colormap
from matplotlib.image import AxesImage
from matplotlib.transforms import Bbox, TransformedBbox
from numpy.typing import NDArray

from nnlib._typing import Array

Weights = tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float32]]


class HeatMap(AxesImage):
    """An image of (rows, columns) values, the lowest row first; made by `draw_heat_map`.

    Colours stand for values from 0 to 1 of its norm. What it does not know how to do quickly
    (values that are not finite, fewer pixels than cells) it leaves to `AxesImage`.
    """

    def show_square(self, values: Array) -> None:
        """Show values (size²,), row by row from the lowest."""
        size = round(values.size**0.5)
        self.set_data(values.reshape(size, size))

    def make_image(
        self, renderer: Any, magnification: float = 1.0, unsampled: bool = False
    ) -> tuple[Any, float, float, Any]:
        """Return the picture in colours, and the pixel of its lower left corner."""
        left, right, bottom, top = self.get_extent()
        place = TransformedBbox(Bbox([[left, bottom], [right, top]]), self.get_transform())
        x0, y0, x1, y1 = np.floor(np.array(place.extents) + 0.5)
        values = np.asarray(self.get_array())
        rows, columns = values.shape
        inside = self.axes.bbox.expanded(1.001, 1.001)
        if (
            magnification != 1.0
            or y1 - y0 < rows
            or x1 - x0 < columns
            or not all(inside.contains(*corner) for corner in (place.min, place.max))
            or not np.isfinite(values).all()
        ):
            return super().make_image(renderer, magnification, unsampled)
        across = _weights(columns, x0 - place.x0, int(x1 - x0), place.width)
        upward = _weights(rows, y0 - place.y0, int(y1 - y0), place.height)
        levels = self._levels(values)
        return self._colours(_blend(_blend(levels.T, across).T, upward)), x0, y0, None

    def _levels(self, values: NDArray[Any]) -> NDArray[np.float32]:
        """Return where in the table of colours each value stands, from 0 to its length."""
        low, high = self.get_clim()
        share = (values.astype(np.float32) - low) / (high - low)
        return np.clip(share, 0.0, 1.0) * np.float32(self.get_cmap().N)

    def _colours(self, levels: NDArray[np.float32]) -> NDArray[np.uint8]:
        """Look up the colours, (rows, columns, 4); the highest level belongs to the last."""
        colormap = self.get_cmap()
        table = colormap(np.arange(colormap.N), bytes=True).view(np.uint32).ravel()
        chosen = np.minimum(levels, np.float32(colormap.N - 1)).astype(np.intp)
        return table.take(chosen).view(np.uint8).reshape(*levels.shape, 4)


def to_largest(values: Array) -> Array:
    """Scale values, or each column of several, to the largest number; 0 stays 0.

    Where the largest is not finite, all become 0.
    """
    largest = np.abs(values).max(axis=0)
    usable = np.isfinite(largest) & (largest > 0.0)
    return np.divide(values, largest, out=np.zeros_like(values), where=usable)


@lru_cache(maxsize=64)
def _weights(cells: int, offset: float, pixels: int, length: float) -> Weights:
    """Say between which two cells the middle of each pixel lies, and how near to the second.

    ``cells`` share ``length`` pixels evenly, and the first pixel begins ``offset`` after them.
    """
    middles = (np.arange(pixels) + 0.5 + offset) * cells / length - 0.5
    middles = np.clip(middles, 0.0, cells - 1.0)
    first = np.minimum(middles.astype(np.intp), max(cells - 2, 0))
    second = np.minimum(first + 1, cells - 1)
    return first, second, (middles - first).astype(np.float32)[:, None]


def _blend(rows: NDArray[np.float32], weights: Weights) -> NDArray[np.float32]:
    """Return one row for each pixel, blended of the two rows beside it."""
    first, second, nearness = weights
    blended = rows.take(first, axis=0)
    blended += (rows.take(second, axis=0) - blended) * nearness
    return blended


def draw_heat_map(ax: Axes, colormap: Colormap, low: float, high: float, **style: Any) -> HeatMap:
    """Draw an empty heat map of values from ``low`` to ``high`` that fills ``ax``."""
    heat_map = HeatMap(ax, cmap=colormap, origin="lower", interpolation="bilinear", **style)
    heat_map.set_data([[(low + high) / 2]])
    heat_map.set_clim(low, high)
    heat_map.set_extent((0.0, 1.0, 0.0, 1.0))
    heat_map.set_clip_path(ax.patch)
    ax.add_image(heat_map)
    return heat_map
