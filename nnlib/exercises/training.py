"""Predictions and checks of the chapter on training."""

from nnlib.exercises.questions import Question

QUESTIONS: tuple[Question, ...] = ()
