"""`make notebooks` run twice changes nothing, and leaves content only."""

from pathlib import Path

import nbformat
import pytest
from execute_notebooks import WIDGET_VIEW, execute
from nbclient.exceptions import CellExecutionError
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

SET_UP = """\
%matplotlib inline
import ipywidgets
from matplotlib import pyplot as plt

class Slider(ipywidgets.FloatSlider):
    state = property(lambda self: {"value": self.value})
    from_state = classmethod(lambda cls, state: cls(**state))

    def _repr_mimebundle_(self, **kwargs):
        shown = {"image/png": f"A{self.value:.0f}==", "text/plain": f"at {self.value:.0f}"}
        return super()._repr_mimebundle_(**kwargs) | shown"""
PICTURE = "plt.figure(figsize=(1, 1)).add_subplot().plot([0, 1])[0].set_label('line')"


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    sources = [SET_UP, PICTURE, "Slider()", "from pathlib import Path\nPath.cwd().name"]
    cells = [new_markdown_cell("# Title"), *map(new_code_cell, sources)]
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
        cell.metadata = {"tags": ["kept"], "collapsed": True}
    path = tmp_path / "notebook.ipynb"
    nbformat.write(new_notebook(cells=cells, metadata={"widgets": {"state": {}}}), path)
    return path


def test_twice_changes_nothing(notebook: Path):
    execute(notebook)
    once = notebook.read_bytes()
    execute(notebook)
    assert notebook.read_bytes() == once


def test_only_content_is_kept(notebook: Path):
    execute(notebook)
    written = nbformat.read(notebook, as_version=4)
    assert set(written.metadata) == {"kernelspec", "language_info"}
    assert all(cell.metadata == {"tags": ["kept"]} for cell in written.cells)
    assert [cell.execution_count for cell in written.cells[1:]] == [1, 2, 3, 4]
    picture, slider, folder = (cell.outputs for cell in written.cells[2:])
    assert "image/png" in picture[-1].data
    assert "image/png" in slider[0].data
    assert WIDGET_VIEW not in slider[0].data
    assert folder[0].data["text/plain"] == repr(notebook.parent.name)


def test_a_still_picture_is_that_of_a_copy_with_which_a_deed_was_done(notebook: Path):
    written = nbformat.read(notebook, as_version=4)
    shown, after = written.cells[3:]
    shown.source, after.source = "slider = Slider(value=3)\nslider", "slider.value, _ is slider"
    shown.metadata["nnlib"] = {"still": "explorer.value += 4"}
    nbformat.write(written, notebook)
    execute(notebook)
    shown, after = nbformat.read(notebook, as_version=4).cells[3:]
    (output,) = shown.outputs
    assert (output.data["image/png"], output.metadata["image/png"]) == ("A7==", {"alt": "at 7"})
    assert output.data["text/plain"] == "at 3"
    assert after.outputs[0].data["text/plain"] == "(3.0, True)"
    assert (shown.metadata["nnlib"], after.execution_count) == ({"still": "explorer.value += 4"}, 4)


def test_an_exception_is_not_written_down(notebook: Path):
    broken = nbformat.read(notebook, as_version=4)
    broken.cells[-1].source = "1 / 0"
    nbformat.write(broken, notebook)
    before = notebook.read_bytes()
    with pytest.raises(CellExecutionError, match="ZeroDivisionError"):
        execute(notebook)
    assert notebook.read_bytes() == before
