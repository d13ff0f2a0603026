"""Checks of chapter 4, backpropagation."""

from collections.abc import Callable
from typing import Any

import numpy as np

from nnlib.exercises.chapters.bug_symptoms import REASONS, SYMPTOMS
from nnlib.exercises.chapters.gradient_slips import (
    MEASURED_IS_OFF,
    backward_slips,
    require_network_gradient,
    require_not_measured,
)
from nnlib.exercises.checks.calling import call
from nnlib.exercises.checks.checking import exercise
from nnlib.exercises.checks.comparing import AnyOf, compare, require
from nnlib.exercises.checks.given_numbers import parts, returned
from nnlib.exercises.checks.verdict import Mistake, NotAttempted, RightSoFar
from nnlib.mistakes import MISTAKES, UNNAMED


@exercise
def check_numeric_slope(numeric_slope: Callable[..., Any]) -> str:
    """Check ``numeric_slope(function, w, epsilon)``: the slope found by trying on both sides."""
    # An ε so large that the answer tells it: the true slope is another number.
    for function, slope, w, epsilon in (
        (np.sin, np.cos, 0.7, 0.5),
        (np.exp, np.exp, -1.3, 0.2),
        (np.tanh, lambda w: 1 - np.tanh(w) ** 2, 0.4, 0.3),
    ):
        value = returned(call(numeric_slope, function, w, epsilon), ())
        higher, lower = function(w + epsilon), function(w - epsilon)
        expected = (higher - lower) / (2 * epsilon)
        compare(
            value,
            expected,
            {
                "You tried on one side only. Try on both: nearer to the true slope.": AnyOf(
                    [(higher - function(w)) / epsilon, (function(w) - lower) / epsilon]
                ),
                "From w − ε to w + ε is a distance of 2ε; divide by that.": 2 * expected,
                "Divide the difference by the distance 2ε.": higher - lower,
                "`/ 2 * epsilon` divides by 2 and then multiplies by ε. Put the distance in "
                "brackets: / (2 * epsilon).": (higher - lower) / 2 * epsilon,
                "The sign is turned round: higher minus lower.": -expected,
                "epsilon has no effect: this is the slope for a far smaller ε. Try at w − epsilon "
                "and at w + epsilon.": slope(w),
            },
            "Take function(w + epsilon) minus function(w - epsilon), divided by (2 * epsilon).",
        )
    return "It works for any smooth function, and that makes it the judge of every formula."


@exercise
def check_layer_backward(layer_backward: Callable[..., Any]) -> str:
    """Check ``layer_backward(X, W, Z, dA)``: ∂L/∂W, ∂L/∂b and ∂L/∂X of a layer with tanh."""
    rng = np.random.default_rng(4)
    for n_samples, n_in, n_out in ((5, 2, 3), (3, 4, 2)):
        X, W, b = (rng.normal(size=size) for size in ((n_samples, n_in), (n_in, n_out), n_out))
        Z, dA = X @ W + b, rng.normal(size=(n_samples, n_out))
        answer = call(layer_backward, X, W, Z, dA)
        got = parts(answer, {"dW": W.shape, "db": b.shape, "dX": X.shape})
        dZ = dA * (1 - np.tanh(Z) ** 2)
        right = {"dW": X.T @ dZ, "db": dZ.sum(axis=0), "dX": dZ @ W.T}
        slips = backward_slips(X, W, Z, dA)
        for value, (name, expected) in zip(got, right.items(), strict=True):
            compare(
                value,
                expected,
                {f"{name}: {sentence}": wrong[name] for sentence, wrong in slips.items()},
                f"{name} is not right yet. See the table in section 4.",
            )
    return "Three gradients from what arrives; the one for X goes on to the layer below."


@exercise
def check_update(update: Callable[..., Any]) -> str:
    """Check ``update(weights, gradient, learning_rate)``: one step of gradient descent."""
    rng = np.random.default_rng(5)
    for shape, rate in (((2, 3), 0.1), ((4,), 0.3)):
        weights, gradient = rng.normal(size=shape), rng.normal(size=shape)
        answer = call(update, weights, gradient, rate)
        compare(
            returned(answer, shape),
            weights - rate * gradient,
            {
                "This goes up the slope. Subtract: the gradient points to a higher loss.": (
                    weights + rate * gradient
                ),
                "The learning rate is missing.": weights - gradient,
                "This is the change alone; add it to the weights.": -rate * gradient,
                "Every weight has fallen. Leave the gradient its sign: some weights must rise.": (
                    weights - rate * np.abs(gradient)
                ),
                "Only the sign of the gradient counts here. Its size should count as well.": (
                    weights - rate * np.sign(gradient)
                ),
                "The learning rate multiplies, it does not divide.": weights - gradient / rate,
                "Only the gradient is multiplied by the learning rate.": (
                    rate * (weights - gradient)
                ),
            },
            "The new weights are the old ones minus learning_rate * gradient.",
        )
    return "Each weight moves against its own partial derivative, up or down."


@exercise
def check_network_gradient(network_gradient: Callable[..., Any]) -> str:
    """Check ``network_gradient(X, y, W1, b1, W2, b2)``: sigmoids, mean squared error.

    It is to return ∂L/∂W1, ∂L/∂b1, ∂L/∂W2 and ∂L/∂b2. Differences of losses are told from them by
    targets so large that rounding spoils a difference; other exact ways are not told apart.
    """
    rng = np.random.default_rng(6)
    for n_samples, n_hidden, largest_target in ((3, 4, 1.0), (5, 2, 1.0), (4, 3, MEASURED_IS_OFF)):
        X, y = rng.normal(size=(n_samples, 3)), rng.uniform(size=(n_samples, 1)) * largest_target
        W1, b1 = rng.normal(size=(3, n_hidden)), rng.normal(size=n_hidden)
        W2, b2 = rng.normal(size=(n_hidden, 1)), rng.normal(size=1)
        answer = call(network_gradient, X, y, W1, b1, W2, b2)
        shapes = {"dW1": W1.shape, "db1": b1.shape, "dW2": W2.shape, "db2": b2.shape}
        got = dict(zip(shapes, parts(answer, shapes), strict=True))
        if largest_target == 1.0:
            require_network_gradient(got, X, y, W1, b1, W2, b2)
        else:
            require_not_measured(got, X, y, W1, b1, W2, b2)
    return "Every gradient of a network, from one error: that is backpropagation."


@exercise
def check_dead_share(dead_share: Callable[..., Any]) -> str:
    """Check ``dead_share(A)``: the share of units that answer 0 to every row."""
    rng = np.random.default_rng(8)
    for n_samples, n_units, n_dead in ((6, 7, 2), (4, 9, 0), (5, 3, 3), (9, 6, 4)):
        A = np.maximum(0, rng.normal(-0.5, 1, size=(n_samples, n_units)))
        A[0], A[0, -3:] = 0, 0.5  # the first row does not tell who is dead
        A[rng.integers(1, n_samples, n_units), np.arange(n_units)] = 1e-6  # each answers to a row
        A[:, -1] = rng.uniform(0.5, 1, n_samples)  # the last one to every row
        A[:, :n_dead] = 0
        dead = (A == 0).all(axis=0)
        compare(
            returned(call(dead_share, A), ()),
            dead.mean(),
            {
                "This counts zeros. A unit is dead only if it answers 0 to every row.": (
                    (A == 0).mean()
                ),
                "This is the number of dead units; divide it by the number of units.": dead.sum(),
                "Divide by the number of units, not of rows.": dead.sum() / n_samples,
                "This asks for a single 0. Dead is 0 for all rows.": (A == 0).any(axis=0).mean(),
                "This looks at rows. A unit is a column.": (A == 0).all(axis=1).mean(),
                "This is the share that lives.": 1 - dead.mean(),
                "This looks at one row only. A unit that is silent there may answer to another.": (
                    AnyOf((row == 0).mean() for row in A)
                ),
            },
            "A unit is a column of A. It is dead if that whole column is 0.",
        )
    return "Dead for these rows. No gradient reaches such a unit, so it cannot come back by itself."


@exercise
def check_diagnosis(diagnosis: Any) -> str:
    """Check which mistake stands behind each unnamed bug, as in ``{"A": "sign", "B": ...}``."""
    given_one = isinstance(diagnosis, dict) and len(diagnosis) > 0
    require(given_one, "Give a dictionary with a letter and a name, such as {'A': 'sign'}.")
    letters = {str(letter).strip().upper(): given for letter, given in diagnosis.items()}
    known = {letter: _name(letter, given) for letter, given in letters.items() if given is not ...}
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
