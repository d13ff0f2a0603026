"""Pictures answer quickly: ratios to the classroom default, measured in the same run.

`make bench-live` measures the same at length. The limits here leave room for a noisy machine, but
that of the kernel's cost, which is counted in processor time.
"""

from collections.abc import Iterator

import numpy as np
import pytest
from lab import Lab
from live.dragging import Drag, drag
from live.latency import latencies
from live.stacks import DEFAULT, OURS, STACKS, Notebook, open_rivals
from playwright.sync_api import Browser

pytestmark = [pytest.mark.browser, pytest.mark.alone]

ROUNDS = 2


@pytest.fixture(scope="module")
def rivals(chromium: Browser, lab: Lab) -> Iterator[Notebook]:
    """A notebook with an explorer and an `interact` that draw the same picture."""
    with open_rivals(chromium, lab) as notebook:
        yield notebook


@pytest.fixture(scope="module")
def drags(rivals: Notebook) -> dict[str, list[Drag]]:
    """What the drags of each rival have cost, in turns."""
    rounds = [{stack: drag(rivals, stack, seconds=2.0) for stack in STACKS} for _ in range(ROUNDS)]
    return {stack.name: [each[stack] for each in rounds] for stack in STACKS}


def times_better(drags: dict[str, list[Drag]], what: str) -> float:
    """Return the median ratio of the default's cost to ours."""
    default, ours = (
        np.array([getattr(drag, what) for drag in drags[stack.name]]) for stack in (DEFAULT, OURS)
    )
    return float(np.median(default / ours))


def test_slider_to_pixel_takes_less_than_half_as_long(rivals: Notebook):
    found = {stack: np.median(latencies(rivals, stack, presses=6)) for stack in STACKS}
    assert found[DEFAULT] >= 2.5 * found[OURS]


def test_a_released_slider_comes_to_rest_sooner(drags: dict[str, list[Drag]]):
    assert times_better(drags, "lag") >= 2


def test_a_frame_costs_the_kernel_an_eighth(drags: dict[str, list[Drag]]):
    assert times_better(drags, "kernel") >= 1 / 0.12


def test_no_frame_is_blank(drags: dict[str, list[Drag]]):
    assert [drag.blank for drag in drags[OURS.name]] == [0] * ROUNDS
