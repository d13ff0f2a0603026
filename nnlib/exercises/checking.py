"""The frame of every exercise's check: read the answer, compare, name the likely mistake.

A check is a function with the decorator `exercise`. It returns the sentence for a right answer and
raises `Mistake` for a wrong one; the decorator turns both into a `Result` and lets nothing escape.
That a learner has solved an exercise is remembered.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

import numpy as np

from nnlib._typing import Array
from nnlib.exercises.kept_answers import is_solved, remember_solved
from nnlib.exercises.markdown import as_markdown


class Mistake(Exception):
    """A wrong answer; the message tells the learner what is wrong with it."""


class NotAttempted(Exception):
    """The answer still holds the ``...`` of the exercise."""


class RightSoFar(str):
    """The sentence for an answer in which nothing is wrong, but something is still missing."""


@dataclass(frozen=True)
class Result:
    """What a check found. It counts as true when the answer is right.

    Parameters
    ----------
    passed : bool or None
        None means not attempted yet.
    message : str
        What to tell the learner, in full sentences.
    """

    passed: bool | None
    message: str

    def __bool__(self) -> bool:
        """Say whether the answer is right."""
        return self.passed is True

    def __repr__(self) -> str:
        """Return heading and message; a strict comparison of outputs reads this."""
        return f"{self._heading} {self.message}"

    def _repr_markdown_(self) -> str:
        return f"**{self._heading}** {as_markdown(self.message)}"

    @property
    def _heading(self) -> str:
        return {True: "✓ Right.", False: "✗ Not yet.", None: "… Not attempted yet."}[self.passed]


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
            return Result(False, re.sub(r"(?<![\w.])-(?=\d)", "−", str(mistake)))  # a true minus
        except Exception as error:  # an answer can be any object at all
            return Result(False, f"The check could not read this answer ({_in_words(error)}).")

    return run


def _right(name: str, sentence: str) -> Result:
    """Return the result for a right answer, and remember that the exercise is solved."""
    complaint = "" if isinstance(sentence, RightSoFar) else remember_solved(name)
    return Result(True, f"{sentence} {complaint}".rstrip())


def call(function: Any, *arguments: Any) -> Any:
    """Call the learner's function on copies of the arguments and return what it returns.

    Raises
    ------
    Mistake
        If it is not a function, if it stops with an error or if it returns nothing.
    NotAttempted
        If the ``...`` of the exercise is still in its way.
    """
    if not callable(function):
        raise Mistake(f"A function is expected here; this is {_kind(function)}.")
    copies = [np.copy(a) if isinstance(a, np.ndarray) else a for a in arguments]
    try:
        answer = function(*copies)
    except (Exception, SystemExit) as error:
        if _holds_ellipsis(function):
            raise NotAttempted from None
        raise Mistake(f"Your function stopped with an error: {_in_words(error)}.") from None
    if answer is ... or (answer is None and _holds_ellipsis(function)):
        raise NotAttempted
    if answer is None:
        raise Mistake("Your function returns nothing. End it with `return` and the result.")
    return answer


def numbers(answer: Any, shape: tuple[int, ...], name: str = "your answer") -> Array:
    """Return the answer as a float array of this shape.

    Lists, tuples and NumPy numbers are as good as arrays, and a vector may come as a row or as a
    column. A matrix has to have its rows and columns in order.

    Raises
    ------
    Mistake
        If it is text, nothing, not numbers, not finite, or of another shape.
    NotAttempted
        If it holds a ``...``.
    """
    array = _as_floats(answer, name)
    if not np.isfinite(array).all():
        raise Mistake(f"A value is not finite (NaN or infinity) in {name}.")
    if array.shape == shape:
        return array
    length = _only_length(shape)
    if length is not None and length == _only_length(array.shape):  # a row for a column: no harm
        return array.reshape(shape)
    if len(shape) == 2 and array.shape == shape[::-1]:
        raise Mistake(
            f"Rows and columns are swapped in {name}: "
            f"the shape is {array.shape}, and {shape} is expected."
        )
    raise Mistake(
        f"{_first_upper(name)} came out as {_shape_in_words(array.shape)}; "
        f"{_shape_in_words(shape)} is expected."
    )


def returned(answer: Any, shape: tuple[int, ...]) -> Array:
    """Return what the learner's function returned, as a float array; see `numbers`."""
    return numbers(answer, shape, "what your function returns")


def compare(answer: Array, expected: Any, mistakes: Mapping[str, Any], otherwise: str) -> None:
    """Do nothing if the answer is as expected; otherwise say why it may be wrong.

    Parameters
    ----------
    answer : array
        What the learner has.
    expected : array_like
        What is right, compared to about six digits.
    mistakes : mapping of str to array_like
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
        if close(answer, wrong):
            raise Mistake(sentence)
    raise Mistake(otherwise)


def close(left: Any, right: Any) -> bool:
    """Say whether the numbers are equal to about six digits."""
    left, right = np.asarray(left, dtype=float), np.asarray(right, dtype=float)
    return left.shape == right.shape and np.allclose(left, right, rtol=1e-6, atol=1e-8)


def require(condition: Any, sentence: str) -> None:
    """Raise `Mistake` with this sentence unless the condition holds."""
    if not condition:
        raise Mistake(sentence)


def _as_floats(answer: Any, name: str) -> Array:
    if _contains_ellipsis(answer):
        raise NotAttempted
    try:
        array = np.asarray(answer)
    except ValueError:
        raise Mistake(f"There are rows of different lengths in {name}.") from None
    if array.dtype.kind in "US":
        raise Mistake(
            f"{_first_upper(name)} came out as text. Write numbers without quotation marks."
        )
    try:
        # one by one: NumPy would read None as NaN and drop the imaginary part of a complex number
        return np.array([float(item) for item in array.flat]).reshape(array.shape)
    except (TypeError, ValueError, OverflowError):
        raise Mistake(f"Numbers are expected for {name}; this is {_kind(answer)}.") from None


def _contains_ellipsis(answer: Any) -> bool:
    if isinstance(answer, np.ndarray) and answer.dtype == object:
        answer = answer.ravel().tolist()
    if isinstance(answer, (list, tuple)):
        return any(_contains_ellipsis(item) for item in answer)
    return answer is ...


def _holds_ellipsis(function: Any) -> bool:
    code = getattr(function, "__code__", None)
    return code is not None and ... in code.co_consts


def _only_length(shape: tuple[int, ...]) -> int | None:
    """Return the one length that is not 1 in a shape, or None if there are more of them."""
    lengths = [length for length in shape if length != 1]
    return None if len(lengths) > 1 else (lengths or [1])[0]


def _shape_in_words(shape: tuple[int, ...]) -> str:
    return f"an array of the shape {shape}" if shape else "a single number"


def _kind(answer: Any) -> str:
    return "None" if answer is None else f"a value of the type {type(answer).__name__}"


def _in_words(error: BaseException) -> str:
    try:
        words = f"{type(error).__name__}: {error}".rstrip(": .")
    except Exception:  # an error whose own text cannot be read
        return type(error).__name__
    if isinstance(error, ValueError) and words.startswith("ValueError: matmul"):
        words += ". Two shapes do not fit: inputs stand on the left of @, weights on the right"
    return words


def _first_upper(name: str) -> str:
    """Begin a sentence with ``name``; the name of a variable stays as it is."""
    return name if name.isidentifier() else name[:1].upper() + name[1:]
