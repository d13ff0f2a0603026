"""Where a slider stands for a value: at its nearest stop, or at its end.

The page moves a slider that is set between two stops to one of them, and tells the kernel so; the
value would be lost. A slider is therefore set to its stops only, and the value in between stands in
the box beside it. So does a value beyond the slider's ends: on the page the slider keeps its range,
stands at its end, and points on.
"""

import math
from typing import Any

import ipywidgets as widgets
import traitlets

_SAME = {"rel_tol": 1e-6, "abs_tol": 1e-9}  # what adding up steps leaves behind is no movement
BEYOND = {-1: "nnlib-beyond-low", 1: "nnlib-beyond-high"}  # how the page is told on which side


class OpenSlider(widgets.FloatSlider):
    """A slider whose value may lie beyond its ends; the page is told the end."""

    value = traitlets.CFloat(0.0).tag(
        sync=True, to_json=lambda value, slider: min(max(value, slider.min), slider.max)
    )

    @traitlets.validate("value")
    def _validate_value(self, proposal: Any) -> float:
        return float(proposal["value"])


class UnevenSlider(OpenSlider):
    """A slider whose stops stand side by side on the page, however far apart their values are.

    The page knows of numbered places only: what it is told, and tells, is a place in ``stops``.
    """

    stops = traitlets.Tuple(help="the values that it can stand at, in order")
    value = traitlets.CFloat(0.0).tag(
        sync=True,
        to_json=lambda value, slider: slider.place_of(value),
        from_json=lambda place, slider: slider.stops[round(place)],
    )
    min = traitlets.CFloat(0.0).tag(sync=True, to_json=lambda _value, _slider: 0)
    max = traitlets.CFloat(1.0).tag(sync=True, to_json=lambda _v, slider: len(slider.stops) - 1)
    step = traitlets.CFloat(0.1).tag(sync=True, to_json=lambda _value, _slider: 1)

    def place_of(self, value: float) -> int:
        """Return the place of the stop that is nearest to ``value``."""
        return min(range(len(self.stops)), key=lambda place: abs(self.stops[place] - value))


class OpenLogSlider(widgets.FloatLogSlider):
    """A slider with a logarithmic scale whose value may lie beyond its ends, ``base ** max``."""

    value = traitlets.CFloat(1.0).tag(
        sync=True,
        to_json=lambda value, slider: min(
            max(value, slider.base**slider.min), slider.base**slider.max
        ),
    )

    @traitlets.validate("value")
    def _validate_value(self, proposal: Any) -> float:
        return float(proposal["value"])


_OPEN = OpenSlider | OpenLogSlider


def show_in_control(control: widgets.Widget, value: Any) -> None:
    """Move a control to ``value``, unless it stands there already."""
    if not stands_at(control, value):
        control.value = value if _side(control, value) else _nearest_stop(control, value)
    if isinstance(control, _OPEN):
        _point_on(control, _side(control, value))


def stands_at(control: widgets.Widget, value: Any) -> bool:
    """Say whether a control stands where ``value`` puts it."""
    if isinstance(control, _OPEN):  # at an end it may mean what lies beyond
        places = (_nearest_stop(control, value), *([value] if _side(control, value) else []))
        return any(math.isclose(control.value, place, **_SAME) for place in places)
    return bool(control.value == value)


def _nearest_stop(control: widgets.Widget, value: Any) -> Any:
    """Return what the page's control can show of ``value``."""
    if not isinstance(control, _OPEN):
        return value
    if isinstance(control, UnevenSlider):
        return control.stops[control.place_of(value)]
    place = min(max(_position(control, value), control.min), control.max)
    steps = round((place - control.min) / control.step)
    stop = round(min(control.min + steps * control.step, control.max), 9)
    return control.base**stop if isinstance(control, OpenLogSlider) else stop


def _position(slider: widgets.Widget, value: float) -> float:
    """Return the place of ``value`` between the slider's ends: its exponent if logarithmic."""
    if isinstance(slider, OpenLogSlider):
        return math.log10(value) / math.log10(slider.base)
    return value


def _side(control: widgets.Widget, value: Any) -> int:
    """Return 1 for a value above the slider's end, −1 for one below the other, else 0."""
    if not isinstance(control, _OPEN):
        return 0
    place = _position(control, value)
    if control.min - 1e-9 <= place <= control.max + 1e-9:
        return 0
    return 1 if place > control.max else -1


def _point_on(slider: widgets.Widget, side: int) -> None:
    """Mark the slider on the side where its value lies beyond its end; 0 marks neither."""
    for its_side, mark in BEYOND.items():
        change = slider.add_class if its_side == side else slider.remove_class
        change(mark)
