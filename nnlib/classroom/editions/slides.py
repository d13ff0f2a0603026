"""A chapter on the projector: each section a column of slides, each slide one thing at a time.

nbconvert and reveal.js make the slides; here is only said where each begins. A cell's own
``slideshow`` metadata go before that.
"""

import re
from base64 import b64decode, b64encode
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import nbformat
from nbconvert import SlidesExporter
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

from nnlib.classroom.editions.notebooks import heading_of, opened, without, without_links
from nnlib.classroom.editions.pages import Offline
from nnlib.classroom.editions.questions import asked_in, plane
from nnlib.classroom.editions.slide_heights import ROOM, blocks, height
from nnlib.classroom.editions.tags import tag_of
from nnlib.exercises.predictions.questions import Question
from nnlib.explorers.frames.still_picture import without_words

ALONE = ("prediction", "explorer", "reveal", "solution", "exercise")
LEFT_OUT = ("setup", "links")  # cells
SKIPPED = "Sources"
ELSEWHERE = '<p class="elsewhere">What is to be run, moved or drawn is live in the notebook.</p>'


def for_slides(notebook: NotebookNode) -> NotebookNode:
    """Return the notebook in pieces, each of which says whether a slide begins with it."""
    pieces = [piece for cell in without(notebook, "teachers-note").cells for piece in _pieces(cell)]
    return nbformat.from_dict({**notebook, "cells": list(_paged(pieces))})


def slides_page(notebook: NotebookNode, folder: Path) -> str:
    """Return a chapter's slides as one page of HTML; ``folder`` holds its images."""
    return Slides("slides").page(for_slides(notebook), folder)


class Slides(Offline, SlidesExporter):
    """What turns pieces into slides; reveal.js lies within."""

    def _init_resources(self, resources: dict[str, Any]) -> dict[str, Any]:
        spec = find_spec("sphinx_revealjs")
        assert spec is not None and spec.origin is not None
        dist = Path(spec.origin).parent / "_static" / "revealjs" / "dist"
        found = super()._init_resources(resources)
        found["reveal"]["js"] = (dist / "reveal.js").read_text(encoding="utf-8")
        found["reveal"]["css"] = (dist / "reveal.css").read_text(encoding="utf-8")
        return found


def _pieces(cell: NotebookNode) -> Iterator[NotebookNode]:
    """Yield what of a cell may stand on a slide: a paragraph, a list, a picture."""
    tag = tag_of(cell)
    if cell.id in LEFT_OUT:
        return
    if tag == "prediction":
        question = asked_in(cell)
        yield _piece(cell, _asked(question), "asked")
        yield _piece(cell, _told(question), "told")
    elif cell.cell_type == "markdown":
        yield from (_piece(cell, text, str(k)) for k, text in enumerate(blocks(opened(cell))))
        if cell.source.startswith("# "):
            yield _piece(cell, ELSEWHERE, "elsewhere")
    elif tag == "explorer":
        yield _pictured(cell)
    elif tag == "answer":
        yield nbformat.from_dict({**cell, "outputs": []})
    elif height(cell) > ROOM and cell.outputs:
        yield nbformat.from_dict({**cell, "outputs": []})
        yield _hidden(cell)
    else:
        yield cell


def _paged(pieces: list[NotebookNode]) -> Iterator[NotebookNode]:
    """Yield the pieces, each with what begins there, and atop a slide the section that it is in."""
    titles: dict[int, str] = {}  # by the level of their headings
    filled, before = 0.0, ""
    for place, piece in enumerate(pieces):
        if level := _level(piece):
            titles = {**{k: titles[k] for k in titles if k < level}, level: heading_of(piece)}
        if SKIPPED in titles.values():
            continue
        full = filled + sum(map(height, _held_together(pieces[place:]))) > ROOM
        kind = "subslide" if level or full or _parted(before, tag_of(piece)) else "-"
        kind = "slide" if level in (1, 2) else kind
        filled = height(piece) + (0 if kind != "-" else filled)
        if kind == "subslide":
            live = " · live in the notebook" if tag_of(piece) == "explorer" else ""
            running = f'<p class="running">{_lowest(titles, below=level or 9)}{live}</p>'
            yield _begun(new_markdown_cell(running, id=f"{piece.id}-running"), kind)
            kind, filled = "-", filled + 1
        yield _begun(piece, kind)
        before = tag_of(piece)


def _level(piece: NotebookNode) -> int:
    """Return the level of the heading that a piece begins with, or 0."""
    found = re.match("#+(?= )", piece.source) if piece.cell_type == "markdown" else None
    return len(found[0]) if found else 0


def _lowest(titles: dict[int, str], below: int) -> str:
    """Return the title of the lowest level above another one."""
    levels = [level for level in titles if level < below]
    return titles[max(levels)] if levels else ""


def _held_together(pieces: list[NotebookNode]) -> list[NotebookNode]:
    """Return the first of the pieces, and those that it leads over to with a colon."""
    last = 0
    while pieces[last].source.endswith(":") and last + 1 < len(pieces):
        last += 1
    return pieces[: last + 1]


def _parted(before: str, tag: str) -> bool:
    """Say whether a slide ends between two pieces, by what they are for."""
    if tag == before:
        return tag in ("prediction", "explorer")
    return tag in ALONE or before in ("prediction", "solution")


def _begun(piece: NotebookNode, kind: str) -> NotebookNode:
    """Return a piece that says what begins with it, unless its cell says something itself."""
    slideshow = {"slide_type": kind, **piece.metadata.get("slideshow", {})}
    return nbformat.from_dict({**piece, "metadata": {**piece.metadata, "slideshow": slideshow}})


def _piece(cell: NotebookNode, text: str, name: str) -> NotebookNode:
    """Return text in the place of a cell, or of a part of it."""
    return new_markdown_cell(without_links(text), id=f"{cell.id}-{name}", metadata=cell.metadata)


def _hidden(cell: NotebookNode) -> NotebookNode:
    """Return a cell of which only the output is seen."""
    metadata = {**cell.metadata, "transient": {"remove_source": True}}
    return nbformat.from_dict({**cell, "id": f"{cell.id}-shown", "metadata": metadata})


def _pictured(cell: NotebookNode) -> NotebookNode:
    """Return an explorer's picture alone, without the words that say that a cell is to be run."""
    shown = _hidden(cell)
    for output in shown.outputs:
        if "image/png" in output.get("data", {}):
            picture = without_words(b64decode(output.data["image/png"]))
            output.data["image/png"] = b64encode(picture).decode("ascii")
    return shown


def _asked(question: Question) -> str:
    """Return the question, with a letter for each option to vote by."""
    options = "\n".join(f"- {_lettered(question, option)}" for option in question.options)
    return "\n\n".join(filter(None, (question.text, options, plane(question))))


def _told(question: Question) -> str:
    """Return what is so, and why."""
    answer = question.display(question.answer)
    if question.options:
        answer = _lettered(question, answer)
    told = (f"**{answer}**", question.why, plane(question, answered=True))
    return "\n\n".join(filter(None, told))


def _lettered(question: Question, option: str) -> str:
    """Return an option with its letter before it."""
    return f"{'ABCDEFGH'[question.options.index(option)]} · {option}"
