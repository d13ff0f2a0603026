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
from nnlib.plots.palette import LIGHT, Palette, shades_between
from nnlib.plots.plane import Limits

LEVELS = 14
_ARROW = 0.9  # the length of the gradient's arrow, in units of the map: it shows the direction
_BROAD = "simple,tail_width=6,head_width=15,head_length=10"  # in points: broader than the walk
_TIP = 0.01  # of the arrow, in units of the map
_SHORTEST = 0.3  # of an arrow at the edge: its head may stand outside the map
_RECENT = 8  # steps of another run that are drawn strongly
_BEYOND = 50.0  # places farther out than this many widths are drawn there: the line leaves the map

# How the paths of several optimisers differ, besides their names: dashes, and a mark at the end.
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


class OtherPath:
    """A run beside the one that is looked at: a thin line, strong over its latest steps."""

    def __init__(self, ax: Axes, dashes: Any, palette: Palette) -> None:
        style: dict[str, Any] = {"color": palette.grey, "linestyle": dashes, "zorder": 3}
        (self.recent,) = ax.plot([], [], linewidth=2.0, **style)
        (self.path,) = ax.plot([], [], linewidth=1.0, **style)
        self.artists = [self.recent, self.path]

    def set_path(self, path: Array | None, strong: bool) -> None:
        """Show the places of a run, (steps + 1, 2), or nothing; the latest ``strong`` or not."""
        self.path.set_visible(path is not None)
        self.recent.set_visible(strong)
        if path is not None:
            self.path.set_data(path[:, 0], path[:, 1])
            self.recent.set_data(path[-_RECENT - 1 :, 0], path[-_RECENT - 1 :, 1])


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
        self._arrow: list[Array] = []  # places along it, while there is one
        self._others = [OtherPath(ax, dashes, palette) for dashes, _ in PATH_STYLES]
        self._ends = PathEnds(ax, [mark for _, mark in PATH_STYLES], palette)
        (self._path,) = ax.plot([], [], "o-", color=palette.ink, zorder=4)
        self._path.set(linewidth=1.3, markersize=3)
        ring: dict[str, Any] = {"color": palette.ink, "markerfacecolor": palette.background}
        (self._start,) = ax.plot([], [], "o", markersize=9, markeredgewidth=2, zorder=6, **ring)
        (self._now,) = ax.plot([], [], "o", color=palette.ink, markersize=10, zorder=7)
        self._now.set_markeredgecolor(palette.background)
        self._style_axes(palette)
        self.artists: Sequence[Artist] = [
            *(self._image, self._contours, self._gradient),
            *(artist for other in self._others for artist in other.artists),
            *(self._path, self._head, self._start, *self._ends.artists, self._now, *self._names),
        ]

    def _style_axes(self, palette: Palette) -> None:
        left, right, bottom, top = self.limits
        self.ax.set(xlim=(left, right), ylim=(bottom, top))
        self.ax.set_xticks(np.arange(np.ceil(left) + 1, right))  # none in the corners
        self.ax.set_yticks(np.arange(np.ceil(bottom) + 1, top))
        style_axes(self.ax, palette)
        self.ax.tick_params(length=0)
        style: dict[str, Any] = {"fontsize": 11, "color": palette.ink, "ha": "center"}
        style |= {"va": "center", "transform": self.ax.transAxes}
        self._names = [
            self.ax.text(0.5, -0.09, "", **style),
            self.ax.text(-0.085, 0.5, "", **style),
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
        self._now.set_markersize(points)
        self._start.set(markersize=points - 1, markeredgewidth=1.5)
        self._path.set(markersize=0.4 * points, linewidth=0.18 * points)

    def set_mark(self, mark: str) -> None:
        """Draw a run's place with another mark than a disc, as its optimiser's name has it."""
        self._now.set_marker(mark)

    def set_path(self, path: Array, gradient: ArrayLike) -> None:
        """Show the places of a run, (steps + 1, 2), and the gradient's direction at the last."""
        path = self._within_reach(path)
        self._path.set_data(path[:, 0], path[:, 1])
        self._start.set_data(path[:1, 0], path[:1, 1])
        self._now.set_data(path[-1:, 0], path[-1:, 1])
        gradient = np.asarray(gradient, dtype=float)
        length = float(np.hypot(*gradient))
        visible = length > 1e-6 and self.shows(path[-1])
        for arrow in (self._gradient, self._head):
            arrow.set_visible(visible)
        self._arrow = []
        if visible:
            uphill = gradient / length
            reach = np.clip(self._room(path[-1], uphill), _SHORTEST, _ARROW)
            tip = path[-1] + reach * uphill
            self._arrow = [tip, (path[-1] + tip) / 2]
            self._gradient.set_positions(path[-1], tip)
            self._head.set_positions(tip - _TIP * uphill, tip)  # so short that it is all head

    def set_ends(self, ends: Sequence[Array | None], names: Sequence[str], chosen: int) -> None:
        """Mark and name where runs end, one for each of ``PATH_STYLES``; ``chosen`` has the point.

        None shows no end, and so does one that is off the map.
        """
        seen = [None if end is None or not self.shows(end) else end for end in ends]
        self._ends.update(seen, names, chosen, [self.start[0], *self._arrow])

    def set_others(self, paths: Sequence[Array | None]) -> None:
        """Show other runs for comparison, one for each of ``PATH_STYLES``; None hides one."""
        for other, path in zip(self._others, paths, strict=True):
            seen = path is not None and self.shows(path[-1])
            other.set_path(None if path is None else self._within_reach(path), strong=seen)

    @property
    def start(self) -> Array:
        """Where the ring of the start is, (1, 2)."""
        return np.asarray(self._start.get_xydata())

    @property
    def now(self) -> Array:
        """Where the point is, (1, 2)."""
        return np.asarray(self._now.get_xydata())

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
