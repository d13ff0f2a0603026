"""What can be chosen of a pass: the parameters of `BackpropExplorer`, and the model they make."""

from typing import Any

from nnlib import Network
from nnlib.explorers.backprop.model import BackpropModel
from nnlib.explorers.backprop.step_parameters import (
    FoundSteps,
    OwnNumber,
    StepLookedAt,
    StepOfPass,
)
from nnlib.explorers.controls.parameters import Choice, Number, Whole
from nnlib.explorers.passes.steps import steps_of
from nnlib.explorers.shared.activation_choice import ActivationChoice
from nnlib.explorers.shared.network_controls import AllParameters, SelectedParameter, number_slider
from nnlib.explorers.shared.network_explorer import NetworkExplorer
from nnlib.explorers.shared.network_parts import parameter_options

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
    ("nothing", "shown"),
    ("the last gradients", "last"),
    ("the backward pass", "backward"),
    ("everything", "all"),
)
# What decides about the numbers of a pass, and which are asked for.
OF_THE_PASS = ("row", "level", "data", "activation", "activation2", "output", "parameters")
EMPTIED = ("change", "found", "answer", "looked_at")  # by another step
# Where the slider of a change can stand: close together where a small move makes a difference.
SIZES = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
CHANGES = (*(-size for size in reversed(SIZES)), 0.0, *SIZES)
FINENESS = 50  # so many places has the dot to each side on its curve


class BackpropParameters(NetworkExplorer):
    """The parameters of one pass: which there are, and what follows from a change of one."""

    start_sizes = (2, 2, 1)
    size_names = ("hidden1", "hidden2")

    step = StepOfPass(start_sizes)
    row = Whole(3, low=1, high=4, label="row")
    level = Choice("shown", options=LEVELS_OFFERED, label="fill in")
    selected = SelectedParameter(parameter_options(start_sizes))
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

    _held = 0.0  # how far the curve of a change goes while its dot is dragged

    @property
    def last_step(self) -> int:
        """How many steps there are."""
        return steps_of(self.sizes).last

    @property
    def idle(self) -> dict[str, str]:
        """The activation of a layer that is not there; the learner's number where none is asked."""
        idle = {} if self.hidden2 else {"activation2": "waits for neurons in layer 2"}
        if self.step == 0:
            idle["back"] = "no step has been made yet"
        if self.step == self.last_step:
            idle["next"] = "all steps are made"
        if self.model().asked:
            idle["play"] = "shows a pass by itself, where nothing is to be filled in"
        else:
            idle["answer"] = "waits for a step that asks for a number"
        return idle

    def set_parameters(self, **parameters: Any) -> None:
        """Set several parameters and draw once. If one is refused, none is changed."""
        super().set_parameters(**parameters)
        for name in EMPTIED:
            if name in parameters:
                setattr(self, name, parameters[name])

    def parameter_changed(self, name: str) -> None:
        """Forget what was asked and tried before; stay at a step that there is."""
        super().parameter_changed(name)
        if name in self.size_names:
            self.step = min(self.step, self.last_step)
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
    def network(self) -> Network:
        """The network as it stands now: a copy, to compute with."""
        return self.model().run.network
