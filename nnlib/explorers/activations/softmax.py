"""`SoftmaxExplorer`: three scores become three probabilities, sharper or softer."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from nnlib import ACTIVATIONS
from nnlib._typing import Array
from nnlib.explorers.controls.parameters import Number, Positive
from nnlib.explorers.engine.explorer import Explorer
from nnlib.explorers.engine.pointer import Handle, Point
from nnlib.plots.axes import name_axes, style_axes
from nnlib.plots.palette import Palette
from nnlib.plots.words.numbers import factor, number, significant
from nnlib.plots.words.text import draw_plot_title

CLASSES = ("class 1", "class 2", "class 3")
REACH = 6.0  # a bar ends here at the latest


@dataclass(frozen=True)
class SoftmaxModel:
    """Three scores z and a temperature T: a = softmax(z / T)."""

    z: Array  # (3,)
    temperature: float

    @cached_property
    def probabilities(self) -> Array:
        """The outputs a, (3,), which add up to 1."""
        return ACTIVATIONS["softmax"](self.z / self.temperature)

    @property
    def likeliest(self) -> str:
        """The class with the largest output, or "a tie"."""
        best = np.flatnonzero(np.isclose(self.probabilities, self.probabilities.max()))
        return CLASSES[best[0]] if len(best) == 1 else "a tie"

    @property
    def equation(self) -> str:
        """The sum below the fraction with its numbers in it, the largest score taken off first."""
        largest = self.z.max()
        shifted = (self.z - largest) / self.temperature
        powers = np.exp(shifted)
        total = number(powers.sum(), 3)
        terms = " + ".join(f"e^({_exponent(value)})" for value in shifted)
        sums = " + ".join(number(power, 3) for power in powers)
        outputs = "     ".join(
            f"a{mark} = {number(power, 3)} / {total} = {number(a, 3)}"
            for mark, power, a in zip("₁₂₃", powers, self.probabilities, strict=True)
        )
        shift = f"(z − {factor(largest, 1)}) / {significant(self.temperature)}"
        return f"{shift}:   {terms} = {sums} = {total}\n{outputs}"

    @property
    def summary(self) -> str:
        """The picture in words."""
        scores = ", ".join(number(z, 1) for z in self.z)
        outputs = ", ".join(number(a, 3) for a in self.probabilities)
        return (
            f"The scores {scores} at the temperature {significant(self.temperature)} give the "
            f"probabilities {outputs}, sum 1. The likeliest: {self.likeliest}."
        )


def _exponent(value: float) -> str:
    """Return an exponent in digits enough to say what its power is: −2.0, −1.67, −0.02."""
    if abs(value) >= 10 or np.isclose(value, round(value, 1), rtol=0, atol=1e-9):
        return number(value, 1)
    return significant(value, 2 if abs(value) < 1 else 3)


class SoftmaxView:
    """Two panels of three bars: the scores, and the probabilities."""

    def __init__(self, figure: Figure, palette: Palette) -> None:
        left = figure.add_axes((0.09, 0.135, 0.37, 0.735))
        right = figure.add_axes((0.58, 0.135, 0.38, 0.735))
        left.set_xlim(-REACH, 1.3 * REACH)
        right.set_xlim(0, 1.18)
        right.set_xticks([0, 0.25, 0.5, 0.75, 1])
        self._scores = left
        self._bars = []
        self._numbers: list[list[Text]] = []
        for ax, xlabel in ((left, "score z"), (right, "probability a")):
            _style(ax, xlabel, palette)
            self._bars.append(ax.barh(range(3), [0, 0, 0], height=0.4, color=palette.ink, zorder=2))
            style: dict[str, Any] = {"fontsize": 11.5, "va": "center", "color": palette.ink}
            self._numbers.append([ax.text(0, i, "", zorder=3, **style) for i in range(3)])
        left.axvline(0, color=palette.grey, linewidth=1.0, zorder=1)
        draw_plot_title(left, "Drag the three scores", palette)
        self._title = draw_plot_title(right, palette=palette)
        self._palette = palette
        bars = [bar for container in self._bars for bar in container]
        self.artists = [*bars, *(text for row in self._numbers for text in row), self._title]

    def update(self, model: SoftmaxModel) -> None:
        """Show ``model``."""
        self._title.set_text(f"Softmax: {model.likeliest}, {number(max(model.probabilities), 3)}")
        rows = ((model.z, 1, REACH), (model.probabilities, 3, 1.0))
        for bars, texts, (values, digits, reach) in zip(
            self._bars, self._numbers, rows, strict=True
        ):
            for bar, text, value in zip(bars, texts, values, strict=True):
                bar.set_width(float(np.clip(value, -reach, reach)))
                text.set_x(min(max(float(value), 0.0), reach) + 0.02 * reach)
                text.set_text(number(value, digits))
                largest = np.isclose(value, values.max())
                bar.set_color(self._palette.ink if largest else self._palette.grey)
                text.set_fontweight("bold" if largest else "normal")

    @property
    def handles(self) -> list[Handle]:
        """The ends of the scores' bars, to drag."""
        ends = [
            [(bar.get_width(), y - 0.2), (bar.get_width(), y + 0.2)]
            for y, bar in enumerate(self._bars[0])
        ]
        names = ("z1", "z2", "z3")
        return [
            Handle(name, self._scores, end, cursor="ew-resize")
            for name, end in zip(names, ends, strict=True)
        ]


def _style(ax: Axes, xlabel: str, palette: Palette) -> None:
    ax.set_ylim(2.6, -0.6)
    ax.set_yticks(range(3), CLASSES)
    style_axes(ax, palette, grid="x", size=10.5)
    name_axes(ax, xlabel, "", palette)


class SoftmaxExplorer(Explorer):
    """Softmax with a temperature: aⱼ = e^(zⱼ/T) / Σₖ e^(zₖ/T).

    Parameters
    ----------
    z1, z2, z3 : float
        The scores (dimensionless). The ends of their bars can be dragged.
    temperature : float
        T > 0. Small: nearly all for the largest score. Large: nearly the same for all.
    """

    z1 = Number(1.0, low=-5, high=5, step=0.5, label="z₁ score")
    z2 = Number(2.0, low=-5, high=5, step=0.5, label="z₂ score")
    z3 = Number(3.0, low=-5, high=5, step=0.5, label="z₃ score")
    temperature = Positive(1.0, low=0.1, high=100, label="T temperature")

    opens_with = ("z1", "z2", "z3", "temperature")
    words_folded = True
    View = SoftmaxView

    def model(self) -> SoftmaxModel:
        """Return softmax evaluated at the present scores."""
        return SoftmaxModel(np.array([self.z1, self.z2, self.z3]), self.temperature)

    def pointer_dragged(self, at: Point) -> None:
        """Let a score follow the pointer."""
        score = at.before[at.handle] + at.moved[0]
        self.set_parameters(**{at.handle: SoftmaxExplorer.z1.nearest(score)})
