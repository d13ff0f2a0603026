"""One graph with numbers: forward to its values, backward to its gradients, node by node."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from nnlib.explorers.graph.graph import Graph, number_of
from nnlib.explorers.graph.operations import KINKS

EPSILON = 1e-5  # of a leaf's size: there both errors of a central difference are small
ALIKE = 1e-3  # relative: so far the three digits that are shown agree


@dataclass(frozen=True)
class Share:
    """What one node adds to the gradient of one of its operands.

    Parameters
    ----------
    source, target : int
        The operand, and the node that uses it.
    slope : float
        The local derivative ∂target/∂source.
    before, after : float
        The operand's gradient before and after.
    count : int
        Which of its shares it is, from 1.
    port : int
        At which of the target's operands it stands.
    """

    source: int
    target: int
    port: int
    slope: float
    gradient: float  # of the target
    before: float
    count: int

    @property
    def amount(self) -> float:
        """The product: what is added."""
        return self.gradient * self.slope

    @property
    def after(self) -> float:
        """The operand's gradient with it."""
        return self.before + self.amount


@dataclass(frozen=True)
class Passes:
    """A graph's values and gradients for given leaves.

    Parameters
    ----------
    graph : Graph
        What is computed.
    leaves : tuple of float
        The leaves' values, in the graph's order.
    """

    graph: Graph
    leaves: tuple[float, ...]

    @cached_property
    def values(self) -> list[float]:
        """The value of each node; NaN where there is none."""
        given = dict(zip(self.graph.leaves, self.leaves, strict=True))
        values: list[float] = []
        for k, node in enumerate(self.graph.nodes):
            if node.operands:
                values.append(number_of(node.operation, (values[o] for o in node.operands)))
            else:
                values.append(given.get(k, node.number))
        return values

    @cached_property
    def first_without_value(self) -> int | None:
        """The first node that has no value, if there is one."""
        return next((k for k, value in enumerate(self.values) if math.isnan(value)), None)

    def slopes(self, place: int) -> tuple[float, ...]:
        """Return a node's local derivatives; NaN where there is none, as of a root at 0."""
        node = self.graph.nodes[place]
        operands = [self.values[o] for o in node.operands]
        if math.isnan(self.values[place]):
            return (math.nan,) * len(operands)
        try:
            slopes = node.operation.slopes(*operands, self.values[place])
        except (ValueError, ArithmeticError):
            return (math.nan,) * len(operands)
        return tuple(slope if math.isfinite(slope) else math.nan for slope in slopes)

    @cached_property
    def shares(self) -> dict[int, list[Share]]:
        """What each node adds to its operands' gradients, in the order of the backward pass."""
        so_far = {self.graph.root: self._seed}
        counts: dict[int, int] = {}
        made: dict[int, list[Share]] = {}
        for target in reversed(self.graph.operations):
            made[target] = []
            operands = zip(self.graph.nodes[target].operands, self.slopes(target), strict=True)
            for port, (source, slope) in enumerate(operands):
                if not self.graph.has_slope(source):
                    continue
                counts[source] = counts.get(source, 0) + 1
                before = so_far.get(source, 0.0)
                share = Share(
                    *(source, target, port, slope, so_far[target], before, counts[source])
                )
                so_far[source] = share.after
                made[target].append(share)
        return made

    @property
    def _seed(self) -> float:
        """∂L/∂L, which is 1 where there is an L."""
        return math.nan if math.isnan(self.values[self.graph.root]) else 1.0

    def gradients_after(self, nodes_done: int) -> dict[int, float]:
        """Return the gradients when so many nodes have handed theirs on, from the result."""
        gradients = {self.graph.root: self._seed}
        for target in list(self.shares)[:nodes_done]:
            gradients.update({share.source: share.after for share in self.shares[target]})
        return gradients

    @cached_property
    def gradients(self) -> dict[int, float]:
        """The gradient of each node but numbers."""
        return self.gradients_after(len(self.shares))

    @cached_property
    def differences(self) -> dict[int, float]:
        """The same of each leaf by trying: (L(x + ε) − L(x − ε)) / 2ε."""
        return {leaf: self._difference(place) for place, leaf in enumerate(self.graph.leaves)}

    def _difference(self, place: int) -> float:
        here = self.leaves[place]
        step = EPSILON * max(1.0, abs(here))
        up, down = (self._moved(place, here + way * step) for way in (1, -1))
        slope = (up - down) / (2 * step)
        return slope if math.isfinite(slope + self._seed) else math.nan

    def _moved(self, place: int, value: float) -> float:
        leaves = (*self.leaves[:place], value, *self.leaves[place + 1 :])
        return replace(self, leaves=leaves).values[self.graph.root]

    @cached_property
    def agree(self) -> Mapping[int, bool]:
        """Whether both ways give a leaf the same gradient, as far as trying can tell."""
        noise = 1e-9 * max(abs(v) for v in self.values) if self.first_without_value is None else 0.0
        return {
            leaf: abs(tried - self.gradients[leaf])
            <= ALIKE * max(abs(tried), abs(self.gradients[leaf])) + noise
            for leaf, tried in self.differences.items()
        }

    @cached_property
    def at_kink(self) -> int | None:
        """A node that stands at a kink, where there is no slope and 0 is taken."""
        nodes = enumerate(self.graph.nodes)
        return next(
            (k for k, n in nodes if n.kind in KINKS and self.values[n.operands[0]] == 0), None
        )

    @cached_property
    def without_slope(self) -> int | None:
        """A node that has a value and no local derivative, such as a root at 0."""
        return next(
            (k for k in self.graph.operations if any(map(math.isnan, self.slopes(k)))), None
        )

    def why_no_value(self, place: int) -> str:
        """Say of the first node without a value why it has none; {} is its first operand."""
        node = self.graph.nodes[place]
        try:
            too_large = math.isinf(node.operation.value(*(self.values[o] for o in node.operands)))
        except (ValueError, ArithmeticError) as problem:
            too_large = isinstance(problem, OverflowError)
        return f"{node.symbol} is too large to be written" if too_large else node.operation.needs
