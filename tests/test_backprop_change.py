"""A learner's own change of a weight: what the gradient foretold beside what came."""

import numpy as np
import pytest

from nnlib.explorers import BackpropExplorer
from nnlib.explorers.backprop_change import three_digits
from nnlib.explorers.network_parameters import flat_index, named_parameters

BIG = (1.5, -1.5, -1.0, -0.5, 1.0, 2.0, 2.0, 1.0, -2.0)  # the chapter's numbers


@pytest.fixture
def explorer():
    made = BackpropExplorer(parameters=BIG, row=2)
    yield made
    assert made.error is None
    made.close()


def by_hand(parameters, x=(0.0, 1.0), y=1.0):
    """Return the loss of a 2-2-1 sigmoid network on one row."""
    p = np.array(parameters)
    sigmoid = lambda z: 1 / (1 + np.exp(-z))  # noqa: E731
    hidden = sigmoid(np.array(x) @ p[:4].reshape(2, 2) + p[4:6])
    return (sigmoid(hidden @ p[6:8] + p[8]) - y) ** 2


def moved(index, change):
    return by_hand([p + change * (k == index) for k, p in enumerate(BIG)])


@pytest.mark.parametrize("change", [-7.3, -0.5, 1e-3, 0.5, 4.0, 60.0])
@pytest.mark.parametrize("name", named_parameters((2, 2, 1)))
def test_both_changes_are_those_by_hand(explorer, name, change):
    explorer.set_parameters(selected=name, change=change)
    own = explorer.picture().own_change
    index = flat_index(explorer.sizes, explorer.quantity)
    slope = (moved(index, 1e-6) - moved(index, -1e-6)) / 2e-6
    assert own.foretold == pytest.approx(slope * change, rel=1e-5, abs=1e-9)
    assert own.came == pytest.approx(moved(index, change) - by_hand(BIG), abs=1e-12)
    view = explorer._view.change
    shown = [number.get_text() for _, number in view.rows]
    expected = [own.foretold, own.came, own.came - own.foretold]
    assert shown == [three_digits(value) for value in expected]
    for text in shown:
        assert text in explorer.summary
    assert view.title.get_text() in explorer.summary


def test_small_changes_agree_to_second_order(explorer):
    """A tenth of the change: a hundredth of the difference."""
    differences = []
    for change in (0.1, 0.01, 0.001):
        explorer.set_parameters(selected="w2_1", change=change)
        own = explorer.picture().own_change
        differences.append(own.came - own.foretold)
        assert "They agree" in explorer.summary
        assert "They agree" in explorer._view.change.verdict.get_text()
    ratios = np.divide(differences[:-1], differences[1:])
    assert ratios == pytest.approx([100, 100], rel=0.1)


def test_a_large_change_visibly_does_not(explorer):
    explorer.set_parameters(selected="w2_1", change=5.0)
    own, view = explorer.picture().own_change, explorer._view.change
    assert abs(own.came - own.foretold) > abs(own.came)
    assert "left its tangent" in " ".join(view.verdict.get_text().split())
    gap = view.came.get_ydata()[0] - view.foretold.get_ydata()[0]
    assert gap > 0.2  # of the plot's height


def test_a_change_that_leaps_over_the_lowest_place():
    explorer = BackpropExplorer(output="linear, mean_squared_error", selected="b2", change=5.0)
    own = explorer.picture().own_change
    assert own.foretold < 0 < own.came
    assert "go the other way" in explorer.summary
    explorer.close()


def test_no_influence_no_change():
    explorer = BackpropExplorer(row=3, selected="w1_21", change=3.0)  # x₂ = 0
    assert "nothing comes" in explorer.summary
    explorer.close()


def test_the_curve_is_the_loss_and_touches_its_tangent(explorer):
    explorer.set_parameters(selected="w1_22", change=-2.0)
    own, view = explorer.picture().own_change, explorer._view.change
    index = flat_index(explorer.sizes, explorer.quantity)
    x, heights = view.curve.get_data()
    expected = np.array([moved(index, c) for c in np.linspace(1.0, -3.0, 61)]) - by_hand(BIG)
    assert own.curve == pytest.approx(expected)
    scale = np.polyfit(expected, heights, 1)  # only stretched and shifted
    assert heights == pytest.approx(np.polyval(scale, expected), abs=1e-6)
    assert np.all(np.diff(x) < 0)  # a smaller weight stands further left
    assert view.tangent.get_ydata() == pytest.approx(
        np.polyval(scale, np.linspace(-0.5, 1.5, 61) * own.foretold), abs=1e-6
    )


def test_the_panel_is_there_only_for_a_change(explorer):
    step, change = explorer._view.step, explorer._view.change
    explorer.step = 9
    assert step.equation.get_text() and not change.title.get_text()
    assert not change.curve.get_visible()
    explorer.controls["change"].value = 0.5
    assert not step.equation.get_text() and change.title.get_text()
    assert change.curve.get_visible()
    explorer.controls["next"].click()
    assert explorer.change == 0.0 and step.equation.get_text()


def test_a_gradient_that_is_asked_for_is_not_given_away(explorer):
    explorer.set_parameters(row=4, level="last", step=15, selected="w1_11", change=1.0)
    own, view = explorer.picture().own_change, explorer._view.change
    assert three_digits(own.foretold) not in explorer.summary
    assert three_digits(own.slope) not in explorer._live.equation
    assert view.rows[0][1].get_text() == "?"
    assert not view.tangent.get_visible() and view.curve.get_visible()
    explorer.selected = "w2_1"  # whose gradient is found
    assert view.tangent.get_visible()


def test_reset_returns_to_a_change_that_it_started_with():
    explorer = BackpropExplorer(step=9, change=0.5)
    explorer.step = 3
    assert explorer.change == 0.0
    explorer.reset()
    assert (explorer.step, explorer.change) == (9, 0.5)
    explorer.close()


@pytest.mark.parametrize("change", [1e200, -1e308, 1e-300])
def test_any_size_can_be_shown(explorer, change):
    explorer.set_parameters(output="linear, mean_squared_error", selected="w2_1", change=change)
    assert explorer.error is None
    assert "nan" not in explorer.summary
