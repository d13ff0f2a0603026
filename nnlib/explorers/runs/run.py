"""A training run: a network that learns, can be steered while it does, and goes back or forks.

The model of every view of training. Nothing here draws, and nothing here is a widget.
"""

from dataclasses import asdict
from functools import reduce
from typing import Any

from nnlib import OPTIMIZERS, SGD, Network, Trainer, TrainingDiverged
from nnlib._typing import Array
from nnlib.explorers.runs.data import RunData, data_of, features_for, inputs_of
from nnlib.explorers.runs.layer_rms import LayerRMS
from nnlib.explorers.runs.past_runs import PastRun, past_run, with_newest
from nnlib.explorers.runs.points import OWN
from nnlib.explorers.runs.settings import WITH_MOMENTUM, RunSettings
from nnlib.explorers.runs.state_checks import check_fits, settings_in
from nnlib.optimizers import Optimizer
from nnlib.storage import file_from_text, refusing, saved_as_text
from nnlib.validation import whole_number


def optimizer_of(settings: RunSettings) -> Optimizer:
    """Return a new optimiser."""
    if settings.optimizer in WITH_MOMENTUM:
        nesterov = settings.optimizer == "nesterov"
        return SGD(settings.learning_rate, momentum=settings.momentum, nesterov=nesterov)
    return OPTIMIZERS[settings.optimizer](settings.learning_rate)


def _epoch_or_none(value: Any) -> int | None:
    return None if value is None else whole_number("forked_at", value, least=0)


class TrainingRun:
    """A network in training.

    Parameters
    ----------
    settings : RunSettings
        What it trains on, what it is, and how it learns.
    start : array, optional
        The parameters to start from, one flat vector, in place of those that ``settings`` draw.
    forked_at : int, optional
        The epoch of another run that they come from.

    Attributes
    ----------
    settings : RunSettings
        As it goes now; see `steer`.
    data : RunData
        The rows as they are drawn; ``trainer.X`` are the features of those rows.
    trainer : Trainer
        The trainer at work. To read from; `steer` steers it.
    sizes : LayerRMS
        How large gradients and updates were in each layer, epoch by epoch.
    diverged : str
        What went wrong, in words, or "". The network has its last finite parameters back.
    forked_at : int or None
        The epoch at which it left another run.
    past : tuple of PastRun
        The runs before this one, whose curves stay to compare with.
    """

    data: RunData
    trainer: Trainer
    sizes: LayerRMS
    diverged: str
    forked_at: int | None

    def __init__(
        self, settings: RunSettings, start: Array | None = None, forked_at: int | None = None
    ) -> None:
        self.settings = settings
        self.past: tuple[PastRun, ...] = ()
        self._begin(start, forked_at)

    @property
    def features(self) -> tuple[str, ...]:
        """The names of the network's inputs."""
        return features_for(self.settings.features, self.data.is_curve)

    def inputs(self, X: Array) -> Array:
        """Return what the network is given for points X (n, 1 or 2) of the data's own space."""
        return inputs_of(self.features, X)

    def train(self, updates: int = 1) -> None:
        """Make updates, each on one mini-batch; stop if the numbers run away."""
        self._note_settings()
        try:
            for _ in range(0 if self.diverged else updates):
                epoch, network = self.trainer.epoch, self.trainer.network
                self.sizes.before(network.parameters)
                self.trainer.step()
                self.trainer.check()  # so that it is told at which update they ran away
                if self.trainer.epoch > epoch:
                    self.sizes.record(self.trainer.epoch, network)
        except TrainingDiverged as divergence:
            self.diverged = str(divergence)

    def finish_epoch(self) -> None:
        """Train to the end of the present epoch: one whole epoch, if none has begun."""
        epoch = self.trainer.epoch
        while self.trainer.epoch == epoch and not self.diverged:
            self.train()

    def steer(self, settings: RunSettings) -> None:
        """Go on with other settings.

        Optimiser (with an empty memory), learning rate, momentum, batch size, penalties and dropout
        change in the middle of the run, and the learner's own points may come and go. Anything else
        begins anew.
        """
        before = self.settings
        if settings.start != before.start:
            self._keep_curve()
        self.settings = settings
        if settings.start != before.start:
            self._begin()
            return
        if settings.data == OWN and settings.points != before.points:
            if self.trainer.steps == 0:
                self._begin()
                return
            self._learn_other_points()
        self._change_live(before)
        if self.trainer.steps == 0:
            self._trained_with = settings
        if settings != before:
            self.diverged = ""  # the network kept its last finite numbers: go on from them

    @property
    def comes_from_its_settings(self) -> bool:
        """Whether a new run of these settings gets here by as many updates."""
        by_settings = self.settings == self._trained_with and not self._steered
        return by_settings and not self.past and self.forked_at is None

    def set_parameters(self, parameters: Array) -> None:
        """Put other numbers in the place of all weights and biases, and go on from there."""
        self.trainer.network.parameters = parameters
        self.diverged = ""
        self._steered = True

    def reset(self) -> None:
        """Go back to the same start, with the settings as they are now."""
        self._keep_curve()
        self.diverged, self._steered = "", False
        self._trained_with = self.settings
        self.trainer.reset()
        self.sizes = LayerRMS(self.trainer.network)

    def fork(self, epoch: int) -> "TrainingRun":
        """Return a new run that starts where this one was after ``epoch``.

        It has the same data and settings; its optimiser remembers nothing and its mini-batches
        are shuffled from the beginning. Its own epochs count from 0, and its `reset` leads here.

        Raises
        ------
        ValueError
            If the history keeps no parameters of that epoch; the nearest that it keeps is named.
        """
        start = self.trainer.history.parameters_at(epoch)
        return TrainingRun(self.settings, start, forked_at=epoch)

    # State ----------------------------------------------------------------------------------

    @property
    def state(self) -> dict[str, Any]:
        """All that the run is, ready for JSON, the middle of an epoch included."""
        return {
            "settings": asdict(self.settings),
            "trainer": saved_as_text(self.trainer),
            "sizes": self.sizes.state,
            "diverged": self.diverged,
            "forked_at": self.forked_at,
            "steered": self._steered,
            "trained_with": asdict(self._trained_with),
            "past": [run.state for run in self.past],
        }

    @classmethod
    def from_state(cls, state: dict[str, Any]) -> "TrainingRun":
        """Return the run that `state` tells of; it goes on exactly where that one stood.

        Raises
        ------
        ValueError
            If it tells of none.
        """
        with refusing(
            "This is not the state of a training run, or a part of it is missing or was changed."
        ):
            return cls._restored(state)

    @classmethod
    def _restored(cls, state: dict[str, Any]) -> "TrainingRun":
        settings = settings_in(state["settings"])
        trainer = Trainer.load(file_from_text(state["trainer"]))
        if trainer.network.sizes[1:-1] != [units for units, _ in settings.hidden]:
            raise ValueError("The trainer is that of another network.")
        run = cls(settings, forked_at=_epoch_or_none(state["forked_at"]))
        check_fits(trainer, run.trainer)
        run.trainer = trainer
        run.sizes = LayerRMS.from_state(trainer.network, state["sizes"])
        run.diverged, run._steered = state["diverged"], state.get("steered", False)
        if not isinstance(run.diverged, str) or not isinstance(run._steered, bool):
            raise TypeError("diverged is a text, and steered True or False.")
        run._trained_with = settings_in(state.get("trained_with", state["settings"]))
        run.past = reduce(with_newest, map(PastRun.from_state, state.get("past", ())), ())
        return run

    # Beginning and changing -----------------------------------------------------------------

    def _begin(self, start: Array | None = None, forked_at: int | None = None) -> None:
        self.data = data_of(self.settings)
        self.trainer = self._new_trainer(self.data, start)
        self.sizes = LayerRMS(self.trainer.network)
        self.diverged, self._steered = "", False
        self._trained_with = self.settings
        self.forked_at = forked_at

    def _note_settings(self) -> None:
        """Note what the next update is made with: who changes it midway steers the run."""
        if self.settings != self._trained_with and self.trainer.steps:
            self._steered = True
        self._trained_with = self.settings

    def _keep_curve(self) -> None:
        """Keep the curve of the run that ends here, named by what it was trained with."""
        ended = past_run(self._trained_with, self._steered, self.trainer.history)
        self.past = with_newest(self.past, ended)

    def _new_trainer(self, data: RunData, start: Array | None) -> Trainer:
        settings = self.settings
        network = Network(
            [len(self.features), *(units for units, _ in settings.hidden), 1],
            hidden=[activation for _, activation in settings.hidden],
            output="linear" if data.is_curve else "sigmoid",
            initializer=settings.initializer,
            seed=settings.seed,
        )
        if start is not None:
            network.parameters = start
        test = data.test
        return Trainer(
            network,
            self.inputs(data.X),
            data.y,
            "mean_squared_error" if data.is_curve else settings.loss,
            optimizer_of(settings),
            batch_size=settings.batch_size,
            l1=settings.l1,
            l2=settings.l2,
            test_data=None if test is None else (self.inputs(test[0]), test[1]),
            seed=settings.seed,
            dropout=settings.dropout,
        )

    def _learn_other_points(self) -> None:
        """Go on with the points as they are now: network, optimiser and history stay."""
        self.data = data_of(self.settings)
        self.trainer = self.trainer.with_data(self.inputs(self.data.X), self.data.y)

    def _change_live(self, before: RunSettings) -> None:
        trainer, settings = self.trainer, self.settings
        if settings.optimizer != before.optimizer:
            trainer.optimizer = optimizer_of(settings)
        trainer.optimizer.learning_rate = settings.learning_rate
        if settings.optimizer in WITH_MOMENTUM:
            assert isinstance(trainer.optimizer, SGD)
            trainer.optimizer.momentum = settings.momentum
        trainer.batch_size = settings.batch_size
        trainer.l1, trainer.l2, trainer.dropout = settings.l1, settings.l2, settings.dropout
