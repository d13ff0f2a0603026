"""Predictions and checks of chapter 1, neurons."""

from collections.abc import Callable
from typing import Any

import numpy as np

from nnlib.activations import ACTIVATIONS
from nnlib.exercises.checking import Mistake, call, close, compare, exercise, numbers, require
from nnlib.exercises.questions import Question

QUESTIONS = (
    Question(
        name="neurons-average",
        text=(
            "The inputs are 1, 0 and 1, the weights 2, −3 and 0.5, the bias −1. "
            "Tutorial C calls what comes next a weighted average. What is z = x·w + b?"
        ),
        options=("−3", "−1", "0.5", "1.5"),
        answer="1.5",
        why=(
            "2·1 + (−3)·0 + 0.5·1 − 1 = 1.5. It is a sum: nothing is divided by the number of "
            "inputs or by the sum of the weights. And the bias is added once: "
            "adding it for each of the three inputs would give −0.5."
        ),
    ),
    Question(
        name="neurons-bias",
        text=(
            "The neuron has the weights 2 and 2 and the bias −1. You raise the bias to 0. "
            "What happens to its line, where z = 0?"
        ),
        options=(
            "It turns, and stays where it crosses the x₁ axis",
            "It moves parallel to itself, towards (0, 0)",
            "It moves parallel to itself, away from (0, 0)",
            "It stays: only the outputs change",
        ),
        answer="It moves parallel to itself, towards (0, 0)",
        why=(
            "The line is 2x₁ + 2x₂ + b = 0. The weights set its direction, the bias its place. "
            "With b = −1 it crosses the x₁ axis at 0.5, with b = 0 at 0: the row (0, 0) now lies "
            "on the line itself, and its output is σ(0) = 0.50. A larger bias makes the neuron "
            "readier to say 1 everywhere."
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
            "Which of these numbers tells you that it is wrong?"
        ),
        options=(
            "The sum of the errors",
            "The mean of the errors",
            "The mean of the squared errors",
            "All three",
        ),
        answer="The mean of the squared errors",
        why=(
            "The sum and the mean of the errors are both 0, as for a perfect neuron: an error "
            "upwards hides one downwards. Squares cannot cancel: the mean squared error is 0.36."
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
            "a = 0.99993704. With it at 1, z = 9.67 − 4.63 = 5.04 and a = 0.99358931. An input "
            "that is always 1 is a bias in disguise, and (1, 0, 0) switches that bias off."
        ),
    ),
    Question(
        name="neurons-run-again",
        text=(
            "You run a cell that trains for 1,000 epochs. Then you run the same cell again, "
            "and nothing else. Which weights do you have?"
        ),
        options=(
            "Those of 1,000 epochs: the cell is the same",
            "Those of 2,000 epochs: it went on from the trained weights",
            "The start weights: the second run undoes the first",
        ),
        answer="Those of 2,000 epochs: it went on from the trained weights",
        why=(
            "The cell changes weights that another cell has made. The kernel keeps them, and the "
            "page does not show how often a cell has run. Choose Kernel → Restart Kernel and Run "
            "All Cells: then what you see is what the code on the page does."
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
            numbers(answer, (), "what your function returns"),
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
    """Check that one neuron with these numbers answers AND: 0.5 or more only for (1, 1)."""
    w1, w2, bias = (
        float(numbers(value, (), name))
        for value, name in ((w1, "w1"), (w2, "w2"), (bias, "the bias"))
    )
    z = {(x1, x2): w1 * x1 + w2 * x2 + bias for x1 in (0, 1) for x2 in (0, 1)}
    says_one = {row: value >= 0 for row, value in z.items()}
    if all(says_one[row] == any(row) for row in z):
        raise Mistake("This is OR: one input is enough. Lower the bias.")
    if all(says_one[row] != all(row) for row in z):
        raise Mistake("Every row is answered the wrong way round: all the signs are flipped.")
    require(not all(says_one.values()), "It answers 1 for every row. Lower the bias, below 0.")
    require(any(says_one.values()), "It answers 0 for every row. Raise the bias or the weights.")
    wrong = [row for row in z if says_one[row] != all(row)]
    if wrong:
        raise Mistake(f"The row {wrong[0]} is answered wrong.")
    return "Each weight alone is too small to lift z over 0; only both together do it."


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
        answer = numbers(answer, (), "what your function returns")
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
