"""One slider for any weight or bias of a network: choose which, then move its value."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, ClassVar

import numpy as np

from nnlib import Network
from nnlib._typing import Array
from nnlib.explorers.explorer import Explorer
from nnlib.explorers.parameters import Choice, Number
from nnlib.plots.labels import bracketed, short
from nnlib.plots.symbols import (
    Bias,
    Node,
    Quantity,
    Weight,
    biases_of,
    code_name,
    node_symbol,
    quantity_symbol,
    weights_of,
)

FIRST = "w1_11"  # the parameter that is selected at the start
SYMBOLS = {
    "linear": "linear",
    "step": "step",
    "sigmoid": "σ",
    "tanh": "tanh",
    "relu": "ReLU",
    "leaky_relu": "leaky ReLU",
}


def named_parameters(sizes: Sequence[int]) -> dict[str, Quantity]:
    """Return all weights and biases under their names, such as ``w1_23`` for w⁽¹⁾₂₃."""
    quantities = [
        *(Quantity("weight", weight) for weight in weights_of(sizes)),
        *(Quantity("bias", bias) for bias in biases_of(sizes)),
    ]
    return {code_name(quantity_symbol(sizes, quantity)): quantity for quantity in quantities}


def flat_index(sizes: Sequence[int], quantity: Quantity) -> int:
    """Return the place of a weight or bias in the network's flat vector of parameters."""
    part = quantity.part
    assert isinstance(part, Weight | Bias)
    before = sum((n_in + 1) * n_out for n_in, n_out in list(pairwise(sizes))[: part.layer])
    row = part.source if isinstance(part, Weight) else sizes[part.layer]  # b stands under W
    return before + row * sizes[part.layer + 1] + part.target


def kept(array: Array | None) -> Array:
    """Return what a layer keeps of its last pass: never None after one."""
    assert array is not None
    return array


def choose_parameter(sizes: Sequence[int]) -> Choice:
    """Return the list of all weights and biases: "w⁽¹⁾₂₃  x₂ → h₃"."""
    options = []
    for name, quantity in named_parameters(sizes).items():
        part = quantity.part
        assert isinstance(part, Weight | Bias)
        target = node_symbol(sizes, Node(part.layer + 1, part.target))
        where = f"bias of {target}"
        if isinstance(part, Weight):
            where = f"{node_symbol(sizes, Node(part.layer, part.source))} → {target}"
        options.append((f"{quantity_symbol(sizes, quantity)}   {where}", name))
    return Choice(FIRST, options=options, label="parameter")


def network_with(
    sizes: Sequence[int], hidden: str, parameters: Sequence[float], output: str = "sigmoid"
) -> Network:
    """Return the network with these parameters."""
    network = Network(sizes, hidden=hidden, output=output, initializer="zeros")
    network.parameters = np.asarray(parameters)
    return network


def weighted_sum(network: Network, layer: int, target: int) -> tuple[str, str]:
    """Return what z of one neuron is, in symbols and with the last forward pass's numbers.

    Each text has two lines; the second is the bias.
    """
    dense, sizes = network.layers[layer], network.sizes
    sources = range(dense.n_in)
    inputs = [quantity_symbol(sizes, Quantity("value", Node(layer, i))) for i in sources]
    weights = [
        quantity_symbol(sizes, Quantity("weight", Weight(layer, i, target))) for i in sources
    ]
    symbols = " + ".join(f"{a}·{w}" for a, w in zip(inputs, weights, strict=True))
    products = " + ".join(
        f"{bracketed(short(a, 3 if layer else 2))}·{bracketed(short(w))}"
        for a, w in zip(kept(dense.inputs)[0], dense.weights[:, target], strict=True)
    )
    b = float(dense.bias[target])
    sign, size = ("−", -b) if b < 0 else ("+", b)
    bias = quantity_symbol(sizes, Quantity("bias", Bias(layer, target)))
    return f"{symbols}\n+ {bias}", f"{products}\n{sign} {short(size)}"


class NetworkExplorer(Explorer):
    """What explorers share that draw a network and let one chosen parameter be moved.

    ``value`` always is the number of the ``selected`` weight or bias within ``parameters``.
    """

    sizes: ClassVar[tuple[int, ...]]
    selected: Any
    value: Any
    parameters: Any
    activation: Any

    def __init__(self, show: Sequence[str] | None = None, **parameters: Any) -> None:
        defaults = {name: trait.default_value for name, trait in self._parameters().items()}
        super().__init__(show, **self._in_step(parameters, defaults))

    def set_parameters(self, **parameters: Any) -> None:
        """Set several parameters and draw once. If one is refused, none is changed."""
        super().set_parameters(**self._in_step(parameters, self.state))

    def parameter_changed(self, name: str) -> None:
        """Keep the slider's value and the flat vector in step."""
        index = flat_index(self.sizes, self.quantity)
        if name == "value":
            numbers = list(self.parameters)
            numbers[index] = self.value
            self.parameters = tuple(numbers)
        elif name in ("selected", "parameters"):
            self.value = self.parameters[index]

    @property
    def quantity(self) -> Quantity:
        """The weight or bias that the value slider moves."""
        return named_parameters(self.sizes)[self.selected]

    @property
    def network(self) -> Network:
        """The network as it stands now: a copy, to compute with."""
        return network_with(self.sizes, self.activation, self.parameters)

    def _in_step(self, given: dict[str, Any], now: dict[str, Any]) -> dict[str, Any]:
        """Return ``given`` with ``value`` written into ``parameters``, or read from them.

        What does not fit at all is handed on as it is: the traits refuse it and say why.
        """
        if not {"selected", "value", "parameters"} & set(given):
            return given
        quantity = named_parameters(self.sizes).get(given.get("selected", now["selected"]))
        numbers = given.get("parameters", now["parameters"])
        if quantity is None or np.shape(numbers) != np.shape(now["parameters"]):
            return given
        numbers, index = list(numbers), flat_index(self.sizes, quantity)
        numbers[index] = given.get("value", numbers[index])
        return {**given, "value": numbers[index], "parameters": numbers}


def choose_activation(default: str) -> Choice:
    """Return the parameter that chooses the hidden layer's activation; the default stands first."""
    names = ("sigmoid", "tanh", "relu", "leaky_relu", "step", "linear")
    options = (default, *(name for name in names if name != default))
    return Choice(default, options=options, label="f activation")


def number_slider(start: Sequence[float]) -> Number:
    """Return the slider of the selected parameter, for a network that starts with ``start``."""
    return Number(start[0], low=-5, high=5, step=0.1, label="its value")
