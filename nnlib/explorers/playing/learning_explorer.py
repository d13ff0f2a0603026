"""What explorers share that play by training: epoch by epoch, or as fast as it can be shown."""

import time
from typing import Any, ClassVar, Self

from nnlib.explorers.controls.parameters import Choice
from nnlib.explorers.playing.playing_explorer import BURST_SECONDS, PlayingExplorer
from nnlib.explorers.playing.stop_epoch import StopEpoch

EPOCHS_A_FRAME = {"slow": 1, "medium": 5, "fast": 1_000_000}


def choose_speed() -> Choice:
    """Return the parameter that chooses how many epochs there are between two pictures."""
    return Choice("slow", options=tuple(EPOCHS_A_FRAME), label="speed")


class LearningExplorer(PlayingExplorer):
    """An explorer that plays by training, and has a ``speed``; Play stops where it is asked to."""

    brief: ClassVar[tuple[str, ...]] = ()  # by which other names `resume` knows what was learned

    speed: Any
    stop_at = StopEpoch("stop at epoch")
    _frame_epoch = 0  # how far it was trained when the newest frame was sent

    @property
    def epochs_trained(self) -> int:
        """How far it is trained now."""
        raise NotImplementedError

    def train(self) -> None:
        """Train by the least that there is: an update, or an epoch."""
        raise NotImplementedError

    @property
    def cannot_train(self) -> bool:
        """Whether nothing can be trained any more; the picture says why."""
        raise NotImplementedError

    @property
    def must_pause(self) -> bool:
        """Whether nothing can be trained, or it has come to the epoch at which it is to stop."""
        return self.cannot_train or self._has_come_to_its_stop

    @property
    def why_it_pauses(self) -> str:
        """Where Play has stopped; the picture itself says if training has diverged."""
        if self.cannot_train or not self._has_come_to_its_stop:
            return ""
        return (
            f"Stopped at the end of epoch {self.epochs_trained:,}. To go on: a later epoch in "
            f"“{type(self).stop_at.label}”, or none."
        )

    @property
    def _has_come_to_its_stop(self) -> bool:
        return self.stop_at is not None and self.epochs_trained >= self.stop_at

    def show_progress(self) -> None:
        """Send a frame of what has been learned."""
        self.request_frame()

    @property
    def state(self) -> dict[str, Any]:
        """The parameters, and what was learned with them."""
        with self.lock:
            return {**super().state, **self.learned}

    @classmethod
    def from_state(cls, state: dict[str, Any]) -> Self:
        """Return a new explorer that goes on exactly where ``state`` was taken."""
        names, state = cls.declared_parameters, cls._checked_state(state)
        explorer = cls(**{name: value for name, value in state.items() if name in names})
        learned = {name: value for name, value in state.items() if name not in names}
        try:
            explorer._refuse_unknown(learned.keys() - {*explorer.learned, *cls.brief})
            explorer.resume(learned)
        except Exception:
            explorer.close()
            raise
        return explorer

    def play(self) -> None:
        """Train until `pause`; without a running event loop, for one short burst."""
        self.notice = self.why_it_pauses or None
        if not self.must_pause:
            super().play()

    def burst(self) -> None:
        """Train for about 16 ms, and send a frame if the page is ready for one."""
        self._do("Training", self._train_for_a_burst)
        self.pause_if_unseen()
        if self._frame_is_due():
            self._frame_epoch = self.epochs_trained
            self.show_progress()

    def _train_for_a_burst(self) -> None:
        end = time.perf_counter() + BURST_SECONDS
        shown = min(self._frame_epoch, self.epochs_trained)  # less, where it has begun anew
        last = shown + EPOCHS_A_FRAME[self.speed]
        while time.perf_counter() < end and self.epochs_trained < last and not self.must_pause:
            self.train()
