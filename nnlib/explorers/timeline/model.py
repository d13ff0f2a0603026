"""What `TimelineExplorer` shows: one moment of a run, and of a second run that left it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from nnlib import Network
from nnlib._typing import Array
from nnlib.explorers.runs.run import TrainingRun
from nnlib.plots.curves.compared_losses import Curve
from nnlib.plots.maps.heat_map import to_largest
from nnlib.plots.plane import Limits, grid_points
from nnlib.plots.words.numbers import number

GRID = 61


@dataclass(frozen=True)
class Moment:
    """A network as it was after an epoch, and what was measured then."""

    epoch: int  # of the timeline
    network: Network
    train_loss: float
    test_loss: float | None
    accuracy: float | None

    @property
    def measured(self) -> str:
        """The measurements in words."""
        words = f"training loss {number(self.train_loss, 3)}"
        if self.test_loss is not None:
            words += f", test loss {number(self.test_loss, 3)}"
        if self.accuracy is not None:
            words += f", {self.accuracy:.0%} of the training rows right"
        return words


class Branch:
    """A run on the timeline: the past that it shares with ``trunk``, then epochs of its own."""

    def __init__(self, run: TrainingRun, trunk: TrainingRun | None = None) -> None:
        self.run = run
        self._trunk = trunk
        self.leaves_at = run.forked_at or 0 if trunk is not None else 0

    @property
    def kept_epochs(self) -> list[int]:
        """The epochs of the timeline whose parameters are kept, in order."""
        own = self.leaves_at + self.run.trainer.history.snapshot_epochs
        if self._trunk is None:
            return own.tolist()
        past = self._trunk.trainer.history.snapshot_epochs
        return [*past[past < self.leaves_at].tolist(), *own.tolist()]

    def at(self, epoch: int) -> Moment | None:
        """Return the moment after ``epoch``, or None if its parameters are not kept."""
        if self._trunk is not None and epoch < self.leaves_at:
            return Branch(self._trunk).at(epoch)
        trainer, k = self.run.trainer, epoch - self.leaves_at
        history = trainer.history
        if k not in history.snapshot_epochs:
            return None
        network = Network.from_description(trainer.network.description(), history.parameters_at(k))
        entry = int(np.searchsorted(history.epoch, k))
        measures = (history.train_loss, history.test_loss, history.train_accuracy)
        return Moment(epoch, network, *(_entry(measure, entry) for measure in measures))

    def leave(self, epoch: int) -> TrainingRun:
        """Return a new run that leaves this one after ``epoch``, one of the kept ones."""
        if self._trunk is not None and epoch < self.leaves_at:
            return self._trunk.fork(epoch)
        return self.run.fork(epoch - self.leaves_at)

    def curve(self, name: str, measure: str = "train_loss") -> Curve:
        """Return the losses since it left the trunk; no curve if there is no such measure."""
        history = self.run.trainer.history
        losses = getattr(history, measure)
        if losses is None:
            return Curve(name, np.empty(0), np.empty(0))
        run = "first" if self._trunk is None else "fork"
        return Curve(name, self.leaves_at + history.epoch, losses, run)


def _entry(column: Array | None, k: int) -> Any:
    return None if column is None else float(column[k])


@dataclass(frozen=True)
class TimelineModel:
    """One moment of the run that is shown, and the same moment of the other one."""

    name: str  # of the data
    limits: Limits
    first: Branch
    fork: Branch | None
    shown: Moment
    shows_fork: bool
    other: Moment | None  # of the other run, where both have gone their own ways
    last: int  # the timeline's last epoch
    changed: str  # what is or would be different in the fork, in words

    @property
    def is_curve(self) -> bool:
        """Whether there is one input and a number to answer."""
        return self.first.run.data.is_curve

    @cached_property
    def points(self) -> Array:
        """The places whose answers are shown: of the plane, or along the one input."""
        if self.is_curve:
            return np.linspace(*self.limits[:2], GRID)[:, None]
        return grid_points(self.limits, GRID)

    @cached_property
    def _units(self) -> list[Array]:
        """What each node answers there, the inputs first."""
        inputs = self.first.run.inputs(self.points)
        return [inputs, *self.shown.network.unit_outputs(inputs)]

    @property
    def maps(self) -> list[Array]:
        """The same as square maps from −1 to 1; a curve's values stand in each row.

        A class's probability has the plane's colours: 0.5 is the middle one.
        """
        *others, output = self._units
        shown = to_largest(output) if self.is_curve else 2.0 * output - 1.0
        maps = (*map(to_largest, others), shown)
        return [np.tile(unit, (GRID if self.is_curve else 1, 1)) for unit in maps]

    @property
    def answers(self) -> Array:
        """The network's answers."""
        return self._units[-1]

    @property
    def other_answers(self) -> Array | None:
        """The other run's answers."""
        if self.other is None:
            return None
        return self.other.network.predict(self.first.run.inputs(self.points))

    @property
    def curves(self) -> list[Curve]:
        """The losses: of the first run on training and test rows, then of the fork."""
        nothing = Curve("", np.empty(0), np.empty(0))
        fork = self.fork
        return [
            self.first.curve("train"),
            self.first.curve("test", "test_loss"),
            fork.curve("fork") if fork else nothing,
            fork.curve("fork test", "test_loss") if fork else nothing,
        ]

    @property
    def which(self) -> str:
        """Which run is shown; until the fork leaves, both are the first."""
        has_left = self.fork is not None and self.shown.epoch >= self.fork.leaves_at
        return "fork" if self.shows_fork and has_left else "first run"

    @property
    def equation(self) -> str:
        """What was measured in this epoch, and what makes the fork another run."""
        loss = number(self.shown.train_loss, 3)
        words = f"epoch {self.shown.epoch:,}:   L = {loss} on the training rows"
        if self.shown.test_loss is not None:
            words += f",   {number(self.shown.test_loss, 3)} on the test rows"
        changed = self.changed or "no setting changed; its optimiser remembers nothing"
        if self.fork is None:
            return f"{words}\na fork from here:   {changed}"
        return f"{words}\nthe fork, since epoch {self.fork.leaves_at:,}:   {changed}"

    @property
    def summary(self) -> str:
        """The picture in words."""
        network = self.shown.network
        sizes = "-".join(map(str, network.sizes))
        words = (
            f"Epoch {self.shown.epoch:,} of {self.last:,}, the {self.which}, on {self.name}: "
            f"{self.shown.measured}. Network {sizes}.{self._best}"
        )
        if self.fork is None:
            return words
        newest = self.fork.at(self.fork.kept_epochs[-1])
        assert newest is not None
        words += (
            f" The fork left at epoch {self.fork.leaves_at:,}, "
            f"{self.changed or 'with the same settings'}; in epoch {newest.epoch:,} it has "
            f"{newest.measured}."
        )
        return f"{words} {self.fork.run.diverged}".rstrip()

    @property
    def _best(self) -> str:
        """Where the first run's test loss is lowest."""
        history = self.first.run.trainer.history
        if history.test_loss is None:
            return ""
        k = int(np.nanargmin(history.test_loss))
        return (
            f" The first run's lowest test loss is {number(history.test_loss[k], 3)}, "
            f"in epoch {history.epoch[k]:,}."
        )
