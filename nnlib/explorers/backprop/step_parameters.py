"""Parameters that are steps of a pass: the present one, one that is looked at, those found."""

from collections.abc import Iterable
from typing import Any

import ipywidgets as widgets
import numpy as np

from nnlib.explorers.controls.parameters import Choice, Parameter, Text
from nnlib.explorers.passes.steps import steps_of
from nnlib.explorers.passes.words import list_steps


def _is_step(value: Any, first: int, last: int) -> bool:
    whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
    return whole and first <= value <= last


def _checked(parameter: Parameter, explorer: Any, value: Any) -> int:
    """Return the number of a step, 0 for none; refuse what is no step of the network."""
    last = steps_of(explorer.sizes).last
    if not _is_step(value, 0, last):
        parameter.refuse(value, f"a whole number from 0 to {last}")
    return int(value)


class StepOfPass(Choice):
    """How many of the steps have been made, on a list that names them."""

    def __init__(self, sizes: tuple[int, ...]) -> None:
        super().__init__(0, options=list_steps(sizes), label="step")

    def validate(self, obj: Any, value: Any) -> int:
        """Return ``value``; refuse what is no step of the explorer's network."""
        return _checked(self, obj, value)

    def prepare(self, control: widgets.Widget, explorer: Any) -> None:
        """List the steps that there are."""
        control.offer(list_steps(explorer.sizes))


class StepLookedAt(Parameter):
    """A step that the learner looks at again while another is asked for; 0 for none."""

    def validate(self, obj: Any, value: Any) -> int:
        """Return the step; refuse what is no step of the explorer's network."""
        return _checked(self, obj, value)


class FoundSteps(Parameter):
    """The steps whose numbers the learner has found in this pass. It has no control of its own."""

    def validate(self, obj: Any, value: Any) -> tuple[int, ...]:
        """Return the steps as a tuple; refuse what is no step of the explorer's network."""
        last = steps_of(obj.sizes).last
        steps = tuple(value) if isinstance(value, Iterable) else (None,)
        if not all(_is_step(step, 1, last) for step in steps):
            self.refuse(value, f"a sequence of whole numbers from 1 to {last}")
        return tuple(map(int, steps))


class OwnNumber(Text):
    """The learner's number for the present step, in a box that is closed where none is asked."""

    def prepare(self, control: widgets.Widget, explorer: Any) -> None:
        """Say in the empty box whether a number is asked for."""
        control.placeholder = "type it here" if explorer.model().asked else "not asked"
