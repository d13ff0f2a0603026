"""On a network's drawing: which of its numbers have moved, from what to what.

A number that has moved stands in a thick box as "2.00 → 2.10", and its neuron has a thick ring.
"""

from collections.abc import Iterator, Mapping

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import Circle

from nnlib.plots.networks.network_drawing import NetworkDrawing
from nnlib.plots.networks.network_layout import ROW, NetworkLayout
from nnlib.plots.palette import Palette
from nnlib.plots.words.label_placement import Box
from nnlib.plots.words.labels import LabelSet, from_to, short
from nnlib.plots.words.symbols import LossNode, Node, Quantity, Weight

_CHARACTER = 8.4  # pixels, of a bold digit in the labels' size
_ABOVE = 6  # z-order: over the drawing's own labels
_THICK = 2.2

Moves = Mapping[Quantity, tuple[float, float]]  # what has moved: before and after


class MovedNumbers:
    """The boxes and rings over one drawing; nothing is there until `update` tells of a move."""

    def __init__(self, ax: Axes, drawing: NetworkDrawing, palette: Palette) -> None:
        self._roomy, self._palette = drawing.layout.roomy, palette
        places = [*_places(drawing.layout)]
        self._keys = [key for key, _ in places]
        self.labels = LabelSet(ax, dict(places))
        self.labels.boxes.set_zorder(_ABOVE)
        for text in self.labels.texts.values():
            text.set(zorder=_ABOVE + 1, fontweight="bold")
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
        moved = {it.part for it in moves if isinstance(it.part, Node | LossNode)}
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
    both = 158.0  # of "z −0.1824 → −0.1774"
    for weight, box in layout.weights.items():
        room = _between(layout, weight)
        width = min(_CHARACTER * len("−0.00 → −0.00"), room[1] - room[0])
        left, right = room[0] + width / 2, room[1] - width / 2
        yield Quantity("weight", weight), box._replace(x=min(max(box.x, left), right), width=width)
    for bias, box in layout.biases.items():
        width = both if layout.roomy else box.width + 8
        right = box.x + box.width / 2  # what is to the right of it stays free
        yield Quantity("bias", bias), box._replace(x=right - width / 2, width=width)
    for node, (x, y) in layout.nodes.items():
        top = y + layout.radii[node] + 4.0 + (ROW + 4.0) * (node in layout.names)
        if isinstance(node, LossNode):
            width = 140.0 if layout.roomy else 78.0
            yield Quantity("loss", node), Box(min(x, x + 44 - width / 2), top + ROW / 2, width, ROW)
        elif node.column:
            yield from _places_at(node, x, top, both, layout.roomy)


def _places_at(
    node: Node, x: float, top: float, width: float, roomy: bool
) -> Iterator[tuple[Quantity, Box]]:
    """Go through what may have moved in a neuron: a, and over it z where there is room."""
    if not roomy:
        yield Quantity("value", node), Box(x, top + ROW / 2, 78.0, ROW)
        return
    yield Quantity("value", node), Box(x, top + ROW / 2, width, ROW)
    yield Quantity("sum", node), Box(x, top + 1.5 * ROW + 3.0, width, ROW)


def _between(layout: NetworkLayout, weight: Weight) -> tuple[float, float]:
    """Return from where to where there is room between the columns that a weight joins."""
    source, target = Node(weight.layer, weight.source), Node(weight.layer + 1, weight.target)
    return (
        layout.nodes[source][0] + layout.radii[source] + 4.0,
        layout.nodes[target][0] - layout.radii[target] - 12.0,
    )
