"""The learning rate on a logarithmic axis, with a mark where it becomes too large."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from nnlib._typing import Array
from nnlib.plots.axes import style_axes
from nnlib.plots.palette import LIGHT, Palette
from nnlib.plots.words.numbers import significant


class RateAxis:
    """The artists of one axis; made by `draw_rate_axis`."""

    def __init__(self, ax: Axes, low: float, high: float, palette: Palette) -> None:
        self.ax = ax
        self._ends = (low, high)
        ax.set(xscale="log", xlim=(low, high), ylim=(-1, 1), yticks=[])
        style_axes(ax, palette, lines=["bottom"])
        ax.set_xticks([10.0**k for k in range(round(np.log10(low)), round(np.log10(high)) + 1)])
        ax.xaxis.set_major_formatter(lambda value, _: significant(value))
        self._stable = Rectangle((low, -1), 0, 2, color=palette.highlight, zorder=0)
        ax.add_patch(self._stable)
        (self._mark,) = ax.plot([], [], color=palette.ink, linewidth=2.4, dashes=(3, 1.5), zorder=2)
        (self._knob,) = ax.plot(
            [], [], "o", color=palette.ink, markersize=12, zorder=3, clip_on=False
        )
        self._knob.set_markeredgecolor(palette.background)
        style: dict[str, Any] = {"fontsize": 11, "va": "bottom", "transform": ax.transAxes}
        self._words = ax.text(0, 1.12, "", color=palette.ink, **style)
        self.artists: Sequence[Artist] = [
            *(self._stable, self._mark, self._knob, self._words, *ax.spines.values())
        ]

    def update(self, rate: float, limit: float | None, words: str) -> None:
        """Put the knob at ``rate`` (at an end if beyond it) and the mark at ``limit``.

        What is below the limit is shaded. Beyond the axis it has no mark; None has no shade either.
        """
        low, high = self._ends
        self._knob.set_data([np.clip(rate, low, high)], [0])
        self._mark.set_visible(limit is not None and low <= limit <= high)
        self._stable.set_visible(limit is not None)
        if limit is not None:
            self._mark.set_data([limit, limit], [-1, 1])
            self._stable.set_width(float(np.clip(limit, low, high)) - low)
        self._words.set_text(words)

    @property
    def knob(self) -> Array:
        """Where the knob is, (1, 2)."""
        return np.asarray(self._knob.get_xydata())

    @property
    def limit(self) -> float | None:
        """Where the mark is, or None if none is seen."""
        return float(np.asarray(self._mark.get_xdata())[0]) if self._mark.get_visible() else None


def draw_rate_axis(ax: Axes, low: float, high: float, palette: Palette = LIGHT) -> RateAxis:
    """Draw an axis from ``low`` to ``high``, powers of ten, and return the drawing."""
    return RateAxis(ax, low, high, palette)
