"""Predictions that are drawn: a point, or a line through two; and how sure the learner is."""

import re
from itertools import combinations, pairwise, product

import ipywidgets as widgets
import numpy as np
import pytest
from ipywidgets.widgets.widget import _instances as living_widgets

from nnlib.exercises.predictions.drawing_board import DrawingBoard
from nnlib.exercises.predictions.prediction import (
    CONFIDENCE,
    QUESTIONS,
    Prediction,
    open_all,
    predict,
)
from nnlib.exercises.predictions.questions import Question
from nnlib.exercises.predictions.sketch import Sketch, read_points, write_points
from nnlib.exercises.predictions.sketch_labels import Label, crosses
from nnlib.exercises.predictions.sketch_picture import (
    BOTTOM,
    HEIGHT,
    LEFT,
    RIGHT,
    TOP,
    WIDTH,
    draw,
    point_under,
)
from nnlib.widgets.lifetime import family

PLANE = Sketch(limits=(0, 4, -1, 1), names=("x", "ŷ"), step=0.5)
DRAWN = {name: question for name, question in QUESTIONS.items() if question.sketch}


@pytest.fixture
def line():
    made = predict("neurons-weights")
    yield made
    made.close()


@pytest.fixture
def point():
    made = predict("feedforward-second-hinge")
    yield made
    made.close()


def board(prediction):
    return prediction.children[1]


def svg(prediction):
    return board(prediction).children[0].value


def boxes(prediction):
    return [part for part in family(board(prediction)) if isinstance(part, widgets.Text)]


def press_commit(prediction):
    prediction.children[2].children[1].click()
    return prediction.children[3].value


def on_picture(prediction, x, y):
    """Where a point of the plane is on the picture, in its own pixels."""
    left, right, bottom, top = prediction.question.sketch.limits
    return (
        LEFT + (WIDTH - LEFT - RIGHT) * (x - left) / (right - left),
        TOP + (HEIGHT - TOP - BOTTOM) * (top - y) / (top - bottom),
    )


def pointer(prediction, kind, x, y):
    """What the page says when the pointer is there."""
    x, y = on_picture(prediction, x, y)
    listener = board(prediction).children[-1]
    listener._receive(listener, {"kind": kind, "x": x, "y": y}, [])


def test_a_click_marks_a_point_and_a_drag_moves_it(point):
    pointer(point, "press", 5.02, 2.49)
    assert [box.value for box in boxes(point)] == ["5", "2.5"]
    assert point.choice == "(5, 2.5)"
    x, y = on_picture(point, 5, 2.5)
    assert f'<circle cx="{x:.1f}" cy="{y:.1f}"' in svg(point)
    pointer(point, "drag", 4.0, -0.52)
    pointer(point, "press", 99, -99)  # beside the plane: the nearest place on it
    assert point.choice == "(6, −2)"


def test_two_clicks_make_a_line_and_a_third_moves_the_nearer_point(line):
    pointer(line, "press", 0, 1)
    assert line.choice is None and "polyline" in svg(line)
    pointer(line, "press", 1, 0)
    assert line.choice == "(0, 1) and (1, 0)"
    pointer(line, "press", 0.8, 0)
    assert line.choice == "(0, 1) and (0.8, 0)"
    pointer(line, "press", 0.85, -0.05)  # takes hold of it
    pointer(line, "drag", 0.5, -0.5)
    assert line.choice == "(0, 1) and (0.5, −0.5)"
    ends = [on_picture(line, x, y) for x, y in line.question.sketch.across([(0, 1), (0.5, -0.5)])]
    drawn = re.findall(r'<polyline points="([^"]*)"[^>]*stroke-dasharray="6 5"', svg(line))
    corners = [float(number) for number in re.split("[ ,]", drawn[0])]
    assert corners == pytest.approx([*ends[0], *ends[1]], abs=0.06)


def test_a_drag_draws_the_line_from_press_to_release(line):
    pointer(line, "press", 0, 1)
    pointer(line, "drag", 0.25, 0.25)
    pointer(line, "drag", 0.5, -0.5)
    assert line.choice == "(0, 1) and (0.5, −0.5)"
    pointer(line, "press", 1.5, 1.5)  # from an empty place: another line
    pointer(line, "drag", -0.5, 1.5)
    assert line.choice == "(1.5, 1.5) and (−0.5, 1.5)"


def test_a_drag_from_the_only_point_draws_from_it_and_a_trembling_click_is_a_click(line):
    pointer(line, "press", 0, 1)
    pointer(line, "drag", 0.05, 1)
    assert [box.value for box in boxes(line)] == ["0.05", "1", "", ""]
    pointer(line, "press", 0.1, 0.95)
    assert [box.value for box in boxes(line)] == ["0.05", "1", "", ""]  # it is that point
    pointer(line, "drag", 1, 0)
    assert line.choice == "(0.05, 1) and (1, 0)"


def test_the_words_beside_the_plane_say_how_until_it_is_committed(line, point):
    for prediction, words in (
        (line, "Draw the line: drag from one point of it to another, or click on two points"),
        (point, "Mark the place: click on it, or type its two numbers."),
    ):
        how = board(prediction).children[1]
        assert words in how.value and how.layout.display is None
    point.choice = "(5, 1)"
    press_commit(point)
    assert board(point).children[1].layout.display == "none"


def strong_lines(picture):
    """The lines that are drawn over the grid: lists of corners."""
    lines = re.findall(r'<polyline points="([^"]*)"[^>]*stroke-width="(?:2|2.0|3|3.0)"', picture)
    return [[tuple(map(float, pair.split(","))) for pair in line.split()] for line in lines]


def words_on(picture):
    """The words with a ground of their own, each with the box that it fills."""
    found = re.findall(r'<text x="([-\d.]+)" y="([-\d.]+)"[^>]*paint-order[^>]*>([^<]*)<', picture)
    return {text: Label(text, float(x), float(y) - 11).box for x, y, text in found}


@pytest.mark.parametrize("question", DRAWN.values(), ids=DRAWN)
def test_no_word_is_crossed_by_a_line(question):
    answers = ["", question.answer, *(wrong for wrong, _ in question.known_mistakes)]
    for drawn, known in product(answers, ("", question.answer)):
        picture = draw(question.sketch, read_points(drawn), read_points(known))
        boxes = words_on(picture)
        assert len(boxes) == len(question.sketch.given) + bool(drawn) + bool(known)
        for line in strong_lines(picture):
            for text, box in boxes.items():
                assert not any(crosses(piece, box) for piece in pairwise(line)), (drawn, text)
        for one, other in combinations(boxes.values(), 2):
            apart = one[2] < other[0] or other[2] < one[0]
            assert apart or one[3] <= other[1] or other[3] <= one[1]


def test_the_same_by_typing(point):
    across, up = boxes(point)
    assert (across.description, up.description) == ("x:", "ŷ:")
    across.value, up.value = " 5,0 ", "1"
    assert point.choice == "(5, 1)"
    assert "✓ as you predicted" in press_commit(point)


def test_enter_in_a_box_commits_and_an_objection_goes_with_its_cause(point):
    across, up = boxes(point)
    across.value, up.value = "5", "99"
    up._handle_custom_msg({"event": "submit"}, [])
    assert "does not lie on this plane" in point.children[3].value
    up.value = "1"
    assert point.children[3].value == ""
    up._handle_custom_msg({"event": "submit"}, [])
    assert "✓ as you predicted" in point.children[3].value


def test_the_answer_is_not_on_the_page_before_the_commit(line, point):
    for prediction in (line, point):
        page = "".join(str(part.get_state()) for part in family(prediction))
        assert prediction.question.why not in page
        assert prediction.question.answer not in page
        assert "what is so" not in page


def test_the_reveal_draws_prediction_and_outcome_together(point):
    point.choice = "(5, −0.5)"
    shown = press_commit(point)
    assert "You predicted: <strong>(5, −0.5)</strong>" in shown
    assert "What is so: <strong>(5, 1)</strong> (✗ not what you predicted)" in shown
    assert "added to the slope that is there" in shown
    for place in ((5, -0.5), (5, 1)):
        x, y = on_picture(point, *place)
        assert f'<circle cx="{x:.1f}" cy="{y:.1f}"' in svg(point)
    assert "my prediction</text>" in svg(point) and "what is so</text>" in svg(point)
    assert "My prediction: (5, −0.5). What is so: (5, 1)." in svg(point)  # for a screen reader


def test_a_right_prediction_hides_nothing(point):
    """The ring fits around the disc, and the two words stand above and below."""
    point.choice = "(5, 1)"
    press_commit(point)
    rings = re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)" r="(\d)" fill="(\w*)', svg(point))
    assert [(radius, fill) for *_, radius, fill in rings] == [("5", "var"), ("8", "none")]
    assert rings[0][:2] == rings[1][:2]
    heights = re.findall(r' y="([\d.]+)"[^>]*>(?:what is so|my prediction)<', svg(point))
    assert float(heights[1]) - float(heights[0]) >= 20


def test_what_is_committed_stays_and_the_button_asks_again(point):
    point.choice = "(5, 1)"
    press_commit(point)
    pointer(point, "press", 2, 2)
    assert point.choice == "(5, 1)" and all(box.disabled for box in boxes(point))
    press_commit(point)
    assert point.choice is None and "what is so" not in svg(point)
    assert [box.value for box in boxes(point)] == ["", ""]
    pointer(point, "press", 2, 2)
    assert point.choice == "(2, 2)"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (["", "", "", ""], "Drag along the line, or click on two points of it"),
        (["0", "1", "", ""], "Drag along the line, or click on two points of it"),
        (["0", "one", "1", "0"], "each box takes a number"),
        (["0", "1", "9", "0"], "(9, 0) does not lie on this plane. It reaches from −0.6 to 1.6"),
        (["0", "1", "0.1", "1"], "too close together"),
    ],
)
def test_what_is_no_line_is_refused_in_words(line, typed, words):
    for box, text in zip(boxes(line), typed, strict=True):
        box.value = text
    assert words in press_commit(line)
    assert not line.revealed
    open_all()  # a teacher
    assert line.revealed and "You predicted" not in line.children[3].value
    assert "what is so</text>" in svg(line)


@pytest.mark.parametrize("question", DRAWN.values(), ids=DRAWN)
def test_answers_and_slips_of_drawn_questions_can_be_told_apart(question):
    assert question.is_right(question.answer)
    assert question.known_mistake(question.answer) == ""
    for wrong, words in question.known_mistakes:
        assert not question.validation_error(wrong), wrong
        assert not question.is_right(wrong), wrong
        assert question.known_mistake(wrong) == words
    for (first, _), (second, _) in combinations(question.known_mistakes, 2):
        assert not question.sketch.same(first, second), (first, second)


@pytest.mark.parametrize("question", DRAWN.values(), ids=DRAWN)
def test_what_is_right_is_not_called_a_slip_and_what_is_both_near_is_the_nearer(question):
    """Wherever a hand may mark it."""
    left, right, bottom, top = question.sketch.limits
    n_places = 12 if question.sketch.asks_for_line else 41
    across, up = np.linspace(left, right, n_places), np.linspace(bottom, top, n_places)
    marks = [write_points([(x, y)]) for x, y in product(across, up)]
    if question.sketch.asks_for_line:
        marks = [f"{one} and {other}" for one, other in combinations(marks, 2)][::7]
    drawn = [mark for mark in marks if not question.validation_error(mark)]
    right = [mark for mark in drawn if question.is_right(mark)]
    assert right and len(drawn) > 100
    assert [mark for mark in right if question.known_mistake(mark)] == []


@pytest.mark.parametrize(
    ("drawn", "right", "slip"),
    [
        ("(0, 1) and (0.35, 0)", True, ""),
        ("(0, 1) and (0.4, 0)", True, ""),  # nearer to the answer than to "not far enough"
        ("(0, 1) and (0.45, 0)", False, "not far enough"),
        ("(0, 1.5) and (0.5, 0)", False, ""),  # parallel to the answer, and not the answer
        ("(0.5, 0.5) and (0.65, 0)", False, "turns about the middle"),
    ],
)
def test_a_line_is_taken_for_the_nearest_of_answer_and_slips(drawn, right, slip):
    question = QUESTIONS["neurons-weights"]
    assert question.is_right(drawn) is right
    assert slip in question.known_mistake(drawn) and bool(question.known_mistake(drawn)) == bool(
        slip
    )


@pytest.mark.parametrize(("drawn", "right"), [("(1.12, 0)", True), ("(1.18, 0)", False)])
def test_what_is_near_a_slip_and_the_answer_is_taken_for_the_nearer(drawn, right):
    question = Question("a-b", "?", (), "(1, 0)", "", (("(1.3, 0)", "A slip."),), PLANE)
    assert PLANE.same(drawn, "(1, 0)") and PLANE.same(drawn, "(1.3, 0)")
    assert (question.is_right(drawn), question.known_mistake(drawn) == "") == (right, right)


def test_the_drawn_answers_are_true():
    """By the equations themselves: 3x₁ + x₂ − 1 = 0, and the two ReLUs added up."""
    for x1, x2 in read_points(QUESTIONS["neurons-weights"].answer):
        assert 3 * x1 + x2 - 1 == pytest.approx(0)
    ((x, y),) = read_points(QUESTIONS["feedforward-second-hinge"].answer)
    assert y == pytest.approx(0.5 * max(0, x) - 0.5 * max(0, x - 2))
    ((z, slope),) = read_points(QUESTIONS["activations-steepest"].answer)
    curve = QUESTIONS["activations-steepest"].sketch.outcome
    assert (z, slope) == max(curve, key=lambda point: point[1])
    step = 1e-4
    for z, slope in curve[::7]:
        rise = 1 / (1 + np.exp(-z - step)) - 1 / (1 + np.exp(-z + step))
        assert rise / (2 * step) == pytest.approx(slope, abs=1e-4)
    for x, y in QUESTIONS["feedforward-second-hinge"].sketch.outcome:
        assert y == pytest.approx(0.5 * max(0, x) - 0.5 * max(0, x - 2))


def test_the_plane_has_a_grid_with_numbers(line, point):
    numbers = re.findall(r'text-anchor="(middle|end)">([−\d.]+)<', svg(line))
    assert numbers == [
        (axis, text) for axis in ("middle", "end") for text in ("−0.5", "0", "0.5", "1", "1.5")
    ]
    assert ("middle", "6") in re.findall(r'text-anchor="(middle|end)">([−\d.]+)<', svg(point))


def test_a_line_is_judged_by_how_it_looks_not_by_its_points():
    line = Sketch(limits=(-1, 1, -1, 1), names=("x", "y"), asks_for_line=True)
    assert line.same("(0, 0) and (1, 1)", "(−0.5, −0.5) and (0.3, 0.3)")
    assert line.same("(0, 0.05) and (1, 1)", "(0, 0) and (1, 1)")
    assert not line.same("(0, 0.1) and (0.3, 0.2)", "(0, 0) and (1, 1)")  # parts further on
    assert line.same("(0.5, 0) and (0.5, 1)", "(0.5, −1) and (0.5, 1)")  # upright


@pytest.mark.parametrize("place", [(0, -1), (4, 1), (1.5, 0.5)])
def test_a_point_under_the_pointer_is_where_it_is_drawn(place):
    prediction = Prediction(Question("a-b", "?", (), "(1, 0)", "", sketch=PLANE))
    pointer(prediction, "press", *place)
    assert prediction.choice == write_points([place])
    assert point_under(PLANE, *on_picture(prediction, *place)) == pytest.approx(place)
    prediction.close()


def test_close_leaves_no_widget_behind():
    before = set(living_widgets)
    predict("neurons-weights").close()
    assert set(living_widgets) <= before


def test_bad_sketches_are_refused():
    with pytest.raises(ValueError, match=r"a-b: .* does not lie on this plane"):
        Question("a-b", "?", (), "(9, 0)", "", sketch=PLANE)


def test_the_question_says_without_a_kernel_what_is_asked_for(line, point):
    assert "[ a line to draw ]" in repr(line) and "[ a point to draw ]" in repr(point)
    assert isinstance(board(line), DrawingBoard)


# How sure the learner is ---------------------------------------------------------------------


@pytest.mark.parametrize("sure", CONFIDENCE)
def test_confidence_is_shown_beside_the_outcome(point, sure):
    point.choice = "(5, 1)"
    point.confidence = sure
    assert f"<strong>(5, 1)</strong> ({sure})" in press_commit(point)
    assert point.children[2].children[0].disabled
    press_commit(point)
    assert point.confidence is None and not point.children[2].children[0].disabled
    assert point.children[2].children[0].label == "—"  # and not an empty line


def test_nobody_has_to_say_how_sure_they_are(point):
    point.choice = "(5, 1)"
    assert "<strong>(5, 1)</strong><br>" in press_commit(point)
