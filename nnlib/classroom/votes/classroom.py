"""The class that is there now: its votes, and who listens to how they go on."""

import asyncio
from typing import Protocol

from nnlib.classroom.votes.ballot_box import BallotBox

SOON = 0.1  # seconds: what happens within them is told at once


class Listener(Protocol):
    """A page, or a learner's kernel, to which each change is told."""

    kernel_of: str | None  # the learner whose kernel it is; None for a page

    def tell(self) -> None:
        """Tell what has changed."""


class Classroom:
    """The votes of a class, and the pages and kernels that follow them.

    Parameters
    ----------
    box : BallotBox
        Where the votes are kept.
    """

    def __init__(self, box: BallotBox) -> None:
        self.box = box
        self.listeners: set[Listener] = set()
        self._telling: asyncio.TimerHandle | None = None

    @property
    def here(self) -> int:
        """How many learners are there: their kernel listens."""
        return len({each.kernel_of for each in self.listeners} - {None})

    def join(self, listener: Listener) -> None:
        """Tell a listener of each change from now on."""
        self.listeners.add(listener)
        self.changed()

    def leave(self, listener: Listener) -> None:
        """Tell this one no more."""
        self.listeners.discard(listener)
        self.changed()

    def changed(self) -> None:
        """Tell all listeners soon: of thirty votes at once in one go."""
        if self._telling is None:
            self._telling = asyncio.get_running_loop().call_later(SOON, self._tell)

    def _tell(self) -> None:
        self._telling = None
        for listener in list(self.listeners):
            listener.tell()
