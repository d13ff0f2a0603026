"""When the next frame is due and when nobody looks, on a clock that the tests turn."""

from dataclasses import dataclass

import pytest
from clock import Clock

from nnlib.explorers.playing import pace
from nnlib.explorers.playing.pace import Pace


@dataclass
class Page:
    """A figure, and what the kernel knows of the pages that show it."""

    waiting: bool = False
    seen_at: float = float("-inf")
    hidden_at: float = float("-inf")
    asked: int = 0

    def ask(self) -> None:
        self.asked += 1

    @property
    def delivery(self) -> "Page":
        return self


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(pace, "time", clock)
    return clock


def test_frames_keep_the_pace_of_a_page_that_paints_at_once(clock):
    page = Page()
    kept = Pace(lambda: page)
    sent = 0
    for _ in range(1000):
        clock.now += 0.001
        sent += kept.frame_is_due()
    assert sent == pytest.approx(30, abs=1)
    assert page.asked == sent, "the page is asked about each of them, and only these"


def test_a_page_that_does_not_paint_gets_two_frames_a_second(clock):
    page = Page(waiting=True)
    kept = Pace(lambda: page)
    sent = 0
    for _ in range(1000):
        clock.now += 0.001
        sent += kept.frame_is_due()
    assert sent == 2


def test_who_has_just_pressed_play_is_looking(clock):
    page = Page(seen_at=10.0, hidden_at=99.0)
    kept = Pace(lambda: page)
    clock.now += 0.9
    assert not kept.nobody_looks


def test_hidden_views_pause_after_a_second(clock):
    page = Page()
    kept = Pace(lambda: page)
    page.seen_at, page.hidden_at = 100.5, 100.6
    clock.now = 101.4
    assert not kept.nobody_looks
    clock.now = 101.6
    assert kept.nobody_looks
    kept.begin()
    assert not kept.nobody_looks


def test_one_view_in_sight_is_enough(clock):
    page = Page()
    kept = Pace(lambda: page)
    for tick in range(100):
        clock.now = page.hidden_at = 101 + tick / 10
        page.seen_at = clock.now - 0.2
        assert not kept.nobody_looks


def test_a_silent_page_pauses_after_ten_seconds(clock):
    kept = Pace(Page)
    clock.now += 9.9
    assert not kept.nobody_looks
    clock.now += 0.2
    assert kept.nobody_looks
