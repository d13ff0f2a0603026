"""Where a label stands along its edge, so that it touches no node, no other label, no other edge.

Every label slides along its own edge; the cheapest combination is found by coordinate descent:
move one label at a time to its best place until none wants to move. Pure geometry, drawn nowhere.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import product
from math import hypot
from typing import NamedTuple

import numpy as np

from nnlib._typing import Array

_FRACTIONS = np.linspace(0.08, 0.92, 43)  # the places tried along an edge
_STARTS = (0.3, 0.5, 0.7)  # where the first groups begin: a descent may stop in a poor place
_SWEEPS = 12
_GAP = 6.0  # the distance to keep from other boxes, in pixels
_CLEARANCE = 9.0  # the distance to keep from other edges, if there is room
_SAMPLES = np.linspace(0.0, 1.0, 33)[:, None]  # points that stand for an edge


class Box(NamedTuple):
    """A rectangle around its centre (x, y), in pixels."""

    x: float
    y: float
    width: float
    height: float


class Segment(NamedTuple):
    """A straight edge from (x0, y0) to (x1, y1), in pixels."""

    x0: float
    y0: float
    x1: float
    y1: float

    def at(self, fraction: float) -> tuple[float, float]:
        """Return the point at ``fraction`` of the way."""
        x = self.x0 + fraction * (self.x1 - self.x0)
        return x, self.y0 + fraction * (self.y1 - self.y0)

    @property
    def length(self) -> float:
        """The distance from one end to the other."""
        return hypot(self.x1 - self.x0, self.y1 - self.y0)


def place_labels(
    edges: Sequence[Segment],
    groups: Sequence[Sequence[int]],
    size: tuple[float, float],
    obstacles: Sequence[Box],
) -> list[Box]:
    """Return one box for each edge, centred on it.

    Parameters
    ----------
    edges : sequence of Segment
        The edges whose labels are placed.
    groups : sequence of sequences of int
        Edges that share one fraction, so that a symmetric drawing stays symmetric.
    size : (width, height)
        The size of every label, in pixels.
    obstacles : sequence of Box
        What no label may touch: nodes, names, biases.
    """
    corners = np.array(edges, dtype=float)
    blocks = np.array(obstacles, dtype=float).reshape(-1, 4)

    def cost(trials: Array, labels: Iterable[int]) -> Array:
        return np.sum([_cost(trials, k, corners, np.array(size), blocks) for k in labels], axis=0)

    settled = []
    for starts in product(_STARTS, repeat=min(len(groups), 3)):
        fractions = np.full(len(edges), 0.5)
        for group, start in zip(groups, starts, strict=False):
            fractions[list(group)] = start
        settled.append(_descend(fractions, groups, cost))
    best = settled[int(np.argmin(cost(np.array(settled), range(len(edges)))))]
    return [Box(*edge.at(t), *size) for edge, t in zip(edges, best, strict=True)]


def place_beside(
    edge: Segment, size: tuple[float, float], obstacles: Sequence[Box], others: Sequence[Segment]
) -> Box:
    """Return the box of a label that leaves its own edge in sight: above or below it.

    Parameters
    ----------
    edge : Segment
        The edge that the label belongs to; it is not vertical.
    size : (width, height)
        The size of the label, in pixels.
    obstacles : sequence of Box
        What the label may not touch.
    others : sequence of Segment
        Edges that it may cross if there is no other way.
    """
    width, height = size
    rise = abs((edge.y1 - edge.y0) / (edge.x1 - edge.x0))
    away = height / 2 + rise * width / 2 + _GAP
    return _best_place(edge, size, (away, -away), obstacles, others)


def place_near(edge: Segment, size: tuple[float, float], obstacles: Sequence[Box]) -> Box:
    """Return the box of a label on its edge; where that is taken, a little above or below it."""
    return _best_place(edge, size, (0.0, -8.0, 8.0, -16.0, 16.0, -24.0, 24.0), obstacles, [])


def place_at(box: Box, width: float, obstacles: Sequence[Box]) -> Box:
    """Return the box of a second label right below a first one, or above it if there is room."""
    point, away = Segment(box.x, box.y, box.x, box.y), box.height + 1.0
    return _best_place(point, (width, box.height), (-away, away), obstacles, [])


def _best_place(
    edge: Segment,
    size: tuple[float, float],
    offsets: Sequence[float],
    obstacles: Sequence[Box],
    others: Sequence[Segment],
) -> Box:
    """Return the box that is least in the way, at one of these heights above its edge."""
    t, above = (grid.ravel() for grid in np.meshgrid(_FRACTIONS, offsets, indexing="ij"))
    x0, y0, x1, y1 = edge
    own = np.column_stack([x0 + t * (x1 - x0), y0 + t * (y1 - y0) + above])
    blocks = np.array(obstacles, dtype=float).reshape(-1, 4)
    ends = np.array(others, dtype=float).reshape(-1, 2, 2)
    points = (ends[:, :1] + _SAMPLES * (ends[:, 1:] - ends[:, :1])).reshape(-1, 2)
    crossed = np.all(np.abs(points - own[:, None]) < np.array(size) / 2 + 3.0, axis=2).sum(axis=1)
    overlaps = _overlap(blocks[:, :2] - own[:, None], (np.array(size) + blocks[:, 2:]) / 2)
    cost = 10.0 * (overlaps + crossed) + 20.0 * (t - 0.5) ** 2 + 0.5 * np.abs(above)
    x, y = own[int(np.argmin(cost))]
    return Box(float(x), float(y), *size)


def _descend(
    fractions: Array, groups: Sequence[Sequence[int]], cost: Callable[[Array, Sequence[int]], Array]
) -> Array:
    """Return the fractions after moving one group at a time, until none gains by moving."""
    for _ in range(_SWEEPS):
        before = fractions
        for group in groups:
            trials = np.repeat(fractions[None], len(_FRACTIONS), axis=0)
            trials[:, list(group)] = _FRACTIONS[:, None]
            fractions = trials[int(np.argmin(cost(trials, group)))]
        if np.array_equal(before, fractions):
            break
    return fractions


def _cost(trials: Array, k: int, corners: Array, size: Array, blocks: Array) -> Array:
    """Return for each trial how badly label ``k`` stands: overlaps weigh most, then crossings.

    ``trials`` is (n_trials, n_edges), the fractions of all labels; the result is (n_trials,).
    """
    starts, ends = corners[:, :2], corners[:, 2:]
    centres = starts + trials[:, :, None] * (ends - starts)
    own, others = centres[:, k, None], np.delete(centres, k, axis=1)
    points = starts + _SAMPLES[:, None] * (ends - starts)
    foreign = np.delete(points, k, axis=1).reshape(-1, 2)
    crossed = np.all(np.abs(foreign - own) < size / 2, axis=2).sum(axis=1)
    close = np.all(np.abs(foreign - own) < size / 2 + _CLEARANCE, axis=2).sum(axis=1)
    off_centre = (trials[:, k] - 0.5) ** 2
    overlaps = _overlap(others - own, size) + _overlap(
        blocks[:, :2] - own, (size + blocks[:, 2:]) / 2
    )
    return 10.0 * overlaps + 10.0 * crossed + 2.0 * close + 20.0 * off_centre


def _overlap(distance: Array, reach: Array) -> Array:
    """Return the area shared with other boxes, the gap to keep included."""
    shared = np.clip(reach + _GAP - np.abs(distance), 0.0, None)
    return np.sum(shared[..., 0] * shared[..., 1], axis=-1)
