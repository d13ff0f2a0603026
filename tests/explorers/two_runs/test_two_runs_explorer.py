"""`TwoRunsExplorer`: identical starts and shuffles, one thing changed, and the difference told."""

import asyncio
import json
from itertools import pairwise

import clock
import numpy as np
import pytest

from nnlib import SGD, Network, Trainer, datasets
from nnlib.explorers import TwoRunsExplorer
from nnlib.explorers.two_runs.variations import VARIED

pytestmark = pytest.mark.usefixtures("no_frames")

KIND = TwoRunsExplorer


def orders(run, epochs):
    """Return the order of the rows in each epoch."""
    found = []
    for _ in range(epochs):
        run.finish_epoch()
        found.append(run.trainer.batches.state()["order"])
    return found


# One thing changed, and only one ------------------------------------------------------------


@pytest.mark.parametrize("varied", [name for name in VARIED if name != "initializer"])
def test_weights_data_and_shuffles_are_identical(varied):
    explorer = TwoRunsExplorer(varied=varied)
    a, b = explorer.runs
    np.testing.assert_array_equal(a.trainer.network.parameters, b.trainer.network.parameters)
    np.testing.assert_array_equal(a.trainer.X, b.trainer.X)
    np.testing.assert_array_equal(a.trainer.y, b.trainer.y)
    np.testing.assert_array_equal(a.trainer.test_data[0], b.trainer.test_data[0])
    assert explorer.model().distance == 0.0
    assert not np.asarray(explorer.view._planes[2]._image.get_array() != 0.5).any() or (
        varied == "activation"  # the same weights mean something else then
    )
    if varied == "batch_size":
        explorer.b = 1  # all rows are not shuffled at all
    a, b = explorer.runs
    shuffled = orders(a, 3)
    assert shuffled == orders(b, 3)
    assert shuffled[0] != shuffled[1] and sorted(shuffled[0]) == list(range(200))
    explorer.close()


@pytest.mark.parametrize("varied", VARIED)
def test_nothing_else_differs_in_the_settings(varied):
    explorer = TwoRunsExplorer(varied=varied)
    a, b = (run.settings for run in explorer.runs)
    differing = {name for name in vars(a) if getattr(a, name) != getattr(b, name)}
    assert differing == {"hidden" if varied == "activation" else varied}
    if varied == "momentum":
        assert a.optimizer == b.optimizer == "momentum"
    explorer.close()


def test_two_equal_values_make_two_equal_runs(explorer):
    explorer.b = explorer.a
    explorer.step(20)
    a, b = explorer.runs
    np.testing.assert_array_equal(a.trainer.network.parameters, b.trainer.network.parameters)
    assert explorer.view._titles[2].get_text() == "nothing differs"
    assert "parameters are 0.000 apart" in explorer.summary


# The difference, in numbers that can be computed again ---------------------------------------


def test_numbers_are_those_of_two_trainers(explorer):
    explorer.step(15)
    X, y = datasets.circles(400, 0.1, 0)
    expected = []
    for rate in (0.1, 1.0):
        network = Network([2, 8, 1], hidden="tanh", seed=1)
        trainer = Trainer(
            network,
            X[:200],
            y[:200],
            "binary_cross_entropy",
            SGD(rate),
            batch_size=10,
            test_data=(X[200:], y[200:]),
            seed=1,
        )
        trainer.run(15)
        expected.append(trainer)
    cells = [[cell.get_text() for cell in row] for row in explorer.view._table.cells]
    a, b = (trainer.history for trainer in expected)
    assert cells[0][1:3] == [f"{history.train_loss[-1]:.3f}" for history in (a, b)]
    assert cells[1][1:3] == [f"{history.test_loss[-1]:.3f}" for history in (a, b)]
    assert cells[2][1:3] == [f"{100 * history.train_accuracy[-1]:.1f}%" for history in (a, b)]
    assert cells[3][1:3] == [f"{100 * history.test_accuracy[-1]:.1f}%" for history in (a, b)]
    gained = 100 * (b.train_accuracy[-1] - a.train_accuracy[-1])
    assert cells[2][3] == f"{gained:+.1f} points".replace("-", "−")
    assert cells[4][1:] == ["300", "300", "0"]
    difference = b.train_loss[-1] - a.train_loss[-1]
    assert cells[0][3] == f"{difference:+.3f}".replace("-", "−")
    parameters = [trainer.network.parameters for trainer in expected]
    distance = float(np.linalg.norm(parameters[1] - parameters[0]))
    assert f"‖p(B) − p(A)‖ = {distance:.1f}" in explorer.live_figure.equation


def test_curves_and_their_names_show_both_losses(explorer):
    explorer.step(15)
    lines, names = explorer.view._curves.lines[:2], explorer.view._curves.names[:2]
    for line, name, run in zip(lines, names, explorer.runs, strict=True):
        history = run.trainer.history
        np.testing.assert_array_equal(line.get_xdata(), np.arange(16))
        np.testing.assert_array_equal(line.get_ydata(), history.train_loss)
        assert name.get_text().endswith(f" {history.train_loss[-1]:.3f}")
    a, b = lines
    assert (a.get_linestyle(), b.get_linestyle()) == ("-", "--")


def test_the_old_curves_stay_beside_the_new_ones_and_say_what_they_were(explorer):
    def thin():
        return [list(line.get_ydata()) for line in explorer.view._curves.lines[2:]]

    explorer.set_parameters(varied="activation", a="sigmoid", b="tanh")
    assert thin() == [[], []] and explorer.view._thin.get_text() == ""
    explorer.step(15)
    old = [list(run.trainer.history.train_loss) for run in explorer.runs]
    for rate in (0.3, 0.5):  # a slider on its way trains nothing, and so leaves what was trained
        explorer.learning_rate = rate
    np.testing.assert_allclose(thin(), old, rtol=1e-4)
    assert explorer.view._thin.get_text() == "thin: with η = 0.1"
    assert f"Thin curves, with η = 0.1: A {old[0][-1]:.3f}, B {old[1][-1]:.3f}." in explorer.summary
    assert [name.get_text() for name in explorer.view._curves.names[2:]] == ["", ""]
    explorer.step(3)
    explorer.b = "relu"
    assert explorer.view._thin.get_text() == "thin: with B tanh" and len(thin()[0]) == 4
    explorer.reset()
    assert thin() == [[], []] and "Thin" not in explorer.summary


def test_whatever_was_changed_the_note_below_the_losses_says_all_of_it(explorer):
    explorer.set_parameters(varied="optimizer", a="sgd", b="adam")
    explorer.step(1)
    explorer.set_parameters(varied="momentum", data="xor_cloud", noise=0.3, learning_rate=0.003)
    note = explorer.view._thin
    assert note.get_text().split("\n") == [
        "thin: with circles,",
        "noise 0.1, η = 0.1,",
        "A sgd, B adam",
    ]
    box = note.get_window_extent(explorer.figure.canvas.get_renderer())
    assert box.y0 >= 2 and box.x1 <= explorer.figure.bbox.width - 2
    words = "with circles, noise 0.1, η = 0.1, A sgd, B adam"
    assert f"Thin curves, {words}: A " in explorer.summary


@pytest.mark.parametrize("wild", [0, 1])
def test_a_wild_run_leaves_the_other_in_view(wild):
    rates = [10.0, 0.1] if wild == 0 else [0.1, 10.0]
    explorer = TwoRunsExplorer(a=rates[0], b=rates[1])
    explorer.step(10)
    peak = max(explorer.runs[wild].trainer.history.train_loss)
    curves = explorer.view._curves
    assert peak > 3 and curves.ax.get_ylim()[1] < 2
    assert curves.leaving.words[0].get_text() == f"up to {peak:.1f}"
    assert curves.leaving.words[0].get_visible() and not curves.leaving.words[1].get_visible()
    assert curves.names[wild].get_position()[1] <= curves.ax.get_ylim()[1]
    explorer.close()


def test_the_map_shows_where_they_answer_differently(explorer):
    explorer.step(15)
    points = np.column_stack(
        [grid.ravel() for grid in np.meshgrid(*[np.linspace(-1.5, 1.5, 61)] * 2)]
    )
    a, b = (run.trainer.network.predict(points)[:, 0] for run in explorer.runs)
    shown = np.asarray(explorer.view._planes[2]._image.get_array()).ravel()
    np.testing.assert_allclose(shown, (1 + b - a) / 2, atol=1e-12)
    share = np.mean((a >= 0.5) != (b >= 0.5))
    assert explorer.view._titles[2].get_text() == f"B − A: {share:.0%} differ"
    assert 0.02 < share < 0.9
    for lines, plane in zip(explorer.view._boundaries, explorer.view._planes, strict=False):
        for ours, theirs in zip(lines.get_segments(), plane.boundary, strict=True):
            np.testing.assert_array_equal(ours, theirs)


def test_batches_cost_updates(explorer):
    explorer.varied = "batch_size"
    explorer.step(10)
    assert "Updates: A 200, B 10." in explorer.summary


# Steering -----------------------------------------------------------------------------------


def test_another_variation_offers_its_values_and_begins_anew(explorer):
    explorer.step(5)
    explorer.controls["varied"].value = "optimizer"
    assert (explorer.a, explorer.b) == ("sgd", "momentum")
    assert explorer.controls["a"].value == "sgd"
    assert [label for label, _ in explorer.controls["b"].options] == list(
        VARIED["optimizer"].values
    )
    assert explorer.summary.startswith("Epoch 0 ")
    explorer.controls["b"].value = "adam"
    explorer.step()
    assert explorer.runs[1].settings.optimizer == "adam"


def test_all_rows_can_be_chosen_in_the_list(explorer):
    explorer.varied = "batch_size"
    explorer.controls["a"].index = 3
    assert explorer.a is None and explorer.controls["a"].label == "all rows"
    assert explorer.view._titles[0].get_text() == "A: all rows"


def test_what_does_not_fit_the_variation_is_refused(explorer):
    with pytest.raises(Exception, match=r"one of 0\.001.*where 'learning_rate' varies"):
        explorer.a = "adam"
    made = TwoRunsExplorer(varied="l2", b=0.1)
    assert (made.a, made.b) == (0.0, 0.1)
    made.close()


def test_reset_is_the_same_start(explorer):
    start, slider = explorer.summary, explorer.controls["learning_rate"]
    explorer.step(3)
    explorer.set_parameters(varied="l1", learning_rate=1e6)
    assert slider.value == 1e6 and slider.max == 1.0
    explorer.controls["reset"].click()
    assert explorer.summary == start and slider.max == 1.0


def test_one_that_diverges_stops_and_the_other_goes_on():
    explorer = TwoRunsExplorer(a=0.1, b=10.0, data="spiral", hidden="8, 8")
    explorer._runs = None
    explorer.runs[1].steer(
        type(explorer.runs[1].settings)(**{**vars(explorer.runs[1].settings), "learning_rate": 1e9})
    )
    explorer.step(5)
    assert explorer.error is None
    assert "B: Training diverged in epoch 1" in explorer.summary
    assert explorer.runs[0].trainer.epoch == 5
    assert explorer.view._loss_title.get_text() == "Loss, epoch 5"
    explorer.close()


def test_state_goes_on_exactly_where_it_stopped(explorer):
    explorer.varied = "momentum"
    explorer.step(7)
    again = TwoRunsExplorer.from_state(json.loads(json.dumps(explorer.state)))
    for each in (explorer, again):
        each.step(3)
    assert again.summary == explorer.summary
    for ours, theirs in zip(explorer.runs, again.runs, strict=True):
        np.testing.assert_array_equal(
            ours.trainer.network.parameters, theirs.trainer.network.parameters
        )
    again.close()


def test_play_trains_both_by_the_same_number_of_epochs_until_pause():
    async def scenario():
        explorer = TwoRunsExplorer(speed="fast", varied="batch_size")
        explorer.controls["play"].click()
        await asyncio.sleep(0.6)
        explorer.controls["pause"].click()
        await asyncio.sleep(0.1)
        epochs = [run.trainer.epoch for run in explorer.runs]
        assert epochs[0] == epochs[1] > 5
        await asyncio.sleep(0.2)
        assert [run.trainer.epoch for run in explorer.runs] == epochs
        assert explorer.live_figure.summary == explorer.summary
        assert explorer.error is None
        explorer.close()

    clock.run(scenario())


def test_play_stops_when_nobody_looks(monkeypatch):
    monkeypatch.setattr("nnlib.explorers.playing.pace.GONE_SECONDS", 0.2)

    async def scenario():
        explorer = TwoRunsExplorer(speed="fast")
        explorer.play()
        await asyncio.sleep(0.6)
        assert not explorer.playing
        assert explorer.notice.startswith("Paused, because this explorer was not on screen")
        explorer.close()

    clock.run(scenario())


# What is seen -------------------------------------------------------------------------------


def test_a_and_b_alike_are_said_to_be_the_same(explorer):
    heading = explorer.view._titles[2]
    explorer.set_parameters(a=0.1, b=0.1)
    explorer.step(2)
    assert explorer.model().are_alike and heading.get_text() == "nothing differs"
    assert "A and B are the same run twice: nothing differs." in explorer.summary
    explorer.b = 1.0
    assert "differ" in heading.get_text() and "B − A: " in heading.get_text()
    assert "nothing differs" not in explorer.summary


def test_the_planes_fill_their_room_and_a_point_can_be_told_from_another(explorer):
    boxes = [plane.ax.get_window_extent() for plane in explorer.view._planes]
    scale = explorer.figure.dpi / 100
    assert all(box.width > 165 * scale and box.height > 165 * scale for box in boxes)
    assert all(one.x1 < other.x0 for one, other in pairwise(boxes))
    assert explorer.view._planes[0]._discs.get_markersize() >= 5


def test_each_plane_stands_above_its_numbers(explorer):
    view = explorer.view
    planes = [plane.ax.get_window_extent() for plane in view._planes]
    for row in view._table.cells:
        name, *numbers = [cell.get_window_extent() for cell in row]
        assert name.x0 >= 0 and name.x1 < planes[0].x0
        for plane, box in zip(planes, numbers, strict=True):
            assert (box.x0 + box.x1) / 2 == pytest.approx((plane.x0 + plane.x1) / 2, abs=1)


def test_under_each_plane_stands_whether_its_boundary_is_solid_or_dashed(explorer):
    explorer.set_parameters(varied="activation", a="sigmoid", b="tanh")
    notes = explorer.view._notes
    seen = [len(lines.get_segments()) > 0 for lines in explorer.view._boundaries]
    words = [("no boundary", f"{look} line") for look in ("solid", "dashed")]
    expected = [pair[there] for pair, there in zip(words, seen, strict=True)]
    assert [note.get_text() for note in notes] == [*expected, "both lines"]
    assert seen == [False, True]


def test_where_both_losses_are_the_same_the_dot_of_a_stands_out_around_that_of_b(explorer):
    a, b = explorer.view._curves.lines[:2]
    np.testing.assert_array_equal(a.get_xydata(), b.get_xydata())
    assert a.axes.lines.index(a) < a.axes.lines.index(b) and a.zorder == b.zorder
    assert a.get_markersize() >= b.get_markersize() + 3
    for epochs in (0, 10):  # at the left end of the plot, and at the right
        explorer.step(epochs)
        middle = a.axes.transData.transform(a.get_xydata()[-1])
        radius = a.get_markersize() / 2 * explorer.figure.dpi / 72
        assert (a.get_clip_box().min < middle - radius).all()
        assert (a.get_clip_box().max > middle + radius).all()


def test_the_maps_say_which_way_x1_and_x2_go_and_the_notes_stay_clear(explorer):
    explorer.set_parameters(varied="activation", a="sigmoid", b="tanh")  # "no boundary"
    planes = [plane.ax for plane in explorer.view._planes]
    assert [ax.get_xlabel() for ax in planes] == ["x₁"] * 3
    assert [ax.get_ylabel() for ax in planes] == ["x₂", "", ""]
    for ax, note in zip(planes, explorer.view._notes, strict=True):
        name, words = ax.xaxis.label.get_window_extent(), note.get_window_extent()
        assert name.x0 - words.x1 > 6
        assert abs(name.y0 - words.y0) < 2
