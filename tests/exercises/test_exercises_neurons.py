"""The exercises of chapter 1: what is told of a gate is true, and so are the reveals."""

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
from nnlib.exercises.checks.verdict import Mistake
from nnlib.exercises.predictions.prediction import QUESTIONS


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def nor(row):
    return not any(row)


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


@pytest.mark.parametrize("rule", [all, any, nor])
def test_the_advice_for_a_gate_leads_on(rule):
    """What is told of the bias and of the signs is so: each is tried, with 240 biases."""
    rng = np.random.default_rng(1)
    rows = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    wanted = [rule(row) for row in rows.tolist()]

    def is_right(weights, bias):
        return (rows @ weights + bias >= 0).tolist() == wanted

    told = set()
    for *weights, bias in rng.integers([-4, -4, -10], [5, 5, 11], size=(400, 3)) / 2:
        if is_right(weights, bias):
            continue
        gate, turned = Gate(tuple(weights), bias), -np.array(weights)
        with pytest.raises(Mistake) as mistake:
            gate.require_table("this", rule, {})
        right = [b for b in np.arange(-6.025, 6, 0.05) if is_right(weights, b)]
        for words, holds in {
            "lower the bias.": any(b < bias for b in right),
            "raise the bias.": any(b > bias for b in right),
            "No bias helps": not right,
            "all the signs are flipped": is_right(turned, -bias),
            "Then lower the bias a little": is_right(turned, -bias - 0.025),
        }.items():
            if words in str(mistake.value):
                told.add(words)
                assert holds, f"{weights}, {bias}: {mistake.value}"
    assert len(told) == 5


def test_the_advice_for_the_room_of_a_gate_leads_on():
    """Where more room is asked for there is a bias that leaves it, and else there is none."""
    rng = np.random.default_rng(2)
    told = []
    for w1, w2 in rng.uniform(0.5, 2, size=(40, 2)):
        some = any(check_and_gate(w1, w2, bias) for bias in np.arange(-4, 0, 0.04))
        message = check_and_gate(w1, w2, -max(w1, w2) - 0.01).message
        told.append("Leave it more room" in message)
        if told[-1] != some:
            assert min(w1, w2) / max(w1, w2) == pytest.approx(2 / 3, abs=0.05), message
        assert told[-1] or "make them more alike" in message
    assert 8 < sum(told) < 32


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
