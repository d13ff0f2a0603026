"""The network: passes, the flat vector and its views, doors, files."""

import copy
import io
import pickle

import numpy as np
import pytest

from nnlib import ACTIVATIONS, LOSSES, Activation, LeakyReLU, Network

X = np.array([[0.5, -1.0], [2.0, 0.25], [-0.75, 1.5]])
Y = np.array([[0.0], [1.0], [1.0]])


def test_defaults():
    network = Network([2, 4, 1])
    assert network.sizes == [2, 4, 1]
    assert network.hidden == ["tanh"] and network.output == "sigmoid"
    assert network.dtype == np.float64
    assert np.abs(network.layers[0].weights).max() <= 1  # Xavier's bound, √(6 / 6)
    assert (network.layers[0].bias == 0).all() and (network.layers[1].bias == 0).all()


def test_forward_is_the_equations():
    network = Network([2, 3, 4, 1], hidden=["relu", "elu"], output="linear", seed=3)
    a = X
    for layer, f in zip(network.layers, ("relu", "elu", "linear"), strict=True):
        a = ACTIVATIONS[f](a @ layer.weights + layer.bias)
    # Where an array lies in memory may decide its last bit: it decides how NumPy goes through it.
    np.testing.assert_allclose(network.forward(X), a, rtol=1e-13)
    np.testing.assert_allclose(network.predict(X), a, rtol=1e-13)
    assert network.layers[-1].a is not None


def test_predict_leaves_the_layers_alone():
    network = Network([2, 3, 1])
    a = network.forward(X)
    network.predict(np.zeros((7, 2)))
    network.loss(np.zeros((1, 2)), [[1]], "mean_squared_error")
    assert network.layers[-1].a is a and len(network.layers[0].z) == 3


@pytest.mark.parametrize("output", ["linear", "softmax"])
def test_backward_from_the_loss_gradient_equals_loss_and_gradient(output):
    network, y = Network([2, 3, 2], output=output), np.eye(2)[[0, 1, 1]]
    value, gradient = network.loss_and_gradient(X, y, "mean_squared_error")
    filled = gradient.copy()
    loss = LOSSES["mean_squared_error"]
    assert value == loss(network.forward(X), y) == network.loss(X, y, loss)
    below = network.backward(loss.gradient(network.forward(X), y))
    np.testing.assert_array_equal(network.gradient, filled)
    assert below.shape == X.shape


@pytest.mark.parametrize(
    "output, loss", [("sigmoid", "binary_cross_entropy"), ("softmax", "cross_entropy")]
)
def test_the_fused_way_equals_the_plain_one(output, loss):
    network, y = Network([2, 3, 2], output=output), np.eye(2)[[0, 1, 1]]
    value, gradient = network.loss_and_gradient(X, y, loss)
    filled = gradient.copy()
    assert value == pytest.approx(LOSSES[loss](network.predict(X), y), rel=1e-13)
    network.backward(LOSSES[loss].gradient(network.forward(X), y))
    np.testing.assert_allclose(network.gradient, filled, rtol=1e-12, atol=1e-16)


def test_backward_gives_the_gradient_of_the_inputs():
    network = Network([2, 3, 1], output="linear")
    network.forward(X)
    below = network.backward(np.ones((3, 1)))
    step = np.array([[1e-6, 0]])
    slope = (network.predict(X + step) - network.predict(X - step)) / 2e-6
    np.testing.assert_allclose(below[:, :1], slope, rtol=1e-7)


def test_flat_layout_layer_by_layer_weights_then_bias():
    network = Network([2, 3, 1])
    network.parameters = np.arange(13)
    first, second = network.layers
    np.testing.assert_array_equal(first.weights, [[0, 1, 2], [3, 4, 5]])
    np.testing.assert_array_equal(first.bias, [6, 7, 8])
    np.testing.assert_array_equal(second.weights, [[9], [10], [11]])
    np.testing.assert_array_equal(second.bias, [12])


def test_gradient_has_the_layout_of_the_parameters():
    network = Network([2, 3, 1])
    network.loss_and_gradient(X, Y, "binary_cross_entropy")
    first, second = network.layers
    parts = [first.weights_gradient, first.bias_gradient, second.weights_gradient]
    expected = np.concatenate([*(part.ravel() for part in parts), second.bias_gradient])
    np.testing.assert_array_equal(network.gradient, expected)
    network.gradient[:] = 5
    assert (first.weights_gradient == 5).all() and (second.bias_gradient == 5).all()


def test_parameters_and_layers_are_one_memory():
    network = Network([2, 3, 1])
    held = network.parameters
    network.layers[0].weights[1, 0] = 42
    network.layers[1].bias = [43]
    assert held[3] == 42 and held[-1] == 43
    network.parameters = np.zeros(13)
    network.gradient = np.ones(13)
    assert held is network.parameters and (network.layers[0].weights == 0).all()
    assert (network.layers[0].bias_gradient == 1).all()


def test_assigned_parameters_are_copied():
    network, values = Network([2, 1]), np.ones(3)
    network.parameters = values
    values[:] = 9
    assert (network.parameters == 1).all()


@pytest.mark.parametrize("name", ["parameters", "gradient"])
@pytest.mark.parametrize("bad", [np.zeros(12), np.zeros((13, 1)), [np.nan] * 13, "abc"])
def test_refused_parameters_change_nothing(name, bad):
    network = Network([2, 3, 1])
    before = getattr(network, name).copy()
    with pytest.raises(ValueError, match=name):
        setattr(network, name, bad)
    np.testing.assert_array_equal(getattr(network, name), before)


@pytest.mark.parametrize(
    "clone", [copy.deepcopy, lambda network: pickle.loads(pickle.dumps(network))]
)
def test_copies_keep_their_views_and_are_independent(clone):
    network = Network([2, 3, 1])
    other = clone(network)
    other.parameters = np.ones(13)
    assert (other.layers[0].weights == 1).all() and other.layers[1].bias[0] == 1
    assert not (network.parameters == 1).any()


def test_same_seed_same_start():
    start = Network([2, 5, 1], seed=4).parameters
    np.testing.assert_array_equal(start, Network([2, 5, 1], seed=4).parameters)
    assert not np.array_equal(start, Network([2, 5, 1], seed=5).parameters)


def test_numpy_s_global_generator_is_left_alone():
    before = np.random.get_state()[1].copy()
    Network([2, 5, 1])
    np.testing.assert_array_equal(before, np.random.get_state()[1])


@pytest.mark.parametrize(
    "output, loss", [("sigmoid", "binary_cross_entropy"), ("linear", "mean_squared_error")]
)
@pytest.mark.parametrize("hidden", [name for name in ACTIVATIONS])
def test_float32_stays_float32(hidden, output, loss):
    network = Network([2, 3, 1], hidden=hidden, output=output, dtype="float32")
    value, gradient = network.loss_and_gradient(X, Y, loss)
    arrays = [network.parameters, gradient, network.predict(X)]
    arrays += [array for layer in network.layers for array in (layer.z, layer.a, layer.delta)]
    assert {array.dtype for array in arrays} == {np.dtype("float32")}
    assert isinstance(value, float)
    double = Network([2, 3, 1], hidden=hidden, output=output)
    np.testing.assert_allclose(network.parameters, double.parameters, rtol=1e-6)
    np.testing.assert_allclose(
        gradient, double.loss_and_gradient(X, Y, loss)[1], rtol=1e-3, atol=1e-6
    )


def test_one_neuron_and_deep_ones():
    assert Network([2, 1]).hidden == []
    assert Network((3, 2, 2, 2, 4), hidden="relu").hidden == ["relu"] * 3
    assert Network([2, 2, 1], hidden=[LeakyReLU(0.2)]).hidden == ["leaky_relu(0.2)"]


DOORS = {
    "forward": lambda network, X: network.forward(X),
    "predict": lambda network, X: network.predict(X),
    "loss": lambda network, X: network.loss(X, Y, "mean_squared_error"),
    "gradient": lambda network, X: network.loss_and_gradient(X, Y, "mean_squared_error"),
}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(
    "bad, message",
    [
        (np.ones((3, 4)), r"layer 1 expects X of shape \(n_samples, 2\), got \(3, 4\).*sizes"),
        (np.ones((2, 5)), r"got \(2, 5\).*X\.T"),
        ([1.0, 2.0], r"got \(2,\).*X\.reshape\(1, -1\)"),
        (np.empty((0, 2)), "X is empty"),
        ([[1.0, np.nan]], r"X\[0, 1\] is nan.*missing value"),
        ([[np.inf, 1.0]], r"X\[0, 0\] is inf"),
        ([["a", "b"]], "rectangular table of real numbers"),
        ([[1.0, 2.0], [3.0]], "rows of different lengths"),
    ],
)
def test_bad_inputs_are_refused_at_every_door(door, bad, message):
    with pytest.raises(ValueError, match=message):
        DOORS[door](Network([2, 3, 1]), bad)


def test_numbers_too_large_for_float32_are_refused():
    with pytest.raises(ValueError, match="finite in float32"):
        Network([2, 1], dtype="float32").predict([[1e300, 1.0]])


def test_complex_inputs_are_refused():
    with pytest.raises(ValueError, match="complex"):
        Network([2, 1]).predict(np.ones((1, 2), dtype=complex))


@pytest.mark.parametrize(
    "y, message",
    [
        ([0.0, 1.0, 1.0], r"y of shape \(n_samples, 1\), got \(3,\).*y\.reshape\(-1, 1\)"),
        ([[0.0], [1.0]], "X has 3 samples .rows. and y has 2"),
        ([[0.0], [1.0], [2.0]], "targets y between 0 and 1"),
        ([[0.0], [1.0], [np.nan]], r"y\[2, 0\] is nan"),
    ],
)
def test_bad_targets_are_refused(y, message):
    with pytest.raises(ValueError, match=message):
        Network([2, 1]).loss_and_gradient(X, y, "binary_cross_entropy")


def test_backward_checks_its_gradient():
    network = Network([2, 3, 1])
    with pytest.raises(RuntimeError, match=r"layer 2 \(3 → 1\): call forward"):
        network.backward(np.ones((3, 1)))
    network.forward(X)
    with pytest.raises(ValueError, match=r"layer 2 \(3 → 1\) expects a gradient"):
        network.backward(np.ones((3, 2)))
    with pytest.raises(ValueError, match=r"gradient.*finite"):
        network.backward([[np.nan]] * 3)


@pytest.mark.parametrize(
    "arguments, error, message",
    [
        ({"sizes": [2]}, ValueError, r"One neuron with two inputs is \[2, 1\]"),
        ({"sizes": []}, ValueError, "at least the number of inputs"),
        ({"sizes": [2, 0, 1]}, ValueError, r"sizes\[1\] must be at least 1, got 0"),
        ({"sizes": [2, -4, 1]}, ValueError, r"sizes\[1\] must be at least 1, got -4"),
        ({"sizes": [2, 2.5, 1]}, TypeError, r"sizes\[1\] must be a whole number"),
        ({"sizes": [2, True]}, TypeError, r"sizes\[1\]"),
        ({"sizes": "21"}, TypeError, r"such as \[2, 4, 1\]"),
        ({"sizes": 3}, TypeError, r"such as \[2, 4, 1\]"),
        ({"hidden": "swoosh"}, ValueError, "Unknown activation 'swoosh'. Known: linear, step"),
        ({"hidden": ["tanh", "relu"]}, ValueError, "lists 2 activations for 1 hidden layers"),
        ({"hidden": 5}, TypeError, "hidden must be an activation or a list"),
        ({"output": "swoosh"}, ValueError, "Unknown activation 'swoosh'"),
        ({"initializer": "glorot"}, ValueError, "Unknown initializer 'glorot'. Known: zeros"),
        ({"seed": -1}, ValueError, "seed must be at least 0"),
        ({"seed": None}, TypeError, "seed must be a whole number"),
        ({"dtype": "int64"}, ValueError, "'float64' or 'float32', got 'int64'"),
        ({"dtype": "abc"}, ValueError, "'float64' or 'float32', got 'abc'"),
    ],
)
def test_bad_arguments_are_refused(arguments, error, message):
    with pytest.raises(error, match=message):
        Network(**{"sizes": [2, 4, 1], **arguments})


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_saved_and_loaded_is_the_same_network(tmp_path, dtype):
    network = Network([2, 3, 2], [LeakyReLU(0.2)], "softmax", seed=9, dtype=dtype)
    for file in (tmp_path / "network.npz", str(tmp_path / "without_ending")):
        network.save(file)
        loaded = Network.load(file)
        np.testing.assert_array_equal(loaded.parameters, network.parameters)
        assert (loaded.sizes, loaded.hidden, loaded.output, loaded.dtype) == (
            network.sizes,
            network.hidden,
            network.output,
            network.dtype,
        )
        np.testing.assert_array_equal(loaded.predict(X), network.predict(X))


def test_saved_into_memory():
    file = io.BytesIO()
    Network([2, 1], seed=2).save(file)
    file.seek(0)
    loaded = Network.load(file)
    np.testing.assert_array_equal(loaded.parameters, Network([2, 1], seed=2).parameters)


def test_a_network_that_could_not_be_loaded_is_not_saved(tmp_path):
    class Cube(Activation):
        name = "cube"

        def __call__(self, z):
            return z**3

        def derivative(self, z):
            return 3 * z**2

    network = Network([2, 1], output=Cube())
    with pytest.raises(ValueError, match="Unknown activation 'cube'"):
        network.save(tmp_path / "network.npz")
    assert not (tmp_path / "network.npz").exists()


def test_repr():
    assert repr(Network([2, 4, 1])) == "Network([2, 4, 1], hidden=['tanh'], output='sigmoid')"


@pytest.mark.parametrize("hidden", ["tanh", "softmax", ["relu", "gelu"]])
def test_unit_outputs_are_those_of_forward_and_leave_no_trace(hidden):
    network = Network([3, 5, 4, 2], hidden=hidden, output="softmax", seed=4)
    X = np.random.default_rng(0).normal(size=(6, 3))
    outputs = network.unit_outputs(X)
    assert network.layers[0].a is None
    network.forward(X)
    for a, layer in zip(outputs, network.layers, strict=True):
        np.testing.assert_allclose(a, layer.a, rtol=1e-13)
