"""The editions for paper and projector as Chromium shows them: whole, and without a network."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import nbformat
import pytest
from chapter_text import CHAPTERS, NOTEBOOKS
from playwright.sync_api import Browser, Page

from nnlib.classroom.editions.paper import paper_page, print_page
from nnlib.classroom.editions.slides import slides_page

pytestmark = pytest.mark.browser

PAPER = {"width": 658, "height": 1000}  # the 174 mm between the margins
CUT_OFF = """() => [...document.querySelectorAll("body *")]
    .filter((it) => it.scrollWidth > it.clientWidth + 1 && getComputedStyle(it).display != "inline")
    .filter((it) => !it.closest("svg"))
    .map((it) => it.outerHTML.slice(0, 200))"""
TOO_WIDE = """() => [...document.querySelectorAll("img, svg, table, pre")]
    .filter((it) => it.getBoundingClientRect().right > document.body.clientWidth + 1)
    .map((it) => it.outerHTML.slice(0, 200))"""
PROJECTOR = {"width": 1280, "height": 720}
# Each slide as it is shown: how far its content reaches, and how much smaller it had to be.
EACH_SLIDE = """() => [...Array(Reveal.getTotalSlides())].map(() => {
    const slide = Reveal.getCurrentSlide();
    const boxes = [...slide.querySelectorAll("p, li, pre, img, svg, table, h1, h2, h3")]
        .map((it) => it.getBoundingClientRect());
    const found = {
        text: slide.innerText.slice(0, 60), zoom: +slide.style.zoom || 1,
        bottom: Math.max(...boxes.map((it) => it.bottom)),
        right: Math.max(...boxes.map((it) => it.right)),
        left: Math.min(...boxes.map((it) => it.left)),
    };
    Reveal.next();
    return found;
})"""
UNSEEN = """() => [...document.images].filter((it) => !it.naturalWidth).map((it) => it.alt)"""


@contextmanager
def shown(chromium: Browser, html: str, size: dict, media: str) -> Iterator[Page]:
    """Open a page that may ask nobody for anything."""
    page = chromium.new_page(viewport=size)
    asked: list[str] = []
    page.route("**/*", lambda route: asked.append(route.request.url) or route.abort())
    page.emulate_media(media=media)
    page.set_content(html)
    yield page
    assert asked == []
    page.close()


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_nothing_on_paper_is_cut_off(chromium, checkout, chapter):
    notebook = nbformat.read(NOTEBOOKS / f"{chapter}.ipynb", as_version=4)
    with shown(chromium, paper_page(notebook, checkout), PAPER, "print") as page:
        assert page.evaluate(CUT_OFF) == []
        assert page.evaluate(TOO_WIDE) == []
        assert page.evaluate(UNSEEN) == []
        assert not re.findall(r"\$|\\[a-zA-Z]{2,}", page.inner_text("main"))  # no raw TeX
        pictures = sum("image/png" in o.get("data", {}) for c in notebook.cells for o in outputs(c))
        assert page.locator("img[src^='data:image/png']").count() == pictures > 0


def outputs(cell: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return cell.get("outputs", [])


@pytest.mark.slow
def test_a_chapter_is_printed(chromium, checkout, tmp_path):
    notebook = nbformat.read(NOTEBOOKS / "01_neurons.ipynb", as_version=4)
    path = tmp_path / "01_neurons.pdf"
    print_page(paper_page(notebook, checkout), path, chromium)
    pages = path.read_bytes().count(b"/Type /Page\n")
    assert 15 < pages < 40


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_each_slide_is_seen_whole_and_legible(chromium, checkout, chapter):
    notebook = nbformat.read(NOTEBOOKS / f"{chapter}.ipynb", as_version=4)
    with shown(chromium, slides_page(notebook, checkout), PROJECTOR, "screen") as page:
        page.wait_for_function("() => Reveal.isReady()")
        slides = page.evaluate(EACH_SLIDE)
        assert len(slides) > 50
        assert [it for it in slides if it["bottom"] > 700 or it["right"] > 1280.5] == []
        assert min(it["left"] for it in slides) > -0.5
        assert min(it["zoom"] for it in slides) >= 0.8
        assert page.evaluate(UNSEEN) == []
