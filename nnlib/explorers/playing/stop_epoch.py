"""The epoch at which Play stops: a parameter with a box to type in."""

from math import isnan
from typing import Any

import ipywidgets as widgets

from nnlib.explorers.controls.parameters import Parameter
from nnlib.widgets.typed_numbers import number_in


class EpochBox(widgets.Text):
    """A box for an epoch, or for none."""


LATEST = 10**12  # at a million epochs a second more than a week away


class StopEpoch(Parameter):
    """The epoch at which Play stops, typed; None in an empty box."""

    def __init__(self, label: str) -> None:
        super().__init__(None, label=label, allow_none=True)

    def validate(self, obj: Any, value: Any) -> int | None:
        """Return the epoch; refuse what is no whole number from 1."""
        if value is None:
            return None
        whole = isinstance(value, int | float) and not isinstance(value, bool)
        if not (whole and 1 <= value <= LATEST and value % 1 == 0):
            self.refuse(value, "an epoch: a whole number from 1. An empty box means: no stop")
        return int(value)

    def make_control(self) -> widgets.Widget:
        """Return a box to type in."""
        return self._control(EpochBox, continuous_update=False, placeholder="no stop")

    def from_control(self, shown: str) -> Any:
        """Return the epoch that was typed; what is none is refused."""
        if not shown.strip():
            return None
        number = number_in(shown)
        return shown if isnan(number) else number  # a text is refused, and quoted

    def shown(self, value: int | None) -> str:
        """Return the epoch as text."""
        return "" if value is None else str(value)
