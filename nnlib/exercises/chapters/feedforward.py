"""Checks of chapter 3, the forward pass."""

from collections.abc import Callable
from itertools import combinations, pairwise
from typing import Any

import numpy as np

from nnlib.activations import ACTIVATIONS
from nnlib.exercises.chapters.gates import answers_one
from nnlib.exercises.checks.calling import call
from nnlib.exercises.checks.checking import exercise
from nnlib.exercises.checks.comparing import compare, require
from nnlib.exercises.checks.given_numbers import numbers, returned
from nnlib.exercises.checks.verdict import Mistake


@exercise
def check_layer(layer: Callable[..., Any]) -> str:
    """Check ``weighted_sums(X, W, b)``: Z of a whole layer, for a batch of samples."""
    rng = np.random.default_rng(1)
    # The square one first: there a wrong order gives numbers, which tell more than an error does.
    for n_samples, n_in, n_out in ((3, 3, 3), (5, 3, 4)):
        X, W = rng.normal(size=(n_samples, n_in)), rng.normal(size=(n_in, n_out))
        b = rng.normal(size=n_out)
        answer = call(layer, X, W, b)
        mistakes = {
            "The bias is missing.": X @ W,
            "The bias is added, not subtracted.": X @ W - b,
            "No activation yet: Z is the weighted sum itself.": ACTIVATIONS["sigmoid"](X @ W + b),
        }
        if n_in == n_out:
            mistakes |= {
                "The weights are turned over (transposed): each column of W is a neuron.": (
                    X @ W.T + b
                ),
                "The order is wrong: the samples X stand on the left.": W @ X + b,
                "`*` multiplies number by number; `@` is the matrix product.": X * W + b,
            }
        compare(
            returned(answer, (n_samples, n_out)),
            X @ W + b,
            mistakes,
            "Row times column: samples X on the left, weights W on the right, then the bias.",
        )
    return "One line for all samples and all neurons at once."


@exercise
def check_parameter_count(count_parameters: Callable[..., Any]) -> str:
    """Check a function ``count_parameters(sizes)`` that counts all weights and biases."""
    for sizes in ([3, 4, 2], [2, 1], [64, 32, 16, 10]):  # the first tells all mistakes apart
        pairs = list(pairwise(sizes))
        weights = sum(n_in * n_out for n_in, n_out in pairs)
        biases = sum(n_out for _, n_out in pairs)
        answer = call(count_parameters, sizes)
        compare(
            returned(answer, ()),
            weights + biases,
            {
                "These are the weights alone; each neuron has a bias too.": weights,
                "These are the neurons. Count the connections and the biases.": sum(sizes),
                "One bias for each layer is too few: each neuron has its own.": (
                    weights + len(pairs)
                ),
                "The inputs are given numbers, not neurons: they have no bias.": (
                    weights + sum(sizes)
                ),
                "These are the biases alone; each connection has a weight too.": biases,
            },
            f"For {sizes} there are {weights} weights and {biases} biases.",
        )
    return "Each layer has (inputs + 1) · neurons numbers; the 1 is the bias."


@exercise
def check_xnor(hidden_weights: Any, hidden_bias: Any, output_weights: Any, output_bias: Any) -> str:
    """Check the nine numbers of a 2-2-1 network with steps: 1 where both inputs are the same."""
    W1 = numbers(hidden_weights, (2, 2), "hidden_weights")
    b1 = numbers(hidden_bias, (2,), "hidden_bias")
    W2 = numbers(output_weights, (2, 1), "output_weights")
    b2 = numbers(output_bias, (1,), "output_bias")
    rows = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    hidden = answers_one(rows @ W1 + b1, np.abs(W1).sum(axis=0) + np.abs(b1))
    says_one = answers_one(hidden @ W2 + b2, np.abs(W2).sum() + np.abs(b2)).ravel()
    same = rows[:, 0] == rows[:, 1]
    if (says_one != same).all():
        raise Mistake(
            "This is XOR. Turn the signs of the output weights and bias round, and see to it that "
            "no sum at the output is 0."
        )
    require(
        (hidden[:, 0] != hidden[:, 1]).any(),
        "Both hidden neurons say the same for every row: that is one line, and XNOR needs two.",
    )
    right = int((says_one == same).sum())
    first = np.argmax(says_one != same)
    require(
        right == 4,
        f"{right} of 4 rows are right. The first wrong one is {_row(rows[first])}: "
        f"{_what_xnor_lacks(rows, hidden, same, first)}",
    )
    return "Two lines, and one neuron that combines their answers."


def _what_xnor_lacks(rows: Any, hidden: Any, same: Any, first: Any) -> str:
    """Say which layer is at fault, and what to do about it."""
    for one, other in combinations(range(4), 2):
        if same[one] != same[other] and (hidden[one] == hidden[other]).all():
            return (
                f"to {_row(rows[one])} and {_row(rows[other])} the hidden neurons say the same, "
                "and the output should not. Draw one of their lines between these two."
            )
    if len(np.unique(hidden, axis=0)) == 4:
        return (
            "the hidden neurons tell all four rows apart, so the output neuron has XNOR itself "
            "before it. Move their lines: the two rows with equal inputs, or the two others, "
            "should get the same answers."
        )
    return (
        f"there the hidden neurons answer {_row(hidden[first])}, which is enough. Choose the "
        "output weights and bias anew, as for a gate with these inputs."
    )


def _row(values: Any) -> str:
    return f"({int(values[0])}, {int(values[1])})"


@exercise
def check_forward_pass(forward_pass: Callable[..., Any]) -> str:
    """Check ``forward_pass(X, W1, b1, W2, b2)``: tanh in the hidden layer, sigmoid at the end."""
    rng = np.random.default_rng(3)
    sigmoid = ACTIVATIONS["sigmoid"]
    for n_samples, n_hidden in ((5, 3), (4, 2)):
        X = rng.normal(size=(n_samples, 2))
        W1, b1 = rng.normal(size=(2, n_hidden)), rng.normal(size=n_hidden)
        W2, b2 = rng.normal(size=(n_hidden, 1)), rng.normal(size=1)
        z = X @ W1 + b1
        answer = call(forward_pass, X, W1, b1, W2, b2)
        if np.shape(answer) == (n_samples, n_hidden):
            raise Mistake("This is the hidden layer. Send it through the output layer too.")
        compare(
            returned(answer, (n_samples, 1)),
            sigmoid(np.tanh(z) @ W2 + b2),
            {
                "The sigmoid at the end is missing: this is z of the last layer.": (
                    np.tanh(z) @ W2 + b2
                ),
                "The hidden layer has no activation: put np.tanh around it.": (
                    sigmoid(z @ W2 + b2)
                ),
                "The hidden layer takes tanh, not the sigmoid.": sigmoid(sigmoid(z) @ W2 + b2),
                "The hidden bias is missing.": sigmoid(np.tanh(X @ W1) @ W2 + b2),
                "The output bias is missing.": sigmoid(np.tanh(z) @ W2),
                "The output layer takes the sigmoid, not tanh.": np.tanh(np.tanh(z) @ W2 + b2),
                "The hidden layer takes tanh, not the ReLU.": (sigmoid(np.maximum(0, z) @ W2 + b2)),
            },
            "Two lines: hidden = tanh of X W1 + b1; then the sigmoid of hidden W2 + b2.",
        )
    return "The output of the first layer is the input of the second: that is all of it."


@exercise
def check_any_depth(forward: Callable[..., Any]) -> str:
    """Check ``forward(X, layers)`` for any number of layers (W, b): tanh, the last one linear."""
    rng = np.random.default_rng(5)
    for sizes in ((3, 4, 2, 1), (2, 2), (1, 5, 5, 5, 2)):
        X = rng.normal(size=(4, sizes[0]))
        layers = [
            (rng.normal(size=(n_in, n_out)), rng.normal(size=n_out))
            for n_in, n_out in pairwise(sizes)
        ]
        *hidden, (W, b) = layers
        a = _through(hidden, X)
        compare(
            returned(call(forward, X, layers), (4, sizes[-1])),
            a @ W + b,
            {
                "The last layer is linear: no tanh around it.": np.tanh(a @ W + b),
                "The hidden layers need their tanh.": _through(layers, X, lambda z: z),
                "The biases are missing.": _through([(W, 0 * b) for W, b in hidden], X) @ W,
                "The last bias is missing.": a @ W,
                "The hidden layers take tanh, not the ReLU.": (
                    _through(hidden, X, lambda z: np.maximum(0, z)) @ W + b
                ),
            },
            f"For the sizes {list(sizes)} the output differs. Each layer takes the output of the "
            "one before; only the last has no tanh.",
        )
    return "A loop is enough, for two layers as for two hundred."


def _through(layers: Any, a: Any, f: Callable[..., Any] = np.tanh) -> Any:
    """Send ``a`` through the layers, each followed by ``f``."""
    for W, b in layers:
        a = f(a @ W + b)
    return a


@exercise
def check_distance(
    hidden_weights: Any, hidden_bias: Any, output_weights: Any, output_bias: Any
) -> str:
    """Check the numbers of a 2-2-1 network, ReLU and linear, that answers |x₁ − x₂|."""
    W1 = numbers(hidden_weights, (2, 2), "hidden_weights")
    b1 = numbers(hidden_bias, (2,), "hidden_bias")
    W2 = numbers(output_weights, (2, 1), "output_weights")
    b2 = numbers(output_bias, (1,), "output_bias")
    X = np.random.default_rng(7).uniform(-3, 3, (200, 2))
    difference = X[:, 0] - X[:, 1]

    def answers(X: Any) -> Any:
        return (np.maximum(0, X @ W1 + b1) @ W2 + b2).ravel()

    compare(
        answers(X),
        np.abs(difference),
        {
            "The sign is flipped: this is −|x₁ − x₂|.": -np.abs(difference),
            "This is x₁ − x₂ itself: its sign is still there.": difference,
            "This is x₂ − x₁ itself: its sign is still there.": -difference,
            "Right where x₁ is the larger; the other half is missing.": np.maximum(0, difference),
            "Right where x₂ is the larger; the other half is missing.": np.maximum(0, -difference),
            "This is |x₁ + x₂|: one of the two weights needs the other sign.": (
                np.abs(X.sum(axis=1))
            ),
            "Twice too large.": 2 * np.abs(difference),
            "The output bias is added to every answer, also where the distance is 0.": (
                np.abs(difference) + b2
            ),
        },
        "Let one hidden neuron see x₁ − x₂ and the other x₂ − x₁. Which is left after the ReLU?",
    )
    for scale in (1e-4, 1e-2, 1e2, 1e4, 1e6):  # a hinge may be misplaced by little, or by much
        off = np.abs(answers(scale * X) - scale * np.abs(difference))
        worst = int(np.argmax(off))
        x1, x2 = np.round(scale * X[worst], 6)
        require(
            off[worst] <= 1e-5 * scale,
            f"Right, but not everywhere: at ({x1:.6g}, {x2:.6g}) it answers "
            f"{answers(scale * X[worst : worst + 1])[0]:.6g}. A hidden bias moves its hinge away "
            "from the line on which x₁ = x₂.",
        )
    return "Two hinges, back to back."
