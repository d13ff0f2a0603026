"""What the maps of a surface show besides its walks: losses on a grid, and the lowest places."""

from functools import lru_cache

import numpy as np

from nnlib._typing import Array
from nnlib.explorers.descent.surfaces import LIMITS, SURFACES
from nnlib.plots.plane import grid_points

MAP_GRID = 81
_SAME = 1e-9  # of two losses: so near, both are the lowest
_NEWTON_STEPS = 8  # from a grid's point to the bottom beside it


@lru_cache(maxsize=16)
def losses_on_grid(surface: str, size: int) -> Array:
    """Return the losses of a surface on a grid over the limits, (size, size), lowest row first."""
    losses = SURFACES[surface].loss(*grid_points(LIMITS, size).T).reshape(size, size)
    losses.flags.writeable = False
    return losses


@lru_cache(maxsize=len(SURFACES))
def lowest_places(surface: str) -> Array:
    """Return where within the limits the loss is lowest, (n, 2): two neurons have two such places.

    From each point of the grid that is lower than its eight neighbours, steps p ← p − H⁻¹ ∇L lead
    to the bottom. Several lie along a slanting valley, and lead to the same.
    """
    losses, its = losses_on_grid(surface, MAP_GRID), SURFACES[surface]
    inner = losses[1:-1, 1:-1]
    lower = np.ones_like(inner, dtype=bool)
    for i in range(3):
        for j in range(3):
            if (i, j) != (1, 1):
                n = MAP_GRID - 2
                lower &= inner < losses[i : i + n, j : j + n]
    across, up = (np.linspace(low, high, MAP_GRID) for low, high in (LIMITS[:2], LIMITS[2:]))
    rows, columns = np.nonzero(lower)
    bottoms = np.column_stack([across[columns + 1], up[rows + 1]])
    for place in bottoms:
        for _ in range(_NEWTON_STEPS):
            place -= np.linalg.solve(its.hessian(place), its.gradient(place))
    bottoms = np.unique(np.round(bottoms, 9), axis=0)
    bottom_losses = its.loss(*bottoms.T)
    lowest = bottoms[bottom_losses < bottom_losses.min() + _SAME]
    lowest.flags.writeable = False
    return lowest
