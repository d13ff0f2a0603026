"""Activation functions a = f(z) and their derivatives f′(z).

Both are functions of the weighted sum z, never of the output a. All of them take numbers or arrays
of any shape, work element by element (softmax: row by row) and keep float32. No finite z gives a
warning or an overflow.
"""

import re
from math import pi, sqrt
from typing import Any

import numpy as np

from nnlib._typing import Array
from nnlib.validation import find, number


class Activation:
    """An activation function: ``f(z)``, its derivative, and its step in backpropagation.

    A new one needs a ``name``, ``__call__`` and ``derivative``. Once it stands in ``ACTIVATIONS``,
    networks take its name, and so do the explorers made after it.

    Attributes
    ----------
    name : str
        The name under which ``ACTIVATIONS`` lists it.
    title, symbol : str
        How it is written in prose and in formulas, such as "ReLU" and "σ"; by default its name.
    formula, derivative_formula, range : str
        Its equation, that of its derivative, and the values it can take, as text.
    at_zero : {"", "corner", "jump"}
        What it has at z = 0 instead of a slope. Nothing is learned through a jump.
    elementwise : bool
        Whether each output depends on its own z alone.

    Examples
    --------
    >>> class Sine(Activation):
    ...     name = "sine"
    ...
    ...     def __call__(self, z):
    ...         return np.sin(z)
    ...
    ...     def derivative(self, z):
    ...         return np.cos(z)
    >>> Sine().backward(np.array([0.0]), gradient=np.array([2.0]))
    array([2.])
    """

    name: str = ""
    title: str = ""
    symbol: str = ""
    formula: str = ""
    derivative_formula: str = ""
    range: str = ""
    at_zero: str = ""
    elementwise: bool = True

    def __init_subclass__(cls) -> None:
        """Let a new activation be written as its name says, and its symbol as its title."""
        own = vars(cls)
        cls.title = own.get("title", own.get("name", cls.title))
        cls.symbol = own.get("symbol", cls.title)

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
    """No activation at all: the output for a number without limits.

    Examples
    --------
    >>> ACTIVATIONS["linear"]([-2.0, 3.0])
    array([-2.,  3.])
    """

    name = "linear"
    formula = "z"
    derivative_formula = "1"
    range = "(−∞, ∞)"

    def __call__(self, z: Any) -> Array:
        """Return z."""
        return +floats(z)

    def derivative(self, z: Any) -> Array:
        """Return 1 everywhere."""
        return np.ones_like(floats(z))


class Step(Activation):
    """All or nothing, as in Rosenblatt's perceptron (1958). Gradients learn nothing through it.

    Examples
    --------
    >>> ACTIVATIONS["step"]([-2.0, 0.0, 3.0])
    array([0., 1., 1.])
    """

    name = "step"
    formula = "1 if z ≥ 0, else 0"
    derivative_formula = "0"
    range = "{0, 1}"
    at_zero = "jump"

    def __call__(self, z: Any) -> Array:
        """Return 1 if z ≥ 0, else 0."""
        z = floats(z)
        return (z >= 0).astype(z.dtype)

    def derivative(self, z: Any) -> Array:
        """Return 0 everywhere (at the jump there is no derivative)."""
        return np.zeros_like(floats(z))


class Sigmoid(Activation):
    """The logistic function, from 0 to 1.

    Examples
    --------
    >>> sigmoid = ACTIVATIONS["sigmoid"]
    >>> float(sigmoid(0)), float(sigmoid.derivative(0))
    (0.5, 0.25)
    """

    name = "sigmoid"
    symbol = "σ"
    formula = "1 / (1 + e⁻ᶻ)"
    derivative_formula = "σ(z) (1 − σ(z))"
    range = "(0, 1)"

    def __call__(self, z: Any) -> Array:
        """Return σ(z) = 1 / (1 + e⁻ᶻ)."""
        # Where z < 0, multiplied above and below by eᶻ: so no exponent is ever positive.
        z = floats(z)
        return np.exp(np.minimum(z, 0)) / (1 + np.exp(-np.abs(z)))

    def derivative(self, z: Any) -> Array:
        """Return σ′(z) = σ(z) (1 − σ(z))."""
        # 1 − σ(z) = σ(−z), which is exact also where σ(z) is rounded to 1.
        z = floats(z)
        return self(z) * self(-z)


class Tanh(Activation):
    """The hyperbolic tangent: the sigmoid's curve from −1 to 1, tanh(z) = 2σ(2z) − 1.

    Examples
    --------
    >>> tanh = ACTIVATIONS["tanh"]
    >>> tanh([0.0, 1000.0]), tanh.derivative([0.0, 1000.0])
    (array([0., 1.]), array([1., 0.]))
    """

    name = "tanh"
    formula = "(eᶻ − e⁻ᶻ) / (eᶻ + e⁻ᶻ)"
    derivative_formula = "1 − tanh² z"
    range = "(−1, 1)"

    def __call__(self, z: Any) -> Array:
        """Return tanh(z)."""
        return np.tanh(floats(z))

    def derivative(self, z: Any) -> Array:
        """Return tanh′(z) = 1 − tanh²(z)."""
        return 1 - np.tanh(floats(z)) ** 2


class ReLU(Activation):
    """The rectified linear unit. It has no derivative at 0; here ReLU′(0) = 0.

    Nair and Hinton, "Rectified linear units improve restricted Boltzmann machines" (2010).

    Examples
    --------
    >>> relu = ACTIVATIONS["relu"]
    >>> relu([-2.0, 0.0, 3.0]), relu.derivative([-2.0, 0.0, 3.0])
    (array([0., 0., 3.]), array([0., 0., 1.]))
    """

    name = "relu"
    title = "ReLU"
    formula = "max(0, z)"
    derivative_formula = "1 if z > 0, else 0"
    range = "[0, ∞)"
    at_zero = "corner"

    def __call__(self, z: Any) -> Array:
        """Return max(0, z)."""
        return np.maximum(floats(z), 0)

    def derivative(self, z: Any) -> Array:
        """Return 1 if z > 0, else 0."""
        z = floats(z)
        return (z > 0).astype(z.dtype)


class LeakyReLU(Activation):
    """A ReLU that lets a little through below 0. It has no derivative at 0; here f′(0) = slope.

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

    title = "leaky ReLU"

    def __init__(self, slope: float = 0.01) -> None:
        self.slope = number("slope", slope)
        self.name = "leaky_relu" if self.slope == 0.01 else f"leaky_relu({self.slope!r})"
        self.at_zero = "corner" if self.slope != 1 else ""  # then it is a straight line
        self.formula = f"z if z > 0, else {self.slope:g} z"
        self.derivative_formula = f"1 if z > 0, else {self.slope:g}"
        self.range = "(−∞, ∞)" if self.slope > 0 else "[0, ∞)"

    def __call__(self, z: Any) -> Array:
        """Return z if z > 0, else slope · z."""
        z = floats(z)
        return np.maximum(z, 0) + self.slope * np.minimum(z, 0)

    def derivative(self, z: Any) -> Array:
        """Return 1 if z > 0, else the slope."""
        z = floats(z)
        return np.where(z > 0, 1, self.slope).astype(z.dtype)


class ELU(Activation):
    """The exponential linear unit with α = 1.

    Clevert, Unterthiner and Hochreiter, "Fast and accurate deep network learning by exponential
    linear units" (2016), section 3.

    Examples
    --------
    >>> ACTIVATIONS["elu"]([-1000.0, -1.0, 2.0]).round(4)
    array([-1.    , -0.6321,  2.    ])
    """

    name = "elu"
    title = "ELU"
    formula = "z if z > 0, else eᶻ − 1"
    derivative_formula = "1 if z > 0, else eᶻ"
    range = "(−1, ∞)"

    def __call__(self, z: Any) -> Array:
        """Return z if z > 0, else eᶻ − 1."""
        z = floats(z)
        return np.maximum(z, 0) + np.expm1(np.minimum(z, 0))

    def derivative(self, z: Any) -> Array:
        """Return 1 if z > 0, else eᶻ."""
        return np.exp(np.minimum(floats(z), 0))


class Softplus(Activation):
    """A smooth ReLU, whose derivative is the sigmoid.

    Glorot, Bordes and Bengio, "Deep sparse rectifier neural networks" (2011), section 3.2.

    Examples
    --------
    >>> softplus = ACTIVATIONS["softplus"]
    >>> softplus([-1000.0, 1000.0]), softplus.derivative([-1000.0, 0.0, 1000.0])
    (array([   0., 1000.]), array([0. , 0.5, 1. ]))
    """

    name = "softplus"
    formula = "ln(1 + eᶻ)"
    derivative_formula = "σ(z)"
    range = "(0, ∞)"

    def __call__(self, z: Any) -> Array:
        """Return ln(1 + eᶻ)."""
        return np.logaddexp(0, floats(z))

    def derivative(self, z: Any) -> Array:
        """Return σ(z)."""
        return ACTIVATIONS["sigmoid"](z)


class GELU(Activation):
    """The tanh form of GELU: ½ z (1 + tanh u), u = √(2/π) (z + 0.044715 z³).

    It differs from the exact form, z Φ(z), by less than 0.0005. Since ½ (1 + tanh u) = σ(2u), it
    is computed as z σ(2u). Hendrycks and Gimpel, "Gaussian error linear units" (2016), section 2.

    Examples
    --------
    >>> ACTIVATIONS["gelu"]([-1.0, 0.0, 1.0]).round(4)
    array([-0.1588,  0.    ,  0.8412])
    """

    name = "gelu"
    title = "GELU"
    formula = "½ z (1 + tanh(√(2/π) (z + 0.044715 z³)))"
    derivative_formula = "Φ(z) + z Φ′(z), nearly"
    range = "[−0.17, ∞)"

    def __call__(self, z: Any) -> Array:
        """Return z σ(2u)."""
        z = floats(z)
        return z * ACTIVATIONS["sigmoid"](self._two_u(_near_zero(z)))

    def derivative(self, z: Any) -> Array:
        """Return σ(2u) + z σ′(2u) (2u)′, the product rule."""
        z = _near_zero(floats(z))
        sigmoid, v = ACTIVATIONS["sigmoid"], self._two_u(z)
        slope_of_v = sqrt(8 / pi) * (1 + 3 * 0.044715 * z**2)
        return sigmoid(v) + z * sigmoid.derivative(v) * slope_of_v

    def _two_u(self, z: Array) -> Array:
        return sqrt(8 / pi) * (z + 0.044715 * z**3)


def _near_zero(z: Array) -> Array:
    """Return z cut off at ±30: beyond, σ(2u) is exactly 0 or 1, and z³ could overflow."""
    return np.clip(z, -30, 30)


class Softmax(Activation):
    """Probabilities of several classes: the outputs of a row are positive and add up to 1.

    Each output depends on every z of its row, so there is no derivative element by element, but a
    Jacobian ∂aⱼ/∂zₖ = aⱼ (1[j = k] − aₖ). Bridle, "Probabilistic interpretation of feedforward
    classification network outputs" (1990).

    Examples
    --------
    >>> ACTIVATIONS["softmax"]([[0.0, 0.0], [1000.0, 0.0]])
    array([[0.5, 0.5],
           [1. , 0. ]])
    """

    name = "softmax"
    formula = "e^zⱼ / Σₖ e^zₖ"
    range = "(0, 1), each row adds up to 1"
    elementwise = False

    def __call__(self, z: Any) -> Array:
        """Return e^zⱼ / Σₖ e^zₖ along the last axis."""
        z = floats(z)
        with np.errstate(over="ignore"):  # 10³⁰⁸ below the largest z, −∞ is right
            exponentials = np.exp(z - z.max(axis=-1, keepdims=True))
        return exponentials / exponentials.sum(axis=-1, keepdims=True)

    def derivative(self, z: Any) -> Array:
        """Raise ``TypeError``: there is none."""
        raise TypeError(
            "softmax has no derivative element by element: each output depends on every z of its "
            "row. Use softmax.backward(z, gradient), or the loss cross_entropy with it."
        )

    def backward(self, z: Any, gradient: Array) -> Array:
        """Return ∂L/∂zₖ = aₖ (gₖ − Σⱼ gⱼ aⱼ) from ``gradient`` g = ∂L/∂a; all of one shape."""
        a = self(z)
        return a * (gradient - (gradient * a).sum(axis=-1, keepdims=True))


ACTIVATIONS: dict[str, Activation] = {
    f.name: f
    for f in (
        *(Linear(), Step(), Sigmoid(), Tanh(), ReLU()),
        *(LeakyReLU(), ELU(), Softplus(), GELU(), Softmax()),
    )
}
"""All activations by name: ``ACTIVATIONS["tanh"](z)``."""


def find_activation(given: str | Activation) -> Activation:
    """Return the activation of that name, such as ``"tanh"`` or ``"leaky_relu(0.2)"``."""
    leaky = re.fullmatch(r"leaky_relu\(([-+.\deE]+)\)", given) if isinstance(given, str) else None
    if leaky:
        return LeakyReLU(float(leaky[1]))
    return find("activation", given, ACTIVATIONS, lambda value: isinstance(value, Activation))
