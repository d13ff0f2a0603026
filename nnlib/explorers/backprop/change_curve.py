"""The loss along one weight: its curve, its tangent, and where both lead a learner's change."""

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from nnlib._typing import Array
from nnlib.explorers.backprop.change import PLACES, OwnChange
from nnlib.explorers.engine.pointer import Handle
from nnlib.plots.palette import Palette
from nnlib.plots.pixels import measure_in_pixels
from nnlib.plots.words.label_placement import Box
from nnlib.plots.words.labels import short
from nnlib.plots.words.numbers import significant
from nnlib.plots.words.point_labels import place_beside_points

PLACE = (0.722, 0.105, 0.24, 0.62)  # of the plot at its highest, in fractions of the figure
NAMES = ("actual", "predicted", "now")  # in the order in which their names find a place
HUGE = 1e100  # losses so large are no longer drawn to scale
CLOSE = 0.002  # losses so close are written with a fourth decimal
MOST_MARKS = 5  # on the axis of L
_LETTER, _LINE = 7.4, 14.0  # pixels: a letter's width, a line's height


class ChangeCurve:
    """The plot; its window is the same for all changes of about one size."""

    def __init__(self, figure: Figure, palette: Palette) -> None:
        self._ax = figure.add_axes(PLACE)
        self._width, self._height = measure_in_pixels(self._ax)
        self._bottom = PLACE[1] * self._height / PLACE[3]
        self._change: OwnChange | None = None
        self._window, self._dot = (0.0, 1.0), (0.0, 0.0)
        axes = self._draw_axes(palette)
        ax, ink, purple = self._ax, palette.ink, palette.gradient
        (self.curve,) = ax.plot([], [], color=ink, linewidth=1.8, zorder=3)
        (self.tangent,) = ax.plot([], [], "--", color=purple, linewidth=1.6, zorder=3)
        (self._drop,) = ax.plot([], [], ":", color=ink, linewidth=1.0, zorder=2)
        hollow: dict[str, Any] = {"markerfacecolor": "none", "markeredgewidth": 1.8}
        (self.now,) = ax.plot([], [], "o", color=ink, markersize=11, zorder=4, **hollow)
        (self.predicted,) = ax.plot([], [], "s", color=purple, markersize=10, zorder=5, **hollow)
        (self.actual,) = ax.plot([], [], "o", color=ink, markersize=7, zorder=6)
        self._points = dict(zip(NAMES, (self.actual, self.predicted, self.now), strict=True))
        for point in self._points.values():
            point.set_clip_on(False)
        style: dict[str, Any] = {"fontsize": 9.5, "ha": "center", "va": "center", "zorder": 7}
        self.labels = {
            name: ax.text(0, 0, "", color=point.get_color(), **style)
            for name, point in self._points.items()
        }
        lines = [self.curve, self.tangent, self._drop, *self._points.values()]
        self.artists: list[Artist] = [*axes, *lines, *self.labels.values()]

    def _draw_axes(self, palette: Palette) -> list[Artist]:
        """Draw the two axes, and room for the numbers along them."""
        ax, width = self._ax, self._width
        (self._frame,) = ax.plot([], [], color=palette.grey, linewidth=1)
        style: dict[str, Any] = {"fontsize": 9.5, "color": palette.grey}
        self.marks = [
            ax.text(-5, 0, "", ha="right", va="center", **style) for _ in range(MOST_MARKS)
        ]
        self._grid = [ax.plot([], [], color=palette.faint, linewidth=0.8)[0] for _ in self.marks]
        self.places = [ax.text(0, -5, "", ha="center", va="top", **style) for _ in range(3)]
        style = {"fontsize": 10, "color": palette.ink, "ha": "right"}
        self.name = ax.text(width, -22, "", va="top", **style)
        self._loss = ax.text(3, 0, "L", va="bottom", **style)
        style = {"fontsize": 9.5, "color": palette.grey, "ha": "left", "va": "top"}
        self.zoom = ax.text(0, -23, "", **style)
        names = [self.name, self._loss, self.zoom]
        return [self._frame, *self._grid, *self.marks, *self.places, *names]

    def update(self, change: OwnChange | None, top: float = 0.0) -> None:
        """Draw ``change`` up to ``top``, in pixels of the figure; None leaves nothing."""
        for artist in self.artists:
            artist.set_visible(change is not None)
        self._change = change
        if change is None:
            return
        self._window, self._height = _window(change), top - self._bottom
        self._mark_axes(change)
        x = self._width * (PLACES + 1) / 2
        self.curve.set_data(x, self._heights_of(change.curve))
        self.tangent.set_data(x, self._heights_of(change.tangent))
        self._update_points(change)

    def _update_points(self, change: OwnChange) -> None:
        """Put the three marks where they are, each with its name; without a change only one."""
        now, middle = change.run.loss_value, self._width / 2
        there = middle * (change.change / change.reach + 1)
        losses = {"actual": (there, now + change.actual), "now": (middle, now)}
        if change.known:
            losses["predicted"] = (there, now + change.predicted)
        points = {name: (x, self._height_of(loss)) for name, (x, loss) in losses.items()}
        for name, artist in self._points.items():
            artist.set_visible(name in points and (name == "actual" or bool(change.change)))
            artist.set_data(*([value] for value in points.get(name, (0.0, 0.0))))
        self._dot = points["actual"]
        self._drop.set_data([there, there], [0, self._dot[1]])
        self.tangent.set_visible(change.known)
        shown = [name for name in NAMES if name in points] if change.change else ["now"]
        digits = _digits([losses[name][1] for name in shown])
        self._label({name: f"{name} {short(losses[name][1], digits)}" for name in shown}, points)

    def _label(self, words: dict[str, str], points: dict[str, tuple[float, float]]) -> None:
        """Write the names beside their points, clear of curve and tangent."""
        lines = [line for line in (self.curve, self.tangent) if line.get_visible()]
        drop = np.linspace((self._dot[0], 0.0), self._dot, 12)
        clear_of = np.concatenate([drop, *(np.column_stack(line.get_data()) for line in lines)])
        room = Box(self._width / 2 - 2, self._height / 2, self._width + 54, self._height + 16)
        sizes = [(_LETTER * len(text), _LINE) for text in words.values()]
        boxes = place_beside_points([points[name] for name in words], sizes, room, clear_of)
        places = dict(zip(words, boxes, strict=True))
        for name, label in self.labels.items():
            label.set_visible(name in words)
            if name in words:
                label.set(text=words[name], x=places[name].x, y=places[name].y)

    def _mark_axes(self, change: OwnChange) -> None:
        """Draw both axes, with a few numbers along them."""
        self._frame.set_data([0, 0, self._width], [self._height, 0, 0])
        self._loss.set_y(self._height + 3)
        self.zoom.set_text(f"zoom × {change.zoom}" if change.zoom > 1 else "")
        for text, side in zip(self.places, (-1, 0, 1), strict=True):
            w = change.before + side * change.reach
            text.set(text=short(w), x=self._width * (side + 1) / 2)
        self.name.set_text(change.symbol)
        low, high = self._window
        ticks = MaxNLocator(3, steps=[1, 2, 5, 10]).tick_values(low, high)
        ticks = [tick for tick in ticks if low <= tick <= high][:MOST_MARKS]
        for k, (text, line) in enumerate(zip(self.marks, self._grid, strict=True)):
            for artist in (text, line):
                artist.set_visible(k < len(ticks))
            if k < len(ticks):
                y = self._height_of(ticks[k])
                text.set(text=significant(ticks[k]), y=y)
                line.set_data([0, self._width], [y, y])

    def _height_of(self, loss: float) -> float:
        """Return a loss in pixels."""
        return float(self._heights_of(np.array([loss]))[0])

    def _heights_of(self, losses: Array) -> Array:
        """Return losses in pixels; what lies far outside stays just outside."""
        low, high = self._window
        reach = 2 * (high - low)
        inside = np.clip(np.nan_to_num(losses, nan=high), low - reach, high + reach)
        return self._height * (inside - low) / (high - low)

    @property
    def handles(self) -> list[Handle]:
        """The dot of the actual loss, to drag along the curve."""
        if self._change is None:
            return []
        return [Handle("change", self._ax, [self._dot], "ew-resize", reach=16)]

    def change_along(self, pixels: float) -> float:
        """Return how far along the weight so many pixels are."""
        assert self._change is not None
        return 2 * self._change.reach * pixels / self._width


def _digits(losses: Sequence[float]) -> int:
    """Return how many decimals tell losses apart."""
    apart = min((abs(one - other) for one, other in combinations(losses, 2)), default=1.0)
    return 4 if apart < CLOSE else 3


@np.errstate(over="ignore", invalid="ignore")  # a change of any size may be tried
def _window(change: OwnChange) -> tuple[float, float]:
    """Return from where to where L is drawn: all of its curve and, once known, its tangent.

    From near, 0 is out of sight.
    """
    heights = change.curve if change.zoom > 1 else np.append(change.curve, 0.0)
    if change.known:
        heights = np.append(heights, change.tangent[[0, -1]])
    finite = heights[np.isfinite(heights)]
    low, high = float(finite.min()), float(finite.max())
    room = high - low
    if not room < HUGE:
        return -1.0, 1.0
    if room < 1e-12:
        return low - 1.0, low + 1.0
    return low - 0.06 * room, high + 0.06 * room
