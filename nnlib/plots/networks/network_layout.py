"""Where everything stands in the drawing of a network: nodes, edges and the boxes of their numbers.

Coordinates are CSS pixels of the full-size figure, with y upwards. Each number has a place of a
fixed size, reserved for its widest text, so that nothing moves when the numbers change.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from math import hypot

from nnlib.plots.words.label_placement import Box, Segment, place_at, place_labels, place_near
from nnlib.plots.words.symbols import Bias, LossNode, Node, Weight, biases_of, nodes_of, weights_of

MOST_LABELS = 9  # between two layers; where there are more edges, only the highlighted is labelled
ROW = 18.0  # the height of a label
_STEP = 21.0  # from one row of labels to the next
_WEIGHT, _BIAS, _GRADIENT, _DELTA = 50.0, 60.0, 66.0, 104.0  # widths
_INPUT_RADIUS = 27.0
_NEURON_RADII = {3: 33.0, 4: 24.0, 8: 19.0}  # with up to so many neurons in a column
_DENSE_STRETCH = 1.35  # a number is wider than high, and between such neurons there is no room
_SPARSE_RADIUS = 26.0  # z and its number, one below the other
_WIDEST_SPACING = 150.0  # between two nodes of a column
_SPACING_WITH_GRADIENTS = 166.0  # which stand above and below each node
_LOSS_DISTANCE = 130.0
_SPARSE_LOSS_DISTANCE = 104.0
_SPARSE_DELTA = 94.0  # narrower than others: no three digits before the point
_TO_THE_RIGHT, _TO_THE_LEFT = 36.0, -26.0  # clears arrows that end at a neuron, that leave it
_PARTED = 0.64  # of the way to the target: here edges from one neuron to many have parted

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
    stretch: float  # by how much all nodes are wider than high
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

    @property
    def left_out(self) -> list[str]:
        """What is written only when it is highlighted, in words; of a drawing without gradients."""
        layers = [str(k) for k in range(1, len(self.sizes)) if not self.labelled(k - 1)]
        weights = f"weights of layer{'s' * (len(layers) > 1)} {', '.join(layers)}"
        return ["biases"] * self.dense + [weights] * bool(layers)


@lru_cache(maxsize=32)
def lay_out_network(
    sizes: tuple[int, ...], width: float, height: float, gradients: bool, loss: bool
) -> NetworkLayout:
    """Return the places of all parts of a network within ``width`` × ``height`` pixels."""
    most = max(sizes[1:])
    sparse = gradients and (most > 2 or len(sizes) > 3)
    roomy, dense = most <= 3 and not sparse, most > 4
    radii = _radii(sizes, sparse, loss)
    rows = 0 if dense else 4 if gradients and roomy else 2  # of labels above and below a column
    stretch = _DENSE_STRETCH if dense and not sparse else 1.0
    nodes = _centres(sizes, radii, stretch, width, height, rows, sparse)

    def box(node: AnyNode, row: int, width: float) -> Box:
        """Return the box of a label in a row above a node (1, 2) or below it (−1, −2)."""
        x, y = nodes[node]
        away = radii[node] + 2.0 + (abs(row) - 0.5) * _STEP
        return Box(x, y + (away if row > 0 else -away), width, ROW)

    named = [node for node in nodes_of(sizes) if roomy or node.column in (0, len(sizes) - 1)]
    neurons = {bias: Node(bias.layer + 1, bias.target) for bias in biases_of(sizes)}
    biases = {bias: box(node, -1, _BIAS) for bias, node in neurons.items()}
    layout = NetworkLayout(
        sizes=sizes,
        roomy=roomy,
        dense=dense,
        sparse=sparse,
        nodes=nodes,
        radii=radii,
        stretch=stretch,
        edges={weight: _edge(weight, nodes, radii, stretch) for weight in weights_of(sizes)},
        names={node: box(node, 1, 40.0) for node in named},
        weights={},
        weight_gradients={},
        biases=biases,
        bias_gradients={
            bias: Box(place.x + (_BIAS + _GRADIENT) / 2 + 2.0, place.y, _GRADIENT, ROW)
            if sparse and node.column < len(sizes) - 1
            else box(node, -2, _GRADIENT)
            for bias, node in neurons.items()
            for place in [biases[bias]]
        },
        deltas={
            bias: _sparse_delta(sizes, node, box) if sparse else box(node, 2, _DELTA)
            for bias, node in neurons.items()
        },
        loss_gradient=box(LossNode(), 2, _DELTA) if loss else None,
        target=box(LossNode(), -1, _BIAS) if loss else None,
    )
    _place_weights(layout, gradients)
    return layout


def _sparse_delta(sizes: Sequence[int], node: Node, box: Callable[..., Box]) -> Box:
    """Return the place of a δ: on the side of its neuron that has no edges of the last ways back.

    These go from the last hidden layer but one to the last.
    """
    last = len(sizes) - 1
    if node.column == last:
        place = box(node, 2, _SPARSE_DELTA)
        return place._replace(x=place.x - 6.0)
    place = box(node, 1 if sizes[node.column] > 1 else 2, _SPARSE_DELTA)
    shift = _TO_THE_RIGHT if node.column == last - 1 and node.column > 1 else _TO_THE_LEFT
    return place._replace(x=place.x + shift)


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
    stretch: float,
    width: float,
    height: float,
    rows: int,
    sparse: bool,
) -> dict[AnyNode, Point]:
    """Return the centre of each node: columns from left to right, each around one middle.

    ``rows`` is how many rows of labels must fit above and below a column, half of them below.
    """
    loss = LossNode() in radii
    outside = 2 * max(radii.values()) + rows * _STEP + 4.0
    middle = height / 2
    widest = _SPACING_WITH_GRADIENTS if rows == 4 else _WIDEST_SPACING
    first, last = stretch * radii[Node(0, 0)] + 6.0, width - _DELTA / 2 - (10.0 if loss else 2.0)
    distance = _SPARSE_LOSS_DISTANCE if sparse else _LOSS_DISTANCE
    columns = _columns(sizes, first, last - loss * distance, sparse)
    centres: dict[AnyNode, Point] = {}
    for column, n in enumerate(sizes):
        spacing = min(widest, (height - outside) / max(n - 1, 1))
        for row in range(n):
            y = middle + spacing * ((n - 1) / 2 - row)
            centres[Node(column, row)] = (columns[column], y)
    if loss:
        centres[LossNode()] = (last, middle)
    return centres


def _columns(sizes: Sequence[int], first: float, last: float, sparse: bool) -> list[float]:
    """Return where the columns stand; in a sparse drawing further apart where more edges are."""
    shares = [max(a + b + 1, 6) if sparse else 1 for a, b in pairwise(sizes)]
    return [first + (last - first) * part / sum(shares) for part in accumulate(shares, initial=0)]


def _edge(
    weight: Weight, nodes: dict[AnyNode, Point], radii: dict[AnyNode, float], stretch: float
) -> Segment:
    """Return the edge of a weight, from circle to circle, or from oval to oval."""
    source = Node(weight.layer, weight.source)
    target = Node(weight.layer + 1, weight.target)
    whole = Segment(*nodes[source], *nodes[target])
    away = hypot((whole.x1 - whole.x0) / stretch, whole.y1 - whole.y0)
    start, end = radii[source] / away, 1.0 - (radii[target] + 2.0) / away
    return Segment(*whole.at(start), *whole.at(end))


def _place_weights(layout: NetworkLayout, gradients: bool) -> None:
    """Fill in the boxes of the weights and, under each, of its gradient."""
    if layout.sparse:
        for weight in layout.edges:
            _place_sparsely(layout, weight)
        return
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


def _place_sparsely(layout: NetworkLayout, weight: Weight) -> None:
    """Fill in the boxes of one weight in a drawing that shows few of them at a time.

    With it may be seen the weights that lead to the same neuron and that neuron's bias, or its δ
    and the one at the weight's start; with its gradient only the former δ.
    """
    edge, ends = layout.edges[weight], layout.sizes[weight.layer : weight.layer + 2]
    source, target = Bias(weight.layer - 1, weight.source), Bias(weight.layer, weight.target)
    circles = [Box(*layout.nodes[n], 1.9 * r, 1.9 * r) for n, r in layout.radii.items()]
    fixed = [*circles, *layout.names.values(), layout.deltas[target]]
    others = [
        box
        for other, box in layout.weights.items()
        if (other.layer, other.target) == (weight.layer, weight.target)
    ]
    deltas = [layout.deltas[source]] if source in layout.deltas else []
    seen = [*fixed, *others, *deltas, layout.biases[target]]
    if min(ends) > 2:
        place = Box(*edge.at(_PARTED), _WEIGHT, ROW)
    else:
        place = place_near(edge, (_WEIGHT, ROW), seen)
    layout.weights[weight] = place
    layout.weight_gradients[weight] = place_at(place, _GRADIENT, fixed)


def mirrored(n_in: int, n_out: int) -> list[list[int]]:
    """Return the pairs of edges that mirror each other, top to bottom, as indices row by row."""
    last = n_in * n_out - 1
    return [sorted({k, last - k}) for k in range(last // 2 + 1)]


def _obstacles(layout: NetworkLayout, gradients: bool) -> list[Box]:
    """Return what a weight's label must not touch."""
    circles = [
        Box(*layout.nodes[n], 1.9 * r * layout.stretch, 1.9 * r) for n, r in layout.radii.items()
    ]
    biases = [] if layout.dense else layout.biases.values()
    boxes = [*circles, *layout.names.values(), *biases]
    if gradients:
        boxes += [*layout.bias_gradients.values(), *layout.deltas.values()]
    return boxes
