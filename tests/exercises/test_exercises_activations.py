"""The exercises of chapter 2: nothing leaks, and what the reveals say is true."""

import math
import re
from pathlib import Path

import nbformat
import numpy as np
import pytest

from nnlib import ACTIVATIONS, exercises
from nnlib.exercises import (
    check_leaky_relu,
    check_outputs,
    check_sigmoid_derivative,
)
from nnlib.exercises.predictions.prediction import QUESTIONS
from nnlib.explorers import ActivationExplorer

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "02_activations.ipynb"


# --- which output ---------------------------------------------------------------------------


RIGHT_OUTPUTS = {"temperature": "linear", "spam": "sigmoid", "digit": "softmax", "tags": "sigmoid"}


def test_outputs_right():
    assert check_outputs(**RIGHT_OUTPUTS)
    assert check_outputs(**{key: ACTIVATIONS[name] for key, name in RIGHT_OUTPUTS.items()})
    assert check_outputs(**{key: f" {name.title()}" for key, name in RIGHT_OUTPUTS.items()})


@pytest.mark.parametrize("question", RIGHT_OUTPUTS)
@pytest.mark.parametrize("name", ACTIVATIONS)
def test_outputs_diagnosed(question, name):
    result = check_outputs(**{**RIGHT_OUTPUTS, question: name})
    assert result.passed is (RIGHT_OUTPUTS[question] == name)
    assert result or result.message.startswith(f"{question}: ")


def test_outputs_half_answered_is_not_attempted():
    assert check_outputs(**{**RIGHT_OUTPUTS, "tags": ...}).passed is None


@pytest.mark.parametrize("question", ["temperature", "spam", "digit", "tags"])
@pytest.mark.parametrize("name", ["step", "relu", "leaky_relu", "elu", "softplus", "gelu"])
def test_outputs_name_what_is_wrong_with_every_function(question, name):
    right = {"temperature": "linear", "spam": "sigmoid", "digit": "softmax", "tags": "sigmoid"}
    result = check_outputs(**{**right, question: name})
    assert result.passed is False
    assert not any(f"{answer!r}" in result.message for answer in right.values())


# --- the numbers in the reveals --------------------------------------------------------------


def test_a_weight_of_five_saturates_a_third():
    flat = np.log((0.5 + np.sqrt(0.24)) / (0.5 - np.sqrt(0.24)))  # where σ(1 − σ) = 0.01
    outside = 1 - math.erf(flat / 5 / math.sqrt(2))  # of a normal distribution
    why = QUESTIONS["activations-weight-saturates"].why
    assert f"±{flat:.1f}" in why and f"±{flat / 5:.2f}" in why
    assert outside == pytest.approx(1 / 3, abs=0.04)
    explorer = ActivationExplorer(weight=5, data="scaled")
    assert explorer.model().saturated.mean() == pytest.approx(1 / 3, abs=0.04)
    explorer.weight = 1
    assert not explorer.model().saturated.any()
    explorer.close()


def test_gelu_alone_falls():
    z = np.linspace(-30, 30, 60_001)
    falls = {n for n in ("elu", "softplus", "gelu") if (ACTIVATIONS[n].derivative(z) < 0).any()}
    assert falls == {"gelu"}
    gelu = ACTIVATIONS["gelu"](z)
    assert f"z = −{-z[gelu.argmin()]:.2f}, where it is −{-gelu.min():.2f}" in (
        QUESTIONS["activations-smooth"].why
    )


def test_a_high_temperature_makes_thirds():
    thirds = ACTIVATIONS["softmax"](np.array([0.01, 0.02, 0.03]))
    np.testing.assert_allclose(thirds, 1 / 3, atol=0.004)


# --- nothing leaks, and the solutions are right ----------------------------------------------


def test_a_wrong_derivative_is_not_told_the_formula():
    message = check_sigmoid_derivative(lambda z: z + 7).message
    assert "measured slope" in message
    assert not re.search(r"a\s*[·*]?\s*\(1\s*[-−]\s*a\)", message)


def test_a_wrong_leaky_relu_is_told_an_example_and_not_the_formula():
    message = check_leaky_relu(lambda z, slope: z + 7).message
    assert "z = −2 should give −0.2" in message
    assert "slope ·" not in message


def parts():
    """The chapter's exercises: (number, its cells)."""
    cells = nbformat.read(NOTEBOOK, as_version=4).cells
    text = "\n".join(
        cell.source if cell.cell_type == "markdown" else f"<code>\n{cell.source}\n</code>"
        for cell in cells
    )
    found = re.split(r"^### Exercise (\d+).*$", text, flags=re.MULTILINE)
    return dict(zip(found[1::2], found[2::2], strict=True))


@pytest.mark.parametrize("exercise", parts())
def test_each_exercise_unanswered_and_solved(exercise):
    """The cell as it stands is not attempted; with the solution in its place it is right."""
    text = parts()[exercise]
    cell = re.search(r"<code>\n(.*?)\n</code>", text, re.DOTALL)[1]
    solution = re.search(r"<details>.*?```python\n(.*?)```", text, re.DOTALL)[1]
    *work, check = cell.strip().splitlines()
    names = {name: getattr(exercises, name) for name in exercises.__all__} | {"np": np}
    assert run(work, check, names).passed is None
    if check.startswith(solution.split("(")[0]):  # the answer stands in the call itself
        work, check = [], solution.strip()
    else:
        work = solution.splitlines()
    result = run(work, check, names)
    assert result.passed is True, result.message


def run(work, check, names):
    names = dict(names)
    exec("\n".join(work), names)
    return eval(check, names)
