"""A layered network with its numbers: values inside the nodes, weights on the edges.

Blue and solid is a positive weight, orange and dashed a negative one, and a stronger weight is a
thicker line. Gradients stand in purple boxes outside, each beside what it is the gradient of.
"""

from collections.abc import Collection, Iterator, Sequence
from math import hypot, isnan, nan
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_rgba
from matplotlib.lines import Line2D
from matplotlib.patches import Ellipse, Polygon
from matplotlib.text import Text

from nnlib._typing import Array
from nnlib.plots.networks.network_layout import NetworkLayout, lay_out_network
from nnlib.plots.networks.network_numbers import NetworkNumbers
from nnlib.plots.palette import LIGHT, Palette
from nnlib.plots.pixels import measure_in_pixels
from nnlib.plots.words.label_placement import Box, Segment
from nnlib.plots.words.labels import LabelSet, short, short_gradient, short_signed
from nnlib.plots.words.numbers import sign_of, significant
from nnlib.plots.words.symbols import (
    LossNode,
    Node,
    Quantity,
    Weight,
    node_symbol,
    quantity_symbol,
)

FAINT = 0.3  # the opacity of edges that are not meant
_FAINTEST = 0.12  # of those that lie between the same layers as edges that are
_GLOW, _GLOW_OF_WAYS = 11.0, 6.0  # the widths of the band around one edge, and around several
_GLOW_OPACITY = {"light": 0.2, "dark": 0.36}
_EDGE_LEVEL, _NODE_LEVEL, _TEXT_LEVEL = 2, 3, 5  # z-order; the labels stand at 4 and 5


class NetworkDrawing:
    """The artists of one network; made by `draw_network`.

    ``artists`` is everything that changes. ``labels.texts[Quantity(kind, part)]`` is the text of a
    number beside a node or an edge, ``values[node]`` the text inside a node.
    """

    def __init__(self, ax: Axes, layout: NetworkLayout, palette: Palette) -> None:
        self.layout = layout
        self._palette = palette
        self._meant: set[Quantity | None] = set()
        self._elsewhere: frozenset[Quantity] = frozenset()
        self._draw_nodes(ax)
        self.edges = {weight: _line(ax, *edge) for weight, edge in layout.edges.items()}
        self._whole = {w: np.reshape(edge, (2, 2)) for w, edge in layout.edges.items()}
        self._parted = {w: parted(edge, layout.weights[w]) for w, edge in layout.edges.items()}
        self._heads = PolyCollection(
            [_arrow_head(*edge) for edge in layout.edges.values()], zorder=_EDGE_LEVEL
        )
        ax.add_collection(self._heads, autolim=False)
        self._glow = _line(ax, 0, 0, 0, 0, color=palette.ink, zorder=1)
        self._glow.set_alpha(_GLOW_OPACITY[palette.name])
        self._ring = Ellipse((0, 0), 0, 0, fill=False, color=palette.ink, linewidth=3.5)
        self._ring.set_zorder(_NODE_LEVEL)
        ax.add_patch(self._ring)
        self.labels = LabelSet(ax, dict(_label_places(layout)))
        self.values = {
            node: _words(ax, *place, color=palette.ink, fontsize=_points(layout))
            for node, place in layout.nodes.items()
        }
        self.artists: list[Artist] = [
            self._glow,
            *self.edges.values(),
            self._heads,
            self._ring,
            *self.labels.artists,
            *self.values.values(),
        ]

    def _draw_nodes(self, ax: Axes) -> None:
        """Draw what never changes: circles, names, and the arrow to the loss."""
        palette, layout = self._palette, self.layout
        for node, place in layout.nodes.items():
            high = 2 * layout.radii[node]
            circle = Ellipse(place, layout.stretch * high, high, facecolor=palette.node)
            circle.set(edgecolor=palette.ink, linewidth=1.6, zorder=_NODE_LEVEL)
            ax.add_patch(circle)
        for node, box in layout.names.items():
            name = node_symbol(layout.sizes, node)
            _words(ax, box.x, box.y, name, color=palette.ink, fontsize=11.0)
        if LossNode() in layout.nodes:
            (x0, y), r = layout.nodes[Node(len(layout.sizes) - 1, 0)], layout.radii[LossNode()]
            x1 = layout.nodes[LossNode()][0] - r - 2.0
            _line(ax, x0 + r, y, x1 - 6.0, y, color=palette.ink, linewidth=1.4)
            ax.add_patch(Polygon(_arrow_head(x0, y, x1, y), color=palette.ink, zorder=_EDGE_LEVEL))

    def update(
        self,
        numbers: NetworkNumbers,
        highlight: Quantity | None = None,
        meant: Collection[Quantity] = (),
        elsewhere: Collection[Quantity] = (),
    ) -> None:
        """Show ``numbers``; ``highlight`` is marked by a ring, a thick edge or a thick box.

        Where there is no room for all numbers, those of ``highlight`` and ``meant`` are shown.
        What stands ``elsewhere`` has no label.
        """
        self._meant, self._elsewhere = {highlight, *meant}, frozenset(elsewhere)
        self._update_edges(numbers, highlight)
        self._update_biases(numbers, highlight)
        self._update_gradients(numbers, highlight)
        self._update_nodes(numbers)
        self.labels.show()
        self._mark(highlight)

    def _update_edges(self, numbers: NetworkNumbers, highlight: Quantity | None) -> None:
        colours, ways = [], self._meant_weights
        for weight, line in self.edges.items():
            value = float(numbers.weights[weight.layer][weight.source, weight.target])
            mark, colour = self._palette.line_of(value), self._palette.text_of(value)
            line.set(color=mark, linewidth=thickness(value))
            line.set_linestyle((0, (4, 2.5)) if sign_of(value) < 0 else "solid")
            line.set_alpha(opacity := self._opacity(weight, ways))
            colours.append(to_rgba(mark, opacity))
            key = Quantity("weight", weight)
            shown = key in self._meant or self.layout.labelled(weight.layer)
            self._label(key, short_signed(value) if shown else "", colour, highlight)
            written = shown and key not in self._elsewhere
            line.set_data(*(self._parted if written else self._whole)[weight].T)
        self._heads.set_color(colours)

    @staticmethod
    def _opacity(weight: Weight, ways: Collection[Weight]) -> float:
        """Return an edge's opacity: where some edges are meant, the others step back."""
        if not ways or weight in ways:
            return 1.0
        return _FAINTEST if weight.layer in {way.layer for way in ways} else FAINT

    def _update_biases(self, numbers: NetworkNumbers, highlight: Quantity | None) -> None:
        crowded = self.layout.dense or self.layout.sparse
        for bias in self.layout.biases:
            value = float(numbers.biases[bias.layer][bias.target])
            colour = self._palette.text_of(value)
            key = Quantity("bias", bias)
            hidden = isnan(value) or (crowded and key not in self._meant)
            text = "" if hidden else f"b {short_signed(value)}"
            self._label(key, text, colour, highlight, self._palette.faint)

    def _update_gradients(self, numbers: NetworkNumbers, highlight: Quantity | None) -> None:
        """Write the gradients that are known, each in its purple box."""
        purple = self._palette.gradient
        for key, value in numbers.gradients():
            if key not in self.labels.texts:  # a drawing without a loss
                continue
            meant = key in self._meant
            hidden = (isnan(value) and key != highlight) or (self.layout.sparse and not meant)
            text = "" if hidden else self._gradient_words(key, value)
            self._label(key, text, purple, highlight, purple)

    def _gradient_words(self, key: Quantity, value: float) -> str:
        """Return a gradient's text: the number alone where its place says what it is."""
        symbol = ""
        if key.kind in ("delta", "loss_gradient"):
            symbol = quantity_symbol(self.layout.sizes, key) + " "
        return symbol + short_gradient(value)

    def _update_nodes(self, numbers: NetworkNumbers) -> None:
        for node, text in self.values.items():
            if isinstance(node, LossNode):
                text.set_text(f"L\n{short(numbers.loss)}")
                target = "" if isnan(numbers.target) else f"target {significant(numbers.target)}"
                self._label(Quantity("target", node), target, self._palette.grey, None)
                continue
            words = short(numbers.values[node.column][node.row])
            z = short(numbers.sums[node.column - 1][node.row]) if node.column else ""
            if node.column and self.layout.roomy:
                words = f"z {z}\na {words}"
            elif self._is_about_sum(node):
                words = f"{quantity_symbol(self.layout.sizes, Quantity('sum', node))}\n{z}"
            elif self.layout.sparse and node not in self.layout.names:
                words = f"{node_symbol(self.layout.sizes, node)}\n{words}"
            text.set_text(words)

    def _is_about_sum(self, node: Node) -> bool:
        """Say whether z is meant at a node that has room for one number, and not a."""
        kinds = {meant.kind for meant in self._meant if meant is not None and meant.part == node}
        return "sum" in kinds and "value" not in kinds

    def _label(
        self, key: Quantity, text: str, color: str, highlight: Quantity | None, edge: str = "none"
    ) -> None:
        if key == highlight and edge != color:  # a gradient's box stays purple
            edge = self._palette.ink
        width = 2.2 if key == highlight else 1.0
        text = "" if key in self._elsewhere else text
        self.labels.set(key, text, color, self._palette.background, edge, width)

    def _mark(self, highlight: Quantity | None) -> None:
        part = None if highlight is None else highlight.part
        ways = [part] if isinstance(part, Weight) else self._meant_weights
        ends = [[(x0, y0), (x1, y1), (nan, nan)] for x0, y0, x1, y1 in map(self._edge, ways)]
        self._glow.set(visible=bool(ways), linewidth=_GLOW if len(ways) == 1 else _GLOW_OF_WAYS)
        self._glow.set_data(np.concatenate(ends)[:-1].T if ends else ([], []))
        self._ring.set_visible(isinstance(part, Node | LossNode))
        if isinstance(part, Node | LossNode):
            high = 2 * self.layout.radii[part]
            wide = self.layout.stretch * high
            self._ring.set(center=self.layout.nodes[part], width=wide + 2.0, height=high + 2.0)

    def _edge(self, weight: Weight) -> Segment:
        return self.layout.edges[weight]

    @property
    def _meant_weights(self) -> list[Weight]:
        """The weights that are meant in a drawing that has no room for all: the ways one takes."""
        if not self.layout.sparse:
            return []
        return [meant.part for meant in self._meant if meant and isinstance(meant.part, Weight)]


def _label_places(layout: NetworkLayout) -> Iterator[tuple[Quantity, Box]]:
    """Go through the places of all labels."""
    for kind, places in (
        ("weight", layout.weights),
        ("bias", layout.biases),
        ("weight_gradient", layout.weight_gradients),
        ("bias_gradient", layout.bias_gradients),
        ("delta", layout.deltas),
    ):
        for part, box in places.items():
            yield Quantity(kind, part), box
    for kind, place in (("loss_gradient", layout.loss_gradient), ("target", layout.target)):
        if place is not None:
            yield Quantity(kind, LossNode()), place


def parted(edge: Segment, label: Box) -> Array:
    """Return an edge's points with a gap where its label stands; whole where that is beside it.

    Either part begins at the label, so that its dashes do: a scrap of one would look like a comma.
    """
    x0, y0, x1, y1 = edge
    if abs((x1 - x0) * (label.y - y0) - (y1 - y0) * (label.x - x0)) > edge.length:
        return np.array([(x0, y0), (x1, y1)])
    middle = hypot(label.x - x0, label.y - y0)
    slope = [abs(x1 - x0) / (label.width / 2 + 1), abs(y1 - y0) / (label.height / 2 + 1)]
    half = edge.length / max(slope)
    ends = [(middle - half, 0.0), (middle + half, edge.length)]
    parts = [[edge.at(at / edge.length) for at in part] for part in ends if part[0] > 0]
    return np.array([*parts[0], (nan, nan), *parts[-1]] if len(parts) > 1 else parts[0])


def thickness(weight: float) -> float:
    """Return an edge's width in points: it grows with |w| and levels off near 5."""
    return 0.9 + 3.6 * (abs(weight) / (2.0 + abs(weight)))  # finite for every finite weight


def _points(layout: NetworkLayout) -> float:
    """Return the size of the text in a neuron: "z −0.60" in two lines stays clear of it."""
    return 9.0 if layout.dense else 9.4 if layout.roomy else 10.0


def _line(ax: Axes, x0: float, y0: float, x1: float, y1: float, **style: Any) -> Line2D:
    style = {"zorder": _EDGE_LEVEL, "solid_capstyle": "butt", **style}
    return ax.add_line(Line2D([x0, x1], [y0, y1], **style))


def _words(ax: Axes, x: float, y: float, text: str = "", **style: Any) -> Text:
    return ax.text(x, y, text, ha="center", va="center", zorder=_TEXT_LEVEL, **style)


def _arrow_head(x0: float, y0: float, x1: float, y1: float) -> Array:
    """Return the corners of a small triangle whose tip is at (x1, y1)."""
    length = hypot(x1 - x0, y1 - y0)
    along = np.array([x1 - x0, y1 - y0]) / length
    across = np.array([-along[1], along[0]])
    tip = np.array([x1, y1])
    return np.array([tip, tip - 10.0 * along + 4.5 * across, tip - 10.0 * along - 4.5 * across])


def draw_network(
    ax: Axes,
    sizes: Sequence[int],
    palette: Palette = LIGHT,
    *,
    gradients: bool = False,
    loss: bool = False,
) -> NetworkDrawing:
    """Draw a layered network on ``ax``; its data coordinates become CSS pixels from bottom left.

    Parameters
    ----------
    ax : Axes
        Its size is the room to fill; 2-3-1 wants about 600 × 320 pixels.
    sizes : sequence of int
        The number of inputs, then the neurons of each layer. From 2-4-4-1 on, neurons show only a
        and edges between large layers show their number only when highlighted; from five neurons
        in a layer on, so do biases.
    palette : Palette
        The colours.
    gradients : bool
        Leave room for the gradients. With three neurons in a layer, or two hidden layers, there is
        room only for those that are meant, and for their weights and biases.
    loss : bool
        Draw the loss to the right of a single output.

    Returns
    -------
    NetworkDrawing
        Empty until its ``update`` is called with `NetworkNumbers`.
    """
    width, height = measure_in_pixels(ax)
    layout = lay_out_network(tuple(sizes), width, height, gradients, loss)
    return NetworkDrawing(ax, layout, palette)
