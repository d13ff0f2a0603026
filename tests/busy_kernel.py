"""A kernel that is busy for as long as a test wants, however fast the machine is."""

import os
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lab import SEEN_SECONDS, LabPage

STOPPED = Path(tempfile.gettempdir(), f"nnlib-kernel-stopped-{os.getpid()}")
# All of its threads stand still: a kernel answers on more than one.
BUTTON = f"""import ipywidgets, os, pathlib, signal
def be_busy(_):
    pathlib.Path({str(STOPPED)!r}).write_text(str(os.getpid()))
    os.kill(os.getpid(), signal.SIGSTOP)
busy = ipywidgets.Button(description="Be busy")
busy.on_click(be_busy)"""


@contextmanager
def kept_busy(page: LabPage) -> Iterator[None]:
    """Press the button that a notebook has made by `BUTTON`, and hold the kernel."""
    button = page.notebook.get_by_role("button", name="Be busy")
    page.scroll_to(button)
    button.click()
    for _ in range(50 * SEEN_SECONDS):
        if STOPPED.exists() and STOPPED.read_text():
            break
        page.page.wait_for_timeout(20)
    try:
        yield
    finally:
        os.kill(int(STOPPED.read_text()), signal.SIGCONT)
        STOPPED.unlink()
