"""A network at a glance: a column of nodes for each layer, its weights as lines, maps as nodes.

Blue and solid is a positive weight, orange and dashed a negative one, and a stronger weight is a
thicker line; among many a weak one is faint. Where there are no maps to show, the nodes are
circles. It has no numbers on it; `nnlib.plots.networks.network_drawing` has.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import prod
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PatchCollection
from matplotlib.patches import Circle, Rectangle

from nnlib._typing import Array
from nnlib.plots.maps.heat_map import HeatMap, draw_heat_map
from nnlib.plots.networks.network_drawing import thickness
from nnlib.plots.palette import LIGHT, Palette
from nnlib.plots.pixels import measure_in_pixels
from nnlib.plots.words.numbers import sign_of
from nnlib.plots.words.symbols import Node, Weight, node_symbol

_LARGEST_NODE = 46.0  # pixels
_MANY, _THIN = 20, 0.45  # between two layers with more lines than that, lines are thinner …
_FAINTEST = 0.05  # … and those of small weights fainter
_GAP = 6.0  # between two nodes of a column
_MARGIN = 22.0  # for the names beside the inputs and the output, and above a long column

Place = tuple[float, float]


class NetworkSketch:
    """The artists of one sketch; made by `draw_network_sketch`."""

    def __init__(
        self,
        ax: Axes,
        sizes: Sequence[int],
        inputs: Sequence[str] | None,
        most: int,
        palette: Palette,
        with_maps: bool,
    ) -> None:
        self._palette = palette
        self._most = most
        self._shown = [min(n, most) for n in sizes]
        self._side = _side_of(self._shown, ax)
        self.nodes = _places(self._shown, ax)
        self._weights = [
            Weight(layer, i, j)
            for layer, (n_in, n_out) in enumerate(pairwise(self._shown))
            for i in range(n_in)
            for j in range(n_out)
        ]
        self.edges = LineCollection([self._edge(weight) for weight in self._weights], zorder=2)
        ax.add_collection(self.edges, autolim=False)
        shapes = [self._frame(place, with_maps) for place in self.nodes.values()]
        frames = PatchCollection(shapes, facecolor=palette.node, edgecolor=palette.grey, zorder=3)
        ax.add_collection(frames, autolim=False)
        framed = self.nodes if with_maps else {}
        self.maps = {node: self._draw_map(ax, place) for node, place in framed.items()}
        self._write_names(ax, sizes, inputs)
        self.artists: Sequence[Artist] = [self.edges, frames, *self.maps.values()]

    def _frame(self, place: Place, with_maps: bool) -> Rectangle | Circle:
        """Return a node's outline: the frame of a map, or a circle."""
        (x, y), half = place, self._side / 2
        if with_maps:
            return Rectangle((x - half, y - half), self._side, self._side)
        return Circle(place, half)

    def _edge(self, weight: Weight) -> list[Place]:
        """Return the ends of a weight's line: from side to side of its nodes."""
        (x0, y0), (x1, y1) = (
            self.nodes[Node(weight.layer, weight.source)],
            self.nodes[Node(weight.layer + 1, weight.target)],
        )
        return [(x0 + self._side / 2, y0), (x1 - self._side / 2, y1)]

    def _draw_map(self, ax: Axes, place: Place) -> HeatMap:
        """Draw an empty map that leaves the node's frame free."""
        (x, y), half = place, self._side / 2 - 1.0
        image = draw_heat_map(ax, self._palette.map, low=-1.0, high=1.0, zorder=4)
        image.set_extent((x - half, x + half, y - half, y + half))
        image.set_visible(False)
        return image

    def _write_names(self, ax: Axes, sizes: Sequence[int], inputs: Sequence[str] | None) -> None:
        """Name inputs and outputs where there is room, and say how long a long column is."""
        away, last = self._side / 2 + 4.0, len(sizes) - 1
        style: dict[str, Any] = {"color": self._palette.ink, "va": "center"}
        for column, side, ha in ((0, -away, "right"), (last, away, "left")):
            for row in range(sizes[column] if sizes[column] <= self._most else 0):
                x, y = self.nodes[Node(column, row)]
                name = node_symbol(sizes, Node(column, row))
                if inputs is not None and column == 0:
                    name = inputs[row]
                ax.text(x + side, y, name, ha=ha, fontsize=11, **style)
        for column, n in enumerate(sizes):
            if n > self._most:
                x, y = self.nodes[Node(column, 0)]
                words = f"{self._most} of {n}"
                ax.text(x, y + away + 7.0, words, ha="center", fontsize=9.5, **style)

    def update(self, weights: Sequence[Array], maps: Sequence[Array] = ()) -> None:
        """Show a network.

        Parameters
        ----------
        weights : sequence of array (n_in, n_out)
            The weights of each layer.
        maps : sequence of array (size², n_units), optional
            For each column, the inputs first: what its nodes answer at `grid_points`, from −1
            (orange) to 1 (blue).
        """
        values = [float(weights[edge.layer][edge.source, edge.target]) for edge in self._weights]
        many = max(map(prod, pairwise(self._shown))) > _MANY
        share = _THIN if many else 1.0
        self.edges.set_linewidth([share * thickness(value) for value in values])
        self.edges.set_alpha(self._opacities(weights) if many else [1.0] * len(values))
        self.edges.set_linestyle(
            [(0, (4, 2.5)) if sign_of(value) < 0 else "solid" for value in values]
        )
        self.edges.set_color([self._palette.line_of(value) for value in values])
        for node, image in self.maps.items():
            image.set_visible(bool(len(maps)))
            if len(maps):
                image.show_square(maps[node.column][:, node.row])

    def _opacities(self, weights: Sequence[Array]) -> list[float]:
        """Return how much is seen of each of many lines: the strongest of a layer wholly."""
        sizes = [np.abs(layer[: self._most, : self._most]) for layer in weights]
        shares = [np.maximum(size / (size.max() or 1.0), _FAINTEST) for size in sizes]
        return [float(shares[edge.layer][edge.source, edge.target]) for edge in self._weights]


def _side_of(shown: Sequence[int], ax: Axes) -> float:
    """Return the side of a node: as large as the longest column and room for the edges allow."""
    width, height = ax.get_xlim()[1], ax.get_ylim()[1]
    return min(
        _LARGEST_NODE, (height - _MARGIN) / max(shown) - _GAP, (width - _MARGIN) / len(shown) / 1.7
    )


def _places(shown: Sequence[int], ax: Axes) -> dict[Node, Place]:
    """Return the centre of each node: columns from left to right, each around one middle.

    Where more lines are, the columns stand further apart.
    """
    width, height = ax.get_xlim()[1], ax.get_ylim()[1] - _MARGIN
    side = _side_of(shown, ax)
    shares = np.array([a + b for a, b in pairwise(shown)])
    room = width - 2 * _MARGIN - len(shown) * side
    steps = side + room * shares / shares.sum()
    across = _MARGIN + side / 2 + np.append(0.0, np.cumsum(steps))
    spacing = min(height / max(shown), 1.6 * side)
    return {
        Node(column, row): (float(x), height / 2 + spacing * ((n - 1) / 2 - row))
        for column, (x, n) in enumerate(zip(across, shown, strict=True))
        for row in range(n)
    }


def draw_network_sketch(
    ax: Axes,
    sizes: Sequence[int],
    palette: Palette = LIGHT,
    inputs: Sequence[str] | None = None,
    most: int = 8,
    with_maps: bool = True,
) -> NetworkSketch:
    """Draw the sketch of a network on ``ax``; its data coordinates become CSS pixels.

    Parameters
    ----------
    ax : Axes
        Its size is the room to fill.
    sizes : sequence of int
        The number of inputs, then the neurons of each layer.
    palette : Palette
        The colours.
    inputs : sequence of str, optional
        The inputs' names; by default x₁, x₂, ….
    most : int
        How many nodes of a layer are shown; above them stands how many there are.
    with_maps : bool
        Whether the nodes are frames for maps; if not, they are circles.

    Examples
    --------
    >>> from matplotlib.figure import Figure
    >>> sketch = draw_network_sketch(Figure().add_axes((0, 0, 1, 1)), [2, 4, 1])
    >>> len(sketch.nodes), len(sketch.maps)
    (7, 7)
    """
    measure_in_pixels(ax)
    return NetworkSketch(ax, tuple(sizes), inputs, most, palette, with_maps)
