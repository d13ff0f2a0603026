"""What a class is still to get from a learner: kept until its service has got it.

It stands in the learner's memory, so that a kernel that ends loses nothing.
"""

import threading
import time
from typing import TYPE_CHECKING, Any

from nnlib.learner.presence import UNSENT

if TYPE_CHECKING:
    from nnlib.learner.memory import Memory

KEPT_SECONDS = 3 * 3600.0  # the class that it was meant for is over then


class Unsent:
    """What is still to be sent, each under the path that it goes to; any thread may ask.

    Parameters
    ----------
    memory : Memory or None
        Where it is kept besides; None if nothing is remembered.
    """

    def __init__(self, memory: "Memory | None") -> None:
        self._memory = memory
        self._lock = threading.Lock()
        kept = memory.everything(UNSENT) if memory else {}
        self._bodies: dict[str, dict[str, Any]] = {}
        for path, body in kept.items():
            if isinstance(body, dict) and time.time() - body.get("at", 0) < KEPT_SECONDS:
                self._bodies[path] = body
            elif memory:
                memory.forget(UNSENT, path)

    def __contains__(self, path: object) -> bool:
        return path in self._bodies

    def items(self) -> list[tuple[str, dict[str, Any]]]:
        """Return all that is to be sent now."""
        with self._lock:
            return list(self._bodies.items())

    def put(self, path: str, body: dict[str, Any]) -> None:
        """Keep what goes to a path, in place of what was to go there."""
        with self._lock:
            self._bodies[path] = {**body, "at": time.time()}
            if self._memory:
                self._memory.remember(UNSENT, path, self._bodies[path])

    def sent(self, path: str, body: dict[str, Any]) -> None:
        """Keep this no longer; something newer for the same path stays."""
        with self._lock:
            if self._bodies.get(path) is body:
                del self._bodies[path]
                if self._memory:
                    self._memory.forget(UNSENT, path)
