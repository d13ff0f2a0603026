"""The model of `ActivationExplorer`: activations of z = w x + b, at one input and on data."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlib import ACTIVATIONS, Activation, LeakyReLU
from nnlib._typing import Array
from nnlib.explorers.activations.saturation import flat_ends, is_saturated
from nnlib.plots.words.numbers import factor, number, significant

REACH = 6.0  # the curves are drawn from −6 to 6
X = np.linspace(-REACH, REACH, 601)
_LARGEST = np.finfo(float).max


def activation_called(name: str, leaky_slope: float) -> Activation:
    """Return the activation of this name; leaky ReLU with the given slope."""
    return LeakyReLU(leaky_slope) if name == "leaky_relu" else ACTIVATIONS[name]


def weighted_sum(x: Any, weight: float, bias: float) -> Any:
    """Return z = w x + b, cut off at the largest number there is."""
    with np.errstate(over="ignore", invalid="ignore"):
        return np.clip(np.multiply(weight, x) + bias, -_LARGEST, _LARGEST)


def input_for(z: float, weight: float, bias: float, present: float) -> float:
    """Return the x with w x + b = z: the present one if it does, or if no x does (w = 0)."""
    if weight == 0 or weighted_sum(present, weight, bias) == z:
        return present
    with np.errstate(over="ignore"):
        return round(float(np.clip((z - bias) / np.float64(weight), -_LARGEST, _LARGEST)), 9)


def title_of(f: Activation) -> str:
    """Return how an activation is written, as in "leaky ReLU (0.2)"."""
    if isinstance(f, LeakyReLU) and f.slope != 0.01:
        return f"{f.title} ({number(f.slope, 2)})"
    return f.title


@dataclass(frozen=True)
class ActivationModel:
    """Up to three activations of z = w x + b: at one x, along the axis, and the first on data."""

    f: Activation
    z: float
    x: float
    weight: float
    bias: float
    others: tuple[Activation, ...]  # set beside it for comparison
    data: Array | None  # the inputs of a data set, (n,), or None

    @property
    def curves(self) -> list[Array]:
        """The outputs of each activation along the axis."""
        return [f(self._sums) for f in (self.f, *self.others)]

    @property
    def derivatives(self) -> list[Array]:
        """The slopes f′(z) of each activation along the axis."""
        return [f.derivative(self._sums) for f in (self.f, *self.others)]

    @cached_property
    def _sums(self) -> Array:
        return weighted_sum(X, self.weight, self.bias)

    @cached_property
    def a(self) -> float:
        """The output at z."""
        return float(self.f(self.z))

    @cached_property
    def slope(self) -> float:
        """f′ at z."""
        return float(self.f.derivative(self.z))

    @property
    def plain(self) -> bool:
        """Whether the input is z itself: w = 1 and b = 0."""
        return self.weight == 1 and self.bias == 0

    @property
    def names(self) -> list[str]:
        """What the activations are called."""
        return [title_of(f) for f in (self.f, *self.others)]

    @property
    def without_slope(self) -> str | None:
        """What f has at z instead of a slope: a "corner", a "jump", or None."""
        return self.f.at_zero or None if self.z == 0 else None

    @property
    def flat_spans(self) -> list[tuple[float, float]]:
        """The parts of the axis, from x to x, in which the first activation is saturated."""
        left, right = flat_ends(self.f)
        if self.weight == 0 or left == right:  # all of the axis, or nothing
            return [(-np.inf, np.inf)] if is_saturated(self.f, self.bias) else []
        with np.errstate(over="ignore"):
            ends = [(end - self.bias) / self.weight for end in (left, right)]
        low, high = sorted(ends)
        return [(-np.inf, low), (high, np.inf)]

    @cached_property
    def saturated(self) -> NDArray[np.bool_]:
        """Which rows of the data are saturated."""
        data = np.empty(0) if self.data is None else self.data
        return is_saturated(self.f, weighted_sum(data, self.weight, self.bias))

    @property
    def title(self) -> str:
        """What the left panel shows now, as in "sigmoid: slope 0.1966 at z = 1.00"."""
        here = f"at z = {number(self.z)}"
        if self.without_slope:
            return f"{self.names[0]}: a {self.without_slope} {here}"
        return f"{self.names[0]}: slope {four_digits(self.slope)} {here}"

    @property
    def slope_title(self) -> str:
        """The smallest and the largest slope for z from −6 to 6."""
        slopes = self.f.derivative(X)
        low, high = (_end_of_range(float(end)) for end in (slopes.min(), slopes.max()))
        if low == high:
            where = f"but at the {self.f.at_zero}" if self.f.at_zero else "everywhere"
            return f"Its slope f′: {low} {where}"
        return f"Its slope f′: from {low} to {high}"

    @property
    def xlabel(self) -> str:
        """What the horizontal axis shows: z, or an input x that becomes z."""
        return "z" if self.plain else f"x,   with z = {self._sum_of('x')}"

    @property
    def meter(self) -> str:
        """How many points are saturated, as in "9 of 60 saturated (15%)"."""
        return f"{self.saturated.sum()} of {len(self.saturated)} saturated ({self._percent})"

    @property
    def _percent(self) -> str:
        return f"{100 * self.saturated.mean() if len(self.saturated) else 0:.0f}%"

    def _sum_of(self, x: str) -> str:
        sign = "−" if self.bias < 0 else "+"
        return f"{number(self.weight)}·{x} {sign} {number(abs(self.bias))}"

    @property
    def equation(self) -> str:
        """The equations of f and f′ with their values at z."""
        z, slope = number(self.z), four_digits(self.slope)
        lines = [
            f"a = f(z){_equals(self.f.formula)},   f({z}) = {four_digits(self.a)}",
            f"f′(z){_equals(self.f.derivative_formula)},   f′({z}) = {slope}",
        ]
        if not self.plain:
            lines.insert(0, f"z = w x + b = {self._sum_of(factor(self.x))} = {z}")
            tilt = number(self.weight * self.slope, 4)
            lines.append(f"tangent over x: w · f′(z) = {number(self.weight)} · {slope} = {tilt}")
        if self.others:
            lines.append(f"at the same z:   {self._beside}")
        return "\n".join(lines)

    @property
    def _beside(self) -> str:
        """The other activations' outputs and slopes at z."""
        return ";   ".join(
            f"{title_of(f)} {four_digits(float(f(self.z)))}, "
            f"slope {four_digits(float(f.derivative(self.z)))}"
            for f in self.others
        )

    @property
    def summary(self) -> str:
        """The picture in words."""
        words = [
            f"{self.title}, where the output is {four_digits(self.a)}.",
            f"Its outputs lie in {self.f.range}.",
            f"{self.slope_title}, for z from −6 to 6.",
        ]
        if self.without_slope:
            words.append(
                f"At a {self.without_slope} there is no slope; "
                f"nnlib takes f′(0) = {four_digits(self.slope)}."
            )
        elif is_saturated(self.f, self.z):
            flat = "flat" if self.slope == 0 else "almost flat"
            words.append(f"The curve is {flat} here: it is saturated.")
        if not self.plain:
            words.append(f"The input x = {number(self.x)} gives z = {self._sum_of('x')}.")
        if self.others:
            words.append(f"Beside it: {self._beside}.")
        if self.data is not None:
            words.append(self._data_in_words)
        if abs(self.x) > REACH:
            words.append(f"This {'z' if self.plain else 'x'} lies outside the picture.")
        return " ".join(words)

    @property
    def _data_in_words(self) -> str:
        if not len(self.saturated):
            return "No data is given: set `points`."
        outside = int((np.abs(self.data) > REACH).sum())  # type: ignore[arg-type]
        ends = f", {outside} of them outside the picture" if outside else ""
        return f"Data: {self.meter}{ends}."


def four_digits(value: float) -> str:
    """Return an output or a slope as text: as short as it is, or with four decimals.

    So an output that is saturated is not yet 1, its slope is not yet 0, and numbers that change
    have the same width.

    Examples
    --------
    >>> four_digits(1.0), four_digits(0.25), four_digits(0.1966119), four_digits(0.00001)
    ('1', '0.25', '0.1966', '0.0000')
    """
    return significant(value) if round(value, 2) == value else number(value, 4)


def _end_of_range(slope: float) -> str:
    """Return the smallest or largest slope as text; one that is not 0 does not look like 0."""
    return four_digits(slope) if slope == 0 or round(slope, 4) else significant(slope, 2)


def _equals(formula: str) -> str:
    """Return a function's equation as the end of a line; a learner's own may have none."""
    return f" = {formula}" if formula else ""
