"""Soft, tapering branches: the shapes of which a biological neuron is drawn."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from nnlib._typing import Array

Point = tuple[float, float]


def curve(points: Sequence[Point], n: int = 24) -> Array:
    """Return ``n`` points of the Bézier curve with these control points, shape (n, 2).

    B(t) = Σₖ C(m, k) tᵏ (1 − t)ᵐ⁻ᵏ Pₖ by de Casteljau's repeated interpolation.
    """
    t = np.linspace(0.0, 1.0, n)[:, None]
    levels = [np.broadcast_to(np.asarray(point, dtype=float), (n, 2)) for point in points]
    while len(levels) > 1:
        levels = [(1 - t) * a + t * b for a, b in pairwise(levels)]
    return levels[0]


def branch(points: Sequence[Point], start_width: float, end_width: float, n: int = 24) -> Array:
    """Return the outline of a curve whose width runs from one value to the other, (2n, 2)."""
    middle = curve(points, n)
    along = np.gradient(middle, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    across = np.column_stack([-along[:, 1], along[:, 0]])
    half = np.linspace(start_width, end_width, n)[:, None] / 2
    return np.vstack([middle + half * across, (middle - half * across)[::-1]])


def blob(centre: Point, radius: float, bumps: Sequence[float], n: int = 72) -> Array:
    """Return a round shape whose radius varies by ``bumps``: cosine waves of 2, 3, 4 … periods."""
    angle = np.linspace(0.0, 2 * np.pi, n, endpoint=False)
    waves = sum(size * np.cos((k + 2) * angle) for k, size in enumerate(bumps))
    reach = radius * (1.0 + waves)
    return np.column_stack([centre[0] + reach * np.cos(angle), centre[1] + reach * np.sin(angle)])
