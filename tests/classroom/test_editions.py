"""The editions for learners and teachers: what is taken out, and where it then stands."""

import subprocess
import sys

import nbformat
import pytest
from chapter_text import CHAPTERS, NOTEBOOKS

from nnlib.classroom.editions.__main__ import main, write_edition
from nnlib.classroom.editions.notebooks import (
    learner_edition,
    opened,
    solutions,
    teacher_edition,
    texts_of_solutions,
    without,
)
from nnlib.classroom.editions.tags import TAGS, tagged

ALL = ["00_start_here", *CHAPTERS]


@pytest.fixture(params=ALL)
def notebook(request):
    return nbformat.read(NOTEBOOKS / f"{request.param}.ipynb", as_version=4)


def all_text(notebook):
    return "\n\n".join(cell.source for cell in notebook.cells)


def lines_of(text):
    return {line.strip() for line in text.splitlines() if len(line.strip()) > len("```python")}


def test_no_solution_is_in_the_learner_edition(notebook):
    """None as a whole, and no line of one in prose; what code explains is there to be used."""
    found = learner_edition(notebook)
    prose = [cell.source for cell in found.cells if cell.cell_type == "markdown"]
    there_is = texts_of_solutions(notebook)
    assert there_is
    for text in there_is:
        assert text not in all_text(found)
        assert not lines_of(text) & lines_of("\n".join(prose))


def test_nothing_for_the_teacher_is_in_the_learner_edition(notebook):
    found = learner_edition(notebook)
    kept = {tag for tag in TAGS if any(tagged(found, tag))}
    assert not kept & {"solution", "teachers-note"}
    assert "open_all" not in all_text(found)
    kept_ids = [c.id for c in notebook.cells if not {"solution", "teachers-note"} & tags(c)]
    assert [cell.id for cell in found.cells] == kept_ids


def tags(cell):
    return set(cell.metadata.get("tags", ()))


def test_what_is_taken_out_stands_in_a_notebook_of_its_own(notebook):
    apart = all_text(solutions(notebook))
    for text in texts_of_solutions(notebook):
        assert text in apart
    for cell in (*tagged(notebook, "exercise"), *tagged(notebook, "teachers-note")):
        assert opened(cell) in apart
    assert "<details>" not in apart


def test_nothing_has_run_in_the_learner_edition_and_the_teacher_edition_is_whole(notebook):
    assert not any(cell.get("outputs") for cell in learner_edition(notebook).cells)
    whole = teacher_edition(notebook)
    assert [c.id for c in whole.cells] == [c.id for c in notebook.cells]
    assert [c.get("outputs") for c in whole.cells] == [c.get("outputs") for c in notebook.cells]


def test_the_images_lie_beside_the_notebooks(checkout, tmp_path):
    write_edition("learner", checkout, tmp_path)
    text = (tmp_path / "learner" / "01_neurons.ipynb").read_text(encoding="utf-8")
    assert "](images/weights_and_bias.svg)" in text
    assert "../images" not in text
    assert (tmp_path / "learner" / "images" / "weights_and_bias.svg").is_file()


def test_an_edition_that_there_is_not_is_refused():
    with pytest.raises(SystemExit, match=r"no edition 'pupil'\. There are: learner, teacher"):
        main(["pupil"])


@pytest.mark.slow
def test_a_learner_edition_shows_what_the_course_shows(tmp_path):
    """No cell needs one that was taken out: nbval runs it against the course's own outputs."""
    notebook = nbformat.read(NOTEBOOKS / "03_feedforward.ipynb", as_version=4)
    path = tmp_path / "03_feedforward.ipynb"
    nbformat.write(without(notebook, "solution", "teachers-note"), path)
    nbval = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q", "--nbval", str(path)]
    told = subprocess.run(nbval, capture_output=True, text=True, cwd=tmp_path)
    assert told.returncode == 0, told.stdout
    cells = sum(cell.cell_type == "code" for cell in notebook.cells)
    assert f"{cells} passed" in told.stdout
