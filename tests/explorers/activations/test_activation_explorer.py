"""`ActivationExplorer`: the curves that it draws, its words, and every control's extremes."""

import json
from itertools import permutations

import numpy as np
import pytest
import traitlets
from pointing import Mouse

from nnlib import ACTIVATIONS, LeakyReLU
from nnlib.explorers.activations.activation_explorer import ActivationExplorer
from nnlib.explorers.activations.saturation import flat_ends, is_saturated
from nnlib.plots.curves.activation_curves import break_at_jumps

pytestmark = pytest.mark.usefixtures("no_frames")

ELEMENTWISE = [name for name in ACTIVATIONS if name != "softmax"]

KIND = ActivationExplorer


def drawn(explorer):
    """The artists of both panels."""
    return explorer.view._f, explorer.view._derivative


def test_it_offers_every_elementwise_activation_and_no_other():
    assert list(ActivationExplorer.activation.values) == ELEMENTWISE
    with pytest.raises(traitlets.TraitError, match="'softmax'"):
        ActivationExplorer(activation="softmax")


def test_opens_with_few_controls(explorer):
    assert explorer.opens_with == ("activation", "z")
    opened = explorer.children[0].children
    assert [getattr(c, "description", "") for c in opened[:1]] == ["activation f"]
    assert set(explorer.controls) == {
        *("activation", "z", "compare", "compare2", "x", "weight", "bias", "leaky_slope", "data"),
        "reset",
    }


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_point_and_tangent_lie_on_the_curve(explorer, name):
    explorer.activation, f = name, ACTIVATIONS[name]
    for z in (-6.0, -1.0, 0.0, 0.7, 6.0):
        explorer.z = z
        curve, derivative = drawn(explorer)
        assert curve.point.get_xydata().tolist() == [[z, float(f(z))]]
        assert derivative.point.get_xydata().tolist() == [[z, float(f.derivative(z))]]
        (x1, y1), (x2, y2) = curve.tangent.get_xydata()
        assert (x1 + x2) / 2 == pytest.approx(z)
        assert (y1 + y2) / 2 == pytest.approx(float(f(z)))
        assert (y2 - y1) / (x2 - x1) == pytest.approx(float(f.derivative(z)))
        assert curve.tangent.get_visible() is not bool(f.at_zero and z == 0)


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
    broken_z, broken = break_at_jumps(z, np.array([0.0, 0.0, 1.0, 1.0]))
    np.testing.assert_array_equal(broken, [0.0, 0.0, np.nan, 1.0, 1.0])
    np.testing.assert_array_equal(broken_z, [-1.0, -0.1, np.nan, 0.0, 0.1])
    steep = np.array([-30.0, -3.0, 0.0, 3.0])
    np.testing.assert_array_equal(break_at_jumps(z, steep)[1], steep)


def test_summary_and_equation_have_the_numbers(explorer):
    assert explorer.summary == (
        "sigmoid: slope 0.1966 at z = 1.00, where the output is 0.7311. Its outputs lie in (0, 1). "
        "Its slope f′: from 0.0025 to 0.25, for z from −6 to 6."
    )
    assert explorer.model().equation == (
        "a = f(z) = 1 / (1 + e⁻ᶻ),   f(1.00) = 0.7311\nf′(z) = σ(z) (1 − σ(z)),   f′(1.00) = 0.1966"
    )
    assert explorer.view._title.get_text() == "sigmoid: slope 0.1966 at z = 1.00"


def test_a_smallest_slope_that_is_not_0_does_not_look_like_0(explorer):
    explorer.activation = "tanh"
    assert "Its slope f′: from 2.5·10⁻⁵ to 1, for z from −6 to 6." in explorer.summary


def test_a_corner_and_a_jump_have_no_slope(explorer):
    explorer.set_parameters(activation="relu", z=0)
    assert explorer.summary.startswith("ReLU: a corner at z = 0.00")
    assert "At a corner there is no slope; nnlib takes f′(0) = 0." in explorer.summary
    explorer.activation = "step"
    assert explorer.summary.startswith("step: a jump at z = 0.00")
    explorer.activation = "elu"
    assert explorer.summary.startswith("ELU: slope 1 at z = 0.00")


def test_saturation_and_the_outside_are_told(explorer):
    explorer.z = 5.5
    assert "The curve is almost flat here: it is saturated." in explorer.summary
    assert "outside" not in explorer.summary
    explorer.z = -60
    assert "This z lies outside the picture." in explorer.summary
    for panel in drawn(explorer):
        assert panel.value.get_text().endswith("← point off the picture")
    explorer.activation = "relu"
    assert (
        "The curve is flat here: it is saturated." in explorer.summary
    )  # on its left a ReLU is flat for ever
    explorer.activation = "leaky_relu"
    assert "saturated" not in explorer.summary


def test_axes_stand_still_while_z_moves_and_are_shared_by_kinds(explorer):
    left, right = explorer.figure.axes
    kinds = (
        ["step", "sigmoid", "tanh"],
        ["relu", "elu", "softplus", "gelu"],
        ["leaky_relu", "linear"],
    )
    for names in kinds:
        heights = set()
        for name in names:
            for z, leaky_slope in ((-6, 0.0), (0, 0.2), (6, 0.75), (1e9, 1.0)):
                explorer.set_parameters(activation=name, z=z, leaky_slope=leaky_slope)
                heights.add((left.get_ylim(), left.get_xlim(), right.get_ylim(), right.get_xlim()))
        assert len(heights) == 1


@pytest.mark.parametrize("name", ELEMENTWISE)
@pytest.mark.parametrize("z", [-1e300, -1000, 1000, 1e300])
def test_any_finite_z_is_drawn(explorer, name, z):
    explorer.set_parameters(activation=name, z=z)
    assert explorer.error is None
    assert explorer.controls["z"].value == z, "its range stays, its value may lie beyond"


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


# Where a curve is flat -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "left", "right"),
    [
        # where σ(1 − σ) = 0.01, and where 1 − tanh² = 0.01
        ("sigmoid", np.log(0.5 - np.sqrt(0.24)) - np.log(0.5 + np.sqrt(0.24)), None),
        ("tanh", -np.arccosh(10), None),
        ("relu", 0.0, np.inf),
        ("leaky_relu", -np.inf, np.inf),
        ("linear", -np.inf, np.inf),
        ("elu", np.log(0.01), np.inf),
        ("softplus", -np.log(99), np.inf),
    ],
)
def test_flat_ends_are_where_the_slope_falls_below_a_hundredth(name, left, right):
    found = flat_ends(ACTIVATIONS[name])
    assert found == pytest.approx((left, -left if right is None else right), abs=0.0011)


def test_a_lowest_point_is_no_flat_end():
    left, right = flat_ends(ACTIVATIONS["gelu"])
    assert -3.2 < left < -2.8 and right == np.inf
    assert not is_saturated(ACTIVATIONS["gelu"], -0.7518)  # its lowest point
    assert is_saturated(ACTIVATIONS["step"], [-1.0, 0.0, 1.0]).all()
    assert is_saturated(LeakyReLU(0.0), [-1.0, 1.0]).tolist() == [True, False]


def shaded(explorer):
    """The shaded parts of the left panel, from x to x."""
    flats = [flat for flat in drawn(explorer)[0].flats if flat.get_visible()]
    return [(flat.get_x(), flat.get_x() + flat.get_width()) for flat in flats]


def flat_words(panel):
    """The words in the shaded parts of a panel."""
    return [words.get_text() for words in panel.flat_words if words.get_visible()]


def test_saturated_parts_are_shaded_in_both_panels(explorer):
    explorer.activation = "tanh"
    (_, low), (high, _) = shaded(explorer)
    assert (low, high) == pytest.approx((-2.994, 2.994), abs=0.001)
    for panel in drawn(explorer):
        assert flat_words(panel) == ["flat"] * 2
    explorer.activation = "relu"
    assert shaded(explorer) == [(-6.4, 0.0)]
    explorer.activation = "linear"
    assert shaded(explorer) == []
    explorer.activation = "step"
    assert shaded(explorer) == [(-6.4, 6.4)]
    for panel in drawn(explorer):
        assert flat_words(panel) == ["flat"]
        axis = panel.ax.transData.transform((0, 0))[0]
        assert panel.flat_words[0].get_window_extent().x1 < axis - 50, "not on the axis"


def test_the_shade_follows_weight_and_bias(explorer):
    explorer.set_parameters(activation="relu", weight=2, bias=-3)
    assert shaded(explorer) == [(-6.4, 1.5)]
    explorer.weight = -2
    assert shaded(explorer) == [(-1.5, 6.4)]
    explorer.weight = 0
    assert shaded(explorer) == [(-6.4, 6.4)]
    explorer.bias = 3
    assert shaded(explorer) == []


# Functions beside it -------------------------------------------------------------------------


def test_up_to_three_functions_are_overlaid(explorer):
    explorer.set_parameters(activation="relu", compare="leaky_relu", compare2="gelu", z=-2)
    for panel in drawn(explorer):
        assert [curve.get_visible() for curve in panel.curves] == [True] * 3
        assert len({curve.get_linestyle() for curve in panel.curves}) >= 2
        assert len({(c.get_color(), str(c._dash_pattern)) for c in panel.curves}) == 3
        assert [label.get_text() for label in panel.labels] == ["ReLU", "leaky ReLU", "GELU"]
        assert [label.get_color() for label in panel.labels] == [
            curve.get_color() for curve in panel.curves
        ]
    left, right = drawn(explorer)
    x = left.curves[2].get_xdata()
    np.testing.assert_allclose(left.curves[2].get_ydata(), ACTIVATIONS["gelu"](x))
    np.testing.assert_allclose(right.curves[2].get_ydata(), ACTIVATIONS["gelu"].derivative(x))
    assert "Beside it: leaky ReLU −0.02, slope 0.01;   GELU −0.0454, slope −0.0861." in (
        explorer.summary
    )


def test_a_function_is_not_set_beside_itself(explorer):
    explorer.set_parameters(compare="sigmoid", compare2="sigmoid")
    assert [curve.get_visible() for curve in drawn(explorer)[0].curves] == [True, False, False]
    assert not any(label.get_visible() for label in drawn(explorer)[0].labels)
    explorer.set_parameters(compare="tanh", compare2="tanh")
    assert [curve.get_visible() for curve in drawn(explorer)[0].curves] == [True, True, False]


def test_each_name_is_nearer_to_its_own_curve(explorer, monkeypatch):
    monkeypatch.setattr(explorer, "request_frame", lambda: explorer.view.update(explorer.model()))
    for first, second in permutations(ELEMENTWISE, 2):
        explorer.set_parameters(activation=first, compare=second)
        explorer.view.update(explorer.model())
        panel = drawn(explorer)[0]
        curves = [panel.ax.transData.transform(c.get_xydata()[::2]) for c in panel.curves[:2]]
        for k, label in enumerate(panel.labels[:2]):
            box = label.get_window_extent()
            middle, half = (np.array(box.min) + box.max) / 2, np.array(box.size) / 2
            gaps = [
                np.nanmin(np.hypot(*np.clip(abs(c - middle) - half, 0, None).T)) for c in curves
            ]
            assert gaps[k] < gaps[1 - k], (first, second, label.get_text(), gaps)


def test_the_leaky_slope_is_the_learner_s(explorer):
    explorer.set_parameters(activation="leaky_relu", leaky_slope=0.25, z=-2)
    assert explorer.summary.startswith("leaky ReLU (0.25): slope 0.25 at z = −2.00")
    assert explorer.model().a == -0.5
    assert "f′(z) = 1 if z > 0, else 0.25" in explorer.model().equation
    explorer.leaky_slope = 1  # a straight line has no corner
    explorer.z = 0
    assert "corner" not in explorer.summary


# Input weight and bias -----------------------------------------------------------------------


def test_z_is_the_weighted_input(explorer):
    explorer.set_parameters(x=1.5, weight=2, bias=-1)
    assert explorer.z == 2
    assert "The input x = 1.50 gives z = 2.00·x − 1.00." in explorer.summary
    assert explorer.model().equation.startswith("z = w x + b = 2.00·1.50 − 1.00 = 2.00\n")
    assert drawn(explorer)[0].xlabel.get_text() == "x,   with z = 2.00·x − 1.00"
    explorer.z = -2
    assert explorer.x == -0.5
    explorer.weight = -1
    assert explorer.z == -0.5
    explorer.controls["bias"].value = 1
    assert explorer.z == 1.5


def test_the_input_is_z_itself_at_first(explorer):
    explorer.z = 2.5
    assert explorer.x == 2.5
    assert drawn(explorer)[0].xlabel.get_text() == "z"
    assert "x =" not in explorer.summary


def test_curve_and_tangent_are_those_of_the_input(explorer):
    explorer.set_parameters(activation="tanh", weight=3, bias=-2, x=0.5)
    left, right = drawn(explorer)
    x, a = left.curve.get_xydata().T
    np.testing.assert_allclose(a, np.tanh(3 * x - 2))
    (x1, y1), (x2, y2) = left.tangent.get_xydata()
    near = 1e-6
    steepness = (np.tanh(3 * (0.5 + near) - 2) - np.tanh(3 * (0.5 - near) - 2)) / (2 * near)
    assert (y2 - y1) / (x2 - x1) == pytest.approx(steepness)
    assert left.point.get_xydata().tolist() == [[0.5, np.tanh(-0.5)]]
    assert right.point.get_xydata()[0] == pytest.approx([0.5, 1 - np.tanh(0.5) ** 2])
    assert f"= {3 * (1 - np.tanh(0.5) ** 2):.4f}" in explorer.model().equation


def test_with_a_weight_of_zero_the_input_does_not_count(explorer):
    explorer.set_parameters(weight=0, bias=2)
    assert explorer.z == 2
    explorer.z = 5  # no input leads there
    assert explorer.z == 2
    assert np.ptp(drawn(explorer)[0].curve.get_ydata()) == 0


@pytest.mark.parametrize("values", [{"z": 2, "weight": 4}, {"weight": 4, "z": 2}])
def test_z_given_with_a_weight_keeps_its_value(explorer, values):
    explorer.set_parameters(**values)
    assert (explorer.x, explorer.z) == (0.5, 2)
    again = ActivationExplorer(**values)
    assert (again.x, again.z, again.error) == (0.5, 2, None)
    again.close()


def test_extreme_weights_are_drawn(explorer):
    for weight in (1e308, -1e308, 1e-300, 0.0):
        for x in (6.0, 1e300):
            explorer.set_parameters(weight=weight, x=x)
            assert explorer.error is None
            explorer.z = 1.0
            assert explorer.error is None


def test_a_refused_value_changes_nothing(explorer):
    before = explorer.state
    for wrong in ("text", np.nan, None):
        with pytest.raises(traitlets.TraitError, match="z is "):
            explorer.set_parameters(z=wrong)
    assert explorer.state == before


def test_the_point_can_be_dragged_along_the_input(explorer):
    explorer.set_parameters(weight=2, x=1)
    a = explorer.model().a
    Mouse(explorer).pull("point of f", (1.0, a), by=(-2.5, 0.3))
    assert (explorer.x, explorer.z) == (-1.5, -3)
    Mouse(explorer).click("panel of f′", 2.02, 0.5)
    assert (explorer.x, explorer.z) == (2, 4)


# A data set ----------------------------------------------------------------------------------


def marks(explorer):
    """How many points stand on the strip: not saturated, saturated."""
    meter = explorer.view._meter
    return len(meter.free.get_xdata()), len(meter.caught.get_xdata())


def test_the_meter_counts_the_saturated_points(explorer):
    explorer.set_parameters(activation="sigmoid", data="wide")
    x = explorer.model().data
    assert len(x) == 60 and abs(x.mean()) < 1e-12 and x.std() == pytest.approx(4)
    flat = int((np.exp(x) / (1 + np.exp(x)) ** 2 < 0.01).sum())
    assert marks(explorer) == (60 - flat, flat)
    share = f"{flat} of 60 saturated ({100 * flat / 60:.0f}%)"
    assert f"Data: {share}" in explorer.summary
    meter = explorer.view._meter
    assert meter.words.get_text() == share
    full = meter._frame.get_width()
    assert meter.share.get_width() == pytest.approx(full * flat / 60)


def test_larger_weights_saturate_more_of_the_data(explorer):
    explorer.set_parameters(activation="sigmoid", data="scaled")
    counts = []
    for weight in (0, 1, 2, 5, -5):
        explorer.weight = weight
        counts.append(marks(explorer)[1])
    assert counts[0] == counts[1] == 0 < counts[2] < counts[3] == pytest.approx(counts[4], abs=3)


def test_data_of_one_s_own(explorer):
    explorer.set_parameters(activation="relu", data="given", points=np.array([[-1.0], [0.0], [2]]))
    assert explorer.points == (-1, 0, 2)
    assert marks(explorer) == (1, 2)
    assert "Data: 2 of 3 saturated (67%)." in explorer.summary
    explorer.points = [7, 8]
    assert "Data: 0 of 2 saturated (0%), 2 of them outside the picture." in explorer.summary
    assert explorer.view._meter.free.get_xdata().max() <= 6.4
    explorer.points = []
    assert "No data is given" in explorer.summary
    for wrong in ("1", ["a"], [np.nan], [[1, 2], [3]], [None]):
        with pytest.raises(traitlets.TraitError, match="a sequence of finite numbers"):
            explorer.points = wrong


def test_without_data_there_is_no_meter(explorer):
    assert not any(artist.get_visible() for artist in explorer.view._meter.artists)
    assert "Data" not in explorer.summary


@pytest.mark.parametrize(
    ("activation", "words"), [("step", "but at the jump"), ("linear", "everywhere")]
)
def test_no_slope_is_claimed_where_there_is_none(activation, words):
    explorer = ActivationExplorer(activation=activation, z=1.0)
    assert f" {words}, for z from −6 to 6" in explorer.summary
    explorer.close()
