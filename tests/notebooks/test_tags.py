"""Each cell holds one thing and says which: editions for learners and teachers go by the tags."""

import ast
import re
from collections import Counter

import nbformat
import pytest
from chapter_text import CHAPTERS, NOTEBOOKS
from notebook_names import names_given, syntax_tree

from nnlib.classroom.editions.tags import TAGS, tag_of, tagged

# How to tell a cell's use from its source. The first that fits; a prose cell may fit none.
SIGNS = {
    "markdown": {
        "solution": r"<details>\s*<summary>Solution</summary>",
        "teachers-note": r"<details>\s*<summary>For the teacher|## For teachers",
        "reveal": r"<details>",
        "exercise": r"### Exercise \d|## How to do an exercise",
    },
    "code": {
        "answer": r"(?s).*^check_\w+\(",
        "prediction": r"(?s).*^predict\(",
        "explorer": r"(?s).*^(\w+ = )?\w+Explorer\(",
    },
}


@pytest.fixture(scope="module", params=["00_start_here", *CHAPTERS])
def notebook(request):
    return nbformat.read(NOTEBOOKS / f"{request.param}.ipynb", as_version=4)


def use(cell):
    """Return the tag that a cell should have, as its source says."""
    signs = SIGNS[cell.cell_type].items()
    return next((tag for tag, sign in signs if re.match(sign, cell.source, re.MULTILINE)), "")


def test_each_cell_says_what_it_is_for(notebook):
    wrong = {c.id: (tag_of(c), use(c)) for c in notebook.cells if tag_of(c) != use(c)}
    assert wrong == {}


def test_no_cell_has_a_tag_that_nobody_knows(notebook):
    tags = Counter(tag for cell in notebook.cells for tag in cell.metadata.get("tags", ()))
    assert set(tags) <= set(TAGS)


def test_what_is_folded_stands_alone_and_a_heading_comes_first(notebook):
    """So a solution can be taken out without the next exercise, and a slide begin anywhere."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            prose = re.sub(r"^```.*?^```", "", cell.source, flags=re.DOTALL | re.MULTILINE)
            folded = re.sub(r"(?s)<details>.*?</details>", "", prose).strip()
            assert "<details>" not in prose or folded == "", cell.id
            assert not re.search(r"\n#{1,6} ", prose), cell.id


def test_statement_answer_and_solution_follow_one_another(notebook):
    tags = [tag_of(cell) for cell in notebook.cells]
    order = ["exercise", "answer", "solution"]
    starts = [k for k, tag in enumerate(tags) if tag == "exercise"]
    assert [tags[k : k + 3] for k in starts] == [order] * len(starts)
    assert [tags.count(tag) for tag in order] == [len(starts)] * 3


def test_no_two_cells_give_one_name_to_an_answer(notebook):
    """Else an answer that is missing is taken from an earlier cell, and marked as right."""
    given = Counter(name for cell in notebook.cells for name in names_given(cell))
    answers = [name for cell in tagged(notebook, "answer") for name in names_checked(cell)]
    assert {name: given[name] for name in answers if given[name] != 1} == {}


def names_checked(cell):
    """Return the names that a check is handed; an answer in the call itself has none."""
    return [arg.id for arg in syntax_tree(cell).body[-1].value.args if isinstance(arg, ast.Name)]
