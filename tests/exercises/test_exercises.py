"""The frame of predictions and checks, and all questions."""

import inspect
from fractions import Fraction

import ipywidgets as widgets
import numpy as np
import pytest
from check_twice import check_twice
from ipywidgets.widgets.widget import _instances as living_widgets

from nnlib import ACTIVATIONS, exercises
from nnlib.exercises.checks.calling import call
from nnlib.exercises.checks.comparing import close
from nnlib.exercises.checks.given_numbers import numbers
from nnlib.exercises.checks.verdict import Mistake, NotAttempted
from nnlib.exercises.predictions.prediction import QUESTIONS, Prediction, open_all, predict
from nnlib.exercises.predictions.questions import Question

CHECKS = [getattr(exercises, name) for name in exercises.__all__ if name.startswith("check_")]


class Hostile:
    """An answer whose every use fails."""

    def __array__(self, *args, **kwargs):
        raise RuntimeError("no array")

    def __call__(self, *args):
        raise RuntimeError("no call")

    def __eq__(self, other):
        raise RuntimeError("no comparison")

    __hash__ = None


def quits(*arguments):
    raise SystemExit


def recurses(*arguments):
    return recurses(*arguments)


GARBAGE = [
    None,
    "text",
    "",
    1j,
    float("nan"),
    float("inf"),
    10**400,
    [],
    {},
    {1, 2},
    [[1, 2], [3]],
    object(),
    Hostile(),
    np.zeros((2, 3, 4)),
    np.array(["a"]),
    lambda: None,
    lambda *arguments: None,
    lambda *arguments: "text",
    lambda *arguments: np.nan,
    lambda *arguments: Hostile(),
    quits,
    recurses,
    print,
]


def required(check):
    """How many answers a check takes."""
    return len(inspect.signature(check).parameters)


# --- the frame of the checks -----------------------------------------------------------------


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize("garbage", GARBAGE, ids=lambda garbage: type(garbage).__name__)
def test_garbage_is_not_right_and_nothing_escapes(check, garbage):
    result = check(*[garbage] * required(check))
    assert result.passed is False
    assert len(result.message) > 15
    assert str(result).startswith("✗ Not yet.")


@pytest.mark.parametrize("check", CHECKS)
def test_an_unanswered_exercise_is_not_attempted(check):
    result = check(*[...] * required(check))
    assert result.passed is None
    assert not result
    assert repr(result) == (
        "… Not attempted yet. Replace each ... by your answer, then run the cell again."
    )


@pytest.mark.parametrize("check", CHECKS)
def test_every_check_says_in_its_docstring_what_it_expects(check):
    assert check.__doc__.startswith("Check ")


@pytest.mark.parametrize(
    "double",
    [
        lambda x: 2 * x,
        lambda x: list(2 * x),
        lambda x: (2 * x).reshape(1, 3),
        lambda x: (2 * x).reshape(3, 1),
        lambda x: np.float32(2) * x,
        lambda x: [Fraction(2), 4, np.int8(6)],
    ],
)
def test_every_form_of_a_right_answer_is_accepted(double):
    assert repr(check_twice(double)) == "✓ Right. Doubled."
    assert check_twice(double)


def with_ellipsis_left(x):
    y = ...
    return 2 * y


@pytest.mark.parametrize(
    "double, message",
    [
        (lambda x: x, "That is x."),
        (lambda x: 3 * x, "Multiply by 2."),
        (lambda x: None, "Your function returns nothing. End it with `return` and the result."),
        (lambda x: x / 0 + np.nan, "A value is not finite (NaN or infinity) in your answer."),
        (lambda x: 1 / 0, "Your function stopped with an error. It divides by 0."),
        (
            lambda: 1,
            "Your function is given 1 value, but takes 0. Look at the names in the brackets",
        ),
        (lambda x: ["1", "2", "3"], "came out as text. Write numbers without quotation marks."),
        (lambda x: [[1], [2, 3]], "There are rows of different lengths in your answer."),
        (
            lambda x: {1, 2},
            "Numbers are expected for your answer; this is a set: braces make one",
        ),
        (lambda x: 1.0, "came out as a single number; an array of the shape (3,) is expected."),
        (3, "A function is expected here; this is a single number."),
        (None, "A function is expected here; this is None."),
    ],
)
def test_a_wrong_answer_is_told_why(double, message):
    result = check_twice(double)
    assert result.passed is False
    assert message in result.message


@pytest.mark.parametrize(
    "double", [lambda x: ..., lambda x: [1, ..., 3], with_ellipsis_left, lambda x: x * ...]
)
def test_an_ellipsis_anywhere_means_not_attempted(double):
    assert check_twice(double).passed is None


def test_numbers_tell_swapped_rows_and_columns():
    assert numbers([[1, 2, 3], [4, 5, 6]], (2, 3)).shape == (2, 3)
    with pytest.raises(Mistake, match="Rows and columns are swapped in the gradient"):
        numbers(np.zeros((3, 2)), (2, 3), "the gradient")
    with pytest.raises(
        Mistake, match=r"The gradient came out as an array of the shape \(2, 2\); an"
    ):
        numbers(np.zeros((2, 2)), (2, 3), "the gradient")
    with pytest.raises(NotAttempted):
        numbers(np.array([1, ...], dtype=object), (2,))


def halve(x):
    x /= 2
    return x


def test_call_protects_its_arguments_and_names_the_one_that_is_changed():
    x = np.ones(3)
    with pytest.raises(Mistake, match="Your function changes x: whoever calls it"):
        call(halve, x)
    with pytest.raises(Mistake, match="Your function changes sizes: "):
        call(lambda y, sizes: sizes.pop(), x, [1, 2])
    with pytest.raises(Mistake, match="Your function changes layers: "):
        call(lambda layers: halve(layers[0][1]), [(x, x)])
    with pytest.raises(Mistake, match="Your function changes what it is given: "):
        call(lambda *given: halve(given[0]), x)
    assert x.sum() == 3


def test_a_learner_s_overflow_writes_nothing(capsys, recwarn):
    check_twice(lambda x: np.exp(1000 * x))
    assert capsys.readouterr().err == ""
    assert len(recwarn) == 0


def test_a_result_is_shown_as_text_and_as_markdown():
    result = check_twice(lambda x: 2 * x)
    assert result._repr_markdown_() == "**✓ Right.** Doubled."


# --- predictions -----------------------------------------------------------------------------


@pytest.fixture
def prediction():
    prediction = predict("neurons-bias")
    yield prediction
    prediction.close()


def the_button(prediction):
    """The button that commits, and asks again."""
    _, button = prediction.children[2].children
    return button


def page_text(prediction):
    """All that the page holds: the text of every part."""
    return " ".join(part.value for part in prediction.children if isinstance(part, widgets.HTML))


def test_nothing_is_chosen_and_nothing_revealed_at_first(prediction):
    options, button = prediction.children[1], the_button(prediction)
    assert options.index is None and prediction.choice is None
    assert options.description == "My prediction:"
    assert button.description == "Commit"
    assert not prediction.revealed
    assert prediction.question.why not in page_text(prediction)


def test_choosing_alone_reveals_nothing(prediction):
    prediction.choice = prediction.question.options[0]
    assert not prediction.revealed
    assert prediction.children[3].value == ""


@pytest.mark.parametrize("right", [True, False])
def test_commit_shows_the_choice_beside_the_outcome(prediction, right):
    question = prediction.question
    prediction.choice = next(o for o in question.options if (o == question.answer) is right)
    the_button(prediction).click()
    shown = prediction.children[3].value
    assert prediction.error is None
    assert f"You predicted: <strong>{prediction.choice}</strong>" in shown
    assert f"What is so: <strong>{question.answer}</strong>" in shown
    assert ("✓ as you predicted" in shown) is right
    assert ("✗ not what you predicted" in shown) is not right
    assert "The weights set its direction" in shown
    assert prediction.children[1].disabled


def test_an_answer_that_the_page_held_back_counts(prediction):
    """A busy kernel hears of Commit before it hears of the choice that was changed last."""
    first, last = prediction.question.options[:2]
    prediction.choice = first
    the_button(prediction).click()
    prediction.choice = last
    prediction.confidence = "certain"
    assert f"You predicted: <strong>{last}</strong> (certain)" in prediction.children[3].value


def test_the_button_then_asks_again(prediction):
    prediction.choice = prediction.question.options[0]
    the_button(prediction).click()
    assert the_button(prediction).description == "Ask again"
    the_button(prediction).click()
    assert prediction.choice is None
    assert not prediction.revealed
    assert prediction.children[3].value == ""
    assert not prediction.children[1].disabled


def test_commit_without_a_choice_is_refused(prediction):
    with pytest.raises(ValueError, match="Choose one of the options"):
        prediction.commit()
    the_button(prediction).click()
    assert "Choose one of the options" in prediction.children[3].value
    assert not prediction.revealed
    prediction.choice = prediction.question.answer
    assert prediction.children[3].value == "", "an objection goes with its cause"
    assert prediction.error is None
    the_button(prediction).click()
    assert prediction.revealed and prediction.error is None


def enter(box):
    """Press Enter in a box, as ipywidgets' page tells of it."""
    box._handle_custom_msg({"event": "submit"}, [])


def test_enter_commits_a_typed_number_once(number_prediction):
    box = number_prediction.children[1]
    enter(box)
    assert "Type a number before you commit." in number_prediction.children[3].value
    box.value = "1"
    assert number_prediction.children[3].value == ""
    enter(box)
    assert "You predicted: <strong>1</strong>" in number_prediction.children[3].value
    enter(box)
    assert number_prediction.revealed, "Enter never asks again"


@pytest.fixture
def number_prediction():
    question = Question(
        "a-b",
        "How many?",
        (),
        "-1.5",
        "So it is.",
        known_mistakes=(("2", "<Two> forgets the sign."),),
    )
    prediction = Prediction(question)
    yield prediction
    prediction.close()


@pytest.mark.parametrize("typed", ["-1.5", "−1,5", " -1.500 ", "-1.504"])
def test_a_number_is_typed_in_any_way(number_prediction, typed):
    number_prediction.choice = typed
    the_button(number_prediction).click()
    shown = number_prediction.children[3].value
    assert "✓ as you predicted" in shown
    assert f"You predicted: <strong>{typed.replace('-', '−')}</strong>" in shown


def test_a_wrong_number_names_its_slip_beside_the_outcome(number_prediction):
    number_prediction.choice = "2"
    the_button(number_prediction).click()
    shown = number_prediction.children[3].value
    assert "What is so: <strong>−1.5</strong> (✗ not what you predicted)" in shown
    assert "&lt;Two&gt; forgets the sign." in shown and "So it is." in shown
    the_button(number_prediction).click()
    assert number_prediction.choice is None
    number_prediction.choice = "3"
    number_prediction.commit()
    assert "forgets" not in number_prediction.children[3].value


@pytest.mark.parametrize("typed", ["two", "nan", "1e999", "1.5 m"])
def test_what_is_no_number_reveals_nothing(number_prediction, typed):
    number_prediction.choice = typed
    the_button(number_prediction).click()
    assert f"“{typed}” is no number" in number_prediction.children[3].value
    assert not number_prediction.revealed
    number_prediction.choice = ""
    the_button(number_prediction).click()
    assert "Type a number before you commit" in number_prediction.children[3].value
    number_prediction.choice = typed
    open_all()
    assert number_prediction.revealed
    assert "You predicted" not in number_prediction.children[3].value


def test_an_error_in_a_callback_is_shown(prediction, monkeypatch):
    prediction.choice = prediction.question.options[0]

    def broken():
        raise RuntimeError("bro<ken")

    monkeypatch.setattr(prediction, "commit", broken)
    the_button(prediction).click()
    assert prediction.error == "bro<ken"
    assert "bro&lt;ken" in prediction.children[3].value


def test_a_teacher_opens_all(prediction):
    other = predict("neurons-xor")
    open_all()
    assert prediction.revealed and other.revealed
    assert "You predicted" not in prediction.children[3].value
    other.close()


def test_a_closed_prediction_is_not_opened():
    closed = predict("neurons-xor")
    closed.close()
    open_all()
    assert not closed.revealed


def test_an_unknown_name_lists_the_known_ones():
    with pytest.raises(ValueError, match=r"no question 'bias'.*neurons-bias, "):
        predict("bias")


def test_close_leaves_no_widget_behind():
    before = set(living_widgets)
    predict("neurons-bias").close()
    assert set(living_widgets) <= before


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_every_question(question):
    prediction = Prediction(question)
    bundle = prediction._repr_mimebundle_()
    assert bundle["text/plain"] == repr(prediction) == question.plain
    assert bundle["text/markdown"] == question.markdown
    assert "application/vnd.jupyter.widget-view+json" in bundle
    for shown in (bundle["text/plain"], bundle["text/markdown"]):
        assert question.text in shown and all(option in shown for option in question.options)
        assert question.why not in shown
    assert max(map(len, question.options), default=0) <= 75, "an option should fit on one line"
    assert 2 <= len(question.options) <= 5 or question.asks_for_number or question.sketch
    prediction.close()


def test_the_numbers_in_the_reveals_are_true():
    sigma, tanh = ACTIVATIONS["sigmoid"], ACTIVATIONS["tanh"]
    weights = np.array([9.67299303, -0.2078435, -4.62963669])
    x, w, b = np.array([1, 0, 1]), np.array([2, -3, 0.5]), -1
    for name, number in {
        "neurons-average": f"= {x @ w + b:.1f}.",
        "neurons-signed-errors": f"{np.mean(np.array([0.6, -0.6]) ** 2):.2f}",
        "neurons-third-input": f"a = {sigma(weights[0]):.4f}. With it at 1",
        "activations-steepest": f"= {sigma.derivative(0.0):.2f}",
        "activations-tanh": f"{sigma.derivative(5.0):.4f} and tanh′(5) = 0.0002",
        "activations-depth": f"{0.25**10:.8f}",
    }.items():
        assert number in QUESTIONS[name].why
    assert f"{tanh.derivative(5.0):.4f}" == "0.0002"
    assert f"{np.sum(x * w + b):.1f}".replace("-", "−") in QUESTIONS["neurons-average"].why
    assert f"{sigma(weights[0] + weights[2]):.4f}" in QUESTIONS["neurons-third-input"].why


def test_the_answer_is_not_always_in_the_same_place():
    places = [q.options.index(q.answer) for q in QUESTIONS.values() if q.options]
    assert len(set(places)) >= 3


def test_bad_questions_are_refused():
    with pytest.raises(ValueError, match="not among the options"):
        Question("a-b", "?", ("yes", "no"), "maybe", "")
    with pytest.raises(ValueError, match="“three” is no number"):
        Question("a-b", "?", (), "three", "")
    with pytest.raises(ValueError, match="stands twice"):
        Question("a-b", "?", ("yes", "yes"), "yes", "")


def test_a_column_is_no_row_even_of_equal_numbers():
    assert not close(np.ones((3, 1)), np.ones((1, 3)))
    assert close(np.ones((1, 3)), np.ones((1, 3)))
