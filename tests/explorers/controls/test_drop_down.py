"""A drop-down list whose values include None."""

import pytest

from nnlib.explorers.controls.drop_down import DropDown
from nnlib.explorers.controls.parameters import Choice


@pytest.fixture
def control():
    choice = Choice(10, options=[("10", 10), ("all rows", None)], label="batch size")
    control = choice.make_control()
    assert isinstance(control, DropDown)
    yield control
    control.close()


def test_none_is_chosen_in_the_list(control):
    control.value = 10
    control.index = 1  # what the page sends
    assert (control.value, control.label, control.index) == (None, "all rows", 1)


def test_none_is_chosen_in_code(control):
    control.value = 10
    control.value = None
    assert (control.label, control.index) == ("all rows", 1)
    control.value = 10
    assert (control.label, control.index) == ("10", 0)


def test_where_none_is_no_option_it_still_means_no_choice():
    control = DropDown(options=[("a", 1), ("b", 2)], value=2)
    control.value = None
    assert control.index is None
    control.close()


def test_the_list_that_is_there_already_keeps_its_choice():
    control = DropDown(options=[("a", 1), ("b", 2)], value=2)
    control.offer([("a", 1), ("b", 2)])
    assert control.value == 2
    control.offer([("a", 1), ("b", 2), ("c", 3)])
    assert (control.value, len(control.options)) == (1, 3)
    control.close()
