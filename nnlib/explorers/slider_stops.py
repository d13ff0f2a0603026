"""Where a control stands for a value: a slider at its nearest stop, or at its end.

The page moves a slider that is set between two stops to one of them, and tells the kernel so; the
value would be lost. A slider is therefore set to its stops only, and the value in between stands in
the box beside it. So does a value beyond the slider's ends: the slider keeps its range, stands at
its end, and points on.
"""

import math
from typing import Any

import ipywidgets as widgets

_OPEN = widgets.FloatSlider | widgets.FloatLogSlider  # their values may lie beyond their ends
_SAME = {"rel_tol": 1e-6, "abs_tol": 1e-9}  # what adding up steps leaves behind is no movement
BEYOND = {-1: "nnlib-below", 1: "nnlib-above"}  # how the page is told on which side


def show_in_control(control: widgets.Widget, value: Any) -> None:
    """Move a control to ``value``, unless it stands there already."""
    if not stands_at(control, value):
        control.value = _nearest_stop(control, value)
    if isinstance(control, _OPEN):
        _point_on(control, _side(control, value))


def stands_at(control: widgets.Widget, value: Any) -> bool:
    """Say whether a control stands where ``value`` puts it."""
    if isinstance(control, _OPEN):
        return math.isclose(control.value, _nearest_stop(control, value), **_SAME)
    return bool(control.value == value)


def _nearest_stop(control: widgets.Widget, value: Any) -> Any:
    """Return what the control can show of ``value``."""
    if not isinstance(control, _OPEN):
        return value
    place = min(max(_position(control, value), control.min), control.max)
    steps = round((place - control.min) / control.step)
    stop = round(min(control.min + steps * control.step, control.max), 9)
    return control.base**stop if isinstance(control, widgets.FloatLogSlider) else stop


def _position(slider: widgets.Widget, value: float) -> float:
    """Return the place of ``value`` between the slider's ends: its exponent if logarithmic."""
    if isinstance(slider, widgets.FloatLogSlider):
        return math.log10(value) / math.log10(slider.base)
    return value


def _side(slider: widgets.Widget, value: float) -> int:
    """Return 1 for a value above the slider's end, −1 for one below the other, else 0."""
    place = _position(slider, value)
    if slider.min - 1e-9 <= place <= slider.max + 1e-9:
        return 0
    return 1 if place > slider.max else -1


def _point_on(slider: widgets.Widget, side: int) -> None:
    """Mark the slider on the side where its value lies beyond its end; 0 marks neither."""
    for its_side, mark in BEYOND.items():
        if its_side == side:
            slider.add_class(mark)
        else:
            slider.remove_class(mark)
