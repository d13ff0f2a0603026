"""Slides: one thing at a time, and no answer beside its question."""

import copy
import re

import nbformat
import pytest
from chapter_text import CHAPTERS, NOTEBOOKS
from still_pictures import picture_of

from nnlib.classroom.editions.questions import asked_in
from nnlib.classroom.editions.slide_heights import blocks
from nnlib.classroom.editions.slides import for_slides, slides_page
from nnlib.classroom.editions.tags import tagged
from nnlib.explorers.frames.still_picture import STRIP


@pytest.fixture(scope="module", params=CHAPTERS)
def notebook(request):
    return nbformat.read(NOTEBOOKS / f"{request.param}.ipynb", as_version=4)


@pytest.fixture
def slides(notebook):
    """The text of each slide."""
    found = [[]]
    for cell in for_slides(notebook).cells:
        if cell.metadata.slideshow.slide_type in ("slide", "subslide"):
            found.append([])
        hidden = cell.metadata.get("transient", {}).get("remove_source")
        found[-1] += [] if hidden else [cell.source]
    return ["\n\n".join(texts) for texts in found[1:]]


def test_what_is_so_comes_on_the_slide_after_the_question(notebook, slides):
    for cell in tagged(notebook, "prediction"):
        question = asked_in(cell)
        (asked,) = (k for k, text in enumerate(slides) if question.text in text)
        assert question.why not in slides[asked]
        assert question.why in slides[asked + 1]
        assert question.display(question.answer) in slides[asked + 1]


def test_no_explorers_picture_says_that_a_cell_is_to_be_run_and_its_slide_says_where_it_can(
    notebook,
):
    """The line of words is gone, and the picture below it is whole."""
    cells = for_slides(copy.deepcopy(notebook)).cells
    shown = {cell.id.removesuffix("-shown"): place for place, cell in enumerate(cells)}
    for cell in tagged(notebook, "explorer"):
        place = shown[cell.id]
        still, bare = picture_of(cell), picture_of(cells[place])
        assert bare.tobytes() == still.crop((0, STRIP, *still.size)).tobytes()
        assert "live in the notebook</p>" in cells[place - 1].source
    assert "live in the notebook" in "".join(cell.source for cell in cells[:3])


def test_every_option_has_a_letter_to_vote_by(slides):
    text = "\n".join(slides)
    assert re.search(r"- A · .+\n- B · .+\n- C · ", text)


def test_no_solution_stands_beside_its_exercise_and_no_note_for_the_teacher(notebook, slides):
    for text in slides:
        assert not ("**Solution**" in text and "..." in text)
        assert "For the teacher" not in text
    headings = [c.source.partition("\n")[0] for c in tagged(notebook, "exercise")]
    assert all(any(heading in text for text in slides) for heading in headings)


def test_a_page_of_slides_needs_nothing_else(checkout):
    notebook = nbformat.read(NOTEBOOKS / "03_feedforward.ipynb", as_version=4)
    page = slides_page(notebook, checkout)
    assert "<script src" not in page
    styles = re.sub(r"(?s)<script>.*?</script>", "", page)  # reveal.js could load a background
    assert not re.findall(r"<link|@import|url\((?!data:)", styles)
    sources = re.findall(r'<img[^>]* src="([^"]{0,12})', page)
    assert sources and set(sources) == {"data:image/p", "data:image/s"}


def test_a_slide_may_say_for_itself_where_it_begins():
    cell = nbformat.v4.new_markdown_cell("One", id="one")
    own = nbformat.v4.new_markdown_cell(
        "Two", id="two", metadata={"slideshow": {"slide_type": "fragment"}}
    )
    title = nbformat.v4.new_markdown_cell("# Title", id="title")
    found = for_slides(nbformat.v4.new_notebook(cells=[title, cell, own])).cells
    kinds = {cell.id: cell.metadata.slideshow.slide_type for cell in found}
    assert kinds == {"title-0": "slide", "title-elsewhere": "-", "one-0": "-", "two-0": "fragment"}


def test_a_list_goes_with_what_leads_to_it_and_code_stays_whole():
    text = "# A\n\nOne:\n\n- two\n- three\n\n```python\nx = 1\n\n\ny = 2\n```\n\nFour"
    assert list(blocks(text)) == [
        "# A\n\nOne:\n\n- two\n- three",
        "```python\nx = 1\n\n\ny = 2\n```",
        "Four",
    ]
