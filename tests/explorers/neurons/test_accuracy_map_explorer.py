"""`AccuracyMapExplorer`: the regions of the weights, their numbers, and the neuron chosen."""

import numpy as np
import pytest
from overlaps import overlaps
from pointing import Mouse

from nnlib.explorers.neurons.accuracy_map import GATES, AccuracyMapExplorer, AccuracyMapModel

KIND = AccuracyMapExplorer


def numbers_on_the_map(explorer):
    """What stands in each region that is labelled, with the diamond out of the way."""
    explorer.view._regions.choose(-5.0, 5.0)
    return sorted(label.get_text() for label in explorer.view._regions.labels if label.get_text())


def test_or_has_a_region_of_four_right_and_xor_has_none(explorer):
    assert "4 ✓" in numbers_on_the_map(explorer)
    for bias in np.arange(-4, 4.5, 0.5):
        explorer.set_parameters(data="xor", bias=bias)
        assert "4 ✓" not in numbers_on_the_map(explorer)
        assert explorer.model().best <= 3
    explorer.bias = -1.5
    assert numbers_on_the_map(explorer) == ["1", *["2"] * 3, *["3"] * 3]  # by hand


@pytest.mark.parametrize("gate", GATES)
@pytest.mark.parametrize("bias", [-1e6, -4.0, -1.5, -0.2, 0.0, 0.2, 1.5, 4.0])
def test_the_best_is_what_a_search_over_many_weights_finds(gate, bias):
    scale = max(abs(bias), 1.0)
    weights = np.random.default_rng(0).normal(size=(20_000, 2)) * 3 * scale
    picture = AccuracyMapModel(gate, np.zeros(2), bias)
    assert picture.best == picture.right(weights).sum(axis=1).max()


def test_the_number_in_a_region_is_right_at_its_place(explorer):
    for gate in GATES:
        explorer.data = gate
        for label in explorer.view._regions.labels:
            if label.get_text():
                explorer.w1, explorer.w2 = map(float, label.get_position())
                assert explorer.model().n_right == int(label.get_text()[0])


def test_the_number_of_the_region_makes_way_for_the_diamond(explorer):
    explorer.data = "or"
    regions = explorer.view._regions
    best = next(label for label in regions.labels if label.get_text() == "4 ✓")
    x, y = best.get_position()
    explorer.set_parameters(w1=round(2 * x) / 2, w2=round(2 * y) / 2)
    away = np.abs(best.get_position() - regions.chosen[0]).max()
    assert best.get_visible() and 0.5 < away < 1
    assert (AccuracyMapModel("or", np.array(best.get_position()), -1.5)).n_right == 4


def test_a_row_changes_its_answer_on_each_edge():
    picture = AccuracyMapModel("or", np.zeros(2), -1.3)
    rows = ([1, 0], [0, 1], [1, 1])
    for row, edge in zip(rows, picture.edges, strict=True):
        np.testing.assert_allclose(edge @ row + picture.bias, 0, atol=1e-12)


def test_the_four_inequalities_are_written_out(explorer):
    lines = explorer.model().equation.splitlines()
    assert lines[0] == "(0, 0) → 0:   b = −1.5 < 0   ✓"
    assert lines[3] == "(1, 1) → 1:   w₁ + w₂ + b = 1.0 + 1.0 + (−1.5) = 0.5 ≥ 0   ✓"
    assert [line[-1] for line in lines].count("✓") == explorer.model().n_right == 2


def test_the_chosen_neuron_stays_on_the_map(explorer):
    explorer.set_parameters(w1=100.0, w2=-2.0)
    (x,), (y,) = explorer.view._regions._chosen.get_data()
    assert (x, y) == (5.0, -2.0)
    assert "w₁ = 100.0" in explorer.summary


def test_the_diamond_follows_the_pointer_and_a_click(explorer):
    mouse = Mouse(explorer)
    mouse.pull("neuron", (1.0, 1.0), by=(1.3, -0.7))
    assert (explorer.w1, explorer.w2) == (2.5, 0.5)
    mouse.click("map", -3.1, 4.2)
    assert (explorer.w1, explorer.w2) == (-3.0, 4.0)
    assert explorer.model().n_right == 2 and "gets 2" in explorer.live_figure.summary


def test_the_diamond_is_whole_also_in_the_corner(explorer):
    """All of its pixels around the corner of the map are as they are in the middle."""
    frames = {}
    for place in (0.0, 5.0):
        explorer.set_parameters(w1=place, w2=place, bias=-4.0)
        renderer = explorer.view._regions._chosen
        x, y = renderer.axes.transData.transform((place, place))
        image = np.asarray(explorer.figure.canvas.buffer_rgba())
        row, column = round(image.shape[0] - y), round(x)
        patch = image[row - 8 : row + 9, column - 8 : column + 9, :3]
        frames[place] = (patch.sum(axis=2) < 200).sum()  # near-black
    assert frames[5.0] > 0.9 * frames[0.0] > 0


def test_no_number_of_the_map_lies_below_the_diamond_or_across_an_edge_beside_it():
    explorer = AccuracyMapExplorer(data="or")
    regions, moved = explorer.view._regions, 0
    for w1, w2 in [(3.0, 3.0), (3.5, 3.0), (2.5, 3.5), (4.5, 4.5), (-2.0, -2.0), (3.5, -0.5)]:
        explorer.set_parameters(w1=w1, w2=w2)
        middle = regions.ax.transData.transform((w1, w2))
        diamond = np.concatenate([middle - 10, middle + 10])  # half its diagonal, in pixels
        for label in regions.labels:
            if label.get_text() and label.get_visible():
                assert not list(overlaps([diamond, label.get_window_extent().extents]))
                centre = regions._centres[label]
                moved += not np.allclose(label.get_position(), centre)
    assert moved >= 3
    explorer.close()
