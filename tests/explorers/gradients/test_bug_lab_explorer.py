"""`BugLabExplorer`: the curves of both runs, and what the checks see of each mistake."""

import numpy as np
import pytest
from pointing import Mouse

from nnlib.exercises import check_diagnosis
from nnlib.explorers.gradients.bug_lab_explorer import BugLabExplorer
from nnlib.explorers.gradients.bug_lab_view import UNIT, ZEROS
from nnlib.mistakes import MISTAKES, UNNAMED, train

pytestmark = pytest.mark.usefixtures("no_frames")

BUGS = [name for name in MISTAKES if name != "none"]

KIND = BugLabExplorer


def columns(explorer):
    """What stands at the bars of gradient / slope and step / step due, for W¹ b¹ W² b²."""
    return [bars.texts for bars in (explorer.view._gradients, explorer.view._steps)]


def reaches(explorer):
    """How far each bar of step / step due reaches, as drawn."""
    return [
        round((bar.bar.get_x() + bar.bar.get_width() - ZEROS[1]) / UNIT, 2)
        for bar in explorer.view._steps.bars
    ]


def verdicts(explorer):
    return [text.get_text() for text in explorer.view._verdicts]


@pytest.mark.parametrize("bug", MISTAKES)
def test_both_curves_are_the_runs(explorer, bug):
    explorer.bug = bug
    for line, name in ((explorer.view._right, "none"), (explorer.view._wrong, bug)):
        np.testing.assert_array_equal(line.get_ydata(), train(name).losses)


ONE = ["✓"] * 4
BIASES_STAND_STILL, BIASES_LAG = ["✓", "0.00"] * 2, ["✓", "0.80"] * 2


@pytest.mark.parametrize(
    ("bug", "gradient", "step"),
    [
        ("none", ONE, ONE),
        ("bias", ONE, BIASES_STAND_STILL),
        ("steps", ONE, BIASES_LAG),
        ("sign", ["−1.00"] * 4, ["−1.00"] * 4),
        ("sum", ["40.0"] * 4, ["40.0"] * 4),
        ("clear", ONE, ONE),
    ],
)
def test_the_factors_in_epoch_1(explorer, bug, gradient, step):
    explorer.set_parameters(bug=bug, learning_rate=0.5)
    assert columns(explorer) == [gradient, step]
    marks = ["✓" if column == ONE else "✗" for column in (gradient, step)]
    assert explorer.view._found.get_text() == f"Epoch 1: gradient {marks[0]}, step {marks[1]}"


def test_a_bar_fills_its_outline_where_it_is_right_and_stands_out_where_not(explorer):
    explorer.set_parameters(bug="steps")
    assert reaches(explorer) == [1.0, 0.8, 1.0, 0.8]
    quiet, loud = (bar.bar.get_facecolor()[:3] for bar in explorer.view._steps.bars[:2])
    assert sum(quiet) > 2 and sum(loud) < 0.6
    explorer.bug = "sum"
    assert all(bar.beyond.get_visible() for bar in explorer.view._steps.bars)
    explorer.bug = "sign"
    lefts = [bar.bar.get_x() for bar in explorer.view._steps.bars]
    assert lefts == pytest.approx([ZEROS[1] - UNIT] * 4)
    assert reaches(explorer) == [0.0] * 4


def test_it_says_what_to_do_first_and_whose_curve_is_whose(explorer):
    assert explorer.view._title.get_text() == "The right run: choose a bug"
    right, bug = explorer.view._names
    assert right.get_text() == "right 0.03" and not bug.get_visible()
    explorer.bug = "slope"
    assert bug.get_visible() and bug.get_text() == "bug 0.20"
    assert bug.get_position()[1] - right.get_position()[1] >= 0.04
    explorer.bug = "steps"  # the curves end at one place
    assert bug.get_position()[1] - right.get_position()[1] >= 0.04


@pytest.mark.parametrize("bug", BUGS)
def test_at_the_last_epoch_the_dot_lies_on_neither_name(explorer, bug):
    explorer.set_parameters(bug=bug, epoch=400)
    dot = explorer.view._now.get_window_extent(explorer.figure.canvas.get_renderer())
    panel = explorer.view._found.get_window_extent()
    for name in explorer.view._names:
        box = name.get_window_extent()
        assert box.x0 > dot.x1 + 1
        assert box.x1 < panel.x0 - 25 or not name.get_visible(), "or both read as one sentence"


@pytest.mark.parametrize("bug", MISTAKES)
def test_where_a_bug_seems_to_win_the_words_say_what_that_proves(explorer, bug):
    explorer.bug = bug
    seems = "its loss is 0.00, that of the right run 0.03. The bug seems to win here"
    assert (seems in explorer.summary) is (bug == "clear")
    assert ("seems to win" in explorer.summary) is (bug == "clear")


@pytest.mark.parametrize("bug", BUGS)
@pytest.mark.parametrize("epoch", [1, 2, 300])
def test_nothing_leaves_the_picture(explorer, bug, epoch):
    explorer.set_parameters(bug=bug, epoch=epoch)
    figure, view = explorer.figure, explorer.view
    renderer = figure.canvas.get_renderer()
    texts = [bar.text for bars in (view._gradients, view._steps) for bar in bars.bars]
    for text in [*texts, view._found, view._title, *view._names, *view._verdicts]:
        assert text.get_window_extent(renderer).x1 < figure.bbox.x1, text.get_text()
    bars = [
        [
            patch
            for bar in bars.bars
            for patch in (bar.range, bar.bar, bar.beyond)
            if patch.get_visible()
        ]
        for bars in (view._gradients, view._steps)
    ]
    first, second = ([bar.get_window_extent(renderer) for bar in column] for column in bars)
    assert max(box.x1 for box in first) < min(box.x0 for box in second)
    for left, right in zip(texts[:4], texts[4:], strict=True):
        assert left.get_window_extent(renderer).x1 < right.get_window_extent(renderer).x0


@pytest.mark.parametrize(
    ("bug", "epoch", "sees"),
    [
        *((bug, epoch, bug in ("slope", "sign", "sum")) for bug in BUGS for epoch in (1,)),
        ("clear", 2, True),
        ("clear", 30, True),
        ("slope", 200, True),
        ("bias", 200, False),
        ("steps", 200, False),
    ],
)
def test_which_bugs_the_gradient_check_sees(explorer, bug, epoch, sees):
    explorer.set_parameters(bug=bug, epoch=epoch)
    right, this = verdicts(explorer)
    assert right.endswith("✓ right")
    assert ("✗ wrong" in this) is sees and ("✓ right" in this) is not sees


def test_gradients_not_cleared_are_twice_then_three_times_the_slope(explorer):
    explorer.set_parameters(bug="clear", learning_rate=0.1, epoch=2)
    assert all(1.9 < float(factor) < 2.1 for factor in columns(explorer)[0])
    explorer.epoch = 3
    assert all(factor.startswith("3.") for factor in columns(explorer)[0])


def test_the_slope_of_a_has_no_common_factor(explorer):
    explorer.bug = "slope"
    assert any(" to " in factor for factor in columns(explorer)[0])


def test_a_neuron_that_is_saturated_proves_nothing(explorer):
    explorer.set_parameters(bug="sum", learning_rate=10.0, seed=4, epoch=50)
    assert "all slopes are 0" in verdicts(explorer)[1]
    assert explorer.view._found.get_text() == "Epoch 50: all slopes are 0"
    assert columns(explorer) == [["–"] * 4, ["–"] * 4]


@pytest.mark.parametrize("letter", UNNAMED)
def test_an_unnamed_bug_shows_its_curve_and_not_its_name(explorer, letter):
    explorer.bug = letter
    np.testing.assert_array_equal(explorer.view._wrong.get_ydata(), train(UNNAMED[letter]).losses)
    words = [text.get_text() for text in explorer.figure.findobj(lambda a: hasattr(a, "get_text"))]
    shown = " ".join([*words, explorer.summary, explorer.live_figure.equation, str(explorer.state)])
    assert MISTAKES[UNNAMED[letter]] not in shown
    assert f"unnamed, {letter}" in shown


def test_the_epoch_follows_the_pointer(explorer):
    mouse = Mouse(explorer)
    mouse.click("epoch", 120.3, 0.3)
    assert explorer.epoch == 120
    mouse.pull("epoch", (120.0, 0.3), by=(500.0, 0.0))
    assert explorer.epoch == 400
    x, y = explorer.view._now.get_data()
    assert (x[0], y[0]) == (400, train("none").losses[-1])


class TestDiagnosis:
    """The check of the unnamed bugs."""

    def test_all_right(self):
        result = check_diagnosis(UNNAMED)
        assert result.passed is True
        assert all(f"{letter}: " in result.message for letter in UNNAMED)

    def test_one_right_says_what_is_missing(self):
        result = check_diagnosis({**dict.fromkeys(UNNAMED, ...), "A": UNNAMED["A"]})
        assert result.passed is True
        assert "Still to be found: B, C, D, E, F." in result.message

    @pytest.mark.parametrize("letter", UNNAMED)
    @pytest.mark.parametrize("guess", BUGS)
    def test_a_wrong_name_is_refused_and_the_right_one_is_not_told(self, letter, guess):
        result = check_diagnosis({letter: guess})
        right = UNNAMED[letter] == guess
        assert result.passed is right
        if not right:
            assert f"{letter} is not '{guess}'" in result.message
            assert f"'{UNNAMED[letter]}'" not in result.message

    def test_how_it_is_written_does_not_matter(self):
        letter = next(iter(UNNAMED))
        assert check_diagnosis({letter: f" {UNNAMED[letter].upper()} "}).passed is True

    @pytest.mark.parametrize(
        ("given", "words"),
        [
            ({"A": "zero_grad"}, "short names"),
            ({"Z": "sign"}, "no bug Z"),
            ({"A": 3}, "short"),
            ("sign", "dictionary"),
        ],
    )
    def test_what_is_no_answer(self, given, words):
        result = check_diagnosis(given)
        assert result.passed is False and words in result.message

    def test_some_left_open(self):
        open_ones = dict.fromkeys(UNNAMED, ...)
        assert check_diagnosis(open_ones).passed is None
