"""The mathematics against two outsiders: arithmetic by hand, and scikit-learn."""

import warnings
from math import exp, log, tanh

import numpy as np
import pytest
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier, MLPRegressor

from nnlib import SGD, Adam, Network, Trainer, datasets


def test_a_2_2_1_network_by_hand():
    """Forward, loss and backward for one row, each number in plain Python."""
    network = Network([2, 2, 1], hidden="tanh", output="sigmoid")
    network.parameters = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, -0.8, 0.9]
    x1, x2, y = 1.0, -2.0, 1.0

    z1, z2 = 0.1 * x1 + 0.3 * x2 + 0.5, 0.2 * x1 + 0.4 * x2 + 0.6
    a1, a2 = tanh(z1), tanh(z2)
    z = 0.7 * a1 - 0.8 * a2 + 0.9
    a = 1 / (1 + exp(-z))
    delta = a - y
    delta1, delta2 = delta * 0.7 * (1 - a1**2), delta * -0.8 * (1 - a2**2)
    expected = [
        *(x1 * delta1, x1 * delta2, x2 * delta1, x2 * delta2, delta1, delta2),
        *(a1 * delta, a2 * delta, delta),
    ]

    loss, gradient = network.loss_and_gradient([[x1, x2]], [[y]], "binary_cross_entropy")
    first, second = network.layers
    np.testing.assert_allclose(first.z, [[z1, z2]], atol=1e-15)
    np.testing.assert_allclose(first.a, [[a1, a2]], atol=1e-15)
    np.testing.assert_allclose(second.z, [[z]], rtol=1e-15)
    np.testing.assert_allclose(network.predict([[x1, x2]]), [[a]], rtol=1e-15)
    assert loss == pytest.approx(-log(a), rel=1e-14)
    np.testing.assert_allclose(second.delta, [[delta]], rtol=1e-14)
    np.testing.assert_allclose(first.delta, [[delta1, delta2]], rtol=1e-14)
    np.testing.assert_allclose(gradient, expected, rtol=1e-14)


def test_a_2_2_1_network_with_numbers_that_come_out_even():
    """ReLU and a mean squared error over two rows, worked out on paper."""
    network = Network([2, 2, 1], hidden="relu", output="linear")
    network.parameters = [1, -1, 2, 1, 0, 1, 3, -2, 1]
    X, y = [[1.0, 1.0], [2.0, 0.0]], [[4.0], [7.0]]
    # Row 1: z = (3, 1), ŷ = 9 − 2 + 1 = 8; row 2: z = (2, −1), a = (2, 0), ŷ = 7.
    loss, gradient = network.loss_and_gradient(X, y, "mean_squared_error")
    np.testing.assert_array_equal(network.predict(X), [[8], [7]])
    assert loss == 8  # (16 + 0) / 2
    # δ of the output: (4, 0). Hidden δ of row 1: (12, −8).
    np.testing.assert_array_equal(gradient, [12, -8, 12, -8, 12, -8, 12, 4, 4])


def scikit_run(estimator, X, y, **settings):
    model = estimator(
        shuffle=False, alpha=0, n_iter_no_change=1000, tol=0, random_state=1, **settings
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return model.fit(X, y)


def start_of(estimator, X, y, **settings):
    """Return the flat start of scikit-learn's run: a run whose steps are too small to matter."""
    still = {**settings, "learning_rate_init": 1e-300, "max_iter": 1}
    return flat(scikit_run(estimator, X, y, **still))


def flat(model):
    pairs = zip(model.coefs_, model.intercepts_, strict=True)
    return np.concatenate([part.ravel() for pair in pairs for part in pair])


CLASSES = datasets.moons(40, seed=3)
CURVE = datasets.sine(40, seed=3)
DIGITS = tuple(part[:60] for part in datasets.digits())
# An ε so small that its place in Adam's equation, where the two differ, does not matter.
ADAM = {"solver": "adam", "learning_rate_init": 0.03, "epsilon": 1e-30}
MOMENTUM = {
    "solver": "sgd",
    "learning_rate_init": 0.3,
    "momentum": 0.9,
    "nesterovs_momentum": False,
}
NESTEROV = {**MOMENTUM, "nesterovs_momentum": True}


@pytest.mark.parametrize(
    "hidden, name", [("tanh", "tanh"), ("relu", "relu"), ("sigmoid", "logistic")]
)
@pytest.mark.parametrize(
    "settings, optimizer",
    [
        (ADAM, lambda: Adam(0.03, epsilon=1e-30)),
        (MOMENTUM, lambda: SGD(0.3, 0.9)),
        (NESTEROV, lambda: SGD(0.3, 0.9, nesterov=True)),
    ],
    ids=["adam", "momentum", "nesterov"],
)
@pytest.mark.parametrize("batch_size", [40, 16])
def test_the_same_way_as_scikit_learn_two_classes(hidden, name, settings, optimizer, batch_size):
    X, y = CLASSES
    settings = dict(settings, activation=name, hidden_layer_sizes=(5, 4), batch_size=batch_size)
    network = Network([2, 5, 4, 1], hidden, "sigmoid")
    network.parameters = start_of(MLPClassifier, X, y.ravel(), **settings)
    assert_same_way(MLPClassifier, network, X, y, "binary_cross_entropy", settings, optimizer())


def test_the_same_way_as_scikit_learn_ten_classes():
    X, y = DIGITS
    labels = y.argmax(axis=1)
    settings = dict(ADAM, activation="relu", hidden_layer_sizes=(12,), batch_size=20)
    network = Network([64, 12, 10], "relu", "softmax")
    network.parameters = start_of(MLPClassifier, X, labels, **settings)
    assert_same_way(
        MLPClassifier, network, X, y, "cross_entropy", settings, Adam(0.03, epsilon=1e-30), labels
    )


def test_the_same_way_as_scikit_learn_regression():
    """Its loss is half the mean squared error, so its learning rate is twice ours."""
    X, y = CURVE
    settings = {
        "solver": "sgd",
        "learning_rate_init": 0.1,
        "momentum": 0.0,
        "nesterovs_momentum": False,
    }
    settings |= {"activation": "tanh", "hidden_layer_sizes": (6,), "batch_size": 40}
    network = Network([1, 6, 1], "tanh", "linear")
    network.parameters = start_of(MLPRegressor, X, y.ravel(), **settings)
    assert_same_way(MLPRegressor, network, X, y, "mean_squared_error", settings, SGD(0.05))


def assert_same_way(estimator, network, X, y, loss, settings, optimizer, targets=None):
    """Assert that 25 epochs end at the same parameters, the batches in the order of the rows."""
    targets = y.ravel() if targets is None else targets
    model = scikit_run(estimator, X, targets, max_iter=25, **settings)
    start = network.parameters.copy()
    trainer = Trainer(network, X, y, loss, optimizer, settings["batch_size"])
    in_order(trainer)
    trainer.run(25)
    np.testing.assert_allclose(network.parameters, flat(model), rtol=1e-8, atol=1e-10)
    assert np.abs(network.parameters - start).max() > 0.1


def in_order(trainer):
    """Make the trainer's mini-batches follow the rows, as ``shuffle=False`` does."""

    class Unshuffled:
        bit_generator = np.random.default_rng().bit_generator

        def permutation(self, n):
            return np.arange(n)

    trainer.batches._rng = Unshuffled()
