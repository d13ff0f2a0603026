"""What a curve a = f(z) that a learner designed has to be: above 0, rising, smooth, unlimited.

It is looked at from −10¹⁰⁰ to 10¹⁰⁰, or as far as nothing overflows. What rounding alone explains
is no fault: softplus written as log(1 + eᶻ) answers 0 at −40.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from nnlib._typing import Array
from nnlib.exercises.checks.calling import call
from nnlib.exercises.checks.comparing import close, require
from nnlib.exercises.checks.given_numbers import returned
from nnlib.exercises.checks.verdict import Mistake

_NEAR = 6.0  # what is shown of a curve ends here, and here every value has to be finite
_FAR = 1e100
_CORNER = 0.05  # the slope changes by this share, however near the two sides are
_NARROW = 1e-5


class Curve:
    """A learner's function of an array, and its values on a wide grid.

    Parameters
    ----------
    function : Any
        What the learner wrote.

    Raises
    ------
    Mistake
        If it is not a function of each number alone, or not finite where nothing overflows.
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function
        near = np.linspace(-_NEAR, _NEAR, 1201) + np.random.default_rng(9).uniform(0, 0.005)
        answer = call(function, near)
        self._slight = 5e-7 if getattr(answer, "dtype", None) == np.float32 else 1e-12
        values = returned(answer, near.shape)
        self._require_elementwise(near, values)
        left, right = self._far(-1.0), self._far(1.0)
        self.z = np.concatenate([left[0][::-1], near, right[0]])
        self.a = np.concatenate([left[1][::-1], values, right[1]])

    def require_positive(self) -> None:
        """Raise `Mistake` if it is below 0 anywhere."""
        below = self.a < -self._rounding(self.z, self.a)
        if below.any():
            k = self._example(self.a, below)
            raise Mistake(f"At z = {self.z[k]:.2f} it answers {self.a[k]:.3g}: below 0.")

    def require_rising(self) -> None:
        """Raise `Mistake` unless it rises everywhere, as far as can be seen through rounding."""
        rises = np.diff(self.a)
        slight = self._rounding(self.z, self.a)[1:]
        if (rises < -slight).any():
            z = self.z[self._example(rises, rises < -slight)]
            raise Mistake(f"It falls at z = {z:.2f}. It should rise everywhere.")
        flat = rises <= slight
        for k in map(int, np.flatnonzero(flat[:-1] & ~flat[1:]) + 1):  # where it rises again
            edge = self._edge(k)
            farther = edge + 0.01 * max(1.0, abs(edge))
            # rounding flattens only what is close to a limit, and is so a little farther, too
            height = self._values(np.array([farther]))[0] - self.a[k]
            if height > 1e4 * self._rounding(farther, self.a[k]):
                up_to = f"up to z = {round(edge, 2) + 0.0:.2f}"  # + 0.0: no −0
                above = self.a[k] > 0
                require(above, f"It answers 0 {up_to}. It should be above 0 everywhere.")
                raise Mistake(f"It is flat {up_to}: without a slope nothing is learned there.")

    def require_unlimited(self) -> None:
        """Raise `Mistake` if it rises to the right by less and less, up to a limit."""
        last = self.a[-1]
        before = np.interp(self.z[-1] / 10, self.z, self.a)
        require(
            last - before > 1e-4 * last,
            f"Far to the right it comes to a stop near {last:.4g}. It should have no limit.",
        )

    def require_smooth(self) -> None:
        """Raise `Mistake` if the slope jumps: if it changes as much in ever smaller pieces."""
        low, high = self.z[:-2], self.z[2:]
        while len(low):
            middle = (low + high) / 2
            a_low, a_middle, a_high = self._values(np.stack([low, middle, high]))
            left = (a_middle - a_low) / (middle - low)
            right = (a_high - a_middle) / (high - middle)
            slight = 4 * self._rounding(middle, a_high) / (high - low)
            bent = np.abs(right - left) > _CORNER * (np.abs(left) + np.abs(right)) + slight
            narrow = high - low < _NARROW * np.maximum(1, np.abs(middle))
            for k in np.flatnonzero(bent & narrow):
                self._require_no_corner(middle[k], 4 * (high[k] - low[k]))
            low, middle, high = (x[bent & ~narrow] for x in (low, middle, high))
            quarter = (high - low) / 4  # a corner at the middle is inside one of three halves
            pieces = [(low, middle), (low + quarter, high - quarter), (middle, high)]
            low, high = np.unique(np.hstack([np.stack(piece) for piece in pieces]), axis=1)

    def _require_no_corner(self, z: float, width: float) -> None:
        """Raise `Mistake` unless the change of the slope shrinks with the distance."""
        near = self._slopes_beside(z, width)
        far = [self._slopes_beside(z + 16 * k * width, 32 * width) for k in (-1, 0, 1)]
        require(
            abs(near[1] - near[0]) <= max(abs(right - left) for left, right in far) / 2,
            f"At z = {round(z, 2) + 0.0:.2f} the slope jumps from {near[0]:.3g} to {near[1]:.3g}: "
            "a corner or a jump. It should be smooth.",
        )

    def _slopes_beside(self, z: float, width: float) -> tuple[float, float]:
        low, middle, high = self._values(z + width * np.array([-1.0, 0.0, 1.0]))
        return (middle - low) / width, (high - middle) / width

    def _edge(self, k: int) -> float:
        """Return where a flat stretch, on which z[k] is the last of the grid, comes to its end."""
        level, (low, high) = self.a[k], self.z[k : k + 2]
        for _ in range(4):
            z = np.linspace(low, high, 1001)
            risen = self._values(z) > level + self._rounding(z, level)
            first = max(1, int(np.argmax(risen)))
            low, high = z[first - 1 : first + 1]
        return float(high)

    def _require_elementwise(self, z: Array, a: Array) -> None:
        alone = np.concatenate(
            [returned(call(self._function, z[k : k + 1]), (1,)) for k in (7, 900)]
        )
        turned = returned(call(self._function, z[::-1]), z.shape)[::-1]
        require(
            close(alone, a[[7, 900]]) and close(turned, a),
            "The answer to one z should not depend on what other numbers stand in the array.",
        )

    def _far(self, side: float) -> tuple[Array, Array]:
        """Return z and a beyond what is shown, on one side; less far where something overflows."""
        z = side * np.geomspace(_NEAR, _FAR, 4001)[1:]
        while (a := self._unless_it_overflows(z)) is None:
            z = z[: len(z) // 2]
        lost = np.isnan(a)
        require(not lost.any(), f"At z = {z[lost.argmax()]:.4g} it answers no number (NaN).")
        return z, a

    def _unless_it_overflows(self, z: Array) -> Array | None:
        try:
            with np.errstate(over="raise"):
                a = np.asarray(call(self._function, z), dtype=float).reshape(z.shape)
        except Mistake as mistake:
            if isinstance(mistake.__cause__, ArithmeticError) and len(z):
                return None
            raise
        return None if np.isinf(a).any() else a

    def _values(self, z: Array) -> Array:
        return returned(call(self._function, z.ravel()), (z.size,)).reshape(z.shape)

    def _rounding(self, z: Any, a: Any) -> Any:
        """Return how much rounding may change f(z), whatever f adds up on its way."""
        return self._slight * (1 + np.abs(z) + np.abs(a))

    def _example(self, values: Array, bad: Array) -> int:
        """Return where to look: at the worst place that is shown, or else the nearest."""
        z = np.abs(self.z[: len(values)])
        shown = bad & (z <= _NEAR)
        ranks = np.where(shown, values, np.inf) if shown.any() else np.where(bad, z, np.inf)
        return int(np.argmin(ranks))
