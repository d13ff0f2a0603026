"""An answer beside what is right, and beside what the usual mistakes would give."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from nnlib._typing import Array
from nnlib.exercises.checks.verdict import Mistake


class AnyOf(list[Any]):
    """Several answers to which one mistake may have led."""


def compare(answer: Array, expected: Any, mistakes: Mapping[str, Any], otherwise: str) -> None:
    """Do nothing if the answer is as expected; otherwise say why it may be wrong.

    Parameters
    ----------
    answer : array
        What the learner has.
    expected : array_like
        What is right; see `close`.
    mistakes : mapping of str to array_like or AnyOf
        What the answer would be after a known mistake, under the sentence that names it.
    otherwise : str
        The sentence for every other wrong answer.

    Raises
    ------
    Mistake
        If the answer is not as expected.
    """
    if close(answer, expected):
        return
    for sentence, wrong in mistakes.items():
        if any(close(answer, one) for one in (wrong if isinstance(wrong, AnyOf) else [wrong])):
            raise Mistake(sentence)
    raise Mistake(otherwise)


def close(left: Any, right: Any) -> bool:
    """Say whether the numbers are equal to about five digits, as float32 can keep them.

    What is left of a sum of large numbers that cancel is measured by the largest number.
    """
    left, right = np.asarray(left, dtype=float), np.asarray(right, dtype=float)
    largest = np.abs(right).max(initial=0.0)
    slight = 1e-6 * largest + 1e-12
    return left.shape == right.shape and np.allclose(left, right, rtol=1e-5, atol=slight)


def require(condition: Any, sentence: str) -> None:
    """Raise `Mistake` with this sentence unless the condition holds."""
    if not condition:
        raise Mistake(sentence)
