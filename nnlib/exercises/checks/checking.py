"""The frame of every exercise's check: read the answer, compare, name the likely mistake.

A check is a function with the decorator `exercise`. It returns the sentence for a right answer and
raises `Mistake` for a wrong one; the decorator turns both into a `Result` and lets nothing escape.
That a learner has solved an exercise is remembered.
"""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

import numpy as np

from nnlib.exercises.checks.function_code import slip_in
from nnlib.exercises.checks.python_errors import sentences
from nnlib.exercises.checks.verdict import Mistake, NotAttempted, Result, RightSoFar
from nnlib.exercises.class_progress import class_progress
from nnlib.exercises.kept_answers import is_solved, remember_solved


def exercise(check: Callable[..., str]) -> Callable[..., Result]:
    """Turn a check that returns or raises into one that always returns a `Result`."""

    @wraps(check)
    def run(*answers: Any, **named_answers: Any) -> Result:
        try:
            if any(answer is ... for answer in (*answers, *named_answers.values())):
                raise NotAttempted
            with np.errstate(all="ignore"):
                return _right(check.__name__, check(*answers, **named_answers))
        except NotAttempted:
            before = " You have solved it before." if is_solved(check.__name__) else ""
            return Result(
                None, f"Replace each ... by your answer, then run the cell again.{before}"
            )
        except Mistake as mistake:
            _tell_class(check.__name__, False, mistake.kind)
            return _wrong(str(mistake), (*answers, *named_answers.values()))
        except Exception as error:  # an answer can be any object at all
            return Result(False, sentences("The check could not read this answer", error))

    return run


def _right(name: str, sentence: str) -> Result:
    """Return the result for a right answer, and remember that the exercise is solved."""
    complete = not isinstance(sentence, RightSoFar)
    complaint = remember_solved(name) if complete else ""
    _tell_class(name, complete)
    return Result(True, f"{sentence} {complaint}".rstrip())


def _tell_class(name: str, is_solved: bool, mistake: str = "") -> None:
    """Tell the class, if there is one and the learner agreed, how the check went."""
    progress = class_progress()
    if progress is not None:
        progress.tell_exercise(name, is_solved, mistake)


def _wrong(sentence: str, answers: tuple[Any, ...]) -> Result:
    """Return the result for a mistake, with a slip of the pen that may be behind it."""
    slip = next(filter(None, map(slip_in, answers)), "")
    words = sentence if slip in sentence else f"{sentence} {slip}"
    return Result(False, re.sub(r"(?<![\w.])-(?=\d)", "−", words))  # a true minus
