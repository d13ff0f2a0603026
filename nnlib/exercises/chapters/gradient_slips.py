"""What a learner's gradients would be after a usual slip."""

from typing import Any

import numpy as np

from nnlib.activations import ACTIVATIONS
from nnlib.exercises.checks.comparing import close, compare, require

# With targets of this size the loss is so large beside its slopes that rounding drowns the
# difference of two losses, whatever the distance between them; a product of slopes stays exact.
MEASURED_IS_OFF = 1e12


def backward_slips(X: Any, W: Any, Z: Any, dA: Any) -> dict[str, dict[str, Any]]:
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


def require_network_gradient(got: dict[str, Any], *network: Any) -> None:
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
        "(ŷ − y)/n is the δ of cross-entropy. The squared error has a 2, and σ′(z) stays.": {
            "scale": 0.5,
            "output": "none",
        },
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


def require_not_measured(got: dict[str, Any], *network: Any) -> None:
    """Raise `Mistake` if the gradients are differences of losses, which rounding spoils here."""
    right = _network_gradient(*network)
    require(
        all(close(got[name], right[name]) for name in right),
        "Right for small errors, but not for targets near 10¹². Gradients found by trying fail "
        "there: the difference of two large losses is lost in rounding. Backpropagation tries "
        "nothing: multiply the slopes of all links.",
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
