"""What explorers share that go on by themselves: short bursts, Play, Pause, a rest when unseen."""

import math
import time
from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from nnlib.explorers.engine.explorer import Explorer
from nnlib.explorers.engine.frame_schedule import REST_SECONDS
from nnlib.explorers.playing.pace import Pace
from nnlib.explorers.playing.player import Player

BURST_SECONDS = 0.016  # of work at a stretch: about half the time between two frames
UNSEEN = "Paused, because this explorer was not on screen. Play goes on from here."
INTERRUPTED = "Paused by the kernel's Interrupt (■). Play goes on from here."


class BusyExplorer(Explorer):
    """An explorer that has work to do by itself, burst by burst, and frames to show of it."""

    between_bursts: ClassVar[float] = 0.001  # seconds; the loop can take one message meanwhile
    when_interrupted: ClassVar[str] = INTERRUPTED
    _player: Player
    _begun_by_hand = False  # did the learner press Play, or did code?

    def __init__(self, show: Sequence[str] | None = None, **parameters: Any) -> None:
        super().__init__(show, **parameters)
        self._pace = Pace(lambda: self.live_figure)
        self._player = Player(
            *(self._home, self.burst, self.between_bursts),
            changed=self._show_whether_it_plays,
            interrupted=self._interrupted,
        )

    def burst(self) -> None:
        """Do a short piece of the work; called again and again."""
        raise NotImplementedError

    @property
    def must_pause(self) -> bool:
        """Whether the work stops where it is now."""
        raise NotImplementedError

    @property
    def why_it_pauses(self) -> str:
        """What is said where the work stops; empty if the picture says it."""
        return ""

    @property
    def in_motion(self) -> bool:
        """Whether it works by itself."""
        return "_player" in vars(self) and self._player.playing  # it is made last

    def close(self) -> None:
        """Stop, and remove every widget."""
        if "_player" in vars(self):  # else it was refused while it was being made
            self._player.pause()
        super().close()

    def _show_whether_it_plays(self) -> None:
        """Tell the page, which shows Pause in the place of Play, and that something goes on."""
        change = self.add_class if self._player.playing else self.remove_class
        change("nnlib-playing")

    def _interrupted(self) -> None:
        self.notice = self.when_interrupted
        self.request_frame()

    def _begin(self) -> None:
        """Go to work: on the loop, or for one burst where there is none."""
        self._pace.begin()
        self._begun_by_hand = self._by_hand.working
        self._player.play()

    def _do(self, what: str, work: Callable[[], None]) -> None:
        """Do some work, and stop if it fails or has come as far as it should."""
        by_hand = self._by_hand.at_work(self._begun_by_hand)
        with self._messages.shown(what), self.lock, by_hand:
            work()
            if not self.must_pause:
                return
            self.notice = self.why_it_pauses or None
        self._player.pause()

    def _frame_is_due(self) -> bool:
        """Say whether to send a frame: what it stopped at is shown in any case."""
        return self._pace.frame_is_due() or not self._player.playing


class PlayingExplorer(BusyExplorer):
    """An explorer that goes on from Play to Pause, and pauses when no view of it is on screen."""

    def add_play_and_pause(self) -> None:
        """Add the two buttons, of which the page shows the one that can be pressed.

        To be called among the others of `add_buttons`.
        """
        self.add_button("play", "Play", self.play, look="play")
        self.add_button("pause", "Pause", self.pause, look="pause")

    def play(self) -> None:
        """Go on until `pause`; without a running event loop, for one short burst."""
        self.notice = None
        self._begin()

    @property
    def appearance(self) -> tuple[object, ...]:
        """What a press on a button may change; while it plays, something changes all the time."""
        return (*super().appearance, object() if self.playing else None)

    def pause(self) -> None:
        """Stop; the next `play` goes on from here."""
        self._player.pause()

    def pause_if_unseen(self) -> None:
        """Pause if nobody looks, and say so."""
        if self._pace.nobody_looks:
            self.pause()
            self.notice = UNSEEN

    def reset(self) -> None:
        """Stop, and return every parameter to the value that it started with."""
        self.pause()
        super().reset()

    @property
    def playing(self) -> bool:
        """Whether it goes on by itself now."""
        return self._player.playing


class SteppingExplorer(PlayingExplorer):
    """An explorer that plays one step after another, at a pace that can be followed."""

    step_seconds: ClassVar[float]
    between_bursts: ClassVar[float] = 0.02  # seconds: a step may come so much late

    @property
    def in_motion(self) -> bool:
        """Whether it plays so fast that there is no rest between two steps."""
        return super().in_motion and self.step_seconds < REST_SECONDS

    def make_step(self) -> None:
        """Make the next step."""
        raise NotImplementedError

    def play(self) -> None:
        """Make steps until `pause`, the first at once."""
        self._step_time = -math.inf
        super().play()

    def burst(self) -> None:
        """Make a step if it is time for one."""
        self.pause_if_unseen()
        due = time.perf_counter() - self._step_time >= self.step_seconds
        if self.playing and due and self._pace.frame_is_due():
            self._step_time = time.perf_counter()
            self._do("Stepping", self.make_step)


class ReversibleExplorer(SteppingExplorer):
    """An explorer whose steps can be taken back: by a button, and by the arrow keys."""

    listens_to = ("ArrowLeft", "ArrowRight")

    def add_buttons(self) -> None:
        """Add Back, Step, Play and Pause."""
        self.add_button("back", "Back", lambda: self._go(-1), look="back")
        self.add_button("next", "Step", lambda: self._go(1), look="step")
        self.add_play_and_pause()

    def make_step(self) -> None:
        """Make the next step."""
        self._go(1)

    def key_pressed(self, key: str) -> None:
        """Step back or forward."""
        self._go(1 if key == "ArrowRight" else -1)

    def _go(self, steps: int) -> None:
        """Go so many steps forward, or back."""
        raise NotImplementedError
