"""The steps of one forward and backward pass through a 2-2-1 network, one quantity each.

Every number is read from the network after `nnlib.Network.loss_and_gradient`; here they are only
put in order.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cached_property
from math import nan

import numpy as np

from nnlib import LOSSES, Network
from nnlib._typing import Array
from nnlib.explorers.network_parameters import flat_index, kept
from nnlib.plots.network_numbers import NetworkNumbers
from nnlib.plots.symbols import Bias, LossNode, Node, Part, Quantity, Weight

SIZES = (2, 2, 1)
_QUIET = np.errstate(over="ignore", invalid="ignore")  # weights of any size are allowed
NUDGE = 0.01  # by how much a parameter is moved to see what its gradient foretells


def _forward_steps() -> list[Quantity]:
    return [
        *(Quantity(kind, Node(1, j)) for j in (0, 1) for kind in ("sum", "value")),
        Quantity("sum", Node(2, 0)),
        Quantity("value", Node(2, 0)),
        Quantity("loss", LossNode()),
    ]


def _backward_steps() -> list[Quantity]:
    return [
        Quantity("loss_gradient", LossNode()),
        Quantity("delta", Bias(1, 0)),
        *(Quantity("weight_gradient", Weight(1, i, 0)) for i in (0, 1)),
        Quantity("bias_gradient", Bias(1, 0)),
        *(Quantity("delta", Bias(0, j)) for j in (0, 1)),
        *(Quantity("weight_gradient", Weight(0, i, j)) for i in (0, 1) for j in (0, 1)),
        *(Quantity("bias_gradient", Bias(0, j)) for j in (0, 1)),
    ]


FORWARD, BACKWARD = tuple(_forward_steps()), tuple(_backward_steps())
STEPS = FORWARD + BACKWARD
OUTPUT = Quantity("value", Node(2, 0))  # ŷ


def parameter_of(gradient: Quantity) -> Quantity:
    """Return the weight or bias that a gradient belongs to."""
    return Quantity(gradient.kind.removesuffix("_gradient"), gradient.part)


@dataclass(frozen=True)
class Pass:
    """One row of data going through the network and back."""

    network: Network  # after `loss_and_gradient` on this row
    x: Array  # (2,)
    y: float
    loss: str

    def value(self, quantity: Quantity) -> float:
        """Return any quantity of the pass."""
        kind, part = quantity
        layers = self.network.layers
        if isinstance(part, Node) and part.column == 0:
            return float(self.x[part.row])
        if isinstance(part, LossNode):
            return self.loss_value if kind == "loss" else self.loss_slope
        if isinstance(part, Node):
            layer = layers[part.column - 1]
            return float(kept(layer.z if kind == "sum" else layer.a)[0, part.row])
        layer = layers[part.layer]
        arrays = {
            "weight": layer.weights,
            "bias": layer.bias,
            "weight_gradient": layer.weights_gradient,
            "bias_gradient": layer.bias_gradient,
            "delta": kept(layer.delta)[0],
        }
        return float(arrays[kind][part[1:]])

    @cached_property
    @_QUIET
    def loss_value(self) -> float:
        """L, the loss of this row."""
        return self.network.loss(self.x[None], [[self.y]], self.loss)

    @cached_property
    @_QUIET
    def loss_slope(self) -> float:
        """∂L/∂ŷ."""
        return float(LOSSES[self.loss].gradient(self.network.layers[-1].a, [[self.y]])[0, 0])

    def numbers(self, visited: Collection[Quantity]) -> NetworkNumbers:
        """Return the numbers on the drawing: of the quantities visited; NaN for the others."""
        layers = self.network.layers

        def known(kind: str, part: Callable[..., Part], arrays: list[Array]) -> list[Array]:
            return [_visited(kind, part, visited, *item) for item in enumerate(arrays)]

        def slope(quantity: Quantity) -> float:
            return self.value(quantity) if quantity in visited else nan

        return NetworkNumbers(
            weights=[layer.weights for layer in layers],
            biases=[layer.bias for layer in layers],
            values=[self.x, *known("value", _neuron, [kept(layer.a)[0] for layer in layers])],
            sums=known("sum", _neuron, [kept(layer.z)[0] for layer in layers]),
            weight_gradients=known(
                "weight_gradient", Weight, [la.weights_gradient for la in layers]
            ),
            bias_gradients=known("bias_gradient", Bias, [layer.bias_gradient for layer in layers]),
            deltas=known("delta", Bias, [kept(layer.delta)[0] for layer in layers]),
            loss=slope(Quantity("loss", LossNode())),
            loss_gradient=slope(Quantity("loss_gradient", LossNode())),
            target=self.y,
        )

    @_QUIET
    def loss_after(self, quantity: Quantity) -> float:
        """Return L with one weight or bias, that of a gradient, moved up by `NUDGE`."""
        network = Network(SIZES, self.network.hidden, self.network.output, "zeros")
        network.parameters = self.network.parameters
        network.parameters[flat_index(SIZES, parameter_of(quantity))] += NUDGE
        return network.loss(self.x[None], [[self.y]], self.loss)


@_QUIET
def run_pass(network: Network, x: Array, y: float, loss: str) -> Pass:
    """Send one row forward and backward through ``network`` and return what came of it."""
    network.loss_and_gradient(x[None], [[y]], loss)
    return Pass(network, x, y, loss)


def _neuron(layer: int, row: int) -> Node:
    return Node(layer + 1, row)


def _visited(
    kind: str, part: Callable[..., Part], visited: Collection[Quantity], layer: int, array: Array
) -> Array:
    """Return a copy of one layer's ``array`` with NaN for what has not been visited."""
    known = np.array(array, dtype=float)
    for place in np.ndindex(known.shape):
        if Quantity(kind, part(layer, *place)) not in visited:
            known[place] = nan
    return known
