"""The learner's own table, as far as it can be drawn: x₁, x₂ and a class, or x and a number."""

from functools import lru_cache

import numpy as np

from nnlib._typing import Array
from nnlib.tables.decoding import decoded
from nnlib.tables.table import Table, read_table

MOST_ROWS = 2000  # of a table: each row is a mark in the picture
MOST_LINES = 2 * MOST_ROWS  # of its text: some may be blank
_CAN_BE_DRAWN = (
    f"from 2 to {MOST_ROWS:,} rows can be drawn. Take a part of it, or train on all of it in code "
    "(datasets.from_csv)."
)


@lru_cache(maxsize=8)
def table_of(csv: str) -> Table:
    """Return a learner's table: x₁, x₂ and the class, or x and any number.

    Raises
    ------
    ValueError
        If it is no such table, in words that name row and column.
    """
    _check_lines(csv)
    table = read_table(csv)
    n_rows, n_inputs = table.X.shape
    if n_inputs > 2:
        raise ValueError(
            f"The table has {n_inputs + 1} columns. Give three, x₁, x₂ and the class (0 or 1), "
            "or two, x and the number to answer."
        )
    if not 2 <= n_rows <= MOST_ROWS:
        raise ValueError(f"The table has {n_rows:,} row{'s' * (n_rows != 1)}; {_CAN_BE_DRAWN}")
    if n_inputs == 2:
        _check_classes(table.y.ravel())
    return table


def table_text(content: bytes) -> str:
    """Return the text of a file that may hold such a table.

    Raises
    ------
    ValueError
        If it holds no text, or so many lines that a page would stand still.
    """
    text = decoded(content)
    _check_lines(text)
    return text


def _check_lines(text: str) -> None:
    n_lines = text.count("\n")
    if n_lines > MOST_LINES:
        raise ValueError(f"The table has {n_lines:,} lines; {_CAN_BE_DRAWN}")


def _check_classes(y: Array) -> None:
    strangers = np.flatnonzero(~np.isin(y, (0, 1)))
    if strangers.size:
        k = int(strangers[0])
        raise ValueError(f"The class of sample {k + 1} is {y[k]:g}; it must be 0 or 1.")
    if (y == y[0]).all():
        raise ValueError(
            f"The class is {y[0]:g} in every row: there is nothing to tell apart. Both 0 and 1 are "
            "needed."
        )


def scaled_table(csv: str) -> tuple[Array, Array]:
    """Return a table in which each column has mean 0 and spread 1, but classes stay classes.

    Heights in centimetres beside weights in tonnes would be hard to learn from.
    """
    table = table_of(csv)
    is_curve = table.X.shape[1] == 1
    return _scaled(table.X), _scaled(table.y) if is_curve else table.y


def _scaled(columns: Array) -> Array:
    """Return columns of mean 0 and spread 1, whatever their size: squares of 1e300 are too large.

    A column that has the same number in every row becomes 0 exactly.
    """
    largest = np.abs(columns).max(axis=0)
    columns = columns / np.where(largest > 0, largest, 1)
    columns = columns - columns[0]
    columns = columns - columns.mean(axis=0)
    spread = columns.std(axis=0)
    return columns / np.where(spread > 0, spread, 1)
