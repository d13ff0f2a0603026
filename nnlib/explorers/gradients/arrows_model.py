"""What each of five rows asks of a neuron with two weights, and what the batch does."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from nnlib import LOSSES, Network
from nnlib._typing import Array
from nnlib.plots.plane import grid_points
from nnlib.plots.words.numbers import factor, number, significant

# Rows 1 and 5 are much alike and have different targets: no neuron answers all five right.
X = np.array([[2.0, 0.5], [0.5, 2.0], [-1.0, 1.5], [0.5, -2.0], [1.0, 0.5]])
Y = np.array([1.0, 1.0, 0.0, 1.0, 0.0])
REACH = 5.5  # of the map: beyond the ends of the sliders, or a dot there would be cut
GRID = 81
LOWEST = 0.005  # a gradient of the batch so small is that of the lowest point


@dataclass(frozen=True)
class GradientArrowsModel:
    """A sigmoid neuron with two weights and no bias: what each row asks of it."""

    weights: Array  # (2,)
    row: int  # the chosen one, from 0
    learning_rate: float
    loss: str
    contours: str  # "batch" or "row": whose loss the lines show
    trail: tuple[tuple[float, float], ...] = ()  # where the point was before its latest steps

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

    def _shown_at(self, weights: Array) -> float:
        """Return the loss that the map shows, at one place of it."""
        return float(losses_at(weights[None], self.loss, self._rows_shown)[0])

    def after_step(self, gradient: Array) -> Array:
        """Return the weights after one step of gradient descent: where an arrow ends."""
        return self.weights - self.learning_rate * gradient

    @property
    def map(self) -> Array:
        """The loss on the grid of weights, (GRID, GRID): of all rows, or of the chosen one."""
        return _map(self.loss, self._rows_shown)

    @property
    def _rows_shown(self) -> tuple[int, ...]:
        return tuple(range(len(X))) if self.contours == "batch" else (self.row,)

    @property
    def path(self) -> Array:
        """Where the point has been, and is now, (n_steps + 1, 2)."""
        return np.array([*self.trail, self.weights])

    @property
    def title(self) -> str:
        """The loss here; what the latest step did to it, or what to do."""
        of_batch = self.contours == "batch"
        whose = "Loss" if of_batch else f"Row {self.row + 1}:"
        now = _loss(self._shown_at(self.weights))
        if of_batch and np.hypot(*self.batch_gradient) < LOWEST:
            return f"{whose} {now}: the lowest point"
        if self.trail:
            before = _loss(self._shown_at(np.array(self.trail[-1])))
            return f"{whose} {before} → {now} by this step"
        on_map = np.abs(self.weights).max() <= REACH
        return f"{whose} {now}: {'drag the dot downhill' if on_map else 'bring the dot back'}"

    @property
    def table_title(self) -> str:
        """What the chosen row is asked, and answers."""
        return f"Row {self.row + 1}: ŷ is {number(self.a[self.row])}, target {Y[self.row]:g}"

    @property
    def predicted(self) -> tuple[str, str]:
        """What a step would do to the batch's loss: along the chosen row's arrow, the batch's."""
        now = self.loss_at(self.weights)
        words = []
        for whose, gradient in zip((f"row {self.row + 1}", "the batch"), self.pulls, strict=True):
            then = self.loss_at(self.after_step(gradient))
            before, after = _loss(now), _loss(then)
            verdict = "↓ better" if then < now else "↑ worse"
            verdict = "as it is" if after == before else verdict
            change = f"{before} → {after}"
            words.append(f"a step by {whose}:  batch loss {change}  {verdict}")
        return words[0], words[1]

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
            f"A step of {significant(self.learning_rate)} along row {self.row + 1}'s arrow makes "
            f"the batch's loss {number(row, 3)}, along the batch's {number(batch, 3)}. "
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


def _loss(value: float) -> str:
    """Return a loss in three decimals, from 10 on in four digits."""
    decimals = 3 - sum(value >= ten - 0.0005 for ten in (10, 100, 1000))
    return number(value, decimals)


def _pair(values: Array) -> str:
    return f"({number(values[0], 3)}, {number(values[1], 3)})"
