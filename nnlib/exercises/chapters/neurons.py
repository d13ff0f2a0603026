"""Checks of chapter 1, neurons."""

from collections.abc import Callable
from typing import Any

import numpy as np

from nnlib.activations import ACTIVATIONS
from nnlib.exercises.chapters.gates import Gate
from nnlib.exercises.checks.calling import call
from nnlib.exercises.checks.checking import exercise
from nnlib.exercises.checks.comparing import close, compare, require
from nnlib.exercises.checks.given_numbers import returned
from nnlib.exercises.checks.verdict import Mistake


@exercise
def check_neuron(neuron: Callable[..., Any]) -> str:
    """Check a function ``neuron(x, weights, bias)`` that returns a = σ(x·w + b) for one row."""
    rng = np.random.default_rng(1)
    sigmoid = ACTIVATIONS["sigmoid"]
    for n_inputs in (2, 3, 5):
        x, weights = rng.normal(size=(2, n_inputs))
        bias = float(rng.choice([-1, 1]) * rng.uniform(0.5, 1.5))
        z = x @ weights + bias
        answer = call(neuron, x, weights, bias)
        compare(
            returned(answer, ()),
            sigmoid(z),
            {
                "The bias is missing.": sigmoid(z - bias),
                "The bias is added once for each input; add it once.": sigmoid(
                    z + (n_inputs - 1) * bias
                ),
                "The bias has the wrong sign: it is added.": sigmoid(z - 2 * bias),
                "This is a mean; a neuron takes the sum.": sigmoid(np.mean(x * weights) + bias),
                "This is z. The activation is missing: return sigmoid(z).": z,
                "This is 1 − σ(z): a sign is flipped in the sigmoid, 1 / (1 + e to the −z).": (
                    sigmoid(-z)
                ),
                "This is the step function of z; use the sigmoid.": float(z > 0),
                "It takes the first two inputs only. There may be any number of them.": (
                    sigmoid(x[:2] @ weights[:2] + bias)
                ),
            },
            "Work it out in two lines: z = the sum of inputs times weights, plus the bias; then "
            "return sigmoid(z).",
        )
    return "A weighted sum, the bias once, then the sigmoid: that is the whole neuron."


@exercise
def check_and_gate(w1: Any, w2: Any, bias: Any) -> str:
    """Check a neuron that answers AND, also where each input is off by up to 0.2."""
    neuron = Gate(weights=(w1, w2), bias=bias)
    neuron.require_table("AND", all, {"OR": any})
    neuron.require_margin(all, noise=0.2)
    return (
        "Each weight alone is too small to lift z over 0; only both together do it, and with "
        "room to spare on both sides of the line."
    )


@exercise
def check_majority(w1: Any, w2: Any, w3: Any, bias: Any) -> str:
    """Check a neuron that answers 1 if at least two of three inputs are 1, each off by 0.1."""
    neuron = Gate(weights=(w1, w2, w3), bias=bias)
    neuron.require_table("at least two", _majority, {"OR of three": any, "AND of three": all})
    neuron.require_margin(_majority, noise=0.1)
    return "No input decides alone, and any two do: a neuron can take a vote."


@exercise
def check_sure_nor(w1: Any, w2: Any, bias: Any) -> str:
    """Check a sigmoid neuron that answers NOR: 0.9 or more for (0, 0), else 0.1 or less."""
    neuron = Gate(weights=(w1, w2), bias=bias)
    neuron.require_table("NOR", _none, {"NAND": _not_all})
    for row, z in neuron.sums.items():
        a = float(ACTIVATIONS["sigmoid"](np.array(z)))
        require(
            z != 0,
            f"{row} lies on the line itself, where the sigmoid gives 0.5. First raise the bias.",
        )
        sure = a >= 0.9 if _none(row) else a <= 0.1
        require(
            sure,
            f"Every row is on the right side, but {row} gives {a:.2f}. What can you do to all "
            "three numbers that leaves the line where it is, and makes every z larger in size?",
        )
    return "Each row is far enough from the line: the larger |z|, the surer the sigmoid."


def _majority(row: tuple[int, ...]) -> bool:
    return sum(row) >= 2


def _not_all(row: tuple[int, ...]) -> bool:
    return not all(row)


def _none(row: tuple[int, ...]) -> bool:
    return not any(row)


@exercise
def check_mean_squared_error(loss: Callable[..., Any]) -> str:
    """Check a function ``loss(a, y)`` that returns the mean of (a − y)² over all rows."""
    rng = np.random.default_rng(2)
    for n_samples in (4, 6):
        a = rng.uniform(0, 1, (n_samples, 1))
        y = np.arange(n_samples).reshape(-1, 1) % 2.0
        error = a - y
        answer = call(loss, a, y)
        if np.shape(answer) == error.shape:
            raise Mistake("There is one number for each row; take their mean.")
        answer = returned(answer, ())
        for name, signed in (("sum", error.sum()), ("mean", error.mean())):
            cancels = f"This is the {name} of the errors: they cancel. Square each error first."
            require(not close(abs(answer), abs(signed)), cancels)
        compare(
            answer,
            np.mean(error**2),
            {
                "The square comes too late: square each error, then take the mean.": (
                    error.mean() ** 2
                ),
                "This is the sum of the squares; take their mean.": np.sum(error**2),
                "This is half of it: no factor ½ in this definition.": np.mean(error**2) / 2,
                "This is the root of it: leave the square.": np.sqrt(np.mean(error**2)),
                "This is the mean of the absolute errors; square them.": np.abs(error).mean(),
                "Here a row has met a column, and each target is compared with each output. Give a "
                "and y the same shape.": np.mean((a.ravel() - y) ** 2),
            },
            "Take the differences a − y, square each one, and take the mean.",
        )
    return "Squares cannot cancel: the loss is 0 only if every row is answered exactly."


@exercise
def check_boundary(boundary: Callable[..., Any]) -> str:
    """Check ``boundary(x1, w1, w2, bias)``: the x₂ at which the line of the neuron passes x₁."""
    rng = np.random.default_rng(11)
    for _ in range(6):
        # of either sign, and no two of one size
        x1, w1, w2, bias = rng.choice([-1, 1], 4) * rng.uniform([4, 0.5, 1, 2], [6, 0.9, 1.8, 3])
        answer = returned(call(boundary, x1, w1, w2, bias), ())
        right = -(w1 * x1 + bias) / w2
        compare(
            answer,
            right,
            {
                "The sign is flipped: what comes to the other side of = changes its sign.": -right,
                "The bias is missing.": -w1 * x1 / w2,
                "The sign of the bias is flipped.": -(w1 * x1 - bias) / w2,
                "The sign of w₁x₁ is flipped.": (w1 * x1 - bias) / w2,
                "Divide by w₂ at the end, and all of it.": -(w1 * x1 + bias),
                "Divide all of it by w₂, the bias as well.": -w1 * x1 / w2 - bias,
                "Divide all of it by w₂, w₁x₁ as well.": -w1 * x1 - bias / w2,
                "w₁ and w₂ are swapped.": -(w2 * x1 + bias) / w1,
                "This is z for x₂ = 0. Which x₂ makes z = 0?": w1 * x1 + bias,
            },
            "Write down w₁x₁ + w₂x₂ + b = 0 and solve it for x₂.",
        )
    return "On this line z = 0: on one side the answer is 1, on the other 0."


@exercise
def check_with_ones(with_ones: Callable[..., Any]) -> str:
    """Check ``with_ones(X)``: X with a last column of ones, so that [w, b] needs no bias."""
    rng = np.random.default_rng(12)
    for n_samples, n_inputs in ((5, 2), (4, 3)):
        X = rng.normal(size=(n_samples, n_inputs))
        answer = call(with_ones, X)
        shape = np.shape(answer)
        require(shape != X.shape, "It has as many columns as before: one has to be added.")
        require(
            shape != (n_samples + 1, n_inputs),
            "Rows and columns are swapped: this adds a row, that is one more sample. "
            "Add a column, one more input for every sample.",
        )
        compare(
            returned(answer, (n_samples, n_inputs + 1)),
            np.column_stack([X, np.ones(n_samples)]),
            {
                "The ones stand in the first column; the bias comes last here.": np.column_stack(
                    [np.ones(n_samples), X]
                ),
                "A column of zeros switches the bias off. Add ones.": np.column_stack(
                    [X, np.zeros(n_samples)]
                ),
            },
            "X has to stay as it is, with one more column on its right, of ones.",
        )
    return "Now X @ [w, b] equals X @ w + b: every bias is the weight of an input of 1."
