"""What a history keeps, for how long, and at what cost."""

import tracemalloc
from functools import partial

import numpy as np
import pytest

from nnlib import SGD, History, Network, Trainer, datasets
from nnlib.training import history
from nnlib.training import pending_entries as waiting


def measure(parameters, z=None, **constant):
    """Measure parameters that all are k: a training loss of 1 / (k + 1), the rest constant."""
    measures = {"train_loss": 1 / (parameters[:, 0] + 1)}
    return measures | {name: np.full(len(parameters), value) for name, value in constant.items()}


def filled(n, n_parameters=3, **constant):
    made = History(partial(measure, **constant))
    for k in range(n):
        made.record(k, np.full(n_parameters, float(k)))
    return made


def test_entries_and_what_is_absent():
    made = filled(100, test_loss=0.5)
    np.testing.assert_array_equal(made.epoch, np.arange(100))
    np.testing.assert_allclose(made.train_loss, 1 / np.arange(1, 101))
    np.testing.assert_array_equal(made.test_loss, np.full(100, 0.5))
    assert made.train_accuracy is made.test_accuracy is None
    assert len(made) == 100 and made.epoch.dtype == np.int64


def test_entries_are_measured_together_when_somebody_looks():
    sets = []
    made = History(lambda parameters, z: sets.append(len(parameters)) or measure(parameters))
    for k in range(waiting.MOST_WAITING + 10):
        made.record(k, np.full(3, float(k)))
    assert sets == [waiting.MOST_WAITING]
    assert made.train_loss[-1] == 1 / len(made)
    assert made.epoch[-1] == waiting.MOST_WAITING + 9
    assert sets == [waiting.MOST_WAITING, 10]


def test_large_networks_wait_in_smaller_numbers(monkeypatch):
    monkeypatch.setattr(waiting, "WAITING_BYTES", 8 * 1000 * 5)
    sets = []
    made = History(lambda parameters, z: sets.append(len(parameters)) or measure(parameters))
    for k in range(13):
        made.record(k, np.full(1000, float(k)))
    assert sets == [6, 6]


def test_a_z_that_is_known_is_handed_over_and_only_for_its_own_parameters():
    seen = []
    made = History(lambda parameters, z: seen.append(z) or measure(parameters))
    for k in range(3):
        made.record(k, np.full(3, float(k)))
        made.note_z(np.full(3, 1.0), np.full((1, 4), 10.0))  # those of entry 1 alone
    assert len(made) == 3
    assert [None if z is None else z.tolist() for z in seen] == [None, [[[10.0] * 4]], None]
    made.note_z(np.full(3, 2.0), np.zeros((1, 4)))  # measured already: nothing to keep
    assert len(made) == 3


def test_snapshots_are_copies_both_ways():
    made, parameters = History(measure), np.zeros(3)
    made.record(0, parameters)
    parameters[:] = 7
    made.parameters_at(0)[:] = 8
    np.testing.assert_array_equal(made.parameters_at(0), [0, 0, 0])


def test_arrays_cannot_be_written_to():
    with pytest.raises(ValueError, match="read-only"):
        filled(3).train_loss[0] = 9


def test_snapshots_thin_out_with_age():
    n = 20_000
    made = filled(n)
    kept = made.snapshot_epochs
    assert len(kept) <= history.MOST_SNAPSHOTS
    assert kept[0] == 0 and kept[-1] == n - 1
    for k in kept:
        assert (made.parameters_at(k) == k).all()
    assert (np.diff(kept)[-300:] == 1).all()  # what is recent is complete
    gaps = np.diff(kept)
    assert gaps[0] > 20 and gaps[:100].mean() > 10 * gaps[-100:].mean()
    assert len(made) == n  # the losses are all there


def test_large_networks_keep_fewer_snapshots(monkeypatch):
    monkeypatch.setattr(history, "SNAPSHOT_BYTES", 8 * 1000 * 20)
    made = filled(200, n_parameters=1000)
    assert 10 <= len(made.snapshot_epochs) <= 20


def test_entries_are_bounded_too(monkeypatch):
    monkeypatch.setattr(history, "MOST_ENTRIES", 256)
    made = filled(5000)
    assert len(made) <= 256 and made._table.shape[1] <= 256
    epochs = made.epoch
    assert epochs[0] == 0 and epochs[-1] == 4999 and (np.diff(epochs) > 0).all()
    np.testing.assert_allclose(made.train_loss, 1 / (epochs + 1.0))


def test_a_short_run_keeps_everything():
    made = Trainer(
        Network([2, 1]), *datasets.truth_table("or"), "binary_cross_entropy", SGD(1.0)
    ).run(999)
    assert len(made.snapshot_epochs) == 1000


def test_epochs_without_parameters_are_refused():
    made = filled(5000)
    with pytest.raises(ValueError, match=r"epoch 1:.*nearest kept is epoch \d+"):
        made.parameters_at(1)
    with pytest.raises(ValueError, match=r"epoch 5000:.*nearest kept is epoch 4999"):
        made.parameters_at(5000)
    with pytest.raises(ValueError, match="k must be at least 0"):
        made.parameters_at(-1)
    with pytest.raises(TypeError, match="k must be a whole number"):
        made.parameters_at(0.5)


def test_arrays_make_it_again_and_it_goes_on():
    made = filled(3000, train_accuracy=0.75)
    again = History.from_arrays(made.arrays(), partial(measure, train_accuracy=0.75))
    np.testing.assert_array_equal(again.train_loss, made.train_loss)
    np.testing.assert_array_equal(again.snapshot_epochs, made.snapshot_epochs)
    np.testing.assert_array_equal(again.parameters_at(2999), made.parameters_at(2999))
    assert again.test_loss is None and (again.train_accuracy == 0.75).all()
    again.record(3000, np.full(3, 3.0))
    assert again.train_loss[-1] == 0.25 and len(again) == 3001 and len(made) == 3000


def test_repr():
    assert repr(History(measure)) == "History: empty"
    assert repr(filled(3)) == "History: 2 epochs, train loss 1 → 0.3333"


def test_dropped_snapshots_give_their_memory_back(monkeypatch):
    monkeypatch.setattr(history, "MOST_SNAPSHOTS", 40)
    made, parameters = History(measure), np.zeros(5000)
    tracemalloc.start()
    for k in range(4000):
        made.record(k, parameters)
    assert len(made) == 4000  # those that wait are measured
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    waits = waiting.MOST_WAITING * parameters.nbytes
    assert held < waits + 1.5 * 40 * parameters.nbytes
