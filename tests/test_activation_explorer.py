"""`ActivationExplorer`: the curves that it draws, its words, and every control's extremes."""

import json

import numpy as np
import pytest
import traitlets

from nnlib import ACTIVATIONS
from nnlib.explorers.activation import AT_ZERO, DERIVATIVES, TITLES, ActivationExplorer
from nnlib.plots.activation_curves import break_at_jumps

ELEMENTWISE = [name for name in ACTIVATIONS if name != "softmax"]


@pytest.fixture(scope="module")
def shared():
    explorer = ActivationExplorer()
    yield explorer
    explorer.close()


@pytest.fixture
def explorer(shared):
    shared.reset()
    yield shared
    assert shared.error is None


def drawn(explorer):
    """The artists of both panels."""
    return explorer._view._f, explorer._view._derivative


def test_it_offers_every_elementwise_activation_and_no_other():
    assert list(TITLES) == list(DERIVATIVES) == ELEMENTWISE
    with pytest.raises(traitlets.TraitError, match="'softmax'"):
        ActivationExplorer(activation="softmax")


def test_opens_with_few_controls(explorer):
    assert explorer.opens_with == ("activation", "z")
    assert set(explorer.controls) == {"activation", "z", "reset"}


@pytest.mark.parametrize("name", ELEMENTWISE)
@pytest.mark.parametrize("z", [-6.0, -1.0, 0.0, 0.7, 6.0])
def test_point_and_tangent_lie_on_the_curve(explorer, name, z):
    explorer.set_parameters(activation=name, z=z)
    f = ACTIVATIONS[name]
    curve, derivative = drawn(explorer)
    assert curve.point.get_xydata().tolist() == [[z, float(f(z))]]
    assert derivative.point.get_xydata().tolist() == [[z, float(f.derivative(z))]]
    (x1, y1), (x2, y2) = curve.tangent.get_xydata()
    assert (x1 + x2) / 2 == pytest.approx(z)
    assert (y1 + y2) / 2 == pytest.approx(float(f(z)))
    assert (y2 - y1) / (x2 - x1) == pytest.approx(float(f.derivative(z)))
    assert curve.tangent.get_visible() is not (name in AT_ZERO and z == 0)


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_the_curves_are_f_and_its_slope(explorer, name):
    explorer.activation = name
    curve, derivative = drawn(explorer)
    z, a = curve.curve.get_xydata().T
    np.testing.assert_allclose(a[~np.isnan(a)], ACTIVATIONS[name](z[~np.isnan(z)]))
    assert np.isnan(a).any() == (name == "step")
    z, slope = derivative.curve.get_xydata().T
    # between two points of the curve, away from jumps and corners, f rises by f′ · Δz
    f, middle, step = ACTIVATIONS[name], z[np.abs(z) > 0.05], 1e-5
    np.testing.assert_allclose(
        slope[np.abs(z) > 0.05], (f(middle + step) - f(middle - step)) / (2 * step), atol=1e-8
    )


def test_the_line_is_broken_only_at_jumps():
    z = np.array([-1.0, -0.1, 0.0, 0.1])
    broken_z, broken = break_at_jumps(z, np.array([0.0, 0.1, 1.0, 1.1]))
    np.testing.assert_array_equal(broken, [0.0, 0.1, np.nan, 1.0, 1.1])
    np.testing.assert_array_equal(broken_z, [-1.0, -0.1, np.nan, 0.0, 0.1])


def test_summary_and_equation_have_the_numbers(explorer):
    assert explorer.summary == (
        "sigmoid: slope 0.1966 at z = 1.00, where the output is 0.73. Its outputs lie in (0, 1). "
        "Its derivative f′: from 0.0025 to 0.2500, for z from −6 to 6."
    )
    assert explorer.picture().equation == (
        "a = f(z) = 1 / (1 + e⁻ᶻ),   f(1.00) = 0.73\nf′(z) = σ(z) (1 − σ(z)),   f′(1.00) = 0.1966"
    )
    assert explorer._view._title.get_text() == "sigmoid: slope 0.1966 at z = 1.00"


def test_a_corner_and_a_jump_have_no_slope(explorer):
    explorer.set_parameters(activation="relu", z=0)
    assert explorer.summary.startswith("ReLU: a corner at z = 0.00")
    assert "At a corner there is no slope; nnlib takes f′(0) = 0.0000." in explorer.summary
    explorer.activation = "step"
    assert explorer.summary.startswith("step: a jump at z = 0.00")
    explorer.activation = "elu"
    assert explorer.summary.startswith("ELU: slope 1.0000 at z = 0.00")


def test_saturation_and_the_outside_are_told(explorer):
    explorer.z = 5.5
    assert "saturated" in explorer.summary
    assert "outside" not in explorer.summary
    explorer.z = -60
    assert "This z lies outside the picture." in explorer.summary
    explorer.activation = "relu"
    assert "saturated" not in explorer.summary


def test_axes_stand_still_while_z_moves_and_are_shared_by_kinds(explorer):
    left, right = explorer.figure.axes
    for names in (["step", "sigmoid", "tanh"], ["relu", "leaky_relu", "elu", "softplus", "gelu"]):
        heights = set()
        for name in names:
            for z in (-6, 0, 6, 1e9):
                explorer.set_parameters(activation=name, z=z)
                heights.add((left.get_ylim(), left.get_xlim(), right.get_ylim(), right.get_xlim()))
        assert len(heights) == 1


@pytest.mark.parametrize("name", ELEMENTWISE)
@pytest.mark.parametrize("z", [-1e300, -1000, 1000, 1e300])
def test_any_finite_z_is_drawn(explorer, name, z):
    explorer.set_parameters(activation=name, z=z)
    assert explorer.error is None
    assert explorer.controls["z"].min <= z <= explorer.controls["z"].max


def test_controls_and_traits_are_one(explorer):
    explorer.controls["z"].value = -2.5
    assert explorer.z == -2.5
    assert "z = −2.50" in explorer.summary
    explorer.activation = "tanh"
    assert explorer.controls["activation"].value == "tanh"
    explorer.controls["reset"].click()
    assert (explorer.activation, explorer.z) == ("sigmoid", 1.0)


def test_state_makes_the_same_explorer_again(explorer):
    explorer.set_parameters(activation="gelu", z=-0.7)
    again = ActivationExplorer.from_state(json.loads(json.dumps(explorer.state)))
    assert again.state == explorer.state
    assert again.summary == explorer.summary
    again.close()
