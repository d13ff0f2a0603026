"""`HingesExplorer`: hinges in their places, the answer they add up to, the best slopes."""

from itertools import combinations, product

import numpy as np
import pytest
from overlaps import overlaps
from pointing import Mouse

from nnlib import Network
from nnlib.explorers import HingesExplorer
from nnlib.explorers.activations.hinges_model import TARGETS, HingesModel
from nnlib.explorers.controls.parameters import parameters_of
from nnlib.plots.palette import LIGHT

KIND = HingesExplorer


def dots_of(explorer):
    """Where the dots stand, by name: (x, y) in the plane."""
    return {handle.name: tuple(handle.outline) for handle in explorer.view.handles}


def rows_of(explorer):
    """The words beside the rows that are shown: which unit's, and what is added at x = 6."""
    rows = explorer.view._rows
    return [
        (name.get_text(), end.get_text())
        for name, end in zip(rows._names, rows._ends, strict=True)
        if name.get_visible()
    ]


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
    assert rows_of(explorer) == [("unit 1", "+3.00")]
    assert list(dots_of(explorer)) == ["p1"]
    assert "1 ReLU unit for" in explorer.summary


def test_reset_after_best_slopes(explorer):
    explorer.controls["best"].click()
    assert explorer.s1 != 0.5
    explorer.controls["reset"].click()
    assert (explorer.s1, explorer.s2, explorer.start) == (0.5, -0.5, 0.0)


def test_a_hinge_can_be_dragged_sideways(explorer):
    Mouse(explorer).pull("p2", (2.0, 1.0), by=(1.1, 0.5))
    assert (explorer.p1, explorer.p2) == (0, 3)
    assert [x for x, _ in dots_of(explorer).values()] == [0, 3]


@pytest.mark.parametrize("units", [1, 2, 3, 4])
@pytest.mark.parametrize(
    ("slope", "end", "reach"),
    [(0.5, "+2.50", "6"), (-2.0, "−10.0", "12"), (3, "+15.0", "18"), (100, "+500", "600")],
)
def test_a_unit_is_drawn_whole_in_a_row_whose_scale_is_told(explorer, units, slope, end, reach):
    explorer.set_parameters(units=units, p1=1.0, s1=slope)
    rows = explorer.view._rows
    assert explorer.view._scale.get_text() == f"each row: −{reach} to {reach}"
    assert rows_of(explorer)[0] == ("unit 1", end) and len(rows_of(explorer)) == units
    x, y = rows._lines[0].get_data()
    zero = rows._names[0].get_position()[1]
    assert x[-1] == 6 and np.abs(y - zero).max() <= 1
    np.testing.assert_allclose((y - zero) * float(reach), slope * np.maximum(0, x - 1))


def test_a_unit_without_a_slope_is_grey_and_a_negative_one_dashed(explorer):
    explorer.set_parameters(units=3, s1=100.0)
    lines = explorer.view._rows._lines[:3]
    assert [line.get_color() for line in lines] == [LIGHT.positive, LIGHT.negative, LIGHT.grey]
    assert [line.get_linestyle() for line in lines] == ["-", "--", "-"]


@pytest.mark.parametrize(
    ("slopes", "words"),
    [
        ((0.5, -0.5), "network ŷ"),
        ((1.5, -0.5), "network ŷ, up to 7.00 ↑"),
        ((-1.5, -0.5), "network ŷ, down to −11.0 ↓"),
        ((2.0, -3.0), "network ŷ, up to 4.00 ↑"),
        ((2.0, -9.0), "network ŷ, from −24.0 ↓ to 4.00 ↑"),
    ],
)
def test_the_plane_stands_still_and_what_leaves_it_is_told(explorer, slopes, words):
    limits = explorer.view._plane.get_ylim()
    explorer.set_parameters(s1=slopes[0], s2=slopes[1])
    assert explorer.view._network.get_text() == words
    assert explorer.view._plane.get_ylim() == limits
    arrows = explorer.view._dots._up.get_xdata(), explorer.view._dots._down.get_xdata()
    assert [bool(len(xs)) for xs in arrows] == ["↑" in words, "↓" in words]


def test_a_hinge_beyond_the_plane_waits_at_its_edge_and_can_be_dragged(explorer):
    explorer.s1 = 3.0
    x, y = dots_of(explorer)["p2"]
    assert x == 2 and 2.5 < y < 3
    assert x in explorer.view._dots._up.get_xdata()
    Mouse(explorer).pull("p2", (x, y), by=(-1.0, 0))
    assert explorer.p2 == 1.0 and dots_of(explorer)["p2"] == pytest.approx((1, 3))


def test_a_unit_that_begins_beside_the_plane_has_no_dot(explorer):
    explorer.set_parameters(p1=-1.0, p2=7.0)
    assert dots_of(explorer) == {}
    assert [name for name, _ in rows_of(explorer)] == ["unit 1", "unit 2"]


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
    start, *terms = equation.split(" +")
    assert start == "ŷ = 0.247" and len(terms) == 4
    assert not [term for term in terms if " " in term]  # but no-break spaces


def test_only_a_loss_of_nothing_is_written_as_0(explorer):
    explorer.set_parameters(target="valley", p2=3.0, start=1.0, s1=-1 / 1.5, s2=2 / 1.5)
    assert "error 0.000" in explorer.summary
    explorer.start = 1.01
    assert "error < 0.001" in explorer.summary
