"""A kernel that is busy for as long as a test wants, however fast the machine is."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lab import LabPage

HELD = Path(tempfile.gettempdir(), f"nnlib-kernel-held-{os.getpid()}")
BUTTON = f"""import ipywidgets, pathlib, time
def be_busy(_):
    while pathlib.Path({str(HELD)!r}).exists():
        time.sleep(0.02)
busy = ipywidgets.Button(description="Be busy")
busy.on_click(be_busy)"""


@contextmanager
def kept_busy(page: LabPage) -> Iterator[None]:
    """Press the button that a notebook has made by `BUTTON`, and hold the kernel."""
    HELD.touch()
    try:
        button = page.notebook.get_by_role("button", name="Be busy")
        page.scroll_to(button)
        button.click()
        yield
    finally:
        HELD.unlink()
