"""What `VanishingGradientsExplorer` shows: a deep network before its first step."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from nnlib import ACTIVATIONS, Network
from nnlib._typing import Array
from nnlib.activations import Activation
from nnlib.plots.words.labels import short_gradient

WIDTH = 16
INPUTS = 8
ROWS = 32
DEEPEST = 30
BRACKETS = (1, 2, 3, 6, 10, 20, DEEPEST)  # layers: the axes fit networks of up to so many
FEW = 3  # layers, in which nothing vanishes: beside what does they would be a point
LOWEST, HIGHEST = -22, 14  # powers of ten on the picture, at most
ROOM_ABOVE = 6.0  # times the highest that counts as steady still is on the picture
KEPT = 100.0  # times as much or as little still counts as steady


@dataclass(frozen=True)
class VanishingGradientsModel:
    """A network of many layers before its first step: what goes forward, what comes back.

    Random rows go forward, and a gradient of 1 goes back from the output of each.
    """

    depth: int  # hidden layers
    activation: str
    initializer: str
    seed: int
    others: tuple[str, ...] = ()  # activations to compare with

    @property
    def gradients(self) -> Array:
        """The size of δ = ∂L/∂z in each layer, its root mean square, (depth + 1,)."""
        return self.sizes_with(self.activation)[0]

    @property
    def outputs(self) -> Array:
        """The size of the outputs a of each hidden layer, their root mean square, (depth,)."""
        return self.sizes_with(self.activation)[1]

    def sizes_with(self, activation: str) -> tuple[Array, Array]:
        """Return the sizes of δ and of a with this activation in place of the chosen one."""
        return _sizes(self.depth, activation, ACTIVATIONS[activation], self.initializer, self.seed)

    @property
    def layers_shown(self) -> int:
        """How many hidden layers there is room for: the same for most moves of the slider."""
        return next(layers for layers in BRACKETS if self.depth <= layers)

    @property
    def powers(self) -> tuple[tuple[int, int], tuple[int, int]]:
        """Between which powers of ten δ and a are, whatever the activation.

        With more layers a line leads farther down or up: only for few is the axis another.
        """
        depth = self.layers_shown if self.depth <= FEW else DEEPEST
        return _powers(depth, self.others, self.initializer, self.seed)

    @property
    def share(self) -> float:
        """What the first layer's gradient is of the last hidden layer's; NaN if that is 0."""
        last = self.gradients[self.depth - 1]
        return float(self.gradients[0] / last) if last else np.nan

    @property
    def factor(self) -> float:
        """By how much the gradient grows, on average, from a hidden layer to the one below."""
        return float(self.share ** (1 / (self.depth - 1))) if self.depth > 1 else 1.0

    @property
    def verdict(self) -> str:
        """What becomes of the gradient, in a word."""
        if not self.gradients[0]:
            return "No gradient reaches layer 1"
        if self.depth == 1:
            return "One hidden layer: no other to compare with"
        word = (
            "Vanishing" if self.share < 1 / KEPT else "Exploding" if self.share > KEPT else "Steady"
        )
        return f"{word}: layer 1 gets {short_gradient(self.share)} times layer {self.depth}'s"

    @property
    def equation(self) -> str:
        """What happens to the gradient from layer to layer, with its numbers."""
        ends = dict.fromkeys((self.depth, 1))
        sizes = [f"layer {k}: {short_gradient(self.gradients[k - 1])}" for k in ends]
        return f"δ⁽ˡ⁾ = δ⁽ˡ⁺¹⁾ W⁽ˡ⁺¹⁾ᵀ ⊙ f′(z⁽ˡ⁾)     size of δ: {', '.join(sizes)}"

    @property
    def summary(self) -> str:
        """The picture in words."""
        words = (
            f"{self.depth} hidden layer{'s' * (self.depth > 1)} of {WIDTH} units, "
            f"{self.activation}, {self.initializer}. {self.verdict}"
        )
        first, last = (short_gradient(self.outputs[k]) for k in (0, -1))
        if self.depth == 1:
            delta = short_gradient(self.gradients[0])
            return f"{words}. Its δ has the size {delta}, its outputs {first}. Start {self.seed}."
        if self.gradients[0]:
            words += f" δ, on average {short_gradient(self.factor)} a layer"
        return (
            f"{words}. The outputs of the hidden layers have the size {first} in the first and "
            f"{last} in the last. Start {self.seed}."
        )


@lru_cache(maxsize=512)
def _sizes(
    depth: int, activation: str, f: Activation, initializer: str, seed: int
) -> tuple[Array, Array]:
    """Return the size of δ in each layer, and of the hidden layers' outputs, after one pass.

    ``f`` is what the activation's name stands for now: a learner may change that.
    """
    rng = np.random.default_rng(seed)
    sizes = [INPUTS, *[WIDTH] * depth, 1]
    network = Network(sizes, activation, "linear", initializer, seed)
    network.forward(rng.normal(size=(ROWS, INPUTS)))
    # The same at every depth: what a loss sends back would grow with the outputs.
    network.backward(np.ones((ROWS, 1)))
    gradients = np.array([_size(layer.delta) for layer in network.layers])
    return gradients, np.array([_size(layer.a) for layer in network.layers[:-1]])


def _powers(
    depth: int, activations: tuple[str, ...], initializer: str, seed: int
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Return the powers of ten around all δ, what counts as steady included, and around all a."""
    networks = [_sizes(depth, name, ACTIVATIONS[name], initializer, seed) for name in activations]
    back, there = (np.concatenate([sizes[k] for sizes in networks]) for k in (0, 1))
    steady = ROOM_ABOVE * KEPT * np.array([sizes[0][depth - 1] for sizes in networks])
    return _around(np.concatenate([back, steady])), _around(there)


def _around(sizes: Array) -> tuple[int, int]:
    """Return the powers of ten below and above all sizes that are not 0."""
    sizes = sizes[np.isfinite(sizes) & (sizes > 0)]
    low, high = np.log10([sizes.min(initial=1.0), sizes.max(initial=1.0)])
    low, high = max(int(np.floor(low)), LOWEST), min(int(np.ceil(high)), HIGHEST)
    return min(low, high - 2), high


def _size(values: Any) -> float:
    return float(np.sqrt(np.mean(np.square(values))))
