"""What plays while it is interrupted, while the lid is closed, and while its kernel dies."""

import os
import signal
import time
from collections.abc import Iterator

import pytest
from lab import ExplorerOnPage, LabPage, OpenCells
from playwright.sync_api import Browser, expect

from nnlib.explorers.engine.delivery import GONE_SECONDS

pytestmark = pytest.mark.browser

CELLS = (
    "import asyncio, os\nfrom nnlib.explorers import TrainingExplorer",
    "print(os.getpid())",
    "training = TrainingExplorer()\ntraining",
    "await asyncio.sleep(60 * training.playing)",
)
INTERRUPTED = "Paused by the kernel's Interrupt (■). Play goes on from here."
UNSEEN = "Paused, because this explorer was not on screen. Play goes on from here."
GONE = "The kernel was restarted. Run the first cell of the page, then this one."


@pytest.fixture(scope="module")
def opened(open_cells: OpenCells) -> Iterator[LabPage]:
    """An explorer, and a cell that waits for a minute if it plays."""
    with open_cells(*CELLS, own_window=True) as page:  # what a dead kernel leaves goes with it
        page.run_all()
        yield page


def playing(page: LabPage) -> ExplorerOnPage:
    """Press Play, and wait until it trains."""
    explorer = page.explorer_at_start("TrainingExplorer")
    explorer.button("Play").click()
    explorer.wait_until(lambda: explorer.epoch > 2, "it trains")
    return explorer


def test_interrupt_pauses_it_also_while_a_cell_awaits(page: LabPage):
    explorer = playing(page)
    cell = page.find(".jp-CodeCell").last
    cell.locator(".jp-InputPrompt").click()
    page.page.keyboard.press("Control+Enter")
    expect(cell.locator(".jp-InputPrompt")).to_have_text("[*]:")
    epoch = explorer.epoch
    explorer.wait_until(lambda: explorer.epoch > epoch, "it goes on beside the cell")
    page.page.locator("[data-command='notebook:interrupt-kernel']").first.click()
    expect(cell).to_contain_text("CancelledError")
    expect(explorer.notice(INTERRUPTED)).to_be_visible()
    expect(explorer.button("Play")).to_be_visible()
    page.problems.clear()  # the cell's own


def test_after_the_lid_was_closed_it_rests_where_the_kernel_paused(
    page: LabPage, chromium: Browser
):
    """The page hears and does nothing, until the kernel takes it for gone and a while longer."""
    explorer = playing(page)
    told = chromium.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    pages = [process["id"] for process in told if process["type"] == "renderer"]
    for process in pages:
        os.kill(process, signal.SIGSTOP)
    time.sleep(GONE_SECONDS + 2)
    for process in pages:
        os.kill(process, signal.SIGCONT)
    expect(explorer.notice(UNSEEN)).to_be_visible()
    explorer.settle()
    epoch = explorer.epoch
    explorer.button("Play").click()
    explorer.wait_until(lambda: explorer.epoch > epoch, "it goes on")
    explorer.button("Pause").click()
    explorer.settle()


def test_a_kernel_that_dies_while_it_plays_leaves_a_picture_at_rest(page: LabPage):
    """The last test here: another kernel knows nothing of it."""
    explorer = playing(page)
    page.kill_kernel()
    expect(explorer.root.locator(".nnlib-kernel-note", has_text=GONE)).to_be_visible()
    explorer.settle()
    assert explorer.epoch > 2
    page.problems.clear()  # what its connection told
