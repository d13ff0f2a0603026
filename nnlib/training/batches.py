"""Which samples make up the next mini-batch."""

from typing import Any

import numpy as np

from nnlib._typing import Array
from nnlib.validation import whole_number


class MiniBatches:
    """Hands out row numbers: every sample once an epoch, in an order shuffled once an epoch.

    Parameters
    ----------
    n_samples : int
        Number of rows.
    seed : int
        Seed of the shuffle.
    """

    def __init__(self, n_samples: int, seed: int) -> None:
        self.n_samples = n_samples
        self._rng = np.random.default_rng(seed)
        self._order = np.arange(n_samples)
        self._position = 0

    def next(self, batch_size: int | None) -> Array | slice:
        """Return the rows of the next mini-batch; None: all that are left in this epoch.

        A batch of all rows needs no shuffle and keeps their order.
        """
        start = self._position
        size = batch_size or self.n_samples
        if start == 0 and size >= self.n_samples:
            return slice(None)
        if start == 0:
            self._order = self._rng.permutation(self.n_samples)
        self._position = min(start + size, self.n_samples) % self.n_samples
        return self._order[start : start + size]

    @property
    def epoch_is_complete(self) -> bool:
        """Whether the next mini-batch is the first of an epoch."""
        return self._position == 0

    @property
    def part(self) -> float:
        """The part of this epoch that has been handed out, from 0 to less than 1."""
        return self._position / self.n_samples

    def start_epoch(self) -> None:
        """Leave the rest of this epoch out."""
        self._position = 0

    def state(self) -> dict[str, Any]:
        """Return all that makes ``restore`` hand out the same rows from here on, JSON-ready."""
        generator = self._rng.bit_generator.state
        return {"generator": generator, "order": self._order.tolist(), "position": self._position}

    def restore(self, state: dict[str, Any]) -> None:
        """Go on from a :meth:`state`.

        Raises
        ------
        ValueError, TypeError, KeyError
            If it is none, or one of another number of rows.
        """
        self._rng.bit_generator.state = state["generator"]
        order = np.array(state["order"])
        position = whole_number("position", state["position"], least=0)
        is_order = order.dtype.kind == "i" and np.array_equal(
            np.sort(order), np.arange(self.n_samples)
        )
        if not is_order or position >= len(order):
            raise ValueError("The order of the samples is that of other data.")
        self._order, self._position = order, position
