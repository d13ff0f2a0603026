"""The numbers that a learner gives, as arrays of the shape that is expected."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from nnlib._typing import Array
from nnlib.exercises.checks.python_errors import kind_in_words
from nnlib.exercises.checks.verdict import Mistake, NotAttempted

_COUNTS = {2: "two things", 3: "three arrays", 4: "four arrays"}


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


def _first_upper(name: str) -> str:
    """Begin a sentence with ``name``; the name of a variable stays as it is."""
    return name if name.isidentifier() else name[:1].upper() + name[1:]
