"""Training with a mistake in it: the same few lines, right or wrong in one place.

A network 2-4-1 of sigmoids on mean squared error, written out in plain NumPy so that each mistake
can be read. Every one of them has been published or asked about more than once.
"""

from dataclasses import dataclass

import numpy as np

from nnlib import datasets
from nnlib._typing import Array
from nnlib.activations import ACTIVATIONS
from nnlib.gradcheck import central_differences

MISTAKES = {
    "none": "none: the right run",
    "slope": "σ′ of a in place of z",
    "bias": "bias never updated",
    "clear": "gradients not cleared",
    "sign": "sign flipped",
    "sum": "sum in place of mean",
    "steps": "bias takes a smaller step",
}
"""Each mistake under its short name. Tutorials A and C have "slope", A has "steps" too; "clear" is
a forgotten ``zero_grad()``."""

UNNAMED = {"A": "clear", "B": "sign", "C": "steps", "D": "slope", "E": "bias", "F": "sum"}
"""The mistakes that a learner is to diagnose from the symptoms."""

HIDDEN = 4
EPOCHS = 400
BIAS_STEP = 0.8  # Tutorial A: 0.04 for the bias, 0.05 for the weights

Parameters = list[Array]  # W⁽¹⁾ (2, 4), b⁽¹⁾ (4,), W⁽²⁾ (4, 1), b⁽²⁾ (1,)
sigmoid = ACTIVATIONS["sigmoid"]


@dataclass(frozen=True, eq=False)
class Run:
    """A training run: for each epoch what it began with, and what it did.

    Attributes
    ----------
    losses : array (epochs,)
        The mean squared error that each epoch began with.
    parameters : list of Parameters
        The weights and biases that each epoch began with, and those after the last.
    used : list of Parameters
        The gradients that each epoch's update used.
    """

    losses: Array
    parameters: list[Parameters]
    used: list[Parameters]


def data() -> tuple[Array, Array]:
    """Return X (40, 2) and y (40, 1): a disc within a ring."""
    return datasets.circles(n_samples=40, seed=0)


def start(seed: int = 0) -> Parameters:
    """Return weights drawn from [−1, 1) and biases of 0."""
    rng = np.random.default_rng(seed)
    W1, W2 = rng.uniform(-1, 1, (2, HIDDEN)), rng.uniform(-1, 1, (HIDDEN, 1))
    return [W1, np.zeros(HIDDEN), W2, np.zeros(1)]


def loss(parameters: Parameters, X: Array, y: Array) -> float:
    """Return the mean squared error of the network."""
    W1, b1, W2, b2 = parameters
    return float(np.mean((sigmoid(sigmoid(X @ W1 + b1) @ W2 + b2) - y) ** 2))


def gradients(parameters: Parameters, X: Array, y: Array, mistake: str = "none") -> Parameters:
    """Return ∂L/∂(each array of parameters), with a mistake if it is one of the backward pass."""
    W1, b1, W2, b2 = parameters
    Z1 = X @ W1 + b1
    A1 = sigmoid(Z1)
    Z2 = A1 @ W2 + b2
    A2 = sigmoid(Z2)

    dA2 = 2 * (A2 - y) / len(y)
    if mistake == "sign":
        dA2 = 2 * (y - A2) / len(y)
    if mistake == "sum":
        dA2 = 2 * (A2 - y)
    at1, at2 = (A1, A2) if mistake == "slope" else (Z1, Z2)
    dZ2 = dA2 * sigmoid.derivative(at2)
    dZ1 = (dZ2 @ W2.T) * sigmoid.derivative(at1)
    return [X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)]


def step_sizes(learning_rate: float, mistake: str = "none") -> list[float]:
    """Return the step for each array of parameters: all alike, unless that is the mistake."""
    bias_step = {"bias": 0.0, "steps": BIAS_STEP * learning_rate}.get(mistake, learning_rate)
    return [learning_rate, bias_step, learning_rate, bias_step]


def train(mistake: str = "none", learning_rate: float = 5.0, seed: int = 0) -> Run:
    """Train for `EPOCHS` epochs on all rows, with or without a mistake.

    Examples
    --------
    >>> run = train("sign", learning_rate=1.0)
    >>> bool(run.losses[-1] > run.losses[0])
    True
    """
    X, y = data()
    parameters, steps = start(seed), step_sizes(learning_rate, mistake)
    used = [np.zeros_like(p) for p in parameters]
    run = Run(np.empty(EPOCHS), [parameters], [])
    for epoch in range(EPOCHS):
        run.losses[epoch] = loss(parameters, X, y)
        fresh = gradients(parameters, X, y, mistake)
        if mistake == "clear":
            used = [old + new for old, new in zip(used, fresh, strict=True)]
        else:
            used = fresh
        parameters = [p - s * g for p, s, g in zip(parameters, steps, used, strict=True)]
        run.used.append(used)
        run.parameters.append(parameters)
    return run


def slopes_by_trying(parameters: Parameters, epsilon: float = 1e-5) -> Parameters:
    """Return the slope of the loss along each number of ``parameters``, tried on both sides."""
    X, y = data()
    tried = [np.array(p) for p in parameters]
    return [central_differences(lambda: loss(tried, X, y), p, epsilon) for p in tried]
