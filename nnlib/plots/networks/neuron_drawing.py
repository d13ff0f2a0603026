"""One neuron, drawn with live numbers: inputs and bias on the left, z, then a."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import Circle, FancyArrowPatch

from nnlib.plots.palette import LIGHT, Palette
from nnlib.plots.words.numbers import number, sign_of, signed, significant
from nnlib.plots.words.text import TEXT_POINTS

_RADIUS = 30.0
_GAP = 1.4  # pixels between a circle and an arrow
_INPUTS = ((46.0, 292.0), (46.0, 192.0), (46.0, 92.0))  # x₁, x₂ and the constant 1 of the bias
_TO_SUM, _TO_OUTPUT = 158.0, 106.0  # how far it is from the inputs to z, and from z to a
_BESIDE = 13.0  # from the middle of an edge to its weight
_UNUSED = 0.25  # how much is seen of an edge whose input is 0: its weight counts for nothing
_NAMES = (("x₁", 42.0), ("x₂", 42.0), ("always 1", -42.0))  # and how far above the node


class NeuronDrawing:
    """The artists of one neuron with two inputs; made by `draw_neuron`."""

    def __init__(self, ax: Axes, palette: Palette, wider: float) -> None:
        self._palette = palette
        z_place = (_INPUTS[1][0] + wider * _TO_SUM, _INPUTS[1][1])
        a_place = (z_place[0] + wider * _TO_OUTPUT, z_place[1])
        style: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": TEXT_POINTS}
        self._edges = [_arrow(ax, start, z_place) for start in _INPUTS]
        self._labels = [
            ax.text(*place, "", ha=ha, va="center", fontsize=TEXT_POINTS)
            for place, ha in (_beside(start, z_place) for start in _INPUTS)
        ]
        _arrow(ax, z_place, a_place).set_color(palette.ink)
        between = (z_place[0] + a_place[0]) / 2
        self._symbol = ax.text(between, z_place[1] + 15, "", color=palette.ink, **style)
        below = z_place[1] - _RADIUS - 6  # where it has the room between the two circles' middles
        self._gain = ax.text(between, below, "", color=palette.ink, **style)
        self._output = Circle(a_place, _RADIUS)
        for circle in (*(Circle(place, _RADIUS) for place in (*_INPUTS, z_place)), self._output):
            circle.set(facecolor=palette.node, edgecolor=palette.ink, linewidth=1.8)
            ax.add_patch(circle)
        names = [
            ax.text(x, y + above, name, color=palette.grey, **style)
            for (x, y), (name, above) in zip(_INPUTS, _NAMES, strict=True)
        ]
        self._third_name = names[-1]
        self._values = [
            ax.text(x, y, "1", color=palette.ink, **style) for x, y in (*_INPUTS, z_place, a_place)
        ]
        self.artists: Sequence[Artist] = [
            *self._edges,
            *self._labels,
            self._symbol,
            self._gain,
            self._third_name,
            self._output,
            *self._values,
        ]
        self.show_third_as("always 1", "1", "b")

    def update(
        self, inputs: Sequence[str], weights: Sequence[float], bias: float, z: float, a: float
    ) -> None:
        """Show one row going through the neuron."""
        for edge, label, name, value, x in zip(
            self._edges,
            self._labels,
            ("w₁", "w₂", self._third_weight),
            (*weights, bias),
            (*inputs, self._third_value),
            strict=True,
        ):
            edge.set_alpha(_UNUSED if is_zero(x) else 1.0)
            edge.set_color(self._palette.line_of(value))
            edge.set_linestyle((0, (4, 3)) if sign_of(value) < 0 else "solid")
            edge.set_linewidth(1.0 + min(abs(value), 5.0) * 0.5)
            label.set_text(f"{name} {signed(value)}")
            label.set_color(self._palette.text_of(value))
        texts = (*inputs, self._third_value, f"z\n{number(z)}", f"a\n{number(a)}")
        for text, words in zip(self._values, texts, strict=True):
            text.set_text(words)
        self._output.set_facecolor(self._palette.map(min(max(a, 0.0), 1.0)))

    def show_third_as(self, name: str, value: str, weight: str) -> None:
        """Say what the third input is, from the next update on: the bias's constant 1, or an x₃."""
        self._third_name.set_text(name)
        self._third_value, self._third_weight = value, weight

    def set_activation(self, symbol: str, gain: float = 1.0) -> None:
        """Write the activation's symbol over the arrow from z to a, and a gain below it."""
        self._symbol.set_text(symbol)
        self._gain.set_text("" if gain == 1 else f"× {significant(gain)}")


def _beside(
    start: tuple[float, float], end: tuple[float, float]
) -> tuple[tuple[float, float], str]:
    """Return where an edge's weight stands, and its alignment: above it, or on its outer side."""
    x, y = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    if start[1] == end[1]:
        return (x, y + _BESIDE), "center"
    outwards = 1.0 if start[1] > end[1] else -1.0
    return (x, y + outwards * _BESIDE), "left"


def is_zero(written: str) -> bool:
    """Say whether a written number is 0.

    Examples
    --------
    >>> is_zero("0"), is_zero("0.00"), is_zero("0.10"), is_zero("−1")
    (True, True, False, False)
    """
    return not written.strip("0.")


def _arrow(ax: Axes, start: tuple[float, float], end: tuple[float, float]) -> FancyArrowPatch:
    """Draw an arrow from the edge of one circle to the edge of another."""
    way = np.subtract(end, start)
    free = (_RADIUS + _GAP) * way / np.hypot(*way)
    # Matplotlib can leave that room itself, but looks for it anew in each frame.
    arrow = FancyArrowPatch(
        tuple(np.add(start, free)),
        tuple(np.subtract(end, free)),
        arrowstyle="-|>",
        mutation_scale=13,
        shrinkA=0,
        shrinkB=0,
        zorder=1,
    )
    ax.add_patch(arrow)
    return arrow


def draw_neuron(ax: Axes, palette: Palette = LIGHT, wider: float = 1.0) -> NeuronDrawing:
    """Draw a neuron with two inputs on a panel of about 350 × 400 CSS pixels.

    With ``wider`` its edges are longer by this factor, and so are 264 of those pixels.
    """
    return NeuronDrawing(ax, palette, wider)
