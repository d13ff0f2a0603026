"""The parts of a network and their symbols, the same in every picture: x₁, w⁽¹⁾₂₃, b⁽¹⁾₃, h₃, ŷ.

Indices in code count from 0, as arrays do; symbols count from 1, as equations do. An index is left
out where there is nothing to tell apart: a layer of one neuron has the bias b⁽²⁾, not b⁽²⁾₁.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


class Weight(NamedTuple):
    """The weight ``network.layers[layer].weights[source, target]``."""

    layer: int
    source: int
    target: int


class Bias(NamedTuple):
    """The bias ``network.layers[layer].bias[target]``."""

    layer: int
    target: int


class Node(NamedTuple):
    """Input ``row`` in column 0, or neuron ``row`` of ``network.layers[column - 1]``."""

    column: int
    row: int


class LossNode(NamedTuple):
    """The loss L, to the right of the output."""


Part = Weight | Bias | Node | LossNode


def superscript(layer: int) -> str:
    """Return the layer's mark: ``superscript(0)`` is ``'⁽¹⁾'``."""
    return "⁽" + str(layer + 1).translate(_SUPERSCRIPTS) + "⁾"


def subscript(*indices: int) -> str:
    """Return indices as a subscript, counted from 1: ``subscript(1, 2)`` is ``'₂₃'``."""
    return "".join(lowered(str(index + 1)) for index in indices)


def lowered(digits: str) -> str:
    """Return digits as they stand below the line: ``lowered("12")`` is ``'₁₂'``."""
    return digits.translate(_SUBSCRIPTS)


def neuron_symbol(letter: str, sizes: Sequence[int], layer: int, index: int) -> str:
    """Return a quantity of one neuron, such as ``'z⁽¹⁾₂'``, ``'δ⁽²⁾'`` or ``'b⁽¹⁾₃'``.

    Examples
    --------
    >>> neuron_symbol("z", [2, 3, 1], 0, 1), neuron_symbol("δ", [2, 3, 1], 1, 0)
    ('z⁽¹⁾₂', 'δ⁽²⁾')
    """
    alone = sizes[layer + 1] == 1
    return letter + superscript(layer) + ("" if alone else subscript(index))


def weight_symbol(sizes: Sequence[int], weight: Weight) -> str:
    """Return a weight's symbol: from its source to its target.

    Examples
    --------
    >>> weight_symbol([2, 3, 1], Weight(0, 1, 2)), weight_symbol([2, 3, 1], Weight(1, 2, 0))
    ('w⁽¹⁾₂₃', 'w⁽²⁾₃')
    """
    layer, source, target = weight
    alone = sizes[layer + 1] == 1
    return "w" + superscript(layer) + (subscript(source) if alone else subscript(source, target))


def node_symbol(sizes: Sequence[int], node: Node) -> str:
    """Return a node's name: x₁ for an input, h₁ for a hidden neuron, ŷ for the output.

    With several hidden layers the name carries the layer: h⁽²⁾₁. It stands for the value a.
    """
    column, row = node
    if column == 0:
        return "x" + subscript(row)
    if column == len(sizes) - 1:
        return "ŷ" if sizes[-1] == 1 else "ŷ" + subscript(row)
    return ("h" if len(sizes) == 3 else "h" + superscript(column - 1)) + subscript(row)


def code_name(symbol: str) -> str:
    """Return a symbol as it can be typed: ``code_name('w⁽¹⁾₂₃')`` is ``'w1_23'``."""
    subscripts = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
    superscripts = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
    name, index = symbol.replace("⁽", "").rsplit("⁾", 1)
    return name.translate(superscripts) + (f"_{index.translate(subscripts)}" if index else "")


def weights_of(sizes: Sequence[int]) -> Iterator[Weight]:
    """Go through all weights, layer by layer, as the flat parameter vector does (row by row)."""
    for layer, (n_in, n_out) in enumerate(pairwise(sizes)):
        yield from (Weight(layer, i, j) for i in range(n_in) for j in range(n_out))


def biases_of(sizes: Sequence[int]) -> Iterator[Bias]:
    """Go through all biases, layer by layer."""
    for layer, n_out in enumerate(sizes[1:]):
        yield from (Bias(layer, j) for j in range(n_out))


def nodes_of(sizes: Sequence[int]) -> Iterator[Node]:
    """Go through all nodes, column by column."""
    for column, n in enumerate(sizes):
        yield from (Node(column, row) for row in range(n))


class Quantity(NamedTuple):
    """One number of a pass: its ``kind`` and the part of the network that it belongs to.

    Kinds: ``weight bias sum value loss``, and the gradients ``weight_gradient bias_gradient delta
    loss_gradient``.
    """

    kind: str
    part: Part


def quantity_symbol(sizes: Sequence[int], quantity: Quantity) -> str:
    """Return a quantity's symbol.

    Examples
    --------
    >>> quantity_symbol([2, 2, 1], Quantity("weight_gradient", Weight(0, 1, 0)))
    '∂L/∂w⁽¹⁾₂₁'
    >>> quantity_symbol([2, 2, 1], Quantity("value", Node(1, 0)))
    'a⁽¹⁾₁'
    """
    kind, part = quantity
    if kind.endswith("_gradient"):
        inner = (
            "ŷ" if kind == "loss_gradient" else quantity_symbol(sizes, Quantity(kind[:-9], part))
        )
        return f"∂L/∂{inner}"
    if isinstance(part, Weight):
        return weight_symbol(sizes, part)
    if isinstance(part, Bias):
        return neuron_symbol("δ" if kind == "delta" else "b", sizes, part.layer, part.target)
    if isinstance(part, Node) and part.column:
        if kind == "value" and part.column == len(sizes) - 1:
            return node_symbol(sizes, part)
        letter = "z" if kind == "sum" else "a"
        return neuron_symbol(letter, sizes, part.column - 1, part.row)
    return "L" if isinstance(part, LossNode) else node_symbol(sizes, part)
