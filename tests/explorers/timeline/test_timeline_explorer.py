"""`TimelineExplorer`: every moment of a run as it was, and a second run that leaves from there."""

import asyncio
import json
from dataclasses import replace

import clock
import numpy as np
import pytest
from pointing import Mouse

from nnlib.explorers import TimelineExplorer, TrainingExplorer
from nnlib.explorers.playing.epoch_slider import EpochSlider, nearest
from nnlib.explorers.runs.run import TrainingRun
from nnlib.explorers.runs.settings import RunSettings
from nnlib.explorers.timeline.overfitted_run import OWN_SETTINGS, overfitted_run
from nnlib.plots.curves.compared_losses import spread
from nnlib.plots.plane import grid_points
from nnlib.plots.words.numbers import number
from nnlib.plots.words.symbols import Node

pytestmark = pytest.mark.usefixtures("no_frames")

SETTINGS = RunSettings(hidden=((3, "tanh"),), batch_size=None, learning_rate=0.5)

KIND = TimelineExplorer


def trained(epochs, settings=SETTINGS):
    run = TrainingRun(settings)
    run.train(epochs)
    return run


def press(explorer, *keys):
    for key in keys:
        explorer.live_figure.receive({"kind": "key", "key": key})


# One moment ---------------------------------------------------------------------------------


@pytest.mark.parametrize("epoch", [0, 37, 300])
def test_boundary_network_and_loss_are_those_of_the_epoch(explorer, epoch):
    explorer.epoch = epoch
    reference = TrainingRun(OWN_SETTINGS)
    reference.train(epoch)
    network, view = reference.trainer.network, explorer.view
    points = grid_points(view.answers.plane.limits, 61)
    shown = np.asarray(view.answers.plane._image.get_array()).ravel()
    np.testing.assert_allclose(shown, network.predict(points).ravel(), atol=1e-12)
    loss = reference.trainer.history.train_loss[-1]
    assert view._loss_title.get_text().startswith(f"Loss {loss:.3f}")
    np.testing.assert_allclose(view._curves.now.get_xydata(), [[epoch, loss]], rtol=1e-12)
    assert view._title.get_text() == f"Epoch {epoch}, first run"
    assert f"Epoch {epoch} of 300" in explorer.live_figure.summary


def test_the_network_is_drawn_with_the_weights_and_maps_of_the_epoch(explorer):
    for epoch in (0, 300):
        explorer.epoch = epoch
        reference = TrainingRun(OWN_SETTINGS)
        reference.train(epoch)
        network = reference.trainer.network
        points = grid_points(explorer.view.answers.plane.limits, 61)
        first = network.unit_outputs(points)[0]
        drawn = explorer.model().maps[1]
        np.testing.assert_allclose(drawn, first / np.abs(first).max(axis=0), atol=1e-12)
        plane = explorer.view.answers.plane._image.get_array()
        small = explorer.view._network.maps[Node(len(network.sizes) - 1, 0)].get_array()
        np.testing.assert_allclose(small, 2 * plane - 1, atol=1e-12)


def test_the_curves_are_the_whole_history(explorer):
    history = overfitted_run().trainer.history
    train, test, *rest = explorer.view._curves.lines
    np.testing.assert_array_equal(train.get_ydata(), history.train_loss)
    np.testing.assert_array_equal(test.get_ydata(), history.test_loss)
    assert all(len(line.get_xdata()) == 0 for line in rest)


def test_the_summary_tells_where_to_stop(explorer):
    history = overfitted_run().trainer.history
    best = int(history.test_loss.argmin())
    assert 0 < best < 200  # it overfits: that is what the default run is for
    assert f"lowest test loss is {history.test_loss[best]:.3f}, in epoch {best}." in (
        explorer.summary
    )


def test_keys_step_leap_and_go_to_the_ends(explorer):
    press(explorer, "Home")
    assert explorer.epoch == 0
    press(explorer, "ArrowRight", "ArrowRight", "PageUp", "ArrowLeft")
    assert explorer.epoch == 11
    press(explorer, "PageDown", "PageDown")
    assert explorer.epoch == 0
    press(explorer, "End", "ArrowRight")
    assert explorer.epoch == 300
    before = explorer.state
    press(explorer, "a", "Enter")
    assert explorer.state == before


def test_dragging_on_the_loss_curve_scrubs(explorer):
    mouse = Mouse(explorer)
    mouse.press("epoch", 50, 0.3)
    assert explorer.epoch == 50
    mouse.drag(80.4, 0.6)
    assert explorer.epoch == 80 and explorer.controls["epoch"].value == 80
    mouse.drag(-40, 0.6)
    assert explorer.epoch == 0
    mouse.release(5000, 0.6)
    mouse.press("epoch", 295, 0.3)
    mouse.drag(5000, 0.3)
    assert explorer.epoch == 300


def test_the_slider_stops_only_where_parameters_are_kept():
    run = trained(1500)
    kept = run.trainer.history.snapshot_epochs.tolist()
    explorer = TimelineExplorer(of=run)
    missing = next(epoch for epoch in range(1500) if epoch not in kept)
    slider = explorer.controls["epoch"]
    assert (slider.min, slider.max) == (0, 1500)
    slider.value = missing
    assert slider.value in kept and explorer.epoch == slider.value == nearest(kept, missing)
    explorer.epoch = missing
    assert explorer.epoch in kept
    np.testing.assert_array_equal(
        explorer.model().shown.network.parameters,
        run.trainer.history.parameters_at(explorer.epoch),
    )
    assert explorer.error is None
    explorer.close()


def test_the_slider_goes_to_the_nearer_stop():
    slider = EpochSlider()
    slider.set_stops([0, 4, 10])
    stops = []
    for value in range(11):
        slider.value = value
        stops.append(slider.value)
    assert stops == [0, 0, 0, 4, 4, 4, 4, 4, 10, 10, 10]
    slider.close()


@pytest.mark.parametrize("epoch", [-1, True, "3", None, float("nan")])
def test_what_is_no_epoch_is_refused(explorer, epoch):
    with pytest.raises(Exception, match="epoch"):
        explorer.epoch = epoch


# The fork -----------------------------------------------------------------------------------


def test_a_fork_with_other_settings_is_that_run_from_those_weights(explorer):
    explorer.set_parameters(epoch=60, l2=0.05, fork_epochs=100)
    explorer.controls["fork"].click()
    reference = overfitted_run().fork(60)
    reference.steer(replace(OWN_SETTINGS, l2=0.05))
    reference.train(100)
    assert (explorer.fork_at, explorer.branch, explorer.epoch) == (60, "fork", 160)
    np.testing.assert_array_equal(
        explorer.fork.trainer.network.parameters, reference.trainer.network.parameters
    )
    _, _, fork, fork_test = explorer.view._curves.lines
    np.testing.assert_array_equal(fork.get_xdata(), np.arange(60, 161))
    np.testing.assert_array_equal(fork.get_ydata(), reference.trainer.history.train_loss)
    np.testing.assert_array_equal(fork_test.get_ydata(), reference.trainer.history.test_loss)
    assert fork.get_ydata()[0] == overfitted_run().trainer.history.train_loss[60]
    assert "The fork left at epoch 60, L2 0 → 0.05; in epoch 160" in explorer.live_figure.summary
    assert explorer.live_figure.equation.endswith("the fork, since epoch 60:   L2 0 → 0.05")
    assert "the fork, on" in explorer.summary
    explorer.epoch = 40
    assert "the first run, on" in explorer.summary, "the fork has not left it yet"


def test_both_boundaries_are_seen_after_the_fork_and_one_before(explorer):
    explorer.set_parameters(epoch=60, l2=0.05)
    explorer.fork_from_here()
    other = explorer.view.answers.other
    points = grid_points(explorer.view.answers.plane.limits, 61)
    for branch, run, k in (("fork", overfitted_run(), 200), ("run", explorer.fork, 140)):
        explorer.set_parameters(branch=branch, epoch=200)
        network = run.trainer.network
        now = network.parameters.copy()
        network.parameters = run.trainer.history.parameters_at(k)
        answers = network.predict(points)
        network.parameters = now
        lines = other.get_segments()
        assert len(lines) > 0
        np.testing.assert_allclose(explorer.model().other_answers, answers, atol=1e-12)
        words = explorer.view.answers.note.get_text()
        assert words == ("dashed: first run" if branch == "fork" else "dashed: fork")
    explorer.epoch = 60
    assert len(other.get_segments()) == 0 and not explorer.view.answers.note.get_visible()


def test_before_the_fork_its_past_is_the_first_run(explorer):
    explorer.set_parameters(epoch=60, l2=0.05)
    explorer.fork_from_here()
    explorer.epoch = 20
    assert explorer.model().shown.train_loss == overfitted_run().trainer.history.train_loss[20]
    assert explorer.view._title.get_text() == "Epoch 20, first run"


def test_a_setting_of_a_fork_that_is_not_made_yet_marks_where_it_would_leave(explorer):
    view = explorer.view
    marks = view._leaves, view._not_yet
    assert not any(mark.get_visible() for mark in marks)
    explorer.learning_rate = 10.0
    explorer.epoch = 60
    assert all(mark.get_visible() for mark in marks)
    assert set(view._leaves.get_xdata()) == {60}
    assert view._not_yet.get_text() == "no fork yet: press\n“Fork from here”"
    box, plot = view._not_yet.get_window_extent(), view._curves.ax.bbox
    assert plot.x0 + 30 < box.x0 and box.x1 < plot.x1 + 2 and box.y1 <= plot.y1
    explorer.fork_from_here()
    assert not any(mark.get_visible() for mark in marks)


def test_moving_a_setting_trains_the_fork_again(explorer):
    explorer.epoch = 60
    explorer.fork_from_here()
    first = explorer.fork.trainer.network.parameters.copy()
    explorer.controls["learning_rate"].value = 0.001
    assert explorer.fork.settings.learning_rate == pytest.approx(0.001)
    assert explorer.fork.trainer.epoch == explorer.fork_epochs
    assert not np.array_equal(explorer.fork.trainer.network.parameters, first)
    assert "learning rate 0.01 → 0.001" in explorer.summary


def test_the_first_run_is_never_touched(explorer):
    run = overfitted_run()
    before = run.trainer.network.parameters.copy(), run.trainer.epoch, run.settings
    explorer.set_parameters(epoch=60, learning_rate=1.0, optimizer="sgd")
    explorer.fork_from_here()
    explorer.epoch = 0
    np.testing.assert_array_equal(run.trainer.network.parameters, before[0])
    assert (run.trainer.epoch, run.settings) == before[1:]


def test_a_fork_in_the_place_of_another_says_so_until_it_is_trained_anew():
    async def scenario():
        explorer = TimelineExplorer(of=trained(30), fork_epochs=50)
        fork = explorer.controls["fork"]
        explorer.epoch = 10
        fork.click()
        await asyncio.sleep(0.6)
        assert explorer.notice is None and explorer.fork_at == 10
        fork.click()  # seen is an epoch that only the fork has
        told = (
            "This fork left the first run at epoch 30; the fork from epoch 10 is gone, since "
            "a fork always leaves the first run."
        )
        assert explorer.notice == told
        await asyncio.sleep(0.6)
        assert not explorer._player.playing and explorer.notice == told
        assert told in explorer.message_box.value
        explorer.l2 = 0.05
        assert explorer.notice is None
        await asyncio.sleep(0.6)
        assert explorer.notice is None
        explorer.epoch = 30
        fork.click()
        assert explorer.fork_at == 30 and explorer.notice is None  # it is the same fork
        explorer.close()

    clock.run(scenario())


def test_a_fork_that_diverges_is_told(explorer):
    explorer.set_parameters(optimizer="sgd", epoch=10)
    explorer.learning_rate = 1e9
    explorer.fork_from_here()
    assert "Training diverged in epoch 1" in explorer.summary
    assert explorer.epoch == 210 and explorer.model().shown.epoch == 10


def test_reset_has_no_fork(explorer):
    start, slider = explorer.summary, explorer.controls["learning_rate"]
    explorer.set_parameters(epoch=60, learning_rate=1e6)
    explorer.fork_from_here()
    assert slider.value == 1e6 and slider.max == 1.0
    explorer.controls["reset"].click()
    assert explorer.fork is None and explorer.summary == start and slider.max == 1.0


def test_state_makes_the_fork_again(explorer):
    explorer.set_parameters(epoch=60, l1=0.01, optimizer="momentum", momentum=0.5)
    explorer.fork_from_here()
    explorer.epoch = 100
    again = TimelineExplorer.from_state(json.loads(json.dumps(explorer.state)))
    assert again.summary == explorer.summary
    np.testing.assert_array_equal(
        again.fork.trainer.network.parameters, explorer.fork.trainer.network.parameters
    )
    again.close()


def test_the_fork_is_trained_in_bursts_where_there_is_a_loop():
    async def scenario():
        explorer = TimelineExplorer(of=trained(30, SETTINGS), fork_epochs=900)
        explorer.set_parameters(epoch=10, batch_size=1)  # 200 updates an epoch
        explorer.fork_from_here()
        await asyncio.sleep(0.2)
        under_way = explorer.fork.trainer.epoch
        assert 0 < under_way < 900
        assert explorer.model().shown.epoch == 10 + under_way  # it looks at the newest
        explorer.batch_size = None
        explorer.fork_epochs = 50
        await asyncio.sleep(0.6)
        assert explorer.fork.trainer.epoch == 50 and not explorer._player.playing
        assert explorer.live_figure.summary == explorer.summary
        assert explorer.error is None
        explorer.close()

    clock.run(scenario())


# Another's run ------------------------------------------------------------------------------


def test_a_run_of_ones_own_is_part_of_the_state():
    explorer = TimelineExplorer(of=trained(20))
    explorer.epoch = 12
    again = TimelineExplorer.from_state(json.loads(json.dumps(explorer.state)))
    assert again.summary == explorer.summary and again.run is not explorer.run
    again.controls["reset"].click()
    assert again.error is None and again.epoch == 12  # the state is its start
    again.close()
    explorer.close()


def test_the_forks_settings_are_at_first_those_of_the_run():
    settings = replace(SETTINGS, optimizer="rmsprop", learning_rate=0.02, l2=0.003)
    explorer = TimelineExplorer(of=trained(20, settings))
    assert explorer.fork_settings == settings
    assert "a fork from here:   no setting changed" in explorer.live_figure.equation
    explorer.close()


def test_names_at_the_curves_ends_are_apart_and_in_order():
    levels = [100.0, 101.0, 40.0, 99.0]
    placed = spread(levels, 17, 300)
    assert np.argsort(placed).tolist() == np.argsort(levels).tolist()
    assert (np.diff(sorted(placed)) >= 17 - 1e-9).all()
    assert placed[2] == 40.0
    assert spread([0.0, 0.0], 17, 300) == [8.5, 25.5]
    assert max(spread([299.0, 300.0], 17, 300)) <= 300


def test_a_run_on_a_curve_is_scrubbed_and_forked():
    settings = RunSettings(data="sine", batch_size=None, optimizer="adam", learning_rate=0.02)
    explorer = TimelineExplorer(of=trained(100, settings))
    explorer.epoch = 40
    explorer.learning_rate = 0.1
    explorer.fork_from_here()
    answers = explorer.view.answers
    x, y = answers.curve.curve.get_data()
    network = explorer.fork.trainer.network
    np.testing.assert_allclose(np.ravel(y), network.predict(np.reshape(x, (-1, 1))).ravel())
    assert explorer.error is None
    explorer.epoch = 100
    network = explorer.run.trainer.network
    assert answers.other.get_visible()
    np.testing.assert_allclose(
        np.ravel(answers.other.get_ydata()), network.predict(np.reshape(x, (-1, 1))).ravel()
    )
    loss = number(explorer.model().shown.train_loss, 3)
    assert explorer.view._loss_title.get_text() == f"Loss {loss}: drag the dot"
    assert "right" not in explorer.summary  # a curve has no accuracy
    assert explorer.error is None
    explorer.close()


def test_inputs_computed_from_the_plane_have_maps_and_names():
    run = trained(20, replace(SETTINGS, features=("x1", "product")))
    explorer = TimelineExplorer(of=run)
    points = grid_points(explorer.view.answers.plane.limits, 61)
    product = points[:, 0] * points[:, 1]
    np.testing.assert_allclose(explorer.model().maps[0][:, 1], product / np.abs(product).max())
    written = {
        text.get_text()
        for text in explorer.figure.findobj(lambda artist: hasattr(artist, "get_text"))
    }
    assert {"x₁", "x₁x₂"} <= written
    assert explorer.error is None
    explorer.close()


# An explorer's run, as it goes on -----------------------------------------------------------


@pytest.fixture
def pair():
    training = TrainingExplorer(batch_size=None)
    training.step(5)
    explorer = TimelineExplorer(of=training)
    yield training, explorer
    assert training.error is None and explorer.error is None
    explorer.close()
    training.close()


def test_what_the_explorer_learns_appears_and_the_newest_epoch_is_followed(pair):
    training, explorer = pair
    assert explorer.summary.startswith("Epoch 5 of 5, the first run, on circles")
    training.step(3)
    assert explorer.epoch == 8 and explorer.live_figure.summary.startswith("Epoch 8 of 8")
    assert explorer.controls["epoch"].max == 8
    explorer.epoch = 2
    training.step(4)
    assert explorer.epoch == 2 and explorer.live_figure.summary.startswith("Epoch 2 of 12")


def test_an_explorer_that_begins_anew_takes_the_fork_with_it(pair):
    training, explorer = pair
    explorer.epoch = 3
    explorer.fork_from_here()
    training.step()
    assert explorer.fork_at == 3  # going on does not disturb it
    training.reset()
    assert explorer.fork is None
    assert explorer.live_figure.summary.startswith("Epoch 0 of 0, the first run")


def test_another_network_is_drawn_anew(pair):
    training, explorer = pair
    training.hidden1 = 7
    training.step(2)
    assert explorer.view._network_title.get_text() == "Network 2-7-1"
    assert explorer.live_figure.summary.startswith("Epoch 2 of 2")


def test_a_closed_timeline_listens_no_more(pair):
    training, _ = pair
    other = TimelineExplorer(of=training)
    other.close()
    training.step(2)
    assert training.error is None and other.error is None


def test_the_timeline_of_an_explorer_is_saved_with_its_run(pair):
    training, explorer = pair
    explorer.epoch = 4
    again = TimelineExplorer.from_state(json.loads(json.dumps(explorer.state)))
    training.step(3)
    assert again.summary.startswith("Epoch 4 of 5")
    again.close()
