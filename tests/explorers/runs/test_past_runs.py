"""Play stops at an epoch, and the curves of the runs before stay to compare with."""

import json
from dataclasses import replace
from functools import partial
from html import unescape
from itertools import combinations

import numpy as np
import pytest
from traitlets import TraitError

from nnlib.explorers import TrainingExplorer, TwoRunsExplorer
from nnlib.explorers.runs.data import FEATURES
from nnlib.explorers.runs.past_runs import MOST_EPOCHS, MOST_RUNS, PastRun, with_newest
from nnlib.explorers.runs.run import TrainingRun
from nnlib.explorers.runs.settings import RunSettings
from nnlib.explorers.runs.settings_words import ROOM, differences

pytestmark = pytest.mark.usefixtures("no_frames")

KIND = partial(TrainingExplorer, data="blobs", batch_size=None, speed="fast")


def train_to(explorer, epoch):
    """Press Play until it stops there."""
    explorer.stop_at = epoch
    for _ in range(500):
        explorer.controls["play"].click()
        if explorer.epochs_trained >= epoch:
            return
    raise AssertionError(f"it never came to epoch {epoch}")


def names(explorer):
    return [text.get_text() for text in explorer.view.curves.past_names if text.get_visible()]


@pytest.mark.parametrize("speed", ["slow", "medium", "fast"])
@pytest.mark.parametrize("batch_size", [None, 32])
def test_play_stops_exactly_at_the_end_of_the_epoch(explorer, speed, batch_size):
    explorer.set_parameters(speed=speed, batch_size=batch_size)
    train_to(explorer, 13)
    assert (explorer.trainer.epoch, explorer.trainer.part) == (13, 0)
    assert explorer.notice.startswith("Stopped at the end of epoch 13.")
    alone = TrainingRun(explorer.settings)
    while alone.trainer.epoch < 13:
        alone.train()
    assert np.array_equal(alone.trainer.network.parameters, explorer.trainer.network.parameters)


def test_two_runs_stop_together():
    explorer = TwoRunsExplorer(stop_at=4, varied="batch_size", speed="fast")
    while not explorer.must_pause:
        explorer.controls["play"].click()
    assert [run.trainer.epoch for run in explorer.runs] == [4, 4]
    assert "Stopped at the end of epoch 4." in explorer.notice
    explorer.stop_at = None
    assert explorer.notice is None and explorer.epochs_trained == 4  # and nothing began anew
    explorer.close()


def test_at_its_stop_play_says_why_and_a_later_stop_goes_on(explorer):
    train_to(explorer, 5)
    before = explorer.trainer.steps
    explorer.controls["play"].click()
    assert explorer.trainer.steps == before and "Stopped at the end of epoch 5" in explorer.notice
    explorer.stop_at = 7
    assert explorer.notice is None
    train_to(explorer, 7)
    explorer.controls["epoch"].click()  # by hand it goes on
    assert explorer.epochs_trained == 8


@pytest.mark.parametrize(("typed", "means"), [("50", 50), (" 7 ", 7), ("", None), ("  ", None)])
def test_the_epoch_is_typed(explorer, typed, means):
    explorer.stop_at = 3
    explorer.controls["stop_at"].value = typed
    assert explorer.stop_at == means and explorer.error is None


@pytest.mark.parametrize("typed", ["0", "-3", "2.5", "soon", "inf"])
def test_what_is_no_epoch_is_refused_in_words(explorer, typed):
    explorer.controls["stop_at"].value = typed
    assert explorer.stop_at is None
    assert "a whole number from 1. An empty box means: no stop." in explorer.error
    with pytest.raises(TraitError):
        explorer.stop_at = True
    explorer.error = None


def test_restart_leaves_the_curve_and_names_what_was_different(explorer):
    for rate in (0.01, 1.0):
        explorer.learning_rate = rate
        train_to(explorer, 20)
        explorer.controls["restart"].click()
    explorer.learning_rate = 10.0
    first, second = explorer.run.past
    assert names(explorer) == [
        f"η = 1: {second.losses[-1]:.3f}",
        f"η = 0.01: {first.losses[-1]:.3f}",
    ]
    assert f"Earlier runs: {names(explorer)[0]} after epoch 20;" in explorer.summary
    drawn = [curve for curve in explorer.view.curves.past_curves if curve.get_visible()]
    alone = TrainingRun(replace(explorer.settings, learning_rate=1.0))
    alone.train(20)
    np.testing.assert_allclose(drawn[0].get_ydata(), alone.trainer.history.train_loss, rtol=1e-4)
    assert len(set(looks(explorer).values())) == len(drawn)  # not told apart by colour alone


def looks(explorer):
    """Return the dashes of each earlier run that is shown, by the rate in its name."""
    curves = explorer.view.curves
    return {
        name.get_text().split(":")[0]: str(curve._unscaled_dash_pattern)
        for name, curve in zip(curves.past_names, curves.past_curves, strict=True)
        if name.get_visible()
    }


def test_an_earlier_run_keeps_its_look_as_long_as_it_is_shown(explorer):
    seen = {}
    for rate in (0.01, 0.02, 0.03, 0.04, 0.05, 0.06):
        explorer.learning_rate = rate
        train_to(explorer, 3)
        explorer.restart()
        explorer.learning_rate = 1.0  # so that each is named by its rate
        now = looks(explorer)
        assert len(set(now.values())) == len(now)
        assert all(seen.setdefault(name, look) == look for name, look in now.items())
        again = TrainingExplorer.from_state(explorer.state)
        assert looks(again) == now
        again.close()
    assert len(seen) == 6


def test_other_curves_than_losses_stand_alone(explorer):
    train_to(explorer, 3)
    explorer.restart()
    explorer.panel = "gradients"
    assert names(explorer) == []
    explorer.panel = "loss"
    assert len(names(explorer)) == 1


@pytest.mark.parametrize("begin", ["restart", "new_start", "new_data"])
def test_whatever_begins_anew_keeps_the_curve(explorer, begin):
    train_to(explorer, 2)
    explorer.controls[begin].click()
    words = {"restart": "the same", "new_start": "start 1", "new_data": "data 0"}
    assert names(explorer)[0].startswith(f"{words[begin]}: 0.")


def test_a_larger_network_is_named_by_its_units(explorer):
    train_to(explorer, 2)
    explorer.hidden2 = 3
    assert names(explorer)[0].startswith("4 units: 0.")


def test_a_run_that_was_changed_midway_says_so(explorer):
    train_to(explorer, 2)
    explorer.learning_rate = 1.0
    explorer.step()
    explorer.restart()
    assert names(explorer)[0].startswith("was changed: 0.")


def test_runs_that_differ_have_names_that_differ(explorer):
    """The data were changed, then the layers: each name says all of it."""
    explorer.set_parameters(data="circles", hidden1=4)
    train_to(explorer, 1)
    explorer.data = "spiral"
    train_to(explorer, 1)
    explorer.set_parameters(hidden1=8, hidden2=8)
    assert [name.split(":")[0] for name in names(explorer)] == ["4 units", "circles, 4 units"]
    assert f"Earlier runs: {names(explorer)[0]} after epoch 1;" in explorer.summary
    explorer.learning_rate = 10.0
    train_to(explorer, 1)
    explorer.restart()
    assert "…" in names(explorer)[2], "the picture has room for two of the three settings"
    assert "circles, η = 0.1, 4 units: " in explorer.summary, "and the words for all"
    assert len({name.split(":")[0] for name in names(explorer)}) == 3


def test_two_runs_that_were_changed_midway_have_two_names(explorer):
    for data in ("circles", "spiral", "spiral"):
        explorer.data = data
        train_to(explorer, 1)
        explorer.learning_rate *= 2
        explorer.step()
        explorer.restart()
    found = [name.split(":")[0] for name in names(explorer)]
    assert found == ["was changed", "was changed, older", "was changed, circles"]


@pytest.mark.parametrize("room", [None, ROOM])
def test_no_two_settings_have_one_name(room):
    changed = {
        "data": "spiral",
        "hidden": ((8, "relu"), (8, "leaky_relu"), (8, "tanh")),
        "features": tuple(FEATURES),
        "loss": "mean_squared_error",
        "optimizer": "momentum",
        "batch_size": None,
    }
    some = [dict(list(changed.items())[k : k + n]) for n in (1, 2, 4, 6) for k in range(3)]
    for three in combinations(some, 3):
        runs = [replace(RunSettings(), **these) for these in three]
        if len(set(runs)) == 3:
            found = differences(RunSettings(), runs, room)
            assert len(set(found)) == 3, found
            assert room is None or max(map(len, found)) <= room


def test_what_is_set_before_restart_belongs_to_the_next_run(explorer):
    train_to(explorer, 2)
    before = explorer.learning_rate
    explorer.learning_rate = 1.0
    again = TrainingExplorer.from_state(explorer.state)
    for each in (explorer, again):
        each.restart()
        assert names(each)[0].startswith(f"η = {before:g}: 0.")
    again.close()


def test_they_can_be_cleared_and_reset_clears_them(explorer):
    for clear in ("forget_curves", "reset"):
        train_to(explorer, 2)
        explorer.restart()
        assert len(names(explorer)) == 1
        explorer.controls[clear].click()
        assert names(explorer) == [] and "Earlier runs" not in explorer.summary


def test_the_state_has_them_in_a_few_kilobytes(explorer):
    for rate in (0.1, 0.2, 0.3, 0.4):
        explorer.learning_rate = rate
        train_to(explorer, 300)
        explorer.restart()
    text = json.dumps(explorer.state)
    past = json.dumps(explorer.state["run"]["past"])
    assert len(past) < 8_000
    again = TrainingExplorer.from_state(json.loads(text))
    assert names(again) == names(explorer) and again.stop_at == 300
    assert again.summary == explorer.summary


def test_few_are_kept_and_each_is_thinned_out():
    run = TrainingRun(RunSettings(data="xor", batch_size=None))
    for rate in (0.1, 0.2, 0.3, 0.4, 0.5):
        run.steer(replace(run.settings, learning_rate=rate))
        run.train(3 * MOST_EPOCHS)
        run.reset()
    assert [past.settings.learning_rate for past in run.past] == [0.3, 0.4, 0.5]
    assert len(run.past) == MOST_RUNS
    for past in run.past:
        assert len(past.epochs) == len(past.losses) <= MOST_EPOCHS
        assert past.epochs[-1] == 3 * MOST_EPOCHS


def test_of_two_runs_alike_the_longer_stays():
    def past(epochs, rate=0.1):
        settings = RunSettings(learning_rate=rate)
        return PastRun(settings, False, np.arange(epochs + 1), np.zeros(epochs + 1))

    kept = ()
    for newest in (past(5), past(3), past(4, rate=1.0), past(9), past(0, rate=5.0)):
        kept = with_newest(kept, newest)
    assert [(past.settings.learning_rate, past.epochs[-1]) for past in kept] == [(1.0, 4), (0.1, 9)]


def test_given_points_are_not_called_the_learners_own():
    explorer = TrainingExplorer(data="xor", batch_size=None)
    explorer.data = "own"
    words = explorer.form_row.words
    assert unescape(words.value).startswith("Now: 4 given points. Click on the plane to add one")
    assert "on 4 given points:" in explorer.summary
    explorer.add_point(0.5, 0.5)
    assert "Now: 4 given points and 1 of my own." in unescape(words.value)
    again = TrainingExplorer.from_state(explorer.state)
    assert "on 4 given points and 1 of my own:" in again.summary
    explorer.points = ((0.1, 0.2, 1), (0.4, 0.2, 0))
    assert "on 2 points of my own:" in explorer.summary


def test_no_name_of_an_earlier_run_leaves_the_picture(explorer):
    others = {
        "hidden": ((8, "leaky_relu"), (8, "tanh"), (8, "tanh")),
        "loss": "mean_squared_error",
        "features": ("x1", "product"),
        "data": "xor_cloud",
        "learning_rate": 0.00123,
    }
    names = [
        *(
            differences(RunSettings(), [replace(RunSettings(), **{k: v})], ROOM)[0]
            for k, v in others.items()
        ),
        differences(RunSettings(), [replace(RunSettings(), **others)], ROOM)[0],
        "was changed, moons",
        "8+8+8 units, spiral",
    ]
    (text, *_), figure = explorer.view.curves.past_names, explorer.figure
    text.set_visible(True)
    for name in names:
        assert len(name) <= ROOM
        text.set_text(f"{name}: 0.653")
        right = text.get_window_extent(figure.canvas.get_renderer()).x1
        assert right <= figure.bbox.width, name
