"""The hinges as numbered dots in the plane, and arrowheads where the answer goes on beyond it.

Every dot is whole, and none lies over another. One whose hinge is above or below the plane stands
at its edge, beside an arrowhead.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes

from nnlib._typing import Array
from nnlib.explorers.activations.hinges_model import UNITS, X_END, HingesModel
from nnlib.plots.palette import Palette

WIDTH, HEIGHT = 450.0, 278.0  # of the plane, in CSS pixels
REACH = 3.3  # y in the plane, from −3.3 to 3.3
DOT = 18.0  # the width of a dot
ARROW = 10.0  # the height of an arrowhead
EDGE = 1.0  # from an arrowhead to the edge that it points at
POINTS = 0.72  # in a CSS pixel


class Place(NamedTuple):
    """Where something stands, in CSS pixels from the lower left of the plane."""

    x: float
    y: float


class HingeDots:
    """A dot for each unit, made on the plane's ``ax``."""

    def __init__(self, ax: Axes, palette: Palette) -> None:
        self._dots, self._up, self._down = (
            ax.plot([], [], marker, color=palette.ink, clip_on=False, zorder=z)[0]
            for marker, z in (("o", 6), ("^", 5), ("v", 5))
        )
        self._dots.set(markersize=DOT * POINTS, markeredgecolor=palette.background)
        for arrow in (self._up, self._down):
            arrow.set(markersize=ARROW * POINTS, markeredgewidth=0)
        self._numbers = [
            ax.text(0, 0, f"{unit}", fontsize=11, fontweight="bold", zorder=7) for unit in UNITS
        ]
        for number in self._numbers:
            number.set(ha="center", va="center_baseline", color=palette.background)
        self.artists = [self._up, self._down, self._dots, *self._numbers]
        self.places: dict[int, tuple[float, float]] = {}  # unit → (x, y) of its dot in the plane

    def update(self, model: HingesModel) -> None:
        """Put the dots on the answer's hinges."""
        hinges = pixels(model.places, model.answer(model.places))
        inside = {
            unit: hinge
            for unit, hinge, x in zip(UNITS, hinges, model.places, strict=False)
            if 0 <= x <= X_END
        }
        dots = dict(zip(inside, place_dots(list(inside.values())), strict=True))
        self.places = {unit: _data(dot) for unit, dot in dots.items()}
        for unit, number in zip(UNITS, self._numbers, strict=True):
            number.set_visible(unit in dots)
            number.set_position(self.places.get(unit, (0, 0)))
        self._dots.set_data(*np.reshape(list(self.places.values()), (-1, 2)).T)
        for arrow, up in ((self._up, True), (self._down, False)):
            outside = [hinge for hinge in inside.values() if side_of(hinge) == (1 if up else -1)]
            ways = [*outside, *ways_out(pixels(*model.knots), up)]
            heads = arrowheads(ways, up, list(dots.values()))
            arrow.set_data(*np.reshape([_data(head) for head in heads], (-1, 2)).T)


def pixels(x: Array, y: Array) -> list[Place]:
    """Return where points of the plane are."""
    return [
        Place(a * WIDTH / X_END, (b / REACH + 1) * HEIGHT / 2) for a, b in zip(x, y, strict=True)
    ]


def _data(place: Place) -> tuple[float, float]:
    """Return the point of the plane that is at a place; the reverse of `pixels`."""
    return place.x * X_END / WIDTH, (place.y * 2 / HEIGHT - 1) * REACH


def side_of(place: Place) -> int:
    """Return 1 above the plane, −1 below it, 0 in it."""
    return int(place.y > HEIGHT) - int(place.y < 0)


def place_dots(hinges: Sequence[Place]) -> list[Place]:
    """Return where the dots stand: in the plane, and on another dot where there is one already."""
    dots: list[Place] = []
    for hinge in hinges:
        room = DOT / 2 + (ARROW + 2 * EDGE if side_of(hinge) else 0)
        dot = Place(hinge.x, float(np.clip(hinge.y, room, HEIGHT - room)))
        inwards = DOT if dot.y < HEIGHT / 2 else -DOT
        while any(_touch(dot, other, DOT) for other in dots):
            dot = Place(dot.x, dot.y + inwards)
        dots.append(dot)
    return dots


def ways_out(knots: Sequence[Place], up: bool) -> list[Place]:
    """Return where straight pieces between ``knots`` cross the upper or the lower edge."""
    edge = HEIGHT if up else 0.0
    ways = []
    for a, b in pairwise(knots):
        if (a.y > edge) != (b.y > edge):
            ways.append(Place(a.x + (b.x - a.x) * (edge - a.y) / (b.y - a.y), edge))
    return ways


def arrowheads(ways: Iterable[Place], up: bool, dots: Sequence[Place]) -> list[Place]:
    """Return arrowheads that point at an edge: beside a dot that is in the way, none on another."""
    away = ARROW / 2 + EDGE
    heads: list[Place] = []
    for way in ways:
        head = Place(way.x, HEIGHT - away if up else away)
        beside = (DOT + ARROW) / 2
        for dot in dots:
            if _touch(head, dot, beside):
                head = Place(dot.x + (beside if way.x >= dot.x else -beside), head.y)
        if not any(_touch(head, other, ARROW) for other in heads):
            heads.append(head)
    return heads


def _touch(one: Place, other: Place, width: float) -> bool:
    return max(abs(one.x - other.x), abs(one.y - other.y)) < width - 0.5
