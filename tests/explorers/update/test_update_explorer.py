"""UpdateExplorer: it follows what it looks into, is clicked on, and makes the update it shows."""

import gc
import weakref

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import same_color
from overlaps import overlaps
from pointing import Mouse

from nnlib import SGD, Network, Trainer, datasets
from nnlib.explorers import TimelineExplorer, TrainingExplorer, UpdateExplorer
from nnlib.explorers.runs.run import TrainingRun
from nnlib.explorers.runs.settings import RunSettings
from nnlib.explorers.update.next_update import next_update
from nnlib.plots.palette import LIGHT
from nnlib.plots.words.symbols import Bias, Node, Quantity, Weight

KIND = UpdateExplorer
PASS, ALL = 20, 30  # the last step of the pass, and of all, in a 2-2-1 network


@pytest.fixture
def training():
    """An explorer with a network that can be looked into."""
    made = TrainingExplorer(data="moons", hidden1=2)
    yield made
    made.close()


@pytest.fixture
def inside(training):
    """An explorer that looks into it."""
    made = UpdateExplorer(of=training)
    yield made
    assert made.error is None
    made.close()


def shown(explorer, kind, part):
    """Return the text of a number on the drawing."""
    return explorer.view.drawing.network.labels.texts[Quantity(kind, part)].get_text()


def lines(explorer):
    """Return the lines beside the drawing that are not empty."""
    rows = [[text.get_text() for text in line] for line in explorer.view.panel.lines]
    return [row for row in rows if any(row)]


# The steps ----------------------------------------------------------------------------------


def test_the_steps_are_the_pass_then_each_parameter_then_all(explorer):
    names = [words.split()[0] for words, _ in explorer.all_steps]
    assert names == ["ready", *["forward"] * 7, *["backward"] * 13, *["update"] * 10]
    assert [step for _, step in explorer.all_steps] == list(range(ALL + 1))
    titles = []
    for _ in range(ALL):
        explorer.controls["next"].click()
        titles.append(explorer.view.drawing.title.get_text().split(":")[0])
    assert titles[6] == "Forward, step 7 of 7" and titles[19] == "Backward, step 13 of 13"
    assert titles[20:29] == [f"Update, {k} of 9" for k in range(1, 10)]
    assert titles[-1] == "After the update"
    assert explorer.idle["next"] == "all steps are made"


def test_a_weights_step_shows_each_rows_gradient_their_mean_and_the_new_number(explorer):
    explorer.set_parameters(step=PASS + 1, row=4)
    update, (_, rule) = next_update(explorer.trainer), lines(explorer)
    dots = explorer.view.panel.dots
    numbers = explorer.model().dots
    assert len(dots.dots.get_xdata()) == len(update.rows) == 10
    order = np.argsort(numbers.values)
    assert np.all(np.diff(np.asarray(dots.dots.get_xdata())[order]) >= 0)
    assert dots.ring.get_xdata()[0] == dots.dots.get_xdata()[3]
    assert numbers.mean == pytest.approx(numbers.values.mean())
    assert same_color(dots.dots.get_color(), LIGHT.gradient)
    assert [text.get_text() for text in dots.ends] == ["4 rows: raise it", "6 rows: lower it"]
    assert rule == ["w⁽¹⁾₁₁ ← w⁽¹⁾₁₁ − η·g", "0.0290 − 0.5·0.0740", "−0.0080"]
    assert explorer.view.drawing.title.get_text() == "Update, 1 of 9: w⁽¹⁾₁₁ 0.0290 → −0.0080"
    assert explorer.live_figure.equation.endswith("= 0.0290 − 0.5·0.0740 = −0.0080")


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "nesterov", "rmsprop", "adam"])
def test_the_lines_of_every_rule_stay_apart_and_on_the_picture(optimizer, no_frames):
    settings = {"learning_rate": 0.001, "l1": 0.1, "l2": 0.01, "batch_size": None}
    training = TrainingExplorer(hidden1=4, hidden2=2, optimizer=optimizer, **settings)
    explorer = UpdateExplorer(of=training)
    renderer = FigureCanvasAgg(explorer.figure).get_renderer()
    panel = explorer.view.panel
    texts = [panel.heading, *(text for line in panel.lines for text in line)]
    texts += [panel.dots.mean_name, panel.dots.meaning, *panel.dots.ends]
    for steps in (1, 9):
        training.step(steps)
        for step in range(explorer.last_step - 25, explorer.last_step + 1):
            explorer.step = step
            shown = [text for text in texts if text.get_text()]
            boxes = np.array([text.get_window_extent(renderer).extents for text in shown])
            assert boxes[:, :2].min() > 0 and boxes[:, 2].max() <= explorer.figure.bbox.width + 0.5
            over = [(shown[a].get_text(), shown[b].get_text()) for a, b, _ in overlaps(boxes)]
            assert over == []
    explorer.close()
    training.close()


def test_what_has_moved_is_drawn_with_its_new_number_and_the_rest_with_its_old_one(explorer):
    update = next_update(explorer.trainer)
    for step in (PASS, PASS + 1, PASS + 7, ALL):
        explorer.step = step
        networks = {True: update.after, False: update.before}
        weight = networks[step > PASS].layers[0].weights[0, 0]
        bias = networks[step >= PASS + 7].layers[0].bias[0]
        last = networks[step == ALL].layers[1].bias[0]
        assert shown(explorer, "weight", Weight(0, 0, 0)) == f"{weight:+.2f}".replace("-", "−")
        for part, value in ((Bias(0, 0), bias), (Bias(1, 0), last)):
            written = f"{value:+.2f}".replace("-", "−").replace("+0.00", "0.00")
            assert shown(explorer, "bias", part) == f"b {written}"


def test_at_the_end_the_row_has_gone_through_the_new_network_and_the_losses_are_told(explorer):
    explorer.set_parameters(step=ALL, row=2)
    update = next_update(explorer.trainer)
    output = update.after.predict(update.X[[1]])[0, 0]
    assert explorer.view.drawing.network.values[Node(2, 0)].get_text().endswith(f"{output:.2f}")
    before, after = update.own_losses
    own, of_all = lines(explorer)
    assert own[:2] == ["L of these 10 rows", f"{before.mean():.3f} → {after.mean():.3f}"]
    assert of_all[0] == "L of all 200 rows"
    assert explorer.view.panel.dots.ends[0].get_text() == f"{(after < before).sum()} rows: L falls"
    assert not same_color(explorer.view.panel.dots.dots.get_color(), LIGHT.gradient)


def test_the_words_of_the_pass_and_of_the_update_take_turns(explorer):
    panel, step = explorer.view.panel, explorer.view.step
    for number, words in ((0, True), (PASS, True), (PASS + 1, False), (ALL, False)):
        explorer.step = number
        assert bool(step.equation.get_text()) is words
        assert bool(panel.heading.get_text()) is panel.dots.dots.get_visible() is not words


# Clicks -------------------------------------------------------------------------------------


def test_a_click_on_a_weight_goes_to_its_gradient_and_after_the_pass_to_its_update(explorer):
    mouse = Mouse(explorer)
    place = next(h for h in explorer.view.handles if h.name == "w2_1").outline[0]
    explorer.step = 3
    mouse.click("w2_1", *place)
    assert explorer.live_figure.summary.startswith("Backward, step 3 of 13: the gradient of w⁽²⁾₁")
    explorer.step = ALL
    mouse.click("w2_1", *place)
    assert explorer.live_figure.summary.startswith("Update, 5 of 9: w⁽²⁾₁")
    assert not any(handle.draggable for handle in explorer.view.handles)


def test_a_click_on_a_node_or_a_gradient_goes_to_its_step(explorer):
    mouse = Mouse(explorer)
    explorer.step = ALL - 1
    for name, words in (("node 1 0", "the sum z of h₁"), ("node 1 0", "the output of h₁")):
        place = np.mean(next(h for h in explorer.view.handles if h.name == name).outline, axis=0)
        mouse.click(name, *place)
        assert words in explorer.summary
    explorer.step = ALL - 1
    place = np.mean(next(h for h in explorer.view.handles if h.name == "step 11").outline, axis=0)
    mouse.click("step 11", *place)
    assert explorer.step == 11


def test_a_click_on_a_dot_sends_its_row_through(explorer):
    explorer.step = PASS + 2
    x, y = explorer.view.panel.dots.dots.get_data()
    for row in (6, 1):
        Mouse(explorer).click("rows", x[row] + 1.0, y[row] - 1.0)
        assert explorer.row == row + 1
        assert f"Row {row + 1} of 10" in explorer.summary
    explorer.step = PASS
    assert "rows" not in {handle.name for handle in explorer.view.handles}


# What it looks into ---------------------------------------------------------------------------


def test_make_this_update_makes_it_and_the_next_one_is_shown(training, inside):
    inside.set_parameters(step=PASS + 3, row=5)
    for number in (1, 2):
        wanted = next_update(training.trainer).after.parameters
        inside.controls["make"].click()
        assert training.trainer.network.parameters == pytest.approx(wanted, abs=1e-12)
        assert training.run.sizes.state["epoch"] is not None
        assert (inside.step, inside.row) == (0, 1)
        assert f"Next is update {number + 1}," in inside.live_figure.summary
    assert training.live_figure.summary.startswith("Epoch 0, 2 updates")


def test_it_follows_what_is_learned_and_what_is_set(training, inside):
    training.epoch()
    assert "Next is update 21, on 10 of 200 rows" in inside.live_figure.summary
    inside.set_parameters(step=PASS + 1, row=9)
    training.batch_size = 5
    assert inside.row == inside.controls["row"].value == inside.controls["row"].max == 5
    assert "on 5 of 200 rows" in inside.live_figure.summary
    inside.row = 1
    training.batch_size = 20
    assert inside.controls["row"].max == 20
    training.learning_rate = 2.0
    assert "− 2·" in lines(inside)[-1][1]
    inside.step = ALL
    training.hidden1 = 1
    assert inside.step == inside.last_step < ALL
    assert len(inside.controls["step"].options) == inside.last_step + 1
    assert "Network 2-1-1" in inside.live_figure.summary
    assert set(inside.view.drawing.network.edges) == {
        *(Weight(0, k, 0) for k in range(2)),
        Weight(1, 0, 0),
    }


def test_of_a_network_that_is_too_large_the_picture_says_so_and_it_comes_back(training, inside):
    inside.set_parameters(step=PASS + 1, row=7)
    training.hidden1 = 5
    said = "2-5-1 is too large to be read: at most 4 inputs, and 2 hidden layers of 4 neurons."
    assert inside.live_figure.summary == f"This network cannot be looked into. {said}"
    assert said in [text.get_text() for ax in inside.figure.axes for text in ax.texts]
    assert {"step", "row", "next", "play", "make"} <= inside.idle.keys()
    training.features = ("x1", "x1_squared")
    training.hidden1 = 2
    assert "made of x₁ and x₂" in inside.live_figure.summary
    training.features = ("x1", "x2")
    assert inside.live_figure.summary.startswith("Update, 1 of 9") and "make" not in inside.idle
    assert (inside.step, inside.row) == (PASS + 1, 7)
    training.dropout = 0.3
    assert "Set dropout to 0" in inside.live_figure.summary


def test_a_trainer_of_ones_own_is_looked_into_and_stepped():
    X, y = datasets.truth_table("xor")
    trainer = Trainer(Network([2, 2, 1]), X, y, "binary_cross_entropy", SGD(0.5))
    explorer = UpdateExplorer(of=trainer)
    assert "on all 4 rows" in explorer.summary
    explorer.controls["make"].click()
    assert trainer.steps == 1 and "Next is update 2" in explorer.live_figure.summary
    explorer.step = ALL
    assert [row[0] for row in lines(explorer)] == ["L of these 4 rows"]  # there are no others
    explorer.close()


def test_of_a_timeline_it_is_the_first_update_of_a_fork_from_there():
    run = TrainingRun(RunSettings(data="moons", hidden=((2, "tanh"),), optimizer="momentum"))
    run.train(200)
    timeline = TimelineExplorer(run, epoch=4)
    inside = UpdateExplorer(of=timeline)
    before, history = run.trainer.network.parameters.copy(), run.trainer.history
    for epoch in (4, 7):
        timeline.epoch = epoch
        wanted = "Next is update 1 of a run that begins here, on 10 of 200 rows"
        assert wanted in inside.live_figure.summary
        update, fork = next_update(inside.trainer), run.fork(epoch)
        assert update.before.parameters.tolist() == history.parameters_at(epoch).tolist()
        fork.train()
        assert update.after.parameters == pytest.approx(fork.trainer.network.parameters)
    timeline.learning_rate = 3.0
    inside.step = PASS + 1
    assert "− 3·" in lines(inside)[-1][1]
    assert "Fork from here" in inside.idle["make"]
    inside.make_update()  # from code
    assert inside.notice == inside.idle["make"]
    assert run.trainer.network.parameters.tolist() == before.tolist()
    timeline.set_parameters(fork_at=2, fork_epochs=20, branch="fork", epoch=12)
    in_fork = timeline.fork.trainer.history.parameters_at(10)
    assert next_update(inside.trainer).before.parameters.tolist() == in_fork.tolist()
    timeline.epoch = 1  # before the fork has left, it is the first run
    assert inside.trainer.network.parameters.tolist() == history.parameters_at(1).tolist()
    inside.close()
    timeline.close()


@pytest.mark.parametrize("of", [Network([2, 2, 1]), "training", TrainingRun, TrainingExplorer, 3])
def test_what_has_no_trainer_is_refused(of):
    with pytest.raises(TypeError, match=r"give UpdateExplorer a TrainingExplorer, a"):
        UpdateExplorer(of=of)


def test_it_does_not_look_into_itself(inside):
    with pytest.raises(TypeError, match="of is of the class UpdateExplorer: give"):
        UpdateExplorer(of=inside)


def test_the_update_that_diverges_is_told():
    training = TrainingExplorer(data="sine", hidden1=2, batch_size=10, learning_rate=1e6)
    inside = UpdateExplorer(of=training)
    while not training.run.diverged:
        assert inside.notice is None
        inside.controls["make"].click()
    assert inside.notice == training.run.diverged
    inside.close()
    training.close()


def test_after_divergence_no_update_is_made_and_that_is_said(training, inside):
    training.learning_rate = 1e200
    training.step(3)
    assert training.run.diverged
    steps = training.trainer.steps
    inside.set_parameters(step=3, row=2)
    inside.controls["make"].click()
    assert (training.trainer.steps, inside.step, inside.row) == (steps, 3, 2)
    assert f"Training has diverged, so update {steps + 1} waits" in inside.summary
    assert inside.notice == training.run.diverged
    assert "training has diverged" in inside.idle["make"]
    training.learning_rate = 0.1
    assert "make" not in inside.idle and "Next is update" in inside.summary


def test_what_code_does_to_a_trainer_is_in_the_next_frame():
    X, y = datasets.truth_table("xor")
    trainer = Trainer(Network([2, 2, 1]), X, y, "binary_cross_entropy", SGD(0.5))
    explorer = UpdateExplorer(of=trainer)
    explorer.step = PASS
    trainer.dropout = 0.2
    explorer.draw()
    assert "Set dropout to 0" in explorer.live_figure.summary
    trainer.dropout = 0
    explorer.draw()
    assert explorer.live_figure.summary.startswith("Backward, step 13")
    assert explorer.error is None
    explorer.close()


def test_numbers_that_run_away_are_told_as_such():
    X, y = datasets.moons(60, seed=0)
    network = Network([2, 2, 1], "relu", "linear", seed=0)
    trainer = Trainer(network, X, 1000 * y, "mean_squared_error", SGD(1e200), batch_size=20)
    explorer = UpdateExplorer(of=trainer, step=ALL)
    assert "(all 0)" not in explorer.summary
    assert explorer.view.panel.dots.mean_name.get_text() in ("mean ?", "mean ∞")
    trainer.step()
    explorer.draw()
    assert "Its numbers have run away" in explorer.live_figure.summary
    assert UpdateExplorer(of=trainer, step=ALL).why_not and explorer.error is None
    explorer.close()


def test_a_row_that_is_alone_is_told_as_one():
    trainer = Trainer(Network([2, 1]), [[1, 2]], [[1]], "binary_cross_entropy", SGD(0.5))
    explorer = UpdateExplorer(of=trainer)
    assert "Next is update 1, on its only row." in explorer.summary
    explorer.step = explorer.last_step - 1
    assert lines(explorer)[0][0] == "g, of the one row"
    explorer.step = explorer.last_step
    assert "(1 row: L falls). L of this row = " in explorer.summary
    assert [row[0] for row in lines(explorer)] == ["L of this row"]
    explorer.close()


def test_an_update_of_any_length_is_shown():
    explorer = UpdateExplorer()
    explorer.trainer.optimizer.learning_rate = 1e300
    for step in range(ALL + 1):
        explorer.step = step
        assert explorer.error is None
    explorer.close()


def test_a_closed_explorer_listens_no_more(training):
    inside = UpdateExplorer(of=training)
    inside.close()
    gone = weakref.ref(inside)
    del inside
    gc.collect()
    assert gone() is None
    training.step()


# Its state --------------------------------------------------------------------------------------


def test_the_state_has_the_trainer_and_the_copy_goes_its_own_way(training, inside):
    training.step(7)
    inside.set_parameters(step=PASS + 2, row=3)
    copy = UpdateExplorer.from_state(inside.state)
    assert copy.summary == inside.summary and copy.state == inside.state
    copy.controls["make"].click()
    assert (copy.trainer.steps, training.trainer.steps) == (8, 7)
    copy.close()


def test_inputs_made_of_others_are_refused_in_a_copy_too(training):
    training.features = ("x1", "x1_squared")
    inside = UpdateExplorer(of=training)
    copy = UpdateExplorer.from_state(inside.state)
    assert "made of x₁ and x₂" in copy.live_figure.summary
    assert copy.state == inside.state
    for explorer in (copy, inside):
        explorer.close()


def test_its_own_run_is_kept_and_begins_anew_with_reset(explorer):
    assert set(explorer.state) == {"step", "row"}
    explorer.make_update()
    assert explorer.work_done == 1
    copy = UpdateExplorer.from_state(explorer.state)
    assert "Next is update 2" in copy.summary
    copy.close()
    learned = explorer.learned
    explorer.controls["reset"].click()
    assert "Next is update 1" in explorer.live_figure.summary
    explorer.resume(learned)
    assert "Next is update 2" in explorer.live_figure.summary


def test_a_state_that_was_changed_is_refused(explorer):
    with pytest.raises(ValueError, match=r"not a file that Trainer\.save wrote"):
        UpdateExplorer.from_state({**explorer.state, "trainer": "AAAA"})


@pytest.mark.parametrize("step", [-1, 1.5, True, "1"])
def test_what_is_no_step_is_refused(explorer, step):
    with pytest.raises(Exception, match="a whole number, 0 or more"):
        explorer.step = step
    explorer.step = 10_000
    assert explorer.step == ALL
