"""What is known of the page that shows a figure: what it has painted, and how fast it answers.

A fast page takes frames as they are drawn. On a slow line they would pile up, and the page would
show what was long ago. There the next frame waits until the last one is painted, and is small.
"""

import math
import time
from collections import deque

SLOW_SECONDS = 0.2  # a page that needs longer from frame to answer is slow
ASK_SECONDS = 0.25  # how often a fast page is asked for an answer; each costs it some work
GONE_SECONDS = 10.0  # a page that is silent for so long is closed, and nobody waits for it
_TRIPS = 3  # so many in a row have to be slow: one alone may be the page's own business
_QUICK_BYTES = 60_000  # of a frame while something moves, as a fast page gets it


class Delivery:
    """Keeps account of frames that were sent, by serial number, and painted.

    Attributes
    ----------
    painted : int
        The newest serial number that a page has said to have painted.
    seen_at : float
        When a view that is on screen last painted a frame; times as of `time.perf_counter`.
    hidden_at : float
        When a view that is not on screen last said so.
    """

    def __init__(self) -> None:
        self.painted = 0
        self.seen_at = -math.inf
        self.hidden_at = -math.inf
        self._awaited = 0  # the newest that the page was asked about
        self._asked_at = -math.inf
        self._size = 0  # bytes of the frame that the page was asked about
        # Seconds from asking to the answer, of a frame with the bytes of a quick one.
        self._trips: deque[float] = deque(maxlen=_TRIPS)

    @property
    def has_painted(self) -> bool:
        """Whether a page has ever painted anything."""
        return self.painted > 0

    def wants_answer(self) -> bool:
        """Say whether the page should be asked about the frame that is sent now."""
        if not self.has_painted or (self.waiting and not self._is_gone):
            return False
        return self._may_be_slow or time.perf_counter() - self._asked_at > ASK_SECONDS

    def ask(self, serial: int, size: int) -> None:
        """Note that a frame of ``size`` bytes is sent that the page will answer.

        A picture that has not changed is not sent again: then there are 0.
        """
        if not self.waiting or self._is_gone:
            self._asked_at, self._size = time.perf_counter(), 0
        self._size += size
        self._awaited = serial

    def answer(self, serial: int, visible: bool) -> None:
        """Note that the page has painted a frame, and whether anybody can see it."""
        now = time.perf_counter()
        if self.waiting and serial >= self._awaited and self._size:
            # A small frame is soon there on any line: what counts is how long a quick one takes.
            self._trips.append((now - self._asked_at) * _QUICK_BYTES / self._size)
        self.painted = max(self.painted, serial)
        if visible:
            self.seen_at = now
        else:
            self.hidden_at = now

    @property
    def waiting(self) -> bool:
        """Whether a frame is on its way that the page was asked about and has not painted yet."""
        return self.painted < self._awaited

    @property
    def is_slow(self) -> bool:
        """Whether the page needs long, or seems to now."""
        return min(self._trips, default=0.0) > SLOW_SECONDS or self._silence > SLOW_SECONDS

    @property
    def can_take_more(self) -> bool:
        """Whether another frame may be sent now."""
        return not (self.waiting and self._may_be_slow) or self._is_gone

    @property
    def _may_be_slow(self) -> bool:
        """Whether it is slow, or was in its latest trip: then one frame at a time is under way."""
        return self.is_slow or (len(self._trips) > 0 and self._trips[-1] > SLOW_SECONDS)

    @property
    def _silence(self) -> float:
        """How long an answer has been missing, in seconds; 0 where no page has ever answered."""
        return time.perf_counter() - self._asked_at if self.has_painted and self.waiting else 0.0

    @property
    def _is_gone(self) -> bool:
        return self._silence > GONE_SECONDS
