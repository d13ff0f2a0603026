"""`GradientArrowsExplorer`: each row of data pulls its own way; the batch is their mean."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from nnlib import LOSSES, Network
from nnlib._typing import Array
from nnlib.explorers.explorer import Explorer
from nnlib.explorers.parameters import Choice, Number, Positive, Whole
from nnlib.explorers.pointer import Handle, Point
from nnlib.plots.gradient_arrows import draw_gradient_arrows
from nnlib.plots.numbers import factor, number
from nnlib.plots.palette import Palette
from nnlib.plots.plane import grid_points
from nnlib.plots.text import TITLE, add_panel, draw_table, draw_title

# Rows 1 and 5 are much alike and have different targets: no neuron answers all five right.
X = np.array([[2.0, 0.5], [0.5, 2.0], [-1.0, 1.5], [0.5, -2.0], [1.0, 0.5]])
Y = np.array([1.0, 1.0, 0.0, 1.0, 0.0])
ROWS = range(1, len(X) + 1)
REACH = 4.0
GRID = 81


@dataclass(frozen=True)
class GradientArrowsPicture:
    """A sigmoid neuron with two weights and no bias: what each row asks of it."""

    weights: Array  # (2,)
    row: int  # the chosen one, from 0
    learning_rate: float
    loss: str
    contours: str  # "batch" or "row": whose loss the lines show

    @cached_property
    def a(self) -> Array:
        """The neuron's answers ŷ, (5,)."""
        return _neuron(self.weights).predict(X).ravel()

    @cached_property
    def gradients(self) -> Array:
        """∂L/∂w of each row's own loss, (5, 2)."""
        return np.array([self._gradient([i]) for i in range(len(X))])

    @cached_property
    def batch_gradient(self) -> Array:
        """∂L/∂w of the batch's loss, (2,)."""
        return self._gradient(list(range(len(X))))

    def _gradient(self, rows: list[int]) -> Array:
        network = _neuron(self.weights)
        network.loss_and_gradient(X[rows], Y[rows, None], self.loss)
        return network.layers[0].weights_gradient[:, 0].copy()

    def loss_at(self, weights: Array) -> float:
        """Return the batch's loss with other weights, (2,)."""
        return float(losses_at(weights[None], self.loss, tuple(range(len(X))))[0])

    def after_step(self, gradient: Array) -> Array:
        """Return the weights after one step of gradient descent: where an arrow ends."""
        return self.weights - self.learning_rate * gradient

    @property
    def map(self) -> Array:
        """The loss on the grid of weights, (GRID, GRID): of all rows, or of the chosen one."""
        rows = tuple(range(len(X))) if self.contours == "batch" else (self.row,)
        return _map(self.loss, rows)

    @property
    def equation(self) -> str:
        """The chosen row's gradient and the batch's, with their numbers."""
        (x1, x2), y, a = X[self.row], Y[self.row], self.a[self.row]
        error = f"({number(a, 3)} − {y:g})"
        if self.loss == "mean_squared_error":
            symbols, delta = "2·(ŷ − y)·σ′(z)·x", f"2·{error}·{number(a * (1 - a), 3)}"
        else:
            symbols, delta = "(ŷ − y)·x", error
        means = []
        for mark, column in zip("₁₂", self.gradients.T, strict=True):
            terms = " + ".join(factor(gradient, 3) for gradient in column)
            means.append(f"batch:  ∂L/∂w{mark} = ({terms}) / 5 = {number(column.mean(), 3)}")
        mean = "\n".join(means)
        return (
            f"row {self.row + 1}:  ∂L/∂w = {symbols} = {delta}·({number(x1, 1)}, {number(x2, 1)})"
            f" = {_pair(self.gradients[self.row])}\n{mean}"
        )

    @property
    def summary(self) -> str:
        """The picture in words."""
        now = number(self.loss_at(self.weights), 3)
        row, batch = (self.loss_at(self.after_step(g)) for g in self.pulls)
        return (
            f"At w = {_pair(self.weights)} the batch's loss is {now}. The gradient of row "
            f"{self.row + 1} is {_pair(self.pulls[0])}, the batch's {_pair(self.pulls[1])}. "
            f"A step of {self.learning_rate:.3g} along row {self.row + 1}'s arrow makes the "
            f"batch's loss {number(row, 3)}, along the batch's {number(batch, 3)}. "
            f"Loss {self.loss.replace('_', ' ')}, contours of the {self.contours}."
        )

    @property
    def pulls(self) -> tuple[Array, Array]:
        """The gradients of the chosen row and of the batch."""
        return self.gradients[self.row], self.batch_gradient


def losses_at(weights: Array, loss: str, rows: tuple[int, ...]) -> Array:
    """Return the loss of some rows with each of several pairs of weights (n, 2), (n,)."""
    network, chosen = _neuron(np.zeros(2)), list(rows)
    parameters = np.column_stack([weights, np.zeros(len(weights))])
    z = network.stacked_z(parameters, X[chosen])
    return LOSSES[loss].from_z(z, Y[chosen, None], network.layers[0].activation)


@lru_cache(maxsize=32)
def _map(loss: str, rows: tuple[int, ...]) -> Array:
    places = grid_points((-REACH, REACH, -REACH, REACH), GRID)
    return losses_at(places, loss, rows).reshape(GRID, GRID)


def _neuron(weights: Array) -> Network:
    """Return a sigmoid neuron with these weights, its bias left at 0."""
    network = Network([2, 1], output="sigmoid", initializer="zeros")
    network.parameters = [*weights, 0.0]
    return network


def _pair(values: Array) -> str:
    return f"({number(values[0], 3)}, {number(values[1], 3)})"


class GradientArrowsView:
    """Two panels: the arrows over the loss, and each row's numbers."""

    def __init__(self, figure: Figure, palette: Palette) -> None:
        left = figure.add_axes((0.06, 0.135, 0.40, 0.735))
        self._title = left.set_title("", **TITLE, color=palette.ink)
        self._arrows = draw_gradient_arrows(left, REACH, len(X), palette)

        self._right = right = add_panel(figure, 440, 460)
        self._table_title = draw_title(right, 8, palette=palette)
        columns = (34.0, 116.0, 196.0, 256.0, 328.0, 414.0)
        self._tops = tuple(302.0 - 32.0 * i for i in range(len(X) + 1))
        heads = ("row", "x", "target", "ŷ", "∂L/∂w₁", "∂L/∂w₂")
        for x, head in zip(columns, heads, strict=True):
            right.text(x, 334, head, fontsize=11, color=palette.grey, ha="center", va="center")
        self._table = draw_table(right, columns, self._tops, palette)
        style: dict[str, Any] = {"fontsize": 11, "va": "center"}
        legend = (
            (98, "thin, dashed: −η·gradient of each row", palette.gradient),
            (74, "thicker, solid: that of the chosen row", palette.gradient),
            (50, "thickest: that of the batch, the mean of the five", palette.ink),
        )
        for y, text, colour in legend:
            right.text(8, y, text, color=colour, **style)
        self._after = right.text(8, 20, "", color=palette.ink, **style)
        titles = [self._title, self._table_title, self._after]
        self.artists = [*self._arrows.artists, *self._table.artists, *titles]

    def update(self, picture: GradientArrowsPicture) -> None:
        """Show ``picture``."""
        whose = "the batch" if picture.contours == "batch" else f"row {picture.row + 1}"
        self._title.set_text(f"Contours: the loss of {whose}")
        self._arrows.set_contours(np.linspace(-REACH, REACH, GRID), picture.map)
        ways = [-picture.learning_rate * g for g in (picture.gradients, picture.batch_gradient)]
        self._arrows.set_arrows(picture.weights, ways[0], picture.row, ways[1])
        self._table_title.set_text(f"Row {picture.row + 1} and the batch")
        rows = [
            (
                f"{i}",
                f"({x[0]:g}, {x[1]:g})".replace("-", "−"),
                f"{y:g}",
                number(a),
                number(g[0], 3),
                number(g[1], 3),
            )
            for i, x, y, a, g in zip(ROWS, X, Y, picture.a, picture.gradients, strict=True)
        ]
        mean = ("mean", "", "", "", *(number(g, 3) for g in picture.batch_gradient))
        self._table.update([*rows, mean], highlighted=picture.row)
        row, batch = (picture.loss_at(picture.after_step(g)) for g in picture.pulls)
        now = number(picture.loss_at(picture.weights), 3)
        self._after.set_text(
            f"loss {now} → {number(row, 3)} by row {picture.row + 1}, "
            f"{number(batch, 3)} by the batch"
        )

    @property
    def handles(self) -> list[Handle]:
        """The point, to drag; the table's rows, to click on."""
        point = Handle("point", self._arrows.ax, self._arrows.point, cursor="grab", reach=14)
        rows = [
            Handle(
                f"row {i}",
                self._right,
                [(0, top - 15), (460, top + 15)],
                cursor="pointer",
                draggable=False,
                filled=True,
                reach=0.0,
            )
            for i, top in zip(ROWS, self._tops, strict=False)
        ]
        return [point, *rows]


class GradientArrowsExplorer(Explorer):
    """One row against the batch: ŷ = σ(x·w) with two weights, on five rows.

    From the point w an arrow for each row, −η times the gradient of that row's own loss, which
    lies along the row's input x; and the batch's, the mean of the five.

    Parameters
    ----------
    w1, w2 : float
        The weights: the point, which can be dragged.
    row : int, 1 to 5
        The row that is chosen.
    learning_rate : float
        η > 0: an arrow ends where a step of gradient descent leads.
    loss : {"binary_cross_entropy", "mean_squared_error"}
        L.
    contours : {"batch", "row"}
        Whose loss the contour lines show.
    """

    w1 = Number(-2.0, low=-4, high=4, step=0.1, label="w₁ weight")
    w2 = Number(1.0, low=-4, high=4, step=0.1, label="w₂ weight")
    row = Whole(4, low=1, high=len(X), label="row")
    learning_rate = Positive(1.0, low=0.1, high=10.0, label="η learning rate")
    contours = Choice(
        "batch", options=[("the batch", "batch"), ("this row", "row")], label="contours of"
    )
    loss = Choice(
        "binary_cross_entropy",
        options=[
            ("binary cross-entropy", "binary_cross_entropy"),
            ("mean squared error", "mean_squared_error"),
        ],
        label="L loss",
    )

    opens_with = ("w1", "w2", "row", "learning_rate", "contours")
    View = GradientArrowsView

    def add_buttons(self) -> None:
        """Add a step along either arrow."""
        self.add_button("row_step", "Step: this row", lambda: self._step(0), look="step")
        self.add_button("batch_step", "Step: the batch", lambda: self._step(1), look="step")

    def picture(self) -> GradientArrowsPicture:
        """Return the gradients at the present weights."""
        return GradientArrowsPicture(
            weights=np.array([self.w1, self.w2]),
            row=self.row - 1,
            learning_rate=self.learning_rate,
            loss=self.loss,
            contours=self.contours,
        )

    def pointer_pressed(self, at: Point) -> None:
        """Choose the row that is clicked on."""
        if at.handle != "point":
            self.set_parameters(row=int(at.handle.removeprefix("row ")))

    def pointer_dragged(self, at: Point) -> None:
        """Let the point follow the pointer."""
        if at.handle == "point":
            nearest = GradientArrowsExplorer.w1.nearest
            self.set_parameters(
                w1=nearest(at.before["w1"] + at.moved[0]), w2=nearest(at.before["w2"] + at.moved[1])
            )

    def _step(self, which: int) -> None:
        """Move the point to the end of the chosen row's arrow (0) or of the batch's (1)."""
        picture = self.picture()
        w1, w2 = picture.after_step(picture.pulls[which]).tolist()
        self.set_parameters(w1=w1, w2=w2)
