"""Who types a wrong password too often has to wait, longer each time."""

import time
from collections.abc import Callable, Hashable

FORGOTTEN_AFTER = 600.0  # seconds without another wrong one
LONGEST_WAIT = 60.0  # seconds


class Patience:
    """Counts wrong tries for each key, such as a name and an address.

    Parameters
    ----------
    free : int
        So many wrong tries may follow at once; after each further one comes a wait, of 2, 4, 8, …
        seconds up to a minute.
    clock : callable
        The time in seconds.
    """

    def __init__(self, free: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.free = free
        self.clock = clock
        self._wrong: dict[Hashable, tuple[int, float]] = {}  # how many, and when the last one

    def wait(self, key: Hashable) -> float:
        """Return how many seconds this key has to wait from now."""
        tries, last = self._wrong.get(key, (0, 0.0))
        if tries < self.free:
            return 0.0
        pause = min(2.0 ** (tries - self.free + 1), LONGEST_WAIT)
        return max(0.0, last + pause - self.clock())

    def wrong(self, key: Hashable) -> None:
        """Count a wrong try."""
        now = self.clock()
        self._wrong = {
            other: (tries, last)
            for other, (tries, last) in self._wrong.items()
            if now - last < FORGOTTEN_AFTER
        }
        self._wrong[key] = (self._wrong.get(key, (0, now))[0] + 1, now)

    def right(self, key: Hashable) -> None:
        """Forget what this key had wrong."""
        self._wrong.pop(key, None)
