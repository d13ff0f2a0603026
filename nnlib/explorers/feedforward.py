"""`FeedforwardExplorer`: one input goes through a 2-3-1 network, number by number."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from matplotlib.figure import Figure

from nnlib import Network
from nnlib._typing import Array
from nnlib.explorers.network_parameters import (
    SYMBOLS,
    NetworkExplorer,
    choose_activation,
    choose_parameter,
    flat_index,
    kept,
    network_with,
    number_slider,
    weighted_sum,
)
from nnlib.explorers.parameters import Number, Vector
from nnlib.plots.labels import short
from nnlib.plots.network_drawing import draw_network
from nnlib.plots.network_numbers import NetworkNumbers
from nnlib.plots.palette import Palette
from nnlib.plots.plane import draw_plane, grid_points
from nnlib.plots.symbols import Bias, Node, Quantity, Weight, node_symbol, quantity_symbol
from nnlib.plots.text import TITLE, add_panel, draw_title, ground

SIZES = (2, 3, 1)
LIMITS = (-2.3, 2.3, -2.3, 2.3)
GRID = 41
# W⁽¹⁾ row by row, b⁽¹⁾, W⁽²⁾, b⁽²⁾: numbers that can be followed in the head.
START = (1.0, -1.0, 0.5, 0.5, 1.0, -1.5, 0.5, 0.0, -0.5, 1.5, 1.0, -1.0, 0.5)
_GRID_POINTS = grid_points(LIMITS, GRID)


@dataclass(frozen=True)
class FeedforwardPicture:
    """A 2-3-1 network, evaluated for one input and on the plane of all inputs."""

    parameters: tuple[float, ...]
    activation: str
    x: Array  # (2,)
    selected: Quantity  # the weight or bias whose value can be moved

    @cached_property
    def network(self) -> Network:
        """The network after the forward pass of x: its layers keep z and a."""
        network = network_with(SIZES, self.activation, self.parameters)
        with np.errstate(over="ignore", invalid="ignore"):  # weights of any size are allowed
            network.forward(self.x[None])
        return network

    @cached_property
    def numbers(self) -> NetworkNumbers:
        """All numbers on the drawing."""
        layers = self.network.layers
        return NetworkNumbers(
            weights=[layer.weights for layer in layers],
            biases=[layer.bias for layer in layers],
            values=[self.x, *(kept(layer.a)[0] for layer in layers)],
            sums=[kept(layer.z)[0] for layer in layers],
        )

    @property
    def output(self) -> float:
        """The network's output ŷ."""
        return float(self.numbers.values[-1][0])

    @cached_property
    def plane(self) -> tuple[Array, Array]:
        """ŷ and z of the output at all points of the plane, (points, 1) each."""
        with np.errstate(over="ignore", invalid="ignore"):
            z = self.network.last_z(_GRID_POINTS)
            return self.network.layers[-1].activation(z), z

    @property
    def where(self) -> str:
        """The input as text, such as "(1.00, 0.50)"."""
        return f"({short(self.x[0])}, {short(self.x[1])})"

    @property
    def neuron(self) -> Node:
        """The neuron that the selected weight or bias belongs to."""
        part = self.selected.part
        assert isinstance(part, Weight | Bias)
        return Node(part.layer + 1, part.target)

    @property
    def equation(self) -> str:
        """The z and a of the selected neuron with their numbers."""
        layer, j = self.neuron.column - 1, self.neuron.row
        symbols, products = (
            text.replace("\n", " ") for text in weighted_sum(self.network, layer, j)
        )
        z, a = (quantity_symbol(SIZES, Quantity(kind, self.neuron)) for kind in ("sum", "value"))
        f = SYMBOLS[self.network.layers[layer].activation.name]
        return (
            f"{z} = {symbols} = {products} = {short(self.numbers.sums[layer][j], 3)}\n"
            f"{a} = {f}({z}) = {short(self.numbers.values[layer + 1][j], 3)}"
        )

    @property
    def summary(self) -> str:
        """The picture in words."""
        hidden = ", ".join(
            f"{node_symbol(SIZES, Node(1, j))} {short(float(a))}"
            for j, a in enumerate(self.numbers.values[1])
        )
        value = short(self.parameters[flat_index(SIZES, self.selected)])
        return (
            f"The input {self.where} gives ŷ = {short(self.output)}, "
            f"so the answer is class {int(self.output >= 0.5)}. The hidden neurons give {hidden}, "
            f"with {self.activation}. {quantity_symbol(SIZES, self.selected)} is {value}; it "
            f"belongs to {node_symbol(SIZES, self.neuron)}."
        )


class FeedforwardView:
    """Two panels: the network with its numbers, and its output for every input."""

    def __init__(self, figure: Figure, palette: Palette) -> None:
        self._title = draw_title(add_panel(figure, 0, 600), 8, palette=palette)
        self._drawing = draw_network(figure.add_axes((0.0, 0.01, 0.68, 0.85)), SIZES, palette)
        ax = figure.add_axes((0.735, 0.135, 0.25, 0.735))
        ax.set_title("ŷ for every input", **TITLE, color=palette.ink)
        self._plane = draw_plane(ax, LIMITS, palette)
        ax.set(xticks=range(-2, 3), yticks=range(-2, 3))
        (self._point,) = ax.plot([], [], "o", color=palette.ink, markersize=9, zorder=4)
        self._point.set(markeredgecolor=palette.background, markeredgewidth=1.5)
        self._label = ax.text(0, 0, "", fontsize=11, color=palette.ink, va="center", zorder=4)
        self._label.set_bbox(ground(palette))  # the boundary may run behind it
        self.artists = [
            self._title,
            *self._drawing.artists,
            *self._plane.artists,
            self._point,
            self._label,
        ]

    def update(self, picture: FeedforwardPicture) -> None:
        """Show ``picture``."""
        x1, x2 = picture.x
        self._title.set_text(f"The input {picture.where} gives ŷ = {short(picture.output)}")
        self._drawing.update(picture.numbers, picture.selected)
        self._plane.set_answers(*picture.plane)
        self._point.set_data([x1], [x2])
        right = x1 < 0.8  # where the label has room
        self._label.set(
            position=(x1 + (0.22 if right else -0.22), x2), ha="left" if right else "right"
        )
        self._label.set_text(f"ŷ {short(picture.output)}")


class FeedforwardExplorer(NetworkExplorer):
    """A 2-3-1 network with a number on every node and edge, each of which can be changed.

    z⁽ˡ⁾ = a⁽ˡ⁻¹⁾ W⁽ˡ⁾ + b⁽ˡ⁾, a⁽ˡ⁾ = f(z⁽ˡ⁾); the output neuron is a sigmoid.

    Parameters
    ----------
    x1, x2 : float
        The input (dimensionless).
    selected : str
        The weight or bias that ``value`` moves: ``"w1_23"`` is w⁽¹⁾₂₃, from x₂ to h₃; ``"b1_3"`` is
        the bias of h₃; ``"w2_1"`` leads from h₁ to ŷ; ``"b2"`` is the bias of ŷ.
    value : float
        Its value.
    activation : {"tanh", "sigmoid", "relu", "leaky_relu", "step", "linear"}
        f of the hidden neurons.
    parameters : sequence of 13 floats
        All weights and biases in the order of `nnlib.Network.parameters`.
    """

    sizes = SIZES

    x1 = Number(1.0, low=-2, high=2, step=0.1, label="x₁ input")
    x2 = Number(0.5, low=-2, high=2, step=0.1, label="x₂ input")
    selected = choose_parameter(SIZES)
    value = number_slider(START)
    activation = choose_activation("tanh")
    parameters = Vector(START)

    opens_with = ("x1", "x2", "selected", "value", "activation")
    View = FeedforwardView

    def picture(self) -> FeedforwardPicture:
        """Return the network evaluated at the present input and parameters."""
        return FeedforwardPicture(
            parameters=self.parameters,
            activation=self.activation,
            x=np.array([self.x1, self.x2]),
            selected=self.quantity,
        )
