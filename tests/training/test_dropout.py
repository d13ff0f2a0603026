"""Dropout: what is dropped, what the gradient then is, and that it starts again the same."""

import io
from itertools import zip_longest

import numpy as np
import pytest

from nnlib import ACTIVATIONS, LOSSES, SGD, Adam, Network, Trainer, datasets, fit
from nnlib.gradcheck import central_differences
from nnlib.training.tape import Tape

X, y = datasets.moons(40, noise=0.3, seed=0)
LOSS = LOSSES["binary_cross_entropy"]


def trainer(dropout=0.3, batch_size=10, **options):
    network = Network([2, 6, 5, 1], hidden="tanh", seed=1)
    return Trainer(network, X, y, LOSS, Adam(0.02), batch_size, seed=4, dropout=dropout, **options)


def masked_output(network, inputs, masks):
    """Return the outputs of a network some of whose hidden outputs are dropped, by its layers."""
    a = inputs
    for layer, mask in zip_longest(network.layers, masks):
        a = layer.activation(a @ layer.weights + layer.bias)
        a = a if mask is None else mask.T * a
    return a


def assert_whole_network_is_measured(history):
    for epoch, loss in enumerate(history.train_loss):
        network = Network([2, 6, 5, 1], hidden="tanh", seed=1)
        network.parameters = history.parameters_at(epoch)
        assert loss == pytest.approx(network.loss(X, y, LOSS), rel=1e-12)


@pytest.mark.parametrize("hidden", [f for f in ACTIVATIONS if f not in ("step", "softmax")])
def test_the_gradient_is_that_of_the_network_with_these_units_dropped(hidden):
    network = Network([2, 6, 5, 1], hidden=hidden, seed=1)
    network.parameters += 0.1  # biases of 0 would stand on a ReLU's kink where all is dropped
    tape = Tape(network, LOSS, len(X), masked=True)
    tape.inputs[:, :-1], tape.targets[...] = X, y
    tape.draw_masks(0.4, np.random.default_rng(0))
    assert {0.0} < {value for mask in tape.masks for value in mask.flat}
    tape.run()
    gradient = network.gradient.copy()
    np.testing.assert_allclose(
        ACTIVATIONS["sigmoid"](tape.z.T), masked_output(network, X, tape.masks), rtol=1e-12
    )
    numeric = central_differences(
        lambda: LOSS(masked_output(network, X, tape.masks), y), network.parameters, 1e-6
    )
    np.testing.assert_allclose(gradient, numeric, rtol=1e-5, atol=1e-8)


def test_a_unit_is_dropped_as_often_as_it_should_and_the_mean_stays():
    tape = Tape(Network([2, 100, 50, 1]), LOSS, 40, masked=True)
    tape.draw_masks(0.2, np.random.default_rng(0))
    assert [mask.shape for mask in tape.masks] == [(100, 40), (50, 40)]
    for mask in tape.masks:
        assert set(mask.flat) == {0.0, 1.25}
        assert np.mean(mask == 0) == pytest.approx(0.2, abs=0.02)
        assert mask.mean() == pytest.approx(1, abs=0.03)
        assert len({row.tobytes() for row in mask.T}) == 40, "each row of the data its own"


def test_each_update_drops_others_and_another_seed_too():
    made = trainer()
    made.step()
    first = [mask.copy() for mask in made.tape.masks]
    made.step()
    assert not any(map(np.array_equal, first, made.tape.masks))
    other = Trainer(made.network, X, y, LOSS, Adam(0.02), 10, seed=5, dropout=0.3)
    other.step()
    assert not any(map(np.array_equal, first, other.tape.masks))


def test_the_first_draw_is_neither_the_shuffle_s_nor_the_start_s():
    made = Trainer(Network([2, 6, 5, 1], seed=4), X, y, LOSS, Adam(0.02), None, seed=4, dropout=0.5)
    made.step()
    taken = np.random.default_rng(4).random((6, 40)) >= 0.5
    assert not np.array_equal(made.tape.masks[0] > 0, taken)


def test_a_step_follows_the_gradient_of_the_network_with_units_dropped():
    made = trainer(batch_size=None)
    twin = Network([2, 6, 5, 1], hidden="tanh", seed=1)
    optimizer = Adam(0.02)
    for _ in range(3):
        made.step()
        masks = made.tape.masks
        slopes = central_differences(
            lambda masks=masks: LOSS(masked_output(twin, X, masks), y), twin.parameters, 1e-6
        )
        optimizer.step(twin.parameters, slopes)
        np.testing.assert_allclose(made.network.parameters, twin.parameters, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("batch_size", [None, 10])
def test_what_is_measured_is_the_whole_network(batch_size):
    history = trainer(batch_size=batch_size).run(3)
    assert len(history.train_loss) == 4
    assert_whole_network_is_measured(history)


def test_without_it_training_is_to_the_last_bit_as_it_was():
    plain = Trainer(
        Network([2, 6, 5, 1], hidden="tanh", seed=1), X, y, LOSS, Adam(0.02), 10, seed=4
    )
    none = trainer(dropout=0)
    plain.run(3), none.run(3)
    np.testing.assert_array_equal(plain.network.parameters, none.network.parameters)
    assert none.tape.masks == [] and "ã" not in str(none.tape)


@pytest.mark.parametrize("batch_size", [None, 10])
def test_it_may_change_between_steps(batch_size):
    made = trainer(batch_size=batch_size)
    made.run(1)
    made.dropout = 0
    made.run(1)
    assert made.tape.masks == []
    made.dropout = 0.5
    made.run(1)
    assert set(made.tape.masks[0].flat) == {0.0, 2.0}
    assert_whole_network_is_measured(made.history)


@pytest.mark.parametrize("steps", [0, 3, 9])
def test_a_saved_trainer_drops_what_this_one_would_have(steps):
    made = trainer()
    for _ in range(steps):
        made.step()
    file = io.BytesIO()
    made.save(file)
    file.seek(0)
    loaded = Trainer.load(file)
    assert loaded.dropout == 0.3
    for one in (made, loaded):
        one.run(2)
    np.testing.assert_array_equal(loaded.network.parameters, made.network.parameters)
    for one in (made, loaded):
        one.reset()
        one.run(1)
    np.testing.assert_array_equal(loaded.network.parameters, made.network.parameters)


def test_a_file_from_before_there_was_any_is_read(monkeypatch):
    with monkeypatch.context() as before:
        before.setattr("nnlib.training.checkpoint._ARGUMENTS", ("batch_size", "l1", "l2", "seed"))
        file = io.BytesIO()
        trainer(dropout=0).save(file)
    file.seek(0)
    assert Trainer.load(file).dropout == 0


def test_it_goes_on_with_other_data():
    assert trainer().with_data(X[:20], y[:20]).dropout == 0.3


def test_fit_takes_it_too():
    network = Network([2, 6, 5, 1], hidden="tanh", seed=1)
    history = fit(network, X, y, 2, LOSS, Adam(0.02), 10, seed=4, dropout=0.3)
    np.testing.assert_array_equal(history.train_loss, trainer().run(2).train_loss)


@pytest.mark.parametrize("dropout", [-0.1, 1, 1.5, float("nan"), "0.5", True])
def test_what_is_no_probability_below_1_is_refused(dropout):
    made = trainer()
    with pytest.raises((ValueError, TypeError), match="dropout must be"):
        made.dropout = dropout
    assert made.dropout == 0.3
    with pytest.raises((ValueError, TypeError), match="dropout must be"):
        trainer(dropout=dropout)


def test_a_network_without_hidden_units_has_nothing_to_drop():
    plain, dropped = (
        Trainer(Network([2, 1], seed=1), X, y, LOSS, SGD(0.1), dropout=dropout)
        for dropout in (0, 0.5)
    )
    np.testing.assert_array_equal(plain.run(3).train_loss, dropped.run(3).train_loss)
