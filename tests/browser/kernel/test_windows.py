"""One notebook in two windows, and in one that takes far cells off the page."""

from collections.abc import Iterator

import pytest
from lab import LARGE_WINDOW, Lab, LabPage, colour_shown, window, write_notebook
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.browser

CELLS = (
    "from IPython.display import HTML\nfrom nnlib.explorers import TrainingExplorer",
    "TrainingExplorer()",
    *["HTML('<div style=\"height: 2500px\">…</div>')"] * 6,
)
NOTEBOOK = "@jupyterlab/notebook-extension/tracker"
ON_PAGE = ".nnlib-explorer.TrainingExplorer"


@pytest.fixture(scope="module")
def light(chromium: Browser, lab: Lab) -> Iterator[LabPage]:
    """A light window that takes far cells off the page."""
    lab.set(NOTEBOOK, {"windowingMode": "full"})
    with window(chromium, lab, write_notebook(lab, *CELLS)) as page:
        page.run_all()
        yield page
    lab.set(NOTEBOOK, {})


@pytest.fixture(scope="module")
def dark(chromium: Browser, lab: Lab, light: LabPage) -> Iterator[LabPage]:
    """A dark window of the same notebook, opened later."""
    with lab.in_the_dark():
        context = chromium.new_context(viewport=LARGE_WINDOW, locale="en-GB")
        page = LabPage(context.new_page(), lab)
        page.open(light.path)
        yield page
        context.close()


def test_a_cell_that_was_out_of_sight_shows_the_same_and_answers(light: LabPage):
    explorer = light.explorer_at_start("TrainingExplorer")
    explorer.slider("layer 1 neurons").press("ArrowRight")
    explorer.wait_for_words("2-5-1")
    explorer.settle()
    left = explorer.summary, explorer.pixels
    for key in ("Escape", "ArrowUp"):  # JupyterLab keeps the cell that has the focus
        light.page.keyboard.press(key)
    light.find(".jp-WindowedPanel-outer").evaluate("it => it.scrollTo(0, 1e6)")
    cell = light.find(".jp-Cell", has=light.page.locator(ON_PAGE))
    expect(cell).to_have_css("display", "none")
    light.find(".jp-WindowedPanel-outer").evaluate("it => it.scrollTo(0, 0)")
    explorer = light.explorer("TrainingExplorer")
    explorer.wait_until(lambda: (explorer.summary, explorer.pixels) == left, "the same")
    explorer.slider("layer 1 neurons").press("ArrowLeft")
    explorer.wait_for_words("2-4-1")
    light.check()


def test_two_windows_agree_and_each_keeps_its_theme(light: LabPage, dark: LabPage):
    windows = [page.explorer_at_start("TrainingExplorer") for page in (light, dark)]
    for explorer in windows:
        explorer.slider("layer 1 neurons").press("ArrowRight")
        explorer.button("Play").click()
        explorer.wait_until(lambda it=explorer: it.epoch > 2, "it trains")
        explorer.button("Pause").click()
        explorer.settle()
        for it in windows:
            it.wait_until(lambda it=it, words=explorer.summary: it.summary == words, "the same")
            it.settle()
        bright, deep = windows  # whichever of them it was drawn for last
        bright.wait_until(lambda it=bright: min(colour_shown(it.canvas)) > 250, "white")
        deep.wait_until(lambda it=deep: max(colour_shown(it.canvas)) < 30, "black")
    assert "2-6-1" in windows[0].summary
    light.check()
    dark.check()
