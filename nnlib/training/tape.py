"""A training step as a list of NumPy calls: the same numbers as the layers', several times sooner.

`nnlib.layers` is the reference; read it first. For small networks most of its time goes into making
arrays and finding the way through Python, not into arithmetic. A tape does both once, when it is
made. What is left is a flat list of calls, each writing into an array that already exists. Printed,
the list *is* the training step:

>>> from nnlib import LOSSES, Network
>>> print(Tape(Network([2, 3, 1]), LOSSES["binary_cross_entropy"], n_samples=10))
z1 = W1ᵀ x + b1         dot
a1 = tanh(z1)           tanh
z2 = W2ᵀ a1 + b2        dot
a2 = sigmoid(z2)        multiply, tanh, multiply, add
δ2 = (a2 − y) / n       subtract, divide
∂L/∂W2, ∂L/∂b2          dot
∂L/∂a1 = W2 δ2          dot
δ1 = ∂L/∂a1 ⊙ f′(z1)    multiply, subtract, multiply
∂L/∂W1, ∂L/∂b1          dot

With dropout a mask stands between two layers, and the gradient comes back through the same one:

>>> print(Tape(Network([2, 3, 1]), LOSSES["binary_cross_entropy"], n_samples=10, masked=True))
z1 = W1ᵀ x + b1         dot
a1 = tanh(z1)           tanh
ã1 = r1 ⊙ a1            multiply
z2 = W2ᵀ ã1 + b2        dot
a2 = sigmoid(z2)        multiply, tanh, multiply, add
δ2 = (a2 − y) / n       subtract, divide
∂L/∂W2, ∂L/∂b2          dot
∂L/∂ã1 = W2 δ2          dot
∂L/∂a1 = r1 ⊙ ∂L/∂ã1    multiply
δ1 = ∂L/∂a1 ⊙ f′(z1)    multiply, subtract, multiply
∂L/∂W1, ∂L/∂b1          dot

Two things differ from the layers. Samples are columns here, so that a layer's outputs are one block
of memory with room for a row of ones below. And that row of ones is a last input whose weight is
the bias: one product makes z from W and b, and one product makes both their gradients.
"""

from collections.abc import Callable, Iterator
from itertools import pairwise, zip_longest
from typing import Any, NamedTuple

import numpy as np

from nnlib._typing import Array
from nnlib.activations import Activation, Linear, ReLU, Sigmoid, Tanh
from nnlib.layers import Dense
from nnlib.losses import BinaryCrossEntropy, CrossEntropy, Loss, MeanSquaredError
from nnlib.network import Network
from nnlib.printed import Words

Call = tuple[Callable[..., Any], tuple[Any, ...]]


class Line(NamedTuple):
    """One equation of the step, and the calls that carry it out."""

    equation: str
    calls: list[Call]


class Tape:
    """The training step of one network for mini-batches of one size.

    Parameters
    ----------
    network : Network
        Its ``parameters`` are read, and its ``gradient`` is filled, at each `run`.
    loss : Loss
        A loss that fits the output activation.
    n_samples : int
        Rows in a mini-batch.
    masked : bool
        Whether each hidden layer's outputs pass a mask on their way to the next layer.

    Attributes
    ----------
    inputs : array (n_samples, n_in + 1)
        To be filled before `run`: the inputs, and a last column of ones.
    targets : array (n_samples, n_out)
        To be filled before `run`.
    masks : list of array (n_units, n_samples)
        r of each hidden layer: ones, until `draw_masks` draws others. Empty where it is not masked.
    z : array (n_out, n_samples)
        z of the last layer, filled by `run`.
    lines : list of Line
        The step, equation by equation.
    """

    def __init__(self, network: Network, loss: Loss, n_samples: int, masked: bool = False) -> None:
        self.n_samples = n_samples
        self.inputs = np.ones((n_samples, network.sizes[0] + 1), network.dtype)
        self.targets = np.zeros((n_samples, network.sizes[-1]), network.dtype)
        self.z = np.empty((network.sizes[-1], n_samples), network.dtype)
        hidden = network.layers[:-1] if masked else []
        self.masks = [np.ones((layer.n_out, n_samples), network.dtype) for layer in hidden]
        arrays = (self.inputs.T, self.targets.T, self.z)
        self.lines = list(_step(network, loss, *arrays, self.masks))
        self._calls = [call for line in self.lines for call in line.calls]

    def draw_masks(self, dropout: float, rng: np.random.Generator) -> None:
        """Draw which hidden outputs the next `run` drops: r is 0 with that probability.

        Else it is 1 / (1 − dropout), so that the mean of r is 1.
        """
        for mask in self.masks:
            np.multiply(rng.random(mask.shape) >= dropout, 1 / (1 - dropout), out=mask)

    def run(self) -> None:
        """Fill ``network.gradient`` for the mini-batch in ``inputs`` and ``targets``."""
        for function, arguments in self._calls:
            function(*arguments)

    def __str__(self) -> str:
        rows = (
            f"{equation:<24}{', '.join(function.__name__ for function, _ in calls)}"
            for equation, calls in self.lines
            if calls
        )
        return str(Words("\n".join(rows)))


def _step(
    network: Network, loss: Loss, x: Array, y: Array, last_z: Array, masks: list[Array]
) -> Iterator[Line]:
    """Yield the lines of one step: forward through the layers, δ of the last, and back."""
    taped: list[_TapedLayer] = []
    for layer, mask in zip_longest(network.layers, masks):
        below = taped[-1] if taped else None
        z = last_z if layer is network.layers[-1] else np.empty((layer.n_out, x.shape[1]), x.dtype)
        taped.append(_TapedLayer(layer, below.passed_on if below else x, z, len(taped) + 1, mask))
        yield from taped[-1].forward("x" if below is None else below.name)
    yield Line(*_output_delta(loss, taped[-1], y))
    yield taped[-1].parameter_gradients()
    for below, above in reversed(list(pairwise(taped))):
        yield from below.backward(above)
        yield below.parameter_gradients()


class _TapedLayer:
    """One layer's arrays, made once, and its lines; samples are columns."""

    def __init__(
        self, layer: Dense, inputs: Array, z: Array, number: int, mask: Array | None
    ) -> None:
        shape = (layer.n_in + 1, layer.n_out)
        self.f = layer.activation
        self.number = number
        self.inputs = inputs  # with a last row of ones
        self.W_and_b = layer.parameters.reshape(shape)  # b is the last row
        self.gradients = layer.gradient.reshape(shape)
        self.W = layer.weights
        self.z = z
        self.mask = mask
        self.passed_on = np.ones((layer.n_out + 1, z.shape[1]), z.dtype)  # to the next layer
        self.a = self.passed_on[:-1] if mask is None else np.empty_like(z)
        self.name = f"a{number}" if mask is None else f"ã{number}"  # of what is passed on
        self.delta = np.empty_like(z)

    def forward(self, below: str) -> Iterator[Line]:
        """Yield z = Wᵀ x + b, a = f(z), and with a mask ã = r ⊙ a."""
        i = self.number
        product = (np.dot, (self.W_and_b.T, self.inputs, self.z))
        yield Line(f"z{i} = W{i}ᵀ {below} + b{i}", [product])
        yield Line(f"a{i} = {self.f.name}(z{i})", _activation(self.f, self.z, self.a))
        if self.mask is not None:
            masked = (np.multiply, (self.mask, self.a, self.passed_on[:-1]))
            yield Line(f"{self.name} = r{i} ⊙ a{i}", [masked])

    def backward(self, above: "_TapedLayer") -> Iterator[Line]:
        """Yield ∂L/∂a = W δ of the layer above, δ = ∂L/∂a ⊙ f′(z); both in the same array.

        With a mask W δ is ∂L/∂ã, and ∂L/∂a = r ⊙ ∂L/∂ã.
        """
        i = self.number
        product = (np.dot, (above.W, above.delta, self.delta))
        yield Line(f"∂L/∂{self.name} = W{i + 1} δ{i + 1}", [product])
        if self.mask is not None:
            masked = (np.multiply, (self.mask, self.delta, self.delta))
            yield Line(f"∂L/∂a{i} = r{i} ⊙ ∂L/∂{self.name}", [masked])
        calls = _times_derivative(self.f, self.z, self.a, self.delta)
        yield Line(f"δ{i} = ∂L/∂a{i} ⊙ f′(z{i})", calls)

    def parameter_gradients(self) -> Line:
        """Return ∂L/∂W = x δᵀ and, thanks to the row of ones, ∂L/∂b = Σ δ, in one product."""
        i = self.number
        return Line(f"∂L/∂W{i}, ∂L/∂b{i}", [(np.dot, (self.inputs, self.delta.T, self.gradients))])


def _activation(f: Activation, z: Array, a: Array) -> list[Call]:
    """Return the calls for a = f(z); any that is not written out here is called as it is."""
    half = np.array(0.5, z.dtype)
    if type(f) is Tanh:
        return [(np.tanh, (z, a))]
    if type(f) is Sigmoid:  # ½ + ½ tanh(z/2), which cannot overflow
        scale_and_tanh: list[Call] = [(np.multiply, (z, half, a)), (np.tanh, (a, a))]
        return [*scale_and_tanh, (np.multiply, (a, half, a)), (np.add, (a, half, a))]
    if type(f) is ReLU:
        return [(_maximum, (z, np.zeros((), z.dtype), a))]
    return [(_fill, (a.T, f, z.T))]


def _times_derivative(f: Activation, z: Array, a: Array, gradient: Array) -> list[Call]:
    """Return the calls that multiply ``gradient`` = ∂L/∂a by f′(z), in place."""
    one, slope = np.ones((), z.dtype), np.empty_like(z)
    times_slope: Call = (np.multiply, (gradient, slope, gradient))
    if type(f) is Linear:
        return []
    if type(f) is Tanh:  # 1 − a²
        return [(np.multiply, (a, a, slope)), (np.subtract, (one, slope, slope)), times_slope]
    if type(f) is Sigmoid:  # a (1 − a)
        return [(np.subtract, (one, a, slope)), (np.multiply, (a, slope, slope)), times_slope]
    if type(f) is ReLU:
        positive = np.empty(z.shape, bool)
        zero = np.zeros((), z.dtype)
        return [(np.greater, (z, zero, positive)), (np.multiply, (gradient, positive, gradient))]
    return [(_fill, (gradient.T, f.backward, z.T, gradient.T))]


def _output_delta(loss: Loss, last: _TapedLayer, y: Array) -> tuple[str, list[Call]]:
    """Return the equation and the calls for δ = ∂L/∂z of the output layer."""
    i, a, delta = last.number, last.a, last.delta
    error: Call = (np.subtract, (a, y, delta))
    if type(loss) in (BinaryCrossEntropy, CrossEntropy):
        n = np.array(delta.size if type(loss) is BinaryCrossEntropy else delta.shape[1], a.dtype)
        return f"δ{i} = (a{i} − y) / n", [error, (np.divide, (delta, n, delta))]
    if type(loss) is MeanSquaredError:
        scale = np.array(2 / delta.size, a.dtype)
        slope = _times_derivative(last.f, last.z, a, delta)
        equation = f"δ{i} = 2(a{i} − y) / n ⊙ f′(z{i})"
        return equation, [error, (np.multiply, (delta, scale, delta)), *slope]
    return f"δ{i} = ∂L/∂z{i}", [(_fill, (delta.T, loss.delta, last.z.T, y.T, last.f))]


def _fill(out: Array, function: Callable[..., Array], *arguments: Any) -> None:
    """Write what ``function`` returns into ``out``: for all that has no ``out`` of its own."""
    out[...] = function(*arguments)


def _maximum(z: Array, floor: Array, out: Array) -> None:
    """Write max(z, floor) into ``out``; `np.maximum` is slow with a positional ``out``."""
    np.maximum(z, floor, out=out)
