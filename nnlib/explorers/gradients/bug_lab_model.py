"""What `BugLabExplorer` shows: two runs from one start, and what the checks say of an epoch."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import isnan, nan

import numpy as np

from nnlib._typing import Array
from nnlib.mistakes import EPOCHS, MISTAKES, UNNAMED, Parameters, Run, slopes_by_trying, train
from nnlib.plots.curves.ratio_bars import Ratio
from nnlib.plots.words.labels import short_gradient
from nnlib.plots.words.numbers import number, significant

GROUPS = ("W⁽¹⁾", "b⁽¹⁾", "W⁽²⁾", "b⁽²⁾")
AGREES = 1e-4  # a gradient whose worst relative error is below this is taken for right
FLAT = 1e-7  # where no slope is steeper, trying finds little but round-off


@dataclass(frozen=True)
class BugLabModel:
    """Two runs from the same start, one right and one with a mistake, looked at in one epoch."""

    bug: str  # a name in MISTAKES, or a letter in UNNAMED
    epoch: int  # from 1
    learning_rate: float
    seed: int

    @cached_property
    def right(self) -> Run:
        """The run without a mistake."""
        return run("none", self.learning_rate, self.seed)

    @cached_property
    def wrong(self) -> Run:
        """The run with the mistake."""
        return run(UNNAMED.get(self.bug, self.bug), self.learning_rate, self.seed)

    def slopes(self, of: Run) -> Parameters:
        """Return the slopes found by trying where a run stands in this epoch."""
        return slopes_by_trying(of.parameters[self.epoch - 1])

    def worst(self, of: Run) -> float:
        """Return the worst relative error of the gradient used; NaN where there is no slope."""
        used, tried = _flat(of.used[self.epoch - 1]), _flat(self.slopes(of))
        steepest = float(np.abs(tried).max())
        if steepest < FLAT:
            return nan
        # What is a thousand times less steep than the steepest is not held against it.
        scale = np.maximum(np.maximum(np.abs(used), np.abs(tried)), 1e-3 * steepest)
        return float((np.abs(used - tried) / scale).max())

    @cached_property
    def gradient_ratios(self) -> list[Ratio]:
        """For W⁽¹⁾, b⁽¹⁾, W⁽²⁾ and b⁽²⁾, the gradient used over the slope found by trying."""
        pairs = zip(self.wrong.used[self.epoch - 1], self.slopes(self.wrong), strict=True)
        return [_ratio(used, tried) for used, tried in pairs]

    @cached_property
    def step_ratios(self) -> list[Ratio]:
        """The same for the step made, over the step −η·slope that was due."""
        before, after = self.wrong.parameters[self.epoch - 1 : self.epoch + 1]
        return [
            _ratio(new - old, -self.learning_rate * tried)
            for old, new, tried in zip(before, after, self.slopes(self.wrong), strict=True)
        ]

    @property
    def found(self) -> str:
        """What the two instruments say of this epoch, in a few words."""
        gradient, step = (
            all(ratio.is_right for ratio in ratios)
            for ratios in (self.gradient_ratios, self.step_ratios)
        )
        if not any(ratio.is_known for ratio in self.gradient_ratios):
            return "all slopes are 0"
        if gradient and step:
            return "gradient ✓, step ✓"
        if gradient:
            return "gradient ✓, step ✗"
        return "gradient ✗, step ✓" if step else "gradient ✗, step ✗"

    @property
    def name(self) -> str:
        """What the bug is called: its letter, if it is to be diagnosed."""
        return f"unnamed, {self.bug}" if self.bug in UNNAMED else MISTAKES[self.bug]

    @property
    def equation(self) -> str:
        """The step that is due, with η in it."""
        return f"The step that is due: p ← p − η ∂L/∂p with η = {significant(self.learning_rate)}"

    @property
    def summary(self) -> str:
        """The picture in words."""
        losses = [number(of.losses[-1], 2) for of in (self.right, self.wrong)]
        wins = float(losses[1]) < float(losses[0])
        seems = "The bug seems to win here: a low loss proves no code right. " if wins else ""
        here = number(self.wrong.losses[self.epoch - 1], 2)
        gradients, steps = map(in_words, (self.gradient_ratios, self.step_ratios))
        return (
            f"Bug: {self.name}. After {EPOCHS} epochs with η = {significant(self.learning_rate)} "
            f"its loss is {losses[1]}, that of the right run {losses[0]}. {seems}"
            f"In epoch {self.epoch}, with the loss {here}, "
            f"the gradient check says {verdict(self.worst(self.wrong))}. "
            f"gradient / slope: {gradients}; step / step due: {steps}. Start {self.seed}."
        )


def verdict(worst: float) -> str:
    """Return a worst relative error as a verdict."""
    if isnan(worst):
        return "all slopes are 0"
    return "✓ right" if worst < AGREES else f"✗ wrong, error {short_gradient(worst)}"


@lru_cache(maxsize=256)
def run(mistake: str, learning_rate: float, seed: int) -> Run:
    """Return a training run; it is remembered."""
    return train(mistake, learning_rate, seed)


def _flat(arrays: Parameters) -> Array:
    return np.concatenate([array.ravel() for array in arrays])


def in_words(ratios: list[Ratio]) -> str:
    """Return the ratios as text; where all are the same, once."""
    texts = [ratio.text for ratio in ratios]
    if len(set(texts)) == 1:
        return texts[0]
    return ", ".join(f"{name} {text}" for name, text in zip(GROUPS, texts, strict=True))


def _ratio(values: Array, due: Array) -> Ratio:
    """Return what ``values`` are of ``due``: one number, or from the least to the greatest."""
    known = np.abs(due) > 1e-3 * np.abs(due).max() + 0.1 * FLAT
    if not known.any():
        return Ratio(nan, nan)
    ratios = values[known] / due[known]
    if np.ptp(ratios) <= 0.02 * float(np.abs(ratios).max()):
        middle = float(np.median(ratios))
        return Ratio(middle, middle)
    return Ratio(float(ratios.min()), float(ratios.max()))
