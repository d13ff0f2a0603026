"""`VanishingGradientsExplorer`: how much gradient reaches each layer of a deep network."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from nnlib import INITIALIZERS, Network
from nnlib._typing import Array
from nnlib.explorers.activation_choice import ActivationChoice
from nnlib.explorers.explorer import Explorer
from nnlib.explorers.parameters import Choice, Whole
from nnlib.plots.labels import short_gradient
from nnlib.plots.palette import Palette
from nnlib.plots.powers import mark_powers, style_plot
from nnlib.plots.text import TITLE

DEEPEST = 30
WIDTH = 16
INPUTS = 8
ROWS = 32
GRADIENTS = (-20, 14)  # powers of ten on the picture
OUTPUTS = (-10, 14)


@dataclass(frozen=True)
class VanishingGradientsPicture:
    """A network of many layers before its first step: what goes forward, what comes back.

    Random rows go forward, and a gradient of 1 goes back from the output of each.
    """

    depth: int  # hidden layers
    activation: str
    initializer: str
    seed: int

    @cached_property
    def network(self) -> Network:
        """The network after one pass forward and back over 32 rows of random data."""
        rng = np.random.default_rng(self.seed)
        sizes = [INPUTS, *[WIDTH] * self.depth, 1]
        network = Network(sizes, self.activation, "linear", self.initializer, self.seed)
        network.forward(rng.normal(size=(ROWS, INPUTS)))
        # The same at every depth: what a loss sends back would grow with the outputs.
        network.backward(np.ones((ROWS, 1)))
        return network

    @cached_property
    def gradients(self) -> Array:
        """The size of δ = ∂L/∂z in each layer, its root mean square, (depth + 1,)."""
        return np.array([_size(layer.delta) for layer in self.network.layers])

    @cached_property
    def outputs(self) -> Array:
        """The size of the outputs a of each hidden layer, their root mean square, (depth,)."""
        return np.array([_size(layer.a) for layer in self.network.layers[:-1]])

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
        if self.share < 0.01:
            return f"Vanishing: layer 1 gets {short_gradient(self.share)}"
        if self.share > 100:
            return f"Exploding: layer 1 gets {short_gradient(self.share)}"
        return f"Steady: layer 1 gets {short_gradient(self.share)}"

    @property
    def equation(self) -> str:
        """What happens to the gradient from layer to layer, with its numbers."""
        first, last = self.gradients[0], self.gradients[self.depth - 1]
        return (
            "δ⁽ˡ⁾ = δ⁽ˡ⁺¹⁾ W⁽ˡ⁺¹⁾ᵀ ⊙ f′(z⁽ˡ⁾)     "
            f"size of δ: layer {self.depth}: {short_gradient(last)}, "
            f"layer 1: {short_gradient(first)}"
        )

    @property
    def summary(self) -> str:
        """The picture in words."""
        words = (
            f"{self.depth} hidden layer{'s' * (self.depth > 1)} of {WIDTH} units, "
            f"{self.activation}, {self.initializer}. {self.verdict}"
        )
        if self.gradients[0]:
            words += " times the δ of the last hidden layer"
        if self.gradients[0] and self.depth > 1:
            words += f", on average {short_gradient(self.factor)} a layer"
        return (
            f"{words}. The outputs of the hidden layers have the size "
            f"{short_gradient(self.outputs[0])} in the first and "
            f"{short_gradient(self.outputs[-1])} in the last. Start {self.seed}."
        )


def _size(values: Any) -> float:
    return float(np.sqrt(np.mean(np.square(values))))


class VanishingGradientsView:
    """Two panels: the size of each layer's gradient, and of its outputs, on logarithmic axes."""

    def __init__(self, figure: Figure, palette: Palette) -> None:
        left = figure.add_axes((0.085, 0.135, 0.395, 0.735))
        right = figure.add_axes((0.585, 0.135, 0.395, 0.735))
        self._title = left.set_title("", **TITLE, color=palette.ink)
        right.set_title("On the way there: outputs", **TITLE, color=palette.ink)
        self._lines = []
        for ax, name, powers, colour, mark in (
            (left, "size of δ", GRADIENTS, palette.gradient, "s"),
            (right, "size of a", OUTPUTS, palette.ink, "o"),
        ):
            style_plot(ax, "layer", name, palette)
            ax.set(
                yscale="log", xlim=(0, DEEPEST + 1.7), ylim=(10.0 ** powers[0], 10.0 ** powers[1])
            )
            ax.set_xticks([1, 5, 10, 15, 20, 25, 30])
            mark_powers(ax.yaxis, range(powers[0] + 2, powers[1], 4))
            ax.axhline(1.0, color=palette.grey, linewidth=1.0, zorder=1)
            (line,) = ax.plot([], [], marker=mark, color=colour, linewidth=1.8, markersize=5)
            self._lines.append(line)
        self.artists = [*self._lines, self._title]

    def update(self, picture: VanishingGradientsPicture) -> None:
        """Show ``picture``."""
        self._title.set_text(picture.verdict)
        for line, sizes, powers in zip(
            self._lines, (picture.gradients, picture.outputs), (GRADIENTS, OUTPUTS), strict=True
        ):
            line.set_data(np.arange(1, len(sizes) + 1), np.maximum(sizes, 10.0 ** powers[0]))


class VanishingGradientsExplorer(Explorer):
    """A deep network before its first step: the size of δ = ∂L/∂z in each layer.

    On its way back the gradient is multiplied in each layer by f′(z) and by the weights; many
    factors below 1 make it vanish, many above 1 make it explode. Glorot and Bengio, "Understanding
    the difficulty of training deep feedforward neural networks" (2010), section 4.

    Parameters
    ----------
    depth : int, 1 to 30
        How many hidden layers of 16 units there are. The output is one linear unit.
    activation : str
        f of the hidden layers: ``sigmoid tanh relu leaky_relu elu softplus gelu linear``.
    initializer : {"xavier", "he", "lecun", "uniform", "zeros"}
        Where the weights start.
    seed : int, 0 to 9
        Which start, and which random data.
    """

    depth = Whole(10, low=1, high=DEEPEST, label="hidden layers")
    activation = ActivationChoice("sigmoid", for_training=True)
    initializer = Choice(
        "xavier",
        options=("xavier", *(name for name in INITIALIZERS if name != "xavier")),
        label="initialiser",
    )
    seed = Whole(0, low=0, high=9, label="start")

    opens_with = ("depth", "activation", "initializer", "seed")
    View = VanishingGradientsView

    def picture(self) -> VanishingGradientsPicture:
        """Return the network after one pass."""
        return VanishingGradientsPicture(self.depth, self.activation, self.initializer, self.seed)
