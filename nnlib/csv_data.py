"""Reading a learner's own data: comma-separated numbers, the last column is y."""

import csv
from math import isfinite
from os import PathLike
from pathlib import Path

import numpy as np

from nnlib._typing import Array

MOST_BYTES = 10_000_000
MOST_COLUMNS = 1000


def from_csv(text_or_path: str | PathLike[str]) -> tuple[Array, Array]:
    r"""Return X (n_samples, n_columns − 1) and y (n_samples, 1) from comma-separated values.

    The last column is y. A first row without any number is taken as a header; blank lines are
    skipped. Cells are only ever read as numbers.

    Parameters
    ----------
    text_or_path : str or path
        The text itself, or a path. A string with a line break or a comma is text; to read a file
        whose name has a comma, give a ``Path``.

    Raises
    ------
    ValueError
        For a cell that is no finite number or a row of another length (row and column are named),
        no rows, a single column, more than 10 MB or more than 1,000 columns.
    OSError
        If the file cannot be read.

    Examples
    --------
    >>> X, y = from_csv("height,weight,class\n1.80,82,1\n1.62,50,0")
    >>> X.shape, y.ravel().tolist()
    ((2, 2), [1.0, 0.0])
    """
    reader = csv.reader(_text(text_or_path).splitlines(), skipinitialspace=True)
    try:
        table = [(reader.line_num, cells) for cells in reader if any(c.strip() for c in cells)]
    except csv.Error as problem:
        raise ValueError(f"Row {reader.line_num}: {problem}.") from None
    if table and not any(_is_number(cell) for cell in table[0][1]):
        del table[0]
    if not table:
        raise ValueError("There are no rows of numbers: at least one sample is needed.")
    data = np.array(_numbers(table))
    return data[:, :-1], data[:, -1:]


def _text(text_or_path: str | PathLike[str]) -> str:
    if isinstance(text_or_path, str) and (not text_or_path or set(text_or_path) & set(",\n\r")):
        _check_size(len(text_or_path))
        return text_or_path.removeprefix("\ufeff")
    if not isinstance(text_or_path, str | PathLike):
        raise TypeError(f"from_csv needs a text or a path, got {text_or_path!r}.")
    path = Path(text_or_path)
    _check_size(path.stat().st_size)
    return path.read_text(encoding="utf-8-sig", errors="replace")


def _check_size(size: int) -> None:
    if size > MOST_BYTES:
        raise ValueError(f"The data has {size:,} bytes; at most {MOST_BYTES:,} are read.")


def _numbers(table: list[tuple[int, list[str]]]) -> list[list[float]]:
    n_columns = len(table[0][1])
    if not 2 <= n_columns <= MOST_COLUMNS:
        raise ValueError(
            f"Row {table[0][0]} has {n_columns} columns; 2 to {MOST_COLUMNS} are needed, y last. "
            "Usual cause: columns separated by something else than commas."
        )
    for row, cells in table:
        if len(cells) != n_columns:
            raise ValueError(
                f"Row {row} has {len(cells)} columns, the first has {n_columns}. Usual cause: "
                "a comma missing or too many, or semicolons between the columns."
            )
    return [
        [_number(cell, row, column) for column, cell in enumerate(cells, start=1)]
        for row, cells in table
    ]


def _number(cell: str, row: int, column: int) -> float:
    if not _is_number(cell):
        shown = cell.strip()[:40]
        raise ValueError(f"Row {row}, column {column}: {shown!r} is not a finite number.")
    return float(cell)


def _is_number(cell: str) -> bool:
    try:
        return "_" not in cell and isfinite(float(cell))  # Python reads 1_000, tables do not
    except ValueError:
        return False
