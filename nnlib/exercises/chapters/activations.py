"""Checks of chapter 2, activations."""

from collections.abc import Callable
from typing import Any

import numpy as np

from nnlib.activations import ACTIVATIONS, Activation
from nnlib.exercises.checks.checking import (
    Mistake,
    call,
    compare,
    exercise,
    numbers,
    require,
    returned,
)


@exercise
def check_collapse(collapse: Callable[..., Any]) -> str:
    """Check a function ``collapse(W1, b1, W2, b2)`` that returns weights and bias of one layer."""
    rng = np.random.default_rng(3)
    for n_in, n_hidden, n_out in ((2, 3, 4), (4, 5, 3)):
        W1, W2 = rng.normal(size=(n_in, n_hidden)), rng.normal(size=(n_hidden, n_out))
        b1, b2 = rng.normal(size=n_hidden), rng.normal(size=n_out)
        answer = call(collapse, W1, b1, W2, b2)
        if not (isinstance(answer, (tuple, list)) and len(answer) == 2):
            raise Mistake("Return two things: `return weights, bias`.")
        weights = numbers(answer[0], (n_in, n_out), "the weights")
        compare(
            weights,
            W1 @ W2,
            {},
            "The weights are not right. Put z₁ = x W₁ + b₁ into z₁ W₂ + b₂ and multiply out.",
        )
        compare(
            numbers(answer[1], (n_out,), "the bias"),
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
    z = np.random.default_rng(4).uniform(-4, 4, 6)
    a = sigmoid(z)
    compare(
        returned(call(derivative, z), z.shape),
        sigmoid.derivative(z),
        {
            "This is z(1 − z): it takes its argument for the output a. Compute a = σ(z) first.": (
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
