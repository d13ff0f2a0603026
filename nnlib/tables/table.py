"""From rows of cells to X and y, and in words what was read and what was left out."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain

import numpy as np

from nnlib._typing import Array
from nnlib.tables.cells import decimal_sign, is_missing, is_number, number_in, shown, what_is_wrong
from nnlib.tables.grid import Grid
from nnlib.tables.sheet import sheet_of
from nnlib.tables.words import MOST_SHOWN, count, left_out, signs_between, told, too_little

_INDEX_NAMES = ("", "#", "index", "unnamed: 0")  # what stands over an index that was saved along


@dataclass(frozen=True, eq=False)
class Table:
    """A learner's table.

    Parameters
    ----------
    X, y : array (n_samples, n_columns − 1), array (n_samples, 1)
        The numbers; y was the last column.
    words : str
        What was read: rows, columns, signs, y, the first row.
    remarks : tuple of str
        What the learner may not expect: what was left out, a single row, a single class.
    """

    X: Array
    y: Array
    words: str
    remarks: tuple[str, ...] = ()


def read_table(text: str) -> Table:
    """Return the table in a text.

    What stands between the columns and before the decimals is found out. A first row of names is
    the head. y is the last column: numbers, or two words that become 0 and 1 in alphabetical
    order. An index without a name, empty columns and comments (``#``) are left out.

    Raises
    ------
    ValueError
        In words that name row and column.
    """
    sheet = sheet_of(text)
    grid = Grid.of(sheet.rows)
    decimal = _decimal_sign(grid, sheet.separator)
    head, grid, counted = _without_head(grid)
    head, grid, index = _without_index(head, grid)
    classes = _classes(grid)
    numbers = _numbers(grid, decimal, classes)
    X, y = numbers[:, :-1], numbers[:, -1:]
    words = " ".join(
        [
            f"{count(len(X), 'row')} of {grid.n_columns} columns"
            f"{signs_between(sheet.separator, decimal)}.",
            told(X, y, head, classes),
            *left_out(sheet, grid),
        ]
    )
    return Table(X, y, words, (*counted, *index, *too_little(y)))


def _decimal_sign(grid: Grid, separator: str) -> str:
    usual = separator == "," and not any("," in cell for cell in chain.from_iterable(grid.rows))
    places = () if usual else ((i, k) for i in range(len(grid.rows)) for k in range(grid.n_columns))
    cells = (grid.cell(i, k) for i, k in places if not {",", "."}.isdisjoint(grid.rows[i][k]))
    return decimal_sign(cells, separator)


# What is no sample -----------------------------------------------------------------------------


def _without_head(grid: Grid) -> tuple[list[str], Grid, tuple[str, ...]]:
    """Return the names in the head, the rows below, and a remark where the names are numbers."""
    first, below = grid.rows[0], grid.without_first_row()
    is_named = not any(map(is_number, first)) and not all(map(is_missing, first))
    is_counted = _counts(first, grid)
    if not (is_named or is_counted):
        return [], grid, ()
    if not below.rows:
        raise ValueError(
            "There are no rows of numbers below the head: at least one sample is needed."
        )
    if is_named:
        return first, below, ()
    names = ", ".join(name for name in first if name)
    return first, below, (f"Left out: row {grid.lines[0]}, {names}, which counts the columns.",)


def _counts(first: list[str], grid: Grid) -> bool:
    """Return whether the first row is 0, 1, 2, …: the names that pandas gives to columns.

    Beside an index, whose name is empty, it is for sure. Alone it might be a sample, unless it
    would be the only one whose y is no class, or the only one whose y is a number.
    """
    counted = [str(k) for k in range(len(first))]
    if first == ["", *counted[:-1]]:
        return True
    if len(first) < 3 or first != counted:
        return False
    others = {number_in(cell, ".") for cell in grid.column(-1)[1:]}
    return bool(others) and (others <= {0, 1} or others == {None})


def _without_index(head: list[str], grid: Grid) -> tuple[list[str], Grid, tuple[str, ...]]:
    """Return head and grid without an index that was saved along, and a remark about it."""
    if not head or head[0].lower() not in _INDEX_NAMES:
        return head, grid, ()
    column, name = grid.column(0), head[0]
    is_index = all(map(str.isdecimal, column)) and len(set(column)) == len(column)
    if is_index and grid.n_columns > 2:
        called = f"which is called {shown(name)}" if name else "which has no name"
        remark = f"Left out: the first column, {called} and counts the rows."
        return head[1:], grid.without_first_column(), (remark,)
    if name:
        return head, grid, ()
    raise ValueError(
        "The first column has no name. Usual cause: the rows' numbers or names were saved along "
        "(pandas does so unless to_csv has index=False). If it is an input, give it a name; if "
        "not, take the column out."
    )


# Numbers ---------------------------------------------------------------------------------------


def _classes(grid: Grid) -> list[str]:
    """Return the two words in the last column, in alphabetical order; none if it has numbers."""
    column = grid.column(-1)
    present = [cell for cell in column if not is_missing(cell)]
    if not present or any(is_number(cell) or "\n" in cell for cell in present):
        return []
    classes = sorted(set(present))
    if len(classes) != 2 and len(present) == len(column):
        found = ", ".join(map(shown, classes[:MOST_SHOWN])) + ", …" * (len(classes) > MOST_SHOWN)
        raise ValueError(
            f"The last column, y, has {count(len(classes), 'different word')}: {found}. Two can "
            "be taken as the classes 0 and 1; otherwise write numbers. Usual causes: two ways "
            "to write one word, or y is not the last column."
        )
    return classes


def _numbers(grid: Grid, decimal: str, classes: Sequence[str]) -> Array:
    """Return all numbers (n_samples, n_columns); a class is its place among ``classes``."""
    rows = grid.rows
    if classes:
        value = {word: str(k) for k, word in enumerate(classes)}
        rows = [[*row[:-1], value.get(row[-1], row[-1])] for row in rows]
    found = map(partial(number_in, decimal=decimal), chain.from_iterable(rows))
    table = np.fromiter((np.nan if value is None else value for value in found), np.float64)
    table = table.reshape(len(rows), grid.n_columns)
    if not np.isfinite(table).all():
        i, k = np.argwhere(~np.isfinite(table))[0].tolist()
        raise ValueError(what_is_wrong(grid.cell(i, k), decimal) + _moved(grid, k))
    return table


def _moved(grid: Grid, k: int) -> str:
    """Return a hint where a whole input column has words: it may be y, in the wrong place."""
    column = grid.column(k)
    if k == grid.n_columns - 1 or any(map(is_number, column)) or any(map(is_missing, column)):
        return ""
    return " Inputs must be numbers. Only y may be words, and it must be the last column."
