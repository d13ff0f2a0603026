"""A learner goes on by keys alone: what a cell shows stands wholly in view, without a jump.

Daily this is the core of one chapter; test_whole_walk.py goes through all of them.
"""

from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from lab import LARGE_WINDOW, SMALL_WINDOW, Lab, LabPage, OpenCells, window
from playwright.sync_api import Browser, expect
from walk import COMES_TO_REST, commit, go_to, walk

from nnlib.classroom.learners_copy import without_outputs

pytestmark = pytest.mark.browser

CHAPTER = Path(__file__).parents[2] / "notebooks" / "03_feedforward.ipynb"
WINDOWS = [LARGE_WINDOW, SMALL_WINDOW]


def test_all_that_a_cell_shows_stands_in_view_and_no_answer_is_told(chromium: Browser, lab: Lab):
    """Down to the end of the core, from the middle on in the smaller window."""
    copy = without_outputs(nbformat.read(CHAPTER, as_version=4))
    path = f"notebooks/{CHAPTER.name}"
    (lab.folder / path).write_text(nbformat.writes(copy), encoding="utf-8")
    end = next(k for k, cell in enumerate(copy.cells) if cell.source.startswith("## Going further"))
    with window(chromium, lab, path) as page:
        stops = [stop for _, stop in walk(page, 0, end // 2)]
        page.resize(SMALL_WINDOW)
        stops += [stop for _, stop in walk(page, end // 2 + 1, end)]
        page.check()
    assert len(stops) > 10 and {stop.room for stop in stops} == {679, 647}
    assert [str(stop) for stop in stops if not stop.is_good] == []


FILLER = "print('\\n'.join(map(str, range(60))))"
WIDGETS = "@jupyter-widgets/jupyterlab-manager/plugin"
PANEL = ".jp-WindowedPanel-outer"

# From now on each frame takes the page 200 ms; it is called to end that.
SLOW_FRAMES = """() => {
    let slow = true;
    const frame = () => {
        for (const start = performance.now(); performance.now() - start < 200; );
        if (slow) requestAnimationFrame(frame);
    };
    frame();
    globalThis.endSlowFrames = () => (slow = false);
}"""


@pytest.fixture(scope="module")
def opened(lab: Lab, open_cells: OpenCells) -> Iterator[LabPage]:
    """A notebook with a prediction and an explorer between two long outputs."""
    lab.set(WIDGETS, {"saveState": True})
    start = "from nnlib.explorers import *\nfrom nnlib.exercises import predict\nimport time"
    late = "time.sleep(2)\nTrainingExplorer()"
    cells = [start, FILLER, "predict('neurons-bias')", late, "HingesExplorer()", FILLER]
    with open_cells(*cells, own_window=True) as page:
        yield page
    lab.set(WIDGETS, {})


def test_all_cells_run_in_one_go_leave_the_learner_where_they_are(page: LabPage):
    page.page.locator(f"{PANEL} .jp-InputPrompt").first.click()
    page.run_all()
    panel = page.page.locator(PANEL)
    prediction = page.find(".nnlib-prediction")
    page.scroll_to(prediction)
    before = panel.evaluate("panel => panel.scrollTop")
    page.page.wait_for_timeout(700)
    assert panel.evaluate("panel => panel.scrollTop") == before


def test_whoever_scrolls_away_while_the_cell_runs_is_left_alone(page: LabPage):
    explorer = page.find(".nnlib-explorer")
    page.scroll_to(explorer)
    go_to(page, 3)
    page.page.keyboard.press("Shift+Enter")
    page.page.mouse.move(800, 400)
    page.page.mouse.wheel(0, -3000)
    page.wait_until_heard()
    expect(explorer).to_have_count(1)
    page.page.wait_for_timeout(700)
    assert page.page.locator(PANEL).evaluate("panel => panel.scrollTop") == 0


def test_on_a_slow_page_an_explorer_is_held_in_view_for_many_frames(page: LabPage):
    """There JupyterLab scrolls to the next cell when some hundred milliseconds have gone by."""
    explorer, panel = page.find(".nnlib-explorer.HingesExplorer"), page.page.locator(PANEL)
    page.scroll_to(explorer)
    go_to(page, 4)
    page.page.evaluate(SLOW_FRAMES)
    page.page.keyboard.press("Shift+Enter")
    page.wait_until_heard()
    expect(explorer).to_have_count(1)
    page.page.wait_for_timeout(700)
    panel.evaluate("panel => (panel.scrollTop = 0)")
    page.page.evaluate("endSlowFrames()")
    rest = page.page.evaluate(COMES_TO_REST, [4, ".nnlib-explorer"])
    top, bottom = rest["places"][-1]
    assert top >= 0 and bottom <= rest["height"]


@pytest.mark.parametrize("drawer", ["Network", "Learning"])
def test_a_drawer_leaves_the_picture_in_view(page: LabPage, drawer: str):
    for size in WINDOWS:
        page.resize(size)
        explorer = page.explorer("TrainingExplorer")
        for name in ("Data", drawer):
            explorer.button(name).press("Enter")
            expect(explorer.root.locator("[aria-expanded=true]")).to_have_text([name])
            page.page.wait_for_timeout(300)
            rest = page.page.evaluate(COMES_TO_REST, [3, ".nnlib-explorer"])
            top, bottom = rest["places"][-1]
            assert top >= 0 and bottom <= rest["height"]
        explorer.button(drawer).press("Enter")
        expect(explorer.root.locator("[aria-expanded=true]")).to_have_count(0)


def test_a_saved_page_does_not_ask_to_be_scrolled(page: LabPage):
    page.scroll_to(page.find(".nnlib-prediction"))
    commit(page.find(".nnlib-prediction"))
    expect(page.find(".nnlib-outcome")).to_be_visible()
    page.wait_until_heard()
    page.menu("File", "Save Notebook")
    expect(page.page.locator(".jp-mod-current.jp-mod-dirty")).to_have_count(0)
    widgets = page.saved()["metadata"].get("widgets", {})
    models = widgets.get("application/vnd.jupyter.widget-state+json", {}).get("state", {})
    wanted = [model["state"].get("wanted", "") for model in models.values()]
    assert len(wanted) > 50 and set(wanted) == {""}
