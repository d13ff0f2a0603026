"""The learner's copy of the notebooks: without outputs, so that no answer stands below a question.

The course's own notebooks keep their outputs: GitHub shows them and nbval compares them. A learner
works in ``my_notebooks/``, which Git ignores. A notebook that a learner has changed is never
overwritten: when the course has a newer one, it is laid beside it and says so. One that is missing
is laid afresh, so to get the original back is to rename or to delete one's own.
"""

import hashlib
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path
from typing import Literal

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

from nnlib.classroom.course_folder import COPY, COURSE, course_folder

RECORDS = ".laid.json"  # what was laid, to tell what a learner has changed since

Outcome = Literal["laid", "renewed", "kept", "laid beside"]


@dataclass(frozen=True)
class Record:
    """What was laid under a file's name: its own fingerprint, and that of the course's notebook."""

    laid: str
    course: str


def lay_copy(course: Path | None = None, home: Path | None = None) -> dict[str, Outcome]:
    """Make the learner's copy of the course, or bring it up to date.

    Parameters
    ----------
    course : Path, optional
        The course's folder; the one that `course_folder` finds if left out.
    home : Path, optional
        The folder that the copy lies in; the course's own if left out.

    Returns
    -------
    dict
        For each file of the copy that was looked at what became of it: ``"laid"`` where none was,
        ``"renewed"`` from a newer one of the course, ``"kept"`` as it is, or ``"laid beside"``
        because the learner has changed the one of that chapter.
    """
    course = course_folder() if course is None else course
    copy = _Copy((home or course) / COPY)
    for path in sorted((course / COURSE).glob("*.ipynb")):
        copy.bring_up_to_date(path.stem, without_outputs(nbformat.read(path, as_version=4)))
    return copy.outcomes


def without_outputs(notebook: NotebookNode) -> NotebookNode:
    """Return the notebook as nobody has run it yet."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return notebook


def fingerprint(notebook: NotebookNode) -> str:
    """Return what tells apart two notebooks that differ in anything a learner sees or does."""
    seen = ("cell_type", "source", "attachments", "outputs")
    cells = [{part: cell.get(part) for part in seen} for cell in notebook.cells]
    return hashlib.sha256(json.dumps(cells, sort_keys=True).encode()).hexdigest()


class _Copy:
    """The folder with the learner's copy, and the records of what was laid there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.records = _read_records(folder / RECORDS)
        self.outcomes: dict[str, Outcome] = {}
        folder.mkdir(exist_ok=True)

    def bring_up_to_date(self, stem: str, notebook: NotebookNode) -> None:
        """Lay ``notebook`` where no work of the learner's is lost, if it is not there already."""
        newest = fingerprint(notebook)
        for name in _names(stem):
            beside = name != f"{stem}.ipynb"
            to_lay = _announced(notebook, stem) if beside else notebook
            record = self.records.get(name)
            if not (self.folder / name).exists():
                if beside and record is not None and record.course == newest:
                    return  # the learner has taken it away
                return self._lay(name, to_lay, newest, "laid beside" if beside else "laid")
            found = _fingerprint_of(self.folder / name)
            if record is None and found == newest:  # the records are lost, but this is untouched
                self._remember(name, Record(newest, newest))
            elif record is not None and record.course != newest and record.laid == found:
                return self._lay(name, to_lay, newest, "renewed")
            self.outcomes[name] = "kept"
            if newest in (found, record and record.course):
                return
        raise AssertionError("there is always one more name")

    def _lay(self, name: str, notebook: NotebookNode, course: str, outcome: Outcome) -> None:
        _write_whole(self.folder / name, nbformat.writes(notebook) + "\n")
        self._remember(name, Record(fingerprint(notebook), course))
        self.outcomes[name] = outcome

    def _remember(self, name: str, record: Record) -> None:
        self.records[name] = record
        records = {name: asdict(record) for name, record in sorted(self.records.items())}
        _write_whole(self.folder / RECORDS, json.dumps(records, indent=1) + "\n")


def _names(stem: str) -> Iterator[str]:
    """Yield the names that a chapter's notebook may get, the best first."""
    yield f"{stem}.ipynb"
    yield f"{stem} (newer version).ipynb"
    for number in count(2):
        yield f"{stem} (newer version {number}).ipynb"


def _announced(notebook: NotebookNode, stem: str) -> NotebookNode:
    """Return the notebook with words above it that say why it lies there."""
    words = (
        "> **A newer version of this notebook.** You have changed yours, so it stayed as it is: "
        f"[{stem}.ipynb]({stem}.ipynb). To go on in this one, rename or delete yours and start "
        "the course again."
    )
    announced = nbformat.from_dict(notebook)
    announced.cells = [new_markdown_cell(words, id="newer-version"), *notebook.cells]
    return announced


def _fingerprint_of(path: Path) -> str | None:
    """Return a file's fingerprint, or None if it is no notebook that can be read."""
    try:
        return fingerprint(nbformat.read(path, as_version=4))
    except Exception:  # whatever is wrong with it, it is the learner's
        return None


def _read_records(path: Path) -> dict[str, Record]:
    """Return the records; without readable ones every file counts as changed, so none is lost."""
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        return {name: Record(**record) for name, record in stored.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _write_whole(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_text(text, encoding="utf-8", newline="\n")
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def told(outcomes: dict[str, Outcome]) -> list[str]:
    """Return what a learner should know of it, a sentence for each kind."""
    said = {
        "laid": f"New in {COPY}, for you to work in: {{}}.",
        "renewed": f"Renewed in {COPY}, where you had changed nothing: {{}}.",
        "laid beside": f"New in {COPY}, beside yours, which you have changed and keep: {{}}.",
    }
    names = {kind: [name for name, how in outcomes.items() if how == kind] for kind in said}
    return [said[kind].format(", ".join(names[kind])) for kind in said if names[kind]]


def main() -> None:
    """Make the copy or bring it up to date, and say what was done."""
    try:
        outcomes = lay_copy()
    except FileNotFoundError as error:
        sys.exit(str(error))
    print("\n".join(told(outcomes)) or f"{COPY} is up to date.")


if __name__ == "__main__":
    main()
