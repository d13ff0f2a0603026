"""Where an activation is saturated: so far out that its curve is flat."""

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlib import Activation

FLAT = 0.01  # a curve with less slope than this, and no more of it further out, is flat


@lru_cache
def flat_ends(f: Activation) -> tuple[float, float]:
    """Return the z up to which f is flat on the left, and from which it is flat on the right.

    Flat means a slope smaller than `FLAT`, there and everywhere further out. A lowest point such
    as GELU's is no flat end. ∓∞ stand for an end that is not flat.
    """
    z = np.arange(-12_000, 12_001) / 1000
    steep = np.flatnonzero(np.abs(f.derivative(z)) >= FLAT)
    if not len(steep):
        return np.inf, np.inf
    left = -np.inf if steep[0] == 0 else float(z[steep[0] - 1])
    right = np.inf if steep[-1] == len(z) - 1 else float(z[steep[-1] + 1])
    return left, right


def is_saturated(f: Activation, z: Any) -> NDArray[np.bool_]:
    """Say for each z whether it lies on a flat end of f."""
    left, right = flat_ends(f)
    return (np.asarray(z) <= left) | (np.asarray(z) >= right)
