"""The file that keeps what a class has voted, done and been shown, and how far each vote has come.

It is one SQLite file. Each change is one transaction, on the disk before it is acknowledged: what
was acknowledged outlives the end of the service, however it ends. Learners stand in it under a
pseudonym, a keyed hash whose key is in a file of its own. Both are deleted together.
"""

import hashlib
import hmac
import json
import secrets
import sqlite3
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nnlib.classroom.votes.phases import Standing
from nnlib.classroom.votes.private_files import key_in, own_folder
from nnlib.learner.vote_words import ALONE, TOGETHER

_TABLES = """
CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS question (name TEXT PRIMARY KEY, round INTEGER, phase TEXT);
CREATE TABLE IF NOT EXISTS vote (
    question TEXT, round INTEGER, learner TEXT, choice TEXT NOT NULL, at REAL NOT NULL,
    PRIMARY KEY (question, round, learner)
);
CREATE TABLE IF NOT EXISTS done (
    kind TEXT, name TEXT, learner TEXT, is_right INTEGER NOT NULL, PRIMARY KEY (kind, name, learner)
);
CREATE TABLE IF NOT EXISTS mistake (
    kind TEXT, name TEXT, learner TEXT, words TEXT, PRIMARY KEY (kind, name, learner, words)
);
"""


class VoteRefused(ValueError):
    """A vote that cannot be counted; the message tells the learner why."""


class BallotBox:
    """The votes of the present session, and what the class has done in it.

    Parameters
    ----------
    folder : Path
        Where its two files are; they are made if they are not there.
    """

    def __init__(self, folder: Path) -> None:
        own_folder(folder)
        self._file = folder / "votes.sqlite"
        self._key_file = folder / "pseudonyms.key"
        if not self._key_file.exists():  # without their key, votes belong to nobody any more
            self._remove_file()
        self._begin()

    def _begin(self) -> None:
        self._key = key_in(self._key_file)
        self._db = sqlite3.connect(self._file)
        self._file.chmod(0o600)
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.executescript(_TABLES)
        if self._setting("session", "") == "":
            self._set("session", secrets.token_hex(4))

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def delete_session(self) -> None:
        """Delete all that is kept, and the key to the pseudonyms; a new session begins."""
        self._db.close()
        self._key_file.unlink()  # first: from here on nobody can tell whose a vote was
        self._remove_file()
        self._begin()

    def _remove_file(self) -> None:
        for suffix in ("", "-journal"):
            self._file.with_name(self._file.name + suffix).unlink(missing_ok=True)

    def pseudonym(self, user: str) -> str:
        """Return under which name a user's votes are kept."""
        return hmac.new(self._key, user.encode(), hashlib.sha256).hexdigest()[:32]

    # The session --------------------------------------------------------------------------------

    @property
    def session(self) -> str:
        """What tells this session from all others."""
        return self._setting("session", "")

    @property
    def pace(self) -> str:
        """Whether the class goes `TOGETHER`, or each learner `ALONE`."""
        return self._setting("pace", TOGETHER)

    @pace.setter
    def pace(self, pace: str) -> None:
        self._set("pace", pace)

    @property
    def current(self) -> str | None:
        """The question that was put to the vote last."""
        return self._setting("current", "") or None

    def _setting(self, name: str, otherwise: str) -> str:
        row = self._db.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
        return row[0] if row else otherwise

    def _set(self, name: str, value: str) -> None:
        with self._db:
            self._db.execute("REPLACE INTO setting VALUES (?, ?)", (name, value))

    # What is shown ------------------------------------------------------------------------------

    @property
    def explorer(self) -> dict[str, Any] | None:
        """The explorer that was shown last, its kind and its state; None if none was."""
        return json.loads(self._setting("explorer", "null"))

    @property
    def presented(self) -> str | None:
        """The kind of that explorer, until a question is put to the vote."""
        return self._setting("presented", "") or None

    def show(self, kind: str, state: dict[str, Any]) -> None:
        """Show an explorer to the class, in place of the one that was shown before."""
        kept = json.dumps({"kind": kind, "state": state})
        with self._db:
            self._db.execute("REPLACE INTO setting VALUES ('explorer', ?)", (kept,))
            self._db.execute("REPLACE INTO setting VALUES ('presented', ?)", (kind,))

    # How far a vote has come ----------------------------------------------------------------------

    def standings(self) -> dict[str, Standing]:
        """Return how far the vote has come on each question that was put to it."""
        rows = self._db.execute("SELECT name, round, phase FROM question")
        return {name: Standing(round_, phase) for name, round_, phase in rows}

    def standing(self, question: str) -> Standing:
        """Return how far the vote on a question has come; at first every vote is open."""
        return self.standings().get(question, Standing())

    def put_to_the_vote(self, question: str) -> None:
        """Make this the class's question. How far its vote has come stays as it is."""
        with self._db:
            self._keep(question, self.standing(question))
            self._db.execute("REPLACE INTO setting VALUES ('current', ?)", (question,))
            self._db.execute("DELETE FROM setting WHERE name = 'presented'")

    def turn(self, question: str, phase: str) -> None:
        """Go on to a phase; `ValueError` if it cannot follow."""
        with self._db:
            self._keep(question, self.standing(question).turned(phase))

    def _keep(self, question: str, standing: Standing) -> None:
        row = (question, standing.round, standing.phase)
        self._db.execute("REPLACE INTO question VALUES (?, ?, ?)", row)

    # Votes ------------------------------------------------------------------------------------

    def vote(self, question: str, round_: int, learner: str, choice: str) -> None:
        """Count a vote, in place of the learner's earlier one in this round.

        Raises
        ------
        VoteRefused
            If the vote is closed, or has gone on to another round.
        """
        standing = self.standing(question)
        if self.pace == ALONE and question not in self.standings():
            raise VoteRefused("This question was not put to the vote.")
        if not standing.takes_votes or standing.round != round_:
            raise VoteRefused("Your answer came after the vote was closed: it is not counted.")
        with self._db:
            row = (question, round_, learner, choice, time.time())
            self._db.execute("REPLACE INTO vote VALUES (?, ?, ?, ?, ?)", row)

    def votes(self, question: str) -> dict[int, list[str]]:
        """Return the answers in each round, in no order that tells whose they are."""
        rows = self._db.execute(
            "SELECT round, choice FROM vote WHERE question = ? ORDER BY choice", (question,)
        )
        votes: dict[int, list[str]] = {1: [], 2: []}
        for round_, choice in rows:
            votes[round_].append(choice)
        return votes

    def votes_of(self, learner: str) -> dict[str, dict[int, str]]:
        """Return a learner's own answers: for each question, round by round."""
        rows = self._db.execute(
            "SELECT question, round, choice FROM vote WHERE learner = ?", (learner,)
        )
        own: dict[str, dict[int, str]] = defaultdict(dict)
        for question, round_, choice in rows:
            own[question][round_] = choice
        return dict(own)

    # Where the class is -----------------------------------------------------------------------

    def tell(self, kind: str, name: str, learner: str, is_right: bool, mistake: str = "") -> None:
        """Keep that a learner has been at a prediction or an exercise.

        Of a prediction the first answer counts; an exercise that is solved stays so. A mistake is
        counted once for each learner.
        """
        solved = "" if kind == "prediction" else "SET is_right = MAX(is_right, excluded.is_right)"
        with self._db:
            self._db.execute(
                f"INSERT INTO done VALUES (?, ?, ?, ?) ON CONFLICT DO "
                f"{'UPDATE ' + solved if solved else 'NOTHING'}",
                (kind, name, learner, is_right),
            )
            if mistake:
                row = (kind, name, learner, mistake)
                self._db.execute("INSERT OR IGNORE INTO mistake VALUES (?, ?, ?, ?)", row)

    def forget(self, learner: str) -> None:
        """Forget what a learner has done, but not what they have voted."""
        with self._db:
            for table in ("done", "mistake"):
                self._db.execute(f"DELETE FROM {table} WHERE learner = ?", (learner,))

    def done(self) -> Iterator[tuple[str, str, int, int]]:
        """Yield kind and name, how many have been there, and how many of them are right."""
        yield from self._db.execute(
            "SELECT kind, name, COUNT(*), SUM(is_right) FROM done GROUP BY kind, name"
        )

    def mistakes(self) -> Iterator[tuple[str, str, str, int]]:
        """Yield kind and name, a mistake in words, and how many made it; the commonest first."""
        yield from self._db.execute(
            "SELECT kind, name, words, COUNT(*) FROM mistake GROUP BY kind, name, words "
            "ORDER BY COUNT(*) DESC, words"
        )
