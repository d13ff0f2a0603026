"""A learner's own change of a weight: the predicted change of the loss beside the actual one."""

from functools import partial
from itertools import combinations

import numpy as np
import pytest
from ipywidgets import Button
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.transforms import Bbox
from pointing import Mouse

from nnlib.explorers import BackpropExplorer
from nnlib.explorers.engine.messages import places_in
from nnlib.explorers.shared.network_parts import flat_index, named_parameters
from nnlib.plots.words.labels import short
from nnlib.plots.words.numbers import three_digits
from nnlib.plots.words.symbols import LossNode, Node, Quantity, Weight, quantity_symbol

BIG = (1.5, -1.5, -1.0, -0.5, 1.0, 2.0, 2.0, 1.0, -2.0)  # the chapter's numbers

KIND = partial(BackpropExplorer, parameters=BIG, row=2)


def by_hand(parameters, x=(0.0, 1.0), y=1.0):
    """Return the loss of a 2-2-1 sigmoid network on one row."""
    p = np.array(parameters)
    sigmoid = lambda z: 1 / (1 + np.exp(-z))  # noqa: E731
    hidden = sigmoid(np.array(x) @ p[:4].reshape(2, 2) + p[4:6])
    return (sigmoid(hidden @ p[6:8] + p[8]) - y) ** 2


def moved(index, change):
    return by_hand([p + change * (k == index) for k, p in enumerate(BIG)])


@pytest.mark.parametrize("name", named_parameters((2, 2, 1)))
def test_both_changes_are_those_by_hand(explorer, name, no_frames):
    explorer.selected = name
    index = flat_index(explorer.sizes, explorer.quantity)
    slope = (moved(index, 1e-6) - moved(index, -1e-6)) / 2e-6
    for change in (-7.3, -0.5, 1e-3, 0.5, 4.0, 60.0):
        explorer.change = change
        own = explorer.model().own_change
        assert own.predicted == pytest.approx(slope * change, rel=1e-5, abs=1e-9)
        assert own.actual == pytest.approx(moved(index, change) - by_hand(BIG), abs=1e-12)
        shown = [number.get_text() for _, number in explorer.view.change.rows]
        expected = [own.actual, own.predicted, own.actual - own.predicted]
        assert shown == [three_digits(value) for value in expected]
        for text in (*shown, own.title):
            assert text in explorer.summary


def test_small_changes_agree_to_second_order(explorer):
    """A tenth of the change: a hundredth of the difference."""
    differences = []
    for change in (0.1, 0.01, 0.001):
        explorer.set_parameters(selected="w2_1", change=change)
        own = explorer.model().own_change
        differences.append(own.actual - own.predicted)
        assert "They agree" in explorer.summary
        assert "They agree" in explorer.view.change.verdict.get_text()
    ratios = np.divide(differences[:-1], differences[1:])
    assert ratios == pytest.approx([100, 100], rel=0.1)


def test_a_large_change_visibly_does_not(explorer):
    explorer.set_parameters(selected="w2_1", change=5.0)
    own, view = explorer.model().own_change, explorer.view.change
    assert abs(own.actual - own.predicted) > abs(own.actual)
    assert "left its tangent" in " ".join(view.verdict.get_text().split())
    curve = view.curve
    gap = curve.actual.get_ydata()[0] - curve.predicted.get_ydata()[0]
    assert gap > 20  # pixels
    assert (
        curve.labels["actual"].get_text() == f"actual {short(own.run.loss_value + own.actual, 3)}"
    )
    predicted = short(own.run.loss_value + own.predicted, 3)
    assert curve.labels["predicted"].get_text() == f"predicted {predicted}"


def test_a_change_that_leaps_over_the_lowest_place():
    explorer = BackpropExplorer(output="linear, mean_squared_error", selected="b2", change=5.0)
    own = explorer.model().own_change
    assert own.predicted < 0 < own.actual
    assert "goes the other way" in explorer.summary
    explorer.close()


def test_no_influence_no_change():
    explorer = BackpropExplorer(row=3, selected="w1_21", change=3.0)  # x₂ = 0
    assert "Predicted 0, actual 0" in explorer.summary
    explorer.close()


def test_the_curve_is_the_loss_and_touches_its_tangent(explorer):
    explorer.set_parameters(selected="w1_22", change=-2.0)
    own, view = explorer.model().own_change, explorer.view.change.curve
    index = flat_index(explorer.sizes, explorer.quantity)
    x, heights = view.curve.get_data()
    places = np.linspace(-5, 5, 81)
    expected = np.array([moved(index, place) for place in places])
    assert own.curve == pytest.approx(expected)
    scale = np.polyfit(expected, heights, 1)  # only stretched and shifted
    assert heights == pytest.approx(np.polyval(scale, expected), abs=1e-6)
    tangent = by_hand(BIG) + own.slope * places
    assert view.tangent.get_ydata() == pytest.approx(np.polyval(scale, tangent), abs=1e-6)
    assert view.actual.get_xdata()[0] == pytest.approx(np.interp(-2.0, places, x))
    assert view.now.get_xdata()[0] == pytest.approx(np.interp(0.0, places, x))


def test_a_small_change_is_looked_at_from_near(explorer):
    """Ring and dot stand apart, and changes of one size leave the window as it is."""
    curve, axes = explorer.view.change.curve, {}
    for change in (0.01, 0.1, 0.3, 1.0, 4.0, 5.0):
        explorer.set_parameters(selected="w2_1", change=change)
        apart = float(curve.actual.get_xdata()[0]) - float(curve.now.get_xdata()[0])
        assert apart > 15, change  # pixels: both can be seen
        axes[change] = [text.get_text() for text in (*curve.places, *curve.marks, curve.zoom)]
        assert curve.places[1].get_text() == short(BIG[6]) and curve.name.get_text() == "w⁽²⁾₁"
    assert axes[0.1] == axes[0.3] != axes[1.0] == axes[4.0] == axes[5.0]
    assert [axes[change][-1] for change in (0.01, 0.1, 1.0)] == ["zoom × 100", "zoom × 10", ""]
    explorer.change = -0.1
    assert [text.get_text() for text in curve.places] == ["1.50", "2.00", "2.50"]


def test_the_page_sets_small_and_large_changes_alike(explorer):
    """The slider's stops stand side by side, 0.1 next to 0, and both ends are Δw = ±5."""
    slider = explorer.controls["change"]
    told = slider.get_state(["min", "max", "step", "value"])
    assert told == {"min": 0, "max": 12, "step": 1, "value": 6}
    for place, change in ((7, 0.1), (5, -0.1), (10, 1.0), (12, 5.0), (0, -5.0)):
        slider.set_state({"value": place})
        assert explorer.change == change
        assert slider.get_state(["value"]) == {"value": place}
    explorer.change = 0.13  # between two stops: the box has it, the slider is next to it
    assert (explorer.change, slider.value, explorer.boxes["change"].value) == (0.13, 0.1, "0.13")
    explorer.change = -40.0  # beyond the end
    assert explorer.change == -40.0 and slider.get_state(["value"]) == {"value": 0}


def moved_texts(explorer):
    """Return what stands in the thick boxes, by the symbol of what has moved."""
    texts = explorer.view.drawing.moved.labels.texts
    return {
        quantity_symbol(explorer.sizes, key): text.get_text()
        for key, text in texts.items()
        if text.get_text()
    }


@pytest.fixture(scope="module")
def made():
    made = BackpropExplorer(
        parameters=[1, 2, -1, 2, -1, -2, 2, 1, -1.5],
        step=7,
        level="backward",
        selected="w2_1",
        show=["change"],
    )
    yield made
    made.close()


class TestTheNetworkMoves:
    """The first explorer of chapter 4: the change alone, no steps."""

    @pytest.fixture
    def weight(self, made):
        made.reset()
        yield made
        assert made.error is None

    def test_the_weight_and_all_that_follows_say_from_what_to_what(self, weight):
        assert moved_texts(weight) == {}
        weight.controls["change"].value = 0.1
        assert moved_texts(weight) == {
            "w⁽²⁾₁": "2.00 → 2.10",
            "z⁽²⁾": "z 0.00 → 0.05",
            "ŷ": "a 0.500 → 0.512",
            "L": "L 0.250 → 0.238",
        }
        rings = {
            node for node, ring in weight.view.drawing.moved.rings.items() if ring.get_visible()
        }
        assert rings == {Node(2, 0), LossNode()}
        drawing = weight.view.drawing.network
        assert drawing.values[Node(2, 0)].get_text() == "z 0.05\na 0.51"
        assert not drawing.labels.texts[Quantity("weight", Weight(1, 0, 0))].get_text()
        assert weight.view.drawing.title.get_text() == "Δw = 0.1: the loss falls, 0.250 → 0.238"
        assert "the loss falls, 0.250 → 0.238" in weight.summary
        weight.change = 0.01
        assert moved_texts(weight)["L"] == "L 0.2500 → 0.2488"

    def test_the_hidden_neuron_of_an_earlier_weight_moves_too(self, weight):
        weight.set_parameters(selected="w1_11", change=-3.0)
        assert [*moved_texts(weight)] == ["w⁽¹⁾₁₁", "a⁽¹⁾₁", "z⁽¹⁾₁", "ŷ", "z⁽²⁾", "L"]

    def test_at_first_the_curve_says_what_to_do_and_no_step_is_asked_for(self, weight):
        view = weight.view
        assert view.drawing.title.get_text() == "Move Δw, the change of w⁽²⁾₁: what does L do?"
        assert "Drag the dot" in view.change.verdict.get_text()
        assert view.change.curve.labels["now"].get_text() == "now 0.250"
        assert (
            not view.change.curve.tangent.get_visible() and "?" not in weight.live_figure.equation
        )
        assert not any(number.get_text() for _, number in view.change.rows)
        first_row = [widget for widget, _box in places_in(weight.children[:1])]
        assert [widget.description for widget in first_row if isinstance(widget, Button)] == [
            "Reset"
        ]

    def test_what_is_not_known_is_left_out_until_it_is(self, weight):
        weight.change = 5.0
        shown = [words.get_text() for words, _ in weight.view.change.rows]
        assert shown == ["● actual: L(w + Δw) − L(w)", "", ""]
        weight.set_parameters(level="shown", step=10)  # as the chapter does
        assert "Move Δw" in weight.summary
        weight.controls["change"].value = 5.0
        rows = [(words.get_text(), number.get_text()) for words, number in weight.view.change.rows]
        assert rows[0][1] == "−0.244"
        assert rows[1] == ("□ predicted: ∂L/∂w · Δw", "−0.625")
        assert rows[2][1] == "0.381"

    def test_the_dot_can_be_dragged_along_the_curve(self, weight):
        curve = weight.view.change.curve
        (dot,) = (handle for handle in weight.view.handles if handle.name == "change")
        Mouse(weight).pull("change", dot.outline[0], by=(curve._width / 5, 0.0))
        assert weight.change == 2.0 and weight.view.change.curve.actual.get_xdata()[0] > 0

    def test_the_curve_comes_near_when_the_dot_is_let_go(self, weight):
        curve, mouse = weight.view.change.curve, Mouse(weight)
        near = lambda: [text.get_text() for text in curve.places] == ["1.50", "2.00", "2.50"]  # noqa: E731
        dot = lambda: next(h for h in weight.view.handles if h.name == "change").outline[0]  # noqa: E731
        mouse.pull("change", dot(), by=(curve._width / 100, 0.0))
        assert weight.change == 0.1 and near()
        mouse.pull("change", dot(), by=(curve._width / 100, 0.0))  # ten times finer now
        assert weight.change == 0.11 and near()
        mouse.pull("change", dot(), by=(2 * curve._width, 0.0))  # as far as the curve is drawn
        assert weight.change == 0.5 and not near()

    def test_a_click_chooses_a_weight_and_leaves_no_one_among_the_steps(self, weight):
        for name in ("w1_11", "node 1 0", "loss"):
            handle = next(h for h in weight.view.handles if h.name == name)
            Mouse(weight).click(name, *np.mean(handle.outline, axis=0))
        assert (weight.step, weight.selected) == (7, "w1_11")
        assert "w⁽¹⁾₁₁" in weight.view.drawing.title.get_text()


@pytest.mark.parametrize("name", named_parameters((2, 2, 1)))
@pytest.mark.parametrize("change", [0.01, -4.3, 1e6])
def test_the_thick_boxes_hold_their_words_and_stay_apart(explorer, name, change, no_frames):
    explorer.set_parameters(step=20, selected=name, change=change)
    renderer = FigureCanvasAgg(explorer.figure).get_renderer()
    labels = explorer.view.drawing.moved.labels
    boxes = []
    for text, path in zip(labels.texts.values(), labels.boxes.get_paths(), strict=True):
        if text.get_text():
            box = path.get_extents(labels.boxes.axes.transData)
            words = text.get_window_extent(renderer)
            assert box.x0 <= words.x0 and words.x1 <= box.x1, text
            boxes.append(box)
    assert len(boxes) >= 3 or explorer.row == 2
    for one, other in combinations(boxes, 2):
        assert not one.overlaps(other), (name, one, other)


@pytest.mark.parametrize("bias", ["b1_1", "b1_2", "b2"])
def test_a_biass_move_covers_no_number_of_a_weight(explorer, bias):
    explorer.set_parameters(step=20, selected=bias, change=-0.3)
    layout, labels = explorer.view.drawing.network.layout, explorer.view.drawing.moved.labels
    place = labels.boxes.get_paths()[[*labels.texts].index(explorer.quantity)]
    box = place.get_extents(labels.boxes.axes.transData)
    numbers = [*layout.weights.values(), *layout.weight_gradients.values(), layout.target]
    for other in numbers:
        half = other.width / 2, other.height / 2
        corners = [(other.x - half[0], other.y - half[1]), (other.x + half[0], other.y + half[1])]
        assert not box.overlaps(Bbox(labels.boxes.axes.transData.transform(corners))), other


@pytest.mark.parametrize("weight", ["w1_11", "w1_12", "w1_21", "w1_22", "w2_1", "w2_2"])
def test_a_weights_move_leaves_its_arrow_in_sight(explorer, weight):
    explorer.set_parameters(step=20, selected=weight, change=1.0)
    edge = explorer.view.drawing.network.layout.edges[explorer.quantity.part]
    labels = explorer.view.drawing.moved.labels
    path = labels.boxes.get_paths()[[*labels.texts].index(explorer.quantity)]
    assert labels.texts[explorer.quantity].get_text()
    assert not any(path.contains_point(edge.at(t)) for t in np.linspace(0, 1, 101))


def test_the_panel_is_there_only_for_a_change(explorer):
    step, change = explorer.view.step, explorer.view.change
    explorer.step = 9
    assert step.equation.get_text() and not change.heading.get_text()
    assert not change.curve.curve.get_visible()
    explorer.controls["change"].value = 0.5
    assert not step.equation.get_text() and change.heading.get_text()
    assert change.curve.curve.get_visible()
    explorer.controls["next"].click()
    assert explorer.change == 0.0 and step.equation.get_text()


def test_a_gradient_that_is_asked_for_is_not_given_away(explorer):
    explorer.set_parameters(row=4, level="last", step=15, selected="w1_11", change=1.0)
    own, view = explorer.model().own_change, explorer.view.change
    assert three_digits(own.predicted) not in explorer.summary
    assert three_digits(own.slope) not in explorer.live_figure.equation
    assert [number.get_text() for _, number in view.rows[1:]] == ["", ""]
    assert not view.curve.tangent.get_visible() and view.curve.curve.get_visible()
    assert not view.curve.predicted.get_visible()
    explorer.selected = "w2_1"  # whose gradient is found
    assert view.curve.tangent.get_visible() and view.curve.predicted.get_visible()


def test_where_nothing_is_asked_a_change_shows_all_that_moves_before_any_step(explorer):
    explorer.set_parameters(step=0, level="shown", selected="w1_21", change=1.0)
    values = explorer.view.drawing.network.values
    assert moved_texts(explorer).keys() == {"w⁽¹⁾₂₁", "z⁽¹⁾₁", "a⁽¹⁾₁", "z⁽²⁾", "ŷ", "L"}
    assert not any("?" in value.get_text() for value in values.values())
    explorer.set_parameters(level="all", change=1.0)
    assert moved_texts(explorer).keys() == {"w⁽¹⁾₂₁"}
    assert "?" in values[Node(1, 0)].get_text(), "to be found by the learner"


def test_reset_returns_to_a_change_that_it_started_with():
    explorer = BackpropExplorer(step=9, change=0.5)
    explorer.step = 3
    assert explorer.change == 0.0
    explorer.reset()
    assert (explorer.step, explorer.change) == (9, 0.5)
    explorer.close()


@pytest.mark.parametrize("change", [1e200, -1e308, 1e-300])
def test_any_size_can_be_shown(explorer, change):
    explorer.set_parameters(output="linear, mean_squared_error", selected="w2_1", change=change)
    assert explorer.error is None
    assert "nan" not in explorer.summary
