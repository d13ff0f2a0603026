"""The equations of a pass as they are printed, computed again from their own printed numbers."""

import re

import numpy as np
import pytest

from nnlib.explorers.passes.words import explain
from nnlib.widgets.typed_numbers import as_python_reads

FUNCTIONS = {
    "σ": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": np.tanh,
    "linear": lambda z: z,
    "ln": np.log,
}


def check_equation(run, step, rounding):
    """Assert that the printed result is the run's, and comes of the numbers printed before it.

    ``rounding`` is what may be lost by printing few digits of each number.
    """
    words = explain(run, step)
    result = float(as_python_reads(words.result.removeprefix("= ")))
    assert result == pytest.approx(run.value(step), rel=0.06, abs=6e-4), words
    code = as_python_reads(words.with_numbers.removeprefix("= ").replace("\n", " "))
    code = re.sub(r"ln ([\d.]+)", r"ln(\1)", code.replace("·", "*"))
    code = code.replace("^", "**").replace(" *", "*")
    if code:
        assert eval(code, FUNCTIONS) == pytest.approx(result, rel=0.02, abs=rounding), code
