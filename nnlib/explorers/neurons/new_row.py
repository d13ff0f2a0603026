"""`NewRowExplorer`: three controls that ask a trained neuron about a row it has never seen."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from nnlib import ACTIVATIONS
from nnlib._typing import Array
from nnlib.explorers.controls.parameters import Number, Switch, Vector
from nnlib.explorers.engine.explorer import Explorer
from nnlib.explorers.engine.pointer import Handle, Point, row_clicked, rows_of
from nnlib.plots.networks.neuron_drawing import draw_neuron
from nnlib.plots.palette import Palette
from nnlib.plots.words.numbers import factor, number, significant
from nnlib.plots.words.text import add_panel, draw_table, draw_title

# The rows on which the neuron was trained; the target is the first input, the third is always 1.
TRAINING_X = np.array([[0.0, 0, 1], [1, 1, 1], [1, 0, 1], [0, 1, 1]])
TRAINING_Y = np.array([0.0, 1, 1, 0])


@dataclass(frozen=True)
class NewRowModel:
    """A trained neuron with three inputs and no bias, or with two inputs and w₃ as its bias."""

    weights: Array  # (3,)
    x: Array  # (3,)
    as_bias: bool  # is the third input always 1, and its weight a bias?

    @cached_property
    def inputs(self) -> Array:
        """The row as the neuron gets it, (3,)."""
        return np.array([*self.x[:2], 1.0]) if self.as_bias else self.x

    def answer(self, X: Array) -> Array:
        """Return a = σ(x·w) for each row of X."""
        return ACTIVATIONS["sigmoid"](X @ self.weights)

    @cached_property
    def trained_row(self) -> int | None:
        """Which row of the training this is, from 0; None if the neuron has never seen it."""
        same = (self.inputs == TRAINING_X).all(axis=1)
        return int(same.argmax()) if same.any() else None

    @property
    def title(self) -> str:
        """The row, and whether it is new."""
        k, row = self.trained_row, self.row(self.x)
        if k is None:
            return f"The new row {row}"
        return f"Row {k + 1} of the training table: {row}, target {TRAINING_Y[k]:g}"

    @cached_property
    def z(self) -> float:
        """The weighted sum of the row."""
        return float(self.inputs @ self.weights)

    @cached_property
    def a(self) -> float:
        """The output for the row."""
        return float(self.answer(self.inputs))

    def row(self, x: Array) -> str:
        """Return a row's inputs as text, such as "(1, 0, 0)"; a bias is none of them."""
        inputs = x[:2] if self.as_bias else x
        return "(" + ", ".join(significant(value) for value in inputs) + ")"

    @property
    def equation(self) -> str:
        """The weighted sum with its numbers, and the output with all its digits."""
        w1, w2, w3 = (factor(w) for w in self.weights)
        x1, x2, x3 = (factor(x, 1) for x in self.x)
        third = w3 if self.as_bias else f"{w3}·{x3}"
        symbols = "w₁x₁ + w₂x₂ + " + ("b" if self.as_bias else "w₃x₃")
        return (
            f"z = {symbols} = {w1}·{x1} + {w2}·{x2} + {third} = {number(self.z)}"
            f"     a = σ(z) = {number(self.a, 8)}"
        )

    @property
    def summary(self) -> str:
        """The picture in words."""
        w1, w2, w3 = (number(w) for w in self.weights)
        numbers = (
            f"Weights {w1} and {w2}, bias {w3}"
            if self.as_bias
            else f"Weights {w1}, {w2} and {w3}, no bias"
        )
        trained = "; ".join(
            f"{self.row(x)} gives {number(a, 4)}, target {y:g}"
            for x, a, y in zip(TRAINING_X, self.answer(TRAINING_X), TRAINING_Y, strict=True)
        )
        return f"{self.title}. It gives {number(self.a, 4)}. {numbers}. Trained on: {trained}."


class NewRowView:
    """Two panels: the neuron with the row in it, and the row below those of the training."""

    def __init__(self, figure: Figure, palette: Palette) -> None:
        left = add_panel(figure, 0, 460)
        self._row_title = draw_title(left, 16, palette=palette)
        self._neuron = draw_neuron(left, palette, wider=1.35)
        self._neuron.set_activation("σ")

        right = add_panel(figure, 480, 400)
        self._verdict = draw_title(right, 12, palette=palette)
        columns, tops = (136.0, 184.0, 232.0, 294.0, 360.0), (278.0, 240.0, 202.0, 164.0, 108.0)
        style: dict[str, Any] = {"fontsize": 11, "va": "center"}
        right.text(12, 322, "trained on", color=palette.grey, **style)
        for k, top in enumerate(tops[:-1], start=1):
            right.text(12, top, f"row {k}", color=palette.grey, **style)
        self._asked = right.text(12, tops[-1], "", color=palette.ink, **style)
        for y in (300.0, 136.0):  # below the names, and above what is new
            right.plot([0, 400], [y, y], color=palette.faint, linewidth=1)
        self._table = draw_table(right, columns, tops, palette)
        names = self._table.name_columns(("x₁", "x₂", "x₃", "target", "output"), 322)
        self._third_name = names[2]
        self.artists = [
            self._row_title,
            self._verdict,
            *self._neuron.artists,
            self._third_name,
            *self._table.artists,
            self._asked,
        ]

    def update(self, model: NewRowModel) -> None:
        """Show ``model``."""
        self._row_title.set_text(model.title)
        self._verdict.set_text(f"The neuron answers {number(model.a, 4)}")
        self._update_neuron(model)
        self._third_name.set_text("always" if model.as_bias else "x₃")
        trained = zip(TRAINING_X, TRAINING_Y, model.answer(TRAINING_X), strict=True)
        rows = [(*(significant(v) for v in x), f"{y:g}", number(a, 4)) for x, y, a in trained]
        k = model.trained_row
        self._asked.set_text("new row" if k is None else f"this is row {k + 1}")
        target = "?" if k is None else f"{TRAINING_Y[k]:g}"
        asked = (*(significant(value) for value in model.inputs), target, number(model.a, 4))
        self._table.update([*rows, asked], highlighted=4)

    @property
    def handles(self) -> list[Handle]:
        """The rows of the training, to ask about."""
        return rows_of(self._table, [f"row {k}" for k in range(1, len(TRAINING_X) + 1)])

    def _update_neuron(self, model: NewRowModel) -> None:
        x1, x2, x3 = (significant(value) for value in model.inputs)
        w1, w2, w3 = (float(w) for w in model.weights)
        third = ("always 1", "1", "b") if model.as_bias else ("x₃", x3, "w₃")
        self._neuron.show_third_as(*third)
        self._neuron.update([x1, x2], [w1, w2], w3, model.z, model.a)


class NewRowExplorer(Explorer):
    """A trained neuron with three inputs and no bias, asked about a new row: a = σ(x·w).

    A click on one of the rows of its training asks about that row.

    Parameters
    ----------
    x1, x2, x3 : float
        The new row (dimensionless).
    as_bias : bool
        Is the third input always 1? Then its weight is a bias, b = w₃, and x₃ is not asked for.
    weights : sequence of 3 floats
        The trained weights.
    """

    x1 = Number(1.0, low=0, high=1, step=0.5, label="x₁ input")
    x2 = Number(0.0, low=0, high=1, step=0.5, label="x₂ input")
    x3 = Number(0.0, low=0, high=1, step=0.5, label="x₃ input")
    as_bias = Switch(False, label="w₃ as a bias: x₃ is always 1")
    weights = Vector((9.67299303, -0.2078435, -4.62963669))

    opens_with = ("x1", "x2", "x3", "as_bias")
    words_folded = True
    View = NewRowView

    def model(self) -> NewRowModel:
        """Return the neuron evaluated on the present row."""
        x = np.array([self.x1, self.x2, self.x3])
        return NewRowModel(np.array(self.weights), x, self.as_bias)

    def pointer_pressed(self, at: Point) -> None:
        """Ask about the row that is clicked."""
        if (row := row_clicked(at)) is not None:
            x1, x2, x3 = TRAINING_X[row - 1].tolist()
            self.set_parameters(x1=x1, x2=x2, x3=x3)

    @property
    def idle(self) -> dict[str, str]:
        """The third input, while its weight is a bias."""
        return {"x3": "is always 1, for its weight is a bias"} if self.as_bias else {}
