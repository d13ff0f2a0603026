"""Play pauses soon after nobody can see it any more, and says so."""

from collections.abc import Iterator

import pytest
from lab import ExplorerOnPage, LabPage, OpenCells
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

MAKE = "from nnlib.explorers import TrainingExplorer\ntraining = TrainingExplorer(speed='fast')"
SPACE = "from IPython.display import HTML\nHTML('<div style=\"height: 2500px\">…</div>')"
TELL = """import asyncio
for _ in range(200):
    if not training.playing:
        print("it rests")
        break
    await asyncio.sleep(0.1)"""
TOLD = "Paused, because this explorer was not on screen."
LONGER = 4000  # milliseconds; after a second out of sight it would pause
HIDE = """hidden => {
    const state = hidden ? 'hidden' : 'visible';
    Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
}"""


@pytest.fixture(scope="module")
def opened(open_cells: OpenCells) -> Iterator[LabPage]:
    """An explorer, a second view of it, and much space between and below."""
    with open_cells(MAKE, "training", SPACE, "training", SPACE, TELL) as page:
        page.run_all()
        yield page


@pytest.fixture
def views(opened: LabPage) -> Iterator[list[ExplorerOnPage]]:
    """Both views, the first in sight, and the explorer playing."""
    roots = opened.find(".nnlib-explorer")
    expect(roots).to_have_count(2)
    opened.scroll_to(roots.first)
    views = [ExplorerOnPage(root) for root in roots.all()]
    views[0].button("Reset").click()
    views[0].button("Play").click()
    expect(views[0].notice(TOLD)).to_have_count(0)
    yield views
    # Two views of one slider at times set each other in turn until the page's stack is full: that
    # loop is ipywidgets' own, between its sliders.
    opened.problems[:] = [
        problem for problem in opened.problems if "Maximum call stack" not in problem
    ]
    opened.check()


def goes_on(view: ExplorerOnPage) -> None:
    """Wait until the summary changes."""
    before = view.summary
    view.wait_until(lambda: view.summary != before, "it trains")


def rests(view: ExplorerOnPage) -> None:
    """Look whether the summary stays as it is for a second."""
    view.settle()
    before = view.summary
    view.root.page.wait_for_timeout(1000)
    assert view.summary == before


def scroll_to(page: LabPage, selector: str, which: int) -> None:
    page.find(selector).nth(which).evaluate("element => element.scrollIntoView()")


def test_it_plays_while_it_is_seen_and_pauses_when_scrolled_away(opened, views):
    opened.page.wait_for_timeout(LONGER)
    goes_on(views[0])
    scroll_to(opened, "div[style*='2500px']", 0)
    expect(views[0].notice(TOLD)).to_have_count(1)
    scroll_to(opened, ".nnlib-explorer", 0)
    expect(views[0].notice(TOLD)).to_be_visible()
    rests(views[0])
    views[0].button("Play").click()
    expect(views[0].notice(TOLD)).to_have_count(0)
    goes_on(views[0])


def test_another_view_in_sight_keeps_it_playing(opened, views):
    scroll_to(opened, ".nnlib-explorer", 1)
    opened.page.wait_for_timeout(LONGER)
    goes_on(views[1])


def test_a_hidden_tab_pauses(opened, views):
    opened.page.evaluate(HIDE, True)
    expect(views[0].notice(TOLD)).to_be_visible()
    opened.page.evaluate(HIDE, False)
    rests(views[0])


def test_clearing_the_outputs_pauses(opened, views):
    """The last test here: there is no view left."""
    opened.menu("Edit", "Clear Outputs of All Cells")
    expect(opened.find(".nnlib-explorer")).to_have_count(0)
    opened.find(".jp-CodeCell").last.click()
    opened.page.keyboard.press("Control+Enter")
    expect(opened.find(".jp-CodeCell").last).to_contain_text("it rests")
