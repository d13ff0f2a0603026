"""Checks of a whole network's gradient, and of the units that no gradient reaches."""

from collections.abc import Callable
from typing import Any

import numpy as np

from nnlib.activations import ACTIVATIONS
from nnlib.exercises.checks.checking import call, compare, exercise, numbers, require, returned


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
        _diagnose_gradient(got, X, y, W1, b1, W2, b2)
    return "Every gradient of a network, from one error: that is backpropagation."


def _diagnose_gradient(got: dict[str, Any], *network: Any) -> None:
    """Raise the likeliest mistake, the output layer's first: the hidden layer inherits it."""
    right = _network_gradient(*network)
    slips: dict[str, dict[str, Any]] = {
        "the sign is turned round: the error is output minus target.": {"scale": -1.0},
        "the 2 of the square is missing.": {"scale": 0.5},
        "this is the gradient of a sum; the loss is a mean over the rows.": {
            "scale": float(len(network[0]))
        },
        "the slope is taken of a; σ′ is a function of z.": {"output": "a", "hidden": "a"},
        "the output's slope is taken of a; σ′ is a function of z.": {"output": "a"},
        "the hidden layer's slope is taken of a; σ′ is a function of z.": {"hidden": "a"},
        "the output's slope σ′(z) is missing.": {"output": "none"},
        "the hidden layer's slope σ′(z) is missing.": {"hidden": "none"},
        "both slopes σ′(z) are missing.": {"output": "none", "hidden": "none"},
    }
    wrong = {sentence: _network_gradient(*network, **slip) for sentence, slip in slips.items()}
    for name in ("dW2", "db2", "dW1", "db1"):
        compare(
            got[name],
            right[name],
            {
                **{f"{name}: {sentence}": of[name] for sentence, of in wrong.items()},
                f"{name}: add up over the rows; the 1/n stands in the error already.": (
                    right[name] / len(network[0])
                ),
            },
            f"{name} is not right yet. Compare it with the line for it in section 4.",
        )


def _network_gradient(
    X: Any,
    y: Any,
    W1: Any,
    b1: Any,
    W2: Any,
    b2: Any,
    scale: float = 1.0,
    output: str = "z",
    hidden: str = "z",
) -> dict[str, Any]:
    """Return the four gradients; a slope may be taken of "z", of "a" or left out: "none"."""
    sigmoid = ACTIVATIONS["sigmoid"]
    Z1 = X @ W1 + b1
    A1 = sigmoid(Z1)
    Z2 = A1 @ W2 + b2
    A2 = sigmoid(Z2)

    def slope(which: str, z: Any, a: Any) -> Any:
        return 1.0 if which == "none" else sigmoid.derivative(a if which == "a" else z)

    dZ2 = scale * 2 * (A2 - y) / len(y) * slope(output, Z2, A2)
    dZ1 = dZ2 @ W2.T * slope(hidden, Z1, A1)
    return {"dW1": X.T @ dZ1, "db1": dZ1.sum(axis=0), "dW2": A1.T @ dZ2, "db2": dZ2.sum(axis=0)}


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
