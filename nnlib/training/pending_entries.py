"""The entries of a history that have not been measured yet.

To measure many sets of parameters together costs less than to measure them one by one.
"""

from collections.abc import Iterator
from itertools import groupby

import numpy as np

from nnlib._typing import Array

MOST_WAITING = 64
WAITING_BYTES = 4_000_000


class PendingEntries:
    """Up to 64 entries, and up to about 4 MB, in arrays that are filled again and again.

    Parameters
    ----------
    like : array (n_parameters,)
        Tells the length and the type of the parameters.
    """

    def __init__(self, like: Array) -> None:
        self.n = 0
        self.size = min(MOST_WAITING, 1 + WAITING_BYTES // like.nbytes)
        self.epochs = [0] * self.size
        self.parameters = np.empty((self.size, *like.shape), like.dtype)
        self.z_is_known = [False] * self.size
        self.z: Array | None = None  # made when the first z comes

    @property
    def is_full(self) -> bool:
        """Whether there is no room for another entry."""
        return self.n == self.size

    def add(self, epoch: int, parameters: Array) -> None:
        """Append an entry, copied."""
        self.epochs[self.n] = epoch
        self.parameters[self.n] = parameters
        self.z_is_known[self.n] = False
        self.n += 1

    def note_z(self, parameters: Array, z: Array) -> None:
        """Keep a copy of ``z`` for the newest entry, if it has these parameters."""
        newest = self.n - 1
        if newest < 0 or self.parameters[newest].tobytes() != parameters.tobytes():
            return
        if self.z is None or self.z.shape[1:] != z.shape:
            self.size = min(self.size, self.n + WAITING_BYTES // z.nbytes)
            self.z = np.empty((self.size, *z.shape), z.dtype)
        self.z[newest] = z
        self.z_is_known[newest] = True

    def pop_all(self) -> Iterator[tuple[list[int], Array, Array | None]]:
        """Yield epochs, parameters and, where it is known, z, of neighbours; none waits then."""
        n, self.n = self.n, 0
        for is_known, group in groupby(range(n), key=self.z_is_known.__getitem__):
            first, *others = group
            entries = slice(first, first + 1 + len(others))
            z = self.z[entries] if is_known and self.z is not None else None
            yield self.epochs[entries], self.parameters[entries], z
