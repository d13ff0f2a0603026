"""The losses of several runs over the same epochs, each named at its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from nnlib._typing import Array
from nnlib.plots.axes import name_axes, round_up, style_axes
from nnlib.plots.curves.leaving_runs import Climb, draw_leaving_runs, top_of
from nnlib.plots.palette import LIGHT, Palette
from nnlib.plots.pixels import size_in_pixels
from nnlib.plots.words.labels import short

_LINE_HEIGHT = 20.0  # pixels from one name to the next
_STEPS = (1, 2, 5, 10)  # between the marks of an axis
_AWAY = 9.0  # pixels between the plot and the names at its right


@dataclass(frozen=True)
class Curve:
    """A loss of one run, epoch by epoch; empty arrays are no curve."""

    name: str  # "": it has none in the picture
    epochs: Array
    losses: Array
    run: str = ""  # whose it is


class ComparedLosses:
    """The artists of a few curves; made by `draw_compared_losses`."""

    def __init__(self, ax: Axes, styles: Sequence[dict[str, Any]], palette: Palette) -> None:
        self.ax = ax
        style_axes(ax, palette, grid="both")
        name_axes(ax, "epoch", "loss L", palette)
        ax.xaxis.set_major_locator(MaxNLocator(4, integer=True, steps=_STEPS))
        ax.yaxis.set_major_locator(MaxNLocator(5, steps=_STEPS))
        end: dict[str, Any] = {"marker": "o", "markersize": 5, "markevery": [-1]}
        self.lines = [ax.plot([], [], zorder=3, **{**end, **style})[0] for style in styles]
        self.names = [
            ax.text(0, 0, "", fontsize=10, color=style["color"], va="center") for style in styles
        ]
        (self.moment,) = ax.plot([], [], color=palette.grey, linewidth=1.0, zorder=2)
        (self.now,) = ax.plot([], [], "o", color=palette.ink, markersize=9, zorder=5)
        self.now.set(markeredgecolor=palette.background, markeredgewidth=1.2, clip_on=False)
        self.leaving = draw_leaving_runs(ax, len(styles), palette.ink)
        others = [*self.leaving.artists, self.moment, self.now, *self.names]
        self.artists: Sequence[Artist] = [*self.lines, *others]

    def update(self, curves: Sequence[Curve], now: tuple[float, float] | None = None) -> None:
        """Show one curve for each style, and the present moment: an epoch and the loss there."""
        seen = [curve for curve in curves if len(curve.losses)]
        self._make_room(seen)
        for line, curve in zip(self.lines, curves, strict=True):
            line.set_data(curve.epochs, curve.losses)
        self._place_names(curves)
        for artist in (self.moment, self.now):
            artist.set_visible(now is not None)
        if now is not None:
            epoch, loss = now
            self.moment.set_data([epoch, epoch], self.ax.get_ylim())
            self.leaving.show_moment(self.now, epoch, loss)

    def _make_room(self, seen: Sequence[Curve]) -> None:
        climbs = _climbs(seen)
        last = max((float(curve.epochs[-1]) for curve in seen), default=0.0)
        end = 1.0 - self.leaving.share(climbs)
        self.ax.set_xlim(0.0, round_up(max(last, 10.0)))
        self.ax.set_ylim(0.0, round_up(max(top_of(climbs), 0.05) * 1.04 / end))
        self.leaving.update(climbs, end, self.lines)

    def _place_names(self, curves: Sequence[Curve]) -> None:
        """Write each name with its newest loss at the right, level with the curve's end."""
        right, top = self.ax.get_xlim()[1], self.ax.get_ylim()[1]
        width, height = size_in_pixels(self.ax)
        shown = [k for k, curve in enumerate(curves) if curve.name and len(curve.losses)]
        ends = [min(float(curves[k].losses[-1]), self.leaving.top) for k in shown]
        levels = [end / top * height for end in ends]
        for text in self.names:
            text.set_text("")
        for k, level in zip(shown, spread(levels, _LINE_HEIGHT, height), strict=True):
            self.names[k].set_text(f"{curves[k].name} {short(curves[k].losses[-1], 3)}")
            self.names[k].set_position((right * (1 + _AWAY / width), level / height * top))


def _climbs(curves: Sequence[Curve]) -> list[Climb]:
    """Return the runs that the curves belong to."""
    runs = {curve.run: [other for other in curves if other.run == curve.run] for curve in curves}
    return [
        Climb(np.concatenate([c.epochs for c in its]), np.concatenate([c.losses for c in its]))
        for its in runs.values()
    ]


def spread(levels: Sequence[float], gap: float, height: float) -> list[float]:
    """Return the levels moved apart to at least ``gap``: upwards, and at the top downwards.

    They keep their order, and stay between half a gap and ``height`` while there is room.

    Examples
    --------
    >>> spread([10, 12, 50], 10, 100), spread([99, 100], 10, 100)
    ([10, 20, 50], [90, 100])
    """
    order = sorted(range(len(levels)), key=lambda k: levels[k])
    placed = list(levels)
    floor = gap / 2
    for k in order:
        placed[k] = max(placed[k], floor)
        floor = placed[k] + gap
    ceiling = height
    for k in reversed(order):
        placed[k] = min(placed[k], ceiling)
        ceiling = placed[k] - gap
    return placed


def draw_compared_losses(
    ax: Axes, styles: Sequence[dict[str, Any]], palette: Palette = LIGHT
) -> ComparedLosses:
    """Draw the axes for as many curves as there are styles, each with a ``color``.

    Their names stand at the right of ``ax``, where about 90 pixels must be free.
    """
    return ComparedLosses(ax, styles, palette)
