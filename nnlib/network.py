"""A feedforward network: dense layers one after the other, on one flat vector of parameters."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from nnlib import export, storage
from nnlib._typing import Array
from nnlib.activations import Activation, find_activation
from nnlib.initializers import Initializer
from nnlib.layers import Dense
from nnlib.losses import Loss, find_loss
from nnlib.validation import numbers, rows, whole_number

MOST_SIZES = 1000  # of a network that is read: a deeper one would take long to make


class Network:
    """A feedforward network of dense layers.

    a⁽⁰⁾ = X,  z⁽ˡ⁾ = a⁽ˡ⁻¹⁾ W⁽ˡ⁾ + b⁽ˡ⁾,  a⁽ˡ⁾ = f(z⁽ˡ⁾),  ŷ = the last a. Samples are
    rows; many books write W x with samples as columns.

    Parameters
    ----------
    sizes : sequence of int
        Number of inputs, of units in each hidden layer, of outputs: ``[2, 4, 1]``. ``[2, 1]`` is
        one neuron.
    hidden : str, Activation or a list of them
        Activation of the hidden layers; a list has one for each hidden layer.
    output : str or Activation
        Activation of the output layer.
    initializer : str or callable
        Where the weights start, a name in ``INITIALIZERS``; biases start at 0.
    seed : int
        Seed of the generator that draws the start weights.
    dtype : str
        ``"float64"`` or ``"float32"``.

    Attributes
    ----------
    layers : list of Dense
        The layers; the first is layer 1.

    Raises
    ------
    ValueError, TypeError
        For unknown names, sizes below 1, or a list ``hidden`` of the wrong length.

    Examples
    --------
    >>> network = Network([2, 4, 1])
    >>> network.predict([[0, 1], [1, 1]]).shape
    (2, 1)
    """

    def __init__(
        self,
        sizes: Sequence[int],
        hidden: str | Activation | Sequence[str | Activation] = "tanh",
        output: str | Activation = "sigmoid",
        initializer: str | Initializer = "xavier",
        seed: int = 0,
        dtype: Any = "float64",
    ) -> None:
        sizes = _checked_sizes(sizes)
        activations = [*_one_each(hidden, len(sizes) - 2), find_activation(output)]
        rng = np.random.default_rng(whole_number("seed", seed, least=0))
        self.dtype = _checked_dtype(dtype)
        self.layers = [
            Dense(n_in, n_out, activation, initializer, rng, self.dtype)
            for n_in, n_out, activation in zip(sizes, sizes[1:], activations, strict=False)
        ]
        self._share_one_vector()

    def forward(self, X: Any) -> Array:
        """Return ŷ (n_samples, n_out) for ``X`` (n_samples, n_in); the layers keep z and a."""
        return self._forward(self._inputs(X))

    def backward(self, gradient: Any) -> Array:
        """Return ∂L/∂X from ``gradient`` = ∂L/∂ŷ (n_samples, n_out), and fill ``gradient``.

        The layers in reverse, each handing ∂L/∂a to the one below.
        """
        gradient = numbers("gradient", gradient, self.dtype)
        for layer in reversed(self.layers):
            gradient = layer.backward(gradient)
        return gradient

    def predict(self, X: Any) -> Array:
        """Return ŷ (n_samples, n_out) for ``X`` (n_samples, n_in); the layers keep nothing."""
        return self.layers[-1].activation(self.last_z(self._inputs(X)))

    def unit_outputs(self, X: Any) -> list[Array]:
        """Return a of every layer for ``X``, (n_samples, n_units) each; the layers keep nothing.

        The quick way to a map of what every unit answers on a grid of points.
        """
        outputs = [self._inputs(X)]
        for layer in self.layers:
            outputs.append(layer.activation(_z(outputs[-1], layer.weights, layer.bias)))
        return outputs[1:]

    def last_z(self, a: Array) -> Array:
        """Return z of the last layer for inputs ``a`` (``check`` has seen them)."""
        for layer in self.layers[:-1]:
            a = layer.activation(_z(a, layer.weights, layer.bias))
        return _z(a, self.layers[-1].weights, self.layers[-1].bias)

    def stacked_z(self, parameters: Array, a: Array) -> Array:
        """Return what `last_z` would be with each of several sets of parameters.

        ``parameters`` (n_sets, n_parameters), ``a`` (n_samples, n_in) → (n_sets, n_samples, n_out).
        """
        blocks = np.split(
            parameters, np.cumsum([layer.n_parameters for layer in self.layers]), axis=1
        )
        for layer, block in zip(self.layers, blocks, strict=False):
            table = block.reshape(len(parameters), layer.n_in + 1, layer.n_out)
            z = _z(a, table[:, :-1], table[:, -1])
            a = z if layer is self.layers[-1] else layer.activation(z)
        return a

    def loss(self, X: Any, y: Any, loss: str | Loss) -> float:
        """Return the loss L on ``X`` (n_samples, n_in), ``y`` (n_samples, n_out).

        Arguments and errors are those of :meth:`loss_and_gradient`.
        """
        X, y, loss = self.check(X, y, loss)
        return float(loss.from_z(self.last_z(X), y, self.layers[-1].activation))

    def loss_and_gradient(self, X: Any, y: Any, loss: str | Loss) -> tuple[float, Array]:
        """Return the loss L and ``gradient``, filled with ∂L/∂(all parameters).

        Parameters
        ----------
        X : array (n_samples, n_in)
        y : array (n_samples, n_out)
        loss : str or Loss
            A name in ``LOSSES``, or an instance.

        Raises
        ------
        ValueError
            For wrong shapes, numbers that are not finite, empty data, or a loss that the output
            activation does not fit.

        Examples
        --------
        >>> network = Network([1, 1], output="linear", initializer="zeros")
        >>> network.loss_and_gradient([[1.0], [2.0]], [[1.0], [3.0]], "mean_squared_error")
        (5.0, array([-7., -4.]))
        """
        X, y, loss = self.check(X, y, loss)
        self.fill_gradient(X, y, loss)
        last = self.layers[-1]
        assert last.z is not None
        return float(loss.from_z(last.z, y, last.activation)), self.gradient

    def fill_gradient(self, X: Array, y: Array, loss: Loss) -> None:
        """Forward, then backward from δ of the last layer. ``check`` has seen the arguments."""
        self._forward(X)
        last = self.layers[-1]
        assert last.z is not None
        gradient = last.backward_from_z(loss.delta(last.z, y, last.activation))
        for layer in reversed(self.layers[:-1]):
            gradient = layer.backward(gradient)

    def check(self, X: Any, y: Any, loss: str | Loss) -> tuple[Array, Array, Loss]:
        """Return ``X``, ``y`` as arrays and the ``Loss``, or raise what does not fit."""
        loss = find_loss(loss)
        loss.check_fit(self.layers[-1].activation)
        X = self._inputs(X)
        y = rows("y", y, self.layers[-1].n_out, "the output layer", self.dtype)
        if len(X) != len(y):
            raise ValueError(
                f"X has {len(X)} samples (rows) and y has {len(y)}: each sample needs its target."
            )
        loss.check_targets(y)
        return X, y, loss

    @property
    def parameters(self) -> Array:
        """All weights and biases, one flat vector: layer by layer, the rows of W, then b.

        The layers' arrays are views of it; assigning copies the numbers in.
        """
        return self._parameters

    @parameters.setter
    def parameters(self, values: Any) -> None:
        self._parameters[...] = self._vector("parameters", values)

    @property
    def gradient(self) -> Array:
        """∂L/∂(all parameters), in the order of ``parameters``; assigning copies the numbers in."""
        return self._gradient

    @gradient.setter
    def gradient(self, values: Any) -> None:
        self._gradient[...] = self._vector("gradient", values)

    @property
    def sizes(self) -> list[int]:
        """The sizes it was made with, such as ``[2, 4, 1]``."""
        return [self.layers[0].n_in, *(layer.n_out for layer in self.layers)]

    @property
    def hidden(self) -> list[str]:
        """The names of the hidden layers' activations, one each."""
        return [layer.activation.name for layer in self.layers[:-1]]

    @property
    def output(self) -> str:
        """The name of the output layer's activation."""
        return self.layers[-1].activation.name

    def save(self, path: storage.File) -> None:
        """Write the network to ``path`` (or a binary file object) as a NumPy ``.npz`` file.

        Examples
        --------
        >>> from io import BytesIO
        >>> network, file = Network([2, 4, 1], hidden="relu"), BytesIO()
        >>> network.save(file)
        >>> _ = file.seek(0)
        >>> Network.load(file)
        Network([2, 4, 1], hidden=['relu'], output='sigmoid')
        """
        storage.write(path, "Network", self.description(), {"parameters": self.parameters})

    @classmethod
    def load(cls, path: storage.File) -> "Network":
        """Return the network that :meth:`save` wrote to ``path``.

        Raises
        ------
        ValueError
            If it is not such a file, or a damaged one.
        OSError
            If it cannot be read.
        """
        description, arrays = storage.read(path, "Network", ["parameters"])
        with storage.refusing_others("Network"):
            return cls.from_description(description, arrays["parameters"])

    def to_code(self, framework: str) -> str:
        """Return a program that makes the same network in another library, weights included.

        Parameters
        ----------
        framework : str
            ``"pytorch"`` or ``"keras"``.

        Raises
        ------
        ValueError
            For an unknown framework, a network of more than 10,000 parameters, parameters that
            are not finite, or an activation that is not one of nnlib's.

        Examples
        --------
        >>> print(Network([2, 1]).to_code("keras").splitlines()[0])
        # A 2-1 network with the weights it has in nnlib.
        """
        return export.program(self.layers, framework)

    def description(self) -> dict[str, Any]:
        """Return what the network is, parameters left out, as a JSON-ready dict."""
        for name in [*self.hidden, self.output]:
            find_activation(name)  # a network that could not be loaded is refused here
        names = {"hidden": self.hidden, "output": self.output}
        return {"sizes": self.sizes, **names, "dtype": self.dtype.name}

    @classmethod
    def from_description(cls, description: dict[str, Any], parameters: Array) -> "Network":
        """Return the network of a :meth:`description`, with these parameters.

        They are counted before anything is made: a few sizes ask for gigabytes easily.
        """
        sizes = _checked_sizes(description["sizes"])
        if len(sizes) > MOST_SIZES:
            raise ValueError(f"sizes has {len(sizes):,} numbers; at most {MOST_SIZES:,} are read.")
        n_parameters = sum((n_in + 1) * n_out for n_in, n_out in pairwise(sizes))
        _check_vector("parameters", np.asarray(parameters), (n_parameters,))
        names = ("sizes", "hidden", "output", "dtype")
        network = cls(**{name: description[name] for name in names}, initializer="zeros")
        network.parameters = parameters
        return network

    def _forward(self, a: Array) -> Array:
        for layer in self.layers:
            a = layer.forward(a)
        return a

    def _inputs(self, X: Any) -> Array:
        return rows("X", X, self.layers[0].n_in, "layer 1", self.dtype)

    def _vector(self, name: str, values: Any) -> Array:
        values = numbers(name, values, self.dtype)
        _check_vector(name, values, self._parameters.shape)
        return values

    def _share_one_vector(self) -> None:
        """Move the layers' parameters into one vector of which their arrays are views."""
        self._parameters = np.concatenate([layer._parameters for layer in self.layers])
        self._gradient = np.zeros_like(self._parameters)
        start = 0
        for number, layer in enumerate(self.layers, start=1):
            layer.label = f"layer {number} ({layer.n_in} → {layer.n_out})"
            layer.use(self._parameters, self._gradient, start)
            start += layer.n_parameters

    def __repr__(self) -> str:
        return f"Network({self.sizes}, hidden={self.hidden}, output={self.output!r})"


def _z(a: Array, W: Array, b: Array) -> Array:
    """Return z = a W + b, also for a stack of W and b: the same as `Dense.forward`, sooner.

    Inside, samples are columns. NumPy adds a bias to a few long rows several times faster than to
    many short ones.
    """
    return (W.swapaxes(-1, -2) @ a.swapaxes(-1, -2) + b[..., np.newaxis]).swapaxes(-1, -2)


def _check_vector(name: str, values: Array, shape: tuple[int, ...]) -> None:
    if values.shape != shape:
        raise ValueError(
            f"{name} must be one flat vector of shape {shape}, got {values.shape}. "
            "Usual cause: it comes from a network of other sizes."
        )


def _checked_sizes(sizes: Sequence[int]) -> list[int]:
    if isinstance(sizes, str) or not isinstance(sizes, Iterable):
        raise TypeError(f"sizes must be a list such as [2, 4, 1], got {sizes!r}.")
    sizes = [whole_number(f"sizes[{i}]", size) for i, size in enumerate(sizes)]
    if len(sizes) < 2:
        raise ValueError(
            f"sizes needs at least the number of inputs and of outputs, got {sizes}. "
            "One neuron with two inputs is [2, 1]."
        )
    return sizes


def _checked_dtype(dtype: Any) -> np.dtype[Any]:
    try:
        found = np.dtype(dtype)
    except TypeError:
        found = None
    if found not in (np.float64, np.float32):
        raise ValueError(f"dtype must be 'float64' or 'float32', got {dtype!r}.")
    return found


def _one_each(
    hidden: str | Activation | Sequence[str | Activation], n_hidden: int
) -> list[Activation]:
    if isinstance(hidden, str | Activation):
        return [find_activation(hidden)] * n_hidden
    if not isinstance(hidden, Iterable):
        raise TypeError(f"hidden must be an activation or a list of them, got {hidden!r}.")
    activations = [find_activation(name) for name in hidden]
    if len(activations) != n_hidden:
        raise ValueError(
            f"hidden lists {len(activations)} activations for {n_hidden} hidden layers; "
            "give one for each, or a single name for all."
        )
    return activations
