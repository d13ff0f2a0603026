"""The learning rate on a logarithmic axis, with a mark where it becomes too large."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.patheffects import withStroke

from nnlib._typing import Array
from nnlib.plots.axes import style_axes
from nnlib.plots.palette import LIGHT, Palette
from nnlib.plots.pixels import size_in_pixels
from nnlib.plots.words.numbers import significant

NUMBERS = 11.0  # the size of the numbers, in points
_ASIDE, _LETTER = 96.0, 9.8  # pixels from the rate's words to the limit's, and of a letter


class RateAxis:
    """The artists of one axis; made by `draw_rate_axis`."""

    def __init__(self, ax: Axes, low: float, high: float, palette: Palette) -> None:
        self.ax = ax
        self._ends = (low, high)
        ax.set(xscale="log", xlim=(low, high), ylim=(-1, 1), yticks=[])
        style_axes(ax, palette, lines=["bottom"], size=NUMBERS)
        ax.set_xticks([10.0**k for k in range(round(np.log10(low)), round(np.log10(high)) + 1)])
        ax.xaxis.set_major_formatter(lambda value, _: significant(value))
        self._stable = Rectangle((low, -1), 0, 2, color=palette.highlight, zorder=0)
        ax.add_patch(self._stable)
        (self._mark,) = ax.plot([], [], color=palette.ink, linewidth=2.4, dashes=(3, 1.5), zorder=4)
        # The knob may stand there: the mark lies on it, and has a rim of the ground's colour.
        self._mark.set_path_effects([withStroke(linewidth=5, foreground=palette.background)])
        (self._knob,) = ax.plot(
            [], [], "o", color=palette.ink, markersize=12, zorder=3, clip_on=False
        )
        self._knob.set_markeredgecolor(palette.background)
        style: dict[str, Any] = {"fontsize": 11, "va": "bottom", "transform": ax.transAxes}
        self._rate_words = ax.text(0, 1.12, "", color=palette.ink, **style)
        self._limit_words = ax.text(0, 1.12, "", color=palette.ink, **style)
        self.artists: Sequence[Artist] = [
            *(self._stable, self._mark, self._knob, *ax.spines.values()),
            *(self._rate_words, self._limit_words),
        ]

    def update(self, rate: float, limit: float | None, words: tuple[str, str]) -> None:
        """Put the knob at ``rate`` (at an end if beyond it) and the mark at ``limit``.

        What is below the limit is shaded. Beyond the axis it has no mark; None has no shade either.
        The ``words`` are those of the rate and those of the limit, which keep their place.
        """
        low, high = self._ends
        self._knob.set_data([np.clip(rate, low, high)], [0])
        self._mark.set_visible(limit is not None and low <= limit <= high)
        self._stable.set_visible(limit is not None)
        if limit is not None:
            self._mark.set_data([limit, limit], [-1, 1])
            self._stable.set_width(float(np.clip(limit, low, high)) - low)
        self._rate_words.set_text(words[0])
        self._limit_words.set_text(words[1])
        aside = max(_ASIDE, _LETTER * len(words[0]))
        self._limit_words.set_x(aside / size_in_pixels(self.ax)[0])

    @property
    def knob(self) -> Array:
        """Where the knob is, (1, 2)."""
        return np.asarray(self._knob.get_xydata())

    @property
    def words(self) -> str:
        """What stands above the axis."""
        return f"{self._rate_words.get_text()}, {self._limit_words.get_text()}"

    @property
    def limit(self) -> float | None:
        """Where the mark is, or None if none is seen."""
        return float(np.asarray(self._mark.get_xdata())[0]) if self._mark.get_visible() else None


def draw_rate_axis(ax: Axes, low: float, high: float, palette: Palette = LIGHT) -> RateAxis:
    """Draw an axis from ``low`` to ``high``, powers of ten, and return the drawing."""
    return RateAxis(ax, low, high, palette)
