"""The course as a learner opens it, on the first day and on the second."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path

import pytest
from lab import LARGE_WINDOW, THEME, Lab, LabPage, assert_apart, colour_shown, new_lab, serve
from playwright.sync_api import Browser, Locator, expect

pytestmark = pytest.mark.browser

CHECKOUT = Path(__file__).parents[2]
START = "my_notebooks/00_start_here.ipynb"
RUN = "Run the first cell of the page, then this one."
CLOSED = "JupyterLab does not answer. If it was closed, start it again."
ADDRESS = re.compile(r"http://127\S+(/lab\S*)\?token=")
# Chromium cuts off what is wider than its place.
CUT_OFF = "names => names.filter(name => name.scrollWidth > name.clientWidth).map(n => n.innerText)"
DARK = 60  # of 255; the pages' own backgrounds are 17 and 255


class LearnersPage(LabPage):
    """A window that opens where the course sends the browser."""

    def open(self, notebook: str) -> None:
        """Open what the server says; expect it to be `notebook`, and wait for its kernel."""
        self.path = notebook
        self.address = ADDRESS.search(self.lab.log.read_text(encoding="utf-8"))[1]
        self.page.goto(f"{self.lab.url}{self.address}?token={self.lab.token}")
        self.notebook = self.page.locator("css:light=#main .jp-NotebookPanel:visible")
        expect(self.find(".jp-Cell").first).to_be_visible()
        self.wait_for_idle()

    def run_next(self) -> None:
        """Press Shift + Enter, and wait until the cell has run."""
        self.page.keyboard.press("Shift+Enter")
        self.wait_until_heard()

    def save(self) -> None:
        self.menu("File", "Save Notebook")
        expect(self.page.locator(".lm-mod-current.jp-mod-dirty")).to_have_count(0)

    @property
    def prediction(self) -> Locator:
        root = self.find(".nnlib-prediction")
        self.scroll_to(root)
        return root


Visit = Callable[..., AbstractContextManager[LearnersPage]]
Start = Callable[[], AbstractContextManager[Visit]]


@pytest.fixture(scope="module")
def start(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Start:
    """Start the course, as `make lab` does: `with start() as visit, visit() as page:`."""
    folder = tmp_path_factory.mktemp("a course")
    for part in ("notebooks", "images"):
        shutil.copytree(CHECKOUT / part, folder / part)
    home = tmp_path_factory.mktemp("jupyter")

    @contextmanager
    def start() -> Iterator[Visit]:
        lab = new_lab(folder, home)
        with contextmanager(serve)(lab, home, "nnlib.classroom.lab"):
            yield partial(window_on, chromium, lab)

    return start


@contextmanager
def window_on(chromium: Browser, lab: Lab, dark: bool = False) -> Iterator[LearnersPage]:
    """Open a window as large as a laptop's."""
    theme = "JupyterLab Dark" if dark else "JupyterLab Light"
    lab.set(THEME, {"theme": theme})
    context = chromium.new_context(viewport=LARGE_WINDOW, locale="en-GB")
    page = LearnersPage(context.new_page(), lab)
    page.open(START)
    yield page
    context.close()


@pytest.fixture(scope="module")
def left(start: Start) -> dict:
    """What was seen on the first day: half of "Start here" run, an answer committed, saved."""
    with start() as visit, visit() as page:
        seen = {
            "address": page.address,
            "width": page.notebook.bounding_box()["width"],
            "pop-ups": page.page.locator(".jp-Dialog, .jp-toast-message").all_inner_texts(),
            "outputs": page.find(".jp-OutputArea-output").count(),
        }
        page.page.keyboard.press("Control+b")
        files = page.page.locator(".jp-DirListing-itemText")
        expect(files.first).to_be_visible()
        seen |= {"names": files.all_inner_texts(), "cut off": files.evaluate_all(CUT_OFF)}
        page.find(".jp-Cell").first.click()
        while not page.find(".nnlib-prediction").count():
            page.run_next()
        explorer = page.explorer("NeuronExplorer")
        explorer.slider("b").press("ArrowRight")
        explorer.wait_for_words("bias −1.40")
        explorer.settle()
        page.prediction.get_by_role("radio").first.check()
        page.prediction.get_by_role("button", name="Commit").click()
        expect(page.prediction).to_contain_text("You predicted")
        page.check()
        page.save()
        explorer = page.explorer("NeuronExplorer")
        seen["explorer"] = (explorer.summary, explorer.pixels)
        seen["exported"] = page.lab.request("GET", f"/nbconvert/html/{START}").decode()
        page.lab.request("POST", "/api/shutdown")  # the window stays when the server is closed
        explorer.slider("b").press("ArrowRight")
        seen["told"] = explorer.root.get_by_text("JupyterLab").inner_text()
        return seen


def test_the_first_day_opens_start_here_with_nothing_over_it(left: dict):
    assert left["address"] == f"/lab/tree/{START}"
    assert left["pop-ups"] == []
    assert left["outputs"] == 0


def test_the_notebook_has_nearly_the_whole_window(left: dict):
    assert left["width"] > 0.9 * LARGE_WINDOW["width"]


def test_the_first_day_ends_with_the_explorer_telling_that_jupyterlab_was_closed(left: dict):
    assert left["told"] == CLOSED


def test_what_was_saved_can_be_exported_with_its_picture(left: dict):
    assert re.search('<img[^>]+src="data:image/png;base64,', left["exported"])


def test_the_list_of_files_shows_whole_names(left: dict):
    assert left["names"] == sorted(path.name for path in (CHECKOUT / "notebooks").glob("*.ipynb"))
    assert left["cut off"] == []


def expect_as_left(page: LearnersPage, left: dict) -> None:
    """Look whether explorer and prediction stand as they were left, in a trusted notebook."""
    explorer = page.explorer("NeuronExplorer")
    explorer.settle()
    assert (explorer.summary, explorer.pixels) == left["explorer"]
    assert explorer.slider("b").get_attribute("aria-valuetext") == "−1.4"
    expect(page.prediction).to_contain_text("You predicted")
    expect(page.find(".jp-OutputArea").get_by_text("not found")).to_have_count(0)


def test_the_second_day_opens_where_the_learner_was_with_all_that_was_there(
    start: Start, left: dict
):
    """Without its kernel; and it still does after one more cell was run and saved, in the dark."""
    with start() as visit:
        with visit() as page:
            assert page.address == "/lab"
            expect_as_left(page, left)
            explorer = page.explorer("NeuronExplorer")
            told = explorer.root.get_by_text(f"This picture is from your last visit. {RUN}")
            expect(told).to_be_visible()
            assert_apart(told.bounding_box(), explorer.root.locator("label:visible"))
            told = page.prediction.get_by_text(f"This is from your last visit. {RUN}")
            expect(told).to_be_visible()

            setup = page.find(".jp-CodeCell").first
            page.scroll_to(setup)
            setup.locator(".jp-InputPrompt").click()
            page.run_next()
            page.save()
            page.check()
            page.lab.shut_down_kernels()
        with visit(dark=True) as page:
            expect_as_left(page, left)
            canvas = page.explorer("NeuronExplorer").canvas
            expect(canvas).to_have_class(re.compile("nnlib-inverted"))
            corner = colour_shown(canvas)
            assert max(corner) < DARK, f"drawn for a light page, shown on a dark one: {corner}"
            page.check()
