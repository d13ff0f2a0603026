"""The view of one pass: the network as far as it has come, and beside it the step in words."""

from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from nnlib.explorers.backprop.change_panel import ChangePanel
from nnlib.explorers.backprop.model import BackpropModel
from nnlib.explorers.backprop.steps import steps_of
from nnlib.explorers.backprop.ways_panel import WaysPanel, bottom_of
from nnlib.explorers.backprop.words import Explanation
from nnlib.explorers.engine.pointer import Handle
from nnlib.explorers.shared.network_controls import weights_to_drag
from nnlib.plots.networks.network_drawing import draw_network
from nnlib.plots.networks.network_moves import MovedNumbers
from nnlib.plots.palette import Palette
from nnlib.plots.words.label_placement import Box
from nnlib.plots.words.labels import UNKNOWN
from nnlib.plots.words.symbols import LossNode, Node, Quantity
from nnlib.plots.words.text import add_panel, draw_title

TOP = 342.0  # of the first text
_HOW = """Press Step, or Play:
{forward} steps forward to the loss L,
{backward} steps back, to how fast
L changes with each weight
and bias."""


class StepPanel:
    """The present step: its equation, the same with numbers, nnlib's line, and its test."""

    def __init__(self, panel: Axes, palette: Palette, sizes: tuple[int, ...]) -> None:
        small = max(sizes[:-1]) == 2  # no sum has more than two products
        self._heading = draw_title(panel, 0, palette=palette)
        points, spacing, self._line = (12, 1.45, 24.2) if small else (10, 1.4, 19.4)
        style: dict[str, Any] = {"color": palette.ink, "va": "top", "linespacing": spacing}
        self.equation = panel.text(0, TOP, "", fontsize=points, **style)
        self.with_numbers = panel.text(0, 0, "", fontsize=points, **style)
        self.result = panel.text(0, 0, "", fontsize=12, fontweight="bold", **style)
        self._code_box = FancyBboxPatch((4, 0), 276, 24, boxstyle="round,pad=4,rounding_size=6")
        self._code_box.set(facecolor=palette.highlight, edgecolor="none")
        panel.add_patch(self._code_box)
        self.code = panel.text(6, 0, "", fontsize=9.5, family="monospace", va="center")
        self.code.set_color(palette.ink)
        self.nudge = panel.text(0, 0, "", fontsize=11, **style)
        self._texts = [self._heading, self.equation, self.with_numbers, self.result, self.code]
        self._texts.append(self.nudge)
        self.artists = [*self._texts, self._code_box]

    def update(self, model: BackpropModel) -> None:
        """Show the step; nothing while the learner tries a change of their own."""
        if model.own_change:
            for text in self._texts:
                text.set_text("")
            self._code_box.set_visible(False)
            return
        step = model.explanation or Explanation(model.equation, _how(model), "", "")
        self._heading.set_text(model.heading)
        line_by_line = step.ways is not None  # see `WaysPanel`
        self.equation.set_text("" if line_by_line else step.equation)
        self.with_numbers.set_text("" if line_by_line else step.with_numbers)
        self.result.set_text("" if line_by_line else step.result)
        self.code.set_text(step.code)
        self._code_box.set_visible(bool(step.code))
        self.nudge.set_text(model.nudge)
        self._arrange(below=bottom_of(len(step.ways.terms)) - 20 if step.ways else None)

    def _arrange(self, below: float | None) -> None:
        """Put each text right below the one before; the code at ``below``, if that is given."""
        y = TOP
        for text in (self.equation, self.with_numbers):
            text.set_y(y)
            y -= self._line * len(text.get_text().splitlines()) + 2
        self.result.set_y(y - 3)
        y = y - 52 if below is None else below
        self._code_box.set_y(y - 12)
        self.code.set_y(y)
        self.nudge.set_y(y - 32)


def _how(model: BackpropModel) -> str:
    """Say what to do at the start."""
    steps = model.steps
    return _HOW.format(forward=len(steps.forward), backward=len(steps.backward))


class BackpropView:
    """Two panels: the network as far as the pass has come; this step, or the learner's change."""

    def __init__(self, figure: Figure, palette: Palette, sizes: tuple[int, ...]) -> None:
        left = add_panel(figure, 0, 610)
        self._title = draw_title(left, 8, palette=palette)
        self._note = left.text(8, 8, "", fontsize=10.5)
        self._note_colours = {True: palette.ink, False: palette.grey}
        self._axes = figure.add_axes((0.0, 0.06, 0.68, 0.815))
        self._drawing = draw_network(self._axes, sizes, palette, gradients=True, loss=True)
        self._moved = MovedNumbers(self._axes, self._drawing, palette)
        self._weights = weights_to_drag(self._drawing.layout, self._axes)
        self._steps = steps_of(sizes).all
        right = add_panel(figure, 612, 288)
        self.step = StepPanel(right, palette, sizes)
        self.ways = WaysPanel(right, palette)
        self.change = ChangePanel(figure, right, palette)
        self.artists = [
            self._title,
            self._note,
            *self._drawing.artists,
            *self._moved.artists,
            *self.step.artists,
            *self.ways.artists,
            *self.change.artists,
        ]

    def update(self, model: BackpropModel) -> None:
        """Show ``model``."""
        self._title.set_text(model.title)
        self._note.set(text=model.note, color=self._note_colours[model.note_counts])
        moves = model.moves
        self._drawing.update(model.numbers, model.highlight, model.used, moves)
        self._moved.update(moves)
        self.step.update(model)
        self.ways.update(None if model.own_change else model.explanation)
        self.change.update(model.own_change)

    @property
    def handles(self) -> list[Handle]:
        """The gradients' boxes and the nodes, to click on; weights and biases, to drag too."""
        return [*self.change.handles, *self._gradients(), *self._weights, *self._nodes()]

    def _gradients(self) -> list[Handle]:
        """Return the boxes that are there now, each under the number of its step."""
        layout, texts = self._drawing.layout, self._drawing.labels.texts
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
        layout = self._drawing.layout
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
