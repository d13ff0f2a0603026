"""A trainer saved in mid-run goes on exactly where it stopped."""

import io

import numpy as np
import pytest

from nnlib import SGD, Adam, LeakyReLU, Loss, Network, RMSProp, Trainer, TrainingDiverged, datasets

CLOUD = datasets.moons(60, seed=1)
TEST = datasets.moons(20, seed=2)


def trainer(optimizer, dtype="float64", test_data=TEST):
    network = Network([2, 4, 3, 1], ["tanh", LeakyReLU(0.2)], seed=3, dtype=dtype)
    return Trainer(
        network, *CLOUD, "binary_cross_entropy", optimizer, 7, 1e-4, 1e-3, test_data, seed=5
    )


OPTIMIZERS = [SGD(0.3), SGD(0.1, 0.9), SGD(0.1, 0.9, nesterov=True), RMSProp(0.01), Adam(0.02)]


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("steps", [0, 9, 20], ids=["start", "end of epoch", "mid-epoch"])
@pytest.mark.parametrize("optimizer", OPTIMIZERS, ids=repr)
def test_it_goes_on_exactly_where_it_stopped(tmp_path, optimizer, steps, dtype):
    made = trainer(optimizer, dtype)
    for _ in range(steps):
        made.step()
    made.save(tmp_path / "trainer.npz")
    loaded = Trainer.load(tmp_path / "trainer.npz")
    assert (loaded.epoch, loaded.steps, loaded.part) == (made.epoch, made.steps, made.part)
    assert repr(loaded.optimizer) == repr(made.optimizer)
    for _ in range(3):
        for one in (made, loaded):
            one.step()
        np.testing.assert_array_equal(loaded.network.parameters, made.network.parameters)
    made.run(4)
    loaded.run(4)
    np.testing.assert_array_equal(loaded.network.parameters, made.network.parameters)
    for name in ("epoch", "train_loss", "test_loss", "train_accuracy", "test_accuracy"):
        np.testing.assert_array_equal(getattr(loaded.history, name), getattr(made.history, name))
    np.testing.assert_array_equal(loaded.history.parameters_at(3), made.history.parameters_at(3))
    assert loaded.network.dtype == dtype


def test_a_loaded_trainer_resets_to_the_same_start():
    made = trainer(Adam(0.02))
    made.run(3)
    file = io.BytesIO()
    made.save(file)
    file.seek(0)
    loaded = Trainer.load(file)
    for one in (made, loaded):
        one.reset()
        one.run(2)
    np.testing.assert_array_equal(loaded.history.train_loss, made.history.train_loss)
    np.testing.assert_array_equal(loaded.network.parameters, made.network.parameters)


def test_a_loaded_trainer_diverges_at_the_same_size():
    made = trainer(SGD(0.3))
    made.network.parameters *= 1.5
    made.network.parameters[0] = 100
    file = io.BytesIO()
    made.save(file)
    file.seek(0)
    assert Trainer.load(file)._limit == made._limit


def test_settings_changed_on_the_way_are_kept(tmp_path):
    made = trainer(SGD(0.3), test_data=None)
    made.run(1)
    made.batch_size, made.l1, made.optimizer.learning_rate = None, 0.25, 1e9
    made.save(tmp_path / "trainer.npz")
    loaded = Trainer.load(tmp_path / "trainer.npz")
    assert (loaded.batch_size, loaded.l1, loaded.l2, loaded.seed) == (None, 0.25, 1e-3, 5)
    assert loaded.optimizer.learning_rate == 1e9 and loaded.test_data is None


def test_saving_changes_nothing():
    made, twin = trainer(Adam(0.02)), trainer(Adam(0.02))
    made.run(2)
    made.save(io.BytesIO())
    twin.run(2)
    np.testing.assert_array_equal(made.run(2).train_loss, twin.run(2).train_loss)


def test_a_trainer_that_has_diverged_is_not_saved(tmp_path):
    made = trainer(SGD(0.3))
    made.step()
    made.network.parameters[3] = np.nan
    with pytest.raises(TrainingDiverged):
        made.save(tmp_path / "trainer.npz")
    assert not (tmp_path / "trainer.npz").exists()


def test_a_loss_that_could_not_be_loaded_is_not_saved(tmp_path):
    class Quartic(Loss):
        name = "quartic"

        def _value(self, a, y):
            return float(np.mean((a - y) ** 4))

        def _gradient(self, a, y):
            return 4 * (a - y) ** 3 / a.size

    made = Trainer(Network([2, 1]), *CLOUD, Quartic(), SGD(0.3))
    assert made.run(20).train_loss[-1] < made.history.train_loss[0]
    with pytest.raises(ValueError, match="Unknown loss 'quartic'"):
        made.save(tmp_path / "trainer.npz")
    assert not (tmp_path / "trainer.npz").exists()
