"""The loss of two parameters from above: shades, contour lines, the start, the lowest place."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from contourpy import contour_generator
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import Colormap
from matplotlib.patheffects import withStroke

from nnlib._typing import Array
from nnlib.plots.axes import style_axes
from nnlib.plots.maps.heat_map import draw_heat_map
from nnlib.plots.maps.next_step import NextStep
from nnlib.plots.maps.place_name import PlaceName
from nnlib.plots.palette import LIGHT, Palette, shades_between
from nnlib.plots.plane import Limits

LEVELS = 14
NUMBERS = 11.0  # the size of the numbers beside a map, in points
_RING = 12.5  # the size of the start's ring, in points: a disc of 9 points has room in it
_APART = 1.3  # units of the map from the start to the lowest place, where both have their words
_FARTHEST = 1e7  # units of the map: beyond it a place is drawn nearer, in the same direction


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
        self._losses: Array | None = None  # those that are shown
        self._image = draw_heat_map(ax, loss_colormap(palette), low=0.0, high=1.0, zorder=0)
        self._image.set_extent(limits)
        self._contours = LineCollection(
            [], colors=palette.grey, linewidths=0.7, alpha=0.55, zorder=1
        )
        ax.add_collection(self._contours, autolim=False)
        ring: dict[str, Any] = {"color": palette.ink, "markerfacecolor": palette.background}
        ring |= {"markersize": _RING, "markeredgewidth": 1.8, "clip_on": False}
        (self._start,) = ax.plot([], [], "o", zorder=5, **ring)
        (self._lowest,) = ax.plot([], [], "+", color=palette.ink, markersize=15, zorder=9)
        self._lowest.set_markeredgewidth(1.4)
        self._lowest.set_path_effects([withStroke(linewidth=3.4, foreground=palette.background)])
        self._words = [PlaceName(ax, word, palette) for word in ("start", "lowest")]
        self._next = NextStep(ax, palette)
        self._style_axes(palette)
        self.artists: Sequence[Artist] = [
            *(self._image, self._contours, self._start, self._lowest, *self._names),
            *(word.text for word in self._words),
            *self._next.artists,
        ]

    def _style_axes(self, palette: Palette) -> None:
        left, right, bottom, top = self.limits
        self.ax.set(xlim=(left, right), ylim=(bottom, top))
        self.ax.set_xticks(np.arange(np.ceil(left) + 1, right))  # none in the corners
        self.ax.set_yticks(np.arange(np.ceil(bottom) + 1, top))
        style_axes(self.ax, palette, size=NUMBERS)
        self.ax.tick_params(length=0, pad=6.5)  # a mark at the edge is whole
        style: dict[str, Any] = {"fontsize": 11, "color": palette.ink, "ha": "center"}
        style |= {"va": "center", "transform": self.ax.transAxes}
        self._names = [
            self.ax.text(0.5, -0.115, "", **style),
            self.ax.text(-0.093, 0.5, "", **style),
        ]

    def set_surface(self, losses: Array, names: tuple[str, str]) -> None:
        """Show other losses, (rows, columns) over the map's limits, the lowest row first."""
        for text, name in zip(self._names, names, strict=True):
            text.set_text(name)
        if losses is self._losses:
            return
        self._losses = losses
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

    def set_lowest(self, places: Array) -> None:
        """Put a cross at the places of the lowest loss, (n, 2)."""
        self._lowest.set_data(*places.T)

    def set_start(self, place: Array) -> None:
        """Put the ring where all runs begin, (2,)."""
        self._start.set_data(place[:1], place[1:])
        self._start.set_visible(self.shows(place))

    def set_next(self, way: Array | None) -> None:
        """Show from where to where the next step will lead, (2, 2); None where none follows."""
        self._next.update(None if way is None else self.within_reach(way))

    @property
    def next_place(self) -> Array | None:
        """Where the ring of the next step is, (1, 2), if there is one."""
        ring = self._next.ring
        return np.asarray(ring.get_xydata()) if ring.get_visible() else None

    def name_places(self, visible: bool) -> None:
        """Write beside the start and the lowest place what they are, where there is room."""
        start, lowest = self.start[0], self.lowest[0]
        apart = np.hypot(*(start - lowest)) > _APART
        self._words[0].update(start if visible and self.shows(start) else None)
        self._words[1].update(lowest if visible and apart else None)

    @property
    def start(self) -> Array:
        """Where the ring of the start is, (1, 2)."""
        return np.asarray(self._start.get_xydata())

    @property
    def lowest(self) -> Array:
        """Where the crosses of the lowest loss are, (n, 2)."""
        return np.asarray(self._lowest.get_xydata())

    def shows(self, place: Array) -> bool:
        """Say whether a place is on the map."""
        return bool(self._on_map(place))

    def _on_map(self, places: Array) -> Array:
        """Say of each place, (..., 2), whether it is on the map."""
        left, right, bottom, top = self.limits
        x, y = places.T
        return (left <= x) & (x <= right) & (bottom <= y) & (y <= top)

    def way_on_map(self, path: Array) -> Array:
        """Return a path as far as the edge over which it leaves the map for good."""
        on_map = np.flatnonzero(self._on_map(path))
        way = self.within_reach(path[: on_map.max(initial=0) + 2])
        if len(on_map) and not self.shows(way[-1]):
            last, step = way[-2], way[-1] - way[-2]
            way[-1] = last + self._room(last, step) * step
        return way

    def _room(self, place: Array, direction: Array) -> float:
        """Return how often a direction fits between a place on the map and the edge."""
        left, right, bottom, top = self.limits
        edges = np.where(direction > 0, (right, top), (left, bottom))
        moving = direction != 0
        return float(np.min((edges - place)[moving] / direction[moving]))

    def within_reach(self, path: Array) -> Array:
        """Return a path, (n, 2), whose farthest places are nearer, seen in the same direction."""
        finite = np.nan_to_num(path, nan=np.nan)
        farthest = np.abs(finite).max(axis=1, keepdims=True)
        return finite * (_FARTHEST / np.maximum(farthest, _FARTHEST))


def draw_loss_map(ax: Axes, limits: Limits, palette: Palette = LIGHT) -> LossMap:
    """Draw an empty map of losses on ``ax`` and return the drawing."""
    return LossMap(ax, limits, palette)
