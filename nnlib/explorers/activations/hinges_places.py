"""Where dots, arrowheads and the value of a cut stand in the plane of `HingesExplorer`.

The plane never moves. Every dot in it is whole, and none lies over another. One whose hinge is
outside stands at the edge, beside an arrowhead. Pure geometry, drawn nowhere.
"""

from collections.abc import Iterable, Sequence
from itertools import chain, pairwise
from math import inf
from typing import NamedTuple

import numpy as np

from nnlib._typing import Array
from nnlib.explorers.activations.hinges_model import X_END

WIDTH, HEIGHT = 450.0, 290.0  # of the plane, in CSS pixels
REACH = 3.3  # y in the plane, from −3.3 to 3.3
DOT = 21.0  # the width of a dot
ARROW = 10.0  # the height of an arrowhead
EDGE = 1.0  # from an arrowhead to the edge that it points at
LINE = 20.0  # the height of a line of words
_FAR = 70.0  # how much further from its cut a value stands to leave a line in sight
_GAP = 3.0  # from the value of a cut to what is beside it
_INWARDS = DOT / 2 + ARROW + 2 * EDGE  # from an edge to a dot with an arrowhead before it


class Place(NamedTuple):
    """Where something stands, in CSS pixels from the lower left of the plane."""

    x: float
    y: float


class Cut(NamedTuple):
    """Where the answer leaves the plane upwards or downwards, and how far it goes from there."""

    x: float  # in the plane
    value: float


def pixels(x: Array, y: Array) -> list[Place]:
    """Return where points of the plane are."""
    return [
        Place(a * WIDTH / X_END, (b / REACH + 1) * HEIGHT / 2) for a, b in zip(x, y, strict=True)
    ]


def point_at(place: Place) -> tuple[float, float]:
    """Return the point of the plane that is at a place; the reverse of `pixels`."""
    return place.x * X_END / WIDTH, (place.y * 2 / HEIGHT - 1) * REACH


def side_of(value: float, low: float, high: float) -> int:
    """Return 1 for what is above ``high``, −1 below ``low``, 0 between them."""
    return int(value > high) - int(value < low)


def place_dots(hinges: Sequence[Place]) -> list[Place]:
    """Return where the dots stand: in the plane, and on another dot where there is one already."""
    dots: list[Place] = []
    for hinge in hinges:
        across = _INWARDS if side_of(hinge.x, 0, WIDTH) else 0.0
        up = _INWARDS if side_of(hinge.y, 0, HEIGHT) else DOT / 2
        dot = Place(
            float(np.clip(hinge.x, across, WIDTH - across)),
            float(np.clip(hinge.y, up, HEIGHT - up)),
        )
        inwards = DOT if dot.y < HEIGHT / 2 else -DOT
        while any(_touch(dot, other, DOT) for other in dots):
            dot = Place(dot.x, dot.y + inwards)
        dots.append(dot)
    return dots


def crossings(x: Array, y: Array, edge: float) -> list[float]:
    """Return at which x the straight pieces between points cross the height ``edge``."""
    return [
        x0 + (x1 - x0) * (edge - y0) / (y1 - y0)
        for (x0, y0), (x1, y1) in pairwise(zip(x.tolist(), y.tolist(), strict=True))
        if (y0 > edge) != (y1 > edge)
    ]


def arrowheads(ways: Iterable[float], up: bool, dots: Sequence[Place]) -> list[Place]:
    """Return arrowheads that point at an edge: beside a dot that is in the way, none on another.

    Parameters
    ----------
    ways : iterable of float
        From the left, in CSS pixels, where something is beyond the edge, or crosses it.
    up : bool
        Whether it is the upper edge.
    dots : sequence of Place
        Where the dots stand.
    """
    away = ARROW / 2 + EDGE
    heads: list[Place] = []
    for way in ways:
        head = Place(way, HEIGHT - away if up else away)
        beside = (DOT + ARROW) / 2
        for dot in dots:
            if _touch(head, dot, beside):
                head = Place(dot.x + (beside if way >= dot.x else -beside), head.y)
        if not any(_touch(head, other, ARROW) for other in heads):
            heads.append(head)
    return heads


def cut_of(x: Array, y: Array, up: bool) -> Cut | None:
    """Return where the way to the highest or lowest point begins that is outside, if one is."""
    heights = y if up else -y
    beyond = heights > REACH
    top = int(np.argmax(heights))
    if not beyond[top]:
        return None
    inside = np.flatnonzero(~beyond)
    before, after = inside[inside < top][-1:], inside[inside > top][:1]
    nearest = before if before.size else after - 1
    if not nearest.size:
        return Cut(float(x[0]), float(y[top]))
    k = int(nearest[0])
    (at,) = crossings(x[k : k + 2], heights[k : k + 2], REACH)
    return Cut(at, float(y[top]))


def width_of(value: str) -> float:
    """Return how wide a number with a sign and an arrow is, at most."""
    return sum(5.7 if letter in ". " else 14.7 if letter in "−↑↓" else 11.2 for letter in value)


def place_value(
    at: float,
    width: float,
    taken: Sequence[tuple[float, float]],
    lines: Sequence[tuple[float, float]],
) -> float:
    """Return the middle of a value that stands as near to its cut as there is room.

    Parameters
    ----------
    at : float
        Where the cut is; as all that follows in CSS pixels from the left of the plane.
    width : float
        Of the value.
    taken : sequence of pairs
        From where to where it must not stand.
    lines : sequence of pairs
        The same, if there is room elsewhere, and not too far away.
    """
    beside, over = (_nearest_room(at, width, [*taken, *more]) for more in (lines, ()))
    return beside if abs(beside - at) < abs(over - at) + _FAR else over


def _nearest_room(at: float, width: float, taken: Sequence[tuple[float, float]]) -> float:
    half = width / 2
    blocked = [(low - half - _GAP, high + half + _GAP) for low, high in taken]
    free = [
        place
        for place in (at, half, WIDTH - half, *chain.from_iterable(blocked))
        if half <= place <= WIDTH - half and not any(a < place < b for a, b in blocked)
    ]
    return min(free, key=lambda place: abs(place - at), default=inf)


def _touch(one: Place, other: Place, width: float) -> bool:
    return max(abs(one.x - other.x), abs(one.y - other.y)) < width - 0.5
