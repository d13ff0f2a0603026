"""Play and pause: work in short bursts on the kernel's own event loop.

One burst fills the time between two frames. Between bursts the loop is free, so that other cells'
code, sliders and buttons are answered while something plays.
"""

import asyncio
from collections.abc import Callable

from nnlib.explorers.playing.courtesy import Courtesy
from nnlib.explorers.playing.interrupts import interrupt_all, listen_for
from nnlib.widgets.event_loop import HomeLoop


class Player:
    """Calls ``burst`` again and again until paused.

    Parameters
    ----------
    home : HomeLoop
        The loop to run on. Without one, `play` does a single burst at once.
    burst : callable
        A short piece of work, about 16 ms. It may call `pause`.
    pause : float
        Seconds between two bursts, in which the loop does other things; longer where others need
        the machine.
    changed : callable
        Told whenever it begins or stops to play.
    interrupted : callable
        Told when the kernel's Interrupt (■) has stopped it.
    """

    def __init__(
        self,
        home: HomeLoop,
        burst: Callable[[], None],
        pause: float,
        changed: Callable[[], None] = lambda: None,
        interrupted: Callable[[], None] = lambda: None,
    ) -> None:
        self._home = home
        self._burst = burst
        self._pause = pause
        self._changed = changed
        self._interrupted = interrupted
        self._task: asyncio.Task[None] | None = None
        self.playing = False

    def play(self) -> None:
        """Start, from any thread. Playing already: nothing happens."""
        if self.playing:
            return
        self._set(True)
        if not self._home.running:
            self._burst()
            self._set(False)
            return
        self._home.call_soon(self._start)

    def pause(self) -> None:
        """Stop after the present burst, from any thread."""
        if self.playing:
            self._set(False)

    def interrupt(self) -> None:
        """Stop soon, and tell that it was the kernel's Interrupt; from a signal handler, too."""
        if self.playing and self._home.running:
            self._home.call_soon(self._stop_interrupted)

    def _set(self, playing: bool) -> None:
        self.playing = playing
        self._home.run_on_loop(self._changed)

    def _stop_interrupted(self) -> None:
        if self.playing:
            self._set(False)
            self._interrupted()

    def _start(self) -> None:
        if self._task is None or self._task.done():
            self._task = self._home.start(self._run())

    async def _run(self) -> None:
        courtesy = Courtesy()
        while self.playing:
            listen_for(self)
            try:
                self._burst()
            except KeyboardInterrupt:  # meant for a cell that waits; it would end the kernel here
                interrupt_all()
            await asyncio.sleep(self._pause)  # a frame is drawn meanwhile
            if rest := courtesy.end(idle=self._pause):
                await asyncio.sleep(rest)
            courtesy.begin()
