"""A learner with a finger: taps, drags, draws, and scrolls past the picture."""

from collections.abc import Iterator

import pytest
from drawn_digits import DRAWN, PAPER, place_in
from lab import ExplorerOnPage, Lab, LabPage, Place, window, write_notebook
from playwright.sync_api import Browser, CDPSession

import nnlib.explorers

pytestmark = pytest.mark.browser

TABLET = {"width": 820, "height": 1180}
CELLS = ("from nnlib.explorers import *\nNeuronExplorer(data='own')", "DigitExplorer()", "1", "2")
SCROLLED = "() => document.querySelector('.jp-WindowedPanel-outer').scrollTop"


@pytest.fixture(scope="module")
def opened(chromium: Browser, lab: Lab) -> Iterator[LabPage]:
    """Two explorers on a tablet that is held upright."""
    path = write_notebook(lab, *CELLS)
    with window(chromium, lab, path, size=TABLET, has_touch=True) as page:
        page.run_all()
        page.page.keyboard.press("Control+b")  # without the list of files
        yield page


class Finger:
    """A finger on the page's screen."""

    def __init__(self, page: LabPage) -> None:
        self._page = page.page
        self._session: CDPSession = page.page.context.new_cdp_session(page.page)

    def move(self, explorer: ExplorerOnPage, *places: Place) -> None:
        """Put the finger on a place in the picture, go from place to place, take it away."""
        box = explorer.canvas.bounding_box()
        kinds = ("touchStart", *["touchMove"] * (len(places) - 1))
        for kind, (x, y) in zip(kinds, places, strict=True):
            point = {"x": box["x"] + x * box["width"], "y": box["y"] + (1 - y) * box["height"]}
            self._touch(kind, [point])
        self._touch("touchEnd", [])

    def _touch(self, kind: str, points: list[dict]) -> None:
        self._session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        self._page.wait_for_timeout(16)


@pytest.fixture
def finger(page: LabPage) -> Finger:
    return Finger(page)


def along(start: Place, end: Place) -> list[Place]:
    """Return places on the way from start to end."""
    return [tuple(a + (b - a) * k / 8 for a, b in zip(start, end, strict=True)) for k in range(9)]


def test_a_tap_adds_a_point_and_a_drag_turns_the_line(page: LabPage, finger: Finger):
    explorer = page.explorer_at_start("NeuronExplorer")
    finger.move(explorer, (0.45, 0.3))
    explorer.wait_for_words("of 5 right")
    explorer.reset()
    made = nnlib.explorers.NeuronExplorer(data="own")
    (tip,) = next(h.for_page["outline"] for h in made.view.handles if h.for_page["name"] == "w")
    made.close()
    before = explorer.summary
    finger.move(explorer, *along(tuple(tip), (tip[0] + 0.05, tip[1] - 0.1)))
    explorer.wait_until(lambda: explorer.summary != before, "w is another")


def test_a_finger_on_the_picture_scrolls_past_it(page: LabPage, finger: Finger):
    explorer = page.explorer_at_start("NeuronExplorer")
    before, top = explorer.summary, page.page.evaluate(SCROLLED)
    finger.move(explorer, *along((0.2, 0.1), (0.2, 0.7)))
    explorer.wait_until(lambda: page.page.evaluate(SCROLLED) != top, "the page scrolls")
    assert explorer.summary == before


def test_a_digit_is_drawn(page: LabPage, finger: Finger):
    explorer = page.explorer_at_start("DigitExplorer")
    for stroke in DRAWN[4]:
        finger.move(explorer, *(place_in(PAPER, *place) for place in stroke))
    explorer.wait_for_words("answers 4 with")
