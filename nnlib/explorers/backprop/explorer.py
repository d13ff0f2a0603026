"""`BackpropExplorer`: one row of data going forward and backward, one quantity at a time."""

import math
from collections.abc import Iterable, Mapping
from typing import Any

import ipywidgets as widgets
import numpy as np
from matplotlib.figure import Figure

from nnlib import Network
from nnlib.explorers.backprop.model import BackpropModel
from nnlib.explorers.backprop.steps import gradient_of, steps_at, steps_of
from nnlib.explorers.backprop.view import BackpropView, name_of
from nnlib.explorers.backprop.words import list_steps
from nnlib.explorers.controls.parameters import Choice, Number, Parameter, Text, Whole
from nnlib.explorers.engine.pointer import Point
from nnlib.explorers.playing.playing_explorer import SteppingExplorer
from nnlib.explorers.shared.activation_choice import ActivationChoice
from nnlib.explorers.shared.network_controls import AllParameters, SelectedParameter, number_slider
from nnlib.explorers.shared.network_explorer import NetworkExplorer
from nnlib.explorers.shared.network_parts import named_parameters
from nnlib.plots.palette import Palette
from nnlib.plots.words.symbols import LossNode, Node, nodes_of

GATES = ("xor", "or", "and", "nand", "nor", "xnor", "first", "second")
# Of 2-2-1: W⁽¹⁾ row by row, b⁽¹⁾, W⁽²⁾, b⁽²⁾.
START = (1.0, -0.5, 0.8, 0.3, -0.2, 0.1, 1.2, -0.9, 0.1)
MOST_UNITS = 4
# What is shown, and the activation of the output with its loss.
OUTPUTS = (
    ("σ, squared error", "sigmoid, mean_squared_error"),
    ("σ, cross-entropy", "sigmoid, binary_cross_entropy"),
    ("linear, squared error", "linear, mean_squared_error"),
    ("tanh, squared error", "tanh, mean_squared_error"),
)
LEVELS_OFFERED = (
    ("nothing: all is shown", "shown"),
    ("the last gradients", "last"),
    ("the backward pass", "backward"),
    ("everything", "all"),
)
# What decides about the numbers of a pass, and which are asked for.
OF_THE_PASS = ("row", "level", "data", "activation", "activation2", "output", "parameters")
# Where the slider of a change can stand: close together where a small move makes a difference.
SIZES = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
CHANGES = (*(-size for size in reversed(SIZES)), 0.0, *SIZES)
FINENESS = 50  # so many places has the dot to each side on its curve
CLICK = 3.0  # pixels; who moves the pointer further drags


class StepOfPass(Choice):
    """How many of the steps have been made, on a list that names them."""

    def __init__(self, sizes: tuple[int, ...]) -> None:
        super().__init__(0, options=list_steps(sizes), label="step")

    def validate(self, obj: Any, value: Any) -> int:
        """Return ``value``; refuse what is no step of the explorer's network."""
        last = len(steps_of(obj.sizes).all)
        if (
            isinstance(value, bool)
            or not isinstance(value, int | np.integer)
            or not 0 <= value <= last
        ):
            self.refuse(value, f"a whole number from 0 to {last}")
        return int(value)

    def prepare(self, control: widgets.Widget, explorer: Any) -> None:
        """List the steps that there are."""
        control.offer(list_steps(explorer.sizes))


class OwnNumber(Text):
    """The learner's number for the present step, in a box that is closed where none is asked."""

    def prepare(self, control: widgets.Widget, explorer: Any) -> None:
        """Say in the empty box whether a number is asked for."""
        control.placeholder = "type it here" if explorer.model().asked else "not asked"


class StepLookedAt(Parameter):
    """A step that the learner looks at again while another is asked for; 0 for none."""

    def validate(self, obj: Any, value: Any) -> int:
        """Return the step; refuse what is no step of the explorer's network."""
        last = len(steps_of(obj.sizes).all)
        if type(value) is not int or not 0 <= value <= last:
            self.refuse(value, f"a whole number from 0 to {last}")
        return int(value)


class FoundSteps(Parameter):
    """The steps whose numbers the learner has found in this pass. It has no control of its own."""

    def validate(self, obj: Any, value: Any) -> tuple[int, ...]:
        """Return the steps as a tuple; refuse what is no step of the explorer's network."""
        last = len(steps_of(obj.sizes).all)
        steps = tuple(value) if isinstance(value, Iterable) else (None,)
        if not all(type(step) is int and 1 <= step <= last for step in steps):
            self.refuse(value, f"a sequence of whole numbers from 1 to {last}")
        return steps


class BackpropExplorer(SteppingExplorer, NetworkExplorer):
    """A small network: one row goes forward and back, one quantity at a time.

    δ⁽ᴸ⁾ = ∂L/∂ŷ · f′(z⁽ᴸ⁾) in the last layer, δ⁽ˡ⁾ = δ⁽ˡ⁺¹⁾ W⁽ˡ⁺¹⁾ᵀ ⊙ f′(z⁽ˡ⁾) in the others;
    ∂L/∂W⁽ˡ⁾ = a⁽ˡ⁻¹⁾ᵀ δ⁽ˡ⁾, ∂L/∂b⁽ˡ⁾ = δ⁽ˡ⁾. Nielsen, *Neural Networks and Deep Learning* (2015),
    equations BP1 to BP4. A click on an edge, a node or a gradient goes to its step (on a node
    again: to its next number); where a number is asked for, a click only looks, and the step stays.
    Dragging an edge or a number up or down changes it. The arrow keys
    on the picture step back and forward. Play goes through all steps, and pauses at the end, where
    a number is asked for, and out of sight.

    Parameters
    ----------
    step : int
        How far the pass has come: in the 2-2-1 network 7 steps forward, 13 backward.
    row : int, 1 to 4
        The row of the truth table that is sent through.
    level : {"shown", "last", "backward", "all"}
        What the learner fills in: nothing, the gradients of the first layer, the backward pass, or
        everything.
    selected : str
        The weight or bias that ``change`` and ``value`` are about, such as ``"w1_12"`` or ``"b2"``.
    change : float
        A change of its value to try out: what the gradient predicts, and what L does. Another step
        ends it.
    data : {"xor", "or", "and", "nand", "nor", "xnor", "first", "second"}
        The truth table.
    value : float
        The value of the selected weight or bias.
    hidden1, hidden2 : int
        Neurons in the hidden layers, 1 to 4 and 0 to 4; 0 leaves the second layer out.
    activation, activation2 : str
        f of the first and of the second hidden layer.
    output : str
        f of the output neuron and the loss L that goes with it, such as
        ``"sigmoid, mean_squared_error"``.
    answer : str
        The learner's number for the present step, such as ``"−1/4"``; another step empties it.
    found : sequence of int
        The steps whose numbers the learner has found; another pass empties it.
    looked_at : int
        An earlier step that is looked at while a number is asked for; 0 for none.
    parameters : sequence of float
        All weights and biases in the order of `nnlib.Network.parameters`.
    """

    start_sizes = (2, 2, 1)
    size_names = ("hidden1", "hidden2")

    step = StepOfPass(start_sizes)
    row = Whole(3, low=1, high=4, label="row")
    level = Choice("shown", options=LEVELS_OFFERED, label="fill in")
    selected = SelectedParameter(start_sizes)
    change = Number(0.0, low=-5, high=5, label="Δw my change", stops=CHANGES)
    data = Choice("xor", options=[(gate.upper(), gate) for gate in GATES], label="data")
    value = number_slider(START)
    hidden1 = Whole(2, low=1, high=MOST_UNITS, label="layer 1 neurons")
    hidden2 = Whole(0, low=0, high=MOST_UNITS, label="layer 2 neurons")
    activation = ActivationChoice("sigmoid")
    activation2 = ActivationChoice("sigmoid", label="f of layer 2")
    output = Choice(OUTPUTS[0][1], options=OUTPUTS, label="ŷ and L")
    answer = OwnNumber("", label="my number")
    found = FoundSteps(())
    looked_at = StepLookedAt(0)
    parameters = AllParameters(START)

    opens_with = ("step", "row", "level", "selected", "change")
    form = ("answer",)
    words_folded = True
    listens_to = ("ArrowLeft", "ArrowRight")
    step_seconds = 1.5  # time to read one equation

    _held = 0.0  # how far the curve goes while its dot is dragged

    def add_buttons(self) -> None:
        """Add Back, Step, Play and Pause; Enter on a right number makes the next step too."""
        self.add_button("back", "Back", lambda: self._go(-1), look="back")
        self.add_button("next", "Step", lambda: self._go(1), look="step")
        self.add_play_and_pause()
        self.controls["answer"].on_msg(self._enter_pressed)

    # What the buttons do --------------------------------------------------------------------

    def play(self) -> None:
        """Go through the steps until `pause`, from the start again if all are made."""
        if self.step == self._last_step:
            self.step = 0
        super().play()

    def make_step(self) -> None:
        """Make the next step."""
        self._go(1)

    @property
    def must_pause(self) -> bool:
        """Whether all steps are made, or a number is asked for."""
        return self.step == self._last_step or self.model().asked

    def _enter_pressed(self, _widget: Any, message: Mapping[str, Any], _buffers: Any) -> None:
        """Go on if the number was right already: of Enter the page tells before what was typed."""
        if message.get("event") == "submit":
            self.press("next", self._go_on_from_right)

    def _go_on_from_right(self) -> None:
        verdict = self.model().verdict
        if verdict is not None and verdict.right:
            self._go(1)

    def _go(self, steps: int) -> None:
        self.step = min(max(self.step + steps, 0), self._last_step)

    @property
    def _last_step(self) -> int:
        return len(steps_of(self.sizes).all)

    # The parameters -------------------------------------------------------------------------

    @property
    def idle(self) -> dict[str, str]:
        """The activation of a layer that is not there; the learner's number where none is asked."""
        idle = {} if self.hidden2 else {"activation2": "waits for neurons in layer 2"}
        if self.step == 0:
            idle["back"] = "no step has been made yet"
        if self.step == self._last_step:
            idle["next"] = "all steps are made"
        if self.model().asked:
            idle["play"] = "shows a pass by itself, where nothing is to be filled in"
        else:
            idle["answer"] = "waits for a step that asks for a number"
        return idle

    def set_parameters(self, **parameters: Any) -> None:
        """Set several parameters and draw once. If one is refused, none is changed."""
        super().set_parameters(**parameters)
        for name in (
            "change",
            "found",
            "answer",
            "looked_at",
        ):  # which another step, set with them, has emptied
            if name in parameters:
                setattr(self, name, parameters[name])

    def parameter_changed(self, name: str) -> None:
        """Forget what was asked and tried before; stay at a step that there is."""
        super().parameter_changed(name)
        if name in self.size_names:
            self.step = min(self.step, self._last_step)
            type(self).step.prepare(self.controls["step"], self)
            self.controls["step"].value = self.step
        if name not in ("answer", "selected", "change", "found", "looked_at"):
            self.answer = ""
        if name not in ("looked_at", "selected", "found"):
            self.looked_at = 0
        if name in ("step", "level", *self.size_names):
            self.change = 0.0
        self._keep_found(name)
        type(self).answer.prepare(self.controls["answer"], self)

    def _keep_found(self, name: str) -> None:
        """Remember a number that the learner has found; forget all when another pass begins."""
        if name in OF_THE_PASS or name in self.size_names:
            self.found = ()
        verdict = self.model().verdict
        if verdict is not None and verdict.right and self.step not in self.found:
            self.found = (*self.found, self.step)

    @property
    def form_is_open(self) -> bool:
        """Say whether there is anything to fill in: now, or later if that is what one chose."""
        return bool(self.level != "shown" and ("level" in self.at_hand or self.model().asked))

    @property
    def form_words(self) -> str:
        """The reply to the learner's number; where none is asked, which will be."""
        model = self.model()
        if not self.form_is_open or model.asked:
            return model.reply
        first = len(model.steps.all) - model.n_asked + 1
        return f"Nothing to fill in yet: step {first} is the first. Press Step, or Play."

    # The picture ----------------------------------------------------------------------------

    def make_view(self, figure: Figure, palette: Palette) -> BackpropView:
        """Return a view for the present sizes."""
        return BackpropView(figure, palette, self.sizes)

    def model(self) -> BackpropModel:
        """Return the pass at the present step."""
        hidden = (self.activation, self.activation2)[: len(self.sizes) - 2]
        output, loss = self.output.split(", ")
        return BackpropModel(
            sizes=self.sizes,
            parameters=self.parameters,
            activations=(*hidden, output),
            loss=loss,
            gate=self.data,
            row=self.row - 1,
            step=self.step,
            selected=self.quantity,
            level=self.level,
            answer=self.answer,
            change=self.change,
            held=self._held,
            found=self.found,
            about_change=self.about_change,
            looked_at=self.looked_at,
        )

    @property
    def about_change(self) -> bool:
        """Whether it is shown for the sake of a change of one's own: that without the steps."""
        return "change" in self.at_hand and "step" not in self.at_hand

    @property
    def buttons_wait(self) -> tuple[str, ...]:
        """Where it is not about the steps, their buttons wait with them."""
        return () if "step" in self.at_hand else ("back", "next", "play", "pause")

    @property
    def network(self) -> Network:
        """The network as it stands now: a copy, to compute with."""
        return self.model().run.network

    # The pointer and the keys ---------------------------------------------------------------

    def pointer_pressed(self, at: Point) -> None:
        """Go to the gradient or node that is pressed; select the weight or bias."""
        super().pointer_pressed(at)
        if at.handle == "change" and (change := self.model().own_change) is not None:
            self._held = change.reach
        if at.handle.startswith("step "):
            self._go_to(int(at.handle.removeprefix("step ")))
        nodes: list[Node | LossNode] = [*nodes_of(self.sizes), LossNode()]
        for node in nodes:
            if at.handle == name_of(node) and not self.about_change:
                self._go_to_next_of(node)

    def pointer_dragged(self, at: Point) -> None:
        """Change the weight or bias that is dragged; the dot on the curve tries a change."""
        if at.handle == "change":
            assert isinstance(self.view, BackpropView)
            along = self.view.change.curve.change_along(at.moved[0])
            self.change = self._place_on_curve(at.before["change"] + along)
        else:
            super().pointer_dragged(at)

    def _place_on_curve(self, change: float) -> float:
        """Return the dot's place next to ``change``, within the curve that is drawn now."""
        steps = round(change / self._held * FINENESS)
        return round(min(max(steps, -FINENESS), FINENESS) * self._held / FINENESS, 9)

    def pointer_released(self, at: Point) -> None:
        """Go to the gradient of a weight or bias that was clicked, not dragged."""
        if at.handle == "change":  # now the curve is drawn as near as the new change wants it
            self._held = 0.0
            self.request_frame()
        clicked = named_parameters(self.sizes).get(at.handle)
        if clicked is None or math.hypot(*at.moved) >= CLICK or self.change:
            return
        if not (self.about_change and self.level != "shown"):  # where it is not asked for
            self._go_to(1 + steps_of(self.sizes).all.index(gradient_of(clicked)))

    def key_pressed(self, key: str) -> None:
        """Step back or forward."""
        self._go(1 if key == "ArrowRight" else -1)

    def _go_to_next_of(self, node: Node | LossNode) -> None:
        """Go to the node's number after the present one.

        From anywhere else: to its δ if the present step is another neuron's, or else to its first.
        """
        numbers = [1 + steps_of(self.sizes).all.index(it) for it in steps_at(node)]
        if self.model().asked:  # only what has been found can be looked at
            numbers = [step for step in numbers if step < self.step or step in self.found]
        if not numbers:
            return
        here, current = self.looked_at or self.step, self.model().current
        another_delta = current is not None and current.kind == "delta" and isinstance(node, Node)
        first = len(numbers) - 1 if another_delta else 0
        place = numbers.index(here) + 1 if here in numbers else first
        self._go_to(numbers[place % len(numbers)])

    def _go_to(self, step: int) -> None:
        """Go to a step; where a number is asked for, only look at one that has been made."""
        if not self.model().asked:
            self.step = step
        elif step <= self.step:
            self.looked_at = 0 if step == self.step else step
