"""A chapter on the projector: all that its teacher's note names, and nothing that gives answers."""

import ast
import builtins
import re

import nbformat
import pytest
from chapter_text import CHAPTERS, NOTEBOOKS
from notebook_names import names_given, syntax_tree

from nnlib.classroom.editions.tags import tag_of, tagged
from nnlib.classroom.editions.walkthrough import steps_of, walkthrough_edition


@pytest.fixture(scope="module", params=CHAPTERS)
def chapter(request):
    return nbformat.read(NOTEBOOKS / f"{request.param}.ipynb", as_version=4)


@pytest.fixture(scope="module")
def walkthrough(chapter):
    return walkthrough_edition(chapter)


def core(chapter):
    """The chapter's cells before what may be left out."""
    cells = chapter.cells
    return cells[: next(k for k, cell in enumerate(cells) if cell.source.startswith("## Going"))]


def test_each_row_of_the_note_is_a_step_with_its_question(chapter, walkthrough):
    (note,) = tagged(chapter, "teachers-note")
    rows = re.findall(r"^\| (?:[ABC] )?\d+–\d+ \|", note.source, re.MULTILINE)
    steps = steps_of(chapter)
    assert len(steps) == len(rows) > 6
    assert all(step.parts for step in steps)
    cells = {cell.id: cell.source for cell in walkthrough.cells}
    for number, step in enumerate(steps, 1):
        assert cells[f"step-{number}"].startswith(f"## {step.minutes} · ")
        assert all(f"### “{question}”" in cells[f"step-{number}"] for question in step.questions)
    asked = sum(bool(step.questions) for step in steps)
    exercises = sum("Exercise" in step.what.split(";")[0][:9] for step in steps)
    assert asked >= len(steps) - exercises - 1  # a step whose questions are its predictions


def test_every_prediction_and_explorer_of_the_core_is_there_in_its_order(chapter, walkthrough):
    for tag in ("prediction", "explorer"):
        there = [c.id for c in tagged(walkthrough, tag) if not c.id.startswith("step-")]
        named = {part for step in steps_of(chapter) for part in step.parts}
        left_out = {"predict-cross-entropy"} if "Section 7" not in named else set()
        assert there == [c.id for c in core(chapter) if tag_of(c) == tag and c.id not in left_out]


def test_what_the_class_should_not_see_is_folded_or_left_out(chapter, walkthrough):
    open_text = "\n".join(
        cell.source
        for cell in walkthrough.cells
        if cell.cell_type == "markdown" and "<details>" not in cell.source
    )
    for step in steps_of(chapter):
        assert step.notes not in open_text
    assert "Expect" not in open_text
    assert not [*tagged(walkthrough, "solution"), *tagged(walkthrough, "teachers-note")]
    assert not any(cell.get("outputs") for cell in walkthrough.cells)


def test_no_cell_needs_one_that_was_left_out(walkthrough):
    known = {*dir(builtins)}
    for cell in walkthrough.cells:
        nodes = [*ast.walk(syntax_tree(cell))]
        known |= names_given(cell) | {node.arg for node in nodes if isinstance(node, ast.arg)}
        known |= {
            (name.asname or name.name).partition(".")[0]
            for node in nodes
            if isinstance(node, ast.Import | ast.ImportFrom)
            for name in node.names
        }
        stored = {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
        used = {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
        assert used - known - stored == set(), cell.id


def test_it_is_a_notebook_that_can_be_opened(walkthrough):
    nbformat.validate(walkthrough)
    assert len({cell.id for cell in walkthrough.cells}) == len(walkthrough.cells)
