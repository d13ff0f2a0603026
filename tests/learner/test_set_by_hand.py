"""What a learner set by hand stands as it was left; what code assigned does not."""

import asyncio
import json

import clock
import pytest
from learner_here import LearnerHere

import nnlib.explorers
from nnlib.exercises import forget
from nnlib.explorers import (
    DigitExplorer,
    NeuronExplorer,
    TimelineExplorer,
    TrainingExplorer,
    TwoRunsExplorer,
)
from nnlib.explorers.engine.by_hand import AS_LEFT
from nnlib.explorers.engine.frame_schedule import REST_SECONDS
from nnlib.explorers.frames.renderer import FrameRenderer
from nnlib.learner import presence as learner

NAMES = [name for name in nnlib.explorers.__all__ if name != "Explorer"]


@pytest.fixture
def here(tmp_path, monkeypatch) -> LearnerHere:
    """A learner before explorers of which no frame is made: what they say is enough."""
    monkeypatch.setattr(FrameRenderer, "png", lambda *_: b"")
    return LearnerHere(tmp_path / "memory.sqlite", monkeypatch)


def press(explorer, name):
    explorer.controls[name].click()


def move(explorer, name, value):
    """Move a control as the page does."""
    explorer.controls[name].value = value


def run_again(here, explorer, make=None, cell="a"):
    """Run the explorer's cell again: it is closed, and made anew."""
    explorer.close()
    here.run_cell(cell)
    return (make or type(explorer))()


def kept(here):
    return here.memory.everything(learner.EXPLORER)


def test_a_slider_stands_as_left_and_says_so(here):
    explorer = NeuronExplorer()
    move(explorer, "w1", 2.5)
    again = run_again(here, explorer)
    assert (again.w1, again.controls["w1"].value) == (2.5, 2.5)
    assert again.notice == AS_LEFT
    assert AS_LEFT in again.message_box.value
    move(again, "bias", 0.5)
    assert again.notice is None
    here.restart_kernel()
    third = run_again(here, again)
    assert (third.w1, third.bias) == (2.5, 0.5)


def test_reset_goes_to_the_first_start_and_forgets(here):
    explorer = NeuronExplorer(w1=-1.0)
    move(explorer, "w1", 2.5)

    def make():
        return NeuronExplorer(w1=-1.0)

    again = run_again(here, explorer, make)
    assert again.w1 == 2.5
    press(again, "reset")
    assert (again.w1, again.notice) == (-1.0, None)
    third = run_again(here, again, make)
    assert (third.w1, third.notice) == (-1.0, None)
    assert kept(here) == {}


def test_what_is_moved_back_by_hand_leaves_nothing(here):
    explorer = NeuronExplorer()
    for value in (2.5, 1.0):
        move(explorer, "w1", value)
    assert run_again(here, explorer).notice is None
    assert not here.file.exists()


def test_only_what_the_hand_did_last_is_kept(here):
    explorer = NeuronExplorer()
    explorer.w2 = 3.0
    move(explorer, "w1", 2.5)
    move(explorer, "bias", 0.5)
    explorer.bias = -1.0  # code has the last word
    again = run_again(here, explorer)
    assert (again.w1, again.w2, again.bias) == (2.5, 1.0, -1.5)


def test_code_alone_keeps_nothing(here):
    explorer = TrainingExplorer()
    explorer.learning_rate = 0.5
    explorer.epoch()
    explorer.play()
    explorer.reset()
    explorer.step()
    assert run_again(here, explorer).notice is None
    assert not here.file.exists()


def test_a_typed_number_the_pointer_and_a_key_count_as_the_hand(here):
    explorer = NeuronExplorer()
    explorer.boxes["w2"].set_state({"value": "7,25"})
    assert run_again(here, explorer).w2 == 7.25
    here.run_cell("another")
    timeline = TimelineExplorer()
    timeline.live_figure.receive({"kind": "key", "key": "Home"})
    assert run_again(here, timeline, cell="another").epoch == 0


@pytest.mark.parametrize("change", ["arguments", "class", "cell", "notebook", "place"])
def test_another_call_begins_anew(here, change, monkeypatch):
    explorer = NeuronExplorer(data="or")
    move(explorer, "bias", 0.5)
    explorer.close()
    here.run_cell("b" if change == "cell" else "a")
    if change == "notebook":
        monkeypatch.setenv("JPY_SESSION_NAME", "notebooks/copy.ipynb")
    if change == "place":
        NeuronExplorer(data="or").close()  # the first of the cell
    kind = nnlib.explorers.AccuracyMapExplorer if change == "class" else NeuronExplorer
    again = kind(data="and" if change == "arguments" else "or")
    assert again.notice is None
    assert again.bias != 0.5
    here.run_cell("a")
    monkeypatch.setenv("JPY_SESSION_NAME", "elsewhere/01_neurons.ipynb")
    assert NeuronExplorer(data="or").bias == 0.5


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_every_explorer_stands_as_left_whatever_control_was_moved(here, name, monkeypatch):
    make = getattr(nnlib.explorers, name)
    explorer = make()
    monkeypatch.setattr(explorer, "request_frame", lambda: None)
    moved = [
        name for name, control in explorer.controls.items() if move_on(explorer, name, control)
    ]
    assert explorer.error is None
    left = json.loads(json.dumps(explorer.parameter_values))
    again = run_again(here, explorer)
    assert json.loads(json.dumps(again.parameter_values)) == left, moved
    assert again.error is None
    press(again, "reset")
    fresh = make(**{})
    start = json.loads(json.dumps(again.parameter_values))
    assert start == json.loads(json.dumps(fresh.parameter_values))


def move_on(explorer, name, control) -> bool:
    """Bring a control to another value, if it has more than one."""
    if name not in explorer.declared_parameters or getattr(control, "disabled", False):
        return False
    before = getattr(explorer, name)
    if hasattr(control, "options"):
        values = [o[1] if isinstance(o, tuple) else o for o in control.options]
        others = [value for value in values if value not in (before, "own", "table")]
        if isinstance(control.value, tuple):  # several may be chosen
            control.value = tuple(values[:1])
        elif others:
            control.value = others[-1]
    elif isinstance(control.value, bool):
        control.value = not before
    elif hasattr(control, "base"):  # a logarithmic slider, whose ends are powers
        control.value *= control.base**-control.step
    elif hasattr(control, "min"):
        step = getattr(control, "step", 1)
        control.value = control.value - step if control.value > control.min else control.max
    return getattr(explorer, name) != before


def test_training_goes_on_exactly_where_it_was_left(here):
    explorer = TrainingExplorer()
    move(explorer, "learning_rate", 0.5)
    for _ in range(3):
        press(explorer, "epoch")
    press(explorer, "step")
    again = run_again(here, explorer)
    assert again.run.state == explorer.run.state
    assert again.summary == explorer.summary
    for one in (explorer, again):
        one.run.train()
    assert again.run.state == explorer.run.state


def test_curves_of_earlier_runs_stay_after_restart_too(here):
    explorer = TrainingExplorer()
    press(explorer, "epoch")
    press(explorer, "restart")
    again = run_again(here, explorer)
    assert (again.trainer.epoch, len(again.run.past)) == (0, 1)
    press(again, "reset")
    assert run_again(here, again).notice is None


def test_a_comparison_of_two_runs_is_trained_again(here):
    explorer = TwoRunsExplorer()
    press(explorer, "step")
    press(explorer, "step")
    again = run_again(here, explorer)
    assert again.epochs_trained == 2
    assert again.summary == explorer.summary


def test_training_that_code_took_part_in_is_left_to_code(here):
    explorer = TrainingExplorer()
    explorer.epoch()
    press(explorer, "epoch")
    move(explorer, "speed", "fast")
    again = run_again(here, explorer)
    assert (again.speed, again.trainer.epoch) == ("fast", 0)


def test_what_a_play_by_hand_has_trained_is_kept(here):
    async def scenario():
        explorer = TrainingExplorer(speed="fast")
        press(explorer, "play")
        await asyncio.sleep(0.3)
        assert explorer.playing
        again = run_again(here, explorer, lambda: TrainingExplorer(speed="fast"))
        assert again.trainer.steps == explorer.trainer.steps > 0
        assert not again.playing
        again.close()

    clock.run(scenario())


def test_drawn_strokes_stand_as_drawn(here):
    explorer = DigitExplorer()
    for key in (" ", "ArrowUp", "ArrowUp", "ArrowRight"):
        explorer.live_figure.receive({"kind": "key", "key": key})
    again = run_again(here, explorer)
    assert again.strokes == explorer.strokes
    assert len(again.strokes[0]) == 4


def test_it_is_written_when_the_picture_has_come_to_rest_and_not_before(here, monkeypatch):
    async def scenario():
        explorer = NeuronExplorer()
        written = []
        monkeypatch.setattr(explorer._by_hand, "_to_keep", lambda: written.append(1))
        for k in range(30):
            move(explorer, "w1", k / 10)
            await asyncio.sleep(0.01)
        assert written == []
        await asyncio.sleep(REST_SECONDS + 0.3)
        assert written == [1]
        explorer.request_frame()  # another frame, and nothing new by hand
        await asyncio.sleep(REST_SECONDS + 0.3)
        assert written == [1]
        explorer.close()
        assert written == [1]

    clock.run(scenario())


@pytest.mark.parametrize(
    "outdated",
    [
        {"set": {"w9": 1.0}, "learned": {}},
        {"set": {"w1": "text"}, "learned": {}},
        {"set": {"data": "no such data"}, "learned": {}},
        {"set": {"w1": 3.0}},
        {"w1": 3.0},
        [1, 2],
        "text",
        {"set": None, "learned": {}},
    ],
    ids=str,
)
def test_what_no_longer_fits_is_dropped_in_silence(here, outdated):
    explorer = NeuronExplorer()
    move(explorer, "w1", 2.5)
    explorer.close()
    (name,) = kept(here)
    here.memory.remember(learner.EXPLORER, name, outdated)
    here.run_cell("a")
    again = NeuronExplorer()
    assert (again.w1, again.notice, again.error) == (1.0, None, None)
    assert kept(here) == {}


@pytest.mark.parametrize("run", ["no run", {}, {"settings": {}}])
def test_a_broken_run_is_dropped_too(here, run):
    explorer = TrainingExplorer()
    press(explorer, "epoch")
    explorer.close()
    (name,) = kept(here)
    here.memory.remember(learner.EXPLORER, name, {"set": {}, "learned": {"run": run}})
    here.run_cell("a")
    again = TrainingExplorer()
    assert (again.trainer.epoch, again.notice, again.error) == (0, None, None)


def test_a_run_that_is_too_long_leaves_its_settings(here, monkeypatch):
    monkeypatch.setattr("nnlib.learner.memory.LONGEST", 2000)
    explorer = TrainingExplorer()
    move(explorer, "learning_rate", 0.5)
    press(explorer, "epoch")
    again = run_again(here, explorer)
    assert (again.learning_rate, again.trainer.epoch) == (0.5, 0)


def test_forget_holds_although_the_old_explorer_is_closed_later(here):
    explorer = NeuronExplorer()
    move(explorer, "w1", 2.5)
    explorer._by_hand.keep()
    assert repr(forget("NeuronExplorer")) == "Forgotten: 1 explorer."
    assert run_again(here, explorer).w1 == 1.0


def test_a_damaged_file_is_told_in_the_explorer(here):
    here.file.write_bytes(b"no database" * 500)
    assert "was damaged" in NeuronExplorer().notice
    assert NeuronExplorer().notice is None


def test_without_a_learner_nothing_is_kept(here):
    here.cell = None
    explorer = NeuronExplorer()
    move(explorer, "w1", 2.5)
    explorer.close()
    assert not here.file.exists()


def test_what_an_experiment_has_moved_and_the_hand_moved_back_stands_as_left(here):
    explorer = TrainingExplorer()
    move(explorer, "experiment", "ring")
    move(explorer, "hidden1", 4)  # as at the start; the experiment has 2
    again = run_again(here, explorer)
    assert (again.experiment, again.hidden1, again.learning_rate) == ("ring", 4, 1.0)
    press(again, "reset")
    third = run_again(here, again)
    assert (third.experiment, third.notice) == ("none", None)
