"""A training run that may be an experiment: its question stands above the picture, then why."""

from collections.abc import Sequence
from typing import Any

from nnlib.explorers.runs.run import TrainingRun
from nnlib.explorers.training.experiments import MAY_SET, Experiment, experiments
from nnlib.explorers.training.parameter_kinds import NO_EXPERIMENT
from nnlib.explorers.training.running import RunningExplorer


def _named(name: Any) -> Experiment | None:
    return next((found for found in experiments().values() if found.name == name), None)


class ExperimentingExplorer(RunningExplorer):
    """What may be an experiment: the choice of one sets all that belongs to it, and begins anew."""

    def __init__(self, show: Sequence[str] | None = None, **parameters: Any) -> None:
        self._shown_answered = False
        chosen = _named(parameters.get("experiment"))
        super().__init__(show, **{**(chosen.settings if chosen else {}), **parameters})

    @property
    def _chosen(self) -> Experiment | None:
        return _named(self.experiment)

    @property
    def _answered(self) -> bool:
        """Whether what the experiment asks has been seen."""
        return self._chosen is not None and self.epochs_trained >= self._chosen.epochs

    @property
    def form_words(self) -> str:
        """The experiment's question, and what to do; later why it came out so."""
        chosen = self._chosen
        return super().form_words if chosen is None else chosen.words(self._answered)

    @property
    def why_it_pauses(self) -> str:
        """Where Play has stopped, and that the answer has opened."""
        words = super().why_it_pauses
        return f"{words} The reason stands above the picture." if words and self._answered else words

    def set_parameters(self, **parameters: Any) -> None:
        """Set several parameters and draw once. If one is refused, none is changed.

        What is given beside an experiment counts more than what the experiment sets.
        """
        super().set_parameters(**parameters)
        if parameters.pop("experiment", NO_EXPERIMENT) != NO_EXPERIMENT:
            super().set_parameters(**parameters)

    def parameter_changed(self, name: str) -> None:
        """Begin the experiment that was chosen; with other data it is none any more."""
        super().parameter_changed(name)
        chosen = self._chosen
        if chosen is None:
            return
        if name == "experiment":
            self._set_up(chosen)
        elif self.data != chosen.settings.get("data", type(self).data.default_value):
            self.experiment = NO_EXPERIMENT

    def _set_up(self, chosen: Experiment) -> None:
        """Set all that belongs to it, and train from its start, with no curves of earlier runs."""
        self.pause()
        defaults = {name: self.declared_parameters[name].default_value for name in MAY_SET}
        super().set_parameters(**{**defaults, **chosen.settings})
        self._run = TrainingRun(self.settings)
        self._follow_weight()

    def request_frame(self) -> None:
        """Ask for a frame; where the answer opens with it, or closes, show that."""
        super().request_frame()
        if self._answered != self._shown_answered:
            self._shown_answered = self._answered
            self._home.run_on_loop(self._panel.show_uses)

    @property
    def usual_values(self) -> dict[str, Any]:
        """What the parameters are where nothing is said but the experiment."""
        usual, chosen = super().usual_values, self._chosen
        return usual if chosen is None else {**usual, **chosen.settings}
