"""`HiddenSpaceExplorer`: the hidden layer moves the points of XOR until one line parts them."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from numpy.typing import NDArray

from nnlib import ACTIVATIONS, datasets
from nnlib._typing import Array
from nnlib.explorers.controls.parameters import Number, Positive
from nnlib.explorers.engine.explorer import Explorer
from nnlib.explorers.engine.pointer import Handle, Point
from nnlib.plots.palette import Palette
from nnlib.plots.plane import draw_plane
from nnlib.plots.words.numbers import number
from nnlib.plots.words.text import TITLE

LIMITS = (-0.6, 1.6, -0.6, 1.6)
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
        """Which rows lie on the side a₁ + a₂ ≥ 1.5 of the output unit's line (AND), (4,)."""
        return self.hidden(self.data[0]).sum(axis=1) >= 1.5

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
        return (
            f"{self.stage}. The hidden layer makes {self.gates[0]} and {self.gates[1]} of the "
            f"inputs: {rows}. "
            f"The line a₁ + a₂ = 1.5 has {self.n_right} of 4 points on the right side."
        )


class HiddenSpaceView:
    """Two panels: the inputs with the two hidden units' lines, and the points on their way."""

    def __init__(self, figure: Figure, palette: Palette) -> None:
        left = figure.add_axes((0.06, 0.135, 0.4, 0.735))
        right = figure.add_axes((0.56, 0.135, 0.4, 0.735))
        left.set_title("The inputs: two lines are needed", **TITLE, color=palette.ink)
        self._title = right.set_title("", **TITLE, color=palette.ink)
        self._inputs = draw_plane(left, LIMITS, palette)
        self._moved = draw_plane(right, LIMITS, palette)
        self._grid = LineCollection([], colors=palette.faint, linewidths=0.9, zorder=1)
        right.add_collection(self._grid, autolim=False)
        (self._output_line,) = right.plot([], [], color=palette.ink, linewidth=2.2, zorder=2)
        self._hidden_lines = [
            left.plot([], [], color=palette.ink, linewidth=2.0, dashes=dashes, zorder=2)[0]
            for dashes in ((), (5, 2))
        ]
        style: dict[str, Any] = {"fontsize": 11, "color": palette.ink, "va": "center"}
        self._names = [left.text(x, 0, "", **style) for x in (-0.52, 0.14)]
        self._right = right
        for ax in (left, right):
            ax.set_xticks([0, 1])
            ax.set_yticks([0, 1])
        planes = [*self._inputs.artists, *self._moved.artists]
        lines = [self._grid, self._output_line, *self._hidden_lines]
        texts = [*self._names, self._title, right.xaxis.label, right.yaxis.label]
        self.artists = [*planes, *lines, *texts]

    def update(self, model: HiddenSpaceModel) -> None:
        """Show ``model``."""
        X, y = model.data
        self._inputs.set_points(X, y, size=11)
        self._moved.set_points(model.place(X), y, size=11)
        self._grid.set_segments(model.grid)
        ends = np.array([-4.0, 5.0])
        units = zip(HIDDEN_WEIGHTS.T, model.biases, model.gates, strict=True)
        for line, name, ((w1, w2), b, gate) in zip(
            self._hidden_lines, self._names, units, strict=True
        ):
            name.set_text(gate)
            line.set_data(ends, -(w1 * ends + b) / w2)
            x = name.get_position()[0]
            name.set_y(-(w1 * x + b) / w2 + 0.1)
            name.set_visible(bool(LIMITS[2] < name.get_position()[1] < LIMITS[3]))
        self._title.set_text(model.stage)
        moved = model.warp == 1
        self._output_line.set_data(ends, 1.5 - ends)
        self._output_line.set_visible(moved)
        self._right.set_xlabel(f"a₁ ({model.gates[0]})" if moved else "")
        self._right.set_ylabel("a₂" if moved else "")

    @property
    def handles(self) -> list[Handle]:
        """The lines of the two hidden units, to drag: that is their bias."""
        left = self._inputs.ax
        lines = zip(("b1", "b2"), self._hidden_lines, strict=True)
        return [Handle(name, left, line.get_xydata()) for name, line in lines]


class HiddenSpaceExplorer(Explorer):
    """XOR by hand with 2-2-1: hidden units OR and NAND, output unit AND, in the space between.

    a⁽¹⁾ = σ(k (x W⁽¹⁾ + b⁽¹⁾)); the output unit answers 1 where a₁ + a₂ ≥ 1.5.

    Parameters
    ----------
    warp : float, 0 to 1
        How far the points have moved from their inputs to their hidden outputs.
    sharpness : float
        k > 0: how close the hidden units come to a step.
    b1, b2 : float
        The biases of OR and NAND. Their lines can be dragged.
    """

    warp = Number(0.0, low=0, high=1, step=0.05, label="moved")
    sharpness = Positive(5.0, low=1, high=100, label="k sharpness")
    b1 = Number(-0.5, low=-3, high=3, step=0.1, label="b₁ of OR")
    b2 = Number(1.5, low=-3, high=3, step=0.1, label="b₂ of NAND")

    opens_with = ("warp", "sharpness", "b1", "b2")
    words_folded = True
    View = HiddenSpaceView

    def model(self) -> HiddenSpaceModel:
        """Return the network at the present biases."""
        return HiddenSpaceModel(np.array([self.b1, self.b2]), self.sharpness, self.warp)

    def pointer_dragged(self, at: Point) -> None:
        """Move a hidden unit's line: where z = x·w + b is 0 after x has moved, b is less by w·x."""
        weights = HIDDEN_WEIGHTS[:, 0 if at.handle == "b1" else 1]
        bias = at.before[at.handle] - float(weights @ at.moved)
        self.set_parameters(**{at.handle: HiddenSpaceExplorer.b1.nearest(bias)})
