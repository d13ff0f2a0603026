"""The runs that the tutorials publish, as plain NumPy loops, to the last printed digit.

Tutorial A: "Artificial Neural Networks". Tutorial B: "Neural Networks From Scratch Using Python".
Tutorial C: "Neural Networks and Deep Learning". A and C apply the sigmoid's derivative to the
output a in place of z; their numbers come out only with that error. Wherever nnlib can make the
same run, it has to end at the same numbers.

A step η on the sum of halved squared errors is a step η · n / 2 on their mean, nnlib's loss.
"""

import numpy as np
import pytest

from nnlib import ACTIVATIONS, SGD, Activation, Network, Trainer, gradient_check


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def right_slope(z):
    return sigmoid(z) * (1 - sigmoid(z))


def wrong_slope(z):
    """σ′(σ(z)): the derivative of the right function at the wrong place."""
    return right_slope(sigmoid(z))


class WrongSigmoid(Activation):
    """The tutorials' neuron: a right forward pass, a wrong backward pass."""

    name = "wrong sigmoid"

    def __call__(self, z):
        return ACTIVATIONS["sigmoid"](z)

    def derivative(self, z):
        return wrong_slope(z)


def trained(X, y, epochs, slope, weights, bias, weights_step, bias_step):
    """Return weights, bias and the sum of signed errors that each epoch began with."""
    w, b, sums = np.array(weights), bias, []
    for _ in range(epochs):
        z = X @ w + b
        error = sigmoid(z) - y
        delta = error * slope(z)
        w = w - weights_step * X.T @ delta
        b = b - bias_step * delta.sum()
        sums.append(error.sum())
    return w, b, np.array(sums)


def digits(value, n=8):
    """Return the numbers as the tutorials print them: ``n`` decimals, as text."""
    return " ".join(f"{each:.{n}f}" for each in np.atleast_1d(value))


# Tutorial A: the second input, 10,000 epochs, weights step 0.05, bias step 0.04.

A_X = np.array([[0.0, 0], [0, 1], [1, 1], [1, 0]])
A_Y = np.array([0.0, 1, 1, 0])
A_START = {"weights": [0.1, 0.2], "bias": 0.3, "weights_step": 0.05, "bias_step": 0.04}
A_RUNS = [
    (wrong_slope, "-0.50362183 8.92257347", "-4.08058729", "0.99217042"),
    (right_slope, "-0.27780002 6.45798409", "-2.95825575", "0.97068004"),
]


@pytest.mark.parametrize("slope, weights, bias, answer", A_RUNS, ids=["published", "corrected"])
def test_tutorial_a(slope, weights, bias, answer):
    w, b, _ = trained(A_X, A_Y, 10_000, slope, **A_START)
    assert (digits(w), digits(b)) == (weights, bias)
    assert digits(sigmoid(np.array([0, 1]) @ w + b)) == answer


@pytest.mark.parametrize("slope, weights, bias, answer", A_RUNS, ids=["published", "corrected"])
def test_tutorial_a_with_nnlib_s_gradient(slope, weights, bias, answer):
    """``Trainer`` has one step for all parameters; A has two, so the loop stays visible."""
    network = Network([2, 1], output="sigmoid" if slope is right_slope else WrongSigmoid())
    network.parameters = [0.1, 0.2, 0.3]
    steps = np.array([0.05, 0.05, 0.04]) * len(A_X) / 2
    for _ in range(10_000):
        _, gradient = network.loss_and_gradient(A_X, A_Y[:, None], "mean_squared_error")
        network.parameters -= steps * gradient
    assert digits(network.parameters) == f"{weights} {bias}"
    assert digits(network.predict([[0, 1]])[0]) == answer


# Tutorial B: the first input, 10,000 steps of size 1, no bias; its derivative is right.

B_X = np.array([[0.0, 0, 1], [1, 1, 1], [1, 0, 1], [0, 1, 1]])
B_Y = np.array([0.0, 1, 1, 0])
B_WEIGHTS = "9.67299303 -0.20784350 -4.62963669"


def b_start():
    return np.random.RandomState(1).uniform(-1, 1, 3)


def test_tutorial_b():
    assert digits(b_start()) == "-0.16595599 0.44064899 -0.99977125"
    w, b, _ = trained(B_X, B_Y, 10_000, right_slope, b_start(), 0.0, 1, 0)
    assert digits(w) == B_WEIGHTS and b == 0
    assert digits(sigmoid(np.array([1, 0, 0]) @ w)) == "0.99993704"  # the page lost a digit
    assert digits(sigmoid(np.array([1, 0, 1]) @ w)) == "0.99358931"


def test_tutorial_b_with_the_trainer_its_third_input_as_the_bias():
    network = Network([2, 1])
    network.parameters = b_start()
    optimizer = SGD(learning_rate=1 * len(B_X) / 2)
    trainer = Trainer(network, B_X[:, :2], B_Y[:, None], "mean_squared_error", optimizer)
    trainer.run(10_000)
    assert digits(network.parameters) == B_WEIGHTS
    assert digits(network.predict([[1, 0]])[0]) == "0.99358931"


# Tutorial C: OR, step 0.05, the wrong derivative. Its numbers are those of 11,010 epochs.

C_X = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])
C_Y = np.array([0.0, 1, 1, 1])
C_START = {"weights": [0.1, 0.2], "bias": 0.3, "weights_step": 0.05, "bias_step": 0.05}
C_RUNS = [
    (1_000, "2.64321662 2.66226811", "-0.77937434"),
    (11_010, "7.20642565 7.20667957", "-3.24934367"),
]


@pytest.mark.parametrize("epochs, weights, bias", C_RUNS, ids=["run once", "published"])
def test_tutorial_c(epochs, weights, bias):
    w, b, _ = trained(C_X, C_Y, epochs, wrong_slope, **C_START)
    assert (digits(w), digits(b)) == (weights, bias)


@pytest.mark.parametrize("epochs, weights, bias", C_RUNS, ids=["run once", "published"])
def test_tutorial_c_with_the_trainer(epochs, weights, bias):
    network = Network([2, 1], output=WrongSigmoid())
    network.parameters = [0.1, 0.2, 0.3]
    optimizer = SGD(learning_rate=0.05 * len(C_X) / 2)
    trainer = Trainer(network, C_X, C_Y[:, None], "mean_squared_error", optimizer)
    trainer.run(epochs)
    assert digits(network.parameters) == f"{weights} {bias}"


def test_tutorial_c_s_published_outputs():
    w, b, _ = trained(C_X, C_Y, 11_010, wrong_slope, **C_START)
    assert digits(sigmoid(np.array([[1, 0], [1, 1], [0, 0]]) @ w + b)) == (
        "0.98123985 0.99998582 0.03735048"
    )


C_SUMS = """
-0.0001441677177577566 -0.0001442118430388592 -0.0001442559474823385 -0.0001443000310991302
-0.0001443440938982063 -0.00014438813588955185 -0.0001444321570829507 -0.0001444761574890957
-0.00014452013711668127 -0.00014456409597597697 -0.00014460803407687767 -0.0001446519514292366
-0.00014469584804283064 -0.00014473972392706203 -0.00014478357909237377 -0.0001448274135482791
-0.000144871227304659 -0.0001449150203709504 -0.00014495879275737422 -0.0001450025444734021
-0.00014504627552924115 -0.00014508998593404376 -0.00014513367569780194 -0.00014517734483039668
-0.00014522099334165345 -0.00014526462124090506 -0.00014530822853860148 -0.00014535181524401308
-0.00014539538136659758 -0.00014543892691622207 -0.00014548245190303816 -0.00014552595633644805
-0.0001455694402262911 -0.00014561290358178214 -0.000145656346413163 -0.00014569976872997464
-0.00014574317054204255 -0.0001457865518587828 -0.00014582991269005557 -0.00014587325304505488
-0.00014591657293414745 -0.00014595987236717956
"""  # all that the page prints; of a last one only −0.000146 is left


def test_tutorial_c_s_printed_sums_are_those_from_epoch_10_010_on():
    _, _, sums = trained(C_X, C_Y, 10_100, wrong_slope, **C_START)
    page = np.array(C_SUMS.split(), dtype=float)
    assert len(page) == 42
    assert np.abs(sums[10_010:10_052] - page).max() < 1e-15
    assert f"{sums[10_052]:.18f}".startswith("-0.000146")


def test_tutorial_c_s_sum_of_errors_is_nearly_0_while_an_answer_is_wrong():
    """What epoch 94 prints, before its update: the state after 93 updates."""
    w, b, _ = trained(C_X, C_Y, 93, wrong_slope, **C_START)
    _, _, sums = trained(C_X, C_Y, 200, wrong_slope, **C_START)
    a = sigmoid(C_X @ w + b)
    assert np.abs(sums).argmin() == 93
    assert sums[93] == pytest.approx((a - C_Y).sum(), abs=1e-12)
    assert digits(sums[93], 5) == "0.00003"
    assert digits(a[0], 3) == "0.618"
    assert digits(np.mean((a - C_Y) ** 2), 3) == "0.129"


# Why the error was not noticed, and what would have noticed it.


def test_the_wrong_factor_is_almost_constant():
    z = np.linspace(-50, 50, 10_001)
    assert digits([wrong_slope(z).min(), wrong_slope(z).max()], 4) == "0.1966 0.2500"


@pytest.mark.parametrize("X, y", [(A_X, A_Y), (C_X, C_Y)], ids=["A", "C"])
def test_a_gradient_check_finds_it(X, y):
    for output, finds_nothing in (("sigmoid", True), (WrongSigmoid(), False)):
        network = Network([2, 1], output=output)
        network.parameters = [1.0, 2.0, 0.3]
        check = gradient_check(network, X, y[:, None], "mean_squared_error")
        assert (check.worst < 1e-6) is finds_nothing
