"""The learner fills in a pass: twenty ways to be right, and mistakes that are named."""

from html import unescape

import numpy as np
import pytest
from traitlets import TraitError

from nnlib import datasets
from nnlib.explorers import BackpropExplorer
from nnlib.explorers.backprop.parameters import START
from nnlib.explorers.backprop.typed_answers import LEVELS, asks_for, judge, read_answer
from nnlib.explorers.passes.steps import run_pass, steps_of
from nnlib.explorers.shared.network_parts import network_with
from nnlib.plots.words.symbols import Bias, LossNode, Node, Quantity, Weight

SIZES = (2, 2, 1)
FORWARD, BACKWARD = steps_of(SIZES).forward, steps_of(SIZES).backward
STEPS = FORWARD + BACKWARD


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def slope(z):
    return sigmoid(z) * (1 - sigmoid(z))


def a_pass(row=2, loss="mean_squared_error", activation="sigmoid"):
    X, y = datasets.truth_table("xor")
    network = network_with(SIZES, activation, START)
    return run_pass(network, X[row], float(y[row, 0]), loss)


# The pass of the explorer's start, by hand: x = (1, 0), y = 1.
Z1, Z2 = 1.0 - 0.2, -0.5 + 0.1
H1, H2 = sigmoid(Z1), sigmoid(Z2)
Z = 1.2 * H1 - 0.9 * H2 + 0.1
Y = sigmoid(Z)
DL = 2 * (Y - 1)
D = DL * slope(Z)
D1, D2 = D * 1.2 * slope(Z1), D * -0.9 * slope(Z2)

SUM1, VALUE1 = Quantity("sum", Node(1, 0)), Quantity("value", Node(1, 0))
LOSS, DL_DY = Quantity("loss", LossNode()), Quantity("loss_gradient", LossNode())
DELTA, DELTA1, DELTA2 = (Quantity("delta", Bias(*at)) for at in ((1, 0), (0, 0), (0, 1)))
DW2 = Quantity("weight_gradient", Weight(1, 0, 0))
DW11, DW12 = (Quantity("weight_gradient", Weight(0, 0, j)) for j in (0, 1))
DB2, DB1 = Quantity("bias_gradient", Bias(1, 0)), Quantity("bias_gradient", Bias(0, 0))

RIGHT = [
    (SUM1, "0.8"),
    (SUM1, "4/5"),
    (SUM1, "= 0,80"),
    (SUM1, "1·1.0 + 0·0.8 − 0.2"),
    (VALUE1, "0.69"),
    (VALUE1, "0.690"),
    (VALUE1, f"{H1:.12f}"),
    (VALUE1, "20/29"),
    (LOSS, f"{(Y - 1) ** 2:.3f}"),
    (LOSS, f"({Y:.3f} − 1)·({Y:.3f} − 1)"),
    (DL_DY, f"2·({Y:.3f} − 1)"),
    (DL_DY, f"−{-DL:.2f}"),
    (DL_DY, f"-{-DL:.4f}"),
    (DELTA, f"{DL:.3f}*{slope(Z):.3f}"),
    (DELTA, f"{D:.2e}"),
    (DELTA, "−1/6"),
    (DW2, f"{H1:.2f}·({D:.3f})"),
    (DW11, f"{D1:.4f}"),
    (DB1, f"{D1:.2}"),
    (DW12, f"+{D2:.3}"),
]

MISTAKES = [
    (SUM1, 1.0, "bias is missing"),
    (VALUE1, Z1, "This is z"),
    (LOSS, Y - 1, "the error itself"),
    (DL_DY, Y - 1, "the 2 of the square"),
    (DL_DY, -DL, "sign is turned round"),
    (DELTA, DL, "factor is forgotten: the slope"),
    (DELTA, DL * slope(Y), "a stands for z"),
    (DELTA, DL * Y, "multiplies by a"),
    (DELTA1, D * slope(Z1), "the weight that δ comes back through"),
    (DELTA1, D * -0.9 * slope(Z1), "not transposed"),
    (DW2, D, "the value where the weight starts"),
    (DW2, Z1 * D, "z stands for a"),
    (DW2, H2 * D, "other start: not transposed"),
    (DW11, D2, "δ of the other neuron: not transposed"),
    (DW2, 1.2 * D, "takes the weight"),
    (DB2, Y * D, "δ alone"),
    (DB2, D / 4, "divided by four rows"),
    (DW2, 4 * H1 * D, "added up over four rows"),
    (DELTA, -DL, "sign is turned round"),
]


def test_there_are_twenty_ways_to_be_right():
    assert len(RIGHT) == 20 and len(MISTAKES) >= 10


@pytest.mark.parametrize(("step", "answer"), RIGHT)
def test_a_right_answer_is_accepted_however_it_is_written(step, answer):
    assert judge(a_pass(), step, answer).right, (answer, a_pass().value(step))


@pytest.mark.parametrize(("step", "answer", "words"), MISTAKES)
@pytest.mark.parametrize("digits", [3, 6])
def test_a_mistake_is_named(step, answer, words, digits):
    verdict = judge(a_pass(), step, f"{answer:.{digits}g}")
    assert not verdict.right
    assert words in verdict.message


@pytest.mark.parametrize(
    ("loss", "squared"), [("mean_squared_error", True), ("binary_cross_entropy", False)]
)
def test_the_2_of_the_square_is_missed_only_where_something_is_squared(loss, squared):
    run = a_pass(loss=loss)
    verdict = judge(run, DELTA, f"{run.value(DELTA) / 2:.6f}")
    assert not verdict.right
    assert ("2 of the square" in verdict.message) == squared


@pytest.mark.parametrize("loss", ["mean_squared_error", "binary_cross_entropy"])
@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu", "linear"])
@pytest.mark.parametrize("row", range(4))
def test_every_step_accepts_its_number_and_no_other(row, activation, loss):
    run = a_pass(row, loss, activation)
    for step in STEPS:
        value = run.value(step)
        for text in (f"{value:.3g}", f"{value:.8f}", f"2·{value / 2:.6f}"):
            assert judge(run, step, text).right, (step, text)
        if abs(value) > 0.01:
            for factor in (-1, 2, 0.5, 1.1):
                verdict = judge(run, step, f"{factor * value:.6f}")
                assert not verdict.right
                assert f"{value:.3g}" not in verdict.message.replace("−", "-")


def test_one_digit_is_asked_to_be_more():
    assert "one more digit" in judge(a_pass(), DELTA, "-0.2").message
    assert not judge(a_pass(), DELTA, "-0.2").right


@pytest.mark.parametrize(
    "text", ["", "?", "one", "1/0", "__import__('os')", "1e999", "[1]", "True", "9" * 99, "2**9"]
)
def test_what_is_no_number_is_refused_in_words(text):
    with pytest.raises(ValueError, match="no number"):
        read_answer(text)
    assert "no number" in judge(a_pass(), DELTA, text).message


def test_the_levels_ask_for_more_and_more():
    asked = {
        level: [step for n, step in enumerate(STEPS, start=1) if asks_for(level, SIZES, n)]
        for level in LEVELS
    }
    assert asked["shown"] == []
    assert {(s.kind, s.part.layer) for s in asked["last"]} == {
        ("weight_gradient", 0),
        ("bias_gradient", 0),
    }
    assert asked["backward"] == list(BACKWARD)
    assert asked["all"] == [*FORWARD, *BACKWARD]


@pytest.fixture(scope="module")
def shared():
    explorer = BackpropExplorer(level="backward", step=9)
    yield explorer
    explorer.close()


@pytest.fixture(scope="module")
def shown_to_all():
    explorer = BackpropExplorer(level="shown")
    yield explorer
    explorer.close()


@pytest.mark.usefixtures("no_frames")
class TestExplorer:
    """The same in the picture."""

    def texts(self, explorer):
        found = explorer.figure.findobj(lambda a: hasattr(a, "get_text") and a.get_visible())
        return " ".join(text.get_text() for text in found)

    def reply(self, explorer):
        assert explorer.form_row.words.layout.display is None
        return unescape(explorer.form_row.words.value)

    @pytest.mark.parametrize("step", range(8, 21))
    def test_what_is_asked_is_not_to_be_seen(self, explorer, shown_to_all, step):
        explorer.step = shown_to_all.step = step
        number = shown_to_all.view.step.result.get_text().removeprefix("= ")
        shown_to_all.step = step - 1
        if number != "0":  # that stands in many places
            assert self.texts(explorer).count(number) <= self.texts(shown_to_all).count(number)
            assert f" {number}." not in explorer.summary.split("XOR")[0]
        assert explorer.view.step.result.get_text() == "= ?"
        assert explorer.view.step.with_numbers.get_text() == ""

    def test_the_place_of_what_is_asked_is_marked_and_its_equation_is_near(self, explorer):
        for step, place in ((9, "δ⁽²⁾ ?"), (12, "?"), (20, "?")):
            explorer.step = step
            labels = explorer.view.drawing.network.labels
            assert labels.texts[explorer.model().current].get_text() == place
            panel = explorer.view.step
            lines = panel.equation.get_text().count("\n") + 1
            assert (
                0 < panel.equation.get_position()[1] - panel.result.get_position()[1] < 32 * lines
            )

    def test_play_is_closed_where_a_number_is_to_be_found(self, explorer):
        assert explorer.controls["play"].disabled
        explorer.controls["answer"].value = f"{D:.3f}"
        assert explorer.controls["play"].disabled
        explorer.level = "shown"
        assert not explorer.controls["play"].disabled

    def test_a_right_answer_opens_the_step(self, explorer):
        explorer.controls["answer"].value = f"{D:.3f}"
        assert "✓ Right." in self.reply(explorer) and "✓ Right." in explorer.summary
        assert explorer.view.step.result.get_text() == "= −0.167"

    def test_enter_goes_on_from_a_right_answer_and_from_no_other(self, explorer):
        step, box = explorer.step, explorer.controls["answer"]
        for answer, after in (("", step), (f"{DL:.3f}", step), (f"{D:.3f}", step + 1)):
            box.value = answer
            box._handle_custom_msg({"event": "submit"}, [])
            assert explorer.step == after

    def test_a_wrong_one_is_diagnosed_and_opens_nothing(self, explorer):
        explorer.controls["answer"].value = f"{DL:.3f}"
        assert "factor is forgotten" in explorer.summary
        assert "forgotten" in self.reply(explorer)
        assert explorer.view.step.result.get_text() == "= ?"

    @pytest.mark.parametrize(("step", "answer"), RIGHT)
    def test_twenty_right_answers_typed_into_the_box(self, explorer, step, answer):
        explorer.set_parameters(level="all", step=STEPS.index(step) + 1)
        explorer.controls["answer"].value = answer
        number = explorer.view.step.result.get_text()
        assert "✓ Right." in explorer.summary and "✗" not in explorer.summary
        assert "✓ Right." in self.reply(explorer)
        assert number.startswith("= ") and number != "= ?"

    @pytest.mark.parametrize(("step", "answer", "words"), MISTAKES)
    def test_mistakes_typed_into_the_box_are_diagnosed(self, explorer, step, answer, words):
        explorer.set_parameters(level="all", step=STEPS.index(step) + 1)
        explorer.controls["answer"].value = f"{answer:.4g}"
        assert words in explorer.summary and "✓" not in explorer.summary
        assert words in self.reply(explorer)
        assert explorer.view.step.result.get_text() == "= ?"

    def test_the_next_step_asks_anew(self, explorer):
        explorer.controls["answer"].value = f"{D:.3f}"
        explorer.controls["next"].click()
        assert explorer.answer == "" and explorer.controls["answer"].value == ""
        assert "Your turn" in self.reply(explorer)

    def test_the_box_is_there_only_when_something_is_asked(self, explorer):
        assert explorer.form_row.layout.display != "none"
        explorer.level = "shown"
        assert explorer.form_row.layout.display == "none"
        assert explorer.view.step.result.get_text() == "= −0.167"

    def test_where_nothing_is_asked_the_box_is_closed_and_says_so(self, explorer):
        box = explorer.controls["answer"]
        assert not box.disabled
        explorer.set_parameters(level="last", step=3)
        assert box.disabled and box.placeholder == "not asked"
        assert self.reply(explorer) == (
            "Nothing to fill in yet: backward 8 is the first. Press Step, or Play."
        )
        explorer.step = 15
        assert not box.disabled
        assert "Backward, step 8 of 13" in explorer.view.drawing.title.get_text()
        assert BackpropExplorer(level="last").controls["answer"].disabled

    def test_without_the_choice_at_hand_the_box_waits_for_the_first_question(self):
        explorer = BackpropExplorer(level="backward", step=7, show=["change"])
        assert explorer.form_row.layout.display == "none"
        explorer.change = 0.1  # nor is anything asked while a change is tried
        assert explorer.form_row.layout.display == "none"
        explorer.step = 8
        assert explorer.form_row.layout.display != "none"
        assert "Your turn" in self.reply(explorer)
        explorer.close()

    def test_what_is_asked_is_named_and_no_example_reads_as_its_answer(self, explorer):
        assert self.reply(explorer) == (
            "Your turn: type what δ⁽²⁾ is, then Enter. Fractions and products are read too."
        )

    def test_the_end_says_what_was_found_and_what_comes_next(self, explorer):
        explorer.level = "last"
        for step in (15, 16, 18, 19, 20):
            explorer.step = step
            explorer.answer = str(explorer.model().run.value(STEPS[step - 1]))
        assert explorer.view.drawing.title.get_text().startswith(
            "Finished: backward, step 13 of 13"
        )
        ending = "You found 5 of 6 numbers. Back leads to the others."
        assert explorer.view.drawing.note.get_text() == ending
        again = BackpropExplorer.from_state(explorer.state)
        again.step = 17
        again.answer = str(again.model().run.value(STEPS[16]))
        again.step = 20
        assert self.reply(again) == "✓ You found ∂L/∂b⁽¹⁾₂."  # and is not asked again
        assert "You found all 6 numbers. Next: another row" in again.summary

    def test_another_pass_begins_with_nothing_found(self, explorer):
        explorer.answer = f"{D:.3f}"
        assert explorer.found == (9,)
        explorer.row = 2
        assert explorer.found == () and explorer.model().hidden

    def test_without_anything_to_fill_in_the_end_is_told_too(self):
        explorer = BackpropExplorer(step=20)
        assert explorer.summary.startswith("Finished: backward, step 13 of 13")
        assert "All 9 gradients of L are found. Next: another row" in explorer.summary

    @pytest.mark.parametrize("steps", [(0,), (21,), "3", 5, (1.0,)])
    def test_found_steps_that_are_none_are_refused(self, explorer, steps):
        with pytest.raises(TraitError, match="whole numbers from 1 to 20"):
            explorer.found = steps
