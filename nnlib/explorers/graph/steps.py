"""The steps of both passes: forward one node at a time, then backward one node at a time."""

from functools import lru_cache
from typing import NamedTuple

from nnlib.explorers.graph.graph import Graph


class Step(NamedTuple):
    """A step: the pass, the node, and which step of that pass it is, from 1."""

    way: str  # "forward", "seed" or "backward"
    node: int
    nth: int


@lru_cache(maxsize=16)
def steps_of(graph: Graph) -> tuple[Step, ...]:
    """Return all steps: each operation forward, the result's own gradient, each backward."""
    forward = [Step("forward", node, k) for k, node in enumerate(graph.operations, start=1)]
    seed = Step("seed", graph.root, 0)
    back = [Step("backward", n, k) for k, n in enumerate(reversed(graph.operations), start=1)]
    return (*forward, seed, *back)


def named_steps(graph: Graph) -> list[tuple[str, int | None]]:
    """Return what a list of steps shows of each, and its number; None is for all of them."""
    words = {"forward": "forward: {}", "seed": "backward begins", "backward": "backward: {}"}
    listed = [
        (f"{k} {words[way].format(graph.nodes[node].symbol)}", k)
        for k, (way, node, _) in enumerate(steps_of(graph), start=1)
    ]
    return [("0 start", 0), *listed, ("all", None)]


def next_step(graph: Graph, step: int | None, by: int) -> int | None:
    """Return the step before or after one: "all" comes after the last, and before the start."""
    order = [number for _, number in named_steps(graph)]
    return order[(order.index(step) + by) % len(order)]
