"""Play and pause: work in short bursts on the kernel's own event loop.

One burst fills the time between two frames. Between bursts the loop is free, so that other cells'
code, sliders and buttons are answered while something plays.
"""

import asyncio
from collections.abc import Callable

from nnlib.explorers.event_loop import HomeLoop


class Player:
    """Calls ``burst`` again and again until paused.

    Parameters
    ----------
    home : HomeLoop
        The loop to run on. Without one, `play` does a single burst at once.
    burst : callable
        A short piece of work, about 16 ms. It may call `pause`.
    pause : float
        Seconds between two bursts, in which the loop does other things.
    """

    def __init__(self, home: HomeLoop, burst: Callable[[], None], pause: float) -> None:
        self._home = home
        self._burst = burst
        self._pause = pause
        self._task: asyncio.Task[None] | None = None
        self.playing = False

    def play(self) -> None:
        """Start, from any thread. Playing already: nothing happens."""
        if self.playing:
            return
        self.playing = True
        if not self._home.running:
            self._burst()
            self.playing = False
            return
        self._home.soon(self._start)

    def pause(self) -> None:
        """Stop after the present burst, from any thread."""
        self.playing = False

    def _start(self) -> None:
        if self._task is None or self._task.done():
            self._task = self._home.start(self._run())

    async def _run(self) -> None:
        while self.playing:
            self._burst()
            await asyncio.sleep(self._pause)
