"""Where a control stands for a value: a slider at its nearest stop, stretched first if need be.

The page moves a slider that is set between two stops to one of them, and tells the kernel so; the
value would be lost. A slider is therefore set to its stops only, and the value in between stands in
the box beside it.
"""

import math
from typing import Any

import ipywidgets as widgets

_STRETCHING = widgets.FloatSlider | widgets.FloatLogSlider
_SAME = {"rel_tol": 1e-6, "abs_tol": 1e-9}  # what adding up steps leaves behind is no movement


def show_in_control(control: widgets.Widget, value: Any) -> None:
    """Move a control to ``value``, unless it stands there already."""
    if isinstance(control, _STRETCHING):
        _stretch(control, _position(control, value))
    if not stands_at(control, value):
        control.value = _nearest_stop(control, value)


def ends_of(control: widgets.Widget) -> tuple[float, float] | None:
    """Return the ends of a slider that stretches; None for any other control."""
    return (control.min, control.max) if isinstance(control, _STRETCHING) else None


def stands_at(control: widgets.Widget, value: Any) -> bool:
    """Say whether a control stands where ``value`` puts it."""
    if isinstance(control, _STRETCHING):
        return math.isclose(control.value, _nearest_stop(control, value), **_SAME)
    return bool(control.value == value)


def _nearest_stop(control: widgets.Widget, value: Any) -> Any:
    """Return what the control can show of ``value``."""
    if not isinstance(control, _STRETCHING):
        return value
    stop = _position(control, value)
    steps = (stop - control.min) / control.step
    if math.isfinite(steps):  # next to the largest number there is they are not
        stop = round(min(control.min + round(steps) * control.step, control.max), 9)
    return control.base**stop if isinstance(control, widgets.FloatLogSlider) else stop


def _position(slider: widgets.Widget, value: float) -> float:
    """Return the place of ``value`` between the slider's ends: its exponent if logarithmic."""
    if isinstance(slider, widgets.FloatLogSlider):
        return math.log10(value) / math.log10(slider.base)
    return value


def _stretch(slider: widgets.Widget, position: float) -> None:
    if position > slider.max:
        slider.max = math.ceil(position)
    if position < slider.min:
        slider.min = math.floor(position)
