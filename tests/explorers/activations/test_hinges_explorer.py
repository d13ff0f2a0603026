"""`HingesExplorer`: hinges in their places, the answer they add up to, the best slopes."""

import numpy as np
import pytest
from pointing import Mouse

from nnlib import Network
from nnlib.explorers import HingesExplorer
from nnlib.explorers.activations.hinges_model import TARGETS, HingesModel
from nnlib.plots.palette import LIGHT

KIND = HingesExplorer


def test_the_answer_is_that_of_a_relu_network(explorer):
    explorer.set_parameters(units=4, start=0.3, s3=-1.5, s4=2.0)
    picture = explorer.model()
    network = Network([1, 4, 1], hidden="relu", output="linear")
    network.layers[0].weights = np.ones((1, 4))
    network.layers[0].bias = -picture.places
    network.layers[1].weights = picture.slopes[:, None]
    network.layers[1].bias = [0.3]
    x, answer = explorer.view._answer.get_data()
    np.testing.assert_allclose(answer, network.predict(np.reshape(x, (-1, 1))).ravel())


def test_a_hinge_lies_on_the_answer_and_bends_it_by_its_slope(explorer):
    picture = HingesModel("sine", 1.0, np.array([1.0, 3.0]), np.array([0.5, -2.0]))
    x = np.array([0.0, 1.0, 2.0, 3.0, 4.0])
    np.testing.assert_allclose(picture.answer(x), [1, 1, 1.5, 2, 0.5])
    explorer.set_parameters(start=1.0, p1=1, s1=0.5, p2=3, s2=-2)
    np.testing.assert_allclose(explorer.view._hinges.get_ydata(), [1, 2])


@pytest.mark.parametrize("target", TARGETS)
def test_best_slopes_cannot_be_bettered_and_more_units_fit_better(explorer, target):
    losses = []
    for units in (1, 2, 3, 4):
        explorer.set_parameters(target=target, units=units)
        explorer.controls["best"].click()
        losses.append(explorer.model().loss)
        for name in ("start", "s1"):
            for change in (-0.01, 0.01):
                value = getattr(explorer, name)
                setattr(explorer, name, value + change)
                assert explorer.model().loss > losses[-1]
                setattr(explorer, name, value)
    assert losses == sorted(losses, reverse=True) and losses[-1] < 0.7 * losses[0]


def test_a_valley_needs_two_hinges_and_then_fits_exactly(explorer):
    explorer.set_parameters(target="valley", p1=0, p2=3)
    explorer.controls["best"].click()
    assert explorer.model().loss < 1e-12
    np.testing.assert_allclose((explorer.s1, explorer.s2), (-1 / 1.5, 2 / 1.5))


def test_units_that_do_not_take_part_are_not_drawn(explorer):
    explorer.units = 1
    assert [part.get_visible() for part in explorer.view._parts] == [True, False, False, False]
    assert len(explorer.view._hinges.get_xdata()) == 1
    assert "1 ReLU unit for" in explorer.summary


def test_reset_after_best_slopes(explorer):
    explorer.controls["best"].click()
    assert explorer.s1 != 0.5
    explorer.controls["reset"].click()
    assert (explorer.s1, explorer.s2, explorer.start) == (0.5, -0.5, 0.0)


def test_a_hinge_can_be_dragged_sideways(explorer):
    Mouse(explorer).pull("p2", (2.0, 1.0), by=(1.1, 0.5))
    assert (explorer.p1, explorer.p2) == (0, 3)
    assert explorer.view._hinges.get_xdata().tolist() == [0, 3]


@pytest.mark.parametrize("units", [1, 2, 3, 4])
@pytest.mark.parametrize(("slope", "reach"), [(0.5, 3), (-0.9, 5), (2.0, 10), (3.0, 18)])
def test_a_unit_is_drawn_whole_in_a_row_of_its_own(explorer, units, slope, reach):
    explorer.set_parameters(units=units, p1=1.0, s1=slope)
    view = explorer.view
    ticks = [
        label.get_text()
        for label in view._right.get_yticklabels()
        if view._right.get_ylim()[0] < label.get_position()[1] < 0
    ]
    assert ticks == [str(reach), "0", f"−{reach}"] * units
    row = view._bases[0].get_ydata()[0]
    assert view._right.get_ylim() == pytest.approx((2 * units * row, 0))
    x, y = view._parts[0].get_data()
    assert x[-1] == 6
    np.testing.assert_allclose(y - row, slope * np.maximum(0, x - 1))


def test_a_unit_without_a_slope_is_grey_and_no_line_leaves_its_row(explorer):
    explorer.set_parameters(units=3, s1=100.0)
    colours = [part.get_color() for part in explorer.view._parts[:3]]
    assert colours == [LIGHT.positive, LIGHT.negative, LIGHT.grey]
    first, second = (base.get_ydata()[0] for base in explorer.view._bases[:2])
    assert explorer.view._parts[0].get_ydata().max() < (first + second) / 2 - second
