"""How far an optimiser has come down a surface, in numbers and in words."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nnlib._typing import Array
from nnlib.explorers.descent.path import OPTIMIZERS, descend, stability_limit
from nnlib.explorers.descent.surfaces import SURFACES, Surface
from nnlib.plots.words.numbers import MINUS, number, scientific, significant

LARGE = 9999.5  # from here on a number is written with a power of ten
LIMIT_FORMULAS = {
    "gradient descent": "2/λmax",
    "momentum": "2(1+β)/λmax",
    "Nesterov": "2(1+β)/((1+2β)λmax)",
}


@dataclass(frozen=True)
class DescentModel:
    """A surface, an optimiser, and how far it has come."""

    surface_name: str
    optimizer: str
    rate: float
    beta: float
    start: tuple[float, float]
    steps: int
    compared: bool
    turn: float  # of the landscape, degrees

    @property
    def surface(self) -> Surface:
        """The surface on which the optimisers go down."""
        return SURFACES[self.surface_name]

    def path_of(self, optimizer: str) -> Array:
        """Return the places of an optimiser from the start to now, (steps + 1, 2)."""
        path = descend(self.surface_name, optimizer, self.rate, self.beta, self.start)
        return path[: self.steps + 1]

    @cached_property
    def path(self) -> Array:
        """The places of the chosen optimiser."""
        return self.path_of(self.optimizer)

    @cached_property
    def losses(self) -> Array:
        """The loss at each place of the path, (steps + 1,)."""
        return self.surface.loss(*self.path.T)

    @property
    def step(self) -> int:
        """How many steps have been made; fewer than asked for if it ran away."""
        return len(self.path) - 1

    @property
    def gradient(self) -> Array:
        """∇L at the present place, (2,)."""
        return self.surface.gradient(self.path[-1])

    @property
    def ran_away(self) -> bool:
        """Whether the path ended early because the numbers grew without bound."""
        return self.step < self.steps

    @cached_property
    def curvature(self) -> float:
        """λmax at the present place."""
        return self.surface.curvature(self.path[-1])

    @property
    def limit(self) -> float | None:
        """The learning rate's stability limit at the present place, if there is one."""
        return stability_limit(self.optimizer, self.beta, self.curvature)

    @property
    def now(self) -> str:
        """The step and the loss, or that there is none any more; of several, whose path it is."""
        if self.compared:
            return f"step {self.steps}: {self.optimizer}"
        loss = "ran away" if self.ran_away else f"loss {_decimals(self.losses[-1], 3)}"
        return f"step {self.step}: {loss}"

    @property
    def limit_words(self) -> str:
        """The learning rate and its limit, as they stand above their axis."""
        rate = f"η = {significant(self.rate)}"
        if self.limit is not None:
            formula = LIMIT_FORMULAS[self.optimizer]
            return f"{rate}     local limit {formula} = {_rate(self.limit)}"
        if self.optimizer in LIMIT_FORMULAS:
            return f"{rate}     no limit here: λmax is not above 0"
        return f"{rate}     no such limit for {self.optimizer}"

    @property
    def equation(self) -> str:
        """The optimiser's rule, and the next step with its numbers in it."""
        p, q = self.surface.model.parameters
        rate, beta = significant(self.rate), significant(self.beta)
        g = f"g = ∇L = ({_decimals(self.gradient[0], 3)}, {_decimals(self.gradient[1], 3)})"
        at = f"({p}, {q}) = {_place(self.path[-1])}"
        if self.optimizer == "gradient descent":
            steps = [
                f"{name} ← {name} − η ∂L/∂{name} = {_decimals(at)} − {rate} · {_factor(slope)} "
                f"= {_decimals(at - self.rate * slope)}"
                for name, at, slope in zip((p, q), self.path[-1], self.gradient, strict=True)
            ]
            return "\n".join(steps)
        rules = {
            "momentum": f"v ← {beta} v + g,   p ← p − {rate} v",
            "Nesterov": f"v ← {beta} v + g,   p ← p − {rate} (g + {beta} v)",
            "RMSProp": f"s ← 0.9 s + 0.1 g²,   p ← p − {rate} g / (√s + ε)",
            "Adam": f"m ← 0.9 m + 0.1 g,   s ← 0.999 s + 0.001 g²,   p ← p − {rate} m̂ / (√ŝ + ε)",
        }
        return f"{rules[self.optimizer]}     with p = ({p}, {q})\n{at},   {g}"

    @property
    def summary(self) -> str:
        """The picture in words."""
        model = self.surface.model.formula
        words = (
            f"The {self.surface.title}: {model} on {len(self.surface.x)} points, squared error. "
            f"{self.optimizer[0].upper()}{self.optimizer[1:]} with η = {significant(self.rate)} "
            f"from {_place(np.array(self.start))}, "
        )
        words += (
            f"ran away after {self.step} steps. "
            if self.ran_away
            else f"step {self.step}: at {_place(self.path[-1])}, "
            f"loss {_decimals(self.losses[-1], 3)}. "
        )
        return words + self._limit_sentence() + self._comparison_sentence()

    def _limit_sentence(self) -> str:
        if self.optimizer not in LIMIT_FORMULAS:
            return f"{self.optimizer} divides by past gradients: the limit is not for it."
        if self.limit is None:
            return "The surface bends upwards in no direction here: no limit for η."
        side = "above" if self.rate > self.limit else "below"
        return (
            f"Curvature here λmax = {significant(self.curvature)}, local limit "
            f"{LIMIT_FORMULAS[self.optimizer]} = {_rate(self.limit)}: η is {side} it."
        )

    def _comparison_sentence(self) -> str:
        if not self.compared:
            return ""
        all_five = (f"{name} {self.end_of(name)}" for name in OPTIMIZERS)
        words = f" All five, the same start and η: {', '.join(all_five)}."
        return words + (f" Lowest: {', '.join(self.lowest)}." if self.lowest else "")

    @cached_property
    def lowest(self) -> list[str]:
        """Whose loss is the lowest, in the digits that are shown; nobody's if all are equal."""
        ended = [name for name in OPTIMIZERS if len(self.path_of(name)) > self.steps]
        words = {name: self.end_of(name) for name in ended}
        if (len(set(words.values())) == 1 and len(ended) == len(OPTIMIZERS)) or not ended:
            return []
        best = min(ended, key=lambda name: float(self.surface.loss(*self.path_of(name)[-1])))
        return [name for name in ended if words[name] == words[best]]

    def end_of(self, optimizer: str) -> str:
        """Return the loss at the end of an optimiser's path, in words."""
        path = self.path_of(optimizer)
        if len(path) <= self.steps:
            return "ran away"
        return _decimals(float(self.surface.loss(*path[-1])), 3)


def _decimals(value: float, digits: int = 2) -> str:
    """Return a number with decimals; what has run away so far that they say nothing, with a power.

    Loss, slope and place of one step are written in one way.
    """
    return number(value, digits) if abs(value) < LARGE else scientific(value, 3)


def _factor(slope: float) -> str:
    text = _decimals(slope, 3)
    return f"({text})" if text.startswith(MINUS) else text


def _rate(value: float) -> str:
    """Return a learning rate in three digits."""
    return significant(value) if value < 1000 else number(value, 0)


def _place(place: Array) -> str:
    return f"({_decimals(place[0])}, {_decimals(place[1])})"
