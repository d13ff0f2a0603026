"""Chapter 4: what its prose says in numbers is so, for every start that its explorers offer."""

from pathlib import Path

import nbformat
import numpy as np
import pytest

from nnlib import (
    ACTIVATIONS,
    LOSSES,
    SGD,
    Network,
    datasets,
    fit,
    gradient_check,
    mistakes,
)
from nnlib.exercises.predictions.prediction import QUESTIONS
from nnlib.explorers import (
    BackpropExplorer,
    GradientArrowsExplorer,
    GradientCheckExplorer,
    GraphExplorer,
)
from nnlib.explorers.gradients.vanishing_model import VanishingGradientsModel

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "04_backprop.ipynb"
CELLS = {cell.id: cell for cell in nbformat.read(NOTEBOOK, as_version=4).cells}


@pytest.fixture(scope="module")
def numbers():
    """The nine weights and biases that the set-up cell gives the network."""
    names = {}
    exec(CELLS["setup"].source.replace("%matplotlib inline", ""), names)
    return names["numbers"]


def names_of(*cells):
    """The names that these cells define, after the set-up cell."""
    names = {}
    for cell in ("setup", "slope-by-trying-code", *cells):
        exec(CELLS[cell].source.replace("%matplotlib inline", ""), names)
    return names


def shown(cell):
    """What the notebook on the disk shows below a cell."""
    texts = [out.get("text") or out["data"]["text/plain"] for out in CELLS[cell].outputs]
    return "".join(texts)


def test_the_first_row_can_be_done_in_the_head(numbers):
    """Every z is 0 and every answer ½, so the nine numbers to fill in are plain fractions."""
    explorer = BackpropExplorer(parameters=numbers, step=12, level="backward")
    picture = explorer.model()
    values = [picture.run.value(step) for step in picture.steps.all]
    assert values[:7] == [0, 0.5, 0, 0.5, 0, 0.5, 0.25]
    assert values[7:12] == [-1, -1 / 4, -1 / 8, -1 / 8, -1 / 4]
    assert values[12:] == [-1 / 8, -1 / 16, -1 / 8, -1 / 16, 0, 0, -1 / 8, -1 / 16]
    assert "-0.125 , -0.0625" in shown("whole-pass-backward")
    explorer.close()


def test_the_slope_by_trying_is_the_one_of_the_chain_rule(numbers):
    explorer = BackpropExplorer(parameters=numbers, step=7, level="backward", selected="w2_1")
    seen = CELLS["weight-why"].source
    for change, actual in ((0.1, "0.0123"), (0.01, "0.00125"), (-0.01, "0.00125")):
        explorer.change = change
        own = explorer.model().own_change
        assert own.rows[0][1].lstrip("−") == actual and own.actual * change < 0
        assert f"{own.actual / change:.3f}".replace("-", "−") in seen
    assert "0.0123" in seen and "-0.1250" in shown("slope-by-trying-code")
    explorer.close()


def test_the_best_step_and_what_one_side_costs(numbers):
    best = {}
    for sides in (2, 1):
        explorer = GradientCheckExplorer(parameters=numbers, sides=sides)
        curve = explorer.model().curve.max(axis=1)
        best[sides] = (np.logspace(-14, -1, len(curve))[curve.argmin()], curve.min())
        explorer.close()
    assert 3e-6 < best[2][0] < 3e-5  # "near 10⁻⁵"
    assert 100 < best[1][1] / best[2][1] < 1000  # "hundreds of times worse"


@pytest.mark.slow
def test_gradients_that_are_not_cleared_do_no_harm_here_but_in_one_case():
    """Every η and every start of the explorer: lower after 100 epochs, higher once after 400."""
    higher = []
    for rate in (0.1, 0.5, 1.0, 2.0, 5.0, 10.0):
        for seed in range(5):
            right, wrong = (mistakes.train(name, rate, seed) for name in ("none", "clear"))
            assert wrong.losses[99] < right.losses[99]
            if wrong.losses[-1] > right.losses[-1]:
                higher.append((rate, seed))
    assert higher == [(10.0, 1)]
    X, y = mistakes.data()
    W1, b1, W2, b2 = mistakes.train("clear", 10.0, 1).parameters[-1]
    answers = mistakes.sigmoid(mistakes.sigmoid(X @ W1 + b1) @ W2 + b2)
    assert ((answers > 0.5) != y).sum() == 1


def test_in_a_valley_they_never_come_to_rest():
    assert shown("bugs-valley") == "cleared 0.00, not cleared 1.01\n"


@pytest.mark.parametrize(
    ("activation", "initializer", "least", "most"),
    [
        ("sigmoid", "xavier", 17, 20),
        ("sigmoid", "he", 13, 16),
        ("sigmoid", "uniform", 9, 12),
        ("tanh", "xavier", 0, 2),
        ("relu", "he", 0, 2),
        ("relu", "xavier", 4, 7),  # "vanishes"
        ("relu", "uniform", -7, -4),  # "explodes"
    ],
)
def test_powers_of_ten_that_thirty_layers_lose(activation, initializer, least, most):
    for seed in range(10):
        model = VanishingGradientsModel(30, activation, initializer, seed, others=())
        assert least < -np.log10(model.share) < most


@pytest.mark.parametrize("seed", range(10))
def test_less_than_a_billionth_comes_through_twenty_layers_of_sigmoids(seed):
    model = VanishingGradientsModel(20, "sigmoid", "xavier", seed, others=())
    share = model.share
    assert share < 1e-9 and 0.2 < share ** (1 / 19) < 0.26  # "about a quarter"
    assert QUESTIONS["backprop-twenty-layers"].answer == "Less than a billionth"


def test_some_twenty_steps_lead_to_the_lowest_point():
    explorer = GradientArrowsExplorer()
    w, rate = np.array([explorer.w1, explorer.w2]), explorer.learning_rate
    explorer.close()
    X = np.array([[2, 0.5], [0.5, 2], [-1, 1.5], [0.5, -2], [1, 0.5]])
    y, path = np.array([1, 1, 0, 1, 0]), []
    for _ in range(300):
        w = w - rate * (ACTIVATIONS["sigmoid"](X @ w) - y) @ X / 5
        path.append(w)
    assert path[19] == pytest.approx(path[-1], abs=0.05)
    assert path[9] != pytest.approx(path[-1], abs=0.1)
    assert "some twenty presses" in CELLS["explore-arrows"].source


def test_the_wrong_factor_is_bounded_for_each_row_and_not_for_each_parameter():
    rows, ratios = shown("wrong-later-code").splitlines()
    factors = [float(text) for text in rows.partition("[")[2].rstrip("]").split()]
    assert len(factors) == 4 and all(0.1966 <= factor <= 0.25 for factor in factors)
    ratios = [float(text) for text in ratios.partition("[")[2].rstrip("]").split()]
    assert ratios[2] < 0 < ratios[0]


def test_backpropagation_changes_neither_weights_nor_biases():
    X, y = datasets.truth_table("xor")
    network = Network([2, 2, 1], hidden="sigmoid", seed=0)
    before, gradient = network.parameters.copy(), network.gradient.copy()
    network.loss_and_gradient(X, y, "mean_squared_error")
    assert np.array_equal(network.parameters, before)
    assert not np.array_equal(network.gradient, gradient)
    question = QUESTIONS["backprop-who-updates"]
    assert "the biases and their gradient" in question.text  # of z, a and δ it does not ask
    assert "keeps each layer's z, a and δ" in question.why


def test_a_corner_between_the_two_places_fails_the_check_of_a_right_gradient():
    x, target = np.array([[1.0]]), np.array([[1.0]])
    network = Network([1, 1], output="relu")
    for bias, passes in ((-1 + 1e-7, False), (-1 + 1e-3, True)):  # z = 10⁻⁷, then 10⁻³
        network.parameters = [1.0, bias]
        slope = network.loss_and_gradient(x, target, "mean_squared_error")[1][0]
        assert slope == pytest.approx(2 * (1 + bias - 1))  # the right one
        worst = gradient_check(network, x, target, "mean_squared_error").worst
        assert (worst < 1e-6) is passes
    assert "A ReLU has a corner" in CELLS["epsilon-why"].source


def test_the_first_link_of_the_cross_entropy():
    for answer, target in ((0.2, 0.0), (0.7, 1.0), (0.9, 0.0), (0.4, 1.0), (0.4, 0.3)):
        said = -target / answer + (1 - target) / (1 - answer)
        assert said == pytest.approx((answer - target) / (answer * (1 - answer)))
        loss = LOSSES["binary_cross_entropy"]
        near = [loss([[answer + e]], [[target]]) for e in (1e-6, -1e-6)]
        assert said == pytest.approx((near[0] - near[1]) / 2e-6, rel=1e-6)
    said = r"= -y / \hat y + (1 - y) / (1 - \hat y) = (\hat y - y) / (\hat y (1 - \hat y))"
    assert said in CELLS["chain-rule-cross-entropy"].source


def test_ten_times_the_rate_makes_up_for_squared_error():
    answers = names_of("fit-code")["answers"]
    half = {
        (loss, rate): np.argmax(np.array(answers(loss, 300, rate)) < 0.5)
        for loss, rate in (("cross-entropy", 0.15), ("squared error", 1.5))
    }
    assert 0 < half["squared error", 1.5] <= half["cross-entropy", 0.15]
    assert "at η = 1.5, ten times as large, squared error is at 0.5 even" in CELLS["fit-why"].source
    sure, unsure = (2 * a * a * (1 - a) for a in ACTIVATIONS["sigmoid"](np.array([4.0, 0.0])))
    assert round(unsure / sure) == 7
    a = np.linspace(0, 1, 3001)
    assert a[np.argmax(2 * a * a * (1 - a))] == pytest.approx(2 / 3, abs=0.001)
    assert "beyond an answer of about ⅔, the surer the wrong" in CELLS["fit-why"].source


def test_both_losses_fall():
    names = names_of("tutorial-derivatives")
    X, y = datasets.truth_table("or")
    for derivative in ("published", "corrected"):
        parameters = np.array([0.1, 0.2, 0.3])
        losses = []
        for _ in range(1001):
            z = X @ parameters[:2] + parameters[2]
            a = ACTIVATIONS["sigmoid"](z)
            losses.append(0.5 * np.sum((a - y.ravel()) ** 2))
            delta = (a - y.ravel()) * names[derivative](z, a)
            parameters -= 0.05 * np.array([*(X.T @ delta), delta.sum()])
        assert (np.diff(losses) < 0).all()
        assert f"{losses[-1]:.3f} {derivative}" in shown("wrong-exposed-result")


def asymmetry(gradient, at):
    """How far the slopes of a gradient are from symmetric, relative to the largest of them."""
    nudges = 1e-5 * np.eye(at.size)
    slopes = np.array([gradient(at + n) - gradient(at - n) for n in nudges]) / 2e-5
    return np.abs(slopes - slopes.T).max() / np.abs(slopes).max()


@pytest.mark.parametrize("seed", range(5))
def test_the_wrong_gradient_is_that_of_another_loss_for_one_neuron_and_of_none_in_a_network(seed):
    """Second derivatives of a loss are symmetric; what no loss has as its gradient is not."""
    sigmoid = ACTIVATIONS["sigmoid"]
    X, y = datasets.truth_table("xor")

    def of_a_neuron(p):
        a = sigmoid(X @ p[:2] + p[2])
        delta = (a - y.ravel()) * sigmoid.derivative(a)
        return np.array([*(X.T @ delta), delta.sum()])

    def of_a_network(p, wrong=True):
        slope = sigmoid.derivative if wrong else lambda a: a * (1 - a)
        A1 = sigmoid(X @ p[:4].reshape(2, 2) + p[4:6])
        A2 = sigmoid(A1 @ p[6:8, np.newaxis] + p[8])
        d2 = (A2 - y) * slope(A2)
        d1 = d2 @ p[np.newaxis, 6:8] * slope(A1)
        return np.array([*(X.T @ d1).ravel(), *d1.sum(0), *(A1.T @ d2).ravel(), *d2.sum(0)])

    start = np.random.default_rng(seed).uniform(-1, 1, size=9)
    assert asymmetry(of_a_neuron, start[:3]) < 1e-6
    assert asymmetry(lambda p: of_a_network(p, wrong=False), start) < 1e-6
    assert asymmetry(of_a_network, start) > 0.01
    assert "the gradient of no loss" in CELLS["further-why"].source
    assert "the gradient of no loss" in QUESTIONS["backprop-xor-slip"].why


@pytest.mark.parametrize("seed", range(5))
def test_what_the_bugs_do_to_the_loss_from_each_start(seed):
    last = {name: mistakes.train(name, 5.0, seed).losses[-1] for name in mistakes.MISTAKES}
    for name, near in (("slope", 0.2), ("bias", 0.2), ("sign", 0.5), ("sum", 0.5)):
        assert last[name] == pytest.approx(near, abs=0.02)
    assert last["clear"] < last["none"] < 0.06
    assert last["steps"] == pytest.approx(last["none"], abs=0.01)

    right = mistakes.train("none", 5.0, seed).losses
    assert np.allclose(mistakes.train("sum", 5.0 / 40, seed).losses, right)  # 40 rows
    slow, faster = (mistakes.train(name, 0.1, seed).losses for name in ("none", "sum"))
    assert (np.array(faster[50:]) < slow[50:]).all()
    assert "η = 5 is here one of 200. (With 0.1 it learns faster" in CELLS["bugs-why"].source


@pytest.mark.slow
def test_how_many_silent_units_come_back_from_ten_starts():
    X, y = datasets.circles(n_samples=100, seed=0)

    def run(activation, seed):
        """Return which units were silent at the start, which at the end, and the share right."""
        network = Network([2, 16, 1], hidden=activation, initializer="he", seed=seed)
        network.layers[0].bias = -2.0 * np.ones(16)
        silent = []
        for epochs in (0, 4000):
            fit(network, X, y, epochs, "binary_cross_entropy", SGD(1.0))
            z = X @ network.layers[0].weights + network.layers[0].bias
            silent.append((z <= 0).all(axis=0))
        return *silent, ((network.predict(X) > 0.5) == y).mean()

    relu, leaky = ([run(name, seed) for seed in range(10)] for name in ("relu", "leaky_relu"))
    assert not any((before & ~after).any() for before, after, _ in relu)
    assert [sum(right == 1 for *_, right in runs) for runs in (relu, leaky)] == [4, 8]
    before, after, right = leaky[1]
    assert before.sum() == after.sum() == 13 and right == pytest.approx(0.8)
    said = CELLS["dead-why"].source
    alive, all_right = zip(*((sum(~b), r == 1) for b, _, r in relu), strict=True)
    assert min(n for n, r in zip(alive, all_right, strict=True) if r) == 4
    assert alive[4] == 6 and not all_right[4]
    assert "in four; four living" in said and "`seed=4` six were not" in said
    assert "Leaky ReLU does in eight" in said and "13 silent" in said


@pytest.mark.slow
def test_at_full_precision_the_right_derivative_solves_as_many_and_the_wrong_one_about_as_many():
    names = names_of("whole-pass-forward", "further-start")
    names["rounded_sigmoid"] = names["sigmoid"]
    exec(CELLS["further-train"].source + "\n\n\n" + CELLS["further-count"].source, names)
    assert names["solved"](names["right"]) == 33
    assert 17 <= names["solved"](names["wrong"]) <= 22
    said = CELLS["further-why"].source
    assert "33 comes out at full precision too" in said and "between 17 and 22" in said


@pytest.mark.slow
def test_no_step_size_saves_the_wrong_derivative():
    names = names_of("whole-pass-forward", "further-start")
    rates = (0.2, 0.5, 2, 5)  # all at once: the networks of each side by side
    names["starts"] = np.tile(names["starts"], (1, len(rates), 1))
    names["rates"] = np.repeat(rates, 40)[:, np.newaxis]
    # the cell's step is 1: a gradient times the rate is that of a step of the rate
    source = CELLS["further-train"].source.replace("p -= np.sum", "p -= rates * np.sum")
    assert "rates * np.sum" in source
    exec(source + "\n\n\n" + CELLS["further-count"].source, names)
    rights, wrongs = (
        [names["solved"](answers) for answers in np.split(names[of], len(rates))]
        for of in ("right", "wrong")
    )
    said = CELLS["further-why"].source
    assert f"{max(wrongs)} at most, the right derivative {min(rights)} to {max(rights)}" in said


def test_three_places_of_x_give_7_and_a_sum_hands_its_gradient_on():
    names = {"GraphExplorer": GraphExplorer}
    exec(CELLS["explorer-graph"].source.replace("GraphExplorer(", "made = GraphExplorer("), names)
    explorer = names["made"]
    passes = explorer.model().passes
    assert passes.gradients[explorer.graph.leaves[0]] == 7.0
    assert QUESTIONS["backprop-graph"].answer.startswith("By 7:")
    shares = [share.amount for made in passes.shares.values() for share in made]
    assert sorted(shares)[-3:] == [2.0, 2.0, 3.0]
    assert shown("graph-check") == "7.0"
    text = CELLS["explore-graph"].source
    explorer.expression = text.partition("`")[2].partition("`")[0]
    explorer.step = None
    gradients = {explorer.graph.nodes[k].symbol: g for k, g in explorer.model().gradients.items()}
    assert gradients["b"] == gradients["u₁"]  # w·x
    explorer.step = 9
    assert "∂L/∂z += ∂L/∂a · (1 − a²)" in explorer.summary
    assert "`∂L/∂z += ∂L/∂a · (1 − a²)`" in CELLS["graph-why"].source
    explorer.close()
