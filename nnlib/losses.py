"""Loss functions L(a, y) and their gradients.

A loss is a mean, so 1/n stands in one place only: here, in the gradient. Next to ∂L/∂a each loss
gives δ = ∂L/∂z of the output layer; where loss and output activation are made for each other, it is
computed from z itself, which is exact also where a has been rounded to 0 or 1.
"""

from typing import Any

import numpy as np

from nnlib._typing import Array
from nnlib.activations import Activation, find_activation, floats
from nnlib.validation import find, numbers


class Loss:
    """A loss: ``loss(a, y)`` and ``loss.gradient(a, y)``.

    A new one needs a ``name``, ``_value(a, y)`` and ``_gradient(a, y)``; the checks are here.

    Attributes
    ----------
    name, formula : str
        Its name in ``LOSSES`` and its equation.
    output : str or None
        The one output activation it fits; None if it fits all.

    Raises
    ------
    ValueError
        If ``a`` and ``y`` differ in shape, are empty or not finite, or are out of the loss's range.
    """

    name: str = ""
    formula: str = ""
    output: str | None = None

    def __call__(self, a: Any, y: Any) -> float:
        """Return L, dimensionless, for outputs ``a`` and targets ``y`` of one shape."""
        a, y = self._checked(a, y)
        return float(self._value(np.atleast_2d(a), np.atleast_2d(y)))

    def gradient(self, a: Any, y: Any) -> Array:
        """Return ∂L/∂a, with the shape of ``a``."""
        return self._gradient(*self._checked(a, y))

    def from_z(self, z: Array, y: Array, activation: Activation) -> Array:
        """Return L for the output layer's ``z``; ``y`` has been checked.

        ``z`` and ``y`` are (n_samples, n_out). For a stack of several z, (…, n_samples, n_out), the
        result is an array (…) of losses.
        """
        return self._value(activation(z), y)

    def delta(self, z: Array, y: Array, activation: Activation) -> Array:
        """Return δ = ∂L/∂z of the output layer, with the shape of ``z``; ``y`` has been checked."""
        return activation.backward(z, self._gradient(activation(z), y))

    def fits(self, activation: str | Activation) -> bool:
        """Return whether the loss can follow that output activation."""
        return self.output in (None, find_activation(activation).name)

    def check_fit(self, activation: str | Activation) -> None:
        """Raise ``ValueError`` if the output activation does not fit, saying which one does."""
        if not self.fits(activation):
            raise ValueError(
                f"{self.name} does not fit the output activation "
                f"{find_activation(activation).name!r}: use output={self.output!r}, "
                "or the loss 'mean_squared_error'."
            )

    def check_targets(self, y: Array) -> None:
        """Raise ``ValueError`` if the targets ``y`` are none that this loss can compare with."""

    def _value(self, a: Array, y: Array) -> Array:
        raise NotImplementedError

    def _gradient(self, a: Array, y: Array) -> Array:
        raise NotImplementedError

    def _checked(self, a: Any, y: Any) -> tuple[Array, Array]:
        a = numbers("a", a, floats(a).dtype)
        y = numbers("y", y, a.dtype)
        _check_shapes(a, y)
        self.check_targets(y)
        if self.output is not None:
            _check_probabilities(a, self.name)
        return a, y

    def __repr__(self) -> str:
        return f"<loss {self.name}>"


class MeanSquaredError(Loss):
    """L = (1/n) Σ (a − y)², the mean over all n elements; fits every output activation.

    Examples
    --------
    >>> LOSSES["mean_squared_error"]([[0.5], [1.0]], [[0.0], [1.0]])
    0.125
    """

    name = "mean_squared_error"
    formula = "(1/n) Σ (a − y)²"

    def _value(self, a: Array, y: Array) -> Array:
        """Return (1/n) Σ (a − y)²."""
        return np.mean((a - y) ** 2, axis=(-2, -1))

    def _gradient(self, a: Array, y: Array) -> Array:
        """Return ∂L/∂a = (2/n) (a − y)."""
        return 2 * (a - y) / a.size


class BinaryCrossEntropy(Loss):
    """L = −(1/n) Σ [y ln a + (1 − y) ln(1 − a)], the mean over all n elements; fits sigmoid.

    Computed from a, a is kept one rounding step (2⁻⁵² in float64) away from 0 and 1. Computed from
    z, with a = σ(z), it is exact. Bishop, *Pattern Recognition and Machine Learning* (2006),
    equation 4.90; δ is equation 4.91.

    Examples
    --------
    >>> round(LOSSES["binary_cross_entropy"]([[0.9], [0.2]], [[1], [0]]), 4)  # −(ln 0.9 + ln 0.8)/2
    0.1643
    """

    name = "binary_cross_entropy"
    formula = "−(1/n) Σ [y ln a + (1 − y) ln(1 − a)]"
    output = "sigmoid"

    def _value(self, a: Array, y: Array) -> Array:
        """Return −(1/n) Σ [y ln a + (1 − y) ln(1 − a)]."""
        a = _inside(a)
        return -np.mean(y * np.log(a) + (1 - y) * np.log1p(-a), axis=(-2, -1))

    def _gradient(self, a: Array, y: Array) -> Array:
        """Return ∂L/∂a = (1/n) (a − y) / (a (1 − a))."""
        a = _inside(a)
        return (a - y) / (a * (1 - a)) / a.size

    def from_z(self, z: Array, y: Array, activation: Activation) -> Array:
        """Return L, with −ln σ(z) = ln(1 + e⁻ᶻ) and −ln(1 − σ(z)) = z + ln(1 + e⁻ᶻ)."""
        # ln(1 + e⁻ᶻ) = max(0, −z) + ln(1 + e^−|z|), where no exponent is positive.
        each = np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z)))
        return np.mean(each, axis=(-2, -1))

    def delta(self, z: Array, y: Array, activation: Activation) -> Array:
        """Return δ = (1/n) (a − y): σ′(z) = a (1 − a) has cancelled."""
        return (activation(z) - y) / z.size

    def check_targets(self, y: Array) -> None:
        """Raise ``ValueError`` unless 0 ≤ y ≤ 1."""
        if y.min() < 0 or y.max() > 1:
            raise ValueError(
                f"{self.name} needs targets y between 0 and 1, got {y.min():g} to {y.max():g}. "
                "Usual cause: classes named −1 and 1 (write y = (y + 1) / 2), or a regression."
            )


class CrossEntropy(Loss):
    """L = −(1/n) Σᵢ Σₖ yᵢₖ ln aᵢₖ, the mean over the n samples (rows); fits softmax.

    Computed from a, a is kept one rounding step (2⁻⁵² in float64) away from 0. Computed from z,
    with a = softmax(z), it is exact. Bishop, *Pattern Recognition and Machine Learning* (2006),
    equation 4.108; δ is equation 4.109.

    Examples
    --------
    >>> round(LOSSES["cross_entropy"]([[0.7, 0.2, 0.1]], [[1, 0, 0]]), 4)  # −ln 0.7
    0.3567
    """

    name = "cross_entropy"
    formula = "−(1/n) Σᵢ Σₖ yᵢₖ ln aᵢₖ"
    output = "softmax"

    def _value(self, a: Array, y: Array) -> Array:
        """Return −(1/n) Σᵢ Σₖ yᵢₖ ln aᵢₖ."""
        return -np.mean(np.sum(y * np.log(_inside(a)), axis=-1), axis=-1)

    def _gradient(self, a: Array, y: Array) -> Array:
        """Return ∂L/∂a = −(1/n) y / a."""
        return -y / _inside(a) / len(a)

    def from_z(self, z: Array, y: Array, activation: Activation) -> Array:
        """Return L, with ln aₖ = zₖ − ln Σⱼ e^zⱼ (after subtracting the largest z of the row)."""
        z = z - z.max(axis=-1, keepdims=True)
        log_a = z - np.log(np.exp(z).sum(axis=-1, keepdims=True))
        return -np.mean(np.sum(y * log_a, axis=-1), axis=-1)

    def delta(self, z: Array, y: Array, activation: Activation) -> Array:
        """Return δ = (1/n) (a − y), because the rows of y add up to 1."""
        return (activation(z) - y) / len(z)

    def check_targets(self, y: Array) -> None:
        """Raise ``ValueError`` unless the rows of y are probabilities that add up to 1."""
        if y.ndim != 2 or y.min() < 0 or np.abs(y.sum(axis=1) - 1).max() > 1e-5:
            raise ValueError(
                f"{self.name} needs targets y (n_samples, n_classes) whose rows are probabilities "
                "that add up to 1. Usual cause: class numbers in place of one column for each "
                "class: write np.eye(n_classes)[labels]. For one column of 0 and 1 use output="
                "'sigmoid' and 'binary_cross_entropy'."
            )


LOSSES: dict[str, Loss] = {
    loss.name: loss for loss in (MeanSquaredError(), BinaryCrossEntropy(), CrossEntropy())
}
"""All losses by name: ``LOSSES["mean_squared_error"](a, y)``."""


def find_loss(given: str | Loss) -> Loss:
    """Return the loss of that name, or ``given`` itself."""
    return find("loss", given, LOSSES, lambda value: isinstance(value, Loss))


def _inside(a: Array) -> Array:
    """Keep ``a`` one rounding step away from 0 and 1, where the logarithm is infinite."""
    step = np.finfo(a.dtype).eps
    return np.clip(a, step, 1 - step)


def _check_shapes(a: Array, y: Array) -> None:
    if a.shape != y.shape:
        raise ValueError(
            f"a and y must have the same shape, got {a.shape} and {y.shape}. "
            "Usual cause: y is a row in place of a column: write y.reshape(-1, 1)."
        )
    if a.size == 0:
        raise ValueError("a and y are empty: at least one sample is needed.")


def _check_probabilities(a: Array, name: str) -> None:
    if a.min() < 0 or a.max() > 1:
        raise ValueError(
            f"{name} needs outputs a between 0 and 1, got {a.min():g} to {a.max():g}. "
            "Usual cause: z was given in place of a, or another output activation."
        )
