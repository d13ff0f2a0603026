"""The loss curve of one training run, and what else is drawn against its epochs.

Each curve is named below the axis; earlier runs stand faintly behind. Linear or logarithmic; the
axes stand still until the curves need more room.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.ticker import LogLocator, MaxNLocator, NullLocator
from numpy.typing import ArrayLike

from nnlib.plots.axes import WITH_TICKS, name_axes, round_up, style_axes
from nnlib.plots.curves.leaving_runs import Climb, draw_leaving_runs, top_of
from nnlib.plots.palette import LIGHT, Palette
from nnlib.plots.pixels import size_in_pixels
from nnlib.plots.words.numbers import power_of_ten, significant

MOST_CURVES = 4
MOST_PAST = 3  # curves of what was before
_MARGIN = 0.04  # above the curves: a share of the height
_BELOW, _ROW = 50.0, 15.0  # pixels from the axis to the first row of names, and to the next
# Where names begin, two in a row if there are two: shares of the width. Those of earlier runs are
# long: where there are any, all begin farther out.
_COLUMNS, _FARTHER_OUT = (-0.175, 0.455), (-0.3, 0.43)
_SAMPLE, _GAP = 0.118, 0.02  # of a name's line, two whole dashes; and from there to the name
_MOST_DECADES = 8.0
# From here on numbers at the axis are written with powers of ten, and these are the steps between
# them, whose multiples have one digit each.
_LARGE, _ONE_DIGIT = 1e5, (1, 2, 10)
_STYLES = ("solid", (0, (3, 1.5)), (0, (1, 1.5)), (0, (6, 2, 1, 2)))
_PAST_STYLES = ((0, (1, 1.5)), "solid", (0, (1.5, 3.5)))  # unlike the dashes of a test loss


@dataclass(frozen=True)
class PastCurve:
    """A curve of what was before, and which of the `MOST_PAST` looks it has and keeps."""

    epochs: ArrayLike
    values: ArrayLike
    name: str
    look: int = 0

    @property
    def climb(self) -> Climb:
        """Its losses, which may leave the picture."""
        return Climb(np.ravel(self.epochs), np.ravel(self.values))


class NamedCurve:
    """A curve and its name below the axis, beside a piece of its line."""

    def __init__(self, ax: Axes, colour: str, fontsize: float, **line: Any) -> None:
        self._ax = ax
        (self.curve,) = ax.plot([], [], **line)
        (self.sample,) = ax.plot([], [], transform=ax.transAxes, clip_on=False, **line)
        self.name = ax.text(0, 0, "", transform=ax.transAxes, color=colour, fontsize=fontsize)
        self.name.set_verticalalignment("center_baseline")
        self.artists = [self.curve, self.sample, self.name]

    def set_style(self, style: Any) -> None:
        """Give the line another style: "solid", or dashes as Matplotlib takes them."""
        self.curve.set_linestyle(style)
        self.sample.set_linestyle(style)

    def show(
        self, curve: tuple[ArrayLike, ArrayLike, str] | None, row: int = 0, x: float = 0.0
    ) -> None:
        """Show ``curve`` (epochs, values, name), named in a ``row`` from ``x`` on; or nothing."""
        for artist in self.artists:
            artist.set_visible(curve is not None)
        if curve is not None:
            epochs, values, name = curve
            y = -(_BELOW + _ROW * row) / size_in_pixels(self._ax)[1]
            self.curve.set_data(epochs, values)
            self.sample.set_data([x, x + _SAMPLE], [y, y])
            self.name.set_position((x + _SAMPLE + _GAP, y))
            self.name.set_text(name)


class TrainingCurves:
    """The artists of the curves; made by `draw_training_curves`."""

    def __init__(self, ax: Axes, palette: Palette, logarithmic: bool) -> None:
        self.ax = ax
        self.logarithmic = logarithmic
        colours = (palette.ink, palette.grey, palette.ink, palette.grey)
        self._named = [
            NamedCurve(ax, colour, 9.5, color=colour, linestyle=style, linewidth=1.9, zorder=3)
            for colour, style in zip(colours, _STYLES, strict=True)
        ]
        self._past = [
            NamedCurve(ax, palette.ink, 9.5, color=palette.grey, linewidth=1.1)
            for _ in range(MOST_PAST)
        ]
        self.curves = [named.curve for named in self._named]
        self.names = [named.name for named in self._named]
        self.past_curves = [named.curve for named in self._past]
        self.past_names = [named.name for named in self._past]
        dot: dict[str, Any] = {"markersize": 6, "zorder": 4, "clip_on": False}  # whole on an axis
        (self.now,) = ax.plot([], [], "o", color=palette.ink, **dot)
        self.leaving = draw_leaving_runs(ax, MOST_PAST, palette.grey)
        self._style_axes(palette)
        named = [a for curve in (*self._past, *self._named) for a in curve.artists]
        self.artists: Sequence[Artist] = [*named, *self.leaving.artists, self.now]

    def _style_axes(self, palette: Palette) -> None:
        ax = self.ax
        style_axes(ax, palette, grid="both", lines=WITH_TICKS)
        name_axes(ax, "epoch", "", palette, gaps=(2, 2))
        ax.xaxis.set_major_locator(MaxNLocator(3, integer=True))
        self._marks = MaxNLocator(5)
        ax.yaxis.set_major_locator(self._marks)
        ax.yaxis.set_major_formatter(lambda value, _: significant(value, 5))
        if self.logarithmic:
            ax.set_yscale("log")
            ax.yaxis.set_major_locator(LogLocator(10, numticks=6))
            ax.yaxis.set_minor_locator(NullLocator())
            ax.yaxis.set_major_formatter(lambda v, _: power_of_ten(round(np.log10(v))))

    def update(
        self,
        curves: Sequence[tuple[ArrayLike, ArrayLike]],
        names: Sequence[str],
        now: tuple[float, float] | None,
        past: Sequence[PastCurve] = (),
        in_a_row: int = len(_COLUMNS),
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
        past : sequence of PastCurve
            Other curves, at most `MOST_PAST`, named below the others. Only these may leave the
            picture above; the curves themselves are wholly in it.
        in_a_row : {2, 1}
            How many names stand beside each other, if there are at most two: long ones do not.
        """
        shown = [(*curve, name) for curve, name in zip(curves, names, strict=True)]
        in_a_row = in_a_row if len(curves) <= len(_COLUMNS) else 1
        columns = _FARTHER_OUT if past else _COLUMNS
        for k, named in enumerate(self._named):
            row, column = divmod(k, in_a_row)
            named.show(shown[k] if k < len(shown) else None, row, columns[column])
        rows = -(-len(curves) // in_a_row)
        self._show_past(past, rows)
        climbs = [_present(curves), *(run.climb for run in past)]
        below = 1.0 - _MARGIN  # the share of the height for the curves
        if self.logarithmic:
            self._take_decades(climbs, below)
        else:
            below -= self.leaving.share(climbs)
            self._take_up_to(round_up(max(top_of(climbs), 0.05) / below))
        last = max(float(climb.epochs.max(initial=0.0)) for climb in climbs)
        self.ax.set_xlim(0, 1.05 * round_up(max(last, 10.0)))
        self.leaving.update(climbs, below, [*self.curves, *self.past_curves])
        self.now.set_visible(now is not None and now[1] >= self.ax.get_ylim()[0])
        if now is not None:
            self.leaving.show_moment(self.now, *now)

    def _show_past(self, past: Sequence[PastCurve], first_row: int) -> None:
        for k, named in enumerate(self._past):
            run = past[k] if k < len(past) else None
            if run is None:
                named.show(None)
            else:
                named.set_style(_PAST_STYLES[run.look])
                named.show((run.epochs, run.values, run.name), first_row + k, _FARTHER_OUT[0])

    def _take_up_to(self, top: float) -> None:
        """Let the axis end at ``top``; large numbers have one digit there: 2·10⁵ has room."""
        self.ax.set_ylim(0, top)
        steps = _ONE_DIGIT if top >= _LARGE else None
        self._marks.set_params(steps=steps)

    def _take_decades(self, climbs: Sequence[Climb], below: float) -> None:
        known = np.concatenate([climb.losses for climb in climbs])
        known = known[np.isfinite(known) & (known > 0)]
        exponents = np.log10(known) if known.size else np.zeros(1)
        high = float(exponents.max())
        low = np.floor(max(float(exponents.min()), high - _MOST_DECADES) - 0.05)
        span = max(high - low, 1.0) / below
        self.ax.set_ylim(10.0**low, 10.0 ** (low + np.ceil(2 * span) / 2))


def _present(curves: Sequence[tuple[ArrayLike, ArrayLike]]) -> Climb:
    """Return the curves of the present run as one."""
    epochs = np.concatenate([np.ravel(epoch) for epoch, _ in curves] or [np.empty(0)])
    values = np.concatenate([np.ravel(value) for _, value in curves] or [np.empty(0)])
    return Climb(epochs, values, may_leave=False)


def draw_training_curves(
    ax: Axes, palette: Palette = LIGHT, logarithmic: bool = False
) -> TrainingCurves:
    """Draw empty curves on ``ax``, at most four, and return the drawing."""
    return TrainingCurves(ax, palette, logarithmic)
