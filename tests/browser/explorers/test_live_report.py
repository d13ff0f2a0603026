"""The report of `make bench-live`: what was measured is kept, also when a later part fails."""

from live.dragging import Drag
from live.playing import Play
from live.report import Round, write_report
from live.stacks import DEFAULT, OURS


def a_round():
    quick, slow = (
        Drag(frames_per_second=20 / k, lag=90.0 * k, kernel=11.0 * k, bytes=60_000, blank=0.0)
        for k in (1, 4)
    )
    return Round(
        {OURS.name: [40.0, 44.0], DEFAULT.name: [160.0, 176.0]},
        {OURS.name: quick, DEFAULT.name: slow},
    )


def test_rounds_are_reported_without_what_came_after_them():
    text = write_report([a_round()], [], "150")
    assert "| slider to pixel, times quicker | 4 (4 to 4) | ≥ 4 | ✓ |" in text
    assert "| not measured: the run ended before | | | |" in text


def test_playing_is_reported_once_it_was_measured():
    text = write_report([a_round()], [Play(17.0, 25_000.0, 0.5, 0.43)], "150")
    assert "not measured" not in text
    assert "| frames a second | 17 (17 to 17) | | |" in text
