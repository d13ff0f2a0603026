"""Checks of chapter 4, backpropagation."""

from collections.abc import Callable
from typing import Any

import numpy as np

from nnlib.exercises.checks.checking import (
    Mistake,
    call,
    close,
    compare,
    exercise,
    numbers,
    require,
    returned,
)


@exercise
def check_numeric_slope(numeric_slope: Callable[..., Any]) -> str:
    """Check ``numeric_slope(function, w, epsilon)``: the slope found by trying on both sides."""
    for function, w in ((np.sin, 0.7), (np.exp, -1.3)):
        answer = call(numeric_slope, function, w, 1e-3)
        value = returned(answer, ())
        expected = (function(w + 1e-3) - function(w - 1e-3)) / 2e-3
        one_sided = (function(w + 1e-3) - function(w)) / 1e-3
        compare(
            value,
            expected,
            {
                "You tried on one side only. Try on both: nearer to the true slope.": one_sided,
                "From w − ε to w + ε is a distance of 2ε; divide by that.": 2 * expected,
                "Divide the difference by the distance 2ε.": 2e-3 * expected,
                "The sign is turned round: higher minus lower.": -expected,
            },
            "Take function(w + epsilon) minus function(w - epsilon), divided by 2 * epsilon.",
        )
    return "It works for any smooth function, and that makes it the judge of every formula."


@exercise
def check_layer_backward(layer_backward: Callable[..., Any]) -> str:
    """Check ``layer_backward(X, W, Z, dA)``: ∂L/∂W, ∂L/∂b and ∂L/∂X of a layer with tanh."""
    rng = np.random.default_rng(4)
    X, W, b = rng.normal(size=(5, 2)), rng.normal(size=(2, 3)), rng.normal(size=3)
    Z, dA = X @ W + b, rng.normal(size=(5, 3))
    answer = call(layer_backward, X, W, Z, dA)
    require(
        isinstance(answer, tuple | list) and len(answer) == 3,
        "Return three arrays, in this order: dW, db, dX.",
    )
    dZ = dA * (1 - np.tanh(Z) ** 2)
    parts = (("dW", W.shape), ("db", b.shape), ("dX", X.shape))
    dW, db, dX = (
        numbers(part, shape, name) for part, (name, shape) in zip(answer, parts, strict=True)
    )
    slips = _backward_slips(X, W, Z, dA)
    for name, value, right in (("dW", dW, X.T @ dZ), ("db", db, dZ.sum(0)), ("dX", dX, dZ @ W.T)):
        for sentence, wrong in slips.items():
            if close(value, wrong[name]) and not close(value, right):
                raise Mistake(f"{name}: {sentence}")
        compare(value, right, {}, f"{name} is not right yet. See the table in section 4.")
    return "Three gradients from what arrives; the one for X goes on to the layer below."


def _backward_slips(X: Any, W: Any, Z: Any, dA: Any) -> dict[str, dict[str, Any]]:
    """Return the three gradients after each known mistake in δ, under the mistake's sentence."""
    deltas = {
        "the slope of tanh is missing: multiply dA by 1 − tanh².": dA,
        "the slope is 1 − tanh², so the square is missing.": dA * (1 - np.tanh(Z)),
        "this takes tanh itself for its slope, which is 1 − tanh².": dA * np.tanh(Z),
        "the slope is taken at A; it is a function of Z.": dA * (1 - np.tanh(np.tanh(Z)) ** 2),
    }
    slips = {
        sentence: {"dW": X.T @ dZ, "db": dZ.sum(axis=0), "dX": dZ @ W.T}
        for sentence, dZ in deltas.items()
    }
    dZ = dA * (1 - np.tanh(Z) ** 2)
    mean = {"dW": X.T @ dZ / len(X), "db": dZ.mean(axis=0), "dX": dZ @ W.T / len(X)}
    return {
        **slips,
        "add up over the rows; the 1/n stands in the gradient of the loss already.": mean,
    }


@exercise
def check_update(update: Callable[..., Any]) -> str:
    """Check ``update(weights, gradient, learning_rate)``: one step of gradient descent."""
    rng = np.random.default_rng(5)
    weights, gradient = rng.normal(size=(2, 3)), rng.normal(size=(2, 3))
    given: list[Any] = []

    def watched(weights: Any, gradient: Any, learning_rate: float) -> Any:
        given.append(weights)
        return update(weights, gradient, learning_rate)

    answer = call(watched if callable(update) else update, weights, gradient, 0.1)
    compare(
        returned(answer, weights.shape),
        weights - 0.1 * gradient,
        {
            "This goes up the slope. Subtract: the gradient points to a higher loss.": (
                weights + 0.1 * gradient
            ),
            "The learning rate is missing.": weights - gradient,
            "This is the change alone; add it to the weights.": -0.1 * gradient,
            "Every weight has fallen. Leave the gradient its sign: some weights must rise.": (
                weights - 0.1 * np.abs(gradient)
            ),
            "The learning rate multiplies, it does not divide.": weights - gradient / 0.1,
            "Only the gradient is multiplied by the learning rate.": 0.1 * (weights - gradient),
        },
        "The new weights are the old ones minus learning_rate * gradient.",
    )
    require(
        close(given[0], weights),
        "The numbers are right, but the old weights were changed as well: "
        "write weights - …, not weights -= ….",
    )
    return "Each weight moves against its own partial derivative, up or down."
