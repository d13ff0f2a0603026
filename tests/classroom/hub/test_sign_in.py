"""The class's password lets a class in, and no learner in as another one."""

import asyncio
import sqlite3
from pathlib import Path
from types import SimpleNamespace

import pytest
from tornado.web import HTTPError

from nnlib.classroom.hub.patience import FORGOTTEN_AFTER, Patience
from nnlib.classroom.hub.sign_in import FREE_FOR_A_NAME, FREE_FOR_AN_ADDRESS, ClassSignIn

BOARD, TEACHERS = "board-word", "teachers-word"


class Clock:
    """A clock that goes when it is told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def door(tmp_path: Path, clock: Clock) -> ClassSignIn:
    """The way into a class; waiting goes by the clock of the test."""
    door = ClassSignIn(
        class_password=BOARD, teacher_word=TEACHERS, words_file=str(tmp_path / "words.sqlite")
    )
    door.with_name = Patience(FREE_FOR_A_NAME, clock)
    door.with_address = Patience(FREE_FOR_AN_ADDRESS, clock)
    return door


def sign_in(door: ClassSignIn, name: str, word: str, password=BOARD, address="10.0.0.7") -> str:
    handler = SimpleNamespace(request=SimpleNamespace(remote_ip=address))
    data = {"username": name, "password": password, "word": word}
    return asyncio.run(door.authenticate(handler, data))


def refused(door: ClassSignIn, *args, **kwargs) -> str:
    """Return what is said to somebody who may not come in."""
    with pytest.raises(HTTPError) as error:
        sign_in(door, *args, **kwargs)
    assert error.value.status_code in (403, 429)
    return error.value.log_message


def test_the_first_word_is_chosen_and_asked_for_afterwards(door: ClassSignIn):
    assert sign_in(door, "Anna", "sesame-1") == "anna"
    assert sign_in(door, "anna", "sesame-1 ") == "anna"
    assert "Somebody called anna has been here" in refused(door, "anna", "sesame-2")
    assert "Somebody called anna has been here" in refused(door, "ANNA", "")
    assert sign_in(door, "anna-b", "sesame-2") == "anna-b"


def test_without_the_password_on_the_board_nobody_comes_in_and_no_word_is_chosen(
    door: ClassSignIn,
):
    assert "not the class's password" in refused(door, "anna", "sesame-1", password="")
    assert "not the class's password" in refused(door, "anna", "sesame-1", password="board-wörd")
    assert not door.words.known("anna")


def test_a_word_that_is_too_short_is_not_taken(door: ClassSignIn):
    assert "choose a word of your own, of 6 characters or more" in refused(door, "anna", "short")
    assert not door.words.known("anna")


def test_only_the_teachers_word_lets_the_teacher_in(door: ClassSignIn):
    assert "stands where the class was started" in refused(door, "Teacher", "sesame-1")
    assert sign_in(door, "teacher", TEACHERS) == "teacher"


def test_a_name_that_is_none_is_refused(door: ClassSignIn):
    assert "letters and digits" in refused(door, "../anna", "sesame-1")


def test_no_word_is_stored_as_it_is(door: ClassSignIn):
    sign_in(door, "anna", "sesame-1")
    sign_in(door, "ben", "sesame-1")
    with sqlite3.connect(door.words.path) as file:
        rows = dict((name, made) for name, _, made in file.execute("SELECT * FROM word"))
    assert rows["anna"] != rows["ben"]
    assert b"sesame" not in door.words.path.read_bytes()


def test_a_word_that_was_forgotten_is_chosen_anew_when_the_teacher_deletes_the_learner(
    door: ClassSignIn,
):
    sign_in(door, "anna", "sesame-1")
    door.delete_user(SimpleNamespace(name="anna"))
    assert sign_in(door, "anna", "sesame-2") == "anna"


def test_a_wrong_word_is_slowed_down_and_others_are_not(door: ClassSignIn, clock: Clock):
    sign_in(door, "anna", "sesame-1")
    for _ in range(FREE_FOR_A_NAME):
        assert "Somebody called anna" in refused(door, "anna", "guess-1")
    assert "Wait 2 seconds" in refused(door, "anna", "sesame-1"), "not even the right one"
    assert sign_in(door, "ben", "sesame-2") == "ben", "whoever else has this address"
    assert sign_in(door, "anna", "sesame-1", address="10.0.0.8") == "anna", "anna at her own place"
    clock.now += 2
    assert "Somebody called anna" in refused(door, "anna", "guess-2")
    assert "Wait 4 seconds" in refused(door, "anna", "sesame-1")
    clock.now += 4
    assert sign_in(door, "anna", "sesame-1") == "anna"
    assert "Somebody called anna" in refused(door, "anna", "guess-3"), "and all is forgiven"


def test_an_address_that_tries_many_names_is_slowed_down(door: ClassSignIn):
    for number in range(FREE_FOR_AN_ADDRESS):
        refused(door, f"anna{number}", "sesame-1", password="guess")
    assert "Wait 2 seconds" in refused(door, "ben", "sesame-2")
    assert sign_in(door, "ben", "sesame-2", address="10.0.0.8") == "ben"


def test_many_tries_at_once_are_no_way_around_it(door: ClassSignIn):
    sign_in(door, "anna", "sesame-1")
    handler = SimpleNamespace(request=SimpleNamespace(remote_ip="10.0.0.7"))

    async def all_at_once() -> list[object]:
        tries = [
            door.authenticate(
                handler, {"username": "anna", "password": BOARD, "word": f"guess-{n}"}
            )
            for n in range(30)
        ]
        return await asyncio.gather(*tries, return_exceptions=True)

    answers = [error.status_code for error in asyncio.run(all_at_once())]
    assert answers.count(429) == 30 - FREE_FOR_A_NAME


def test_a_wait_grows_to_a_minute_and_is_forgotten_in_the_end(clock: Clock):
    patience = Patience(free=1, clock=clock)
    waits = []
    for _ in range(8):
        patience.wrong("anna")
        waits.append(patience.wait("anna"))
    assert waits == [2, 4, 8, 16, 32, 60, 60, 60]
    clock.now += FORGOTTEN_AFTER
    patience.wrong("ben")
    assert patience._wrong.keys() == {"ben"}, "what is kept does not grow without end"
