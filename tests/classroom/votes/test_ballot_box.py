"""The file with the votes: whose they are stays secret, and what was acknowledged is there."""

import os
import signal
import stat
import subprocess
import sys

import psutil
import pytest
from class_service import wait_until

from nnlib.classroom.votes.ballot_box import BallotBox, VoteRefused

QUESTION = "neurons-bias"

# Votes without an end, and tells of each one that was acknowledged.
VOTE_ON = """
import sys
from pathlib import Path
from nnlib.classroom.votes.ballot_box import BallotBox
box = BallotBox(Path(sys.argv[1]))
for k in range(100_000):
    box.vote("neurons-bias", 1, f"learner {k}", str(k))
    print(k, flush=True)
"""

# Keeps something running that starts sooner than the service.
KEEP = """
import sys
from nnlib.classroom.votes import __main__ as keeper
keeper.COMMAND = (sys.executable, "-c", "import time; time.sleep(600)")
keeper.main()
"""


@pytest.fixture
def box(tmp_path):
    box = BallotBox(tmp_path / "state")
    yield box
    box.close()


def test_what_was_acknowledged_outlives_a_kill(tmp_path):
    command = [sys.executable, "-c", VOTE_ON, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as voting:
        told = [voting.stdout.readline() for _ in range(40)]
        os.kill(voting.pid, signal.SIGKILL)
        told += voting.stdout.readlines()
    acknowledged = {line.strip() for line in told if line.endswith("\n")}
    assert len(acknowledged) >= 40
    assert acknowledged <= set(BallotBox(tmp_path).votes(QUESTION)[1])


def test_no_name_stands_in_any_file_and_nobody_else_may_read_them(box, tmp_path):
    box.vote(QUESTION, 1, box.pseudonym("ada lovelace"), "an option")
    box.tell("exercise", "check_neuron", box.pseudonym("ada lovelace"), True)
    files = list((tmp_path / "state").iterdir())
    assert sorted(file.name for file in files) == ["pseudonyms.key", "votes.sqlite"]
    for file in files:
        assert b"lovelace" not in file.read_bytes()
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "state").stat().st_mode) == 0o700


def test_the_key_of_the_pseudonyms_is_not_in_the_file_with_the_votes(box, tmp_path):
    key = (tmp_path / "state" / "pseudonyms.key").read_bytes()
    assert key not in (tmp_path / "state" / "votes.sqlite").read_bytes()
    assert box.pseudonym("ada") == BallotBox(tmp_path / "state").pseudonym("ada")
    assert BallotBox(tmp_path / "other").pseudonym("ada") != box.pseudonym("ada")


def test_a_session_that_is_deleted_leaves_neither_votes_nor_key(box, tmp_path):
    before = (box.session, box.pseudonym("ada"))
    box.vote(QUESTION, 1, box.pseudonym("ada"), "an option that is easily found")
    box.put_to_the_vote(QUESTION)
    box.delete_session()
    assert box.votes(QUESTION) == {1: [], 2: []}
    assert box.current is None
    assert box.standings() == {}
    assert before[0] != box.session
    assert before[1] != box.pseudonym("ada")
    for file in (tmp_path / "state").iterdir():
        assert b"easily found" not in file.read_bytes()


def test_votes_whose_key_is_gone_are_deleted(box, tmp_path):
    """So it is after a kill in the middle of a deletion."""
    box.vote(QUESTION, 1, box.pseudonym("ada"), "an option")
    (tmp_path / "state" / "pseudonyms.key").unlink()
    assert BallotBox(tmp_path / "state").votes(QUESTION) == {1: [], 2: []}


def test_at_a_pace_of_their_own_only_what_was_put_to_the_vote_is_counted(box):
    box.pace = "alone"
    with pytest.raises(VoteRefused, match="not put to the vote"):
        box.vote(QUESTION, 1, "ada", "an option")
    box.put_to_the_vote(QUESTION)
    box.vote(QUESTION, 1, "ada", "an option")


def test_who_has_been_there_who_is_right_and_which_mistake(box):
    for learner, mistake in (("ada", "The bias is missing."), ("ben", "The bias is missing.")):
        for _ in range(3):  # the cell is run again and again
            box.tell("exercise", "check_neuron", learner, False, mistake)
    box.tell("exercise", "check_neuron", "ada", True)
    box.tell("exercise", "check_neuron", "ada", False)  # what was solved stays so
    box.tell("prediction", QUESTION, "ada", False)
    box.tell("prediction", QUESTION, "ada", True)  # asked again, when the answer was known
    assert sorted(box.done()) == [
        ("exercise", "check_neuron", 2, 1),
        ("prediction", QUESTION, 1, 0),
    ]
    assert list(box.mistakes()) == [("exercise", "check_neuron", "The bias is missing.", 2)]
    box.forget("ada")
    assert list(box.done()) == [("exercise", "check_neuron", 1, 0)]


def test_a_service_that_is_killed_is_started_again_at_once(tmp_path):
    """A hub would look after thirty seconds."""
    with subprocess.Popen([sys.executable, "-c", KEEP]) as keeper:
        try:
            wait_until(lambda: kept_by(keeper) != [])
            (first,) = kept_by(keeper)
            first.kill()
            wait_until(lambda: kept_by(keeper) not in ([], [first]))
            (second,) = kept_by(keeper)
        finally:
            keeper.terminate()
    assert not second.is_running()


def kept_by(keeper: subprocess.Popen) -> list[psutil.Process]:
    """Return what a process keeps running."""
    return [
        child
        for child in psutil.Process(keeper.pid).children()
        if child.status() != psutil.STATUS_ZOMBIE
    ]
