"""A second run that leaves the first at some epoch: its settings, its training, its buttons."""

import math
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from nnlib.explorers.controls.parameters import Choice, Limited, Positive, Whole
from nnlib.explorers.playing.epoch_slider import ForkEpoch, nearest
from nnlib.explorers.playing.playing_explorer import BURST_SECONDS, BusyExplorer
from nnlib.explorers.playing.watching import WatchedExplorer
from nnlib.explorers.runs.run import TrainingRun
from nnlib.explorers.runs.settings import LIVE, OPTIMIZERS, WITH_MOMENTUM, RunSettings
from nnlib.explorers.shared.run_controls import BATCHES, WAITS_FOR_HIDDEN, WAITS_FOR_MOMENTUM


class ForkingExplorer(WatchedExplorer, BusyExplorer):
    """What looks at a run and lets a second one leave it.

    The second run is made when it is needed, and made again whenever one of its settings changes:
    where it leaves, how long it is trained, and how it learns decide all that it is.
    """

    when_interrupted = (
        "Stopped by the kernel's Interrupt (■): the fork is trained in part. Change one of its "
        "settings, or fork again, and it is trained anew."
    )

    epoch: Any
    fork_at = ForkEpoch()
    fork_epochs = Whole(200, low=20, high=900, label="fork's epochs")
    learning_rate = Positive(0.1, low=0.001, high=10.0, label="fork's η")
    optimizer = Choice("sgd", options=OPTIMIZERS, label="fork's optimiser")
    momentum = Limited(0.9, low=0.0, high=0.99, most=0.999, step=0.01, label="fork's μ")
    batch_size = Choice(10, options=BATCHES, label="fork's batches")
    l1 = Limited(0.0, low=0.0, high=0.1, most=10.0, step=0.001, label="fork's L1")
    l2 = Limited(0.0, low=0.0, high=0.1, most=10.0, step=0.001, label="fork's L2")
    dropout = Limited(0.0, low=0.0, high=0.9, most=0.99, step=0.05, label="fork's dropout")

    def __init__(self, show: Sequence[str] | None = None, **parameters: Any) -> None:
        self._fork: TrainingRun | None = None
        self._fork_before: int | None = None  # where the one left that this one has replaced
        super().__init__(show, **{**self._settings_of_the_run, **parameters})
        if self.fork_at is not None:
            self._train_fork()
            self.request_frame()

    def add_buttons(self) -> None:
        """Add the button that forks."""
        self.add_button("fork", "Fork from here", self.fork_from_here)

    def fork_from_here(self) -> None:
        """Begin a second run at the moment that is shown, and look at its newest epoch."""
        before = self.fork_at
        self.set_parameters(fork_at=self.epoch, branch="fork", epoch=self.epoch + self.fork_epochs)
        if before != self.fork_at:
            self._fork_before = before
            self.notice = self.why_it_pauses or None

    @property
    def why_it_pauses(self) -> str:
        """What the newest fork has replaced: there is one at a time."""
        if self._fork_before is None:
            return ""
        return (
            f"This fork left the first run at epoch {self.fork_at:,}; the fork from epoch "
            f"{self._fork_before:,} is gone, since a fork always leaves the first run."
        )

    @property
    def run(self) -> TrainingRun:
        """The first run. To read from."""
        raise NotImplementedError

    @property
    def usual_values(self) -> dict[str, Any]:
        """What the parameters are where nothing is said: a fork goes on as the run does."""
        return {**super().usual_values, **self._settings_of_the_run}

    @property
    def _settings_of_the_run(self) -> dict[str, Any]:
        return {name: getattr(self.run.settings, name) for name in LIVE}

    @property
    def idle(self) -> dict[str, str]:
        """μ without momentum, dropout without hidden units, the choice of a run without a fork."""
        idle = {} if self.optimizer in WITH_MOMENTUM else {"momentum": WAITS_FOR_MOMENTUM}
        if not self.run.settings.hidden:
            idle["dropout"] = WAITS_FOR_HIDDEN
        return idle if self.fork_at is not None else {**idle, "branch": "waits for a fork"}

    @property
    def fork_settings(self) -> RunSettings:
        """The settings that a fork has."""
        return replace(self.run.settings, **{name: getattr(self, name) for name in LIVE})

    @property
    def fork(self) -> TrainingRun | None:
        """The run that has left the first one, if there is one. To read from."""
        if self.fork_at is None:
            self._fork = None
        elif self._fork is None:
            kept = self.run.trainer.history.snapshot_epochs.tolist()  # they thin out meanwhile
            self._fork = self.run.fork(nearest(kept, self.fork_at))
            self._fork.steer(self.fork_settings)
        return self._fork

    def parameter_changed(self, name: str) -> None:
        """Train the fork again where it would go another way."""
        if name in (*LIVE, "fork_at", "fork_epochs"):
            self._fork = self._fork_before = None
            self.notice = None
            self._train_fork()

    @property
    def must_pause(self) -> bool:
        """Whether the fork is trained to its end, or there is none."""
        fork = self.fork
        return fork is None or bool(fork.diverged) or fork.trainer.epoch >= self.fork_epochs

    def _train_fork(self) -> None:
        """Train it to its end: on the loop in short bursts, without a loop at once."""
        if self.fork_at is None:
            return
        if self._home.running:
            self._begin()
        else:
            self._train_fork_until(math.inf)

    def _train_fork_until(self, end: float) -> None:
        while not self.must_pause and time.perf_counter() < end:
            assert self._fork is not None
            self._fork.finish_epoch()

    def burst(self) -> None:
        """Train the fork for about 16 ms, and send a frame if the page is ready for one."""
        end = time.perf_counter() + BURST_SECONDS
        self._do("Training the fork", lambda: self._train_fork_until(end))
        if self._frame_is_due():
            self.request_frame()
