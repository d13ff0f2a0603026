"""A page that cannot load anywidget's script still shows the explorer, as plain images."""

from collections.abc import Iterator

import pytest
from lab import LabPage, OpenCells
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


class WithoutAnywidget(LabPage):
    """A window in which anywidget's front end cannot be loaded."""

    def open(self, notebook: str) -> None:
        """Open `notebook`; every request for anywidget's script fails."""
        self.page.route("**/extensions/anywidget/**", lambda route: route.abort())
        super().open(notebook)


@pytest.fixture(scope="module")
def opened(open_cells: OpenCells) -> Iterator[LabPage]:
    """An explorer in such a window."""
    cells = "from nnlib.explorers import NeuronExplorer", "NeuronExplorer()"
    with open_cells(*cells, kind=WithoutAnywidget) as page:
        page.run_all()
        yield page


def test_plain_images_take_over_and_follow_the_slider(opened: LabPage):
    root = opened.find(".nnlib-explorer").first
    opened.scroll_to(root)
    image = root.locator("img")
    expect(image).to_be_visible()
    summary = root.get_by_text("OR: ", exact=False).last
    expect(summary).to_contain_text("Weights 1.00 and 1.00")
    before = image.get_attribute("src")
    handle = root.get_by_role("slider").first
    handle.focus()
    handle.press("ArrowRight")
    expect(summary).to_contain_text("Weights 1.10 and 1.00")
    expect(image).not_to_have_attribute("src", before)
    shown = image.evaluate("image => [image.naturalWidth, image.naturalHeight]")
    assert shown == [900, 400]
    expect(opened.find(".nnlib-error:visible")).to_have_count(0)


def test_the_script_speaks_before_anything_is_shown(open_cells: OpenCells):
    """JupyterLab makes no view of a far cell, and silence must not be mistaken for want."""
    cells = (
        "import asyncio\nfrom nnlib.explorers import NeuronExplorer\nNeuronExplorer()",
        "explorer = NeuronExplorer()",
        "await asyncio.sleep(3)",
        "print('heard:', explorer.live_figure.heard)",
    )
    with open_cells(*cells) as page:
        page.run_all()
        expect(page.find(".jp-CodeCell").last).to_contain_text("heard: True")
        page.check()
