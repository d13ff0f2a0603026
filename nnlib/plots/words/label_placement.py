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
_PLACES = np.append(_FRACTIONS, _STARTS)
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


_Cost = Callable[[Array, Iterable[int]], Array]


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
    corners = np.array(edges, dtype=float).reshape(-1, 4)
    cost = _cost_of(corners, np.array(size), obstacles)
    settled = []
    for starts in product(range(-len(_STARTS), 0), repeat=min(len(groups), 3)):
        places = np.full(len(edges), len(_FRACTIONS) // 2)
        for group, start in zip(groups, starts, strict=False):
            places[list(group)] = start
        settled.append(_descend(places, groups, cost))
    best = settled[int(np.argmin(cost(np.array(settled), range(len(edges)))))]
    return [Box(*edge.at(t), *size) for edge, t in zip(edges, _PLACES[best], strict=True)]


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


def _descend(places: Array, groups: Sequence[Sequence[int]], cost: _Cost) -> Array:
    """Return the places after moving one group at a time, until none gains by moving."""
    for _ in range(_SWEEPS):
        before = places
        for group in groups:
            trials = np.repeat(places[None], len(_FRACTIONS), axis=0)
            trials[:, list(group)] = np.arange(len(_FRACTIONS))[:, None]
            places = trials[int(np.argmin(cost(trials, group)))]
        if np.array_equal(_PLACES[before], _PLACES[places]):
            break
    return places


def _cost_of(corners: Array, size: Array, obstacles: Sequence[Box]) -> _Cost:
    """Return what says how badly labels stand: overlaps weigh most, then crossings.

    It takes trials as (n_trials, n_edges), the places of all labels as indices of ``_PLACES``, and
    which labels count; it returns (n_trials,). How a label stands to all but other labels is found
    once for each of its places.
    """
    starts, ends = corners[:, :2], corners[:, 2:]
    centres = starts[:, None] + _PLACES[:, None] * (ends - starts)[:, None]
    points = starts + _SAMPLES[:, None] * (ends - starts)
    blocks = np.array(obstacles, dtype=float).reshape(-1, 4)
    reach = (size + blocks[:, 2:]) / 2
    blocked, crossed, close = np.empty((3, *centres.shape[:2]))
    for k, own in enumerate(centres[:, :, None]):
        away = np.abs(np.delete(points, k, axis=1).reshape(-1, 2) - own)
        blocked[k] = _overlap(blocks[:, :2] - own, reach)
        crossed[k] = np.all(away < size / 2, axis=2).sum(axis=1)
        close[k] = np.all(away < size / 2 + _CLEARANCE, axis=2).sum(axis=1)
    off_centre = (_PLACES - 0.5) ** 2

    def cost_of_one(trials: Array, k: int) -> Array:
        at = trials[:, k]
        stand = centres[np.arange(len(corners)), trials]
        overlaps = _overlap(np.delete(stand, k, axis=1) - stand[:, k, None], size) + blocked[k, at]
        alone = (10.0 * crossed[k, at], 2.0 * close[k, at], 20.0 * off_centre[at])
        return sum(alone, 10.0 * overlaps)

    return lambda trials, labels: np.sum([cost_of_one(trials, k) for k in labels], axis=0)


def _overlap(distance: Array, reach: Array) -> Array:
    """Return the area shared with other boxes, the gap to keep included."""
    shared = np.clip(reach + _GAP - np.abs(distance), 0.0, None)
    return np.sum(shared[..., 0] * shared[..., 1], axis=-1)
