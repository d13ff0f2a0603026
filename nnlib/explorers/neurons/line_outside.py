"""A boundary that has left the plane: a mark at the edge says where it is, and brings it back."""

import numpy as np
from matplotlib.axes import Axes

from nnlib._typing import Array
from nnlib.explorers.engine.pointer import Handle
from nnlib.plots.palette import Palette
from nnlib.plots.plane import Limits

INSET = 0.15  # how far from the edge the mark stays, as a part of the plane's width
HALF = 0.2  # half of the mark's length, the same
REACH = 16.0  # CSS pixels


class LineOutside:
    """A dashed piece of the line at the edge that is nearest to it, to be dragged; or nothing.

    Parameters
    ----------
    plane : Axes
        Where the line would be.
    palette : Palette
        The theme's colours.
    """

    def __init__(self, plane: Axes, palette: Palette) -> None:
        self._plane = plane
        dashes = (0, (2, 1.2))
        (self.mark,) = plane.plot([], [], color=palette.ink, linewidth=2.4, linestyle=dashes)
        self.mark.set(visible=False, zorder=2)

    def update(self, limits: Limits, way: Array | None) -> None:
        """Show where the line is, seen from the plane's middle; nothing if ``way`` is None."""
        self.mark.set_visible(way is not None)
        if way is None:
            return
        left, right, bottom, top = limits
        middle = np.array([left + right, bottom + top]) / 2
        size = np.array([right - left, top - bottom])
        with np.errstate(divide="ignore"):
            reach = ((0.5 - INSET) * size / np.abs(way)).min()
        place = middle + reach * way
        along = HALF * size.min() * np.array([-way[1], way[0]])
        self.mark.set_data(*np.transpose([place - along, place + along]))

    @property
    def handles(self) -> list[Handle]:
        """The mark, to drag, while it is there."""
        if not self.mark.get_visible():
            return []
        return [Handle("line outside", self._plane, self.mark.get_xydata(), reach=REACH)]
