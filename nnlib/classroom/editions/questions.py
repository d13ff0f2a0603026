"""The question that a prediction's cell asks, for pages without widgets."""

import re

from nbformat import NotebookNode

from nnlib.exercises.predictions.catalogue import QUESTIONS
from nnlib.exercises.predictions.questions import Question
from nnlib.exercises.predictions.sketch import read_points
from nnlib.exercises.predictions.sketch_picture import draw

ASKED = re.compile(r'^predict\("([\w-]+)"\)', re.MULTILINE)


def asked_in(cell: NotebookNode) -> Question:
    """Return the question that a prediction's cell asks."""
    return QUESTIONS[ASKED.findall(cell.source)[0]]


def plane(question: Question, answered: bool = False) -> str:
    """Return the plane to draw on, empty or with the answer; nothing where none is drawn on."""
    if question.sketch is None:
        return ""
    return draw(question.sketch, (), read_points(question.answer) if answered else ())
