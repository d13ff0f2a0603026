"""TrainingExplorer: what is seen while it trains is what the trainer does."""

import asyncio
import json
import threading
import time

import clock
import numpy as np
import pytest
from pointing import Mouse

from nnlib import SGD, Network, Trainer, datasets
from nnlib.explorers import TrainingExplorer
from nnlib.explorers.engine.frame_schedule import REST_SECONDS
from nnlib.plots.plane import grid_points
from nnlib.plots.words.symbols import Node

KIND = TrainingExplorer


@pytest.fixture
def training(explorer):
    return explorer


def test_steps_are_those_of_the_trainer(training):
    training.step(65)
    X, y = datasets.circles(400, seed=0)
    network = Network([2, 4, 1], hidden="tanh", seed=1)
    trainer = Trainer(
        network, X[:200], y[:200], "binary_cross_entropy", SGD(0.1), batch_size=10, seed=1
    )
    for _ in range(65):
        trainer.step()
    assert np.array_equal(training.trainer.network.parameters, network.parameters)
    assert training.trainer.epoch == 3
    assert training.summary.startswith("Epoch 3, 65 updates, on circles: training loss 0.")


def test_as_long_as_there_is_no_curve_its_place_says_what_makes_one(training):
    hint = training.view.no_curve_yet
    assert hint.get_visible() and hint.get_text() == "press Play"
    training.step(1)
    assert not hint.get_visible()
    training.restart()
    assert hint.get_visible()


def test_loss_curve_draws_the_history_and_the_present_moment(training):
    training.step(105)
    curves, history = training.view.curves, training.trainer.history
    train, test, *others = curves.curves
    assert train.get_xdata().tolist() == [0, 1, 2, 3, 4, 5, 5.25]
    assert train.get_ydata()[:-1].tolist() == history.train_loss.tolist()
    assert test.get_xdata().tolist() == train.get_xdata().tolist()
    assert test.get_ydata()[:-1].tolist() == history.test_loss.tolist()
    assert not any(curve.get_visible() for curve in others)
    rows = [(training.trainer.X, training.trainer.y), training.trainer.test_data]
    network = training.trainer.network
    now, on_test = (network.loss(X, y, "binary_cross_entropy") for X, y in rows)
    assert curves.now.get_ydata()[0] == pytest.approx(now, rel=1e-9)
    assert test.get_ydata()[-1] == pytest.approx(on_test, rel=1e-9)
    assert on_test != history.test_loss[-1], "within an epoch"
    names = [name.get_text() for name in curves.names if name.get_visible()]
    assert names == [f"train {now:.3f}", f"test {on_test:.3f}"]
    assert f"Test loss {on_test:.3f}." in training.summary


def test_boundary_is_where_the_network_answers_one_half(training):
    training.step(400)
    lines = training.view.answers.plane.boundary
    assert lines
    answers = training.trainer.network.predict(np.vstack(lines))
    assert np.abs(answers - 0.5).max() < 0.02


def test_heat_map_and_unit_maps_show_outputs(training):
    training.step(40)
    network, limits = training.trainer.network, training.view.answers.plane.limits
    points = grid_points(limits, 100)
    image = training.view.answers.plane._image.get_array()
    assert np.allclose(image.ravel(), network.predict(points).ravel())
    units = network.layers[0].activation(
        points @ network.layers[0].weights + network.layers[0].bias
    )
    third = training.view.network.maps[Node(1, 2)].get_array()
    expected = units[:, 2].reshape(100, 100)[2::4, 2::4]
    assert np.allclose(third, expected / np.abs(expected).max())
    first_input = training.view.network.maps[Node(0, 0)].get_array()
    x1 = points[:, 0].reshape(100, 100)[2::4, 2::4]
    assert np.allclose(first_input, x1 / np.abs(x1).max())


def test_the_outputs_map_has_the_planes_colours(training):
    """One half, the undecided answer, is the middle colour in both."""
    training.step(40)
    view = training.view
    plane, small = view.answers.plane._image, view.network.maps[Node(2, 0)]
    wide, narrow = (image.get_cmap()(image.norm(image.get_array())) for image in (plane, small))
    assert np.allclose(narrow, wide[2::4, 2::4], atol=1 / 128)
    training.initializer = "zeros"
    assert np.allclose(small.get_array(), 0.0)


def test_two_colours_only_are_the_classes_answered_and_the_boundary_stays(training):
    training.step(40)
    view = training.view
    plane, small = view.answers.plane._image, view.network.maps[Node(2, 0)]
    probabilities, boundary = plane.get_array().copy(), view.answers.plane.boundary
    training.classes_only = True
    classes = plane.get_array()
    assert set(np.unique(classes)) == {0.0, 1.0}
    assert np.array_equal(classes == 1.0, probabilities >= 0.5)
    assert np.array_equal(small.get_array(), 2 * classes[2::4, 2::4] - 1)
    for line, before in zip(view.answers.plane.boundary, boundary, strict=True):
        assert np.array_equal(line, before)


def test_a_curves_output_map_is_scaled_to_its_largest_answer(training):
    training.data = "sine"
    training.step(40)
    drawn = training.view.network.maps[Node(2, 0)].get_array()
    assert np.abs(drawn).max() == pytest.approx(1.0)


def test_learning_rate_and_batch_size_change_without_a_restart(training):
    training.step(20)
    trainer = training.trainer
    training.controls["learning_rate"].value = 1.0
    training.controls["batch_size"].value = None
    assert training.trainer is trainer
    assert (trainer.optimizer.learning_rate, trainer.batch_size, trainer.steps) == (1.0, None, 20)
    training.step()
    assert trainer.epoch == 2


@pytest.mark.parametrize(
    ("name", "value"),
    [("data", "moons"), ("hidden1", 8), ("activation", "relu"), ("features", ["x1", "product"])],
)
def test_another_problem_or_network_begins_anew(training, name, value):
    training.step(40)
    setattr(training, name, value)
    assert training.trainer.steps == 0
    assert training.summary.startswith("Epoch 0, 0 updates")


def test_reset_goes_back_to_the_same_start(training):
    start = training.trainer.network.parameters.copy()
    training.learning_rate = 2.0
    training.step(40)
    training.controls["reset"].click()
    assert np.array_equal(training.trainer.network.parameters, start)
    assert (training.trainer.steps, training.learning_rate) == (0, 0.1)


def test_divergence_is_told_in_words_and_can_be_mended(training):
    training.learning_rate = 1e9
    training.step(100)
    assert training.error is None
    assert "Training diverged in epoch 1: the numbers of layer" in training.summary
    assert "learning rate is probably too large" in training.live_figure.summary
    assert "noticed after update 1." in training.summary  # not at the end of the epoch only
    assert training.view.answers._title.get_text() == "Diverged in epoch 1"
    assert np.isfinite(training.trainer.network.parameters).all()
    training.learning_rate = 0.1
    training.step(200)
    assert "diverged" not in training.summary
    assert training.trainer.epoch == 10


def test_state_goes_on_exactly_where_it_stopped(training):
    training.optimizer = "momentum"
    training.step(33)
    training.learning_rate = 0.05
    again = TrainingExplorer.from_state(training.state)
    for explorer in (training, again):
        explorer.step(50)
    ours, theirs = (e.trainer.network.parameters for e in (training, again))
    assert np.array_equal(ours, theirs)
    assert again.summary == training.summary
    again.close()


def test_play_without_a_loop_does_one_burst(training):
    training.speed = "fast"
    training.controls["play"].click()
    assert training.trainer.steps > 0
    assert not training.playing
    assert training.live_figure.summary == training.summary


def test_play_trains_on_the_loop_while_others_work_and_stops_at_pause():
    bursts = []

    class CountedExplorer(TrainingExplorer):
        def burst(self):
            bursts.append(1)
            super().burst()

    async def scenario():
        explorer = CountedExplorer(speed="fast")
        threads, turns = set(), 0
        step = explorer.trainer.step
        explorer.trainer.step = lambda: (threads.add(threading.current_thread()), step())
        for _ in range(2):  # twice: there must still be one task only
            worker = threading.Thread(target=explorer.controls["play"].click)
            worker.start()
            worker.join()
        end = time.perf_counter() + 1.0
        while time.perf_counter() < end:
            await asyncio.sleep(0.01)
            turns += 1
            if turns == 3:
                worker = threading.Thread(
                    target=setattr, args=(explorer.controls["learning_rate"], "value", 0.5)
                )
                worker.start()
        assert explorer.trainer.epoch > 10
        assert explorer.trainer.optimizer.learning_rate == pytest.approx(0.5)
        assert turns > len(bursts) / 3, "other work on the loop starved"
        tasks = [task for task in asyncio.all_tasks() if "Player" in repr(task)]
        assert len(tasks) == 1
        explorer.controls["pause"].click()
        await asyncio.sleep(0.1)
        steps = explorer.trainer.steps
        await asyncio.sleep(0.4)
        assert explorer.trainer.steps == steps
        assert explorer.live_figure.summary == explorer.summary
        assert explorer.live_figure.settled
        assert threads == {threading.main_thread()}
        assert explorer.error is None
        explorer.close()
        assert tasks[0].done()

    clock.run(scenario())


def test_play_stops_by_itself_when_it_diverges():
    async def scenario():
        explorer = TrainingExplorer(speed="fast", learning_rate=1e9)
        explorer._pace.frame_is_due = lambda: False  # it has only just sent one
        explorer.play()
        await asyncio.sleep(0.3)
        assert not explorer.playing
        assert "diverged" in explorer.summary
        assert explorer.live_figure.summary == explorer.summary, "the picture tells it too"
        await asyncio.sleep(REST_SECONDS + 0.1)
        assert explorer.live_figure.settled
        explorer.close()

    clock.run(scenario())


def test_play_stops_when_no_page_is_looking(monkeypatch):
    monkeypatch.setattr("nnlib.explorers.playing.pace.GONE_SECONDS", 0.4)

    async def scenario(page_paints):
        explorer = TrainingExplorer(speed="fast")
        if page_paints:
            explorer.live_figure.observe(
                lambda change: explorer.live_figure.receive(
                    {"kind": "shown", "serial": change.new}
                ),
                names="serial",
            )
        explorer.play()
        await asyncio.sleep(1.0)
        playing = explorer.playing
        explorer.close()
        return playing

    assert clock.run(scenario(page_paints=True))
    assert not clock.run(scenario(page_paints=False))


def test_play_stops_when_all_views_are_hidden_and_says_so(monkeypatch):
    monkeypatch.setattr("nnlib.explorers.playing.pace.HIDDEN_SECONDS", 0.2)

    async def scenario(*visible):
        explorer = TrainingExplorer(speed="fast")

        def paint(change):
            for view in visible:
                message = {"kind": "shown", "serial": change.new, "visible": view}
                explorer.live_figure.receive(message)

        explorer.live_figure.observe(paint, names="serial")
        explorer.play()
        await asyncio.sleep(0.8)
        left = explorer.playing, explorer.notice
        assert explorer.live_figure.summary == explorer.summary or explorer.playing
        explorer.controls["play"].click()
        assert explorer.notice is None
        explorer.close()
        return left

    assert clock.run(scenario(True, False)) == (True, None)
    playing, notice = clock.run(scenario(False, False))
    assert not playing
    assert notice.startswith("Paused, because this explorer was not on screen")


def test_a_failure_while_playing_is_shown_and_pauses():
    async def scenario():
        explorer = TrainingExplorer(speed="fast")
        explorer.play()
        await asyncio.sleep(0.2)
        explorer.trainer.step = lambda: 1 / 0
        await asyncio.sleep(0.3)
        assert not explorer.playing
        assert explorer.error.startswith("Training did not work: division by zero")
        assert "division by zero" in explorer.message_box.value
        explorer.close()

    clock.run(scenario())


def test_closing_while_playing_stops():
    async def scenario():
        explorer = TrainingExplorer()
        explorer.play()
        await asyncio.sleep(0.1)
        trainer = explorer.trainer
        explorer.close()
        steps = trainer.steps
        await asyncio.sleep(0.2)
        assert trainer.steps == steps

    clock.run(scenario())


def test_slow_shows_every_epoch():
    async def scenario():
        explorer = TrainingExplorer(speed="slow")
        seen = []
        explorer.live_figure.observe(lambda _: seen.append(explorer.trainer.epoch), names="serial")
        explorer.live_figure.observe(
            lambda change: explorer.live_figure.receive({"kind": "shown", "serial": change.new}),
            names="serial",
        )  # a page that paints at once
        explorer.play()
        await asyncio.sleep(0.8)
        explorer.close()
        played = seen[1:-1]
        assert len(played) > 3
        assert set(np.diff(played)) <= {0, 1}

    clock.run(scenario())


def test_a_click_while_it_trains_keeps_what_was_learnt_and_its_history():
    explorer = TrainingExplorer(data="xor", optimizer="momentum", batch_size=None)
    explorer.data = "own"
    explorer.step(30)
    before, velocity = explorer.trainer.network.parameters.copy(), explorer.trainer.optimizer.memory
    losses = explorer.trainer.history.train_loss.copy()
    Mouse(explorer).click("plane", 0.5, 0.5)
    trainer = explorer.trainer
    assert np.array_equal(trainer.network.parameters, before)
    assert (trainer.epoch, trainer.steps, len(trainer.X)) == (30, 30, 5)
    assert np.array_equal(trainer.history.train_loss, losses)
    assert explorer.live_figure.summary.startswith(
        "Epoch 30, 30 updates, on 4 given points and 1 of my own: training"
    )

    reference = Trainer(
        Network([2, 4, 1], hidden="tanh", seed=1),
        trainer.X,
        trainer.y,
        "binary_cross_entropy",
        SGD(0.1, momentum=0.9),
        seed=1,
    )
    reference.network.parameters = before
    reference.optimizer.memory = {name: array.copy() for name, array in velocity.items()}
    for _ in range(5):
        reference.step()
    explorer.step(5)
    assert np.array_equal(trainer.network.parameters, reference.network.parameters)
    assert trainer.history.epoch[-1] == 35
    now = trainer.network.loss(trainer.X, trainer.y, "binary_cross_entropy")
    assert trainer.history.train_loss[-1] == pytest.approx(now, rel=1e-12)
    assert explorer.error is None
    explorer.close()


def test_points_before_the_first_step_are_the_data_of_the_start(training):
    training.data = "own"
    training.points = [(0, 0, 0), (1, 1, 1)]
    trainer = training.trainer
    start = trainer.network.loss(trainer.X, trainer.y, "binary_cross_entropy")
    assert trainer.history.train_loss.tolist() == [pytest.approx(start, rel=1e-12)]
    training.step(10)
    training.add_point(1, 0)
    training.controls["reset"].click()
    training.data = "own"
    assert (training.trainer.steps, len(training.trainer.X)) == (0, 200)  # the circles


def test_own_points_go_on_exactly_where_they_stopped():
    explorer = TrainingExplorer(data="own", points=[(0, 0, 0), (1, 1, 1)])
    explorer.step(7)
    explorer.add_point(0.5, -1.0)
    explorer.step(3)
    again = TrainingExplorer.from_state(json.loads(json.dumps(explorer.state)))
    for each in (explorer, again):
        each.step(5)
        each.add_point(-1.2, 0.3)
        each.step(5)
    ours, theirs = (each.trainer.network.parameters for each in (explorer, again))
    assert np.array_equal(ours, theirs)
    assert again.summary == explorer.summary
    assert again.points == explorer.points
    explorer.close()
    again.close()


def test_the_plane_of_own_points_stands_still(training):
    training.set_parameters(data="own", points=[(0, 0, 0), (1, 1, 1)])
    seen = {training.view.answers.plane.limits}
    for x1, x2 in ((1.4, -1.4), (-1.3, 1.2)):
        training.add_point(x1, x2)
        seen.add(training.view.answers.plane.limits)
    assert seen == {(-1.5, 1.5, -1.5, 1.5)}
    training.add_point(1.6, 0)
    assert training.view.answers.plane.limits == (-1.5, 2.0, -1.5, 1.5)


def test_points_added_while_it_plays_are_learnt():
    async def scenario():
        explorer = TrainingExplorer(data="own", points=[(0, 0, 0), (1, 1, 1)], speed="fast")
        mouse = Mouse(explorer)
        explorer.play()
        await asyncio.sleep(0.2)
        worker = threading.Thread(target=mouse.click, args=("plane", 0.9, -0.9))
        worker.start()
        await asyncio.sleep(0.2)
        worker.join()
        steps = explorer.trainer.steps
        assert len(explorer.trainer.X) == 3
        await asyncio.sleep(0.2)
        assert explorer.playing
        assert explorer.trainer.steps > steps > 0
        assert explorer.error is None
        explorer.close()

    clock.run(scenario())
