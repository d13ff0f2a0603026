"""A neuron that a learner designed, on all rows of zeros and ones, and the mistake in it."""

from collections.abc import Callable, Mapping
from itertools import product
from typing import Any

import numpy as np

from nnlib.exercises.checks.comparing import require
from nnlib.exercises.checks.given_numbers import numbers
from nnlib.exercises.checks.verdict import Mistake

Row = tuple[int, ...]
Rule = Callable[[Row], bool]  # what a gate answers to a row


class Gate:
    """One neuron with a step: the answer to a row is 1 where z = x·w + b is 0 or more.

    Parameters
    ----------
    weights : tuple
        One weight for each input, as the learner wrote it.
    bias : Any
        The bias, as the learner wrote it.

    Raises
    ------
    Mistake
        If one of them is not a number.
    """

    def __init__(self, weights: tuple[Any, ...], bias: Any) -> None:
        names = [f"w{k}" for k in range(1, len(weights) + 1)]
        pairs = zip(weights, names, strict=True)
        self.weights = np.array([float(numbers(value, (), name)) for value, name in pairs])
        self.bias = float(numbers(bias, (), "the bias"))
        self.size = float(np.abs(self.weights).sum())
        rows = list(product((0, 1), repeat=len(weights)))
        self.sums = {row: float(np.dot(row, self.weights) + self.bias) for row in rows}
        self.answers = {row: self._answer(z) for row, z in self.sums.items()}

    def require_table(self, name: str, rule: Rule, others: Mapping[str, Rule]) -> None:
        """Raise `Mistake` unless every row is answered by the rule; name the other rule if one is.

        ``others`` are gates that a learner may well have built in place of this one.
        """
        for other, other_rule in others.items():
            if all(one == other_rule(row) for row, one in self.answers.items()):
                raise Mistake(f"This is {other}, not {name}. {self._way_out(rule)}")
        if all(one != rule(row) for row, one in self.answers.items()):
            raise Mistake(f"Every row is answered the wrong way round: {self._when_turned(rule)}")
        ones = set(self.answers.values())
        require(ones != {True}, f"It answers 1 for every row. {self._way_out(rule)}")
        require(ones != {False}, f"It answers 0 for every row. {self._way_out(rule)}")
        for row, z in self.sums.items():
            if self.answers[row] != rule(row):
                side = "0 or more" if rule(row) else "below 0"
                raise Mistake(
                    f"The row {row} is answered wrong: z is {z:.4g} there, and should be {side}."
                )

    def require_margin(self, rule: Rule, noise: float) -> None:
        """Raise `Mistake` if inputs that are off by up to ``noise`` can change an answer.

        No random input can be worse than the one that moves z by noise · (|w₁| + |w₂| + …).
        """
        lowest_one, highest_zero = self._rivals(rule)
        gap = self.sums[lowest_one] - self.sums[highest_zero]
        way_out = (
            "Leave it more room there."
            if gap > 2 * noise * self.size
            else "With these weights no bias leaves room on both sides: make them more alike."
        )
        for row, z in self.sums.items():
            away = -1 if rule(row) else 1
            if self._answer(z + away * noise * self.size) != rule(row):
                worst = np.array(row) + away * noise * np.sign(self.weights)
                raise Mistake(
                    f"Right for inputs of exactly 0 and 1. But ({_listed(worst)}) is on the wrong "
                    f"side: the line runs too close to {row}. {way_out}"
                )

    def _answer(self, z: float) -> bool:
        return bool(answers_one(z, self.size + abs(self.bias)))

    def _rivals(self, rule: Rule) -> tuple[Row, Row]:
        """Return the row with the lowest z that should answer 1, and the highest that should not.

        The bias moves both alike: where the first is not above the second, no bias helps.
        """
        ones = [row for row in self.sums if rule(row)]
        zeros = [row for row in self.sums if not rule(row)]
        return min(ones, key=self.sums.__getitem__), max(zeros, key=self.sums.__getitem__)

    def _way_out(self, rule: Rule) -> str:
        """Say which way the bias has to go, or that the weights have to change before it."""
        low, high = self._rivals(rule)
        if self.sums[low] <= self.sums[high]:
            as_much = "as much as" if self.sums[low] == self.sums[high] else "more than"
            return (
                f"No bias helps with these weights: {high} gets {as_much} {low}, and only the "
                "second should answer 1. Change the weights first."
            )
        if self.answers[high]:
            return "It says 1 too readily: lower the bias."
        return "It says 1 too rarely: raise the bias."

    def _when_turned(self, rule: Rule) -> str:
        """Say what is left to do when the signs of all weights and of the bias are turned."""
        turned = Gate(tuple(-self.weights), -self.bias)
        if all(one == rule(row) for row, one in turned.answers.items()):
            return "all the signs are flipped."
        on_the_line = next(row for row, one in turned.answers.items() if one != rule(row))
        return (
            f"flip all the signs. Then lower the bias a little: {on_the_line} lies on the line "
            "itself, where z is 0 and the answer 1."
        )


def answers_one(z: Any, size: Any) -> Any:
    """Say where a step answers 1: where z is 0 or more, but for what rounding leaves of 0.

    ``size`` is the sum of the sizes of all numbers that are added up in z.
    """
    return z >= -1e-12 * size


def _listed(x: Any) -> str:
    return ", ".join(f"{value:.1f}" for value in x)
