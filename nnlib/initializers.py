"""Where the weights start. Each initializer maps (n_in, n_out, rng) to weights (n_in, n_out).

A layer whose weights start equal keeps them equal, so they are drawn at random; their size is
chosen so that signals neither die out nor blow up on their way through the layers. Biases start
at 0.
"""

from collections.abc import Callable

import numpy as np

from nnlib._typing import Array
from nnlib.validation import find

Initializer = Callable[[int, int, np.random.Generator], Array]


def zeros(n_in: int, n_out: int, rng: np.random.Generator) -> Array:
    """Weights (n_in, n_out) of 0: all units of a hidden layer stay alike for ever.

    Examples
    --------
    >>> zeros(2, 3, np.random.default_rng(0))
    array([[0., 0., 0.],
           [0., 0., 0.]])
    """
    return np.zeros((n_in, n_out))


def uniform(n_in: int, n_out: int, rng: np.random.Generator) -> Array:
    """Weights (n_in, n_out) uniform in [−1, 1).

    Examples
    --------
    >>> weights = uniform(100, 300, np.random.default_rng(0))
    >>> round(float(np.abs(weights).max()), 3)
    1.0
    """
    return rng.uniform(-1, 1, (n_in, n_out))


def xavier(n_in: int, n_out: int, rng: np.random.Generator) -> Array:
    """Weights (n_in, n_out) uniform in [−r, r), r = √(6 / (n_in + n_out)); for tanh and sigmoid.

    Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural networks"
    (2010), equation 16.

    Examples
    --------
    >>> weights = xavier(100, 300, np.random.default_rng(0))
    >>> round(float(np.abs(weights).max()), 3)  # √(6 / 400) = 0.1225
    0.122
    """
    r = np.sqrt(6 / (n_in + n_out))
    return rng.uniform(-r, r, (n_in, n_out))


def he(n_in: int, n_out: int, rng: np.random.Generator) -> Array:
    """Weights (n_in, n_out) normal with variance 2 / n_in; for ReLU and its relatives.

    He, Zhang, Ren and Sun, "Delving deep into rectifiers" (2015), section 2.2, equation 10.

    Examples
    --------
    >>> weights = he(800, 100, np.random.default_rng(0))
    >>> round(float(weights.std()), 3)  # √(2 / 800)
    0.05
    """
    return rng.normal(0, np.sqrt(2 / n_in), (n_in, n_out))


def lecun(n_in: int, n_out: int, rng: np.random.Generator) -> Array:
    """Weights (n_in, n_out) normal with variance 1 / n_in.

    LeCun, Bottou, Orr and Müller, "Efficient BackProp" (1998), section 4.6, equation 16.

    Examples
    --------
    >>> weights = lecun(100, 300, np.random.default_rng(0))
    >>> round(float(weights.std()), 3)  # √(1 / 100)
    0.1
    """
    return rng.normal(0, np.sqrt(1 / n_in), (n_in, n_out))


INITIALIZERS: dict[str, Initializer] = {
    "zeros": zeros, "uniform": uniform, "xavier": xavier, "he": he, "lecun": lecun,
}  # fmt: skip
"""All initializers by name: ``INITIALIZERS["he"](n_in, n_out, rng)``."""


def find_initializer(given: str | Initializer) -> Initializer:
    """Return the initializer of that name, or ``given`` itself if it is a function."""
    return find("initializer", given, INITIALIZERS, callable)
