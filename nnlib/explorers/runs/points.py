"""The learner's own points, and the same as samples to learn from."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from nnlib._typing import Array
from nnlib.plots.plane import Limits
from nnlib.plots.words.numbers import number

OWN = "own"  # the name of these data
OwnPoint = tuple[float, float, int]  # x₁, x₂ and the class


def samples_of(points: Iterable[OwnPoint]) -> tuple[Array, Array]:
    """Return points as samples: X (n, 2) and y (n, 1)."""
    table = np.array(list(points), dtype=float).reshape(-1, 3)
    return table[:, :2], table[:, 2:]


def points_of(X: Array, y: Array) -> tuple[OwnPoint, ...]:
    """Return samples as points."""
    rows = zip(X.tolist(), np.ravel(y).tolist(), strict=True)
    return tuple((x1, x2, int(its_class)) for (x1, x2), its_class in rows)


@dataclass(frozen=True)
class NextPoint:
    """What a click on the plane would add; and what the form would, while its numbers are there."""

    its_class: int
    place: tuple[float, float] | None  # of the form

    @property
    def words(self) -> str:
        """The sentence that tells of it."""
        if self.place is None:
            return f"A click on the plane adds a point of class {self.its_class}."
        x1, x2 = map(number, self.place)
        return f"The next point is ({x1}, {x2}) of class {self.its_class}."


def room_for(X: Array, least: Limits) -> Limits:
    """Return the limits of the plane: ``least``, and wider only where a point lies outside."""
    low, high = np.floor(2 * X.min(axis=0)) / 2, np.ceil(2 * X.max(axis=0)) / 2
    left, bottom = np.minimum(low, (least[0], least[2])).tolist()
    right, top = np.maximum(high, (least[1], least[3])).tolist()
    return (left, right, bottom, top)
