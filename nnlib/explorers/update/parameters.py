"""The parameters of `UpdateExplorer`: what there is depends on the network that is looked into."""

from typing import Any

import ipywidgets as widgets
import numpy as np

from nnlib.explorers.controls.parameters import Choice, Parameter, Whole


class StepOfUpdate(Choice):
    """How many of the steps have been made, on a list that names them."""

    def __init__(self) -> None:
        super().__init__(0, options=[("ready", 0)], label="step")

    def validate(self, obj: Any, value: Any) -> int:
        """Return the step, or the last one for what is beyond; refuse what is no whole number."""
        step = _whole(self, value, 0)
        return step if obj.why_not else min(step, obj.last_step)  # it may be looked into again

    def prepare(self, control: widgets.Widget, explorer: Any) -> None:
        """List the steps that there are."""
        control.offer(explorer.all_steps)


class RowOfBatch(Whole):
    """One of the rows of the next mini-batch."""

    def __init__(self) -> None:
        super().__init__(1, low=1, high=2, label="row of the batch")

    def validate(self, obj: Any, value: Any) -> int:
        """Return the row, or the last one for what is beyond; refuse what is no whole number."""
        return min(_whole(self, value, 1), obj.n_rows)

    def prepare(self, control: widgets.Widget, explorer: Any) -> None:
        """Let the slider reach all rows."""
        control.max = max(explorer.n_rows, 2)  # a slider of no length could not be drawn


def _whole(parameter: Parameter, value: Any, least: int) -> int:
    whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
    if not whole or value < least:
        parameter.refuse(value, f"a whole number, {least} or more")
    return int(value)
