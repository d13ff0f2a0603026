"""From a text to rows of cells: what stands between the columns is found out."""

import csv
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import StringIO
from itertools import islice

from nnlib.tables.cells import is_number

SEPARATORS = {"\t": "tabs", ";": "semicolons", ",": "commas", "|": "bars", " ": "blanks"}
"""What may stand between columns, and its name; of two that do equally well the first is taken."""

_SAMPLE = 50  # lines that are looked at to find it out
# Excel's own first line.
_EXCEL = re.compile(r'"?sep=([,;\t| ])"?[ \t]*(?:\r\n?|\n)', re.IGNORECASE)
_END = "the end"
_COMMENT = re.compile(r"#[^,;|\t\"]")

Row = tuple[int, list[str]]
"""The line on which a row begins, from 1, and its cells."""


@dataclass(frozen=True)
class Sheet:
    """Rows of cells without blanks around them; blank rows are left out.

    Parameters
    ----------
    rows : list of (line, cells)
        They may be of different lengths.
    separator : str
        What stands between the columns.
    n_comments : int
        How many lines that begin with ``#`` were left out.
    """

    rows: list[Row]
    separator: str
    n_comments: int


def sheet_of(text: str) -> Sheet:
    """Return the rows of a text.

    Raises
    ------
    ValueError
        If a quotation mark is not closed, or a cell is endless.
    """
    told = _EXCEL.match(text)
    if told:
        text = "\n" + text[told.end() :]  # so that lines keep their numbers
    lines = list(StringIO(text, newline=""))
    comments = [bool(_COMMENT.match(line)) for line in lines]
    for k, is_comment in enumerate(comments):
        if is_comment:
            lines[k] = "\n"
    separator = told[1] if told else _separator(lines)
    return Sheet(list(_rows(lines, separator)), separator, sum(comments))


def _rows(lines: list[str], separator: str) -> Iterator[Row]:
    if separator == " ":
        cut: Iterator[Row] = ((k, line.split()) for k, line in enumerate(lines, start=1))
    else:
        cut = _quoted(lines, separator)
    for line, cells in cut:
        cells = list(map(str.strip, cells))
        if any(cells):
            yield line, cells


def _quoted(lines: list[str], separator: str) -> Iterator[Row]:
    """Yield rows whose cells may stand within quotation marks, with line breaks in them."""
    # A last line of our own is a row by itself, unless a cell that was opened takes it in.
    reader = csv.reader([*lines, _END], delimiter=separator, skipinitialspace=True)
    line, place = 1, ""
    with suppress(csv.Error):  # a cell is too long
        for cells in reader:
            if reader.line_num <= len(lines):
                yield line, cells
                line = reader.line_num + 1
            elif cells == [_END]:
                return
            else:
                place = f", column {len(cells)}"
    if '"' not in lines[line - 1]:
        raise ValueError(f"Row {line}: a cell has more than {csv.field_size_limit():,} letters.")
    raise ValueError(
        f"Row {line}{place}: a quotation mark is not closed, and all that follows it is one cell. "
        "Close it, or take it out."
    )


def _separator(lines: list[str]) -> str:
    """Return the separator by which most cells become numbers, the names in the head left aside."""
    sample = list(islice((line for line in lines if line.strip()), _SAMPLE))
    there = [
        separator for separator in SEPARATORS if any(separator in line.strip() for line in sample)
    ]
    return max(there, key=lambda separator: _readable(sample, separator), default=",")


def _readable(sample: list[str], separator: str) -> float:
    """Return the share of cells that are numbers or empty, from 0 to 1."""
    rows = []
    with suppress(ValueError):  # the sample may end within quotation marks
        for _, cells in _rows(sample, separator):
            rows.append(cells)
    read = n_cells = 0
    for cells in rows[1:] or rows:
        n_cells += len(cells)
        if len(cells) > 1:
            read += sum(not cell or is_number(cell) for cell in cells)
    return read / n_cells if n_cells else 0.0
