"""When frames are drawn: one for many requests, on one thread, and one more when nothing moves.

A request may come from any thread. It only notes that something has changed. However many came
meanwhile, or while the page could take no more, the home loop draws once. When nothing has changed
for a while, a frame drawn for rest replaces the quick one; if that is so already when the page can
take the next, the quick one is left out. Without a loop each request is drawn at once, and those of
one deed, such as a press, at its end.
"""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from nnlib.widgets.event_loop import HomeLoop

RETRY_SECONDS = 0.02  # after so long a page that could take no more frames is looked at again
CALM_SECONDS = 0.1  # after so long without a change the frame that a late page gets is one for rest
REST_SECONDS = 0.25  # after so long without a change one drawn for rest replaces the quick frame


class FrameSchedule:
    """Calls ``draw`` when a frame is due.

    Parameters
    ----------
    home : HomeLoop
        Where frames are drawn.
    draw : callable
        Draws the newest state; its argument says whether the frame is the last until something
        moves again.
    page_is_ready : callable
        Says whether the page can take another frame.
    in_motion : callable
        Says whether the next change follows by itself; until then nothing comes to rest.
    came_to_rest : callable
        Called when nothing has changed for a while, on the loop that frames are drawn on.

    Attributes
    ----------
    is_due : bool
        Whether a frame was asked for that is not drawn yet.
    """

    def __init__(
        self,
        home: HomeLoop,
        draw: Callable[[bool], None],
        page_is_ready: Callable[[], bool],
        in_motion: Callable[[], bool],
        came_to_rest: Callable[[], None],
    ) -> None:
        self._home = home
        self._draw = draw
        self._page_is_ready = page_is_ready
        self._in_motion = in_motion
        self._came_to_rest = came_to_rest
        self._lock = threading.Lock()
        self._settling: asyncio.TimerHandle | None = None
        self._closed = False
        self.is_due = False
        self._asked_at = 0.0  # when a frame was asked for last, as of `time.perf_counter`
        self._page_was_late = False  # it could not take the frame that is due
        self._deeds = 0  # one within the other

    def request(self) -> None:
        """Ask for a frame of the newest state, from any thread; many requests make one frame."""
        if not self._home.running:
            self.is_due = True
            self._draw_deed()
            return
        with self._lock:
            self._asked_at = time.perf_counter()
            if self.is_due:
                return
            self.is_due = True
        self._home.call_soon(self._draw_due)

    @contextmanager
    def one_deed(self) -> Iterator[None]:
        """Draw once, at the end, what is asked for meanwhile; under the explorer's lock."""
        self._deeds += 1
        try:
            yield
        finally:
            self._deeds -= 1
            self._draw_deed()

    def draw_if_due(self) -> None:
        """Draw now what was asked for and is not drawn yet."""
        if self._take_request():
            self._draw(True)

    def close(self) -> None:
        """Draw no more; from any thread."""
        self._closed = True
        self._home.run_on_loop(self._stop_settling)

    def _draw_deed(self) -> None:
        if not self._deeds and not self._home.running:
            self.draw_if_due()

    def _take_request(self) -> bool:
        """Say whether a frame was asked for; now it is no longer."""
        with self._lock:
            was_due, self.is_due = self.is_due, False
        return was_due

    def _draw_due(self) -> None:
        if self._closed:
            return
        self._stop_settling()
        if not self._page_is_ready():
            self._page_was_late = True
            self._later(RETRY_SECONDS, self._draw_due)
        elif self._take_request():
            self._draw_taken()

    def _draw_taken(self) -> None:
        was_late, self._page_was_late = self._page_was_late, False
        calm = time.perf_counter() - self._asked_at > CALM_SECONDS and not self._in_motion()
        if was_late and calm:
            self._settle()
        else:
            self._draw(False)
            self._later(REST_SECONDS, self._settle)

    def _settle(self) -> None:
        if self._in_motion():  # only the page is late
            self._later(RETRY_SECONDS, self._settle)
            return
        self._came_to_rest()
        self._draw_at_rest()

    def _draw_at_rest(self) -> None:
        if self._page_is_ready():
            self._draw(True)
        else:
            self._later(RETRY_SECONDS, self._draw_at_rest)

    def _later(self, seconds: float, work: Callable[[], None]) -> None:
        if not self._closed:
            self._settling = self._home.call_later(seconds, work)

    def _stop_settling(self) -> None:
        if self._settling is not None:
            self._settling.cancel()
            self._settling = None
