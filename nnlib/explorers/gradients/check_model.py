"""A gradient computed in two ways: by backpropagation, and by trying with any ε."""

from dataclasses import dataclass
from functools import cached_property
from math import isfinite

import numpy as np

from nnlib._typing import Array
from nnlib.explorers.gradients.check_slopes import (
    SIZES,
    STEPS,
    backpropagated,
    curvatures,
    differences,
    losses_with,
    slopes_tried,
    with_wrong_derivative,
)
from nnlib.explorers.shared.network_parts import flat_index, named_parameters
from nnlib.plots.words.labels import short_gradient
from nnlib.plots.words.numbers import MINUS, number, scientific, significant
from nnlib.plots.words.symbols import quantity_symbol

NAMES = tuple(named_parameters(SIZES))  # "w1_11" …: the weights, then the biases
# W⁽¹⁾ row by row, b⁽¹⁾, W⁽²⁾, b⁽²⁾.
START = (1.5, -1.5, -1.0, -0.5, 1.0, 2.0, 2.0, 1.0, -2.0)
DERIVATIVES = {
    "right": "f′(z), the right one",
    "of_a": "f′(a) in place of f′(z)",
    "left_out": "f′ left out",
}
MOST_DIGITS = 12  # more cannot be had with float64
DECIMALS = 14  # in which a gradient is written out
_ROUNDING = 2.0**-53  # how far a number near 1 may be from what float64 can write


@dataclass(frozen=True)
class GradientCheckModel:
    """The gradient of a 2-2-1 network on XOR, computed in two ways."""

    parameters: tuple[float, ...]
    activation: str
    loss: str
    sides: int  # 2: (L(w + ε) − L(w − ε)) / 2ε; 1: (L(w + ε) − L(w)) / ε
    epsilon: float
    selected: str  # the parameter whose curve is drawn
    derivative: str = "right"  # how backpropagation takes f′: a name in `DERIVATIVES`

    @property
    def network(self) -> tuple[tuple[float, ...], str, str]:
        """What decides about the gradient: the numbers, the activation and the loss."""
        return self.parameters, self.activation, self.loss

    @property
    def index(self) -> int:
        """The place of the selected parameter in the flat vector."""
        return place_of(self.selected)

    @property
    def symbol(self) -> str:
        """The selected parameter's symbol, such as w⁽¹⁾₁₁."""
        return symbol_of(self.selected)

    @property
    def analytic(self) -> Array:
        """The gradient from backpropagation, (9,)."""
        if self.derivative == "right":
            return backpropagated(*self.network)
        return with_wrong_derivative(*self.network, self.derivative)

    @cached_property
    def numeric(self) -> Array:
        """The gradient found by trying with the present ε, (9,)."""
        return differences(*self.network, self.sides, np.array([self.epsilon]))[0]

    @cached_property
    def errors(self) -> Array:
        """How far the two are apart, (9,)."""
        return np.abs(self.analytic - self.numeric)

    @cached_property
    def digits(self) -> tuple[int, ...]:
        """To how many digits each of the nine agrees as written out, the last to within 1."""
        return tuple(map(digits_alike, self.analytic.tolist(), self.numeric.tolist()))

    @property
    def both(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """The selected gradient in both ways: the digits that are alike, and the rest."""
        ways = float(self.analytic[self.index]), float(self.numeric[self.index])
        unlike = max(map(len, map(_significand, ways))) - self.digits[self.index]
        one, other = (number(way, DECIMALS) for way in ways)
        if not self.digits[self.index]:
            return ("", one), ("", other)
        return split_before(one, unlike), split_before(other, unlike)

    @property
    def curve(self) -> Array:
        """The same for every ε of the picture, (66, 9)."""
        return np.abs(slopes_tried(*self.network, self.sides) - self.analytic)

    @property
    def crossing(self) -> float:
        """The ε at which truncation begins to cost more than round-off."""
        more = self.truncation >= self.rounding
        return float(STEPS[np.argmax(more)] if more.any() else STEPS[-1])

    @cached_property
    def truncates(self) -> bool:
        """Whether truncation costs more at the present ε."""
        step = np.array([self.epsilon])
        return bool(self._truncation_at(step) >= self._rounding_at(step))

    @cached_property
    def is_wrong(self) -> bool:
        """Whether backpropagation's value is off by more than any ε could explain."""
        if self.derivative == "right":
            return False
        step = np.array([self.epsilon])
        explained = (self._truncation_at(step) + self._rounding_at(step))[0]
        return bool(self.errors[self.index] > 3 * explained)

    @cached_property
    def truncation(self) -> Array:
        """What theory says that a large ε costs, for every ε of the picture."""
        return self._truncation_at(STEPS)

    @cached_property
    def rounding(self) -> Array:
        """What theory says that a small ε costs: the loss's own last digit, divided by ε."""
        return self._rounding_at(STEPS)

    @property
    def limits(self) -> tuple[str, str]:
        """What a small ε costs, and a large one, as it grows with ε."""
        return "round-off, ∝ 1/ε", f"truncation, ∝ {'ε²' if self.sides == 2 else 'ε'}"

    @property
    def limit(self) -> str:
        """Which of the two decides at the present ε."""
        if self.is_wrong:
            return "the derivative is wrong, and no ε helps"
        return self.limits[self.truncates]

    def _truncation_at(self, step: Array) -> Array:
        """Taylor's first term left out: ε²/6 · |L‴|, or on one side only ε/2 · |L″|."""
        second, third = curvatures(*self.network, self.index)
        with np.errstate(over="ignore"):  # a learner may type 1e300
            return step**2 / 6 * third if self.sides == 2 else step / 2 * second

    def _rounding_at(self, step: Array) -> Array:
        loss = losses_with(*self.network, np.array([self.parameters]))[0]
        return 2 / self.sides * _ROUNDING * loss / step

    @property
    def equation(self) -> str:
        """The quotient with all the digits of its two losses, and backpropagation's value."""
        i, step = self.index, self.epsilon * np.eye(len(START))[self.index]
        here = np.array(self.parameters)
        below, lower, wide = (
            (here - step, f"w {MINUS} ε", "2ε") if self.sides == 2 else (here, "w", "ε")
        )
        high, low = losses_with(*self.network, np.array([here + step, below]))
        return (
            f"L(w + ε) = {high:.17f}\nL({lower}) = {low:.17f}\n"
            f"their difference / {wide} = {number(self.numeric[i], 12)}\n"
            f"backpropagation: {number(self.analytic[i], 12)}"
        )

    @property
    def summary(self) -> str:
        """The picture in words."""
        i, sides = self.index, "both sides" if self.sides == 2 else "one side"
        where = symbol_of(max(NAMES, key=lambda name: self.errors[place_of(name)]))
        return (
            f"ε = {step_text(self.epsilon)}, {sides}: "
            f"for {self.symbol} backpropagation gives {number(self.analytic[i], 6)} and trying "
            f"{number(self.numeric[i], 6)}; they differ by {short_gradient(self.errors[i])}. "
            f"What limits it: {self.limit}. The largest of the nine differences is "
            f"{short_gradient(self.errors.max())}, at {where}. "
            f"At worst they agree to {words_for_digits(min(self.digits))}. "
            f"Derivative in backpropagation: {DERIVATIVES[self.derivative]}. "
            f"Hidden activation {self.activation}, loss {self.loss.replace('_', ' ')}."
        )


def symbol_of(name: str) -> str:
    """Return the symbol of a parameter: "w1_11" is w⁽¹⁾₁₁."""
    return quantity_symbol(SIZES, named_parameters(SIZES)[name])


def place_of(name: str) -> int:
    """Return where a parameter stands in the flat vector."""
    return flat_index(SIZES, named_parameters(SIZES)[name])


def digits_alike(one: float, other: float) -> int:
    """Return how many digits two numbers share as they are written out, at most `MOST_DIGITS`.

    Zeros at the front do not count. The last of several digits may be 1 off, as the 9 of 1.99 and
    the 0 of 2.00 are; a first digit alone may not.

    Examples
    --------
    >>> digits_alike(0.0134, 0.0167), digits_alike(0.01343, 0.01341), digits_alike(0.01343, 0.01342)
    (1, 3, 4)
    >>> digits_alike(2.0, 1.99), digits_alike(2.0, 1.0), digits_alike(0.5, -0.5)
    (3, 0, 0)
    """
    if not (isfinite(one) and isfinite(other)) or one * other < 0:
        return 0
    texts = _significand(one), _significand(other)
    most = max(map(len, texts))
    first, second = (text.zfill(most) for text in texts)

    def agree(n: int) -> bool:
        apart = abs(int(first[:n]) - int(second[:n]))
        return apart == 0 or (apart == 1 and n > 1)

    return next((n for n in range(min(MOST_DIGITS, most), 0, -1) if agree(n)), 0)


def _significand(value: float) -> str:
    """Return the digits of a number as it is written out, without the zeros at its front."""
    return f"{abs(value):.{DECIMALS}f}".replace(".", "").lstrip("0") or "0" * (DECIMALS + 1)


def split_before(written: str, digits: int) -> tuple[str, str]:
    """Split a written number before so many digits at its end.

    Examples
    --------
    >>> split_before("−0.0734", 1), split_before("12.50", 2), split_before("12.50", 3)
    (('−0.073', '4'), ('12', '.50'), ('1', '2.50'))
    """
    counted = [k for k, letter in enumerate(written) if letter.isdigit()]
    end = counted[len(counted) - digits - 1] + 1
    return written[:end], written[end:]


def words_for_digits(digits: int) -> str:
    """Return how many digits agree: "4 digits", "1 digit", "no digit"."""
    return f"{digits} digit{'s' * (digits != 1)}" if digits else "no digit"


def step_text(epsilon: float) -> str:
    """Return ε as text: 0.1, 0.05, 10⁻⁸, 2·10⁻⁸; below 0.01 as a power of ten, as on the axis."""
    return significant(epsilon) if epsilon >= 0.00999 else short_scientific(epsilon)


def short_scientific(value: float) -> str:
    """Return up to three digits, times a power of ten."""
    digits = next(n for n in (1, 2, 3) if n == 3 or float(f"{value:.{n - 1}e}") == value)
    return scientific(value, digits)
