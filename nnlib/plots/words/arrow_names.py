"""Where the names of arrows from one point stand: at their tips, on no arrow and no other name."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from nnlib._typing import Array
from nnlib.plots.words.label_placement import Box

_TURNS = np.radians([0, 30, -30, 60, -60, 90, -90, 120, -120, 150, -150, 180])
_STEPS = np.array([0.0, 6.0, 12.0, 20.0, 30.0, 42.0, 56.0, 72.0, 90.0, 115.0, 140.0])
_GAP = 3.0  # pixels from a tip to its name
_CLEAR = 4.5  # pixels from the middle of an arrow to its head's edge: no name comes closer
_PER_TURN = 8.0  # what it costs to stand 30 degrees aside, in pixels of distance
_DOUBT = 40.0  # what it costs to stand closer to another arrow's tip
_MISLEADS = 20.0  # what it costs for each pixel that another arrow is nearer, or all but as near
_ON_WALK = 200.0  # what it costs to stand on the walk: more than any distance
_APART = 4.0  # pixels between two names, or two figures read as one number
_AT_START = 18.0  # what it costs to stand beside the point in place of the tip


def place_at_tips(
    start: Array,
    tips: Array,
    sizes: Sequence[tuple[float, float]],
    room: tuple[float, float],
    walk: Array | None = None,
) -> list[Box | None]:
    """Return a place for the name of each arrow; the first ones choose first.

    A name stands beyond its arrow's tip, or where the arrow leaves the room; where that is taken,
    farther out or aside. None stands on the walk by which the point has come, if there is room
    elsewhere. One that would stand nearer to another arrow than to its own has no place: None. The
    last one, whose word says which it is, may, and if need be stands beside the point from which
    all arrows lead.

    Parameters
    ----------
    start : array (2,)
        Where all arrows begin, in pixels from the lower left corner of the room.
    tips : array (n, 2)
        Where they end.
    sizes : sequence of (width, height)
        How large each name is, in pixels.
    room : (width, height)
        What no name leaves.
    walk : array (n_steps + 1, 2), optional
        Where the point has been.
    """
    placed: list[Box] = []
    boxes: list[Box | None] = []
    ends = np.array([_within(start, tip, room) for tip in tips])
    for k, size in enumerate(sizes):
        half = np.array(size) / 2
        centres, cost = _beyond(ends[k], ends[k] - start, half)
        nearer = _distances(centres, np.delete(ends, k, axis=0)).min(axis=1, initial=np.inf)
        cost = cost + _DOUBT * (nearer < np.hypot(*(centres - ends[k]).T))
        if k < len(sizes) - 1:
            away = _from_arrows(centres, start, ends)
            astray = away[:, k] - np.delete(away, k, axis=1).min(axis=1, initial=np.inf)
            cost = cost + _MISLEADS * np.clip(astray + 3, 0, 15)
        else:
            beside, more = _beyond(start, ends[k] - start, half, _STEPS[:3])
            centres, cost = np.concatenate([centres, beside]), np.append(cost, more + _AT_START)
            astray = np.zeros(len(centres))
        bad = crossings(centres, half + _CLEAR, start, tips).any(axis=1)
        bad |= np.any((centres < half) | (centres > np.array(room) - half), axis=1)
        if walk is not None and len(walk) > 1:
            cost = cost + _ON_WALK * crossings(centres, half, walk[:-1], walk[1:]).any(axis=1)
        for box in placed:
            reach = half + np.array([box.width, box.height]) / 2 + _APART
            bad |= np.all(np.abs(centres - (box.x, box.y)) < reach, axis=1)
        best = int(np.argmin(cost + 1e4 * bad))
        x, y = centres[best].tolist()
        box = Box(x, y, *size)
        boxes.append(box if astray[best] <= 0 else None)
        placed += [box] if boxes[-1] else []
    return boxes


def crossings(centres: Array, half: Array, start: Array, tips: Array) -> NDArray[np.bool_]:
    """Say which boxes, given by centre and half their size, which arrows cross or begin in.

    The arrows may have one ``start`` (2,), or each its own, (n_arrows, 2).
    """
    within = (np.abs(centres[:, None] - start) <= half).all(axis=2)
    return (_shares_within(centres, half, start, tips) >= 0) | within


def lengths_within(room: tuple[float, float], start: Array, tips: Array) -> Array:
    """Return how much of each arrow from ``start`` lies in the room, (n_arrows,)."""
    half = np.array(room) / 2
    shares = _shares_within(half[None], half, start, tips)[0]
    lengths: Array = np.maximum(shares, 0.0) * np.hypot(*(tips - start).T)
    return lengths


def _shares_within(centres: Array, half: Array, start: Array, tips: Array) -> Array:
    """Return which share of each arrow lies in each box, (n_boxes, n_arrows); below 0: none."""
    ways = np.where(np.abs(tips - start) < 1e-9, 1e-9, tips - start)
    with np.errstate(over="ignore"):  # an arrow that begins far out, and is short
        low = (centres[:, None] - half - start) / ways  # (n_boxes, n_arrows, 2): shares of the way
        high = (centres[:, None] + half - start) / ways
    enters = np.minimum(low, high).max(axis=2)
    leaves = np.maximum(low, high).min(axis=2)
    shares: Array = np.minimum(leaves, 1.0) - np.maximum(enters, 0.0)
    return shares


def _within(start: Array, tip: Array, room: tuple[float, float]) -> Array:
    """Return the tip, or the place where the arrow leaves the room."""
    way = np.where(np.abs(tip - start) < 1e-9, 1e-9, tip - start)
    with np.errstate(over="ignore"):  # an arrow that begins far out, and is short
        share = (np.where(way > 0, np.array(room), 0.0) - start) / way
    return start + np.clip(share.min(), 0.0, 1.0) * way


def _beyond(
    anchor: Array, way: Array, half: Array, distances: Array = _STEPS
) -> tuple[Array, Array]:
    """Return centres around ``anchor`` at growing distances, and what each of them costs."""
    turns, steps = (grid.ravel() for grid in np.meshgrid(_TURNS, distances))
    angles = np.arctan2(way[1], way[0]) + turns
    out = np.column_stack([np.cos(angles), np.sin(angles)])
    centres = anchor + out * (np.abs(out) @ half + _GAP + steps)[:, None]
    return centres, steps + _PER_TURN * np.abs(turns) / np.radians(30)


def _distances(centres: Array, places: Array) -> Array:
    return _lengths(centres[:, None] - places[None])


def _lengths(ways: Array) -> Array:
    lengths: Array = np.hypot(ways[..., 0], ways[..., 1])
    return lengths


def _from_arrows(centres: Array, start: Array, tips: Array) -> Array:
    """Return how far each place is from each arrow, (n_places, n_arrows)."""
    ways, to_places = tips - start, centres - start
    shares = to_places @ ways.T / ((ways**2).sum(axis=1) + 1e-9)
    return _lengths(to_places[:, None] - np.clip(shares, 0.0, 1.0)[..., None] * ways)
