"""The weights and biases of a network: their names, their places, their number, and z in words."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from nnlib import Network
from nnlib._typing import Array
from nnlib.plots.words.labels import bracketed, short
from nnlib.plots.words.symbols import (
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
    before = n_parameters(sizes[: part.layer + 1])
    row = part.source if isinstance(part, Weight) else sizes[part.layer]  # b stands under W
    return before + row * sizes[part.layer + 1] + part.target


def not_none(array: Array | None) -> Array:
    """Return what a layer keeps of its last pass: never None after one."""
    assert array is not None
    return array


def value_of(network: Network, quantity: Quantity) -> float:
    """Return the number of a weight or bias."""
    return float(network.parameters[flat_index(network.sizes, quantity)])


def place_of(sizes: Sequence[int], quantity: Quantity, inputs: Sequence[str] = ()) -> str:
    """Return where a weight or bias stands: "x₂ → h₃", or "bias of h₃".

    ``inputs`` are the symbols of the network's inputs, unless they are x₁, x₂, …
    """
    part = quantity.part
    assert isinstance(part, Weight | Bias)
    target = node_symbol(sizes, Node(part.layer + 1, part.target))
    if isinstance(part, Bias):
        return f"bias of {target}"
    if inputs and part.layer == 0:
        return f"{inputs[part.source]} → {target}"
    return f"{node_symbol(sizes, Node(part.layer, part.source))} → {target}"


def parameter_options(sizes: Sequence[int]) -> list[tuple[str, str]]:
    """Return the list of all weights and biases, what is shown and the name: "w⁽¹⁾₂₃  x₂ → h₃"."""
    return [
        (f"{quantity_symbol(sizes, quantity)}   {place_of(sizes, quantity)}", name)
        for name, quantity in named_parameters(sizes).items()
    ]


def n_parameters(sizes: Sequence[int]) -> int:
    """Return how many weights and biases there are: ``n_parameters([2, 3, 1])`` is 13."""
    return sum((n_in + 1) * n_out for n_in, n_out in pairwise(sizes))


def resized(numbers: Sequence[float], old: Sequence[int], new: Sequence[int]) -> list[float]:
    """Return the parameters of a network of other sizes: what both networks have stays as it is.

    What is new gets a number of its own, the same each time. When a hidden layer comes or goes,
    only the first layer is the same in both.
    """
    ends = np.cumsum([n_parameters(layer) for layer in pairwise(old)])
    blocks = np.split(np.asarray(numbers), ends)
    rng = np.random.default_rng(0)
    made = []
    for k, (n_in, n_out) in enumerate(pairwise(new)):
        table = rng.uniform(-1.5, 1.5, (n_in + 1, n_out)).round(1)
        if k == 0 or len(old) == len(new):
            before = blocks[k].reshape(old[k] + 1, old[k + 1])
            rows, columns = min(n_in, old[k]), min(n_out, old[k + 1])
            table[:rows, :columns] = before[:rows, :columns]
            table[-1, :columns] = before[-1, :columns]  # the biases
        made += table.ravel().tolist()
    return made


def network_with(
    sizes: Sequence[int],
    hidden: str | Sequence[str],
    parameters: Sequence[float],
    output: str = "sigmoid",
) -> Network:
    """Return the network with these parameters."""
    network = Network(sizes, hidden=hidden, output=output, initializer="zeros")
    network.parameters = np.asarray(parameters)
    return network


def copy_of(network: Network) -> Network:
    """Return the same network; its numbers may be infinite, after an update that is too long."""
    *hidden, output = (layer.activation for layer in network.layers)
    copy = Network(network.sizes, hidden, output, "zeros", dtype=network.dtype)
    copy.parameters[...] = network.parameters
    return copy


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
        for a, w in zip(not_none(dense.inputs)[0], dense.weights[:, target], strict=True)
    )
    b = float(dense.bias[target])
    sign, size = ("−", -b) if b < 0 else ("+", b)
    bias = quantity_symbol(sizes, Quantity("bias", Bias(layer, target)))
    return f"{symbols}\n+ {bias}", f"{products}\n{sign} {short(size)}"
