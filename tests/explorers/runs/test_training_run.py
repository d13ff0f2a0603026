"""TrainingRun: what it trains on, how it is steered, and that it goes on, back and apart."""

import json
from dataclasses import replace

import numpy as np
import pytest

from nnlib import SGD, Adam, Network, Trainer, datasets
from nnlib.explorers.runs.data import FEATURES, N_SAMPLES, data_of, inputs_of
from nnlib.explorers.runs.own_table import table_of
from nnlib.explorers.runs.run import TrainingRun
from nnlib.explorers.runs.settings import LIVE, RunSettings

CLASSES = "x1,x2,class\n0,0,0\n0,2,1\n2,0,1\n2,2,0\n"


def by_hand(optimizer=None, **trainer):
    """Return the trainer that a run of the default settings is."""
    X, y = datasets.circles(N_SAMPLES, 0.1, seed=0)
    network = Network([2, 4, 1], hidden="tanh", seed=1)
    given = {"batch_size": 10, "seed": 1, **trainer}
    return Trainer(
        network, X[:200], y[:200], "binary_cross_entropy", optimizer or SGD(0.1), **given
    )


def parameters(run):
    return run.trainer.network.parameters


def test_it_is_the_trainer_that_its_settings_say():
    run, reference = TrainingRun(RunSettings()), by_hand()
    run.train(65)
    for _ in range(65):
        reference.step()
    assert np.array_equal(parameters(run), reference.network.parameters)
    X, y = datasets.circles(N_SAMPLES, 0.1, seed=0)
    assert np.array_equal(run.trainer.test_data[0], X[200:])
    assert np.array_equal(run.trainer.test_data[1], y[200:])


LIVE_VALUES = {
    "optimizer": "adam",
    "learning_rate": 0.5,
    "momentum": 0.3,
    "batch_size": None,
    "l1": 0.02,
    "l2": 0.1,
    "dropout": 0.3,
}


def test_every_live_setting_has_its_value_here():
    assert set(LIVE_VALUES) == set(LIVE)


@pytest.mark.parametrize("name", LIVE)
def test_learning_rate_momentum_and_regularisation_change_mid_run_with_no_restart(name):
    """After the change each step is that of a trainer whose setting was changed by hand."""
    run = TrainingRun(RunSettings(optimizer="momentum"))
    reference = by_hand(SGD(0.1, momentum=0.9))
    run.train(33)
    for _ in range(33):
        reference.step()
    trainer, before = run.trainer, parameters(run).copy()
    run.steer(replace(run.settings, **{name: LIVE_VALUES[name]}))
    assert run.trainer is trainer
    assert np.array_equal(parameters(run), before)
    if name == "optimizer":
        reference.optimizer = Adam(0.1)
    elif name in ("learning_rate", "momentum"):
        setattr(reference.optimizer, name, LIVE_VALUES[name])
    else:
        setattr(reference, name, LIVE_VALUES[name])
    unchanged = TrainingRun(RunSettings(optimizer="momentum"))
    unchanged.train(47)
    run.train(14)
    for _ in range(14):
        reference.step()
    assert run.trainer.steps == 47
    assert np.array_equal(parameters(run), reference.network.parameters)
    assert not np.array_equal(parameters(run), parameters(unchanged))


@pytest.mark.parametrize(
    "change",
    [
        {"data": "moons"},
        {"noise": 0.2},
        {"test_share": 0.2},
        {"data_seed": 1},
        {"features": ("x1", "product")},
        {"hidden": ((4, "relu"),)},
        {"hidden": ((4, "tanh"), (2, "relu"))},
        {"initializer": "he"},
        {"seed": 2},
        {"loss": "mean_squared_error"},
    ],
)
def test_anything_else_begins_anew(change):
    run = TrainingRun(RunSettings())
    run.train(30)
    run.steer(replace(run.settings, **change))
    assert run.trainer.steps == 0
    fresh = TrainingRun(replace(RunSettings(), **change))
    for each in (run, fresh):
        each.train(5)
    assert np.array_equal(parameters(run), parameters(fresh))


def test_what_does_not_matter_does_not_begin_anew():
    run = TrainingRun(RunSettings(data="xor"))
    run.train(3)
    run.steer(replace(run.settings, noise=0.3, data_seed=4, csv=CLASSES, test_share=0.1))
    assert run.trainer.steps == 3


def test_reset_leads_to_the_same_start_and_the_same_course():
    run = TrainingRun(RunSettings(optimizer="adam"))
    start = parameters(run).copy()
    run.train(77)
    end = parameters(run).copy()
    run.reset()
    assert np.array_equal(parameters(run), start)
    assert (run.trainer.steps, run.sizes.epoch) == (0, [])
    run.train(77)
    assert np.array_equal(parameters(run), end)


def test_a_fork_starts_from_the_epoch_with_a_fresh_optimizer():
    run = TrainingRun(RunSettings(optimizer="momentum"))
    run.train(100)
    fork = run.fork(3)
    there = run.trainer.history.parameters_at(3)
    assert np.array_equal(parameters(fork), there)
    assert (fork.forked_at, fork.trainer.epoch, fork.trainer.optimizer.memory) == (3, 0, {})
    fork.train(20)
    assert run.trainer.epoch == 5
    fork.reset()
    assert np.array_equal(parameters(fork), there)
    with pytest.raises(ValueError, match="nearest kept is epoch 5"):
        run.fork(9)


@pytest.mark.parametrize("optimizer", ["sgd", "nesterov", "rmsprop", "adam"])
def test_state_goes_on_exactly_even_in_the_middle_of_an_epoch(optimizer):
    run = TrainingRun(RunSettings(optimizer=optimizer, hidden=((3, "relu"), (2, "gelu")), l1=0.01))
    run.train(33)
    run.steer(replace(run.settings, learning_rate=0.03))
    again = TrainingRun.from_state(json.loads(json.dumps(run.state)))
    assert again.settings == run.settings
    for each in (run, again):
        each.train(50)
    assert np.array_equal(parameters(run), parameters(again))
    assert run.state == again.state


def test_divergence_is_told_and_ends_with_a_smaller_rate():
    run = TrainingRun(RunSettings(learning_rate=1e9))
    run.train(100)
    assert run.trainer.steps == 1
    assert run.diverged.startswith("Training diverged in epoch 1: the numbers of layer")
    assert np.isfinite(parameters(run)).all()
    run.steer(replace(run.settings, learning_rate=0.1))
    run.train(40)
    assert (run.diverged, run.trainer.epoch) == ("", 2)


def test_own_points_come_and_go_while_it_trains():
    settings = RunSettings(data="own", points=((0.0, 0.0, 0), (1.0, 1.0, 1)))
    run = TrainingRun(settings)
    run.train(10)
    before, losses = parameters(run).copy(), run.trainer.history.train_loss.copy()
    run.steer(replace(settings, points=(*settings.points, (0.5, -1.0, 1))))
    assert np.array_equal(parameters(run), before)
    assert np.array_equal(run.trainer.history.train_loss, losses)
    assert (run.trainer.epoch, len(run.trainer.X), len(run.data.X)) == (10, 3, 3)


def test_the_share_for_testing_divides_one_cloud():
    whole, _ = datasets.moons(N_SAMPLES, 0.2, seed=3)
    for share, n_train in ((0.0, 400), (0.5, 200), (0.9, 40)):
        data = data_of(RunSettings(data="moons", noise=0.2, data_seed=3, test_share=share))
        test = data.test[0] if data.test else np.empty((0, 2))
        assert len(data.X) == n_train
        assert np.array_equal(np.vstack([data.X, test]), whole)


def test_a_curve_has_a_linear_output_and_the_mean_squared_error():
    run = TrainingRun(RunSettings(data="sine", hidden=((8, "tanh"),), optimizer="adam"))
    network = run.trainer.network
    assert (network.sizes, network.output) == ([1, 8, 1], "linear")
    assert run.trainer.loss.name == "mean_squared_error"
    assert np.ptp(run.data.X) > 5
    assert np.ptp(run.data.test[0]) > 5  # not the right end of the curve only
    run.train(2000)
    x = np.array([[-1.5], [0.0], [1.5]])
    assert np.allclose(network.predict(run.inputs(x)), np.sin(x), atol=0.2)


def test_features_are_what_they_are_called():
    X = np.array([[0.5, -2.0], [1.0, 3.0]])
    x1, x2 = X.T
    expected = [x1, x2, x1**2, x2**2, x1 * x2, np.sin(np.pi * x1), np.sin(np.pi * x2)]
    assert np.allclose(inputs_of(list(FEATURES), X), np.transpose(expected))
    run = TrainingRun(RunSettings(data="xor", features=("product", "x2")))
    assert np.allclose(run.trainer.X, [[0, 0], [0, 1], [0, 0], [1, 1]])


def test_a_table_is_scaled_column_by_column_and_split():
    run = TrainingRun(RunSettings(data="table", csv=CLASSES, test_share=0.0))
    assert sorted(run.data.X.tolist()) == [[-1, -1], [-1, 1], [1, -1], [1, 1]]
    assert set(run.data.y.ravel()) == {0.0, 1.0}
    curve = data_of(RunSettings(data="table", csv="1,10\n2,20\n3,30\n", test_share=0.0))
    assert curve.is_curve
    assert np.allclose(curve.X, curve.y)  # both 0 on average, with a spread of 1
    kept = data_of(RunSettings(data="table", csv=CLASSES, test_share=0.25))
    assert (len(kept.X), len(kept.test[0])) == (3, 1)


def test_a_small_table_is_trained_on_both_classes_whichever_rows_are_kept():
    csv = "1,1,0\n" * 9 + "2,2,1\n"
    for seed in range(20):
        settings = RunSettings(data="table", csv=csv, test_share=0.95, data_seed=seed)
        data = data_of(settings)
        assert sorted(data.y.ravel()) == [0, 1]
        assert sorted([*data.X[:, 0], *data.test[0][:, 0]]) == sorted(
            data_of(replace(settings, test_share=0.0)).X[:, 0]
        )


def test_a_table_of_any_size_of_numbers_is_scaled():
    csv = "1e300,1e-300,1e308,0\n-1e300,0,-1e308,1\n"
    for columns in ((0, 3), (1, 3), (2, 3)):
        cut = "\n".join(",".join(row.split(",")[k] for k in columns) for row in csv.split())
        data = data_of(RunSettings(data="table", csv=cut, test_share=0.0))
        assert sorted(data.X.ravel().tolist()) == [-1, 1]
    same = data_of(RunSettings(data="table", csv="0.1,1\n0.1,2\n0.1,3\n", test_share=0.0))
    assert same.X.ravel().tolist() == [0, 0, 0]


@pytest.mark.parametrize(
    ("csv", "words"),
    [
        ("", "no rows of numbers"),
        ("1,2,3,4\n5,6,7,8\n", "The table has 4 columns. Give three"),
        ("1,2,0\n3,4,2\n", r"class of sample 2 is 2"),
        ("1,2,0\n", "The table has 1 row; from 2 to 2,000 rows can be drawn"),
        ("1,2,0\n3,4,0\n", "class is 0 in every row"),
        ("1,2,0\n3,4,1\n" * 100_000, "The table has 200,000 lines; from 2"),
        ("1,2,0\n3,x,1\n", "Row 2, column 2: 'x' is not a finite number"),
        ("hello", "Row 1 has 1 column; 2 to 1000 are needed"),
    ],
)
def test_what_is_no_table_is_refused_in_words(csv, words):
    with pytest.raises(ValueError, match=words):
        table_of(csv)


def test_sizes_of_gradients_and_updates_are_those_of_each_epochs_last_step():
    run = TrainingRun(RunSettings(l2=0.1))
    run.train(19)
    before = parameters(run).copy()
    run.train(1)
    network = run.trainer.network
    moved = parameters(run) - before
    for entries, vector in ((run.sizes.gradients, network.gradient), (run.sizes.updates, moved)):
        first, second = vector[:12], vector[12:]
        expected = [np.sqrt(np.mean(first**2)), np.sqrt(np.mean(second**2))]
        assert entries[-1] == pytest.approx(expected)
    assert run.sizes.epoch == [1]
    run.train(20 * 1000)
    assert len(run.sizes.epoch) == len(run.sizes.gradients) <= 400
    assert (run.sizes.epoch[0], run.sizes.epoch[-1]) == (1, 1001)
