"""Curves against the epoch, named below the axis.

Linear or logarithmic; the axes stand still until the curves need more room.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.ticker import LogLocator, MaxNLocator, NullLocator
from numpy.typing import ArrayLike

from nnlib.plots.curves.axis_ends import round_up
from nnlib.plots.curves.leaving_runs import Climb, draw_leaving_runs, top_of
from nnlib.plots.palette import LIGHT, Palette
from nnlib.plots.pixels import size_in_pixels
from nnlib.plots.words.numbers import power_of_ten, significant

MOST_CURVES = 4
MOST_PAST = 3  # curves of what was before
_MARGIN = 0.04  # above the curves: a share of the height
_BELOW, _ROW = 50.0, 15.0  # pixels from the axis to the first row of names, and to the next
_COLUMNS = (-0.2, 0.43)  # where names begin, two in a row if there are two: shares of the width
_SAMPLE, _GAP = 0.11, 0.025  # of a name's line, and from there to the name
_MOST_DECADES = 8.0
_STYLES = ("solid", (0, (4, 2)), (0, (1, 1.5)), (0, (6, 2, 1, 2)))
_PAST_STYLES = ((0, (1, 1.5)), (0, (6, 2, 1, 2)), (0, (8, 2)))


class NamedCurve:
    """A curve and its name in the corner, beside a piece of its line."""

    def __init__(self, ax: Axes, colour: str, fontsize: float, **line: Any) -> None:
        self._ax = ax
        (self.curve,) = ax.plot([], [], **line)
        (self.sample,) = ax.plot([], [], transform=ax.transAxes, clip_on=False, **line)
        self.name = ax.text(0, 0, "", transform=ax.transAxes, color=colour, fontsize=fontsize)
        self.name.set_verticalalignment("center_baseline")
        self.artists = [self.curve, self.sample, self.name]

    def show(
        self, curve: tuple[ArrayLike, ArrayLike, str] | None, row: int, column: int = 0
    ) -> None:
        """Show ``curve`` (epochs, values, name), named in a row from 0; or nothing."""
        for artist in self.artists:
            artist.set_visible(curve is not None)
        if curve is not None:
            epochs, values, name = curve
            x = _COLUMNS[column]
            y = -(_BELOW + _ROW * row) / size_in_pixels(self._ax)[1]
            self.curve.set_data(epochs, values)
            self.sample.set_data([x, x + _SAMPLE], [y, y])
            self.name.set_position((x + _SAMPLE + _GAP, y))
            self.name.set_text(name)


class ProgressCurves:
    """The artists of the curves; made by `draw_progress_curves`."""

    def __init__(self, ax: Axes, palette: Palette, logarithmic: bool) -> None:
        self.ax = ax
        self.logarithmic = logarithmic
        colours = (palette.ink, palette.grey, palette.ink, palette.grey)
        self._named = [
            NamedCurve(ax, colour, 9.5, color=colour, linestyle=style, linewidth=1.9, zorder=3)
            for colour, style in zip(colours, _STYLES, strict=True)
        ]
        self._past = [
            NamedCurve(ax, palette.ink, 9.5, color=palette.grey, linestyle=style, linewidth=1.1)
            for style in _PAST_STYLES
        ]
        self.curves = [named.curve for named in self._named]
        self.names = [named.name for named in self._named]
        self.past_curves = [named.curve for named in self._past]
        self.past_names = [named.name for named in self._past]
        (self.now,) = ax.plot([], [], "o", color=palette.ink, markersize=6, zorder=4)
        self.leaving = draw_leaving_runs(ax, MOST_PAST + 1, palette)
        self._style_axes(palette)
        named = [a for curve in (*self._past, *self._named) for a in curve.artists]
        self.artists: Sequence[Artist] = [*named, *self.leaving.artists, self.now]

    def _style_axes(self, palette: Palette) -> None:
        ax = self.ax
        ax.set_xlabel("epoch", fontsize=11, color=palette.ink, labelpad=2)
        ax.tick_params(colors=palette.grey, labelsize=10)
        ax.grid(color=palette.faint, linewidth=0.8)
        ax.set_axisbelow(True)
        ax.set_facecolor(palette.background)
        ax.xaxis.set_major_locator(MaxNLocator(3, integer=True))
        ax.yaxis.set_major_locator(MaxNLocator(5))
        ax.yaxis.set_major_formatter(lambda value, _: significant(value, 6))
        if self.logarithmic:
            ax.set_yscale("log")
            ax.yaxis.set_major_locator(LogLocator(10, numticks=6))
            ax.yaxis.set_minor_locator(NullLocator())
            ax.yaxis.set_major_formatter(lambda v, _: power_of_ten(round(np.log10(v))))
        for side, spine in ax.spines.items():
            spine.set_visible(side in ("left", "bottom"))
            spine.set_color(palette.grey)

    def update(
        self,
        curves: Sequence[tuple[ArrayLike, ArrayLike]],
        names: Sequence[str],
        now: tuple[float, float] | None,
        past: Sequence[tuple[ArrayLike, ArrayLike, str]] = (),
    ) -> None:
        """Show curves, each with its name, a dot ``now``, and faintly what was before.

        Parameters
        ----------
        curves : sequence of (epochs, values)
            At most `MOST_CURVES`.
        names : sequence of str
            What they are called.
        now : (epoch, value) or None
            Where the dot is.
        past : sequence of (epochs, values, name)
            Other curves, at most `MOST_PAST`, named below the others.
        """
        shown = [(*curve, name) for curve, name in zip(curves, names, strict=True)]
        in_a_row = len(_COLUMNS) if len(curves) <= len(_COLUMNS) else 1
        for k, named in enumerate(self._named):
            named.show(shown[k] if k < len(shown) else None, *divmod(k, in_a_row))
        rows = -(-len(curves) // in_a_row)
        for k, named in enumerate(self._past):
            named.show(past[k] if k < len(past) else None, row=rows + k)
        climbs = [_climb(shown), *(_climb([run], is_present=False) for run in past)]
        below = 1.0 - _MARGIN  # the share of the height for the curves
        if self.logarithmic:
            self._take_decades(climbs, below)
        else:
            told = self.leaving.share(climbs)
            below -= told
            high = max(top_of(climbs), 0.05) / below
            # Where runs leave, the top stands still by itself: it is that of their starts.
            self.ax.set_ylim(0, high if told else round_up(high))
        last = max(float(climb.epochs.max(initial=0.0)) for climb in climbs)
        self.ax.set_xlim(0, 1.05 * round_up(max(last, 10.0)))
        self.leaving.update(climbs, below, [*self.curves, *self.past_curves])
        self.now.set_visible(now is not None)
        if now is not None:
            self.leaving.show_moment(self.now, *now)

    def _take_decades(self, climbs: Sequence[Climb], below: float) -> None:
        known = np.concatenate([climb.losses for climb in climbs])
        known = known[np.isfinite(known) & (known > 0)]
        exponents = np.log10(known) if known.size else np.zeros(1)
        high = float(exponents.max())
        low = np.floor(max(float(exponents.min()), high - _MOST_DECADES) - 0.05)
        span = max(high - low, 1.0) / below
        self.ax.set_ylim(10.0**low, 10.0 ** (low + np.ceil(2 * span) / 2))


def _climb(curves: Sequence[tuple[ArrayLike, ArrayLike, str]], is_present: bool = True) -> Climb:
    """Return the curves of one run as one."""
    epochs = np.concatenate([np.ravel(epoch) for epoch, *_ in curves] or [np.empty(0)])
    values = np.concatenate([np.ravel(value) for _, value, _ in curves] or [np.empty(0)])
    return Climb(epochs, values, is_present)


def draw_progress_curves(
    ax: Axes, palette: Palette = LIGHT, logarithmic: bool = False
) -> ProgressCurves:
    """Draw empty curves on ``ax``, at most four, and return their handle."""
    return ProgressCurves(ax, palette, logarithmic)
