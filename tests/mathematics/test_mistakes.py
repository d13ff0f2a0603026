"""Training with a mistake in it: right where it should be, wrong in the one place it names."""

import numpy as np
import pytest

from nnlib import SGD, Network, Trainer
from nnlib.mistakes import (
    BIAS_STEP,
    EPOCHS,
    MISTAKES,
    UNNAMED,
    data,
    gradients,
    loss,
    slopes_by_trying,
    start,
    train,
)


def flat(arrays):
    return np.concatenate([array.ravel() for array in arrays])


@pytest.fixture(scope="module")
def place():
    """Parameters whose biases are not 0, so that nothing cancels."""
    rng = np.random.default_rng(1)
    return [p + rng.normal(size=p.shape) for p in start()]


def network_at(parameters):
    network = Network([2, 4, 1], hidden="sigmoid", output="sigmoid")
    network.parameters = flat(parameters)
    return network


def test_the_right_run_is_that_of_nnlib():
    X, y = data()
    network = network_at(start(3))
    Trainer(network, X, y, "mean_squared_error", SGD(2.0)).run(50)
    mine = train("none", 2.0, seed=3)
    np.testing.assert_allclose(flat(mine.parameters[50]), network.parameters, rtol=1e-9)
    assert mine.losses[50] == pytest.approx(network.loss(X, y, "mean_squared_error"))


def test_gradient_and_loss_are_those_of_nnlib(place):
    X, y = data()
    value, gradient = network_at(place).loss_and_gradient(X, y, "mean_squared_error")
    assert loss(place, X, y) == pytest.approx(value)
    np.testing.assert_allclose(flat(gradients(place, X, y)), gradient, atol=1e-12)
    np.testing.assert_allclose(flat(slopes_by_trying(place)), gradient, atol=1e-9)


def test_mistakes_of_the_gradient(place):
    X, y = data()
    right = flat(gradients(place, X, y))
    np.testing.assert_allclose(flat(gradients(place, X, y, "sign")), -right)
    np.testing.assert_allclose(flat(gradients(place, X, y, "sum")), 40 * right)
    ratios = flat(gradients(place, X, y, "slope")) / right
    assert np.ptp(ratios) > 0.1
    for name in ("none", "bias", "clear", "steps"):
        np.testing.assert_array_equal(flat(gradients(place, X, y, name)), right)


@pytest.mark.parametrize("name", MISTAKES)
def test_what_each_step_is(name):
    rate, run = 0.5, train(name, 0.5)
    for epoch in range(3):
        before, after = run.parameters[epoch : epoch + 2]
        step = [new - old for old, new in zip(before, after, strict=True)]
        bias = {"bias": 0.0, "steps": BIAS_STEP}.get(name, 1.0)
        for change, gradient, factor in zip(step, run.used[epoch], (1, bias, 1, bias), strict=True):
            np.testing.assert_allclose(change, -factor * rate * gradient, atol=1e-12)


def test_gradients_that_are_not_cleared_add_up():
    X, y = data()
    run = train("clear", 0.5)
    fresh = [flat(gradients(p, X, y)) for p in run.parameters[:5]]
    for epoch in range(5):
        np.testing.assert_allclose(flat(run.used[epoch]), np.sum(fresh[: epoch + 1], axis=0))


def test_all_runs_begin_alike_and_only_the_right_one_learns_it_well():
    runs = {name: train(name) for name in MISTAKES}
    assert len({run.losses[0] for run in runs.values()}) == 1
    assert all(len(run.losses) == EPOCHS for run in runs.values())
    last = {name: run.losses[-1] for name, run in runs.items()}
    assert last["none"] < 0.05 and last["steps"] < 0.05
    assert last["slope"] > 0.15 and last["bias"] > 0.15
    assert last["sign"] > 0.45 and last["sum"] > 0.45
    assert last["clear"] < last["none"]


def test_each_letter_stands_for_another_mistake():
    assert sorted(UNNAMED.values()) == sorted(set(MISTAKES) - {"none"})
    assert list(UNNAMED.values()) != [name for name in MISTAKES if name != "none"]
