"""What a learner opens: a copy of the course of their own, in a JupyterLab that is ready for it."""

from nnlib.classroom.learners_copy import lay_copy

__all__ = ["lay_copy"]
