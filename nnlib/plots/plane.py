"""The plane of two inputs: what the model answers everywhere, the boundary, and the data."""

from collections.abc import Sequence
from typing import Any, cast

import numpy as np
from contourpy import contour_generator
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike

from nnlib._typing import Array
from nnlib.plots.axes import WITH_TICKS, name_axes, style_axes
from nnlib.plots.maps.heat_map import draw_heat_map
from nnlib.plots.palette import LIGHT, Palette

Limits = tuple[float, float, float, float]  # x from, x to, y from, y to


def grid_points(limits: Limits, size: int) -> Array:
    """Return the ``size × size`` points of a plane, row by row from the bottom, (size², 2)."""
    left, right, bottom, top = limits
    x1, x2 = np.meshgrid(np.linspace(left, right, size), np.linspace(bottom, top, size))
    return np.column_stack([x1.ravel(), x2.ravel()])


def squared(limits: Limits) -> Limits:
    """Return limits that reach as far across as up; the shorter way grows at both ends."""
    left, right, bottom, top = limits
    more = ((right - left) - (top - bottom)) / 2
    across, up = max(-more, 0.0), max(more, 0.0)
    return (left - across, right + across, bottom - up, top + up)


def boundary_of(margin: Array, limits: Limits) -> list[Array]:
    """Return the lines along which ``margin``, (size²,) at `grid_points`, is 0: (n, 2) each."""
    left, right, bottom, top = limits
    size = round(margin.size**0.5)
    lines = contour_generator(
        np.linspace(left, right, size),
        np.linspace(bottom, top, size),
        margin.reshape(size, size),
    ).lines(0.0)
    return cast("list[Array]", lines)


class Plane:
    """The artists of one plane; made by `draw_plane`."""

    def __init__(self, ax: Axes, limits: Limits, palette: Palette) -> None:
        self.ax = ax
        self._image = draw_heat_map(ax, palette.map, low=0.0, high=1.0, zorder=0)
        self._boundary = LineCollection([], colors=palette.ink, linewidths=2.2, zorder=2)
        ax.add_collection(self._boundary, autolim=False)
        marks: dict[str, Any] = {
            "linestyle": "none",
            "markeredgecolor": palette.background,
            "markeredgewidth": 1.0,
            "zorder": 3,
        }
        (self._discs,) = ax.plot([], [], "o", color=palette.positive, **marks)
        (self._triangles,) = ax.plot([], [], "^", color=palette.negative, **marks)
        self._style_axes(palette)
        self.artists: Sequence[Artist] = [
            self._image,
            self._boundary,
            self._discs,
            self._triangles,
            *ax.spines.values(),
        ]
        self.set_limits(limits)

    def _style_axes(self, palette: Palette) -> None:
        style_axes(self.ax, palette, lines=WITH_TICKS)
        name_axes(self.ax, "x₁", "x₂", palette, upright=True)
        self.ax.xaxis.set_major_locator(MaxNLocator(5))
        self.ax.yaxis.set_major_locator(MaxNLocator(5))

    def style_boundary(self, **style: Any) -> None:
        """Draw the boundary in another way, such as ``linestyle=[(0, (3, 2))]``."""
        self._boundary.set(**style)

    def set_limits(self, limits: Limits) -> None:
        """Show another part of the plane."""
        self.limits = limits
        self._image.set_extent(limits)
        self.ax.set_xlim(limits[:2])
        self.ax.set_ylim(limits[2:])

    def set_points(self, X: ArrayLike, y: ArrayLike, size: float = 6.0) -> None:
        """Show the data: class 1 as discs, class 0 as triangles. X is (n, 2), y (n, 1)."""
        X, one = np.asarray(X), np.ravel(y) >= 0.5
        for mark, chosen in ((self._discs, one), (self._triangles, ~one)):
            mark.set_data(X[chosen, 0], X[chosen, 1])
            mark.set_markersize(size)

    def set_answers(self, answers: ArrayLike, margin: ArrayLike | None = None) -> None:
        """Colour the plane by the answers at `grid_points`, and draw the boundary.

        Parameters
        ----------
        answers : array_like, size² values
            Outputs between 0 and 1.
        margin : array_like, size² values, optional
            Any quantity that is 0 on the boundary. Default: ``answers − 0.5``.
        """
        answers = np.asarray(answers, dtype=float)
        size = round(answers.size**0.5)
        self._image.set_data(answers.reshape(size, size))
        margin = answers - 0.5 if margin is None else np.asarray(margin, dtype=float)
        self._boundary.set_segments(boundary_of(margin, self.limits))

    @property
    def boundary(self) -> list[Array]:
        """The boundary as drawn: a list of lines, each (points, 2)."""
        return [np.asarray(line) for line in self._boundary.get_segments()]


def draw_plane(ax: Axes, limits: Limits, palette: Palette = LIGHT) -> Plane:
    """Draw an empty plane of two inputs on ``ax`` and return the drawing."""
    return Plane(ax, limits, palette)
