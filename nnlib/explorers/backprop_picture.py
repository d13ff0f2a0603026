"""The picture of one pass: which numbers are found, which are asked for, what there is to say."""

from dataclasses import dataclass
from functools import cached_property

from nnlib import datasets
from nnlib.explorers.backprop_answers import Verdict, asks_for, judge
from nnlib.explorers.backprop_change import OwnChange
from nnlib.explorers.backprop_steps import (
    Pass,
    Steps,
    gradient_of,
    output_of,
    run_pass,
    steps_of,
    used_by,
)
from nnlib.explorers.backprop_words import Explanation, explain, foretell, name_step
from nnlib.explorers.network_parameters import network_with
from nnlib.plots.labels import short
from nnlib.plots.symbols import Quantity, quantity_symbol


@dataclass(frozen=True)
class BackpropPicture:
    """A pass of one row through a network, shown up to one step."""

    sizes: tuple[int, ...]
    parameters: tuple[float, ...]
    activations: tuple[str, ...]  # one for each layer, the output's last
    loss: str
    gate: str
    row: int  # which row of the truth table, from 0
    step: int  # how many steps have been made
    selected: Quantity  # the weight or bias whose value can be moved
    level: str = "shown"  # what the learner fills in; a name in `LEVELS`
    answer: str = ""  # what the learner has typed for the present step
    change: float = 0.0  # by how much the learner tries to move the selected one

    @cached_property
    def run(self) -> Pass:
        """The whole pass: all numbers, visited or not."""
        X, y = datasets.truth_table(self.gate)
        *hidden, output = self.activations
        network = network_with(self.sizes, hidden, self.parameters, output)
        return run_pass(network, X[self.row], float(y[self.row, 0]), self.loss)

    @property
    def steps(self) -> Steps:
        """All steps of the pass."""
        return steps_of(self.sizes)

    @property
    def current(self) -> Quantity | None:
        """The quantity of the present step; None before the first."""
        return self.steps.all[self.step - 1] if self.step else None

    @property
    def highlight(self) -> Quantity | None:
        """The quantity that is marked on the drawing."""
        return self.selected if self.own_change else self.current

    @property
    def used(self) -> list[Quantity]:
        """What the numbers beside the drawing are made of."""
        if self.own_change:
            return [gradient_of(self.selected)]
        return used_by(self.sizes, self.current) if self.current else [self.selected]

    @property
    def asked(self) -> bool:
        """Whether the learner is to find the present step's number."""
        return asks_for(self.level, self.sizes, self.step) if self.step else False

    @cached_property
    def verdict(self) -> Verdict | None:
        """What there is to say of the learner's answer; None if there is none."""
        if not (self.current and self.asked and self.answer.strip()):
            return None
        return judge(self.run, self.current, self.answer)

    @property
    def hidden(self) -> bool:
        """Whether the present step's number is not to be seen yet."""
        return self.asked and not (self.verdict and self.verdict.right)

    @property
    def visited(self) -> tuple[Quantity, ...]:
        """The quantities whose numbers are shown."""
        return self.steps.all[: self.step - 1 if self.hidden else self.step]

    @cached_property
    def own_change(self) -> OwnChange | None:
        """What the learner tries; None if nothing."""
        if not self.change:
            return None
        known = self.level == "shown" or gradient_of(self.selected) in self.visited
        return OwnChange(self.run, self.selected, self.change, known)

    @property
    def explanation(self) -> Explanation | None:
        """The present step in words, its numbers left out if they are asked for."""
        if self.current is None:
            return None
        known = explain(self.run, self.current)
        return Explanation(known.equation, "", "= ?", known.code) if self.hidden else known

    @property
    def reply(self) -> str:
        """What to say to the learner who fills in; empty if nothing is asked."""
        if self.verdict:
            return self.verdict.message
        return "Your turn: type the number below the controls: 0.25, 1/4 or 2·0.125." * self.asked

    @property
    def foretold(self) -> str:
        """What the present gradient foretells; empty unless it is that of a weight or bias."""
        if self.current is None or self.hidden:
            return ""
        if self.current.kind not in ("weight_gradient", "bias_gradient"):
            return ""
        return foretell(self.run, self.current)

    @property
    def title(self) -> str:
        """What the drawing shows now."""
        return name_step(self.sizes, self.step)

    @property
    def equation(self) -> str:
        """The present step's equation with its numbers; before the first, the row."""
        if self.own_change:
            return self.own_change.equation
        x1, x2 = self.run.x
        row = f"x = ({x1:g}, {x2:g}),   y = {self.run.y:g}"
        return self.explanation.one_line if self.explanation else row

    @property
    def summary(self) -> str:
        """The picture in words."""
        x1, x2 = self.run.x
        words = [f"{self.title}."]
        if self.current and self.explanation:
            words = [f"{self.title}, {self.explanation.result.removeprefix('= ')}."]
        if self.reply:
            words.append(self.reply)
        if self.own_change:
            words.append(self.own_change.summary)
        words.append(f"{self.gate.upper()}, row ({x1:g}, {x2:g}) with the target {self.run.y:g}.")
        if output_of(self.sizes) in self.visited:
            words.append(f"The output ŷ is {short(self.run.output)}.")
        symbol = quantity_symbol(self.sizes, self.selected)
        *hidden, output = self.activations
        words.append(
            f"Network {'-'.join(map(str, self.sizes))}, {', '.join(hidden)} and {output}, "
            f"loss {self.loss.replace('_', ' ')}; "
            f"{symbol} is {short(self.run.value(self.selected))}."
        )
        return " ".join(words)
