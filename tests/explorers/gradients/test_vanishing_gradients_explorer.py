"""`VanishingGradientsExplorer`: sizes of gradients and outputs by layer, as nnlib computes them."""

import numpy as np
import pytest
from pointing import Mouse

from nnlib import INITIALIZERS, Network
from nnlib.explorers.gradients.vanishing_explorer import VanishingGradientsExplorer
from nnlib.explorers.shared.activation_choice import learnable


@pytest.fixture(scope="module")
def explorer():
    explorer = VanishingGradientsExplorer()
    yield explorer
    assert explorer.error is None
    explorer.close()


@pytest.fixture(autouse=True)
def at_the_start(explorer):
    explorer.reset()


def sizes(explorer):
    """The gradients' and the outputs' sizes as drawn."""
    return [np.asarray(line.get_ydata()) for line in explorer.view._lines]


@pytest.mark.parametrize("depth", [1, 2, 30])
def test_a_point_for_each_layer(explorer, depth):
    explorer.depth = depth
    gradients, outputs = sizes(explorer)
    assert (len(gradients), len(outputs)) == (depth + 1, depth)


@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_the_sizes_are_found_by_trying(explorer, activation):
    """Nudge the bias of one layer's unit: on one row the outputs answer with its δ."""
    explorer.set_parameters(depth=3, activation=activation, initializer="he", seed=2)
    X = np.random.default_rng(2).normal(size=(32, 8))
    network = Network([8, 16, 16, 16, 1], activation, "linear", "he", 2)
    for layer, drawn in zip(network.layers, sizes(explorer)[0], strict=True):
        slopes = []
        for unit in range(layer.n_out):
            answers = []
            for nudge in (1e-6, -1e-6):
                layer.bias[unit] = nudge
                answers.append(network.predict(X))
            layer.bias[unit] = 0.0
            slopes.append((answers[0] - answers[1]) / 2e-6)
        assert np.sqrt(np.mean(np.square(slopes))) == pytest.approx(drawn, rel=1e-4)


def test_sigmoids_vanish_by_a_quarter_or_less_a_layer(explorer):
    explorer.depth = 20
    gradients, _ = sizes(explorer)
    assert (gradients[:19] < gradients[1:20]).all()
    assert (gradients[0] / gradients[19]) ** (1 / 19) < 0.3
    assert explorer.view._title.get_text().startswith("Vanishing")


@pytest.mark.parametrize("seed", range(5))
def test_he_keeps_relu_and_xavier_keeps_tanh_in_bounds(explorer, seed):
    for activation, initializer in (("relu", "he"), ("tanh", "xavier")):
        explorer.set_parameters(depth=20, activation=activation, initializer=initializer, seed=seed)
        assert explorer.view._title.get_text().startswith("Steady")


@pytest.mark.parametrize("seed", range(5))
def test_uniform_weights_make_relu_explode_and_small_ones_make_it_vanish(explorer, seed):
    explorer.set_parameters(depth=30, activation="relu", initializer="uniform", seed=seed)
    assert explorer.view._title.get_text().startswith("Exploding")
    explorer.set_parameters(activation="sigmoid")
    assert explorer.view._title.get_text().startswith("Vanishing")


def test_zeros_let_nothing_through(explorer):
    explorer.initializer = "zeros"
    assert explorer.view._title.get_text() == "No gradient reaches layer 1"
    assert sizes(explorer)[0][0] == 1e-20


@pytest.mark.parametrize("activation", learnable())
@pytest.mark.parametrize("initializer", INITIALIZERS)
def test_every_pair_is_drawn_within_the_picture(explorer, activation, initializer):
    for depth in (1, 30):
        explorer.set_parameters(depth=depth, activation=activation, initializer=initializer)
        for drawn, line in zip(sizes(explorer), explorer.view._lines, strict=True):
            low, high = line.axes.get_ylim()
            assert (drawn >= low).all() and (drawn <= high).all()
        assert "nan" not in explorer.summary


def test_a_grey_line_is_another_activation_and_a_click_chooses_it(explorer):
    explorer.depth = 20
    view = explorer.view
    lines = view._back.others.get_segments()
    faint = {name: line[:, 1] for name, line in zip(learnable(), lines, strict=True)}
    was, tanh = sizes(explorer)[0], faint["tanh"]
    np.testing.assert_array_equal(faint["sigmoid"], was)
    Mouse(explorer).click("tanh", 1.0, tanh[0])
    assert explorer.activation == "tanh" and view._name.get_text() == "tanh"
    np.testing.assert_array_equal(sizes(explorer)[0], tanh)
    assert "tanh" in explorer.summary


def test_the_band_is_where_the_title_says_steady(explorer):
    explorer.set_parameters(depth=20, activation="tanh")
    low = explorer.view._steady.get_y()
    high = low + explorer.view._steady.get_height()
    assert low < sizes(explorer)[0][0] < high
    explorer.activation = "sigmoid"
    assert sizes(explorer)[0][0] < explorer.view._steady.get_y()
    explorer.initializer = "zeros"
    assert not explorer.view._steady.get_visible()
