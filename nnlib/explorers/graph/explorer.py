"""`GraphExplorer`: any expression as a graph; forward and backward, one node at a time."""

from collections.abc import Sequence
from typing import Any

from matplotlib.figure import Figure

from nnlib.explorers.engine.pointer import Point
from nnlib.explorers.graph.graph import Graph
from nnlib.explorers.graph.model import GraphModel
from nnlib.explorers.graph.parameters import Expression, Leaf, StepOfPasses
from nnlib.explorers.graph.parser import graph_of
from nnlib.explorers.graph.steps import next_step, steps_of
from nnlib.explorers.graph.view import GraphView
from nnlib.explorers.playing.playing_explorer import ReversibleExplorer
from nnlib.explorers.shared.network_controls import dragged
from nnlib.plots.palette import Palette

START = "L = (tanh(w*x + b) - y)**2"
LEAVES = ("leaf1", "leaf2", "leaf3", "leaf4", "leaf5", "leaf6")
_HINT = (
    "Read are + − * / **, brackets, tanh, sigmoid, relu, exp, log, sqrt, sin, cos, abs, "
    "and parts with names: z = w*x + b; L = z*z."
)
_POWER = "^ is read as a power, as in a school book. In Python a power is **, and ^ something else."


class GraphExplorer(ReversibleExplorer):
    """An expression of your own as a computational graph, with a gradient at every node.

    Each operation knows its local derivatives. Backward, a node hands each operand its own gradient
    times the local derivative, and a node that is used more than once adds up what it gets: the
    chain rule. Beside it the leaves' gradients by trying, (L(x + ε) − L(x − ε)) / 2ε. A. Karpathy,
    *micrograd* (2020); A. Griewank and A. Walther, *Evaluating Derivatives* (2008), chapter 3.

    A leaf can be dragged up and down in the picture; a click on a node, or on the gradient below
    it, goes to its step. The arrow keys on the picture step back and forward.

    Parameters
    ----------
    expression : str
        Names, numbers, + − * / ** ^, brackets, and tanh, sigmoid, relu, exp, log, sqrt, sin, cos,
        abs, square. Parts may have names: ``"z = w*x + b; L = z*z"``. A grammar of its own reads
        it; nothing of it is ever run.
    step : int or None
        How many steps of both passes have been made; None if all is shown.
    leaf1, leaf2, leaf3, leaf4, leaf5, leaf6 : float
        The leaves' values, in the order in which they are written.
    """

    expression = Expression(START)
    step = StepOfPasses(START)
    leaf1 = Leaf(0.5, 1)
    leaf2 = Leaf(2.0, 2)
    leaf3 = Leaf(-0.3, 3)
    leaf4 = Leaf(1.0, 4)
    leaf5 = Leaf(1.5, 5)
    leaf6 = Leaf(0.2, 6)

    opens_with = ("expression", "step")
    form = LEAVES
    words_folded = True
    step_seconds = 2.0  # time to read a line with its numbers

    def __init__(self, show: Sequence[str] | None = None, **parameters: Any) -> None:
        super().__init__(show, **_expression_first(parameters))
        self._names = self._leaf_names

    # The graph ------------------------------------------------------------------------------

    @property
    def graph(self) -> Graph:
        """The graph of the present expression."""
        return graph_of(self.expression)

    @property
    def _leaf_names(self) -> list[str]:
        return [self.graph.nodes[leaf].name for leaf in self.graph.leaves]

    def model(self) -> GraphModel:
        """Return the graph with its numbers, at the present step."""
        values = tuple(getattr(self, name) for name in self.open_form)
        return GraphModel(self.expression, values, self.step)

    def make_view(self, figure: Figure, palette: Palette) -> GraphView:
        """Return a view of the present graph."""
        return GraphView(figure, palette, self.graph)

    def set_parameters(self, **parameters: Any) -> None:
        """Set several parameters and draw once. If one is refused, none is changed."""
        given = _expression_first(parameters)
        with self.one_deed():
            super().set_parameters(**given)
            for name, value in given.items():  # a new expression has moved the others
                setattr(self, name, value)

    def parameter_changed(self, name: str) -> None:
        """Draw another expression anew; names that stay keep their values."""
        if name != "expression":
            return
        kept = {n: getattr(self, leaf) for n, leaf in zip(self._names, LEAVES, strict=False)}
        self._names = self._leaf_names
        self.renew_view()
        with self.one_deed():
            if self.step is not None:
                self.step = 0
            for control in ("step", *LEAVES):  # they have other names, and other steps
                self._panel.show(control)
            for place, leaf in enumerate(LEAVES):
                known = self._names[place] if place < len(self._names) else ""
                setattr(self, leaf, kept.get(known, self.usual_values[leaf]))

    # What is there to be used ---------------------------------------------------------------

    @property
    def open_form(self) -> tuple[str, ...]:
        """The sliders of the leaves that there are."""
        return LEAVES[: len(self.graph.leaves)]

    @property
    def form_words(self) -> str:
        """What can be written; where it is, what ^ means."""
        return _POWER if "^" in self.expression else _HINT

    @property
    def idle(self) -> dict[str, str]:
        """The sliders without a leaf; Back where no step has been made."""
        many = len(self.graph.leaves)
        idle = {
            name: f"waits for an expression with {place} names"
            for place, name in enumerate(LEAVES, start=1)
            if place > many
        }
        return {**idle, "back": "no step has been made yet"} if self.step == 0 else idle

    # The steps ------------------------------------------------------------------------------

    def play(self) -> None:
        """Go through the steps until `pause`, from the start again where all is shown."""
        if self.step is None:
            self.step = 0
        super().play()

    @property
    def must_pause(self) -> bool:
        """Whether all is shown."""
        return self.step is None

    def _go(self, steps: int) -> None:
        if not (steps < 0 and self.step == 0):
            self.step = next_step(self.graph, self.step, steps)

    # The pointer -----------------------------------------------------------------------------

    def pointer_pressed(self, at: Point) -> None:
        """Go to the step of the node or gradient that is clicked on."""
        kind, node = _handle(at)
        way = "forward" if kind == "node" else "backward"
        for number, step in enumerate(steps_of(self.graph), start=1):
            if step.node == node and step.way == way and node not in self.graph.leaves:
                self.step = number

    def pointer_dragged(self, at: Point) -> None:
        """Change the leaf that is dragged: up is more, down is less."""
        _, node = _handle(at)
        if node in self.graph.leaves:
            name = LEAVES[self.graph.leaves.index(node)]
            setattr(self, name, dragged(at.before[name], at))


def _handle(at: Point) -> tuple[str, int]:
    kind, _, number = at.handle.partition(" ")
    return kind, int(number)


def _expression_first(parameters: dict[str, Any]) -> dict[str, Any]:
    """Return the parameters in an order in which each fits those before."""
    return dict(sorted(parameters.items(), key=lambda item: item[0] != "expression"))
