"""One input on its way through a network, and the network's output for every input."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nnlib import Network
from nnlib._typing import Array
from nnlib.explorers.shared.network_parts import (
    flat_index,
    network_with,
    not_none,
    weighted_sum,
)
from nnlib.plots.networks.network_numbers import NetworkNumbers
from nnlib.plots.plane import grid_points
from nnlib.plots.words.labels import short
from nnlib.plots.words.symbols import Bias, Node, Quantity, Weight, node_symbol, quantity_symbol

LIMITS = (-2.3, 2.3, -2.3, 2.3)
GRID = 41
# What `Dense.forward` does, as it stands in nnlib/layers.py.
CODE = ("self.z = X @ self.weights + self.bias", "self.a = self.activation(self.z)")
_GRID_POINTS = grid_points(LIMITS, GRID)


@dataclass(frozen=True)
class FeedforwardModel:
    """A network, evaluated for one input and on the plane of all inputs."""

    sizes: tuple[int, ...]
    parameters: tuple[float, ...]
    activations: tuple[str, ...]  # one for each layer, the output's last
    x: Array  # (2,)
    selected: Quantity  # the weight or bias whose value can be moved
    shown: int  # how many layers the input has gone through

    @cached_property
    def network(self) -> Network:
        """The network after the forward pass of x: its layers keep z and a."""
        *hidden, output = self.activations
        network = network_with(self.sizes, hidden, self.parameters, output)
        with np.errstate(over="ignore", invalid="ignore"):  # weights of any size are allowed
            network.forward(self.x[None])
        return network

    @cached_property
    def numbers(self) -> NetworkNumbers:
        """All numbers on the drawing; those of layers that are still to come are NaN."""
        layers = self.network.layers
        reached = [1.0 if i < self.shown else np.nan for i in range(len(layers))]
        return NetworkNumbers(
            weights=[layer.weights for layer in layers],
            biases=[layer.bias for layer in layers],
            values=[
                self.x,
                *(not_none(layer.a)[0] * here for layer, here in zip(layers, reached, strict=True)),
            ],
            sums=[not_none(layer.z)[0] * here for layer, here in zip(layers, reached, strict=True)],
        )

    @property
    def output(self) -> float:
        """The network's output ŷ."""
        return float(not_none(self.network.layers[-1].a)[0, 0])

    @cached_property
    def maps(self) -> list[Array]:
        """What every neuron answers at all points of the plane, layer by layer."""
        with np.errstate(over="ignore", invalid="ignore"):
            return self.network.unit_outputs(_GRID_POINTS)

    @property
    def margin(self) -> Array:
        """What is 0 on the boundary, at all points of the plane: z where that is exact."""
        if self.activations[-1] in ("sigmoid", "step"):
            with np.errstate(over="ignore", invalid="ignore"):
                return self.network.last_z(_GRID_POINTS)
        return self.maps[-1] - 0.5

    @property
    def where(self) -> str:
        """The input as text, such as "(1.00, 0.50)"."""
        return f"({short(self.x[0])}, {short(self.x[1])})"

    @property
    def title(self) -> str:
        """What the drawing shows now."""
        if self.shown == 0:
            return f"The input {self.where}"
        if self.shown < len(self.sizes) - 1:
            return f"The input {self.where} after layer {self.shown}"
        return f"The input {self.where} gives ŷ = {short(self.output)}"

    @property
    def neuron(self) -> Node:
        """The neuron that the selected weight or bias belongs to."""
        part = self.selected.part
        assert isinstance(part, Weight | Bias)
        return Node(part.layer + 1, part.target)

    @property
    def equation(self) -> str:
        """The z and a of the selected neuron with their numbers, and the lines of nnlib."""
        layer, j = self.neuron.column - 1, self.neuron.row
        symbols, products = (
            text.replace("\n", " ") for text in weighted_sum(self.network, layer, j)
        )
        z, a = (
            quantity_symbol(self.sizes, Quantity(kind, self.neuron)) for kind in ("sum", "value")
        )
        dense = self.network.layers[layer]
        f = dense.activation.symbol
        return (
            f"{z} = {symbols} = {products} = {short(not_none(dense.z)[0, j], 3)}\n"
            f"{a} = {f}({z}) = {short(not_none(dense.a)[0, j], 3)}\n"
            f"nnlib, layers[{layer}].z[0, {j}]:   {CODE[0]};   {CODE[1]}"
        )

    @property
    def summary(self) -> str:
        """The picture in words."""
        layers = " ".join(
            f"{'The hidden neurons' if len(self.sizes) == 3 else f'The neurons of layer {k}'} give "
            + ", ".join(
                f"{node_symbol(self.sizes, Node(k, j))} {short(float(a))}"
                for j, a in enumerate(not_none(self.network.layers[k - 1].a)[0])
            )
            + f", with {self.activations[k - 1]}."
            for k in range(1, len(self.sizes) - 1)
        )
        value = short(self.parameters[flat_index(self.sizes, self.selected)])
        steps = len(self.sizes) - 1
        so_far = "" if self.shown == steps else f" Shown up to layer {self.shown} of {steps}."
        return (
            f"The input {self.where} gives ŷ = {short(self.output)}, "
            f"so the answer is class {int(self.output >= 0.5)}. {layers} "
            f"{quantity_symbol(self.sizes, self.selected)} is {value}; it "
            f"belongs to {node_symbol(self.sizes, self.neuron)}.{so_far}"
        )
