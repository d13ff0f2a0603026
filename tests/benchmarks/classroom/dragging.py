"""A slider dragged in bursts, as a hand and a page do it, and how long each frame took.

A pointer moves 60 times a second. The page holds a move back until the kernel has taken the one
before, and sends the newest then. Each move takes the slider to where it did not stand: one that
stays where it is would give no frame. A move is answered by the first frame of its value, or of one
that came after it.
"""

import asyncio
import random
import time

from classroom.explorer import Explorer
from classroom.kernel import Kernel
from nnlib.widgets.typed_numbers import number_in

MOVES = 60  # of one burst
MOVES_A_SECOND = 60
STEP = 0.1
LOOKS_SECONDS = (3.0, 5.0)  # from one burst to the next
LATEST_SECONDS = 15.0  # a frame that has not come by then does not count as one


class Slider:
    """A slider with the box that shows its number, on a page.

    Attributes
    ----------
    answered : list of float
        The seconds from each move to its frame.
    unanswered : int
        How many moves never had one.
    """

    def __init__(self, explorer: Explorer, label: str) -> None:
        self._kernel: Kernel = explorer.kernel
        self._name = explorer.named(label)
        self._box = self._box_of(explorer)
        self._buffered: float | None = None
        self._sending = False
        self._waiting: dict[float, float] = {}  # when the slider was moved to each value
        self._arrived = asyncio.Event()
        self.value: float = self._kernel.states[self._name]["value"]
        self.answered: list[float] = []
        self.unanswered = 0
        explorer.on_frame = self._frame_came

    def _box_of(self, explorer: Explorer) -> str:
        """Return the box that stands in one row with the slider."""
        states = self._kernel.states
        for each in explorer.widgets:
            children = [
                name.removeprefix("IPY_MODEL_") for name in states[each].get("children", ())
            ]
            if self._name in children:
                return next(name for name in children if "nnlib-number" in _classes(states[name]))
        raise RuntimeError("The slider has no box.")

    async def drag_until(self, end: float, chance: random.Random) -> None:
        """Drag there and back, and look at the picture in between, until ``end``."""
        direction = -1
        await asyncio.sleep(chance.uniform(0, LOOKS_SECONDS[1]))
        while time.perf_counter() < end:
            await self._burst(direction * STEP)
            direction = -direction
            await asyncio.sleep(chance.uniform(*LOOKS_SECONDS))

    async def _burst(self, step: float) -> None:
        began = time.perf_counter()
        for number in range(MOVES):
            await asyncio.sleep(max(began + number / MOVES_A_SECOND - time.perf_counter(), 0))
            self._move(round(self.value + step, 9))
        try:
            while self._waiting:
                self._arrived.clear()
                await asyncio.wait_for(self._arrived.wait(), LATEST_SECONDS)
        except TimeoutError:
            self.unanswered += len(self._waiting)
            self._waiting.clear()

    def _move(self, value: float) -> None:
        self.value = value
        self._waiting[value] = time.perf_counter()
        if self._sending:
            self._buffered = value
        else:
            self._send(value)

    def _send(self, value: float) -> None:
        self._sending = True
        self._kernel.update(self._name, {"value": value}).add_done_callback(self._taken)

    def _taken(self, done: "asyncio.Future[None]") -> None:
        if done.cancelled() or done.exception():
            return  # the page was closed
        self._sending = False
        if self._buffered is not None:
            value, self._buffered = self._buffered, None
            self._send(value)

    def _frame_came(self) -> None:
        shown = number_in(self._kernel.states[self._box]["value"])
        if shown not in self._waiting:
            return
        now = time.perf_counter()
        for value in list(self._waiting):  # in the order of the moves
            self.answered.append(now - self._waiting.pop(value))
            if value == shown:
                break
        self._arrived.set()


def _classes(state: dict) -> tuple[str, ...]:
    return tuple(state.get("_dom_classes", ()))
