"""A run on a surface of two parameters: a line with a dot for each step, and a mark where it is."""

from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from nnlib._typing import Array
from nnlib.plots.palette import Palette

_SIZES = {"^": 1.2, "v": 1.2, "s": 0.95, "D": 0.9}  # a triangle fills half of its square


def size_of(mark: str, points: float) -> float:
    """Return the size at which a mark looks as large as a disc of ``points``.

    Examples
    --------
    >>> size_of("o", 10.0), size_of("^", 10.0)
    (10.0, 12.0)
    """
    return points * _SIZES.get(mark, 1.0)


class Walk:
    """The way of the run that is looked at; its mark lies above whatever else is on the map.

    Parameters
    ----------
    ax : Axes
        Where to draw.
    palette : Palette
        The walk is drawn in its ink, until `set_look` says otherwise.
    width : float
        Of the line, in points.
    size : float
        Of the mark, in points.
    """

    def __init__(self, ax: Axes, palette: Palette, width: float, size: float) -> None:
        style: dict[str, Any] = {"color": palette.ink}
        self._size = size
        (self.line,) = ax.plot([], [], "o-", linewidth=width, markersize=3, zorder=4, **style)
        style |= {"markeredgecolor": palette.background, "clip_on": False}  # whole at the edge
        (self.mark,) = ax.plot([], [], "o", markersize=size, zorder=7, **style)
        self.artists: list[Artist] = [self.line, self.mark]

    def set_look(self, mark: str, color: str) -> None:
        """Draw it in another colour, and its place with another mark than a disc."""
        self.mark.set_marker(mark)
        self.mark.set_markersize(size_of(mark, self._size))
        self.mark.set_markerfacecolor(color)
        self.line.set_color(color)

    def set_size(self, points: float) -> None:
        """Draw the mark in another size; the line and its dots go with it."""
        self._size = points
        self.mark.set_markersize(points)
        self.line.set(markersize=0.4 * points, linewidth=0.18 * points)

    def set_places(self, places: Array, seen: bool) -> None:
        """Show the places of a run, (steps + 1, 2); ``seen`` says whether the last is in sight."""
        self.line.set_data(places[:, 0], places[:, 1])
        self.mark.set_data(places[-1:, 0], places[-1:, 1])
        self.mark.set_visible(seen)

    @property
    def now(self) -> Array:
        """Where the mark is, (1, 2)."""
        return np.asarray(self.mark.get_xydata())
