"""BackpropExplorer up to 2-4-4-1: right numbers, room for them, and ways to get there."""

import asyncio
import re

import clock
import numpy as np
import pytest
from overlaps import overlaps
from pointing import Mouse
from printed_equations import check_equation

from nnlib import Network, datasets, gradient_check
from nnlib.explorers import BackpropExplorer
from nnlib.explorers.backprop.mistakes import known_mistakes
from nnlib.explorers.backprop.parameters import OUTPUTS
from nnlib.explorers.backprop.typed_answers import judge
from nnlib.explorers.passes.steps import gradient_of, steps_of
from nnlib.explorers.playing.pace import Pace
from nnlib.explorers.shared.network_parts import flat_index, named_parameters
from nnlib.plots.networks.network_layout import ROW
from nnlib.plots.words.symbols import Bias, LossNode, Node, Quantity, Weight, quantity_symbol

pytestmark = pytest.mark.slow

ALL_SIZES = [(1, 0), (2, 0), (3, 0), (4, 0), (1, 4), (2, 2), (3, 3), (4, 1), (4, 4)]
SMALL_AND_LARGE = [(1, 0), (4, 0), (1, 4), (4, 4)]
OUTPUT_NAMES = [value for _, value in OUTPUTS]


@pytest.fixture(scope="module")
def shared():
    explorer = BackpropExplorer(hidden1=4, hidden2=4)
    yield explorer
    explorer.close()


@pytest.fixture
def largest(explorer):
    return explorer


def texts_in(axes):
    found = (t for t in axes.findobj(lambda a: hasattr(a, "get_text")) if t.get_visible())
    return [text for text in found if text.get_text().strip()]


@pytest.mark.parametrize("hidden", ALL_SIZES, ids=str)
@pytest.mark.parametrize("output", OUTPUT_NAMES)
def test_every_gradient_is_the_slope_found_by_trying(shared, hidden, output, monkeypatch):
    explorer = shared
    monkeypatch.setattr(explorer, "request_frame", lambda: None)
    explorer.reset()
    explorer.set_parameters(hidden1=hidden[0], hidden2=hidden[1], output=output, row=4)
    explorer.set_parameters(activation="tanh")
    sizes, run = explorer.sizes, explorer.model().run
    X, y = datasets.truth_table("xor")
    activations = ["tanh", "sigmoid"][: len(sizes) - 2]
    activation, loss = output.split(", ")
    network = Network(sizes, hidden=activations, output=activation)
    network.parameters = explorer.parameters
    tried = gradient_check(network, X[3:], y[3:], loss, epsilon=1e-5).numeric
    for name, parameter in named_parameters(sizes).items():
        slope = tried[flat_index(sizes, parameter)]
        assert run.value(gradient_of(parameter)) == pytest.approx(slope, abs=1e-7), name


@pytest.mark.parametrize("output", OUTPUT_NAMES)
def test_every_equation_comes_to_its_result(output):
    explorer = BackpropExplorer(hidden1=4, hidden2=4, output=output)
    for step in steps_of(explorer.sizes).all:
        check_equation(explorer.model().run, step, rounding=2.5e-3)
    explorer.close()


def test_the_largest_pass_visits_each_number_once(largest):
    steps = steps_of((2, 4, 4, 1))
    assert len(steps.forward) == 19 and len(steps.backward) == 47
    assert len(set(steps.all)) == 66
    labels = [label for label, _ in largest.controls["step"].options]
    assert labels[0] == "ready" and labels[19] == "forward 19   L" and len(labels) == 67
    assert labels[66] == "backward 47   ∂L/∂b⁽¹⁾₄"  # as the heading counts: step 47 of 47


def test_the_equation_in_one_line_has_no_gap_before_a_factor(largest):
    largest.step = 51
    assert ")·σ′" in largest.live_figure.equation and " ·" not in largest.live_figure.equation


def test_what_an_equation_is_made_of_is_found_before_it(largest, no_frames):
    """So that at each step all its numbers stand on the drawing."""
    for step in range(1, 67):
        largest.step = step
        picture, drawing = largest.model(), largest.view.drawing.network
        for quantity in picture.used:
            if quantity in steps_of(largest.sizes).all:
                assert quantity in picture.visited, (step, quantity)
            if quantity in drawing.labels.texts:
                assert drawing.labels.texts[quantity].get_text(), (step, quantity)


def test_the_drawing_shows_what_stands_in_the_equation(largest, no_frames):
    """All of it, and nothing else but the weight or bias whose gradient it is."""
    symbol = re.compile(r"∂L/∂ŷ|[zawbδ]⁽[¹²³]⁾[₁-₄]*|x[₁₂]|ŷ")
    for step, quantity in enumerate(steps_of(largest.sizes).all, start=1):
        largest.step = step
        picture = largest.model()
        used = {quantity_symbol(largest.sizes, quantity) for quantity in picture.used}
        if quantity.kind in ("weight_gradient", "bias_gradient"):
            used.remove(quantity_symbol(largest.sizes, quantity).removeprefix("∂L/∂"))
        equation = picture.explanation.equation.partition(" = ")[2]
        assert set(symbol.findall(equation)) == used, equation


@pytest.mark.parametrize("hidden", SMALL_AND_LARGE, ids=str)
def test_the_numbers_at_each_step_are_apart_and_inside(hidden, no_frames):
    explorer = BackpropExplorer(hidden1=hidden[0], hidden2=hidden[1])
    figure = explorer.figure
    for step in range(len(steps_of(explorer.sizes).all) + 1):
        explorer.step = step
        figure.canvas.draw()
        renderer = figure.canvas.get_renderer()
        texts = texts_in(explorer.figure)
        boxes = np.array([text.get_window_extent(renderer).extents for text in texts])
        for text, (left, bottom, right, _) in zip(texts, boxes, strict=True):
            assert left >= 0 and right <= figure.bbox.x1 and bottom >= 0, (step, text)
        over = [(texts[a].get_text(), texts[b].get_text()) for a, b, _ in overlaps(boxes)]
        assert over == [], step
    explorer.close()


@pytest.mark.parametrize("hidden", SMALL_AND_LARGE, ids=str)
def test_the_boxes_at_each_step_are_apart(hidden, no_frames):
    """A box's ground would hide what is under it."""
    explorer = BackpropExplorer(hidden1=hidden[0], hidden2=hidden[1])
    layout = explorer.view.drawing.network.layout
    texts = explorer.view.drawing.network.labels.texts
    places = {
        Quantity(kind, part): (
            *(box.x - box.width / 2, box.y - box.height / 2),
            *(box.x + box.width / 2, box.y + box.height / 2),
        )
        for kind, boxes in {
            "weight": layout.weights,
            "weight_gradient": layout.weight_gradients,
            "bias": layout.biases,
            "bias_gradient": layout.bias_gradients,
            "delta": layout.deltas,
        }.items()
        for part, box in boxes.items()
    }
    for step in range(len(steps_of(explorer.sizes).all) + 1):
        explorer.step = step
        shown = [key for key in places if texts[key].get_text()]
        boxes = [places[key] for key in shown]
        assert [(shown[a], shown[b]) for a, b, _ in overlaps(boxes)] == [], step
    explorer.close()


def test_several_ways_back_stand_one_below_the_other_and_on_the_drawing():
    """The first δ of chapter 4's 2-4-4-1: four products, their sum, the slope, the result."""
    explorer = BackpropExplorer(
        hidden1=4, hidden2=4, output="sigmoid, binary_cross_entropy", step=51
    )
    view, run = explorer.view, explorer.model().run
    rows = [[text.get_text() for text in row] for row in view.step.ways.rows]
    as_float = lambda text: float(text.replace("−", "-"))  # noqa: E731
    products = [as_float(result) for _, _, result in rows[:4]]
    deltas, weights = run.network.layers[1].delta[0], run.network.layers[1].weights[0]
    assert products == pytest.approx((deltas * weights).tolist(), abs=6e-5)
    assert [symbols for symbols, _, _ in rows[:4]] == [
        f"δ⁽²⁾{k}·w⁽²⁾₁{k}" for k in ("₁", "₂", "₃", "₄")
    ]
    assert as_float(rows[4][2]) == pytest.approx(deltas @ weights, abs=6e-5)
    value = run.value(Quantity("delta", Bias(0, 0)))
    assert rows[6][0] == "δ⁽¹⁾₁" and as_float(rows[6][2]) == pytest.approx(value, rel=0.005)
    points = [[text.get_fontsize() for text in row] for row in view.step.ways.rows]
    assert np.min(points) >= 12 and np.min(points[:4], axis=0)[0] >= 14  # small indices
    assert view.step._heading.get_text() == "4 ways back, added up"
    bright = {
        weight for weight, line in view.drawing.network.edges.items() if line.get_alpha() == 1.0
    }
    assert bright == {Weight(1, 0, k) for k in range(4)}
    bands = np.isfinite(view.drawing.network._glow.get_xdata()).sum() / 2
    assert view.drawing.network._glow.get_visible() and bands == 4
    assert "Click another neuron" in view.drawing.note.get_text()
    assert view.drawing.note.get_color() == view.step.equation.get_color()
    inside = [view.drawing.network.values[Node(1, k)].get_text().split("\n")[0] for k in range(4)]
    assert inside == ["z⁽¹⁾₁", "h⁽¹⁾₂", "h⁽¹⁾₃", "h⁽¹⁾₄"]  # of the first the equation needs z
    faint = {
        line.get_alpha()
        for weight, line in view.drawing.network.edges.items()
        if weight not in bright
    }
    between = {view.drawing.network.edges[Weight(1, j, 0)].get_alpha() for j in (1, 2, 3)}
    assert max(between) == min(faint) < max(faint)
    heads = [view.drawing.network.layout.edges[weight].at(1.0) for weight in bright]
    for box in view.drawing.network.layout.deltas.values():
        covered = [abs(x - box.x) < box.width / 2 and abs(y - box.y) < ROW / 2 for x, y in heads]
        assert not any(covered)
    explorer.step = 3  # one sum forward: no ways back
    assert not any(text.get_text() for row in view.step.ways.rows for text in row)
    explorer.close()


def test_a_small_delta_stands_whole_in_its_way_back():
    """It is written as a power of ten, with a product sign of its own."""
    explorer = BackpropExplorer(
        hidden1=4, hidden2=4, output="sigmoid, binary_cross_entropy", step=51
    )
    numbers = np.array(explorer.parameters)
    numbers[-5:-1] *= 1e-6  # the weights of the output
    explorer.parameters = tuple(numbers)
    products = [numbers.get_text() for _, numbers, _ in explorer.view.step.ways.rows[:4]]
    power = r"−?[\d.]*·?10⁻[⁰¹²³⁴-⁹]+·[(]?−?[\d.]+[)]?"
    assert all(re.fullmatch(power, product) for product in products), products
    explorer.close()


def test_a_smaller_network_keeps_to_its_own_steps(largest):
    largest.step = 66
    largest.hidden2 = 0
    assert largest.sizes == (2, 4, 1) and largest.step == 34 == largest.controls["step"].value
    assert len(largest.controls["step"].options) == 35
    assert largest.controls["step"].options[-1] == ("backward 23   ∂L/∂b⁽¹⁾₄", 34)
    with pytest.raises(Exception, match="from 0 to 34"):
        largest.step = 35


class TestMistakes:
    """Those that only a wider network makes possible."""

    @pytest.fixture
    def run(self, largest):
        return largest.model().run

    def test_one_way_back_of_several(self, run):
        delta, above = Quantity("delta", Bias(0, 1)), Quantity("delta", Bias(1, 2))
        weight = Quantity("weight", Weight(1, 1, 2))
        alone = run.value(above) * run.value(weight) * run.slope_at(Node(1, 1))
        assert "add them up" in judge(run, delta, f"{alone:.6f}").message

    def test_not_transposed(self, run):
        """δ W in place of δ Wᵀ's row of another neuron."""
        above, weights = run.network.layers[1].delta[0], run.network.layers[1].weights
        other = above @ weights[3] * run.slope_at(Node(1, 1))
        assert "not transposed" in judge(run, Quantity("delta", Bias(0, 1)), f"{other:.6f}").message

    def test_no_mistake_is_the_right_number(self, run):
        for step in steps_of(run.sizes).all:
            value = run.value(step)
            assert judge(run, step, f"{value:.8f}").right, step
            assert known_mistakes(run, step)


class TestJumps:
    """A click on a part of the drawing goes to its number."""

    def middle(self, explorer, name):
        handle = next(h for h in explorer.view.handles if h.name == name)
        return tuple(np.mean(handle.outline, axis=0))

    def click(self, explorer, name):
        Mouse(explorer).click(name, *self.middle(explorer, name))

    def current(self, explorer):
        return quantity_symbol(explorer.sizes, explorer.model().current)

    def test_an_edge_goes_to_its_gradient(self, largest):
        for name, symbol in {
            "w2_34": "∂L/∂w⁽²⁾₃₄",
            "w1_21": "∂L/∂w⁽¹⁾₂₁",
            "w3_2": "∂L/∂w⁽³⁾₂",
        }.items():
            self.click(largest, name)
            assert (self.current(largest), largest.selected) == (symbol, name)
            assert largest.controls["step"].value == largest.step

    def test_a_node_goes_through_its_numbers(self, largest):
        seen = []
        for _ in range(4):
            self.click(largest, "node 2 1")
            seen.append(self.current(largest))
        assert seen == ["z⁽²⁾₂", "a⁽²⁾₂", "δ⁽²⁾₂", "z⁽²⁾₂"]
        self.click(largest, "loss")
        assert self.current(largest) == "L"
        self.click(largest, "loss")
        assert self.current(largest) == "∂L/∂ŷ"

    def test_a_gradient_goes_to_its_step(self):
        explorer = BackpropExplorer(step=20)
        for number in range(8, 21):
            self.click(explorer, f"step {number}")
            assert explorer.step == number
            explorer.step = 20
        explorer.close()

    def test_from_one_delta_a_click_on_a_neuron_leads_to_its_own(self, largest):
        largest.step = 1 + [*steps_of(largest.sizes).all].index(Quantity("delta", Bias(0, 0)))
        self.click(largest, "node 1 1")
        assert self.current(largest) == "δ⁽¹⁾₂"

    def test_where_a_number_is_asked_for_a_click_only_looks(self):
        """The gradients that are found stay where they are, and so does the question."""
        explorer = BackpropExplorer(level="backward", step=14)
        boxes = [h.name for h in explorer.view.handles if h.name.startswith("step")]
        heading, panel = explorer.view.step._heading, explorer.view.step
        explorer.answer = "0.5"
        for symbol, name in (("δ⁽¹⁾₁", "node 1 0"), ("z⁽¹⁾₁", "node 1 0"), ("L", "loss")):
            self.click(explorer, name)
            assert heading.get_text() == f"Looked at: {symbol}"
            assert explorer.step == 14 and explorer.answer == "0.5"
            assert f"Looked at: {symbol} = " in explorer.summary
            assert panel.result.get_text() != "= ?"
            shown = [h.name for h in explorer.view.handles if h.name.startswith("step")]
            assert shown == boxes
        self.click(explorer, "w1_22")  # whose gradient is not found yet
        assert (explorer.step, explorer.selected) == (14, "w1_22")
        explorer.controls["next"].click()
        assert (explorer.step, explorer.looked_at) == (15, 0)
        assert heading.get_text() == "This step"
        explorer.close()

    def test_back_and_step_are_closed_where_there_is_no_step(self):
        explorer = BackpropExplorer()
        back, following = explorer.controls["back"], explorer.controls["next"]
        assert back.disabled and "no step has been made yet" in back.tooltip
        following.click()
        assert not back.disabled and not following.disabled
        explorer.step = 20
        assert following.disabled and not back.disabled
        explorer.close()

    def test_only_gradients_that_are_seen_can_be_clicked(self, largest):
        largest.step = 40
        names = {handle.name for handle in largest.view.handles}
        assert {name for name in names if name.startswith("step")} == {"step 40", "step 28"}

    def test_a_drag_stays_at_its_step(self):
        explorer = BackpropExplorer(step=3)
        Mouse(explorer).pull("w1_11", self.middle(explorer, "w1_11"), by=(0.0, 40.0))
        assert explorer.step == 3 and explorer.parameters[0] == 2.0
        explorer.close()

    def test_the_arrow_keys_step(self, largest):
        largest.live_figure.receive({"kind": "key", "key": "ArrowRight"})
        assert largest.step == 1
        largest.live_figure.receive({"kind": "key", "key": "ArrowLeft"})
        assert largest.step == 0


class TestPlay:
    """One quantity at a time, until the end or an interruption."""

    @pytest.fixture(autouse=True)
    def fast(self, monkeypatch):
        monkeypatch.setattr(BackpropExplorer, "step_seconds", 0.03)

    def played(self, act, **start):
        """Return an explorer that has been played while ``act`` was done to it."""

        async def play():
            explorer = BackpropExplorer(**start)
            explorer.play()
            await act(explorer)
            assert explorer.error is None
            return explorer

        return clock.run(play())

    async def until(self, condition):
        for _ in range(400):
            if condition():
                return
            await asyncio.sleep(0.02)
        raise AssertionError("this did not happen")

    def test_it_pauses_at_the_end_and_begins_again(self):
        async def act(explorer):
            await self.until(lambda: not explorer.playing)
            assert explorer.step == 20
            explorer.play()
            await self.until(lambda: explorer.step == 2)
            explorer.pause()
            await asyncio.sleep(0.2)
            assert explorer.step <= 3

        self.played(act, step=17).close()

    def test_it_waits_where_a_number_is_asked_for(self):
        async def act(explorer):
            await self.until(lambda: not explorer.playing)
            assert explorer.step == 8 and "Your turn" in explorer.summary

        self.played(act, step=5, level="backward").close()

    def test_reset_and_close_end_it(self):
        async def act(explorer):
            await self.until(lambda: explorer.step >= 2)
            explorer.reset()
            assert not explorer.playing and explorer.step == 0
            explorer.play()
            await self.until(lambda: explorer.step >= 1)
            explorer.close()
            assert not explorer.playing

        self.played(act)

    def test_it_pauses_when_nobody_looks(self, monkeypatch):
        monkeypatch.setattr(Pace, "nobody_looks", True)

        async def act(explorer):
            await self.until(lambda: not explorer.playing)
            assert explorer.step == 0 and "not on screen" in explorer.notice

        self.played(act).close()


def test_the_node_of_a_crowded_drawing_shows_the_number_that_is_meant(largest):
    view = largest.view
    largest.step = 1
    z = largest.model().run.value(Quantity("sum", Node(1, 0)))
    assert largest.view.drawing.network.values[Node(1, 0)].get_text().split() == [
        "z⁽¹⁾₁",
        f"{z:.2f}",
    ]
    largest.step = 2
    a = largest.model().run.value(Quantity("value", Node(1, 0)))
    assert view.drawing.network.values[Node(1, 0)].get_text() == f"h⁽¹⁾₁\n{a:.2f}"
    assert view.drawing.network.values[LossNode()].get_text() == "L\n?"
