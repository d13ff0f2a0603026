"""What the pointer does on a drawing board, told to the kernel."""

from collections.abc import Callable
from math import isfinite
from pathlib import Path

import anywidget

from nnlib.widgets.kernel_watch import WHEN_THERE


class BoardPointer(anywidget.AnyWidget):
    """An invisible part of a drawing board that listens to clicks and drags on its picture.

    Parameters
    ----------
    pointed : callable
        Told where the pointer is, in pixels of the picture from its left and its upper border, and
        whether it has just been pressed.
    """

    # As text, not as a path: anywidget would watch the file and never let a closed widget go.
    _esm = WHEN_THERE + Path(__file__).with_suffix(".js").read_text(encoding="utf-8")

    def __init__(self, pointed: Callable[[float, float, bool], None]) -> None:
        super().__init__()
        self._pointed = pointed
        self.on_msg(self._receive)

    def _receive(self, _widget: object, message: dict, _buffers: object) -> None:
        x, y = float(message["x"]), float(message["y"])
        if isfinite(x + y):
            self._pointed(x, y, message.get("kind") == "press")
