"""A learner's own change of one weight: the predicted change of the loss, and the actual one."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from math import isfinite

import numpy as np

from nnlib._typing import Array
from nnlib.explorers.passes.steps import Pass, gradient_of
from nnlib.plots.words.labels import bracketed, from_to
from nnlib.plots.words.numbers import significant, three_digits
from nnlib.plots.words.symbols import Quantity, quantity_symbol

AGREE = 0.05  # relative: so near, predicted and actual are said to agree
REACHES = (0.05, 0.5, 5.0)  # how far to each side the curve may go; the last is the slider's
PLACES = np.linspace(-1.0, 1.0, 81)  # where the curve is computed, in reaches


@dataclass(frozen=True)
class OwnChange:
    """One weight or bias, moved by Δw: ∂L/∂w · Δw beside L(w + Δw) − L(w)."""

    run: Pass
    parameter: Quantity
    change: float
    known: bool  # whether the learner may see the gradient
    held: float = 0.0  # the reach to keep while the dot is dragged; 0 for none

    @property
    def symbol(self) -> str:
        """The weight's or bias's symbol."""
        return quantity_symbol(self.run.sizes, self.parameter)

    @property
    def before(self) -> float:
        """The weight as it is."""
        return self.run.value(self.parameter)

    @property
    def slope(self) -> float:
        """∂L/∂w."""
        return self.run.value(gradient_of(self.parameter))

    @property
    def predicted(self) -> float:
        """∂L/∂w · Δw."""
        return self.slope * self.change

    @cached_property
    def actual(self) -> float:
        """L(w + Δw) − L(w)."""
        return self.run.losses_after(self.parameter, [self.change])[0] - self.run.loss_value

    @cached_property
    def after(self) -> Pass:
        """The pass of the same row with the weight moved."""
        return self.run.with_change(self.parameter, self.change)

    @property
    def reach(self) -> float:
        """How far to each side the curve goes: a small change is looked at from near."""
        size, far = abs(self.change), REACHES[-1]
        if self.held or not size:
            return self.held or far
        return next((reach for reach in REACHES if size < reach), size)

    @property
    def zoom(self) -> int:
        """How many times nearer the curve is looked at than for a large change."""
        return max(round(REACHES[-1] / self.reach), 1)

    @cached_property
    def curve(self) -> Array:
        """L at `PLACES`."""
        return np.array(self.run.losses_after(self.parameter, (PLACES * self.reach).tolist()))

    @property
    def tangent(self) -> Array:
        """The loss that the slope predicts, at `PLACES`."""
        return self.run.loss_value + self.slope * self.reach * PLACES

    def moves(self, seen: Iterable[Quantity]) -> dict[Quantity, tuple[float, float]]:
        """Return what has moved, before and after: the weight, and of what is seen what follows."""
        pairs = {
            quantity: (self.run.value(quantity), self.after.value(quantity))
            for quantity in (self.parameter, *seen)
        }
        return {quantity: pair for quantity, pair in pairs.items() if pair[0] != pair[1]}

    @property
    def rows(self) -> list[tuple[str, str]]:
        """The changes, actual and predicted, and their difference, as far as known."""
        if not self.change:
            return []
        actual = [("● actual: L(w + Δw) − L(w)", three_digits(self.actual))]
        if not self.known:
            return actual
        return [
            *actual,
            ("□ predicted: ∂L/∂w · Δw", three_digits(self.predicted)),
            ("actual − predicted", three_digits(self.actual - self.predicted)),
        ]

    @property
    def headline(self) -> str:
        """What the loss does; before any change, what to do."""
        if not self.change:
            return f"Move Δw, the change of {self.symbol}: what does L do?"
        loss = self.run.loss_value
        way = "falls" if self.actual < 0 else "rises" if self.actual > 0 else "stays"
        then = f", {from_to(loss, loss + self.actual)}" if self.actual else ""
        return f"Δw = {significant(self.change, 4)}: the loss {way}{then}"

    @property
    def note(self) -> str:
        """How to read the drawing of the network."""
        if not self.change:
            return "in the thick box: the weight that Δw changes"
        return "thick boxes and rings: what moves with it, from → to"

    @property
    def title(self) -> str:
        """The change itself."""
        before = three_digits(self.before)
        if not self.change:
            return f"{self.symbol} is {before} now"
        after = three_digits(self.before + self.change)
        return f"{self.symbol} from {before} to {after}, Δw = {significant(self.change, 4)}"

    @property
    def verdict(self) -> str:
        """Why the two agree, or do not."""
        predicted, actual = self.predicted, self.actual
        if not self.change:
            return "Drag the dot, or move the slider Δw."
        if not isfinite(actual):
            return "So large a change leaves the numbers that a computer has."
        if not self.known:
            return ""
        if predicted == actual == 0:
            return "Predicted 0, actual 0: here L does not depend on it."
        if abs(actual - predicted) <= AGREE * max(abs(actual), abs(predicted)):
            return "They agree: so near, the curve is as good as its tangent."
        if predicted * actual < 0:
            return "L goes the other way: so far off, the curve has turned."
        return "They differ: so far off, the curve has left its tangent."

    @property
    def equation(self) -> str:
        """Both changes with their numbers, as far as known."""
        slope, now = three_digits(self.slope), self.run.loss_value
        if not self.change:
            return f"∂L/∂{self.symbol} = {slope}" if self.known else f"L(w) = {now:.6f}"
        after = now + self.actual
        actual = f"L(w + Δw) − L(w) = {after:.6f} − {now:.6f} = {three_digits(self.actual)}"
        if not self.known:
            return actual
        change, predicted = bracketed(three_digits(self.change)), three_digits(self.predicted)
        return f"∂L/∂w · Δw = {bracketed(slope)}·{change} = {predicted};   {actual}"

    @property
    def summary(self) -> str:
        """The change in words."""
        rows = zip(_NAMES, self.rows, strict=False)
        numbers = ", ".join(f"{name} {number}" for name, (_, number) in rows)
        return " ".join(filter(None, (f"{self.title}.", numbers and f"{numbers}.", self.verdict)))


_NAMES = ("Actual", "predicted", "difference")
