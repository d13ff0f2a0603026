"""TrainingExplorer is played, its learning rate moved while it plays, and paused."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from lab import ExplorerOnPage, LabPage
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def epoch(explorer: ExplorerOnPage) -> int:
    """Return the epoch that the summary tells."""
    return int(re.search(r"epoch (\d+)", explorer.summary, re.IGNORECASE)[1])


def wait_for_epoch(explorer: ExplorerOnPage, least: int) -> None:
    """Wait until the summary tells of epoch `least` or a later one."""
    for _ in range(100):
        if epoch(explorer) >= least:
            return
        explorer.root.page.wait_for_timeout(100)
    pytest.fail(f"epoch {least} was not reached: {explorer.summary}")


def test_play_change_learning_rate_pause(open_notebook: Callable[..., LabPage], screenshots: Path):
    page = open_notebook("05_training", pixel_ratio=2)
    page.run_all()
    explorer = page.explorer("TrainingExplorer")
    explorer.settle()
    assert explorer.canvas.evaluate("canvas => canvas.width") == 1800, "not sharp on this screen"
    before = explorer.pixels

    explorer.button("Play").click()
    wait_for_epoch(explorer, epoch(explorer) + 3)
    assert explorer.pixels != before

    slider = explorer.slider("learning rate")
    summary_of_rate = re.search(r"learning rate (\S+)", explorer.summary)[1]
    slider.focus()
    slider.press("ArrowRight")
    expect(explorer.root.locator(".nnlib-summary")).not_to_contain_text(
        f"learning rate {summary_of_rate}"
    )
    wait_for_epoch(explorer, epoch(explorer) + 3)

    explorer.button("Pause").click()
    expect(explorer.button("Play")).to_be_visible()
    explorer.settle()
    paused_at, picture = epoch(explorer), explorer.pixels
    page.page.wait_for_timeout(1000)
    assert (epoch(explorer), explorer.pixels) == (paused_at, picture)

    explorer.root.screenshot(path=screenshots / "training-explorer.png")
    page.check()
