"""NeuronExplorer: the numbers a learner sees are those of the neuron."""

import math

import numpy as np
import pytest

from nnlib.explorers import NeuronExplorer


@pytest.fixture
def neuron():
    explorer = NeuronExplorer(w1=2.0, w2=1.5, bias=-1.0)
    yield explorer
    explorer.close()


def table(explorer):
    return [[cell.get_text() for cell in row] for row in explorer._view._table.cells]


def test_truth_table_shows_outputs_by_hand(neuron):
    z = {(0, 0): -1.0, (0, 1): 0.5, (1, 0): 1.0, (1, 1): 2.5}
    expected = [
        [str(x1), str(x2), str(int(x1 or x2)), f"{1 / (1 + math.exp(-z[x1, x2])):.2f}", "✓"]
        for x1, x2 in z
    ]
    assert table(neuron) == expected
    assert neuron.summary.startswith("OR: 4 of 4 right.")


def test_loss_is_the_mean_squared_error(neuron):
    a = 1 / (1 + np.exp(-np.array([-1.0, 0.5, 1.0, 2.5])))
    loss = np.mean((a - [0, 1, 1, 1]) ** 2)
    assert neuron.picture().loss == pytest.approx(loss, rel=1e-12)
    assert f"Mean squared error {loss:.3f}" in neuron.summary


def test_the_boundary_line_is_where_z_is_zero(neuron):
    for w1, w2, bias in ((2.0, 1.5, -1.0), (-1.0, 3.0, -1.5), (0.5, 0.0, -0.3)):
        neuron.set_parameters(w1=w1, w2=w2, bias=bias)
        (line,) = neuron._view._plane.boundary
        assert np.allclose(line @ [w1, w2] + bias, 0, atol=1e-9)


def test_a_neuron_without_weights_has_no_boundary(neuron):
    neuron.set_parameters(w1=0.0, w2=0.0, bias=1.0)
    assert neuron._view._plane.boundary == []
    assert not neuron._view._normal.get_visible()
    assert neuron.error is None


def test_equation_shows_the_chosen_row(neuron):
    assert neuron._live.equation == (
        "z = w₁x₁ + w₂x₂ + b = 2.00·1 + 1.50·0 − 1.00 = 1.00     a = σ(z) = 0.73"
    )
    neuron.set_parameters(row=4, w2=-1.5, bias=1.0, activation="step")
    assert neuron._live.equation == (
        "z = w₁x₁ + w₂x₂ + b = 2.00·1 + (−1.50)·1 + 1.00 = 1.50     a = step(z) = 1.00"
    )


def test_drawing_shows_signs_by_colour_dash_and_sign(neuron):
    drawing = neuron._view._neuron
    assert [label.get_text() for label in drawing._labels] == ["w₁ +2.00", "w₂ +1.50", "b −1.00"]
    assert [edge.get_linestyle() == "solid" for edge in drawing._edges] == [True, True, False]


def test_xor_is_never_all_right(neuron):
    neuron.data = "xor"
    rng = np.random.default_rng(0)
    best = 0
    for w1, w2, bias in rng.uniform(-5, 5, (200, 3)):
        neuron.w1, neuron.w2, neuron.bias = w1, w2, bias
        best = max(best, int(neuron.picture().right.sum()))
    assert best == 3


def test_points_are_discs_for_one_and_triangles_for_zero(neuron):
    plane = neuron._view._plane
    assert plane._discs.get_marker() == "o"
    assert plane._triangles.get_marker() == "^"
    assert plane._discs.get_xydata().tolist() == [[0, 1], [1, 0], [1, 1]]
    assert plane._triangles.get_xydata().tolist() == [[0, 0]]
