"""The file that remembers what a learner has committed to, solved and set, each under its name.

It is one small SQLite file, for four reasons. A transaction is written whole or not at all. Several
kernels may write at once and lose nothing. Damage is noticed. And it comes with Python. Every act
opens the file anew, so any thread may ask, and a file that was deleted meanwhile is no harm.

Nothing here fails. A damaged file is set aside; where the file cannot be written, what is told
stays in this process. Either is said once, by `take_complaint`.
"""

import json
import os
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

LONGEST = 600_000  # characters of one value; what is longer is not remembered
MOST = 4_000_000  # characters of one kind; what was remembered first goes first
WAIT_SECONDS = 5.0  # for another process that is writing

_TABLE = """
CREATE TABLE IF NOT EXISTS remembered
(kind TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, UNIQUE (kind, name))
"""
_DROP_THE_OLDEST = """
DELETE FROM remembered WHERE rowid IN (SELECT rowid FROM (
    SELECT rowid, SUM(LENGTH(value)) OVER (ORDER BY rowid DESC) AS so_far
    FROM remembered WHERE kind = ?
) WHERE so_far > ?)
"""

_Found = TypeVar("_Found")
_Act = Callable[[sqlite3.Connection], _Found]


class Memory:
    """What is remembered in one file.

    Parameters
    ----------
    file : path
        It and its folder are made when there is first something to remember.
    """

    def __init__(self, file: str | os.PathLike[str]) -> None:
        self.file = Path(file).absolute()
        self._lock = threading.RLock()
        self._complaint = ""
        self._checked = False  # has the whole file been looked through?
        self._here: sqlite3.Connection | None = None  # in place of a file that cannot be used
        self._writer: ThreadPoolExecutor | None = None
        self._writing: Future[None] | None = None

    def recall(self, kind: str, name: str) -> Any:
        """Return what is remembered under this name, or None."""
        return self.everything(kind).get(name)

    def everything(self, kind: str) -> dict[str, Any]:
        """Return all that is remembered of one kind, under its names."""
        rows = self._act(
            lambda db: db.execute(
                "SELECT name, value FROM remembered WHERE kind = ?", (kind,)
            ).fetchall(),
            reading=True,
        )
        return {name: value for name, text in rows if (value := _read(text)) is not None}

    def remember(self, kind: str, name: str, value: Any) -> bool:
        """Remember a value, ready for JSON, in place of what was remembered under this name.

        A value that is too long is not remembered, and neither is the one before it. Return
        whether it was.
        """
        text = json.dumps(value)
        if len(text) > LONGEST:
            self.forget(kind, name)
            return False

        def write(db: sqlite3.Connection) -> None:
            # A replaced row is a new one, so that the rows stand in the order of their last change.
            db.execute("REPLACE INTO remembered VALUES (?, ?, ?)", (kind, name, text))
            db.execute(_DROP_THE_OLDEST, (kind, MOST))

        self._act(write)
        return True

    def forget(self, kind: str, name: str) -> None:
        """Forget what is remembered under this name."""
        if self.recall(kind, name) is not None:
            forgotten = "DELETE FROM remembered WHERE kind = ? AND name = ?"
            self._act(lambda db: db.execute(forgotten, (kind, name)))

    def soon(self, work: Callable[[], None]) -> None:
        """Do ``work``, such as a `remember`, on a thread of its own: a disk may be slow.

        Whatever is asked of the memory afterwards waits for it.
        """
        if self._writer is None:
            self._writer = ThreadPoolExecutor(1, thread_name_prefix="nnlib-memory")
        self._writing = self._writer.submit(work)

    def finish(self) -> None:
        """Wait until all that was to be done soon is done."""
        writing = self._writing
        if writing is not None and not _is_writer():
            writing.result()

    def take_complaint(self) -> str:
        """Return what has gone wrong with the file, for the learner; each trouble is told once."""
        complaint, self._complaint = self._complaint, ""
        return complaint

    # One act on the file --------------------------------------------------------------------

    def _act(self, act: _Act[_Found], reading: bool = False) -> _Found:
        """Do ``act`` whole or not at all: on the file, or where that cannot be, in this process."""
        self.finish()
        with self._lock:
            for _attempt in ("as it is", "after a damaged file was set aside"):
                if self._here is not None:
                    break
                try:
                    return self._on_file(act, reading)
                except (OSError, sqlite3.OperationalError):  # no room, no right, locked for long
                    self._stay_here()
                except sqlite3.DatabaseError:
                    self._set_aside()
            if self._here is None:
                self._stay_here()
            assert self._here is not None
            with self._here:
                return act(self._here)

    def _on_file(self, act: _Act[_Found], reading: bool) -> _Found:
        if reading and not self.file.exists():
            return _on(":memory:", act)  # what is empty need not be made
        if not reading:
            self.file.parent.mkdir(parents=True, exist_ok=True)
        if not self._checked:
            _on(self.file, _look_through)
            self._checked = True
        return _on(self.file, act)

    def _stay_here(self) -> None:
        """Go on without the file, with as much of it as can be read."""
        self._here = sqlite3.connect(":memory:", check_same_thread=False)
        self._here.execute(_TABLE)
        try:
            with closing(sqlite3.connect(f"{self.file.as_uri()}?mode=ro", uri=True)) as file:
                rows = file.execute("SELECT kind, name, value FROM remembered").fetchall()
            with self._here:
                self._here.executemany("INSERT INTO remembered VALUES (?, ?, ?)", rows)
        except (OSError, ValueError, sqlite3.Error):
            pass
        self._complaint = (
            f"What you do here cannot be written to {self.file}. "
            "It is remembered only until the kernel stops."
        )

    def _set_aside(self) -> None:
        """Take the damaged file out of the way, and tell where it is now."""
        self._checked = False
        try:
            with closing(sqlite3.connect(self.file.with_name(f"{self.file.stem}-lock"))) as lock:
                lock.execute("BEGIN EXCLUSIVE")  # until it is closed, or its process ends
                if not _is_damaged(self.file):
                    return  # another process has been here, and the file is a new one
                number = 1
                while (aside := self.file.with_name(f"{self.file.stem}-damaged-{number}")).exists():
                    number += 1
                self.file.replace(aside)
        except (OSError, sqlite3.Error):
            self._stay_here()
            return
        self._complaint = (
            "The file that remembers what you did was damaged. It now stands beside the new one: "
            f"{aside}."
        )


def _on(place: str | Path, act: _Act[_Found]) -> _Found:
    """Open a file, do ``act`` in one transaction, and close the file."""
    with closing(sqlite3.connect(place, timeout=WAIT_SECONDS)) as db, db:
        db.execute(_TABLE)
        return act(db)


def _look_through(db: sqlite3.Connection) -> None:
    """Raise `sqlite3.DatabaseError` if anything in the file is damaged."""
    if db.execute("PRAGMA quick_check").fetchone() != ("ok",):
        raise sqlite3.DatabaseError("damaged")


def _is_damaged(file: Path) -> bool:
    try:
        _on(file, _look_through)
    except sqlite3.OperationalError:
        return False
    except sqlite3.DatabaseError:
        return True
    return False


def _read(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _is_writer() -> bool:
    return threading.current_thread().name.startswith("nnlib-memory")
