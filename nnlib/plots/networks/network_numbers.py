"""The numbers that a drawing of a network shows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import nan

import numpy as np

from nnlib._typing import Array
from nnlib.plots.words.symbols import Bias, LossNode, Quantity, Weight


@dataclass(frozen=True)
class NetworkNumbers:
    """The numbers of one sample's pass; NaN is a quantity that is not known yet.

    ``weights[l]`` and ``weight_gradients[l]`` are (n_in, n_out); ``biases[l]``, ``sums[l]`` (z),
    ``deltas[l]`` and ``bias_gradients[l]`` are (n_out,). ``values`` has one array for each column:
    the inputs x, then the a of each layer. Gradients and biases that are NaN are not shown.
    """

    weights: Sequence[Array]
    biases: Sequence[Array]
    values: Sequence[Array]
    sums: Sequence[Array]
    weight_gradients: Sequence[Array] = ()
    bias_gradients: Sequence[Array] = ()
    deltas: Sequence[Array] = ()
    loss: float = nan
    loss_gradient: float = nan
    target: float = nan

    def gradients(self) -> Iterator[tuple[Quantity, float]]:
        """Go through all gradients, those that are not known included."""
        for layer, matrix in enumerate(self.weight_gradients):
            for (i, j), value in np.ndenumerate(matrix):
                yield Quantity("weight_gradient", Weight(layer, i, j)), float(value)
        for kind, vectors in (("bias_gradient", self.bias_gradients), ("delta", self.deltas)):
            for layer, vector in enumerate(vectors):
                for (j,), value in np.ndenumerate(vector):
                    yield Quantity(kind, Bias(layer, j)), float(value)
        yield Quantity("loss_gradient", LossNode()), self.loss_gradient
