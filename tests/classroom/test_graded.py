"""The nbgrader edition: its cells, and the marks that nbgrader gives for right, half and wrong.

The marks are looked at where nbgrader is installed: `make test-nbgrader`.
"""

import csv
import os
import re
import subprocess
import sys
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

import nbformat
import pytest
from chapter_text import CHAPTERS, NOTEBOOKS
from notebook_names import names_given

from nnlib.classroom.editions.__main__ import write_nbgrader
from nnlib.classroom.editions.graded import graded_edition, parted
from nnlib.classroom.editions.tags import tag_of, tagged

CHAPTER = "01_neurons"
FENCED = re.compile(r"```python\n(.*?)```", re.DOTALL)


@pytest.fixture(scope="module", params=CHAPTERS)
def notebook(request):
    return read(request.param)


def read(chapter):
    return nbformat.read(NOTEBOOKS / f"{chapter}.ipynb", as_version=4)


def graded_cells(notebook):
    return [cell for cell in notebook.cells if "nbgrader" in cell.metadata]


def test_each_exercise_has_an_answer_cell_and_a_locked_one_that_marks_it(notebook):
    cells = graded_cells(graded_edition(notebook))
    assert len(cells) == 2 * len(list(tagged(notebook, "answer")))
    ids = [cell.metadata.nbgrader.grade_id for cell in cells]
    assert len(set(ids)) == len(ids)
    for answer, test in zip(cells[::2], cells[1::2], strict=True):
        assert "..." in answer.source and "check_" not in answer.source
        assert not answer.metadata.nbgrader.locked and answer.metadata.nbgrader.solution
        assert test.metadata.nbgrader.locked and test.metadata.nbgrader.points == 1
        assert re.fullmatch(
            r"from nnlib.exercises import (check_\w+)\n\n(result_\w+) = \1\(.+\)\n"
            r"assert \2, \2\.message",
            test.source,
        )


def test_no_answer_has_the_name_of_anything_else(notebook):
    found = graded_edition(notebook)
    given = Counter(name for cell in found.cells for name in names_given(cell))
    tests = [cell for cell in graded_cells(found) if cell.metadata.nbgrader.grade]
    marked = [re.search(r"= check_\w+\((?:\*\*)?(\w+)\)", cell.source)[1] for cell in tests]
    assert {name: given[name] for name in marked if given[name] != 1} == {}


def test_an_answer_that_was_not_attempted_gets_no_mark():
    answer, test = parted("def double(x):\n    return ...\n\n\ncheck_double(double)")
    with pytest.raises(AssertionError, match=r"Replace each \.\.\."):
        exec(f"{answer}\n{test}", {})
    exec(f"{answer.replace('...', '2 * x')}\n{test}", {})


def handed_in(released, solved):
    """Return a released notebook with these solutions in its answer cells, below what they hold."""
    answers = iter(solved)
    for cell in graded_cells(released):
        if cell.metadata.nbgrader.solution:
            cell.source += f"\n\n{next(answers) or ''}"
    return released


def solutions_of(notebook):
    """Return the code of each solution, as it stands in an answer cell."""
    codes = [FENCED.search(cell.source)[1] for cell in notebook.cells if tag_of(cell) == "solution"]
    return [parted(code)[0] if code.startswith("check_") else code for code in codes]


def spoilt(code):
    """Return an answer that is wrong."""
    return code.replace("return ", "return 1 + ").replace("bias=", "bias=50")


@pytest.mark.slow
@pytest.mark.skipif(not find_spec("nbgrader"), reason="nbgrader is not here: make test-nbgrader")
def test_the_marks_are_all_half_and_none(checkout, tmp_path):
    solved = solutions_of(read(CHAPTER))
    half = [code if k % 2 else None for k, code in enumerate(solved)]
    submissions = {"right": solved, "half": half, "wrong": [spoilt(code) for code in solved]}
    (tmp_path / "images").mkdir()
    write_nbgrader(read(CHAPTER), tmp_path / f"{CHAPTER}.ipynb")
    nbgrader(tmp_path, "generate_assignment", CHAPTER)
    released = tmp_path / "release" / CHAPTER / f"{CHAPTER}.ipynb"
    assert "return ..." in released.read_text(encoding="utf-8")
    for learner, answers in submissions.items():
        folder = tmp_path / "submitted" / learner / CHAPTER
        folder.mkdir(parents=True)
        nbformat.write(
            handed_in(nbformat.read(released, as_version=4), answers), folder / released.name
        )
    nbgrader(tmp_path, "autograde", CHAPTER)
    nbgrader(tmp_path, "export")
    with open(tmp_path / "grades.csv", encoding="utf-8") as rows:
        marks = {row["student_id"]: float(row["score"]) for row in csv.DictReader(rows)}
    assert marks == {"right": len(solved), "half": len(solved) // 2, "wrong": 0}


def nbgrader(course, *words):
    programs = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {**os.environ, "NNLIB_MEMORY": "off", "PATH": programs}  # it calls alembic
    command = [sys.executable, "-m", "nbgrader", *words]
    told = subprocess.run(command, cwd=course, env=environment, capture_output=True, text=True)
    assert told.returncode == 0, told.stderr[-3000:]
