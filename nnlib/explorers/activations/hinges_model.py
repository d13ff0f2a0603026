"""The numbers of `HingesExplorer`: a few ReLU units, and the curve that they are to follow."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nnlib._typing import Array
from nnlib.plots.words.labels import bracketed, short
from nnlib.plots.words.numbers import number, signed, significant, size

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
        """The loss with three decimals; only one of 0 is written as 0."""
        return size(self.loss if self.loss > NOT_0 else 0.0, 3)

    @cached_property
    def knots(self) -> tuple[Array, Array]:
        """Where straight pieces of the answer begin or end, from the left: x and ŷ."""
        inside = self.places[(self.places > 0) & (self.places < X_END)]
        x = np.array([0.0, *sorted(inside), X_END])
        return x, self.answer(x)

    def beyond(self, reach: float) -> str:
        """Return how far the answer goes where it is further from 0 than ``reach``, or ""."""
        low, high = self.knots[1].min(), self.knots[1].max()
        down, up = f"{short(low)} ↓", f"{short(high)} ↑"
        if low < -reach and high > reach:
            return f"from {down} to {up}"
        return f"up to {up}" if high > reach else f"down to {down}" if low < -reach else ""

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
        """The network's answer with its numbers in it; a line may end before each plus."""
        terms = "".join(
            f" +{TERM}{bracketed(_in_box(s))}·max(0,{TERM}x{TERM}−{TERM}{_in_box(p)})"
            for s, p in zip(self.slopes, self.places, strict=True)
        )
        return f"ŷ = {_in_box(self.start)}{terms}"

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
            f"{self.loss_text}. Starts at {number(self.start)}; {units}."
        )


def _in_box(value: float) -> str:
    """Return a number as its box shows it: with three decimals, or as few as it needs."""
    return significant(round(float(value), 3), 6)
