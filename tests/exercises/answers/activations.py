"""Answers to the exercises of chapter 2."""

import math

import numpy as np
from answers.table import UNNAMED, Answers

from nnlib import ACTIVATIONS, exercises

elu, relu, softplus = (ACTIVATIONS[name] for name in ("elu", "relu", "softplus"))


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


# --- two layers are one ------------------------------------------------------------------------


def collapse_by_trying(W1, b1, W2, b2):
    """Send the origin and the unit vectors through both layers."""

    def both(x):
        return (x @ W1 + b1) @ W2 + b2

    bias = both(np.zeros(len(W1)))
    return [both(unit) - bias for unit in np.eye(len(W1))], bias


collapse = Answers(
    exercises.check_collapse,
    right={
        "W1 @ W2": lambda W1, b1, W2, b2: (W1 @ W2, b1 @ W2 + b2),
        "by trying": collapse_by_trying,
        "a row of biases": lambda W1, b1, W2, b2: [np.dot(W1, W2), b1[None] @ W2 + b2],
        "W2 turned": lambda W1, b1, W2, b2: (W1 @ W2, W2.T @ b1 + b2),
        "einsum": lambda W1, b1, W2, b2: (
            np.einsum("ij,jk", W1, W2),
            np.einsum("j,jk", b1, W2) + b2,
        ),
    },
    wrong={
        "no b1": (lambda W1, b1, W2, b2: (W1 @ W2, b2), "b₁ is missing"),
        "no b2": (lambda W1, b1, W2, b2: (W1 @ W2, b1 @ W2), "b₂ is missing"),
        "b2 subtracted": (lambda W1, b1, W2, b2: (W1 @ W2, b1 @ W2 - b2), "for x = 0"),
        "one thing": (lambda W1, b1, W2, b2: W1 @ W2, "Return two things"),
        "twice": (lambda W1, b1, W2, b2: (2 * W1 @ W2, b1 @ W2 + b2), "multiply out"),
        "W2 first": (lambda W1, b1, W2, b2: (W2 @ W1, b2), "stopped with an error"),
        "one column": (lambda W1, b1, W2, b2: ((W1 @ W2)[:, :1], b2), "weights came out as"),
        "the bias of layer 1": (lambda W1, b1, W2, b2: (W1 @ W2, b1), "bias came out as"),
        "turned over": (lambda W1, b1, W2, b2: ((W1 @ W2).T, b1 @ W2 + b2), "Rows and columns"),
        "another order": (lambda W1, b1, W2, b2: (b1 @ W2 + b2, W1 @ W2), "in another order"),
        "with tanh": (lambda W1, b1, W2, b2: (np.tanh(W1) @ W2, b1 @ W2 + b2), "multiply out"),
    },
)

# --- the slope of the sigmoid ------------------------------------------------------------------

sigmoid_derivative = Answers(
    exercises.check_sigmoid_derivative,
    right={
        "a(1 − a)": lambda z: sigmoid(z) * (1 - sigmoid(z)),
        "powers of e": lambda z: np.exp(-z) / (1 + np.exp(-z)) ** 2,
        "cosh": lambda z: 0.25 / np.cosh(z / 2) ** 2,
        "tanh": lambda z: (1 - np.tanh(z / 2) ** 2) / 4,
        "a list": lambda z: [math.exp(-v) / (1 + math.exp(-v)) ** 2 for v in z],
        "nnlib's": lambda z: ACTIVATIONS["sigmoid"].derivative(z),
    },
    wrong={
        "z(1 − z)": (lambda z: z * (1 - z), "takes its argument for the output"),
        "at a": (lambda z: sigmoid(sigmoid(z)) * (1 - sigmoid(sigmoid(z))), "a where z belongs"),
        "the sigmoid": (sigmoid, "the output; its slope is wanted"),
        "1 − a": (lambda z: 1 - sigmoid(z), "a factor σ(z) is missing"),
        "a sign": (lambda z: sigmoid(z) * (sigmoid(z) - 1), "sign is flipped"),
        "tanh's": (lambda z: 1 - sigmoid(z) ** 2, "slope of tanh"),
        "measured": (
            lambda z: (sigmoid(z + 1e-6) - sigmoid(z - 1e-6)) / 2e-6,
            "A measured slope is lost in rounding there. Write the formula.",
        ),
        "measured coarsely": (lambda z: (sigmoid(z + 1e-2) - sigmoid(z - 1e-2)) / 2e-2, UNNAMED),
        "zeros": (lambda z: 0 * z, "measured slope"),
        "at 0": (lambda z: 0.25, "came out as a single number"),
        "np.gradient": (lambda z: np.gradient(sigmoid(z), z), UNNAMED),
    },
    harmless=("computes in float32",),  # at z = 33 a is 1 there, and 1 − a is 0
)

# --- which output ------------------------------------------------------------------------------

outputs = Answers(
    exercises.check_outputs,
    right={
        "names": ("linear", "sigmoid", "softmax", "sigmoid"),
        "capitals": ("Linear", "SIGMOID", "Softmax", "Sigmoid"),
        "spaces": (" linear", "sigmoid ", " softmax ", "sigmoid"),
        "functions of nnlib": tuple(
            ACTIVATIONS[name] for name in ("linear", "sigmoid", "softmax", "sigmoid")
        ),
        "NumPy's text": tuple(np.array(["linear", "sigmoid", "softmax", "sigmoid"])),
    },
    wrong={
        "no frost": (("relu", "sigmoid", "softmax", "sigmoid"), "cannot answer −5 °C"),
        "no warmth": (("tanh", "sigmoid", "softmax", "sigmoid"), "cannot answer 20 °C"),
        "always 1": (("linear", "softmax", "softmax", "sigmoid"), "single output is always 1"),
        "no probability": (("linear", "linear", "softmax", "sigmoid"), "it is no probability"),
        "ten questions": (("linear", "sigmoid", "sigmoid", "sigmoid"), "need not add up to 1"),
        "one tag": (("linear", "sigmoid", "softmax", "softmax"), "several tags may be true"),
        "a step": (("linear", "step", "softmax", "sigmoid"), "no slope to learn from"),
        "one for all": (("sigmoid",) * 4, "cannot answer 20 °C"),
        "a slip of the pen": (("linear", "sigmoids", "softmax", "sigmoid"), "no activation"),
        "a number": (("linear", "sigmoid", 10, "sigmoid"), "a name in quotation marks"),
        "a function": ((None, "sigmoid", "softmax", np.tanh), "a name in quotation marks"),
    },
)

# --- the slope of ReLU -------------------------------------------------------------------------

relu_slope = Answers(
    exercises.check_relu_slope,
    right={
        "np.where": lambda z: np.where(z > 0, 1.0, 0.0),
        "True and False": lambda z: z > 0,
        "1 at 0": lambda z: z >= 0,
        "a half at 0": lambda z: np.heaviside(z, 0.5),
        "measured": lambda z: (np.maximum(z + 1e-6, 0) - np.maximum(z - 1e-6, 0)) / 2e-6,
        "a list": lambda z: [1 if v > 0 else 0 for v in z],
        "by the sign": lambda z: (np.sign(z) + 1) / 2,
    },
    wrong={
        "ReLU": (lambda z: np.maximum(z, 0), "the ReLU itself"),
        "swapped": (lambda z: z < 0, "two sides are swapped"),
        "falls on the left": (np.sign, "it does not fall"),
        "ones": (lambda z: np.ones_like(z), "no activation at all"),
        "zeros": (lambda z: 0 * z, "slope of the step"),
        "leaky": (lambda z: np.where(z > 0, 1, 0.01), "leaky ReLU"),
        "divided": (lambda z: np.maximum(z, 0) / z, "Right but for z = 0"),
        "−3 at 0": (lambda z: np.where(z == 0, -3, z > 0), "At z = 0 it gives −3"),
        "if": (lambda z: 1 if z > 0 else 0, "Use np.where"),
        "twice": (lambda z: 2 * (z > 0), "one step to the right"),
        "one number": (lambda z: 1, "came out as a single number"),
        "the sigmoid's": (lambda z: sigmoid(z) * (1 - sigmoid(z)), "one step to the right"),
    },
)

# --- leaky ReLU --------------------------------------------------------------------------------


def leaky_in_place(z, slope):
    z[z < 0] *= slope
    return z


leaky_relu = Answers(
    exercises.check_leaky_relu,
    right={
        "np.where": lambda z, slope: np.where(z > 0, z, slope * z),
        "np.maximum": lambda z, slope: np.maximum(z, slope * z),
        "a list": lambda z, slope: [v if v > 0 else slope * v for v in z],
        "two ReLUs": lambda z, slope: np.maximum(z, 0) - slope * np.maximum(-z, 0),
        "a copy changed": lambda z, slope: leaky_in_place(z.copy(), slope),
        "a product": lambda z, slope=0.01: z * (slope + (1 - slope) * (z > 0)),
    },
    wrong={
        "ReLU": (lambda z, slope: np.maximum(z, 0), "nothing leaks"),
        "swapped": (lambda z, slope: np.where(z > 0, slope * z, z), "two sides are swapped"),
        "the slope itself": (lambda z, slope: np.where(z > 0, z, slope), "multiply the slope by z"),
        "a sign": (lambda z, slope: np.where(z > 0, z, -slope * z), "sign is flipped"),
        "fixed": (lambda z, slope: np.where(z > 0, z, 0.01 * z), "fixed at 0.01"),
        "if": (lambda z, slope: z if z > 0 else slope * z, "Use np.where"),
        "z": (lambda z, slope: z, "should give −0.2"),
        "np.minimum": (lambda z, slope: np.minimum(z, slope * z), UNNAMED),
        "its slope": (lambda z, slope: np.where(z > 0, 1, slope), "the function itself"),
        "in place": (leaky_in_place, "Your function changes z"),
        "divided": (lambda z, slope: np.where(z > 0, z, z / slope), "should give −0.2"),
        "5 at 0": (lambda z, slope: np.where(z, np.maximum(z, slope * z), 5), "at z = 0"),
    },
)

# --- softmax of rows, with a temperature -------------------------------------------------------


def softmax_of(Z, temperature):
    powers = np.exp((Z - Z.max(axis=1, keepdims=True)) / temperature)
    return powers / powers.sum(axis=1, keepdims=True)


def softmax_by_loops(Z, temperature):
    rows = []
    for row in Z.tolist():
        powers = [math.exp((z - max(row)) / temperature) for z in row]
        rows.append([power / sum(powers) for power in powers])
    return rows


def shares(powers, axis=1):
    return powers / powers.sum(axis=axis, keepdims=True)


def shifted_in_place(Z, temperature):
    Z -= Z.max(axis=1, keepdims=True)
    return shares(np.exp(Z / temperature))


softmax = Answers(
    exercises.check_softmax,
    right={
        "shifted, then divided": softmax_of,
        "divided, then shifted": lambda Z, T: softmax_of(Z / T, 1.0),
        "loops": softmax_by_loops,
        "nnlib's": lambda Z, T: ACTIVATIONS["softmax"](Z / T),
        "row by row": lambda Z, T: np.array([softmax_of(row[None], T)[0] for row in Z]),
        "logarithms": lambda Z, T: np.exp(Z / T - np.logaddexp.reduce(Z / T, axis=1)[:, None]),
        "no powers below −700": lambda Z, T: shares(
            np.exp(np.maximum((Z - Z.max(axis=1, keepdims=True)) / T, -700))
        ),
        "a copy changed": lambda Z, T: shifted_in_place(Z.copy(), T),
    },
    wrong={
        "columns": (lambda Z, T: shares(np.exp(Z / T), 0), "Each column adds up"),
        "the whole table": (lambda Z, T: shares(np.exp(Z / T), None), "The whole table"),
        "no temperature": (lambda Z, T: softmax_of(Z, 1), "has no effect"),
        "multiplied": (lambda Z, T: softmax_of(Z * T, 1), "here they are multiplied"),
        "divided too late": (lambda Z, T: softmax_of(Z, 1) / T, "too late"),
        "powers of e": (lambda Z, T: np.exp(Z / T), "These are the powers of e"),
        "shares of scores": (lambda Z, T: shares(Z), "The powers of e are missing"),
        "a sign": (lambda Z, T: softmax_of(-Z, T), "sign is flipped"),
        "squared": (lambda Z, T: softmax_of(Z, T**2), "Divide by the temperature"),
        "no keepdims": (lambda Z, T: np.exp(Z / T) / np.exp(Z / T).sum(axis=1), "keepdims=True"),
        "not shifted": (lambda Z, T: shares(np.exp(Z / T)), "With scores near 1000"),
        "one shift for all": (lambda Z, T: shares(np.exp((Z - Z.max()) / T)), "each row needs"),
        "the shift not divided": (
            lambda Z, T: shares(np.exp(Z / T - Z.max(axis=1, keepdims=True))),
            "At temperature 0.5 a row is not finite. What is subtracted has to be divided",
        ),
        "shifted by 1000": (lambda Z, T: shares(np.exp((Z - 1000 * (Z > 500)) / T)), UNNAMED),
        "clipped": (lambda Z, T: softmax_of(np.clip(Z, -500, 500), T), "only differences"),
        "turned over": (lambda Z, T: softmax_of(Z, T).T, "shape"),
        "one argument": (lambda Z: softmax_of(Z, 1), "given 2 values, but takes 1"),
        "in place": (shifted_in_place, "Your function changes Z"),
    },
)

# --- an activation of one's own ----------------------------------------------------------------

positive_output = Answers(
    exercises.check_positive_output,
    right={
        "softplus": softplus,
        "exp": np.exp,
        "log(1 + exp(z)), which overflows": lambda z: np.log(1 + np.exp(z)),
        "many times that": lambda z: 1000 * np.log(1 + np.exp(z)),
        "exp(5z), which overflows at 142": lambda z: np.exp(5 * z),
        "math.exp, which stops there": lambda z: [math.exp(5 * v) for v in z],
        "steep, 0 at −4": lambda z: np.log(1 + np.exp(10 * z)) / 10,
        "ELU + 1": lambda z: elu(z) + 1,
        "a root": lambda z: (z + np.sqrt(z**2 + 4)) / 2,
        "a slow exponential": lambda z: np.exp(z / 1000),
        "softplus + 5": lambda z: softplus(z) + 5,
        "a cubic": lambda z: np.logaddexp(0, z + z**3 / 9),
        "a logarithm": lambda z: np.log(1 + softplus(z)),
        "a hyperbola and a line": lambda z: np.where(z > 0, 1 + z, 1 / (1 + np.abs(z))),
        "without a slope at 0 alone": lambda z: np.exp(z * np.abs(z)),
    },
    wrong={
        "z": (lambda z: z, "At z = −6.00 it answers −"),
        "z + 7": (lambda z: z + 7, "At z = −7.12 it answers −"),
        "z + 1000": (lambda z: z + 1000, "At z = −1024.81 it answers −24.8: below 0"),
        "a cubic": (lambda z: z**3 + 3 * z + 300, "below 0"),
        "leaky ReLU": (ACTIVATIONS["leaky_relu"], "below 0"),
        "GELU": (ACTIVATIONS["gelu"], "below 0"),
        "ReLU": (relu, "It answers 0 up to z = 0.00. It should be above 0 everywhere"),
        "ReLU + 0.1": (lambda z: np.maximum(z, 0) + 0.1, "It is flat up to z = 0.00"),
        "flat below −8": (lambda z: np.maximum(z + 8, 0) ** 2 + 1, "It is flat up to z = −8.00"),
        "0 below −1000": (lambda z: np.maximum(z + 1000, 0) ** 2 / 1e6, "It answers 0 up to"),
        "a parabola": (lambda z: z**2 + 1, "It falls at z = −6.00"),
        "a falling one": (lambda z: np.exp(-z), "It falls"),
        "the sigmoid": (sigmoid, "comes to a stop near 1."),
        "a wide sigmoid": (lambda z: 1000 * sigmoid(z / 100), "comes to a stop near 1000."),
        "an arc": (lambda z: np.pi / 2 + np.arctan(z), "comes to a stop near 3.1"),
        "a corner at 0": (lambda z: np.where(z > 0, 1 + z, 1 / (1 - 3 * z)), "corner or a jump"),
        "a corner at 8": (
            lambda z: softplus(z) + np.maximum(0, z - 8),
            "At z = 8.00 the slope jumps from 1 to",
        ),
        "a jump": (lambda z: np.exp(z) + (z > 1), "At z = 1.00 the slope jumps"),
        "a root of z + 7": (lambda z: np.sqrt(z + 7), "it answers no number"),
        "of the whole array": (lambda z: np.exp(z - z.max()), "should not depend on what other"),
        "counted": (lambda z: np.arange(1.0, 1 + len(z)), "should not depend on what other"),
        "if": (lambda z: np.exp(z) if z > 0 else z, "Use np.where"),
        "one number": (lambda z: 1.0, "came out as a single number"),
    },
    harmless=("a thousandth too large",),
)

TABLE = [
    collapse,
    sigmoid_derivative,
    outputs,
    relu_slope,
    leaky_relu,
    softmax,
    positive_output,
]
