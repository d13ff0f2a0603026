"""Where the nodes of a graph stand: in columns, near those that they are linked with."""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from statistics import fmean

from nnlib.explorers.graph.columns import (
    GAP,
    HEIGHT,
    MOST_COLUMNS,
    Edges,
    Item,
    columns_of,
    height_of,
    room_between,
)
from nnlib.explorers.graph.graph import Graph

WIDTH, BOTTOM = 900.0, 110.0  # of the drawing, in CSS pixels
TOP = BOTTOM + HEIGHT
LARGEST_GAP = 30.0  # between two in a column
MARGIN, MOST_WIDE = 6.0, 76.0  # beside the outer columns; of a node
BETWEEN = 41.0  # columns, at least: a local derivative stands there
_SWEEPS = 60


class TooLarge(ValueError):
    """A graph that cannot be drawn legibly; the words say in which way."""


@dataclass(frozen=True)
class Layout:
    """The places of a graph.

    Attributes
    ----------
    places : dict
        (x, y) of the middle of each node and bend, in CSS pixels from bottom left.
    edges : dict
        For each (target, port) the items from the operand to the node that uses it.
    width : float
        Of a node.
    """

    places: dict[Item, tuple[float, float]] = field(default_factory=dict)
    edges: Edges = field(default_factory=dict)
    width: float = MOST_WIDE


@lru_cache(maxsize=16)
def layout_of(graph: Graph) -> Layout:
    """Return where a graph's nodes stand.

    Raises
    ------
    TooLarge
        If there is no room for all of them.
    """
    columns, edges = columns_of(graph)
    if len(columns) > MOST_COLUMNS:
        raise TooLarge(
            f"The graph is {len(columns)} nodes long, and at most {MOST_COLUMNS} can be drawn side "
            "by side. Take a part of it."
        )
    gap = min(room_between(graph, column) for column in columns)
    if gap < GAP:
        raise TooLarge(
            "The graph is too high to be drawn: too many nodes stand one below the other. "
            "Take a part of it."
        )
    y = _relaxed(columns, edges, graph, min(gap, LARGEST_GAP))
    pitch = min((WIDTH - 2 * MARGIN) / len(columns), 2 * MOST_WIDE)
    left = WIDTH / 2 - pitch * (len(columns) - 1) / 2
    places = {i: (left + pitch * x, y[i]) for x, column in enumerate(columns) for i in column}
    return Layout(places, edges, min(MOST_WIDE, pitch - BETWEEN))


def _relaxed(
    columns: list[list[Item]], edges: Edges, graph: Graph, gap: float
) -> dict[Item, float]:
    """Return heights near those of the neighbours, with room for all, about the middle."""
    near = defaultdict(list)
    for items in edges.values():
        for start, end in pairwise(items):
            near[start].append(end)
            near[end].append(start)
    middle = (TOP + BOTTOM) / 2
    y: dict[Item, float] = {item: middle for column in columns for item in column}
    for _ in range(_SWEEPS):
        for column in columns:
            wanted = [fmean(y[n] for n in near[i]) if near[i] else middle for i in column]
            sizes = [height_of(graph, item) for item in column]
            y.update(zip(column, _spread(wanted, sizes, gap), strict=True))
    ends = [y[item] + side * height_of(graph, item) / 2 for item in y for side in (-1, 1)]
    off = middle - (min(ends) + max(ends)) / 2
    return {item: height + off for item, height in y.items()}


def _spread(wanted: list[float], sizes: list[float], gap: float) -> list[float]:
    """Return places from the top down, as near as can be to those wanted, that leave the gaps.

    Neighbours that want to be too near become a block at their mean place (isotonic regression).
    """
    above = [0.0]
    for one, below in pairwise(sizes):
        above.append(above[-1] + (one + below) / 2 + gap)
    blocks: list[list[float]] = []  # of each the places, all as if of the first
    for place, offset in zip(wanted, above, strict=True):
        blocks.append([place + offset])
        while len(blocks) > 1 and fmean(blocks[-2]) < fmean(blocks[-1]):
            blocks[-2:] = [blocks[-2] + blocks[-1]]
    highest, lowest = TOP - sizes[0] / 2, BOTTOM + sizes[-1] / 2 + above[-1]
    firsts = [min(max(fmean(block), lowest), highest) for block in blocks for _ in block]
    return [first - offset for first, offset in zip(firsts, above, strict=True)]
