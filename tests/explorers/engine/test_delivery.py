"""What a page can take: a fast one every frame, a slow one the newest after each that it paints."""

import pytest
from clock import Clock

from nnlib.explorers.engine import delivery
from nnlib.explorers.engine.delivery import ASK_SECONDS, GONE_SECONDS, SLOW_SECONDS, Delivery

FRAME = 60_000  # bytes


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(delivery, "time", clock)
    return clock


def page_with_trips(clock: Clock, *trips: float, size: int = FRAME) -> Delivery:
    """Return what is known of a page that has taken so long, one frame after the other."""
    page = Delivery()
    page.answer(1, visible=True)
    for serial, seconds in enumerate(trips, start=2):
        page.ask(serial, size)
        clock.now += seconds
        page.answer(serial, visible=True)
    return page


def test_a_page_that_never_spoke_holds_nothing_back(clock):
    page = Delivery()
    page.ask(1, FRAME)
    clock.now += 5
    assert page.can_take_more and not page.is_slow and not page.wants_answer()


def test_a_fast_page_takes_every_frame_and_answers_four_a_second(clock):
    page = page_with_trips(clock, 0.05)
    asked = 0
    for serial in range(3, 63):  # two seconds of frames
        assert page.can_take_more and not page.is_slow
        if page.wants_answer():
            page.ask(serial, FRAME)
            asked += 1
        clock.now += 1 / 30
        if page.waiting:
            page.answer(serial, visible=True)
    assert asked == pytest.approx(2 / ASK_SECONDS, abs=1)


def test_after_one_slow_trip_there_is_one_frame_at_a_time_until_a_quick_one(clock):
    page = page_with_trips(clock, 0.05, 0.05, 0.6)
    assert not page.is_slow and page.can_take_more and page.wants_answer()
    page.ask(9, FRAME)
    assert not page.can_take_more
    clock.now += 0.05
    page.answer(9, visible=True)
    page.ask(10, FRAME)
    assert page.can_take_more


def test_a_slow_page_has_one_frame_on_its_way_and_is_asked_about_each(clock):
    page = page_with_trips(clock, 0.6, 0.6, 0.6)
    assert page.is_slow and page.can_take_more and page.wants_answer()
    page.ask(9, FRAME)
    assert not page.can_take_more and not page.wants_answer()
    page.answer(8, visible=True)  # an older one
    assert not page.can_take_more
    page.answer(9, visible=True)
    assert page.can_take_more


def test_a_page_that_becomes_slow_is_known_before_it_answers(clock):
    page = page_with_trips(clock, 0.05, 0.05, 0.05)
    page.ask(9, FRAME)
    clock.now += SLOW_SECONDS / 2
    assert page.can_take_more
    clock.now += SLOW_SECONDS
    assert page.is_slow and not page.can_take_more


def test_one_late_answer_makes_no_slow_page(clock):
    assert not page_with_trips(clock, 0.6, 0.6, 0.05, 0.6).is_slow
    assert not page_with_trips(clock, 0.6, 0.6, 0.6, 0.05).is_slow


def test_for_a_page_that_is_gone_nobody_waits(clock):
    page = page_with_trips(clock, 0.6, 0.6, 0.6)
    page.ask(9, FRAME)
    clock.now += GONE_SECONDS + 0.1
    assert page.can_take_more and page.wants_answer()
    page.ask(10, FRAME)  # one more, and then silence again
    assert not page.can_take_more


def test_small_frames_make_no_fast_page_nor_a_large_one_a_slow_page(clock):
    """At 100 kB/s; and at 1 MB/s a picture at rest for a screen of many pixels."""
    assert page_with_trips(clock, 0.24, 0.24, 0.24, size=24_000).is_slow
    assert not page_with_trips(clock, 0.3, 0.3, 0.3, size=300_000).is_slow


def test_of_a_frame_without_a_new_picture_nothing_is_learned(clock):
    page = page_with_trips(clock, 0.6, 0.6, 0.6)
    page.ask(9, 0)
    clock.now += 0.01
    page.answer(9, visible=True)
    assert page.is_slow
