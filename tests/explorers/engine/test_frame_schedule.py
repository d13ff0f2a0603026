"""When something is at rest: not while the next change follows by itself, however late the page."""

import asyncio
from collections.abc import Callable

import clock

from nnlib.explorers.engine.frame_schedule import (
    CALM_SECONDS,
    REST_SECONDS,
    RETRY_SECONDS,
    FrameSchedule,
)
from nnlib.widgets.event_loop import HomeLoop


def schedule_of(
    drawn: list[bool],
    page_is_ready: Callable[[], bool] = lambda: True,
    in_motion: Callable[[], bool] = lambda: False,
    came_to_rest: Callable[[], None] = lambda: None,
) -> FrameSchedule:
    """Return a schedule that notes in ``drawn`` of each frame whether it is one for rest."""
    return FrameSchedule(HomeLoop(), drawn.append, page_is_ready, in_motion, came_to_rest)


def test_nothing_comes_to_rest_while_it_is_in_motion():
    async def scenario() -> None:
        drawn: list[bool] = []
        rested: list[bool] = []
        playing = True
        schedule = schedule_of(
            drawn, in_motion=lambda: playing, came_to_rest=lambda: rested.append(True)
        )
        schedule.request()
        await asyncio.sleep(REST_SECONDS + 5 * RETRY_SECONDS)
        assert drawn == [False] and not rested
        playing = False
        await asyncio.sleep(5 * RETRY_SECONDS)
        assert drawn == [False, True] and rested
        schedule.close()

    clock.run(scenario())


def test_without_a_loop_one_deed_makes_one_frame_at_its_end():
    drawn: list[bool] = []
    schedule = schedule_of(drawn)
    with schedule.one_deed():
        with schedule.one_deed():
            schedule.request()
            schedule.request()
        assert not drawn
    assert drawn == [True]
    schedule.request()
    assert drawn == [True, True]
    with schedule.one_deed():
        pass
    assert len(drawn) == 2, "nothing was asked for"


def test_a_page_that_comes_late_to_what_is_calm_already_gets_the_frame_for_rest():
    async def scenario() -> None:
        drawn: list[bool] = []
        ready = False
        schedule = schedule_of(drawn, page_is_ready=lambda: ready)
        schedule.request()
        await asyncio.sleep(CALM_SECONDS + 2 * RETRY_SECONDS)
        assert schedule.is_due
        ready = True
        await asyncio.sleep(3 * RETRY_SECONDS)
        assert drawn == [True] and not schedule.is_due
        await asyncio.sleep(REST_SECONDS)
        assert drawn == [True], "it rests once"
        schedule.close()

    clock.run(scenario())


def test_a_page_that_comes_late_to_what_has_just_moved_gets_the_quick_frame_first():
    async def scenario() -> None:
        drawn: list[bool] = []
        ready = False
        schedule = schedule_of(drawn, page_is_ready=lambda: ready)
        schedule.request()
        await asyncio.sleep(CALM_SECONDS + 2 * RETRY_SECONDS)
        schedule.request()
        ready = True
        await asyncio.sleep(3 * RETRY_SECONDS)
        assert drawn == [False]
        await asyncio.sleep(REST_SECONDS)
        assert drawn == [False, True]
        schedule.close()

    clock.run(scenario())
