"""Optimisers: two steps by hand each, settings at any time, memory."""

import copy
import math

import numpy as np
import pytest

from nnlib import OPTIMIZERS, SGD, Adam, RMSProp
from nnlib.optimizers import Optimizer

G1, G2 = np.array([2.0, -4.0]), np.array([1.0, 0.5])
START = np.array([1.0, -1.0])


def after_two_steps(optimizer, rates=(0.1, 0.1)):
    p = START.copy()
    for rate, gradient in zip(rates, (G1, G2), strict=True):
        optimizer.learning_rate = rate
        optimizer.step(p, gradient)
    return p


def test_the_registry_lists_exactly_the_three():
    assert {"sgd": SGD, "rmsprop": RMSProp, "adam": Adam} == OPTIMIZERS
    assert [kind.name for kind in OPTIMIZERS.values()] == list(OPTIMIZERS)


def test_defaults():
    assert SGD(0.5).settings == {"learning_rate": 0.5, "momentum": 0, "nesterov": False}
    assert RMSProp(0.5).settings == {"learning_rate": 0.5, "decay": 0.9, "epsilon": 1e-8}
    assert Adam().settings == {
        "learning_rate": 0.001,
        "beta1": 0.9,
        "beta2": 0.999,
        "epsilon": 1e-8,
    }


def test_sgd():
    np.testing.assert_allclose(after_two_steps(SGD(0.1)), START - 0.1 * G1 - 0.1 * G2)


def test_momentum():
    expected = START - 0.1 * G1 - 0.1 * (0.9 * G1 + G2)
    np.testing.assert_allclose(after_two_steps(SGD(0.1, momentum=0.9)), expected)


def test_momentum_remembers_gradients_not_steps():
    expected = START - 0.1 * G1 - 0.01 * (0.9 * G1 + G2)
    found = after_two_steps(SGD(0.1, momentum=0.9), rates=(0.1, 0.01))
    np.testing.assert_allclose(found, expected)


def test_nesterov():
    first = START - 0.1 * (G1 + 0.9 * G1)
    expected = first - 0.1 * (G2 + 0.9 * (0.9 * G1 + G2))
    np.testing.assert_allclose(after_two_steps(SGD(0.1, 0.9, nesterov=True)), expected)


def test_rmsprop_with_epsilon_outside_the_root():
    s = 0.2 * G1**2
    expected = START - 0.1 * G1 / (np.sqrt(s) + 0.5)
    s = 0.8 * s + 0.2 * G2**2
    expected = expected - 0.1 * G2 / (np.sqrt(s) + 0.5)
    np.testing.assert_allclose(after_two_steps(RMSProp(0.1, decay=0.8, epsilon=0.5)), expected)


def test_adam_bias_corrected_with_epsilon_outside_the_root():
    m, v = 0.2 * G1, 0.1 * G1**2
    expected = START - 0.1 * (m / 0.2) / (np.sqrt(v / 0.1) + 0.5)
    m, v = 0.8 * m + 0.2 * G2, 0.9 * v + 0.1 * G2**2
    expected = expected - 0.1 * (m / (1 - 0.8**2)) / (np.sqrt(v / (1 - 0.9**2)) + 0.5)
    found = after_two_steps(Adam(0.1, beta1=0.8, beta2=0.9, epsilon=0.5))
    np.testing.assert_allclose(found, expected)


def test_adam_s_first_step_is_the_learning_rate():
    p = np.zeros(2)
    Adam(0.25).step(p, np.array([1e-3, -1e3]))
    np.testing.assert_allclose(p, [-0.25, 0.25], rtol=1e-4)


WITH_MEMORY = [SGD(0.1, 0.9), SGD(0.1, 0.9, nesterov=True), RMSProp(0.1), Adam(0.1)]


@pytest.fixture(params=[SGD(0.1), *WITH_MEMORY], ids=repr)
def optimizer(request):
    return copy.deepcopy(request.param)


def test_steps_are_in_place_and_leave_the_gradient_alone(optimizer):
    p, g = START.copy(), G1.copy()
    held = p
    optimizer.step(p, g)
    assert held is p and not np.array_equal(p, START)
    np.testing.assert_array_equal(g, G1)


def test_float32_stays_float32(optimizer):
    p = START.astype("float32")
    for gradient in (G1, G2):
        optimizer.step(p, gradient.astype("float32"))
    arrays = [memory for name, memory in optimizer.memory.items() if name != "t"]
    assert {array.dtype for array in [p, *arrays]} == {np.dtype("float32")}
    double = type(optimizer)(**optimizer.settings)
    np.testing.assert_allclose(p, after_two_steps(double), rtol=1e-5)


def test_reset_forgets(optimizer):
    fresh = after_two_steps(optimizer)
    optimizer.reset()
    assert optimizer.memory == {}
    np.testing.assert_array_equal(after_two_steps(optimizer), fresh)


@pytest.mark.parametrize(
    "bad, error",
    [
        *((bad, ValueError) for bad in (-1, 0, math.nan, math.inf)),
        *((bad, TypeError) for bad in ("abc", None, True, 1j)),
    ],
)
def test_the_learning_rate_is_checked_whenever_it_is_set(optimizer, bad, error):
    with pytest.raises(error, match="learning_rate must be"):
        optimizer.learning_rate = bad
    assert optimizer.learning_rate == 0.1
    with pytest.raises(error, match="learning_rate must be"):
        type(optimizer)(bad)


@pytest.mark.parametrize("good", [1e9, 1, 1e-12, np.float32(0.5), np.int64(3)])
def test_any_other_learning_rate_is_legal(good):
    optimizer = SGD(0.1)
    optimizer.learning_rate = good
    assert optimizer.learning_rate == float(good) and type(optimizer.learning_rate) is float


@pytest.mark.parametrize(
    "make, name",
    [
        (lambda v: SGD(0.1, momentum=v), "momentum"),
        (lambda v: RMSProp(0.1, decay=v), "decay"),
        (lambda v: Adam(beta1=v), "beta1"),
        (lambda v: Adam(beta2=v), "beta2"),
    ],
)
def test_fractions_are_checked(make, name):
    for bad in (-0.1, 1, 1.5, math.nan):
        with pytest.raises(ValueError, match=name):
            make(bad)
    with pytest.raises(TypeError, match=name):
        make("high")
    make(0)


@pytest.mark.parametrize("make", [RMSProp, Adam])
def test_epsilon_is_checked(make):
    for bad in (0, -1e-8, math.inf):
        with pytest.raises(ValueError, match="epsilon"):
            make(0.1, epsilon=bad)


def test_gradient_and_parameters_must_agree_and_nothing_moves():
    p = START.copy()
    for optimizer in (SGD(0.1), Adam()):
        with pytest.raises(ValueError, match=r"\(2,\) and gradient \(1,\)"):
            optimizer.step(p, np.array([1.0]))
        assert optimizer.memory == {}
    np.testing.assert_array_equal(p, START)


@pytest.mark.parametrize("optimizer", WITH_MEMORY, ids=repr, indirect=True)
def test_a_memory_belongs_to_one_network(optimizer):
    other = np.zeros(2)
    optimizer.step(START.copy(), G1)
    with pytest.raises(ValueError, match="another network"):
        optimizer.step(other, G1)
    np.testing.assert_array_equal(other, [0, 0])
    optimizer.reset()
    optimizer.step(other, G1)


def test_repr_makes_it_again():
    assert repr(SGD(0.1, 0.9)) == "SGD(learning_rate=0.1, momentum=0.9, nesterov=False)"


def test_a_new_optimizer_needs_an_update():
    with pytest.raises(NotImplementedError):
        Optimizer(0.1).step(START.copy(), G1)
