"""The kernel draws for a dark page or a light one: at once what is in sight, the rest when seen."""

from collections.abc import Iterator

import pytest
from lab import Lab, LabPage, OpenCells

pytestmark = pytest.mark.browser

CELLS = (
    "import asyncio\nfrom IPython.display import HTML\nfrom nnlib.explorers import *",
    "NeuronExplorer()",
    "HTML('<div style=\"height: 2500px\">…</div>')",
    "await asyncio.sleep(3)",
    "later = ActivationExplorer()\nlater",
    "print('made', 'dark' if later.live_figure.dark else 'light')",
)


@pytest.fixture(scope="module")
def opened(lab: Lab, open_cells: OpenCells) -> Iterator[LabPage]:
    """Two explorers far from each other, made in a dark page."""
    with lab.in_the_dark(), open_cells(*CELLS, own_window=True) as page:
        page.run_all()
        yield page


def test_all_but_the_first_are_drawn_dark_from_the_start(page: LabPage):
    """Or each would be drawn anew after Run All, all of them before the first move is answered."""
    told = page.saved()["cells"][-1]["outputs"][0]["text"]
    assert "".join(told).strip() == "made dark"


def test_only_what_is_in_sight_follows_another_theme_at_once(page: LabPage):
    here, far = page.explorer("NeuronExplorer"), page.explorer("ActivationExplorer")
    far.wait_until(lambda: far.is_dark, "dark")
    here = page.explorer("NeuronExplorer")
    page.menu("Settings", "Theme", "JupyterLab Light")
    here.wait_until(lambda: not here.is_dark, "light")
    here.settle()
    page.wait_until_heard()
    assert far.is_dark
    far = page.explorer("ActivationExplorer")
    far.wait_until(lambda: not far.is_dark, "light")
