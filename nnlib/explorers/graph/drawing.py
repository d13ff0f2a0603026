"""The graph on its axes: nodes with a value inside and a gradient below, and edges between them."""

from collections.abc import Hashable
from itertools import pairwise
from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch, PathPatch
from matplotlib.path import Path
from matplotlib.text import Text

from nnlib.explorers.graph.columns import Bend, Item
from nnlib.explorers.graph.graph import Graph
from nnlib.explorers.graph.layout import layout_of
from nnlib.explorers.graph.model import GraphModel
from nnlib.plots.palette import Palette
from nnlib.plots.words.label_placement import Box
from nnlib.plots.words.labels import UNKNOWN, LabelSet
from nnlib.plots.words.text import ground

BOX, BELOW = 36.0, 16.0  # heights of a node, and of the box of its gradient
UP = 10.0  # from a place of the layout to the middle of its node
DOWN = 18.0  # and to the middle of the gradient's box
LINE = 8.5  # from a node's middle to its name, and down to its value
PORT = 8.0  # from its middle to where the edges of two operands end
BULGE = 26.0  # how far two edges from the same node bend apart
POINTS, SMALL = 10.0, 9.5
NUMBER = 12.0  # from a number's middle to where its edge begins
TIP = 4.0  # from an edge's end to the middle of its arrow head
LEAF, OPERATION = 15.0, 5.0  # how round a corner is: a leaf is a pill


class GraphDrawing:
    """The artists of a graph.

    Parameters
    ----------
    ax : Axes
        In CSS pixels from bottom left.
    """

    def __init__(self, ax: Axes, graph: Graph, palette: Palette) -> None:
        self._ax, self._graph, self._palette = ax, graph, palette
        self._layout = layout_of(graph)
        self.edges = {key: self._edge(key) for key in self._layout.edges}
        self.nodes: dict[int, FancyBboxPatch] = {}
        self.names: dict[int, Text] = {}
        self.values: dict[int, Text] = {}
        for k in range(len(graph.nodes)):
            self._draw_node(k)
        below: dict[Hashable, Box] = {k: self.gradient_box(k) for k in self.nodes}
        self.gradients = LabelSet(ax, below, fontsize=SMALL)
        style: dict[str, Any] = {"fontsize": SMALL, "ha": "center", "va": "center_baseline"}
        self.slopes = {
            key: ax.text(*self._slope_place(key), "", bbox=ground(palette), zorder=3, **style)
            for key in self.edges
        }
        (self.tips,) = ax.plot([], [], linestyle="none", markersize=7, zorder=3)
        texts = [*self.names.values(), *self.values.values(), *self.slopes.values()]
        shapes = [*self.edges.values(), *self.nodes.values()]
        self.artists = [*shapes, self.tips, *texts, *self.gradients.artists]

    def update(self, model: GraphModel) -> None:
        """Show the values, the gradients so far, and the node that is stepped."""
        palette, here = self._palette, model.present
        for k, text in self.values.items():
            text.set(text=model.values[k], color=self._colour(model.values[k]))
        for k, box in self.nodes.items():
            now = here is not None and here.node == k
            box.set(
                linewidth=2.6 if now else 1.1,
                edgecolor=palette.ink if now else palette.grey,
                facecolor=palette.highlight if now else palette.node,
            )
            words = model.gradients[k]
            unknown = words == UNKNOWN
            colour = palette.grey if unknown else palette.gradient
            edge = palette.faint if unknown else palette.gradient
            self.gradients.set(k, words, colour, palette.background, edge, 0.5)
        self.gradients.show()
        back = here is not None and here.way == "backward"
        strong = palette.gradient if back else palette.ink
        for key, edge_patch in self.edges.items():
            now = key in model.slopes
            edge_patch.set(
                linewidth=2.2 if now else 1.1,
                edgecolor=strong if now else palette.guide,
                linestyle="--" if now and back else "-",
            )
            self.slopes[key].set(text=model.slopes.get(key, ""), color=strong)
        ends = [self._stops(key)[0 if back else -1] for key in model.slopes]
        aside = TIP if back else -TIP
        self.tips.set_data([x + aside for x, _ in ends], [y for _, y in ends])
        self.tips.set(marker="<" if back else ">", color=strong)

    def _colour(self, words: str) -> str:
        return self._palette.grey if words == UNKNOWN else self._palette.ink

    # Where things are -----------------------------------------------------------------------

    def node_box(self, k: int) -> Box:
        """Return the box of a node that has a slope."""
        x, y = self._layout.places[k]
        return Box(x, y + UP, self._layout.width, BOX)

    def gradient_box(self, k: int) -> Box:
        """Return the box of its gradient, below it."""
        x, y = self._layout.places[k]
        return Box(x, y - DOWN, self._layout.width, BELOW)

    def _draw_node(self, k: int) -> None:
        node, palette = self._graph.nodes[k], self._palette
        style: dict[str, Any] = {"ha": "center", "va": "center_baseline", "zorder": 5}
        if not self._graph.has_slope(k):
            x, y = self._layout.places[k]
            style.update(ha="right", fontsize=POINTS, color=palette.grey)
            self.names[k] = self._ax.text(x + NUMBER - 3, y, node.symbol, **style)
            return
        x, y, width, height = self.node_box(k)
        round_ = OPERATION if node.operands else LEAF
        corner, look = (x - width / 2, y - height / 2), f"round,pad=0,rounding_size={round_}"
        self.nodes[k] = FancyBboxPatch(corner, width, height, boxstyle=look, zorder=4)
        self._ax.add_patch(self.nodes[k])
        name = f"{node.symbol}: {node.operation.sign}" if node.operands else node.symbol
        self.names[k] = self._ax.text(x, y + LINE, name, fontsize=POINTS, color=palette.grey)
        self.values[k] = self._ax.text(x, y - LINE, "", fontsize=POINTS)
        for text in (self.names[k], self.values[k]):
            text.set(**style)

    def _height_of(self, item: Item) -> float:
        """Return the height at which edges reach a node or a bend."""
        bare = isinstance(item, Bend) or not self._graph.has_slope(item)
        return self._layout.places[item][1] + (0.0 if bare else UP)

    def _stops(self, key: tuple[int, int]) -> list[tuple[float, float]]:
        """Return where an edge begins, begins and ends to be level in each column, and ends."""
        (first, *bends, target), half = self._layout.edges[key], self._layout.width / 2
        bare = not self._graph.has_slope(first)  # type: ignore[arg-type]
        x, y = self._layout.places[first][0], self._height_of(first)
        stops = [(x + (NUMBER if bare else half), y)]
        for bend in bends:
            x, y = self._layout.places[bend]
            stops += [(x - half, y), (x + half, y)]
        x, y = self._layout.places[target][0], self._height_of(target)
        return [*stops, (x - half, y + self._port(key))]

    def _port(self, key: tuple[int, int]) -> float:
        """How far above its node's middle an edge ends: the higher one above the other."""
        target, port = key
        if (target, 1 - port) not in self._layout.edges:
            return 0.0
        own, other = (self._height_of(self._layout.edges[target, p][-2]) for p in (port, 1 - port))
        return PORT if own > other or (own == other and port == 0) else -PORT

    def _bulge(self, key: tuple[int, int]) -> float:
        """How far an edge bends aside from a second one between the same two nodes."""
        operands = self._graph.nodes[key[0]].operands
        return (BULGE if key[1] == 0 else -BULGE) if len(set(operands)) < len(operands) else 0.0

    def _slope_place(self, key: tuple[int, int]) -> tuple[float, float]:
        (x0, y0), (x1, y1) = self._stops(key)[-2:]
        return (x0 + x1) / 2, (y0 + y1) / 2 + 0.75 * self._bulge(key)

    def _edge(self, key: tuple[int, int]) -> PathPatch:
        """Draw an edge: curved between columns, level in those that it passes."""
        stops = self._stops(key)
        points, codes = stops[:1], [Path.MOVETO]
        for k, ((x, y), (to_x, to_y)) in enumerate(pairwise(stops)):
            if k % 2:
                points, codes = [*points, (to_x, to_y)], [*codes, Path.LINETO]
                continue
            middle, bulge = (x + to_x) / 2, self._bulge(key) if k == len(stops) - 2 else 0.0
            points += [(middle, y + bulge), (middle, to_y + bulge), (to_x, to_y)]
            codes += [Path.CURVE4] * 3
        patch = PathPatch(Path(points, codes), facecolor="none", zorder=2)
        self._ax.add_patch(patch)
        return patch
