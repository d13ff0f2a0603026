"""A slider stands at a stop; what lies between two, or beyond its ends, is kept beside it."""

import pytest

from nnlib.explorers.controls.slider_stops import (
    BEYOND,
    OpenLogSlider,
    OpenSlider,
    UnevenSlider,
    show_in_control,
    stands_at,
)

SLIDERS = {
    "even": lambda: OpenSlider(min=-5, max=5, step=0.5),
    "uneven": lambda: UnevenSlider(stops=(-5.0, -1.0, 0.0, 2.0, 5.0), min=-5, max=5),
    "logarithmic": lambda: OpenLogSlider(min=-3, max=1, step=0.5),
}


@pytest.mark.parametrize(
    ("kind", "value", "stop", "side"),
    [
        ("even", 0.6, 0.5, 0),
        ("even", 7.0, 7.0, 1),
        ("even", -7.0, -7.0, -1),
        ("uneven", 0.9, 0.0, 0),
        ("uneven", 1.1, 2.0, 0),
        ("uneven", -6.0, -6.0, -1),
        ("logarithmic", 0.12, 0.1, 0),
        ("logarithmic", 0.0001, 0.0001, -1),
        ("logarithmic", 20.0, 20.0, 1),
    ],
)
def test_where_it_stands_and_to_which_side_it_points_on(kind, value, stop, side):
    slider = SLIDERS[kind]()
    show_in_control(slider, value)
    assert slider.value == pytest.approx(stop)
    assert {mark for mark in BEYOND.values() if mark in slider._dom_classes} == (
        {BEYOND[side]} if side else set()
    )
    assert stands_at(slider, value)
    show_in_control(slider, slider.min if kind != "logarithmic" else 10.0**slider.min)
    assert not {*BEYOND.values()} & {*slider._dom_classes}
    slider.close()


def test_the_page_knows_numbered_places_of_an_uneven_slider():
    slider = SLIDERS["uneven"]()
    slider.value = 2.0
    assert slider.get_state(["value", "min", "max", "step"]) == {
        "value": 3, "min": 0, "max": 4, "step": 1,
    }  # fmt: skip
    slider.set_state({"value": 3.9999999})  # as steps add up on the page
    assert slider.value == 5.0
    slider.close()
