"""Answers to the exercises of chapter 3."""

from itertools import pairwise

import numpy as np
from answers.table import UNNAMED, Answers

from nnlib import ACTIVATIONS, Network, exercises

sigmoid = ACTIVATIONS["sigmoid"]


# --- one layer ---------------------------------------------------------------------------------


def layer_by_loops(X, W, b):
    return [[x @ w + c for w, c in zip(W.T, b, strict=True)] for x in X]


def layer_in_place(X, W, b):
    b += X @ W
    return b


layer = Answers(
    exercises.check_layer,
    right={
        "X @ W + b": lambda X, W, b: X @ W + b,
        "loops": layer_by_loops,
        "turned over twice": lambda X, W, b: (W.T @ X.T + b[:, None]).T,
        "the bias as a weight": lambda X, W, b: np.c_[X, np.ones(len(X))] @ np.vstack([W, b]),
        "einsum": lambda X, W, b: np.einsum("ni,io->no", X, W) + b,
        "products added up": lambda X, W, b: (X[:, :, None] * W).sum(axis=1) + b,
    },
    wrong={
        "no bias": (lambda X, W, b: X @ W, "bias is missing"),
        "subtracted": (lambda X, W, b: X @ W - b, "not subtracted"),
        "an activation": (lambda X, W, b: sigmoid(X @ W + b), "No activation yet"),
        "weights turned over": (lambda X, W, b: X @ W.T + b, "transposed"),
        "W first": (lambda X, W, b: W @ X + b, "on the left"),
        "number by number": (lambda X, W, b: X * W + b, "number by number"),
        "turned over": (lambda X, W, b: (X @ W + b).T, UNNAMED),
        "one row": (lambda X, W, b: X[0] @ W + b, "shape"),
        "a bias for each row": (lambda X, W, b: X @ W + b[: len(X), None], UNNAMED),
        "ones": (lambda X, W, b: np.ones((len(X), len(b))), "Row times column"),
        "in place": (layer_in_place, "stopped with an error"),
    },
)


# --- a forward pass ----------------------------------------------------------------------------


def forward_by_nnlib(X, W1, b1, W2, b2):
    network = Network([2, len(b1), 1], hidden="tanh", output="sigmoid")
    network.parameters = np.concatenate([W1.ravel(), b1, W2.ravel(), b2])
    return network.predict(X)


forward_pass = Answers(
    exercises.check_forward_pass,
    right={
        "two lines": lambda X, V, b, W, c: sigmoid(np.tanh(X @ V + b) @ W + c),
        "a row": lambda X, V, b, W, c: sigmoid(np.tanh(X @ V + b) @ W + c).ravel(),
        "row by row": lambda X, V, b, W, c: [sigmoid(np.tanh(x @ V + b) @ W + c) for x in X],
        "another sigmoid": lambda X, V, b, W, c: (
            (1 + np.tanh((np.tanh(X @ V + b) @ W + c) / 2)) / 2
        ),
        "a network of nnlib": forward_by_nnlib,
    },
    wrong={
        "the hidden layer": (lambda X, V, b, W, c: np.tanh(X @ V + b), "hidden layer"),
        "no sigmoid": (lambda X, V, b, W, c: np.tanh(X @ V + b) @ W + c, "sigmoid at the end"),
        "no tanh": (lambda X, V, b, W, c: sigmoid((X @ V + b) @ W + c), "no activation"),
        "sigmoids": (lambda X, V, b, W, c: sigmoid(sigmoid(X @ V + b) @ W + c), "not the sigmoid"),
        "ReLU": (lambda X, V, b, W, c: sigmoid(np.maximum(0, X @ V + b) @ W + c), "not the ReLU"),
        "no hidden bias": (lambda X, V, b, W, c: sigmoid(np.tanh(X @ V) @ W + c), "hidden bias"),
        "no output bias": (lambda X, V, b, W, c: sigmoid(np.tanh(X @ V + b) @ W), "output bias"),
        "tanh twice": (lambda X, V, b, W, c: np.tanh(np.tanh(X @ V + b) @ W + c), "not tanh"),
        "zeros": (lambda X, V, b, W, c: np.zeros((len(X), 1)), "Two lines"),
        "V first": (lambda X, V, b, W, c: V @ X, "inputs stand on the left of @"),
        "yes or no": (lambda X, V, b, W, c: np.tanh(X @ V + b) @ W + c > 0, "Two lines"),
    },
)


# --- XNOR --------------------------------------------------------------------------------------

AND_NOR = ([[1, -1], [1, -1]], [-1.5, 0.5])
OR_NAND = ([[1, -1], [1, -1]], [-0.5, 1.5])
OR = ([[1], [1]], [-0.5])

xnor = Answers(
    exercises.check_xnor,
    right={
        "AND, NOR, OR": (*AND_NOR, *OR),
        "OR, NAND, NAND": (*OR_NAND, [[-1], [-1]], [1.5]),
        "a row for a column": (*AND_NOR, [[1, 1]], -0.5),
        "an AND of 0.3, 0.6, −0.9": ([[0.3, -1], [0.6, -1]], [-0.9, 0.5], *OR),  # 0.3 + 0.6 < 0.9
        "an OR of 0.9, 0.9, −0.9": (*AND_NOR, [[0.9], [0.9]], [-0.9]),
        "0.1 + 0.2 − 0.3": ([[0.1, -1], [0.2, -1]], [-0.1 - 0.2, 0.5], *OR),
        "arrays": tuple(np.array(part, dtype=np.float32) for part in (*AND_NOR, *OR)),
        "a column of biases": (AND_NOR[0], [[-1.5], [0.5]], *OR),
    },
    wrong={
        "XOR": ((*AND_NOR, [[-1], [-1]], [0.5]), "This is XOR"),
        "one line": (([[1, 1], [1, 1]], [-0.5, -0.5], *OR), "one line"),
        "AND alone": (
            (*AND_NOR, [[1], [0]], [-0.5]),
            "3 of 4 rows are right. The first wrong one is (0, 0): there the hidden neurons answer "
            "(0, 1), which is enough. Choose the output weights and bias anew",
        ),
        "the inputs handed on": (
            ([[1, 0], [0, 1]], [-0.5, -0.5], [[1], [1]], [-1.5]),
            "the output neuron has XNOR itself before it",
        ),
        "rows joined": (
            ([[1, 1], [1, 0]], [-1.5, -0.5], *OR),
            "to (0, 0) and (0, 1) the hidden neurons say the same",
        ),
        "always 1": ((*AND_NOR, [[0], [0]], [1]), "2 of 4 rows are right"),
        "never 1": ((*AND_NOR, [[0], [0]], [-1]), "2 of 4 rows are right"),
        "zeros": (([[0, 0], [0, 0]], [0, 0], [[0], [0]], [0]), "one line"),
        "three neurons": ((np.ones((2, 3)), [0, 0, 0], np.ones(3), 0), "hidden_weights came out"),
        "a bias too few": ((AND_NOR[0], [0.5], *OR), "hidden_bias came out"),
        "text": ((*AND_NOR, OR[0], "-0.5"), "output_bias came out as text"),
        "no number": ((*AND_NOR, OR[0], [np.nan]), "not finite"),
    },
)

# --- how many parameters -----------------------------------------------------------------------


def weights_of(sizes):
    return sum(n_in * n_out for n_in, n_out in pairwise(sizes))


def count_by_popping(sizes):
    total, n_in = 0, sizes.pop(0)
    while sizes:
        n_out = sizes.pop(0)
        total += (n_in + 1) * n_out
        n_in = n_out
    return total


parameter_count = Answers(
    exercises.check_parameter_count,
    right={
        "pairwise": lambda sizes: sum((n_in + 1) * n_out for n_in, n_out in pairwise(sizes)),
        "an index": lambda s: sum((s[i] + 1) * s[i + 1] for i in range(len(s) - 1)),
        "a network of nnlib": lambda sizes: Network(sizes).parameters.size,
        "arrays": lambda sizes: np.dot(np.array(sizes[:-1]) + 1, sizes[1:]),
        "weights and biases": lambda sizes: float(weights_of(sizes) + sum(sizes[1:])),
        "a copy popped": lambda sizes: count_by_popping(list(sizes)),
    },
    wrong={
        "weights": (weights_of, "weights alone"),
        "biases": (lambda s: sum(s[1:]), "biases alone"),
        "neurons": (sum, "neurons"),
        "a bias for a layer": (lambda s: weights_of(s) + len(s) - 1, "One bias for each layer"),
        "a bias for an input": (lambda s: weights_of(s) + sum(s), "no bias"),
        "of three sizes": (lambda s: (s[0] + 1) * s[1] + (s[1] + 1) * s[2], UNNAMED),
        "of 2, 3, 1": (lambda s: 13, "weights and"),
        "layers": (len, "For [3, 4, 2] there are 20 weights and 6 biases"),
        "a product": (np.prod, "weights and"),
        "popped": (count_by_popping, "Your function changes sizes"),
    },
)

# --- any depth ---------------------------------------------------------------------------------


def through(layers, a, f=np.tanh):
    for W, b in layers:
        a = f(a @ W + b)
    return a


def forward_deep(X, layers):
    W, b = layers[-1]
    return through(layers[:-1], X) @ W + b


def forward_by_calling_itself(X, layers):
    (W, b), *rest = layers
    return forward_by_calling_itself(np.tanh(X @ W + b), rest) if rest else X @ W + b


def forward_popping(X, layers):
    W, b = layers.pop()
    return through(layers, X) @ W + b


any_depth = Answers(
    exercises.check_any_depth,
    right={
        "a loop": forward_deep,
        "itself": forward_by_calling_itself,
        "a copy popped": lambda X, layers: forward_popping(X, layers[:]),
        "an index": lambda X, layers: (
            through(layers[: len(layers) - 1], X) @ layers[-1][0] + layers[-1][1]
        ),
        "undone": lambda X, layers: np.arctanh(through(layers, X)),
        "row by row": lambda X, layers: [forward_deep(x, layers) for x in X],
    },
    wrong={
        "tanh at the end": (lambda X, L: through(L, X), "no tanh around it"),
        "no tanh": (lambda X, L: through(L, X, lambda z: z), "need their tanh"),
        "ReLU": (
            lambda X, L: through(L[:-1], X, lambda z: np.maximum(0, z)) @ L[-1][0] + L[-1][1],
            "not the ReLU",
        ),
        "no biases": (
            lambda X, L: through([(W, 0) for W, _ in L[:-1]], X) @ L[-1][0],
            "biases are missing",
        ),
        "no last bias": (lambda X, L: through(L[:-1], X) @ L[-1][0], "last bias"),
        "two layers": (lambda X, L: np.tanh(X @ L[0][0] + L[0][1]) @ L[1][0] + L[1][1], "shape"),
        "three layers": (lambda X, L: forward_deep(X, L[:3]), UNNAMED),
        "the last one left out": (lambda X, L: through(L[:-1], X), UNNAMED),
        "popped": (forward_popping, "Your function changes layers"),
        "backwards": (lambda X, L: forward_deep(X, L[::-1]), "stopped with an error"),
        "the input": (lambda X, L: X, UNNAMED),
    },
)

# --- a distance --------------------------------------------------------------------------------

TWO_SIDES = [[1, -1], [-1, 1]]

distance = Answers(
    exercises.check_distance,
    right={
        "two hinges": (TWO_SIDES, [0, 0], [[1], [1]], [0]),
        "stretched": ([[-2, 0.5], [2, -0.5]], [0, 0], [[0.5], [2]], [0]),
        "six digits of a third": ([[0.333333, -1], [-0.333333, 1]], [0, 0], [[3], [1]], 0),
        "a third and 3": ([[1 / 3, -1], [-1 / 3, 1]], [0, 0], [[3], [1]], 0),
        "a row for a column": (TWO_SIDES, [[0], [0]], [[1, 1]], 0),
        "float32": tuple(np.float32(part) for part in (TWO_SIDES, [0, 0], [[1], [1]], [0])),
        "large": ([[1e6, -1], [-1e6, 1]], [0, 0], [1e-6, 1], [0]),
    },
    wrong={
        "a sign": ((TWO_SIDES, [0, 0], [[-1], [-1]], [0]), "sign is flipped"),
        "x₁ − x₂": ((TWO_SIDES, [0, 0], [[1], [-1]], [0]), "x₁ − x₂ itself"),
        "x₂ − x₁": ((TWO_SIDES, [0, 0], [[-1], [1]], [0]), "x₂ − x₁ itself"),
        "one half": (([[1, 0], [-1, 0]], [0, 0], [[1], [0]], [0]), "x₁ is the larger"),
        "the other half": (([[0, -1], [0, 1]], [0, 0], [[0], [1]], [0]), "x₂ is the larger"),
        "a sum": (([[1, -1], [1, -1]], [0, 0], [[1], [1]], [0]), "|x₁ + x₂|"),
        "twice": ((TWO_SIDES, [0, 0], [[2], [2]], [0]), "Twice"),
        "each input": (([[1, 0], [0, 1]], [0, 0], [[1], [-1]], [0]), "Which is left"),
        "a hinge at −100": (
            ([[1, 1], [-1, -1]], [0, 100], [[2], [-1]], [100]),
            "Right, but not everywhere: at (",
        ),
        "a hinge at −10": (
            ([[1, 1], [-1, -1]], [10, 0], [[-1], [2]], [10]),
            "A hidden bias moves its hinge",
        ),
        "right while x₂ − x₁ is 10 at most": (
            (TWO_SIDES, [10, 0], [[1], [2]], [-10]),
            "A hidden bias moves its hinge",
        ),
        "a hinge at 10⁻⁶": ((TWO_SIDES, [1e-6, 0], [[1], [1]], [0]), "Right, but not everywhere"),
        "an output bias": ((TWO_SIDES, [0, 0], [[1], [1]], [0.1]), "output bias is added to every"),
        "almost": ((TWO_SIDES, [0, 0], [[1.001], [1]], [0]), UNNAMED),
        "no number": ((TWO_SIDES, [0, 0], [[1], [np.inf]], [0]), "not finite"),
    },
)

TABLE = [layer, forward_pass, xnor, parameter_count, any_depth, distance]
