"""The exercise to try out in "Start here"."""

from collections.abc import Callable
from typing import Any

import numpy as np

from nnlib.exercises.checks.calling import call
from nnlib.exercises.checks.checking import exercise
from nnlib.exercises.checks.comparing import compare
from nnlib.exercises.checks.given_numbers import returned


@exercise
def check_double(double: Callable[..., Any]) -> str:
    """Check a function ``double(x)`` that returns twice x."""
    for x in [*np.random.default_rng(0).uniform(1, 9, 3), -3.5, 0.0]:
        compare(
            returned(call(double, float(x)), ()),
            2 * x,
            {
                "This is x itself.": x,
                "This is the square of x.": x**2,
                "This is the half of x.": x / 2,
                "This is x + 2.": x + 2,
            },
            "Return 2 * x.",
        )
    return "That is all there is to an exercise."
