"""Slides on a projector of 1280 × 720: how large the pictures are, and how they are enlarged."""

import math
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from chapter_text import NOTEBOOKS
from playwright.sync_api import Browser, Page

from nnlib.classroom.editions.slides import slides_page

pytestmark = pytest.mark.browser

SMALLEST = 11 * 0.73 / 900  # a digit of an explorer's smallest text, in its picture's widths
# The least height of a character that is to be read (ISO 9241-303), in pixels of a screen that is
# two metres wide, seen from ten.
READABLE = math.radians(16 / 60) * 10 / 2 * 1280


TO_AN_EXPLORER = """() => {
    const slide = document.querySelector(".celltag_explorer").closest("section");
    const { h, v } = Reveal.getIndices(slide);
    Reveal.slide(h, v);
}"""


@pytest.fixture(scope="module")
def slides(chromium: Browser, checkout: Path) -> Iterator[Page]:
    """A chapter's slides, at the first one that shows an explorer."""
    notebook = nbformat.read(NOTEBOOKS / "01_neurons.ipynb", as_version=4)
    page = chromium.new_page(viewport={"width": 1280, "height": 720})
    page.set_content(slides_page(notebook, checkout))
    page.wait_for_function("() => Reveal.isReady()")
    page.evaluate(TO_AN_EXPLORER)
    yield page
    page.close()


def test_an_explorers_picture_is_as_wide_as_the_slide_and_all_of_it_is_seen(slides):
    box = slides.locator("section.present .celltag_explorer img").bounding_box()
    assert (box["x"], box["width"]) == (pytest.approx(0, abs=1), pytest.approx(1280, abs=1))
    assert box["y"] > 0 and box["y"] + box["height"] < 700


def test_a_picture_that_is_pressed_can_be_read_from_ten_metres(slides):
    picture = slides.locator("section.present .celltag_explorer img")
    whole = picture.bounding_box()
    assert SMALLEST * whole["width"] < READABLE  # or pressing would not be needed
    slides.mouse.click(400, 300)
    larger = picture.bounding_box()
    assert SMALLEST * larger["width"] > READABLE
    # What was pressed has stayed where it was.
    for box, size in (("x", "width"), ("y", "height")):
        at = {"x": 400, "y": 300}[box]
        place = (at - whole[box]) / whole[size]
        assert larger[box] + place * larger[size] == pytest.approx(at, abs=1)
    slides.mouse.click(400, 300)
    assert picture.bounding_box() == whole
