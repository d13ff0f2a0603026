"""A map of losses with one run over it, and an arrow uphill where the run is."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch
from numpy.typing import ArrayLike

from nnlib._typing import Array
from nnlib.plots.maps.loss_map import LossMap
from nnlib.plots.maps.walk import Walk
from nnlib.plots.palette import LIGHT, Palette
from nnlib.plots.plane import Limits

_ARROW = 0.9  # the length of the gradient's arrow, in units of the map: it shows the direction
_BROAD = "simple,tail_width=6,head_width=15,head_length=10"  # in points: broader than the walk
_TIP = 0.01  # of the arrow, in units of the map
_TRIANGLE = 12.0  # points: the size of the one that points off the map
_SHORTEST = 0.3  # of an arrow at the edge: its head may stand outside the map


class WalkedMap(LossMap):
    """The artists of one map with a run; made by `draw_walked_map`."""

    def __init__(self, ax: Axes, limits: Limits, palette: Palette) -> None:
        super().__init__(ax, limits, palette)
        style: dict[str, Any] = {"mutation_scale": 1, "shrinkA": 0, "shrinkB": 0, "linewidth": 0}
        style |= {"arrowstyle": _BROAD, "color": palette.gradient, "clip_on": False}
        # The walk often comes along the arrow: it lies on the shaft, and the head lies on it.
        self._gradient = FancyArrowPatch((0, 0), (1, 0), alpha=0.7, zorder=2, **style)
        self._head = FancyArrowPatch((0, 0), (1, 0), zorder=5, **style)
        for arrow in (self._gradient, self._head):
            ax.add_patch(arrow)
        self.walk = Walk(ax, palette, width=1.3, size=9)
        words: dict[str, Any] = {"transform": ax.transAxes, "fontsize": 11, "va": "center"}
        words["color"] = palette.gradient
        self.arrow_name = ax.text(0, -0.115, "arrow: gradient, uphill", **words)
        self._arrow = [self._gradient, self._head, self.arrow_name]
        edge: dict[str, Any] = {"markersize": _TRIANGLE, "clip_on": False, "color": palette.ink}
        edge |= {"markeredgecolor": palette.background, "zorder": 7}
        (self._off,) = ax.plot([], [], **edge)
        self.artists = [*self.artists, *self._arrow, *self.walk.artists, self._off]

    def set_point_size(self, points: float) -> None:
        """Draw a run's place in another size than 9 points; its way and start go with it."""
        self.walk.set_size(points)
        self._start.set(markersize=points - 1, markeredgewidth=1.5)

    def set_path(self, path: Array, gradient: ArrayLike) -> None:
        """Show the places of a run, (steps + 1, 2), and the gradient's direction at the last."""
        path = self.within_reach(path)
        self.set_start(path[0])
        self.walk.set_places(path, seen=self.shows(path[-1]))
        self._point_off_the_map(path[-1])
        gradient = np.asarray(gradient, dtype=float)
        length = float(np.hypot(*gradient))
        visible = length > 1e-6 and self.shows(path[-1])
        for artist in self._arrow:
            artist.set_visible(visible)
        if visible:
            uphill = gradient / length
            reach = np.clip(self._room(path[-1], uphill), _SHORTEST, _ARROW)
            tip = path[-1] + reach * uphill
            self._gradient.set_positions(path[-1], tip)
            self._head.set_positions(tip - _TIP * uphill, tip)  # so short that it is all head

    @property
    def now(self) -> Array:
        """Where the point is, (1, 2)."""
        return self.walk.now

    @property
    def edge(self) -> Array | None:
        """The place at the edge next to a run that is off the map; None if it is on it."""
        return np.asarray(self._off.get_xydata())[0] if self._off.get_visible() else None

    def _point_off_the_map(self, place: Array) -> None:
        """Let a triangle at the edge point to a place that is off the map."""
        left, right, bottom, top = self.limits
        edge = np.clip(place, (left, bottom), (right, top))
        across, up = np.sign(place - edge)
        self._off.set_visible(bool(across or up) and bool(np.isfinite(edge).all()))
        self._off.set_data(edge[:1], edge[1:])
        self._off.set_marker((3, 0, np.degrees(np.arctan2(up, across)) - 90))


def draw_walked_map(ax: Axes, limits: Limits, palette: Palette = LIGHT) -> WalkedMap:
    """Draw an empty map of losses on ``ax`` and return the drawing."""
    return WalkedMap(ax, limits, palette)
