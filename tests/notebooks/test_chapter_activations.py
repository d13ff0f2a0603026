"""Chapter 2: what its text says in general is computed here, in other code than the notebook's."""

import re
from pathlib import Path

import nbformat
import numpy as np
import pytest

from nnlib import ACTIVATIONS, SGD, Network, Trainer
from nnlib.exercises.predictions.catalogue import QUESTIONS
from nnlib.explorers import ActivationExplorer

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "02_activations.ipynb"
CELLS = {cell.id: cell for cell in nbformat.read(NOTEBOOK, as_version=4).cells}
ELEMENTWISE = {name: f for name, f in ACTIVATIONS.items() if name != "softmax"}
TABLE = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])


def prose(name):
    """What the notebook says in a cell of text."""
    return CELLS[name].source.replace("$", "")


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def slope(f, z, h=1e-5):
    return (f(z + h) - f(z - h)) / (2 * h)


def after_20_steps(z, delta):
    """Where a lone z ends, and what it answers, when it moves against δ."""
    for _ in range(20):
        z -= delta(sigmoid(z))
    return sigmoid(z)


def passes(targets):
    """How often Rosenblatt's perceptron, a step, goes through a table until it errs no more."""
    w, b = np.zeros(2), 0.0
    for n_passes in range(1, 100):
        n_errors = 0
        for x, target in zip(TABLE, targets, strict=True):
            error = target - float(x @ w + b >= 0)
            w, b, n_errors = w + error * x, b + error, n_errors + abs(error)
        if not n_errors:
            return n_passes
    return None


def test_a_step_learns_by_a_rule_of_its_own():
    assert (passes([0, 1, 1, 1]), passes([0, 0, 0, 1])) == (4, 6)
    said = prose("explore-seen")
    assert "learned with a step, by another rule" in said
    assert "no use" not in said and "never" not in said


@pytest.mark.parametrize("z", [5.0, 5.5, 6.0, 6.5, 7.0])
def test_a_saturated_sigmoid_hardly_learns_with_squared_error_only(z):
    """The target is 0, and the answer is almost 1."""
    squared = after_20_steps(z, lambda a: a * a * (1 - a))
    cross_entropy = after_20_steps(z, lambda a: a)
    assert squared > 0.99 and cross_entropy < 0.1
    if z == 6:
        assert (f"{squared:.3f}", f"{cross_entropy:.3f}") == ("0.997", "0.072")
    assert "With the mean squared error it then hardly learns" in prose("explore-seen")
    assert "with a squared error the neuron hardly learns" in prose("weight-scale-seen")


def test_the_slope_of_the_sigmoid_is_as_it_is_derived():
    """With E = e⁻ᶻ: E / (1 + E)², and so σ(1 − σ), on the whole curve."""
    z = np.linspace(-8, 8, 101)
    E = np.exp(-z)
    assert slope(sigmoid, z) == pytest.approx(E / (1 + E) ** 2, abs=1e-9)
    assert sigmoid(z) * (1 - sigmoid(z)) == pytest.approx(E / (1 + E) ** 2, rel=1e-12)
    assert "E / (1 + E)^2" in prose("slope-formula-why")


def test_three_of_nine_keep_the_output_between_minus_1_and_1():
    z = np.linspace(-40, 40, 8001)
    bounded = [name for name, f in ELEMENTWISE.items() if np.abs(f(z)).max() <= 1]
    assert bounded == ["step", "sigmoid", "tanh"] and len(ELEMENTWISE) == 9
    assert QUESTIONS["activations-range"].answer == "Three"
    others = [float(f(10.0)) for name, f in ELEMENTWISE.items() if name not in bounded]
    assert others == pytest.approx([10.0] * 6, abs=1e-4) and max(others) > 10


def test_the_table_of_all_activations_is_that_of_the_library():
    rows = [line.split(" | ") for line in CELLS["used"].source.splitlines() if line[:1] == "|"][2:]
    for f, row in zip(ACTIVATIONS.values(), rows, strict=True):
        assert row[0].lower().removeprefix("| ").replace(" ", "_") == f.name.lower().replace(
            " ", "_"
        )
        if f.name != "softmax":
            assert row[1:3] == [f.formula, f.range]


def test_who_rises_and_whose_slope_rises():
    z = np.linspace(-6, 6, 1201)
    falling = [name for name, f in ELEMENTWISE.items() if (np.diff(f(z)) < -1e-12).any()]
    assert falling == ["gelu"]
    leaky = ACTIVATIONS["leaky_relu"]
    assert (np.diff(leaky(z)) > 0).all() and (np.diff(leaky.derivative(z)) >= 0).all()
    assert "Leaky ReLU and its slope never fall" in prose("smooth-slopes")


@pytest.mark.parametrize("seed", range(5))
def test_a_network_without_a_bend_is_a_linear_regression(seed):
    """Two layers, trained, end where least squares ends."""
    rng = np.random.default_rng(seed)
    X, y = rng.normal(size=(30, 2)), rng.normal(size=(30, 1))
    network = Network([2, 3, 1], hidden="linear", output="linear", seed=seed)
    Trainer(network, X, y, "mean_squared_error", SGD(0.1)).run(2000)
    ones = np.column_stack([X, np.ones(30)])
    best = ones @ np.linalg.lstsq(ones, y, rcond=None)[0]
    assert network.predict(X) == pytest.approx(best, abs=1e-6)
    assert "is a **linear regression**" in prose("linear-equation")


@pytest.mark.parametrize("seed", range(5))
def test_one_sigmoid_neuron_with_cross_entropy_is_logistic_regression(seed):
    """It ends where Newton's method for the log-likelihood ends."""
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(60, 2))
    y = (X[:, :1] + rng.normal(size=(60, 1)) > 0).astype(float)
    network = Network([2, 1], seed=seed)
    Trainer(network, X, y, "binary_cross_entropy", SGD(2.0)).run(2000)
    ones, w = np.column_stack([X, np.ones(60)]), np.zeros((3, 1))
    for _ in range(20):
        p = sigmoid(ones @ w)
        w += np.linalg.solve(ones.T @ (p * (1 - p) * ones), ones.T @ (y - p))
    assert network.predict(X) == pytest.approx(sigmoid(ones @ w), abs=1e-4)
    assert "is called **logistic regression**" in prose("output")


def test_no_error_moves_a_dead_relu_until_its_inputs_change():
    """Of 40 networks with a dead unit in the second layer, some have it back after training."""
    came_back = 0
    for seed in range(40):
        rng = np.random.default_rng(seed)
        X, y = rng.normal(size=(30, 2)), rng.normal(size=(30, 1))
        network = Network([2, 4, 4, 1], hidden="relu", output="linear", seed=seed)
        second = network.layers[1]
        network.forward(X)
        second.bias[0] = -second.z[:, 0].max() - 0.01
        network.loss_and_gradient(X, y, "mean_squared_error")
        assert not second.weights_gradient[:, 0].any() and second.bias_gradient[0] == 0
        Trainer(network, X, y, "mean_squared_error", SGD(0.1)).run(300)
        network.forward(X)
        came_back += bool((second.z[:, 0] > 0).any())
    assert 3 < came_back < 40
    assert "come back where its inputs change" in QUESTIONS["activations-dead-relu"].why


def test_how_far_a_weight_and_a_bias_saturate_a_sigmoid():
    """The numbers of "A weight in front", for standard normal inputs of many seeds."""
    edge = np.log(1 / 0.01 / 2 - 1 + np.sqrt((1 / 0.01 / 2 - 1) ** 2 - 1))  # where σ′ = 0.01
    assert f"{edge:.1f}" == "4.6" and f"{edge / 5:.2f}" == "0.92"
    for seed in range(5):
        x = np.random.default_rng(seed).normal(size=6000)
        assert 0.33 < np.mean(np.abs(5 * x) > edge) < 0.39  # "about one in three"
        assert np.mean(np.abs(5 * x + 5) > edge) > 0.5  # "more than half of the data"


def test_the_words_of_later_chapters_do_not_stand_in_this_one():
    text = "\n".join(cell.source for name, cell in CELLS.items() if name != "sources")
    assert not re.findall(r"gradient|recurrent|transformer", text.lower())
    assert "hardly ever exactly 0" not in text  # with biases of 0, the row (0, 0) has z = 0
    assert "have no limits" not in text  # degrees Celsius have one


def test_a_number_above_0_has_an_output_of_its_own():
    table = dict(re.findall(r"\| (how much[^|]*) \| [^|]* \| ([^|]*) \|", prose("output")))
    assert table == {
        "how much? (regression)": "linear",
        "how much, if never below 0?": "softplus, or e^z",
    }
    for f in (ACTIVATIONS["softplus"], np.exp):
        assert (f(np.linspace(-30, 30, 601)) > 0).all()


@pytest.mark.parametrize("seed", range(5))
def test_what_a_shift_and_a_temperature_do_to_softmax(seed):
    rng = np.random.default_rng(seed)
    scores, softmax = rng.normal(size=4), ACTIVATIONS["softmax"]
    assert softmax(scores + 100) == pytest.approx(softmax(scores))
    for T in (0.5, 1, 3, 100):
        assert (softmax(scores / T).argsort() == scores.argsort()).all()
    assert softmax(scores / 100) == pytest.approx([0.25] * 4, abs=0.02)
    assert softmax(np.sort(scores) / 0.001)[-1] == pytest.approx(1)
    equal = softmax(np.array([scores[0], scores[1], scores[0]]) / rng.uniform(0.1, 9))
    assert equal[0] == equal[2]


def test_tanh_is_flat_sooner_and_in_the_middle_four_times_as_steep():
    z = np.linspace(0, 8, 80_001)
    steep = {name: ACTIVATIONS[name].derivative(z) for name in ("tanh", "sigmoid")}
    ends = {name: z[(slopes < 0.01).argmax()] for name, slopes in steep.items()}
    assert f"beyond z = \\pm {ends['tanh']:.1f}, the sigmoid" in prose("explorer-tanh-seen")
    assert f"beyond \\pm {ends['sigmoid']:.1f}" in prose("explorer-tanh-seen")
    assert steep["tanh"][0] == 4 * steep["sigmoid"][0] == 1


def test_how_many_crosses_stand_in_the_pictures():
    def crosses(**settings):
        explorer = ActivationExplorer(**settings)
        found = int(re.search(r"Data: (\d+) of 60 saturated", explorer.summary)[1])
        explorer.close()
        return found

    counts = [crosses(activation=name, data="wide") for name in ("tanh", "sigmoid")]
    assert "tanh has {} crosses of 60, the sigmoid {}".format(*counts) in (
        prose("explorer-tanh-seen")
    )
    assert not any(crosses(activation=name, data="scaled") for name in ("tanh", "sigmoid"))
    steep = {"activation": "sigmoid", "data": "scaled", "weight": 5.0}
    assert f"{crosses(**steep)} of the 60 inputs are saturated" in prose("weight-seen")
    assert crosses(**steep, bias=5.0) > 30  # "over more than half of the data"


def test_what_is_told_of_gelu_and_of_the_smooth_relatives():
    z = np.linspace(-6, 6, 120_001)
    gelu = ACTIVATIONS["gelu"](z)
    said = prose("gelu-seen")
    assert f"near z = {z[gelu.argmin()]:.2f}, with the output −{-gelu.min():.2f}" in said
    at_0 = [float(slope(ACTIVATIONS[name], 0.0)) for name in ("softplus", "gelu", "elu")]
    assert at_0 == pytest.approx([0.5, 0.5, 1], abs=1e-4)
    assert "softplus and GELU have the slope 0.5, and ELU has 1" in said
