"""Losses by hand, against differences, and at the ends of the numbers."""

import math

import numpy as np
import pytest

from nnlib import ACTIVATIONS, LOSSES, Loss
from nnlib.losses import find_loss

A = np.array([[0.8, 0.3], [0.4, 0.9]])
Y = np.array([[1.0, 0.0], [0.0, 1.0]])
ROWS = np.array([[0.5, 0.2, 0.3], [0.1, 0.1, 0.8]])
CLASSES = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])
FUSED = [("sigmoid", "binary_cross_entropy"), ("softmax", "cross_entropy")]


def test_the_registry_lists_exactly_the_three():
    assert list(LOSSES) == ["mean_squared_error", "binary_cross_entropy", "cross_entropy"]
    assert all(loss.name == name and loss.formula for name, loss in LOSSES.items())


def test_mean_squared_error_by_hand():
    assert LOSSES["mean_squared_error"](A, Y) == pytest.approx(
        (0.04 + 0.09 + 0.16 + 0.01) / 4, rel=1e-14
    )


def test_binary_cross_entropy_by_hand():
    expected = -(math.log(0.8) + math.log(0.7) + math.log(0.6) + math.log(0.9)) / 4
    assert LOSSES["binary_cross_entropy"](A, Y) == pytest.approx(expected, rel=1e-14)


def test_cross_entropy_by_hand_is_a_mean_over_samples():
    expected = -(math.log(0.5) + math.log(0.8)) / 2
    assert LOSSES["cross_entropy"](ROWS, CLASSES) == pytest.approx(expected, rel=1e-14)


def test_losses_of_two_plain_numbers():
    assert LOSSES["mean_squared_error"](0.7, 1) == pytest.approx(0.09)
    assert LOSSES["binary_cross_entropy"](0.5, 1) == pytest.approx(math.log(2))


@pytest.mark.parametrize("name", LOSSES)
def test_gradient_is_the_slope_of_the_loss(name):
    loss = LOSSES[name]
    a, y = (ROWS, CLASSES) if name == "cross_entropy" else (A, Y)
    for place in np.ndindex(a.shape):
        up, down = a.copy(), a.copy()
        up[place] += 1e-6
        down[place] -= 1e-6
        slope = (loss(up, y) - loss(down, y)) / 2e-6
        assert loss.gradient(a, y)[place] == pytest.approx(slope, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("output, name", FUSED)
def test_the_fused_way_agrees_with_the_plain_one(output, name):
    f, loss = ACTIVATIONS[output], LOSSES[name]
    z = np.array([[0.3, -1.2, 2.0], [4.0, 0.0, -0.5]])
    y = CLASSES
    assert loss.from_z(z, y, f) == pytest.approx(loss(f(z), y), rel=1e-13)
    plain = f.backward(z, loss.gradient(f(z), y))
    np.testing.assert_allclose(loss.delta(z, y, f), plain, rtol=1e-12, atol=1e-15)


@pytest.mark.filterwarnings("error")
def test_fused_losses_are_exact_at_thousands():
    sigmoid, bce = ACTIVATIONS["sigmoid"], LOSSES["binary_cross_entropy"]
    z = np.array([[5000.0], [-5000.0], [3000.0], [-2000.0]])
    y = np.array([[0.0], [1.0], [1.0], [0.0]])
    assert bce.from_z(z, y, sigmoid) == 2500  # (5000 + 5000 + 0 + 0) / 4
    np.testing.assert_array_equal(bce.delta(z, y, sigmoid), [[0.25], [-0.25], [0], [0]])
    softmax, ce = ACTIVATIONS["softmax"], LOSSES["cross_entropy"]
    z = np.array([[4000.0, 0.0, -4000.0], [0.0, 0.0, 7000.0]])
    assert ce.from_z(z, np.array([[0.0, 0, 1], [0, 0, 1]]), softmax) == 4000
    np.testing.assert_array_equal(
        ce.delta(z, np.array([[0.0, 0, 1], [0, 0, 1]]), softmax), [[0.5, 0, -0.5], [0, 0, 0]]
    )


def test_fused_losses_keep_the_digits_of_small_values():
    sigmoid, bce = ACTIVATIONS["sigmoid"], LOSSES["binary_cross_entropy"]
    for z in (40.0, 300.0):
        right = np.array([[z], [-z]]), np.array([[1.0], [0.0]])
        assert bce.from_z(*right, sigmoid) == pytest.approx(math.exp(-z), rel=1e-12, abs=0)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("name", ["binary_cross_entropy", "cross_entropy"])
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_outputs_of_exactly_0_and_1_are_finite_and_silent(name, dtype):
    a = np.array([[0.0, 1.0], [1.0, 0.0]], dtype)
    y = np.array([[1.0, 0.0], [1.0, 0.0]])
    loss = LOSSES[name]
    assert 0 < loss(a, y) < 100
    assert np.isfinite(loss.gradient(a, y)).all()
    assert loss.gradient(a, y).dtype == dtype
    assert loss(a[1:], y[1:]) == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize("name", LOSSES)
@pytest.mark.parametrize("output", ACTIVATIONS)
def test_cross_entropies_refuse_misfits_and_name_what_fits(name, output):
    loss = LOSSES[name]
    fitting = {"binary_cross_entropy": "sigmoid", "cross_entropy": "softmax"}.get(name, output)
    assert loss.fits(output) == (output == fitting)
    if output == fitting:
        loss.check_fit(output)
    else:
        with pytest.raises(ValueError, match=f"{name} does not fit.*{output}.*'{fitting}'"):
            loss.check_fit(output)


@pytest.mark.parametrize("y", [-1.0, 1.5])
def test_binary_cross_entropy_refuses_targets_out_of_range(y):
    with pytest.raises(ValueError, match="targets y between 0 and 1"):
        LOSSES["binary_cross_entropy"]([[0.5]], [[y]])


def test_soft_targets_are_legal():
    expected = -(0.3 * math.log(0.6) + 0.7 * math.log(0.4))
    assert LOSSES["binary_cross_entropy"]([[0.6]], [[0.3]]) == pytest.approx(expected)
    assert LOSSES["cross_entropy"]([[0.6, 0.4]], [[0.3, 0.7]]) == pytest.approx(expected)


@pytest.mark.parametrize("y", [[[1.0, 1.0]], [[0.0, 0.0]], [[2.0, -1.0]], [[0.5, 0.4]]])
def test_cross_entropy_refuses_rows_that_are_no_probabilities(y):
    with pytest.raises(ValueError, match=r"add up to 1.*np.eye"):
        LOSSES["cross_entropy"]([[0.5, 0.5]], y)


def test_cross_entropy_refuses_one_dimension():
    with pytest.raises(ValueError, match="n_samples, n_classes"):
        LOSSES["cross_entropy"]([0.5, 0.5], [1.0, 0.0])


@pytest.mark.parametrize("a", [-0.1, 1.1])
def test_cross_entropies_refuse_outputs_that_are_no_probabilities(a):
    with pytest.raises(ValueError, match="outputs a between 0 and 1"):
        LOSSES["binary_cross_entropy"]([[a]], [[1.0]])


@pytest.mark.parametrize("name", LOSSES)
def test_shapes_must_agree(name):
    with pytest.raises(ValueError, match=r"same shape, got \(2, 1\) and \(2,\).*reshape"):
        LOSSES[name]([[0.5], [0.5]], [0.0, 1.0])


@pytest.mark.parametrize("name", LOSSES)
def test_empty_and_not_finite_are_refused(name):
    with pytest.raises(ValueError, match="empty"):
        LOSSES[name](np.empty((0, 1)), np.empty((0, 1)))
    for bad in (math.nan, math.inf):
        with pytest.raises(ValueError, match=r"a.*finite"):
            LOSSES[name]([[bad]], [[1.0]])
        with pytest.raises(ValueError, match=r"y.*finite"):
            LOSSES[name].gradient([[0.5]], [[bad]])


def test_an_unknown_loss_lists_the_known_ones():
    with pytest.raises(ValueError, match=r"'mse'.*mean_squared_error, binary"):
        find_loss("mse")
    with pytest.raises(TypeError, match="loss must be"):
        find_loss(None)


def test_a_new_loss_needs_value_and_gradient():
    with pytest.raises(NotImplementedError):
        Loss()([1.0], [1.0])
    with pytest.raises(NotImplementedError):
        Loss().gradient([1.0], [1.0])
