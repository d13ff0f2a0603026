"""Predictions and checks of chapter 3, the forward pass."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np

from nnlib.activations import ACTIVATIONS
from nnlib.exercises.checking import Mistake, call, compare, exercise, numbers, require
from nnlib.exercises.questions import Question

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
)


@exercise
def check_parameter_count(count_parameters: Callable[..., Any]) -> str:
    """Check a function ``count_parameters(sizes)`` that counts all weights and biases."""
    for sizes in ([2, 3, 1], [2, 1], [64, 32, 16, 10]):
        pairs = list(pairwise(sizes))
        weights = sum(n_in * n_out for n_in, n_out in pairs)
        biases = sum(n_out for _, n_out in pairs)
        answer = call(count_parameters, sizes)
        compare(
            numbers(answer, (), "what your function returns"),
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
        raise Mistake("This is XOR. Turn the signs of the output weights and bias round.")
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
            numbers(answer, (n_samples, 1), "what your function returns"),
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
