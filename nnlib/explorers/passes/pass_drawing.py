"""The network as far as a pass has come, with its title, a note, and what can be clicked on."""

from typing import Protocol

from matplotlib.artist import Artist
from matplotlib.figure import Figure

from nnlib.explorers.engine.pointer import Handle
from nnlib.explorers.passes.steps import steps_of
from nnlib.explorers.shared.network_controls import weights_to_drag
from nnlib.plots.networks.network_drawing import draw_network
from nnlib.plots.networks.network_moves import MovedNumbers, Moves
from nnlib.plots.networks.network_numbers import NetworkNumbers
from nnlib.plots.palette import Palette
from nnlib.plots.words.label_placement import Box
from nnlib.plots.words.labels import UNKNOWN
from nnlib.plots.words.symbols import LossNode, Node, Quantity
from nnlib.plots.words.text import add_panel, draw_title


class DrawnPass(Protocol):
    """What a model tells of a pass that is drawn."""

    @property
    def title(self) -> str:
        """What the drawing shows now."""

    @property
    def note(self) -> str:
        """What stands below the drawing."""

    @property
    def note_counts(self) -> bool:
        """Whether that says what to do, not only how to read it."""

    @property
    def numbers(self) -> NetworkNumbers:
        """The numbers on the drawing."""

    @property
    def highlight(self) -> Quantity | None:
        """The quantity that is marked on it."""

    @property
    def used(self) -> list[Quantity]:
        """What the numbers beside the drawing are made of."""

    @property
    def moves(self) -> Moves:
        """What has moved, before and after."""


class PassDrawing:
    """The left panel of a view: a network and the loss, with all that a pass has found."""

    def __init__(self, figure: Figure, palette: Palette, sizes: tuple[int, ...]) -> None:
        left = add_panel(figure, 0, 610)
        self.title = draw_title(left, 8, palette=palette)
        self.note = left.text(8, 8, "", fontsize=10.5)
        self._note_colours = {True: palette.ink, False: palette.grey}
        self._axes = figure.add_axes((0.0, 0.06, 0.68, 0.815))
        self.network = draw_network(self._axes, sizes, palette, gradients=True, loss=True)
        self.moved = MovedNumbers(self._axes, self.network, palette)
        self._weights = weights_to_drag(self.network.layout, self._axes)
        self._steps = steps_of(sizes).all
        self.artists: list[Artist] = [
            self.title,
            self.note,
            *self.network.artists,
            *self.moved.artists,
        ]

    def update(self, model: DrawnPass) -> None:
        """Show ``model``."""
        self.title.set_text(model.title)
        self.note.set(text=model.note, color=self._note_colours[model.note_counts])
        moves = model.moves
        self.network.update(model.numbers, model.highlight, model.used, moves)
        self.moved.update(moves)

    @property
    def handles(self) -> list[Handle]:
        """The gradients' boxes and the nodes, to click on; weights and biases, to drag too."""
        return [*self._gradients(), *self._weights, *self._nodes()]

    def _gradients(self) -> list[Handle]:
        """Return the boxes that are there now, each under the number of its step."""
        layout, texts = self.network.layout, self.network.labels.texts
        places: dict[Quantity, Box | None] = {
            **{
                Quantity("weight_gradient", weight): box
                for weight, box in layout.weight_gradients.items()
            },
            **{Quantity("bias_gradient", bias): box for bias, box in layout.bias_gradients.items()},
            **{Quantity("delta", bias): box for bias, box in layout.deltas.items()},
            Quantity("loss_gradient", LossNode()): layout.loss_gradient,
        }
        return [
            self._box(f"step {self._steps.index(quantity) + 1}", box)
            for quantity, box in places.items()
            if box is not None and (words := texts[quantity].get_text())
            if not words.endswith(UNKNOWN)
        ]

    def _nodes(self) -> list[Handle]:
        layout = self.network.layout
        return [
            self._box(name_of(node), Box(*layout.nodes[node], 2 * radius, 2 * radius))
            for node, radius in layout.radii.items()
            if isinstance(node, LossNode) or node.column
        ]

    def _box(self, name: str, box: Box) -> Handle:
        x, y, half_width, half_height = box.x, box.y, box.width / 2, box.height / 2
        corners = [(x - half_width, y - half_height), (x + half_width, y + half_height)]
        return Handle(name, self._axes, corners, "pointer", draggable=False, filled=True, reach=1.0)


def name_of(node: Node | LossNode) -> str:
    """Return the name of a node's handle: ``name_of(Node(1, 0))`` is ``'node 1 0'``."""
    return "loss" if isinstance(node, LossNode) else f"node {node.column} {node.row}"
