"""`HingesExplorer`: hinges in their places, the answer they add up to, the best slopes."""

import re
from itertools import combinations, product

import numpy as np
import pytest
from overlaps import overlaps
from pointing import Mouse

from nnlib import Network
from nnlib.explorers import HingesExplorer
from nnlib.explorers.activations.hinges_model import TARGETS, HingesModel
from nnlib.explorers.activations.hinges_rows import LINES, NAMES, WIDTH
from nnlib.explorers.activations.hinges_rows import REACH as ROW_REACH
from nnlib.explorers.activations.hinges_view import BOTTOM, TOP
from nnlib.explorers.controls.parameters import parameters_of
from nnlib.plots.palette import LIGHT
from nnlib.plots.words.numbers import signed

pytestmark = pytest.mark.usefixtures("no_frames")

KIND = HingesExplorer


def dots_of(explorer):
    """Where the dots stand, by name: (x, y) in the plane."""
    return {handle.name: tuple(handle.outline) for handle in explorer.view.handles}


def rows_of(explorer):
    """The words of the rows that are shown: names and discs, and what is added at x = 6."""
    found = {}
    for words in explorer.view._panel.texts:
        x, y = words.get_position()
        if words.get_visible() and x > NAMES - 1 and BOTTOM < y < TOP:
            found.setdefault(y, []).append((x, words.get_text()))
    return [" ".join(words for _, words in sorted(found[y])) for y in sorted(found, reverse=True)]


def lines_of(explorer):
    """The lines of the rows that are shown, in pixels from the row's 0 at x = 0: (x, y)."""
    rows = explorer.view._rows
    return [
        (row._line.get_xdata() - LINES, row._line.get_ydata() - row._middle)
        for row in (rows._start, *rows._units, rows._sum)
        if row._line.get_visible()
    ]


def values_at_cuts(explorer):
    """The values that stand where the answer leaves the plane, and where: the x of the plane."""
    values = explorer.view._dots._values.values()
    return {value.get_text(): value.get_position()[0] for value in values if value.get_visible()}


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
    np.testing.assert_allclose(list(dots_of(explorer).values()), [(1, 1), (3, 2)])


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
    assert rows_of(explorer) == ["b = 0 0.00", "1 s₁ = 0.5 +3.00", "ŷ = 3.00"]
    assert list(dots_of(explorer)) == ["p1"]
    assert "1 ReLU unit for" in explorer.summary


def test_the_button_says_that_it_moves_b_too(explorer):
    explorer.controls["best"].click()
    assert explorer.start == pytest.approx(0.4416, abs=1e-4)
    assert explorer.controls["best"].description.startswith("Best b and slopes")


@pytest.mark.parametrize(("slope", "told"), [(0.5, "1.47"), (3.0, "96.1"), (1.1, "10.5")])
def test_the_title_tells_the_error_with_three_digits(explorer, slope, told):
    explorer.s1 = slope
    assert explorer.view._title.get_text() == f"Drag the dots: mean squared error {told}"


def test_reset_after_best_slopes(explorer):
    explorer.controls["best"].click()
    assert explorer.s1 != 0.5
    explorer.controls["reset"].click()
    assert (explorer.s1, explorer.s2, explorer.start) == (0.5, -0.5, 0.0)


def test_a_hinge_can_be_dragged_sideways(explorer):
    Mouse(explorer).pull("p2", (2.0, 1.0), by=(1.1, 0.5))
    assert (explorer.p1, explorer.p2) == (0, 3)
    assert [x for x, _ in dots_of(explorer).values()] == [0, 3]


def test_the_rows_add_up_to_the_answer_at_the_right_end(explorer):
    explorer.set_parameters(units=3, start=-0.5, s3=2.0)
    assert rows_of(explorer) == [
        "b = −0.5 −0.50",
        "1 s₁ = 0.5 +3.00",
        "2 s₂ = −0.5 −2.00",
        "3 s₃ = 2 +5.00",
        "ŷ = 5.50",
    ]
    assert explorer.summary.endswith("At x = 6: (−0.50) + 3.00 + (−2.00) + 5.00 = 5.50.")
    *added, total = (y for _, y in lines_of(explorer))
    np.testing.assert_allclose(sum(y[-1] for y in added), total[-1])


def test_what_rounding_leaves_of_the_sum_is_told(explorer):
    explorer.units = 4
    explorer.set_best_slopes()
    assert rows_of(explorer)[-1] == "ŷ ≈ −0.29"  # 0.25 + 2.66 − 5.97 + 1.50 + 1.28 = −0.28


def test_no_slope_changes_a_row_but_its_own_and_the_sum(explorer):
    before = lines_of(explorer)
    for slope in (-3.0, 1.0, 3.0, 100.0):
        explorer.s1 = slope
        start, first, second, total = lines_of(explorer)
        np.testing.assert_array_equal((start, second), (before[0], before[2]))
        assert not np.array_equal(first, before[1]) and not np.array_equal(total, before[3])


@pytest.mark.parametrize("units", [1, 2, 3, 4])
@pytest.mark.parametrize(("slope", "end"), [(1.0, 5.0), (-1.2, -6.0), (3.0, 15.0), (-100, -500)])
def test_a_line_is_cut_where_it_leaves_its_row(explorer, units, slope, end):
    explorer.set_parameters(units=units, p1=1.0, s1=slope)
    row = explorer.view._rows._units[0]
    x, y = lines_of(explorer)[1]
    seen = np.isfinite(y)
    x, y = x[seen] * 6 / WIDTH, y[seen] / row._half * ROW_REACH
    np.testing.assert_allclose(y, slope * np.maximum(0, x - 1), atol=1e-9)
    assert x[-1] == pytest.approx(min(6, 1 + ROW_REACH / abs(slope)))
    cut = abs(end) > ROW_REACH
    arrows = {way: len(row._arrows[way].get_xdata()) for way in "^v"}
    assert arrows == {"^": cut and slope > 0, "v": cut and slope < 0}
    assert rows_of(explorer)[1].endswith(f" {signed(end)}")


def test_a_unit_without_a_slope_is_grey_and_a_negative_one_dashed(explorer):
    explorer.set_parameters(units=3, s1=100.0)
    lines = [row._line for row in explorer.view._rows._units[:3]]
    assert [line.get_color() for line in lines] == [LIGHT.positive, LIGHT.negative, LIGHT.grey]
    assert [line.get_linestyle() for line in lines] == ["-", "--", "-"]


@pytest.mark.parametrize(
    ("slopes", "values"),
    [
        ((0.5, -0.5), {}),
        ((1.5, -0.5), {"7.00 ↑": 2.35}),
        ((-1.5, -0.5), {"−11.0 ↓": 2.15}),
        ((2.0, -3.0), {"4.00 ↑": 1.65}),
        ((2.0, -9.0), {"4.00 ↑": 1.65, "−24.0 ↓": 3.04}),
    ],
)
def test_the_plane_stands_still_and_where_it_is_left_stands_how_far_the_answer_goes(
    explorer, slopes, values
):
    limits = explorer.view._plane.get_ylim()
    explorer.set_parameters(s1=slopes[0], s2=slopes[1])
    assert values_at_cuts(explorer).keys() == values.keys()
    for text, x in values_at_cuts(explorer).items():
        assert abs(x - values[text]) < 1.0, text  # beside the arrowhead
    assert explorer.view._plane.get_ylim() == limits
    arrows = [len(explorer.view._dots._arrows[way].get_xdata()) > 0 for way in "^v"]
    assert arrows == [any(way in text for text in values) for way in "↑↓"]


def test_a_hinge_beyond_the_plane_waits_at_its_edge_and_can_be_dragged(explorer):
    explorer.s1 = 3.0
    x, y = dots_of(explorer)["p2"]
    assert x == 2 and 2.5 < y < 3
    assert x in explorer.view._dots._arrows["^"].get_xdata()
    Mouse(explorer).pull("p2", (x, y), by=(-1.0, 0))
    assert explorer.p2 == 1.0 and dots_of(explorer)["p2"] == pytest.approx((1, 3))


def test_a_unit_that_begins_beside_the_plane_waits_at_its_edge_and_can_be_dragged(explorer):
    explorer.set_parameters(p1=-1.0, p2=7.0)
    dots, arrows = dots_of(explorer), explorer.view._dots._arrows
    for name, way, edge, height in (("p1", "<", 0, 0.5), ("p2", ">", 6, 3.3)):
        assert 0.1 < abs(dots[name][0] - edge) < 0.4
        assert abs(dots[name][1] - height) < 0.6
        assert arrows[way].get_ydata() == pytest.approx([dots[name][1]])
    assert "max(0,\N{NO-BREAK SPACE}x\N{NO-BREAK SPACE}−\N{NO-BREAK SPACE}(−1))" in (
        explorer.live_figure.equation
    )
    Mouse(explorer).pull("p2", dots["p2"], by=(-1.0, 0))
    assert explorer.p2 == 5.0 and not len(explorer.view._dots._arrows[">"].get_xdata())


def ends_in_pairs():
    """Yield states with each two sliders at their ends, all units taking part."""
    sliders = {
        name: (parameter.low, parameter.high)
        for name, parameter in parameters_of(KIND).items()
        if hasattr(parameter, "low") and name != "units"
    }
    for one, other in combinations(sliders, 2):
        for a, b in product(sliders[one], sliders[other]):
            yield {"units": 4, "s3": 1.0, "s4": -2.0, one: a, other: b}


def test_at_the_ends_of_every_two_sliders_all_is_whole_and_apart(explorer, monkeypatch):
    monkeypatch.setattr(explorer, "request_frame", lambda: None)
    renderer = explorer.figure.canvas.get_renderer()
    words = [artist for artist in explorer.view.artists if hasattr(artist, "get_text")]
    plane = explorer.view._plane.get_window_extent(renderer)
    start = explorer.state
    for state in ends_in_pairs():
        explorer.set_parameters(**{**start, **state})
        explorer.view.update(explorer.model())
        shown = [text for text in words if text.get_visible() and text.get_text()]
        boxes = [text.get_window_extent(renderer).extents for text in shown]
        assert not [shown[k].get_text() for pair in overlaps(boxes) for k in pair[:2]], state
        left, bottom, right, top = np.transpose(boxes)
        assert min(left.min(), bottom.min()) >= 0 and right.max() <= 900 and top.max() <= 400
        places = explorer.view._plane.transData.transform(list(dots_of(explorer).values()))
        assert len(places) == 4, state
        assert np.all((places[:, 1] >= plane.y0 + 9) & (places[:, 1] <= plane.y1 - 9)), state
        apart = [np.abs(a - b).max() for a, b in combinations(places, 2)]
        assert min(apart) > 17, state


def test_an_equation_breaks_before_a_plus_only(explorer):
    explorer.units = 4
    explorer.set_best_slopes()
    equation = explorer.live_figure.equation
    start, *terms = re.split(r"\s\+", equation)
    assert start == "ŷ = 0.247" and len(terms) == 4
    assert not [term for term in terms if " " in term]  # but no-break spaces


def test_an_equation_has_two_lines_whatever_stands_in_it(explorer):
    for units in (1, 2, 3, 4):
        explorer.units = units
        first, second = explorer.live_figure.equation.split("\n")
        assert (first.count("max"), second.count("max")) == (min(units, 2), max(0, units - 2))
        assert len(second) > 0  # an empty line would have no height


def test_only_a_loss_of_nothing_is_written_as_0(explorer):
    explorer.set_parameters(target="valley", p2=3.0, start=1.0, s1=-1 / 1.5, s2=2 / 1.5)
    assert "error 0." in explorer.summary
    explorer.start = 1.001
    assert "error 1.00·10⁻⁶." in explorer.summary
