"""What the chapters once said and calculation refuted is not said again, and what is so is said.

Where a claim is a number or a law, the test of its chapter computes it. Here are the claims that
are only words.
"""

import re
from functools import cache

import nbformat
import pytest
from chapter_text import CHAPTERS, NOTEBOOKS

from nnlib.exercises.predictions.prediction import QUESTIONS

# What was said → the chapter, the words it was said with, and words that are there now
REFUTED = {
    "ten runs, where the page has room for three": (
        "01_neurons",
        r"ten runs|nine runs",
        "there is room for three runs, [4], [5] and [7]",
    ),
    "the page says nothing of how often a cell has run, but its weights do": (
        *("01_neurons", r"[Oo]nly the counter"),
        "The weights go on: 10.38",
    ),
    "meshgrid and stack before they are explained": (
        *("01_neurons", r"meshgrid|np\.stack"),
        "neurons = [(w1, w2, bias) for w1 in grid",
    ),
    "all rows are answered 1 when b is raised further than 0": (
        *("01_neurons", r"[Rr]aise it further"),
        "From $b = 0$ on all four rows are answered 1.",
    ),
    "a cell that trains goes on, also where it sets its own start": (
        *("01_neurons", r"[Aa] cell that trains"),
        "The cell with the loop has trained for 10,000 epochs.",
    ),
    "a dead ReLU never learns again": (
        *("02_activations", r"never learns again"),
        "It can come back where its inputs change, behind a layer that still learns.",
    ),
    "with heights in centimetres a neuron cannot learn, with any bias and loss": (
        *("02_activations", r"whatever the error is"),
        "On the first, at a bias of 0,",
    ),
    "a step is of no use for learning": (
        *("02_activations", r"\bno use\b|never says where to go"),
        "nothing for a rule that follows slopes",
    ),
    "tanh is a sigmoid, only better": (
        *("02_activations", r"like the sigmoid,? (but|only) better"),
        "“tanh is also like logistic sigmoid but better”",
    ),
    "a learned slope moves against the error": (
        *("02_activations", r"against (its|the) error[.,:;]"),
        "against error times z",
    ),
    "softplus, NIPS 2001": ("02_activations", r"\*NIPS\*, 2001", "2000 (proceedings 2001)"),
    "for any regression the output is linear": (
        *("05_training", r"[Ff]or regression the output is linear"),
        "For a target that can be any number the output is linear.",
    ),
    "one hidden layer comes near to every function, however few neurons it has": (
        *("03_feedforward", r"One hidden layer, with an activation"),
        "One hidden layer with enough neurons, an activation that is no polynomial and a linear "
        "output comes as close as you like to any continuous function on a closed, bounded region",
    ),
    "almost the same factor for all three, at all times": (
        *("04_backprop", r"almost the same factor"),
        "a factor of its own on **each row**",
    ),
    "a right gradient makes the path stable": (
        *("04_backprop", r"path downhill stable|stable path"),
        "as long as the steps are short enough (chapter 5 says how short)",
    ),
    "where a path stops to reach the bottom": (
        *("05_training", r"stop to reach"),
        "From which η on does the path run away?",
    ),
    "early stopping costs nothing, and is judged by the rows that chose": (
        *("05_training", r"costs nothing"),
        "Only the second number is a verdict: nothing was chosen by it.",
    ),
    "digits that thirteen people wrote are those of new hands": (
        *("05_training", r"new handwritten"),
        "how a fourteenth is read, they cannot say",
    ),
    "convolution cures a shift": (
        *("05_training", r"convolution[^)]*(cure|shift)|\bcure"),
        "The remedy is to train on moved copies as well",
    ),
    "a framework works out the gradient of any program": (
        *("05_training", r"\*?any\*? program(?! made)"),
        "any program made of differentiable operations",
    ),
    "the training loss always looks good": (
        *("05_training", r"always looks good"),
        "The training loss can go to 0 while the loss on new rows climbs",
    ),
    "one rate for all is a fair comparison": (
        *("05_training", r"Adam 0\.5\b"),
        "Then the list in which each has its own rate.",
    ),
    "each penalty at a strength of its own": (
        *("05_training", r"far less than L2"),
        '{"l2": 0.001}, {"l1": 0.001}',
    ),
}


@cache
def text_of(chapter: str) -> str:
    """All that a chapter says: its cells, what they show, and its questions."""
    cells = nbformat.read(NOTEBOOKS / f"{chapter}.ipynb", as_version=4).cells
    questions = [
        " ".join((question.text, *question.options, question.why))
        for name, question in QUESTIONS.items()
        if name.startswith(chapter[3:].rstrip("s"))
    ]
    return "\n".join([*(cell.source for cell in cells), *questions])


@pytest.mark.parametrize("claim", REFUTED)
def test_what_was_refuted_is_not_said_again(claim: str):
    chapter, old, new = REFUTED[claim]
    assert re.findall(old, text_of(chapter)) == []
    assert new in text_of(chapter)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_eigenvalues_are_explained_before_any_code_asks_for_them(chapter: str):
    """In prose where the word first stands, and once more where no earlier section is needed."""
    cells = nbformat.read(NOTEBOOKS / f"{chapter}.ipynb", as_version=4).cells
    uses = [k for k, cell in enumerate(cells) if re.search(r"eigenv|eigv", cell.source)]
    for first in uses[:1]:
        assert "its **eigenvalues** are the curvatures" in cells[first].source
    for k in uses:
        if cells[k].cell_type == "code":
            assert "eigenvalues" in cells[k - 1].source
