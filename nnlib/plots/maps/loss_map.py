"""The loss of two parameters seen from above: shades, contour lines, and paths over them."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from contourpy import contour_generator
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import Colormap
from matplotlib.patches import FancyArrowPatch
from numpy.typing import ArrayLike

from nnlib._typing import Array
from nnlib.plots.axes import style_axes
from nnlib.plots.maps.heat_map import draw_heat_map
from nnlib.plots.maps.path_ends import PathEnds
from nnlib.plots.maps.walk import Walk
from nnlib.plots.palette import LIGHT, Palette, shades_between
from nnlib.plots.plane import Limits

LEVELS = 14
_ARROW = 0.9  # the length of the gradient's arrow, in units of the map: it shows the direction
_BROAD = "simple,tail_width=6,head_width=15,head_length=10"  # in points: broader than the walk
_TIP = 0.01  # of the arrow, in units of the map
_SHORTEST = 0.3  # of an arrow at the edge: its head may stand outside the map
_BEYOND = 50.0  # places farther out than this many widths are drawn there: the line leaves the map

# How several runs on one map differ, besides their colours: dashes, and a mark at the end.
PATH_STYLES: tuple[tuple[Any, str], ...] = (
    ("-", "o"),
    ((0, (6, 2)), "s"),
    ((0, (2, 1.5)), "D"),
    ((0, (6, 2, 1, 2)), "^"),
    ((0, (1, 2.5)), "v"),
)


def shades(losses: Array) -> Array:
    """Return how dark each loss is, 0 (the lowest) to 1 (the highest), finer near the lowest."""
    low, high = float(losses.min()), float(losses.max())
    return np.sqrt((losses - low) / (high - low))


def loss_colormap(palette: Palette) -> Colormap:
    """Return the colours of `shades`: the lower the loss, the closer to the background."""
    return shades_between(palette.background, palette.faint, LEVELS)


class LossMap:
    """The artists of one map; made by `draw_loss_map`."""

    def __init__(self, ax: Axes, limits: Limits, palette: Palette) -> None:
        self.ax = ax
        self.limits = limits
        self._image = draw_heat_map(ax, loss_colormap(palette), low=0.0, high=1.0, zorder=0)
        self._image.set_extent(limits)
        self._contours = LineCollection(
            [], colors=palette.grey, linewidths=0.7, alpha=0.55, zorder=1
        )
        ax.add_collection(self._contours, autolim=False)
        style: dict[str, Any] = {"mutation_scale": 1, "shrinkA": 0, "shrinkB": 0, "linewidth": 0}
        style |= {"arrowstyle": _BROAD, "color": palette.gradient, "clip_on": False}
        # The walk often comes along the arrow: it lies on the shaft, and the head lies on it.
        self._gradient = FancyArrowPatch((0, 0), (1, 0), alpha=0.7, zorder=2, **style)
        self._head = FancyArrowPatch((0, 0), (1, 0), zorder=5, **style)
        for arrow in (self._gradient, self._head):
            ax.add_patch(arrow)
        self.others = [
            ax.plot([], [], color=color, linestyle=dashes, linewidth=1.3, zorder=3)[0]
            for color, (dashes, _) in zip(palette.runs, PATH_STYLES, strict=True)
        ]
        self.ends = PathEnds(ax, [mark for _, mark in PATH_STYLES], palette)
        self.walk = Walk(ax, palette, width=1.3, size=10)
        ring: dict[str, Any] = {"color": palette.ink, "markerfacecolor": palette.background}
        ring |= {"markersize": 9, "markeredgewidth": 2, "clip_on": False}
        (self._start,) = ax.plot([], [], "o", zorder=6, **ring)
        self._style_axes(palette)
        self.artists: Sequence[Artist] = [
            *(self._image, self._contours, self._gradient),
            *(*self.others, self._head, self._start, *self.ends.marks, *self.walk.artists),
            *self._names,
        ]

    def _style_axes(self, palette: Palette) -> None:
        left, right, bottom, top = self.limits
        self.ax.set(xlim=(left, right), ylim=(bottom, top))
        self.ax.set_xticks(np.arange(np.ceil(left) + 1, right))  # none in the corners
        self.ax.set_yticks(np.arange(np.ceil(bottom) + 1, top))
        style_axes(self.ax, palette)
        self.ax.tick_params(length=0, pad=6.5)  # a mark at the edge is whole
        style: dict[str, Any] = {"fontsize": 11, "color": palette.ink, "ha": "center"}
        style |= {"va": "center", "transform": self.ax.transAxes}
        self._names = [
            self.ax.text(0.5, -0.115, "", **style),
            self.ax.text(-0.093, 0.5, "", **style),
        ]

    def set_surface(self, losses: Array, names: tuple[str, str]) -> None:
        """Show other losses, (rows, columns) over the map's limits, the lowest row first."""
        values = shades(losses)
        self._image.set_data(values)
        left, right, bottom, top = self.limits
        lines = contour_generator(
            np.linspace(left, right, losses.shape[1]),
            np.linspace(bottom, top, losses.shape[0]),
            values,
        )
        levels = np.arange(1, LEVELS) / LEVELS  # where one shade ends and the next begins
        self._contours.set_segments(
            [np.asarray(line) for level in levels for line in lines.lines(level)]
        )
        for text, name in zip(self._names, names, strict=True):
            text.set_text(name)

    def set_point_size(self, points: float) -> None:
        """Draw a run's place in another size than 10 points; its way and start go with it."""
        self.walk.set_size(points)
        self._start.set(markersize=points - 1, markeredgewidth=1.5)

    def set_path(self, path: Array, gradient: ArrayLike) -> None:
        """Show the places of a run, (steps + 1, 2), and the gradient's direction at the last."""
        path = self._within_reach(path)
        self._start.set_data(path[:1, 0], path[:1, 1])
        self._start.set_visible(self.shows(path[0]))
        self.walk.set_places(path, seen=self.shows(path[-1]))
        gradient = np.asarray(gradient, dtype=float)
        length = float(np.hypot(*gradient))
        visible = length > 1e-6 and self.shows(path[-1])
        for arrow in (self._gradient, self._head):
            arrow.set_visible(visible)
        if visible:
            uphill = gradient / length
            reach = np.clip(self._room(path[-1], uphill), _SHORTEST, _ARROW)
            tip = path[-1] + reach * uphill
            self._gradient.set_positions(path[-1], tip)
            self._head.set_positions(tip - _TIP * uphill, tip)  # so short that it is all head

    def set_others(self, paths: Sequence[Array | None], chosen: int) -> None:
        """Show other runs for comparison, one for each of ``PATH_STYLES``; None hides one.

        The ``chosen`` one is shown by `set_path`. Where a run has made no step, or is off the map,
        its end has no mark.
        """
        ends: list[Array | None] = []
        for k, (line, path) in enumerate(zip(self.others, paths, strict=True)):
            line.set_visible(path is not None and k != chosen)
            if path is not None:
                line.set_data(*self._within_reach(path).T)
            ended = path is not None and len(path) > 1 and self.shows(path[-1])
            ends.append(path[-1] if path is not None and ended else None)
        self.ends.update(ends, chosen)

    @property
    def start(self) -> Array:
        """Where the ring of the start is, (1, 2)."""
        return np.asarray(self._start.get_xydata())

    @property
    def now(self) -> Array:
        """Where the point is, (1, 2)."""
        return self.walk.now

    def shows(self, place: Array) -> bool:
        """Say whether a place is on the map."""
        left, right, bottom, top = self.limits
        return bool(left <= place[0] <= right and bottom <= place[1] <= top)

    def _room(self, place: Array, direction: Array) -> float:
        """Return how far it is from a place to the edge of the map."""
        left, right, bottom, top = self.limits
        edges = np.where(direction > 0, (right, top), (left, bottom))
        moving = direction != 0
        return float(np.min((edges - place)[moving] / direction[moving]))

    def _within_reach(self, path: Array) -> Array:
        return np.clip(path, -_BEYOND * self.limits[1], _BEYOND * self.limits[1])


def draw_loss_map(ax: Axes, limits: Limits, palette: Palette = LIGHT) -> LossMap:
    """Draw an empty map of losses on ``ax`` and return the drawing."""
    return LossMap(ax, limits, palette)
