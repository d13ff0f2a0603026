"""The run of `TrainingExplorer`: its parameters steer it, and one weight is moved by hand."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from nnlib import Trainer
from nnlib._typing import Array
from nnlib.explorers.engine.pointer import Point
from nnlib.explorers.playing.learning_explorer import LearningExplorer
from nnlib.explorers.playing.watching import WatchedExplorer
from nnlib.explorers.runs.data import data_of
from nnlib.explorers.runs.points import samples_of
from nnlib.explorers.runs.run import TrainingRun
from nnlib.explorers.shared.network_controls import dragged
from nnlib.explorers.shared.network_parts import flat_index, named_parameters, value_of
from nnlib.explorers.shared.point_editor import FURTHEST, MOST_POINTS, TWO_POINTS
from nnlib.explorers.training.parameter_kinds import NOTHING
from nnlib.explorers.training.parameters import TrainingParameters
from nnlib.plots.words.symbols import Quantity
from nnlib.validation import whole_number

MOST_UPDATES = 50_000  # that are made again where a state says so: a few seconds


class RunningExplorer(WatchedExplorer, LearningExplorer, TrainingParameters):
    """What has a training run: it is steered, played, kept and resumed."""

    brief = ("updates",)

    def __init__(self, show: Sequence[str] | None = None, **parameters: Any) -> None:
        self._run: TrainingRun | None = None
        super().__init__(show, **parameters)
        if "value" in parameters:
            self._change_weight()
        self._follow_weight()

    @property
    def run(self) -> TrainingRun:
        """The run that is shown. To read from; the explorer's parameters steer it."""
        with self.lock:
            if self._run is None:
                self._run = TrainingRun(self.settings)
            return self._run

    @property
    def trainer(self) -> Trainer:
        """The run's trainer."""
        return self.run.trainer

    def samples(self, data: str) -> tuple[Array, Array]:
        """Return X and y of other data: what own points begin as a copy of."""
        made = data_of(replace(self.settings, data=data))
        if made.is_curve:
            return samples_of(TWO_POINTS)
        near = np.flatnonzero(np.abs(made.X).max(axis=1) <= FURTHEST)[:MOST_POINTS]
        return made.X[near], made.y[near]

    def parameter_changed(self, name: str) -> None:
        """Steer the run, or let the chosen weight be ``value``."""
        super().parameter_changed(name)
        if name == "value":
            self._change_weight()
        else:
            self.run.steer(self.settings)
            self.notice = self.notice if self.why_it_pauses else None
            self._offer_weights()
            self._follow_weight()

    def reset(self) -> None:
        """Stop, and go back to the parameters and weights that it opened with."""
        with self.one_deed():
            super().reset()
            self._run = TrainingRun(self.settings)
            self._follow_weight()
            self.request_frame()

    # What plays -----------------------------------------------------------------------------

    @property
    def epochs_trained(self) -> int:
        """How many passes over all rows have been made."""
        return self.trainer.epoch

    @property
    def cannot_train(self) -> bool:
        """Whether training has diverged."""
        return bool(self.run.diverged)

    def train(self) -> None:
        """Make an update on one mini-batch."""
        self.run.train()

    def show_progress(self) -> None:
        """Send a frame, and let ``value`` tell the chosen weight as it is now."""
        self._follow_weight()
        super().show_progress()

    # One weight -----------------------------------------------------------------------------

    @property
    def quantity(self) -> Quantity | None:
        """The weight or bias that is chosen."""
        return named_parameters(self.sizes).get(self.selected)

    def _offer_weights(self) -> None:
        """Let the list of weights be that of the present network."""
        if self.selected not in named_parameters(self.sizes):
            self.selected = NOTHING
        self._panel.show("selected")

    def _follow_weight(self) -> None:
        """Let ``value`` tell the chosen weight as it is now."""
        with self.lock:
            if self.quantity is not None:
                self.value = value_of(self.trainer.network, self.quantity)

    def _change_weight(self) -> None:
        """Let the chosen weight be ``value``."""
        quantity, network = self.quantity, self.trainer.network
        if quantity is not None and value_of(network, quantity) != self.value:
            parameters = network.parameters.copy()
            parameters[flat_index(network.sizes, quantity)] = self.value
            self.run.set_parameters(parameters)

    def pointer_pressed(self, at: Point) -> None:
        """Choose the weight or bias that is pressed; on the plane, add or remove a point."""
        if at.handle in named_parameters(self.sizes):
            self.selected = at.handle
            self._value_pressed = self.value
        super().pointer_pressed(at)

    def pointer_dragged(self, at: Point) -> None:
        """Change it: up is more, down is less."""
        if at.handle == self.selected:
            self.value = dragged(self._value_pressed, at)

    # What was learned -----------------------------------------------------------------------

    @property
    def work_done(self) -> int:
        """How many updates were made, and how long the curves of earlier runs are."""
        return self.run.trainer.steps + sum(len(past.epochs) for past in self.run.past)

    @property
    def learned(self) -> dict[str, Any]:
        """The run itself, so that training goes on exactly from here."""
        return {"run": self.run.state}

    @property
    def usual_values(self) -> dict[str, Any]:
        """What the parameters are where nothing is said; the chosen weight is the network's."""
        usual = super().usual_values
        return usual if self.quantity is None else {**usual, "value": self.value}

    @property
    def besides_parameters(self) -> dict[str, Any]:
        """The number of updates, if they lead here again from the start; or else the run itself."""
        run = self.run
        if not run.comes_from_its_settings or run.trainer.steps > MOST_UPDATES:
            return self.learned
        return {"updates": run.trainer.steps} if run.trainer.steps else {}

    def resume(self, learned: dict[str, Any]) -> None:
        """Go on with the run, or make as many updates as are told in its place.

        Raises
        ------
        ValueError, TypeError
            If it was trained with other settings than the parameters say, or the updates are no
            whole number from 0 to `MOST_UPDATES`.
        """
        if "updates" in learned:
            updates = whole_number("updates", learned["updates"], least=0)
            if updates > MOST_UPDATES:
                raise ValueError(f"updates must be at most {MOST_UPDATES:,}, got {updates:,}.")
            self.run.train(updates)
            self._follow_weight()
            self.request_frame()
        if "run" not in learned:
            return
        run = TrainingRun.from_state(learned["run"])
        if run.settings != self.settings:
            raise ValueError("This run was trained with other settings.")
        with self.lock:
            self._run = run
            self._follow_weight()
        self.request_frame()
