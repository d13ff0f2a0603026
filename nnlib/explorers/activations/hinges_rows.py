"""What each unit of `HingesExplorer` adds to the answer: a row for each, all of one scale."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes

from nnlib._typing import Array
from nnlib.explorers.activations.hinges_model import UNITS, X_END, HingesModel, X
from nnlib.plots.axes import round_up
from nnlib.plots.palette import Palette
from nnlib.plots.words.labels import short_signed
from nnlib.plots.words.numbers import sign_of, significant
from nnlib.plots.words.text import TEXT_POINTS

REACHES = (6.0, 12.0, 18.0)  # how far a row goes up and down: the first with room for all lines
ROW = 2.6  # from one row to the next, in reaches


class HingeRows:
    """The rows, made on ``ax``. Heights are measured in the reach, so that the rows stand still."""

    def __init__(self, ax: Axes, palette: Palette) -> None:
        self._ax, self._palette = ax, palette
        self._rows = [-ROW * (unit - 0.5) for unit in UNITS]  # where a unit adds 0
        ax.set_yticks(self._rows, ["0"] * len(self._rows))
        for row in self._rows:
            ax.plot([0, X_END], [row, row], color=palette.grey, linewidth=1)
            for bound in (row - 1, row + 1):
                ax.plot([0, X_END], [bound, bound], color=palette.faint, linewidth=0.8)
        style: dict[str, Any] = {"fontsize": TEXT_POINTS, "va": "center_baseline"}
        self._lines = [ax.plot([], [], linewidth=2.4, zorder=3)[0] for _ in UNITS]
        self._names = [
            ax.text(-0.72, row, f"unit {unit}", color=palette.ink, ha="right", **style)
            for unit, row in zip(UNITS, self._rows, strict=True)
        ]
        self._ends = [ax.text(X_END + 0.15, row, "", **style) for row in self._rows]
        self.artists = [*self._lines, *self._names, *self._ends]
        self.reach = REACHES[0]

    def update(self, model: HingesModel) -> None:
        """Draw what the units that take part add."""
        outputs = model.outputs(X)
        self.reach = reach_of(outputs)
        n_units = len(model.places)
        self._ax.set_ylim(-ROW * n_units, 0)
        for i, artists in enumerate(zip(self._lines, self._names, self._ends, strict=True)):
            for artist in artists:
                artist.set_visible(i < n_units)
        for i in range(n_units):
            self._draw_unit(i, outputs[:, i], float(model.slopes[i]))

    def _draw_unit(self, i: int, added: Array, slope: float) -> None:
        heights = self._rows[i] + added / self.reach
        self._lines[i].set_data(X, heights)
        self._lines[i].set_color(self._palette.line_of(slope))
        self._lines[i].set_linestyle((0, (4, 2.5)) if sign_of(slope) < 0 else "solid")
        self._ends[i].set_text(short_signed(added[-1]))
        self._ends[i].set_color(self._palette.text_of(added[-1]))
        self._ends[i].set_y(heights[-1])

    @property
    def scale(self) -> str:
        """From where to where each row goes, in words."""
        return f"each row: {significant(-self.reach)} to {significant(self.reach)}"


def reach_of(outputs: Array) -> float:
    """Return the least of `REACHES` that all of these lie within, or a larger round number."""
    furthest = float(np.abs(outputs).max())
    return next((reach for reach in REACHES if furthest <= reach), None) or round_up(furthest)
