"""The picture of the next update: one row's pass, then each weight's new number, then all."""

from dataclasses import dataclass, field, replace
from functools import cached_property

from nnlib.explorers.passes.steps import (
    Pass,
    Steps,
    gradient_of,
    output_of,
    steps_of,
    used_by,
)
from nnlib.explorers.passes.words import (
    Explanation,
    explain,
    name_step,
    predict_nudge,
    row_in_words,
)
from nnlib.explorers.shared.network_parts import named_parameters
from nnlib.explorers.update.next_update import NextUpdate
from nnlib.explorers.update.row_dots import RowNumbers
from nnlib.explorers.update.rules import Line, lines_of, written
from nnlib.plots.networks.network_moves import Moves
from nnlib.plots.networks.network_numbers import NetworkNumbers
from nnlib.plots.words.labels import from_to, short
from nnlib.plots.words.symbols import Quantity, quantity_symbol

_ALL = "all at once"
_HOW = """{which}
Press Step, or Play:
{forward} steps forward to this row’s L,
{backward} back to its gradients, then
{updates} updates: each weight and
bias moves as {mean} asks."""


def last_step(sizes: tuple[int, ...]) -> int:
    """Return the number of the last step: a pass, a step for each parameter, and one for all."""
    return steps_of(sizes).last + len(named_parameters(sizes)) + 1


def list_updates(sizes: tuple[int, ...]) -> list[tuple[str, int]]:
    """Return the steps after the pass: what is shown of each, and its number."""
    first, names = steps_of(sizes).last + 1, named_parameters(sizes).values()
    steps = [
        (f"update {k}   {quantity_symbol(sizes, parameter)}", first + k - 1)
        for k, parameter in enumerate(names, start=1)
    ]
    return [*steps, (f"update   {_ALL}", last_step(sizes))]


def step_of(sizes: tuple[int, ...], parameter: Quantity) -> int:
    """Return the step in which a weight or bias gets its new number."""
    return steps_of(sizes).last + 1 + list(named_parameters(sizes).values()).index(parameter)


@dataclass(frozen=True)
class UpdateModel:
    """The next update, shown up to one step, with one of its rows on the drawing."""

    update: NextUpdate = field(repr=False)
    row: int  # of the mini-batch, from 0
    step: int  # how many steps have been made
    begins_anew: bool = False  # whether it is the first of a run that leaves another one
    waits: bool = False  # whether training has diverged, so that it is not made

    @property
    def sizes(self) -> tuple[int, ...]:
        """The network's sizes."""
        return self.update.sizes

    @cached_property
    def run(self) -> Pass:
        """The row's pass before the update."""
        return self.update.run(self.row)

    @cached_property
    def run_after(self) -> Pass:
        """The same row's pass after it."""
        return self.update.run_after(self.row)

    @property
    def steps(self) -> Steps:
        """The steps of the pass."""
        return steps_of(self.sizes)

    @property
    def current(self) -> Quantity | None:
        """The quantity of the pass that is found in this step."""
        return self.steps.all[self.step - 1] if 0 < self.step <= self.steps.last else None

    @property
    def moved(self) -> list[Quantity]:
        """The weights and biases that have got their new number."""
        parameters = list(named_parameters(self.sizes).values())
        return parameters[: max(self.step - self.steps.last, 0)]

    @property
    def updated(self) -> Quantity | None:
        """The one that gets it in this step."""
        return self.moved[-1] if self.moved and not self.finished else None

    @property
    def finished(self) -> bool:
        """Whether all steps are made."""
        return self.step == last_step(self.sizes)

    # The drawing ----------------------------------------------------------------------------

    @property
    def highlight(self) -> Quantity | None:
        """The quantity that is marked."""
        return self.current or self.updated

    @property
    def used(self) -> list[Quantity]:
        """What the numbers beside the drawing are made of."""
        if self.updated:
            return [gradient_of(self.updated)]
        return used_by(self.sizes, self.current) if self.current else []

    @property
    def numbers(self) -> NetworkNumbers:
        """The row's numbers as far as they are found, with the weights that have moved.

        At the end, the row's numbers after the update.
        """
        if self.finished:
            return self.run_after.numbers(self.steps.forward)
        found = self.run.numbers(self.steps.all[: self.step])
        layers = self.update.with_new(self.moved).layers
        weights, biases = [layer.weights for layer in layers], [layer.bias for layer in layers]
        return replace(found, weights=weights, biases=biases)

    @property
    def moves(self) -> Moves:
        """No boxes over the numbers: there would be many."""
        return {}

    @property
    def title(self) -> str:
        """What the drawing shows."""
        if self.updated:
            n, k = len(named_parameters(self.sizes)), self.step - self.steps.last
            move = " → ".join(written(*self.update.move(self.updated)))
            return f"Update, {k} of {n}: {self._symbol} {move}"
        if self.finished:
            change = from_to(self.run.loss_value, self.run_after.loss_value)
            return f"After the update: L of this row {change}"
        return name_step(self.sizes, self.step)

    @property
    def note(self) -> str:
        """What stands below the drawing."""
        if self.updated:
            return "All gradients are found before any number moves. Click a weight for its update."
        if self.finished:
            return "the new weights, and the same row sent through once more"
        if not self.step:
            return f"{self._which}. Each row goes forward and back by itself."
        if self.step <= len(self.steps.forward):
            return "in a neuron: its sum z, its output a"
        return "in purple boxes: how fast this row’s L changes with the number beside it"

    @property
    def note_counts(self) -> bool:
        """Whether it says more than how to read the drawing."""
        return bool(self.updated) or not self.step

    # Beside it ------------------------------------------------------------------------------

    @property
    def in_words(self) -> Explanation | None:
        """The step of the pass; None where the update stands in its place."""
        if self.current:
            return explain(self.run, self.current)
        return None if self.step else Explanation(row_in_words(self.run), self._how, "", "")

    @property
    def heading(self) -> str:
        """What the words beside the drawing are about."""
        if self.updated:
            return f"The new {self._symbol}"
        if self.finished:
            return "All numbers moved at once"
        step = self.in_words
        if step and step.ways:
            return f"{len(step.ways.terms)} ways back, added up"
        return "This step" if self.current else self._row_of[0]

    @property
    def nudge(self) -> str:
        """What the gradient of a weight predicts for a small step of it."""
        if self.current is None or self.current.kind not in ("weight_gradient", "bias_gradient"):
            return ""
        return predict_nudge(self.run, self.current)

    @property
    def dots(self) -> RowNumbers | None:
        """What each row says: of the weight, or of the whole update."""
        if self.updated:
            values, mean = self.update.of_rows(self.updated), self.update.mean(self.updated)
            each = "the row" if len(values) == 1 else "each row"
            meaning = f"∂L/∂{self._symbol} of {each}"
            return RowNumbers(values, self.row, True, mean, meaning, "raise it", "lower it")
        if self.finished:
            change = self.update.changes
            meaning = "Change of each row’s own L"
            return RowNumbers(change, self.row, False, change.mean(), meaning, "L falls", "L rises")
        return None

    @property
    def lines(self) -> list[Line]:
        """How the new number comes about; at the end, what the update does to the loss."""
        if self.updated:
            return lines_of(self.update, self.updated)
        if not self.finished:
            return []
        before, after = (losses.mean() for losses in self.update.own_losses)
        n, n_all = len(self.update.rows), len(self.update.all_rows[0])
        its = "this row" if n == 1 else f"these {n:,} rows"
        lines = [Line(f"L of {its}", from_to(before, after), "")]
        if n < n_all:
            change = from_to(*self.update.losses_of_all)
            lines.append(Line(f"L of all {n_all:,} rows", change, ""))
        return lines

    # In words -------------------------------------------------------------------------------

    @property
    def equation(self) -> str:
        """The step with its numbers; at the end, what the update does to the loss."""
        if self.updated:
            return self.lines[-1].one_line
        if self.finished:
            return ",   ".join(f"{line.symbols} {line.numbers}" for line in self.lines)
        return self.in_words.one_line if self.current and self.in_words else row_in_words(self.run)

    @property
    def summary(self) -> str:
        """The picture in words."""
        words = [f"{self.title}."]
        if self.current and self.in_words:
            words = [f"{self.title}, {self.in_words.result.removeprefix('= ')}."]
        if (dots := self.dots) is not None:
            words.append(f"{dots.meaning} ({dots.in_words}).")
            words += [f"{line.one_line}." for line in self.lines]
        words.append(f"{self._which}. {' '.join(self._row_of)}: {row_in_words(self.run)}.")
        if output_of(self.sizes) in self.steps.all[: self.step]:
            words.append(f"The output ŷ is {short(self.run.output)} before the update.")
        network = self.update.before
        words.append(
            f"Network {'-'.join(map(str, self.sizes))}, "
            f"{' and '.join([*network.hidden, network.output])}, "
            f"loss {self.update.loss.replace('_', ' ')}."
        )
        return " ".join(words)

    @property
    def _symbol(self) -> str:
        return quantity_symbol(self.sizes, self.updated) if self.updated else ""

    @property
    def _which(self) -> str:
        """Which update it is, and how many rows it has."""
        n, n_all = len(self.update.rows), len(self.update.all_rows[0])
        rows = f"{n:,} of {n_all:,} rows"
        if n == n_all:
            rows = {1: "its only row", 2: "both rows"}.get(n, f"all {n:,} rows")
        number = f"update {self.update.number:,}"
        if self.waits:
            return f"Training has diverged, so {number} waits, on {rows}"
        return f"Next is {number}{' of a run that begins here' * self.begins_anew}, on {rows}"

    @property
    def _row_of(self) -> tuple[str, str]:
        """Which row is on the drawing: of the mini-batch, and of the data."""
        number, n = int(self.update.rows[self.row]) + 1, len(self.update.rows)
        n_all = len(self.update.all_rows[0])
        return f"Row {self.row + 1:,} of {n:,}", f"(no. {number:,} of all {n_all:,} rows)"

    @property
    def _how(self) -> str:
        """What there is to come."""
        n = len(self.update.rows)
        return _HOW.format(
            which=self._row_of[1],
            forward=len(self.steps.forward),
            backward=len(self.steps.backward),
            updates=len(named_parameters(self.sizes)),
            mean=f"the mean of\nthe {n} rows’ gradients" if n > 1 else "its gradient",
        )


@dataclass(frozen=True)
class NoModel:
    """What is shown of a trainer that cannot be looked into: why."""

    why: str
    equation: str = ""

    @property
    def summary(self) -> str:
        """The same in words."""
        return f"This network cannot be looked into. {self.why}"
