"""Backpropagation against differences of the loss: every activation, every loss."""

from itertools import product

import numpy as np
import pytest

from nnlib import ACTIVATIONS, INITIALIZERS, LOSSES, Activation, LeakyReLU, Network, gradient_check
from nnlib.gradcheck import central_differences

OUTPUT_FOR = {
    "mean_squared_error": "linear",
    "binary_cross_entropy": "sigmoid",
    "cross_entropy": "softmax",
}
FITTING = [(f, name) for f in ACTIVATIONS for name, loss in LOSSES.items() if loss.fits(f)]
rng = np.random.default_rng(8)
X = rng.normal(size=(6, 3))
ONE_HOT = np.eye(3)[rng.integers(3, size=6)]


def network_away_from_kinks(hidden, output, initializer="xavier"):
    """A 3-4-4-3 network, its biases not 0, with no z of ``X`` close to 0, where kinks are."""
    for seed in range(50):
        network = Network([3, 4, 4, 3], hidden, output, initializer, seed)
        network.parameters += 0.2 * np.random.default_rng(seed).normal(size=network.parameters.size)
        network.forward(X)
        if min(np.abs(layer.z).min() for layer in network.layers) > 1e-3:
            return network
    raise AssertionError("no network found")


@pytest.mark.parametrize("initializer", INITIALIZERS)
@pytest.mark.parametrize(("output", "loss"), FITTING, ids="-".join)
@pytest.mark.parametrize("hidden", [*ACTIVATIONS, LeakyReLU(0.3)], ids=str)
def test_every_combination_that_fits(hidden, output, loss, initializer):
    network = network_away_from_kinks(hidden, output, initializer)
    check = gradient_check(network, X, ONE_HOT, loss)
    assert check.worst < 1e-6
    assert output == "step" or np.abs(check.analytic).max() > 1e-3  # not zero against zero


@pytest.mark.parametrize(("output", "loss"), sorted({*product(ACTIVATIONS, LOSSES)} - {*FITTING}))
def test_output_activations_that_do_not_fit_are_refused(output, loss):
    with pytest.raises(ValueError, match=f"use output='{OUTPUT_FOR[loss]}'"):
        gradient_check(network_away_from_kinks("tanh", output), X, ONE_HOT, loss)


@pytest.mark.parametrize("loss", LOSSES)
def test_with_hidden_activations_mixed(loss):
    network = network_away_from_kinks(["gelu", "leaky_relu"], OUTPUT_FOR[loss])
    assert gradient_check(network, X, ONE_HOT, loss).worst < 1e-6


def test_soft_targets():
    y = np.array([[0.2, 0.3, 0.5]] * 6)
    for loss in LOSSES:
        network = network_away_from_kinks("tanh", OUTPUT_FOR[loss])
        assert gradient_check(network, X, y, loss).worst < 1e-6


class WrongSigmoid(Activation):
    """The tutorials' error: the derivative σ′ taken of the output a in place of z."""

    name = "wrong"

    def __call__(self, z):
        return ACTIVATIONS["sigmoid"](z)

    def derivative(self, z):
        return ACTIVATIONS["sigmoid"].derivative(self(z))


def test_a_wrong_derivative_is_found():
    check = gradient_check(Network([3, 2, 3], WrongSigmoid()), X, ONE_HOT, "mean_squared_error")
    assert check.worst > 0.05
    output_layer = check.errors[-9:]  # 2 · 3 weights and 3 biases, above the wrong activation
    assert output_layer.max() < 1e-6


@pytest.mark.parametrize("factor", [2.0, 1.001])
def test_one_wrong_parameter_is_found_and_placed(monkeypatch, factor):
    network = network_away_from_kinks("tanh", "linear")
    right = Network.loss_and_gradient

    def wrong(self, X, y, loss):
        value, gradient = right(self, X, y, loss)
        gradient[7] *= factor
        return value, gradient

    monkeypatch.setattr(Network, "loss_and_gradient", wrong)
    check = gradient_check(network, X, ONE_HOT, "mean_squared_error")
    assert check.errors.argmax() == 7
    assert check.worst == pytest.approx(1 - 1 / factor, rel=0.02)


def test_result_and_what_it_leaves_behind():
    network = network_away_from_kinks("tanh", "sigmoid")
    before = network.parameters.copy()
    check = gradient_check(network, X, ONE_HOT, "binary_cross_entropy")
    np.testing.assert_array_equal(network.parameters, before)
    np.testing.assert_array_equal(network.gradient, check.analytic)
    assert check.analytic.shape == check.numeric.shape == check.errors.shape == before.shape
    assert check.worst == check.errors.max()
    assert str(check) == f"worst relative error {check.worst:.1e} over {before.size} parameters"


def test_where_all_is_flat_rounding_is_no_error():
    network = Network([3, 2, 3], "relu", "sigmoid")
    network.parameters = np.full(network.parameters.size, -50.0)
    check = gradient_check(network, np.abs(X), ONE_HOT, "mean_squared_error")
    assert check.worst < 1e-6


def test_a_loss_of_exactly_0_gives_no_nan():
    network = Network([3, 3], output="linear", initializer="zeros")
    assert gradient_check(network, X, np.zeros((6, 3)), "mean_squared_error").worst < 1e-3


def test_arguments_are_checked():
    network = Network([3, 3])
    with pytest.raises(ValueError, match="epsilon must be greater than 0"):
        gradient_check(network, X, ONE_HOT, "mean_squared_error", epsilon=0)
    with pytest.raises(ValueError, match="float64"):
        gradient_check(Network([3, 3], dtype="float32"), X, ONE_HOT, "mean_squared_error")
    with pytest.raises(ValueError, match="layer 1 expects X"):
        gradient_check(network, X[:, :2], ONE_HOT, "mean_squared_error")


def test_a_check_that_is_stopped_leaves_the_parameters_as_they_were():
    parameters, asked = np.array([[1.0, 2.0], [3.0, 4.0]]), []

    def stopped_in_the_middle():
        asked.append(parameters.copy())
        if len(asked) == 6:
            raise KeyboardInterrupt
        return 0.0

    with pytest.raises(KeyboardInterrupt):
        central_differences(stopped_in_the_middle, parameters, 0.5)
    np.testing.assert_array_equal(asked[-1], [[1.0, 2.0], [2.5, 4.0]])
    np.testing.assert_array_equal(parameters, [[1.0, 2.0], [3.0, 4.0]])
