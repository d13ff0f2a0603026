"""The numbers of `HingesExplorer`: a few ReLU units, and the curve that they are to follow."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nnlib._typing import Array
from nnlib.plots.words.labels import bracketed
from nnlib.plots.words.numbers import factor, number, signed, significant, three_digits

X_END = 6.0
MOST_UNITS = 4
X = np.linspace(0.0, X_END, 241)
TARGETS: dict[str, Callable[[Array], Array]] = {
    "sine": np.sin,
    "hill": lambda x: 2 * np.exp(-((x - 3) ** 2)) - 1,
    "valley": lambda x: np.abs(x - 3) / 1.5 - 1,
    "parabola": lambda x: (x - 3) ** 2 / 4.5 - 1,
}
UNITS = range(1, MOST_UNITS + 1)
NOT_0 = 1e-9  # what is left of a loss of 0 when slopes are rounded
TERM = "\N{NO-BREAK SPACE}"  # a term of the equation stays whole where a line ends


@dataclass(frozen=True)
class HingesModel:
    """A network with one input, a hidden layer of ReLU units and a linear output."""

    target: str
    start: float  # ŷ at x = 0: the output's bias
    places: Array  # (n_units,), where each unit begins: its weight is 1, its bias −place
    slopes: Array  # (n_units,), the weight with which it reaches the output

    def outputs(self, x: Array) -> Array:
        """Return what each unit adds, s · max(0, x − p), shape (len(x), n_units)."""
        return np.maximum(0, x[:, None] - self.places) * self.slopes

    def answer(self, x: Array) -> Array:
        """Return ŷ = b + Σ s · max(0, x − p), shape (len(x),)."""
        return self.start + self.outputs(x).sum(axis=1)

    @cached_property
    def loss(self) -> float:
        """The mean squared error over the whole curve."""
        with np.errstate(over="ignore"):  # a learner may type 1e300
            return float(np.mean((self.answer(X) - TARGETS[self.target](X)) ** 2))

    @property
    def loss_text(self) -> str:
        """The loss with three digits; only one of 0 is written as 0."""
        return three_digits(self.loss if self.loss > NOT_0 else 0.0)

    @cached_property
    def knots(self) -> tuple[Array, Array]:
        """Where straight pieces of the answer begin or end, from the left: x and ŷ."""
        inside = self.places[(self.places > 0) & (self.places < X_END)]
        x = np.array([0.0, *sorted(inside), X_END])
        return x, self.answer(x)

    @cached_property
    def at_end(self) -> Array:
        """What adds up to ŷ at the right end, x = 6: b and each unit's, shape (n_units + 1,)."""
        return np.array([self.start, *self.outputs(np.array([X_END]))[0]])

    @property
    def equals(self) -> str:
        """The sign before that sum with two decimals of each number: = or, if they differ, ≈."""
        written = sum(round(value, 2) for value in self.at_end.tolist())
        return "=" if abs(written - round(float(self.at_end.sum()), 2)) < 0.005 else "≈"

    def best(self) -> tuple[float, Array]:
        """Return the start and the slopes with the least loss, with the places as they are.

        The answer is a weighted sum of a constant and the hinges; so this is a linear least
        squares problem.
        """
        hinges = np.maximum(0, X[:, None] - self.places)
        columns = np.column_stack([np.ones_like(X), hinges])
        start, *slopes = np.linalg.lstsq(columns, TARGETS[self.target](X), rcond=None)[0]
        return float(start), np.array(slopes)

    @property
    def equation(self) -> str:
        """The network's answer with its numbers in it: two units a line, always two lines.

        Nothing below it moves when a unit comes. A line may end before each plus.
        """
        terms = [
            f"+{TERM}{bracketed(_in_box(s))}·max(0,{TERM}x{TERM}−{TERM}{bracketed(_in_box(p))})"
            for s, p in zip(self.slopes, self.places, strict=True)
        ]
        first = " ".join([f"ŷ = {_in_box(self.start)}", *terms[:2]])
        return f"{first}\n{' '.join(terms[2:]) or TERM}"

    @property
    def summary(self) -> str:
        """The picture in words."""
        units = "; ".join(
            f"unit {i} begins at {number(p)} with the slope {signed(s)}"
            for i, (p, s) in enumerate(zip(self.places, self.slopes, strict=True), start=1)
        )
        n = len(self.places)
        return (
            f"{n} ReLU unit{'s' if n > 1 else ''} for the {self.target}: mean squared error "
            f"{self.loss_text}. Starts at {number(self.start)}; {units}. At x = 6: "
            f"{' + '.join(map(factor, self.at_end))} {self.equals} {number(self.at_end.sum())}."
        )


def _in_box(value: float) -> str:
    """Return a number as its box shows it: with three decimals, or as few as it needs."""
    return significant(round(float(value), 3), 6)
