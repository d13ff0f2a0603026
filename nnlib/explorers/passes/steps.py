"""The steps of one forward and backward pass through a network, one quantity each.

Every number is read from the network after `nnlib.Network.loss_and_gradient`; here they are only
put in order.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import nan

import numpy as np

from nnlib import LOSSES, Network
from nnlib._typing import Array
from nnlib.explorers.shared.network_parts import copy_of, flat_index, not_none
from nnlib.plots.networks.network_numbers import NetworkNumbers
from nnlib.plots.words.symbols import Bias, LossNode, Node, Part, Quantity, Weight

_QUIET = np.errstate(over="ignore", invalid="ignore")  # weights of any size are allowed
NUDGE = 0.01  # by how much a parameter is moved to see what its gradient predicts


@dataclass(frozen=True)
class Steps:
    """The quantities of a pass, in the order in which they are found."""

    forward: tuple[Quantity, ...]
    backward: tuple[Quantity, ...]

    @property
    def all(self) -> tuple[Quantity, ...]:
        """Forward, then backward."""
        return self.forward + self.backward

    @property
    def last(self) -> int:
        """The number of the last step. The first is 1; at 0 none has been made."""
        return len(self.forward) + len(self.backward)

    def number_of(self, quantity: Quantity) -> int:
        """Return the step in which a quantity is found."""
        return 1 + self.all.index(quantity)


@lru_cache(maxsize=32)
def steps_of(sizes: tuple[int, ...]) -> Steps:
    """Return the steps of a pass through a network of these sizes, with one output."""
    forward = [
        Quantity(kind, Node(column, row))
        for column in range(1, len(sizes))
        for row in range(sizes[column])
        for kind in ("sum", "value")
    ]
    backward = [Quantity("loss_gradient", LossNode())]
    for layer in reversed(range(len(sizes) - 1)):
        n_in, n_out = sizes[layer : layer + 2]
        backward += [Quantity("delta", Bias(layer, j)) for j in range(n_out)]
        backward += [
            Quantity("weight_gradient", Weight(layer, i, j))
            for i in range(n_in)
            for j in range(n_out)
        ]
        backward += [Quantity("bias_gradient", Bias(layer, j)) for j in range(n_out)]
    return Steps((*forward, Quantity("loss", LossNode())), tuple(backward))


def output_of(sizes: Sequence[int]) -> Quantity:
    """Return ŷ."""
    return Quantity("value", Node(len(sizes) - 1, 0))


def parameter_of(gradient: Quantity) -> Quantity:
    """Return the weight or bias that a gradient belongs to."""
    return Quantity(gradient.kind.removesuffix("_gradient"), gradient.part)


def gradient_of(parameter: Quantity) -> Quantity:
    """Return the gradient of a weight or bias."""
    return Quantity(f"{parameter.kind}_gradient", parameter.part)


def steps_at(node: Node | LossNode) -> list[Quantity]:
    """Return what is found at a node: z, a and δ of a neuron; nothing at an input."""
    if isinstance(node, LossNode):
        return [Quantity("loss", node), Quantity("loss_gradient", node)]
    if node.column == 0:
        return []
    delta = Quantity("delta", Bias(node.column - 1, node.row))
    return [Quantity("sum", node), Quantity("value", node), delta]


def step_clicked(
    sizes: tuple[int, ...], node: Node | LossNode, here: int, steps: Collection[int]
) -> int | None:
    """Return the step that a click on a node leads to, one of ``steps``; None if it has none.

    ``here`` is the present one. It leads to the node's number after that; from anywhere else to its
    δ, if the present step is another neuron's, or else to its first.
    """
    all_steps = steps_of(sizes)
    numbers = [n for found in steps_at(node) if (n := all_steps.number_of(found)) in steps]
    if not numbers:
        return None
    if here in numbers:
        return numbers[(numbers.index(here) + 1) % len(numbers)]
    another_delta = 0 < here <= all_steps.last and all_steps.all[here - 1].kind == "delta"
    return numbers[-1 if another_delta and isinstance(node, Node) else 0]


def used_by(sizes: Sequence[int], step: Quantity) -> list[Quantity]:
    """Return what stands in the equation of a step, and the weight or bias that it is about."""
    kind, part = step
    if isinstance(part, Weight):
        ends = Quantity("delta", Bias(part.layer, part.target))
        return [Quantity("value", Node(part.layer, part.source)), ends, parameter_of(step)]
    if isinstance(part, LossNode):
        return [output_of(sizes)]
    if kind == "bias_gradient":
        return [Quantity("delta", part), parameter_of(step)]
    if isinstance(part, Bias):
        return [Quantity("sum", Node(part.layer + 1, part.target)), *_arriving(sizes, part)]
    assert isinstance(part, Node)
    if kind == "value":
        return [Quantity("sum", part)]
    layer, sources = part.column - 1, range(sizes[part.column - 1])
    return [
        *(Quantity("value", Node(layer, i)) for i in sources),
        *(Quantity("weight", Weight(layer, i, part.row)) for i in sources),
        Quantity("bias", Bias(layer, part.row)),
    ]


def _arriving(sizes: Sequence[int], delta: Bias) -> Iterable[Quantity]:
    """Return what the gradient that arrives at a neuron's output is made of."""
    layer, target = delta
    if layer == len(sizes) - 2:
        yield Quantity("loss_gradient", LossNode())
        return
    for k in range(sizes[layer + 2]):
        yield Quantity("delta", Bias(layer + 1, k))
        yield Quantity("weight", Weight(layer + 1, target, k))


@dataclass(frozen=True)
class Pass:
    """One row of data going through the network and back."""

    network: Network  # after `loss_and_gradient` on this row
    x: Array  # (2,)
    y: float
    loss: str

    @property
    def sizes(self) -> tuple[int, ...]:
        """The network's sizes."""
        return tuple(self.network.sizes)

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
            return float(not_none(layer.z if kind == "sum" else layer.a)[0, part.row])
        layer = layers[part.layer]
        arrays = {
            "weight": layer.weights,
            "bias": layer.bias,
            "weight_gradient": layer.weights_gradient,
            "bias_gradient": layer.bias_gradient,
            "delta": not_none(layer.delta)[0],
        }
        return float(arrays[kind][part[1:]])

    @property
    def output(self) -> float:
        """ŷ, the network's output."""
        return self.value(output_of(self.sizes))

    def slope_at(self, node: Node) -> float:
        """Return f′(z) of a neuron."""
        f = self.network.layers[node.column - 1].activation
        return float(f.derivative(self.value(Quantity("sum", node))))

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
            values=[self.x, *known("value", _neuron, [not_none(layer.a)[0] for layer in layers])],
            sums=known("sum", _neuron, [not_none(layer.z)[0] for layer in layers]),
            weight_gradients=known(
                "weight_gradient", Weight, [la.weights_gradient for la in layers]
            ),
            bias_gradients=known("bias_gradient", Bias, [layer.bias_gradient for layer in layers]),
            deltas=known("delta", Bias, [not_none(layer.delta)[0] for layer in layers]),
            loss=slope(Quantity("loss", LossNode())),
            loss_gradient=slope(Quantity("loss_gradient", LossNode())),
            target=self.y,
        )

    @_QUIET
    def losses_after(self, parameter: Quantity, changes: Sequence[float]) -> list[float]:
        """Return L with one weight or bias moved by each of ``changes`` in turn."""
        network, index = copy_of(self.network), flat_index(self.sizes, parameter)
        start, losses = float(network.parameters[index]), []
        for change in changes:
            network.parameters[index] = start + change
            losses.append(network.loss(self.x[None], [[self.y]], self.loss))
        return losses

    @_QUIET
    def with_change(self, parameter: Quantity, change: float) -> "Pass":
        """Return the same row's way forward with one weight or bias moved by ``change``.

        Its gradients are still those of this pass: they predict what the change does.
        """
        network = copy_of(self.network)
        network.parameters[flat_index(self.sizes, parameter)] += change
        network.forward(self.x[None])
        network.gradient[:] = self.network.gradient
        for layer, before in zip(network.layers, self.network.layers, strict=True):
            layer.delta = before.delta
        return Pass(network, self.x, self.y, self.loss)


@_QUIET
def run_pass(network: Network, x: Array, y: float, loss: str) -> Pass:
    """Send one row forward and backward through ``network`` and return all its numbers."""
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
