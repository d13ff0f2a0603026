"""The notebooks for learners and for teachers: what of the course each of them gets."""

import re

import nbformat
from nbconvert.preprocessors import TagRemovePreprocessor
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

from nnlib.classroom.editions.tags import tag_of, tagged
from nnlib.classroom.learners_copy import without_outputs

FOLDED = re.compile(r"<details>\s*<summary>(.*?)</summary>(.*)</details>", re.DOTALL)
NOTEBOOK_LINK = re.compile(r"\[([^\]]+)\]\(\d\d_\w+\.ipynb[^)]*\)")
IMAGES = "../images/"  # as seen from the course's notebooks; an edition has its own beside it


def learner_edition(notebook: NotebookNode) -> NotebookNode:
    """Return the notebook without solutions and teacher's notes, and not yet run."""
    return without_outputs(without(notebook, "solution", "teachers-note"))


def teacher_edition(notebook: NotebookNode) -> NotebookNode:
    """Return the whole notebook, as the course has it."""
    return _own_images(notebook)


def solutions(notebook: NotebookNode) -> NotebookNode:
    """Return what the learner edition lacks: each exercise with its solution, and the notes."""
    title = heading_of(notebook.cells[0])
    cells = [new_markdown_cell(f"# {title}: solutions, and notes for the teacher", id="title")]
    for cell in notebook.cells:
        if tag_of(cell) in ("exercise", "solution", "teachers-note"):
            cells.append(new_markdown_cell(opened(cell), id=cell.id, metadata=cell.metadata))
    found = nbformat.from_dict({**notebook, "cells": cells})
    return _own_images(found)


def without(notebook: NotebookNode, *tags: str) -> NotebookNode:
    """Return the notebook without the cells that have one of these tags."""
    remove = TagRemovePreprocessor(enabled=True, remove_cell_tags=set(tags))
    found, _ = remove.preprocess(_own_images(notebook), {})
    return found


def heading_of(cell: NotebookNode) -> str:
    """Return the text of the heading that a cell begins with."""
    return cell.source.partition("\n")[0].lstrip("# ")


def without_links(text: str) -> str:
    """Return a text whose links to other notebooks lead nowhere, as on a page of its own."""
    return NOTEBOOK_LINK.sub(r"\1", text)


def opened(cell: NotebookNode) -> str:
    """Return a cell's text with what was folded in plain sight, its summary as a bold line."""
    return FOLDED.sub(lambda found: f"**{found[1]}**\n\n{found[2].strip()}", cell.source)


def texts_of_solutions(notebook: NotebookNode) -> list[str]:
    """Return the text of each solution, without its fold."""
    return [FOLDED.sub(r"\2", cell.source).strip() for cell in tagged(notebook, "solution")]


def _own_images(notebook: NotebookNode) -> NotebookNode:
    """Return a copy that finds its images beside it."""
    found = nbformat.from_dict(notebook)
    for cell in found.cells:
        if cell.cell_type == "markdown":
            cell.source = cell.source.replace(f"]({IMAGES}", "](images/")
    return found
