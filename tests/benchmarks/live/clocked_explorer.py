"""TrainingExplorer with clocks: where the kernel's processor time goes. The kernel imports this.

The engine does its work on one thread. What that thread spends in bursts of training, and in
frames (model, artists, encoding, handing over to the socket), is clocked by `time.thread_time`. All
that the process spends, on every thread, is `time.process_time`.
"""

import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from nnlib.explorers import TrainingExplorer

REPORT = Path("clocked.json")


class ClockedExplorer(TrainingExplorer):
    """Counts from Play to Pause, and then writes a report."""

    def __init__(self, show: Sequence[str] | None = None, **parameters: Any) -> None:
        self.spent = {"training": 0.0, "drawing": 0.0}
        super().__init__(show, **parameters)

    def _clocked(self, work: Callable[..., None], purpose: str) -> Callable[..., None]:
        def clocked(*args: Any, **kwargs: Any) -> None:
            start = time.thread_time()
            work(*args, **kwargs)
            self.spent[purpose] += time.thread_time() - start

        return clocked

    def burst(self) -> None:
        """Train for a short while, by the clock."""
        self._clocked(super().burst, "training")()

    def draw(self, settled: bool = True) -> None:
        """Draw a frame, by the clock."""
        self._clocked(super().draw, "drawing")(settled)

    def play(self) -> None:
        """Start to count, and play."""
        self.spent.update(training=0.0, drawing=0.0)
        self._start_of_count = time.process_time(), time.perf_counter(), self.trainer.steps
        super().play()

    def pause(self) -> None:
        """Write the report, and pause."""
        if self.playing:
            processor, clock, steps = self._start_of_count
            processor = time.process_time() - processor
            report = {purpose: each / processor for purpose, each in self.spent.items()}
            seconds = time.perf_counter() - clock
            report["steps_per_second"] = (self.trainer.steps - steps) / seconds
            _write_whole(REPORT, json.dumps(report))
        super().pause()


def _write_whole(path: Path, text: str) -> None:
    """Write a file that others never see half written."""
    part = path.with_suffix(".part")
    part.write_text(text, encoding="utf-8")
    part.replace(path)
