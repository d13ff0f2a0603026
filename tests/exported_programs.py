"""Programs that `Network.to_code` wrote, read back and computed in NumPy."""

import ast
import re

import numpy as np


# What the two libraries' own documentation says of the words that occur in a program.
def linear(z):
    return z


def step(z):
    return np.where(z < 0, 0.0, 1.0)


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def relu(z):
    return z * (z > 0)


def leaky_relu(slope):
    return lambda z: np.where(z >= 0, z, slope * z)


def elu(z):
    return np.where(z > 0, z, np.exp(z) - 1)


def softplus(z):
    return np.log(1 + np.exp(z))


def gelu_tanh(z):
    return 0.5 * z * (1 + np.tanh(np.sqrt(2 / np.pi) * (z + 0.044715 * z**3)))


def softmax(z):
    return np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)


PYTORCH = {
    "nn.Identity()": linear,
    "(z >= 0).to(z.dtype)": step,
    "nn.Sigmoid()": sigmoid,
    "nn.Tanh()": np.tanh,
    "nn.ReLU()": relu,
    "nn.LeakyReLU(negative_slope=0.01)": leaky_relu(0.01),
    "nn.LeakyReLU(negative_slope=0.3)": leaky_relu(0.3),
    "nn.ELU(alpha=1.0)": elu,
    "nn.Softplus(threshold=40)": softplus,
    "nn.GELU(approximate='tanh')": gelu_tanh,
    "nn.Softmax(dim=1)": softmax,
}
KERAS = {
    "'linear'": linear,
    "keras.ops.cast(z >= 0, z.dtype)": step,
    "'sigmoid'": sigmoid,
    "'tanh'": np.tanh,
    "'relu'": relu,
    "keras.layers.LeakyReLU(negative_slope=0.01)": leaky_relu(0.01),
    "keras.layers.LeakyReLU(negative_slope=0.3)": leaky_relu(0.3),
    "'elu'": elu,
    "'softplus'": softplus,
    "keras.activations.gelu(z, approximate=True)": gelu_tanh,
    "'softmax'": softmax,
}


def assignments(text):
    """Return {name: expression} of the program's assignments."""
    statements = [
        statement for statement in ast.parse(text).body if isinstance(statement, ast.Assign)
    ]
    return {statement.targets[0].id: statement.value for statement in statements}


def arrays(text):
    """Return {"W1": …, "b1": …}, the numbers that the program holds."""
    found = {
        name: value for name, value in assignments(text).items() if re.fullmatch(r"[Wb]\d+", name)
    }
    return {name: np.array(ast.literal_eval(call.args[0])) for name, call in found.items()}


def meaning(word, text):
    """Return what a word such as ``Step()`` or ``gelu`` stands for: what its definition returns."""
    for definition in ast.parse(text).body:
        if getattr(definition, "name", None) == word.removesuffix("()"):
            (returns,) = (node for node in ast.walk(definition) if isinstance(node, ast.Return))
            return ast.unparse(returns.value)
    return word


def pytorch_by_hand(text, a):
    """Compute what PyTorch would, with each Linear as its documentation has it: x Aᵀ + b."""
    modules = [ast.unparse(module) for module in assignments(text)["model"].args]
    for i in range(0, len(modules), 2):
        W, transposed = re.search(rf"model\[{i}\]\.weight\.copy_\((W\d+)(\.T)?\)", text).groups()
        b = re.search(rf"model\[{i}\]\.bias\.copy_\((b\d+)\)", text)[1]
        A = arrays(text)[W].T if transposed else arrays(text)[W]
        n_out, n_in = A.shape
        assert modules[i] == f"nn.Linear({n_in}, {n_out})"
        a = PYTORCH[meaning(modules[i + 1], text)](a @ A.T + arrays(text)[b])
    return a


def keras_by_hand(text, a):
    """Compute what Keras would, with each Dense as its documentation has it: x W + b."""
    entries = [ast.unparse(entry) for entry in assignments(text)["model"].args[0].elts]
    assert entries[0] == f"keras.Input(({a.shape[1]},))"
    for i, entry in enumerate(entries[1:]):
        W, b = re.search(rf"model\.layers\[{i}\]\.set_weights\(\[(W\d+), (b\d+)\]\)", text).groups()
        units, f = re.fullmatch(r"keras\.layers\.Dense\((\d+), activation=(.+)\)", entry).groups()
        assert arrays(text)[W].shape[1] == int(units)
        a = KERAS[meaning(f, text)](a @ arrays(text)[W] + arrays(text)[b])
    return a
