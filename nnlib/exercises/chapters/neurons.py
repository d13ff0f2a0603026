"""Predictions and checks of chapter 1, neurons."""

from collections.abc import Callable
from typing import Any

import numpy as np

from nnlib.activations import ACTIVATIONS
from nnlib.exercises.chapters.gates import Gate
from nnlib.exercises.checks.checking import (
    Mistake,
    call,
    close,
    compare,
    exercise,
    require,
    returned,
)
from nnlib.exercises.predictions.questions import Question
from nnlib.exercises.predictions.sketch import Sketch

QUESTIONS = (
    Question(
        name="neurons-average",
        text=(
            "The inputs are 1, 0 and 1, the weights 2, −3 and 0.5, the bias −1. "
            "What is z = x·w + b?"
        ),
        options=(),
        answer="1.5",
        known_mistakes=(
            ("0.5", "That is a third of it, an average: nothing is divided."),
            ("-0.5", "That has the bias three times, once for each input."),
            ("2.5", "That is without the bias."),
            ("3.5", "That has the bias with the wrong sign."),
            ("-1.5", "That lets −3 count, but its input is 0."),
            ("-5", "That is what NumPy calls the weighted average: divided by the sum of weights."),
        ),
        why=(
            "2·1 + (−3)·0 + 0.5·1 − 1 = 1.5. It is a sum: nothing is divided by the number of "
            "inputs or by the sum of the weights. And the bias is added once: "
            "adding it for each of the three inputs would give −0.5."
        ),
    ),
    Question(
        name="neurons-weights",
        text=(
            "The neuron has the weights 1 and 1 and the bias −1. Its line, where z = 0, goes "
            "through (0, 1) and (1, 0). You raise w₁ to 3, and nothing else. Draw the new line."
        ),
        options=(),
        sketch=Sketch(
            limits=(-0.6, 1.6, -0.6, 1.6),
            names=("x₁", "x₂"),
            asks_for_line=True,
            given=(("the line now", ((-0.6, 1.6), (1.6, -0.6))),),
            step=0.05,
            ticks=(0.5, 0.5),
        ),
        answer="(0, 1) and (0.5, −0.5)",
        known_mistakes=(
            ("(0, 1) and (1, 0)", "That is the line as it was: w₁ does change it."),
            (
                "(0, 1) and (0.52, 0)",
                "That turns about the right point, (0, 1), but not far enough.",
            ),
            (
                "(0, 1) and (1.5, 0.5)",
                "That turns about the right point, (0, 1), but the other way: with a larger w₁ "
                "less of x₁ is enough to reach z = 0.",
            ),
            (
                "(1, 0) and (0, 0.3333)",
                "That turns about the place on the x₁ axis. There x₂ is 0: it is what w₂ does.",
            ),
            (
                "(0, 0.3333) and (0.3333, 0)",
                "That moves the line parallel to itself. Both weights would do that, or the bias.",
            ),
            (
                "(0.5, 0.5) and (0.6667, 0)",
                "That turns about the middle. The place that stays is where w₁ does not count.",
            ),
        ),
        why=(
            "The line turns about the point where it crosses the x₂ axis. There x₁ is 0, so w₁ "
            "does not count: the line keeps its place at x₂ = 1. On the x₁ axis it crossed at 1, "
            "where 1·1 − 1 = 0; now it crosses at ⅓, where 3·⅓ − 1 = 0."
        ),
    ),
    Question(
        name="neurons-bias",
        text=(
            "Again the weights are 1 and 1 and the bias is −1. Now you raise the bias to 0, and "
            "nothing else. What happens to the line, where z = 0?"
        ),
        options=(
            "It turns, and stays where it crosses the x₁ axis",
            "It moves parallel to itself, towards (0, 0)",
            "It moves parallel to itself, away from (0, 0)",
            "It stays: only the outputs change",
        ),
        answer="It moves parallel to itself, towards (0, 0)",
        why=(
            "The line is x₁ + x₂ + b = 0. The weights set its direction, the bias its place. "
            "With b = −1 it crosses the x₁ axis at 1, with b = 0 at 0: the row (0, 0) now lies "
            "on the line itself, and its output is σ(0) = 0.50. A larger bias makes the neuron "
            "readier to say 1 everywhere."
        ),
    ),
    Question(
        name="neurons-gain",
        text=(
            "The weights are 1 and 1, the bias is −0.5: OR, with the outputs 0.38, 0.62, 0.62 and "
            "0.82. Now z is multiplied by 10 before the sigmoid. What changes?"
        ),
        options=(
            "The line moves towards (0, 0), and the outputs rise",
            "The outputs come closer to 0 and 1; line and answers stay",
            "All outputs rise; one more row is answered 1",
            "Nothing: the sigmoid keeps outputs between 0 and 1",
        ),
        answer="The outputs come closer to 0 and 1; line and answers stay",
        why=(
            "10·z has the sign of z, so the line and the four answers stay. The outputs become "
            "0.01, 0.99, 0.99 and 1.00. A large gain makes a step of the sigmoid; "
            "weights and bias that are ten times as large do the same."
        ),
    ),
    Question(
        name="neurons-xor",
        text="How many of the four rows of XOR can one neuron get right, at best?",
        options=("Two", "Three", "All four, with the right weights", "All four, with a sigmoid"),
        answer="Three",
        why=(
            "One neuron draws one straight line, and no straight line has (0, 1) and (1, 0) on one "
            "side and (0, 0) and (1, 1) on the other. The sigmoid softens the line; it does not "
            "bend it. Two lines do it, and two lines take a hidden layer: chapter 3."
        ),
    ),
    Question(
        name="neurons-signed-errors",
        text=(
            "A neuron answers two rows. Its errors a − y are +0.6 and −0.6. "
            "What does the sum of the errors say about it?"
        ),
        options=(
            "That it is off by 1.2 in all",
            "That it is off by 0.6 a row",
            "The same as about a neuron that makes no error",
            "That its answers are too low",
        ),
        answer="The same as about a neuron that makes no error",
        why=(
            "The sum is 0, and so is the mean: an error upwards hides one downwards. So square "
            "each error first. Squares cannot cancel: their mean is (0.36 + 0.36) / 2 = 0.36."
        ),
    ),
    Question(
        name="neurons-third-input",
        text=(
            "In every training row the third input was 1. Now comes a row that was never seen: "
            "(1, 0, 0). What becomes of the answer when its third input is set to 1, "
            "as in training?"
        ),
        options=(
            "It gets closer to 1",
            "It stays the same: only the first input counts",
            "It falls a little, and is still close to 1",
            "It falls below 0.5",
        ),
        answer="It falls a little, and is still close to 1",
        why=(
            "The third weight is −4.63. With the third input at 0 it does not count: z = 9.67 and "
            "a = 0.9999. With it at 1, z = 9.67 − 4.63 = 5.04 and a = 0.9936. An input "
            "that is always 1 is a bias in disguise, and (1, 0, 0) switches that bias off."
        ),
    ),
    Question(
        name="neurons-disguise",
        text=(
            "The box “w₃ as a bias” takes the third input away, and gives the neuron the bias "
            "b = w₃ = −4.63 instead. Which of the five outputs in the table does it change, "
            "as long as the new row is (1, 0, 0)?"
        ),
        options=(
            "All five",
            "The four of the training rows",
            "That of the new row only",
            "None",
        ),
        answer="That of the new row only",
        why=(
            "In the training rows x₃ was 1, and 1·w₃ = b: their outputs stay. In the new row x₃ "
            "was 0, so w₃ did not count. A bias always counts: 0.9999 becomes 0.9936."
        ),
    ),
    Question(
        name="neurons-run-again",
        text=(
            "The cell with the loop has trained for 10,000 epochs. Now you run it once more, and "
            "nothing else. Which weights do you have then?"
        ),
        options=(
            "Those of 10,000 epochs: the cell is the same",
            "Those of 20,000 epochs: it goes on from the trained weights",
            "Those at the start: the second run undoes the first",
        ),
        answer="Those of 20,000 epochs: it goes on from the trained weights",
        why=(
            "The cell changes weights that another cell has made. The kernel keeps them, and the "
            "page does not show how often a cell has run."
        ),
    ),
    Question(
        name="neurons-ring",
        text="Six discs stand in a ring around one triangle. How many of these seven points can "
        "one neuron get right, at best?",
        options=("Four", "Five", "Six", "All seven"),
        answer="Six",
        why=(
            "If all six discs are on one side of a line, so is everything between them, the "
            "triangle too. Either it is answered wrong, or a disc is. Six is easy: "
            "a large bias answers 1 everywhere."
        ),
    ),
)


@exercise
def check_neuron(neuron: Callable[..., Any]) -> str:
    """Check a function ``neuron(x, weights, bias)`` that returns a = σ(x·w + b) for one row."""
    rng = np.random.default_rng(1)
    sigmoid = ACTIVATIONS["sigmoid"]
    for n_inputs in (2, 3, 5):
        x, weights = rng.uniform(0.5, 2, n_inputs), rng.uniform(-1.5, 1.5, n_inputs)
        bias = float(rng.uniform(0.5, 1.5))
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
            },
            "Take the differences a − y, square each one, and take the mean.",
        )
    return "Squares cannot cancel: the loss is 0 only if every row is answered exactly."


@exercise
def check_boundary(boundary: Callable[..., Any]) -> str:
    """Check ``boundary(x1, w1, w2, bias)``: the x₂ at which the line of the neuron passes x₁."""
    rng = np.random.default_rng(11)
    for _ in range(3):
        x1, w1, w2, bias = rng.uniform(0.5, 3, 4)
        x1, w2 = x1 + 3, w2 + 0.2  # no two of them alike
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
