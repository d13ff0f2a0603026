"""The two rivals, in the cells of one notebook."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from lab import Lab, LabPage, window, write_notebook
from playwright.sync_api import Browser

from live.watching import watch

# Both pictures are on the screen at once: what is hidden would not be drawn.
TALL_WINDOW = {"width": 1280, "height": 1500}

CELLS = (
    "%matplotlib inline\n"
    "import os\n"
    "from picture import BenchmarkExplorer, interact_inline\n"
    "print(os.getpid())",
    "BenchmarkExplorer()",
    "interact_inline()",
)


@dataclass(frozen=True)
class Stack:
    """One rival: where its slider and its picture are on the page."""

    name: str
    root: str  # CSS selectors
    picture: str
    margin: int = 0  # pixels that the picture has around the figure


OURS = Stack("nnlib", ".nnlib-explorer.BenchmarkExplorer", "canvas.nnlib-canvas")
DEFAULT = Stack("interact", ".widget-interact", ".jp-OutputArea-output img", margin=10)
STACKS = (OURS, DEFAULT)


@dataclass(frozen=True)
class Notebook:
    """The open notebook with both rivals."""

    page: LabPage
    kernel: psutil.Process

    @property
    def cpu_seconds(self) -> float:
        """The processor time that the kernel has used, all threads."""
        times = self.kernel.cpu_times()
        return times.user + times.system


@contextmanager
def open_rivals(chromium: Browser, lab: Lab) -> Iterator[Notebook]:
    """Open a notebook that shows both rivals, and watch their pictures."""
    module = Path(__file__).with_name("picture.py")
    (lab.folder / "notebooks" / module.name).write_bytes(module.read_bytes())
    with window(chromium, lab, write_notebook(lab, *CELLS), size=TALL_WINDOW) as page:
        saved = page.run_all()
        kernel = psutil.Process(int(saved["cells"][0]["outputs"][0]["text"][0]))
        page.find(".jp-WindowedPanel-outer").evaluate("it => it.scrollTop = 0")
        for stack in STACKS:
            picture, slider = f"{stack.root} {stack.picture}", f"{stack.root} .noUi-target"
            watch(page.page, stack.name, picture, slider, stack.margin)
        yield Notebook(page, kernel)
