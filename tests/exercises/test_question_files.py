"""The questions are data: what their files may hold, and what is said of a slip in one."""

import re

import pytest

from nnlib import exercises
from nnlib.exercises.predictions.catalogue import QUESTIONS, Catalogue
from nnlib.exercises.predictions.question_file import read_questions

CHAPTERS = ("start", "neurons", "activations", "feedforward", "backprop", "training")

SUM = '''[toy-sum]
question = """
What is
  1 + 1?
"""
options = ["1", "2", "3"]
answer = "2"
why = "One more than 1."

[toy-sum.mistakes]
"1" = "Nothing is added."
'''
PLACE = """[toy-place]
question = "Where?"
answer = "(1, 2)"
why = "There."

[toy-place.plane]
draw = "a point"
x = { name = "x", from = 0, to = 4 }
y = { name = "y", from = 0, to = 2 }
outcome = [[0, 0], [1, 2]]
"""


@pytest.fixture
def toy(tmp_path):
    """A file of a chapter, to write and read."""
    return tmp_path / "toy.toml"


def refusal(toy, text):
    """Return what is said of a file with this text."""
    toy.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError) as refused:
        read_questions(toy)
    return str(refused.value)


def test_a_new_line_in_prose_counts_as_a_space(toy):
    toy.write_text(SUM + PLACE, encoding="utf-8")
    added, place = read_questions(toy).values()
    assert added.text == "What is 1 + 1?"
    assert added.known_mistake("1") == "Nothing is added."
    assert place.sketch.limits == (0, 4, 0, 2) and place.sketch.outcome == ((0, 0), (1, 2))
    assert (place.sketch.step, place.sketch.ticks) == (0.1, (1, 1))


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("why =", "reveal =", "toy-sum has no key 'reveal'. The known ones: question, options, a"),
        ('why = "One more than 1."', "", "toy-sum has no 'why'. It stands right below [toy-sum]"),
        ('why = "One more than 1."', 'why = " "', "toy-sum.why should be text in quotation marks"),
        ('answer = "2"', 'answer = "4"', "toy-sum: the answer cannot be given. “4” is not among"),
        ('answer = "2"', "answer = 2", "toy-sum.answer should be text in quotation marks, \"…\"; "),
        ('"1", "2", "3"', '"1", "2", "2"', "toy-sum: an option stands twice"),
        ('"1", "2", "3"', '"2"', "toy-sum: a single option leaves no choice"),
        ('["1", "2", "3"]', '"1, 2, 3"', "toy-sum.options should be a list of texts"),
        ('"1" =', '"one" =', "toy-sum: the mistake “one” cannot be made. “one” is not among"),
        ('"1" =', '"2" =', "toy-sum: the mistake “2” is the same as the answer or another"),
        ("[toy-sum]", "", "'question' belongs to no question. Above it, write a name: [toy-…]"),
        ("[toy-sum]", "[sum]", "[sum] should begin with the chapter's name: [toy-…]"),
        ("[toy-place]", "[toy-sum]", "Cannot declare ('toy-sum',) twice (at line 12"),
        ('"2", "3"', '"2", 3"', "cannot be read"),
        ('"a point"', '"a ring"', 'toy-place.plane.draw should be "a point" or "a line"; it'),
        ("from = 0, to = 4", "from = 4, to = 4", "toy-place.plane.x: “from” should be below “to”"),
        ("from = 0, to = 4", "to = 4", "toy-place.plane.x has no 'from'"),
        ("to = 4 }", "to = true }", "toy-place.plane.x.to should be a number; it is True"),
        ("to = 4 }", "to = 4, grid = 0 }", "toy-place.plane.x.grid should be a number above 0"),
        ("[[0, 0], [1, 2]]", "[0, 0]", "toy-place.plane.outcome should be points, [[0, 1], ["),
        ("[[0, 0], [1, 2]]", '"sigmoyd"', "should be points, or an activation such as \"tanh\""),
        ('"(1, 2)"', '"(9, 2)"', "toy-place: the answer cannot be given. (9, 2) does not lie on"),
        ('[toy-place.plane]', '[toy-place.plan]', "toy-place has no key 'plan'"),
    ],
)  # fmt: skip
def test_a_slip_is_named_with_its_file_its_place_and_what_was_expected(toy, right, wrong, said):
    assert (SUM + PLACE).count(right)
    told = refusal(toy, (SUM + PLACE).replace(right, wrong))
    assert told.startswith("toy.toml") and said in told


def test_a_file_in_another_encoding_is_refused_and_a_mark_of_utf_8_is_not(toy):
    toy.write_bytes(SUM.replace("1 + 1", "1 − 1").encode("utf-8-sig"))
    assert list(read_questions(toy)) == ["toy-sum"]
    toy.write_bytes(SUM.replace("One", "Où").encode("latin-1"))
    with pytest.raises(ValueError, match=r"toy\.toml is not in UTF-8"):
        read_questions(toy)


def test_a_file_is_read_when_it_is_first_asked_for_and_again_after_a_change(toy):
    (toy.parent / "broken.toml").write_text("[", encoding="utf-8")
    toy.write_text(SUM, encoding="utf-8")
    questions = Catalogue(toy.parent)
    assert questions["toy-sum"] is questions["toy-sum"]
    toy.write_text(SUM.replace("What is", "How much is"), encoding="utf-8")
    assert questions["toy-sum"].text == "How much is 1 + 1?"
    assert "toy-other" not in questions and "other-sum" not in questions
    with pytest.raises(ValueError, match=r"broken\.toml"):
        list(questions)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_each_file_begins_with_the_same_words_and_their_example_is_a_good_one(
    chapter, checkout, tmp_path
):
    folder = checkout / "nnlib/exercises/chapters"
    heads = {
        name: (folder / f"{name}.toml").read_text(encoding="utf-8").partition("\n\n")[0]
        for name in (chapter, CHAPTERS[0])
    }
    assert heads[chapter] == heads[CHAPTERS[0]]
    example = tmp_path / "neurons.toml"
    lines = re.findall(r"^#   (.*)$", heads[chapter], re.MULTILINE)
    example.write_text("\n".join(lines), encoding="utf-8")
    (question,) = read_questions(example).values()
    assert question.name == "neurons-sum" and question.known_mistakes


def test_a_chapters_questions_are_in_one_file_and_its_checks_in_one_module_beside_it():
    assert {name.partition("-")[0] for name in QUESTIONS} == set(CHAPTERS)
    checks = [getattr(exercises, name) for name in exercises.__all__ if name.startswith("check_")]
    assert {check.__module__.rpartition(".")[2] for check in checks} == set(CHAPTERS)
