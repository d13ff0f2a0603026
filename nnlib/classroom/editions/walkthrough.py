"""A chapter on the projector, in the order and with the questions of its teacher's note.

What is asked stands large, then come the predictions, explorers and code of the sections that the
note names for this time, live as in the chapter. Prose is left to the learners' own pages. What the
note expects them to answer is folded: it is for the teacher.

Explorers stand as the note says. A setting in what is to be done, ``NeuronExplorer(w1=0)``, is how
the section's explorer opens; one in the notes comes in a cell of its own, once all has been
predicted.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from nnlib.classroom.editions.notebooks import heading_of, without
from nnlib.classroom.editions.settings import CODE, Call, NoteError, calls_in, settings_in
from nnlib.classroom.editions.tags import tag_of, tagged
from nnlib.classroom.learners_copy import without_outputs

ROW = re.compile(r"^\| (.*?\d) \| (.*) \| (.*) \|$", re.MULTILINE)
A_ROW = re.compile(r"^\|(?! minutes \|| ?-)", re.MULTILINE)
NAMED = re.compile(r"\b(Section|Exercise)s? (\d+)(?:(?: and | to )(\d+))?")
HEADING = re.compile(r"#{2,3} (?:(Exercise) )?(\d+)[.:] (.*)")
QUOTED = re.compile(r'"([^"]*)"')
LIVE = ("prediction", "explorer", "reveal", "exercise")
HOW = (
    "Shift + Enter goes on. Ctrl + B hides the list of files, Ctrl and + make all larger. "
    "What is folded under “For the teacher” says what to expect: open it before class. "
    "An explorer that you have moved before class stands as you left it: Reset sets it anew."
)


@dataclass(frozen=True)
class Step:
    """A row of a teacher's note."""

    minutes: str
    what: str
    notes: str

    @property
    def parts(self) -> list[str]:
        """The sections and exercises that it is about, such as ``["Section 2", "Section 3"]``."""
        named = [(kind, int(a), int(b or a)) for kind, a, b in NAMED.findall(self.what)]
        return [f"{kind} {k}" for kind, first, last in named for k in range(first, last + 1)]

    @property
    def questions(self) -> list[str]:
        """What to ask the class."""
        words = CODE.sub("", self.notes)
        return [text for text in QUOTED.findall(words) if text.endswith("?")]


def steps_of(notebook: NotebookNode) -> list[Step]:
    """Return the rows of the chapter's note for the teacher.

    Raises
    ------
    NoteError
        If a row is not in three columns, of which the first ends with minutes.
    """
    (note,) = tagged(notebook, "teachers-note")
    rows = ROW.findall(note.source)
    if len(rows) != len(A_ROW.findall(note.source)):
        raise NoteError(
            f"A row in the teacher's note of “{heading_of(notebook.cells[0])}” cannot be read. "
            "Each has three columns: the minutes, such as 6–13, what is done, and the notes."
        )
    return [Step(*row) for row in rows]


def walkthrough_edition(notebook: NotebookNode) -> NotebookNode:
    """Return the chapter as a teacher walks a class through it; nothing of it has run."""
    titles, parts = _parts(without(notebook, "solution", "teachers-note"))
    title = f"# {heading_of(notebook.cells[0])}, on the projector\n\n{HOW}"
    cells = [new_markdown_cell(title, id="title"), *parts[""]]
    stands = _AsTheNoteSays()
    for number, step in enumerate(steps_of(notebook), 1):
        about = [titles[part] for part in step.parts if part in titles]
        cells += _opening(
            step, " · ".join([step.minutes, *(about or ["Exercises"])]), f"step-{number}"
        )
        live = [cell for part in step.parts for cell in parts[part]]
        try:
            cells += stands.set(step, live, f"step-{number}")
        except NoteError as failure:
            raise NoteError(
                f"The teacher's note of “{heading_of(notebook.cells[0])}”, minutes {step.minutes}: "
                f"{failure} It stands in the table at the end of the chapter's notebook."
            ) from failure
    return without_outputs(nbformat.from_dict({**notebook, "cells": cells}))


class _AsTheNoteSays:
    """Brings the explorers of one step after another to where the note wants them."""

    def __init__(self) -> None:
        self.last: dict[str, Call] = {}  # how each kind stood last

    def set(self, step: Step, cells: list[NotebookNode], name: str) -> list[NotebookNode]:
        """Return a step's cells with its explorers as the note says, and those it has besides.

        These come when all predictions of the step have been made.
        """
        opens = settings_in(step.what)
        found = [self._opened(cell, opens) for cell in cells]
        besides = [
            self._besides(setting, f"{name}-explorer-{number}")
            for number, setting in enumerate([*opens, *settings_in(step.notes)], 1)
        ]
        shown = [k for k, cell in enumerate(found) if tag_of(cell) in ("prediction", "explorer")]
        place = max(shown, default=len(found) - 1) + 1
        return [*found[:place], *besides, *found[place:]]

    def _opened(self, cell: NotebookNode, opens: list[Call]) -> NotebookNode:
        """Return a cell whose explorer opens as the note says; its setting is used up."""
        if tag_of(cell) != "explorer":
            return cell
        source = cell.source
        for code, call in calls_in(source):
            stands = call
            if setting := next((each for each in opens if each.kind == call.kind), None):
                opens.remove(setting)
                stands = call.then(setting)
                source = source.replace(code, stands.code, 1)
            self.last[call.kind] = stands
        return nbformat.from_dict({**cell, "source": source})

    def _besides(self, setting: Call, name: str) -> NotebookNode:
        """Return a cell of its own for a setting."""
        before = self.last.get(setting.kind)
        self.last[setting.kind] = call = before.then(setting) if before else setting
        known = "" if before else f"from nnlib.explorers import {call.kind}\n\n"
        return new_code_cell(known + call.code, id=name, metadata={"tags": ["explorer"]})


def _parts(notebook: NotebookNode) -> tuple[dict[str, str], dict[str, list[NotebookNode]]]:
    """Return the sections' titles, and what is live in each section and exercise.

    Under no name stands what goes before them.
    """
    titles: dict[str, str] = {}
    parts: dict[str, list[NotebookNode]] = {"": []}
    now = ""
    for cell in notebook.cells:
        if found := HEADING.match(cell.source):
            now = f"{found[1] or 'Section'} {found[2]}"
            parts[now] = []
            if not found[1]:
                titles[now] = found[3]
        elif re.match("##? ", cell.source):
            now = "" if cell is notebook.cells[0] else "of no part"
            parts.setdefault(now, [])
        if cell.cell_type == "code" or tag_of(cell) in LIVE:
            parts[now].append(cell)
    return titles, parts


def _opening(step: Step, heading: str, name: str) -> Iterator[NotebookNode]:
    """Yield when and about what a step is, what is asked, and what is for the teacher alone."""
    asked = "\n\n".join(f"### “{question}”" for question in step.questions)
    yield new_markdown_cell(f"## {heading}\n\n{asked}".strip(), id=name)
    folded = f"{step.what}\n\n{step.notes}"
    yield new_markdown_cell(
        f"<details>\n<summary>For the teacher</summary>\n\n{folded}\n\n</details>",
        id=f"{name}-teacher",
    )
