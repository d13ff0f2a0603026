"""A run on a surface of two parameters: a line with a dot for each step, and a disc where it is."""

from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from nnlib._typing import Array
from nnlib.plots.palette import Palette

_DOT = 3.6  # the size of a step's dot, in points


class Walk:
    """The way of a run; its disc lies above whatever else is on the map.

    Parameters
    ----------
    ax : Axes
        Where to draw.
    palette : Palette
        The walk is drawn in its ink.
    width : float
        Of the line, in points.
    size : float
        Of the disc, in points.
    """

    def __init__(self, ax: Axes, palette: Palette, width: float, size: float) -> None:
        style: dict[str, Any] = {"color": palette.ink}
        (self.line,) = ax.plot([], [], "o-", linewidth=width, markersize=_DOT, zorder=4, **style)
        style |= {"markeredgecolor": palette.background, "clip_on": False}  # whole at the edge
        (self.mark,) = ax.plot([], [], "o", markersize=size, zorder=7, **style)
        self.artists: list[Artist] = [self.line, self.mark]

    def set_size(self, points: float) -> None:
        """Draw the disc in another size; the line and its dots go with it."""
        self.mark.set_markersize(points)
        self.line.set(markersize=0.4 * points, linewidth=0.18 * points)

    def set_places(self, places: Array, seen: bool) -> None:
        """Show the places of a run, (steps + 1, 2); ``seen`` says whether the last is in sight."""
        self.line.set_data(places[:, 0], places[:, 1])
        self.mark.set_data(places[-1:, 0], places[-1:, 1])
        self.mark.set_visible(seen)

    @property
    def now(self) -> Array:
        """Where the disc is, (1, 2)."""
        return np.asarray(self.mark.get_xydata())
