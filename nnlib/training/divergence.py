"""Noticing that training has run away, and saying so in words."""

import numpy as np

from nnlib._typing import Array
from nnlib.layers import Dense

TOO_LARGE = 1e6
"""Parameters this many times larger than all numbers of data and start count as run away."""


class TrainingDiverged(ArithmeticError):
    """Training has run away: its numbers are no longer finite, or no longer of any use.

    Attributes
    ----------
    epoch : int
        The epoch in which it was noticed.
    layer : int
        The first layer where it shows, counted from 1.
    learning_rate : float
        The learning rate at that moment.
    step : int or None
        The update, counted from 1, after which it was noticed.

    Examples
    --------
    >>> from nnlib import SGD, Network, fit
    >>> network, X, y = Network([1, 1], output="linear"), [[1.0], [2.0]], [[1.0], [3.0]]
    >>> try:
    ...     fit(network, X, y, 100, "mean_squared_error", SGD(learning_rate=10))
    ... except TrainingDiverged as problem:
    ...     print("epoch", problem.epoch, "layer", problem.layer)
    epoch 4 layer 1
    """

    def __init__(
        self, epoch: int, layer: int, learning_rate: float, step: int | None = None
    ) -> None:
        super().__init__(epoch, layer, learning_rate, step)
        self.epoch = epoch
        self.layer = layer
        self.learning_rate = learning_rate
        self.step = step

    def __str__(self) -> str:
        noticed = "" if self.step is None else f"It was noticed after update {self.step}. "
        return (
            f"Training diverged in epoch {self.epoch:,}: the numbers of layer {self.layer} grew "
            f"without bound. {noticed}The learning rate is probably too large "
            f"({self.learning_rate:g}): each step jumps over the minimum and lands higher up on "
            "the other side. Try a tenth of it. The network has its last finite parameters back."
        )


def largest_useful(*arrays: Array) -> float:
    """Return how large a parameter may become, given the data and the parameters at the start.

    Sigmoid and tanh saturate before anything becomes infinite: with a far too large learning rate
    the weights jump to 10⁸ and more, and stay there, finite and useless.
    """
    return TOO_LARGE * max(1.0, *(float(np.abs(array).max()) for array in arrays))


def runaway_layer(layers: list[Dense], limit: float) -> int | None:
    """Return the number of the first layer with a parameter beyond ``limit``, or None."""
    for number, layer in enumerate(layers, start=1):
        if not np.abs(layer.parameters).max() <= limit:  # so written, it catches NaN as well
            return number
    return None
