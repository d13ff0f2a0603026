"""What plays gives way where it waits for a processor, on clocks that the test turns."""

import asyncio

import clock
import pytest
from clock import Clock

from nnlib.explorers.playing import courtesy
from nnlib.explorers.playing.courtesy import AVERAGED, MOST_SECONDS, Courtesy
from nnlib.explorers.playing.player import Player
from nnlib.widgets.event_loop import HomeLoop

PAUSE = 0.001


class TwoClocks(Clock):
    """The time of the world, and that of a thread, which only passes while it has a processor."""

    def __init__(self) -> None:
        super().__init__()
        self.worked = 3.0

    def thread_time(self) -> float:
        return self.worked


@pytest.fixture
def clocks(monkeypatch: pytest.MonkeyPatch) -> TwoClocks:
    clocks = TwoClocks()
    monkeypatch.setattr(courtesy, "time", clocks)
    return clocks


def rests(clocks: TwoClocks, watched: Courtesy, share: float, bursts: int = 200) -> list[float]:
    """Return how long each rest is, of bursts of 16 ms with this share of a processor."""
    found = []
    for _ in range(bursts):
        watched.begin()
        clocks.now += 0.016 + PAUSE
        clocks.worked += 0.016 * share
        found.append(watched.end(idle=PAUSE))
        clocks.now += found[-1]
    return found


@pytest.mark.parametrize("share", [1.0, 0.8, 0.5])
def test_with_half_a_processor_or_more_it_never_rests(clocks, share):
    assert max(rests(clocks, Courtesy(), share)) == pytest.approx(0, abs=1e-9)


def test_the_less_it_has_the_longer_it_rests(clocks):
    third, tenth = (rests(clocks, Courtesy(), share)[-1] for share in (1 / 3, 1 / 10))
    assert 0.01 < third < tenth <= MOST_SECONDS


def test_it_still_plays_where_it_has_next_to_nothing(clocks):
    watched = Courtesy()
    for _ in range(AVERAGED):
        watched.begin()
        clocks.now += 5.0
        assert watched.end(idle=PAUSE) == MOST_SECONDS


def test_it_goes_on_without_rests_where_it_has_a_processor_again(clocks):
    watched = Courtesy()
    rests(clocks, watched, 0.1)
    assert rests(clocks, watched, 1.0)[-1] == 0


def test_a_clock_in_coarse_steps_is_evened_out(clocks):
    """Of four bursts one has all the time of all four: some systems count so."""
    watched = Courtesy()
    for turn in range(200):
        watched.begin()
        clocks.now += 0.004 + PAUSE
        clocks.worked += 0.016 if turn % 4 == 3 else 0.0
        assert watched.end(idle=PAUSE) == 0 or turn < 3


def test_what_plays_slowly_by_itself_is_not_taken_for_waiting(clocks):
    watched = Courtesy()
    for _ in range(100):
        watched.begin()
        clocks.now += 0.02 + 0.0001
        clocks.worked += 0.0001
        assert watched.end(idle=0.02) < 1e-9


def test_what_plays_is_watched_anew_after_each_rest(monkeypatch):
    """Else its rests would count as time that it had to wait for."""
    told = []

    class Watched(Courtesy):
        def begin(self) -> None:
            told.append("begin")

        def end(self, idle: float) -> float:
            told.append("end")
            return 0.001

    monkeypatch.setattr("nnlib.explorers.playing.player.Courtesy", Watched)

    async def scenario() -> None:
        player = Player(HomeLoop(), lambda: None, 0.001)
        player.play()
        await asyncio.sleep(0.05)
        player.pause()
        await asyncio.sleep(0.05)

    clock.run(scenario())
    assert len(told) > 6 and told == ["begin", "end"] * (len(told) // 2) + ["begin"]
