"""Chapters 1 to 4: cells run again in any order, solutions pass their checks, the core is short."""

import contextlib
import io
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import matplotlib
import nbformat
import pytest
from nbformat import NotebookNode

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
NAMES = ("01_neurons", "02_activations", "03_feedforward", "04_backprop")
WIDGET = re.compile(r"^(predict|\w+Explorer)\(", re.MULTILINE)  # shown by other tests
CHECK = re.compile(r"^check_\w+\(", re.MULTILINE)


@dataclass
class Chapter:
    """A chapter's code, and the names that are there when every cell has run once."""

    cells: list[NotebookNode]
    names: dict = field(default_factory=dict)

    @property
    def code(self) -> dict[str, str]:
        """The source of each code cell that shows no widget."""
        code = {cell.id: cell.source for cell in self.cells if cell.cell_type == "code"}
        return {name: source for name, source in code.items() if not WIDGET.search(source)}

    @property
    def exercises(self) -> dict[str, str]:
        """For each exercise's cell the code under its "Solution", which comes next."""
        found = {}
        for k, cell in enumerate(self.cells):
            if cell.cell_type == "code" and CHECK.search(cell.source):
                (solution, *_) = re.findall(
                    r"Solution.*?```python\n(.*?)```", self.cells[k + 1].source, re.DOTALL
                )
                found[cell.id] = solution
        return found

    def run(self, source: str, names: dict) -> None:
        """Run a cell's source with these names; what it prints is not looked at."""
        with contextlib.redirect_stdout(io.StringIO()), matplotlib.rc_context():
            exec(source.replace("%matplotlib inline", ""), names)


@cache
def opened(name: str) -> Chapter:
    """Return a chapter whose cells have all run once."""
    matplotlib.use("Agg")
    chapter = Chapter(nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4).cells)
    for source in chapter.code.values():
        chapter.run(source, chapter.names)
    return chapter


def each(what: str) -> list:
    """Return a parameter for each cell, or each exercise, of each chapter."""
    chapters = {
        name: Chapter(nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4).cells)
        for name in NAMES
    }
    return [(name, cell) for name, chapter in chapters.items() for cell in getattr(chapter, what)]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "cell"), each("code"))
@pytest.mark.filterwarnings("ignore:FigureCanvasAgg is non-interactive")
def test_each_cell_can_be_run_again_after_all_others(name, cell):
    chapter = opened(name)
    chapter.run(chapter.code[cell], dict(chapter.names))


@pytest.mark.parametrize(("name", "exercise"), each("exercises"))
@pytest.mark.filterwarnings("ignore:FigureCanvasAgg is non-interactive")
def test_the_solution_of_each_exercise_is_right(name, exercise):
    """The code under "Solution" passes the check that stands in the exercise's cell."""
    chapter = opened(name)
    names, solution = dict(chapter.names), chapter.exercises[exercise]
    if CHECK.search(solution):
        assert eval(solution, names)
    else:
        exec(solution, names)
        assert eval(chapter.code[exercise].splitlines()[-1], names)


@pytest.mark.parametrize("name", NAMES)
def test_the_core_is_short_and_there_are_exercises_enough(name):
    cells = nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4).cells
    end = next(k for k, cell in enumerate(cells) if cell.source.startswith("## Going further"))
    core = [cell.source for cell in cells[:end] if cell.cell_type == "code"]
    assert sum(bool(re.search(r"^\w+Explorer\(", source, re.MULTILINE)) for source in core) <= 4
    assert sum(bool(CHECK.search(source)) for source in core) == 3
    assert len(Chapter(cells).exercises) >= 6
