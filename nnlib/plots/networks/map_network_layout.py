"""Where everything stands in a network whose nodes are maps: maps, edges and their numbers.

Coordinates are CSS pixels of the full-size figure, with y upwards. Each number has a place of a
fixed size, so that nothing moves when the numbers change.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from nnlib.plots.networks.network_layout import MOST_LABELS, ROW, mirrored
from nnlib.plots.words.label_placement import Box, Segment, place_labels
from nnlib.plots.words.symbols import Bias, Node, Weight, biases_of, nodes_of, weights_of

LARGEST_SIDE = 48.0
NAMED_SIDE = 40.0  # a map of this side has room for its name
MOST_WITH_BIASES = 3  # neurons in a layer: with more, only a chosen bias is shown
_WIDEST_ROW = 82.0  # between the middles of two maps of a column
_WEIGHT, _BIAS = 48.0, 56.0  # widths of labels
_GAP = 4.0  # at least so much between two maps of a column


@dataclass(frozen=True)
class MapNetworkLayout:
    """The places of a network's parts; made by `lay_out_map_network`."""

    sizes: tuple[int, ...]
    side: float  # of every map
    nodes: dict[Node, tuple[float, float]]  # the middle of each map
    edges: dict[Weight, Segment]
    weights: dict[Weight, Box]
    biases: dict[Bias, Box]
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
    upward = min(_WIDEST_ROW, (height - ROW - side) / max(most - 1, 1))
    nodes = {
        node: (
            side / 2 + node.column * across,
            (height + ROW) / 2 + upward * ((sizes[node.column] - 1) / 2 - node.row),
        )
        for node in nodes_of(sizes)
    }
    edges = {weight: _edge(weight, nodes, side) for weight in weights_of(sizes)}
    has_room = across - side >= _WEIGHT + 12.0
    labelled = frozenset(
        layer
        for layer, (n_in, n_out) in enumerate(pairwise(sizes))
        if has_room and n_in * n_out <= MOST_LABELS
    )
    shows_biases = has_room and most <= MOST_WITH_BIASES
    biases = {
        bias: _at_foot(nodes[Node(bias.layer + 1, bias.target)], side, below=shows_biases)
        for bias in biases_of(sizes)
    }
    blocks = [Box(x, y, side, side) for x, y in nodes.values()]
    blocks += biases.values() if shows_biases else ()
    weights = {}
    for layer in range(columns - 1):
        weights.update(_labels(layer, edges, sizes, blocks, layer in labelled))
    return MapNetworkLayout(sizes, side, nodes, edges, weights, biases, labelled, shows_biases)


def _edge(weight: Weight, nodes: dict[Node, tuple[float, float]], side: float) -> Segment:
    """Return the edge of a weight, from the right of one map to the left of another."""
    x0, y0 = nodes[Node(weight.layer, weight.source)]
    x1, y1 = nodes[Node(weight.layer + 1, weight.target)]
    return Segment(x0 + side / 2, y0, x1 - side / 2, y1)


def _at_foot(node: tuple[float, float], side: float, below: bool) -> Box:
    """Return the box of a bias: below its map, or where there is no room, within its foot."""
    x, y = node
    away = ROW / 2 + 1.0
    return Box(x, y - side / 2 + (-away if below else away), _BIAS, ROW)


def _labels(
    layer: int,
    edges: dict[Weight, Segment],
    sizes: Sequence[int],
    blocks: Sequence[Box],
    labelled: bool,
) -> dict[Weight, Box]:
    """Return the box of each weight of a layer; in the middle of its edge if only one is shown."""
    own = {weight: edge for weight, edge in edges.items() if weight.layer == layer}
    if not labelled:
        return {weight: Box(*edge.at(0.5), _WEIGHT, ROW) for weight, edge in own.items()}
    groups = mirrored(sizes[layer], sizes[layer + 1])
    boxes = place_labels(list(own.values()), groups, (_WEIGHT, ROW), blocks)
    return dict(zip(own, boxes, strict=True))
