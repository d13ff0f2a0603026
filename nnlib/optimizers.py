"""Optimisers: how a gradient g moves the parameters p, all of the network at once.

η is the learning rate. Each optimiser works in place on the network's flat vector.
"""

from typing import Any

import numpy as np

from nnlib._typing import Array
from nnlib.validation import Checked, fraction, positive_number


class Optimizer:
    """What the optimisers share: a learning rate, and a memory of past gradients.

    Attributes
    ----------
    learning_rate : float
        η, finite and > 0; may be changed at any moment. Very large is legal.
    memory : dict of arrays
        What is remembered from step to step, such as the velocity; empty before the first step.
    remembers : tuple of str
        What there is in ``memory`` after a step; without momentum nothing is remembered.
    settings : dict
        The arguments that make the same optimiser again.

    Raises
    ------
    ValueError, TypeError
        When a setting is assigned that is no number or out of its bounds; the old one is kept.
    """

    name: str = ""
    arguments: tuple[str, ...] = ("learning_rate",)
    remembers: tuple[str, ...] = ()
    learning_rate = Checked(positive_number)

    def __init__(self, learning_rate: float) -> None:
        self.learning_rate = learning_rate
        self.reset()

    def reset(self) -> None:
        """Forget all past gradients."""
        self.memory: dict[str, Array] = {}
        self._remembered_for: Array | None = None
        self._scratch = np.empty(0)

    def step(self, parameters: Array, gradient: Array) -> None:
        """Move ``parameters`` in place, one step against ``gradient``; both of one shape."""
        if parameters.shape != gradient.shape:
            raise ValueError(
                f"parameters {parameters.shape} and gradient {gradient.shape} differ in shape."
            )
        self._update(parameters, gradient)

    def _update(self, p: Array, g: Array) -> None:
        raise NotImplementedError

    def _remember(self, p: Array, *names: str) -> list[Array]:
        """Return the memory's arrays of these names, zeros before the first step of ``p``."""
        if self._remembered_for is None:
            self.memory = self.memory or {name: np.zeros_like(p) for name in names}
            self._remembered_for = p
            self._scratch = np.empty_like(p)
        if self._remembered_for is not p:
            raise ValueError(
                f"This {type(self).__name__} remembers the gradients of another network. "
                "Give each network an optimiser of its own, or call reset()."
            )
        return [self.memory[name] for name in names]

    @property
    def settings(self) -> dict[str, Any]:
        """The arguments that make the same optimiser again."""
        return {name: getattr(self, name) for name in self.arguments}

    def __repr__(self) -> str:
        settings = ", ".join(f"{name}={value!r}" for name, value in self.settings.items())
        return f"{type(self).__name__}({settings})"


class SGD(Optimizer):
    """Gradient descent: p ← p − η g, with momentum μ: v ← μ v + g, p ← p − η v.

    With ``nesterov``, p ← p − η (g + μ v): Nesterov's method as Sutskever, Martens, Dahl and
    Hinton write it, "On the importance of initialization and momentum in deep learning" (2013),
    section 2, where p is kept one velocity ahead, the place that the gradient is taken at.

    Parameters
    ----------
    learning_rate : float
        η > 0.
    momentum : float
        μ, 0 ≤ μ < 1.
    nesterov : bool
        Whether to look one velocity ahead.

    Examples
    --------
    >>> p = np.array([1.0])
    >>> SGD(learning_rate=0.1).step(p, gradient=np.array([2.0]))
    >>> p
    array([0.8])
    """

    name = "sgd"
    arguments = ("learning_rate", "momentum", "nesterov")
    remembers = ("velocity",)
    momentum = Checked(fraction)

    def __init__(self, learning_rate: float, momentum: float = 0, nesterov: bool = False) -> None:
        super().__init__(learning_rate)
        self.momentum = momentum
        self.nesterov = bool(nesterov)

    def _update(self, p: Array, g: Array) -> None:
        if self.momentum == 0:
            p -= self.learning_rate * g
            return
        (v,) = self._remember(p, "velocity")
        v *= self.momentum
        v += g
        p -= self.learning_rate * (g + self.momentum * v if self.nesterov else v)


class RMSProp(Optimizer):
    """s ← ρ s + (1 − ρ) g², p ← p − η g / (√s + ε): each parameter has its own step size.

    Tieleman and Hinton, "Lecture 6.5: RMSprop", *Neural Networks for Machine Learning* (2012).

    Parameters
    ----------
    learning_rate : float
        η > 0.
    decay : float
        ρ, 0 ≤ ρ < 1.
    epsilon : float
        ε > 0, keeps the division finite.

    Examples
    --------
    >>> p = np.array([1.0, 1.0])
    >>> RMSProp(learning_rate=0.1, decay=0).step(p, gradient=np.array([2.0, -0.02]))
    >>> p.round(4)
    array([0.9, 1.1])
    """

    name = "rmsprop"
    arguments = ("learning_rate", "decay", "epsilon")
    remembers = ("mean_square",)
    decay = Checked(fraction)
    epsilon = Checked(positive_number)

    def __init__(self, learning_rate: float, decay: float = 0.9, epsilon: float = 1e-8) -> None:
        super().__init__(learning_rate)
        self.decay = decay
        self.epsilon = epsilon

    def _update(self, p: Array, g: Array) -> None:
        (s,) = self._remember(p, "mean_square")
        _average_in(s, g, g, self.decay, self._scratch)
        _step_by_root(p, g, s, self.learning_rate, 1.0, self.epsilon, self._scratch)


class Adam(Optimizer):
    """m ← β₁ m + (1 − β₁) g, v ← β₂ v + (1 − β₂) g², p ← p − η m̂ / (√v̂ + ε).

    m̂ = m / (1 − β₁ᵗ) and v̂ = v / (1 − β₂ᵗ) undo the start at 0; t counts the steps. Kingma and
    Ba, "Adam: a method for stochastic optimization" (2015), algorithm 1.

    Parameters
    ----------
    learning_rate : float
        η > 0.
    beta1, beta2 : float
        β₁ and β₂, each from 0 to below 1.
    epsilon : float
        ε > 0, outside the root.

    Examples
    --------
    The first step is η long, however large the gradient:

    >>> p = np.array([1.0, 1.0])
    >>> Adam(learning_rate=0.1).step(p, gradient=np.array([2.0, -0.02]))
    >>> p.round(4)
    array([0.9, 1.1])
    """

    name = "adam"
    arguments = ("learning_rate", "beta1", "beta2", "epsilon")
    remembers = ("mean", "mean_square", "t")
    beta1 = Checked(fraction)
    beta2 = Checked(fraction)
    epsilon = Checked(positive_number)

    def __init__(
        self,
        learning_rate: float = 0.001,
        beta1: float = 0.9,
        beta2: float = 0.999,
        epsilon: float = 1e-8,
    ) -> None:
        super().__init__(learning_rate)
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon

    def _update(self, p: Array, g: Array) -> None:
        m, v = self._remember(p, "mean", "mean_square")
        t = self.memory.setdefault("t", np.zeros((), dtype=np.int64))
        t += 1
        _average_in(m, g, None, self.beta1, self._scratch)
        _average_in(v, g, g, self.beta2, self._scratch)
        step_size = self.learning_rate / (1 - self.beta1 ** int(t))  # m̂ = m / (1 − β₁ᵗ)
        correction = 1 / (1 - self.beta2 ** int(t))  # v̂ = v / (1 − β₂ᵗ)
        _step_by_root(p, m, v, step_size, correction, self.epsilon, self._scratch)


def _average_in(mean: Array, g: Array, factor: Array | None, decay: float, scratch: Array) -> None:
    """Update a running mean: mean ← decay · mean + (1 − decay) · g (· factor), in place."""
    mean *= decay
    np.multiply(g, 1 - decay, out=scratch)
    if factor is not None:
        scratch *= factor
    mean += scratch


def _step_by_root(
    p: Array, g: Array, s: Array, step_size: float, correction: float, epsilon: float, root: Array
) -> None:
    """Step with a size for each parameter: p ← p − step_size · g / (√(correction · s) + ε)."""
    np.sqrt(s, out=root)
    root *= correction**0.5
    root += epsilon
    np.divide(g, root, out=root)
    root *= step_size
    p -= root


OPTIMIZERS: dict[str, type[Optimizer]] = {kind.name: kind for kind in (SGD, RMSProp, Adam)}
"""Name → class. A network is trained with an instance: ``OPTIMIZERS["adam"](0.01)``."""
