"""The teacher shows an explorer to the class, and everybody has it as it stood."""

import json
import re
from html import unescape

import pytest
from class_service import STRANGER, TEACHER, wait_until
from ipywidgets import Button

from nnlib.explorers import NeuronExplorer, TrainingExplorer, shown
from nnlib.explorers.controls.show_to_class import ShowToClass
from nnlib.learner import presence as learner
from nnlib.widgets.lifetime import family

LABEL = "Show this to the class"
ONE = {"kind": "NeuronExplorer", "state": {"data": "xor", "bias": -0.5}}


@pytest.fixture
def teacher(here, monkeypatch):
    """Whoever runs cells now is the teacher; called with a token, it is somebody else."""

    def becomes(token: str) -> None:
        monkeypatch.setenv("JUPYTERHUB_API_TOKEN", token)
        learner._links.clear()

    becomes(TEACHER)
    return becomes


def buttons(explorer) -> list[Button]:
    """Return the buttons with which this explorer can be shown to the class."""
    return [it for it in family(explorer) if isinstance(it, Button) and it.description == LABEL]


def words(explorer) -> str:
    """Return what stands beside that button."""
    [row] = [it for it in explorer.children if isinstance(it, ShowToClass)]
    return unescape(re.sub("<[^>]*>", "", row.children[1].value)) if row.children else ""


def press(explorer) -> None:
    """Press the button as soon as it is there."""
    wait_until(lambda: buttons(explorer) != [])
    buttons(explorer)[0].click()


# Who may what -------------------------------------------------------------------------------------


def test_the_teacher_alone_shows_and_everybody_of_the_class_gets_it(service):
    nothing = (404, "Nothing has been shown to the class yet.")
    assert service.ask("ada", "GET", "explorer") == nothing
    assert service.ask("ada", "PUT", "explorer", **ONE) == (403, "That is for the teacher.")
    assert service.ask(TEACHER, "PUT", "explorer", **ONE)[0] == 204
    newest = {**ONE, "state": {}}
    assert service.ask(TEACHER, "PUT", "explorer", **newest)[0] == 204
    service.end()
    service.start()
    status, told = service.ask("ada", "GET", "explorer")
    assert (status, json.loads(told)) == (200, newest)
    assert service.ask(STRANGER, "GET", "explorer")[0] == 403
    assert service.ask(TEACHER, "DELETE", "session")[0] == 204
    assert service.ask("ada", "GET", "explorer") == nothing


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ({"kind": "__import__('os')"}, 400),
        ({"kind": None}, 400),
        ({"kind": "A" * 100}, 400),
        ({"state": [1]}, 400),
        ({"state": {"data": "x" * 600_000}}, 409),
        ({"session": "another one"}, 409),
    ],
)
def test_what_is_no_explorer_is_not_shown(service, sent, status):
    assert service.ask(TEACHER, "PUT", "explorer", **{**ONE, **sent})[0] == status
    assert service.ask("ada", "GET", "explorer")[0] == 404


def test_the_page_says_what_to_type_until_a_question_is_put_to_the_vote(service):
    with service.stream("ada", "stream/board") as told:
        assert told()["shown"] == ""
        service.ask(TEACHER, "PUT", "explorer", **ONE)
        seen = told()
        assert "<b>NeuronExplorer</b>" in seen["shown"]
        assert "<code>from nnlib.explorers import shown\nshown()</code>" in seen["shown"]
        assert "No question" not in seen["question"]
        service.ask(TEACHER, "POST", "board/neurons-bias")
        assert told()["shown"] == ""
        service.ask(TEACHER, "PUT", "explorer", **ONE)  # while its vote goes on
        seen = told()
        assert "shown()" in seen["shown"] and "Now you raise" in seen["question"]


# In a kernel --------------------------------------------------------------------------------------


def test_a_teacher_shows_one_and_a_learner_has_it_in_that_very_state(teacher, here, service):
    explorer = TrainingExplorer(data="xor")
    explorer.step(30)
    press(explorer)
    wait_until(lambda: words(explorer).startswith("The class is shown it, as it stood then"))
    assert words(explorer).endswith("from nnlib.explorers import shown then shown()")
    teacher("ada")
    here.run_cell("b")
    got = shown()
    assert (type(got), got.state) == (TrainingExplorer, explorer.state)
    got.controls["learning_rate"].value = 3.0
    got.close()
    here.run_cell("b")  # once more: not as ada left it, but as it is shown
    again = shown()
    assert (again.state, again.notice) == (explorer.state, None)
    for each in (explorer, again):
        each.close()


def test_of_two_the_newest_is_shown_and_only_that_says_so(teacher, service):
    first, second = NeuronExplorer(), NeuronExplorer(data="xor")
    for explorer in (first, second):
        press(explorer)
        wait_until(lambda explorer=explorer: words(explorer).startswith("The class is shown it"))
    wait_until(lambda: words(first) == "")
    assert shown().data == "xor"
    first.close()
    second.close()


def test_a_learner_has_no_button_and_neither_has_anybody_out_of_class(here, service, monkeypatch):
    explorer = NeuronExplorer()
    link = learner.class_link()
    wait_until(lambda: link.state is not None)
    assert not link.state.leads
    assert buttons(explorer) == []
    explorer.close()
    monkeypatch.delenv("NNLIB_CLASS_URL")
    alone = NeuronExplorer()
    assert not any(isinstance(it, ShowToClass) for it in alone.children)
    assert repr(shown()) == "There is no class here: nothing is shown to anybody."
    alone.close()


def test_a_service_that_is_away_gets_it_when_it_is_back(teacher, service):
    explorer = NeuronExplorer(data="xor")
    wait_until(lambda: buttons(explorer) != [])
    service.end()
    press(explorer)
    assert words(explorer) == "On its way to the class."
    assert repr(shown()) == "The class cannot be reached. Run this cell again in a moment."
    service.start()
    wait_until(lambda: words(explorer).startswith("The class is shown it"))
    assert service.ask("ada", "GET", "explorer")[0] == 200
    explorer.close()


def test_nothing_shown_yet_is_said(here, service):
    assert repr(shown()) == (
        "Nothing has been shown to the class yet. When it has, run this cell again."
    )


@pytest.mark.parametrize(
    ("kind", "state", "why"),
    [
        ("os", {}, "this course here has no explorer 'os'"),
        ("Explorer", {}, "this course here has no explorer 'Explorer'"),
        ("shown", {}, "this course here has no explorer 'shown'"),
        ("NeuronExplorer", {"bogus": 1}, "NeuronExplorer has no parameter 'bogus'"),
        ("NeuronExplorer", {"data": "no such"}, "data"),
        ("TrainingExplorer", {"run": {"x": 1}}, "This is not the state of a training run"),
    ],
)
def test_what_is_no_explorer_here_is_refused_in_words(here, service, kind, state, why):
    assert service.ask(TEACHER, "PUT", "explorer", kind=kind, state=state)[0] == 204
    said = repr(shown())
    assert said.startswith("What is shown cannot be opened here: ")
    assert why in said and said.endswith("older than your teacher's.")
