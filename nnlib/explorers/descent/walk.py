"""How far an optimiser has come down a surface: places, losses, and the limit of its rate."""

from dataclasses import dataclass
from functools import cached_property

from nnlib._typing import Array
from nnlib.explorers.descent.path import descend, stability_limit
from nnlib.explorers.descent.surfaces import SURFACES, Surface
from nnlib.explorers.descent.words import decimals, factor, place_in_words, rate_in_words
from nnlib.plots.words.numbers import significant

LIMIT_FORMULAS = {
    "gradient descent": "2/λmax",
    "momentum": "2(1+μ)/λmax",
    "Nesterov": "2(1+μ)/((1+2μ)λmax)",
}


@dataclass(frozen=True)
class Walk:
    """A surface, an optimiser, and how far it has come."""

    surface_name: str
    optimizer: str
    rate: float
    momentum: float
    start: tuple[float, float]
    steps: int

    @property
    def surface(self) -> Surface:
        """The surface on which the optimiser goes down."""
        return SURFACES[self.surface_name]

    @cached_property
    def path(self) -> Array:
        """The places from the start to now, (steps + 1, 2)."""
        return self._whole[: self.steps + 1]

    @property
    def next_step(self) -> Array | None:
        """The present place and that to which the next step leads, (2, 2); None at the end."""
        step = self._whole[self.step : self.step + 2]
        return step if len(step) == 2 else None

    @property
    def _whole(self) -> Array:
        return descend(self.surface_name, self.optimizer, self.rate, self.momentum, self.start)

    @cached_property
    def losses(self) -> Array:
        """The loss at each place of the path, (steps + 1,)."""
        return self.surface.loss(*self.path.T)

    @property
    def step(self) -> int:
        """How many steps have been made; fewer than asked for if it ran away."""
        return len(self.path) - 1

    @property
    def next_in_words(self) -> str:
        """Where the next step leads, as it stands behind the present loss."""
        return "" if self.next_step is None else f"; next {place_in_words(self.next_step[1])}"

    @property
    def gradient(self) -> Array:
        """∇L at the present place, (2,)."""
        return self.surface.gradient(self.path[-1])

    @property
    def ran_away(self) -> bool:
        """Whether the path ended early because the numbers grew without bound."""
        return self.step < self.steps

    @property
    def loss_in_words(self) -> str:
        """The present loss, or that there is none any more."""
        return "ran away" if self.ran_away else decimals(self.losses[-1], 3)

    @cached_property
    def curvature(self) -> float:
        """λmax at the present place."""
        return self.surface.curvature(self.path[-1])

    @property
    def limit(self) -> float | None:
        """The learning rate's stability limit at the present place, if there is one."""
        return stability_limit(self.optimizer, self.momentum, self.curvature)

    @property
    def rate_words(self) -> tuple[str, str]:
        """The learning rate, and its limit, as they stand above their axis."""
        rate = f"η = {significant(self.rate)}"
        if self.limit is not None:
            formula = LIMIT_FORMULAS[self.optimizer]
            return rate, f"local limit {formula} = {rate_in_words(self.limit)}"
        if self.optimizer in LIMIT_FORMULAS:
            return rate, "no limit here: λmax is not above 0"
        return rate, f"no such limit for {self.optimizer}"

    @property
    def named_rate_words(self) -> tuple[str, str]:
        """`rate_words` where several optimisers walk: the limit says of which it is."""
        rate, words = self.rate_words
        if self.limit is not None:
            words = f"limit here for {self.optimizer}: {rate_in_words(self.limit)}"
        return rate, words

    @property
    def equation(self) -> str:
        """The optimiser's rule, and the next step with its numbers in it."""
        p, q = self.surface.model.parameters
        rate, momentum = significant(self.rate), significant(self.momentum)
        g = f"g = ∇L = ({decimals(self.gradient[0], 3)}, {decimals(self.gradient[1], 3)})"
        at = f"p = ({p}, {q}) = {place_in_words(self.path[-1])}"
        if self.optimizer == "gradient descent":
            steps = [
                f"{name} ← {name} − η ∂L/∂{name} = {decimals(at)} − {rate} · {factor(slope)} "
                f"= {decimals(at - self.rate * slope)}"
                for name, at, slope in zip((p, q), self.path[-1], self.gradient, strict=True)
            ]
            return "\n".join(steps)
        rules = {
            "momentum": f"v ← {momentum} v + g,   p ← p − {rate} v",
            "Nesterov": f"v ← {momentum} v + g,   p ← p − {rate} (g + {momentum} v)",
            "RMSProp": f"s ← 0.9 s + 0.1 g²,   p ← p − {rate} g / (√s + ε)",
            "Adam": f"m ← 0.9 m + 0.1 g,   s ← 0.999 s + 0.001 g²,   p ← p − {rate} m̂ / (√ŝ + ε)",
        }
        return f"{rules[self.optimizer]}\n{at},   {g}"
