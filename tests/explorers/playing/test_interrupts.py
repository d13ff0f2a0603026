"""The kernel's Interrupt (■) pauses whatever plays, in a real kernel."""

import asyncio
import threading
import time
from collections.abc import Iterator

import pytest
from kernel import Kernel, running_kernel

from nnlib.explorers.playing.player import Player
from nnlib.widgets.event_loop import HomeLoop

STEP_SECONDS = 20  # far longer than a step takes, also beside other tests
MADE = "from nnlib.explorers import DescentExplorer; import asyncio, time; it = DescentExplorer()"
PLAYED = "it.steps = 0; it.play()"
TOLD = "print(it.playing, it.steps > 0, it.error, it.notice)"
PAUSED = "False True None Paused by the kernel's Interrupt (■). Play goes on from here.\n"


@pytest.fixture(scope="module")
def kernel() -> Iterator[Kernel]:
    """A kernel with an explorer."""
    with running_kernel() as kernel:
        kernel.run(MADE)
        yield kernel


def wait_for_a_step(kernel: Kernel) -> None:
    """Wait until the explorer has made a step by itself, and the kernel has nothing to do."""
    end = time.monotonic() + STEP_SECONDS
    while kernel.run("print(it.steps)") == "0\n":
        assert time.monotonic() < end, "it does not play"


def test_between_cells_it_pauses_and_play_goes_on(kernel: Kernel):
    for _ in range(2):
        kernel.run(PLAYED)
        wait_for_a_step(kernel)
        kernel.interrupt()
        kernel.run("await asyncio.sleep(0.05)")
        assert kernel.run(TOLD) == PAUSED


def test_with_a_cell_it_is_paused_too(kernel: Kernel):
    kernel.run(PLAYED)
    wait_for_a_step(kernel)
    threading.Timer(1.0, kernel.interrupt).start()
    with pytest.raises(AssertionError, match="KeyboardInterrupt"):
        kernel.run("time.sleep(20)")
    kernel.run("await asyncio.sleep(0.05)")
    assert kernel.run(TOLD) == PAUSED


def test_with_a_cell_that_awaits_it_is_paused_too():
    with running_kernel() as kernel:  # which has never played anything before
        kernel.run(MADE)
        threading.Timer(1.0, kernel.interrupt).start()
        with pytest.raises(AssertionError, match="CancelledError"):
            kernel.run(f"{PLAYED}; await asyncio.sleep(20)")
        kernel.run("await asyncio.sleep(0.05)")
        assert kernel.run(TOLD) == PAUSED


def test_nothing_plays_and_nothing_happens(kernel: Kernel):
    kernel.run("it.pause(); it.notice = None")
    kernel.interrupt()
    kernel.run("await asyncio.sleep(0.05)")
    assert kernel.run("print(it.notice, 1 + 1)") == "None 2\n"


def test_an_interrupt_within_a_burst_pauses_and_the_loop_lives_on():
    told = []

    def burst() -> None:
        raise KeyboardInterrupt

    async def scenario() -> None:
        player = Player(HomeLoop(), burst, 0.001, interrupted=lambda: told.append("interrupted"))
        player.play()
        await asyncio.sleep(0.05)
        assert not player.playing

    asyncio.run(scenario())
    assert told == ["interrupted"]
