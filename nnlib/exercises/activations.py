"""Predictions and checks of chapter 2, activations."""

from nnlib.exercises.questions import Question

QUESTIONS: tuple[Question, ...] = ()
