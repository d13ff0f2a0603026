"""The tape's step is the layers' step."""

import numpy as np
import pytest

from nnlib import ACTIVATIONS, LOSSES, SGD, Adam, LeakyReLU, Network, Trainer
from nnlib.losses import Loss, MeanSquaredError
from nnlib.training.tape import Tape

PAIRS = [(f, name) for f in ACTIVATIONS for name, loss in LOSSES.items() if loss.fits(f)]


def data(network, n_samples=7, seed=0):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n_samples, network.sizes[0]))
    y = np.eye(network.sizes[-1])[rng.integers(0, network.sizes[-1], n_samples)]
    return X.astype(network.dtype), y.astype(network.dtype)


def both_gradients(network, loss, n_samples=7):
    """Return the gradient from the tape and from the layers."""
    X, y = data(network, n_samples)
    tape = Tape(network, loss, n_samples)
    tape.inputs[:, :-1], tape.targets[...] = X, y
    tape.run()
    from_tape = network.gradient.copy()
    network.fill_gradient(X, y, loss)
    return from_tape, network.gradient


@pytest.mark.parametrize("hidden", ACTIVATIONS)
@pytest.mark.parametrize(("output", "loss"), PAIRS)
def test_gradient_is_that_of_the_layers(hidden, output, loss):
    network = Network([3, 5, 4, 2], hidden=hidden, output=output)
    from_tape, from_layers = both_gradients(network, LOSSES[loss])
    np.testing.assert_allclose(from_tape, from_layers, rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("sizes", [[1, 1], [2, 1], [1, 6, 1], [4, 3, 3, 3, 2]])
@pytest.mark.parametrize("n_samples", [1, 2, 9])
@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_any_size_and_type(sizes, n_samples, dtype):
    network = Network(sizes, output="linear", dtype=dtype)
    from_tape, from_layers = both_gradients(network, LOSSES["mean_squared_error"], n_samples)
    assert from_tape.dtype == dtype
    tolerance = 1e-12 if dtype == "float64" else 1e-4
    np.testing.assert_allclose(from_tape, from_layers, rtol=tolerance, atol=tolerance / 100)


def test_functions_of_ones_own_are_called_as_they_are():
    class Fourth(Loss):
        name = "fourth"

        def _value(self, a, y):
            return np.mean((a - y) ** 4, axis=(-2, -1))

        def _gradient(self, a, y):
            return 4 * (a - y) ** 3 / a.size

    class Doubled(MeanSquaredError):
        def _gradient(self, a, y):
            return 2 * super()._gradient(a, y)

    for loss in (Fourth(), Doubled()):
        network = Network([3, 4, 2], hidden=LeakyReLU(0.3), output="softplus")
        from_tape, from_layers = both_gradients(network, loss)
        np.testing.assert_allclose(from_tape, from_layers, rtol=1e-12)


@pytest.mark.parametrize("batch_size", [None, 10, 7])
@pytest.mark.parametrize("make_optimizer", [lambda: SGD(0.5, momentum=0.9), Adam])
def test_training_is_that_of_the_layers(batch_size, make_optimizer):
    """Train with the trainer and with a loop over the layers, in the same order of rows."""
    ours, theirs = (Network([2, 4, 1], hidden="tanh", seed=1) for _ in range(2))
    rng = np.random.default_rng(5)
    X, y = rng.normal(size=(24, 2)), rng.integers(0, 2, (24, 1)).astype(float)
    loss, optimizer = LOSSES["binary_cross_entropy"], make_optimizer()
    trainer = Trainer(ours, X, y, loss, make_optimizer(), batch_size=batch_size)
    follower = Trainer(theirs, X, y, loss, make_optimizer(), batch_size=batch_size).batches
    for _ in range(40):
        trainer.step()
        rows = follower.next(batch_size)
        theirs.fill_gradient(X[rows], y[rows], loss)
        optimizer.step(theirs.parameters, theirs.gradient)
        np.testing.assert_allclose(ours.parameters, theirs.parameters, rtol=1e-9, atol=1e-12)
    expected = theirs.loss(X, y, loss)
    if trainer.part == 0:
        assert trainer.history.train_loss[-1] == pytest.approx(expected, rel=1e-9)


def test_the_tape_is_the_step_in_print():
    trainer = Trainer(
        Network([2, 3, 1]),
        *data(Network([2, 3, 1])),
        "binary_cross_entropy",
        SGD(0.1),
        batch_size=5,
    )
    equations = [line.split("  ")[0] for line in str(trainer.tape).splitlines()]
    assert equations[:5] == [
        "z1 = W1ᵀ x + b1",
        "a1 = tanh(z1)",
        "z2 = W2ᵀ a1 + b2",
        "a2 = sigmoid(z2)",
        "δ2 = (a2 − y) / n",
    ]
    assert equations[-1] == "∂L/∂W1, ∂L/∂b1"


def test_batch_sizes_may_change_and_few_tapes_are_kept():
    X, y = data(Network([2, 3, 1]), 30)
    trainer = Trainer(Network([2, 3, 1]), X, y, "mean_squared_error", SGD(0.1))
    for batch_size in (4, 7, None, 9, 11, 30, 4, 13):
        trainer.batch_size = batch_size
        trainer.run(1)
        assert len(trainer._tapes[False]) <= 4
    assert trainer.epoch == 8 and np.isfinite(trainer.network.parameters).all()
