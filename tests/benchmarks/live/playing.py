"""TrainingExplorer plays: frames and steps a second, and what the kernel does with its time."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from lab import ExplorerOnPage, Lab, window, write_notebook
from playwright.sync_api import Browser

SECONDS = 6.0
CELLS = ("from clocked_explorer import ClockedExplorer", 'ClockedExplorer(speed="fast")')

# Counts for some milliseconds how often the picture changes, looked at in each animation frame.
COUNT_FRAMES = """async (canvas, milliseconds) => {
    const [width, height] = [90, 40];
    const context = new OffscreenCanvas(width, height).getContext("2d");
    let [frames, before] = [-1, ""];
    const start = performance.now();
    while (performance.now() - start < milliseconds) {
        await new Promise(requestAnimationFrame);
        context.drawImage(canvas, 0, 0, width, height);
        const pixels = context.getImageData(0, 0, width, height).data.join();
        frames += pixels !== before;
        before = pixels;
    }
    return frames;
}"""


@dataclass(frozen=True)
class Play:
    """What came of playing for some seconds."""

    frames_per_second: float
    steps_per_second: float
    training: float  # shares of the kernel's processor time
    drawing: float


@contextmanager
def open_training(chromium: Browser, lab: Lab) -> Iterator[ExplorerOnPage]:
    """Open a notebook with a TrainingExplorer that counts its time."""
    module = Path(__file__).with_name("clocked_explorer.py")
    (lab.folder / "notebooks" / module.name).write_bytes(module.read_bytes())
    with window(chromium, lab, write_notebook(lab, *CELLS)) as page:
        page.run_all()
        yield page.explorer("ClockedExplorer")


def play(explorer: ExplorerOnPage, lab: Lab, seconds: float = SECONDS) -> Play:
    """Press Play, and Pause after some seconds."""
    explorer.settle()
    explorer.button("Play").click()
    handle = explorer.canvas.element_handle()
    frames = explorer.root.page.evaluate(
        f"([canvas, time]) => ({COUNT_FRAMES})(canvas, time)", [handle, 1000 * seconds]
    )
    report = lab.folder / "notebooks" / "clocked.json"
    report.unlink(missing_ok=True)
    explorer.button("Pause").click()
    explorer.wait_until(report.exists, "a report on what was clocked")
    found = json.loads(report.read_text(encoding="utf-8"))
    return Play(frames_per_second=frames / seconds, **found)
