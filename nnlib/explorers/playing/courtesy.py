"""What plays gives way on a machine that others need too, such as a class's.

Work that waits for a processor takes more time by the clock than of the processor. What has less
than half a processor rests between its bursts: a slider under somebody's hand comes first.
"""

import time

AVERAGED = 20  # bursts; some systems count a processor's time in steps of 16 ms
REST_A_SECOND = 4.0  # of rest for each second that is wanting
MOST_SECONDS = 0.2  # so long at most it rests: it still plays, and hears of Pause


class Courtesy:
    """Watches what a thread does between its rests, and says how long the next one is."""

    def __init__(self) -> None:
        self._wanting = 0.0  # seconds a burst, below 0 where there is enough
        self.begin()

    def begin(self) -> None:
        """Begin to watch, as a rest has ended."""
        self._began, self._worked = time.perf_counter(), time.thread_time()

    def end(self, idle: float) -> float:
        """End to watch, and return for how many seconds to give way; so long it was idle itself."""
        worked = time.thread_time() - self._worked
        waited = time.perf_counter() - self._began - idle - worked
        self._wanting += (waited - worked - self._wanting) / AVERAGED
        return min(max(REST_A_SECOND * self._wanting, 0.0), MOST_SECONDS)
