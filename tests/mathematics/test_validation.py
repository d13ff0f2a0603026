"""The checks at the door, one by one."""

import math
from fractions import Fraction

import numpy as np
import pytest

from nnlib import validation


@pytest.mark.parametrize("value", [3, np.int64(3), np.uint8(3)])
def test_whole_numbers(value):
    found = validation.whole_number("n", value)
    assert found == 3 and type(found) is int


@pytest.mark.parametrize("bad", [3.0, "3", None, True, np.bool_(True), [3], math.nan])
def test_what_is_no_whole_number(bad):
    with pytest.raises(TypeError, match="n must be a whole number, got"):
        validation.whole_number("n", bad)


@pytest.mark.parametrize("value", [0.5, np.float32(0.5), Fraction(1, 2)])
def test_numbers(value):
    found = validation.number("x", value)
    assert found == 0.5 and type(found) is float


@pytest.mark.parametrize("bad", ["0.5", None, True, 1j, [0.5], np.array([0.5])])
def test_what_is_no_number(bad):
    for check in (
        validation.number,
        validation.positive_number,
        validation.number_from_zero,
        validation.fraction,
    ):
        with pytest.raises(TypeError, match="x must be a number, got"):
            check("x", bad)


@pytest.mark.parametrize(
    "check, good, bad",
    [
        (validation.positive_number, [1e-300, 1e300], [0, -1e-300]),
        (validation.number_from_zero, [0, 1e300], [-1e-300]),
        (validation.fraction, [0, 0.999], [1, -0.001, 2]),
    ],
)
def test_bounds(check, good, bad):
    for value in good:
        assert check("x", value) == value
    for value in [*bad, math.nan, math.inf, -math.inf]:
        with pytest.raises(ValueError, match="x must be"):
            check("x", value)


def test_a_checked_attribute_keeps_its_value_when_another_is_refused():
    class Thing:
        size = validation.Checked(validation.positive_number)

    thing, other = Thing(), Thing()
    thing.size, other.size = 2, 3
    with pytest.raises(ValueError, match="size must be greater than 0, got -1"):
        thing.size = -1
    assert (thing.size, other.size) == (2.0, 3.0)
    assert isinstance(Thing.size, validation.Checked)


def test_numbers_are_not_copied_without_need():
    values = np.ones(3)
    assert validation.numbers("x", values) is values


def test_rows_say_who_expects_what():
    with pytest.raises(ValueError, match=r"the door expects X of shape \(n_samples, 2\), got \(\)"):
        validation.rows("X", 1.0, 2, "the door")
    assert validation.rows("X", [[1, 2]], 2, "the door").shape == (1, 2)
