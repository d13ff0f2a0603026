"""Predictions and checks of chapter 3, the forward pass."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np

from nnlib.activations import ACTIVATIONS
from nnlib.exercises.checks.checking import (
    Mistake,
    call,
    compare,
    exercise,
    numbers,
    require,
    returned,
)
from nnlib.exercises.predictions.questions import Question
from nnlib.exercises.predictions.sketch import Sketch

QUESTIONS = (
    Question(
        name="feedforward-shape",
        text=(
            "A batch X of 4 samples with 2 inputs goes into a layer of 3 neurons. "
            "Which shapes do the weights W and the output Z = X W + b have?"
        ),
        options=(
            "W (2, 3) and Z (4, 3)",
            "W (3, 2) and Z (4, 3)",
            "W (4, 3) and Z (2, 3)",
            "W (2, 3) and Z (4, 2)",
        ),
        answer="W (2, 3) and Z (4, 3)",
        why=(
            "W has a row for each input and a column for each neuron: (2, 3). "
            "(4, 2) times (2, 3): the inner 2s agree and vanish, and 4 samples by 3 neurons remain."
        ),
    ),
    Question(
        name="feedforward-hidden-space",
        text=(
            "The hidden layer answers OR and NAND. Draw each row of XOR at the place (OR, NAND). "
            "At how many different places do the four rows stand?"
        ),
        options=("One", "Two", "Three", "Four"),
        answer="Three",
        why=(
            "(0, 0) goes to (0, 1), (1, 1) to (1, 0), and both (0, 1) and (1, 0) to (1, 1). "
            "The two rows that XOR answers with 1 have been brought together: "
            "one line now cuts them off."
        ),
    ),
    Question(
        name="feedforward-parameters",
        text="How many weights and biases has a network 2-4-1: two inputs, four hidden neurons, "
        "one output?",
        options=("7", "12", "13", "17"),
        answer="17",
        why=(
            "Hidden layer: 2·4 weights and 4 biases, 12 in all. Output layer: 4·1 weights and "
            "1 bias, 5 in all. 12 + 5 = 17. Without the biases it would be 12."
        ),
    ),
    Question(
        name="feedforward-one-weight",
        text="In the network 2-3-1 you change one weight: the one from x₁ to h₁. "
        "Which nodes can change their value?",
        options=("All of them", "h₁, h₂ and h₃", "h₁ and ŷ", "ŷ alone"),
        answer="h₁ and ŷ",
        why=(
            "Values flow to the right only. The weight enters h₁, and from h₁ an edge leads to ŷ. "
            "No edge joins h₁ to h₂ or h₃, and none leads back to the inputs. "
            "If x₁ is 0, nothing changes at all: the weight is multiplied by 0."
        ),
    ),
    Question(
        name="feedforward-alike",
        text=(
            "A network 2-3-1 has the weight 0.7 on every edge, and every bias is 0. How many "
            "hidden neurons are enough for a network that gives the same answers?"
        ),
        options=("One", "Two", "Three: none can be left out"),
        answer="One",
        why=(
            "All three hidden neurons have the same weights and see the same inputs: they give the "
            "same a. And 0.7a + 0.7a + 0.7a is 2.1a: one hidden neuron with the weight 2.1 to ŷ "
            "does the same."
        ),
    ),
    Question(
        name="feedforward-second-hinge",
        text=(
            "Two ReLU neurons: the first begins at 0 with the slope +0.5, the second at 2 with "
            "the slope −0.5; b is 0. Up to x = 2 their answer rises to 1. Where is it at x = 5?"
        ),
        options=(),
        sketch=Sketch(
            limits=(0, 6, -2, 3),
            names=("x", "ŷ"),
            given=(("so far", ((0, 0), (2, 1))),),
            outcome=((0, 0), (2, 1), (6, 1)),
        ),
        answer="(5, 1)",
        known_mistakes=(
            (
                "(5, −0.5)",
                "That takes −0.5 as the new slope. It is added to the slope that is there.",
            ),
            ("(5, 2.5)", "That is the first neuron alone."),
            ("(5, −1.5)", "That is the second neuron alone."),
            ("(5, 0)", "The slope is 0 from there on, but the answer has risen to 1 by then."),
        ),
        why=(
            "The first neuron goes on: 0.5·5 = 2.5. The second adds −0.5·(5 − 2) = −1.5. "
            "Together 1. From x = 2 on the slopes add up to 0.5 − 0.5 = 0, and the line is flat."
        ),
    ),
    Question(
        name="feedforward-hinges",
        text=(
            "A network has one input, three hidden neurons with ReLU and a linear output. Drawn "
            "over x, its answer is made of straight pieces. How many can there be, at most?"
        ),
        options=("Two", "Three", "Four", "As many as you like: it can be any curve"),
        answer="Four",
        why=(
            "Each ReLU has one corner, and away from the corners everything is straight. "
            "Three corners part the line into four pieces. More neurons, more pieces."
        ),
    ),
)


@exercise
def check_layer(layer: Callable[..., Any]) -> str:
    """Check ``layer(X, W, b)``: the weighted sums Z of a whole layer, for a batch of samples."""
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
    step = ACTIVATIONS["step"]
    rows = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    hidden = step(rows @ W1 + b1)
    says_one = step(hidden @ W2 + b2).ravel() == 1
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
    first = rows[np.argmax(says_one != same)].tolist()
    require(
        right == 4,
        f"{right} of 4 rows are right. The first wrong one is ({first[0]}, {first[1]}): "
        "its hidden neurons should tell it from the rows with the other answer.",
    )
    return "Two lines, and one neuron that combines their answers."


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
    compare(
        (np.maximum(0, X @ W1 + b1) @ W2 + b2).ravel(),
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
        },
        "Let one hidden neuron see x₁ − x₂ and the other x₂ − x₁. Which is left after the ReLU?",
    )
    return "Two hinges, back to back."
