"""The path of an optimiser down a surface, and where the learning rate becomes too large."""

from collections.abc import Callable
from functools import lru_cache

import numpy as np

from nnlib import SGD, Adam, RMSProp
from nnlib._typing import Array
from nnlib.explorers.descent.surfaces import SURFACES
from nnlib.optimizers import Optimizer

MOST_STEPS = 100
FAR = 1e6  # a parameter beyond it has run away: the path ends there

OPTIMIZERS: dict[str, Callable[[float, float], Optimizer]] = {
    "gradient descent": lambda rate, beta: SGD(rate),
    "momentum": lambda rate, beta: SGD(rate, momentum=beta),
    "Nesterov": lambda rate, beta: SGD(rate, momentum=beta, nesterov=True),
    "RMSProp": lambda rate, beta: RMSProp(rate),
    "Adam": lambda rate, beta: Adam(rate),
}

# The largest stable η times λmax, the limit of η in the sharpest direction. There L = ½ λ p², and
# the places of a run follow pₜ ~ zᵗ, where z solves, with s = 1 − ηλ,
#     gradient descent   z = s
#     momentum           z² − (s + β) z + β = 0
#     Nesterov           z² − (1 + β) s z + β s = 0
# A run swings wider and wider as soon as a solution is below −1. Put z = −1 in: that is the limit.
STABLE: dict[str, Callable[[float], float]] = {
    "gradient descent": lambda beta: 2.0,
    "momentum": lambda beta: 2 * (1 + beta),
    "Nesterov": lambda beta: 2 * (1 + beta) / (1 + 2 * beta),
}


def stability_limit(optimizer: str, beta: float, curvature: float) -> float | None:
    """Return the learning rate above which ``optimizer`` swings wider with each step.

    It is exact where the curvature λmax is the same everywhere, and local elsewhere.

    Parameters
    ----------
    optimizer : str
        A name in ``OPTIMIZERS``.
    beta : float
        The momentum β.
    curvature : float
        λmax, the largest eigenvalue of the loss's second derivatives.

    Returns
    -------
    float or None
        None where there is no such limit: λmax ≤ 0, RMSProp, Adam.
    """
    if optimizer not in STABLE or curvature <= 0:
        return None
    return STABLE[optimizer](beta) / curvature


@lru_cache(maxsize=64)
def descend(
    surface: str, optimizer: str, rate: float, beta: float, start: tuple[float, float]
) -> Array:
    """Return the places of up to ``MOST_STEPS`` full-batch steps, the start first, (steps + 1, 2).

    The path ends early where it runs away.
    """
    rule = OPTIMIZERS[optimizer](rate, beta)
    place = np.array(start)
    places = [place.copy()]
    for _ in range(MOST_STEPS):
        rule.step(place, SURFACES[surface].gradient(place))
        places.append(place.copy())
        if not np.abs(place).max() < FAR:
            break
    path = np.array(places)
    path.flags.writeable = False
    return path
