"""Rows of cells of one length, each cell knowing where it stood in the file."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from nnlib.tables.cells import Cell
from nnlib.tables.sheet import Row

MOST_COLUMNS = 1000


@dataclass(frozen=True)
class Grid:
    """A rectangle of cells.

    Parameters
    ----------
    rows : list of lists of str
        All of one length.
    lines, columns : sequence of int
        Where the rows and the columns stood in the file, from 1.
    n_empty : int
        How many columns were left out because nothing is in them.
    """

    rows: list[list[str]]
    lines: Sequence[int]
    columns: Sequence[int]
    n_empty: int = 0

    @classmethod
    def of(cls, rows: Sequence[Row]) -> Self:
        """Return the grid of some rows, without the columns that are empty in all of them.

        Raises
        ------
        ValueError
            If there is no row, too few or too many columns, or a row of another length.
        """
        if not rows:
            raise ValueError("There are no rows of numbers: at least one sample is needed.")
        width = max(_used_width(cells) for _, cells in rows)
        longest = max(len(cells) for _, cells in rows)
        lines = [line for line, _ in rows]
        table = [cells if len(cells) <= width else cells[:width] for _, cells in rows]
        _check_lengths(table, lines)
        used = [k for k in range(width) if any(row[k] for row in table)]
        if len(used) < width:
            table = [[row[k] for k in used] for row in table]
        if len(used) < 2:
            raise ValueError(
                f"Row {lines[0]} has 1 column; 2 to {MOST_COLUMNS} are needed, y last. Usual "
                "cause: columns separated by something else than commas, semicolons, tabs, bars "
                "or blanks."
            )
        return cls(table, lines, [k + 1 for k in used], longest - len(used))

    @property
    def n_columns(self) -> int:
        """How many columns there are."""
        return len(self.columns)

    def column(self, k: int) -> list[str]:
        """Return the cells of a column."""
        return [row[k] for row in self.rows]

    def cell(self, i: int, k: int) -> Cell:
        """Return a cell and its place."""
        return Cell(self.lines[i], self.columns[k], self.rows[i][k])

    def without_first_row(self) -> Self:
        """Return the rows below the first."""
        return replace(self, rows=self.rows[1:], lines=self.lines[1:])

    def without_first_column(self) -> Self:
        """Return the columns beside the first."""
        return replace(self, rows=[row[1:] for row in self.rows], columns=self.columns[1:])


def _used_width(cells: Sequence[str]) -> int:
    """Return how many cells there are up to the last one that is not empty."""
    width = len(cells)
    while width and not cells[width - 1]:
        width -= 1
    return width


def _check_lengths(rows: list[list[str]], lines: list[int]) -> None:
    n_columns = len(rows[0])
    if n_columns > MOST_COLUMNS:
        raise ValueError(
            f"Row {lines[0]} has {n_columns} columns; 2 to {MOST_COLUMNS} are needed, y last."
        )
    for line, cells in zip(lines, rows, strict=True):
        if len(cells) != n_columns:
            raise ValueError(
                f"Row {line} has {len(cells)} column{'s' * (len(cells) != 1)}, the first has "
                f"{n_columns}. Usual cause: a separator missing or too many, or a decimal comma "
                "in a table whose columns are separated by commas."
            )
