"""Where everything stands in the drawing of a network: nodes, edges and the boxes of their numbers.

Coordinates are CSS pixels of the full-size figure, with y upwards. Each number has a place of a
fixed size, reserved for its widest text, so that nothing moves when the numbers change.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from nnlib.plots.words.label_placement import Box, Segment, place_labels
from nnlib.plots.words.symbols import Bias, LossNode, Node, Weight, biases_of, nodes_of, weights_of

MOST_LABELS = 9  # between two layers; where there are more edges, only the highlighted is labelled
ROW = 18.0  # the height of a label
_STEP = 21.0  # from one row of labels to the next
_WEIGHT, _BIAS, _GRADIENT, _DELTA = 50.0, 60.0, 66.0, 104.0  # widths
_BARE_DELTA = 72.0  # a δ whose place alone says whose it is; it clears the weights on both sides
_INPUT_RADIUS = 27.0
_NEURON_RADII = {3: 33.0, 4: 24.0, 8: 19.0}  # with up to so many neurons in a column
_ROOM_FOR_GRADIENT = 8.0  # by how much a bias moves to the left, so that its gradient has room
_SPARSE_RADIUS = 26.0  # z and its number, one below the other
_WIDEST_SPACING = 150.0  # between two nodes of a column
_LOSS_DISTANCE = 130.0

Point = tuple[float, float]
AnyNode = Node | LossNode


@dataclass(frozen=True)
class NetworkLayout:
    """The places of a network's parts; made by `lay_out_network`."""

    sizes: tuple[int, ...]
    roomy: bool  # each neuron has room for z and a; a crowded drawing shows only a
    dense: bool  # no neuron has room for its bias below it; only a highlighted one is shown
    sparse: bool  # of weights, biases and gradients, only those that are meant have room
    nodes: dict[AnyNode, Point]
    radii: dict[AnyNode, float]
    edges: dict[Weight, Segment]
    names: dict[Node, Box]
    weights: dict[Weight, Box]
    weight_gradients: dict[Weight, Box]
    biases: dict[Bias, Box]
    bias_gradients: dict[Bias, Box]
    deltas: dict[Bias, Box]
    loss_gradient: Box | None
    target: Box | None

    def labelled(self, layer: int) -> bool:
        """Whether all weights of a layer have room for their numbers."""
        return not self.sparse and self.sizes[layer] * self.sizes[layer + 1] <= MOST_LABELS


@lru_cache(maxsize=32)
def lay_out_network(
    sizes: tuple[int, ...], width: float, height: float, gradients: bool, loss: bool
) -> NetworkLayout:
    """Return the places of all parts of a network within ``width`` × ``height`` pixels."""
    most = max(sizes[1:])
    sparse = gradients and (most > 2 or len(sizes) > 3)
    roomy, dense = most <= 3 and not sparse, most > 4
    radii = _radii(sizes, sparse, loss)
    rows = 0 if dense else 3 if gradients and roomy else 2  # of labels above and below a column
    nodes = _centres(sizes, radii, width, height, rows)

    def box(node: AnyNode, row: int, width: float) -> Box:
        """Return the box of a label in a row above a node (1, 2) or below it (−1)."""
        x, y = nodes[node]
        away = radii[node] + 2.0 + (abs(row) - 0.5) * _STEP
        return Box(x, y + (away if row > 0 else -away), width, ROW)

    named = [it for it in nodes_of(sizes) if roomy or it.column in (0, len(sizes) - 1)]
    neurons = {bias: Node(bias.layer + 1, bias.target) for bias in biases_of(sizes)}
    left = _ROOM_FOR_GRADIENT if gradients and roomy else 0.0
    biases = {bias: _shifted(box(node, -1, _BIAS), -left) for bias, node in neurons.items()}
    layout = NetworkLayout(
        sizes=sizes,
        roomy=roomy,
        dense=dense,
        sparse=sparse,
        nodes=nodes,
        radii=radii,
        edges={weight: _edge(weight, nodes, radii) for weight in weights_of(sizes)},
        names={node: box(node, 1, 40.0) for node in named},
        weights={},
        weight_gradients={},
        biases=biases,
        bias_gradients={
            bias: Box(place.x + (_BIAS + _GRADIENT) / 2 + 2.0, place.y, _GRADIENT, ROW)
            for bias, place in biases.items()
        },
        deltas={
            bias: _shifted(box(node, 2 if node in named else 1, _BARE_DELTA), 3.0)
            if sparse
            else box(node, 2, _DELTA)
            for bias, node in neurons.items()
        },
        loss_gradient=box(LossNode(), 2, _DELTA) if loss else None,
        target=box(LossNode(), -1, _BIAS) if loss else None,
    )
    _place_weights(layout, gradients)
    return layout


def _shifted(box: Box, by: float) -> Box:
    """Return the box, further to the right."""
    return box._replace(x=box.x + by)


def _radii(sizes: Sequence[int], sparse: bool, loss: bool) -> dict[AnyNode, float]:
    most = max(sizes[1:])
    neuron = next((r for n, r in _NEURON_RADII.items() if most <= n), min(_NEURON_RADII.values()))
    if sparse:
        neuron = _SPARSE_RADIUS
    radii: dict[AnyNode, float] = {
        node: neuron if node.column else min(_INPUT_RADIUS, neuron) for node in nodes_of(sizes)
    }
    if loss:
        radii[LossNode()] = neuron
    return radii


def _centres(
    sizes: Sequence[int],
    radii: dict[AnyNode, float],
    width: float,
    height: float,
    rows: int,
) -> dict[AnyNode, Point]:
    """Return the centre of each node: columns from left to right, each around one middle.

    ``rows`` is how many rows of labels must fit above and below a column, one of them below.
    """
    loss = LossNode() in radii
    outside = 2 * max(radii.values()) + rows * _STEP + 4.0
    middle = height / 2 - max(rows - 2, 0) * _STEP / 2
    first, last = radii[Node(0, 0)] + 6.0, width - _DELTA / 2 - 2.0
    step = (last - loss * _LOSS_DISTANCE - first) / (len(sizes) - 1)
    centres: dict[AnyNode, Point] = {}
    for column, n in enumerate(sizes):
        spacing = min(_WIDEST_SPACING, (height - outside) / max(n - 1, 1))
        for row in range(n):
            y = middle + spacing * ((n - 1) / 2 - row)
            centres[Node(column, row)] = (first + column * step, y)
    if loss:
        centres[LossNode()] = (last, middle)
    return centres


def _edge(weight: Weight, nodes: dict[AnyNode, Point], radii: dict[AnyNode, float]) -> Segment:
    """Return the edge of a weight, from circle to circle."""
    source = Node(weight.layer, weight.source)
    target = Node(weight.layer + 1, weight.target)
    whole = Segment(*nodes[source], *nodes[target])
    start, end = radii[source] / whole.length, 1.0 - (radii[target] + 2.0) / whole.length
    return Segment(*whole.at(start), *whole.at(end))


def _place_weights(layout: NetworkLayout, gradients: bool) -> None:
    """Fill in the boxes of the weights and, under each, of its gradient."""
    size = (_GRADIENT, 2 * ROW + 1.0) if gradients else (_WEIGHT, ROW)
    shift = (ROW + 1.0) / 2 if gradients else 0.0
    obstacles = _obstacles(layout, gradients)
    for layer, shape in enumerate(pairwise(layout.sizes)):
        weights = [weight for weight in layout.edges if weight.layer == layer]
        edges = [layout.edges[weight] for weight in weights]
        groups = mirrored(*shape) if layout.labelled(layer) else []
        boxes = place_labels(edges, groups, size, obstacles)
        for weight, box in zip(weights, boxes, strict=True):
            layout.weights[weight] = Box(box.x, box.y + shift, _WEIGHT, ROW)
            layout.weight_gradients[weight] = Box(box.x, box.y - shift, _GRADIENT, ROW)


def mirrored(n_in: int, n_out: int) -> list[list[int]]:
    """Return the pairs of edges that mirror each other, top to bottom, as indices row by row."""
    last = n_in * n_out - 1
    return [sorted({k, last - k}) for k in range(last // 2 + 1)]


def _obstacles(layout: NetworkLayout, gradients: bool) -> list[Box]:
    """Return what a weight's label must not touch."""
    circles = [Box(*layout.nodes[n], 1.9 * r, 1.9 * r) for n, r in layout.radii.items()]
    biases = [] if layout.dense else layout.biases.values()
    boxes = [*circles, *layout.names.values(), *biases]
    if gradients:
        boxes += [*layout.bias_gradients.values(), *layout.deltas.values()]
    return boxes
