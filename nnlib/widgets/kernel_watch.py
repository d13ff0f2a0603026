"""What a page says of its kernel: a widget that tells when the kernel is gone, and when it is busy.

A kernel that was restarted knows nothing of the widgets on the page, and one that is busy answers
late. Controls would move in silence. The script beside this module asks whenever one is touched.
"""

from collections.abc import Callable
from pathlib import Path

import anywidget

_HERE = Path(__file__).parent

# To be put before a widget's own. As text, not as paths: anywidget would watch the files and never
# let a closed widget go.
WHEN_THERE = (_HERE / "when_there.js").read_text(encoding="utf-8")
SCRIPT = WHEN_THERE + (_HERE / "kernel_watch.js").read_text(encoding="utf-8")
STYLE = (_HERE / "kernel_watch.css").read_text(encoding="utf-8")


def at_once(work: Callable[[], None]) -> None:
    """Do ``work`` here and now."""
    work()


class AnsweringWidget(anywidget.AnyWidget):
    """A widget that answers when its page asks whether the kernel is there.

    Parameters
    ----------
    do : callable
        Does a piece of work where this widget's own work is done. On a kernel's subshells messages
        are heard while a cell runs, but the answer must wait for what the page waits for.
    **traits : object
        The widget's traits.
    """

    def __init__(
        self, do: Callable[[Callable[[], None]], None] = at_once, **traits: object
    ) -> None:
        super().__init__(**traits)
        self._do = do
        self.on_msg(self._answer)

    def _answer(self, _widget: object, message: dict, _buffers: object) -> None:
        if message.get("kind") == "are you there?":
            self._do(lambda: self.send(self.answer()))

    def answer(self) -> dict:
        """Return what the page is told: that the kernel has heard all it was sent."""
        return {"kind": "here"}
