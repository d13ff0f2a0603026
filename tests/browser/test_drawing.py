"""A digit drawn with a real mouse and painted with real keys; a walk down a surface."""

from collections.abc import Iterator

import pytest
from drawn_digits import DRAWN
from lab import ExplorerOnPage, LabPage, OpenCells

pytestmark = pytest.mark.browser

CELLS = ("from nnlib.explorers import *", "DigitExplorer()", "DescentExplorer()")
PAPER = (0.045, 0.135, 0.32667, 0.735)  # left, bottom, width, height in the picture
MAP = (0.053, 0.135, 0.436, 0.735)
LIMITS = (-4, 4, -3, 3)


@pytest.fixture(scope="module")
def opened(open_cells: OpenCells) -> Iterator[LabPage]:
    """A notebook with both explorers."""
    with open_cells(*CELLS) as page:
        page.run_all()
        yield page


@pytest.fixture
def page(opened: LabPage) -> Iterator[LabPage]:
    """The notebook, with a look at all that may have gone wrong."""
    yield opened
    opened.check()


def at_rest(page: LabPage, name: str) -> ExplorerOnPage:
    explorer = page.explorer(name)
    explorer.button("Reset").click()
    explorer.canvas.scroll_into_view_if_needed()
    explorer.settle()
    return explorer


def place_on_page(explorer: ExplorerOnPage, panel: tuple, x: float, y: float) -> tuple:
    """Return the window's place of a place in a panel, both from 0 to 1."""
    box = explorer.canvas.bounding_box()
    left, bottom, width, height = panel
    across, up = left + x * width, bottom + y * height
    return box["x"] + across * box["width"], box["y"] + (1 - up) * box["height"]


@pytest.mark.parametrize("digit", [2, 4, 7])
def test_a_digit_drawn_with_the_mouse_is_read(page: LabPage, digit: int):
    explorer, mouse = at_rest(page, "DigitExplorer"), page.page.mouse
    for start, *places in DRAWN[digit]:
        mouse.move(*place_on_page(explorer, PAPER, *start))
        mouse.down()
        for place in places:
            mouse.move(*place_on_page(explorer, PAPER, *place), steps=4)
        mouse.up()
    words = f"{len(DRAWN[digit])} stroke"
    explorer.wait_until(
        lambda: words in explorer.summary and f"answers {digit} with" in explorer.summary,
        f"a {digit} is read",
    )


def test_the_arrow_keys_and_the_space_bar_paint(page: LabPage):
    explorer, keyboard = at_rest(page, "DigitExplorer"), page.page.keyboard
    explorer.canvas.focus()
    top = page.notebook.locator(".jp-WindowedPanel-outer").evaluate("panel => panel.scrollTop")
    keys = [*["ArrowUp"] * 6, " ", *["ArrowDown"] * 12, " "]
    for key in keys:
        keyboard.press(key)
    explorer.wait_until(lambda: "answers 1 with" in explorer.summary, "a 1 is read")
    after = page.notebook.locator(".jp-WindowedPanel-outer").evaluate("panel => panel.scrollTop")
    assert after == top  # the keys have not scrolled the notebook
    keyboard.press("Backspace")
    explorer.wait_until(lambda: "Nothing is drawn" in explorer.summary, "the stroke goes")


def test_a_click_is_a_start_and_play_walks_from_there(page: LabPage):
    explorer = at_rest(page, "DescentExplorer")
    page.page.mouse.click(*place_on_page(explorer, MAP, (2 - LIMITS[0]) / 8, (-1 - LIMITS[2]) / 6))
    explorer.wait_until(lambda: "from (2.00, −1.00)" in explorer.summary, "a new start")
    explorer.button("Play").click()
    explorer.wait_until(lambda: "step 5:" in explorer.summary, "the fifth step")
    explorer.button("Pause").click()
    explorer.settle()
    paused = explorer.summary
    page.page.wait_for_timeout(500)
    assert explorer.summary == paused
