"""`GradientCheckExplorer`: backpropagation beside trying, for each parameter and any ε."""

import numpy as np

from nnlib.explorers.controls.parameters import Choice, Positive
from nnlib.explorers.engine.pointer import Point
from nnlib.explorers.gradients.check_model import (
    DERIVATIVES,
    NAMES,
    START,
    GradientCheckModel,
    step_text,
)
from nnlib.explorers.gradients.check_slopes import SIZES
from nnlib.explorers.gradients.check_view import LARGEST, SMALLEST, GradientCheckView
from nnlib.explorers.shared.activation_choice import ActivationChoice
from nnlib.explorers.shared.network_controls import AllParameters, SelectedParameter, number_slider
from nnlib.explorers.shared.network_explorer import NetworkExplorer
from nnlib.explorers.shared.network_parts import parameter_options

SIDES = (("both sides", 2), ("one side", 1))
LOSSES_OFFERED = (
    ("mean squared error", "mean_squared_error"),
    ("binary cross-entropy", "binary_cross_entropy"),
)


class Step(Positive):
    """An ε: the slider gives it two digits, and its box writes it as the picture does."""

    def from_control(self, shown: float) -> float:
        """Return the slider's value in two digits: so much fits into the box."""
        return float(f"{shown:.2g}")

    def written(self, value: float) -> str:
        """Return 0.1, 0.05, 10⁻⁸, 2·10⁻⁸."""
        return step_text(value)


class GradientCheckExplorer(NetworkExplorer):
    """The gradient check live: ∂L/∂p beside (L(p + ε) − L(p − ε)) / 2ε, for XOR on 2-2-1.

    A large ε leaves out Taylor's next term, ε²/6 · L‴: truncation. A small one divides the loss's
    last digit by ε: round-off. Goodfellow, Bengio and Courville, *Deep Learning* (2016), section
    11.5.

    Parameters
    ----------
    epsilon : float
        ε > 0, the step to each side.
    selected : str
        The weight or bias whose curve is drawn, such as ``"w1_12"`` or ``"b2"``.
    derivative : {"right", "of_a", "left_out"}
        f′ in backpropagation: right, or taken of a in place of z as in two of the tutorials, or
        forgotten. With a wrong one no ε brings the two together.
    sides : {2, 1}
        Try on both sides, or on one only: then the error shrinks with ε and not with ε².
    loss : {"mean_squared_error", "binary_cross_entropy"}
        L.
    activation : str
        f of the hidden neurons; the output is a sigmoid.
    value : float
        The value of the selected parameter.
    parameters : sequence of 9 floats
        All weights and biases in the order of `nnlib.Network.parameters`.
    """

    start_sizes = SIZES

    epsilon = Step(0.1, low=SMALLEST, high=LARGEST, label="ε step")
    selected = SelectedParameter(parameter_options(SIZES))
    sides = Choice(2, options=SIDES, label="try on")
    derivative = Choice(
        "right", options=[(words, name) for name, words in DERIVATIVES.items()], label="f′ used"
    )
    loss = Choice("mean_squared_error", options=LOSSES_OFFERED, label="L loss")
    activation = ActivationChoice("sigmoid")
    value = number_slider(START)
    parameters = AllParameters(START)

    opens_with = ("epsilon", "selected", "sides", "derivative")
    words_folded = True
    View = GradientCheckView

    def model(self) -> GradientCheckModel:
        """Return the gradient computed in both ways."""
        return GradientCheckModel(
            parameters=self.parameters,
            activation=self.activation,
            loss=self.loss,
            sides=self.sides,
            epsilon=self.epsilon,
            selected=self.selected,
            derivative=self.derivative,
        )

    def pointer_pressed(self, at: Point) -> None:
        """Choose the parameter whose row is clicked on, or ε."""
        if at.handle in NAMES:
            self.set_parameters(selected=at.handle)
        else:
            self.pointer_dragged(at)

    def pointer_dragged(self, at: Point) -> None:
        """Let ε follow the pointer, a tenth of a power of ten at a time."""
        exponent = round(float(np.log10(np.clip(at.x, SMALLEST, LARGEST))), 1)
        self.set_parameters(epsilon=GradientCheckExplorer.epsilon.from_control(10**exponent))
