"""A training run that may be an experiment: its question stands above the picture, then why."""

from collections.abc import Sequence
from typing import Any

from nnlib.explorers.runs.run import TrainingRun
from nnlib.explorers.training.experiments import MAY_SET, NO_EXPERIMENT, Experiment, experiments
from nnlib.explorers.training.parameter_kinds import check_settings
from nnlib.explorers.training.running import RunningExplorer


class ExperimentingExplorer(RunningExplorer):
    """What may be an experiment: the choice of one sets all that belongs to it, and begins anew.

    The file of experiments is read when the explorer is made and when one is chosen, and not while
    a run goes on: a teacher may be writing it.
    """

    def __init__(self, show: Sequence[str] | None = None, **parameters: Any) -> None:
        check_settings(self)
        self._answer_is_open = False
        self._chosen = _named(parameters.get("experiment"))
        if self._chosen is not None:
            parameters = {**self._chosen.settings, **parameters}
            if parameters.get("data", self._data_of(self._chosen)) != self._data_of(self._chosen):
                self._chosen, parameters["experiment"] = None, NO_EXPERIMENT
        super().__init__(show, **parameters)

    @property
    def form_words(self) -> str:
        """The experiment's question, and what to do; later why it came out so."""
        chosen = self._chosen
        return super().form_words if chosen is None else chosen.words(self._answer_is_open)

    @property
    def why_it_pauses(self) -> str:
        """Where Play has stopped, and that the answer has opened."""
        words = super().why_it_pauses
        if words and self._is_answered:
            return f"{words} The reason stands above the picture."
        return words

    @property
    def _is_answered(self) -> bool:
        """Whether the run has come to what the experiment asks about."""
        return self._chosen is not None and self.epochs_trained >= self._chosen.epochs

    def set_parameters(self, **parameters: Any) -> None:
        """Set several parameters and draw once. If one is refused, none is changed.

        What is given beside an experiment counts more than what the experiment sets.
        """
        with self.one_deed():
            super().set_parameters(**parameters)
            if parameters.pop("experiment", NO_EXPERIMENT) != NO_EXPERIMENT:
                super().set_parameters(**parameters)

    def parameter_changed(self, name: str) -> None:
        """Begin the experiment that was chosen; with other data it is none any more."""
        super().parameter_changed(name)
        if name == "experiment":
            self._chosen, self.notice = _named(self.experiment), None
            if self._chosen is not None:
                self._set_up(self._chosen)
        elif name == "data" and self._chosen and self.data != self._data_of(self._chosen):
            self.experiment = NO_EXPERIMENT

    def _set_up(self, chosen: Experiment) -> None:
        """Set all that belongs to it, and train from its start, with no curves of earlier runs."""
        self.pause()
        defaults = {name: self.declared_parameters[name].default_value for name in MAY_SET}
        super().set_parameters(**{**defaults, **chosen.settings})
        self._run = TrainingRun(self.settings)
        self._follow_weight()
        self._open_answer(False)

    def _data_of(self, chosen: Experiment) -> str:
        return str(chosen.settings.get("data", self.declared_parameters["data"].default_value))

    def reset(self) -> None:
        """Stop, and go back to the parameters and weights that it opened with."""
        super().reset()
        self._open_answer(False)

    def request_frame(self) -> None:
        """Ask for a frame; once what was asked has been seen, the answer opens, and stays open."""
        super().request_frame()
        if self._is_answered:
            self._open_answer(True)

    def _open_answer(self, is_open: bool) -> None:
        if is_open != self._answer_is_open:
            self._answer_is_open = is_open
            self._home.run_on_loop(self._panel.show_uses)

    @property
    def usual_values(self) -> dict[str, Any]:
        """What the parameters are where nothing is said but the experiment."""
        usual = super().usual_values
        return usual if self._chosen is None else {**usual, **self._chosen.settings}


def _named(name: Any) -> Experiment | None:
    """Return the experiment of this name; None if there is none, or it is the choice of none."""
    if name is None or name == NO_EXPERIMENT:
        return None
    return next((found for found in experiments().values() if found.name == name), None)
