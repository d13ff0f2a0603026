"""One slider for any weight or bias of a network: choose which, then move its value."""

from collections.abc import Sequence
from typing import Any

import ipywidgets as widgets
import numpy as np
from matplotlib.axes import Axes

from nnlib.explorers.controls.parameters import Choice, Number, Vector
from nnlib.explorers.engine.pointer import Handle
from nnlib.explorers.shared.network_parts import n_parameters, named_parameters, parameter_options
from nnlib.plots.networks.network_layout import NetworkLayout
from nnlib.plots.words.symbols import Bias, Weight

PIXELS_A_STEP = 4.0  # how far up a weight is dragged for a step of 0.1


class SelectedParameter(Choice):
    """One of the weights and biases that the explorer's network has at the moment."""

    def __init__(self, sizes: Sequence[int]) -> None:
        options = parameter_options(sizes)
        super().__init__(options[0][1], options=options, label="parameter")

    def validate(self, obj: Any, value: Any) -> str:
        """Return ``value``; refuse what is no weight or bias of the network."""
        names = named_parameters(obj.sizes)
        if not isinstance(value, str) or value not in names:
            self.refuse(value, f"one of {', '.join(names)}")
        return str(value)

    def prepare(self, control: widgets.Widget, explorer: Any) -> None:
        """List the weights and biases that there are."""
        control.offer(parameter_options(explorer.sizes))


class AllParameters(Vector):
    """All weights and biases of the explorer's network, one flat vector."""

    def length(self, obj: Any) -> int:
        """Return how many parameters the network has at the moment."""
        return n_parameters(obj.sizes)


def weights_to_drag(layout: NetworkLayout, axes: Axes) -> list[Handle]:
    """Return the handles of all weights and biases on a drawing: first the labels, then the edges.

    In a crowded drawing weights have no labels.
    """
    sizes = layout.sizes
    labels, edges = [], []
    for name, quantity in named_parameters(sizes).items():
        part = quantity.part
        assert isinstance(part, Weight | Bias)
        box = layout.weights[part] if isinstance(part, Weight) else layout.biases[part]
        if isinstance(part, Weight):
            x0, y0, x1, y1 = layout.edges[part]
            edges.append(Handle(name, axes, [(x0, y0), (x1, y1)], "ns-resize", reach=6))
        if layout.labelled(part.layer) or (isinstance(part, Bias) and not layout.sparse):
            corners = np.array([box.x, box.y]) + np.outer([-0.5, 0.5], [box.width, box.height])
            labels.append(Handle(name, axes, corners, "ns-resize", filled=True, reach=1))
    return labels + edges


def number_slider(start: Sequence[float]) -> Number:
    """Return the slider of the selected parameter, for a network that starts with ``start``."""
    return Number(start[0], low=-5, high=5, step=0.1, label="its value")
