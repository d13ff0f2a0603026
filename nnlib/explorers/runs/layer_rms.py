"""How large gradients and updates are in each layer, epoch by epoch."""

from typing import Any

import numpy as np

from nnlib import Network
from nnlib._typing import Array
from nnlib.explorers.runs.state_checks import epochs_in, real_numbers

MOST_ENTRIES = 400  # beyond, every second one is dropped


class LayerRMS:
    """The root mean square of each layer's gradients and updates, at the last step of each epoch.

    Parameters
    ----------
    network : Network
        Tells the layers.

    Attributes
    ----------
    epoch : list of int
        The epochs of the entries.
    gradients, updates : list of lists of float
        One entry an epoch, one number a layer: √ mean (∂L/∂p)² and √ mean (Δp)², penalty included.
    """

    def __init__(self, network: Network) -> None:
        sizes = [layer.n_parameters for layer in network.layers]
        self._starts = np.cumsum([0, *sizes[:-1]])
        self._lengths = np.array(sizes)
        self._before = np.zeros_like(network.parameters)
        self.epoch: list[int] = []
        self.gradients: list[list[float]] = []
        self.updates: list[list[float]] = []

    def before(self, parameters: Array) -> None:
        """Remember the parameters before a step."""
        self._before[...] = parameters

    def record(self, epoch: int, network: Network) -> None:
        """Append an entry for the step that has ended ``epoch``."""
        self.epoch.append(epoch)
        self.gradients.append(self._by_layer(network.gradient))
        self.updates.append(self._by_layer(network.parameters - self._before))
        if len(self.epoch) > MOST_ENTRIES:
            del self.epoch[1::2], self.gradients[1::2], self.updates[1::2]

    def _by_layer(self, vector: Array) -> list[float]:
        squares = np.add.reduceat(vector**2, self._starts)
        return np.sqrt(squares / self._lengths).tolist()

    @property
    def state(self) -> dict[str, Any]:
        """The entries, ready for JSON."""
        return {
            "epoch": list(self.epoch),
            "gradients": list(self.gradients),
            "updates": list(self.updates),
        }

    @classmethod
    def from_state(cls, network: Network, state: dict[str, Any]) -> "LayerRMS":
        """Return the entries that `state` tells of.

        Raises
        ------
        ValueError, TypeError, KeyError
            If it tells of none, or of those of another network.
        """
        sizes = cls(network)
        sizes.epoch = epochs_in(state["epoch"]).tolist()
        sizes.gradients, sizes.updates = (
            real_numbers(state[name], (len(sizes.epoch), len(network.layers))).tolist()
            for name in ("gradients", "updates")
        )
        return sizes
