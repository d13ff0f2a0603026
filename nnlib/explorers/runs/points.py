"""The learner's own points, and the same as samples to learn from."""

from collections.abc import Iterable

import numpy as np

from nnlib._typing import Array

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
