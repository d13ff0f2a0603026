"""Who is a learner: a front end's cell; and who is none: nbval, nbclient, plain Python."""

import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from kernel import running_kernel
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from nnlib.exercises import progress
from nnlib.exercises.predictions.prediction import QUESTIONS
from nnlib.learner import presence as learner
from nnlib.learner.memory import Memory

NAME = "neurons-bias"
ANSWER = {"choice": QUESTIONS[NAME].options[0], "confidence": None}
CELLS = (
    "from nnlib.exercises import check_double, forget, predict, progress",
    f"prediction = predict({NAME!r})\nprint(prediction.choice, prediction.revealed)",
    "prediction.choice = prediction.question.options[1]\nprediction.commit()",
    "check_double(lambda x: 2 * x)",
    "progress()",
    "forget()",
)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A learner's file that is not to be touched, and an environment as in their own terminal."""
    file = tmp_path / "memory.sqlite"
    Memory(file).remember(learner.PREDICTION, NAME, ANSWER)
    monkeypatch.setenv("NNLIB_MEMORY", str(file))
    monkeypatch.setenv("JPY_SESSION_NAME", "notebooks/01_neurons.ipynb")
    return file


def executed() -> nbformat.NotebookNode:
    """Return a notebook of these cells, executed by nbclient."""
    notebook = new_notebook(cells=[new_code_cell(cell) for cell in CELLS])
    return NotebookClient(notebook, timeout=60, kernel_name="python3").execute()


def test_a_cell_of_a_front_end_is_a_learner_s(file):
    with running_kernel() as kernel:
        kernel.run(CELLS[0], cell="a")
        assert kernel.run(CELLS[1], cell="b") == f"{ANSWER['choice']} True\n"
        kernel.run(CELLS[3], cell="c")
    assert Memory(file).everything(learner.EXERCISE) == {"check_double": True}


@pytest.mark.slow
def test_nbclient_and_nbval_neither_read_nor_write(file, tmp_path):
    before = file.read_bytes()
    notebook = executed()
    assert notebook.cells[1].outputs[0].text == "None False\n"
    assert notebook.cells[4].outputs[0].data["text/plain"] == repr(progress())
    path = tmp_path / "notebook.ipynb"
    nbformat.write(notebook, path)
    nbval = [sys.executable, "-m", "pytest", "-q", "--nbval", "-p", "no:cacheprovider", str(path)]
    result = subprocess.run(nbval, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "6 passed" in result.stdout, result.stdout
    assert file.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == [file.name, path.name]


def test_plain_python_knows_no_learner_and_loads_no_database(file):
    code = (
        "import sys; from nnlib.exercises import predict, progress\n"
        f"assert not predict({NAME!r}).revealed\n"
        "assert repr(progress()).startswith('Nothing yet')\n"
        "assert 'sqlite3' not in sys.modules and 'platformdirs' not in sys.modules\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_usual_place_is_the_platform_s_data_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.delenv("NNLIB_MEMORY", raising=False)
    monkeypatch.setattr(learner, "running_cell", lambda: "a")
    if sys.platform == "linux":
        assert learner.memory().file == tmp_path / "nnlib" / "memory.sqlite"
    assert learner.memory().file.name == "memory.sqlite"
