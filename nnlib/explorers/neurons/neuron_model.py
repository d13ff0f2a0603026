"""One neuron, evaluated: what `NeuronExplorer` shows, in numbers and in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from nnlib import ACTIVATIONS, LOSSES
from nnlib._typing import Array
from nnlib.explorers.runs.points import NextPoint, room_for
from nnlib.plots.plane import Limits, squared
from nnlib.plots.words.labels import bracketed
from nnlib.plots.words.numbers import MINUS, factor, number, significant, size

LIMITS = (-0.6, 1.6, -0.6, 1.6)
MIDDLE = np.array([0.5, 0.5])  # of the four rows of a truth table
ARROW = 1 / 6  # the length of w on the plane for a weight of 1
LONGEST = 0.6  # how much of the plane's width the arrow takes at most
INSIDE = 0.04  # how far from the plane's edge the arrow's tip stays, as a part of its width
ROWS_SHOWN = 4  # the newest, in the table and in the summary; of others their number is told
OFFERED = ("sigmoid", "step")  # with both, z = 0 is the boundary


@dataclass(frozen=True)
class NeuronModel:
    """One neuron, evaluated on a truth table and on the whole plane."""

    name: str  # of the data, as in "OR" or "My points"
    X: Array  # (n, 2)
    y: Array  # (n, 1)
    activation: str
    weights: Array  # (2,)
    bias: float
    gain: float
    row: int  # which row of the data is put through the neuron, from 0
    held: Array | None  # (2,), where the arrow of w begins while its tip is dragged
    new_point: NextPoint | None  # what a click would add, if the points are the learner's own

    @property
    def x(self) -> Array:
        """The row that is put through the neuron, (2,)."""
        return self.X[self.row]

    @cached_property
    def limits(self) -> Limits:
        """The part of the plane that is shown: a square, so that w stands upright on the line."""
        return squared(room_for(self.X, LIMITS))

    def z(self, X: Array) -> Array:
        """Return z = x₁w₁ + x₂w₂ + b for each row of X."""
        return X @ self.weights + self.bias

    def a(self, X: Array) -> Array:
        """Return a = f(gain · z) for each row of X."""
        return ACTIVATIONS[self.activation](self.gain * self.z(X))

    @cached_property
    def outputs(self) -> Array:
        """The outputs for all rows, (n,)."""
        return self.a(self.X)

    @cached_property
    def right(self) -> NDArray[np.bool_]:
        """Which rows are answered right: an output of 0.5 or more answers 1."""
        return (self.outputs >= 0.5) == (self.y.ravel() >= 0.5)

    @cached_property
    def loss(self) -> float:
        """The mean squared error over all rows."""
        return LOSSES["mean_squared_error"](self.outputs[:, None], self.y)

    @property
    def loss_words(self) -> str:
        """The mean squared error with its name."""
        return f"mean squared error {size(self.loss, 3)}"

    @property
    def verdict(self) -> str:
        """How many rows are right, as in "OR: 4 of 4 right"."""
        return f"{self.name}: {self.right.sum()} of {len(self.X)} right"

    @property
    def verdict_title(self) -> str:
        """The same as a title, with a mark if all are right; the learner knows whose points."""
        words = self.verdict.removeprefix("My points: ")
        return f"{words} ✓" if self.all_right else words

    @property
    def all_right(self) -> bool:
        """Whether every row is right."""
        return bool(self.right.all())

    @cached_property
    def way_to_line(self) -> Array | None:
        """The unit vector from the plane's middle to the boundary, if that lies outside the plane.

        None where the boundary is in the picture, and where both weights are 0: there is none.
        """
        left, right, bottom, top = self.limits
        corners = np.array([[x, y] for x in (left, right) for y in (bottom, top)])
        z = self.z(corners)
        length = float(np.hypot(*self.weights))
        if length == 0 or z.min() <= 0 <= z.max():
            return None
        return self.weights / length * -np.sign(z[0])

    @cached_property
    def arrow(self) -> Array:
        """Where the arrow of w begins and ends, (2, 2): on the boundary, if that is in the picture.

        Of all places on the boundary it is the one nearest to the middle. Near the plane's edge the
        arrow moves back, so that its tip can be seen.
        """
        start = MIDDLE if self.held is None else self.held
        if self.held is None and self.way_to_line is None and self.weights.any():
            length = np.hypot(*self.weights)  # no square of it: that overflows first
            start = MIDDLE - self.z(MIDDLE) / length * (self.weights / length)
        low, high = np.reshape(self.limits, (2, 2)).T
        longest = LONGEST / max(float(np.abs(self.weights / (high - low)).max()), 1e-9)
        w = min(ARROW, longest) * self.weights
        if self.held is None:
            margin = INSIDE * (high - low)
            start = start - w * _too_far(start + w, w, low + margin, high - margin)
        return np.array([start, start + w])

    @cached_property
    def crossings(self) -> Array:
        """Where the boundary crosses the lines x₁ = 0 and x₂ = 0 in the picture, (n, 2)."""
        (w1, w2), b = self.weights, self.bias
        left, right, bottom, top = self.limits
        crossings = [(0.0, -b / w2)] if w2 else []
        crossings += [(-b / w1, 0.0)] if w1 and (b or not w2) else []
        seen = [(x, y) for x, y in crossings if left <= x <= right and bottom <= y <= top]
        return np.array(seen).reshape(-1, 2)

    @property
    def task(self) -> str:
        """What can be done in the plane now, as its title says it."""
        if not self.weights.any():
            return "w is 0: drag the dot"
        if self.way_to_line is not None:
            return "Drag the dashed line back"
        if self.new_point is not None:
            return f"Drag the line; click: class {self.new_point.its_class}"
        return "Drag the line, or the arrow"

    @property
    def f(self) -> str:
        """The symbol of f, as it stands before a bracket: "σ"."""
        return ACTIVATIONS[self.activation].symbol

    @property
    def shown(self) -> slice:
        """Which rows stand in the table: the last ones, so that a new point is among them."""
        return slice(first_shown(len(self.X)), len(self.X))

    @property
    def rows_shown(self) -> Iterator[tuple[Array, float, float, bool]]:
        """Of each of these the inputs, the target, the output, and whether that is right."""
        rows = (self.X, self.y.ravel(), self.outputs, self.right)
        return zip(*(column[self.shown] for column in rows), strict=True)

    @property
    def rest(self) -> str:
        """What is said of the rows that are not shown, as in "and 3 more, 2 of them right"."""
        more = self.right[: self.shown.start]
        return f"and {len(more)} more, {more.sum()} of them right" if len(more) else ""

    @property
    def equation(self) -> str:
        """The equation of z and a with the chosen row's numbers in it."""
        z, a = float(self.z(self.x)), self.outputs[self.row]
        (w1, w2), b = self.weights, self.bias
        x1, x2 = (bracketed(coordinate(x)) for x in self.x)
        plus_bias = f"− {number(-b)}" if b < 0 else f"+ {number(b)}"
        gain = "" if self.gain == 1 else f"{significant(self.gain)}·"
        return (
            f"z = w₁x₁ + w₂x₂ + b = {number(w1)}·{x1} + {factor(w2)}·{x2} {plus_bias} "
            f"= {number(z)}     a = {self.f}({gain}z) = {number(a)}"
        )

    @property
    def summary(self) -> str:
        """The picture in words."""
        rows = [
            f"{place(x)} gives {number(a)}, target {target:g}, {'right' if right else 'wrong'}"
            for x, target, a, right in self.rows_shown
        ]
        if self.rest:
            rows.append(self.rest)
        w1, w2 = self.weights
        gain = "" if self.gain == 1 else f" with gain {significant(self.gain)}"
        words = [
            f"{self.verdict}. {self.loss_words.capitalize()}. Weights {number(w1)} and "
            f"{number(w2)}, bias {number(self.bias)}, {self.activation}{gain}. {'; '.join(rows)}."
        ]
        if self.way_to_line is not None:
            words.append("The line lies outside the picture.")
        if self.new_point is not None:
            words.append(self.new_point.words)
        return " ".join(words)


def _too_far(tip: Array, w: Array, low: Array, high: Array) -> float:
    """Return how far beyond a box a tip lies, in lengths of ``w``."""
    beyond = np.where(w > 0, tip - high, low - tip)
    shares = [far / abs(part) for far, part in zip(beyond, w, strict=True) if part and far > 0]
    return float(max(shares, default=0.0))


def first_shown(n_rows: int) -> int:
    """Return which of so many rows is the first in the table, from 0."""
    return max(n_rows - ROWS_SHOWN, 0)


def coordinate(value: float) -> str:
    """Return a coordinate as text, with as few digits as it needs: "1", "0.25", "−0.5"."""
    return f"{round(float(value), 2):g}".replace("-", MINUS)


def place(x: Array) -> str:
    """Return a row's place as text, as in "(1, 0.25)"."""
    return f"({coordinate(x[0])}, {coordinate(x[1])})"
