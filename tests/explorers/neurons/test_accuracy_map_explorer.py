"""`AccuracyMapExplorer`: the regions of the weights, their numbers, and the neuron chosen."""

from itertools import cycle

import numpy as np
import pytest
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


@pytest.mark.parametrize("data", ["or", "xor"])
def test_the_map_is_coloured_by_the_share_of_rows_that_are_right(explorer, data):
    """Also after another bias."""
    x1, x2 = np.array([[0, 0, 1, 1], [0, 1, 0, 1]])
    targets = {"or": x1 | x2, "xor": x1 ^ x2}[data]
    for bias in (-1.5, 0.5):
        explorer.set_parameters(data=data, bias=bias)
        regions = explorer.view._regions
        image = np.asarray(regions._image.get_array()).ravel()
        for k in range(0, len(regions.weights), 997):
            w1, w2 = regions.weights[k]
            right = (w1 * x1 + w2 * x2 + bias > 0) == (targets == 1)
            assert image[k] == right.mean(), (bias, w1, w2)


@pytest.mark.parametrize("gate", GATES)
@pytest.mark.parametrize("bias", [-1e6, -4.0, -1.5, -0.2, 0.0, 0.2, 1.5, 4.0])
def test_the_best_is_what_a_search_over_many_weights_finds(gate, bias):
    scale = max(abs(bias), 1.0)
    weights = np.random.default_rng(0).normal(size=(20_000, 2)) * 3 * scale
    picture = AccuracyMapModel(gate, np.zeros(2), bias)
    assert picture.best == picture.right(weights).sum(axis=1).max()


def test_the_number_of_the_region_makes_way_for_the_diamond(explorer):
    explorer.data = "or"
    regions = explorer.view._regions
    best = next(label for label in regions.labels if label.get_text() == "4 ✓")
    x, y = best.get_position()
    explorer.set_parameters(w1=round(2 * x) / 2, w2=round(2 * y) / 2)
    away = np.abs(best.get_position() - regions.chosen[0]).max()
    assert best.get_text() == "4 ✓" and 0.5 < away < 1.2
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


def test_every_number_is_clear_of_lines_rim_and_diamond_and_no_region_with_room_lacks_it(explorer):
    regions = explorer.view._regions
    to_pixels = regions.ax.transData.transform
    rim = to_pixels([(-5.0, -5.0), (5.0, 5.0)])
    corners = np.array([(-1, -1), (-1, 1), (1, -1), (1, 1)])
    grid = np.stack(np.meshgrid(*[np.arange(-4.9, 5.0, 0.14)] * 2), axis=-1).reshape(-1, 2)
    half = np.array([6.0, 8.5])  # of a number, in pixels
    gates, seen = cycle(GATES), []
    for bias in np.arange(-4.0, 4.5, 0.5):
        for w1, w2 in [(1.0, 1.0), *np.random.default_rng(0).uniform(-5.0, 5.0, (8, 2))]:
            picture = AccuracyMapModel(next(gates), np.array([w1, w2]), bias)
            explorer.view.update(picture)
            state = (picture.gate, bias, w1, w2)
            diamond = to_pixels((w1, w2))
            numbered = []
            for label in regions.labels:
                if label.get_text():
                    box = label.get_window_extent()
                    assert (box.min - rim[0] > 2).all() and (rim[1] - box.max > 2).all(), state
                    for start, end in map(to_pixels, picture.edges):
                        along = (end - start) / np.hypot(*(end - start))
                        sides = (box.corners() - start) @ (-along[1], along[0])
                        assert np.ptp(np.sign(sides)) == 0 and np.abs(sides).min() > 2, state
                    away = np.abs(diamond - (box.min + box.max) / 2) - box.size / 2
                    assert away.clip(0).sum() > 20, state
                    place = np.array(label.get_position())
                    assert picture.right(place[None]).sum() == int(label.get_text()[0]), state
                    numbered.append(tuple(picture.right(place[None])[0]))
                    seen.append(label.get_text())
            middles = to_pixels(grid)
            roomy = (np.abs(middles - diamond) - half).clip(0).sum(axis=1) > 26
            own = picture.right(grid)
            for corner in corners * (half + 6):
                at = middles + corner
                roomy &= ((at > rim[0]) & (at < rim[1])).all(axis=1)
                beside = regions.ax.transData.inverted().transform(at)
                roomy &= (picture.right(beside) == own).all(axis=1)
            assert len(set(numbered)) == len(numbered)
            assert {*map(tuple, own[roomy])} <= {*numbered}, state
    assert {*seen} == {"0", "1", "2", "3", "4", "4 ✓"}
