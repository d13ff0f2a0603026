"""The update that a trainer makes next, before it makes it.

p ← p − η g for plain gradient descent, where g is the mean of the gradients of a few rows, and the
gradient of the penalty. Everything is computed on copies: the trainer stays as it is.
"""

from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from nnlib import Network, Trainer
from nnlib._typing import Array
from nnlib.explorers.passes.steps import Pass, run_pass
from nnlib.explorers.shared.network_parts import copy_of, flat_index, not_none
from nnlib.losses import BinaryCrossEntropy, MeanSquaredError
from nnlib.optimizers import Optimizer
from nnlib.plots.words.symbols import Quantity, Weight

MOST_UNITS = 4  # in a layer, inputs included: more could not be read on the drawing
MOST_LAYERS = 3  # the output layer is one of them
WRITTEN_OUT = (MeanSquaredError, BinaryCrossEntropy)  # the losses whose equations are

_QUIET = np.errstate(all="ignore")  # an update of any size is allowed


@dataclass(frozen=True)
class NextUpdate:
    """One update of a network on one mini-batch."""

    before: Network  # after `loss_and_gradient` on the mini-batch
    after: Network
    rows: Array  # (n,) which rows of the data they are, from 0
    X: Array  # (n, n_in)
    y: Array  # (n, 1)
    loss: str
    penalty: Array  # (n_parameters,) the gradient of the penalty
    l1: float
    l2: float
    optimizer: Optimizer  # a copy, with the memory that the update begins with
    memory: dict[str, Array]  # the one that it leaves
    number: int  # of the update, counted from 1
    all_rows: tuple[Array, Array] = field(repr=False)  # X and y of the whole data

    @property
    def sizes(self) -> tuple[int, ...]:
        """The network's sizes."""
        return tuple(self.before.sizes)

    def run(self, row: int) -> Pass:
        """Return the pass of one row of the mini-batch, before the update."""
        return run_pass(copy_of(self.before), self.X[row], float(self.y[row, 0]), self.loss)

    def run_after(self, row: int) -> Pass:
        """Return the same row's pass after it."""
        return run_pass(copy_of(self.after), self.X[row], float(self.y[row, 0]), self.loss)

    def with_new(self, parameters: Iterable[Quantity]) -> Network:
        """Return the network in which these have moved, and no others."""
        network = copy_of(self.before)
        places = [self._index(parameter) for parameter in parameters]
        network.parameters[places] = self.after.parameters[places]
        return network

    def of_rows(self, parameter: Quantity) -> Array:
        """Return ∂L/∂w of each row (n,): the value at the weight's start times δ at its end.

        δ of the mini-batch is that of L, a mean over n rows: a row's own is n times that.
        """
        part: Any = parameter.part
        layer = self.before.layers[part.layer]
        delta = len(self.rows) * not_none(layer.delta)[:, part.target]
        return delta * not_none(layer.inputs)[:, part.source] if isinstance(part, Weight) else delta

    def mean(self, parameter: Quantity) -> float:
        """Return ∂L/∂w of the mini-batch, the mean over its rows."""
        return float(self.before.gradient[self._index(parameter)])

    def penalty_of(self, parameter: Quantity) -> float:
        """Return what the penalty adds: l1 · sign(w) + l2 · w, and nothing to a bias."""
        return float(self.penalty[self._index(parameter)])

    def with_penalty(self, parameter: Quantity) -> float:
        """Return g, the mean and what the penalty adds."""
        return self.mean(parameter) + self.penalty_of(parameter)

    def move(self, parameter: Quantity) -> tuple[float, float]:
        """Return a weight or bias before the update, and after it."""
        k = self._index(parameter)
        return float(self.before.parameters[k]), float(self.after.parameters[k])

    def remembered(self, name: str, parameter: Quantity) -> tuple[float, float]:
        """Return what the optimiser remembers of one parameter, before and after."""
        k = self._index(parameter)
        then = self.optimizer.memory.get(name)
        return 0.0 if then is None else float(then[k]), float(self.memory[name][k])

    @cached_property
    def own_losses(self) -> tuple[Array, Array]:
        """L of each row alone, before and after the update, (n,) each."""
        return _own_losses(self.before, self), _own_losses(self.after, self)

    @cached_property
    @_QUIET
    def changes(self) -> Array:
        """What the update adds to L of each row alone, (n,)."""
        before, after = self.own_losses
        return after - before

    @cached_property
    def losses_of_all(self) -> tuple[float, float]:
        """L of the whole data, before and after."""
        before, after = (_loss(net, *self.all_rows, self.loss) for net in (self.before, self.after))
        return before, after

    def _index(self, parameter: Quantity) -> int:
        return flat_index(self.sizes, parameter)


def next_rows(trainer: Trainer) -> Array:
    """Return the rows of the next mini-batch, counted from 0."""
    batches = deepcopy(trainer.batches)  # which hand each row out once
    return np.arange(len(trainer.X))[batches.next(trainer.batch_size)]


@_QUIET
def next_update(trainer: Trainer) -> NextUpdate:
    """Return the update that ``trainer.step()`` would make now, the very same rows included."""
    rows = next_rows(trainer)
    before, after = copy_of(trainer.network), copy_of(trainer.network)
    X, y = trainer.X[rows], trainer.y[rows]
    before.loss_and_gradient(X, y, trainer.loss)
    penalty = penalty_gradient(before, trainer.l1, trainer.l2)
    # The copy remembers the gradients of the parameters that it moves here.
    working = deepcopy(trainer.optimizer, {id(trainer.network.parameters): after.parameters})
    working.step(after.parameters, before.gradient + penalty)
    return NextUpdate(
        *(before, after, rows, X, y, trainer.loss.name, penalty, trainer.l1, trainer.l2),
        optimizer=deepcopy(trainer.optimizer),
        memory=working.memory,
        number=trainer.steps + 1,
        all_rows=(trainer.X, trainer.y),
    )


def penalty_gradient(network: Network, l1: float, l2: float) -> Array:
    """Return ∂penalty/∂w = l1 · sign(w) + l2 · w, in the order of the parameters; 0 for biases."""
    penalty = Network(network.sizes, initializer="zeros")
    for layer, its in zip(penalty.layers, network.layers, strict=True):
        layer.weights[...] = l1 * np.sign(its.weights) + l2 * its.weights
    return penalty.parameters


def why_not(trainer: Trainer, features: Sequence[str] = ()) -> str:
    """Say why an update of this trainer cannot be looked into; empty if it can.

    ``features`` are the names of the network's inputs, unless they are x₁, x₂, …
    """
    sizes = trainer.network.sizes
    if sizes[-1] != 1:
        return f"It has {sizes[-1]} outputs; one output can be looked into."
    if len(sizes) > MOST_LAYERS + 1 or max(sizes) > MOST_UNITS:
        words = "-".join(map(str, sizes))
        most = f"{MOST_UNITS} inputs, and {MOST_LAYERS - 1} hidden layers of {MOST_UNITS} neurons"
        return f"{words} is too large to be read: at most {most}."
    if tuple(features) not in ((), ("x1",), ("x1", "x2")):
        return "Its inputs are made of x₁ and x₂. Choose x₁ and x₂ themselves as its inputs."
    if type(trainer.loss) not in WRITTEN_OUT:
        return "Its loss is one of your own: squared error and cross-entropy can be looked into."
    if type(trainer.loss) is BinaryCrossEntropy and not np.isin(trainer.y, (0, 1)).all():
        return "With the cross-entropy each target has to be 0 or 1."
    with np.errstate(all="ignore"):
        if not np.isfinite(trainer.network.last_z(trainer.X)).all():
            return "Its numbers have run away: no sum is finite any more."
    if trainer.dropout:
        return "With dropout each row goes through a network of its own. Set dropout to 0."
    return ""


def _own_losses(network: Network, update: NextUpdate) -> Array:
    pairs = zip(update.X, update.y, strict=True)
    return np.array([_loss(network, x[None], y[None], update.loss) for x, y in pairs])


@_QUIET
def _loss(network: Network, X: Array, y: Array, loss: str) -> float:
    return network.loss(X, y, loss)
