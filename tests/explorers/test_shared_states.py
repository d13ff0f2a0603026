"""`share` gives everybody the explorer in its very state, by a line short enough to project."""

import ast
import json
import re

import pytest
from every_explorer import EXPLORERS, stops_of
from ipywidgets import Button

from nnlib.explorers import (
    DigitExplorer,
    ExportExplorer,
    TimelineExplorer,
    TrainingExplorer,
    TwoRunsExplorer,
)
from nnlib.explorers.training.running import MOST_UPDATES

pytestmark = pytest.mark.slow

LONG = 160  # signs: at 1280 pixels two lines of large text


def made_by(code):
    """Run code as a fresh kernel would, and return what its last line makes."""
    *before, last = ast.parse(code).body
    names = {}
    exec(compile(ast.Module(before, []), "<shared>", "exec"), names)
    return eval(compile(ast.Expression(last.value), "<shared>", "eval"), names)


def is_shared(explorer):
    """Look whether the line makes the same explorer again, and return the line."""
    code = explorer.share()
    again = made_by(code)
    assert again.state == explorer.state
    assert again.summary == explorer.summary
    assert again.model().equation == explorer.model().equation
    again.close()
    sent = json.loads(json.dumps(explorer.brief_state))  # as a class is shown it
    by_wire = type(explorer).from_state(sent)
    assert by_wire.state == explorer.state
    by_wire.close()
    return code.splitlines()[-1]


@pytest.fixture(scope="module", params=EXPLORERS, ids=lambda explorer: explorer.__name__)
def made(request):
    explorer = request.param()
    yield explorer
    explorer.close()


@pytest.fixture
def explorer(made, monkeypatch, no_frames):
    """The same at its start, where nothing is drawn: what it says is enough."""
    monkeypatch.setattr(made, "request_frame", lambda: None)
    made.reset()
    return made


def test_a_new_explorer_needs_no_words(explorer):
    kind = type(explorer).__name__
    assert repr(explorer.share()) == f"from nnlib.explorers import {kind}\n{kind}()"


def test_what_differs_is_in_the_line_and_nothing_else(explorer):
    """One half of the controls moved to their ends, then the other half too."""
    controls = [it for it in explorer.controls.items() if not isinstance(it[1], Button)]
    for half in (controls[::2], controls[1::2]):
        for _, control in half:
            control.value = stops_of(control)[-1]
        assert explorer.error is None
        line = is_shared(explorer)
        for name, usual in explorer.usual_values.items():
            told = re.search(rf"\b{name}\b['=]", line) is not None
            assert told == (getattr(explorer, name) != usual), name


def test_one_move_makes_a_short_line(explorer):
    first = explorer.controls[explorer.at_hand[0]]
    first.value = stops_of(first)[-1]
    assert len(explorer.share().splitlines()[-1]) < LONG


def test_training_is_told_by_its_updates():
    explorer = TrainingExplorer(data="xor", learning_rate=0.5)
    explorer.step(30)
    assert is_shared(explorer) == (
        "TrainingExplorer.from_state({'data': 'xor', 'learning_rate': 0.5, 'updates': 30})"
    )
    explorer.close()


def test_a_run_that_diverged_diverges_again():
    explorer = TrainingExplorer(data="sine", learning_rate=1000)
    explorer.step(200)
    assert explorer.run.diverged
    assert "'updates'" in is_shared(explorer)
    explorer.close()


@pytest.mark.parametrize("steered", ["faster", "a weight", "restart", "faster, not trained yet"])
def test_a_run_that_was_steered_is_told_whole(steered):
    explorer = TrainingExplorer()
    explorer.step(30)
    if steered == "restart":
        explorer.restart()
    elif steered == "a weight":
        explorer.selected = "w1_11"
        explorer.value = 2.0
    else:
        explorer.learning_rate = 1.0
    if steered == "faster":
        explorer.step(7)
    assert "'run'" in is_shared(explorer)
    explorer.close()


def test_other_explorers_tell_what_they_have_learned_or_were_given():
    runs = TwoRunsExplorer(varied="momentum")
    runs.step(3)
    assert is_shared(runs) == "TwoRunsExplorer.from_state({'varied': 'momentum', 'epochs': 3})"
    training = TrainingExplorer()
    training.step(20)
    timeline = TimelineExplorer(training, epoch=0)
    assert "'run'" in is_shared(timeline) and "'network'" in is_shared(ExportExplorer(training))
    assert is_shared(ExportExplorer(framework="keras")) == "ExportExplorer(framework='keras')"
    drawn = DigitExplorer(strokes=[[(0.1, 0.2), (0.3, 0.4)]])
    assert "strokes=" in is_shared(drawn)
    for explorer in (runs, training, timeline, drawn):
        explorer.close()


@pytest.mark.parametrize("updates", [-1, "a", None, MOST_UPDATES + 1])
def test_an_endless_training_is_refused(updates):
    with pytest.raises((TypeError, ValueError), match="updates must be"):
        TrainingExplorer.from_state({"updates": updates})
