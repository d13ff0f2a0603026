"""Clocks of a test's own: what goes by the clock goes the same on every machine, however busy."""

import asyncio
import selectors
import time
from collections.abc import Coroutine
from typing import Any, TypeVar
from unittest import mock

T = TypeVar("T")

READING_SECONDS = 0.0005  # a look at the clock takes so long; what waits for a time gets there


class Clock:
    """In place of the module `time`; it stands until a test moves it."""

    def __init__(self) -> None:
        self.now = 100.0

    def perf_counter(self) -> float:
        return self.now


class TickingClock(Clock):
    """Goes on a little each time it is read."""

    def perf_counter(self) -> float:
        self.now += READING_SECONDS
        return self.now


class ImpatientSelector(selectors.SelectSelector):
    """Where an event loop would wait for the time to pass, it moves the clock instead."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = super().select(timeout and 0)
        if timeout and not ready:
            self._clock.now += timeout
        return ready


class OwnTimeLoop(asyncio.SelectorEventLoop):
    def __init__(self, clock: Clock) -> None:
        super().__init__(ImpatientSelector(clock))
        self._clock = clock

    def time(self) -> float:
        return self._clock.now

    def stand_still(self, seconds: float) -> None:
        """Let the time pass in which a cell computes, and the loop comes to nothing."""
        self._clock.now += seconds


def run(scenario: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine as `asyncio.run` does, by a clock of its own: a second takes no time."""
    clock = TickingClock()
    with (
        mock.patch.object(time, "perf_counter", clock.perf_counter),
        asyncio.Runner(loop_factory=lambda: OwnTimeLoop(clock)) as runner,
    ):
        return runner.run(scenario)
