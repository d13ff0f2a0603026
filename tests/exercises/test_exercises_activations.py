"""Chapter 2's functions to write: right answers pass, known mistakes are named, nothing leaks."""

import math
import re
from pathlib import Path

import nbformat
import numpy as np
import pytest

from nnlib import ACTIVATIONS, exercises
from nnlib.exercises import (
    check_collapse,
    check_leaky_relu,
    check_outputs,
    check_positive_output,
    check_relu_slope,
    check_sigmoid_derivative,
    check_softmax,
)
from nnlib.exercises.predictions.prediction import QUESTIONS
from nnlib.explorers import ActivationExplorer

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "02_activations.ipynb"


# --- two layers are one, the sigmoid's slope, leaky ReLU --------------------------------------


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


@pytest.mark.parametrize(
    "collapse",
    [
        lambda W1, b1, W2, b2: (W1 @ W2, b1 @ W2 + b2),
        lambda W1, b1, W2, b2: [np.dot(W1, W2).tolist(), (b1[None] @ W2 + b2)],
    ],
)
def test_collapse_right(collapse):
    assert check_collapse(collapse)


@pytest.mark.parametrize(
    "collapse, message",
    [
        (lambda W1, b1, W2, b2: (W1 @ W2, b2), "b₁ is missing"),
        (lambda W1, b1, W2, b2: (W1 @ W2, b1 @ W2), "b₂ is missing"),
        (lambda W1, b1, W2, b2: (W1 @ W2, b1 @ W2 - b2), "what comes out for x = 0"),
        (lambda W1, b1, W2, b2: W1 @ W2, "Return two things"),
        (lambda W1, b1, W2, b2: (2 * W1 @ W2, b2), "multiply out"),
        (lambda W1, b1, W2, b2: (W2 @ W1, b2), "stopped with an error"),
        (lambda W1, b1, W2, b2: ((W1 @ W2)[:, :1], b2), "The weights came out as"),
        (lambda W1, b1, W2, b2: (W1 @ W2, b1), "The bias came out as"),
    ],
)
def test_collapse_diagnosed(collapse, message):
    result = check_collapse(collapse)
    assert result.passed is False
    assert message in result.message


def test_collapse_says_rows_and_columns_swapped():
    result = check_collapse(
        lambda W1, b1, W2, b2: ((W1 @ W2).T if len(W1) == 4 else W1 @ W2, b1 @ W2 + b2)
    )
    assert "Rows and columns are swapped in the weights" in result.message


@pytest.mark.parametrize(
    "derivative",
    [
        lambda z: sigmoid(z) * (1 - sigmoid(z)),
        lambda z: np.exp(-z) / (1 + np.exp(-z)) ** 2,
        lambda z: [float(ACTIVATIONS["sigmoid"].derivative(v)) for v in z],
    ],
)
def test_sigmoid_derivative_right(derivative):
    assert check_sigmoid_derivative(derivative)


@pytest.mark.parametrize(
    "derivative, message",
    [
        (lambda z: z * (1 - z), "takes its argument for the output a"),
        (lambda z: sigmoid(sigmoid(z)) * (1 - sigmoid(sigmoid(z))), "a where z belongs"),
        (sigmoid, "the output; its slope is wanted"),
        (lambda z: 1 - sigmoid(z), "a factor σ(z) is missing"),
        (lambda z: sigmoid(z) * (sigmoid(z) - 1), "sign is flipped"),
        (lambda z: 1 - sigmoid(z) ** 2, "slope of tanh"),
        (lambda z: 0 * z, "measured slope"),
        (lambda z: 0.25, "came out as a single number"),
    ],
)
def test_sigmoid_derivative_diagnosed(derivative, message):
    result = check_sigmoid_derivative(derivative)
    assert result.passed is False
    assert message in result.message


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


@pytest.mark.parametrize(
    "answer, message",
    [
        ({"temperature": "relu"}, "cannot answer −5 °C"),
        ({"digit": "sigmoid"}, "need not add up to 1"),
        ({"tags": "softmax"}, "several tags may be true at once"),
        ({"spam": "softmax"}, "over a single output is always 1"),
        ({"spam": "Sigmoids"}, "there is no activation 'Sigmoids'. Known: linear, step"),
        ({"digit": 3}, "digit has to be a name in quotation marks"),
    ],
)
def test_outputs_tell_why(answer, message):
    assert message in check_outputs(**{**RIGHT_OUTPUTS, **answer}).message


def test_outputs_half_answered_is_not_attempted():
    assert check_outputs(**{**RIGHT_OUTPUTS, "tags": ...}).passed is None


@pytest.mark.parametrize(
    "leaky_relu",
    [
        lambda z, slope: np.where(z > 0, z, slope * z),
        lambda z, slope: np.maximum(z, slope * z),
        lambda z, slope: [v if v > 0 else slope * v for v in z],
    ],
)
def test_leaky_relu_right(leaky_relu):
    assert check_leaky_relu(leaky_relu)


@pytest.mark.parametrize(
    "leaky_relu, message",
    [
        (lambda z, slope: np.maximum(z, 0), "nothing leaks"),
        (lambda z, slope: np.where(z > 0, slope * z, z), "two sides are swapped"),
        (lambda z, slope: np.where(z > 0, z, slope), "multiply the slope by z"),
        (lambda z, slope: np.where(z > 0, z, -slope * z), "sign is flipped"),
        (lambda z, slope: np.where(z > 0, z, 0.01 * z), "fixed at 0.01"),
        (lambda z, slope: z if z > 0 else slope * z, "Use np.where"),
        (lambda z, slope: z, "should give −0.2"),
        (
            lambda z, slope: z / 0 * slope + len(3),
            "stopped with an error. A single number stands where several are needed.",
        ),
    ],
)
def test_leaky_relu_diagnosed(leaky_relu, message):
    result = check_leaky_relu(leaky_relu)
    assert result.passed is False
    assert message in result.message


# --- the slope of ReLU -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "relu_slope",
    [
        lambda z: z > 0,
        lambda z: z >= 0,
        lambda z: np.where(z > 0, 1, 0),
        lambda z: np.heaviside(z, 0.5),
        lambda z: (np.maximum(z + 1e-6, 0) - np.maximum(z - 1e-6, 0)) / 2e-6,
        lambda z: [1 if v > 0 else 0 for v in z],
        lambda z: ACTIVATIONS["relu"].derivative(z),
    ],
)
def test_relu_slope_right(relu_slope):
    assert check_relu_slope(relu_slope), check_relu_slope(relu_slope)


@pytest.mark.parametrize(
    ("relu_slope", "words"),
    [
        (lambda z: np.maximum(z, 0), "the ReLU itself"),
        (lambda z: z < 0, "two sides are swapped"),
        (np.sign, "it does not fall"),
        (lambda z: np.ones_like(z), "no activation at all"),
        (lambda z: 0 * z, "slope of the step"),
        (lambda z: np.where(z > 0, 1, 0.01), "leaky ReLU"),
        (lambda z: z * (z > 1e-9) * 1.0 + 0, "the ReLU itself"),
        (lambda z: np.maximum(z, 0) / z, "Right but for z = 0"),
        (lambda z: np.where(z == 0, -3, z > 0), "At z = 0 it gives −3"),
        (lambda z: 1 if z > 0 else 0, "Use np.where"),
        (lambda z: 2 * (z > 0), "one step to the right"),
        (lambda z: 1, "came out as a single number"),
        (lambda z: z / 0, "not finite"),
    ],
)
def test_relu_slope_diagnosed(relu_slope, words):
    result = check_relu_slope(relu_slope)
    assert result.passed is False
    assert words in result.message


# --- softmax of rows, with a temperature -----------------------------------------------------


def softmax(Z, temperature):
    powers = np.exp((Z - Z.max(axis=1, keepdims=True)) / temperature)
    return powers / powers.sum(axis=1, keepdims=True)


def by_loops(Z, temperature):
    rows = []
    for row in Z.tolist():
        powers = [math.exp((z - max(row)) / temperature) for z in row]
        rows.append([power / sum(powers) for power in powers])
    return rows


def naive(Z, temperature):
    powers = np.exp(Z / temperature)
    return powers / powers.sum(axis=1, keepdims=True)


def one_shift_for_all(Z, temperature):
    powers = np.exp((Z - Z.max()) / temperature)
    return powers / powers.sum(axis=1, keepdims=True)


@pytest.mark.parametrize(
    "right",
    [
        softmax,
        by_loops,
        lambda Z, T: ACTIVATIONS["softmax"](Z / T),
        lambda Z, T: softmax(Z / T, 1.0),
        lambda Z, T: np.array([softmax(row[None], T)[0] for row in Z]),
    ],
)
def test_softmax_right(right):
    assert check_softmax(right), check_softmax(right)


def powers_of(Z, T):
    return np.exp(Z / T)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda Z, T: powers_of(Z, T) / powers_of(Z, T).sum(axis=0), "Each column adds up"),
        (lambda Z, T: powers_of(Z, T) / powers_of(Z, T).sum(), "The whole table"),
        (lambda Z, T: softmax(Z, 1), "has no effect"),
        (lambda Z, T: softmax(Z * T, 1), "here they are multiplied"),
        (lambda Z, T: softmax(Z, 1) / T, "too late"),
        (powers_of, "These are the powers of e"),
        (lambda Z, T: Z / Z.sum(axis=1, keepdims=True), "The powers of e are missing"),
        (lambda Z, T: softmax(-Z, T), "sign is flipped"),
        (lambda Z, T: softmax(Z, T**2), "Divide by the temperature"),
        (lambda Z, T: powers_of(Z, T) / powers_of(Z, T).sum(axis=1), "keepdims=True"),
        (naive, "Right for small scores. With scores near 1000"),
        (one_shift_for_all, "each row needs its own"),
        (lambda Z, T: softmax(np.clip(Z, -500, 500), T), "only differences may count"),
        (lambda Z, T: softmax(Z, T).T, "Rows and columns are swapped"),
        (lambda Z: softmax(Z, 1), "given 2 values, but takes 1"),
    ],
)
def test_softmax_diagnosed(wrong, words):
    result = check_softmax(wrong)
    assert result.passed is False
    assert words in result.message


# --- an activation of one's own --------------------------------------------------------------


@pytest.mark.parametrize(
    "right",
    [
        np.exp,
        lambda z: np.log(1 + np.exp(z)),
        ACTIVATIONS["softplus"],
        lambda z: ACTIVATIONS["elu"](z) + 1,
        lambda z: (z + np.sqrt(z**2 + 4)) / 2,
        lambda z: np.logaddexp(0, 10 * z) / 10,
        lambda z: np.logaddexp(0, z + z**3 / 9),
        lambda z: np.log(1 + ACTIVATIONS["softplus"](z)),
        lambda z: [math.exp(v / 2) for v in z],
    ],
)
def test_positive_output_right(right):
    assert check_positive_output(right), check_positive_output(right)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (lambda z: z, "At z = −6.00 it answers −"),
        (ACTIVATIONS["leaky_relu"], "below 0"),
        (ACTIVATIONS["gelu"], "below 0"),
        (ACTIVATIONS["relu"], "it answers 0. It should be above 0"),
        (lambda z: np.maximum(z, 0) + 0.1, "It is flat at z = "),
        (lambda z: z**2 + 1, "It falls at z = −6.00"),
        (lambda z: np.exp(-z), "It falls"),
        (lambda z: 1 / (1 + np.exp(-z)), "comes to a stop near 1."),
        (lambda z: np.pi / 2 + np.arctan(z), "comes to a stop near 3.1"),
        (lambda z: np.where(z > 0, 1 + z, 1 / (1 - 3 * z)), "corner or a jump"),
        (lambda z: np.where(z > 1, np.exp(z) + 1, np.exp(z)), "At z = 1.00 the slope jumps"),
        (lambda z: np.exp(z) if z > 0 else z, "Use np.where"),
        (lambda z: np.exp(z**2 * np.sign(z)), "not finite"),
        (lambda z: 1.0, "came out as a single number"),
    ],
)
def test_positive_output_diagnosed(wrong, words):
    result = check_positive_output(wrong)
    assert result.passed is False
    assert words in result.message


# --- which output ----------------------------------------------------------------------------


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
