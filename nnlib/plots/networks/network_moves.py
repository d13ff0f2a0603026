"""On a network's drawing: which of its numbers have moved, from what to what.

A number that has moved stands in a thick box as "2.00 → 2.10", and its neuron has a thick ring.
"""

from collections.abc import Iterator, Mapping
from math import inf

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import Circle

from nnlib.plots.networks.network_drawing import NetworkDrawing
from nnlib.plots.networks.network_layout import ROW, NetworkLayout
from nnlib.plots.palette import Palette
from nnlib.plots.words.label_placement import Box, place_beside
from nnlib.plots.words.labels import LabelSet, from_to, short
from nnlib.plots.words.symbols import LossNode, Node, Quantity, Weight

_CHARACTER = 8.4  # pixels, of a bold digit in the labels' size
_ABOVE = 6  # z-order: over the drawing's own labels
_THICK = 2.2
_BOTH = 158.0  # the width of "z −0.1824 → −0.1774"
_CLEAR = 3.0  # pixels from a number beside it
_ABOVE_LOSS = 7.0  # how much higher than L's box those of the output stand

Moves = Mapping[Quantity, tuple[float, float]]  # what has moved: before and after


class MovedNumbers:
    """The boxes and rings over one drawing; nothing is there until `update` tells of a move."""

    def __init__(self, ax: Axes, drawing: NetworkDrawing, palette: Palette) -> None:
        self._roomy, self._palette = drawing.layout.roomy, palette
        places = [*_places(drawing.layout)]
        self._keys = [key for key, _ in places]
        self.labels = LabelSet(ax, dict(places), zorder=_ABOVE)
        for text in self.labels.texts.values():
            text.set(fontweight="bold")
        self.rings = {
            node: Circle(place, drawing.layout.radii[node], fill=False, linewidth=3.5)
            for node, place in drawing.layout.nodes.items()
        }
        for ring in self.rings.values():
            ring.set(edgecolor=palette.ink, zorder=_ABOVE - 2)
            ax.add_patch(ring)
        self.artists: list[Artist] = [*self.rings.values(), *self.labels.artists]

    def update(self, moves: Moves) -> None:
        """Show these moves and no others."""
        palette = self._palette
        for key in self._keys:
            words = _words(key, *moves[key], self._roomy) if key in moves else ""
            self.labels.set(key, words, palette.ink, palette.background, palette.ink, _THICK)
        self.labels.show()
        moved = {move.part for move in moves if isinstance(move.part, Node | LossNode)}
        for node, ring in self.rings.items():
            ring.set_visible(node in moved)


def _words(quantity: Quantity, before: float, after: float, roomy: bool) -> str:
    """Return a move in words: with the letter that stands at the number's place, too."""
    letter = {"sum": "z ", "value": "a ", "bias": "b ", "loss": "L "}.get(quantity.kind, "")
    if roomy:
        return letter + from_to(before, after)
    return f"→ {letter}{short(after)}"


def _places(layout: NetworkLayout) -> Iterator[tuple[Quantity, Box]]:
    """Go through the places of all boxes: wide enough for both numbers, where there is room."""
    for weight, place in layout.weights.items():
        yield Quantity("weight", weight), _beside(layout, weight) if layout.roomy else place
    for bias, box in layout.biases.items():
        wide = _between_numbers(layout, box) if layout.roomy else box._replace(width=box.width + 8)
        yield Quantity("bias", bias), wide
    for node in layout.nodes:
        if isinstance(node, LossNode) or node.column:
            yield from _places_in(layout, node)


def _places_in(layout: NetworkLayout, node: Node | LossNode) -> Iterator[tuple[Quantity, Box]]:
    """Go through what may have moved in a node: L; or a, and over it z where there is room."""
    x, y = layout.nodes[node]
    top = y + layout.radii[node] + 4.0 + ROW / 2
    if isinstance(node, LossNode):
        width = 140.0 if layout.roomy else 78.0
        yield Quantity("loss", node), Box(min(x, x + 44 - width / 2), top, width, ROW)
        return
    top += (ROW + 4.0) * (node in layout.names)
    if not layout.roomy:
        yield Quantity("value", node), Box(x, top, 78.0, ROW)
        return
    alone = layout.sizes[node.column] == 1
    if node.row == 0 and not alone:  # little room above: beside the name
        x, top = x + 24.0 + _BOTH / 2, top - ROW - 4.0
    top += _ABOVE_LOSS if alone else 0.0
    yield Quantity("value", node), Box(x, top, _BOTH, ROW)
    yield Quantity("sum", node), Box(x, top + ROW + (6.0 if alone else 3.0), _BOTH, ROW)


def _between_numbers(layout: NetworkLayout, box: Box) -> Box:
    """Return a bias's box, wide enough for both numbers, and clear of those on either side."""
    numbers = (*layout.weights.values(), *layout.weight_gradients.values(), layout.target)
    level = [other for other in numbers if other and abs(other.y - box.y) < ROW]
    left = max((o.x + o.width / 2 for o in level if o.x < box.x), default=0.0) + _CLEAR
    right = min((o.x - o.width / 2 for o in level if o.x > box.x), default=inf) - _CLEAR
    width = min(_BOTH, right - left)
    x = min(max(box.x, left + width / 2), right - width / 2)
    return box._replace(x=x, width=width)


def _beside(layout: NetworkLayout, weight: Weight) -> Box:
    """Return the box of a weight's move: beside its arrow, with the arrow in sight."""
    others = [edge for other, edge in layout.edges.items() if other != weight]
    ahead = Node(weight.layer + 1, weight.target)
    obstacles = [
        *(Box(*layout.nodes[node], 2 * r, 2 * r) for node, r in layout.radii.items()),
        *layout.names.values(),
        *layout.biases.values(),
        *(box for other, box in layout.weights.items() if other != weight),
        layout.weight_gradients[weight],
        *(box for _, box in _places_in(layout, ahead)),
    ]
    size = (_CHARACTER * len("−0.00 → −0.00"), ROW)
    return place_beside(layout.edges[weight], size, obstacles, others)
