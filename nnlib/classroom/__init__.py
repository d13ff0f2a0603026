"""What a learner opens: a copy of the course of their own, in a JupyterLab that is ready for it."""

__all__ = ["lay_copy"]


def __getattr__(name: str) -> object:
    """Load what lays the copy when it is asked for: it takes longer than all else in here."""
    if name != "lay_copy":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from nnlib.classroom.learners_copy import lay_copy

    return lay_copy
