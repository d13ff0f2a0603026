"""A box beside a slider: it shows the number, as far as it fits, and any other can be typed in it.

The readout of ipywidgets' own sliders is no good for that: it rounds what is typed to the slider's
step, cuts it off at the slider's ends, and does not understand the minus sign that it shows.
"""

from collections.abc import Callable, Mapping
from math import isnan
from typing import Any

import ipywidgets as widgets

from nnlib.plots.words.numbers import MINUS, is_raised, scientific, significant, typeset
from nnlib.widgets.typed_numbers import number_in

_WIDTH = "74px"
_ROOM = 7  # characters in that width; a minus takes more of it than a digit, a point less
_DECIMALS = 3  # of a number from 0.1 on; so boxes beside each other show alike what a step has left
_DIGITS = 6  # significant; the slider's steps need at most three, the rest is for what is typed


class NumberBox(widgets.Text):
    """A box for one number; ``typed`` is called with the text whenever the learner enters one."""

    def __init__(self, typed: Callable[[str], None]) -> None:
        super().__init__(continuous_update=False, layout=widgets.Layout(width=_WIDTH))
        self.add_class("nnlib-number")
        self._typed = typed

    def show(self, text: str) -> None:
        """Show a number as far as there is room; pointed at, the box tells all of its digits."""
        self.value = fitting(text)
        self.tooltip = text if self.value != text else None

    def set_state(self, sync_data: Mapping[str, Any]) -> None:
        """Take over what the page sends: only there a value is typed."""
        super().set_state(sync_data)
        if "value" in sync_data:
            self._typed(self.value)


def written(value: float, decimals: int = 0) -> str:
    """Return ``value`` as it stands in a box: all that was typed, and at least ``decimals``.

    Examples
    --------
    >>> written(-1.0, 1), written(2.35, 1), written(0.1, 0), written(1e9), written(-0.0, 1)
    ('−1.0', '2.35', '0.1', '10⁹', '0.0')
    """
    text = f"{value:z.{_DIGITS}g}"  # z: zero has no sign
    shown = len(text.partition(".")[2])
    if shown < decimals and "e" not in text:
        text = f"{value:z.{decimals}f}"
    return typeset(text)


def fitting(text: str) -> str:
    """Return a number rounded to three decimals, and so that no digit is cut off in its box.

    Examples
    --------
    >>> fitting("−0.313816"), fitting("1.13301"), fitting("−1.23457·10⁻⁸"), fitting("12.25")
    ('−0.314', '1.133', '−10⁻⁸', '12.25')
    """
    value = number_in(text)
    if isnan(value):
        return text
    if abs(value) >= 0.1 and len(text.partition(".")[2]) > _DECIMALS and "·" not in text:
        text = typeset(f"{value:.{_DECIMALS}f}")
    if _fits(text):
        return text
    rounded = (significant(value, digits) for digits in range(_DIGITS, 0, -1))
    return next((short for short in rounded if _fits(short)), scientific(value))


def _fits(text: str) -> bool:
    raised = sum(map(is_raised, text))
    return len(text) + text.count(MINUS) - 0.4 * raised - 0.5 * text.count("·") <= _ROOM
