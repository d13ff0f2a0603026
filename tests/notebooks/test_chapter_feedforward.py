"""Chapter 3: what its text says in general is computed here, in other code than the notebook's."""

from itertools import product
from pathlib import Path

import nbformat
import numpy as np
import pytest

from nnlib import ACTIVATIONS, INITIALIZERS, SGD, Network, Trainer, datasets
from nnlib.explorers import FeedforwardExplorer, HiddenSpaceExplorer

NOTEBOOK = Path(__file__).parents[2] / "notebooks" / "03_feedforward.ipynb"
CELLS = {cell.id: cell for cell in nbformat.read(NOTEBOOK, as_version=4).cells}
ROWS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
XOR = np.array([0, 1, 1, 0])


def prose(name):
    """What the notebook says in a cell of text."""
    return CELLS[name].source.replace("$", "")


def spread_through(initializer, activation, seed, n_layers=20, width=100):
    """How many times as large the spread of z is after 20 layers as after the first."""
    rng = np.random.default_rng(seed)
    a, spreads = rng.normal(size=(300, width)), []
    for _ in range(n_layers):
        z = a @ INITIALIZERS[initializer](width, width, rng)
        spreads.append(z.std())
        a = ACTIVATIONS[activation](z)
    return spreads[-1] / spreads[0]


@pytest.mark.parametrize("seed", range(5))
def test_xavier_keeps_z_where_the_activation_is_nearly_straight_and_he_with_relu(seed):
    assert 0.5 < spread_through("xavier", "linear", seed) < 2
    assert spread_through("xavier", "relu", seed) < 0.01
    assert spread_through("xavier", "tanh", seed) < 0.3  # bent: it shrinks, too
    assert 0.3 < spread_through("he", "relu", seed) < 3
    said = prose("initialise")
    assert "keeps about its size from layer to layer where f is nearly straight" in said
    assert "With ReLU z shrinks: for it there is *He*" in said


def test_below_which_sharpness_the_two_discs_slip_below_the_line():
    """Both answer σ(k/2), twice, and the line is a₁ + a₂ = 1.5: so σ(k/2) = ¾, k = 2 ln 3."""
    edge = 2 * np.log(3)
    assert f"below a sharpness of about {edge:.1f}" in prose("hidden-space-why")
    explorer = HiddenSpaceExplorer(warp=1.0, sharpness=edge + 0.05)
    assert "4 of 4" in explorer.summary
    explorer.sharpness = edge - 0.05
    assert "2 of 4" in explorer.summary
    explorer.close()


def test_what_all_hidden_neurons_answer_alike_no_output_parts_and_what_one_parts_it_may():
    """Over many hidden layers of two steps: which of them leave XOR to the output neuron."""
    rng = np.random.default_rng(0)
    for _ in range(300):
        W, b = rng.normal(size=(2, 2)), rng.normal(size=2)
        H = (ROWS @ W + b >= 0).astype(int)
        alike = [(i, j) for i, j in product(range(4), repeat=2) if (H[i] == H[j]).all()]
        v, c = rng.normal(size=2), rng.normal()
        output = H @ v + c >= 0
        assert all(output[i] == output[j] for i, j in alike)
    # Of OR and NAND neither alone tells all rows of XOR apart, both together do
    H = np.column_stack([ROWS.any(axis=1), ~ROWS.all(axis=1)]).astype(int)
    assert (H @ [1, 1] - 1.5 >= 0).tolist() == XOR.tolist()
    assert "rows that *all* hidden neurons answer alike" in prose("hidden-space-why")


def test_both_inputs_of_the_first_explorer_change_every_number_to_their_right():
    explorer = FeedforwardExplorer()
    network = Network([2, 3, 1])
    network.parameters = explorer.parameters
    before = [network.forward(np.array([[1.0, 0.5]])).copy(), network.layers[0].a.copy()]
    for moved in ([[0.5, 0.5]], [[1.0, 1.0]]):
        after = [network.forward(np.array(moved)), network.layers[0].a]
        assert all((old != new).all() for old, new in zip(before, after, strict=True))
    explorer.close()


def test_alike_neurons_stay_alike_with_alike_weights_to_the_next_layer_and_only_then():
    X, y = datasets.truth_table("xor")
    ends = {}
    for outgoing in ((0.7, 0.7), (0.3, 0.9)):
        network = Network([2, 2, 1])
        network.parameters = [0.7] * 4 + [0.0] * 2 + [*outgoing, 0.0]
        Trainer(network, X, y, "mean_squared_error", SGD(1.0)).run(500)
        ends[outgoing] = network.layers[0].weights
    same, parted = ends.values()
    assert (same[:, 0] == same[:, 1]).all() and np.abs(parted[:, 0] - parted[:, 1]).max() > 0.1
    for name in ("zeros-seen", "recap"):
        assert "weights to " in prose(name) and "included" in prose(name)


def best_fit(target, x, units):
    """The mean squared error and the largest miss of ReLU neurons at equal distances."""
    columns = [np.ones_like(x), *(np.maximum(0, x - at) for at in np.arange(units) * 6 / units)]
    A = np.column_stack(columns)
    off = A @ np.linalg.lstsq(A, target, rcond=None)[0] - target
    return np.mean(off**2), np.abs(off).max()


@pytest.mark.parametrize(
    "curve",
    [np.sin, np.cos, lambda x: np.exp(x / 3), lambda x: np.exp(-((x - 3) ** 2) / 2), np.square],
    ids=["sin", "cos", "exp", "bell", "square"],
)
def test_twice_as_many_hinges_divide_the_error_by_about_sixteen(curve):
    """The error goes with h⁴, the largest miss with h², times a number of the curve's own."""
    x = np.linspace(0, 6, 961)
    (eight, _), (sixteen, miss16), (more, miss32) = (
        best_fit(curve(x), x, units) for units in (8, 16, 32)
    )
    assert 14 < sixteen / more < 18 and 14 < eight / sixteen < 22
    assert 3.5 < miss16 / miss32 < 4.5
    assert miss16 != pytest.approx((6 / 16) ** 2, rel=0.3)


def test_more_hinges_follow_the_sine_more_closely():
    x = np.linspace(0, 6, 241)
    errors = [best_fit(np.sin(x), x, units)[0] for units in range(1, 17)]
    assert (np.diff(errors) < 0).all() and errors[-1] > 1e-6  # and stay a little off


@pytest.mark.parametrize("seed", range(20))
def test_three_relus_draw_four_pieces_at_most(seed):
    rng = np.random.default_rng(seed)
    x = np.linspace(-30, 30, 60_001)
    w, b, v = rng.normal(size=(3, 3))
    y = np.maximum(0, np.outer(x, w) + b) @ v
    bends = np.abs(np.diff(y, 2)) > 1e-9
    assert np.count_nonzero(np.diff(np.flatnonzero(bends), prepend=-9) > 1) <= 3


def convex(inside, points, rng):
    """Whether no point half way between two that are inside lies outside, as far as is tried."""
    where = points[inside(points)]
    i, j = rng.integers(len(where), size=(2, 4000))
    return inside((where[i] + where[j]) / 2).all()


def test_an_and_makes_no_dents_and_another_output_can():
    """Three lines; the output asks for all three, or for two of them."""
    rng = np.random.default_rng(0)
    points = rng.uniform(-2, 2, size=(4000, 2))
    sides = np.array([[0.0, -2.0, 2.0], [1.0, -1.0, -1.0]])
    for asked_for, dented in ((2.5, False), (1.5, True)):
        inside = lambda p, least=asked_for: (p @ sides + 1 >= 0).sum(axis=1) > least  # noqa: E731
        assert convex(inside, points, rng) is np.bool_(not dented)
    said = prose("further-seen")
    assert "a second hidden layer holds their ANDs, and the output is their OR" in said
    assert "One hidden layer and an output that is no AND can make dents, too" in said


def test_the_words_that_the_tutorials_use_are_explained():
    said = prose("architecture-step") + prose("forward")
    for word in ("**fully connected**", "**recurrent** network", "begin with one"):
        assert word in said
