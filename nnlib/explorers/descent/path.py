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
    "gradient descent": lambda rate, momentum: SGD(rate),
    "momentum": lambda rate, momentum: SGD(rate, momentum=momentum),
    "Nesterov": lambda rate, momentum: SGD(rate, momentum=momentum, nesterov=True),
    "RMSProp": lambda rate, momentum: RMSProp(rate),
    "Adam": lambda rate, momentum: Adam(rate),
}

# The largest stable η times λmax, the limit of η in the sharpest direction. There L = ½ λ p², and
# the places of a run follow pₜ ~ zᵗ, where z solves, with s = 1 − ηλ,
#     gradient descent   z = s
#     momentum           z² − (s + μ) z + μ = 0
#     Nesterov           z² − (1 + μ) s z + μ s = 0
# A run swings wider and wider as soon as a solution is below −1. Put z = −1 in: that is the limit.
STABLE: dict[str, Callable[[float], float]] = {
    "gradient descent": lambda momentum: 2.0,
    "momentum": lambda momentum: 2 * (1 + momentum),
    "Nesterov": lambda momentum: 2 * (1 + momentum) / (1 + 2 * momentum),
}


def stability_limit(optimizer: str, momentum: float, curvature: float) -> float | None:
    """Return the learning rate above which ``optimizer`` swings wider with each step.

    It is exact where the curvature λmax is the same everywhere, and local elsewhere.

    Parameters
    ----------
    optimizer : str
        A name in ``OPTIMIZERS``.
    momentum : float
        The momentum μ.
    curvature : float
        λmax, the largest eigenvalue of the loss's second derivatives.

    Returns
    -------
    float or None
        None where there is no such limit: λmax ≤ 0, RMSProp, Adam.
    """
    if optimizer not in STABLE or curvature <= 0:
        return None
    return STABLE[optimizer](momentum) / curvature


@lru_cache(maxsize=64)
def descend(
    surface: str, optimizer: str, rate: float, momentum: float, start: tuple[float, float]
) -> Array:
    """Return the places of up to ``MOST_STEPS`` full-batch steps, the start first, (steps + 1, 2).

    The path ends early where it runs away.
    """
    rule = OPTIMIZERS[optimizer](rate, momentum)
    place = np.array(start)
    places = [place.copy()]
    for _ in range(MOST_STEPS):
        with np.errstate(over="ignore"):  # a learner may type 1e300
            rule.step(place, SURFACES[surface].gradient(place))
        places.append(place.copy())
        if not np.abs(place).max() < FAR:
            break
    path = np.array(places)
    path.flags.writeable = False
    return path
