"""Memory comes to rest: after thousands of slider events, and while a training plays on."""

import asyncio
import gc
import os
import tracemalloc

import clock
import pytest

from nnlib.explorers import NeuronExplorer, TrainingExplorer

pytestmark = pytest.mark.slow

# `make bench-live` takes more of both.
EVENTS = int(os.environ.get("NNLIB_SLIDER_EVENTS", "1000"))
PLAY_SECONDS = float(os.environ.get("NNLIB_PLAY_SECONDS", "2"))
AN_EPOCH = 600  # bytes: the history keeps five numbers of each epoch, in arrays that grow by halves
ALLOWED = 250_000  # bytes

# The pictures of written numbers, kept up to a bound of their own, take minutes to fill.
BOUNDED = ["*/typesetting.py", "*/text_cache.py", "*/matplotlib/*"]


def allocated() -> int:
    """Return how many bytes Python and NumPy hold, caches of text left out."""
    gc.collect()
    others = [tracemalloc.Filter(False, pattern) for pattern in BOUNDED]
    traces = tracemalloc.take_snapshot().filter_traces(others).statistics("filename")
    return sum(trace.size for trace in traces)


def paint_at_once(explorer) -> None:
    """Be a page that paints each frame at once."""
    explorer.live_figure.observe(
        lambda change: explorer.live_figure.receive({"kind": "shown", "serial": change.new}),
        names="serial",
    )


async def rest(explorer) -> None:
    """Wait for the picture at rest, which is many times as large as one that moves."""
    await asyncio.sleep(0.1)
    while not explorer.live_figure.settled:
        await asyncio.sleep(0.1)


def test_all_slider_events_leave_memory_as_the_first_tenth_did():
    async def scenario():
        explorer = NeuronExplorer()
        paint_at_once(explorer)
        slider = explorer.controls["w1"]
        held = []
        for event in range(EVENTS + 1):
            slider.value = -5 + event % 101 / 10
            if event % 20 == 0:
                await asyncio.sleep(0)
            if event in (EVENTS // 10, EVENTS):
                await asyncio.sleep(0.5)
                held.append(allocated())
        frames = explorer.live_figure.serial
        assert explorer.error is None
        explorer.close()
        return *held, frames

    tracemalloc.start()
    try:
        early, late, frames = clock.run(scenario())
    finally:
        tracemalloc.stop()
    print(f"{frames} frames: {early:,} bytes after a tenth of the events, {late:,} after all")
    assert frames > EVENTS / 25
    assert late < early + ALLOWED


def test_play_leaves_memory_where_its_first_quarter_did():
    async def scenario():
        explorer = TrainingExplorer(speed="fast")
        paint_at_once(explorer)
        explorer.play()
        held, epochs = [], []
        for part in (1 / 4, 3 / 4):
            await asyncio.sleep(PLAY_SECONDS * part)
            held.append(allocated())
            epochs.append(explorer.trainer.epoch)
        assert explorer.playing
        assert explorer.error is None
        explorer.close()
        return *held, epochs[1] - epochs[0]

    tracemalloc.start()
    try:
        early, late, epochs = clock.run(scenario())
    finally:
        tracemalloc.stop()
    print(f"{early:,} bytes after a quarter, {late:,} after all, {epochs} epochs between")
    assert late < early + ALLOWED + AN_EPOCH * epochs
