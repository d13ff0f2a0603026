"""A learner's own change of one weight: what its gradient foretells, and what comes."""

from dataclasses import dataclass
from functools import cached_property
from math import isfinite

import numpy as np

from nnlib._typing import Array
from nnlib.explorers.backprop_steps import Pass, gradient_of
from nnlib.plots.labels import bracketed
from nnlib.plots.numbers import MINUS
from nnlib.plots.symbols import Quantity, quantity_symbol

AGREE = 0.05  # relative: foretold and came are called alike
# Where the curve is drawn, in changes: 0 is the weight as it is, 1 the weight with its change.
PLACES = np.linspace(-0.5, 1.5, 61)


@dataclass(frozen=True)
class OwnChange:
    """One weight or bias, moved by Δw: ∂L/∂w · Δw beside L(w + Δw) − L(w)."""

    run: Pass
    parameter: Quantity
    change: float
    known: bool  # whether the learner may see the gradient

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
    def foretold(self) -> float:
        """∂L/∂w · Δw."""
        return self.slope * self.change

    @cached_property
    def came(self) -> float:
        """L(w + Δw) − L(w)."""
        return self.run.losses_after(self.parameter, [self.change])[0] - self.run.loss_value

    @cached_property
    def curve(self) -> Array:
        """How much L differs from now, at `PLACES`."""
        losses = self.run.losses_after(self.parameter, (PLACES * self.change).tolist())
        return np.array(losses) - self.run.loss_value

    @property
    def rows(self) -> list[tuple[str, str]]:
        """What is foretold, what came, and the difference: words and number."""
        foretold = three_digits(self.foretold) if self.known else "?"
        difference = three_digits(self.came - self.foretold) if self.known else "?"
        return [
            ("■ foretold:  ∂L/∂w · Δw", foretold),
            ("● came:  L(w + Δw) − L(w)", three_digits(self.came)),
            ("came − foretold", difference),
        ]

    @property
    def title(self) -> str:
        """The change itself."""
        after = self.before + self.change
        return (
            f"{self.symbol} from {three_digits(self.before)} to {three_digits(after)}, "
            f"Δw = {three_digits(self.change)}"
        )

    @property
    def verdict(self) -> str:
        """Why the two agree, or do not."""
        foretold, came = self.foretold, self.came
        if not self.known:
            return "Its gradient is still to be found. With it, the change is foretold."
        if not isfinite(came):
            return "So large a change leaves the numbers that a computer has."
        if foretold == came == 0:
            return "Nothing was foretold, and nothing comes: L does not depend on it here."
        if abs(came - foretold) <= AGREE * max(abs(came), abs(foretold)):
            return "They agree: for a change so small the curve is as good as its tangent."
        if foretold * came < 0:
            return (
                "The loss was to go the other way: so far off, the curve has turned. "
                "A gradient knows the slope where it was found."
            )
        return (
            "They part: so far off, the curve has left its tangent. "
            "A gradient knows the slope where it was found."
        )

    @property
    def equation(self) -> str:
        """Both changes with their numbers."""
        slope = three_digits(self.slope) if self.known else "?"
        now = self.run.loss_value
        (_, foretold), (_, came), _ = self.rows
        return (
            f"∂L/∂w · Δw = {slope}·{bracketed(three_digits(self.change))} = {foretold};   "
            f"L(w + Δw) − L(w) = {now + self.came:.6f} − {now:.6f} = {came}"
        )

    @property
    def summary(self) -> str:
        """The change in words."""
        (_, foretold), (_, came), (_, difference) = self.rows
        return (
            f"My change: {self.title}. Foretold {foretold}, came {came}, "
            f"difference {difference}. {self.verdict}"
        )


def three_digits(value: float) -> str:
    """Return three significant digits of any number: 0.0134, −2.00, 1.34e−7, 0.

    Examples
    --------
    >>> three_digits(0.013427), three_digits(-2), three_digits(1.3427e-7), three_digits(0)
    ('0.0134', '−2.00', '1.34e−7', '0')
    """
    if value == 0:
        return "0"
    if not 1e-4 <= abs(value) < 9999.5:
        mantissa, _, exponent = f"{value:.2e}".partition("e")
        return (f"{mantissa}e{int(exponent)}" if exponent else mantissa).replace("-", MINUS)
    return f"{value:#.3g}".rstrip(".").replace("-", MINUS)
