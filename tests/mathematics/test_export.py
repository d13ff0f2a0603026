"""`to_code`: the text is read back and recomputed in NumPy, and run where PyTorch or Keras is."""

import copy
import os
import re

import numpy as np
import pytest
from exported_programs import arrays, keras_by_hand, pytorch_by_hand

from nnlib import ACTIVATIONS, Activation, LeakyReLU, Network

X = np.random.default_rng(0).normal(0, 2, (20, 3))
FRAMEWORKS = ["pytorch", "keras"]
HIDDEN = [name for name in ACTIVATIONS if name != "softmax"] + ["leaky_relu(0.3)"]


def network_with(hidden, output="linear", dtype="float64", sizes=(3, 5, 4, 2)):
    """Return a network none of whose numbers is zero, biases included."""
    network = Network(sizes, hidden, output, seed=1, dtype=dtype)
    network.parameters = np.random.default_rng(2).normal(size=network.parameters.size)
    return network


NETWORKS = [network_with(hidden) for hidden in HIDDEN]
NETWORKS += [network_with(["relu", "gelu"], output) for output in ("sigmoid", "softmax", "step")]
NETWORKS += [
    network_with(["leaky_relu(0.3)", "leaky_relu"], "tanh"),
    network_with("tanh", "sigmoid", sizes=(3, 1)),
    network_with("tanh", "softmax", sizes=(3, 30, 12)),
    network_with("elu", dtype="float32"),
]
every_network = pytest.mark.parametrize("network", NETWORKS, ids=repr)


@every_network
def test_recomputed_in_numpy(network):
    for framework, by_hand in [("pytorch", pytorch_by_hand), ("keras", keras_by_hand)]:
        text = network.to_code(framework)
        wanted, rtol = network.predict(X), 1e-4 if network.dtype == np.float32 else 1e-11
        np.testing.assert_allclose(by_hand(text, X), wanted, rtol=rtol, atol=rtol)
        assert f"{network.dtype}" in text.split("model =")[0]


@every_network
@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_no_digit_is_lost(network, framework):
    written = arrays(network.to_code(framework)).values()
    flat = np.concatenate([part.ravel() for part in written]).astype(network.dtype)
    np.testing.assert_array_equal(flat, network.parameters)


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_very_small_and_very_large_numbers(framework):
    network = Network([10, 3])
    network.parameters = [(-1) ** i * 10.0**p for i, p in enumerate(range(-17, 16))]
    text = network.to_code(framework)
    assert max(map(len, text.splitlines())) <= 100
    written = arrays(text)
    np.testing.assert_array_equal(written["W1"], network.layers[0].weights)
    np.testing.assert_array_equal(written["b1"], network.layers[0].bias)


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_the_last_comment_is_the_answer_to_a_row_of_ones(framework):
    network = network_with("tanh", "softmax")
    shown = network.to_code(framework).rstrip().rpartition("# nnlib: ")[2]
    np.testing.assert_allclose(eval(f"[{shown}]"), network.predict(np.ones((1, 3)))[0], rtol=1e-3)
    many = network_with("tanh", "softmax", sizes=(3, 12)).to_code(framework)
    assert many.endswith(", ...\n") and many.splitlines()[-1].count(",") >= 8


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_definitions_stand_once_and_only_where_needed(framework):
    words = {"pytorch": "class Step", "keras": "def step"}
    assert network_with("step", "step").to_code(framework).count(words[framework]) == 1
    assert words[framework] not in network_with("tanh").to_code(framework)


def test_a_copy_of_a_network_can_be_written():
    network = network_with(["gelu", "leaky_relu(0.3)"])
    assert copy.deepcopy(network).to_code("pytorch") == network.to_code("pytorch")


def test_an_unknown_framework_is_told_the_known_ones():
    with pytest.raises(ValueError, match=r"framework 'tensorflow'.*pytorch, keras"):
        Network([2, 1]).to_code("tensorflow")
    with pytest.raises(TypeError, match="framework"):
        Network([2, 1]).to_code(3)


def test_a_large_network_is_refused_and_the_other_way_works(tmp_path, monkeypatch):
    network = Network([784, 16, 10])
    with pytest.raises(ValueError, match=r"12,730 parameters; up to 10,000") as refused:
        network.to_code("pytorch")
    monkeypatch.chdir(tmp_path)
    network.save("network.npz")
    way = "np.load('network.npz')['parameters']"
    assert way in str(refused.value)
    np.testing.assert_array_equal(eval(way), network.parameters)


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_an_activation_of_your_own_is_refused(framework):
    class Cube(Activation):
        name = "cube"

        def __call__(self, z):
            return z**3

    class Tanh(Cube):
        name = "tanh"

    for activation in (Cube(), Tanh()):
        with pytest.raises(ValueError, match=r"your own.*leaky_relu"):
            Network([2, 2, 1], hidden=activation).to_code(framework)


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_numbers_that_no_program_can_hold_are_refused(framework):
    network = Network([2, 2, 1])
    network.layers[1].weights[1, 0] = np.nan
    with pytest.raises(ValueError, match="layer 2"):
        network.to_code(framework)


def test_keras_has_no_negative_slope():
    network = network_with(LeakyReLU(-1.0))
    assert "negative_slope=-1.0" in network.to_code("pytorch")
    with pytest.raises(ValueError, match="negative slope"):
        network.to_code("keras")


@pytest.fixture
def torch():
    torch = pytest.importorskip("torch", reason="PyTorch is not installed (make bench has it)")
    before = torch.get_default_dtype()
    yield torch
    torch.set_default_dtype(before)


@pytest.fixture
def keras():
    os.environ.setdefault("KERAS_BACKEND", "torch")
    keras = pytest.importorskip("keras", reason="Keras is not installed (make bench has it)")
    before = keras.config.floatx()
    yield keras
    keras.config.set_floatx(before)


def run(text, capsys):
    """Run the program and return its names, and what it printed next to what it promised."""
    names = {}
    exec(compile(text, "the program", "exec"), names)
    printed = re.findall(
        r"[-\d.e+]+", re.search(r"\[\[(.*?)\]\]", capsys.readouterr().out, re.S)[1]
    )
    promised = text.rstrip().rpartition("# nnlib: ")[2].replace(", ...", "").split(", ")
    np.testing.assert_allclose(
        [float(p) for p in printed[: len(promised)]],
        [float(p) for p in promised],
        atol=6e-4,
        rtol=1e-3,
    )
    return names


@every_network
def test_run_by_pytorch(network, torch, capsys):
    model = run(network.to_code("pytorch"), capsys)["model"]
    with torch.no_grad():
        answer = model(torch.tensor(X.astype(network.dtype))).numpy()
    assert answer.dtype == network.dtype
    tolerance = 1e-5 if network.dtype == np.float32 else 1e-13
    np.testing.assert_allclose(answer, network.predict(X), rtol=tolerance, atol=tolerance)


@every_network
def test_run_by_keras(network, keras, capsys):
    model = run(network.to_code("keras"), capsys)["model"]
    answer = model.predict(X.astype(network.dtype), verbose=0)
    # TensorFlow keeps a slope in float32, and the other backends multiply in float32.
    double = network.dtype == np.float64 and keras.backend.backend() == "tensorflow"
    tolerance = 1e-7 if double else 1e-5
    np.testing.assert_allclose(answer, network.predict(X), rtol=tolerance, atol=tolerance)


def test_softplus_where_pytorch_would_round_it(torch):
    network = Network([1, 1], output="softplus", initializer="zeros")
    network.layers[0].weights = [[1.0]]
    z = np.linspace(-60, 60, 241).reshape(-1, 1)
    names = {}
    exec(network.to_code("pytorch"), names)
    with torch.no_grad():
        answer = names["model"](torch.tensor(z)).numpy()
    np.testing.assert_allclose(answer, network.predict(z), rtol=1e-15)
