"""The numbers of `HiddenSpaceExplorer`: XOR on 2-2-1, and how far its points have moved."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from nnlib import ACTIVATIONS, datasets
from nnlib._typing import Array
from nnlib.plots.words.numbers import number

HIDDEN_WEIGHTS = np.array([[1.0, -1.0], [1.0, -1.0]])  # one column each: OR, NAND
# What a unit answers to (0, 0), (0, 1), (1, 0) and (1, 1), and how that is called. Weights that are
# alike leave these.
GATES: dict[tuple[int, ...], str] = {
    (0, 0, 0, 0): "always 0",
    (0, 0, 0, 1): "AND",
    (0, 1, 1, 1): "OR",
    (1, 0, 0, 0): "NOR",
    (1, 1, 1, 0): "NAND",
    (1, 1, 1, 1): "always 1",
}
GRID_LINES = np.linspace(-0.5, 1.5, 9)
SOFT = (0.1, 0.9)  # between these answers a unit is in its soft step
ONE_DISC = 0.04  # points closer than that, in units of the plane, are seen as one
_ALONG = np.linspace(-0.5, 1.5, 61)


@dataclass(frozen=True)
class HiddenSpaceModel:
    """A 2-2-1 network for XOR, and how far its points have moved towards the hidden space."""

    biases: Array  # (2,), of the hidden units OR and NAND
    sharpness: float
    warp: float  # 0: where the inputs are; 1: where the hidden layer puts them

    @cached_property
    def data(self) -> tuple[Array, Array]:
        """The truth table of XOR: X (4, 2) and y (4, 1)."""
        return datasets.truth_table("xor")

    def hidden(self, X: Array) -> Array:
        """Return a⁽¹⁾ = σ(k (X W⁽¹⁾ + b⁽¹⁾)), (n, 2); k is the sharpness."""
        return ACTIVATIONS["sigmoid"](self.sharpness * (X @ HIDDEN_WEIGHTS + self.biases))

    @property
    def soft(self) -> float:
        """The |z| at which a hidden unit answers 0.1 or 0.9: ln 9 / k."""
        low, high = SOFT
        return float(np.log(high / low)) / self.sharpness

    @cached_property
    def gates(self) -> list[str]:
        """What each hidden unit makes of the four rows: with other biases OR becomes an AND."""
        answers = self.data[0] @ HIDDEN_WEIGHTS + self.biases >= 0
        return [GATES[tuple(map(int, unit))] for unit in answers.T]

    def place(self, X: Array) -> Array:
        """Return where the points X are on their way: (1 − t) X + t a⁽¹⁾."""
        return (1 - self.warp) * X + self.warp * self.hidden(X)

    @cached_property
    def above(self) -> NDArray[np.bool_]:
        """Which rows lie on the side a₁ + a₂ ≥ 1.5 of the output unit's line (AND), (4,).

        On the line counts as above it, as z = 0 does for a hidden unit: to two decimals, as it is
        written.
        """
        return self.hidden(self.data[0]).sum(axis=1).round(2) >= 1.5

    @cached_property
    def shared(self) -> tuple[Array, int]:
        """The place where the most rows are seen as one point, and how many: 1 while all are apart.

        (0, 1) and (1, 0) have the same sum, and so the same hidden outputs; others may join them.
        """
        together = self._together.sum(axis=0)
        most = int(together.argmax())
        return self.place(self.data[0])[most], int(together[most])

    @property
    def covered(self) -> NDArray[np.bool_]:
        """Which rows are of class 1, and seen as one point with a row of class 0, (4,)."""
        one: NDArray[np.bool_] = self.data[1].ravel() == 1
        return one & self._together[~one].any(axis=0)

    @cached_property
    def _together(self) -> NDArray[np.bool_]:
        """Which rows are seen as one point, (4, 4)."""
        places = self.place(self.data[0])
        together: NDArray[np.bool_] = np.hypot(*(places[:, None] - places).T) < ONE_DISC
        return together

    @cached_property
    def n_right(self) -> int:
        """How many rows the network answers right."""
        return int((self.above == (self.data[1].ravel() == 1)).sum())

    @property
    def grid(self) -> list[Array]:
        """The lines of a square grid, moved as the points are."""
        lines = [np.column_stack([np.full_like(_ALONG, at), _ALONG]) for at in GRID_LINES]
        return [self.place(line) for line in [*lines, *(line[:, ::-1] for line in lines)]]

    @property
    def stage(self) -> str:
        """What the right panel shows now."""
        if self.warp == 1:
            return f"The hidden space: {self.n_right} of 4 on their side"
        return (
            "The same points, not moved yet"
            if self.warp == 0
            else f"The same points, on their way: {100 * self.warp:.0f} %"
        )

    def axis_name(self, index: str, gate: str) -> str:
        """Return what the points are measured in now: an input, or a hidden output and its gate."""
        if self.warp == 1:
            return f"a{index}{gate}"
        return f"x{index}" if self.warp == 0 else f"x{index} → a{index}"

    @property
    def equation(self) -> str:
        """The hidden outputs of each row."""
        X, _ = self.data
        rows = (
            f"({x[0]:g}, {x[1]:g}) → ({number(a[0])}, {number(a[1])})"
            for x, a in zip(X, self.hidden(X), strict=True)
        )
        return "(x₁, x₂) → (a₁, a₂):   " + "     ".join(rows)

    @property
    def summary(self) -> str:
        """The picture in words."""
        X, y = self.data
        rows = "; ".join(
            f"({x[0]:g}, {x[1]:g}), target {target:g}, goes to ({number(a[0])}, {number(a[1])})"
            for x, target, a in zip(X, y.ravel(), self.hidden(X), strict=True)
        )
        made = " and ".join(gate.replace("always", "a constant") for gate in self.gates)
        return (
            f"{self.stage}. The hidden layer makes {made} of the inputs: {rows}. "
            f"Where z is −{number(self.soft)} to {number(self.soft)} a hidden unit answers "
            f"{SOFT[0]} to {SOFT[1]}. "
            f"The line a₁ + a₂ = 1.5 has {self.n_right} of 4 points on the right side."
        )
