"""One walk through chapters 1, 4 and 5 in Firefox and WebKit."""

import re
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from engine import Engine
from lab import Lab
from nbformat.v4 import new_code_cell, new_notebook
from visitor import Visitor

pytestmark = pytest.mark.browser

COURSE = Path(__file__).parents[3] / "notebooks"
CELLS = {  # what the explorers of the walk need; all of each chapter would take minutes
    "01_neurons": ("setup", "explorer-or", "explorer-map-or"),
    "04_backprop": ("setup", "explorer", "explorer-check"),
    "05_training": (
        *("setup", "explorer-descent", "explorer", "explorer-batches"),
        *("surface-code", "digits-data", "digits-train", "explorer-digits"),
    ),
}


@pytest.fixture(scope="module")
def opened(engine: Engine, lab: Lab) -> Iterator[Visitor]:
    """Somebody who has run these cells of the chapters there."""
    lab.memory.unlink(missing_ok=True)
    chapters = {name: nbformat.read(COURSE / f"{name}.ipynb", as_version=4) for name in CELLS}
    cells = [
        new_code_cell(cell.source, id=f"{name[:2]}-{cell.id}")
        for name, chapter in chapters.items()
        for cell in chapter.cells
        if cell.id in CELLS[name]
    ]
    notebook = new_notebook(cells=cells, metadata=chapters["01_neurons"].metadata)
    path = "notebooks/engines.ipynb"
    (lab.folder / path).write_text(nbformat.writes(notebook), encoding="utf-8")
    visitor = Visitor(engine, lab)
    visitor.open(path)
    yield visitor
    lab.shut_down_kernels()


@pytest.fixture
def visitor(opened: Visitor) -> Iterator[Visitor]:
    """The same visitor, with a look at all that may have gone wrong after each test."""
    yield opened
    opened.check()


def epoch(visitor: Visitor) -> int:
    return int(re.search(r"epoch (\d+)", visitor.summary, re.IGNORECASE)[1])


def test_chapter_1(visitor: Visitor):
    visitor.show("01-explorer-or")
    visitor.move_a_slider()
    visitor.show("01-explorer-map-or")
    visitor.drag((0.313, 0.576), (0.33, 0.5), (0.35, 0.4))


def test_chapter_4(visitor: Visitor):
    visitor.show("04-explorer")
    visitor.move_a_slider()
    visitor.show("04-explorer-check")
    visitor.move_a_slider()
    visitor.drag((0.6, 0.5), (0.7, 0.5), (0.9, 0.5))


def test_chapter_5(visitor: Visitor):
    visitor.show("05-explorer-descent")
    visitor.move_a_slider()
    visitor.drag((0.2, 0.3))
    visitor.show("05-explorer")
    visitor.click("Play")
    visitor.wait(lambda: epoch(visitor) > 3, "epoch 4")
    visitor.click("Pause")


def test_a_digit_is_drawn(visitor: Visitor):
    visitor.show("05-explorer-digits")
    visitor.draw_digit(4)


def test_a_table_is_opened(visitor: Visitor):
    visitor.show("05-explorer-batches")
    visitor.click("Data")
    visitor.open_a_table()
