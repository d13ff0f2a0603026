"""`BackpropExplorer`: one row of data going forward and backward, one quantity at a time."""

from dataclasses import dataclass
from functools import cached_property
from textwrap import fill
from typing import Any

from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from nnlib import datasets
from nnlib.explorers.backprop_answers import Verdict, asks_for, judge
from nnlib.explorers.backprop_steps import OUTPUT, SIZES, STEPS, Pass, run_pass
from nnlib.explorers.backprop_words import Explanation, explain, foretell, name_step
from nnlib.explorers.network_parameters import (
    AllParameters,
    NetworkExplorer,
    SelectedParameter,
    choose_activation,
    network_with,
    number_slider,
    weights_to_drag,
)
from nnlib.explorers.parameters import Choice, Text, Whole
from nnlib.plots.labels import short
from nnlib.plots.network_drawing import draw_network
from nnlib.plots.palette import Palette
from nnlib.plots.symbols import Bias, Quantity, Weight, quantity_symbol
from nnlib.plots.text import add_panel, draw_title

GATES = ("xor", "or", "and", "nand", "nor", "xnor", "first", "second")
# W⁽¹⁾ row by row, b⁽¹⁾, W⁽²⁾, b⁽²⁾.
START = (1.0, -0.5, 0.8, 0.3, -0.2, 0.1, 1.2, -0.9, 0.1)
LOSSES = (
    ("mean squared error", "mean_squared_error"),
    ("binary cross-entropy", "binary_cross_entropy"),
)
LEVELS_OFFERED = (
    ("nothing: all is shown", "shown"),
    ("the last gradients", "last"),
    ("the backward pass", "backward"),
    ("everything", "all"),
)
REPLY_WIDTH = 38  # characters of the right panel
_HOW = "Step forward, then backward:\none number at a time."


@dataclass(frozen=True)
class BackpropPicture:
    """A pass of one row through a 2-2-1 network, shown up to one step."""

    parameters: tuple[float, ...]
    activation: str
    loss: str
    gate: str
    row: int  # which row of the truth table, from 0
    step: int  # how many steps have been made
    selected: Quantity  # the weight or bias whose value can be moved
    level: str = "shown"  # what the learner fills in; a name in `LEVELS`
    answer: str = ""  # what the learner has typed for the present step

    @cached_property
    def run(self) -> Pass:
        """The whole pass: all numbers, visited or not."""
        X, y = datasets.truth_table(self.gate)
        network = network_with(SIZES, self.activation, self.parameters)
        return run_pass(network, X[self.row], float(y[self.row, 0]), self.loss)

    @property
    def current(self) -> Quantity | None:
        """The quantity of the present step; None before the first."""
        return STEPS[self.step - 1] if self.step else None

    @property
    def asked(self) -> bool:
        """Whether the learner is to find the present step's number."""
        return asks_for(self.level, self.step) if self.step else False

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
        return STEPS[: self.step - 1] if self.hidden else STEPS[: self.step]

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
        return "Your turn: type the number above, such as 0.25, 1/4 or 2·0.125." * self.asked

    @property
    def foretold(self) -> str:
        """What the present gradient foretells; empty unless it is that of a weight or bias."""
        current = self.current
        if (
            current is None
            or self.hidden
            or not isinstance(current.part, Weight | Bias)
            or current.kind == "delta"
        ):
            return ""
        return foretell(self.run, current)

    @property
    def title(self) -> str:
        """What the drawing shows now."""
        return name_step(self.step)

    @property
    def equation(self) -> str:
        """The present step's equation with its numbers; before the first, the row."""
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
        words.append(f"{self.gate.upper()}, row ({x1:g}, {x2:g}) with the target {self.run.y:g}.")
        if OUTPUT in self.visited:
            words.append(f"The output ŷ is {short(self.run.value(OUTPUT))}.")
        symbol, value = quantity_symbol(SIZES, self.selected), self.run.value(self.selected)
        loss = self.loss.replace("_", " ")
        words.append(
            f"Hidden activation {self.activation}, loss {loss}; {symbol} is {short(value)}."
        )
        return " ".join(words)


class BackpropView:
    """Two panels: the network as far as the pass has come, and the present step in words."""

    def __init__(self, figure: Figure, palette: Palette) -> None:
        left = add_panel(figure, 0, 610)
        self._title = draw_title(left, 8, palette=palette)
        left.text(
            8,
            8,
            "values inside the nodes,  gradients in purple boxes",
            fontsize=9.5,
            color=palette.grey,
        )
        drawing = figure.add_axes((0.0, 0.06, 0.68, 0.815))
        self._drawing = draw_network(drawing, SIZES, palette, gradients=True, loss=True)
        self.handles = weights_to_drag(self._drawing.layout, drawing)

        right = add_panel(figure, 612, 288)
        self._heading = draw_title(right, 0, palette=palette)
        style: dict[str, Any] = {"color": palette.ink, "va": "top", "linespacing": 1.5}
        self._equation = right.text(0, 340, "", fontsize=11, **style)
        self._with_numbers = right.text(0, 278, "", fontsize=11, **style)
        self._result = right.text(0, 218, "", fontsize=12, fontweight="bold", **style)
        self._code_box = FancyBboxPatch((4, 148), 276, 24, boxstyle="round,pad=4,rounding_size=6")
        self._code_box.set(facecolor=palette.highlight, edgecolor="none")
        right.add_patch(self._code_box)
        self._code = right.text(6, 160, "", fontsize=9.5, family="monospace", va="center")
        self._code.set_color(palette.ink)
        self._foretold = right.text(0, 122, "", fontsize=10, **style)
        self.artists = [
            self._title,
            *self._drawing.artists,
            self._heading,
            self._equation,
            self._with_numbers,
            self._result,
            self._code_box,
            self._code,
            self._foretold,
        ]

    def update(self, picture: BackpropPicture) -> None:
        """Show ``picture``."""
        self._title.set_text(picture.title)
        self._drawing.update(picture.run.numbers(picture.visited), picture.current)
        step = picture.explanation or Explanation(picture.equation, _HOW, "", "")
        self._heading.set_text("This step" if picture.explanation else "The row")
        self._equation.set_text(step.equation)
        self._with_numbers.set_text(step.with_numbers)
        self._result.set_text(step.result)
        self._code.set_text(step.code)
        self._code_box.set_visible(bool(step.code))
        self._foretold.set_text(
            "\n".join(filter(None, (fill(picture.reply, REPLY_WIDTH), picture.foretold)))
        )


class BackpropExplorer(NetworkExplorer):
    """A 2-2-1 network: one row goes forward and back, one quantity at a time.

    δ⁽²⁾ = ∂L/∂ŷ · f′(z⁽²⁾), δ⁽¹⁾ = δ⁽²⁾ W⁽²⁾ᵀ ⊙ f′(z⁽¹⁾), ∂L/∂W⁽ˡ⁾ = a⁽ˡ⁻¹⁾ᵀ δ⁽ˡ⁾, ∂L/∂b⁽ˡ⁾ = δ⁽ˡ⁾;
    the output neuron is a sigmoid. Nielsen, *Neural Networks and Deep Learning* (2015), equations
    BP1 to BP4. A weight or bias is selected by a press on its edge or number, and changed by
    dragging it up or down.

    Parameters
    ----------
    step : int, 0 to 20
        How far the pass has come: 7 steps forward, 13 backward.
    data : {"xor", "or", "and", "nand", "nor", "xnor", "first", "second"}
        The truth table.
    row : int, 1 to 4
        Its row that is sent through.
    selected : str
        The weight or bias that ``value`` moves, such as ``"w1_12"`` or ``"b2"``.
    value : float
        Its value.
    activation : {"sigmoid", "tanh", "relu", "leaky_relu", "step", "linear"}
        f of the hidden neurons.
    loss : {"mean_squared_error", "binary_cross_entropy"}
        L.
    level : {"shown", "last", "backward", "all"}
        What the learner fills in: nothing, the six gradients of the hidden layer, the backward
        pass, or everything.
    answer : str
        The learner's number for the present step, such as ``"−1/4"``; another step empties it.
    parameters : sequence of 9 floats
        All weights and biases in the order of `nnlib.Network.parameters`.
    """

    start_sizes = SIZES

    step = Whole(0, low=0, high=len(STEPS), label="step of the pass")
    data = Choice("xor", options=[(gate.upper(), gate) for gate in GATES], label="data")
    row = Whole(3, low=1, high=4, label="row")
    selected = SelectedParameter(SIZES)
    value = number_slider(START)
    activation = choose_activation("sigmoid")
    loss = Choice("mean_squared_error", options=LOSSES, label="L loss")
    parameters = AllParameters(START)

    level = Choice("shown", options=LEVELS_OFFERED, label="fill in")
    answer = Text("", label="my number")

    opens_with = ("step", "data", "row", "level")
    form = ("answer",)
    View = BackpropView

    def add_buttons(self) -> None:
        """Add Back and Step."""
        self.add_button("back", "Back", lambda: self._go(-1))
        self.add_button("next", "Step", lambda: self._go(1))

    @property
    def form_is_open(self) -> bool:
        """Say whether there is anything to fill in."""
        return bool(self.level != "shown")

    def parameter_changed(self, name: str) -> None:
        """Forget the answer to what was asked before."""
        super().parameter_changed(name)
        if name != "answer":
            self.answer = ""

    def picture(self) -> BackpropPicture:
        """Return the pass at the present step."""
        return BackpropPicture(
            parameters=self.parameters,
            activation=self.activation,
            loss=self.loss,
            gate=self.data,
            row=self.row - 1,
            step=self.step,
            selected=self.quantity,
            level=self.level,
            answer=self.answer,
        )

    def _go(self, steps: int) -> None:
        self.step = min(max(self.step + steps, 0), len(STEPS))
