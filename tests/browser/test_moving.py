"""Each explorer of chapters 1 to 3 answers to the mouse and to the keyboard, wherever it can."""

from collections.abc import Callable, Iterator

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
ALL_KINDS = 5  # of so many handles each is moved, of more the first and the last


@pytest.fixture(scope="module")
def opened(open_cells: OpenCells) -> Iterator[LabPage]:
    """A notebook with all of them."""
    with open_cells("from nnlib.explorers import *", *(f"{name}()" for name in EXPLORERS)) as page:
        page.run_all()
        yield page


@pytest.fixture
def page(opened: LabPage) -> Iterator[LabPage]:
    """The notebook, with a look at all that may have gone wrong."""
    yield opened
    opened.check()


def at_start(page: LabPage, name: str) -> tuple[ExplorerOnPage, str]:
    """Return an explorer as it opens, in view and at rest, and its words."""
    explorer = page.explorer(name)
    explorer.button("Reset").click()
    made = getattr(nnlib.explorers, name)()
    words = made.summary
    made.close()
    explorer.wait_until(lambda: explorer.summary == words, "Reset")
    explorer.canvas.scroll_into_view_if_needed()
    explorer.settle()
    return explorer, words


def changes(explorer: ExplorerOnPage, before: tuple[str, str], act: Callable, what: str) -> None:
    """Do ``act`` and wait until both words and picture are others."""
    act()
    words, pixels = before
    explorer.wait_until(lambda: explorer.summary != words, f"{what} changes the words")
    explorer.wait_until(lambda: explorer.pixels != pixels, f"{what} changes the picture")
    explorer.settle()
    assert explorer.canvas.get_attribute("aria-label") == explorer.summary


@pytest.mark.parametrize("name", EXPLORERS)
def test_every_slider_answers_to_the_keys(page: LabPage, name: str):
    explorer, _ = at_start(page, name)
    sliders = explorer.root.locator(".widget-slider:visible")
    for k in range(sliders.count()):
        explorer, words = at_start(page, name)
        slider = sliders.nth(k).get_by_role("slider")
        at_end = slider.get_attribute("aria-valuenow") == slider.get_attribute("aria-valuemax")
        key = "PageDown" if at_end else "PageUp"
        before = words, explorer.pixels
        changes(explorer, before, lambda: slider.press(key), sliders.nth(k).inner_text())  # noqa: B023


@pytest.mark.parametrize("name", [name for name in EXPLORERS if name != "NewRowExplorer"])
def test_everything_in_the_picture_answers_to_the_mouse(page: LabPage, name: str):
    made = getattr(nnlib.explorers, name)()
    handles = [handle.for_page for handle in made._view.handles]
    made.close()
    assert handles
    for handle in handles if len(handles) <= ALL_KINDS else [*handles[:3], *handles[-2:]]:
        explorer, words = at_start(page, name)
        first, last = handle["outline"][0], handle["outline"][-1]
        x, y = (a + 0.45 * (b - a) for a, b in zip(first, last, strict=True))
        before = words, explorer.pixels
        changes(explorer, before, lambda: pull(explorer, x, y), f"the handle {handle['name']}")  # noqa: B023


def pull(explorer: ExplorerOnPage, x: float, y: float) -> None:
    """Drag from a place in the picture, in fractions of it from the left and from below."""
    mouse, box = explorer.root.page.mouse, explorer.canvas.bounding_box()
    mouse.move(box["x"] + x * box["width"], box["y"] + (1 - y) * box["height"])
    mouse.down()
    mouse.move(
        box["x"] + (x + 0.06) * box["width"], box["y"] + (1 - y - 0.09) * box["height"], steps=10
    )
    mouse.up()
