"""The value of the one setting in which two runs differ."""

from typing import Any

import ipywidgets as widgets

from nnlib.explorers.controls.drop_down import DropDown
from nnlib.explorers.controls.parameters import Parameter
from nnlib.explorers.runs.settings_words import value_in_words
from nnlib.explorers.two_runs.variations import VARIED


class ComparedValue(Parameter):
    """One of the values that the setting may have in which the two runs differ."""

    def __init__(self, letter: str) -> None:
        variation = VARIED["learning_rate"]
        default = variation.first if letter == "A" else variation.second
        super().__init__(default, label=f"{letter} has")

    def validate(self, obj: Any, value: Any) -> Any:
        """Return the known value that equals ``value``; refuse any other and list the known."""
        for known in VARIED[obj.varied].values:
            if known == value and isinstance(value, bool) is False:
                return known
        known = ", ".join(map(repr, VARIED[obj.varied].values))
        self.refuse(value, f"one of {known}, where {obj.varied!r} varies")

    def make_control(self) -> widgets.Widget:
        """Return a drop-down list; `prepare` fills it."""
        return self._control(DropDown, options=_options("learning_rate"))

    def prepare(self, control: widgets.Widget, explorer: Any) -> None:
        """List the values of the setting that varies now."""
        control.offer(_options(explorer.varied))


def _options(varied: str) -> tuple[tuple[str, Any], ...]:
    return tuple((value_in_words(varied, value), value) for value in VARIED[varied].values)
