"""Checks of chapter 2, activations."""

from collections.abc import Callable
from typing import Any

import numpy as np

from nnlib._typing import Array
from nnlib.activations import ACTIVATIONS, Activation
from nnlib.exercises.chapters.curve_shape import Curve
from nnlib.exercises.checks.calling import call
from nnlib.exercises.checks.checking import exercise
from nnlib.exercises.checks.comparing import AnyOf, close, compare, require
from nnlib.exercises.checks.given_numbers import parts, returned
from nnlib.exercises.checks.verdict import Mistake


@exercise
def check_collapse(collapse: Callable[..., Any]) -> str:
    """Check a function ``collapse(W1, b1, W2, b2)`` that returns weights and bias of one layer."""
    rng = np.random.default_rng(3)
    for n_in, n_hidden, n_out in ((2, 3, 4), (4, 5, 3)):
        W1, W2 = rng.normal(size=(n_in, n_hidden)), rng.normal(size=(n_hidden, n_out))
        b1, b2 = rng.normal(size=n_hidden), rng.normal(size=n_out)
        answer = call(collapse, W1, b1, W2, b2)
        weights, bias = parts(answer, {"weights": (n_in, n_out), "bias": (n_out,)})
        compare(
            weights,
            W1 @ W2,
            {},
            "The weights are not right. Put z₁ = x W₁ + b₁ into z₁ W₂ + b₂ and multiply out.",
        )
        compare(
            bias,
            b1 @ W2 + b2,
            {
                "The weights are right. In the bias, b₂ is missing.": b1 @ W2,
                "The weights are right. In the bias, b₁ is missing: it passes layer 2 as well.": b2,
            },
            "The weights are right. For the bias, ask what comes out for x = 0.",
        )
    return "Two layers without an activation are one layer: W₁W₂ and b₁W₂ + b₂."


@exercise
def check_sigmoid_derivative(derivative: Callable[..., Any]) -> str:
    """Check a function ``derivative(z)`` that returns σ′(z) for an array of z."""
    sigmoid = ACTIVATIONS["sigmoid"]
    rng = np.random.default_rng(4)
    for z in (rng.uniform(-4, 4, 6), rng.uniform(-8, 8, 4)):
        a = sigmoid(z)
        compare(
            returned(call(derivative, z), z.shape),
            sigmoid.derivative(z),
            {
                "This is z(1 − z): it takes its argument for the output. Compute a = σ(z) first.": (
                    z * (1 - z)
                ),
                "You used a where z belongs: this is the slope at σ(z), not at z.": (
                    sigmoid.derivative(a)
                ),
                "This is σ(z), the output; its slope is wanted.": a,
                "This is 1 − σ(z); a factor σ(z) is missing.": 1 - a,
                "The sign is flipped: the sigmoid always rises.": -sigmoid.derivative(z),
                "This is 1 − a², the slope of tanh.": 1 - a**2,
            },
            "Compare it with a measured slope: (σ(z + h) − σ(z − h)) / 2h for a small h.",
        )
    far = returned(call(derivative, np.array([-33.0, 33.0])), (2,))
    require(
        np.allclose(far, sigmoid.derivative(33.0), rtol=0.1, atol=0),
        f"Right near 0. But at z = 33 it answers {far[1]:.2g}, and the slope there is 4.7e-15. A "
        "measured slope is lost in rounding there. Write the formula.",
    )
    return "It takes z, computes a = σ(z), and returns a(1 − a)."


_OUTPUT_MISTAKES = {
    "temperature": {
        "relu": "The ReLU cannot answer −5 °C: its output is never negative.",
        "sigmoid": "The sigmoid cannot answer 20 °C: its output stays between 0 and 1.",
        "tanh": "tanh cannot answer 20 °C: its output stays between −1 and 1.",
        "softmax": "One output of softmax is always 1, whatever the weather.",
        "step": "The step answers 0 or 1, and nothing else.",
        "leaky_relu": "Leaky ReLU treats frost unlike warmth: one degree there is 0.01 degrees.",
        "elu": "The ELU cannot answer −5 °C: its output stays above −1.",
        "softplus": "Softplus cannot answer −5 °C: its output is never negative.",
        "gelu": "The GELU cannot answer −5 °C: its output stays above −0.18.",
    },
    "spam": {
        "softmax": "Softmax over a single output is always 1.",
        "linear": "A linear output can leave 0 … 1, so it is no probability.",
        "relu": "A ReLU output can exceed 1, so it is no probability.",
        "tanh": "tanh can be negative, so it is no probability.",
        "step": "The step says yes or no, never how sure it is, and has no slope to learn from.",
    },
    "digit": {
        "sigmoid": "Ten sigmoids answer ten separate questions: they need not add up to 1.",
        "linear": "Linear outputs are scores: they need not lie in 0 … 1, nor add up to 1.",
        "relu": "ReLU outputs need not lie in 0 … 1, nor add up to 1.",
        "step": "Several steps may say 1, or none: the ten outputs need not add up to 1.",
    },
    "tags": {
        "softmax": "Softmax shares out 1 among the tags, but several tags may be true at once.",
        "linear": "Linear outputs can leave 0 … 1, so they are no probabilities.",
        "relu": "ReLU outputs can exceed 1, so they are no probabilities.",
        "tanh": "tanh can be negative, so it is no probability.",
        "step": "The step says yes or no, never how sure it is, and has no slope to learn from.",
    },
}
_OUTPUTS = {"temperature": "linear", "spam": "sigmoid", "digit": "softmax", "tags": "sigmoid"}


@exercise
def check_outputs(temperature: Any, spam: Any, digit: Any, tags: Any) -> str:
    """Check the names of the activations chosen for the outputs of four networks."""
    given = {"temperature": temperature, "spam": spam, "digit": digit, "tags": tags}
    for question, answer in given.items():
        name = answer.name if isinstance(answer, Activation) else answer
        known = ", ".join(ACTIVATIONS)
        require(isinstance(name, str), f"{question} has to be a name in quotation marks: {known}.")
        name = name.strip().lower().replace(" ", "_")  # "Leaky ReLU" is meant as well
        require(
            name in ACTIVATIONS, f"{question}: there is no activation {answer!r}. Known: {known}."
        )
        if name != _OUTPUTS[question]:
            why = _OUTPUT_MISTAKES[question].get(name, f"{name} does not fit. Which values occur?")
            raise Mistake(f"{question}: {why}")
    return "The output's range has to be that of the answers."


@exercise
def check_relu_slope(relu_slope: Callable[..., Any]) -> str:
    """Check a function ``relu_slope(z)`` for an array of z; at 0 any slope from 0 to 1 is right."""
    rng = np.random.default_rng(6)
    for n in (3, 2):
        z = np.append(rng.uniform(-3, -0.2, n), rng.uniform(0.2, 3, n))
        z = np.append(rng.permutation(z), 0.0)
        answer = call(relu_slope, z)
        if np.shape(answer) == z.shape and np.array_equal(_not_finite(answer), z == 0):
            raise Mistake(
                "Right but for z = 0, where it is not finite. A corner has no slope, but a program "
                "needs a number: choose any from 0 to 1."
            )
        answer = returned(answer, z.shape)
        away = z != 0
        compare(
            answer[away],
            np.where(z > 0, 1.0, 0.0)[away],
            {
                "This is the ReLU itself; its slope is wanted.": np.maximum(z, 0)[away],
                "The two sides are swapped.": np.where(z > 0, 0.0, 1.0)[away],
                "On the left the ReLU stays at 0: it does not fall.": np.sign(z)[away],
                "This is 1 everywhere, the slope of no activation at all.": np.ones(2 * n),
                "This is 0 everywhere, the slope of the step.": np.zeros(2 * n),
                "On the left this is leaky ReLU.": np.where(z > 0, 1.0, 0.01)[away],
                "This multiplies the slope by z.": (z * (z > 0))[away],
            },
            "Draw max(0, z). How far does it rise for one step to the right, on either side of 0?",
        )
        at_zero = answer[z == 0][0]
        require(0 <= at_zero <= 1, f"At z = 0 it gives {at_zero:.4g}: choose a number from 0 to 1.")
    return f"1 on the right, 0 on the left. At the corner yours is {at_zero:.4g}; nnlib takes 0."


def _not_finite(answer: Any) -> Any:
    try:
        return ~np.isfinite(np.asarray(answer, dtype=float))
    except (TypeError, ValueError):
        return None


@exercise
def check_leaky_relu(leaky_relu: Callable[..., Any]) -> str:
    """Check a function ``leaky_relu(z, slope)`` for an array of z."""
    rng = np.random.default_rng(5)
    for n, slope in ((6, 0.01), (4, 0.3), (5, 1.0), (3, 0.0)):
        z = np.append(rng.uniform(0.5, 3, n) * np.where(np.arange(n) % 2, 1, -1), 0.0)
        answer, right = returned(call(leaky_relu, z, slope), z.shape), np.where(z > 0, z, slope * z)
        require(
            close(answer, right) or not close(answer[:-1], right[:-1]),
            f"Right but at z = 0, where both sides meet: it gives {answer[-1]:.4g} there, not 0.",
        )
        compare(
            answer,
            right,
            {
                "This is the ReLU: nothing leaks for negative z.": np.maximum(z, 0),
                "The two sides are swapped: z stays as it is where it is positive.": np.where(
                    z > 0, slope * z, z
                ),
                "Where z is negative, multiply the slope by z.": AnyOf(
                    [np.where(z > 0, z, slope), np.where(z >= 0, z, slope)]
                ),
                "The sign is flipped on the left: it goes down there.": np.where(
                    z > 0, z, -slope * z
                ),
                "The slope is fixed at 0.01; use the argument.": np.where(z > 0, z, 0.01 * z),
                "This is its slope; the function itself is wanted.": np.where(z > 0, 1, slope),
            },
            "With a slope of 0.1, z = −2 should give −0.2, and z = 3 should give 3.",
        )
    return "A small slope is left for negative z, so the gradient is not 0 there either."


@exercise
def check_softmax(softmax: Callable[..., Any]) -> str:
    """Check a function ``softmax(Z, temperature)``; each row of Z holds the scores of a sample."""
    right = ACTIVATIONS["softmax"]
    rng = np.random.default_rng(8)
    for temperature, shape in ((2.0, (4, 3)), (0.5, (3, 3)), (5.0, (2, 6))):
        Z = rng.uniform(0.5, 3, shape)
        powers = np.exp(Z / temperature)
        compare(
            _rows(softmax, Z, temperature),
            right(Z / temperature),
            {
                "Each column adds up to 1. It should be each row: a row is one sample.": (
                    powers / powers.sum(axis=0)
                ),
                "The whole table adds up to 1. It should be each row.": powers / powers.sum(),
                "The temperature has no effect.": right(Z),
                "Divide the scores by the temperature; here they are multiplied.": (
                    right(Z * temperature)
                ),
                "The temperature comes too late: divide the scores, not the probabilities.": (
                    right(Z) / temperature
                ),
                "These are the powers of e. Make each row add up to 1.": powers,
                "The powers of e are missing: these are shares of the scores themselves.": (
                    Z / Z.sum(axis=1, keepdims=True)
                ),
                "The sign is flipped: the largest score has to come out with the most.": (
                    right(-Z / temperature)
                ),
            },
            "Divide by the temperature, take powers of e, and make each row add up to 1.",
        )
    for temperature in (1.0, 0.5, 2.0, 40.0):
        _require_large_scores(softmax, temperature)
    return "Each row adds up to 1, at any temperature, and no score is too large."


def _require_large_scores(softmax: Callable[..., Any], temperature: float) -> None:
    """Raise `Mistake` unless only the differences of scores count, however large they are."""
    large = np.array([[1000.0, 1001.0, 999.0], [-1000.0, -1002.0, -1001.0]])
    answer = call(softmax, large, temperature)
    lost = np.shape(answer) == large.shape and not np.isfinite(np.asarray(answer, float)).all()
    require(
        not lost or temperature != 1,
        "Right for small scores. With scores near 1000 or −1000 a row is not finite: powers "
        "of e leave what a computer can hold. Section 6 has the remedy; each row needs its own.",
    )
    require(
        not lost,
        f"Right for scores near 1000 at temperature 1. At temperature {temperature:g} a row is not "
        "finite. What is subtracted has to be divided by the temperature as well.",
    )
    require(
        close(returned(answer, large.shape), ACTIVATIONS["softmax"](large / temperature)),
        f"Right for small scores, wrong for scores near 1000 at temperature {temperature:g}: only "
        "differences may count.",
    )


def _rows(softmax: Callable[..., Any], Z: Array, temperature: float) -> Array:
    try:
        return returned(call(softmax, Z, temperature), Z.shape)
    except Mistake as mistake:
        if "broadcast" in str(mistake.__cause__):
            raise Mistake(
                f"{mistake} One number for each row has to stay a column: "
                "`.sum(axis=1, keepdims=True)`."
            ) from None
        raise


@exercise
def check_positive_output(f: Callable[..., Any]) -> str:
    """Check an activation of z: above 0, rising everywhere, smooth, and without an upper limit.

    ``z`` is an array. Every function with these properties is right.
    """
    curve = Curve(f)
    curve.require_positive()
    curve.require_rising()
    curve.require_smooth()
    curve.require_unlimited()
    return "Above 0, rising, smooth, without a limit. Softplus is the usual one; there are others."
