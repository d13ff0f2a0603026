"""The picture of one pass: which numbers are found, which are asked for, what there is to say."""

from dataclasses import dataclass
from functools import cached_property

from nnlib import datasets
from nnlib.explorers.backprop.change import OwnChange
from nnlib.explorers.backprop.typed_answers import HOW_TO_WRITE, Verdict, asks_for, judge
from nnlib.explorers.passes.steps import (
    Pass,
    Steps,
    gradient_of,
    output_of,
    run_pass,
    steps_of,
    used_by,
)
from nnlib.explorers.passes.words import (
    Explanation,
    explain,
    explain_start,
    name_step,
    predict_nudge,
    row_in_words,
)
from nnlib.explorers.shared.network_parts import network_with
from nnlib.plots.networks.network_moves import Moves
from nnlib.plots.networks.network_numbers import NetworkNumbers
from nnlib.plots.words.labels import short
from nnlib.plots.words.symbols import Quantity, quantity_symbol


@dataclass(frozen=True)
class BackpropModel:
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
    found: tuple[int, ...] = ()  # the steps whose numbers the learner has found in this pass
    looked_at: int = 0  # an earlier step that is looked at while this one is asked for
    held: float = 0.0  # how far the curve goes while its dot is dragged; 0 if it is not
    about_change: bool = False  # whether such a change, not the steps, is what it is about

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
        return self.selected if self.own_change else self.looked_at_again or self.current

    @property
    def looked_at_again(self) -> Quantity | None:
        """The quantity of an earlier step that the learner looks at; None if none."""
        seen = self.looked_at and self.steps.all[self.looked_at - 1]
        return seen if seen and seen in self.visited else None

    @property
    def used(self) -> list[Quantity]:
        """What the numbers beside the drawing are made of."""
        if self.own_change:
            return [gradient_of(self.selected)]
        shown = self.looked_at_again or self.current
        return used_by(self.sizes, shown) if shown else [self.selected]

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
        right = self.verdict is not None and self.verdict.right
        return self.asked and not right and self.step not in self.found

    @property
    def visited(self) -> tuple[Quantity, ...]:
        """The quantities whose numbers are shown."""
        return self.steps.all[: self.step - 1 if self.hidden else self.step]

    @cached_property
    def own_change(self) -> OwnChange | None:
        """What the learner tries; None if nothing."""
        if not self.change and not self._waits_for_change:
            return None
        known = self.level == "shown" or gradient_of(self.selected) in self.visited
        return OwnChange(self.run, self.selected, self.change, known, self.held)

    @property
    def _waits_for_change(self) -> bool:
        """Whether a change is to be tried here: at the loss, or at the slope of the weight."""
        here = (self.steps.forward[-1], gradient_of(self.selected))
        return self.about_change and self.current in here and not self.hidden

    @property
    def moves(self) -> Moves:
        """What has moved with the learner's change, before and after; nothing without one."""
        return self.own_change.moves(self._seen_of_forward) if self.own_change else {}

    @property
    def _seen_of_forward(self) -> list[Quantity]:
        """What a change of one's own shows of the forward pass: all of it, if nothing is asked."""
        shown = self.steps.all if self.level == "shown" else self.visited
        return [quantity for quantity in shown if quantity in self.steps.forward]

    @property
    def numbers(self) -> NetworkNumbers:
        """The numbers on the drawing; with a change of one's own, those after it."""
        if self.own_change is None:
            return self.run.numbers(self.visited)
        slope = gradient_of(self.selected)
        known = {slope} if self.own_change.known else set()
        return self.own_change.after.numbers({*self._seen_of_forward, *known})

    @property
    def explanation(self) -> Explanation | None:
        """The present step in words, its numbers left out if they are asked for."""
        if self.looked_at_again:
            return explain(self.run, self.looked_at_again)
        if self.current is None:
            return None
        known = explain(self.run, self.current)
        return Explanation(known.equation, "", "= ?", known.code) if self.hidden else known

    @property
    def in_words(self) -> Explanation | None:
        """What stands beside the drawing; None where a change of one's own does."""
        if self.own_change:
            return None
        return self.explanation or explain_start(self.run)

    @property
    def reply(self) -> str:
        """What to say to the learner who fills in; empty if nothing is asked."""
        if not self.asked or self.current is None:
            return ""
        symbol = quantity_symbol(self.sizes, self.current)
        if self.verdict is None and self.step in self.found:
            return f"✓ You found {symbol}."
        if self.verdict is None:
            return f"Your turn: type what {symbol} is, then Enter. {HOW_TO_WRITE}"
        more = (
            " Enter again goes on to the next step."
            if self.verdict.right and not self.finished
            else ""
        )
        return self.verdict.message + more

    @property
    def n_asked(self) -> int:
        """How many numbers of the pass the learner is to find."""
        steps = range(1, self.steps.last + 1)
        return sum(asks_for(self.level, self.sizes, step) for step in steps)

    @property
    def finished(self) -> bool:
        """Whether all steps are made, and nothing is asked any more."""
        return self.step == self.steps.last and not self.hidden

    @property
    def ending(self) -> str:
        """What was found, and what to do next; empty until the pass is finished."""
        if not self.finished:
            return ""
        if not self.n_asked:
            found = f"All {len(self.parameters)} gradients of L are found."
            return f"{found} Next: another row, or choose what to “fill in”."
        own = sum(asks_for(self.level, self.sizes, step) for step in self.found)
        if own == self.n_asked:
            return f"You found all {own} numbers. Next: another row, or more to “fill in”."
        return f"You found {own} of {self.n_asked} numbers. Back leads to the others."

    @property
    def note(self) -> str:
        """What stands below the drawing: how it ended, or else how to read it."""
        if self.own_change:
            return self.own_change.note
        if self.ending:
            return self.ending
        if self.step <= len(self.steps.forward):
            return "in a neuron: its sum z, its output a"
        if self.explanation and self.explanation.ways:
            return "Click another neuron: its own δ. Grey bands: the ways back."
        return "in purple boxes: how fast L changes with the number beside it"

    @property
    def note_counts(self) -> bool:
        """Whether what stands below the drawing says what to do, not only how to read it."""
        return self.finished or bool(self.explanation and self.explanation.ways)

    @property
    def heading(self) -> str:
        """What the words beside the drawing are about."""
        if self.looked_at_again:
            return f"Looked at: {quantity_symbol(self.sizes, self.looked_at_again)}"
        if self.explanation and self.explanation.ways:
            return f"{len(self.explanation.ways.terms)} ways back, added up"
        return "This step" if self.current else "The row"

    @property
    def nudge(self) -> str:
        """What the present gradient of a weight or bias predicts for a small step; else empty."""
        if self.current is None or self.hidden or self.looked_at_again:
            return ""
        if self.current.kind not in ("weight_gradient", "bias_gradient"):
            return ""
        return predict_nudge(self.run, self.current)

    @property
    def title(self) -> str:
        """What the drawing shows now."""
        if self.own_change:
            return self.own_change.headline
        name = name_step(self.sizes, self.step)
        return f"Finished: {name[0].lower()}{name[1:]}" if self.finished else name

    @property
    def equation(self) -> str:
        """The present step's equation with its numbers; before the first, the row."""
        if self.own_change:
            return self.own_change.equation
        return self.explanation.one_line if self.explanation else row_in_words(self.run)

    @property
    def summary(self) -> str:
        """The picture in words."""
        x1, x2 = self.run.x
        words = [self.title if self.title.endswith("?") else f"{self.title}."]
        if self.looked_at_again and self.explanation:
            words.append(f"{self.heading} {self.explanation.result}.")
        elif self.current and self.explanation and not self.own_change:
            words = [f"{self.title}, {self.explanation.result.removeprefix('= ')}."]
        words += filter(None, (self.reply, self.ending))
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
