"""A printed chapter: what is asked stands in it with room to answer, what is so comes last."""

import copy
import re

import nbformat
import pytest
from chapter_text import CHAPTERS, NOTEBOOKS
from still_pictures import picture_of

from nnlib.classroom.editions.formulas import as_svg
from nnlib.classroom.editions.notebooks import texts_of_solutions
from nnlib.classroom.editions.paper import for_paper, paper_page
from nnlib.classroom.editions.questions import asked_in
from nnlib.classroom.editions.tags import tagged
from nnlib.explorers.frames.still_picture import STRIP


@pytest.fixture(scope="module", params=["00_start_here", *CHAPTERS])
def notebook(request):
    return nbformat.read(NOTEBOOKS / f"{request.param}.ipynb", as_version=4)


@pytest.fixture
def halves(notebook):
    """The text of the chapter itself, and that of its last pages."""
    *chapter, answers = [cell.source for cell in for_paper(notebook).cells]
    return "\n\n".join(chapter), answers


def test_each_prediction_is_asked_in_its_place_and_answered_at_the_end(notebook, halves):
    chapter, answers = halves
    questions = map(asked_in, tagged(notebook, "prediction"))
    for number, question in enumerate(questions, start=1):
        assert f"**Prediction {number}.** {question.text}" in chapter
        for option in question.options:
            assert f"- {option}" in chapter
        assert question.why not in chapter
        told = answers.partition(f"### Prediction {number}\n")[2].partition("\n### ")[0]
        assert question.display(question.answer) in told and question.why in told


def test_solutions_and_reveals_come_at_the_end_and_notes_for_the_teacher_never(notebook, halves):
    chapter, answers = halves
    for text in texts_of_solutions(notebook):
        assert text in answers and text not in chapter
    assert "<details>" not in chapter + answers
    assert "For the teacher" not in chapter + answers
    assert len(re.findall(r": note \d+, at the end", chapter)) == len(
        list(tagged(notebook, "reveal"))
    )


def test_no_explorer_on_paper_says_that_a_cell_is_to_be_run(notebook):
    """The line of words is gone, and the picture below it is whole."""
    printed = {cell.id: cell for cell in for_paper(copy.deepcopy(notebook)).cells}
    for cell in tagged(notebook, "explorer"):
        still, bare = picture_of(cell), picture_of(printed[cell.id])
        assert bare.size == (900, still.height - STRIP)
        assert bare.tobytes() == still.crop((0, STRIP, *still.size)).tobytes()


def test_the_page_holds_all_that_it_needs(checkout):
    """Formulas are set, pictures lie within, and no address leads elsewhere but a link's."""
    notebook = nbformat.read(NOTEBOOKS / "01_neurons.ipynb", as_version=4)
    page = paper_page(notebook, checkout)
    assert "<script" not in page
    sources = re.findall(r'(?:src|srcset)="([^"]{0,30})', page)
    assert sources and all(source.startswith("data:image/") for source in sources)
    assert "data:image/svg+xml" in page
    assert not re.findall(r"url\(|@import|<link", page)
    assert not re.findall(r"\\frac|\$\$|\.ipynb", re.sub(r'aria-label="[^"]*"', "", page))


def test_a_formula_stands_on_its_line_and_says_what_it_is():
    picture = as_svg(r"\hat y = -z")
    assert 'aria-label="\\hat y = -z"' in picture
    depth = float(re.search(r"vertical-align:-([\d.]+)em", picture)[1])
    assert 0.2 < depth < 0.4  # the tail of the y
    assert "vertical-align" not in as_svg("z", displayed=True)
