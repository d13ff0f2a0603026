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
from nnlib.exercises.checks.arguments import changed, copied, unfit
from nnlib.exercises.checks.function_code import holds_ellipsis, prints, slip_in
from nnlib.exercises.checks.python_errors import error_in_words, kind_in_words
from nnlib.exercises.kept_answers import is_solved, remember_solved
from nnlib.exercises.markdown import as_markdown

_COUNTS = {2: "two things", 3: "three arrays", 4: "four arrays"}


class Mistake(Exception):
    """A wrong answer; the message tells the learner what is wrong with it."""


class NotAttempted(Exception):
    """The answer still holds the ``...`` of the exercise."""


class RightSoFar(str):
    """The sentence for an answer in which nothing is wrong, but something is still missing."""


class AnyOf(list[Any]):
    """Several answers to which one mistake may have led."""


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
            return _wrong(str(mistake), (*answers, *named_answers.values()))
        except Exception as error:  # an answer can be any object at all
            return Result(False, _sentences("The check could not read this answer", error))

    return run


def _right(name: str, sentence: str) -> Result:
    """Return the result for a right answer, and remember that the exercise is solved."""
    complaint = "" if isinstance(sentence, RightSoFar) else remember_solved(name)
    return Result(True, f"{sentence} {complaint}".rstrip())


def _wrong(sentence: str, answers: tuple[Any, ...]) -> Result:
    """Return the result for a mistake, with a slip of the pen that may be behind it."""
    slip = next(filter(None, map(slip_in, answers)), "")
    words = sentence if slip in sentence else f"{sentence} {slip}"
    return Result(False, re.sub(r"(?<![\w.])-(?=\d)", "−", words))  # a true minus


def call(function: Any, *arguments: Any) -> Any:
    """Call the learner's function on copies of the arguments and return what it returns.

    Raises
    ------
    Mistake
        If it is not a function, if it stops with an error, if it returns nothing or if it changes
        what it is given.
    NotAttempted
        If the ``...`` of the exercise is still in its way.
    """
    if not callable(function):
        raise Mistake(f"A function is expected here; this is {kind_in_words(function)}.")
    copies = copied(arguments)
    try:
        answer = function(*copies)
    except (Exception, SystemExit) as error:
        if holds_ellipsis(function):
            raise NotAttempted from None
        if (objection := unfit(function, arguments)) and isinstance(error, TypeError):
            raise Mistake(objection) from None
        raise Mistake(_sentences("Your function stopped with an error", error)) from error
    if answer is ... or (answer is None and holds_ellipsis(function)):
        raise NotAttempted
    if answer is None and prints(function):
        raise Mistake(
            "Your function prints and returns nothing. `print` shows a value to you; with `return` "
            "in its place the check gets it too."
        )
    if answer is None:
        raise Mistake("Your function returns nothing. End it with `return` and the result.")
    if name := changed(function, arguments, copies):
        raise Mistake(
            f"Your function changes {name}: whoever calls it has lost the old values. Give the "
            "result a name of its own. `new = x - 1` leaves x as it was; `x -= 1` does not, nor "
            "does `x[0] = 1`."
        )
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
    comma = " A decimal number has a point, not a comma." if _is_pair(answer, shape) else ""
    raise Mistake(
        f"{_first_upper(name)} came out as {_shape_in_words(array.shape)}; "
        f"{_shape_in_words(shape)} is expected.{comma}"
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


def parts(answer: Any, shapes: Mapping[str, tuple[int, ...]]) -> list[Array]:
    """Return several things that a learner's function returned, each as an array of its shape.

    Raises
    ------
    Mistake
        If there are more or fewer, or if one of them is not of its shape.
    NotAttempted
        If one of them is a ``...``.
    """
    if _contains_ellipsis(answer):
        raise NotAttempted
    names = ", ".join(shapes)
    if not isinstance(answer, tuple | list) or len(answer) != len(shapes):
        raise Mistake(f"Return {_COUNTS[len(shapes)]}, in this order: `return {names}`.")
    wanted = list(shapes.values())
    arrays = [_as_floats(part, name) for part, name in zip(answer, shapes, strict=True)]
    given = [array.shape for array in arrays]
    if given != wanted and sorted(given) == sorted(wanted) and len(set(wanted)) == len(wanted):
        raise Mistake(f"They are returned in another order. It should be: {names}.")
    named = zip(arrays, shapes.items(), strict=True)
    return [numbers(array, shape, name) for array, (name, shape) in named]


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
    if array.dtype.kind == "c":
        raise Mistake(f"Numbers are expected for {name}; this is {_offending(answer)}.")
    try:
        # one by one: NumPy would read None as NaN and drop the imaginary part of a complex number
        return np.array([float(item) for item in array.flat]).reshape(array.shape)
    except (TypeError, ValueError, OverflowError):
        raise Mistake(f"Numbers are expected for {name}; this is {_offending(answer)}.") from None


def _contains_ellipsis(answer: Any) -> bool:
    if isinstance(answer, np.ndarray) and answer.dtype == object:
        answer = answer.ravel().tolist()
    if isinstance(answer, (list, tuple)):
        return any(_contains_ellipsis(item) for item in answer)
    return answer is ...


def _only_length(shape: tuple[int, ...]) -> int | None:
    """Return the one length that is not 1 in a shape, or None if there are more of them."""
    lengths = [length for length in shape if length != 1]
    return None if len(lengths) > 1 else (lengths or [1])[0]


def _is_pair(answer: Any, shape: tuple[int, ...]) -> bool:
    """Say whether one number is expected and "0,5" may have been written for 0.5."""
    return not shape and isinstance(answer, tuple) and len(answer) == 2


def _shape_in_words(shape: tuple[int, ...]) -> str:
    return f"an array of the shape {shape}" if shape else "a single number"


def _offending(answer: Any) -> str:
    """Return what a value is that is no number, or what the first such value in a list is."""
    items = answer.ravel().tolist() if isinstance(answer, np.ndarray) else answer
    if isinstance(items, (list, tuple)):
        wrong = next((item for item in items if not isinstance(item, (int, float))), None)
        return f"{kind_in_words(answer)} with {_offending(wrong)}"
    return kind_in_words(answer)


def _sentences(what: str, error: BaseException) -> str:
    """Return what happened and what that means, in sentences."""
    return ". ".join(filter(None, (what, error_in_words(error)))) + "."


def _first_upper(name: str) -> str:
    """Begin a sentence with ``name``; the name of a variable stays as it is."""
    return name if name.isidentifier() else name[:1].upper() + name[1:]
