"""What is left of an explorer where no kernel runs: its picture, and its summary in words."""

import json
from pathlib import Path

import pytest
from lab import Lab, OpenCells, OpenNotebook
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

CHAPTER = Path("notebooks/01_neurons.ipynb")
WIDGETS = "@jupyter-widgets/jupyterlab-manager/plugin"


def test_a_chapter_that_nobody_ran_shows_the_picture_of_each_explorer(
    open_notebook: OpenNotebook,
):
    """As GitHub does; tests/notebooks/test_notebooks.py looks at the outputs of all chapters."""
    cells = json.loads(CHAPTER.read_text(encoding="utf-8"))["cells"]
    explorers = [
        number
        for number, cell in enumerate(cells)
        if cell["cell_type"] == "code" and cell["id"].startswith("explorer-")
    ]
    assert len(explorers) >= 3
    with open_notebook(CHAPTER.stem) as page:
        for number in explorers:
            picture = page.find(f"[data-windowed-list-index='{number}'] img")
            page.scroll_to(picture)
            assert picture.evaluate("image => image.naturalWidth") == 900
        page.check()


def test_a_saved_notebook_that_is_opened_again_shows_what_was_there(
    lab: Lab, open_cells: OpenCells
):
    """JupyterLab must save the state of widgets for it: `make lab` has that switched on."""
    lab.set(WIDGETS, {"saveState": True})
    cells = ("from nnlib.explorers import NeuronExplorer", "NeuronExplorer()")
    with open_cells(*cells, own_window=True) as page:
        page.run_all()
        explorer = page.explorer("NeuronExplorer")
        explorer.slider("w₁").press("ArrowRight")
        expect(explorer.root.locator(".nnlib-summary")).to_contain_text("Weights 1.10 and")
        explorer.settle()
        seen = explorer.summary, explorer.pixels
        page.menu("File", "Save Notebook")
        expect(page.page.locator(".jp-mod-current.jp-mod-dirty")).to_have_count(0)
        page.lab.shut_down_kernels()
        page.problems.clear()
        page.open(page.path)
        explorer = page.explorer("NeuronExplorer")
        explorer.settle()
        assert (explorer.summary, explorer.pixels) == seen
        expect(explorer.canvas).to_have_attribute("aria-label", seen[0])
    lab.set(WIDGETS, {})
