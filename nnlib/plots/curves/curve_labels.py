"""Names beside the curves that they belong to, clear of the other curves and of each other."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nnlib._typing import Array
from nnlib.plots.words.label_placement import Box

_GAP = 5.0  # pixels between a name and its curve
_CLEARLY = 8.0  # pixels by which a name is closer to its own curve than to any other
_PLACES = 24  # along each curve


def place_beside_curves(
    curves: Sequence[Array],
    sizes: Sequence[tuple[float, float]],
    room: tuple[float, float],
    taken: Sequence[Box],
    lines: Array,
) -> list[Box | None]:
    """Return a place for the name of each curve, or None if none of the curve is in sight.

    Parameters
    ----------
    curves : sequence of array (n, 2)
        The curves' points, in pixels from the panel's lower left corner.
    sizes : sequence of (width, height)
        How large each name is, in pixels.
    room : (width, height)
        The size of the panel.
    taken : sequence of Box
        What no name may cover.
    lines : array (n, 2)
        Points on lines that a name had better not cover, such as the axes.
    """
    boxes: list[Box | None] = []
    for k, (own, size) in enumerate(zip(curves, sizes, strict=True)):
        seen = _in_sight(own, room)
        if not len(seen):
            boxes.append(None)
            continue
        others = [_in_sight(curve, room) for i, curve in enumerate(curves) if i != k]
        centres, extent = _candidates(seen, np.array(size)), np.array(size)
        covered = [*taken, *(box for box in boxes if box is not None)]
        cost = _cost(centres, extent, seen, np.concatenate([*others, np.empty((0, 2))]))
        cost += 0.5 * (_distances(centres, extent, lines) < 2.0).sum(axis=1)
        cost += 1000.0 * _hidden(centres, extent, np.array(room), covered)
        x, y = centres[int(np.argmin(cost))]
        boxes.append(Box(float(x), float(y), *size))
    return boxes


def _in_sight(curve: Array, room: tuple[float, float]) -> Array:
    """Return the points of a curve that lie inside the panel."""
    with np.errstate(invalid="ignore"):  # a gap in a curve is NaN
        return curve[np.all((curve >= 0) & (curve <= room), axis=1)]


def _candidates(curve: Array, size: Array) -> Array:
    """Return centres above, below, left and right of points along the curve."""
    points = curve[np.linspace(len(curve) - 1, 0, _PLACES).astype(int)]
    up, aside = np.array([0, size[1] / 2 + _GAP]), np.array([size[0] / 2 + 2 * _GAP, 0])
    further = up + np.array([0, size[0] / 8])  # where the curve slopes, a long name needs room
    steps = (up, -up, -aside, aside, further, -further)
    return np.concatenate([points + step for step in steps])


def _cost(centres: Array, size: Array, own: Array, others: Array) -> Array:
    """Return how badly each candidate stands: on a curve, or closer to another than to its own."""
    to_own, to_others = (_distances(centres, size, points) for points in (own, others))
    crossed = (np.hstack([to_own, to_others]) < 2.0).sum(axis=1)
    nearest_other = to_others.min(axis=1, initial=np.inf)
    doubt = np.clip(to_own.min(axis=1) + _CLEARLY - nearest_other, 0, None)
    near = 0.1 * to_own.min(axis=1)
    return 3.0 * crossed + 5.0 * doubt + near + 0.01 * (centres[:, 0].max() - centres[:, 0])


def _distances(centres: Array, size: Array, points: Array) -> Array:
    """Return the distance from each candidate's box to each point, 0 inside."""
    outside = np.clip(np.abs(points[None] - centres[:, None]) - size / 2, 0, None)
    return np.hypot(outside[..., 0], outside[..., 1])


def _hidden(centres: Array, size: Array, room: Array, taken: Sequence[Box]) -> NDArray[np.bool_]:
    """Say which candidates leave the panel or cover what is taken."""
    reach = size / 2 + _GAP
    bad = np.any((centres < reach) | (centres > room - reach), axis=1)
    for box in taken:
        reach = (size + np.array([box.width, box.height])) / 2 + 2
        bad |= np.all(np.abs(centres - np.array([box.x, box.y])) < reach, axis=1)
    return bad
