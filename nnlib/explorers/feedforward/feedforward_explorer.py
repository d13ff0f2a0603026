"""`FeedforwardExplorer`: one input goes through a network, number by number, layer by layer."""

import numpy as np
from matplotlib.figure import Figure

from nnlib import Network
from nnlib.explorers.controls.parameters import Number, Whole
from nnlib.explorers.engine.pointer import Point
from nnlib.explorers.feedforward.feedforward_model import FeedforwardModel
from nnlib.explorers.feedforward.feedforward_view import FeedforwardView
from nnlib.explorers.shared.activation_choice import ActivationChoice
from nnlib.explorers.shared.network_controls import (
    AllParameters,
    SelectedParameter,
    number_slider,
)
from nnlib.explorers.shared.network_explorer import NetworkExplorer
from nnlib.explorers.shared.network_parts import parameter_options
from nnlib.plots.palette import Palette

MOST_UNITS = 8
# Of 2-3-1: W⁽¹⁾ row by row, b⁽¹⁾, W⁽²⁾, b⁽²⁾: numbers that can be followed in the head.
START = (1.0, -1.0, 0.5, 0.5, 1.0, -1.5, 0.5, 0.0, -0.5, 1.5, 1.0, -1.0, 0.5)


class FeedforwardExplorer(NetworkExplorer):
    """A network with a number on every node and edge, each of which can be changed.

    z⁽ˡ⁾ = a⁽ˡ⁻¹⁾ W⁽ˡ⁾ + b⁽ˡ⁾, a⁽ˡ⁾ = f(z⁽ˡ⁾). A press on an edge or a number selects that weight or
    bias, and dragging it up or down changes it.

    Parameters
    ----------
    x1, x2 : float
        The input (dimensionless): the point on the plane, which can be dragged.
    hidden1, hidden2 : int
        Neurons in the hidden layers, 1 to 8 and 0 to 8; 0 leaves the second layer out.
    selected : str
        The weight or bias that ``value`` moves: ``"w1_23"`` is w⁽¹⁾₂₃, from x₂ to h₃; ``"b1_3"`` is
        the bias of h₃; ``"w2_1"`` leads from h₁ to ŷ; ``"b2"`` is the bias of ŷ.
    value : float
        Its value.
    activation, activation2 : str
        f of the first and of the second hidden layer.
    output : str
        f of the output neuron, one of the same.
    shown : int
        How many layers the input has gone through, from 0 to all.
    parameters : sequence of float
        All weights and biases in the order of `nnlib.Network.parameters`.
    """

    start_sizes = (2, 3, 1)
    size_names = ("hidden1", "hidden2")

    x1 = Number(1.0, low=-2, high=2, step=0.1, label="x₁ input")
    x2 = Number(0.5, low=-2, high=2, step=0.1, label="x₂ input")
    hidden1 = Whole(3, low=1, high=MOST_UNITS, label="layer 1 neurons")
    hidden2 = Whole(0, low=0, high=MOST_UNITS, label="layer 2 neurons")
    selected = SelectedParameter(parameter_options(start_sizes))
    value = number_slider(START)
    activation = ActivationChoice("tanh")
    activation2 = ActivationChoice("tanh", label="f of layer 2")
    output = ActivationChoice("sigmoid", label="f of ŷ")
    shown = Whole(3, low=0, high=3, label="layers shown")
    parameters = AllParameters(START)

    opens_with = ("x1", "x2", "selected", "value", "activation")
    words_folded = True

    @property
    def idle(self) -> dict[str, str]:
        """The activation of a layer that is not there."""
        return {} if self.hidden2 else {"activation2": "waits for neurons in layer 2"}

    def make_view(self, figure: Figure, palette: Palette) -> FeedforwardView:
        """Return a view for the present sizes."""
        return FeedforwardView(figure, palette, self.sizes)

    def model(self) -> FeedforwardModel:
        """Return the network evaluated at the present input and parameters."""
        sizes = self.sizes
        hidden = (self.activation, self.activation2)[: len(sizes) - 2]
        return FeedforwardModel(
            sizes=sizes,
            parameters=self.parameters,
            activations=(*hidden, self.output),
            x=np.array([self.x1, self.x2]),
            selected=self.quantity,
            shown=min(self.shown, len(sizes) - 1),
        )

    @property
    def network(self) -> Network:
        """The network as it stands now: a copy, to compute with."""
        return self.model().network

    def pointer_pressed(self, at: Point) -> None:
        """Take the input that is clicked on, or select the weight that is pressed."""
        if at.handle == "plane":
            self._take(at.x, at.y)
        super().pointer_pressed(at)

    def pointer_dragged(self, at: Point) -> None:
        """Let the input follow the pointer, or a weight."""
        if at.handle == "point":
            self._take(at.before["x1"] + at.moved[0], at.before["x2"] + at.moved[1])
        super().pointer_dragged(at)

    def _take(self, x1: float, x2: float) -> None:
        nearest = FeedforwardExplorer.x1.nearest
        self.set_parameters(x1=nearest(x1), x2=nearest(x2))
