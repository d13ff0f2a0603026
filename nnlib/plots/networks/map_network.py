"""A network whose nodes are maps of what each unit answers, and whose edges are its weights.

Blue and solid is a positive weight, orange and dashed a negative one, and a stronger weight is a
thicker line. Its number stands on it where there is room; that of the chosen one always does.
"""

from collections.abc import Hashable, Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from nnlib._typing import Array
from nnlib.plots.maps.heat_map import HeatMap, draw_heat_map
from nnlib.plots.networks.map_network_layout import (
    FONT_SIZE,
    MapNetworkLayout,
    lay_out_map_network,
)
from nnlib.plots.palette import LIGHT, Palette
from nnlib.plots.pixels import measure_in_pixels
from nnlib.plots.words.label_placement import Box
from nnlib.plots.words.labels import LabelSet, short_signed
from nnlib.plots.words.numbers import sign_of
from nnlib.plots.words.symbols import Node, Quantity, Weight, node_symbol

_EDGES, _MAPS, _FRAMES, _NAMES = 1, 2, 3, 6  # z-order; the labels stand at 4 and 5
_DASHES = (0.0, (3.0, 1.8))


class MapNetwork:
    """The artists of one network; made by `draw_map_network`."""

    def __init__(
        self, ax: Axes, layout: MapNetworkLayout, inputs: Sequence[str], palette: Palette
    ) -> None:
        self.layout = layout
        self.ax = ax
        self._palette = palette
        self.maps = {node: self._draw_map(node) for node in layout.nodes}
        self._segments = np.array([[edge[:2], edge[2:]] for edge in layout.edges.values()])
        self.glow = LineCollection([], colors=palette.ink, linewidths=11, alpha=0.2, zorder=_EDGES)
        self.positive = LineCollection([], colors=palette.positive, zorder=_EDGES)
        self.negative = LineCollection([], colors=palette.negative, zorder=_EDGES)
        self.zero = LineCollection([], colors=palette.grey, zorder=_EDGES)
        frames = LineCollection(
            [self._corners(node) for node in layout.nodes], linewidths=1.0, zorder=_FRAMES
        )
        frames.set(color=palette.grey, clip_on=False)
        lines = [self.glow, self.zero, self.positive, self.negative]
        for collection in (*lines, frames):
            ax.add_collection(collection, autolim=False)
        places: dict[Hashable, Box] = {
            **{Quantity("weight", weight): box for weight, box in layout.weights.items()},
            **{Quantity("bias", bias): box for bias, box in layout.biases.items()},
        }
        self.labels = LabelSet(ax, places, FONT_SIZE)
        names = self._draw_names(inputs)
        moving = [unit_map for node, unit_map in self.maps.items() if node.column]
        self.artists: list[Artist] = [*lines, *moving, frames, *self.labels.artists, *names]

    def _draw_map(self, node: Node) -> HeatMap:
        (x, y), half = self.layout.nodes[node], self.layout.side / 2
        heat_map = draw_heat_map(self.ax, self._palette.map, low=-1.0, high=1.0, zorder=_MAPS)
        heat_map.set_extent((x - half, x + half, y - half, y + half))
        return heat_map

    def _corners(self, node: Node) -> Array:
        half = self.layout.side / 2
        square = np.array([(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)])
        return np.array(self.layout.nodes[node]) + half * square

    def _draw_names(self, inputs: Sequence[str]) -> list[Artist]:
        """Write the inputs' names to their left, and the neurons' above their maps if they fit."""
        names: list[Artist] = []
        sizes, half = self.layout.sizes, self.layout.side / 2
        for node, (x, y) in self.layout.nodes.items():
            style: dict[str, Any] = {"color": self._palette.ink, "fontsize": 10.0, "zorder": _NAMES}
            if node.column == 0:
                self.ax.text(x - half - 5, y, inputs[node.row], ha="right", va="center", **style)
            elif self.layout.named:
                name = node_symbol(sizes, node)
                names.append(self.ax.text(x, y + half + 4, name, ha="center", **style))
        return names

    def set_inputs(self, values: Array) -> None:
        """Colour the maps of the inputs: ``values`` (size², n_in) on a grid, from −1 to 1."""
        for row, column in enumerate(values.T):
            self.maps[Node(0, row)].show_square(column)

    def update(
        self,
        answers: Sequence[Array],
        weights: Sequence[Array],
        biases: Sequence[Array],
        chosen: Quantity | None = None,
    ) -> None:
        """Show what each unit answers, and the weights.

        Parameters
        ----------
        answers : sequence of arrays (size², n_units)
            On a grid, one array for each layer, from −1 (orange) to 1 (blue).
        weights, biases : sequences of arrays
            Of the layers.
        chosen : Quantity, optional
            The weight or bias that is marked.
        """
        for column, layer in enumerate(answers, start=1):
            for row, values in enumerate(layer.T):
                self.maps[Node(column, row)].show_square(values)
        flat = np.concatenate([matrix.ravel() for matrix in weights])
        self._update_edges(flat)
        self._update_labels(flat, biases, chosen)
        self._mark(chosen)

    def _update_edges(self, weights: Array) -> None:
        widths = 0.6 + 4.4 * np.abs(weights) / (2.0 + np.abs(weights))
        signs = np.array([sign_of(weight) for weight in weights.tolist()])
        for collection, sign in ((self.positive, 1), (self.negative, -1), (self.zero, 0)):
            chosen = signs == sign
            collection.set_linestyle([_DASHES] if collection is self.negative else "solid")
            collection.set_segments(list(self._segments[chosen]))
            collection.set_linewidth(widths[chosen].tolist())

    def _update_labels(
        self, weights: Array, biases: Sequence[Array], chosen: Quantity | None
    ) -> None:
        for weight, value in zip(self.layout.weights, weights.tolist(), strict=True):
            key = Quantity("weight", weight)
            shown = weight.layer in self.layout.labelled or key == chosen
            self._label(key, short_signed(value) if shown else "", value, chosen)
        for bias in self.layout.biases:
            value = float(biases[bias.layer][bias.target])
            key = Quantity("bias", bias)
            shown = self.layout.shows_biases or key == chosen
            self._label(key, f"b {short_signed(value)}" if shown else "", value, chosen)
        self.labels.show()

    def _label(self, key: Quantity, text: str, value: float, chosen: Quantity | None) -> None:
        palette = self._palette
        edge, width = (palette.ink, 1.5) if key == chosen else ("none", 1.0)
        self.labels.set(key, text, palette.text_of(value), palette.background, edge, width)

    def _mark(self, chosen: Quantity | None) -> None:
        part = None if chosen is None else chosen.part
        self.glow.set_segments(
            [np.reshape(self.layout.edges[part], (2, 2))] if isinstance(part, Weight) else []
        )


def draw_map_network(
    ax: Axes, sizes: Sequence[int], inputs: Sequence[str], palette: Palette = LIGHT
) -> MapNetwork:
    """Draw a network of maps on ``ax``; its data coordinates become CSS pixels from bottom left.

    Parameters
    ----------
    ax : Axes
        Its size is the room to fill, the inputs' names on its left and the bias below left out.
    sizes : sequence of int
        The number of inputs, then the neurons of each layer, up to 8 each.
    inputs : sequence of str
        The inputs' names.
    palette : Palette
        The colours.
    """
    width, height = measure_in_pixels(ax)
    return MapNetwork(ax, lay_out_map_network(tuple(sizes), width, height), inputs, palette)
