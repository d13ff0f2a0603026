"""Predictions and checks of the chapter on backpropagation."""

from nnlib.exercises.questions import Question

QUESTIONS: tuple[Question, ...] = ()
