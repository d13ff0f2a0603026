"""`FeedforwardExplorer`: one input goes through a network, number by number, layer by layer."""

import numpy as np
from matplotlib.figure import Figure

from nnlib import Network
from nnlib.explorers.controls.parameters import Number, Whole
from nnlib.explorers.engine.pointer import Handle, Point, whole_of
from nnlib.explorers.feedforward.feedforward_model import GRID, LIMITS, FeedforwardModel
from nnlib.explorers.shared.activation_choice import ActivationChoice
from nnlib.explorers.shared.network_controls import (
    AllParameters,
    SelectedParameter,
    number_slider,
    weights_to_drag,
)
from nnlib.explorers.shared.network_explorer import NetworkExplorer
from nnlib.plots.networks.network_drawing import draw_network
from nnlib.plots.networks.unit_maps import draw_unit_map
from nnlib.plots.palette import Palette
from nnlib.plots.plane import draw_plane
from nnlib.plots.words.labels import short
from nnlib.plots.words.symbols import Node, node_symbol
from nnlib.plots.words.text import TITLE, add_panel, draw_title, ground

MOST_UNITS = 8
# Of 2-3-1: W⁽¹⁾ row by row, b⁽¹⁾, W⁽²⁾, b⁽²⁾: numbers that can be followed in the head.
START = (1.0, -1.0, 0.5, 0.5, 1.0, -1.5, 0.5, 0.0, -0.5, 1.5, 1.0, -1.0, 0.5)


class FeedforwardView:
    """Three panels: the network with its numbers, its output for every input, and hidden maps."""

    def __init__(self, figure: Figure, palette: Palette, sizes: tuple[int, ...]) -> None:
        self._title = draw_title(add_panel(figure, 0, 600), 8, palette=palette)
        drawing = figure.add_axes((0.0, 0.01, 0.66, 0.85))
        self._drawing = draw_network(drawing, sizes, palette)
        self._weights = weights_to_drag(self._drawing.layout, drawing)
        ax = figure.add_axes((0.73, 0.47, 0.255, 0.4))
        ax.set_title("ŷ for every input", **TITLE, color=palette.ink)
        self._plane = draw_plane(ax, LIMITS, palette)
        ax.set(xticks=range(-2, 3), yticks=range(-2, 3))
        (self._point,) = ax.plot([], [], "o", color=palette.ink, markersize=9, zorder=4)
        self._point.set(markeredgecolor=palette.background, markeredgewidth=1.5)
        self._label = ax.text(0, 0, "", fontsize=11, color=palette.ink, va="center", zorder=4)
        self._label.set_bbox(ground(palette))  # the boundary may run behind it
        self._draw_maps(figure, palette, sizes)
        maps = [artist for it in self._maps.values() for artist in it.artists]
        texts = [self._title, self._label]
        drawings = [*self._drawing.artists, *self._plane.artists]
        self.artists = [*drawings, self._point, *texts, *maps]

    def _draw_maps(self, figure: Figure, palette: Palette, sizes: tuple[int, ...]) -> None:
        """Draw a row of maps for each hidden layer, as large as there is room for."""
        panel = add_panel(figure, 604, 296)
        panel.text(
            *(4, 118, "What each hidden neuron sees"),
            fontsize=11,
            fontweight="bold",
            color=palette.ink,
        )
        n_rows = len(sizes) - 2
        side = min(66.0 if n_rows == 1 else 34.0, 290.0 / max(sizes[1:-1]) - 4.0)
        self._maps = {
            Node(column, j): draw_unit_map(
                figure,
                (608 + j * (side + 4), 92 - column * side - 20 * (column - 1), side, side),
                node_symbol(sizes, Node(column, j)),
                palette,
            )
            for column in range(1, n_rows + 1)
            for j in range(sizes[column])
        }

    def update(self, model: FeedforwardModel) -> None:
        """Show ``model``."""
        x1, x2 = model.x
        self._title.set_text(model.title)
        self._drawing.update(model.numbers, model.selected)
        self._plane.set_answers(model.maps[-1], margin=model.margin)
        self._point.set_data([x1], [x2])
        right = x1 < 0.8  # where the label has room
        self._label.set(
            position=(x1 + (0.22 if right else -0.22), x2), ha="left" if right else "right"
        )
        self._label.set_text(f"ŷ {short(model.numbers.values[-1][0])}")
        for node, unit_map in self._maps.items():
            answers = model.maps[node.column - 1][:, node.row].reshape(GRID, GRID)[::2, ::2]
            unit_map.update(answers.ravel(), marked=node == model.neuron)

    @property
    def handles(self) -> list[Handle]:
        """The weights and the point, to drag; and all of the plane, to click on."""
        ax = self._plane.ax
        return [
            *self._weights,
            Handle("point", ax, self._point.get_xydata(), reach=14),
            whole_of("plane", ax, "pointer"),
        ]


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
    selected = SelectedParameter(start_sizes)
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
