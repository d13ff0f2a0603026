"""How `GradientCheckExplorer` is drawn: how many digits agree, and the difference against ε."""

from typing import Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from nnlib.explorers.engine.pointer import Handle, rows_of
from nnlib.explorers.gradients.check_model import (
    MOST_DIGITS,
    NAMES,
    GradientCheckModel,
    place_of,
    step_text,
    symbol_of,
    words_for_digits,
)
from nnlib.explorers.gradients.check_slopes import STEPS
from nnlib.plots.axes import name_axes, style_axes
from nnlib.plots.curves.powers import mark_powers
from nnlib.plots.palette import Palette
from nnlib.plots.words.labels import short_gradient
from nnlib.plots.words.text import add_panel, draw_plot_title, draw_table, draw_title, ground

SMALLEST, LARGEST = 1e-14, 1e-1  # ε
LEAST, MOST = 1e-16, 1.0  # differences on the picture
BAR_LEFT, BAR_WIDTH = 76.0, 250.0  # of a bar that tells how many digits are alike, in pixels
ROW = 27.0  # from one row of the table to the next
BOTH = (58.0, 34.0)  # the heights of the chosen gradient's two numbers
SYMBOL_POINTS = 14.0  # of a name such as w⁽¹⁾₁₂: its indices are half as high
LETTER = 11 * 0.602 / 72 * 100  # pixels, of a letter of their font
WAYS = ("backprop", "by trying")
ROUNDING_NAMED, TRUNCATION_NAMED = 3e-4, 1e-2  # the differences at which they are named
ASIDE = 10**0.5  # so many times as large or small an ε: from a line to its name
ONE = ("no digit", "1 digit")


class GradientCheckView:
    """Two panels: how far the nine gradients agree, and the difference against ε."""

    def __init__(self, figure: Figure, palette: Palette) -> None:
        self._left = add_panel(figure, 0, 400)
        self._table_title = draw_title(self._left, 8, palette=palette)
        columns, tops = (34.0, 352.0), tuple(322.0 - ROW * i for i in range(len(NAMES)))
        head: dict[str, Any] = {"fontsize": 11, "color": palette.grey, "va": "center"}
        self._left.text(BAR_LEFT, 347, "digits alike, of 12; the last may be off by 1", **head)
        tracks = [self._draw_bar(top, BAR_WIDTH, palette.faint) for top in tops]
        self.bars = [self._draw_bar(top, 0.0, palette.gradient) for top in tops]
        self._table = draw_table(self._left, columns, tops, palette, SYMBOL_POINTS)
        self.both = [
            self._draw_number(words, y, palette) for words, y in zip(WAYS, BOTH, strict=True)
        ]

        ax = self._right = figure.add_axes((0.525, 0.135, 0.45, 0.735))
        ax.set(xscale="log", yscale="log", xlim=(SMALLEST, 2 * LARGEST), ylim=(LEAST, MOST))
        style_axes(ax, palette, grid="both")
        name_axes(ax, "ε: drag the dot          thin: the other eight", "difference", palette)
        self._limits = Rectangle((SMALLEST, LEAST), 0, MOST, color=palette.highlight, zorder=0)
        ax.add_patch(self._limits)
        mark_powers(ax.xaxis, range(-14, 0, 2))
        mark_powers(ax.yaxis, range(-15, 1, 3))
        self._curve_title = draw_plot_title(ax, palette=palette)
        (self._truncation,) = ax.plot(
            *([], []), color=palette.grey, linewidth=1.6, dashes=(5, 2), zorder=2
        )
        (self._rounding,) = ax.plot(
            *([], []), color=palette.grey, linewidth=1.6, dashes=(2, 2), zorder=2
        )
        self._others = [
            ax.plot([], [], color=palette.grey, linewidth=0.4, zorder=1)[0] for _ in NAMES
        ]
        (self._curve,) = ax.plot([], [], color=palette.ink, linewidth=2.0, zorder=3)
        (self._line,) = ax.plot([], [], color=palette.ink, linewidth=1.0, zorder=3)
        (self._now,) = ax.plot(
            *([], [], "o"),
            color=palette.ink,
            markeredgecolor=palette.background,
            markersize=10,
            zorder=4,
        )
        style: dict[str, Any] = {"fontsize": 10.5, "va": "center", "color": palette.ink}
        self._wrong = ax.text(0.1, 1e-8, "the derivative is wrong: no ε helps", ha="right", **style)
        style["bbox"] = ground(palette)
        self.limits = [ax.text(1, 1, "", ha=side, **style) for side in ("left", "right")]
        lines = [self._truncation, self._rounding, *self._others, self._curve, self._line]
        titles = [self._table_title, self._curve_title, self._wrong, *self.limits]
        table = [
            *self._table.artists,
            *tracks,
            *self.bars,
            *(text for pair in self.both for text in pair),
        ]
        self.artists = [self._limits, *table, *lines, self._now, *titles]

    def _draw_bar(self, top: float, width: float, color: str) -> Rectangle:
        """Draw a bar, or the track on which one lies; the row's highlight is below both."""
        bar = Rectangle((BAR_LEFT, top - 4), width, 8, color=color, linewidth=0, zorder=1)
        self._left.add_patch(bar)
        return bar

    def _draw_number(self, words: str, y: float, palette: Palette) -> tuple[Text, Text]:
        """Write what a number is; return the room for its digits that agree, and for the rest."""
        self._left.text(34, y, words, fontsize=11, color=palette.ink, va="center")
        style: dict[str, Any] = {"fontsize": 11, "family": "monospace", "va": "center"}
        alike = self._left.text(120, y, "", color=palette.gradient, fontweight="bold", **style)
        return alike, self._left.text(120, y, "", color=palette.grey, **style)

    def update(self, model: GradientCheckModel) -> None:
        """Show ``model``."""
        worst = words_for_digits(min(model.digits))
        self._table_title.set_text(f"At worst {worst} agree{'s' * (worst in ONE)}")
        for bar, name in zip(self.bars, NAMES, strict=True):
            bar.set_width(BAR_WIDTH * model.digits[place_of(name)] / MOST_DIGITS)
        rows = [(symbol_of(name), f"{model.digits[place_of(name)]}") for name in NAMES]
        self._table.update(rows, highlighted=NAMES.index(model.selected))
        for (alike, rest), digits in zip(self.both, model.both, strict=True):
            alike.set_text(digits[0])
            rest.set(text=digits[1], x=120 + LETTER * len(digits[0]))
        apart = short_gradient(model.errors[model.index])
        self._curve_title.set_text(f"{model.symbol}, ε = {step_text(model.epsilon)}: {apart} apart")
        self._show_what_limits(model)
        self._name_limits(model)
        for artist in (self._truncation, self._rounding, self._line):
            artist.set_visible(not model.is_wrong)
        for line, values in (
            (self._truncation, model.truncation),
            (self._rounding, model.rounding),
            (self._curve, model.curve[:, model.index]),
            *zip(self._others, model.curve.T, strict=True),
        ):
            line.set_data(STEPS, np.clip(values, LEAST / 10, 10 * MOST))
        error = float(np.clip(model.errors[model.index], LEAST, MOST))
        epsilon = float(np.clip(model.epsilon, SMALLEST, LARGEST))
        self._line.set_data([epsilon, epsilon], [LEAST, error])
        self._now.set_data([epsilon], [error])

    def _show_what_limits(self, model: GradientCheckModel) -> None:
        """Shade the side of the plot on which the dot is; all of it, if no ε helps."""
        left, right = SMALLEST, 2 * LARGEST
        if not model.is_wrong:
            left, right = (model.crossing, right) if model.truncates else (left, model.crossing)
        self._limits.set(x=left, width=right - left)

    def _name_limits(self, model: GradientCheckModel) -> None:
        """Name both dashed lines, between them; the one that limits stands out."""
        self._wrong.set_visible(model.is_wrong)
        lines = (model.rounding, ROUNDING_NAMED), (model.truncation, TRUNCATION_NAMED)
        for k, (text, (line, height), words) in enumerate(
            zip(self.limits, lines, model.limits, strict=True)
        ):
            above = np.flatnonzero(line >= min(height, float(line.max())))
            place = STEPS[above[-1]] * ASIDE if k == 0 else STEPS[above[0]] / ASIDE
            text.set(text=words, x=place, y=float(line[above[-1 if k == 0 else 0]]))
            chosen = model.truncates == bool(k)
            text.set_fontweight("bold" if chosen else "normal")
            text.set_visible(not model.is_wrong and float(line.max()) > LEAST)

    @property
    def handles(self) -> list[Handle]:
        """All of the curve's panel, to choose ε; the table's rows, to choose a parameter."""
        panel = np.transpose([self._right.get_xlim(), self._right.get_ylim()])
        curve = Handle("epsilon", self._right, panel, cursor="ew-resize", filled=True, reach=0.0)
        return [curve, *rows_of(self._table, NAMES)]
