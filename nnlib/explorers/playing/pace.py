"""The pace of what plays: when the next frame is due, and when nobody is looking any more."""

import math
import time
from collections.abc import Callable
from typing import Protocol

from nnlib.explorers.engine.delivery import GONE_SECONDS

FRAME_SECONDS = 1 / 30
PATIENCE_SECONDS = 0.5  # so long at most an answer is awaited before a frame is asked for
HIDDEN_SECONDS = 1.0  # views say that they are hidden, and none has been on screen for so long


class Delivered(Protocol):
    """What is known of the pages that show a figure; times as of `time.perf_counter`."""

    @property
    def waiting(self) -> bool:
        """Whether a frame is on its way that a page was asked about and has not painted yet."""

    @property
    def seen_at(self) -> float:
        """When a view that is on screen last painted a frame."""

    @property
    def hidden_at(self) -> float:
        """When a view that is not on screen last said so."""


class Audience(Protocol):
    """A figure that can be asked about its pages."""

    @property
    def delivery(self) -> Delivered:
        """What is known of them."""

    def ask(self) -> None:
        """Ask the page to say when it paints the next frame."""


class Pace:
    """Keeps time for a player.

    Parameters
    ----------
    audience : callable
        Returns the figure that shows the frames now: plain images may take its place.
    """

    def __init__(self, audience: Callable[[], Audience]) -> None:
        self._audience = audience
        self.begin()

    def begin(self) -> None:
        """Start anew: whoever pressed Play is looking, and a frame is due."""
        self._began = time.perf_counter()
        self._frame_time = -math.inf

    def frame_is_due(self) -> bool:
        """Say whether to ask for a frame now; the page is to say when it has painted it."""
        since = time.perf_counter() - self._frame_time
        audience = self._audience()
        ready = since > FRAME_SECONDS and not audience.delivery.waiting
        if ready or since > PATIENCE_SECONDS:
            self._frame_time = time.perf_counter()
            audience.ask()
            return True
        return False

    @property
    def nobody_looks(self) -> bool:
        """Whether no view has been on screen for a while; one of several is enough."""
        pages = self._audience().delivery
        seen = max(self._began, pages.seen_at)
        unseen = time.perf_counter() - seen
        hidden = pages.hidden_at > seen
        return unseen > (HIDDEN_SECONDS if hidden else GONE_SECONDS)
