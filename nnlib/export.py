"""A network written as a short program for PyTorch or Keras: same weights, same outputs.

Each program is what a person would write by hand. Numbers have as many digits as it takes to read
the very same number back. All of it is ASCII, so that every file and every console bears it.
"""

from collections.abc import Callable, Sequence
from textwrap import fill, indent

import numpy as np

from nnlib._typing import Array
from nnlib.activations import ACTIVATIONS, Activation, LeakyReLU
from nnlib.layers import Dense
from nnlib.validation import find, numbers

MOST_PARAMETERS = 10_000
"""Larger networks are not written as text: at 20 characters a number nobody would read it."""

MOST_OUTPUTS = 8
"""How many numbers of the answer stand in the program's last comment."""

PYTORCH_MODULES = {
    "linear": "nn.Identity()",
    "step": "Step()",
    "sigmoid": "nn.Sigmoid()",
    "tanh": "nn.Tanh()",
    "relu": "nn.ReLU()",
    "elu": "nn.ELU(alpha=1.0)",
    # PyTorch takes ln(1 + eᶻ) as z above its threshold. At 20, its default, that is 2e-9 off.
    "softplus": "nn.Softplus(threshold=40)",
    "gelu": 'nn.GELU(approximate="tanh")',
    "softmax": "nn.Softmax(dim=1)",
}
PYTORCH_DEFINITIONS = {
    "step": """\
class Step(nn.Module):
    \"\"\"1 if z >= 0, else 0. PyTorch has no module for it: nothing can learn through it.\"\"\"

    def forward(self, z):
        return (z >= 0).to(z.dtype)
""",
}

KERAS_DEFINITIONS = {
    "step": """\
def step(z):
    \"\"\"1 if z >= 0, else 0. Keras has none: nothing can be learned through it.\"\"\"
    return keras.ops.cast(z >= 0, z.dtype)
""",
    "gelu": """\
def gelu(z):
    \"\"\"The tanh form of GELU; Keras's own default is the exact form.\"\"\"
    return keras.activations.gelu(z, approximate=True)
""",
}


def program(layers: Sequence[Dense], framework: str) -> str:
    """Return a program that builds these layers with ``framework`` and runs one sample.

    Parameters
    ----------
    layers : sequence of Dense
        A network's layers, the first one first.
    framework : str
        ``"pytorch"`` (2.0 or newer) or ``"keras"`` (3.0 or newer).

    Raises
    ------
    ValueError
        For an unknown framework, more than 10,000 parameters, parameters that are not finite, or
        an activation that is not one of nnlib's.

    Examples
    --------
    >>> print(program([Dense(2, 1, "sigmoid", "zeros")], "pytorch"))
    # A 2-1 network with the weights it has in nnlib.
    import torch
    from torch import nn
    <BLANKLINE>
    torch.set_default_dtype(torch.float64)  # the network's; PyTorch's own is float32
    <BLANKLINE>
    model = nn.Sequential(
        nn.Linear(2, 1),
        nn.Sigmoid(),
    )
    <BLANKLINE>
    # Weights W have a row for each input and a column for each unit: z = x W + b.
    W1 = torch.tensor([
        [0.0],
        [0.0],
    ])
    b1 = torch.tensor([0.0])
    <BLANKLINE>
    # PyTorch's Linear keeps them the other way round, a row for each unit, and computes
    # z = x weight.T + b. So each W is transposed.
    with torch.no_grad():
        model[0].weight.copy_(W1.T)
        model[0].bias.copy_(b1)
    <BLANKLINE>
    x = torch.ones(1, 2)  # one sample: samples are rows
    print(model(x))  # nnlib: 0.5
    <BLANKLINE>
    """
    write = find("framework", framework, FRAMEWORKS, lambda _: False)
    n_parameters = sum(layer.n_parameters for layer in layers)
    if n_parameters > MOST_PARAMETERS:
        raise ValueError(
            f"The network has {n_parameters:,} parameters; up to {MOST_PARAMETERS:,} are written "
            "as text. Use network.save('network.npz') and read the flat vector with "
            "np.load('network.npz')['parameters']: layer by layer, the rows of W, then b."
        )
    return write(layers)


def _pytorch(layers: Sequence[Dense]) -> str:
    model = [f"nn.Linear({layer.n_in}, {layer.n_out}),\n{_module(layer)},\n" for layer in layers]
    copies = [
        f"model[{2 * i}].weight.copy_(W{i + 1}.T)\nmodel[{2 * i}].bias.copy_(b{i + 1})\n"
        for i in range(len(layers))
    ]
    return f"""\
{_title(layers)}
import torch
from torch import nn

torch.set_default_dtype(torch.{_dtype(layers)})  # the network's; PyTorch's own is float32
{_definitions(layers, PYTORCH_DEFINITIONS)}
model = nn.Sequential(
{_indented(model)}\
)

# Weights W have a row for each input and a column for each unit: z = x W + b.
{_arrays(layers, "torch.tensor")}
# PyTorch's Linear keeps them the other way round, a row for each unit, and computes
# z = x weight.T + b. So each W is transposed.
with torch.no_grad():
{_indented(copies)}
x = torch.ones(1, {layers[0].n_in})  # one sample: samples are rows
print(model(x))  # nnlib: {_answer(layers)}
"""


def _keras(layers: Sequence[Dense]) -> str:
    model = [
        f"keras.layers.Dense({layer.n_out}, activation={_activation(layer)}),\n" for layer in layers
    ]
    settings = [
        f"model.layers[{i}].set_weights([W{i + 1}, b{i + 1}])\n" for i in range(len(layers))
    ]
    return f"""\
{_title(layers)}
import keras
import numpy as np

# The network's dtype. With PyTorch or JAX underneath, Keras multiplies in float32 all the same.
keras.config.set_floatx("{_dtype(layers)}")
{_definitions(layers, KERAS_DEFINITIONS)}
model = keras.Sequential([
    keras.Input(({layers[0].n_in},)),
{_indented(model)}\
])

# Weights W have a row for each input and a column for each unit, z = x W + b, as Keras has them.
{_arrays(layers, "np.array")}
{"".join(settings)}
x = np.ones((1, {layers[0].n_in}))  # one sample: samples are rows
print(model.predict(x, verbose=0))  # nnlib: {_answer(layers)}
"""


FRAMEWORKS: dict[str, Callable[[Sequence[Dense]], str]] = {"pytorch": _pytorch, "keras": _keras}


def _module(layer: Dense) -> str:
    """Return the PyTorch module of the layer's activation."""
    if isinstance(layer.activation, LeakyReLU):
        return f"nn.LeakyReLU(negative_slope={layer.activation.slope!r})"
    return PYTORCH_MODULES[_name(layer.activation)]


def _activation(layer: Dense) -> str:
    """Return what Keras's Dense takes as ``activation`` for the layer's."""
    if isinstance(layer.activation, LeakyReLU):
        if layer.activation.slope < 0:
            raise ValueError("Keras refuses a LeakyReLU with a negative slope; PyTorch takes it.")
        return f"keras.layers.LeakyReLU(negative_slope={layer.activation.slope!r})"
    name = _name(layer.activation)
    return name if name in KERAS_DEFINITIONS else f'"{name}"'


def _name(activation: Activation) -> str:
    """Return the name of one of our own activations, whose meaning is known."""
    known = ACTIVATIONS.get(activation.name)
    if type(activation) is not type(known) or activation.name not in PYTORCH_MODULES:
        raise ValueError(
            f"The activation {activation.name!r} is your own: only those of nnlib can be written, "
            f"{', '.join(PYTORCH_MODULES)} and leaky_relu."
        )
    return activation.name


def _title(layers: Sequence[Dense]) -> str:
    sizes = [layers[0].n_in, *(layer.n_out for layer in layers)]
    return f"# A {'-'.join(map(str, sizes))} network with the weights it has in nnlib."


def _dtype(layers: Sequence[Dense]) -> str:
    return layers[0].weights.dtype.name


def _definitions(layers: Sequence[Dense], known: dict[str, str]) -> str:
    """Return what the layers' activations need defined, each once, with blank lines around."""
    names = dict.fromkeys(layer.activation.name for layer in layers)
    texts = [f"\n\n{known[name]}" for name in names if name in known]
    return "".join([*texts, "\n"] if texts else [])


def _arrays(layers: Sequence[Dense], function: str) -> str:
    """Return the lines that name every W and b."""
    text = ""
    for i, layer in enumerate(layers, start=1):
        W = numbers(f"the weights of {layer.label}", layer.weights, layer.weights.dtype)
        b = numbers(f"the bias of {layer.label}", layer.bias, layer.bias.dtype)
        rows = "".join(_row(row, "    [", "],\n") for row in W)
        text += f"W{i} = {function}([\n{rows}])\n" + _row(b, f"b{i} = {function}([", "])\n")
    return text


def _row(values: Array, start: str, end: str) -> str:
    """Return ``values`` with all their digits, in lines of at most 88 characters."""
    text = ", ".join(map(repr, values.tolist()))
    return fill(text, 88, initial_indent=start, subsequent_indent=" " * len(start)) + end


def _indented(lines: Sequence[str]) -> str:
    return indent("".join(lines), "    ")


def _answer(layers: Sequence[Dense]) -> str:
    """Return what the network answers to a row of ones, rounded."""
    a = np.ones((1, layers[0].n_in), _dtype(layers))
    for layer in layers:
        a = layer.activation(a @ layer.weights + layer.bias)
    shown = ", ".join(f"{value:.4g}" for value in a[0, :MOST_OUTPUTS])
    return shown if a.size <= MOST_OUTPUTS else f"{shown}, ..."
