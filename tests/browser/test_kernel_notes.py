"""What the page says while the kernel does not answer: it was restarted, or it is busy."""

from collections.abc import Iterator

import pytest
from lab import ExplorerOnPage, LabPage, OpenCells
from playwright.sync_api import Locator, expect

pytestmark = pytest.mark.browser

MAKE = """from nnlib.explorers import NeuronExplorer
from nnlib.exercises import predict
import time, ipywidgets
busy = ipywidgets.Button(description="Be busy")
busy.on_click(lambda _: time.sleep(3))"""
CELLS = (MAKE, "busy", "NeuronExplorer()", "predict('neurons-bias')")
GONE = "The kernel was restarted: run the first cell of the page, then this one again."
BUSY = "The kernel is busy; the picture will follow."
# The broken links that ipywidgets puts before widgets without a kernel.
ICONS = """root => [root, ...root.querySelectorAll('*')]
    .map(element => getComputedStyle(element, '::before').content)
    .filter(content => !['none', 'normal', '""'].includes(content)).length"""
HEIGHT = "root => root.getBoundingClientRect().height"
DIM = "element => Number(getComputedStyle(element).opacity)"


@pytest.fixture(scope="module")
def opened(open_cells: OpenCells) -> Iterator[LabPage]:
    """A button that keeps the kernel busy for three seconds, an explorer and a prediction."""
    with open_cells(*CELLS) as page:
        page.run_all()
        yield page


def note(root: Locator, words: str) -> Locator:
    return root.locator(".nnlib-kernel-note").filter(has_text=words)


def keep_busy(page: LabPage) -> None:
    button = page.notebook.get_by_role("button", name="Be busy")
    page.scroll_to(button)
    button.click()


def prediction(page: LabPage) -> Locator:
    root = page.notebook.locator(".nnlib-prediction")
    page.scroll_to(root)
    return root


def test_a_busy_kernel_is_told_of_until_the_picture_follows(page: LabPage):
    explorer = page.explorer_at_start("NeuronExplorer")
    expect(note(explorer.root, BUSY)).to_have_count(0)
    before = explorer.root.evaluate(HEIGHT)
    keep_busy(page)
    explorer = page.explorer("NeuronExplorer")
    explorer.slider("w₁").press("ArrowRight")
    expect(note(explorer.root, BUSY)).to_be_visible(timeout=2500)
    assert "Weights 1.00 and 1.00" in explorer.summary, "the picture has not followed yet"
    assert explorer.root.evaluate(HEIGHT) == before, "nothing is shifted"
    expect(note(explorer.root, BUSY)).to_have_count(0)
    explorer.wait_for_words("Weights 1.10 and 1.00")


def test_a_kernel_that_answers_is_not_called_busy(page: LabPage):
    explorer = page.explorer_at_start("NeuronExplorer")
    for _ in range(20):
        explorer.slider("b").press("ArrowRight")
        expect(note(explorer.root, BUSY)).to_have_count(0)
    explorer.slider("b").press("End")  # where nothing changes any more
    explorer.slider("b").press("ArrowRight")
    page.page.wait_for_timeout(1300)
    expect(note(explorer.root, BUSY)).to_have_count(0)


def restarted(page: LabPage) -> None:
    page.menu("Kernel", "Restart Kernel…")
    page.page.get_by_role("button", name="Confirm Kernel Restart").click()
    expect(page.notebook.locator(".nnlib-gone").first).to_be_attached()
    page.wait_for_idle()
    # a kernel that starts again warns that its debugger may miss something
    page.problems[:] = [told for told in page.problems if '"stderr", "text": "0.00s - ' not in told]


def test_a_restarted_kernel_is_told_of_where_the_explorer_stands(page: LabPage):
    explorer = page.explorer_at_start("NeuronExplorer")
    before = explorer.root.evaluate(HEIGHT), explorer.pixels
    restarted(page)
    explorer = ExplorerOnPage(explorer.root)
    expect(note(explorer.root, GONE)).to_be_visible()
    assert (explorer.root.evaluate(HEIGHT), explorer.pixels) == before, "nothing is shifted"
    assert explorer.root.evaluate(ICONS) == 0
    assert explorer.button("Reset").evaluate(DIM) < 0.5, "its controls look switched off"
    assert explorer.canvas.evaluate(DIM) == 1, "its picture does not"
    slider = explorer.slider("w₁")
    at = slider.get_attribute("aria-valuenow")
    slider.press("ArrowRight")
    assert slider.get_attribute("aria-valuenow") == at, "nothing moves in vain"
    root = prediction(page)
    expect(note(root, GONE)).to_be_visible()
    assert root.evaluate(ICONS) == 0

    for text in (MAKE.splitlines()[0], "NeuronExplorer()"):
        run_again(page, text)
    explorer = page.explorer("NeuronExplorer")
    expect(note(explorer.root, GONE)).to_have_count(0)
    explorer.slider("w₁").press("ArrowRight")
    explorer.wait_for_words("Weights 1.10 and 1.00")


def run_again(page: LabPage, code: str) -> None:
    """Run the cell that begins with this code."""
    has_code = page.page.locator(".cm-line:first-child", has_text=code)
    cell = page.notebook.locator(".jp-CodeCell").filter(has=has_code).last
    page.scroll_to(cell)
    cell.locator(".jp-InputPrompt").click()
    page.page.keyboard.press("Control+Enter")
    page.wait_until_heard()
