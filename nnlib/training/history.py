"""What happened in training, epoch after epoch."""

from collections.abc import Callable, Sequence

import numpy as np

from nnlib._typing import Array
from nnlib.printed import Words
from nnlib.training.pending_entries import MOST_WAITING, PendingEntries
from nnlib.validation import whole_number

COLUMNS = ("epoch", "train_loss", "test_loss", "train_accuracy", "test_accuracy")
MOST_ENTRIES = 1_000_000
MOST_SNAPSHOTS = 1000
SNAPSHOT_BYTES = 64_000_000

Measure = Callable[[Array, Array | None], dict[str, Array]]
"""Takes parameters (n_entries, n_parameters) and, where it is known already, the last layer's z on
the training data (n_entries, n_out, n_samples); returns measures by name, (n_entries,) each."""


class History:
    """Losses, accuracies and snapshots of the parameters, one entry an epoch.

    Entry 0 is the start; entry k is the loss *of* ``parameters_at(k)``, penalty left out.

    New entries are measured together when somebody looks, or when enough of them wait: that costs
    less than one by one. Memory stays bounded, because what is old thins out: whenever there is too
    much, every second item of the older half is dropped, but never the first. Snapshots are at most
    1,000 and 64 MB. Entries are at most 1,000,000 (40 MB): only after as many epochs do some go
    missing, and ``epoch`` tells which are left.

    Parameters
    ----------
    measure : Measure
        Returns the measures below by name; what does not exist is left out.

    Attributes
    ----------
    epoch : array (n_entries,)
        0, 1, 2, …, the epoch after which the entry was made.
    train_loss, test_loss : array (n_entries,), or None
        ``test_loss`` is None without test data.
    train_accuracy, test_accuracy : array (n_entries,), or None
        Fractions from 0 to 1; None for a regression.

    Examples
    --------
    >>> from nnlib import SGD, Network, datasets, fit
    >>> X, y = datasets.truth_table("or")
    >>> history = fit(Network([2, 1]), X, y, 50, "binary_cross_entropy", SGD(1.0))
    >>> history.epoch[[0, -1]].tolist(), bool(history.train_loss[-1] < history.train_loss[0])
    ([0, 50], True)
    >>> history.parameters_at(50).shape
    (3,)
    """

    def __init__(self, measure: Measure) -> None:
        self._measure = measure
        self._table = np.empty((len(COLUMNS), 64))
        self._n_entries = 0
        self._snapshots: dict[int, Array] = {}
        self._waiting: PendingEntries | None = None

    def record(self, epoch: int, parameters: Array) -> None:
        """Append an entry: the ``parameters`` after that epoch, copied."""
        if self._waiting is None:
            self._waiting = PendingEntries(like=parameters)
        elif self._waiting.is_full:
            self._measure_waiting()
        self._waiting.add(epoch, parameters)

    def note_z(self, parameters: Array, z: Array) -> None:
        """Keep the last layer's ``z`` (n_out, n_samples) on all training data for the newest entry.

        A step on all rows has just computed it; so it need not be computed again. It is left aside
        if ``parameters`` are no longer those of the newest entry.
        """
        if self._waiting is not None:
            self._waiting.note_z(parameters, z)

    def _measure_waiting(self) -> None:
        """Measure the entries that wait, many at once, and move them to the table."""
        if self._waiting is None:
            return
        for epochs, parameters, z in self._waiting.pop_all():
            self._append(epochs, self._measure(parameters, z))
            self._keep_snapshots(epochs, parameters)

    def _append(self, epochs: list[int], measures: dict[str, Array]) -> None:
        if self._n_entries + len(epochs) > self._table.shape[1]:
            self._make_room()
        new = slice(self._n_entries, self._n_entries + len(epochs))
        self._table[0, new] = epochs
        for row, name in zip(self._table[1:], COLUMNS[1:], strict=True):
            row[new] = measures.get(name, np.nan)
        self._n_entries = new.stop

    def _keep_snapshots(self, epochs: list[int], parameters: Array) -> None:
        for epoch, each in zip(epochs, parameters, strict=True):
            self._snapshots[epoch] = each.copy()
        while len(self._snapshots) > _most_snapshots(parameters[0]):
            for epoch in _dropped(list(self._snapshots)):
                del self._snapshots[epoch]

    def parameters_at(self, k: int) -> Array:
        """Return a copy of the parameters after epoch ``k``, one flat vector.

        Raises
        ------
        ValueError
            If epoch ``k`` has not been, or its snapshot has been dropped; the nearest kept one is
            named. ``snapshot_epochs`` lists them all.
        """
        k = whole_number("k", k, least=0)
        self._measure_waiting()
        if k not in self._snapshots:
            nearest = min(self._snapshots, key=lambda kept: abs(kept - k), default=None)
            raise ValueError(
                f"There are no parameters of epoch {k}: it has not been, or it is so long ago that "
                f"its snapshot has been dropped. The nearest kept is epoch {nearest}."
            )
        return self._snapshots[k].copy()

    @property
    def snapshot_epochs(self) -> Array:
        """The epochs k for which ``parameters_at(k)`` is kept, in order."""
        self._measure_waiting()
        return np.array(list(self._snapshots), dtype=np.int64)

    @property
    def epoch(self) -> Array:
        """The epoch of each entry, whole numbers."""
        return self._column("epoch").astype(np.int64)

    @property
    def train_loss(self) -> Array:
        """The loss on the training data."""
        return self._column("train_loss")

    @property
    def test_loss(self) -> Array | None:
        """The loss on the test data."""
        return self._column_or_none("test_loss")

    @property
    def train_accuracy(self) -> Array | None:
        """The fraction of the training data that is answered correctly."""
        return self._column_or_none("train_accuracy")

    @property
    def test_accuracy(self) -> Array | None:
        """The fraction of the test data that is answered correctly."""
        return self._column_or_none("test_accuracy")

    def arrays(self) -> dict[str, Array]:
        """Return all that :meth:`from_arrays` needs."""
        self._measure_waiting()
        return {
            "entries": self._table[:, : self._n_entries],
            "snapshot_epochs": self.snapshot_epochs,
            "snapshots": np.array(list(self._snapshots.values())),
        }

    arrays_kept = ("entries", "snapshot_epochs", "snapshots")
    """The names of these arrays."""

    @classmethod
    def from_arrays(cls, arrays: dict[str, Array], measure: Measure) -> "History":
        """Return the history that :meth:`arrays` describes; ``measure`` is for new entries.

        Raises
        ------
        ValueError, KeyError
            If the arrays do not fit together.
        """
        entries, epochs, snapshots = (arrays[name] for name in cls.arrays_kept)
        if entries.ndim != 2 or len(entries) != len(COLUMNS) or snapshots.ndim != 2:
            raise ValueError("The history's arrays have other shapes.")
        for counted in (entries[0], epochs):
            if counted[0] != 0 or (np.diff(counted) < 1).any() or (counted % 1 != 0).any():
                raise ValueError("The history's epochs do not follow each other from 0 on.")
        history = cls(measure)
        history._table = entries.copy()
        history._n_entries = entries.shape[1]
        history._snapshots = dict(zip(epochs.tolist(), snapshots, strict=True))
        return history

    def _column(self, name: str) -> Array:
        self._measure_waiting()
        column = self._table[COLUMNS.index(name), : self._n_entries]
        column.flags.writeable = False
        return column

    def _column_or_none(self, name: str) -> Array | None:
        column = self._column(name)
        return None if np.isnan(column).all() else column

    def _make_room(self) -> None:
        entries = self._table[:, : self._n_entries]
        if self._n_entries + MOST_WAITING > MOST_ENTRIES:
            entries = np.delete(entries, _dropped(range(self._n_entries)), axis=1)
        self._n_entries = entries.shape[1]
        room = max(2 * self._n_entries, self._n_entries + MOST_WAITING)
        self._table = np.empty((len(COLUMNS), min(room, MOST_ENTRIES)))
        self._table[:, : self._n_entries] = entries

    def __len__(self) -> int:
        self._measure_waiting()
        return self._n_entries

    def __repr__(self) -> str:
        if len(self) == 0:
            return "History: empty"
        first, last = self.train_loss[0], self.train_loss[-1]
        words = f"History: {self.epoch[-1]} epochs, train loss {first:.4g} → {last:.4g}"
        return str(Words(words))


def _most_snapshots(parameters: Array) -> int:
    return max(4, min(MOST_SNAPSHOTS, SNAPSHOT_BYTES // parameters.nbytes))


def _dropped(items: Sequence[int]) -> Sequence[int]:
    """Return every second item of the older half, but not the first."""
    return items[1 : len(items) // 2 : 2]
