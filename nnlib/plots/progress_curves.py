"""Curves against the epoch, named in a corner that the curves never reach.

Linear or logarithmic; the axes stand still until the curves need more room.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.ticker import LogLocator, MaxNLocator, NullLocator
from numpy.typing import ArrayLike

from nnlib._typing import Array
from nnlib.plots.loss_curve import round_up
from nnlib.plots.palette import LIGHT, Palette
from nnlib.plots.powers import power_of_ten

MOST_CURVES = 4
_MARGIN, _ROW = 0.04, 0.068  # above the names, and of each: shares of the height
_MOST_DECADES = 8.0
_STYLES = ("solid", (0, (4, 2)), (0, (1, 1.5)), (0, (6, 2, 1, 2)))


class ProgressCurves:
    """The artists of the curves; made by `draw_progress_curves`."""

    def __init__(self, ax: Axes, palette: Palette, logarithmic: bool) -> None:
        self.ax = ax
        self.logarithmic = logarithmic
        colours = (palette.ink, palette.grey, palette.ink, palette.grey)
        self.curves, self.samples, self.names = [], [], []
        for k, (colour, style) in enumerate(zip(colours, _STYLES, strict=True)):
            line: dict[str, Any] = {"color": colour, "linestyle": style, "linewidth": 1.9}
            (curve,) = ax.plot([], [], zorder=3, **line)
            y = 0.95 - _ROW * k
            (sample,) = ax.plot([0.1, 0.25], [y, y], transform=ax.transAxes, **line)
            name = ax.text(0.29, y, "", transform=ax.transAxes, color=colour, fontsize=10.5)
            name.set_verticalalignment("center_baseline")
            self.curves.append(curve)
            self.samples.append(sample)
            self.names.append(name)
        (self.now,) = ax.plot([], [], "o", color=palette.ink, markersize=6, zorder=4)
        self._style_axes(palette)
        self.artists: Sequence[Artist] = [*self.curves, self.now, *self.samples, *self.names]

    def _style_axes(self, palette: Palette) -> None:
        ax = self.ax
        ax.set_xlabel("epoch", fontsize=11, color=palette.ink, labelpad=2)
        ax.tick_params(colors=palette.grey, labelsize=10)
        ax.grid(color=palette.faint, linewidth=0.8)
        ax.set_axisbelow(True)
        ax.set_facecolor(palette.background)
        ax.xaxis.set_major_locator(MaxNLocator(3, integer=True))
        ax.yaxis.set_major_locator(MaxNLocator(5))
        ax.yaxis.set_major_formatter(lambda value, _: f"{value:g}")
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
    ) -> None:
        """Show curves (epochs, values), each with its name, and a dot ``now``."""
        for k, curve in enumerate(self.curves):
            shown = k < len(curves)
            for artist in (curve, self.samples[k], self.names[k]):
                artist.set_visible(shown)
            if shown:
                curve.set_data(*curves[k])
                self.names[k].set_text(names[k])
        self.now.set_visible(now is not None)
        if now is not None:
            self.now.set_data([now[0]], [now[1]])
        epochs = np.concatenate([np.ravel(epoch) for epoch, _ in curves] or [np.empty(0)])
        values = np.concatenate([np.ravel(value) for _, value in curves] or [np.empty(0)])
        below = 1.0 - _MARGIN - _ROW * len(curves)  # the share of the height for the curves
        self._make_room(epochs, values[np.isfinite(values)], below)

    def _make_room(self, epochs: Array, known: Array, below: float) -> None:
        self.ax.set_xlim(0, 1.05 * round_up(max(float(epochs.max(initial=0.0)), 10.0)))
        if not self.logarithmic:
            highest = max(float(known.max(initial=0.0)), 0.05)
            self.ax.set_ylim(0, round_up(highest / below))
            return
        exponents = np.log10(known[known > 0]) if np.any(known > 0) else np.zeros(1)
        high = float(exponents.max())
        low = np.floor(max(float(exponents.min()), high - _MOST_DECADES) - 0.05)
        span = max(high - low, 1.0) / below
        self.ax.set_ylim(10.0**low, 10.0 ** (low + np.ceil(2 * span) / 2))


def draw_progress_curves(
    ax: Axes, palette: Palette = LIGHT, logarithmic: bool = False
) -> ProgressCurves:
    """Draw empty curves on ``ax``, at most four, and return their handle."""
    return ProgressCurves(ax, palette, logarithmic)
