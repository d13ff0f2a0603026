"""Checks of chapter 4, backpropagation."""

from collections.abc import Callable
from typing import Any

import numpy as np

from nnlib.exercises.chapters.bug_symptoms import REASONS, SYMPTOMS
from nnlib.exercises.chapters.gradient_slips import backward_slips, require_network_gradient
from nnlib.exercises.checks.checking import (
    Mistake,
    NotAttempted,
    RightSoFar,
    call,
    close,
    compare,
    exercise,
    numbers,
    require,
    returned,
)
from nnlib.mistakes import MISTAKES, UNNAMED


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
    slips = backward_slips(X, W, Z, dA)
    for name, value, right in (("dW", dW, X.T @ dZ), ("db", db, dZ.sum(0)), ("dX", dX, dZ @ W.T)):
        for sentence, wrong in slips.items():
            if close(value, wrong[name]) and not close(value, right):
                raise Mistake(f"{name}: {sentence}")
        compare(value, right, {}, f"{name} is not right yet. See the table in section 4.")
    return "Three gradients from what arrives; the one for X goes on to the layer below."


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


@exercise
def check_network_gradient(network_gradient: Callable[..., Any]) -> str:
    """Check ``network_gradient(X, y, W1, b1, W2, b2)``: sigmoids, mean squared error.

    It is to return ∂L/∂W1, ∂L/∂b1, ∂L/∂W2 and ∂L/∂b2.
    """
    rng = np.random.default_rng(6)
    for n_samples, n_hidden in ((3, 4), (5, 2)):
        X, y = rng.normal(size=(n_samples, 3)), rng.uniform(size=(n_samples, 1))
        W1, b1 = rng.normal(size=(3, n_hidden)), rng.normal(size=n_hidden)
        W2, b2 = rng.normal(size=(n_hidden, 1)), rng.normal(size=1)
        answer = call(network_gradient, X, y, W1, b1, W2, b2)
        require(
            isinstance(answer, tuple | list) and len(answer) == 4,
            "Return four arrays, in this order: dW1, db1, dW2, db2.",
        )
        parameters = {"dW1": W1, "db1": b1, "dW2": W2, "db2": b2}
        got = {
            name: numbers(part, like.shape, name)
            for part, (name, like) in zip(answer, parameters.items(), strict=True)
        }
        require_network_gradient(got, X, y, W1, b1, W2, b2)
    return "Every gradient of a network, from one error: that is backpropagation."


@exercise
def check_dead_share(dead_share: Callable[..., Any]) -> str:
    """Check ``dead_share(A)``: the share of units that answer 0 to every row."""
    rng = np.random.default_rng(8)
    for n_samples, n_units, n_dead in ((6, 5, 2), (4, 8, 0), (5, 3, 3)):
        A = np.maximum(0, rng.normal(size=(n_samples, n_units)))
        A[0] += 0.1  # every unit lives on the first row, before some are made to die
        A[:, :n_dead] = 0
        A[-1, -1] = 0 if n_dead < n_units else A[-1, -1]
        dead = (A == 0).all(axis=0)
        compare(
            returned(call(dead_share, A), ()),
            dead.mean(),
            {
                "This counts zeros. A unit is dead only if it answers 0 to every row.": (
                    (A == 0).mean()
                ),
                "This is the number of dead units; divide it by the number of units.": dead.sum(),
                "This asks for a single 0. Dead is 0 for all rows.": (A == 0).any(axis=0).mean(),
                "This looks at rows. A unit is a column.": (A == 0).all(axis=1).mean(),
                "This is the share that lives.": 1 - dead.mean(),
            },
            "A unit is a column of A. It is dead if that whole column is 0.",
        )
    return "Dead for these rows. No gradient reaches such a unit, so it cannot come back by itself."


@exercise
def check_diagnosis(diagnosis: Any) -> str:
    """Check which mistake stands behind each unnamed bug, as in ``{"A": "sign", "B": ...}``."""
    given_one = isinstance(diagnosis, dict) and len(diagnosis) > 0
    require(given_one, "Give a dictionary with a letter and a name, such as {'A': 'sign'}.")
    known = {
        letter: _name(letter, given) for letter, given in diagnosis.items() if given is not ...
    }
    if not known:
        raise NotAttempted
    right = [letter for letter, name in known.items() if UNNAMED[letter] == name]
    for letter, name in known.items():
        if letter not in right:
            raise Mistake(
                f"{_found(right)}{letter} is not {name!r}: if it were, {SYMPTOMS[name]}. "
                f"Look at {letter} again."
            )
    found = " ".join(f"{letter}: {REASONS[UNNAMED[letter]]}." for letter in right)
    missing = [letter for letter in UNNAMED if letter not in known]
    if missing:
        return RightSoFar(f"{found} Still to be found: {', '.join(missing)}.")
    return found


def _name(letter: str, given: Any) -> str:
    """Return the short name of a mistake that the learner has given for a letter."""
    require(letter in UNNAMED, f"There is no bug {letter}; there are {', '.join(UNNAMED)}.")
    name = str(given).strip().lower()
    require(
        name in MISTAKES,
        f"For {letter} choose one of the short names: "
        + ", ".join(repr(known) for known in MISTAKES if known != "none")
        + ".",
    )
    return name


def _found(right: list[str]) -> str:
    return f"Right so far: {', '.join(right)}. " if right else ""
