"""What happened in training, epoch after epoch."""

import numpy as np

from nnlib._typing import Array
from nnlib.validation import whole_number

MEASURES = ("train_loss", "test_loss", "train_accuracy", "test_accuracy")
MOST_SNAPSHOTS = 1000
SNAPSHOT_BYTES = 64_000_000


class History:
    """Losses of every epoch, and snapshots of the parameters.

    Entry 0 is the start; entry k is the loss *of* ``parameters_at(k)``, penalty left out.

    The losses of all epochs are kept (32 bytes an epoch: a million epochs take 32 MB). Snapshots
    of the parameters thin out with age, so that they take at most 64 MB and are at most 1,000:
    whenever they are too many, every second one of the older half is dropped. The start and the
    newest always stay.

    Attributes
    ----------
    epoch : array (n_entries,)
        0, 1, 2, …
    train_loss, test_loss : array (n_entries,) or None
        ``test_loss`` is None without test data.
    train_accuracy, test_accuracy : array (n_entries,) or None
        Fractions from 0 to 1; None for regression.
    """

    def __init__(self) -> None:
        self._table = np.empty((len(MEASURES), 64))
        self._n_entries = 0
        self._snapshots: dict[int, Array] = {}

    def record(self, parameters: Array, measures: dict[str, float]) -> None:
        """Append one entry: ``measures`` by name (a subset of ``MEASURES``) of ``parameters``."""
        if self._n_entries == self._table.shape[1]:
            self._table = np.hstack([self._table, np.empty_like(self._table)])
        self._table[:, self._n_entries] = [measures.get(name, np.nan) for name in MEASURES]
        self._snapshots[self._n_entries] = parameters.copy()
        self._n_entries += 1
        if len(self._snapshots) > max(4, min(MOST_SNAPSHOTS, SNAPSHOT_BYTES // parameters.nbytes)):
            self._thin_out()

    def parameters_at(self, k: int) -> Array:
        """Return a copy of the parameters of entry ``k``, one flat vector.

        Raises
        ------
        ValueError
            If there is no entry ``k``, or its snapshot has been dropped; the nearest kept ones
            are named. ``snapshot_epochs`` lists all.
        """
        k = whole_number("k", k, least=0)
        if k >= len(self):
            raise ValueError(f"There is no entry {k}: the history ends with {len(self) - 1}.")
        if k not in self._snapshots:
            nearest = min(self._snapshots, key=lambda kept: abs(kept - k))
            raise ValueError(
                f"The parameters of epoch {k} are no longer kept (snapshots thin out with age). "
                f"The nearest kept epoch is {nearest}."
            )
        return self._snapshots[k].copy()

    @property
    def snapshot_epochs(self) -> Array:
        """The epochs k for which ``parameters_at(k)`` is kept, in order."""
        return np.fromiter(self._snapshots, dtype=np.int64)

    @property
    def epoch(self) -> Array:
        return np.arange(self._n_entries)

    @property
    def train_loss(self) -> Array:
        return self._rows("train_loss")

    @property
    def test_loss(self) -> Array | None:
        return self._column("test_loss")

    @property
    def train_accuracy(self) -> Array | None:
        return self._column("train_accuracy")

    @property
    def test_accuracy(self) -> Array | None:
        return self._column("test_accuracy")

    def arrays(self) -> dict[str, Array]:
        """Return all that :meth:`from_arrays` needs."""
        return {
            "measures": self._table[:, : self._n_entries],
            "snapshot_epochs": self.snapshot_epochs,
            "snapshots": np.array(list(self._snapshots.values())),
        }

    @classmethod
    def from_arrays(cls, arrays: dict[str, Array]) -> "History":
        """Return the history that :meth:`arrays` describes."""
        history = cls()
        history._table = arrays["measures"].copy()
        history._n_entries = history._table.shape[1]
        epochs = arrays["snapshot_epochs"].tolist()
        history._snapshots = dict(zip(epochs, arrays["snapshots"], strict=True))
        return history

    def _column(self, name: str) -> Array | None:
        column = self._rows(name)
        return None if np.isnan(column).all() else column

    def _rows(self, name: str) -> Array:
        rows = self._table[MEASURES.index(name), : self._n_entries]
        rows.flags.writeable = False
        return rows

    def _thin_out(self) -> None:
        epochs = list(self._snapshots)
        for k in epochs[1 : len(epochs) // 2 : 2]:
            del self._snapshots[k]

    def __len__(self) -> int:
        return self._n_entries

    def __repr__(self) -> str:
        if len(self) == 0:
            return "History: empty"
        first, last = self.train_loss[0], self.train_loss[-1]
        return f"History: {len(self) - 1} epochs, train loss {first:.4g} → {last:.4g}"
