"""Chapter 4: what its prose says in numbers is so, for every start that its explorers offer."""

from pathlib import Path

import nbformat
import numpy as np
import pytest

from nnlib import mistakes
from nnlib.explorers import (
    BackpropExplorer,
    GradientCheckExplorer,
    VanishingGradientsExplorer,
)

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "04_backprop.ipynb"
CELLS = {cell.id: cell for cell in nbformat.read(NOTEBOOK, as_version=4).cells}


@pytest.fixture(scope="module")
def numbers():
    """The nine weights and biases that the set-up cell gives the network."""
    names = {}
    exec(CELLS["setup"].source.replace("%matplotlib inline\n", ""), names)
    return names["numbers"]


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
    ],
)
def test_powers_of_ten_that_thirty_layers_lose(activation, initializer, least, most):
    for seed in range(10):
        explorer = VanishingGradientsExplorer(
            depth=30, activation=activation, initializer=initializer, seed=seed
        )
        assert least < -np.log10(explorer.model().share) < most
        explorer.close()


def test_the_wrong_factor_is_bounded_for_each_row_and_not_for_each_parameter():
    rows, ratios = shown("wrong-later-code").splitlines()
    factors = [float(text) for text in rows.partition("[")[2].rstrip("]").split()]
    assert len(factors) == 4 and all(0.1966 <= factor <= 0.25 for factor in factors)
    ratios = [float(text) for text in ratios.partition("[")[2].rstrip("]").split()]
    assert ratios[2] < 0 < ratios[0]
