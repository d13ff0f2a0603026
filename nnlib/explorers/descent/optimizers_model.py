"""What `OptimizersExplorer` shows: the walks of all optimisers, and whose loss is the lowest."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nnlib.explorers.descent.ground import MAP_GRID, losses_on_grid, lowest_places
from nnlib.explorers.descent.path import OPTIMIZERS
from nnlib.explorers.descent.surfaces import Surface
from nnlib.explorers.descent.walk import Walk
from nnlib.explorers.descent.words import place_in_words
from nnlib.plots.words.numbers import significant

_NAMED = 2  # so many names fit in a title


@dataclass(frozen=True)
class OptimizersModel:
    """A start from which all go, with one learning rate, and the one that is in front."""

    surface_name: str
    in_front: str
    rate: float
    momentum: float
    start: tuple[float, float]
    steps: int

    @property
    def surface(self) -> Surface:
        """The surface on which they go down."""
        return self.walk.surface

    @cached_property
    def walks(self) -> dict[str, Walk]:
        """The walk of each, by its name, in an order that stays."""
        given = (self.rate, self.momentum, self.start, self.steps)
        return {name: Walk(self.surface_name, name, *given) for name in OPTIMIZERS}

    @property
    def walk(self) -> Walk:
        """The walk that is in front."""
        return self.walks[self.in_front]

    @cached_property
    def lowest(self) -> list[str]:
        """Whose loss is the lowest, in the digits that are shown; nobody's if all are equal."""
        going = {name: walk for name, walk in self.walks.items() if not walk.ran_away}
        words = {name: walk.loss_in_words for name, walk in going.items()}
        if (len(set(words.values())) == 1 and len(going) == len(self.walks)) or not going:
            return []
        best = min(going, key=lambda name: float(going[name].losses[-1]))
        return [name for name in going if words[name] == words[best]]

    @property
    def span(self) -> tuple[float, float]:
        """The losses that the curves have room for: it depends on the start, and on no rate.

        From the surface's lowest to twice the start's, or to the highest on the map.
        """
        start = float(self.surface.loss(*self.start))
        lowest = float(self.surface.loss(*lowest_places(self.surface_name)[0]))
        highest = float(losses_on_grid(self.surface_name, MAP_GRID).max())
        return lowest, max(start, min(2 * start, highest))

    @property
    def map_title(self) -> str:
        """The surface and the step."""
        return f"{self.surface.title.capitalize()}, step {self.steps}"

    @property
    def losses_title(self) -> str:
        """Whose loss is the lowest."""
        if not self.steps:
            return "Loss of each"
        if len(self.lowest) > _NAMED:
            return f"Loss: {len(self.lowest)} of the five lowest"
        if self.lowest:
            return f"Loss: {' and '.join(self.lowest)} lowest"
        gone = all(walk.ran_away for walk in self.walks.values())
        return "Loss: all five ran away" if gone else "Loss: all five equal"

    @property
    def equation(self) -> str:
        """The rule of the one in front, with the numbers of its next step."""
        return f"{self.in_front}:   {self.walk.equation}"

    @property
    def summary(self) -> str:
        """The picture in words."""
        ends = ", ".join(f"{name} {walk.loss_in_words}" for name, walk in self.walks.items())
        return (
            f"The {self.surface.title}, step {self.steps}: five optimisers from "
            f"{place_in_words(np.array(self.start))} with η = {significant(self.rate)}. "
            f"Loss of each: {ends}. {self._lowest_sentence} "
            f"In front: {self.in_front}{self.walk.next_in_words}."
        )

    @property
    def _lowest_sentence(self) -> str:
        return f"Lowest: {', '.join(self.lowest)}." if self.lowest else "None is the lowest."
