"""A computational graph: leaves and numbers, and operations on what stands before them."""

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from nnlib.explorers.graph.operations import ACTIVATIONS, OPERATIONS, Operation, power
from nnlib.plots.words.numbers import significant
from nnlib.plots.words.symbols import lowered

MOST_LEAVES = 6  # each has a slider
LETTERS = "uvhqsfgkmncdeijloprtwxyABCDEFGHIJKMNOPQRSTUVWXYZ"  # for nodes without a name


@dataclass(frozen=True)
class Node:
    """One node; ``kind`` is "leaf", "number", "power", or a key of `OPERATIONS`.

    ``operands`` are the numbers of the nodes that it takes, one of them twice in x·x. ``number`` is
    that of a number, or the exponent of a power.
    """

    kind: str
    operands: tuple[int, ...] = ()
    name: str = ""
    number: float = 0.0

    @property
    def operation(self) -> Operation:
        """What it does with its operands."""
        return power(self.number) if self.kind == "power" else OPERATIONS[self.kind]

    @property
    def symbol(self) -> str:
        """Its name as a book writes it: w₁ for w1; of a number the number."""
        return significant(self.number, 4) if self.kind == "number" else typeset(self.name)


def typeset(name: str) -> str:
    """Return a name with the digits at its end as a subscript: w1 and w_1 are w₁."""
    return re.sub(r"_?(\d+)$", lambda found: lowered(found[1]), name)


@dataclass(frozen=True)
class Graph:
    """Nodes in an order in which each stands after its operands; the last is the result.

    Each has a name of its own: what was typed, or else z and a around an activation, and u₁, u₂.
    """

    nodes: tuple[Node, ...]
    root: int
    name: str  # of the result, which may be a leaf with a name of its own

    @cached_property
    def leaves(self) -> tuple[int, ...]:
        """The leaves, in the order in which they were written."""
        return tuple(k for k, node in enumerate(self.nodes) if node.kind == "leaf")

    @cached_property
    def operations(self) -> tuple[int, ...]:
        """The nodes that compute something, in an order in which they can."""
        return tuple(k for k, node in enumerate(self.nodes) if node.operands)

    @cached_property
    def uses(self) -> Counter[int]:
        """How often each node is used."""
        return Counter(k for node in self.nodes for k in node.operands)

    @property
    def result(self) -> str:
        """The name of what is differentiated, as a book writes it."""
        return typeset(self.name)

    def symbols_of(self, place: int) -> list[str]:
        """Return the symbols of a node's operands."""
        return [self.nodes[k].symbol for k in self.nodes[place].operands]

    def formula(self, place: int) -> str:
        """Return a node's equation in names: "z = u + b"."""
        node = self.nodes[place]
        return f"{node.symbol} = {node.operation.written(self.symbols_of(place))}"

    def has_slope(self, place: int) -> bool:
        """Say whether a node has a gradient: all but numbers."""
        return self.nodes[place].kind != "number"


def named(nodes: list[Node], root: int, result: str) -> Graph:
    """Return the graph of these nodes, each with a name; unused ones are left out.

    Parameters
    ----------
    result : str
        The name of ``root``, unless it has one.
    """
    nodes, root = _used(nodes, root)
    if not nodes[root].name and nodes[root].operands:
        nodes[root] = replace(nodes[root], name=result)
    taken = {node.name for node in nodes} | {result}
    active = [k for k, node in enumerate(nodes) if node.kind in ACTIVATIONS]
    _name(nodes, (nodes[k].operands[0] for k in active), "z", taken)
    _name(nodes, active, "a", taken)
    rest = next(letter for letter in LETTERS if not _begins(letter, taken))
    _name(nodes, range(len(nodes)), rest, taken)
    return Graph(tuple(nodes), root, nodes[root].name if nodes[root].operands else result)


def _name(nodes: list[Node], places: Iterable[int], letter: str, taken: set[str]) -> None:
    """Give those that have no name this letter, with a number where there are several."""
    if _begins(letter, taken):
        return
    todo = list(dict.fromkeys(k for k in places if nodes[k].operands and not nodes[k].name))
    for count, k in enumerate(todo, start=1):
        nodes[k] = replace(nodes[k], name=letter if len(todo) == 1 else f"{letter}{count}")


def _begins(letter: str, taken: set[str]) -> bool:
    return any(re.fullmatch(rf"{letter}_?\d*", name) for name in taken)


def _used(nodes: list[Node], root: int) -> tuple[list[Node], int]:
    """Leave out what the root does not need, such as a name for a number."""
    needed = {root}
    for k in range(len(nodes) - 1, -1, -1):
        if k in needed:
            needed.update(nodes[k].operands)
    kept = {old: new for new, old in enumerate(sorted(needed))}
    left = [replace(nodes[k], operands=tuple(kept[o] for o in nodes[k].operands)) for k in kept]
    return left, kept[root]


def number_of(operation: Operation, values: Iterable[float]) -> float:
    """Return what an operation makes of these numbers; NaN where it has no value."""
    try:
        value = operation.value(*values)
    except (ValueError, ArithmeticError):
        return math.nan
    return value if math.isfinite(value) else math.nan
