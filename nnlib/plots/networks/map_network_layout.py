"""Where everything stands in a network whose nodes are maps: maps, edges and their numbers.

Coordinates are CSS pixels of the full-size figure, with y upwards. Each number has a place of a
fixed size, so that nothing moves when the numbers change.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, combinations, product

from nnlib.plots.networks.network_layout import mirrored
from nnlib.plots.words.label_placement import Box, Segment, place_labels
from nnlib.plots.words.symbols import Bias, Node, Weight, biases_of, nodes_of, weights_of

LARGEST_SIDE = 42.0
FONT_SIZE = 9.5  # of the numbers, in points
ROW = 14.0  # the height of a number
NAME = 17.0  # of a neuron's name, above its map
MOST_NUMBERS = 5  # between two layers; where more lines cross, numbers would cut them to pieces
MOST_WITH_BIASES = 3  # neurons in a layer: with more, only a chosen bias is shown
_WIDEST_ROW = 84.0  # between the middles of two maps of a column
_WEIGHT, _BIAS = 40.0, 52.0  # widths of numbers
_GAP = 4.0  # at least so much between two maps of a column
_APART = 1.0  # at least so much between a number and a map, a name or another number


@dataclass(frozen=True)
class MapNetworkLayout:
    """The places of a network's parts; made by `lay_out_map_network`."""

    sizes: tuple[int, ...]
    side: float  # of every map
    nodes: dict[Node, tuple[float, float]]  # the middle of each map
    edges: dict[Weight, Segment]
    weights: dict[Weight, Box]
    biases: dict[Bias, Box]
    named: bool  # there is room for the neurons' names
    labelled: frozenset[int]  # the layers whose weights have room for their numbers
    shows_biases: bool


@lru_cache(maxsize=32)
def lay_out_map_network(sizes: tuple[int, ...], width: float, height: float) -> MapNetworkLayout:
    """Return the places of all parts of a network within ``width`` × ``height`` pixels."""
    most, columns = max(sizes), len(sizes)
    side = min(
        LARGEST_SIDE,
        (height - ROW - _GAP * (most - 1)) / most,
        width / (columns - 1) / 2,
    )
    across = (width - side) / (columns - 1)
    upward = min(_WIDEST_ROW, (height - ROW - NAME - side) / max(most - 1, 1))
    named = most == 1 or upward - side >= NAME + _GAP
    if not named:
        upward = (height - ROW - side) / (most - 1)
    middle = (height + ROW - NAME * named) / 2
    nodes = {
        node: (
            side / 2 + node.column * across,
            middle + upward * ((sizes[node.column] - 1) / 2 - node.row),
        )
        for node in nodes_of(sizes)
    }
    edges = {weight: _edge(weight, nodes, side) for weight in weights_of(sizes)}
    shows_biases = across - side >= _BIAS and most <= MOST_WITH_BIASES
    biases = {
        bias: _at_foot(nodes[Node(bias.layer + 1, bias.target)], side, below=shows_biases)
        for bias in biases_of(sizes)
    }
    blocks = [Box(x, y, side, side) for x, y in nodes.values()]
    blocks += biases.values() if shows_biases else ()
    if named:
        neurons = (place for node, place in nodes.items() if node.column)
        blocks += [Box(x, y + (side + NAME) / 2, side, NAME) for x, y in neurons]
    weights, labelled = {}, set()
    for layer in range(columns - 1):
        # Where only one is shown at a time it stands in the middle.
        boxes = {
            edge: Box(*line.at(0.5), _WEIGHT, ROW)
            for edge, line in edges.items()
            if edge.layer == layer
        }
        if len(boxes) <= MOST_NUMBERS:
            placed = _labels(layer, edges, sizes, blocks)
            if _are_clear(placed.values(), blocks):
                labelled.add(layer)
                boxes = placed
        weights.update(boxes)
    return MapNetworkLayout(
        sizes, side, nodes, edges, weights, biases, named, frozenset(labelled), shows_biases
    )


def _edge(weight: Weight, nodes: dict[Node, tuple[float, float]], side: float) -> Segment:
    """Return the edge of a weight, from the right of one map to the left of another."""
    x0, y0 = nodes[Node(weight.layer, weight.source)]
    x1, y1 = nodes[Node(weight.layer + 1, weight.target)]
    return Segment(x0 + side / 2, y0, x1 - side / 2, y1)


def _at_foot(node: tuple[float, float], side: float, below: bool) -> Box:
    """Return the box of a bias: below its map, or where there is no room, within its foot."""
    x, y = node
    away = -ROW / 2 - 3.0 if below else ROW / 2 + 1.0
    return Box(x, y - side / 2 + away, _BIAS, ROW)


def _labels(
    layer: int, edges: dict[Weight, Segment], sizes: Sequence[int], blocks: Sequence[Box]
) -> dict[Weight, Box]:
    """Return the box of each weight of a layer, somewhere on its edge."""
    own = {weight: edge for weight, edge in edges.items() if weight.layer == layer}
    groups = mirrored(sizes[layer], sizes[layer + 1])
    boxes = place_labels(list(own.values()), groups, (_WEIGHT, ROW), blocks)
    return dict(zip(own, boxes, strict=True))


def _are_clear(boxes: Iterable[Box], blocks: Sequence[Box]) -> bool:
    """Say whether no box touches a block or another box."""
    boxes = list(boxes)
    pairs = chain(combinations(boxes, 2), product(boxes, blocks))
    return not any(
        abs(a.x - b.x) < (a.width + b.width) / 2 + _APART
        and abs(a.y - b.y) < (a.height + b.height) / 2 + _APART
        for a, b in pairs
    )
