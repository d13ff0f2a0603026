"""A learner in class: their server, their kernel, and what they do in chapter 1."""

import random
import time
from typing import Any

from classroom.dragging import Slider
from classroom.explorer import Explorer
from classroom.kernel import Kernel
from classroom.visitor import Visitor

SLIDER = "w₁ weight"
TRAINING = "from nnlib.explorers import TrainingExplorer\n\nTrainingExplorer()"


class Learner:
    """One of the class.

    Attributes
    ----------
    slider : Slider
        That of chapter 1's first explorer, when it is there.
    training : Explorer or None
        The explorer that trains, if this learner has one.
    """

    slider: Slider
    training: Explorer | None = None

    def __init__(self, address: str, name: str) -> None:
        self._visitor = Visitor(address, name, f"word-of-{name}")
        self._kernel = Kernel()

    async def come_in(self) -> None:
        """Sign in and start a server."""
        await self._visitor.sign_in()
        await self._visitor.start_server()

    async def begin_chapter(self) -> None:
        """Open chapter 1 and run it to its first prediction, past its first explorer."""
        cells, kernel = await self._visitor.open_notebook()
        await self._kernel.connect(self._visitor, kernel)
        for cell in cells[: _first(cells, "prediction") + 1]:
            if cell["cell_type"] == "code":
                made = await self._kernel.run(cell["id"], cell["source"])
                if "explorer" in _tags(cell):
                    explorer = Explorer(self._kernel, made)
                    explorer.open()
                    self.slider = Slider(explorer, SLIDER)
                elif "prediction" in _tags(cell):
                    self._prediction = made

    async def open_training(self) -> None:
        """Show an explorer that trains."""
        self.training = Explorer(self._kernel, await self._kernel.run("training", TRAINING))
        self.training.open()

    async def drag_until(self, end: float, chance: random.Random) -> None:
        """Drag the slider in bursts."""
        await self.slider.drag_until(end, chance)

    def commit(self, answer: str) -> float:
        """Answer the prediction, and return when Commit was pressed."""
        self._kernel.update(self._in_prediction("My prediction:"), {"value": answer})
        when = time.perf_counter()
        self._kernel.tell(self._in_prediction("Commit"), {"event": "click"})
        return when

    def leave(self) -> None:
        """Close the page."""
        self._kernel.close()

    def _in_prediction(self, description: str) -> str:
        states = self._kernel.states
        return next(
            each for each in self._prediction if states[each].get("description") == description
        )


def _first(cells: list[dict[str, Any]], tag: str) -> int:
    return next(k for k, cell in enumerate(cells) if tag in _tags(cell))


def _tags(cell: dict[str, Any]) -> list[str]:
    return cell["metadata"].get("tags", [])
