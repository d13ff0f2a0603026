"""`NewRowExplorer`: three controls that ask a trained neuron about a row it has never seen."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from nnlib import ACTIVATIONS
from nnlib.explorers.explorer import Explorer
from nnlib.explorers.parameters import Number, Vector
from nnlib.plots.network_drawing import NetworkNumbers, draw_network
from nnlib.plots.numbers import factor, number
from nnlib.plots.palette import Palette
from nnlib.plots.text import add_panel, draw_table, draw_title

Array = NDArray[np.floating[Any]]

# The rows on which the neuron was trained; the target is the first input, the third is always 1.
TRAINING_X = np.array([[0.0, 0, 1], [1, 1, 1], [1, 0, 1], [0, 1, 1]])
TRAINING_Y = np.array([0.0, 1, 1, 0])


@dataclass(frozen=True)
class NewRowPicture:
    """A neuron with three inputs and no bias, evaluated on a new row and on its training rows."""

    weights: Array  # (3,)
    x: Array  # (3,)

    def answer(self, X: Array) -> Array:
        """Return a = σ(x·w) for each row of X."""
        return ACTIVATIONS["sigmoid"](X @ self.weights)

    @cached_property
    def z(self) -> float:
        """The weighted sum of the new row."""
        return float(self.x @ self.weights)

    @cached_property
    def a(self) -> float:
        """The output for the new row."""
        return float(self.answer(self.x))

    @property
    def row(self) -> str:
        """The new row as text, such as "(1, 0, 0)"."""
        return "(" + ", ".join(f"{value:g}" for value in self.x) + ")"

    @property
    def numbers(self) -> NetworkNumbers:
        """The numbers on the drawing."""
        return NetworkNumbers(
            weights=[self.weights[:, None]],
            biases=[np.full(1, np.nan)],  # there is none to draw
            values=[self.x, np.array([self.a])],
            sums=[np.array([self.z])],
        )

    @property
    def equation(self) -> str:
        """The weighted sum with its numbers, and the output with all its digits."""
        terms = " + ".join(
            f"{factor(w)}·{factor(x, 1)}" for w, x in zip(self.weights, self.x, strict=True)
        )
        return f"z = {terms} = {number(self.z)}     a = σ(z) = {number(self.a, 8)}"

    @property
    def summary(self) -> str:
        """The picture in words."""
        w1, w2, w3 = (number(w) for w in self.weights)
        trained = "; ".join(
            f"({x[0]:g}, {x[1]:g}, {x[2]:g}) gives {number(a, 4)}, target {y:g}"
            for x, a, y in zip(TRAINING_X, self.answer(TRAINING_X), TRAINING_Y, strict=True)
        )
        return (
            f"The row {self.row} gives {number(self.a, 4)}. Weights {w1}, {w2} and {w3}, no bias. "
            f"Trained on: {trained}."
        )


class NewRowView:
    """Two panels: the neuron with the new row in it, and the new row below the training rows."""

    def __init__(self, figure: Figure, palette: Palette) -> None:
        left = add_panel(figure, 0, 520)
        self._row_title = draw_title(left, 8, palette=palette)
        self._neuron = draw_network(figure.add_axes((0.0, 0.04, 0.56, 0.84)), [3, 1], palette)

        right = add_panel(figure, 560, 340)
        self._verdict = draw_title(right, 8, palette=palette)
        columns, tops = (92.0, 136.0, 180.0, 234.0, 300.0), (278.0, 236.0, 194.0, 152.0, 96.0)
        for x, name in zip(columns, ("x₁", "x₂", "x₃", "target", "output"), strict=True):
            right.text(x, 322, name, fontsize=11, color=palette.grey, ha="center", va="center")
        right.text(8, 278, "trained", fontsize=11, color=palette.grey, va="center")
        new = right.text(8, 96, "new", fontsize=11, color=palette.ink, va="center")
        self._table = draw_table(right, columns, tops, palette)
        self.artists = [
            self._row_title,
            self._verdict,
            *self._neuron.artists,
            *self._table.artists,
            new,
        ]

    def update(self, picture: NewRowPicture) -> None:
        """Show ``picture``."""
        self._row_title.set_text(f"The new row {picture.row}")
        self._verdict.set_text(f"The neuron answers {number(picture.a, 4)}")
        self._neuron.update(picture.numbers)
        trained = zip(TRAINING_X, TRAINING_Y, picture.answer(TRAINING_X), strict=True)
        rows = [(*(f"{v:g}" for v in x), f"{y:g}", number(a, 4)) for x, y, a in trained]
        new = (*(f"{value:g}" for value in picture.x), "?", number(picture.a, 4))
        self._table.update([*rows, new], highlighted=4)


class NewRowExplorer(Explorer):
    """A trained neuron with three inputs and no bias, asked about a new row: a = σ(x·w).

    Parameters
    ----------
    x1, x2, x3 : float
        The new row (dimensionless).
    weights : sequence of 3 floats
        The trained weights.
    """

    x1 = Number(1.0, low=0, high=1, step=0.5, label="x₁ input")
    x2 = Number(0.0, low=0, high=1, step=0.5, label="x₂ input")
    x3 = Number(0.0, low=0, high=1, step=0.5, label="x₃ input")
    weights = Vector((9.67299303, -0.2078435, -4.62963669))

    opens_with = ("x1", "x2", "x3")
    View = NewRowView

    def picture(self) -> NewRowPicture:
        """Return the neuron evaluated on the present row."""
        return NewRowPicture(np.array(self.weights), np.array([self.x1, self.x2, self.x3]))
