"""The losses of several runs after each step, on an axis of powers of ten."""

from collections.abc import Sequence

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.ticker import FixedFormatter, FixedLocator

from nnlib._typing import Array
from nnlib.plots.axes import style_axes
from nnlib.plots.curves.leaving_runs import Climb, draw_leaving_runs
from nnlib.plots.curves.powers import fit_powers
from nnlib.plots.maps.compared_runs import ComparedRuns
from nnlib.plots.palette import LIGHT, Palette

_LARGEST = 200.0  # the exponent at which the axis ends in any case
_NUMBERS = 11.0  # their size, in points
_SCALE = 0.75  # of the marks: near the end of a long run many stand close together


class LossesByStep:
    """The artists of these curves; made by `draw_losses_by_step`."""

    def __init__(self, ax: Axes, most_steps: int, palette: Palette) -> None:
        self.ax = ax
        self._powers = (0, 0)  # the exponents at the ends of the axis
        ax.set(yscale="log", xlim=(-0.015 * most_steps, 1.015 * most_steps))
        style_axes(ax, palette, grid="both", size=_NUMBERS)
        marks = [round(share * most_steps) for share in (0, 0.2, 0.4, 0.6, 0.8, 1)]
        ax.xaxis.set_major_locator(FixedLocator(marks))
        ax.xaxis.set_major_formatter(
            FixedFormatter([f"step {marks[0]}", *(str(mark) for mark in marks[1:])])
        )
        self.runs = ComparedRuns(ax, palette, scale=_SCALE)
        self.leaving = draw_leaving_runs(ax, 1, palette.ink)
        self.artists: Sequence[Artist] = [*self.runs.artists, *self.leaving.artists]

    def update(
        self, losses: Sequence[Array], ends: Sequence[bool], chosen: int, span: tuple[float, float]
    ) -> None:
        """Show the losses of each run, (steps + 1,), over the powers of ten that hold ``span``.

        What is above these is out of sight, and told of above the axes: where the run leaves that
        climbs the highest, and how high. ``ends`` says which of the runs goes on.
        """
        with np.errstate(over="ignore", divide="ignore"):
            low, high = np.clip(np.log10(span), -_LARGEST, _LARGEST)
        first = int(np.floor(low))
        powers = (first, max(int(np.ceil(high)), first + 1))
        if powers != self._powers:
            self._powers = powers
            fit_powers(self.ax, powers)
        bottom, top = self.ax.get_ylim()
        runs = [np.column_stack([np.arange(len(run)), run]) for run in losses]
        in_sight = [
            bool(goes_on and bottom <= run[-1] <= top)
            for goes_on, run in zip(ends, losses, strict=True)
        ]
        self.runs.update(runs, in_sight, chosen)
        highest = max((np.nan_to_num(run, nan=np.inf) for run in losses), key=np.max)
        self.leaving.update([Climb(np.arange(len(highest)), highest)], 1.0, self.runs.lines)


def draw_losses_by_step(ax: Axes, most_steps: int, palette: Palette = LIGHT) -> LossesByStep:
    """Draw the axes for runs of at most so many steps, and return the drawing."""
    return LossesByStep(ax, most_steps, palette)
