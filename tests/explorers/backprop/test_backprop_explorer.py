"""BackpropExplorer: every number is nnlib's and the calculus's, one quantity at a time."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from printed_equations import check_equation

from nnlib import LOSSES, Network, datasets, gradient_check
from nnlib.explorers import BackpropExplorer
from nnlib.explorers.backprop.model import BackpropModel
from nnlib.explorers.backprop.parameters import START
from nnlib.explorers.backprop.view import BackpropView
from nnlib.explorers.passes.steps import NUDGE, output_of, parameter_of, steps_of
from nnlib.explorers.shared.network_parts import flat_index, named_parameters
from nnlib.plots.palette import LIGHT
from nnlib.plots.words.numbers import number
from nnlib.plots.words.symbols import Bias, LossNode, Node, Quantity, Weight, quantity_symbol

SIZES = (2, 2, 1)
FORWARD, BACKWARD = steps_of(SIZES).forward, steps_of(SIZES).backward
STEPS, OUTPUT = steps_of(SIZES).all, output_of(SIZES)
ACTIVATIONS = ("sigmoid", "tanh", "relu", "leaky_relu", "linear")
LOSS_NAMES = ("mean_squared_error", "binary_cross_entropy")

KIND = BackpropExplorer


def picture_of(row=3, activation="sigmoid", loss="mean_squared_error", parameters=START):
    """The whole pass of one row of XOR; no widgets, no figure."""
    selected = Quantity("bias", Bias(1, 0))
    activations, step = (activation, "sigmoid"), len(STEPS)
    return BackpropModel(SIZES, parameters, activations, loss, "xor", row - 1, step, selected)


def same_network(picture):
    network = Network(SIZES, hidden=picture.activations[0])
    network.parameters = picture.parameters
    X, y = datasets.truth_table("xor")
    return network, X[picture.row : picture.row + 1], y[picture.row : picture.row + 1]


def shown(explorer):
    """All that the drawing shows: quantity → text."""
    drawing = explorer.view.drawing.network
    labels = {key: text.get_text() for key, text in drawing.labels.texts.items()}
    return {key: text for key, text in labels.items() if text} | {
        node: text.get_text() for node, text in drawing.values.items()
    }


def test_the_order_of_the_steps():
    names = [quantity_symbol(SIZES, step) for step in STEPS]
    assert names[: len(FORWARD)] == ["z⁽¹⁾₁", "a⁽¹⁾₁", "z⁽¹⁾₂", "a⁽¹⁾₂", "z⁽²⁾", "ŷ", "L"]
    assert names[len(FORWARD) :] == [
        *("∂L/∂ŷ", "δ⁽²⁾", "∂L/∂w⁽²⁾₁", "∂L/∂w⁽²⁾₂", "∂L/∂b⁽²⁾", "δ⁽¹⁾₁", "δ⁽¹⁾₂"),
        *("∂L/∂w⁽¹⁾₁₁", "∂L/∂w⁽¹⁾₁₂", "∂L/∂w⁽¹⁾₂₁", "∂L/∂w⁽¹⁾₂₂", "∂L/∂b⁽¹⁾₁", "∂L/∂b⁽¹⁾₂"),
    ]


@pytest.mark.parametrize("loss", LOSS_NAMES)
@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("row", [1, 2, 3, 4])
def test_the_gradients_are_those_of_nnlib_and_of_central_differences(activation, loss, row):
    picture = picture_of(row, activation, loss)
    network, X, y = same_network(picture)
    value, gradient = network.loss_and_gradient(X, y, loss)
    gradient, run = gradient.copy(), picture.run
    tried = gradient_check(network, X, y, loss).numeric
    assert run.value(Quantity("loss", LossNode())) == value
    for name, quantity in named_parameters(SIZES).items():
        index = flat_index(SIZES, quantity)
        slope = run.value(Quantity(f"{quantity.kind}_gradient", quantity.part))
        assert slope == gradient[index], name
        assert slope == pytest.approx(tried[index], abs=1e-8), name


@pytest.mark.parametrize("loss", LOSS_NAMES)
@pytest.mark.parametrize("row", [1, 2, 3, 4])
def test_the_explanations_are_right(loss, row):
    run = picture_of(row, loss=loss).run
    for step in STEPS:
        check_equation(run, step, rounding=1.5e-3)


def test_the_pass_by_hand():
    """Row (1, 0), target 1: z₁ = 1 − 0.2, z₂ = −0.5 + 0.1, and so on to L = (ŷ − 1)²."""
    sigmoid = lambda z: 1 / (1 + np.exp(-z))  # noqa: E731
    h1, h2 = sigmoid(0.8), sigmoid(-0.4)
    output = sigmoid(1.2 * h1 - 0.9 * h2 + 0.1)
    delta = 2 * (output - 1) * output * (1 - output)
    run = picture_of().run
    expected = {
        Quantity("sum", Node(1, 0)): 0.8,
        Quantity("value", Node(1, 1)): h2,
        OUTPUT: output,
        Quantity("loss", LossNode()): (output - 1) ** 2,
        Quantity("loss_gradient", LossNode()): 2 * (output - 1),
        Quantity("delta", Bias(1, 0)): delta,
        Quantity("weight_gradient", Weight(1, 0, 0)): h1 * delta,
        Quantity("delta", Bias(0, 0)): delta * 1.2 * h1 * (1 - h1),
        Quantity("weight_gradient", Weight(0, 0, 1)): delta * -0.9 * h2 * (1 - h2),
        Quantity("weight_gradient", Weight(0, 1, 0)): 0.0,
    }
    for quantity, expectation in expected.items():
        assert run.value(quantity) == pytest.approx(expectation), quantity


def test_nothing_is_shown_before_its_step(explorer):
    gradients = {"weight_gradient", "bias_gradient", "delta", "loss_gradient"}
    for step in range(len(STEPS) + 1):
        explorer.step = step
        texts = shown(explorer)
        visited = STEPS[:step]
        assert {key for key in texts if getattr(key, "kind", "") in gradients} == {
            key for key in visited if key.kind in gradients
        }
        for node in (Node(1, 0), Node(1, 1), Node(2, 0)):
            z, a = texts[node].split("\n")
            assert (z == "z ?") == (Quantity("sum", node) not in visited)
            assert (a == "a ?") == (Quantity("value", node) not in visited)
        assert (texts[LossNode()] == "L\n?") == (step < len(FORWARD))


def test_titles_and_words_follow_the_steps(explorer):
    assert explorer.summary.startswith("Ready: the row stands at the inputs. XOR, row (1, 0)")
    explorer.step = 10
    assert explorer.view.drawing.title.get_text() == "Backward, step 3 of 13: the gradient of w⁽²⁾₁"
    view = explorer.view.step
    assert view.equation.get_text() == "∂L/∂w⁽²⁾₁ = a⁽¹⁾₁·δ⁽²⁾"
    assert view.with_numbers.get_text() == "= 0.690·(−0.167)"
    assert view.result.get_text() == "= −0.115"
    assert view.code.get_text() == "dW = inputs.T @ delta"
    assert explorer.live_figure.equation == "∂L/∂w⁽²⁾₁ = a⁽¹⁾₁·δ⁽²⁾ = 0.690·(−0.167) = −0.115"
    assert explorer.summary.startswith("Backward, step 3 of 13: the gradient of w⁽²⁾₁, −0.115.")
    assert "The output ŷ is 0.64" in explorer.summary


@pytest.mark.parametrize(
    "quantity", BACKWARD, ids=lambda quantity: quantity_symbol(SIZES, quantity)
)
def test_a_gradient_predicts_what_a_small_step_does(quantity):
    picture = replace(picture_of(), step=STEPS.index(quantity) + 1)
    if quantity.kind not in ("weight_gradient", "bias_gradient"):
        assert picture.nudge == ""
        return
    network, X, y = same_network(picture)
    before = network.loss(X, y, picture.loss)
    network.parameters[flat_index(SIZES, parameter_of(quantity))] += NUDGE
    actual = network.loss(X, y, picture.loss) - before
    assert (
        picture.run.losses_after(parameter_of(quantity), [NUDGE])[0] - picture.run.loss_value
        == actual
    )
    assert picture.run.value(quantity) * NUDGE == pytest.approx(actual, abs=3e-5)
    symbol = quantity_symbol(SIZES, parameter_of(quantity))
    assert picture.nudge.startswith(f"Raise {symbol} by 0.01:\nL should change by ")
    assert picture.nudge.endswith(f"\nand it changes by {number(actual, 5)}.")


def test_back_and_step_stay_within_the_pass(explorer):
    explorer.controls["back"].click()
    assert (explorer.step, explorer.error) == (0, None)
    for _ in range(len(STEPS) + 3):
        explorer.controls["next"].click()
        assert explorer.error is None
    assert explorer.step == explorer.controls["step"].value == len(STEPS)
    explorer.controls["back"].click()
    assert explorer.step == len(STEPS) - 1


def test_the_current_quantity_is_highlighted(explorer):
    explorer.step = STEPS.index(Quantity("weight_gradient", Weight(0, 1, 1))) + 1
    drawing = explorer.view.drawing.network
    x0, y0, x1, y1 = drawing.layout.edges[Weight(0, 1, 1)]
    np.testing.assert_array_equal(drawing._glow.get_xydata(), [[x0, y0], [x1, y1]])
    explorer.step = 1
    assert drawing._ring.get_center() == drawing.layout.nodes[Node(1, 0)]


@pytest.mark.parametrize("loss", LOSS_NAMES)
def test_a_saturated_output_stays_exact(loss):
    """With cross-entropy δ = ŷ − y even where ŷ is rounded to 0; with squares it vanishes."""
    run = picture_of(row=2, loss=loss, parameters=(*START[:-1], -1000.0)).run
    expected = -1.0 if loss == "binary_cross_entropy" else 0.0
    assert run.value(Quantity("delta", Bias(1, 0))) == expected


def test_a_pass_that_overflows_is_reported():
    explorer = BackpropExplorer(activation="relu", row=4, step=len(STEPS))
    explorer.parameters = [1e308] * 4 + [0.0, 0.0, 1e308, -1e308, 0.0]
    assert "finite" in (explorer.error or "")
    explorer.reset()
    assert explorer.error is None
    explorer.close()


@pytest.mark.parametrize("scale", [1, 30, 1e5])
@pytest.mark.parametrize("loss", LOSS_NAMES)
def test_the_texts_of_the_panels_stay_apart_and_inside(scale, loss):
    figure = Figure(figsize=(9, 4), dpi=100)
    view, renderer = BackpropView(figure, LIGHT, SIZES), FigureCanvasAgg(figure).get_renderer()
    picture = picture_of(row=2, loss=loss, parameters=tuple(scale * w for w in START))
    panel = view.step.result.axes
    for step in range(len(STEPS) + 1):
        view.update(replace(picture, step=step))
        texts = [text for text in panel.texts if text.get_text()]
        boxes = [text.get_window_extent(renderer) for text in texts]
        for text, box in zip(texts, boxes, strict=True):
            assert box.x1 <= panel.bbox.x1 and box.y0 >= panel.bbox.y0, text
        for one, other in combinations(boxes, 2):
            assert not one.overlaps(other), step
        assert view.drawing.title.get_window_extent(renderer).x1 < panel.bbox.x0


def test_all_losses_offered_are_nnlibs():
    pairs = [value.split(", ") for _, value in BackpropExplorer.output.options]
    assert len(pairs) == 4
    assert all(LOSSES[loss].fits(output) for output, loss in pairs)


def test_forward_and_backward_together_are_all_steps():
    assert STEPS == FORWARD + BACKWARD
    assert len(set(STEPS)) == len(STEPS) == 20
