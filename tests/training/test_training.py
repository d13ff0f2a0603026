"""The trainer: steps, epochs, penalty, history, divergence, the same run again."""

import math
import warnings

import numpy as np
import pytest

from nnlib import (
    LOSSES,
    SGD,
    Adam,
    History,
    LeakyReLU,
    Network,
    RMSProp,
    Trainer,
    TrainingDiverged,
    datasets,
    fit,
)

XOR = datasets.truth_table("xor")
CLOUD = datasets.blobs(50, noise=0.3, seed=1)
BCE = "binary_cross_entropy"


def trainer(**settings):
    arguments = {"optimizer": SGD(0.5), "batch_size": 8, **settings}
    return Trainer(Network([2, 4, 1]), *CLOUD, BCE, **arguments)


def test_defaults():
    made = Trainer(Network([2, 1]), *XOR, BCE, SGD(1.0))
    assert (made.batch_size, made.l1, made.l2, made.test_data, made.seed) == (None, 0, 0, None, 0)
    assert (made.epoch, made.steps, made.part, len(made.history)) == (0, 0, 0, 1)
    assert made.loss is LOSSES[BCE]


def test_a_step_is_one_update_on_one_mini_batch():
    made = trainer()
    rows = np.random.default_rng(0).permutation(50)
    expected = Network([2, 4, 1])
    for k in range(3):
        batch = rows[8 * k : 8 * k + 8]
        gradient = expected.loss_and_gradient(CLOUD[0][batch], CLOUD[1][batch], BCE)[1]
        expected.parameters -= 0.5 * gradient
        made.step()
        np.testing.assert_allclose(made.network.parameters, expected.parameters, rtol=1e-12)
    assert (made.steps, made.epoch, made.part) == (3, 0, 24 / 50)


def test_an_epoch_ends_when_all_rows_have_been_used():
    made = trainer()
    for _ in range(6):
        made.step()
    assert made.epoch == 0 and len(made.history) == 1
    made.step()  # the seventh batch has the last two rows
    assert made.epoch == 1 and len(made.history) == 2 and made.part == 0


def test_no_batch_size_means_all_rows_in_order():
    made, expected = trainer(batch_size=None), Network([2, 4, 1])
    for _ in range(3):
        expected.parameters -= 0.5 * expected.loss_and_gradient(*CLOUD, BCE)[1]
        made.step()
        np.testing.assert_allclose(made.network.parameters, expected.parameters, rtol=1e-12)
    assert made.epoch == made.steps == 3


@pytest.mark.parametrize("batch_size", [50, 1000])
def test_a_batch_of_all_rows_is_the_full_batch(batch_size):
    full, batch = trainer(batch_size=None), trainer(batch_size=batch_size)
    full.run(3)
    batch.run(3)
    np.testing.assert_array_equal(full.network.parameters, batch.network.parameters)


def test_run_finishes_the_epoch_that_steps_began():
    made = trainer()
    made.step()
    assert made.run(1) is made.history
    assert made.epoch == 1 and made.steps == 7
    made.run(2)
    assert made.epoch == 3 and made.steps == 21
    made.run(0)
    assert made.epoch == 3


@pytest.mark.parametrize("bad, error", [(-1, ValueError), (1.5, TypeError), ("ten", TypeError)])
def test_epochs_are_checked(bad, error):
    with pytest.raises(error, match="epochs must be"):
        trainer().run(bad)


def test_progress_wraps_the_epochs():
    seen = []

    def progress(iterable):
        for item in iterable:
            seen.append((item, made.epoch))
            yield item

    made = trainer()
    made.run(3, progress=progress)
    assert seen == [(0, 0), (1, 1), (2, 2)]


def test_batch_size_and_learning_rate_may_change_between_steps():
    made = trainer()
    rows = np.random.default_rng(0).permutation(50)
    made.step()
    before = made.network.parameters.copy()
    made.batch_size, made.optimizer.learning_rate = 20, 0.25
    made.step()
    network = Network([2, 4, 1])
    network.parameters = before
    gradient = network.loss_and_gradient(CLOUD[0][rows[8:28]], CLOUD[1][rows[8:28]], BCE)[1]
    np.testing.assert_allclose(made.network.parameters, before - 0.25 * gradient, rtol=1e-12)
    made.batch_size = None  # all rows that are left
    made.step()
    assert made.epoch == 1 and made.steps == 3


@pytest.mark.parametrize("batch_size", [None, 8])
def test_same_seed_same_run_and_another_seed_another_shuffle(batch_size):
    runs = [trainer(batch_size=batch_size, seed=seed).run(5) for seed in (3, 3, 4)]
    np.testing.assert_array_equal(runs[0].train_loss, runs[1].train_loss)
    assert np.array_equal(runs[0].train_loss, runs[2].train_loss) == (batch_size is None)


def test_each_epoch_is_shuffled_anew():
    made = trainer()
    orders = []
    for _ in range(2):
        made.step()
        orders.append(made.batches.state()["order"])
        made.run(1)
    assert orders[0] != orders[1]
    assert sorted(orders[0]) == sorted(orders[1]) == list(range(50))


def test_the_penalty_is_on_weights_only():
    made = trainer(l1=0.03, l2=0.2, batch_size=None)
    weights = [layer.weights.copy() for layer in made.network.layers]
    biases = [layer.bias.copy() for layer in made.network.layers]
    assert made.penalty() == pytest.approx(
        sum(0.03 * np.abs(W).sum() + 0.1 * (W**2).sum() for W in weights)
    )
    plain = trainer(batch_size=None)
    plain.step()
    made.step()
    for k, layer in enumerate(made.network.layers):
        W = weights[k]
        expected = plain.network.layers[k].weights - 0.5 * (0.03 * np.sign(W) + 0.2 * W)
        np.testing.assert_allclose(layer.weights, expected, rtol=1e-13)
        np.testing.assert_array_equal(layer.bias, plain.network.layers[k].bias)
        assert not np.array_equal(layer.bias, biases[k])


def test_the_penalty_s_gradient_is_its_slope():
    made = trainer(l1=0.03, l2=0.2)
    made.network.gradient[:] = 0
    made._add_penalty_gradient()
    for i in range(made.network.parameters.size):
        values = []
        for step in (1e-6, -1e-6):
            made.network.parameters[i] += step
            values.append(made.penalty())
            made.network.parameters[i] -= step
        if made.network.parameters[i]:  # at a bias of 0 there is nothing to compare
            assert made.network.gradient[i] == pytest.approx((values[0] - values[1]) / 2e-6)


def test_penalty_may_change_between_steps_and_is_checked():
    made = trainer()
    made.l2 = 0.5
    assert made.penalty() > 0
    for name in ("l1", "l2"):
        for bad, error in ((-0.1, ValueError), (math.nan, ValueError), ("x", TypeError)):
            with pytest.raises(error, match=name):
                setattr(made, name, bad)
    assert (made.l1, made.l2) == (0, 0.5)


def test_history_entry_k_is_the_loss_of_the_parameters_at_k_without_penalty():
    test_data = datasets.blobs(30, noise=0.3, seed=2)
    made = trainer(l1=0.01, l2=0.1, test_data=test_data)
    history = made.run(6)
    probe = Network([2, 4, 1])
    np.testing.assert_array_equal(history.epoch, np.arange(7))
    for k in range(7):
        probe.parameters = history.parameters_at(k)
        assert history.train_loss[k] == probe.loss(*CLOUD, BCE)
        assert history.test_loss[k] == probe.loss(*test_data, BCE)
        right = (probe.predict(test_data[0]) >= 0.5) == test_data[1]
        assert history.test_accuracy[k] == right.mean()
    np.testing.assert_array_equal(probe.parameters, made.network.parameters)
    np.testing.assert_array_equal(history.parameters_at(0), Network([2, 4, 1]).parameters)


def test_accuracy_is_absent_for_regression_and_test_loss_without_test_data():
    made = Trainer(
        Network([1, 3, 1], output="linear"), *datasets.sine(20), "mean_squared_error", SGD(0.1)
    )
    history = made.run(2)
    assert history.train_accuracy is history.test_accuracy is history.test_loss is None
    assert len(history.train_loss) == 3


def test_mean_squared_error_on_classes_has_an_accuracy():
    history = fit(Network([2, 1]), *XOR, 1, "mean_squared_error", SGD(0.1))
    assert history.train_accuracy is not None


@pytest.mark.parametrize("optimizer", [SGD(0.5, 0.9), RMSProp(0.01), Adam(0.01)], ids=repr)
def test_reset_goes_back_to_the_same_start(optimizer):
    made = trainer(optimizer=optimizer, test_data=CLOUD)
    first = made.run(3)
    made.step()
    made.optimizer.learning_rate *= 1
    made.reset()
    assert (made.epoch, made.steps, made.part, len(made.history)) == (0, 0, 0, 1)
    np.testing.assert_array_equal(made.network.parameters, first.parameters_at(0))
    second = made.run(3)
    np.testing.assert_array_equal(second.train_loss, first.train_loss)
    np.testing.assert_array_equal(second.parameters_at(3), first.parameters_at(3))


def test_reset_keeps_the_settings():
    made = trainer()
    made.optimizer.learning_rate, made.batch_size, made.l2 = 0.1, 5, 0.01
    made.reset()
    assert (made.optimizer.learning_rate, made.batch_size, made.l2) == (0.1, 5, 0.01)


def test_the_data_is_copied():
    X, y = CLOUD[0].copy(), CLOUD[1].copy()
    made = Trainer(Network([2, 4, 1]), X, y, BCE, SGD(0.5))
    X[:] = y[:] = 0
    np.testing.assert_array_equal(made.X, CLOUD[0])
    np.testing.assert_array_equal(made.y, CLOUD[1])


def test_an_optimizer_used_before_starts_afresh():
    optimizer = Adam(0.05)
    first = trainer(optimizer=optimizer).run(3)
    second = trainer(optimizer=optimizer).run(3)
    np.testing.assert_array_equal(first.train_loss, second.train_loss)


def test_two_trainers_cannot_share_a_memory():
    optimizer = SGD(0.1, momentum=0.9)
    one, two = trainer(optimizer=optimizer), trainer(optimizer=optimizer)
    one.step()
    with pytest.raises(ValueError, match="another network"):
        two.step()


@pytest.mark.parametrize(
    "hidden, optimizer",
    [
        ("relu", Adam(0.05)),
        ("tanh", SGD(0.5, 0.9)),
        ("elu", RMSProp(0.02)),
        ("gelu", SGD(0.3, 0.9, nesterov=True)),
        ("softplus", Adam(0.05)),
        (LeakyReLU(0.1), Adam(0.05)),
    ],
    ids=str,
)
def test_it_learns(hidden, optimizer):
    X, y = datasets.moons(seed=5)
    network = Network([2, 8, 8, 1], hidden, initializer="he", seed=1)
    history = fit(network, X, y, 60, BCE, optimizer, batch_size=20)
    assert history.train_accuracy[-1] > 0.97
    assert history.train_loss[-1] < 0.15 < history.train_loss[0]


def test_digits_are_learnt():
    X, y = datasets.digits()
    network = Network([64, 32, 10], "relu", "softmax", "he")
    test_data = X[1500:], y[1500:]
    history = fit(
        network, X[:1500], y[:1500], 8, "cross_entropy", Adam(0.01), 50, test_data=test_data
    )
    assert history.train_accuracy[-1] > 0.97 and history.test_accuracy[-1] > 0.88


def test_float32_stays_float32():
    network = Network([2, 4, 1], dtype="float32")
    made = Trainer(network, *CLOUD, BCE, Adam(0.05), 8, l1=1e-3, l2=1e-3, test_data=CLOUD)
    history = made.run(5)
    arrays = [made.X, made.y, network.parameters, network.gradient, history.parameters_at(5)]
    arrays += made.optimizer.memory["mean"], made.optimizer.memory["mean_square"]
    assert {array.dtype for array in arrays} == {np.dtype("float32")}
    assert history.train_loss[-1] < history.train_loss[0]


def test_fit_is_run_of_a_trainer():
    arguments = {"batch_size": 7, "l1": 0.001, "l2": 0.01, "test_data": CLOUD, "seed": 3}
    history = fit(Network([2, 4, 1]), *CLOUD, 4, BCE, SGD(0.5), **arguments)
    assert isinstance(history, History)
    same = Trainer(Network([2, 4, 1]), *CLOUD, BCE, SGD(0.5), **arguments).run(4)
    np.testing.assert_array_equal(history.train_loss, same.train_loss)
    np.testing.assert_array_equal(history.test_loss, same.test_loss)


DIVERGING = [
    (["relu"], "linear", "mean_squared_error"),
    (["tanh"], "sigmoid", BCE),
    (["sigmoid"], "sigmoid", "mean_squared_error"),
]


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("batch_size", [None, 1])
@pytest.mark.parametrize("hidden, output, loss", DIVERGING)
@pytest.mark.parametrize("optimizer", [SGD, Adam, RMSProp])
def test_a_learning_rate_of_a_billion_is_legal_and_diverges(
    hidden, output, loss, optimizer, batch_size, dtype
):
    network = Network([2, 4, 1], hidden, output, dtype=dtype)
    made = Trainer(network, *XOR, loss, optimizer(1e9), batch_size)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(TrainingDiverged) as caught:
            made.run(500)
    error = caught.value
    assert error.epoch == made.epoch + 1 and error.layer in (1, 2)
    assert error.learning_rate == 1e9
    for words in (f"epoch {error.epoch}", f"layer {error.layer}", "1e+09", "learning rate is prob"):
        assert words in str(error)
    np.testing.assert_array_equal(network.parameters, made.history.parameters_at(made.epoch))
    assert np.isfinite(network.parameters).all() and np.isfinite(made.history.train_loss).all()


def test_divergence_by_overflow_keeps_the_last_finite_parameters():
    X, y = datasets.sine(20)
    network = Network([1, 4, 1], "relu", "linear")
    made = Trainer(network, X, y, "mean_squared_error", SGD(3.0))
    with pytest.raises(TrainingDiverged) as caught:
        made.run(500)
    assert 2 <= caught.value.epoch <= 40
    assert made.epoch == caught.value.epoch - 1 == len(made.history) - 1
    np.testing.assert_array_equal(network.parameters, made.history.parameters_at(made.epoch))


@pytest.mark.parametrize("layer", [1, 2, 3])
@pytest.mark.parametrize("value", [math.nan, math.inf, -1e9, 1e200])
def test_divergence_names_the_layer(layer, value):
    made = Trainer(Network([2, 3, 3, 1]), *XOR, BCE, SGD(0.1))
    made.run(2)
    made.network.layers[layer - 1].weights[0, 0] = value
    with pytest.raises(TrainingDiverged) as caught:
        made.check()
    assert (caught.value.epoch, caught.value.layer) == (3, layer)
    np.testing.assert_array_equal(made.network.parameters, made.history.parameters_at(2))


def test_training_goes_on_after_divergence_with_a_smaller_rate():
    made = Trainer(Network([2, 4, 1], seed=2), *XOR, BCE, Adam(0.1))
    made.run(20)
    made.optimizer.learning_rate = 1e9
    with pytest.raises(TrainingDiverged, match="epoch 21"):
        made.run(100)
    made.optimizer.learning_rate = 0.1
    history = made.run(200)
    assert made.epoch == 220 and history.train_accuracy[-1] == 1
    assert np.isfinite(history.train_loss).all()


def test_divergence_makes_the_optimizer_forget():
    made = Trainer(Network([2, 4, 1]), *XOR, BCE, SGD(1e9, momentum=0.9))
    with pytest.raises(TrainingDiverged):
        made.run(9)
    assert made.optimizer.memory == {}


def test_divergence_in_mid_epoch_starts_a_new_epoch():
    made = trainer()
    made.run(1)
    made.step()
    made.network.parameters[0] = math.nan
    with pytest.raises(TrainingDiverged):
        made.check()
    assert made.part == 0
    made.run(1)
    assert made.epoch == 2 and np.isfinite(made.history.train_loss).all()


def test_large_targets_are_no_divergence():
    X, y = datasets.sine(30)
    made = Trainer(Network([1, 1], output="linear"), X, 1e7 * y, "mean_squared_error", SGD(0.05))
    made.run(50)
    assert np.abs(made.network.parameters).max() > 1e6


def test_a_start_that_is_already_infinite_is_refused():
    network = Network([1, 1], output="linear", initializer=lambda *_: np.array([[1e200]]))
    with pytest.raises(ValueError, match=r"before the first step.*not scaled"):
        Trainer(network, [[1e5]], [[0.0]], "mean_squared_error", SGD(0.1))


@pytest.mark.parametrize(
    "arguments, error, message",
    [
        ({"network": "net"}, TypeError, "network must be a Network"),
        ({"optimizer": "sgd"}, TypeError, r"instance such as SGD\(learning_rate=0.1\), got 'sgd'"),
        ({"optimizer": SGD}, TypeError, "optimizer must be an instance"),
        ({"loss": "mse"}, ValueError, "Unknown loss 'mse'. Known: mean_squared_error"),
        ({"loss": "cross_entropy"}, ValueError, "use output='softmax'"),
        ({"X": XOR[0][:, :1]}, ValueError, "layer 1 expects X"),
        ({"X": XOR[0][:3]}, ValueError, "X has 3 samples"),
        ({"X": np.empty((0, 2)), "y": np.empty((0, 1))}, ValueError, "X is empty"),
        ({"y": XOR[1].ravel()}, ValueError, "the output layer expects y"),
        ({"y": XOR[1] * math.nan}, ValueError, r"y\[0, 0\] is nan"),
        ({"batch_size": 0}, ValueError, "batch_size must be at least 1"),
        ({"batch_size": -3}, ValueError, "batch_size must be at least 1"),
        ({"batch_size": 2.5}, TypeError, "batch_size must be a whole number"),
        ({"l1": -1}, ValueError, "l1 must be 0 or more"),
        ({"l2": "a"}, TypeError, "l2 must be a number"),
        ({"seed": 0.5}, TypeError, "seed must be a whole number"),
        ({"test_data": XOR[0]}, TypeError, "pair"),
        ({"test_data": (XOR[0], XOR[1] * 2)}, ValueError, "targets y between 0 and 1"),
    ],
)
def test_bad_arguments_are_refused(arguments, error, message):
    good = {
        "network": Network([2, 1]),
        "X": XOR[0],
        "y": XOR[1],
        "loss": BCE,
        "optimizer": SGD(1.0),
    }
    with pytest.raises(error, match=message):
        Trainer(**{**good, **arguments})


@pytest.mark.parametrize("batch_size", [None, 8])
@pytest.mark.parametrize("test_data", [None, CLOUD])
def test_losses_are_those_of_the_parameters_also_after_an_edit(batch_size, test_data):
    made = trainer(batch_size=batch_size, test_data=test_data)
    made.run(3)
    made.network.parameters *= 0.5  # a learner's edit between two epochs
    made.run(3)
    network = Network([2, 4, 1])
    for k in range(7):
        network.parameters = made.history.parameters_at(k)
        assert made.history.train_loss[k] == pytest.approx(network.loss(*CLOUD, BCE), rel=1e-12)


def test_early_stopping_waits_for_patience_and_the_best_can_be_brought_back():
    X, y = datasets.moons(60, noise=0.4, seed=1)
    test_data = datasets.moons(200, noise=0.4, seed=2)
    made = Trainer(Network([2, 16, 16, 1]), X, y, BCE, Adam(0.02), test_data=test_data)
    losses = made.run(5000, patience=30).test_loss
    best = int(losses.argmin())
    assert made.epoch == best + 30 < 5000
    assert losses[-1] > losses[best]
    made.network.parameters = made.history.parameters_at(best)
    assert made.network.loss(*test_data, BCE) == pytest.approx(losses[best], rel=1e-12)
    with pytest.raises(ValueError, match="test_data"):
        trainer().run(3, patience=2)
    with pytest.raises(ValueError, match="patience"):
        made.run(3, patience=0)


def test_with_other_data_it_goes_on_from_where_it_stands():
    first = trainer(optimizer=Adam(0.1), l2=0.01, seed=3, test_data=CLOUD)
    first.run(4)
    first.step()
    weights, memory = first.network.parameters.copy(), dict(first.optimizer.memory)
    losses, steps = first.history.train_loss.copy(), first.steps
    X, y = datasets.blobs(30, noise=0.3, seed=2)
    second = first.with_data(X, y)
    assert second.network is first.network and second.optimizer is first.optimizer
    assert np.array_equal(second.network.parameters, weights)
    assert second.optimizer.memory == memory
    assert (second.batch_size, second.l1, second.l2, second.seed) == (8, 0, 0.01, 3)
    assert (second.epoch, second.steps, second.part, second.test_data) == (4, steps, 0, None)
    assert np.array_equal(second.history.train_loss, losses)
    history = second.run(2)
    assert history.epoch.tolist() == [0, 1, 2, 3, 4, 5, 6]
    newest = LOSSES[BCE](second.network.predict(X), y)
    assert history.train_loss[-1] == pytest.approx(newest), "on the new data"
    second.reset()
    assert np.array_equal(second.network.parameters, Network([2, 4, 1]).parameters)


def test_data_that_do_not_fit_leave_the_trainer_as_it_was():
    def made():
        network = Network([1, 1], output="linear")
        return Trainer(network, [[0], [1]], [[0], [2]], "mean_squared_error", Adam(0.1))

    first, same = made(), made()
    first.run(2)
    same.run(2)
    for X, y in (([[1.0, 2.0]], [[1.0]]), ([[1e200]], [[1.0]])):
        with pytest.raises(ValueError):
            first.with_data(X, y)
    assert np.array_equal(first.run(2).train_loss, same.run(2).train_loss)
