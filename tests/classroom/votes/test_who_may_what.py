"""What the service does for a learner, for the teacher, and for nobody."""

import json
import socket
import time
from urllib.parse import urlsplit

import pytest
from class_service import SEEN_SECONDS, STRANGER, TEACHER, wait_until

from nnlib.exercises.predictions.catalogue import QUESTIONS

QUESTION = "neurons-bias"
FIRST, RIGHT, *_ = QUESTIONS[QUESTION].options
WHY = QUESTIONS[QUESTION].why[:30]


def test_a_second_vote_in_a_round_takes_the_place_of_the_first(service):
    assert service.vote("ada", QUESTION, FIRST) == 204
    assert service.vote("ada", QUESTION, RIGHT) == 204
    assert service.counts(QUESTION) == {"1": [RIGHT]}


def test_nobody_votes_as_another(service):
    """Whose vote it is says the token alone, whatever else is sent along."""
    service.vote("ben", QUESTION, FIRST)
    names = {"learner": "ben", "name": "ben", "user": "ben"}
    assert service.ask("ada", "PUT", f"vote/{QUESTION}?user=ben", choice=RIGHT, **names)[0] == 204
    assert service.counts(QUESTION) == {"1": sorted([FIRST, RIGHT])}


def test_counts_are_closed_to_learners_while_votes_are_taken(service):
    service.vote("ada", QUESTION, FIRST)
    assert service.ask("ada", "GET", f"counts/{QUESTION}")[0] == 403
    service.turn(QUESTION, "shown")
    assert json.loads(service.ask("ada", "GET", f"counts/{QUESTION}")[1]) == {"1": [FIRST]}
    service.turn(QUESTION, "again")
    service.vote("ada", QUESTION, RIGHT, round=2)
    assert json.loads(service.ask("ada", "GET", f"counts/{QUESTION}")[1]) == {"1": [FIRST]}
    assert service.counts(QUESTION) == {"1": [FIRST], "2": [RIGHT]}


@pytest.mark.parametrize(
    ("method", "path", "sent"),
    [
        ("POST", f"phase/{QUESTION}", {"phase": "revealed"}),
        ("POST", f"board/{QUESTION}", {}),
        ("POST", "pace", {"pace": "alone"}),
        ("DELETE", "session", {}),
    ],
)
def test_only_the_teacher_leads(service, method, path, sent):
    assert service.ask("ada", method, path, **sent) == (403, "That is for the teacher.")
    assert service.ask(TEACHER, method, path, **sent)[0] == 204


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("PUT", f"vote/{QUESTION}"),
        ("GET", f"counts/{QUESTION}"),
        ("GET", "stream/own"),
        ("GET", "stream/board"),
        ("PUT", "exercise/check_neuron"),
    ],
)
def test_whom_the_hub_does_not_let_in_gets_nothing(service, method, path):
    assert service.ask(STRANGER, method, path, choice=FIRST, right=True)[0] == 403


@pytest.mark.parametrize("phase", ["shown", "revealed"])
def test_a_late_vote_is_refused_in_words(service, phase):
    service.turn(QUESTION, phase)
    status, words = service.ask("ada", "PUT", f"vote/{QUESTION}", choice=FIRST, round=1)
    assert (status, words) == (
        409,
        "Your answer came after the vote was closed: it is not counted.",
    )


def test_a_vote_of_the_first_round_does_not_count_in_the_second(service):
    service.turn(QUESTION, "again")
    assert service.vote("ada", QUESTION, FIRST, round=1) == 409
    assert service.vote("ada", QUESTION, FIRST, round=2) == 204


@pytest.mark.parametrize(
    ("first", "then"), [("revealed", "again"), ("shown", "open"), ("again", "again")]
)
def test_a_vote_goes_one_way(service, first, then):
    service.turn(QUESTION, first)
    assert service.ask(TEACHER, "POST", f"phase/{QUESTION}", phase=then)[0] == 409


@pytest.mark.parametrize("choice", ["no option", "", None, 3, ["x"]])
def test_only_an_answer_can_be_voted_for(service, choice):
    status, _ = service.ask("ada", "PUT", f"vote/{QUESTION}", choice=choice, round=1)
    assert status == 400
    assert service.vote("ada", "no-question", FIRST) == 404


def test_what_is_no_json_is_refused(service):
    assert service.ask("ada", "PUT", "exercise/check_neuron", right="yes")[0] == 400
    assert service.ask("ada", "PUT", "exercise/no_check", right=True)[0] == 404


def test_a_kernel_hears_of_its_own_votes_only(service):
    service.vote("ben", QUESTION, RIGHT)
    service.vote("ada", QUESTION, FIRST)
    with service.stream("ada", "stream/own") as told:
        assert told()["votes"] == {QUESTION: {"1": FIRST}}
        service.vote("ben", QUESTION, FIRST)
        service.turn(QUESTION, "shown")
        heard = told()
    assert heard["votes"] == {QUESTION: {"1": FIRST}}
    assert heard["standings"] == {QUESTION: [1, "shown"]}
    assert "ada" not in json.dumps(heard)


def test_the_panel_shows_the_teacher_how_votes_are_spread_and_the_class_only_how_many(service):
    service.ask(TEACHER, "POST", f"board/{QUESTION}")
    for who, choice in (("ada", FIRST), ("ben", RIGHT), ("cleo", RIGHT)):
        service.vote(who, QUESTION, choice)
    seen = {}
    for who, path in (
        ("teacher", "stream/board"),
        ("covered", "stream/board?covered=yes"),
        ("ada", "stream/board"),
    ):
        with service.stream(TEACHER if who == "covered" else who, path) as told:
            seen[who] = told()
    for parts in seen.values():
        assert "<b>3</b> of <b>3</b> have answered" in parts["count"]
        assert "✓" not in parts["spread"]
        assert WHY not in json.dumps(parts, ensure_ascii=False)
    assert "width:67%" in seen["teacher"]["spread"]
    assert "width" not in seen["covered"]["spread"] + seen["ada"]["spread"]
    assert "controls" in seen["covered"]
    assert {"controls", "whereabouts", "pace"}.isdisjoint(seen["ada"])


def test_how_many_are_there(service):
    service.ask(TEACHER, "POST", f"board/{QUESTION}")
    with (
        service.stream("ada", "stream/own") as ada,
        service.stream("ben", "stream/own") as ben,
        service.stream("ben", "stream/own"),  # a second notebook
    ):
        ada(), ben()
        with service.stream(TEACHER, "stream/board") as told:
            wait_until(lambda: "<b>0</b> of <b>2</b> have answered" in told()["count"])


def test_a_service_that_is_started_again_knows_all_and_still_who_is_who(service):
    service.vote("ada", QUESTION, FIRST)
    service.turn(QUESTION, "again")
    service.end()
    service.start()
    assert service.vote("ada", QUESTION, RIGHT, round=2) == 204
    with service.stream("ada", "stream/own") as told:
        assert told()["votes"] == {QUESTION: {"1": FIRST, "2": RIGHT}}


def test_a_listener_that_goes_while_the_hub_is_asked_is_not_waited_for(service):
    """Closed at once, again and again: the service ends all the same, and nobody is there."""
    head = f"GET {urlsplit(service.address).path}stream/own HTTP/1.1\r\nHost: here\r\n"
    for _ in range(20):
        with socket.create_connection(("127.0.0.1", service.port)) as gone:
            gone.sendall(f"{head}Authorization: token ada\r\n\r\n".encode())
    began = time.monotonic()
    service.end()
    assert time.monotonic() - began < SEEN_SECONDS / 2
    service.start()
