"""What a curve a = f(z) that a learner designed has to be: above 0, rising, smooth."""

from collections.abc import Callable
from typing import Any

import numpy as np

from nnlib._typing import Array
from nnlib.exercises.checks.checking import call, require, returned

_SLIGHT = 0.01  # changes of slopes that are smaller than this are no corners


def require_positive(z: Array, a: Array) -> None:
    """Raise `Mistake` unless every a is above 0."""
    lowest = int(np.argmin(a))
    require(a[lowest] >= 0, f"At z = {z[lowest]:.2f} it answers {a[lowest]:.4g}: below 0.")
    require(a[lowest] > 0, f"At z = {z[lowest]:.2f} it answers 0. It should be above 0 everywhere.")


def require_rising(z: Array, a: Array) -> None:
    """Raise `Mistake` unless a rises with z everywhere."""
    rises = np.diff(a)
    lowest = int(np.argmin(rises))
    require(rises[lowest] >= 0, f"It falls at z = {z[lowest]:.2f}. It should rise everywhere.")
    require(
        rises[lowest] > 0,
        f"It is flat at z = {z[lowest]:.2f}: without a slope nothing is learned there.",
    )


def require_smooth(f: Callable[..., Any], z: Array, a: Array) -> None:
    """Raise `Mistake` if the slope jumps; looked for closely where it changes most."""
    slopes = np.diff(a) / np.diff(z)
    change = np.abs(np.diff(slopes)) / (slopes[1:] + slopes[:-1] + _SLIGHT)
    suspect = int(np.argmax(change)) + 1
    places = np.linspace(z[suspect - 1], z[suspect + 1], 20_001)
    values = returned(call(f, places), places.shape)
    slopes = np.diff(values) / np.diff(places)
    # a corner changes the slope from one step to the next, and a little apart just as much
    apart = 20
    change = np.abs(slopes[apart:] - slopes[:-apart])
    change /= slopes[apart:] + slopes[:-apart] + _SLIGHT
    k = int(np.argmax(change))
    corner = round(places[k + apart // 2], 2) + 0.0  # + 0.0: no −0
    require(
        change[k] < 0.05,
        f"At z = {corner:.2f} the slope jumps from {slopes[k]:.3g} to "
        f"{slopes[k + apart]:.3g}: a corner or a jump. It should be smooth.",
    )
