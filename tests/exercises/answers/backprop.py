"""Answers to the exercises of chapter 4."""

import numpy as np
from answers.table import UNNAMED, Answers

from nnlib import ACTIVATIONS, Network, exercises

sigmoid = ACTIVATIONS["sigmoid"]

# --- a slope by trying -------------------------------------------------------------------------


def central(f, w, e):
    return (f(w + e) - f(w - e)) / (2 * e)


numeric_slope = Answers(
    exercises.check_numeric_slope,
    right={
        "both sides": central,
        "two slopes": lambda f, w, e: ((f(w + e) - f(w)) / e + (f(w) - f(w - e)) / e) / 2,
        "an array": lambda f, w, e: np.diff(f(np.array([w - e, w + e]))) / (2 * e),
        "a default": lambda f, w, epsilon=1e-6: central(f, w, epsilon),
        "the other way": lambda f, w, e: central(f, w, -e),
        "a line through": lambda f, w, e: np.polyfit([w - e, w + e], [f(w - e), f(w + e)], 1)[0],
    },
    wrong={
        "ahead": (lambda f, w, e: (f(w + e) - f(w)) / e, "one side"),
        "behind": (lambda f, w, e: (f(w) - f(w - e)) / e, "one side"),
        "a distance of ε": (lambda f, w, e: (f(w + e) - f(w - e)) / e, "distance of 2ε"),
        "not divided": (lambda f, w, e: f(w + e) - f(w - e), "Divide"),
        "/2*epsilon": (lambda f, w, e: (f(w + e) - f(w - e)) / 2 * e, "brackets: / (2 * epsilon)"),
        "a sign": (lambda f, w, e: (f(w - e) - f(w + e)) / (2 * e), "sign"),
        "no epsilon": (lambda f, w, e: central(f, w, 1e-6), "epsilon has no effect"),
        "its own epsilon": (lambda f, w, e: central(f, w, 1e-3), "epsilon has no effect"),
        "a relative epsilon": (lambda f, w, e: central(f, w, e * abs(w)), UNNAMED),
        "zero": (lambda f, w, e: 0.0, "minus"),
        "cos": (lambda f, w, e: np.cos(w), UNNAMED),
        "the function": (lambda f, w, e: f(w), "minus"),
    },
    harmless=("changes what it is given",),
)

# --- backward through one layer ----------------------------------------------------------------


def backward(delta):
    """The backward pass of a layer with another δ."""

    def layer_backward(X, W, Z, dA):
        dZ = delta(Z, dA)
        return X.T @ dZ, dZ.sum(axis=0), dZ @ W.T

    return layer_backward


def right_delta(Z, dA):
    return dA * (1 - np.tanh(Z) ** 2)


layer_backward = backward(right_delta)


def backward_in_place(X, W, Z, dA):
    dA *= 1 - np.tanh(Z) ** 2
    return X.T @ dA, dA.sum(axis=0), dA @ W.T


def backward_row_by_row(X, W, Z, dA):
    dW, db, dX = np.zeros(W.shape), np.zeros(W.shape[1]), []
    for x, z, da in zip(X, Z, dA, strict=True):
        dz = da * (1 - np.tanh(z) ** 2)
        dW += np.outer(x, dz)
        db += dz
        dX.append(W @ dz)
    return dW, db, dX


def handed_over(change):
    return lambda *given: change(*layer_backward(*given))


layer_backward_answers = Answers(
    exercises.check_layer_backward,
    right={
        "three lines": layer_backward,
        "row by row": backward_row_by_row,
        "cosh": backward(lambda Z, dA: dA / np.cosh(Z) ** 2),
        "a row of biases": handed_over(lambda dW, db, dX: (dW, db[None], dX)),
        "a list": handed_over(lambda dW, db, dX: [dW, db, dX]),
        "(1 − a)(1 + a)": backward(lambda Z, dA: dA * (1 - np.tanh(Z)) * (1 + np.tanh(Z))),
    },
    wrong={
        "no slope": (backward(lambda Z, dA: dA), "slope of tanh is missing"),
        "no square": (backward(lambda Z, dA: dA * (1 - np.tanh(Z))), "square"),
        "tanh": (backward(lambda Z, dA: dA * np.tanh(Z)), "tanh itself"),
        "at A": (backward(lambda Z, dA: right_delta(np.tanh(Z), dA)), "function of Z"),
        "a mean": (backward(lambda Z, dA: right_delta(Z, dA) / len(Z)), "add up over the rows"),
        "plus 1": (backward(lambda Z, dA: dA + 1), "dW is not right yet"),
        "the bias averaged": (
            lambda X, W, Z, dA: handed_over(lambda dW, db, dX: (dW, db / len(X), dX))(X, W, Z, dA),
            "db: add up over the rows",
        ),
        "nothing turned over": (lambda X, W, Z, dA: (X @ dA, dA.sum(0), dA @ W), "over: .T"),
        "one thing": (lambda X, W, Z, dA: dA, "three arrays"),
        "another order": (handed_over(lambda dW, db, dX: (dX, dW, db)), "in another order"),
        "dW turned over": (handed_over(lambda dW, db, dX: (dW.T, db, dX)), "Rows and columns"),
        "db as dZ": (handed_over(lambda dW, db, dX: (dW, dX, dX)), "db came out as"),
        "in place": (backward_in_place, "Your function changes dA"),
    },
)

# --- an update ---------------------------------------------------------------------------------


def update_in_place(weights, gradient, learning_rate):
    weights -= learning_rate * gradient
    return weights


update = Answers(
    exercises.check_update,
    right={
        "weights − ηg": lambda w, g, r: w - r * g,
        "a copy changed": lambda w, g, r: update_in_place(w.copy(), g, r),
        "np.subtract": lambda w, g, r: np.subtract(w, np.multiply(g, r)),
        "plus a negative": lambda w, g, r: w + g * -r,
        "a default": lambda w, g, learning_rate=1.0: w - learning_rate * g,
        "a loop": lambda w, g, r: np.array(
            [a - r * b for a, b in zip(w.flat, g.flat, strict=True)]
        ).reshape(w.shape),
    },
    wrong={
        "uphill": (lambda w, g, r: w + r * g, "up the slope"),
        "no rate": (lambda w, g, r: w - g, "learning rate is missing"),
        "its own rate": (lambda w, g, r: w - 0.1 * g, UNNAMED),
        "the change": (lambda w, g, r: -r * g, "change alone"),
        "without signs": (lambda w, g, r: w - r * np.abs(g), "Every weight has fallen"),
        "signs alone": (lambda w, g, r: w - r * np.sign(g), "Its size should count"),
        "divided": (lambda w, g, r: w - g / r, "multiplies"),
        "both multiplied": (lambda w, g, r: r * (w - g), "Only the gradient"),
        "nothing done": (lambda w, g, r: w, "minus"),
        "in place": (update_in_place, "Your function changes weights"),
        "the mean": (lambda w, g, r: w - r * g.mean(), "minus"),
    },
)

# --- a whole network ---------------------------------------------------------------------------


def slope_of_z(z, a):
    return sigmoid.derivative(z)


def slope_of_a(z, a):
    return sigmoid.derivative(a)


def no_slope(z, a):
    return 1.0


def gradient(error=lambda a, y: 2 * (a - y) / len(y), output=slope_of_z, hidden=slope_of_z):
    """The gradients of the network, right as they stand; each argument puts in a mistake."""

    def network_gradient(X, y, W1, b1, W2, b2):
        Z1 = X @ W1 + b1
        A1 = sigmoid(Z1)
        Z2 = A1 @ W2 + b2
        A2 = sigmoid(Z2)
        dZ2 = error(A2, y) * output(Z2, A2)
        dZ1 = dZ2 @ W2.T * hidden(Z1, A1)
        return X.T @ dZ1, dZ1.sum(axis=0), A1.T @ dZ2, dZ2.sum(axis=0)

    return network_gradient


def given_as(change):
    return lambda *given: change(*gradient()(*given))


def loss_of(X, y, W1, b1, W2, b2):
    return np.mean((sigmoid(sigmoid(X @ W1 + b1) @ W2 + b2) - y) ** 2)


def measured(epsilon):
    """Every slope found by trying: right to many digits, but not backpropagation."""

    def network_gradient(X, y, *parameters):
        found = []
        for parameter in parameters:
            slopes = np.zeros(parameter.shape)
            for place in np.ndindex(parameter.shape):
                losses = []
                for step in (epsilon, -epsilon):
                    there = [np.copy(p) for p in parameters]
                    next(t for t, p in zip(there, parameters, strict=True) if p is parameter)[
                        place
                    ] += step
                    losses.append(loss_of(X, y, *there))
                slopes[place] = (losses[0] - losses[1]) / (2 * epsilon)
            found.append(slopes)
        return found

    return network_gradient


def by_nnlib(X, y, W1, b1, W2, b2):
    network = Network([3, len(b1), 1], hidden="sigmoid")
    network.parameters = np.concatenate([W1.ravel(), b1, W2.ravel(), b2])
    network.loss_and_gradient(X, y, "mean_squared_error")
    return [
        part for layer in network.layers for part in (layer.weights_gradient, layer.bias_gradient)
    ]


def row_by_row(X, y, *parameters):
    each = [gradient()(x[None], target[None], *parameters) for x, target in zip(X, y, strict=True)]
    return [sum(parts) / len(X) for parts in zip(*each, strict=True)]


network_gradient = Answers(
    exercises.check_network_gradient,
    right={
        "section 4": gradient(),
        "a(1 − a)": gradient(output=lambda z, a: a * (1 - a), hidden=lambda z, a: a * (1 - a)),
        "a network of nnlib": by_nnlib,
        "row by row": row_by_row,
        "rows and columns of biases": given_as(lambda a, b, c, d: (a, b[None], c.ravel(), d[0])),
        "a list": given_as(lambda *parts: list(parts)),
    },
    wrong={
        "measured": (measured(1e-6), "Gradients found by trying fail there"),
        "measured at 10⁻³": (measured(1e-3), "Gradients found by trying fail there"),
        "measured at 10⁻⁴": (measured(1e-4), "Gradients found by trying fail there"),
        "target − output": (gradient(lambda a, y: 2 * (y - a) / len(y)), "dW2: the sign"),
        "no 2": (gradient(lambda a, y: (a - y) / len(y)), "the 2 of the square"),
        "a sum": (gradient(lambda a, y: 2 * (a - y)), "gradient of a sum"),
        "δ of cross-entropy": (
            gradient(lambda a, y: (a - y) / len(y), no_slope),
            "dW2: (ŷ − y)/n is the δ of cross-entropy",
        ),
        "both slopes of a": (gradient(output=slope_of_a, hidden=slope_of_a), "taken of a"),
        "a slope of a": (gradient(output=slope_of_a), "slope is taken of a"),
        "a hidden slope of a": (
            gradient(hidden=slope_of_a),
            "dW1: the hidden layer's slope is taken of a",
        ),
        "no slope": (gradient(output=no_slope), "slope σ′(z) is missing"),
        "no hidden slope": (gradient(hidden=no_slope), "dW1: the hidden layer's slope σ′(z)"),
        "the loss": (gradient(lambda a, y: (a - y) ** 2), "dW2 is not right yet"),
        "dW1 turned over": (given_as(lambda a, b, c, d: (a.T, b, c, d)), "swapped in dW1"),
        "b1 averaged": (given_as(lambda a, b, c, d: (a, b / 3, c, d)), "db1: add up over the rows"),
        "three of four": (given_as(lambda a, b, c, d: (a, b, c)), "four arrays"),
        "another order": (given_as(lambda a, b, c, d: (c, d, a, b)), "in another order"),
    },
)

# --- dead units --------------------------------------------------------------------------------

dead_share = Answers(
    exercises.check_dead_share,
    right={
        "all": lambda A: (A == 0).all(axis=0).mean(),
        "the largest": lambda A: np.mean(A.max(axis=0) == 0),
        "a loop": lambda A: sum(1 for unit in A.T if not unit.any()) / A.shape[1],
        "sums": lambda A: (A.sum(axis=0) == 0).sum() / A.shape[1],
        "counted": lambda A: 1 - np.count_nonzero(A.any(axis=0)) / len(A[0]),
        "shares added up": lambda A: 1 - sum(1 / len(A.T) for unit in A.T if unit.any()),
        "norms": lambda A: [np.mean(np.linalg.norm(A, axis=0) == 0)],
    },
    wrong={
        "zeros": (lambda A: (A == 0).mean(), "counts zeros"),
        "a number": (lambda A: (A == 0).all(axis=0).sum(), "divide it"),
        "the first row": (lambda A: (A[0] == 0).mean(), "looks at one row only"),
        "the last row": (lambda A: (A[-1] == 0).mean(), "looks at one row only"),
        "any": (lambda A: (A == 0).any(axis=0).mean(), "a single 0"),
        "rows": (lambda A: (A == 0).all(axis=1).mean(), "looks at rows"),
        "the living": (lambda A: 1 - (A == 0).all(axis=0).mean(), "that lives"),
        "divided by rows": (lambda A: (A == 0).all(axis=0).sum() / len(A), "not of rows"),
        "almost dead": (lambda A: (A.mean(axis=0) < 0.01).mean(), UNNAMED),
        "below a ten thousandth": (lambda A: (A < 1e-4).all(axis=0).mean(), UNNAMED),
        "rounded": (lambda A: (A.round(2) == 0).all(axis=0).mean(), UNNAMED),
        "a constant": (lambda A: 0.123, "whole column"),
    },
)

# --- six patients ------------------------------------------------------------------------------

FOUND = {"A": "clear", "B": "sign", "C": "steps", "D": "slope", "E": "bias", "F": "sum"}
BUGS = ("slope", "bias", "clear", "sign", "sum", "steps")

diagnosis = Answers(
    exercises.check_diagnosis,
    right={
        "in order": (FOUND,),
        "backwards": (dict(reversed(FOUND.items())),),
        "capitals and spaces": ({letter: f" {name.upper()} " for letter, name in FOUND.items()},),
        "small letters": ({letter.lower(): name for letter, name in FOUND.items()},),
        "one at a time": ({"B": "sign", "A": ...},),
        "zip": (dict(zip("ABCDEF", FOUND.values(), strict=True)),),
    },
    wrong={
        **{f"{name} for all": (dict.fromkeys("ABCDEF", name), "Look at ") for name in BUGS},
        "two swapped": ({**FOUND, "C": "bias", "E": "steps"}, "C is not 'bias': if it were"),
        "no bug": ({"A": "none"}, "A is not 'none'"),
        "a name of one's own": ({"A": "zero"}, "choose one of the short names"),
        "no such letter": ({**FOUND, "G": "sum"}, "There is no bug G"),
        "a list": (list(FOUND.values()), "Give a dictionary"),
        "nothing": ({}, "Give a dictionary"),
    },
)

TABLE = [
    numeric_slope,
    layer_backward_answers,
    update,
    network_gradient,
    dead_share,
    diagnosis,
]
