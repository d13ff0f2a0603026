"""Losses of models with two parameters: surfaces that can be drawn, with slope and curvature.

Each is the mean squared error of a model ŷ = f(x; p, q) on a few points. With residuals
rᵢ = ŷᵢ − yᵢ::

    L = 1/n Σ rᵢ²      ∇L = 2/n Σ rᵢ ∇ŷᵢ      H = 2/n Σ (∇ŷᵢ ∇ŷᵢᵀ + rᵢ ∇²ŷᵢ)

(I. Goodfellow, Y. Bengio and A. Courville, *Deep Learning*, 2016, sections 4.3.1 and 8.2.)
"""

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from nnlib import ACTIVATIONS
from nnlib._typing import Array

LIMITS = (-4.0, 4.0, -3.0, 3.0)  # of the parameters: from and to, across and up


class Model(Protocol):
    """A model with two parameters, p across and q up, and its derivatives by them."""

    parameters: tuple[str, str]
    formula: str

    def answer(self, p: Array, q: Array, x: Array) -> Array:
        """Return ŷ; the arguments broadcast."""

    def slopes(self, p: float, q: float, x: Array) -> Array:
        """Return (∂ŷ/∂p, ∂ŷ/∂q) for each x, (n, 2)."""

    def bends(self, p: float, q: float, x: Array) -> Array:
        """Return the second derivatives (∂²ŷ/∂p², ∂²ŷ/∂p∂q, ∂²ŷ/∂q²) for each x, (n, 3)."""


class Line:
    """A straight line: one neuron without an activation."""

    parameters = ("w", "b")
    formula = "ŷ = w x + b"

    def answer(self, p: Array, q: Array, x: Array) -> Array:
        """Return ŷ = w x + b."""
        return p * x + q

    def slopes(self, p: float, q: float, x: Array) -> Array:
        """Return (x, 1)."""
        return np.column_stack([x, np.ones_like(x)])

    def bends(self, p: float, q: float, x: Array) -> Array:
        """Return zeros: a line is straight in its parameters too."""
        return np.zeros((len(x), 3))


class Neuron:
    """One sigmoid neuron."""

    parameters = ("w", "b")
    formula = "ŷ = σ(w x + b)"

    def answer(self, p: Array, q: Array, x: Array) -> Array:
        """Return ŷ = σ(w x + b)."""
        return ACTIVATIONS["sigmoid"](p * x + q)

    def slopes(self, p: float, q: float, x: Array) -> Array:
        """Return σ′(z) (x, 1)."""
        slope = ACTIVATIONS["sigmoid"].derivative(p * x + q)
        return np.column_stack([slope * x, slope])

    def bends(self, p: float, q: float, x: Array) -> Array:
        """Return σ″(z) (x², x, 1) with σ″ = σ′ (1 − 2σ)."""
        a = self.answer(np.asarray(p), np.asarray(q), x)
        bend = a * (1 - a) * (1 - 2 * a)
        return np.column_stack([bend * x**2, bend * x, bend])


class TwoNeurons:
    """Two neurons in a row, tanh and then linear, without biases."""

    parameters = ("w", "v")
    formula = "ŷ = v tanh(w x)"

    def answer(self, p: Array, q: Array, x: Array) -> Array:
        """Return ŷ = v tanh(w x)."""
        return q * np.tanh(p * x)

    def slopes(self, p: float, q: float, x: Array) -> Array:
        """Return (v x tanh′(w x), tanh(w x))."""
        t = np.tanh(p * x)
        return np.column_stack([q * x * (1 - t**2), t])

    def bends(self, p: float, q: float, x: Array) -> Array:
        """Return (v x² tanh″, x tanh′, 0) with tanh″ = −2 tanh tanh′."""
        t = np.tanh(p * x)
        slope = 1 - t**2
        return np.column_stack([-2 * q * x**2 * t * slope, x * slope, np.zeros_like(x)])


@dataclass(frozen=True, eq=False)
class Surface:
    """The mean squared error of a model on a few points, for all values of its parameters."""

    title: str
    model: Model
    x: Array  # (n,)
    y: Array  # (n,)
    start: tuple[float, float]  # from where its walks are worth looking at

    def loss(self, p: Any, q: Any) -> Array:
        """Return L for parameters of any one shape."""
        p, q = np.asarray(p, dtype=float), np.asarray(q, dtype=float)
        answers = self.model.answer(p[..., None], q[..., None], self.x)
        with np.errstate(over="ignore"):  # a learner may type 1e300
            return np.mean((answers - self.y) ** 2, axis=-1)

    def gradient(self, at: Array) -> Array:
        """Return ∇L at ``at`` = (p, q), (2,)."""
        residuals = self.model.answer(at[0], at[1], self.x) - self.y
        slopes = self.model.slopes(at[0], at[1], self.x)
        return 2 / len(self.x) * residuals @ slopes

    def hessian(self, at: Array) -> Array:
        """Return the matrix of second derivatives H at ``at``, (2, 2)."""
        residuals = self.model.answer(at[0], at[1], self.x) - self.y
        slopes = self.model.slopes(at[0], at[1], self.x)
        pp, pq, qq = residuals @ self.model.bends(at[0], at[1], self.x)
        return 2 / len(self.x) * (slopes.T @ slopes + np.array([[pp, pq], [pq, qq]]))

    def curvature(self, at: Array) -> float:
        """Return λmax, the largest eigenvalue of H: how sharply L bends upwards at most."""
        return float(np.linalg.eigvalsh(self.hessian(at))[-1])


_INPUTS = np.array([-2.0, -1.0, 0.0, 1.0, 2.0])
_TARGETS = np.array([-1.2, -0.7, 0.9, 1.1, 2.4])

SURFACES = {
    # 1/n Σ x² is 1, 18 and 11: so H is 2·diag(1, 1), 2·diag(18, 1) and 2·[[11, 3], [3, 1]].
    "bowl": Surface("bowl", Line(), _INPUTS / np.sqrt(2), _TARGETS, (-3.0, 2.0)),
    "ravine": Surface("ravine", Line(), 3 * _INPUTS, _TARGETS, (-3.0, 2.0)),
    "tilted": Surface("tilted ravine", Line(), _INPUTS + 3, 0.4 * _TARGETS, (-3.0, 0.5)),
    "neuron": Surface(
        "neuron",
        Neuron(),
        np.array([-3.0, -2.0, -1.0, 1.0, 2.0, 3.0]),
        np.array([0.0, 0.0, 1.0, 0.0, 1.0, 1.0]),
        (-1.5, 1.0),
    ),
    "two_neurons": Surface(
        "two neurons",
        TwoNeurons(),
        _INPUTS,
        np.array([-1.9, -1.3, 0.1, 1.4, 1.8]),
        (-3.0, 2.0),
    ),
}
