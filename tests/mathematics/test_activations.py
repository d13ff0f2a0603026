"""Activations against their definitions, far out, and against differences."""

import math

import numpy as np
import pytest

from nnlib import ACTIVATIONS, Activation, LeakyReLU
from nnlib.activations import find_activation

NAMES = list(ACTIVATIONS)
ELEMENTWISE = [name for name in NAMES if name != "softmax"]
KINKS = {"step", "relu", "leaky_relu"}

# f(z) and f′(z) at z = −2, 0, 3, worked out from the equations with Python's math module.
sigma = lambda z: 1 / (1 + math.exp(-z))  # noqa: E731
u = lambda z: math.sqrt(2 / math.pi) * (z + 0.044715 * z**3)  # noqa: E731
EXPECTED = {
    "linear": (lambda z: z, lambda z: 1),
    "step": (lambda z: float(z >= 0), lambda z: 0),
    "sigmoid": (sigma, lambda z: sigma(z) * (1 - sigma(z))),
    "tanh": (math.tanh, lambda z: 1 / math.cosh(z) ** 2),
    "relu": (lambda z: max(0, z), lambda z: float(z > 0)),
    "leaky_relu": (lambda z: z if z > 0 else 0.01 * z, lambda z: 1 if z > 0 else 0.01),
    "elu": (lambda z: z if z > 0 else math.exp(z) - 1, lambda z: 1 if z > 0 else math.exp(z)),
    "softplus": (lambda z: math.log(1 + math.exp(z)), sigma),
    "gelu": (
        lambda z: z / 2 * (1 + math.tanh(u(z))),
        lambda z: (
            (1 + math.tanh(u(z))) / 2
            + z / 2 / math.cosh(u(z)) ** 2 * math.sqrt(2 / math.pi) * (1 + 3 * 0.044715 * z**2)
        ),
    ),
}


def test_each_is_listed_under_its_name_and_has_its_definition_above():
    assert list(EXPECTED) == ELEMENTWISE
    for name, activation in ACTIVATIONS.items():
        assert activation.name == name
        assert activation.formula and activation.range


@pytest.mark.parametrize("name", ELEMENTWISE)
@pytest.mark.parametrize("z", [-2.0, -0.5, 0.0, 0.5, 3.0])
def test_values_and_derivatives_by_hand(name, z):
    value, derivative = EXPECTED[name]
    assert ACTIVATIONS[name](z) == pytest.approx(value(z), rel=1e-14)
    assert ACTIVATIONS[name].derivative(z) == pytest.approx(derivative(z), rel=1e-13)


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_derivative_is_the_slope(name):
    z = np.linspace(-6, 6, 240)  # an even number of points: 0, where the kinks are, is none
    slope = (ACTIVATIONS[name](z + 1e-6) - ACTIVATIONS[name](z - 1e-6)) / 2e-6
    np.testing.assert_allclose(ACTIVATIONS[name].derivative(z), slope, atol=1e-8)


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_backward_is_gradient_times_derivative(name):
    z, gradient = np.linspace(-3, 3, 12).reshape(3, 4), np.arange(12.0).reshape(3, 4)
    expected = gradient * ACTIVATIONS[name].derivative(z)
    np.testing.assert_array_equal(ACTIVATIONS[name].backward(z, gradient), expected)


def test_at_kinks_the_left_slope_is_taken():
    assert ACTIVATIONS["relu"].derivative(0.0) == 0
    assert ACTIVATIONS["leaky_relu"].derivative(0.0) == 0.01
    assert ACTIVATIONS["elu"].derivative(0.0) == 1
    assert ACTIVATIONS["step"](0.0) == 1


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_silent_and_finite_for_every_finite_z(name, dtype):
    largest = np.finfo(dtype).max
    z = np.array([[-largest, -1e5, -745, -88, -1e-30, 0, 1e-30, 30, 710, 1e5, largest]], dtype)
    activation = ACTIVATIONS[name]
    with np.errstate(all="warn", under="ignore"):
        results = [activation(z), activation.backward(z, np.ones_like(z))]
        if name != "softmax":
            results.append(activation.derivative(z))
    for result in results:
        assert np.isfinite(result).all()
        assert result.dtype == dtype


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_far_out_each_takes_its_limits(name):
    low, high = ACTIVATIONS[name]([-1e300, 1e300])
    limits = {
        "linear": (-1e300, 1e300),
        "step": (0, 1),
        "sigmoid": (0, 1),
        "tanh": (-1, 1),
        "leaky_relu": (-1e298, 1e300),
        "elu": (-1, 1e300),
    }
    assert (low, high) == pytest.approx(limits.get(name, (0, 1e300)), rel=1e-12)


def test_sigmoid_keeps_its_digits_in_both_tails():
    z = np.array([-700.0, -40.0, 40.0])
    expected = [1 / (1 + math.exp(-each)) for each in z]
    np.testing.assert_allclose(ACTIVATIONS["sigmoid"](z), expected, rtol=1e-14)
    expected = [math.exp(-abs(each)) / (1 + math.exp(-abs(each))) ** 2 for each in z]
    np.testing.assert_allclose(ACTIVATIONS["sigmoid"].derivative(z), expected, rtol=1e-14)


def test_gelu_is_close_to_the_exact_one():
    z = np.linspace(-8, 8, 1001)
    exact = [each * (1 + math.erf(each / math.sqrt(2))) / 2 for each in z]
    assert np.abs(ACTIVATIONS["gelu"](z) - exact).max() < 5e-4


def test_tanh_is_a_stretched_sigmoid():
    z = np.linspace(-9, 9, 101)
    np.testing.assert_allclose(
        ACTIVATIONS["tanh"](z), 2 * ACTIVATIONS["sigmoid"](2 * z) - 1, atol=1e-15
    )


def test_softmax_by_hand():
    z = np.array([[0.0, math.log(2), math.log(5)], [1000.0, 1000.0, -1000.0]])
    np.testing.assert_allclose(
        ACTIVATIONS["softmax"](z), [[1 / 8, 2 / 8, 5 / 8], [0.5, 0.5, 0]], rtol=1e-14
    )


def test_softmax_backward_is_its_jacobian():
    z, gradient = np.array([[0.3, -1.0, 2.0]]), np.array([[1.0, -2.0, 0.5]])
    softmax = ACTIVATIONS["softmax"]
    a = softmax(z)[0]
    jacobian = np.diag(a) - np.outer(a, a)
    np.testing.assert_allclose(softmax.backward(z, gradient), gradient @ jacobian, rtol=1e-13)


def test_softmax_refuses_a_derivative_and_says_why():
    with pytest.raises(TypeError, match="every z of its row"):
        ACTIVATIONS["softmax"].derivative([[1.0, 2.0]])


@pytest.mark.parametrize("name", NAMES)
def test_input_is_never_changed(name):
    z = np.array([[-1.0, 0.0, 2.0]])
    ACTIVATIONS[name](z)[...] = 9
    ACTIVATIONS[name].backward(z, np.ones_like(z))[...] = 9
    np.testing.assert_array_equal(z, [[-1.0, 0.0, 2.0]])


def test_whole_numbers_and_lists_are_taken():
    assert ACTIVATIONS["linear"]([1, 2]).dtype == np.float64
    assert ACTIVATIONS["relu"](-3) == 0


def test_leaky_relu_with_another_slope():
    leaky = LeakyReLU(0.2)
    assert leaky.name == "leaky_relu(0.2)" and "0.2" in leaky.formula
    np.testing.assert_array_equal(leaky.derivative([-1.0, 1.0]), [0.2, 1.0])
    assert find_activation("leaky_relu(0.2)").slope == 0.2
    assert find_activation("leaky_relu(1e-05)").slope == LeakyReLU(1e-5).slope
    assert LeakyReLU().name == "leaky_relu"


@pytest.mark.parametrize("slope, error", [("a", TypeError), (math.nan, ValueError)])
def test_leaky_relu_refuses_a_slope_that_is_no_number(slope, error):
    with pytest.raises(error, match="slope"):
        LeakyReLU(slope)


def test_an_unknown_name_lists_the_known_ones():
    with pytest.raises(ValueError, match=r"'swoosh'.*linear, step, sigmoid"):
        find_activation("swoosh")
    with pytest.raises(TypeError, match="activation must be a name or an instance"):
        find_activation(3)


def test_a_new_activation_needs_value_and_derivative():
    with pytest.raises(NotImplementedError):
        Activation()(1.0)
    with pytest.raises(NotImplementedError):
        Activation().derivative(1.0)
