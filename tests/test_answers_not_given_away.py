"""Between a question and its answer nothing on the learner's page says the answer.

Looked at is what stands there before anything has run: prose, headings, code and comments from the
beginning of the section to the next code cell after the prediction, and the chapter's title and
objectives. What is folded away is left out, and outputs are none in the learner's copy.
"""

import re
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from nnlib.exercises.predictions import QUESTIONS
from nnlib.exercises.questions import Question

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))
CALL = re.compile(r"(?<![.\w])predict\(\s*['\"]([\w-]+)['\"]")
POINT = re.compile(r"\(−?[\d.]+, −?[\d.]+\)")
SENTENCE_ENDS = re.compile(r"(?<=[.?!:;|])\s+|\n+")
FOLDED = re.compile(r"<details.*?</details>", re.DOTALL)
ARTICLES = ("One", "None")  # which stand everywhere, so only as the first word of a sentence


def predictions() -> list[tuple[Path, str]]:
    """Each prediction of the course, with its notebook."""
    cells = [(path, cell) for path in NOTEBOOKS for cell in nbformat.read(path, 4).cells]
    asked = [(path, cell.source) for path, cell in cells if cell.cell_type == "code"]
    return [(path, name) for path, source in asked for name in CALL.findall(source)]


def visible_before_the_answer(notebook: NotebookNode, name: str) -> str:
    """What a learner can read when the question is met; the question's own text is not in it."""
    cells = notebook.cells
    at = next(k for k, cell in enumerate(cells) if name in CALL.findall(cell.source))
    headed = [k for k, cell in enumerate(cells[:at]) if cell.source.startswith("#")]
    after = next((k for k in range(at + 1, len(cells)) if cells[k].cell_type == "code"), len(cells))
    first_code = next(k for k, cell in enumerate(cells) if cell.cell_type == "code")
    section = cells[max(headed) if headed else 0 : after]
    opening = [cell for cell in cells[:first_code] if cell not in section]
    return plain(CALL.sub("", "\n".join(cell.source for cell in [*opening, *section])))


def plain(text: str) -> str:
    """Return text as it is read: nothing folded, no marks of Markdown, the true minus."""
    text = FOLDED.sub("", text)
    text = re.sub(r"[*_`$]|\\text|\\;|\\,", "", text)
    return re.sub(r"(?<![\w)])-(?=[\d.])", "−", text)


def given_away(question: Question, text: str) -> list[str]:
    """Return the places in ``text`` that say the question's answer."""
    if question.sketch is not None:
        asked = POINT.findall(question.text)
        points = [point for point in POINT.findall(question.answer) if point not in asked]
        return [point for point in points if point in text]
    if question.asks_for_number or re.fullmatch(r"−?[\d.]+", question.answer):
        number = question.answer.replace("-", "−")
        return re.findall(rf"[^\n]*(?<![\d.−]){re.escape(number)}0*(?!\.?\d)[^\n]*", text)
    return [sentence for sentence in SENTENCE_ENDS.split(text) if says(sentence, question)]


def says(sentence: str, question: Question) -> bool:
    """Say whether a sentence names the answer, and none of the other options beside it."""
    flags = re.NOFLAG if question.answer in ARTICLES else re.IGNORECASE
    found = re.search(rf"\b{re.escape(question.answer)}(?!\w)(\s+\w+)?", sentence, flags)
    if not found or (found[1] and found[0].lower() in question.text.lower()):
        return False  # "six discs" stands in the question itself
    others = (words(o.split(":")[0]) for o in question.options if o != question.answer)
    return not any(other <= words(sentence) for other in others)


def words(text: str) -> set[str]:
    """The words that carry the meaning of a text."""
    return set(re.findall(r"[\w−.]*\w", text.lower())) - {"a", "an", "it", "the", "with"}


@pytest.mark.parametrize(
    ("path", "name"), predictions(), ids=lambda value: str(getattr(value, "stem", value))
)
def test_nothing_on_the_page_says_the_answer(path: Path, name: str):
    text = visible_before_the_answer(nbformat.read(path, as_version=4), name)
    assert given_away(QUESTIONS[name], text) == []


def test_each_question_of_a_chapter_is_asked_once():
    names = [name for _, name in predictions()]
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
