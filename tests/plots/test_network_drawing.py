"""The drawing of a network: its numbers, signs and dashes, and that nothing overlaps."""

from itertools import combinations, pairwise

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure

from nnlib.plots.networks.network_drawing import draw_network
from nnlib.plots.networks.network_numbers import NetworkNumbers
from nnlib.plots.palette import DARK, LIGHT
from nnlib.plots.words.labels import short, short_gradient
from nnlib.plots.words.symbols import (
    Bias,
    LossNode,
    Node,
    Quantity,
    Weight,
    nodes_of,
    quantity_symbol,
    weights_of,
)

THICK = 2.5  # pixels; what the border of a highlighted box takes inside, and a little air
CASES = [((2, 2, 1), True), ((2, 3, 1), False), ((2, 1), True)]


def numbers_for(sizes, fill=0.5, gradients=True):
    """All weights, sums, gradients … equal to ``fill``, with alternating signs."""

    def array(*shape):
        signs = np.where(np.arange(np.prod(shape)).reshape(shape) % 2, -1.0, 1.0)
        return fill * signs

    extras = {}
    if gradients:
        extras = {
            "weight_gradients": [array(*shape) for shape in pairwise(sizes)],
            "bias_gradients": [array(n) for n in sizes[1:]],
            "deltas": [array(n) for n in sizes[1:]],
            "loss": abs(fill),
            "loss_gradient": -fill,
            "target": 1.0,
        }
    return NetworkNumbers(
        weights=[array(*shape) for shape in pairwise(sizes)],
        biases=[-array(n) for n in sizes[1:]],
        values=[array(n) for n in sizes],
        sums=[array(n) for n in sizes[1:]],
        **extras,
    )


def draw(sizes, gradients, palette=LIGHT):
    figure = Figure(figsize=(9, 4), dpi=100)
    canvas = FigureCanvasAgg(figure)
    ax = figure.add_axes((0, 0.06, 620 / 900, 0.82))
    return draw_network(ax, sizes, palette, gradients=gradients, loss=gradients), canvas


def overlaps(a, b):
    """The overlap of two boxes is more than a touch: over a pixel both ways."""
    return min(a.x1, b.x1) - max(a.x0, b.x0) > 1.0 and min(a.y1, b.y1) - max(a.y0, b.y0) > 1.0


def shown_texts(drawing):
    return {key: text for key, text in drawing.labels.texts.items() if text.get_text()}


@pytest.mark.parametrize(("sizes", "gradients"), CASES)
@pytest.mark.parametrize("fill", [0.05, 0.5, 12.345, 987.6, 1e6, -1e-9])
def test_no_label_overlaps_another_or_a_node(sizes, gradients, fill):
    drawing, canvas = draw(sizes, gradients)
    drawing.update(numbers_for(sizes, fill, gradients))
    renderer = canvas.get_renderer()
    extents = {key: text.get_window_extent(renderer) for key, text in shown_texts(drawing).items()}
    extents |= {
        ("name", text.get_text()): text.get_window_extent(renderer)
        for text in drawing.values[Node(0, 0)].axes.texts
        if text not in drawing.artists
    }
    for (first, a), (second, b) in combinations(extents.items(), 2):
        assert not overlaps(a, b), (first, second)
    to_pixels = drawing.values[Node(0, 0)].axes.transData.transform
    for node, centre in drawing.layout.nodes.items():
        x, y = to_pixels(centre)
        for key, box in extents.items():
            nearest = np.clip(x, box.x0, box.x1), np.clip(y, box.y0, box.y1)
            assert np.hypot(nearest[0] - x, nearest[1] - y) > drawing.layout.radii[node], (
                key,
                node,
            )


@pytest.mark.parametrize(("sizes", "gradients"), CASES)
@pytest.mark.parametrize("fill", [0.05, 12.345, 987.6, 1e6])
def test_every_text_fits_its_box_and_its_node(sizes, gradients, fill):
    drawing, canvas = draw(sizes, gradients)
    drawing.update(numbers_for(sizes, fill, gradients))
    renderer = canvas.get_renderer()
    boxes = dict(zip(drawing.labels.texts, drawing.labels.boxes.get_paths(), strict=True))
    for key, text in shown_texts(drawing).items():
        extent = text.get_window_extent(renderer)
        assert extent.width + 2 * THICK <= boxes[key].get_extents().width, key
        assert extent.height <= boxes[key].get_extents().height, key
    for node, text in drawing.values.items():
        assert text.get_window_extent(renderer).width <= 2 * drawing.layout.radii[node], node


@pytest.mark.parametrize(("sizes", "gradients"), [*CASES, ((2, 4, 4, 1), False)])
def test_everything_is_inside_the_axes(sizes, gradients):
    drawing, canvas = draw(sizes, gradients)
    drawing.update(numbers_for(sizes, -12.3, gradients))
    ax = drawing.values[Node(0, 0)].axes
    for text in ax.texts:
        if text.get_text():
            box = text.get_window_extent(canvas.get_renderer())
            assert ax.bbox.x0 <= box.x0 and box.x1 <= ax.bbox.x1, text
            assert ax.bbox.y0 <= box.y0 and box.y1 <= ax.bbox.y1, text


@pytest.mark.parametrize(("sizes", "gradients"), CASES)
def test_text_is_at_least_13_pixels(sizes, gradients):
    drawing, _ = draw(sizes, gradients)
    for text in drawing.values[Node(0, 0)].axes.texts:
        assert text.get_fontsize() * 100 / 72 >= 13.0, text


@pytest.mark.parametrize("sizes", [(2, 3, 1), (2, 5, 1), (2, 8, 8, 1), (2, 1, 8, 1)])
@pytest.mark.parametrize("fill", [-0.6, -12.3])
def test_the_numbers_in_a_neuron_stay_clear_of_its_circle(sizes, fill):
    drawing, canvas = draw(sizes, gradients=False)
    drawing.update(numbers_for(sizes, fill, gradients=False))
    to_pixels = canvas.figure.dpi / 100
    for node, text in drawing.values.items():
        ink = text.get_window_extent(canvas.get_renderer())
        inside = drawing.layout.radii[node] - THICK
        wide = drawing.layout.stretch * drawing.layout.radii[node] - THICK
        assert np.hypot(ink.width / wide, ink.height / inside) / 2 / to_pixels < 1.0


@pytest.mark.parametrize("sizes", [(2, 5, 1), (2, 8, 8, 1)])
def test_an_edge_ends_at_the_ovals_of_a_dense_drawing(sizes):
    layout = draw(sizes, gradients=False)[0].layout
    for weight, edge in layout.edges.items():
        ends = Node(weight.layer, weight.source), Node(weight.layer + 1, weight.target)
        for node, away, place in zip(ends, (0, 2), (edge.at(0), edge.at(1)), strict=True):
            x, y = np.subtract(place, layout.nodes[node])
            assert np.hypot(x / layout.stretch, y) == pytest.approx(layout.radii[node] + away)


def test_dashes_begin_whole_on_both_sides_of_their_label():
    drawing, _ = draw((2, 3, 1), gradients=False)
    drawing.update(numbers_for((2, 3, 1), -1.5, gradients=False))
    for weight, line in drawing.edges.items():
        (x0, y0), (left, _), (gap, _), (right, _), (x1, y1) = line.get_xydata()
        box, edge = drawing.layout.weights[weight], drawing.layout.edges[weight]
        assert (left, x1, y1) == pytest.approx((edge.x0, edge.x1, edge.y1)) and np.isnan(gap)
        for x, y in ((x0, y0), (right, line.get_ydata()[3])):
            beside = abs(x - box.x) - box.width / 2, abs(y - box.y) - box.height / 2
            assert max(beside) == pytest.approx(1)  # at the label's border, where each part begins
    drawing.update(numbers_for((2, 3, 1), -1.5, False), elsewhere=[Quantity("weight", weight)])
    assert len(drawing.edges[weight].get_xdata()) == 2  # no label, and so no gap


def test_a_weight_shows_its_sign_by_text_dash_and_colour():
    drawing, _ = draw((2, 1), gradients=False)
    numbers = numbers_for((2, 1), gradients=False)
    numbers.weights[0][:] = [[1.25], [-2.5]]
    drawing.update(numbers)
    plus, minus = drawing.edges[Weight(0, 0, 0)], drawing.edges[Weight(0, 1, 0)]
    assert drawing.labels.texts[Quantity("weight", Weight(0, 0, 0))].get_text() == "+1.25"
    assert drawing.labels.texts[Quantity("weight", Weight(0, 1, 0))].get_text() == "−2.50"
    assert (plus.get_linestyle(), minus.get_linestyle()) == ("-", "--")
    assert (plus.get_color(), minus.get_color()) == (LIGHT.positive, LIGHT.negative)
    assert minus.get_linewidth() > plus.get_linewidth()
    numbers.weights[0][:] = 1.7e308  # an infinite width would take Agg a minute to draw
    drawing.update(numbers)
    assert 4.0 < plus.get_linewidth() < 5.0
    for zero in (0.0, 0.001, -0.004):  # all are written 0.00
        numbers.weights[0][:] = zero
        drawing.update(numbers)
        assert (plus.get_color(), minus.get_linestyle()) == (LIGHT.grey, "-")
        label = drawing.labels.texts[Quantity("weight", Weight(0, 0, 0))]
        assert (label.get_text(), label.get_color()) == ("0.00", LIGHT.grey)


def test_the_numbers_stand_where_they_belong():
    drawing, _ = draw((2, 2, 1), gradients=True)
    numbers = numbers_for((2, 2, 1))
    numbers.sums[0][:] = [0.98, -1.5]
    numbers.values[1][:] = [0.73, np.nan]
    numbers.weight_gradients[0][:] = np.nan
    numbers.weight_gradients[0][1, 0] = -0.0683
    drawing.update(numbers)
    texts = {key: text.get_text() for key, text in drawing.labels.texts.items()}
    assert drawing.values[Node(1, 0)].get_text() == "z 0.98\na 0.73"
    assert drawing.values[Node(1, 1)].get_text() == "z −1.50\na ?"
    assert drawing.values[LossNode()].get_text() == "L\n0.50"
    assert texts[Quantity("weight_gradient", Weight(0, 1, 0))] == "−0.0683"
    assert texts[Quantity("weight_gradient", Weight(0, 0, 0))] == ""
    assert texts[Quantity("bias", Bias(1, 0))] == "b −0.50"
    assert texts[Quantity("delta", Bias(0, 1))] == "δ⁽¹⁾₂ −0.500"
    assert texts[Quantity("loss_gradient", LossNode())] == "∂L/∂ŷ −0.500"
    assert texts[Quantity("target", LossNode())] == "target 1"


@pytest.mark.parametrize("palette", (LIGHT, DARK), ids=("light", "dark"))
def test_gradients_are_purple_boxes_and_hidden_until_known(palette):
    drawing, _ = draw((2, 2, 1), gradients=True, palette=palette)
    numbers = numbers_for((2, 2, 1))
    numbers.deltas[0][:] = np.nan
    drawing.update(numbers)
    edges = dict(zip(drawing.labels.texts, drawing.labels.boxes.get_edgecolor(), strict=True))
    known, unknown = Quantity("delta", Bias(1, 0)), Quantity("delta", Bias(0, 0))
    np.testing.assert_allclose(edges[known], to_rgba(palette.gradient))
    assert edges[unknown][3] == 0.0
    assert drawing.labels.texts[known].get_color() == palette.gradient


def test_a_bias_that_is_nan_is_left_out_and_zero_has_no_sign():
    drawing, _ = draw((2, 1), gradients=False)
    numbers = numbers_for((2, 1), gradients=False)
    numbers.weights[0][:], numbers.biases[0][:] = 0.0, np.nan
    drawing.update(numbers)
    texts = {key: text.get_text() for key, text in shown_texts(drawing).items()}
    assert texts == {Quantity("weight", Weight(0, i, 0)): "0.00" for i in (0, 1)}


def test_the_highlight_marks_the_current_quantity():
    drawing, _ = draw((2, 2, 1), gradients=True)
    current = Quantity("weight_gradient", Weight(1, 1, 0))
    drawing.update(numbers_for((2, 2, 1)), current)
    widths = dict(zip(drawing.labels.texts, drawing.labels.boxes.get_linewidth(), strict=True))
    assert [key for key, width in widths.items() if width > 2.0] == [current]
    assert drawing._glow.get_visible() and not drawing._ring.get_visible()
    drawing.update(numbers_for((2, 2, 1)), Quantity("sum", Node(1, 1)))
    assert drawing._ring.get_visible() and not drawing._glow.get_visible()
    assert drawing._ring.get_center() == drawing.layout.nodes[Node(1, 1)]


def test_a_crowded_layer_shows_only_the_highlighted_weight():
    sizes = (2, 4, 4, 1)
    drawing, _ = draw(sizes, gradients=False, palette=DARK)
    current = Quantity("weight", Weight(1, 2, 3))
    drawing.update(numbers_for(sizes, gradients=False), current)
    middle = [key for key in shown_texts(drawing) if key.kind == "weight" and key.part.layer == 1]
    assert middle == [current]
    assert drawing.values[Node(1, 0)].get_text() == "0.50"


def test_nothing_moves_when_numbers_change():
    drawing, _ = draw((2, 3, 1), gradients=False)
    places = [text.get_position() for text in drawing.labels.texts.values()]
    children = drawing.values[Node(0, 0)].axes.get_children()
    drawing.update(numbers_for((2, 3, 1), 0.1, gradients=False))
    drawing.update(numbers_for((2, 3, 1), -500.0, gradients=False))
    assert [text.get_position() for text in drawing.labels.texts.values()] == places
    assert drawing.values[Node(0, 0)].axes.get_children() == children


def test_symbols_count_from_one_and_drop_what_nothing_tells_apart():
    assert quantity_symbol((2, 3, 1), Quantity("weight", Weight(0, 1, 2))) == "w⁽¹⁾₂₃"
    assert quantity_symbol((2, 3, 1), Quantity("weight_gradient", Weight(1, 2, 0))) == "∂L/∂w⁽²⁾₃"
    assert quantity_symbol((2, 3, 1), Quantity("bias_gradient", Bias(1, 0))) == "∂L/∂b⁽²⁾"
    assert quantity_symbol((2, 3, 1), Quantity("sum", Node(1, 2))) == "z⁽¹⁾₃"
    assert quantity_symbol((2, 3, 1), Quantity("value", Node(2, 0))) == "ŷ"
    assert quantity_symbol((2, 3, 1), Quantity("value", Node(0, 1))) == "x₂"
    assert quantity_symbol((2, 3, 1), Quantity("loss", LossNode())) == "L"
    assert [len(list(parts((2, 3, 1)))) for parts in (weights_of, nodes_of)] == [9, 6]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0.00"),
        (float("-inf"), "−∞"),
        (9.999, "10.0"),
        (99.99, "100"),
        (-0.001, "0.00"),
        (9999.9, "10⁴"),
    ],
)
def test_short_numbers(value, text):
    assert short(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.09999, "0.100"), (0.9999, "1.00"), (-0.00099, "−0.0010"), (-3e-12, "−3·10⁻¹²")],
)
def test_short_gradients(value, text):
    assert short_gradient(value) == text
