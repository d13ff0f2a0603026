"""Names beside points on a curve, clear of the curve, of the points and of each other."""

from collections.abc import Sequence

import numpy as np

from nnlib._typing import Array
from nnlib.plots.words.label_placement import Box

_DIRECTIONS = ((1, 1), (-1, -1), (-1, 1), (1, -1), (0, 1), (0, -1), (1, 0), (-1, 0))
_NEAR, _FURTHER = 9.0, 26.0  # pixels between a point and its name
_GAP = 3.0


def place_beside_points(
    points: Sequence[tuple[float, float]],
    sizes: Sequence[tuple[float, float]],
    room: Box,
    lines: Array,
) -> list[Box]:
    """Return a box for the name of each point; the first is placed first.

    Parameters
    ----------
    points : sequence of (x, y)
        In pixels, as everything here.
    sizes : sequence of (width, height)
        How large each name is.
    room : Box
        What no name should leave.
    lines : array (n, 2)
        Places on lines that no name should cover.
    """
    obstacles = np.concatenate([np.reshape(lines, (-1, 2)), np.reshape(points, (-1, 2))])
    boxes: list[Box] = []
    for point, size in zip(points, sizes, strict=True):
        trials = [
            _at(point, size, direction, away)
            for away in (_NEAR, _FURTHER)
            for direction in _DIRECTIONS
        ]
        costs = [
            _cost(trial, obstacles, boxes, room) + _doubt(trial, point, points) + 0.1 * k
            for k, trial in enumerate(trials)
        ]
        boxes.append(trials[int(np.argmin(costs))])
    return boxes


def _at(
    point: tuple[float, float], size: tuple[float, float], direction: tuple[int, int], away: float
) -> Box:
    """Return the box on one side of a point."""
    (x, y), (width, height), (right, up) = point, size, direction
    aside = 0.4 * away if up else away
    return Box(x + right * (width / 2 + aside), y + up * (height / 2 + away), width, height)


def _cost(box: Box, obstacles: Array, taken: Sequence[Box], room: Box) -> float:
    """Return how badly a name stands: outside weighs most, then on another name, then on lines."""
    extent = np.array([box.width, box.height]) / 2 + _GAP
    covered = np.all(np.abs(obstacles - [box.x, box.y]) < extent, axis=1).sum()
    on_names = sum(_overlap(box, other) for other in taken)
    outside = max(abs(box.x - room.x) + box.width / 2 - room.width / 2, 0.0)
    outside += max(abs(box.y - room.y) + box.height / 2 - room.height / 2, 0.0)
    return float(covered + 10.0 * on_names + 100.0 * outside)


def _doubt(box: Box, own: tuple[float, float], points: Sequence[tuple[float, float]]) -> float:
    """Return by how much a name is nearer to another point than to its own, in pixels."""
    to_own, *to_others = (
        np.hypot(
            max(abs(x - box.x) - box.width / 2, 0.0), max(abs(y - box.y) - box.height / 2, 0.0)
        )
        for x, y in (own, *points)
    )
    return float(max(to_own - min(to_others), 0.0))


def _overlap(one: Box, other: Box) -> float:
    """Return by how many pixels two boxes overlap, the smaller way."""
    across = (one.width + other.width) / 2 + _GAP - abs(one.x - other.x)
    up = (one.height + other.height) / 2 - abs(one.y - other.y)
    return max(min(across, up), 0.0)
