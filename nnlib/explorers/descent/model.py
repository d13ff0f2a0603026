"""What `DescentExplorer` shows: one walk, seen from a side."""

from dataclasses import dataclass

from nnlib.explorers.descent.walk import LIMIT_FORMULAS, Walk
from nnlib.explorers.descent.words import decimals, place_in_words, rate_in_words
from nnlib.plots.words.numbers import significant


@dataclass(frozen=True)
class DescentModel(Walk):
    """A walk, and how far the landscape is turned."""

    turn: float  # degrees

    @property
    def title(self) -> str:
        """The surface, the step, and the loss, or at which step it ran away."""
        surface = self.surface.title.capitalize()
        if self.ran_away:
            return f"{surface}: {self._away}"
        return f"{surface}, step {self.step}: loss {self.loss_in_words}"

    @property
    def _away(self) -> str:
        return f"ran away at step {self.step} of {self.steps}"

    @property
    def summary(self) -> str:
        """The picture in words."""
        return (
            f"The {self.surface.title}: {self.surface.model.formula} on {len(self.surface.x)} "
            f"points, squared error. {self.optimizer[0].upper()}{self.optimizer[1:]} with "
            f"η = {significant(self.rate)} from {place_in_words(self.start)}, "
            f"{self._end} {self._limit_sentence}"
        )

    @property
    def _end(self) -> str:
        if self.ran_away:
            return f"{self._away}."
        at, loss = place_in_words(self.path[-1]), decimals(self.losses[-1], 3)
        return f"step {self.step}: at {at}, loss {loss}{self.next_in_words}."

    @property
    def _limit_sentence(self) -> str:
        if self.optimizer not in LIMIT_FORMULAS:
            return f"{self.optimizer} divides by past gradients: the limit is not for it."
        if self.limit is None:
            return "The surface bends upwards in no direction here: no limit for η."
        side = "above" if self.rate > self.limit else "below"
        return (
            f"Curvature here λmax = {significant(self.curvature)}, local limit "
            f"{LIMIT_FORMULAS[self.optimizer]} = {rate_in_words(self.limit)}: η is {side} it."
        )
