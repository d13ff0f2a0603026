"""Training: mini-batches, steps, epochs, and what to do when it diverges."""

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from nnlib import storage
from nnlib._typing import Array
from nnlib.losses import Loss
from nnlib.network import Network
from nnlib.optimizers import Optimizer
from nnlib.training import checkpoint
from nnlib.training.batches import MiniBatches
from nnlib.training.divergence import TrainingDiverged, largest_useful, runaway_layer
from nnlib.training.history import History
from nnlib.training.metrics import Measures
from nnlib.training.tape import Tape
from nnlib.validation import Checked, fraction, number_from_zero, whole_number

MOST_TAPES = 4  # sizes of mini-batches whose steps are kept: the usual one and the rest of an epoch

Progress = Callable[[Iterable[int]], Iterable[int]]


def _batch_size(name: str, value: Any) -> int | None:
    return None if value is None else whole_number(name, value)


class Trainer:
    """Trains a network, step by step or epoch by epoch.

    An epoch is one pass over all samples, in mini-batches; their order is shuffled once an epoch.
    What each step lowers is the loss of its mini-batch, with the units that are not dropped, plus
    the penalty l1 · Σ|w| + ½ · l2 · Σw², over the weights only.

    Parameters
    ----------
    network : Network
        Trained in place.
    X : array (n_samples, n_in)
    y : array (n_samples, n_out)
        The training data; copied.
    loss : str or Loss
        A name in ``LOSSES``, or an instance that fits the output activation.
    optimizer : Optimizer
        An instance such as ``SGD(0.1)``; its memory is cleared.
    batch_size : int or None
        Samples in a mini-batch; None: all rows, in their order. The last one of an epoch may be
        smaller.
    l1, l2 : float
        Weight of the penalty, at least 0.
    test_data : tuple (X, y) or None
        Data that is only measured.
    seed : int
        Seed of the shuffle, and of what is dropped.
    dropout : float
        The probability with which each update leaves a hidden unit out, drawn anew for each row;
        what is left counts 1 / (1 − dropout) times. 0 ≤ dropout < 1. In all that is measured, and
        in ``network.predict``, every unit takes part. Srivastava et al., *Dropout: A Simple Way to
        Prevent Neural Networks from Overfitting* (2014), who scale when they predict instead.

    Attributes
    ----------
    network, X, y, loss, optimizer
        As given. ``optimizer.learning_rate`` may change between steps.
    batch_size, l1, l2, dropout
        As given; may change between steps.
    batches : MiniBatches
        Where the epoch stands.
    epoch, steps : int
        Complete epochs and updates so far.
    history : History
        One entry an epoch; entry 0 is the start.

    Raises
    ------
    ValueError, TypeError
        For arguments that do not fit together, told in the message.

    Examples
    --------
    >>> from nnlib import SGD, Network, datasets
    >>> X, y = datasets.truth_table("or")
    >>> trainer = Trainer(Network([2, 1]), X, y, "binary_cross_entropy", SGD(1.0))
    >>> history = trainer.run(100)
    >>> history.train_accuracy[-1].item()
    1.0
    """

    batch_size = Checked(_batch_size)
    l1 = Checked(number_from_zero)
    l2 = Checked(number_from_zero)
    dropout = Checked(fraction)

    def __init__(
        self,
        network: Network,
        X: Any,
        y: Any,
        loss: str | Loss,
        optimizer: Optimizer,
        batch_size: int | None = None,
        l1: float = 0,
        l2: float = 0,
        test_data: tuple[Any, Any] | None = None,
        seed: int = 0,
        dropout: float = 0,
    ) -> None:
        _check_instances(network, optimizer)
        self.batch_size = batch_size
        self.l1 = l1
        self.l2 = l2
        self.dropout = dropout
        self.seed = whole_number("seed", seed, least=0)
        X, self.y, self.loss = network.check(X, np.copy(y), loss)
        self._inputs = np.column_stack([X, np.ones(len(X), X.dtype)])  # with the bias's input
        self.X = self._inputs[:, :-1]
        self.test_data = _test_data(network, test_data, self.loss)
        self.network = network
        self.optimizer = optimizer
        self.measures = Measures(network, self.loss, (self.X, self.y), self.test_data)
        self._limit = largest_useful(self.X, self.y, network.parameters)
        self._start_from(network.parameters.copy())

    @np.errstate(all="ignore")  # diverging is legal: check() tells it in words
    def step(self) -> None:
        """Make one update on one mini-batch; an epoch ends when all samples have been used.

        The gradient is computed on a tape (`nnlib.training.tape`): the equations of
        `Dense.forward`, `Dense.backward` and the loss as a list of NumPy calls, into arrays that
        are made once.

        Raises
        ------
        TrainingDiverged
            At the end of an epoch, if the numbers have run away.
        """
        dropout = self.dropout
        tape = self._tape_of(self.batches.next(self.batch_size), masked=dropout > 0)
        if dropout:
            tape.draw_masks(dropout, self._rng_of_update())
        tape.run()
        network = self.network
        # With all units there, a forward pass of all rows has measured the last entry.
        if tape.n_samples == len(self.X) and not dropout:
            self.history.note_z(network.parameters, tape.z)
        if self.l1 or self.l2:
            self._add_penalty_gradient()
        self.optimizer.step(network.parameters, network.gradient)
        self.steps += 1
        if self.batches.epoch_is_complete:
            self._end_epoch()

    def run(
        self, epochs: int, progress: Progress | None = None, patience: int | None = None
    ) -> History:
        """Train for ``epochs`` more epochs and return the history.

        An epoch that single steps have begun counts as the first.

        Parameters
        ----------
        epochs : int
            At least 0.
        progress : callable, optional
            Wraps the iteration over epochs, as ``tqdm`` does.
        patience : int, optional
            Stop early when the test loss has found no new lowest value for so many epochs. The
            network keeps its newest parameters; ``network.parameters = history.parameters_at(k)``
            with ``k = history.test_loss.argmin()`` goes back to the best. Goodfellow, Bengio and
            Courville, *Deep Learning* (2016), algorithm 7.1.

        Raises
        ------
        TrainingDiverged
            See `step`.
        ValueError
            If there is patience but no test data to look at.
        """
        iteration: Iterable[int] = range(whole_number("epochs", epochs, least=0))
        if patience is not None:
            patience = whole_number("patience", patience)
            if self.test_data is None:
                raise ValueError("patience watches the test loss: give the trainer test_data.")
        for _ in iteration if progress is None else progress(iteration):
            self.step()
            while not self.batches.epoch_is_complete:
                self.step()
            if patience is not None and self._epochs_since_best() >= patience:
                break
        return self.history

    @property
    def tape(self) -> Tape:
        """The step for a full mini-batch as a list of NumPy calls; print it to read it."""
        n_samples = len(self.X)
        return self._tape(min(self.batch_size or n_samples, n_samples), self.dropout > 0)

    @np.errstate(over="ignore")
    def check(self) -> None:
        """Raise ``TrainingDiverged`` if the parameters have run away.

        ``step`` does so at the end of each epoch; call it before showing a frame in between. The
        network gets back the parameters of the last complete epoch and the optimiser forgets, so
        that training can go on with a smaller learning rate.
        """
        parameters = self.network.parameters
        if parameters.dot(parameters) <= self._limit**2:  # then none is beyond the limit
            return
        layer = runaway_layer(self.network.layers, self._limit)
        if layer is not None:
            self._diverged(layer)

    @property
    def part(self) -> float:
        """The part of the present epoch that is done, from 0 to less than 1."""
        return self.batches.part

    def penalty(self) -> float:
        """Return l1 · Σ|w| + ½ · l2 · Σw², over all weights and no bias."""
        weights = np.concatenate([layer.weights.ravel() for layer in self.network.layers])
        return float(self.l1 * np.abs(weights).sum() + self.l2 / 2 * (weights**2).sum())

    def reset(self) -> None:
        """Go back to the same start: parameters, shuffle, optimiser's memory and history.

        Settings such as the learning rate stay as they are now.
        """
        self._start_from(self.history.parameters_at(0))

    def with_data(self, X: Any, y: Any, test_data: tuple[Any, Any] | None = None) -> "Trainer":
        """Return a trainer that goes on from here with other data; nothing learned is lost.

        It takes over this trainer's network, optimiser with its memory, and settings. The count of
        epochs and steps and the history go on: older entries keep the losses on the data of their
        time. A new epoch begins. This trainer must not make another step.

        Parameters
        ----------
        X : array (n_samples, n_in)
        y : array (n_samples, n_out)
            The new training data; copied.
        test_data : tuple (X, y) or None
            New data that is only measured.

        Raises
        ------
        ValueError, TypeError
            If the data do not fit the network; this trainer is left as it was.

        Examples
        --------
        >>> from nnlib import SGD, Network
        >>> trainer = Trainer(Network([1, 1]), [[0], [1]], [[0], [1]], "mean_squared_error", SGD(1))
        >>> history = trainer.run(10)
        >>> trainer = trainer.with_data([[0], [1], [2]], [[0], [1], [1]])
        >>> trainer.run(5).epoch[-1].item(), trainer.steps
        (15, 15)
        """
        memory, history = self.optimizer.memory, self.history.arrays()
        try:
            following = Trainer(
                *(self.network, X, y, self.loss, self.optimizer, self.batch_size),
                l1=self.l1,
                l2=self.l2,
                test_data=test_data,
                seed=self.seed,
                dropout=self.dropout,
            )
        finally:
            self.optimizer.memory = memory  # a new trainer makes it forget
        following.history = History.from_arrays(history, following.measures)
        following.epoch, following.steps = self.epoch, self.steps
        return following

    def save(self, path: storage.File) -> None:
        """Write everything to ``path`` (or a binary file object): a NumPy ``.npz`` file.

        Raises
        ------
        TrainingDiverged
            If the parameters have run away since the last complete epoch.
        """
        self.check()
        checkpoint.save(self, path)

    @classmethod
    def load(cls, path: storage.File) -> "Trainer":
        """Return the trainer that :meth:`save` wrote; it goes on exactly where that one stopped.

        Raises
        ------
        ValueError
            If it is not such a file, or a damaged one.
        OSError
            If it cannot be read.
        """
        return checkpoint.load(cls, path)

    def _start_from(self, parameters: Array) -> None:
        self.network.parameters = parameters
        self.optimizer.reset()
        self.batches = MiniBatches(len(self.X), self.seed)
        self.epoch = 0
        self.steps = 0
        self._tapes: tuple[dict[int, Tape], dict[int, Tape]] = {}, {}  # without masks, with
        self.history = History(self.measures)
        self.history.record(0, parameters)
        if not np.isfinite(self.history.train_loss[0]):
            raise ValueError(
                f"The loss is {self.history.train_loss[0]} before the first step: data or "
                "parameters are too large. Usual cause: inputs that were not scaled."
            )

    def _end_epoch(self) -> None:
        self.check()
        self.epoch += 1
        self.history.record(self.epoch, self.network.parameters)

    def _epochs_since_best(self) -> int:
        losses = self.history.test_loss
        return 0 if losses is None else len(losses) - 1 - int(losses.argmin())

    def _rng_of_update(self) -> np.random.Generator:
        """Return the generator of the next update: after a pause it is the same one.

        The first has the number 1. To NumPy (seed, 0) is the seed alone, which draws the shuffle.
        """
        return np.random.default_rng((self.seed, self.steps + 1))

    def _tape_of(self, rows: Array | slice, masked: bool) -> Tape:
        """Return the tape with these rows of the data in it."""
        if isinstance(rows, slice):  # all rows, in their order: they stay where they are
            return self._tape(len(self.X), masked)
        tape = self._tape(len(rows), masked)
        self._inputs.take(rows, 0, tape.inputs, "clip")
        self.y.take(rows, 0, tape.targets, "clip")
        return tape

    def _tape(self, n_samples: int, masked: bool) -> Tape:
        """Return the tape for mini-batches of this size, made when it is first needed."""
        tapes = self._tapes[masked]
        if n_samples not in tapes:
            if len(tapes) == MOST_TAPES:
                tapes.clear()
            tape = tapes[n_samples] = Tape(self.network, self.loss, n_samples, masked)
            tape.inputs[...] = self._inputs[:n_samples]
            tape.targets[...] = self.y[:n_samples]
        return tapes[n_samples]

    def _add_penalty_gradient(self) -> None:
        """Add ∂penalty/∂w = l1 · sign(w) + l2 · w to each layer's weights gradient."""
        for layer in self.network.layers:
            W, dW = layer.weights, layer.weights_gradient
            dW += self.l1 * np.sign(W) + self.l2 * W

    def _diverged(self, layer: int) -> None:
        self.network.parameters = self.history.parameters_at(self.epoch)
        self.optimizer.reset()
        self.batches.start_epoch()
        raise TrainingDiverged(self.epoch + 1, layer, self.optimizer.learning_rate, self.steps)


def fit(
    network: Network,
    X: Any,
    y: Any,
    epochs: int,
    loss: str | Loss,
    optimizer: Optimizer,
    batch_size: int | None = None,
    l1: float = 0,
    l2: float = 0,
    test_data: tuple[Any, Any] | None = None,
    seed: int = 0,
    progress: Progress | None = None,
    dropout: float = 0,
) -> History:
    """Train ``network`` for ``epochs`` epochs and return the history: the short way.

    The other arguments, and the errors, are those of :class:`Trainer`.

    Examples
    --------
    >>> from nnlib import SGD, datasets
    >>> X, y = datasets.truth_table("xor")
    >>> history = fit(Network([2, 4, 1]), X, y, 500, "binary_cross_entropy", SGD(1.0))
    >>> bool(history.train_loss[-1] < 0.01 < history.train_loss[0])
    True
    """
    trainer = Trainer(network, X, y, loss, optimizer, batch_size, l1, l2, test_data, seed, dropout)
    return trainer.run(epochs, progress)


def _check_instances(network: Any, optimizer: Any) -> None:
    if not isinstance(network, Network):
        raise TypeError(f"network must be a Network, got {network!r}.")
    if not isinstance(optimizer, Optimizer):
        raise TypeError(
            f"optimizer must be an instance such as SGD(learning_rate=0.1), got {optimizer!r}."
        )


def _test_data(network: Network, data: Any, loss: Loss) -> tuple[Array, Array] | None:
    if data is None:
        return None
    if not isinstance(data, tuple | list) or len(data) != 2:
        raise TypeError("test_data must be a pair (X, y).")
    X, y, _ = network.check(data[0], data[1], loss)
    return X.copy(), y.copy()
