"""FeedforwardExplorer: its numbers are nnlib's, and every parameter can be changed."""

import inspect
import json

import ipywidgets
import numpy as np
import pytest
import traitlets
from matplotlib.transforms import Bbox
from overlaps import overlaps
from pointing import Mouse

from nnlib import Dense, Network
from nnlib.explorers import FeedforwardExplorer
from nnlib.explorers.feedforward.feedforward_explorer import START
from nnlib.explorers.feedforward.feedforward_model import CODE, GRID, LIMITS
from nnlib.explorers.shared.network_parts import flat_index, named_parameters
from nnlib.plots.plane import grid_points
from nnlib.plots.words.symbols import Bias, Node, Quantity, Weight, nodes_of

pytestmark = pytest.mark.usefixtures("no_frames")

SIZES = (2, 3, 1)

KIND = FeedforwardExplorer


def node_text(explorer, column, row):
    return explorer.view._drawing.values[Node(column, row)].get_text()


def label(explorer, kind, part):
    return explorer.view._drawing.labels.texts[Quantity(kind, part)].get_text()


def test_names_cover_the_flat_vector_in_its_order():
    network = Network(SIZES)
    network.parameters = np.arange(13)
    for name, quantity in named_parameters(SIZES).items():
        layer = network.layers[quantity.part.layer]
        array = layer.weights if quantity.kind == "weight" else layer.bias
        assert array[quantity.part[1:]] == flat_index(SIZES, quantity), name
    assert list(named_parameters(SIZES))[:4] == ["w1_11", "w1_12", "w1_13", "w1_21"]
    assert list(named_parameters(SIZES))[-5:] == ["w2_3", "b1_1", "b1_2", "b1_3", "b2"]


def test_the_list_says_where_each_parameter_leads(explorer):
    shown = dict((value, label) for label, value in explorer.controls["selected"].options)
    assert shown["w1_23"] == "w⁽¹⁾₂₃   x₂ → h₃"
    assert shown["w2_1"] == "w⁽²⁾₁   h₁ → ŷ"
    assert shown["b1_3"] == "b⁽¹⁾₃   bias of h₃"
    assert shown["b2"] == "b⁽²⁾   bias of ŷ"


def test_the_numbers_are_those_of_the_network(explorer):
    explorer.set_parameters(x1=-0.7, x2=1.3)
    for activation in ("tanh", "sigmoid", "relu", "leaky_relu", "step", "linear"):
        explorer.activation = activation
        network = Network(SIZES, hidden=activation)
        network.parameters = explorer.parameters
        output = network.forward([[-0.7, 1.3]])
        picture = explorer.model()
        for layer, z, a in zip(
            network.layers, picture.numbers.sums, picture.numbers.values[1:], strict=True
        ):
            np.testing.assert_array_equal(z, layer.z[0])
            np.testing.assert_array_equal(a, layer.a[0])
        assert picture.output == output[0, 0]


def test_a_pass_by_hand():
    """One hidden neuron at work: z₁ = 2·1 + 1 = 3, ReLU, z = 3·0.5 − 1.5 = 0, ŷ = σ(0) = 0.5."""
    parameters = [2, 0, 0, 0, 0, 0, 1, 0, 0, 0.5, 0, 0, -1.5]
    explorer = FeedforwardExplorer(x1=1, x2=0, parameters=parameters, activation="relu")
    assert node_text(explorer, 0, 0) == "1.00"
    assert node_text(explorer, 1, 0) == "z 3.00\na 3.00"
    assert node_text(explorer, 2, 0) == "z 0.00\na 0.50"
    assert label(explorer, "weight", Weight(0, 0, 0)) == "+2.00"
    assert label(explorer, "bias", Bias(1, 0)) == "b −1.50"
    assert explorer.view._title.get_text() == "The input (1.00, 0.00) gives ŷ = 0.50"
    assert explorer.live_figure.equation == (
        "z⁽¹⁾₁ = x₁·w⁽¹⁾₁₁ + x₂·w⁽¹⁾₂₁ + b⁽¹⁾₁ = 1.00·2.00 + 0.00·0.00 + 1.00 = 3.000\n"
        "a⁽¹⁾₁ = ReLU(z⁽¹⁾₁) = 3.000\n"
        "nnlib, layers[0].z[0, 0]:   self.z = X @ self.weights + self.bias;   "
        "self.a = self.activation(self.z)"
    )
    explorer.close()


def test_each_weight_and_bias_can_be_changed(explorer):
    for name in named_parameters(SIZES):
        explorer.selected = name
        index = flat_index(SIZES, explorer.quantity)
        assert explorer.value == explorer.parameters[index] == explorer.controls["value"].value
        before = explorer.parameters
        explorer.controls["value"].value = 3.25
        assert [k for k in range(13) if explorer.parameters[k] != before[k]] == [index]
        assert explorer.parameters[index] == 3.25
        assert label(explorer, *explorer.quantity).endswith("+3.25")


def test_value_selected_and_parameters_stay_in_step(explorer):
    explorer.parameters = range(13)
    assert explorer.value == 0.0
    explorer.selected = "b2"
    assert explorer.value == 12.0
    explorer.set_parameters(selected="w2_1", value=-4.5)
    assert (explorer.parameters[9], explorer.controls["value"].value) == (-4.5, -4.5)
    explorer.set_parameters(x1=2.0)
    assert explorer.value == -4.5
    made = FeedforwardExplorer(selected="b1_2", value=7.5)
    assert (made.parameters[7], made.controls["value"].value) == (7.5, 7.5)
    made.close()


@pytest.mark.parametrize(
    "bad",
    [
        {"selected": "w3_1"},
        {"value": "abc"},
        {"value": float("nan")},
        {"parameters": [1.0]},
        {"parameters": 3},
        {"parameters": [float("inf")] * 13},
        {"selected": "b2", "value": None},
    ],
)
def test_what_does_not_fit_is_refused_and_changes_nothing(explorer, bad):
    before = explorer.state
    with pytest.raises(traitlets.TraitError):
        explorer.set_parameters(**bad)
    assert explorer.state == before
    with pytest.raises(traitlets.TraitError):
        FeedforwardExplorer(**bad)


def test_the_selected_edge_is_marked(explorer):
    explorer.selected = "w1_23"
    drawing = explorer.view._drawing
    x0, y0, x1, y1 = drawing.layout.edges[Weight(0, 1, 2)]
    assert drawing._glow.get_visible()
    np.testing.assert_array_equal(drawing._glow.get_xydata(), [[x0, y0], [x1, y1]])
    explorer.selected = "b1_1"
    assert not drawing._glow.get_visible()


def test_the_plane_shows_the_output_of_every_input(explorer):
    """The point lies on the boundary exactly when ŷ = 0.5."""
    explorer.set_parameters(x1=0.5, x2=0.0, activation="linear")
    explorer.parameters = [1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, -1]  # z = 2x₁ − 1: boundary x₁ = 0.5
    (line,) = explorer.view._plane.boundary
    np.testing.assert_allclose(line[:, 0], 0.5, atol=1e-12)
    assert explorer.view._point.get_xydata().tolist() == [[0.5, 0.0]]
    assert explorer.view._label.get_text() == "ŷ 0.50"
    assert "gives ŷ = 0.50, so the answer is class 1" in explorer.summary


BUTTONS = ipywidgets.Button | ipywidgets.ToggleButton


@pytest.mark.parametrize("size", [1e6, -1e12, 1e308])
def test_weights_of_any_size_are_shown(explorer, size):
    explorer.activation = "relu"
    explorer.parameters = [size] * 13
    assert explorer.error is None
    assert "∞" not in explorer.summary or size == 1e308


def test_it_opens_with_five_controls():
    explorer = FeedforwardExplorer()
    *fields, others = explorer.children[0].children
    assert all(isinstance(other, BUTTONS) for other in others.children)
    shown = [field.children[0] if hasattr(field, "children") else field for field in fields]
    names = ("x1", "x2", "selected", "value", "activation")
    assert shown == [explorer.controls[name] for name in names]
    explorer.close()


def test_the_lines_of_code_are_those_of_the_layers():
    source = inspect.getsource(Dense.forward)
    assert all(line in source for line in CODE)


@pytest.mark.parametrize("sizes", [(2, 1, 1), (2, 8, 1), (2, 3, 4, 1), (2, 8, 8, 1), (2, 2, 1, 1)])
def test_networks_of_other_sizes(explorer, sizes):
    hidden1, hidden2 = sizes[1], sizes[2] if len(sizes) == 4 else 0
    explorer.set_parameters(hidden1=hidden1, hidden2=hidden2, activation2="relu", output="linear")
    assert explorer.sizes == sizes
    network = Network(sizes, hidden=["tanh", "relu"][: len(sizes) - 2], output="linear")
    assert len(explorer.parameters) == network.parameters.size
    network.parameters = explorer.parameters
    output = network.forward([[1.0, 0.5]])
    assert explorer.model().output == output[0, 0]
    drawing = explorer.view._drawing
    assert {node for node in drawing.values} == set(nodes_of(sizes))
    assert set(explorer.view._maps) == {
        node for node in nodes_of(sizes) if 0 < node.column < len(sizes) - 1
    }
    assert [name for _, name in explorer.controls["selected"].options] == list(
        named_parameters(sizes)
    )
    assert explorer.error is None


@pytest.mark.parametrize(
    ("sizes", "words"),
    [
        ((3, 0), ""),
        ((4, 4), "No room for\nweights of layer 2:\nselect one to see it."),
        ((1, 8), "No room for biases:\nselect one to see it."),
        ((5, 0), "No room for biases\nand weights of layer 1:\nselect one to see it."),
        ((8, 8), "No room for biases\nand weights of layers 1, 2:\nselect one to see it."),
    ],
)
def test_what_has_no_room_is_said_where_nothing_else_stands(explorer, sizes, words):
    explorer.set_parameters(hidden1=sizes[0], hidden2=sizes[1])
    view = explorer.view
    missing = [key.kind for key, text in view._drawing.labels.texts.items() if not text.get_text()]
    assert ("bias" in missing, "weight" in missing) == ("biases" in words, "weights" in words)
    assert view._note.get_text() == words
    if not words:
        return
    note, layout = view._note.get_window_extent(), view._drawing.layout
    to_pixels = view._note.axes.transData.transform
    labels = [text for text in view._drawing.labels.texts.values() if text.get_text()]
    assert not [it for it in labels if note.overlaps(it.get_window_extent().padded(4))]
    for edge in layout.edges.values():
        along = to_pixels([edge.at(part) for part in np.linspace(0, 1, 60)])
        assert not note.padded(3).count_contains(along)
    for node, radius in layout.radii.items():
        corners = np.add(layout.nodes[node], np.multiply(radius, [(-1, -1), (1, 1)]))
        assert not note.overlaps(Bbox(to_pixels(corners)))


def test_each_parameter_of_the_largest_network_can_be_changed(explorer):
    explorer.set_parameters(hidden1=8, hidden2=8)
    for name in ("w1_28", "w2_88", "w3_8", "b2_8", "b3"):
        explorer.controls["selected"].value = name
        index = flat_index((2, 8, 8, 1), explorer.quantity)
        before = explorer.parameters
        explorer.controls["value"].value = -2.5
        assert [k for k in range(105) if explorer.parameters[k] != before[k]] == [index]
        assert label(explorer, *explorer.quantity).endswith("−2.50")


def test_what_both_networks_have_stays_as_it_is(explorer):
    explorer.hidden1 = 5
    weights = np.reshape(explorer.parameters[:10], (2, 5))
    np.testing.assert_array_equal(weights[:, :3], [[1, -1, 0.5], [0.5, 1, -1.5]])
    assert explorer.parameters[10:13] == (0.5, 0.0, -0.5)
    explorer.controls["hidden1"].value = 3
    assert explorer.parameters == START


def test_a_selected_parameter_that_is_gone_gives_way_to_the_first(explorer):
    explorer.set_parameters(hidden1=5, selected="w1_25", value=1.25)
    explorer.hidden1 = 4
    assert explorer.selected == explorer.controls["selected"].value == "w1_11"
    assert explorer.value == explorer.parameters[0] == 1.0


def test_sizes_and_parameters_that_do_not_fit_together_are_refused(explorer):
    before = explorer.state
    for bad in (
        {"hidden1": 4, "parameters": [1.0] * 13},
        {"hidden1": 9},
        {"hidden2": 2, "selected": "w1_14"},
    ):
        with pytest.raises(traitlets.TraitError):
            explorer.set_parameters(**bad)
        assert explorer.state == before
    explorer.hidden1 = 4  # and it still works
    assert explorer.sizes == (2, 4, 1) and explorer.error is None


def test_state_of_another_size_makes_it_again(explorer):
    explorer.set_parameters(hidden1=4, hidden2=3, selected="w2_43", value=0.75, output="tanh")
    again = FeedforwardExplorer.from_state(json.loads(json.dumps(explorer.state)))
    assert again.state == explorer.state and again.summary == explorer.summary
    again.reset()
    assert again.state == explorer.state
    explorer.reset()
    assert explorer.sizes == (2, 3, 1) and explorer.parameters == START
    again.close()


def test_layer_by_layer(explorer):
    titles = []
    for layers in (0, 1, 2, 3):
        explorer.shown = layers
        titles.append(explorer.view._title.get_text())
        for column in (1, 2):
            assert ("?" in node_text(explorer, column, 0)) == (column > layers)
    assert titles == [
        "The input (1.00, 0.50)",
        "The input (1.00, 0.50) after layer 1",
        "The input (1.00, 0.50) gives ŷ = 0.89",
        "The input (1.00, 0.50) gives ŷ = 0.89",
    ]


def test_each_hidden_neurons_map_is_what_it_answers(explorer):
    explorer.set_parameters(hidden2=2, activation2="sigmoid")
    network = explorer.network
    answers = network.unit_outputs(grid_points(LIMITS, GRID))
    for node, unit_map in explorer.view._maps.items():
        expected = answers[node.column - 1][:, node.row].reshape(GRID, GRID)[::2, ::2]
        shown = np.asarray(unit_map._image.get_array())
        np.testing.assert_allclose(shown, expected / np.abs(expected).max(), atol=1e-12)


@pytest.mark.parametrize(
    ("sizes", "side"), [((3, 0), 88), ((1, 0), 88), ((8, 0), 30), ((3, 2), 38)]
)
def test_the_hidden_neurons_maps_fill_their_room_and_stand_clear_of_their_names(
    explorer, sizes, side
):
    explorer.set_parameters(hidden1=sizes[0], hidden2=sizes[1])
    explorer.figure.draw_without_rendering()
    boxes = []
    for unit_map in explorer.view._maps.values():
        image, _frame, name = unit_map.artists
        box = image.axes.bbox
        assert box.width == pytest.approx(box.height) and box.width >= side
        boxes += [box.extents, name.get_window_extent().extents]
    inside = np.array(boxes)
    assert inside.min() >= 4 and inside[:, 2].max() <= 900
    assert not list(overlaps(boxes))


def test_the_point_can_be_dragged_and_the_plane_clicked(explorer):
    mouse = Mouse(explorer)
    mouse.pull("point", (1.0, 0.5), by=(-1.52, 0.51))
    assert (explorer.x1, explorer.x2) == (-0.5, 1.0)
    mouse.click("plane", 1.49, -2.2)
    assert (explorer.x1, explorer.x2) == (1.5, -2.0)
