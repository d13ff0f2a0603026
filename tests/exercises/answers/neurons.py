"""Answers to the exercises of "Start here" and of chapter 1."""

import math
from functools import partial

import numpy as np
from answers.table import UNNAMED, Answers

from nnlib import exercises


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def neuron_by_a_loop(x, weights, bias):
    z = bias
    for value, weight in zip(x.tolist(), weights.tolist(), strict=True):
        z += value * weight
    return 1 / (1 + math.exp(-z))


double = Answers(
    exercises.check_double,
    right={
        "2 * x": lambda x: 2 * x,
        "x + x": lambda x: x + x,
        "an array": lambda x: np.array([[x + x]]),
        "sum of a list": lambda x: sum([x, x]),
        "with a default": lambda x, factor=2: factor * x,
        "partial": partial(lambda factor, x: factor * x, 2),
    },
    wrong={
        "x": (lambda x: x, "x itself"),
        "a square": (lambda x: x**2, "the square"),
        "a half": (lambda x: x / 2, "the half"),
        "x + 2": (lambda x: x + 2, "x + 2"),
        "three times": (lambda x: 3 * x, "Return 2 * x"),
        "without its sign": (lambda x: 2 * abs(x), "Return 2 * x"),
        "rounded": (lambda x: round(2 * x), "Return 2 * x"),
        "a list twice": (lambda x: [x] * 2, "a single number is expected"),
    },
    harmless=("changes what it is given",),
)

neuron = Answers(
    exercises.check_neuron,
    right={
        "x @ weights": lambda x, weights, bias: sigmoid(x @ weights + bias),
        "a loop": neuron_by_a_loop,
        "a list": lambda x, weights, bias: [sigmoid(sum(x * weights) + bias)],
        "tanh": lambda x, weights, bias: 0.5 * (1 + np.tanh((np.dot(weights, x) + bias) / 2)),
        "a row and a column": lambda x, w, b: sigmoid(np.array([x]) @ w.reshape(-1, 1) + b),
        "the bias as a weight": lambda x, w, b: sigmoid(np.append(x, 1) @ np.append(w, b)),
    },
    wrong={
        "no bias": (lambda x, w, b: sigmoid(x @ w), "The bias is missing"),
        "the bias for each input": (lambda x, w, b: sigmoid(np.sum(x * w + b)), "for each input"),
        "the bias subtracted": (lambda x, w, b: sigmoid(x @ w - b), "wrong sign"),
        "a mean": (lambda x, w, b: sigmoid(np.mean(x * w) + b), "a mean"),
        "no activation": (lambda x, w, b: x @ w + b, "This is z"),
        "a sign": (lambda x, w, b: 1 / (1 + np.exp(x @ w + b)), "sign is flipped"),
        "a step": (lambda x, w, b: x @ w + b > 0, "step function"),
        "two inputs": (lambda x, w, b: sigmoid(x[0] * w[0] + x[1] * w[1] + b), "first two inputs"),
        "tanh": (lambda x, w, b: np.tanh(x @ w + b), "Work it out"),
        "sums multiplied": (lambda x, w, b: sigmoid(x.sum() * w.sum() + b), "Work it out"),
        "a constant": (lambda x, w, b: 0.3, "Work it out"),
        "number by number": (lambda x, w, b: sigmoid(x * w + b), "shape"),
    },
)


def squares_by_a_loop(a, y):
    return sum((one - other) ** 2 for (one,), (other,) in zip(a, y, strict=True)) / len(a)


mean_squared_error = Answers(
    exercises.check_mean_squared_error,
    right={
        "np.mean": lambda a, y: np.mean((a - y) ** 2),
        "in brackets": lambda a, y: [[((y - a) ** 2).mean()]],
        "a loop": squares_by_a_loop,
        "a product": lambda a, y: (a - y).T @ (a - y) / a.size,
        "multiplied out": lambda a, y: (a**2 - 2 * a * y + y**2).sum() / len(y),
        "a norm": lambda a, y: np.linalg.norm(a - y) ** 2 / len(a),
    },
    wrong={
        "the sum of errors": (lambda a, y: np.sum(a - y), "sum of the errors"),
        "their mean": (lambda a, y: np.mean(y - a), "mean of the errors"),
        "squared too late": (lambda a, y: np.mean(a - y) ** 2, "too late"),
        "a sum": (lambda a, y: np.sum((a - y) ** 2), "sum of the squares"),
        "a half": (lambda a, y: np.mean((a - y) ** 2) / 2, "half"),
        "a root": (lambda a, y: np.mean((a - y) ** 2) ** 0.5, "root"),
        "absolute": (lambda a, y: np.mean(abs(a - y)), "absolute"),
        "one for each row": (lambda a, y: (a - y) ** 2, "one number for each row"),
        "of four rows": (lambda a, y: np.sum((a - y) ** 2) / 4, UNNAMED),
        "a row meets a column": (lambda a, y: np.mean((a - y.ravel()) ** 2), "a row has met"),
        "the median": (lambda a, y: np.median((a - y) ** 2), "Take the differences"),
        "a constant": (lambda a, y: 7, "Take the differences"),
    },
)


def boundary_by_halving(x1, w1, w2, bias):
    """Look for the x₂ at which z changes its sign."""
    low, high = -1e3, 1e3
    for _ in range(80):
        middle = (low + high) / 2
        if (w1 * x1 + w2 * middle + bias) * w2 < 0:
            low = middle
        else:
            high = middle
    return low


boundary = Answers(
    exercises.check_boundary,
    right={
        "solved": lambda x1, w1, w2, bias: -(w1 * x1 + bias) / w2,
        "slope and intercept": lambda x1, w1, w2, bias: -w1 / w2 * x1 - bias / w2,
        "np.linalg.solve": lambda x1, w1, w2, bias: np.linalg.solve([[w2]], [-bias - w1 * x1]),
        "by halving": boundary_by_halving,
        "a root": lambda x1, w1, w2, bias: np.roots([w2, w1 * x1 + bias])[0],
        "with a default": lambda x1, w1, w2, bias, z=0: (z - bias - w1 * x1) / w2,
    },
    wrong={
        "the sign": (lambda x1, w1, w2, b: (w1 * x1 + b) / w2, "The sign is flipped"),
        "no bias": (lambda x1, w1, w2, b: -w1 * x1 / w2, "The bias is missing"),
        "the bias's sign": (lambda x1, w1, w2, b: (-w1 * x1 + b) / w2, "sign of the bias"),
        "the product's sign": (lambda x1, w1, w2, b: (w1 * x1 - b) / w2, "sign of w₁x₁"),
        "not divided": (lambda x1, w1, w2, b: -(w1 * x1 + b), "Divide by w₂ at the end"),
        "half divided": (lambda x1, w1, w2, b: -w1 * x1 / w2 - b, "the bias as well"),
        "the other half": (lambda x1, w1, w2, b: -w1 * x1 - b / w2, "w₁x₁ as well"),
        "swapped": (lambda x1, w1, w2, b: -(w2 * x1 + b) / w1, "swapped"),
        "z": (lambda x1, w1, w2, b: w1 * x1 + b, "This is z"),
        "without its sign": (lambda x1, w1, w2, b: abs((w1 * x1 + b) / w2), UNNAMED),
        "a constant": (lambda x1, w1, w2, b: 0.5, "solve it for x₂"),
    },
    harmless=("changes what it is given",),
)


def rows_and_a_one(X):
    rows = X.tolist()
    for row in rows:
        row.append(1)
    return rows


with_ones = Answers(
    exercises.check_with_ones,
    right={
        "column_stack": lambda X: np.column_stack([X, np.ones(len(X))]),
        "hstack": lambda X: np.hstack([X, np.ones((X.shape[0], 1))]),
        "rows": lambda X: [[*row, 1] for row in X],
        "rows appended to": rows_and_a_one,
        "np.pad": lambda X: np.pad(X, ((0, 0), (0, 1)), constant_values=1),
        "np.insert": lambda X: np.insert(X, X.shape[1], 1, axis=1),
        "np.c_": lambda X: np.c_[X, [1] * len(X)],
    },
    wrong={
        "a row of ones": (lambda X: np.vstack([X, np.ones(X.shape[1])]), "Rows and columns"),
        "turned over": (lambda X: np.column_stack([X, np.ones(len(X))]).T, "Rows and columns"),
        "ones first": (lambda X: np.column_stack([np.ones(len(X)), X]), "first column"),
        "zeros": (lambda X: np.column_stack([X, np.zeros(len(X))]), "zeros"),
        "plus 1": (lambda X: X + 1, "as many columns as before"),
        "row + [1]": (lambda X: [row + [1] for row in X], "as many columns as before"),  # noqa: RUF005
        "all ones": (lambda X: np.ones((len(X), X.shape[1] + 1)), "X has to stay as it is"),
        "no axis": (lambda X: np.append(X, np.ones(len(X))), "is expected"),
        "a last column of ones": (lambda X: np.hstack([X[:, :-1], X[:, :1] * 0 + 1]), "as before"),
        "five rows": (lambda X: np.hstack([X, np.ones((5, 1))]), UNNAMED),
    },
)

and_gate = Answers(
    exercises.check_and_gate,
    right={
        "1, 1": (1, 1, -1.5),
        "unequal": (5.0, 4, np.float64(-7)),
        "in brackets": ([2], [[2]], (-3,)),
        "tiny": (1e-9, 1e-9, -1.5e-9),
        "huge": (1e9, 1e9, -1.5e9),
        "at the edge": (1, 1, -1.6),  # (0.8, 0.8) gives z = 0, which answers 1
    },
    wrong={
        "OR": ((1, 1, -0.5), "This is OR, not AND. It says 1 too readily: lower the bias"),
        "NAND": ((-1, -1, 1.5), "all the signs are flipped"),
        "NAND on the line": ((-1, -1, 1), "flip all the signs. Then lower the bias a little"),
        "always 1": ((1, 1, 1), "1 for every row. It says 1 too readily"),
        "never 1": ((1, 1, -9), "0 for every row. It says 1 too rarely: raise the bias"),
        "never 1, any bias": ((-1, -1, -1.5), "0 for every row. No bias helps"),
        "always 1, any bias": ((-1, -1, 9), "(0, 0) gets more than (1, 1)"),
        "zeros": ((0, 0, 0), "1 for every row. No bias helps"),
        "FIRST": ((3, 1, -2), "The row (1, 0) is answered wrong: z is 1 there, and should be"),
        "near (0, 1)": ((1, 1, -1.1), "But (0.2, 1.2) is on the wrong side"),
        "near (1, 1)": ((1, 1, -2), "But (0.8, 0.8) is on the wrong side"),
        "no room": ((3, 1, -3.5), "no bias leaves room on both sides: make them more alike"),
        "text": (("1", 1, 1), "w1 came out as text"),
        "nothing": ((1, 1, None), "Numbers are expected for the bias; this is None"),
        "no number": ((1, float("nan"), -1.5), "not finite"),
    },
)

majority = Answers(
    exercises.check_majority,
    right={
        "equal": (1, 1, 1, -1.5),
        "unequal": (2, 2.2, 1.9, -3),
        "large": (10, 10, 10, -14),
        "near the edge": (1, 1, 1, -1.31),
        "NumPy's": tuple(np.float32([1, 1, 1, -1.5])),
        "text no, lists yes": ([1], [1], [1], [[-1.5]]),
    },
    wrong={
        "OR": ((1, 1, 1, -0.5), "This is OR of three, not at least two. It says 1 too readily"),
        "AND": ((1, 1, 1, -2.5), "This is AND of three, not at least two. It says 1 too rarely"),
        "the signs": ((-1, -1, -1, 1.5), "all the signs are flipped"),
        "the signs, on the line": ((-1, -1, -1, 1), "flip all the signs. Then lower"),
        "one decides": ((5, 1, 1, -1.5), "The row (1, 0, 0) is answered wrong: z is 3.5 there"),
        "too near": ((1, 1, 1, -1.05), "too close to (0, 0, 1)"),
        "one too light": ((0.1, 1, 1, -1.5), "The row (1, 0, 1) is answered wrong"),
        "no room": ((1, 1, 1.9, -1.95), "make them more alike"),
        "never": ((1, 1, 1, -9), "raise the bias"),
        "never, any bias": ((-1, -1, -1, -9), "No bias helps"),
        "text": ((1, 1, "1", -1.5), "w3 came out as text"),
        "zeros": ((0, 0, 0, 0), "No bias helps"),
    },
)

sure_nor = Answers(
    exercises.check_sure_nor,
    right={
        "-10": (-10, -10, 5),
        "unequal": (-5, -6, 2.5),
        "huge": (-1000, -2000, 500),
        "at the edge": (-4.4, -4.4, 2.2),
        "lists": ([-8], [-8], [4.0]),
    },
    wrong={
        "unsure": ((-1, -1, 0.5), "on the right side, but (0, 0) gives 0.62"),
        "one unsure": ((-10, -2.5, 2.3), "on the right side, but (0, 1) gives 0.45"),
        "OR": ((10, 10, -5), "all the signs are flipped"),
        "NAND": ((-1, -1, 1.5), "This is NAND, not NOR. It says 1 too readily: lower the bias"),
        "never": ((-1, -1, -5), "0 for every row. It says 1 too rarely: raise the bias"),
        "never, any bias": ((1, 1, -5), "0 for every row. No bias helps"),
        "NOT first": ((-1, 1, 0.5), "The row (0, 1) is answered wrong"),
        "on the line": ((-5, -5, 0), "(0, 0) lies on the line itself"),  # no factor helps there
        "always": ((-1, -1, 9), "lower the bias"),
        "text": ((-10, "-10", 5), "w2 came out as text"),
        "nothing": ((0, 0, 0), "No bias helps"),
        "infinite": ((-np.inf, -10, 5), "not finite"),
    },
)

TABLE = [
    double,
    neuron,
    mean_squared_error,
    boundary,
    with_ones,
    and_gate,
    majority,
    sure_nor,
]
