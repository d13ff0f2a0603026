"""A chapter on paper: questions with room to answer, and at the end what is so.

What is folded on the screen, and what opens when a prediction is committed to, comes last: there
it can be left out, or handed out later.
"""

from base64 import b64decode, b64encode
from collections.abc import Iterator
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell
from playwright.sync_api import Browser

from nnlib.classroom.editions.notebooks import FOLDED, heading_of, without, without_links
from nnlib.classroom.editions.pages import Offline
from nnlib.classroom.editions.questions import asked_in, plane
from nnlib.classroom.editions.tags import tag_of
from nnlib.exercises.predictions.questions import Question
from nnlib.explorers.frames.still_picture import without_words

ANSWERS = "## Answers\n\nWhat the predictions turned out to be, and what was to be seen."
FOOTER = (
    '<div style="width:100%;font:8pt sans-serif;color:#5b6470;padding:0 18mm;display:flex;'
    'justify-content:space-between"><span class="title"></span><span class="pageNumber"></span>'
    "</div>"
)


def for_paper(notebook: NotebookNode) -> NotebookNode:
    """Return the notebook in the order of a printed chapter: the answers come last."""
    return _Sheets(without(notebook, "teachers-note")).notebook


def paper_page(notebook: NotebookNode, folder: Path) -> str:
    """Return a printed chapter as one page of HTML; ``folder`` holds its images."""
    return Offline("paper").page(for_paper(notebook), folder)


def print_page(html: str, path: Path, browser: Browser) -> None:
    """Print a page of HTML into a PDF file."""
    page = browser.new_page()
    page.set_content(html)
    page.pdf(
        path=path,
        format="A4",
        margin={"top": "16mm", "bottom": "18mm", "left": "18mm", "right": "18mm"},
        print_background=True,
        display_header_footer=True,
        header_template="<span></span>",
        footer_template=FOOTER,
        tagged=True,
        outline=True,
    )
    page.close()


class _Sheets:
    """What stands in the chapter itself, and what comes at its end."""

    def __init__(self, notebook: NotebookNode) -> None:
        self.predictions = self.notes = 0
        self.heading = ""
        self.answers: list[str] = []
        self.solutions: list[str] = []
        cells = [cell for each in notebook.cells for cell in self.laid(each)]
        back = "\n\n".join([ANSWERS, *self.answers, "## Solutions", *self.solutions])
        cells.append(new_markdown_cell(back, id="answers", metadata={"tags": ["answers"]}))
        self.notebook = nbformat.from_dict({**notebook, "cells": cells})

    def laid(self, cell: NotebookNode) -> Iterator[NotebookNode]:
        """Yield what stands in the chapter for a cell, and keep what comes at the end."""
        tag = tag_of(cell)
        if tag == "prediction":
            yield _prose(cell, self.asked(asked_in(cell)))
        elif tag == "reveal":
            yield _prose(cell, self.referred(cell))
        elif tag == "solution":
            (found,) = FOLDED.finditer(cell.source)
            self.solutions.append(f"### {self.heading}\n\n{found[2].strip()}")
        else:
            if tag == "exercise":
                self.heading = heading_of(cell)
            yield _plain(cell)

    def asked(self, question: Question) -> str:
        """Return a prediction with room to answer it."""
        self.predictions += 1
        name = f"Prediction {self.predictions}"
        so = f"**{_sentence(question.display(question.answer))}** {question.why}"
        told = [f"### {name}", so, plane(question, answered=True)]
        self.answers.append("\n\n".join(filter(None, told)))
        options = "\n".join(f"- {option}" for option in question.options)
        room = options or plane(question) or 'My number: <span class="room"></span>'
        return f"**{name}.** {question.text}\n\n{room}"

    def referred(self, cell: NotebookNode) -> str:
        """Return where to find what is folded on the screen."""
        self.notes += 1
        (found,) = FOLDED.finditer(cell.source)
        self.answers.append(f"### Note {self.notes}: {found[1]}\n\n{found[2].strip()}")
        return f"{found[1]}: note {self.notes}, at the end."


def _sentence(text: str) -> str:
    """Return the text with a full stop, if nothing else ends it."""
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _prose(cell: NotebookNode, text: str) -> NotebookNode:
    """Return a cell of text in the place of another."""
    return new_markdown_cell(text, id=cell.id, metadata=cell.metadata)


def _plain(cell: NotebookNode) -> NotebookNode:
    """Return a cell without what paper has no use for: a check of nothing, links, "run this"."""
    if tag_of(cell) == "answer":
        cell.outputs = []
    elif tag_of(cell) == "explorer":
        for output in cell.outputs:
            if "image/png" in output.get("data", {}):
                picture = without_words(b64decode(output.data["image/png"]))
                output.data["image/png"] = b64encode(picture).decode("ascii")
    if cell.cell_type == "markdown":
        cell.source = without_links(cell.source)
    return cell
