"""Parameters that only a training run has: its inputs, a table, and a number that it moves."""

from collections.abc import Callable, Iterable
from typing import Any

import ipywidgets as widgets

from nnlib.explorers.controls.file_button import FileButton
from nnlib.explorers.controls.parameters import Choice, Number, Parameter
from nnlib.explorers.controls.refusals import Refused
from nnlib.explorers.controls.toggle_row import ToggleRow
from nnlib.explorers.runs.data import FEATURES
from nnlib.explorers.runs.own_table import table_of, table_text
from nnlib.explorers.shared.network_controls import SelectedParameter
from nnlib.explorers.shared.network_parts import named_parameters
from nnlib.explorers.training.experiments import FILE, NO_EXPERIMENT, experiments
from nnlib.explorers.training.model import words_of
from nnlib.plots.words.numbers import number

NOTHING = "none"  # no weight is chosen
TABLE_EXAMPLE = """x1,x2,class
1.0,5.0,0
1.5,4.0,0
2.0,5.5,0
2.5,4.5,0
3.5,1.0,1
4.0,2.0,1
4.5,0.5,1
5.0,1.5,1
"""


class Followed(Number):
    """A number that follows training: its box tells two decimals of it."""

    def written(self, value: float) -> str:
        """Return the value with two decimals."""
        return number(value, 2)


class Features(Parameter):
    """Which quantities the network is given: names in ``FEATURES``, at least one."""

    def validate(self, obj: Any, value: Any) -> tuple[str, ...]:
        """Return the names in their order; refuse unknown ones, and none at all."""
        names = list(value) if isinstance(value, Iterable) and not isinstance(value, str) else []
        if not names or any(name not in tuple(FEATURES) for name in names):
            self.refuse(value, "one or more of " + ", ".join(FEATURES))
        return tuple(name for name in FEATURES if name in names)

    def make_control(self) -> widgets.Widget:
        """Return a row of buttons."""
        return ToggleRow([(feature.symbol, name) for name, feature in FEATURES.items()], self.label)


class Table(Parameter):
    """A learner's table as text: x₁, x₂, class in each row, or x and a number."""

    def validate(self, obj: Any, value: Any) -> str:
        """Return the text; refuse what is no such table, and say where."""
        if not isinstance(value, str):
            self.refuse(value, "a text of rows of numbers")
        try:
            table_of(value)
        except ValueError as problem:
            words = f"{problem} The table before it is kept."
            raise Refused(words, words) from None
        return str(value)

    def make_control(self) -> widgets.Widget:
        """Return a box to paste into."""
        layout = {"width": "288px", "height": "110px"}
        return self._control(widgets.Textarea, continuous_update=False, layout=layout)

    def make_companion(
        self, control: widgets.Widget, tell: Callable[[str], None]
    ) -> widgets.Widget:
        """Return a button that puts a file's text into the box."""
        return FileButton(control, accept=".csv,.tsv,.txt", read=table_text, tell=tell)


class ChosenWeight(SelectedParameter):
    """A weight or bias of the network as it is now, or none."""

    def __init__(self) -> None:
        super().__init__([(NOTHING, NOTHING)], label="weight or bias")

    def offered(self, explorer: Any) -> list[tuple[str, str]]:
        """Return none, then the weights and biases that there are."""
        sizes, inputs = explorer.sizes, explorer.features_used
        weights = named_parameters(sizes).items()
        return [(NOTHING, NOTHING), *((words_of(q, sizes, inputs), name) for name, q in weights)]


class ExperimentChoice(Choice):
    """One of the experiments in the file, or none."""

    def __init__(self) -> None:
        super().__init__(NO_EXPERIMENT, options=_offered_experiments, label="experiment")

    def validate(self, obj: Any, value: Any) -> str:
        """Return the name; refuse an unknown one. For what is chosen already no file is read."""
        if isinstance(value, str) and (value == NO_EXPERIMENT or value == obj.experiment):
            return value
        check_settings(obj)
        return str(super().validate(obj, value))

    def prepare(self, control: widgets.Widget, explorer: Any) -> None:
        """List what the file holds now, if it has got what is chosen since it was listed."""
        if explorer.experiment not in [name for _, name in control.options]:
            control.offer(self.options)


def _offered_experiments() -> list[tuple[str, str]]:
    titles = [(found.title, found.name) for found in experiments().values()]
    return [("none", NO_EXPERIMENT), *titles]


def check_settings(explorer: Any) -> None:
    """Refuse the file if an experiment sets a parameter to what does not fit it.

    Raises
    ------
    ValueError
        The message names the file, the experiment, and what was expected.
    """
    for name, experiment in experiments().items():
        for setting, value in experiment.settings.items():
            try:
                explorer.declared_parameters[setting].validate(explorer, value)
            except Refused as refused:
                raise ValueError(f"{FILE.name}: {name}.settings: {refused}") from None
