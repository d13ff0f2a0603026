"""What the page says while the kernel does not answer: busy, restarted, died or shut down."""

import re
from collections.abc import Iterator

import pytest
from busy_kernel import BUTTON, kept_busy
from lab import ExplorerOnPage, LabPage, OpenCells, assert_apart
from playwright.sync_api import Locator, expect

pytestmark = pytest.mark.browser

MAKE = f"""from nnlib.explorers import NeuronExplorer
from nnlib.exercises import predict
import os
{BUTTON}"""
CELLS = (MAKE, "busy", "print(os.getpid())", "NeuronExplorer()", "predict('neurons-bias')")
GONE = "The kernel was restarted. Run the first cell of the page, then this one."
STOPPED = "The kernel has stopped. Choose Kernel → Restart Kernel and Run All Cells."
BUSY = "The kernel is busy; the picture will follow."
# The broken links that ipywidgets puts before widgets without a kernel.
ICONS = """root => [root, ...root.querySelectorAll('*')]
    .map(element => getComputedStyle(element, '::before').content)
    .filter(content => !['none', 'normal', '""'].includes(content)).length"""
HEIGHT = "root => root.getBoundingClientRect().height"
DIM = "element => Number(getComputedStyle(element).opacity)"


@pytest.fixture(scope="module")
def opened(open_cells: OpenCells) -> Iterator[LabPage]:
    """A button that keeps the kernel busy, an explorer and a prediction."""
    with open_cells(*CELLS, own_window=True) as page:  # what a dead kernel leaves goes with it
        page.run_all()
        yield page


def note(root: Locator, words: str) -> Locator:
    return root.locator(".nnlib-kernel-note").filter(has_text=words)


def prediction(page: LabPage) -> Locator:
    root = page.find(".nnlib-prediction")
    page.scroll_to(root)
    return root


def test_a_busy_kernel_is_told_of_until_the_picture_follows(page: LabPage):
    explorer = page.explorer_at_start("NeuronExplorer")
    expect(note(explorer.root, BUSY)).to_have_count(0)
    before = explorer.root.evaluate(HEIGHT)
    with kept_busy(page):
        explorer = page.explorer("NeuronExplorer")
        explorer.slider("w₁").press("ArrowRight")
        expect(note(explorer.root, BUSY)).to_be_visible()
        assert "Weights 1.00 and 1.00" in explorer.summary, "the picture has not followed yet"
        assert explorer.root.evaluate(HEIGHT) == before, "nothing is shifted"
        expect(explorer.root.locator(".nnlib-figure")).to_have_attribute("aria-busy", "true")
    explorer.settle()
    assert "Weights 1.10 and 1.00" in explorer.summary
    expect(note(explorer.root, BUSY)).to_have_count(0)


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
    expect(page.find(".nnlib-gone").first).to_be_attached()
    page.wait_for_idle()
    # a kernel that starts again warns that its debugger may miss something
    page.problems[:] = [told for told in page.problems if '"stderr", "text": "0.00s - ' not in told]


def expect_note(root: Locator, words: str) -> None:
    """Look for a note, and whether what else is there stands beside it, and not below it."""
    expect(note(root, words)).to_be_visible()
    covered = note(root, words).bounding_box()
    assert_apart(covered, root.locator("label:visible, button:visible, select:visible, canvas"))
    assert root.evaluate(ICONS) == 0


def expect_still(explorer: ExplorerOnPage) -> None:
    """Look whether the controls look switched off, the picture does not, and nothing moves."""
    assert explorer.button("Reset").evaluate(DIM) < 0.5
    assert explorer.canvas.evaluate(DIM) == 1
    slider = explorer.slider("w₁")
    at = slider.get_attribute("aria-valuenow")
    slider.press("ArrowRight")
    assert slider.get_attribute("aria-valuenow") == at, "nothing moves in vain"


def expect_new(page: LabPage) -> None:
    """Look whether the explorer answers, and says nothing of the kernel."""
    explorer = page.explorer("NeuronExplorer")
    expect(explorer.root).not_to_have_class(re.compile("nnlib-gone"))
    explorer.slider("w₁").press("Home")
    explorer.wait_for_words("Weights −5.00 and 1.00")
    explorer.slider("w₁").press("ArrowRight")
    explorer.wait_for_words("Weights −4.90 and 1.00")


def test_a_restarted_kernel_is_told_of_where_the_explorer_stands(page: LabPage):
    explorer = page.explorer_at_start("NeuronExplorer")
    pixels = explorer.pixels
    restarted(page)
    explorer = ExplorerOnPage(explorer.root)
    expect_note(explorer.root, GONE)
    assert explorer.pixels == pixels
    expect(explorer.canvas).to_be_in_viewport(ratio=1)
    expect_still(explorer)
    expect_note(prediction(page), GONE)
    for text in (MAKE.splitlines()[0], "NeuronExplorer()"):
        run_again(page, text)
    expect_new(page)


def test_a_kernel_that_died_is_told_of_too(page: LabPage):
    """JupyterLab starts another one, and says so in a dialog."""
    run_again(page, MAKE.splitlines()[0])
    run_again(page, "print(os.getpid())")
    page.kill_kernel()
    explorer = page.explorer("NeuronExplorer")
    expect_note(explorer.root, GONE)
    expect_still(explorer)
    for text in (MAKE.splitlines()[0], "NeuronExplorer()"):
        run_again(page, text)
    expect_new(page)


def test_a_kernel_that_was_shut_down_is_told_of_with_what_starts_one(page: LabPage):
    explorer = page.explorer("NeuronExplorer")
    page.menu("Kernel", "Shut Down Kernel")
    expect_note(explorer.root, STOPPED)
    expect_still(explorer)
    page.menu("Kernel", "Restart Kernel and Run All Cells…")
    page.wait_for_idle()
    expect_new(page)


def run_again(page: LabPage, code: str) -> None:
    """Run the cell that begins with this code."""
    has_code = page.page.locator(".cm-line:first-child", has_text=code)
    cell = page.find(".jp-CodeCell").filter(has=has_code).last
    page.scroll_to(cell)
    cell.locator(".jp-InputPrompt").click()
    page.page.keyboard.press("Control+Enter")
    page.wait_until_heard()
