"""One dense layer: z = X W + b, a = f(z), and the way back."""

from typing import Any

import numpy as np

from nnlib._typing import Array
from nnlib.activations import Activation, find_activation
from nnlib.initializers import Initializer, find_initializer
from nnlib.validation import check_rows, numbers, whole_number


class Dense:
    """A layer whose every output depends on every input: z = X W + b, a = f(z).

    Its weights and bias stand in one vector, row after row of W and then b, which
    ``Network`` shares among all its layers.

    Parameters
    ----------
    n_in, n_out : int
        Number of inputs and of outputs (units), at least 1.
    activation : str or Activation
        A name in ``ACTIVATIONS``, or an instance.
    initializer : str or callable
        A name in ``INITIALIZERS``, or a function of (n_in, n_out, rng).
    rng : numpy.random.Generator or int
        Where the start weights are drawn from; a whole number is taken as a seed.
    dtype : str
        ``"float64"`` or ``"float32"``.

    Attributes
    ----------
    inputs : array (n_samples, n_in)
        What the last ``forward`` was given; None before it. The same holds for ``z`` and ``a``.
    z, a : array (n_samples, n_out)
        Weighted sums and outputs of the last ``forward``.
    delta : array (n_samples, n_out)
        δ = ∂L/∂z of the last ``backward``; None before it.

    Raises
    ------
    ValueError, TypeError
        For an unknown name, a size below 1 or a wrong shape.

    Examples
    --------
    >>> layer = Dense(2, 1, "relu")
    >>> layer.weights, layer.bias = [[1.0], [-2.0]], [0.5]
    >>> layer.forward([[1.0, 0.0], [0.0, 1.0]])
    array([[1.5],
           [0. ]])
    >>> layer.backward([[1.0], [1.0]])  # ∂L/∂X from ∂L/∂a; ReLU stops the second row
    array([[ 1., -2.],
           [ 0.,  0.]])
    >>> layer.weights_gradient.ravel(), layer.bias_gradient
    (array([1., 0.]), array([1.]))
    """

    def __init__(
        self,
        n_in: int,
        n_out: int,
        activation: str | Activation = "tanh",
        initializer: str | Initializer = "xavier",
        rng: np.random.Generator | int = 0,
        dtype: Any = "float64",
    ) -> None:
        self.n_in = whole_number("n_in", n_in)
        self.n_out = whole_number("n_out", n_out)
        self.activation = find_activation(activation)
        self.label = "this layer"
        self.inputs: Array | None = None
        self.z: Array | None = None
        self.a: Array | None = None
        self.delta: Array | None = None
        self.n_parameters = (self.n_in + 1) * self.n_out
        self.use(np.zeros(self.n_parameters, dtype), np.zeros(self.n_parameters, dtype), 0)
        rng = np.random.default_rng(rng)
        self.weights = find_initializer(initializer)(self.n_in, self.n_out, rng)

    def forward(self, X: Any) -> Array:
        """Return a = f(X W + b), shape (n_samples, n_out), for ``X`` (n_samples, n_in)."""
        X = np.asarray(X, dtype=self._parameters.dtype)
        check_rows("inputs", X, self.n_in, self.label)
        self.inputs = X
        self.z = X @ self.weights + self.bias
        self.a = self.activation(self.z)
        return self.a

    def backward(self, gradient: Any) -> Array:
        """Return ∂L/∂X, shape (n_samples, n_in), from ``gradient`` = ∂L/∂a (n_samples, n_out).

        δ = ∂L/∂a · f′(z), the error of z (Nielsen, BP2); the rest is :meth:`backward_from_z`.
        """
        if self.z is None:
            raise RuntimeError(f"{self.label}: call forward before backward.")
        gradient = np.asarray(gradient, dtype=self._parameters.dtype)
        if gradient.shape != self.z.shape:
            raise ValueError(
                f"{self.label} expects a gradient ∂L/∂a of the shape of its outputs, "
                f"{self.z.shape}, got {gradient.shape}. Usual cause: forward was last called "
                "with another number of samples."
            )
        delta = self.activation.backward(self.z, gradient)  # ∂L/∂a · f′(z)
        return self.backward_from_z(delta)

    def backward_from_z(self, delta: Array) -> Array:
        """Return ∂L/∂X = δ Wᵀ from ``delta`` = ∂L/∂z, and keep ∂L/∂W = Xᵀ δ and ∂L/∂b = Σ δ.

        Nielsen, *Neural Networks and Deep Learning* (2015), chapter 2: BP3, BP4 and Wᵀδ of BP2.
        """
        assert self.inputs is not None
        self.delta = delta
        self.weights_gradient[...] = self.inputs.T @ delta
        self.bias_gradient[...] = delta.sum(axis=0)
        return delta @ self.weights.T

    @property
    def parameters(self) -> Array:
        """The rows of W, then b: this layer's part of the network's flat vector."""
        return self._parameters[self._place]

    @property
    def gradient(self) -> Array:
        """∂L/∂(all parameters of the layer), in the order of ``parameters``."""
        return self._gradient[self._place]

    @property
    def weights(self) -> Array:
        """The weights W, shape (n_in, n_out); assigning writes into the same memory."""
        return self._block(self._parameters)[:-1]

    @weights.setter
    def weights(self, values: Any) -> None:
        _write(self.weights, values, f"the weights of {self.label}")

    @property
    def bias(self) -> Array:
        """The bias b, shape (n_out,); assigning writes into the same memory."""
        return self._block(self._parameters)[-1]

    @bias.setter
    def bias(self, values: Any) -> None:
        _write(self.bias, values, f"the bias of {self.label}")

    @property
    def weights_gradient(self) -> Array:
        """∂L/∂W, shape (n_in, n_out), of the last ``backward``."""
        return self._block(self._gradient)[:-1]

    @property
    def bias_gradient(self) -> Array:
        """∂L/∂b, shape (n_out,), of the last ``backward``."""
        return self._block(self._gradient)[-1]

    def use(self, parameters: Array, gradient: Array, start: int) -> None:
        """Live in these two vectors from index ``start`` on, without copying anything."""
        self._parameters = parameters
        self._gradient = gradient
        self._place = slice(start, start + self.n_parameters)

    def _block(self, vector: Array) -> Array:
        """Return this layer's part of ``vector`` as a table: the rows of W, then b."""
        return vector[self._place].reshape(self.n_in + 1, self.n_out)

    def __repr__(self) -> str:
        return f"Dense({self.n_in}, {self.n_out}, {self.activation.name!r})"


def _write(target: Array, values: Any, name: str) -> None:
    """Copy ``values`` into ``target``; a wrong shape changes nothing."""
    values = numbers(name, values, target.dtype)
    if values.shape != target.shape:
        raise ValueError(
            f"Expected {name} of shape {target.shape}, got {values.shape}. "
            "Weights have one row for each input and one column for each unit."
        )
    target[...] = values
