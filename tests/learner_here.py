"""A learner for tests: a cell of a notebook is running, and the memory is a file of the test."""

from pathlib import Path

import pytest

from nnlib.learner import presence as learner
from nnlib.learner.memory import Memory


class LearnerHere:
    """Says which cell is running; `file` is where that learner's memory is."""

    def __init__(self, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.file = file
        self.runs = 0
        self.cell: str | None = None
        monkeypatch.setattr(learner, "_counted", ("", 0))
        monkeypatch.setenv("NNLIB_MEMORY", str(file))
        monkeypatch.setenv("JPY_SESSION_NAME", "notebooks/01_neurons.ipynb")
        monkeypatch.setattr(learner, "running_cell", lambda: self.cell)
        monkeypatch.setattr(
            learner, "running_request", lambda: {"header": {"msg_id": str(self.runs)}}
        )
        self.run_cell("a")

    def run_cell(self, cell: str) -> None:
        """Begin to run the cell with this id."""
        self.runs += 1
        self.cell = cell

    def restart_kernel(self) -> None:
        """Know nothing any more but what is written."""
        for memory in learner._memories.values():
            memory.finish()
        learner._memories.clear()

    @property
    def memory(self) -> Memory:
        """The file, opened by somebody else when all is written."""
        for memory in learner._memories.values():
            memory.finish()
        return Memory(self.file)
