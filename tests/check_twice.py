"""The smallest exercise there is."""

import numpy as np

from nnlib.exercises.checks.checking import call, compare, exercise, numbers


@exercise
def check_twice(double):
    """Check a function ``double(x)``."""
    x = np.array([1.0, 2.0, 3.0])
    compare(numbers(call(double, x), (3,)), 2 * x, {"That is x.": x}, "Multiply by 2.")
    return "Doubled."
