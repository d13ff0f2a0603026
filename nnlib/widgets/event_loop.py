"""The event loop that a widget lives on: one thread for all that is drawn, trained and told."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any


class HomeLoop:
    """The event loop that was running when this object was made, or none.

    A kernel's cells run on its main loop, so that is what a widget made in a cell lives on.
    Callbacks may come on any other thread (JupyterLab sends widget messages to kernel subshells)
    and hand their work over with `call_soon` or `run_on_loop`. In plain Python there is no loop,
    and all work is done at once, by whoever asks for it.
    """

    def __init__(self) -> None:
        self._loop = _running_loop()

    @property
    def running(self) -> bool:
        """Whether there is a loop that takes work."""
        return self._loop is not None and self._loop.is_running()

    def call_soon(self, work: Callable[[], None]) -> None:
        """Have ``work`` done on the loop, at its next turn; from any thread. It must be running."""
        assert self._loop is not None
        self._loop.call_soon_threadsafe(work)

    def run_on_loop(self, work: Callable[[], None]) -> None:
        """Do ``work`` at once if this is the loop's own thread or there is no loop, else soon."""
        if self.running and _running_loop() is not self._loop:
            self.call_soon(work)
        else:
            work()

    def call_later(self, seconds: float, work: Callable[[], None]) -> asyncio.TimerHandle:
        """Have ``work`` done after some time. To be called on the loop's own thread."""
        assert self._loop is not None
        return self._loop.call_later(seconds, work)

    def start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Start a task. To be called on the loop's own thread."""
        assert self._loop is not None
        return self._loop.create_task(work)


def _running_loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None
