"""A second run that leaves the first at some epoch: its settings, its training, its buttons."""

import math
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from nnlib.explorers.epoch_slider import ForkEpoch, nearest
from nnlib.explorers.explorer import Explorer
from nnlib.explorers.pace import Pace
from nnlib.explorers.parameters import Choice, Positive, Whole
from nnlib.explorers.player import Player
from nnlib.explorers.run_settings import LIVE, RunSettings
from nnlib.explorers.training_parameters import BATCHES, OPTIMIZERS, Limited
from nnlib.explorers.training_run import TrainingRun

BURST_SECONDS = 0.016


class ForkingExplorer(Explorer):
    """What looks at a run and lets a second one leave it.

    The second run is made when it is needed, and made again whenever one of its settings changes:
    where it leaves, how long it is trained, and how it learns decide all that it is.
    """

    fork_at = ForkEpoch()
    fork_epochs = Whole(200, low=20, high=900, label="fork's epochs")
    learning_rate = Positive(0.1, low=0.001, high=10.0, label="fork's η")
    optimizer = Choice("sgd", options=OPTIMIZERS, label="fork's optimiser")
    momentum = Limited(0.9, low=0.0, high=0.99, most=0.999, step=0.01, label="fork's μ")
    batch_size = Choice(10, options=BATCHES, label="fork's batches")
    l1 = Limited(0.0, low=0.0, high=0.1, most=10.0, step=0.001, label="fork's L1")
    l2 = Limited(0.0, low=0.0, high=0.1, most=10.0, step=0.001, label="fork's L2")

    def __init__(self, show: Sequence[str] | None = None, **parameters: Any) -> None:
        self._fork: TrainingRun | None = None
        self._player: Player | None = None
        same = {name: getattr(self.run.settings, name) for name in LIVE}
        super().__init__(show, **{**same, **parameters})
        self._player = Player(self._home, self._burst)
        self._pace = Pace(self._painter.box)
        if self.fork_at is not None:
            self._train_fork()
            self.request_frame()

    @property
    def run(self) -> TrainingRun:
        """The first run. To read from."""
        raise NotImplementedError

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
            self._fork = None
            self._train_fork()

    def close(self) -> None:
        """Stop training and remove every widget."""
        if self._player is not None:
            self._player.pause()
        super().close()

    @property
    def _fork_is_trained(self) -> bool:
        fork = self.fork
        return fork is None or bool(fork.diverged) or fork.trainer.epoch >= self.fork_epochs

    def _train_fork(self) -> None:
        """Train it to its end: on the loop in short bursts, without a loop at once."""
        if self._player is None or self.fork_at is None:
            return
        if self._home.running:
            self._pace.begin()
            self._player.play()
        else:
            self._train_fork_until(math.inf)

    def _train_fork_until(self, end: float) -> None:
        while not self._fork_is_trained and time.perf_counter() < end:
            assert self._fork is not None
            self._fork.finish_epoch()

    def _burst(self) -> None:
        """Train the fork for about 16 ms, and send a frame if the page is ready for one."""
        assert self._player is not None
        with self._shown_failure("Training the fork"), self.lock:
            self._train_fork_until(time.perf_counter() + BURST_SECONDS)
        if self._fork_is_trained or self.error is not None:
            self._player.pause()
        if self._pace.frame_is_due() or not self._player.playing:
            self.request_frame()
