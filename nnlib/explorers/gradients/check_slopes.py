"""The slopes of a 2-2-1 network's loss on XOR: by backpropagation, right or wrong, and by trying.

All functions take the network as its nine parameters, its hidden activation and its loss.
"""

from functools import lru_cache

import numpy as np

from nnlib import LOSSES, datasets
from nnlib._typing import Array
from nnlib.explorers.shared.network_parts import network_with, not_none
from nnlib.layers import Dense

SIZES = (2, 2, 1)
STEPS = np.logspace(-14, -1, 66)  # the ε of the curve


@lru_cache(maxsize=64)
def backpropagated(parameters: tuple[float, ...], activation: str, loss: str) -> Array:
    """Return ∂L/∂p of all parameters from `nnlib.Network.loss_and_gradient`, (9,)."""
    network = network_with(SIZES, activation, parameters)
    return network.loss_and_gradient(*datasets.truth_table("xor"), loss)[1].copy()


def differences(
    parameters: tuple[float, ...], activation: str, loss: str, sides: int, steps: Array
) -> Array:
    """Return the slopes found by trying with each ε of ``steps``, (n_steps, 9)."""
    here = np.array(parameters)
    nudges = steps[:, None, None] * np.eye(len(here))  # (n_steps, 9, 9): one parameter at a time
    higher = losses_with(parameters, activation, loss, (here + nudges).reshape(-1, len(here)))
    below = here - nudges if sides == 2 else here + 0 * nudges
    lower = losses_with(parameters, activation, loss, below.reshape(-1, len(here)))
    return (higher - lower).reshape(nudges.shape[:2]) / (sides * steps[:, None])


@lru_cache(maxsize=64)
def with_wrong_derivative(
    parameters: tuple[float, ...], activation: str, loss: str, derivative: str
) -> Array:
    """Return what backpropagation gives with a wrong f′ in both layers, (9,)."""
    X, y = datasets.truth_table("xor")
    network = network_with(SIZES, activation, parameters)
    outputs = network.forward(X)
    hidden, last = network.layers

    def slope(layer: Dense) -> Array | float:
        """Return f′ as it is taken: of a in place of z, or not at all."""
        return layer.activation.derivative(not_none(layer.a)) if derivative == "of_a" else 1.0

    delta = LOSSES[loss].gradient(outputs, y) * slope(last)
    below = delta @ last.weights.T * slope(hidden)
    parts = (X.T @ below, below.sum(axis=0), not_none(hidden.a).T @ delta, delta.sum(axis=0))
    return np.concatenate([np.ravel(part) for part in parts])


@lru_cache(maxsize=64)
def slopes_tried(parameters: tuple[float, ...], activation: str, loss: str, sides: int) -> Array:
    """Return the slopes found by trying with every ε of the picture, (66, 9)."""
    return differences(parameters, activation, loss, sides, STEPS)


@lru_cache(maxsize=64)
def curvatures(
    parameters: tuple[float, ...], activation: str, loss: str, index: int
) -> tuple[float, float]:
    """Return |L″| and |L‴| along one parameter, from backpropagation at three places."""
    step = 1e-3 * np.eye(len(parameters))[index]
    below, here, above = (
        backpropagated(tuple(np.array(parameters) + way * step), activation, loss)[index]
        for way in (-1, 0, 1)
    )
    return abs(above - below) / 2e-3, abs(above - 2 * here + below) / 1e-6


def losses_with(parameters: tuple[float, ...], activation: str, loss: str, tried: Array) -> Array:
    """Return the loss with each of several sets of parameters, (n_sets,)."""
    X, y = datasets.truth_table("xor")
    network = network_with(SIZES, activation, parameters)
    z = network.stacked_z(tried, X)
    return LOSSES[loss].from_z(z, y, network.layers[-1].activation)
