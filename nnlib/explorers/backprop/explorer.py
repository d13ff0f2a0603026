"""`BackpropExplorer`: one row of data going forward and backward, one quantity at a time."""

import math
from collections.abc import Collection, Mapping
from typing import Any

from matplotlib.figure import Figure

from nnlib.explorers.backprop.parameters import FINENESS, BackpropParameters
from nnlib.explorers.backprop.view import BackpropView
from nnlib.explorers.engine.pointer import Point
from nnlib.explorers.passes.pass_drawing import name_of
from nnlib.explorers.passes.steps import gradient_of, step_clicked, steps_of
from nnlib.explorers.passes.words import count_step
from nnlib.explorers.playing.playing_explorer import ReversibleExplorer
from nnlib.explorers.shared.network_parts import named_parameters
from nnlib.plots.palette import Palette
from nnlib.plots.words.symbols import LossNode, Node, nodes_of

CLICK = 3.0  # pixels; who moves the pointer further drags


class BackpropExplorer(ReversibleExplorer, BackpropParameters):
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

    opens_with = ("step", "row", "level", "selected", "change")
    form = ("answer",)
    words_folded = True
    step_seconds = 1.5  # time to read one equation

    def add_buttons(self) -> None:
        """Add Back, Step, Play and Pause; Enter on a right number makes the next step too."""
        super().add_buttons()
        self.controls["answer"].on_msg(self._enter_pressed)

    # What the buttons do --------------------------------------------------------------------

    def play(self) -> None:
        """Go through the steps until `pause`, from the start again if all are made."""
        if self.step == self.last_step:
            self.step = 0
        super().play()

    @property
    def must_pause(self) -> bool:
        """Whether all steps are made, or a number is asked for."""
        return self.step == self.last_step or self.model().asked

    def _enter_pressed(self, _widget: Any, message: Mapping[str, Any], _buffers: Any) -> None:
        """Go on if the number was right already: of Enter the page tells before what was typed."""
        if message.get("event") == "submit":
            self.press("next", self._go_on_from_right)

    def _go_on_from_right(self) -> None:
        verdict = self.model().verdict
        if verdict is not None and verdict.right:
            self._go(1)

    def _go(self, steps: int) -> None:
        self.step = min(max(self.step + steps, 0), self.last_step)

    # The row to fill in, and the picture ---------------------------------------------------

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
        first = count_step(self.sizes, model.steps.last - model.n_asked + 1)
        return f"Nothing to fill in yet: {first} is the first. Press Step, or Play."

    @property
    def buttons_wait(self) -> tuple[str, ...]:
        """Where it is not about the steps, their buttons wait with them."""
        return () if "step" in self.at_hand else ("back", "next", "play", "pause")

    def make_view(self, figure: Figure, palette: Palette) -> BackpropView:
        """Return a view for the present sizes."""
        return BackpropView(figure, palette, self.sizes)

    # The pointer -----------------------------------------------------------------------------

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
            self._go_to(steps_of(self.sizes).number_of(gradient_of(clicked)))

    def _go_to_next_of(self, node: Node | LossNode) -> None:
        """Go to the node's next number; where one is asked for, only to what has been found."""
        steps: Collection[int] = range(1, self.last_step + 1)
        if self.model().asked:
            steps = {*range(1, self.step), *self.found}
        step = step_clicked(self.sizes, node, self.looked_at or self.step, steps)
        if step is not None:
            self._go_to(step)

    def _go_to(self, step: int) -> None:
        """Go to a step; where a number is asked for, only look at one that has been made."""
        if not self.model().asked:
            self.step = step
        elif step <= self.step:
            self.looked_at = 0 if step == self.step else step
