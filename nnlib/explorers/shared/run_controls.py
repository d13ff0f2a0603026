"""The controls of a training run that several explorers have: their choices and their limits."""

from typing import Any

from nnlib.explorers.controls.number_box import written
from nnlib.explorers.controls.parameters import Number
from nnlib.plots.words.numbers import significant

BATCHES = [*((str(n), n) for n in (1, 2, 5, 10, 20, 32, 50, 100)), ("all rows", None)]
WAITS_FOR_MOMENTUM = "has an effect with the optimiser momentum or nesterov"


class Limited(Number):
    """A number from ``least`` to ``most``; the slider goes from ``low`` to ``high``."""

    def __init__(self, default: float, *, most: float, **slider: Any) -> None:
        super().__init__(default, **slider)
        self.most = most

    def validate(self, obj: Any, value: Any) -> float:
        """Return ``value`` as a float; refuse what is outside the limits."""
        given = super().validate(obj, value)
        if not self.low <= given <= self.most:
            self.refuse(value, f"a number from {significant(self.low)} to {significant(self.most)}")
        return given

    def written(self, value: float) -> str:
        """Return the value as typed."""
        return written(value)
