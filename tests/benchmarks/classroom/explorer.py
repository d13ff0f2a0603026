"""An explorer as its page has it: which frames came, and what the page says of them.

The page's own script is ``nnlib/explorers/engine/page/live_figure.js``. A frame counts as painted
when it has come: decoding and painting are the learner's machine's work, not the class's.
"""

import time
from collections.abc import Callable, Sequence
from typing import Any

from classroom.kernel import Kernel


class Explorer:
    """The widgets of one explorer.

    Parameters
    ----------
    kernel : Kernel
        The kernel that it lives in.
    widgets : sequence of str
        The names of its widgets.

    Attributes
    ----------
    frames : list of float
        When each frame came, as of `time.perf_counter`.
    on_frame : callable
        Called when a frame has come.
    """

    def __init__(self, kernel: Kernel, widgets: Sequence[str]) -> None:
        self.kernel = kernel
        self.widgets = widgets
        self.frames: list[float] = []
        self.on_frame: Callable[[], None] = lambda: None
        [self._figure] = [each for each in widgets if "serial" in kernel.states[each]]
        self._state = kernel.states[self._figure]
        self._awaited = self._acknowledged = 0
        kernel.follow(self._figure, self._changed)

    def open(self) -> None:
        """Say what a page says when it shows an explorer."""
        screen = {"dark": False, "pixel_ratio": 1}
        self.kernel.tell(self._figure, {"kind": "hello", **screen})
        self.kernel.tell(self._figure, {"kind": "screen", **screen})
        self._acknowledge()

    def named(self, description: str) -> str:
        """Return the widget that has this label."""
        states = self.kernel.states
        found = [each for each in self.widgets if states[each].get("description") == description]
        if len(found) != 1:
            raise RuntimeError(f"{len(found)} widgets are called {description!r}.")
        return found[0]

    def press(self, button: str) -> None:
        """Press a button."""
        self.kernel.tell(self.named(button), {"event": "click"})

    def _changed(self, state: dict[str, Any]) -> None:
        if "serial" not in state:
            return
        self.frames.append(time.perf_counter())
        if self._state["asked"] or self._state["settled"]:
            self._awaited = self._state["serial"]
        if self._acknowledged < self._awaited:
            self._acknowledge()
        self.on_frame()

    def _acknowledge(self) -> None:
        self._acknowledged = self._state["serial"]
        said = {"kind": "shown", "serial": self._acknowledged, "visible": True}
        self.kernel.tell(self._figure, said)
