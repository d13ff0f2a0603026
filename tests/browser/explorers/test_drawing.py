"""A digit drawn with a real mouse and painted with real keys; a walk down a surface."""

import re
from collections.abc import Iterator

import pytest
from drawn_digits import DRAWN, PAPER, place_in
from lab import ExplorerOnPage, LabPage, OpenCells

pytestmark = pytest.mark.browser

CELLS = ("from nnlib.explorers import *", "DigitExplorer()", "DescentExplorer()")
MAP = (0.053, 0.135, 0.436, 0.735)
LIMITS = (-4, 4, -3, 3)


@pytest.fixture(scope="module")
def opened(open_cells: OpenCells) -> Iterator[LabPage]:
    """A notebook with both explorers."""
    with open_cells(*CELLS) as page:
        page.run_all()
        yield page


def step_of(explorer: ExplorerOnPage) -> int:
    """Return the step that the summary tells."""
    return int(re.search(r"step (\d+)", explorer.summary)[1])


@pytest.mark.parametrize("digit", [2, 4, 7])
def test_a_digit_drawn_with_the_mouse_is_read(page: LabPage, digit: int):
    explorer = page.explorer_at_start("DigitExplorer")
    for stroke in DRAWN[digit]:
        explorer.drag(*(place_in(PAPER, *place) for place in stroke), steps=4)
    words = f"{len(DRAWN[digit])} stroke"
    explorer.wait_until(
        lambda: words in explorer.summary and f"answers {digit} with" in explorer.summary,
        f"a {digit} is read",
    )


def test_the_arrow_keys_and_the_space_bar_paint(page: LabPage):
    explorer, keyboard = page.explorer_at_start("DigitExplorer"), page.page.keyboard
    explorer.canvas.focus()
    top = page.find(".jp-WindowedPanel-outer").evaluate("panel => panel.scrollTop")
    keys = [*["ArrowUp"] * 6, " ", *["ArrowDown"] * 12, " "]
    for key in keys:
        keyboard.press(key)
    explorer.wait_until(lambda: "answers 1 with" in explorer.summary, "a 1 is read")
    after = page.find(".jp-WindowedPanel-outer").evaluate("panel => panel.scrollTop")
    assert after == top  # the keys have not scrolled the notebook
    keyboard.press("Backspace")
    explorer.wait_until(lambda: "Nothing is drawn" in explorer.summary, "the stroke goes")


def test_a_click_is_a_start_and_play_walks_from_there(page: LabPage):
    explorer = page.explorer_at_start("DescentExplorer")
    explorer.click(*place_in(MAP, (2 - LIMITS[0]) / 8, (-1 - LIMITS[2]) / 6))
    explorer.wait_until(lambda: "from (2.00, −1.00)" in explorer.summary, "a new start")
    explorer.button("Play").click()
    explorer.wait_until(lambda: step_of(explorer) >= 5, "the fifth step")
    explorer.button("Pause").click()
    explorer.settle()
    paused = explorer.summary
    page.page.wait_for_timeout(500)
    assert explorer.summary == paused
