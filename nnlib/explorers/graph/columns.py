"""In which column each node of a graph stands, and where an edge passes a column.

After K. Sugiyama, S. Tagawa and M. Toda, "Methods for Visual Understanding of Hierarchical System
Structures" (1981): an edge that passes columns has a place in each, so that it runs behind no node.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from nnlib.explorers.graph.graph import Graph

HEIGHT = 244.0  # of the drawing, in CSS pixels
NODE, NUMBER, BEND = 56.0, 20.0, 8.0  # heights: with the gradient below; a number; an edge
GAP = 6.0  # between two in a column, at least
MOST_COLUMNS = 9


class Bend(NamedTuple):
    """Where an edge passes a column: the operand's node, its user and place there, the column."""

    source: int
    target: int
    port: int
    column: int


Item = int | Bend  # a node's number, or where an edge passes
Edges = dict[tuple[int, int], list[Item]]  # by target and port: the items from end to end


def columns_of(graph: Graph) -> tuple[list[list[Item]], Edges]:
    """Return the columns from the left, each from the top, and the edges; few edges cross.

    Each node stands right before its first user. Where that makes a column too high, a leaf or a
    number stands farther to the left.
    """
    depths = _depths(graph)
    columns, edges = _placed(graph, depths)
    while over := _overflow(graph, columns):
        full = {k for column in columns if _overflow(graph, [column]) for k in column}
        moves = [
            {**depths, k: deeper}
            for k in full
            if isinstance(k, int) and not graph.nodes[k].operands
            for deeper in range(depths[k] + 1, MOST_COLUMNS)
        ]
        best = min(moves, key=lambda d: _overflow(graph, _placed(graph, d)[0]), default=depths)
        placed = _placed(graph, best)
        if _overflow(graph, placed[0]) >= over:
            break  # it cannot be helped
        depths, (columns, edges) = best, placed
    _uncross(columns, edges)
    return columns, edges


def height_of(graph: Graph, item: Item) -> float:
    """Return how much of its column an item takes."""
    if isinstance(item, Bend):
        return BEND
    return NODE if graph.has_slope(item) else NUMBER


def room_between(graph: Graph, column: Sequence[Item]) -> float:
    """Return how large the gaps in a column can be; all of the height where there are none."""
    left = HEIGHT - sum(height_of(graph, item) for item in column)
    return left / max(len(column) - 1, 1)


def _overflow(graph: Graph, columns: Sequence[Sequence[Item]]) -> float:
    """Return how many pixels there are too many, in all columns."""
    missing = (
        (GAP - room_between(graph, column)) * max(len(column) - 1, 1)
        for column in columns
        if column
    )
    return sum(max(0.0, pixels) for pixels in missing)


def _depths(graph: Graph) -> dict[int, int]:
    """Return how many columns each node is from the result."""
    depths = {graph.root: 0}
    for k in reversed(graph.operations):
        for operand in graph.nodes[k].operands:
            depths[operand] = max(depths.get(operand, 0), depths[k] + 1)
    return depths


def _placed(graph: Graph, depths: dict[int, int]) -> tuple[list[list[Item]], Edges]:
    """Return columns and edges for these depths, each operand above the next."""
    last = max(depths.values())
    columns: list[list[Item]] = [[] for _ in range(last + 1)]
    edges: Edges = {}
    seen: set[int] = set()

    def place(k: int) -> None:
        """Place a node, then what leads to it."""
        seen.add(k)
        columns[last - depths[k]].append(k)
        for port, operand in enumerate(graph.nodes[k].operands):
            passed = range(last - depths[k] - 1, last - depths[operand], -1)
            bends = [Bend(operand, k, port, column) for column in passed]
            for bend in bends:
                columns[bend.column].append(bend)
            edges[k, port] = [operand, *reversed(bends), k]
            if operand not in seen:
                place(operand)

    place(graph.root)
    return columns, edges


def _uncross(columns: list[list[Item]], edges: Edges) -> None:
    """Swap neighbours in a column as long as fewer edges cross."""
    lines = [pair for items in edges.values() for pair in pairwise(items)]
    best, better = _crossings(columns, lines), True
    while better:
        better = False
        for column in columns:
            for k in range(len(column) - 1):
                column[k], column[k + 1] = column[k + 1], column[k]
                now = _crossings(columns, lines)
                if now < best:
                    best, better = now, True
                else:
                    column[k], column[k + 1] = column[k + 1], column[k]


def _crossings(columns: list[list[Item]], lines: list[tuple[Item, Item]]) -> int:
    """Count the pairs of lines between the same columns that cross."""
    order = {item: (x, y) for x, column in enumerate(columns) for y, item in enumerate(column)}
    between = defaultdict(list)
    for start, end in lines:
        between[order[start][0]].append((order[start][1], order[end][1]))
    return sum(
        (a[0] - b[0]) * (a[1] - b[1]) < 0
        for pairs in between.values()
        for a, b in combinations(pairs, 2)
    )
