"""Comparing backpropagation with differences of the loss itself."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from nnlib._typing import Array
from nnlib.losses import Loss
from nnlib.network import Network
from nnlib.validation import positive_number


@dataclass(frozen=True, eq=False)
class GradientCheck:
    """The outcome of :func:`gradient_check`.

    Attributes
    ----------
    analytic, numeric : array (n_parameters,)
        The gradient from backpropagation, and from differences of the loss.
    errors : array (n_parameters,)
        Relative error of each parameter's gradient, dimensionless.

    Examples
    --------
    >>> check = GradientCheck(np.array([1.0, 2.0]), np.array([1.0, 2.2]), np.array([0.0, 0.05]))
    >>> print(check)
    worst relative error 5.0e-02 over 2 parameters
    """

    analytic: Array
    numeric: Array
    errors: Array

    @property
    def worst(self) -> float:
        """The worst relative error: below 10⁻⁵ or so where backpropagation is right."""
        return float(self.errors.max())

    def __str__(self) -> str:
        return f"worst relative error {self.worst:.1e} over {self.errors.size} parameters"


def gradient_check(
    network: Network, X: Any, y: Any, loss: str | Loss, epsilon: float = 1e-6
) -> GradientCheck:
    """Compare ∂L/∂p from backpropagation with (L(p + ε) − L(p − ε)) / 2ε, parameter by parameter.

    The relative error is |analytic − numeric| / max(|analytic|, |numeric|, floor). The floor is
    10⁷ times what rounding does to the difference, L · 2⁻⁵² / ε: below it a difference proves
    nothing. At a kink, such as ReLU's at 0, the two differ although both are right.

    Parameters
    ----------
    network : Network
        In float64; its parameters are left as they were.
    X : array (n_samples, n_in)
    y : array (n_samples, n_out)
    loss : str or Loss
    epsilon : float
        ε > 0, the step to each side.

    Raises
    ------
    ValueError
        For what ``network.loss_and_gradient`` refuses, or for a network in float32.

    Examples
    --------
    >>> from nnlib import datasets
    >>> X, y = datasets.truth_table("xor")
    >>> gradient_check(Network([2, 3, 1]), X, y, "binary_cross_entropy").worst < 1e-5
    True
    """
    epsilon = positive_number("epsilon", epsilon)
    if network.dtype != np.float64:
        raise ValueError("A gradient check needs dtype='float64': float32 rounds too coarsely.")
    value, gradient = network.loss_and_gradient(X, y, loss)
    analytic = gradient.copy()
    numeric = central_differences(lambda: network.loss(X, y, loss), network.parameters, epsilon)
    rounding = value * np.finfo(np.float64).eps / epsilon
    scale = np.maximum(np.maximum(np.abs(analytic), np.abs(numeric)), 1e7 * rounding)
    errors = np.abs(analytic - numeric) / np.maximum(scale, np.finfo(np.float64).tiny)
    return GradientCheck(analytic, numeric, errors)


def central_differences(value: Callable[[], float], numbers: Array, epsilon: float) -> Array:
    """Return (L(p + ε) − L(p − ε)) / 2ε for each number p of an array that L depends on.

    Parameters
    ----------
    value : callable
        L, a function of what stands in ``numbers``.
    numbers : array
        Each number in turn is changed in place, and afterwards is what it was.
    epsilon : float
        ε > 0, the step to each side.

    Examples
    --------
    >>> x = np.array([1.0, 3.0])
    >>> central_differences(lambda: np.sum(x**2), x, 0.5)
    array([2., 6.])
    """
    slopes = np.empty_like(numbers)
    for place in np.ndindex(numbers.shape):
        here = numbers[place]
        try:
            numbers[place] = here + epsilon
            above = value()
            numbers[place] = here - epsilon
            below = value()
        finally:
            numbers[place] = here
        slopes[place] = (above - below) / (2 * epsilon)
    return slopes
