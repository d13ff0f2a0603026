"""The smallest exercise there is."""

import numpy as np

from nnlib.exercises.checks.calling import call
from nnlib.exercises.checks.checking import exercise
from nnlib.exercises.checks.comparing import compare
from nnlib.exercises.checks.given_numbers import numbers


@exercise
def check_twice(double):
    """Check a function ``double(x)``."""
    x = np.array([1.0, 2.0, 3.0])
    compare(numbers(call(double, x), (3,)), 2 * x, {"That is x.": x}, "Multiply by 2.")
    return "Doubled."
