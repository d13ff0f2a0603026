"""Each chapter in a real JupyterLab: it runs to its end, its explorer answers to keys."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import pytest
from lab import LARGE_WINDOW, SMALL_WINDOW, LabPage, OpenNotebook, TakePicture, overlap
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

CHAPTERS = {
    "00_start_here": "NeuronExplorer",
    "01_neurons": "NeuronExplorer",
    "02_activations": "ActivationExplorer",
    "03_feedforward": "FeedforwardExplorer",
    "04_backprop": "BackpropExplorer",
    "05_training": "TrainingExplorer",
}


# How far down the notebook the first explorer ends, in screens: in heights of its window.
FIRST_EXPLORER = """panel => {
    const explorer = panel.querySelector(".nnlib-explorer").getBoundingClientRect();
    const above = panel.scrollTop - panel.getBoundingClientRect().top;
    return (explorer.bottom + above) / panel.clientHeight;
}"""


@dataclass
class Chapter:
    """A chapter that has been run in a window."""

    name: str
    explorer: str
    page: LabPage
    notebook: dict


@pytest.fixture(scope="module", params=CHAPTERS)
def opened(request: pytest.FixtureRequest, open_notebook: OpenNotebook) -> Iterator[Chapter]:
    """The chapter, opened and run once for all tests of it."""
    with open_notebook(request.param) as page:
        yield Chapter(request.param, CHAPTERS[request.param], page, page.run_all())


@pytest.fixture
def chapter(opened: Chapter) -> Iterator[Chapter]:
    """The chapter, with a look at all that may have gone wrong after each test."""
    yield opened
    opened.page.check()


def test_runs_to_its_end(chapter: Chapter):
    cells = [cell for cell in chapter.notebook["cells"] if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in cells] == list(range(1, len(cells) + 1))
    outputs = [output for cell in cells for output in cell["outputs"]]
    assert [o for o in outputs if o["output_type"] == "error" or o.get("name") == "stderr"] == []


def test_the_first_explorer_stands_within_the_first_screens(chapter: Chapter):
    allowed = 4 if chapter.name == "00_start_here" else 2  # Start here first says how to run a cell
    panel = chapter.page.find(".jp-WindowedPanel-outer")
    panel.evaluate("panel => panel.scrollTop = 0")
    chapter.page.scroll_to(panel.locator(".jp-Cell[data-windowed-list-index='0']"))
    chapter.page.scroll_to(panel.locator(".nnlib-explorer"))
    screens = panel.evaluate(FIRST_EXPLORER)
    assert screens <= allowed, f"the first explorer ends after {screens:.2f} screens"


def test_arrow_key_changes_picture_and_summary(chapter: Chapter):
    explorer = chapter.page.explorer(chapter.explorer)
    explorer.settle()
    before, summary = explorer.pixels, explorer.summary
    slider = explorer.slider()
    value = slider.get_attribute("aria-valuenow")
    slider.focus()
    for _ in range(3):
        slider.press("ArrowRight")
    expect(slider).not_to_have_attribute("aria-valuenow", value)
    if chapter.explorer == "TrainingExplorer":  # a learning rate shows only when something learns
        explorer.button("Step").click()
    expect(explorer.root.locator(".nnlib-summary")).not_to_have_text(summary)
    explorer.settle()
    assert explorer.pixels != before
    expect(explorer.canvas).to_have_attribute("aria-label", explorer.summary)


@pytest.mark.parametrize("window", [LARGE_WINDOW, SMALL_WINDOW])
def test_nothing_is_cut_off(chapter: Chapter, window: dict, take_picture: TakePicture):
    page = chapter.page.page
    chapter.page.resize(window)
    explorer = chapter.page.explorer(chapter.explorer)
    explorer.settle()
    take_picture(page, f"{chapter.name}-{window['width']}.png")

    room = chapter.page.notebook.bounding_box()
    parts = explorer.root.locator(".nnlib-controls > *:visible, .nnlib-figure > *:visible").all()
    boxes = [part.bounding_box() for part in parts]
    assert all(box["x"] + box["width"] <= room["x"] + room["width"] for box in boxes)
    assert [pair for pair in combinations(boxes, 2) if overlap(*pair)] == []
