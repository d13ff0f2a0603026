"""Until a prediction is committed to, nothing on the page says its answer.

What a learner may see then: the objectives; the section down to the question, with what its cells
have shown; and a screen below it, code that has not run, prose and pictures. What is folded is out
of sight. The answer itself may not stand near the question, nor other words that give it away in
all that is in sight.
"""

import re
from functools import cache
from itertools import accumulate, takewhile

import nbformat
import pytest
from chapter_text import CHAPTERS, NOTEBOOKS
from given_away import FOLDED, TELLS, given_away, plain, told_otherwise

from nnlib.exercises.predictions.prediction import QUESTIONS

LINES_BELOW = 18  # of the page, below a question that stands at its top

BOX = re.compile(r"^> \*\*(Tutorial [A-D])\*\*", re.MULTILINE)
EXPLORER = re.compile(r"^\w*Explorer\(.*", re.MULTILINE)
PREDICT = re.compile(r"^predict\(\"([\w-]+)\"\)", re.MULTILINE)


@cache
def cells(chapter: str) -> list[nbformat.NotebookNode]:
    return nbformat.read(NOTEBOOKS / f"{chapter}.ipynb", as_version=4).cells


def asked(chapter: str) -> list[tuple[int, str]]:
    """Return where each prediction stands, and its name."""
    found = [(k, PREDICT.search(cell.source)) for k, cell in enumerate(cells(chapter))]
    return [(k, match[1]) for k, match in found if match]


PAGES = ("00_start_here", *CHAPTERS)
EACH = [(page, k, name) for page in PAGES for k, name in asked(page)]
EACH_QUESTION = pytest.mark.parametrize(
    "chapter, place, name", [pytest.param(*each, id=each[-1]) for each in EACH]
)


def close_by(chapter: str, place: int) -> str:
    """Return what is written from the last heading to the next code, and the objectives."""
    page = cells(chapter)
    heading = max(k for k in range(place) if page[k].source.startswith("#"))
    code = (k for k in range(place + 1, len(page)) if page[k].cell_type == "code")
    written = [*objectives(page), *page[heading:place], *page[place + 1 : next(code, len(page))]]
    return plain("\n".join(cell.source for cell in written))


def in_sight(chapter: str, place: int) -> str:
    """Return the words around a prediction: those of its section above, a screen of those below.

    Words are prose, what the cells above have shown, and the names of the explorers below, which
    have shown nothing yet.
    """
    page = cells(chapter)
    headings = [k for k in range(place) if re.search(r"^## ", page[k].source, re.MULTILINE)]
    above, below = page[headings[-1] : place], page[place + 1 : place + 1 + screen(page, place)]
    written = [c for c in (*objectives(page), *above, *below) if c.cell_type == "markdown"]
    seen = [shown(cell) for cell in above if cell.cell_type == "code"]
    to_be_run = [line for cell in below for line in EXPLORER.findall(cell.source)]
    return plain("\n".join([*(cell.source for cell in written), *seen, *to_be_run]))


def objectives(page: list[nbformat.NotebookNode]) -> list[nbformat.NotebookNode]:
    return [cell for cell in page if "**Objectives" in cell.source]


def screen(page: list[nbformat.NotebookNode], place: int) -> int:
    """Return how many cells below a prediction are on the same screen, none of them run."""
    heights = accumulate(height(cell) for cell in page[place + 1 :])
    return sum(1 for _ in takewhile(lambda height: height < LINES_BELOW, [0, *heights]))


def height(cell: nbformat.NotebookNode) -> float:
    """Return how many lines a cell is high; what is folded takes one, a picture fifteen."""
    if cell.cell_type == "code":
        return 1 + len(cell.source.splitlines())
    lines = FOLDED.sub("folded", cell.source).splitlines()
    return sum(15 if line.startswith("![") else 1 + len(line) // 115 for line in lines)


def shown(cell: nbformat.NotebookNode) -> str:
    """Return what a cell has shown as text; another prediction shows its question alone."""
    if PREDICT.search(cell.source):
        return ""
    texts = (out.get("text") or out.get("data", {}).get("text/plain", "") for out in cell.outputs)
    return "\n".join(texts)


@EACH_QUESTION
def test_nothing_in_sight_says_the_answer(chapter: str, place: int, name: str):
    assert given_away(QUESTIONS[name], close_by(chapter, place)) == []
    assert told_otherwise(name, in_sight(chapter, place)) == []


@pytest.mark.parametrize(
    ("name", "deed"),
    [
        ("training-l2", r"L2\W+at 0"),
        ("training-test-loss", r"noise=0\.3|few, |1,000 epochs"),
        ("training-batches", r"\*\*all rows\*\* press"),
        ("training-learning-rate", r"rate in \(0\.01"),
        ("feedforward-hidden-space", r"OR, NAND"),
        ("neurons-run-again", r"Ctrl \+ Enter"),
        ("neurons-third-input", r"x_3\$ to 1"),
        ("activations-temperature", r"\*\*T\*\* to 100"),
    ],
)
def test_what_a_question_asks_for_is_not_done_above_it(name: str, deed: str):
    (chapter, place) = next((page, k) for page, k, asked_for in EACH if asked_for == name)
    page = cells(chapter)
    above = "\n".join(cell.source for cell in page[:place])
    assert re.findall(deed, above) == []
    assert re.search(deed, "\n".join(cell.source for cell in page[place:]))


@EACH_QUESTION
def test_no_answer_above_says_that_of_another_question(chapter: str, place: int, name: str):
    above = [QUESTIONS[other] for k, other in asked(chapter) if k < place]
    slips = [words for other in above for _, words in other.known_mistakes]
    assert (
        told_otherwise(name, plain("\n".join([*(question.why for question in above), *slips])))
        == []
    )


@EACH_QUESTION
def test_the_list_of_explorers_says_no_answer(chapter: str, place: int, name: str):
    (listed,) = (cell.source for cell in cells(PAGES[0]) if cell.id == "all-explorers")
    asks = re.findall(rf"^\| {int(chapter[:2])} \|.*\| (.*) \|$", listed, re.MULTILINE)
    assert bool(asks) is (chapter in CHAPTERS)
    assert told_otherwise(name, plain("\n".join(asks))) == []


@EACH_QUESTION
def test_a_tutorial_is_introduced_before_a_prediction_names_it(chapter: str, place: int, name: str):
    question = QUESTIONS[name]
    met = set(BOX.findall("\n".join(cell.source for cell in cells(chapter)[:place])))
    said = " ".join((question.text, *question.options, question.why))
    assert set(re.findall(r"Tutorial [A-D]", said)) <= met


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_tutorial_has_a_box_where_it_is_first_named(chapter: str):
    text = "\n".join(FOLDED.sub("", c.source) for c in cells(chapter) if c.cell_type == "markdown")
    for name in sorted(set(re.findall(r"Tutorial [A-D]", text))):
        (box, *others) = re.findall(rf"^> \*\*{name}\*\*", text, re.MULTILINE) or [None]
        assert box and not others, f"{name} needs a box of its own, once"
        assert text.index(name) == text.index(box) + len("> **"), f"{name} is named before its box"


def test_each_question_has_words_that_would_give_it_away():
    missing = [name for name in QUESTIONS if name not in TELLS]
    assert not missing, "Add them to TELLS in tests/given_away.py."


def test_each_question_of_a_chapter_is_asked_once():
    names = [name for *_, name in EACH]
    assert len(names) == len(set(names)) > 40


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("neurons-average", "z = 1.50"),
        ("neurons-average", "z is 1.5."),
        ("neurons-weights", "It goes through (0.5, −0.5)."),
        ("neurons-xor", "say why one neuron gets at most three rows of XOR right"),
        ("backprop-bugs-seen", "Three sit in the backward pass."),
        ("activations-softmax-shift", "# they stay the same"),
    ],
)
def test_what_says_an_answer_is_found(name: str, text: str):
    assert given_away(QUESTIONS[name], plain(text))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("neurons-average", "The weights are 2, −3 and 0.5; 11.5 and −1.5 are not it."),
        ("neurons-weights", "Its line goes through (0, 1) and (1, 0)."),
        ("activations-tanh", "Sigmoid or tanh: which is flatter?"),
        ("neurons-xor", "<details>Three of four.</details>"),
    ],
)
def test_what_says_none_is_let_through(name: str, text: str):
    assert given_away(QUESTIONS[name], plain(text)) == []
