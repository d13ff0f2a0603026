"""One dense layer: its equations, its memory, its errors."""

import numpy as np
import pytest

from nnlib import ACTIVATIONS, Dense, LeakyReLU

X = np.array([[1.0, 2.0], [0.0, -1.0], [3.0, 0.5]])


@pytest.fixture
def layer():
    layer = Dense(2, 3, "relu", "zeros")
    layer.weights = [[1, 0, -1], [2, 1, 1]]
    layer.bias = [0, -1, 0.5]
    return layer


def test_forward_by_hand(layer):
    a = layer.forward(X)
    z = [[5, 1, 1.5], [-2, -2, -0.5], [4, -0.5, -2]]
    np.testing.assert_array_equal(layer.z, z)
    np.testing.assert_array_equal(a, np.maximum(z, 0))
    assert layer.a is a
    np.testing.assert_array_equal(layer.inputs, X)


def test_backward_by_hand(layer):
    layer.forward(X)
    below = layer.backward([[1, 2, 3], [4, 5, 6], [7, 8, 9]])
    np.testing.assert_array_equal(layer.delta, [[1, 2, 3], [0, 0, 0], [7, 0, 0]])
    np.testing.assert_array_equal(layer.weights_gradient, [[22, 2, 3], [5.5, 4, 6]])
    np.testing.assert_array_equal(layer.bias_gradient, [8, 2, 3])
    np.testing.assert_array_equal(below, [[-2, 7], [0, 0], [7, 14]])


def test_backward_from_z_skips_the_activation(layer):
    layer.forward(X)
    below = layer.backward_from_z(np.ones((3, 3)))
    np.testing.assert_array_equal(layer.bias_gradient, [3, 3, 3])
    np.testing.assert_array_equal(below, np.tile([0, 4], (3, 1)))


def test_a_second_backward_replaces_the_first(layer):
    layer.forward(X)
    layer.backward(np.ones((3, 3)))
    first = layer.weights_gradient.copy()
    layer.backward(np.ones((3, 3)))
    np.testing.assert_array_equal(layer.weights_gradient, first)


def test_softmax_goes_through_its_jacobian():
    layer = Dense(2, 3, "softmax")
    layer.forward(X)
    gradient = np.arange(9.0).reshape(3, 3)
    layer.backward(gradient)
    expected = ACTIVATIONS["softmax"].backward(layer.z, gradient)
    np.testing.assert_array_equal(layer.delta, expected)


def test_shapes_of_its_arrays():
    layer = Dense(2, 3, LeakyReLU(0.3), "he", np.random.default_rng(1))
    assert layer.weights.shape == layer.weights_gradient.shape == (2, 3)
    assert layer.bias.shape == layer.bias_gradient.shape == (3,)
    assert (layer.bias == 0).all()
    assert layer.n_parameters == layer.parameters.size == 9
    assert layer.inputs is layer.z is layer.a is layer.delta is None
    assert layer.activation.slope == 0.3


def test_assignment_writes_in_place(layer):
    weights, bias = layer.weights, layer.bias
    layer.weights = np.full((2, 3), 7)
    layer.bias = np.full(3, 8)
    assert (weights == 7).all() and (bias == 8).all()
    layer.weights[1, 2] = -1
    layer.bias += 1
    np.testing.assert_array_equal(layer.parameters, [7, 7, 7, 7, 7, -1, 9, 9, 9])


@pytest.mark.parametrize("bad", [np.ones((3, 2)), np.ones(6), 1.0, [[1, 2, np.nan]] * 2])
def test_a_refused_assignment_changes_nothing(layer, bad):
    before = layer.parameters.copy()
    with pytest.raises(ValueError, match="the weights of this layer"):
        layer.weights = bad
    with pytest.raises(ValueError, match="the bias of this layer"):
        layer.bias = np.ones(4)
    np.testing.assert_array_equal(layer.parameters, before)


def test_float32_stays_float32():
    layer = Dense(2, 3, "gelu", dtype="float32")
    assert layer.forward(X).dtype == np.float32
    assert layer.backward(np.ones((3, 3))).dtype == np.float32
    assert layer.weights_gradient.dtype == layer.delta.dtype == np.float32


def test_wrong_inputs_say_what_was_expected(layer):
    with pytest.raises(ValueError, match=r"this layer expects .*\(n_samples, 2\), got \(2, 3\).*T"):
        layer.forward(X.T)
    with pytest.raises(ValueError, match=r"got \(2,\).*reshape\(1, -1\)"):
        layer.forward([1.0, 2.0])


def test_backward_needs_forward_and_the_same_shape(layer):
    with pytest.raises(RuntimeError, match="forward before backward"):
        layer.backward(np.ones((3, 3)))
    layer.forward(X)
    with pytest.raises(ValueError, match=r"\(3, 3\), got \(2, 3\).*number of samples"):
        layer.backward(np.ones((2, 3)))


@pytest.mark.parametrize(
    "sizes, error", [((0, 1), ValueError), ((2, -1), ValueError), ((2.0, 1), TypeError)]
)
def test_sizes_are_checked(sizes, error):
    with pytest.raises(error, match=r"n_(in|out)"):
        Dense(*sizes)


def test_repr():
    assert repr(Dense(2, 3, "relu")) == "Dense(2, 3, 'relu')"
