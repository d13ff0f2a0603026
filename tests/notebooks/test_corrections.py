"""What the tutorials say wrongly, each corrected by a cell of chapters 1 to 3.

What a cell shows is computed here once more, without nnlib and without the notebook's own code.
The runs that the tutorials publish are made again in test_published_runs.py; here it is looked up
that the notebooks show those digits.
"""

from pathlib import Path

import nbformat
import numpy as np
import pytest

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def softmax(z):
    return np.exp(z) / np.exp(z).sum()


def rows(*numbers, decimals=2):
    return [f"{number:.{decimals}f}" for number in numbers]


x, w, b = np.array([1, 0, 1]), np.array([2, -3, 0.5]), -1
scores = np.array([1.0, 2.0, 3.0])
wave = np.sin(np.linspace(-np.pi, np.pi, 201))
flats = np.array([[45, 1], [150, 5]])  # the smallest and the largest

# What is wrong → (chapter, cell, what the cell shows)
CORRECTIONS = {
    "C: a neuron is a weighted average": (
        *("01_neurons", "sum-not-average-code"),
        rows(x @ w + b, (x * w).sum() / w.sum()),
    ),
    "C: the bias is added for each input": (
        *("01_neurons", "sum-not-average-code"),
        rows(x @ w + b, sum(x[i] * w[i] + b for i in range(3))),
    ),
    "A, B, C: one neuron learns the pattern": (
        *("01_neurons", "xor-search-code"),
        ["4 of 4 on OR, 3 on XOR"],
    ),
    "the same: two layers do it": ("03_feedforward", "xor-nnlib-code", ["[0., 1., 1., 0.]"]),
    "D: the larger weight counts more": (
        *("01_neurons", "scale-code"),
        [str(2 * np.array([1.6, 1.7, 1.8]))] * 2,
    ),
    "the same, with two inputs": (
        *("03_feedforward", "correction-influence"),
        rows(*((flats[1] - flats[0]) * [0.03, 0.5])),
    ),
    "C: outputs stay between −1 and 1": (
        *("02_activations", "range-code"),
        ["'relu': 10.0", "'leaky_relu': 10.0", "'linear': 10.0"],
    ),
    "C: tanh is better than the sigmoid": (
        *("02_activations", "tanh-code"),
        rows(sigmoid(5) * sigmoid(-5), 1 - np.tanh(5) ** 2, decimals=4),
    ),
    "C: another slope makes a randomised ReLU": (
        *("02_activations", "leaky-code"),
        ["leaky ReLU, 0.2      [-0.4 -0.2  0.   1. ]"],
    ),
    "the same: a learned slope": ("02_activations", "prelu-code", ["0.5000"]),
    "the same: a slope drawn at random": ("02_activations", "rrelu-code", [f"{1 / 5.5:.3f}"]),
    "B: ReLU at the output, for regression": (
        *("02_activations", "output-code"),
        rows(wave.min(), 0, np.mean(np.minimum(wave, 0) ** 2)),
    ),
    "C: the sigmoid for probabilities": (
        *("02_activations", "softmax-code"),
        [*rows(sigmoid(scores).sum(), decimals=3), str(softmax(scores).round(3))],
    ),
    "C: activations are differentiable": (
        *("02_activations", "smooth-slopes-code"),
        ["from the left   0.00  1.00", "from the right  1.00  1.00"],
    ),
    "B: a digit is lost on the page": (
        *("01_neurons", "b-new-code"),
        ["0.99993704", "0.9993704"],
    ),
    "C: progress as a sum of errors": (
        *("01_neurons", "c-progress-code"),
        ["0.00003", "0.129", "0.618, target 0"],
    ),
    "C: the code gives other numbers": (
        *("01_neurons", "c-once"),
        ["2.64321662 2.66226811", "-0.77937434", "7.20642565 7.20667957", "-3.24934367"],
    ),
}

# Published numbers → (chapter, cell, digits)
PUBLISHED = {
    "B's start": ("01_neurons", "b-start", ["-0.16595599 0.44064899 -0.99977125"]),
    "B's weights": ("01_neurons", "b-loop-code", ["9.67299303 -0.20784350 -4.62963669"]),
    "B's output, its bias on": ("01_neurons", "b-bias-code", ["0.99993704", "0.99358931"]),
    "C's first error": ("01_neurons", "c-search-code", ["10010", "-0.00014416771776"]),
    "C's weights": (
        *("01_neurons", "c-published-code"),
        ["7.20642565 7.20667957", "-3.24934367"],
    ),
    "C's outputs": (
        *("01_neurons", "c-published-code"),
        ["0.98123985", "0.99998582", "0.03735048"],
    ),
    "C's missing cells": ("01_neurons", "c-cells-code", ["[4, 5, 7]"]),
}
SHOWN = CORRECTIONS | PUBLISHED


def output_of(notebook: str, cell_id: str) -> str:
    """Return all text that the notebook on the disk shows below a cell."""
    cells = nbformat.read(NOTEBOOKS / f"{notebook}.ipynb", as_version=4).cells
    (cell,) = [cell for cell in cells if cell.id == cell_id]
    texts = [out.get("text") or out.get("data", {}).get("text/plain", "") for out in cell.outputs]
    return "\n".join(texts).replace("−", "-")


@pytest.mark.parametrize("name", SHOWN)
def test_the_cell_shows_it(name):
    notebook, cell, expected = SHOWN[name]
    shown = output_of(notebook, cell)
    for text in expected:
        assert text in shown, shown
        shown = shown.replace(text, "", 1)  # what is expected twice must stand there twice


def test_step_by_step_through_tutorial_d():
    """Its first three steps: sizes, random weights, the forward pass."""
    assert "13" in output_of("03_feedforward", "architecture-code")
    start = np.random.default_rng(0).uniform(-np.sqrt(6 / 5), np.sqrt(6 / 5), (2, 3))
    assert f"{start[0, 0]:.4f}" in output_of("03_feedforward", "initialise-code")
    assert "(4, 2), (4, 3), (4, 1)" in output_of("03_feedforward", "forward-code")
