"""`AccuracyMapExplorer`: how many rows of a truth table each neuron gets right, for all weights."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from nnlib import ACTIVATIONS, datasets
from nnlib._typing import Array
from nnlib.explorers.controls.parameters import Choice, Number
from nnlib.explorers.engine.explorer import Explorer
from nnlib.explorers.engine.pointer import Handle, Point, whole_of
from nnlib.explorers.neurons.neuron_explorer import GATES
from nnlib.plots.maps.weight_regions import draw_weight_regions
from nnlib.plots.palette import Palette
from nnlib.plots.plane import draw_plane, grid_points
from nnlib.plots.words.numbers import factor, number
from nnlib.plots.words.text import draw_plot_title

REACH = 5.0
LIMITS = (-0.6, 1.6, -0.6, 1.6)
GRID = 61
_GRID_POINTS = grid_points(LIMITS, GRID)


@dataclass(frozen=True)
class AccuracyMapModel:
    """A truth table and a bias: then each pair of weights is one neuron."""

    gate: str
    weights: Array  # (2,), the neuron that is chosen
    bias: float

    @cached_property
    def data(self) -> tuple[Array, Array]:
        """The truth table: X (4, 2) and y (4, 1)."""
        return datasets.truth_table(self.gate)

    def right(self, weights: Array) -> NDArray[np.bool_]:
        """Return which rows the neurons with these ``weights`` (n, 2) answer right, (n, 4)."""
        X, y = self.data
        return (weights @ X.T + self.bias >= 0) == (y.ravel() >= 0.5)

    @cached_property
    def n_right(self) -> int:
        """How many rows the chosen neuron answers right."""
        return int(self.right(self.weights[None]).sum())

    @cached_property
    def best(self) -> int:
        """The most rows that any two weights answer right with this bias.

        Where the regions meet lies at w = −b or 0; so these, and what is beside them, are all.
        """
        near = np.array([-3.0, -1.0, -0.6, -0.4, 0.4, 0.6, 1.0, 3.0]) * max(abs(self.bias), 0.1)
        w1, w2 = np.meshgrid(near, near)
        return int(self.right(np.column_stack([w1.ravel(), w2.ravel()])).sum(axis=1).max())

    @property
    def edges(self) -> list[Array]:
        """The lines on which a row changes its answer: w₁ + b = 0, w₂ + b = 0, w₁ + w₂ + b = 0."""
        b, far = self.bias, 3 * REACH + abs(self.bias)
        return [
            np.array([[-b, -far], [-b, far]]),
            np.array([[-far, -b], [far, -b]]),
            np.array([[-far, far - b], [far, -far - b]]),
        ]

    @property
    def equation(self) -> str:
        """The four conditions, each with a mark that says whether the chosen neuron fulfils it."""
        (w1, w2), b = self.weights, self.bias
        sums = (
            ("b", b),
            (f"w₂ + b = {number(w2, 1)} + {factor(b, 1)}", w2 + b),
            (f"w₁ + b = {number(w1, 1)} + {factor(b, 1)}", w1 + b),
            (f"w₁ + w₂ + b = {number(w1, 1)} + {factor(w2, 1)} + {factor(b, 1)}", w1 + w2 + b),
        )
        X, y = self.data
        right = self.right(self.weights[None])[0]
        return "\n".join(
            f"({x[0]:g}, {x[1]:g}) → {target:g}:   {words} = {number(z, 1)} "
            f"{'≥' if z >= 0 else '<'} 0   {'✓' if correct else '✗'}"
            for x, target, (words, z), correct in zip(X, y.ravel(), sums, right, strict=True)
        )

    @property
    def summary(self) -> str:
        """The picture in words."""
        w1, w2 = self.weights
        return (
            f"{self.gate.upper()} with the bias {number(self.bias, 1)}: the best weights get "
            f"{self.best} of 4 rows right. The neuron that is chosen, w₁ = {number(w1, 1)} and "
            f"w₂ = {number(w2, 1)}, gets {self.n_right}."
        )


class AccuracyMapView:
    """Two panels: all neurons, a point for each pair of weights; and the one that is chosen."""

    def __init__(self, figure: Figure, palette: Palette) -> None:
        left = figure.add_axes((0.06, 0.135, 0.44, 0.735))
        self._regions = draw_weight_regions(left, REACH, palette)
        self._map_title = draw_plot_title(left, palette=palette)
        right = figure.add_axes((0.62, 0.135, 0.327, 0.735))  # a square, as in `NeuronExplorer`
        self._plane = draw_plane(right, LIMITS, palette)
        right.set_xticks([0, 1])
        right.set_yticks([0, 1])
        self._plane_title = draw_plot_title(right, palette=palette)
        self._palette = palette
        titles = [self._map_title, self._plane_title]
        self.artists = [*self._regions.artists, *self._plane.artists, *titles]

    def update(self, model: AccuracyMapModel) -> None:
        """Show ``model``."""
        w1, w2 = model.weights
        self._map_title.set_text(f"Drag the ◆: at best {model.best} of 4 right")
        self._regions.update(model.right(self._regions.weights), model.edges)
        self._regions.choose(w1, w2)
        self._plane_title.set_text(
            f"{model.gate.upper()}: {model.n_right} of 4 right{' ✓' if model.n_right == 4 else ''}"
        )
        self._plane_title.set_color(
            self._palette.positive_text if model.n_right == 4 else self._palette.ink
        )
        z = _GRID_POINTS @ model.weights + model.bias
        self._plane.set_points(*model.data, size=11)
        self._plane.set_answers(ACTIVATIONS["sigmoid"](z), margin=z)

    @property
    def handles(self) -> list[Handle]:
        """The diamond, to drag; and all of the map, to click on."""
        ax = self._regions.ax
        diamond = Handle("neuron", ax, self._regions.chosen, cursor="grab", reach=14)
        return [diamond, whole_of("map", ax, "pointer")]


class AccuracyMapExplorer(Explorer):
    """All neurons with one bias at once, a point for each pair of weights: how many rows are right.

    The answer to a row is 1 where z = x₁w₁ + x₂w₂ + b ≥ 0. Each row so cuts the plane of the
    weights in two; the number in a region is how many rows are right there.

    Parameters
    ----------
    data : {"or", "and", "nand", "nor", "xor", "xnor", "first", "second"}
        The truth table to answer.
    bias : float
        b, the same for all neurons of the map.
    w1, w2 : float
        The neuron that is chosen: the diamond, which can be dragged, or a click on the map.
    """

    data = Choice("or", options=[(gate.upper(), gate) for gate in GATES], label="data")
    bias = Number(-1.5, low=-4, high=4, step=0.5, label="b bias")
    w1 = Number(1.0, low=-5, high=5, step=0.5, label="w₁ weight")
    w2 = Number(1.0, low=-5, high=5, step=0.5, label="w₂ weight")

    opens_with = ("data", "bias")
    words_folded = True
    View = AccuracyMapView

    def model(self) -> AccuracyMapModel:
        """Return the map for the present bias, and the neuron with the present weights."""
        return AccuracyMapModel(self.data, np.array([self.w1, self.w2]), self.bias)

    def pointer_pressed(self, at: Point) -> None:
        """Choose the neuron that is clicked on."""
        if at.handle == "map":
            self._choose(at.x, at.y)

    def pointer_dragged(self, at: Point) -> None:
        """Let the diamond follow the pointer."""
        self._choose(at.before["w1"] + at.moved[0], at.before["w2"] + at.moved[1])

    def _choose(self, w1: float, w2: float) -> None:
        nearest = AccuracyMapExplorer.w1.nearest
        self.set_parameters(w1=nearest(w1), w2=nearest(w2))
