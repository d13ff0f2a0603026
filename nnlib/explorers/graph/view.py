"""How `GraphExplorer` is drawn: the graph, below it the present step, and the leaves' gradients."""

from typing import Any

from matplotlib.figure import Figure

from nnlib.explorers.engine.pointer import Handle
from nnlib.explorers.graph.drawing import GraphDrawing
from nnlib.explorers.graph.graph import Graph
from nnlib.explorers.graph.model import GraphModel
from nnlib.plots.palette import Palette
from nnlib.plots.words.label_placement import Box
from nnlib.plots.words.text import TITLE_HEIGHT, add_panel, draw_title

ROWS = (90.0, 69.0, 48.0, 27.0)  # of the table, and of the step's lines
LINES = (90.0, 69.0, 48.0, 27.0, 6.0)
HEADS = ("∂{}/∂", "backward", "by trying", "alike?")
LEFT, FIRST, COLUMN = 500.0, 602.0, 53.5  # of the table: its heads, its first column, the next
LARGE, POINTS, CELLS = 11.0, 10.0, 9.5
MOST_LETTERS = 56  # of the step's lines, where they are large: else they reach the table


class GraphView:
    """One panel: the graph above; below it the step in words, and a table of the leaves."""

    def __init__(self, figure: Figure, palette: Palette, graph: Graph) -> None:
        panel = add_panel(figure, 0, 900)
        self._panel, self._graph, self._palette = panel, graph, palette
        self._title = draw_title(panel, 8, palette=palette)
        style: dict[str, Any] = {"fontsize": POINTS, "color": palette.grey, "va": "baseline"}
        where = "inside a node its value, below it its gradient"
        panel.text(892, TITLE_HEIGHT, where, ha="right", **style)
        self.drawing = GraphDrawing(panel, graph, palette)
        style["color"] = palette.ink
        self.lines = [panel.text(8, y, "", **style) for y in LINES]
        result, leaf = graph.result, graph.nodes[graph.leaves[0]].symbol
        for head, y in zip(HEADS, ROWS, strict=True):
            panel.text(LEFT, y, head.format(result), fontsize=POINTS, color=palette.grey)
        how = f"by trying: ({result}({leaf} + ε) − {result}({leaf} − ε)) / 2ε, ε = 10⁻⁵"
        panel.text(LEFT, LINES[-1], how, fontsize=POINTS, color=palette.grey)
        columns = [FIRST + COLUMN * k for k in range(len(graph.leaves))]
        style.update(ha="center", fontsize=CELLS)
        self.table = [[panel.text(x, y, "", **style) for y in ROWS] for x in columns]
        for column in self.table:
            column[1].set_color(palette.gradient)
        cells = [text for column in self.table for text in column]
        self.artists = [self._title, *self.lines, *cells, *self.drawing.artists]

    def update(self, model: GraphModel) -> None:
        """Show ``model``."""
        self._title.set_text(model.title)
        lines = [*model.lines, *[""] * len(LINES)]
        size = LARGE if max(map(len, lines)) <= MOST_LETTERS else CELLS
        for text, words in zip(self.lines, lines, strict=False):
            text.set(text=words, fontsize=size)
        for column, cells in zip(self.table, model.table, strict=True):
            for text, words in zip(column, cells, strict=True):
                text.set_text(words)
        self.drawing.update(model)

    @property
    def handles(self) -> list[Handle]:
        """Leaves to drag; other nodes, and gradients, to click on."""
        found = []
        for k in self.drawing.nodes:
            leaf = k in self._graph.leaves
            found.append(self._handle(f"node {k}", self.drawing.node_box(k), draggable=leaf))
            if not leaf:
                found.append(self._handle(f"gradient {k}", self.drawing.gradient_box(k), False))
        return found

    def _handle(self, name: str, box: Box, draggable: bool) -> Handle:
        x, y, width, height = box
        corners = [(x - width / 2, y - height / 2), (x + width / 2, y + height / 2)]
        cursor = "ns-resize" if draggable else "pointer"
        return Handle(name, self._panel, corners, cursor, draggable, filled=True, reach=1.0)
