"""One slider for any weight or bias of a network: choose which, then move its value."""

from collections.abc import Mapping, Sequence
from typing import Any

import ipywidgets as widgets
import numpy as np
from matplotlib.axes import Axes

from nnlib._typing import Array
from nnlib.explorers.controls.parameters import Choice, Number, Vector
from nnlib.explorers.engine.pointer import Handle, Point
from nnlib.explorers.shared.network_parts import n_parameters, named_parameters, parameter_options
from nnlib.plots.networks.network_layout import NetworkLayout
from nnlib.plots.words.label_placement import Box
from nnlib.plots.words.symbols import Bias, Weight

PIXELS_A_STEP = 4.0  # how far up a weight is dragged for a step of 0.1


class SelectedParameter(Choice):
    """One of the weights and biases that the explorer's network has at the moment.

    Parameters
    ----------
    options : sequence of (str, str)
        What is shown of each, and its name, for the network that the explorer starts with.
    label : str
        What the control is called.
    """

    def __init__(self, options: Sequence[tuple[str, str]], label: str = "parameter") -> None:
        super().__init__(options[0][1], options=options, label=label)

    def offered(self, explorer: Any) -> list[tuple[str, str]]:
        """Return what can be chosen at the moment: what is shown, and the name."""
        return parameter_options(explorer.sizes)

    def validate(self, obj: Any, value: Any) -> str:
        """Return ``value``; refuse what is no weight or bias of the network."""
        names = [name for _, name in self.offered(obj)]
        if not isinstance(value, str) or value not in names:
            self.refuse(value, f"one of {', '.join(names)}")
        return str(value)

    def prepare(self, control: widgets.Widget, explorer: Any) -> None:
        """List the weights and biases that there are."""
        control.offer(self.offered(explorer))


class AllParameters(Vector):
    """All weights and biases of the explorer's network, one flat vector."""

    def length(self, obj: Any) -> int:
        """Return how many parameters the network has at the moment."""
        return n_parameters(obj.sizes)


def weights_to_drag(layout: NetworkLayout, axes: Axes) -> list[Handle]:
    """Return the handles of all weights and biases on a drawing.

    In a crowded drawing weights have no labels.
    """
    weights = {
        weight: box for weight, box in layout.weights.items() if layout.labelled(weight.layer)
    }
    biases = {} if layout.sparse else layout.biases
    return handles_of_parameters(axes, layout.sizes, layout.edges, weights, biases, reach=6)


def handles_of_parameters(
    axes: Axes,
    sizes: Sequence[int],
    edges: Mapping[Weight, Sequence[float]],
    weights: Mapping[Weight, Box],
    biases: Mapping[Bias, Box],
    reach: float,
) -> list[Handle]:
    """Return the handles of weights and biases: first the numbers, then the edges.

    Parameters
    ----------
    edges : mapping of Weight to (x0, y0, x1, y1)
        The line of each weight.
    weights, biases : mapping of Weight, and of Bias, to Box
        Where their numbers are written, as far as they are.
    reach : float
        How far beside an edge it is still hit, in CSS pixels.
    """
    names = {quantity.part: name for name, quantity in named_parameters(sizes).items()}
    boxes: list[tuple[Weight | Bias, Box]] = [*weights.items(), *biases.items()]
    numbers = [
        Handle(names[part], axes, _corners(box), "ns-resize", filled=True, reach=1)
        for part, box in boxes
    ]
    lines = [
        Handle(names[weight], axes, np.reshape(edge, (2, 2)), "ns-resize", reach=reach)
        for weight, edge in edges.items()
    ]
    return numbers + lines


def _corners(box: Box) -> Array:
    x, y, *size = box
    return np.array([x, y]) + np.outer([-0.5, 0.5], size)


def number_slider(start: Sequence[float]) -> Number:
    """Return the slider of the selected parameter, for a network that starts with ``start``."""
    return Number(start[0], low=-5, high=5, step=0.1, label="its value")


def dragged(value: float, at: Point) -> float:
    """Return what becomes of ``value``, a weight that is dragged: up is more, down is less."""
    return round(value + 0.1 * round(at.moved[1] / PIXELS_A_STEP), 9)
