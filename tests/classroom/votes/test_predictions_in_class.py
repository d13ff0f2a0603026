"""Predictions in class: they go to the vote, wait for the teacher, and lose nothing."""

import re
from html import unescape

from class_service import TEACHER, wait_until
from learner_here import LearnerHere

from nnlib.exercises import open_all, predict
from nnlib.exercises.predictions.prediction import QUESTIONS, Prediction
from nnlib.learner import class_link
from nnlib.learner import presence as learner
from nnlib.learner.presence import UNSENT

QUESTION = "neurons-bias"
FIRST, RIGHT, *_ = QUESTIONS[QUESTION].options


def words(prediction: Prediction) -> str:
    """Return what stands below a prediction."""
    return " ".join(unescape(re.sub("<[^>]*>", " ", prediction._below.value)).split())


def wait_for(prediction: Prediction, text: str) -> None:
    """Wait until this stands below a prediction."""
    wait_until(lambda: text in words(prediction))


def answered(choice: str = FIRST) -> Prediction:
    prediction = predict(QUESTION)
    wait_until(lambda: prediction._vote.phase != "asking")
    prediction.choice = choice
    prediction._press(None)
    return prediction


def restart_kernel(here: LearnerHere) -> None:
    here.restart_kernel()
    learner._links.clear()


def test_a_whole_vote(here, service):
    prediction = answered()
    wait_for(prediction, "Your answer is with the class. The teacher opens the answers.")
    assert not prediction.revealed
    assert QUESTIONS[QUESTION].why[:20] not in words(prediction)

    prediction.choice = RIGHT  # a change before the vote is closed takes the place
    assert words(prediction).startswith("You have changed your answer. Press Commit")
    prediction._press(None)
    wait_for(prediction, "Your answer is with the class.")
    assert service.counts(QUESTION) == {"1": [RIGHT]}

    service.turn(QUESTION, "shown")
    wait_for(prediction, "The vote is closed.")
    assert prediction._input.disabled

    service.turn(QUESTION, "again")
    wait_for(prediction, "The class votes again.")
    assert not prediction._input.disabled
    assert prediction._button.description == "Commit"
    prediction.choice = FIRST
    prediction._press(None)
    wait_for(prediction, "Your second answer is with the class.")
    assert service.counts(QUESTION) == {"1": [RIGHT], "2": [FIRST]}

    service.turn(QUESTION, "revealed")
    wait_for(prediction, "✗ not what you predicted")
    assert f"What is so: {RIGHT}" in words(prediction)
    assert prediction._button.description == "Ask again"


def test_the_answer_opens_for_those_too_who_have_not_answered(here, service):
    prediction = predict(QUESTION)
    wait_until(lambda: prediction._vote.phase == "open")
    service.turn(QUESTION, "revealed")
    wait_for(prediction, f"What is so: {RIGHT}")
    later = predict(QUESTION)  # whoever comes to it afterwards answers as out of class
    assert not later.revealed
    later.choice = FIRST
    later.commit()
    assert later.revealed
    assert service.counts(QUESTION) == {"1": []}


def test_the_learner_cannot_open_it(here):
    prediction = answered()
    for tried in (prediction.reveal, open_all, prediction.commit):
        tried()
        assert not prediction.revealed
        assert RIGHT not in words(prediction)


def test_who_is_late_is_told_and_votes_in_the_next_round(here, service):
    service.turn(QUESTION, "shown")
    prediction = answered()
    wait_for(prediction, "The vote is closed for now.")
    assert service.counts(QUESTION) == {"1": []}
    service.turn(QUESTION, "again")
    wait_until(lambda: not prediction._input.disabled)
    prediction._press(None)
    wait_for(prediction, "Your second answer is with the class.")


def test_a_kernel_that_is_restarted_knows_what_it_voted(here, service):
    wait_for(answered(), "is with the class")
    restart_kernel(here)
    again = predict(QUESTION)
    assert again.choice == FIRST
    assert not again.revealed
    wait_for(again, "Your answer is with the class.")


def test_while_the_service_is_away_the_answer_is_kept(here, service, monkeypatch):
    prediction = predict(QUESTION)
    wait_until(lambda: prediction._vote.phase == "open")
    service.end()
    prediction.choice = FIRST
    prediction._press(None)
    wait_for(prediction, "Your answer is on its way to the class.")
    assert not prediction.revealed
    assert list(here.memory.everything(UNSENT)) == [f"vote/{QUESTION}"]
    service.start()
    wait_for(prediction, "Your answer is with the class.")
    assert service.counts(QUESTION) == {"1": [FIRST]}
    assert here.memory.everything(UNSENT) == {}


def test_a_class_that_stays_away_need_not_be_waited_for(here, service, monkeypatch):
    prediction = answered()
    wait_for(prediction, "is with the class")
    monkeypatch.setattr(class_link, "AWAY_SECONDS", 0.5)
    service.end()
    wait_for(prediction, "The class cannot be reached.")
    assert prediction._button.description == "Open the answer"
    prediction._press(None)
    assert f"What is so: {RIGHT}" in words(prediction)
    service.start()


def test_where_no_service_ever_answers_predictions_work_as_alone(here, service):
    service.end()
    prediction = answered()
    assert prediction.revealed
    assert list(here.memory.everything(UNSENT)) == [f"vote/{QUESTION}"]
    restart_kernel(here)
    service.start()
    again = predict(QUESTION)
    wait_until(lambda: service.counts(QUESTION) == {"1": [FIRST]})
    wait_for(again, "Your answer is with the class.")


def test_a_kept_vote_is_dropped_when_its_class_is_over(here, service):
    body = {"round": 1, "choice": FIRST, "at": 0.0}
    here.memory.remember(UNSENT, f"vote/{QUESTION}", body)
    prediction = predict(QUESTION)
    wait_until(lambda: prediction._vote.phase == "open")
    assert here.memory.everything(UNSENT) == {}
    assert service.counts(QUESTION) == {"1": []}


def test_at_a_pace_of_their_own_answers_open_on_commit(here, service):
    assert service.ask(TEACHER, "POST", "pace", pace="alone")[0] == 204
    assert answered().revealed
    other = "neurons-xor"
    assert service.ask(TEACHER, "POST", f"board/{other}")[0] == 204  # but what is put to the vote
    prediction = predict(other)
    wait_until(lambda: prediction._vote.phase == "open")
    prediction.choice = QUESTIONS[other].options[0]
    prediction._press(None)
    wait_for(prediction, "Your answer is with the class.")
    assert service.counts(QUESTION) == {"1": []}


def test_a_deleted_session_asks_for_the_answer_again(here, service):
    prediction = answered()
    wait_for(prediction, "is with the class")
    assert service.ask(TEACHER, "DELETE", "session")[0] == 204
    wait_for(prediction, "This is your answer from before.")
    prediction._press(None)
    wait_for(prediction, "Your answer is with the class.")


def test_out_of_class_nothing_is_asked_of_anybody(here, service, monkeypatch):
    monkeypatch.delenv("NNLIB_CLASS_URL")
    prediction = predict(QUESTION)
    prediction.choice = FIRST
    prediction.commit()
    assert prediction.revealed
    assert prediction._vote is None
    assert learner._links == {}


def test_a_program_that_runs_a_notebook_is_in_no_class(here):
    here.cell = None
    prediction = predict(QUESTION)
    prediction.choice = FIRST
    prediction.commit()
    assert prediction.revealed
    assert learner._links == {}
