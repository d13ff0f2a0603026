"""Where the class is: told only by those who agreed, and never what they wrote."""

import json

import pytest
from class_service import TEACHER, wait_until

from nnlib.exercises import check_double, check_neuron, predict, share_progress
from nnlib.exercises.class_progress import Agreement
from nnlib.exercises.predictions.prediction import QUESTIONS
from nnlib.learner import presence as learner

QUESTION = "neurons-bias"
FIRST, RIGHT, *_ = QUESTIONS[QUESTION].options


@pytest.fixture
def panel(service):
    """Return the teacher's table, as it is now."""

    def panel() -> str:
        with service.stream(TEACHER, "stream/board") as told:
            return told()["whereabouts"]

    return panel


def agreement(prediction) -> list[Agreement]:
    return [part for part in prediction.children if isinstance(part, Agreement)]


def all_sent() -> None:
    (link,) = learner._links.values()
    wait_until(lambda: not link.unsent.items())


def test_it_is_asked_once_and_remembered(here):
    first, second = predict(QUESTION), predict("neurons-xor")
    (asked,) = agreement(first)
    assert agreement(second) == []
    no = asked.children[1].children[1]
    assert no.description == "No"
    no.click()
    assert asked.layout.display == "none"
    first.close()
    here.restart_kernel()
    assert agreement(predict(QUESTION)) == []


def test_who_did_not_agree_is_not_counted(here, service, panel):
    check_double(lambda x: 2 * x)
    check_double(lambda x: x)
    share_progress(False)
    check_double(lambda x: x)
    all_sent()
    assert "Nobody has begun yet." in panel()


def test_who_agrees_is_counted_from_the_beginning(here, service, panel):
    check_double(lambda x: 2 * x)
    prediction = predict(QUESTION)
    yes = agreement(prediction)[0].children[1].children[0]
    yes.click()
    all_sent()
    assert "check_double" in panel()
    check_neuron(lambda x, weights, bias: x @ weights + bias)
    all_sent()
    assert "<b>1 ×</b> This is z. The activation is missing: return sigmoid(z)." in panel()
    assert repr(share_progress(False)) == "Your teacher no longer sees how far you have come."
    all_sent()
    assert "Nobody has begun yet." in panel()
    prediction.close()


def test_a_prediction_is_counted_when_its_answer_opens(here, service, panel):
    share_progress(True)
    prediction = predict(QUESTION)
    prediction.choice = FIRST
    wait_until(lambda: prediction._vote.phase == "open")
    prediction.commit()
    all_sent()
    assert QUESTION not in panel()
    service.turn(QUESTION, "revealed")
    wait_until(lambda: f"<th scope='row'>{QUESTION}" in panel())


def test_what_a_learner_wrote_is_never_told(here, monkeypatch):
    share_progress(True)
    (link,) = learner._links.values()
    told = []
    monkeypatch.setattr(link, "send", lambda path, body: told.append(json.dumps(body)))

    def stops(x):
        return my_secret_name  # noqa: F821

    def changes(my_secret_name, weights, bias):
        my_secret_name *= 0
        return 0.5

    for answer in (stops, "my secret name", lambda x: {"my_secret_name": x}, lambda x: 12345.6):
        check_double(answer)
    check_neuron(changes)
    check_neuron(lambda my_secret_name: 1)
    assert len(told) == 6
    assert all("secret" not in words and "12345" not in words for words in told)
    assert '"The function stops with an error."' in told[0]


def test_out_of_class_it_says_so(here, monkeypatch):
    monkeypatch.delenv("NNLIB_CLASS_URL")
    assert repr(share_progress(True)).startswith("There is no class here")
