"""Activation functions a = f(z) and their derivatives f′(z).

Both are functions of the weighted sum z, never of the output a. All of them take numbers or arrays
of any shape, work element by element (softmax: row by row) and keep float32. No finite z gives a
warning or an overflow.
"""

import re
from typing import Any

import numpy as np

from nnlib._typing import Array
from nnlib.validation import find, number


class Activation:
    """An activation function: ``f(z)``, its derivative, and its step in backpropagation.

    A new one needs a ``name``, ``__call__`` and ``derivative``.

    Attributes
    ----------
    name : str
        The name under which ``ACTIVATIONS`` lists it.
    formula, range : str
        Its equation and the values it can take, as text for tables.
    """

    name: str = ""
    formula: str = ""
    range: str = ""

    def __call__(self, z: Any) -> Array:
        """Return a = f(z), with the shape of ``z``."""
        raise NotImplementedError

    def derivative(self, z: Any) -> Array:
        """Return f′(z), with the shape of ``z``."""
        raise NotImplementedError

    def backward(self, z: Any, gradient: Array) -> Array:
        """Return ∂L/∂z = ∂L/∂a · f′(z) from ``gradient`` = ∂L/∂a; all of one shape."""
        return gradient * self.derivative(z)

    def __repr__(self) -> str:
        return f"<activation {self.name}>"


def floats(z: Any) -> Array:
    """Return ``z`` as an array of floating-point numbers; float32 stays float32."""
    z = np.asarray(z)
    return z if z.dtype.kind == "f" else z.astype(np.float64)


class Linear(Activation):
    """f(z) = z: no activation at all; the output of regression."""

    name = "linear"
    formula = "z"
    range = "(−∞, ∞)"

    def __call__(self, z: Any) -> Array:
        return +floats(z)

    def derivative(self, z: Any) -> Array:
        return np.ones_like(floats(z))


class Step(Activation):
    """f(z) = 1 if z ≥ 0, else 0.

    Rosenblatt's perceptron (1958). Its derivative is taken as 0 everywhere (at 0 there is none),
    so gradient descent learns nothing through it.
    """

    name = "step"
    formula = "1 if z ≥ 0, else 0"
    range = "{0, 1}"

    def __call__(self, z: Any) -> Array:
        z = floats(z)
        return (z >= 0).astype(z.dtype)

    def derivative(self, z: Any) -> Array:
        return np.zeros_like(floats(z))


class Sigmoid(Activation):
    """σ(z) = 1 / (1 + e⁻ᶻ), and σ′(z) = σ(z) (1 − σ(z)).

    Examples
    --------
    >>> sigmoid = ACTIVATIONS["sigmoid"]
    >>> float(sigmoid(0)), float(sigmoid.derivative(0))
    (0.5, 0.25)
    """

    name = "sigmoid"
    formula = "1 / (1 + e⁻ᶻ)"
    range = "(0, 1)"

    def __call__(self, z: Any) -> Array:
        # 1 / (1 + e⁻ᶻ), multiplied above and below by eᶻ where z < 0: no exponent is positive.
        z = floats(z)
        return np.exp(np.minimum(z, 0)) / (1 + np.exp(-np.abs(z)))

    def derivative(self, z: Any) -> Array:
        # σ(−z) = 1 − σ(z), without the rounding of the subtraction where σ(z) is close to 1.
        z = floats(z)
        return self(z) * self(-z)


class Tanh(Activation):
    """tanh(z) = (eᶻ − e⁻ᶻ) / (eᶻ + e⁻ᶻ) = 2σ(2z) − 1, and tanh′(z) = 1 − tanh²(z)."""

    name = "tanh"
    formula = "tanh z"
    range = "(−1, 1)"

    def __call__(self, z: Any) -> Array:
        return np.tanh(floats(z))

    def derivative(self, z: Any) -> Array:
        return 1 - np.tanh(floats(z)) ** 2


class ReLU(Activation):
    """f(z) = max(0, z). It has no derivative at 0; here ReLU′(0) = 0.

    Nair and Hinton, "Rectified linear units improve restricted Boltzmann machines" (2010).
    """

    name = "relu"
    formula = "max(0, z)"
    range = "[0, ∞)"

    def __call__(self, z: Any) -> Array:
        return np.maximum(floats(z), 0)

    def derivative(self, z: Any) -> Array:
        z = floats(z)
        return (z > 0).astype(z.dtype)


class LeakyReLU(Activation):
    """f(z) = z if z > 0, else slope · z. It has no derivative at 0; here f′(0) = slope.

    Maas, Hannun and Ng, "Rectifier nonlinearities improve neural network acoustic models" (2013),
    section 2.

    Parameters
    ----------
    slope : float
        The slope for z ≤ 0, dimensionless, finite.

    Examples
    --------
    >>> LeakyReLU(0.2).name
    'leaky_relu(0.2)'
    >>> LeakyReLU(0.2)([-1.0, 1.0])
    array([-0.2,  1. ])
    """

    def __init__(self, slope: float = 0.01) -> None:
        self.slope = number("slope", slope)
        self.name = "leaky_relu" if slope == 0.01 else f"leaky_relu({self.slope!r})"
        self.formula = f"z if z > 0, else {self.slope:g} z"
        self.range = "(−∞, ∞)" if self.slope > 0 else "[0, ∞)"

    def __call__(self, z: Any) -> Array:
        z = floats(z)
        return np.where(z > 0, z, self.slope * z)

    def derivative(self, z: Any) -> Array:
        z = floats(z)
        return np.where(z > 0, z.dtype.type(1), z.dtype.type(self.slope))


class ELU(Activation):
    """f(z) = z if z > 0, else eᶻ − 1; f′(z) = 1 if z > 0, else eᶻ.

    Clevert, Unterthiner and Hochreiter, "Fast and accurate deep network learning by exponential
    linear units" (2016), equation 15 with α = 1.
    """

    name = "elu"
    formula = "z if z > 0, else eᶻ − 1"
    range = "(−1, ∞)"

    def __call__(self, z: Any) -> Array:
        z = floats(z)
        return np.where(z > 0, z, np.expm1(np.minimum(z, 0)))

    def derivative(self, z: Any) -> Array:
        return np.exp(np.minimum(floats(z), 0))


class Softplus(Activation):
    """f(z) = ln(1 + eᶻ), a smooth ReLU; f′(z) = σ(z).

    Glorot, Bordes and Bengio, "Deep sparse rectifier neural networks" (2011), section 3.2.
    """

    name = "softplus"
    formula = "ln(1 + eᶻ)"
    range = "(0, ∞)"

    def __call__(self, z: Any) -> Array:
        return np.logaddexp(floats(z), 0)

    def derivative(self, z: Any) -> Array:
        return ACTIVATIONS["sigmoid"](z)


class GELU(Activation):
    """The tanh form of GELU: f(z) = ½ z (1 + tanh u), u = √(2/π) (z + 0.044715 z³).

    Since ½ (1 + tanh u) = σ(2u), it is computed as z · σ(2u). This form differs from the exact
    one, z Φ(z), by less than 0.0005. Hendrycks and Gimpel, "Gaussian error linear units" (2016),
    section 2.
    """

    name = "gelu"
    formula = "½ z (1 + tanh(√(2/π) (z + 0.044715 z³)))"
    range = "[−0.17, ∞)"

    def __call__(self, z: Any) -> Array:
        z = floats(z)
        return z * ACTIVATIONS["sigmoid"](self._twice_u(z))

    def derivative(self, z: Any) -> Array:
        z = floats(z)
        sigmoid, v = ACTIVATIONS["sigmoid"], self._twice_u(z)
        slope_of_v = np.sqrt(8 / np.pi).astype(z.dtype) * (1 + 3 * 0.044715 * self._near(z) ** 2)
        return sigmoid(v) + self._near(z) * sigmoid.derivative(v) * slope_of_v

    def _near(self, z: Array) -> Array:
        return np.clip(z, -30, 30)  # beyond ±30, σ(2u) is exactly 0 or 1, and z³ could overflow

    def _twice_u(self, z: Array) -> Array:
        z = self._near(z)
        return np.sqrt(8 / np.pi).astype(z.dtype) * (z + 0.044715 * z**3)


class Softmax(Activation):
    """softmax(z)ⱼ = e^zⱼ / Σₖ e^zₖ along the last axis: the outputs of a row add up to 1.

    Each output depends on every z of its row, so there is no derivative element by element, but
    a Jacobian ∂aⱼ/∂zₖ = aⱼ (δⱼₖ − aₖ). Bridle, "Probabilistic interpretation of feedforward
    classification network outputs" (1990).
    """

    name = "softmax"
    formula = "e^zⱼ / Σₖ e^zₖ"
    range = "(0, 1), each row adds up to 1"

    def __call__(self, z: Any) -> Array:
        z = floats(z)
        with np.errstate(over="ignore"):  # −∞ is right where z is 10³⁰⁸ below the largest
            exponentials = np.exp(z - z.max(axis=-1, keepdims=True))
        return exponentials / exponentials.sum(axis=-1, keepdims=True)

    def derivative(self, z: Any) -> Array:
        raise TypeError(
            "softmax has no derivative element by element: each output depends on every z of its "
            "row. Use softmax.backward(z, gradient), or the loss cross_entropy with it."
        )

    def backward(self, z: Any, gradient: Array) -> Array:
        """Return ∂L/∂zₖ = aₖ (gₖ − Σⱼ gⱼ aⱼ) from ``gradient`` g = ∂L/∂a; all of one shape."""
        a = self(z)
        return a * (gradient - (gradient * a).sum(axis=-1, keepdims=True))


ACTIVATIONS: dict[str, Activation] = {
    activation.name: activation
    for activation in (
        Linear(), Step(), Sigmoid(), Tanh(), ReLU(), LeakyReLU(), ELU(), Softplus(), GELU(), Softmax(),
    )
}  # fmt: skip


def find_activation(given: str | Activation) -> Activation:
    """Return the activation of that name, such as ``"tanh"`` or ``"leaky_relu(0.2)"``."""
    leaky = re.fullmatch(r"leaky_relu\(([-+.\deE]+)\)", given) if isinstance(given, str) else None
    if leaky:
        return LeakyReLU(float(leaky[1]))
    return find("activation", given, ACTIVATIONS, lambda it: isinstance(it, Activation))
