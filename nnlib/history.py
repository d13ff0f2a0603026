"""What happened in training, epoch after epoch."""

import numpy as np

from nnlib._typing import Array
from nnlib.validation import whole_number

COLUMNS = ("epoch", "train_loss", "test_loss", "train_accuracy", "test_accuracy")
MOST_ENTRIES = 1_000_000
MOST_SNAPSHOTS = 1000
SNAPSHOT_BYTES = 64_000_000


class History:
    """Losses, accuracies and snapshots of the parameters, one entry an epoch.

    Entry 0 is the start; entry k is the loss *of* ``parameters_at(k)``, penalty left out.

    Memory stays bounded, because what is old thins out: whenever there is too much, every second
    item of the older half is dropped, but never the first. Snapshots are at most 1,000 and 64 MB.
    Entries are at most 1,000,000 (40 MB): only after as many epochs do some go missing, and
    ``epoch`` tells which are left.

    Attributes
    ----------
    epoch : array (n_entries,)
        0, 1, 2, …, the epoch after which the entry was made.
    train_loss, test_loss : array (n_entries,), or None
        ``test_loss`` is None without test data.
    train_accuracy, test_accuracy : array (n_entries,), or None
        Fractions from 0 to 1; None for a regression.
    """

    def __init__(self) -> None:
        self._table = np.empty((len(COLUMNS), 64))
        self._n_entries = 0
        self._snapshots: dict[int, Array] = {}

    def record(self, epoch: int, parameters: Array, measures: dict[str, float]) -> None:
        """Append an entry: the ``measures``, by name, of a network with these ``parameters``."""
        if self._n_entries == self._table.shape[1]:
            self._make_room()
        entry = {"epoch": epoch, **measures}
        self._table[:, self._n_entries] = [entry.get(name, np.nan) for name in COLUMNS]
        self._n_entries += 1
        self._snapshots[epoch] = parameters.copy()
        if len(self._snapshots) > _most_snapshots(parameters):
            epochs = self.snapshot_epochs
            self._snapshots = {k: self._snapshots[k] for k in epochs[_kept(len(epochs))].tolist()}

    def parameters_at(self, k: int) -> Array:
        """Return a copy of the parameters after epoch ``k``, one flat vector.

        Raises
        ------
        ValueError
            If epoch ``k`` has not been, or its snapshot has been dropped; the nearest kept one is
            named. ``snapshot_epochs`` lists them all.
        """
        k = whole_number("k", k, least=0)
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
        return {
            "entries": self._table[:, : self._n_entries],
            "snapshot_epochs": self.snapshot_epochs,
            "snapshots": np.array(list(self._snapshots.values())),
        }

    @classmethod
    def from_arrays(cls, arrays: dict[str, Array]) -> "History":
        """Return the history that :meth:`arrays` describes."""
        history = cls()
        history._table = arrays["entries"].copy()
        history._n_entries = history._table.shape[1]
        epochs = arrays["snapshot_epochs"].tolist()
        history._snapshots = dict(zip(epochs, arrays["snapshots"], strict=True))
        return history

    def _column(self, name: str) -> Array:
        column = self._table[COLUMNS.index(name), : self._n_entries]
        column.flags.writeable = False
        return column

    def _column_or_none(self, name: str) -> Array | None:
        column = self._column(name)
        return None if np.isnan(column).all() else column

    def _make_room(self) -> None:
        entries = self._table
        if self._n_entries == MOST_ENTRIES:
            entries = entries[:, _kept(MOST_ENTRIES)]
        self._n_entries = entries.shape[1]
        self._table = np.empty((len(COLUMNS), min(2 * self._n_entries, MOST_ENTRIES)))
        self._table[:, : self._n_entries] = entries

    def __len__(self) -> int:
        return self._n_entries

    def __repr__(self) -> str:
        if len(self) == 0:
            return "History: empty"
        first, last = self.train_loss[0], self.train_loss[-1]
        return f"History: {self.epoch[-1]} epochs, train loss {first:.4g} → {last:.4g}"


def _most_snapshots(parameters: Array) -> int:
    return max(4, min(MOST_SNAPSHOTS, SNAPSHOT_BYTES // parameters.nbytes))


def _kept(n: int) -> Array:
    """Return the indices that stay when every second of the older half is dropped."""
    older = n // 2
    return np.concatenate([np.arange(0, older, 2), np.arange(older, n)])
