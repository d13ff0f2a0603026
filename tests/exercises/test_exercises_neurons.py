"""The exercises of chapter 1: every right answer passes, every usual mistake is named."""

import numpy as np
import pytest

from nnlib.exercises import (
    check_and_gate,
    check_boundary,
    check_majority,
    check_mean_squared_error,
    check_neuron,
    check_sure_nor,
    check_with_ones,
)
from nnlib.exercises.chapters.gates import Gate
from nnlib.exercises.predictions.prediction import QUESTIONS


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


@pytest.mark.parametrize(
    "neuron",
    [
        lambda x, weights, bias: sigmoid(x @ weights + bias),
        lambda x, weights, bias: [sigmoid(sum(x * weights) + bias)],
        lambda x, weights, bias: 0.5 * (1 + np.tanh((np.dot(weights, x) + bias) / 2)),
        lambda x, w, b: sigmoid(np.array([x]) @ w.reshape(-1, 1) + b),
    ],
)
def test_neuron_right(neuron):
    assert check_neuron(neuron)


@pytest.mark.parametrize(
    "neuron, message",
    [
        (lambda x, w, b: sigmoid(x @ w), "The bias is missing"),
        (lambda x, w, b: sigmoid(np.sum(x * w + b)), "once for each input"),
        (lambda x, w, b: sigmoid(x @ w - b), "wrong sign"),
        (lambda x, w, b: sigmoid(np.mean(x * w) + b), "a mean"),
        (lambda x, w, b: x @ w + b, "This is z"),
        (lambda x, w, b: 1 / (1 + np.exp(x @ w + b)), "sign is flipped"),
        (lambda x, w, b: x @ w + b > 0, "step function"),
        (lambda x, w, b: 0.3, "Work it out"),
        (lambda x, w, b: sigmoid(x * w + b), "shape"),
    ],
)
def test_neuron_diagnosed(neuron, message):
    result = check_neuron(neuron)
    assert result.passed is False
    assert message in result.message


# Gates: weights and a bias to design ---------------------------------------------------------


@pytest.mark.parametrize(
    "answer",
    [
        (1, 1, -1.5),
        (5.0, 4, np.float64(-7)),
        ([2], [[2]], (-3,)),
        (1e-9, 1e-9, -1.5e-9),
        (1e9, 1e9, -1.5e9),
        (1, 1, -1.6),  # at the very edge: (0.8, 0.8) gives z = 0, which answers 1
    ],
)
def test_and_gate_right(answer):
    assert check_and_gate(*answer)


@pytest.mark.parametrize(
    "answer, message",
    [
        ((1, 1, -0.5), "This is OR, not AND. It says 1 too readily: lower the bias"),
        ((-1, -1, 1.5), "all the signs are flipped"),
        ((1, 1, 1), "1 for every row. It says 1 too readily"),
        ((1, 1, -9), "0 for every row. It says 1 too rarely"),
        ((0, 0, 0), "1 for every row"),
        ((3, 1, -2), "The row (1, 0) is answered wrong: z is 1 there, and should be below 0"),
        ((1, 1, -1.1), "But (0.2, 1.2) is on the wrong side: the line runs too close to (0, 1)"),
        ((1, 1, -2), "But (0.8, 0.8) is on the wrong side: the line runs too close to (1, 1)"),
        (("1", 1, 1), "w1 came out as text"),
        ((1, 1, None), "Numbers are expected for the bias; this is None"),
    ],
)
def test_and_gate_diagnosed(answer, message):
    result = check_and_gate(*answer)
    assert result.passed is False
    assert message in result.message


@pytest.mark.parametrize("answer", [(1, 1, 1, -1.5), (2, 2.2, 1.9, -3), (10, 10, 10, -14)], ids=str)
def test_majority_right(answer):
    assert check_majority(*answer)


@pytest.mark.parametrize(
    "answer, message",
    [
        ((1, 1, 1, -0.5), "This is OR of three, not at least two. It says 1 too readily"),
        ((1, 1, 1, -2.5), "This is AND of three, not at least two. It says 1 too rarely"),
        ((-1, -1, -1, 1.5), "all the signs are flipped"),
        ((5, 1, 1, -1.5), "The row (1, 0, 0) is answered wrong: z is 3.5 there"),
        ((1, 1, 1, -1.05), "too close to (0, 0, 1)"),
        ((0.1, 1, 1, -1.5), "The row (1, 0, 1) is answered wrong: z is −0.4 there"),
        ((1, 1, "1", -1.5), "w3 came out as text"),
    ],
)
def test_majority_diagnosed(answer, message):
    result = check_majority(*answer)
    assert result.passed is False
    assert message in result.message


@pytest.mark.parametrize("answer", [(-10, -10, 5), (-5, -6, 2.5), (-1000, -2000, 500)], ids=str)
def test_sure_nor_right(answer):
    assert check_sure_nor(*answer)


@pytest.mark.parametrize(
    "answer, message",
    [
        ((-1, -1, 0.5), "on the right side, but (0, 0) gives 0.62"),
        ((-10, -2.5, 2.3), "on the right side, but (0, 1) gives 0.45"),
        ((10, 10, -5), "all the signs are flipped"),
        ((-1, -1, 1.5), "This is NAND, not NOR. It says 1 too readily: lower the bias"),
        ((-1, -1, -5), "0 for every row. It says 1 too rarely: raise the bias"),
        ((-1, 1, 0.5), "The row (0, 1) is answered wrong"),
        ((-5, -5, 0), "(0, 0) lies on the line itself"),  # three numbers times 5 do not help
    ],
)
def test_sure_nor_diagnosed(answer, message):
    result = check_sure_nor(*answer)
    assert result.passed is False
    assert message in result.message


@pytest.mark.parametrize("noise", [0.1, 0.2])
def test_no_noisy_input_escapes_the_margin(noise):
    """What passes is right on 2,000 noisy inputs; what is refused is wrong on one of them."""
    rng = np.random.default_rng(0)
    verdicts = []
    for w1, w2, bias in rng.uniform([0.5, 0.5, -3.5], [2, 2, -0.5], size=(300, 3)):
        gate = Gate((w1, w2), bias)
        if any(one != all(row) for row, one in gate.answers.items()):
            continue
        rows = np.array(list(gate.answers))[rng.integers(4, size=2000)]
        noisy = rows + rng.choice([-noise, noise], size=rows.shape)
        right = (noisy @ [w1, w2] + bias >= 0) == rows.all(axis=1)
        try:
            gate.require_margin(all, noise)
            verdicts.append(True)
        except Exception as mistake:
            assert "wrong side" in str(mistake)
            verdicts.append(False)
        assert verdicts[-1] == right.all()
    assert 3 < sum(verdicts) < len(verdicts) - 3


# Loss, boundary, bias ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "loss", [lambda a, y: np.mean((a - y) ** 2), lambda a, y: [[((y - a) ** 2).mean()]]]
)
def test_mean_squared_error_right(loss):
    assert check_mean_squared_error(loss)


@pytest.mark.parametrize(
    "loss, message",
    [
        (lambda a, y: np.sum(a - y), "sum of the errors"),
        (lambda a, y: np.sum(y - a), "sum of the errors"),
        (lambda a, y: np.mean(a - y), "mean of the errors"),
        (lambda a, y: np.mean(y - a), "mean of the errors"),
        (lambda a, y: np.mean(a - y) ** 2, "too late"),
        (lambda a, y: np.sum((a - y) ** 2), "sum of the squares"),
        (lambda a, y: np.mean((a - y) ** 2) / 2, "half"),
        (lambda a, y: np.mean((a - y) ** 2) ** 0.5, "root"),
        (lambda a, y: np.mean(abs(a - y)), "absolute"),
        (lambda a, y: (a - y) ** 2, "one number for each row"),
        (lambda a, y: 7, "Take the differences"),
    ],
)
def test_mean_squared_error_diagnosed(loss, message):
    result = check_mean_squared_error(loss)
    assert result.passed is False
    assert message in result.message


@pytest.mark.parametrize(
    "boundary",
    [
        lambda x1, w1, w2, bias: -(w1 * x1 + bias) / w2,
        lambda x1, w1, w2, bias: -w1 / w2 * x1 - bias / w2,
        lambda x1, w1, w2, bias: [np.linalg.solve([[w2]], [-bias - w1 * x1])[0]],
    ],
)
def test_boundary_right(boundary):
    assert check_boundary(boundary)


@pytest.mark.parametrize(
    "boundary, message",
    [
        (lambda x1, w1, w2, b: (w1 * x1 + b) / w2, "The sign is flipped"),
        (lambda x1, w1, w2, b: -w1 * x1 / w2, "The bias is missing"),
        (lambda x1, w1, w2, b: (-w1 * x1 + b) / w2, "sign of the bias is flipped"),
        (lambda x1, w1, w2, b: (w1 * x1 - b) / w2, "sign of w₁x₁ is flipped"),
        (lambda x1, w1, w2, b: -(w1 * x1 + b), "Divide by w₂ at the end"),
        (lambda x1, w1, w2, b: -w1 * x1 / w2 - b, "the bias as well"),
        (lambda x1, w1, w2, b: -w1 * x1 - b / w2, "w₁x₁ as well"),
        (lambda x1, w1, w2, b: -(w2 * x1 + b) / w1, "swapped"),
        (lambda x1, w1, w2, b: w1 * x1 + b, "This is z"),
        (lambda x1, w1, w2, b: 0.5, "solve it for x₂"),
    ],
)
def test_boundary_diagnosed(boundary, message):
    result = check_boundary(boundary)
    assert result.passed is False
    assert message in result.message


@pytest.mark.parametrize(
    "with_ones",
    [
        lambda X: np.column_stack([X, np.ones(len(X))]),
        lambda X: np.hstack([X, np.ones((X.shape[0], 1))]),
        lambda X: [[*row, 1] for row in X],
        lambda X: np.pad(X, ((0, 0), (0, 1)), constant_values=1),
    ],
)
def test_with_ones_right(with_ones):
    assert check_with_ones(with_ones)


@pytest.mark.parametrize(
    "with_ones, message",
    [
        (lambda X: np.vstack([X, np.ones(X.shape[1])]), "Rows and columns are swapped"),
        (lambda X: np.column_stack([X, np.ones(len(X))]).T, "Rows and columns are swapped"),
        (lambda X: np.column_stack([np.ones(len(X)), X]), "first column"),
        (lambda X: np.column_stack([X, np.zeros(len(X))]), "zeros"),
        (lambda X: X + 1, "as many columns as before"),
        (lambda X: np.ones((len(X), X.shape[1] + 1)), "X has to stay as it is"),
    ],
)
def test_with_ones_diagnosed(with_ones, message):
    result = check_with_ones(with_ones)
    assert result.passed is False
    assert message in result.message


@pytest.mark.parametrize(
    "result",
    [
        lambda: check_neuron(lambda x, weights, bias: ...),
        lambda: check_mean_squared_error(lambda a, y: ...),
        lambda: check_and_gate(..., ..., ...),
        lambda: check_and_gate(1, 1, ...),
        lambda: check_boundary(lambda x1, w1, w2, bias: ...),
        lambda: check_with_ones(lambda X: ...),
        lambda: check_majority(1, ..., 1, -1.5),
        lambda: check_sure_nor(..., ..., ...),
    ],
)
def test_unanswered(result):
    assert result().passed is None
    assert result().message.startswith("Replace each ...")


def test_the_numbers_in_the_reveals_are_true():
    """Each number is worked out from what the question says, and stands in the reveal."""
    X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    sums = X @ [1, 1] - 0.5
    listed = "{:.2f}, {:.2f}, {:.2f} and {:.2f}".format
    assert listed(*sigmoid(sums)) in QUESTIONS["neurons-gain"].text
    assert listed(*sigmoid(10 * sums)) in QUESTIONS["neurons-gain"].why
    w1, w3 = 9.67299303, -4.62963669
    assert f"{sigmoid(w1):.4f} becomes {sigmoid(w1 + w3):.4f}" in QUESTIONS["neurons-disguise"].why
    assert f"b = w₃ = −{abs(w3):.2f}" in QUESTIONS["neurons-disguise"].text


def test_the_slips_of_the_weighted_sum_are_what_they_say():
    x, w, b = np.array([1, 0, 1]), np.array([2, -3, 0.5]), -1
    found = [x @ w + b, (x @ w + b) / 3, np.sum(x * w + b), x @ w, x @ w - b, w.sum() + b]
    found += [np.average(x, weights=w)]
    question = QUESTIONS["neurons-average"]
    listed = [float(number) for number, _ in question.known_mistakes]
    np.testing.assert_allclose(found, [float(question.answer), *listed])


def test_one_neuron_gets_six_of_a_ring_and_its_middle():
    """Of many lines none has seven points right, and some have six."""
    angles = np.arange(6) * np.pi / 3
    ring = np.column_stack([np.cos(angles), np.sin(angles)])
    X, y = np.vstack([ring, [0, 0]]), np.array([1] * 6 + [0])
    rng = np.random.default_rng(0)
    weights, bias = rng.normal(size=(5000, 2)), rng.normal(size=5000)
    n_right = ((weights @ X.T + bias[:, None] >= 0) == (y == 1)).sum(axis=1)
    assert n_right.max() == 6
    assert QUESTIONS["neurons-ring"].answer == "Six"
