"""`NeuronExplorer`: what two weights and a bias do to one neuron's answers."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from nnlib import ACTIVATIONS, LOSSES, datasets
from nnlib.explorers.explorer import Explorer
from nnlib.explorers.parameters import Choice, Number, Whole
from nnlib.plots.neuron_drawing import draw_neuron
from nnlib.plots.numbers import factor, number
from nnlib.plots.palette import Palette
from nnlib.plots.plane import draw_plane, grid_points
from nnlib.plots.text import TITLE, add_panel, draw_table, draw_title

Array = NDArray[np.floating[Any]]

LIMITS = (-0.6, 1.6, -0.6, 1.6)
GRID = 61
GATES = ("or", "and", "nand", "nor", "xor", "xnor", "first", "second")
SYMBOLS = {"sigmoid": "σ", "step": "step"}
_GRID_POINTS = grid_points(LIMITS, GRID)


@dataclass(frozen=True)
class NeuronPicture:
    """One neuron, evaluated on a truth table and on the whole plane."""

    gate: str
    activation: str
    weights: Array  # (2,)
    bias: float
    row: int  # which row of the truth table is put through the neuron, from 0

    @cached_property
    def data(self) -> tuple[Array, Array]:
        """The truth table: X (4, 2) and y (4, 1)."""
        return datasets.truth_table(self.gate)

    def z(self, X: Array) -> Array:
        """Return z = x₁w₁ + x₂w₂ + b for each row of X."""
        return X @ self.weights + self.bias

    def a(self, X: Array) -> Array:
        """Return a = f(z) for each row of X."""
        return ACTIVATIONS[self.activation](self.z(X))

    @cached_property
    def outputs(self) -> Array:
        """The outputs for the four rows, (4,)."""
        return self.a(self.data[0])

    @cached_property
    def right(self) -> NDArray[np.bool_]:
        """Which rows are answered right: an output of 0.5 or more answers 1."""
        return (self.outputs >= 0.5) == (self.data[1].ravel() >= 0.5)

    @cached_property
    def loss(self) -> float:
        """The mean squared error over the four rows."""
        return LOSSES["mean_squared_error"](self.outputs[:, None], self.data[1])

    @property
    def verdict(self) -> str:
        """How many rows are right, as in "OR: 4 of 4 right"."""
        return f"{self.gate.upper()}: {self.right.sum()} of 4 right"

    @property
    def equation(self) -> str:
        """The equation of z and a with the chosen row's numbers in it."""
        x = self.data[0][self.row]
        z, a = float(self.z(x)), self.outputs[self.row]
        (w1, w2), b = self.weights, self.bias
        plus_bias = f"− {number(-b)}" if b < 0 else f"+ {number(b)}"
        return (
            f"z = w₁x₁ + w₂x₂ + b = {number(w1)}·{x[0]:g} + {factor(w2)}·{x[1]:g} {plus_bias} "
            f"= {number(z)}     a = {SYMBOLS[self.activation]}(z) = {number(a)}"
        )

    @property
    def summary(self) -> str:
        """The picture in words."""
        X, y = self.data
        rows = "; ".join(
            f"({x[0]:g}, {x[1]:g}) gives {number(a)}, target {target:g}, "
            + ("right" if right else "wrong")
            for x, a, target, right in zip(X, self.outputs, y.ravel(), self.right, strict=True)
        )
        w1, w2 = self.weights
        return (
            f"{self.verdict}. Mean squared error {number(self.loss, 3)}. Weights {number(w1)} and "
            f"{number(w2)}, bias {number(self.bias)}, {self.activation}. {rows}."
        )


class NeuronView:
    """Three panels: the neuron for one row, the plane it cuts in two, and the truth table."""

    def __init__(self, figure: Figure, palette: Palette) -> None:
        left = add_panel(figure, 0, 350)
        self._row_title = draw_title(left, 8, palette=palette)
        self._neuron = draw_neuron(left, palette)

        plane = figure.add_axes((0.442, 0.135, 0.285, 0.735))
        plane.set_title("What it separates", **TITLE, color=palette.ink)
        self._plane = draw_plane(plane, LIMITS, palette)
        plane.set_xticks([0, 1])
        plane.set_yticks([0, 1])
        self._sides = [
            plane.text(0, 0, words, fontsize=10.5, color=palette.ink, va="center", zorder=4)
            for words in ("answers 0", "answers 1")
        ]
        self._normal = plane.annotate(
            "",
            (0.0, 0.0),
            (0.0, 0.0),
            arrowprops={"arrowstyle": "-|>", "color": palette.ink, "linewidth": 1.6},
            annotation_clip=True,
            zorder=5,
        )
        self._normal_name = plane.text(
            0,
            0,
            "w",
            fontsize=11,
            fontweight="bold",
            color=palette.ink,
            ha="center",
            va="center",
            zorder=5,
            clip_on=True,
        )

        right = add_panel(figure, 672, 228)
        columns, tops = (16.0, 50.0, 100.0, 160.0, 210.0), (278.0, 230.0, 182.0, 134.0)
        self._verdict = draw_title(right, 4, palette=palette)
        for x, name in zip(columns, ("x₁", "x₂", "target", "output"), strict=False):
            right.text(x, 322, name, fontsize=11, color=palette.grey, ha="center", va="center")
        self._table = draw_table(right, columns, tops, palette)
        self._loss = right.text(4, 78, "", fontsize=11, color=palette.ink)
        self._palette = palette
        self.artists = [
            self._row_title,
            *self._neuron.artists,
            *self._plane.artists,
            *self._sides,
            self._normal,
            self._normal_name,
            self._verdict,
            *self._table.artists,
            self._loss,
        ]

    def update(self, picture: NeuronPicture) -> None:
        """Show ``picture``."""
        X, y = picture.data
        x = X[picture.row]
        self._row_title.set_text(f"The neuron, for the row ({x[0]:g}, {x[1]:g})")
        z, a = float(picture.z(x)), float(picture.outputs[picture.row])
        self._neuron.update(list(x), list(picture.weights), picture.bias, z, a)
        self._neuron.set_activation(SYMBOLS[picture.activation])
        self._plane.set_points(X, y, size=11)
        z_grid = picture.z(_GRID_POINTS)
        self._plane.set_answers(picture.a(_GRID_POINTS), margin=z_grid)
        self._place_sides(z_grid.reshape(GRID, GRID))
        self._place_normal(picture)
        self._update_table(picture)

    def _update_table(self, picture: NeuronPicture) -> None:
        X, y = picture.data
        marks = ["✓" if right else "✗" for right in picture.right]
        self._table.update(
            [
                (f"{x[0]:g}", f"{x[1]:g}", f"{target:g}", number(a), mark)
                for x, target, a, mark in zip(X, y.ravel(), picture.outputs, marks, strict=True)
            ],
            highlighted=picture.row,
        )
        for cells, right in zip(self._table.cells, picture.right, strict=True):
            cells[-1].set_color(
                self._palette.positive_text if right else self._palette.negative_text
            )
        self._verdict.set_text(picture.verdict)
        self._loss.set_text(f"mean squared error {number(picture.loss, 3)}")

    def _place_sides(self, z: Array) -> None:
        """Put "answers 0" and "answers 1" at the outermost corners of their sides, if any."""
        corners = {(0, 0): z[3, :20], (0, 1): z[3, -20:], (1, 0): z[-4, :20], (1, 1): z[-4, -20:]}
        for text, sign in zip(self._sides, (-1, 1), strict=True):
            room = {corner: (sign * under).min() for corner, under in corners.items()}
            row, column = max(room, key=lambda corner: room[corner])
            text.set_visible(room[row, column] > 0)
            text.set_position((1.52 if column else -0.52, 1.48 if row else -0.48))
            text.set_horizontalalignment("right" if column else "left")

    def _place_normal(self, picture: NeuronPicture) -> None:
        """Draw w at right angles to the boundary, from the boundary's point next to the middle.

        An arrow that would not lie in the plane from end to end is left out.
        """
        length = float(np.hypot(*picture.weights))
        middle = np.array([0.5, 0.5])
        foot = tip = middle
        if length > 0:
            unit = picture.weights / length
            foot = middle - unit * float(picture.z(middle)) / length
            tip = foot + 0.4 * unit
        shown = length > 0 and bool(np.all(np.abs([foot - middle, tip - middle]) < 1.05))
        self._normal.set_visible(shown)
        self._normal_name.set_visible(shown)
        if shown:
            across = 0.12 * np.array([-unit[1], unit[0]])
            beside = foot + 0.2 * unit + across
            if self._covers_answer(beside):
                beside = beside - 2 * across
            self._normal.set_position((foot[0], foot[1]))
            self._normal.xy = (tip[0], tip[1])
            self._normal_name.set_position((beside[0], beside[1]))

    def _covers_answer(self, place: Array) -> bool:
        """Say whether a letter at ``place`` would touch "answers 1", to which w points."""
        right, top = self._sides[1].get_position()
        middle = (right - 0.28 if right > 0.5 else right + 0.28, top)
        across, up = np.abs(place - middle)
        return bool(across < 0.38 and up < 0.17)


class NeuronExplorer(Explorer):
    """One neuron with two inputs on a truth table: z = x₁w₁ + x₂w₂ + b, a = f(z).

    Parameters
    ----------
    data : {"or", "and", "nand", "nor", "xor", "xnor", "first", "second"}
        The truth table to answer.
    w1, w2, bias : float
        The neuron's weights and bias (dimensionless).
    activation : {"sigmoid", "step"}
        f. The answer counts as 1 where a is 0.5 or more.
    row : int, 1 to 4
        The row of the truth table that is shown going through the neuron.
    """

    data = Choice("or", options=[(gate.upper(), gate) for gate in GATES], label="data")
    w1 = Number(1.0, low=-5, high=5, step=0.1, label="w₁ weight")
    w2 = Number(1.0, low=-5, high=5, step=0.1, label="w₂ weight")
    bias = Number(-1.5, low=-5, high=5, step=0.1, label="b bias")
    activation = Choice("sigmoid", options=tuple(SYMBOLS), label="activation f")
    row = Whole(3, low=1, high=4, label="row shown")

    opens_with = ("data", "w1", "w2", "bias")
    View = NeuronView

    def picture(self) -> NeuronPicture:
        """Return the neuron evaluated at the present weights."""
        return NeuronPicture(
            gate=self.data,
            activation=self.activation,
            weights=np.array([self.w1, self.w2]),
            bias=self.bias,
            row=self.row - 1,
        )
