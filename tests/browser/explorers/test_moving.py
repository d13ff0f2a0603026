"""Each explorer of chapters 1 to 3 answers to the mouse and to the keyboard, wherever it can."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import pytest
from lab import ExplorerOnPage, LabPage, OpenCells

import nnlib.explorers

pytestmark = pytest.mark.browser

EXPLORERS = (
    "NeuronExplorer",
    "AccuracyMapExplorer",
    "NewRowExplorer",
    "ActivationExplorer",
    "SoftmaxExplorer",
    "FeedforwardExplorer",
    "HiddenSpaceExplorer",
    "HingesExplorer",
)
MOVED_BY_KEYS = (*EXPLORERS, "GradientCheckExplorer")  # where one row is chosen already
ALL_KINDS = 5  # of so many handles each is moved, of more the first and the last


@pytest.fixture(scope="module")
def opened(open_cells: OpenCells) -> Iterator[LabPage]:
    """A notebook with all of them."""
    with open_cells(
        "from nnlib.explorers import *", *(f"{name}()" for name in MOVED_BY_KEYS)
    ) as page:
        page.run_all()
        yield page


@cache
def first_words(name: str) -> str:
    """Return what an explorer says as it opens."""
    made = getattr(nnlib.explorers, name)()
    made.close()
    return made.summary


def at_start(page: LabPage, name: str) -> ExplorerOnPage:
    """Return an explorer as it opens, in view and at rest."""
    explorer = page.explorer_at_start(name)
    words = first_words(name)
    explorer.wait_until(lambda: explorer.summary == words, "Reset")
    return explorer


def said(explorer: ExplorerOnPage) -> str:
    """Return what stands below the picture: equation and summary."""
    return explorer.root.locator(".nnlib-figure").inner_text()


@contextmanager
def change(explorer: ExplorerOnPage, what: str) -> Iterator[None]:
    """Wait until both words and picture are others by what is done in this context."""
    words, pixels = said(explorer), explorer.pixels
    yield
    explorer.wait_until(lambda: said(explorer) != words, f"{what} changes the words")
    explorer.wait_until(lambda: explorer.pixels != pixels, f"{what} changes the picture")
    explorer.settle()
    assert explorer.canvas.get_attribute("aria-label") == explorer.summary


@pytest.mark.parametrize("name", MOVED_BY_KEYS)
def test_every_slider_answers_to_the_keys(page: LabPage, name: str):
    explorer = at_start(page, name)
    sliders = explorer.root.locator(".widget-slider:visible")
    for k in range(sliders.count()):
        slider = sliders.nth(k).get_by_role("slider")
        at_end = slider.get_attribute("aria-valuenow") == slider.get_attribute("aria-valuemax")
        with change(explorer, sliders.nth(k).inner_text()):
            slider.press("PageDown" if at_end else "PageUp")


@pytest.mark.parametrize("name", [name for name in EXPLORERS if name != "NewRowExplorer"])
def test_everything_in_the_picture_answers_to_the_mouse(page: LabPage, name: str):
    made = getattr(nnlib.explorers, name)()
    handles = [handle.for_page for handle in made.view.handles]
    made.close()
    assert handles
    for handle in handles if len(handles) <= ALL_KINDS else [*handles[:3], handles[-1]]:
        explorer = at_start(page, name)
        first, last = handle["outline"][0], handle["outline"][-1]
        x, y = (a + 0.45 * (b - a) for a, b in zip(first, last, strict=True))
        with change(explorer, f"the handle {handle['name']}"):
            explorer.drag((x, y), *[(x + 0.06, y + 0.09)] * handle["draggable"])


@pytest.mark.parametrize("name", ["AccuracyMapExplorer", "NeuronExplorer", "FeedforwardExplorer"])
def test_nothing_below_moves_while_a_slider_moves(page: LabPage, name: str):
    """Words that go on in a further line push the page down; then their room stays."""
    explorer = at_start(page, name)
    sliders = explorer.root.get_by_role("slider")
    heights = []
    for key in ("End", "Home", "End", "Home"):
        for slider in sliders.all():
            if slider.is_visible():
                slider.press(key)
                explorer.settle()
                page.page.wait_for_timeout(100)
                heights.append(explorer.root.bounding_box()["height"])
    half = len(heights) // 2
    assert len(set(heights[half:])) == 1, "the second time there is room for every text"
    if name == "AccuracyMapExplorer":
        assert len(set(heights)) == 1, "and here there is from the start"
