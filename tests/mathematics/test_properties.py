"""Laws that hold for all data: tried on many random cases."""

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from nnlib import ACTIVATIONS, LOSSES, SGD, Network, Trainer

OUTPUT_FOR = {
    "mean_squared_error": "linear",
    "binary_cross_entropy": "sigmoid",
    "cross_entropy": "softmax",
}
finite = st.floats(-50, 50, width=32)
seeds = st.integers(0, 2**32 - 1)


@st.composite
def problems(draw):
    """A network, data and a loss that fits."""
    loss = draw(st.sampled_from(list(LOSSES)))
    n_in, n_out = draw(st.integers(1, 4)), draw(st.integers(2, 4))
    hidden = draw(st.lists(st.integers(1, 5), max_size=3))
    activations = [draw(st.sampled_from(list(ACTIVATIONS))) for _ in hidden]
    network = Network([n_in, *hidden, n_out], activations, OUTPUT_FOR[loss], seed=draw(seeds))
    rng = np.random.default_rng(draw(seeds))
    n = draw(st.integers(1, 8))
    network.parameters += rng.normal(size=network.parameters.size)
    return network, rng.normal(size=(n, n_in)), np.eye(n_out)[rng.integers(n_out, size=n)], loss


@given(problems())
def test_the_gradient_of_a_batch_is_the_mean_over_its_rows(problem):
    network, X, y, loss = problem
    value, gradient = network.loss_and_gradient(X, y, loss)
    gradient = gradient.copy()
    rows = [network.loss_and_gradient(X[[i]], y[[i]], loss) for i in range(len(X))]
    assert value == pytest.approx(np.mean([row[0] for row in rows]), rel=1e-12)
    one_by_one = [network.loss_and_gradient(X[[i]], y[[i]], loss)[1].copy() for i in range(len(X))]
    np.testing.assert_allclose(gradient, np.mean(one_by_one, axis=0), rtol=1e-10, atol=1e-12)


@given(problems(), seeds)
def test_the_order_of_the_samples_changes_nothing(problem, seed):
    network, X, y, loss = problem
    order = np.random.default_rng(seed).permutation(len(X))
    value, gradient = network.loss_and_gradient(X, y, loss)
    gradient = gradient.copy()
    again, shuffled = network.loss_and_gradient(X[order], y[order], loss)
    assert again == pytest.approx(value, rel=1e-12)
    np.testing.assert_allclose(shuffled, gradient, rtol=1e-10, atol=1e-12)
    np.testing.assert_allclose(network.predict(X[order]), network.predict(X)[order], rtol=1e-12)


@given(problems())
def test_the_order_of_hidden_units_changes_nothing(problem):
    network, X, y, loss = problem
    value = network.loss(X, y, loss)
    for lower, upper in zip(network.layers, network.layers[1:], strict=False):
        lower.weights, lower.bias = lower.weights[:, ::-1].copy(), lower.bias[::-1].copy()
        upper.weights = upper.weights[::-1].copy()
    assert network.loss(X, y, loss) == pytest.approx(value, rel=1e-10)


@given(arrays(float, (3, 4), elements=finite), st.floats(-1e6, 1e6))
def test_softmax_does_not_see_a_shift(z, shift):
    softmax = ACTIVATIONS["softmax"]
    np.testing.assert_allclose(softmax(z + shift), softmax(z), rtol=1e-6, atol=1e-12)
    np.testing.assert_allclose(softmax(z).sum(axis=1), 1, rtol=1e-14)


@given(arrays(float, (5,), elements=st.floats(-1e300, 1e300)))
def test_sigmoid_is_symmetric_and_monotone(z):
    sigmoid = ACTIVATIONS["sigmoid"]
    np.testing.assert_allclose(sigmoid(z) + sigmoid(-z), 1, rtol=1e-15)
    assert (np.diff(sigmoid(np.sort(z))) >= 0).all()


@given(st.data())
def test_views_agree_after_any_assignment(data):
    network = Network([2, 3, 1])
    model = [layer.parameters.copy() for layer in network.layers]
    number = st.floats(-9, 9)
    for _ in range(data.draw(st.integers(1, 6))):
        k = data.draw(st.integers(0, 1))
        layer, copied = network.layers[k], model[k]
        n_weights = layer.weights.size
        values = np.array(data.draw(st.lists(number, min_size=13, max_size=13)))
        match data.draw(st.sampled_from(["weights", "bias", "element", "flat", "forward"])):
            case "weights":
                layer.weights = values[:n_weights].reshape(layer.weights.shape)
                copied[:n_weights] = values[:n_weights]
            case "bias":
                layer.bias = values[: layer.n_out]
                copied[n_weights:] = values[: layer.n_out]
            case "element":
                layer.weights[-1, -1] = values[0]
                copied[n_weights - 1] = values[0]
            case "flat":
                network.parameters = values
                model = [values[:9].copy(), values[9:].copy()]
            case "forward":
                network.loss_and_gradient([values[:2]], [[1]], "binary_cross_entropy")
        np.testing.assert_array_equal(network.parameters, np.concatenate(model))
        for layer, copied in zip(network.layers, model, strict=True):
            np.testing.assert_array_equal(layer.weights.ravel(), copied[: layer.weights.size])
            np.testing.assert_array_equal(layer.bias, copied[layer.weights.size :])


@given(problems(), st.integers(1, 9), st.integers(0, 99))
def test_same_seed_same_run(problem, batch_size, seed):
    network, X, y, loss = problem
    start, runs = network.parameters.copy(), []
    for _ in range(2):
        network.parameters = start
        trainer = Trainer(network, X, y, loss, SGD(1e-4, 0.5), batch_size, seed=seed)
        runs.append((trainer.run(3).train_loss.copy(), network.parameters.copy()))
    np.testing.assert_array_equal(runs[0][0], runs[1][0])
    np.testing.assert_array_equal(runs[0][1], runs[1][1])


@given(problems(), st.integers(0, 5), st.integers(1, 4))
def test_saved_anywhere_it_goes_on_the_same(problem, steps, batch_size):
    network, X, y, loss = problem
    trainer = Trainer(network, X, y, loss, SGD(1e-4, 0.5), batch_size)
    for _ in range(steps):
        trainer.step()
    file = io.BytesIO()
    trainer.save(file)
    file.seek(0)
    loaded = Trainer.load(file)
    trainer.run(2)
    loaded.run(2)
    np.testing.assert_array_equal(loaded.network.parameters, trainer.network.parameters)
