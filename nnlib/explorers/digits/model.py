"""A drawn digit, or one of the data, and what a network makes of it."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nnlib import Network, datasets
from nnlib._typing import Array
from nnlib.explorers.digits.strokes import Stroke, bitmap, count_blocks
from nnlib.plots.words.numbers import number

Strokes = tuple[Stroke, ...]

MINE = "mine"
PEN_AT_START = (0.5, 0.5)


@dataclass(frozen=True)
class DigitModel:
    """A drawing or a row of the data, and what the network makes of it."""

    network: Network
    strokes: Strokes
    sample: int | str
    fitted: bool
    pen: tuple[float, float]
    pen_is_down: bool

    @cached_property
    def inputs(self) -> Array:
        """The 64 numbers that the network is given, 0 to 1, the top row first."""
        if isinstance(self.sample, int):
            return datasets.digits()[0][self.sample]  # the first ten rows are 0 to 9
        return count_blocks(bitmap(self.strokes, self.fitted))

    @cached_property
    def outputs(self) -> Array:
        """The ten probabilities."""
        return self.network.predict(self.inputs[None])[0]

    @property
    def answer(self) -> int:
        """The digit with the largest output."""
        return int(self.outputs.argmax())

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to see."""
        return not self.inputs.any()

    @property
    def equation(self) -> str:
        """The ten outputs."""
        each = "   ".join(f"{digit}: {number(a)}" for digit, a in enumerate(self.outputs))
        return f"softmax(z)   {each}"

    @property
    def summary(self) -> str:
        """The picture in words."""
        second = int(np.argsort(self.outputs)[-2])
        answers = (
            f"{self.answer} with {number(self.outputs[self.answer])}, "
            f"then {second} with {number(self.outputs[second])}."
        )
        if self.sample != MINE:
            return f"A {self.sample} from the data. The network answers {answers}"
        if self.is_empty:
            return f"Nothing is drawn yet; the network answers all the same: {answers}{self._pen}"
        n = len(self.strokes)
        form = "" if self.fitted else ", neither scaled nor centred"
        return f"{n} stroke{'s' * (n > 1)}{form}. The network answers {answers}{self._pen}"

    @property
    def pen_is_seen(self) -> bool:
        """Whether the keyboard's pen is in use: down, or moved from where it began."""
        return self.sample == MINE and (self.pen_is_down or self.pen != PEN_AT_START)

    @property
    def _pen(self) -> str:
        if not self.pen_is_seen:
            return ""
        place = f"({number(self.pen[0])}, {number(self.pen[1])})"
        return f" The keyboard's pen is {'down' if self.pen_is_down else 'up'} at {place}."
