"""The checks at the library's door, and the words of their errors.

Every message says what was wrong, what was expected, and the usual cause. A wrong *type* is a
``TypeError``, a wrong *value* a ``ValueError``.
"""

from collections.abc import Callable, Mapping
from math import isfinite
from numbers import Integral, Real
from typing import TYPE_CHECKING, Any

import numpy as np

from nnlib._typing import Array


def find(kind: str, given: Any, known: Mapping[str, Any], instance: Callable[[Any], bool]) -> Any:
    """Return the entry of ``known`` named ``given``, or ``given`` itself if it is an instance."""
    if instance(given):
        return given
    if not isinstance(given, str):
        raise TypeError(f"{kind} must be a name or an instance, got {given!r}.")
    if given not in known:
        raise ValueError(f"Unknown {kind} {given!r}. Known: {', '.join(known)}.")
    return known[given]


def whole_number(name: str, value: Any, least: int = 1) -> int:
    """Return ``value`` as an int, or raise unless it is a whole number of at least ``least``."""
    if isinstance(value, bool | np.bool_) or not isinstance(value, Integral):
        raise TypeError(f"{name} must be a whole number, got {value!r}.")
    if value < least:
        raise ValueError(f"{name} must be at least {least}, got {value}.")
    return int(value)


def number(name: str, value: Any) -> float:
    """Return ``value`` as a float, or raise unless it is a finite real number."""
    if isinstance(value, bool | np.bool_) or not isinstance(value, Real):
        raise TypeError(f"{name} must be a number, got {value!r}.")
    if not isfinite(value):
        raise ValueError(f"{name} must be finite, got {value}.")
    return float(value)


def positive_number(name: str, value: Any) -> float:
    """Return ``value`` as a float, or raise unless it is finite and greater than 0."""
    if number(name, value) <= 0:
        raise ValueError(f"{name} must be greater than 0, got {value}.")
    return float(value)


def number_from_zero(name: str, value: Any) -> float:
    """Return ``value`` as a float, or raise unless it is finite and at least 0."""
    if number(name, value) < 0:
        raise ValueError(f"{name} must be 0 or more, got {value}.")
    return float(value)


def fraction(name: str, value: Any) -> float:
    """Return ``value`` as a float, or raise unless 0 ≤ value < 1."""
    if not 0 <= number(name, value) < 1:
        raise ValueError(f"{name} must be at least 0 and less than 1, got {value}.")
    return float(value)


class Checked:
    """An attribute whose every assignment passes a check; a refused value changes nothing.

    ``learning_rate = Checked(positive_number)`` in a class makes ``x.learning_rate = -1`` an error
    at any time, not only when ``x`` is made.

    Without a ``__get__`` Python reads the value straight from the owner's ``__dict__``, which is
    quick; type checkers are told of one.
    """

    if TYPE_CHECKING:

        def __get__(self, owner: Any, kind: type | None = None) -> Any: ...

    def __init__(self, check: Callable[[str, Any], Any]) -> None:
        self.check = check

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __set__(self, owner: Any, value: Any) -> None:
        owner.__dict__[self.name] = self.check(self.name, value)


def numbers(name: str, values: Any, dtype: Any = np.float64) -> Array:
    """Return ``values`` as an array of ``dtype``; text, ragged lists, NaN, infinity are refused."""
    try:
        array = np.asarray(values)
        if array.dtype.kind == "c":
            raise ValueError("these are complex")
        with np.errstate(over="ignore"):  # what is too large for float32 is refused as infinite
            array = array.astype(dtype, copy=False)
    except (TypeError, ValueError) as problem:
        raise ValueError(
            f"{name} must be a rectangular table of real numbers ({problem}). "
            "Usual causes: text among the numbers, or rows of different lengths."
        ) from None
    if not np.isfinite(array).all():
        place = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0])
        raise ValueError(
            f"{name}{list(place)} is {array[place]}: all numbers must be finite in {array.dtype}. "
            "Usual causes: a missing value in the data, or a division by zero before."
        )
    return array


def rows(name: str, values: Any, columns: int, expects: str, dtype: Any = np.float64) -> Array:
    """Return ``values`` as an array (n_samples, ``columns``) of finite numbers, n_samples ≥ 1.

    ``expects`` names who expects it, such as ``"layer 1"``; the error says so.
    """
    array = numbers(name, values, dtype)
    check_rows(name, array, columns, expects)
    if len(array) == 0:
        raise ValueError(f"{name} is empty: at least one sample (one row) is needed.")
    return array


def check_rows(name: str, array: Array, columns: int, expects: str) -> None:
    """Raise ``ValueError`` unless ``array`` has the shape (n_samples, ``columns``)."""
    if array.ndim == 2 and array.shape[1] == columns:
        return
    raise ValueError(
        f"{expects} expects {name} of shape (n_samples, {columns}), got {array.shape}. "
        f"{_usual_cause(name, array, columns)}"
    )


def _usual_cause(name: str, array: Array, columns: int) -> str:
    if array.ndim == 1 and columns == 1:
        return f"Samples are rows: write {name}.reshape(-1, 1) for one column."
    if array.ndim < 2:
        return f"Samples are rows: write {name}.reshape(1, -1) for one sample."
    if array.shape[0] == columns:
        return f"Samples are rows: is {name} transposed? Try {name}.T."
    return "Usual cause: the network's sizes do not match the columns of the data."
