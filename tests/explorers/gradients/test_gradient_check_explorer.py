"""`GradientCheckExplorer`: two gradients in a table, and what a large or small ε costs."""

import re
from itertools import product

import numpy as np
import pytest
from pointing import Mouse

from nnlib import Network, datasets, gradient_check
from nnlib.explorers import GradientCheckExplorer
from nnlib.explorers.gradients.check_model import MOST_DIGITS, NAMES, START, place_of, symbol_of
from nnlib.explorers.gradients.check_view import BAR_WIDTH, ROW, SYMBOL_POINTS
from nnlib.mistakes import gradients

pytestmark = pytest.mark.usefixtures("no_frames")

KIND = GradientCheckExplorer


def table(explorer):
    return [[cell.get_text() for cell in row] for row in explorer.view._table.cells]


def drawn(line):
    return np.array(line.get_data(), dtype=float)


def slope_of(line, start, end):
    """The slope of a line on the log-log axes from ε = start to ε = end."""
    x, y = drawn(line)
    at = np.abs(np.log(x)[:, None] - np.log([start, end])).argmin(axis=0)
    return np.diff(np.log(y[at]))[0] / np.diff(np.log(x[at]))[0]


def both(explorer):
    """The chosen gradient as it is written out in both ways."""
    return [alike.get_text() + rest.get_text() for alike, rest in explorer.view.both]


@pytest.mark.parametrize(
    ("name", "place"), list(zip(NAMES, [0, 1, 2, 3, 6, 7, 4, 5, 8], strict=True))
)
def test_the_chosen_gradient_is_written_out_in_both_ways(explorer, name, place):
    network = Network([2, 2, 1], hidden="sigmoid")
    network.parameters = START
    check = gradient_check(network, *datasets.truth_table("xor"), "mean_squared_error", 0.1)
    explorer.selected = name
    numbers = [float(text.replace("−", "-")) for text in both(explorer)]
    assert numbers == pytest.approx([check.analytic[place], check.numeric[place]], abs=1e-12)
    for alike, rest in explorer.view.both:  # as many digits are bold as the row's bar has
        bold = alike.get_text().lstrip("−0.").replace(".", "")
        assert f"{len(bold)}" == table(explorer)[NAMES.index(name)][1] and rest.get_text()
    assert explorer.view.both[0][0].get_fontweight() == "bold"


def test_the_rows_show_symbols_and_digits_alike_and_no_other_number(explorer):
    digits = explorer.model().digits
    assert table(explorer) == [[symbol_of(name), f"{digits[place_of(name)]}"] for name in NAMES]
    assert {row[0].get_fontsize() for row in explorer.view._table.cells} == {SYMBOL_POINTS}


@pytest.mark.parametrize("loss", ["mean_squared_error", "binary_cross_entropy"])
@pytest.mark.parametrize("activation", ["sigmoid", "tanh"])
@pytest.mark.parametrize(("sides", "power"), [(2, 2), (1, 1)])
def test_a_large_step_costs_its_square_or_on_one_side_itself(
    explorer, sides, power, activation, loss
):
    explorer.set_parameters(sides=sides, activation=activation, loss=loss, selected="w2_1")
    assert slope_of(explorer.view._curve, 1e-3, 1e-2) == pytest.approx(power, abs=0.05)
    assert slope_of(explorer.view._truncation, 1e-3, 1e-2) == pytest.approx(power, abs=1e-6)


@pytest.mark.parametrize("sides", [2, 1])
def test_a_small_step_costs_its_inverse(explorer, sides):
    explorer.sides = sides
    x, _ = drawn(explorer.view._curve)
    errors = np.median([drawn(line)[1] for line in explorer.view._others], axis=0)
    small = x < 1e-9
    slope = np.polyfit(np.log(x[small]), np.log(errors[small]), 1)[0]
    assert slope == pytest.approx(-1, abs=0.15)
    assert slope_of(explorer.view._rounding, 1e-12, 1e-9) == pytest.approx(-1, abs=1e-6)


@pytest.mark.parametrize("name", NAMES)
def test_theory_foretells_the_error(explorer, name):
    explorer.selected = name
    x, error = drawn(explorer.view._curve)
    large = (x > 2e-3) & (x < 2e-2)
    truncation = drawn(explorer.view._truncation)[1]
    np.testing.assert_allclose(error[large], truncation[large], rtol=0.1)
    rounding = drawn(explorer.view._rounding)[1]
    small = x < 1e-8
    assert 0.05 < np.median(error[small] / rounding[small]) < 3


@pytest.mark.parametrize(("epsilon", "words"), [(0.1, "truncation, ∝ ε²"), (1e-12, "round-off")])
def test_the_mark_stands_on_the_curve_and_the_words_say_which_side(explorer, epsilon, words):
    explorer.epsilon = epsilon
    x, error = drawn(explorer.view._curve)
    at = np.abs(np.log(x / epsilon)).argmin()
    np.testing.assert_allclose(drawn(explorer.view._now).ravel(), (x[at], error[at]), rtol=1e-6)
    assert words in explorer.summary
    (bold,) = (text for text in explorer.view.limits if text.get_fontweight() == "bold")
    assert words in bold.get_text()


def test_the_best_step_lies_in_between(explorer):
    x, error = drawn(explorer.view._curve)
    best = x[error.argmin()]
    assert 1e-7 < best < 1e-3
    explorer.sides = 1
    x, one_sided = drawn(explorer.view._curve)
    assert one_sided.min() > 10 * error.min()


@pytest.mark.parametrize("sides", [2, 1])
@pytest.mark.parametrize("epsilon", [0.1, 0.02, 1e-5, 1e-9, 1e-14])
def test_the_eye_can_count_the_digits_that_agree(explorer, epsilon, sides):
    for name in NAMES:
        explorer.set_parameters(epsilon=epsilon, sides=sides, selected=name)
        coloured, texts = ([pair[0].get_text() for pair in explorer.view.both], both(explorer))
        counted = int(table(explorer)[NAMES.index(name)][1])
        one, other = (int("0" + text.lstrip("−0.").replace(".", "")) for text in coloured)
        assert max(len(str(one)), len(str(other))) == counted or counted == one == 0
        assert abs(one - other) <= (counted > 1)
        longer = [text[: len(alike) + 1] for text, alike in zip(texts, coloured, strict=True)]
        if all(longer) and 0 < counted < MOST_DIGITS and not longer[0].endswith("."):
            more = [int(text.lstrip("−0.").replace(".", "")) for text in longer]
            assert abs(more[0] - more[1]) > 1  # with one more digit they would not agree


def test_what_the_words_subtract_can_be_subtracted_by_the_eye(explorer):
    explorer.epsilon = 0.07
    for name in NAMES:
        explorer.selected = name
        found = re.search(r"gives (\S+) and trying (\S+); they differ by (\S+)\.", explorer.summary)
        one, other = (float(text.replace("−", "-")) for text in found.groups()[:2])
        apart = explorer.model().errors[place_of(name)]
        assert abs(one - other) == pytest.approx(apart, abs=1.01e-6)


def test_a_bar_tells_how_many_digits_are_alike(explorer):
    for epsilon in (0.1, 1e-5, 1e-13):
        explorer.epsilon = epsilon
        picture = explorer.model()
        shares = np.array([bar.get_width() for bar in explorer.view.bars]) / BAR_WIDTH
        places = [place_of(name) for name in NAMES]
        apart, size = picture.errors[places], np.abs(picture.analytic[places])
        np.testing.assert_allclose(shares * MOST_DIGITS, -np.log10(apart / size), atol=1.31)
    assert explorer.view._table_title.get_text() == "At worst 1 digit agrees"
    explorer.epsilon = 1e-5
    assert int(explorer.view._table_title.get_text().split()[2]) >= 7


@pytest.mark.parametrize("activation", ["sigmoid", "tanh"])
@pytest.mark.parametrize("derivative", ["of_a", "left_out"])
def test_with_a_wrong_derivative_no_step_brings_the_two_together(explorer, derivative, activation):
    explorer.set_parameters(derivative=derivative, activation=activation)
    x, error = drawn(explorer.view._curve)
    assert error.min() > 1e-3
    assert error[(x > 1e-9) & (x < 1e-3)] == pytest.approx(error[30], rel=1e-3)
    explorer.epsilon = 1e-5
    assert "no ε helps" in explorer.summary
    assert explorer.view._wrong.get_visible()
    assert not any(text.get_visible() for text in explorer.view.limits)
    assert explorer.view._table_title.get_text() == "At worst no digit agrees"
    left, width = explorer.view._limits.get_x(), explorer.view._limits.get_width()
    assert (left, left + width) == pytest.approx((1e-14, 0.2))


def test_wrong_derivatives_are_those_of_the_tutorials(explorer):
    """As `nnlib.mistakes` writes them out, on this network and these rows."""
    X, y = datasets.truth_table("xor")
    W1, b1 = np.reshape(START[:4], (2, 2)), np.array(START[4:6])
    W2, b2 = np.reshape(START[6:8], (2, 1)), np.array(START[8:])
    used = np.concatenate(
        [np.ravel(gradient) for gradient in gradients([W1, b1, W2, b2], X, y, "slope")]
    )
    explorer.derivative = "of_a"
    np.testing.assert_allclose(explorer.model().analytic, used)


@pytest.mark.parametrize("name", NAMES)
def test_both_dashed_lines_are_named_between_them_wherever_the_dot_is(explorer, name):
    for sides, epsilon in product((2, 1), (1e-13, 2e-8, 0.1)):
        explorer.set_parameters(sides=sides, selected=name, epsilon=epsilon)
        expect_names_between_the_lines(explorer)


def expect_names_between_the_lines(explorer):
    view, boxes = explorer.view, [text.get_window_extent() for text in explorer.view.limits]
    assert [text.get_text() for text in view.limits] == list(explorer.model().limits)
    assert all(text.get_visible() for text in view.limits) and not view._wrong.get_visible()
    assert boxes[0].x1 + 5 < boxes[1].x0
    for box, line in zip(boxes, (view._rounding, view._truncation), strict=True):
        points = view._right.transData.transform(np.transpose(line.get_data()))
        inside = (points > [box.x0, box.y0]).all(axis=1) & (points < [box.x1, box.y1]).all(axis=1)
        away = np.hypot(*(np.clip(points, *np.array(box)) - points).T)
        assert not inside.any() and away.min() < 20


def test_one_way_of_writing_epsilon(explorer):
    for epsilon, text in ((0.05, "0.05"), (1e-8, "10⁻⁸"), (2e-8, "2·10⁻⁸"), (1.6e-3, "1.6·10⁻³")):
        explorer.boxes["epsilon"].set_state({"value": text})
        assert explorer.epsilon == epsilon and explorer.boxes["epsilon"].value == text
        assert f"ε = {text}:" in explorer.view._curve_title.get_text()
        assert f"ε = {text}," in explorer.summary


def test_the_shaded_side_is_the_one_that_limits(explorer):
    shade = explorer.view._limits
    explorer.epsilon = 0.1
    assert shade.get_x() < 0.1 < shade.get_x() + shade.get_width() and shade.get_x() > 1e-7
    explorer.epsilon = 1e-12
    assert shade.get_x() < 1e-12 < shade.get_x() + shade.get_width() < 1e-3


def test_a_click_on_a_row_chooses_its_parameter(explorer):
    Mouse(explorer).click("b1_2", 100.0, 322.0 - ROW * 7)
    assert explorer.selected == "b1_2"
    assert explorer.view._curve_title.get_text() == "b⁽¹⁾₂, ε = 0.1: 10⁻⁵ apart"


def test_epsilon_follows_the_pointer(explorer):
    mouse = Mouse(explorer)
    mouse.press("epsilon", 1e-5, 1e-3)
    assert explorer.epsilon == pytest.approx(1e-5)
    mouse.drag(2.1e-9, 1e-3)
    mouse.release(2.1e-9, 1e-3)
    assert explorer.epsilon == pytest.approx(2e-9, rel=0.01)


def test_a_weight_can_be_changed_and_the_table_follows(explorer):
    explorer.selected = "w2_1"
    before = table(explorer), both(explorer)
    explorer.value = 3.0
    assert (table(explorer), both(explorer)) != before
    assert explorer.parameters[6] == 3.0


def test_no_gradient_at_all_is_drawn_below_the_picture(explorer):
    explorer.set_parameters(activation="step", selected="w1_11")
    assert both(explorer) == ["0.00000000000000"] * 2


def test_each_faint_line_ends_at_its_row_of_the_table(explorer):
    explorer.epsilon = 0.1  # the last ε of the picture
    picture = explorer.model()
    ends = [drawn(line)[1, -1] for line in explorer.view._others]
    np.testing.assert_allclose(ends, picture.errors, rtol=1e-6)


def test_the_selected_row_is_marked(explorer):
    explorer.selected = "b2"
    mark, row = explorer.view._table._highlight, explorer.view._table.cells[8][0]
    assert mark.get_y() < row.get_position()[1] < mark.get_y() + mark.get_height()
