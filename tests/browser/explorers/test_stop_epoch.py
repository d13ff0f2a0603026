"""Play stops at the end of an epoch that is typed, and the curve of the run before stays."""

from collections.abc import Iterator

import pytest
from lab import LabPage, OpenCells
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def opened(open_cells: OpenCells) -> Iterator[LabPage]:
    """A notebook with the explorer."""
    cell = "from nnlib.explorers import TrainingExplorer\nTrainingExplorer(batch_size=None)"
    with open_cells(cell) as page:
        page.run_all()
        yield page


def test_two_runs_to_the_same_epoch_are_compared(page: LabPage):
    explorer = page.explorer_at_start("TrainingExplorer")
    stop = explorer.root.get_by_label("stop at epoch")
    stop.fill("6")
    stop.press("Enter")
    explorer.button("Play").click()
    expect(explorer.notice("Stopped at the end of epoch 6.")).to_be_visible()
    explorer.wait_for_words("Epoch 6, 6 updates,")
    explorer.button("Restart").click()
    explorer.wait_for_words("Earlier runs: the same: 0.")
    rate = explorer.root.get_by_role("textbox", name="η learning rate")
    rate.fill("1")
    rate.press("Enter")
    explorer.wait_for_words("Earlier runs: η = 0.1: 0.")
    explorer.button("Play").click()
    explorer.wait_for_words("Epoch 6, 6 updates,")
    explorer.wait_for_words("Earlier runs: η = 0.1: 0.")
