"""How much of what was due came: a bar in an outline, from 0 to 1 where it is right."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from nnlib.plots.palette import LIGHT, Palette
from nnlib.plots.words.labels import short

LOWEST, HIGHEST = -1.0, 1.35  # what there is room for; a bar that is longer ends in a triangle
RIGHT = "1.00"  # what is written so is taken for right
_THICK, _FRAME = 14.0, 22.0  # CSS pixels; the bar stands within its outline


@dataclass(frozen=True)
class Ratio:
    """What came, over what was due: of several numbers the least and the greatest."""

    low: float
    high: float

    @property
    def is_known(self) -> bool:
        """Whether anything was due."""
        return not isnan(self.low)

    @property
    def is_right(self) -> bool:
        """Whether what was due came."""
        return self.text == RIGHT

    @property
    def text(self) -> str:
        """The factor, or its range."""
        if not self.is_known:
            return "–"
        low, high = short(self.low), short(self.high)
        return low if low == high else f"{low} to {high}"


class RatioBar:
    """A bar in its outline, with ✓ behind it, or the factor above it.

    Of several numbers it is dark as far as all of them reach, and grey as far as some do.
    """

    def __init__(self, ax: Axes, zero: float, unit: float, y: float, palette: Palette) -> None:
        self._zero, self._unit, self._y, self._palette = zero, unit, y, palette
        self.outline, self.range, self.bar = (
            Rectangle((zero, y - _THICK / 2), 0, _THICK, linewidth=0, zorder=2) for _ in range(3)
        )
        self.outline.set(width=unit, height=_FRAME, y=y - _FRAME / 2)
        self.outline.set(facecolor="none", edgecolor=palette.grey, linewidth=1.0)
        self.range.set_facecolor(palette.grey)
        for patch in (self.outline, self.range, self.bar):
            ax.add_patch(patch)
        ax.plot([zero, zero], [y - 15, y + 15], color=palette.grey, linewidth=1, zorder=3)
        (self.beyond,) = ax.plot([], [], ">", markersize=9, color=palette.ink)
        self.text = ax.text(zero, y, "", fontsize=12, va="center")
        self.artists: Sequence[Artist] = [
            *(self.outline, self.range, self.bar),
            *(self.beyond, self.text),
        ]

    def update(self, ratio: Ratio) -> None:
        """Show ``ratio``: quietly where it is right."""
        right, palette = ratio.is_right, self._palette
        low, high = (ratio.low, ratio.high) if ratio.is_known else (0.0, 0.0)
        _reach(self.range, self._zero, self._unit, min(low, 0.0), max(high, 0.0))
        _reach(self.bar, self._zero, self._unit, min(high, 0.0), max(low, 0.0))
        self.bar.set_facecolor(palette.faint if right else palette.ink)
        self.outline.set_linestyle("solid" if right else (0, (3, 2)))
        self.beyond.set_visible(high > HIGHEST)
        self.beyond.set_data([self._zero + HIGHEST * self._unit + 3], [self._y])
        self.text.set_text("✓" if right else ratio.text)
        self.text.set_color(palette.grey if right else palette.ink)
        self.text.set_fontweight("bold" if ratio.is_known and not right else "normal")
        x, y = (self._unit + 8, 0) if right else (self.range.get_x() - self._zero, 24)
        self.text.set_position((self._zero + x, self._y + y))


def _reach(bar: Rectangle, zero: float, unit: float, low: float, high: float) -> None:
    """Let a bar reach from ``low`` to ``high``, as far as there is room."""
    low, high = np.clip((low, high), LOWEST, HIGHEST)
    bar.set(x=zero + low * unit, width=(high - low) * unit)


class RatioBars:
    """A column of bars; made by `draw_ratio_bars`."""

    def __init__(
        self, ax: Axes, zero: float, unit: float, tops: Sequence[float], palette: Palette
    ) -> None:
        self.bars = [RatioBar(ax, zero, unit, y, palette) for y in tops]
        self.artists: Sequence[Artist] = [artist for bar in self.bars for artist in bar.artists]

    @property
    def texts(self) -> list[str]:
        """What stands at each bar."""
        return [bar.text.get_text() for bar in self.bars]

    def update(self, ratios: Sequence[Ratio]) -> None:
        """Show one ratio a bar."""
        for bar, ratio in zip(self.bars, ratios, strict=True):
            bar.update(ratio)


def draw_ratio_bars(
    ax: Axes, zero: float, unit: float, tops: Sequence[float], palette: Palette = LIGHT
) -> RatioBars:
    """Draw empty bars in pixels: all begin at ``zero``, and 1 is ``unit`` pixels long."""
    return RatioBars(ax, zero, unit, tops, palette)
