"""What was read of a table, and what was left out, in words."""

from collections.abc import Sequence

from nnlib._typing import Array
from nnlib.tables.grid import Grid
from nnlib.tables.sheet import SEPARATORS, Sheet

MOST_SHOWN = 4  # numbers of the first row; words in the last column


def told(X: Array, y: Array, head: Sequence[str], classes: Sequence[str]) -> str:
    """Return which column is y, what its words mean, and the first row."""
    name = f", “{head[-1]}”" if head and head[-1] else ""
    meaning = f": 0 is “{classes[0]}”, 1 is “{classes[1]}”" if classes else ""
    inputs = ", ".join(map(_number, X[0, :MOST_SHOWN])) + ", …" * (X.shape[1] > MOST_SHOWN)
    first = f"First row: x = {inputs}; y = {_number(y[0, 0])}."
    return f"y is the last column{name}{meaning}. {first}"


def left_out(sheet: Sheet, grid: Grid) -> list[str]:
    """Return what nobody will miss."""
    parts = []
    if grid.n_empty:
        parts.append(count(grid.n_empty, "empty column"))
    if sheet.n_comments:
        parts.append(count(sheet.n_comments, "line") + " with # in front")
    return [f"Left out: {' and '.join(parts)}."] if parts else []


def too_little(y: Array) -> tuple[str, ...]:
    """Return a remark where there is hardly anything to learn."""
    if len(y) == 1:
        return ("There is a single row.",)
    return (f"y is {_number(y[0, 0])} in every row.",) if (y == y[0]).all() else ()


def signs_between(separator: str, decimal: str) -> str:
    """Return what stands between columns and before decimals, unless it is the usual."""
    if separator == "," and decimal == ".":
        return ""
    between = SEPARATORS[separator]
    return f", {between} between them" + ", commas before decimals" * (decimal == ",")


def _number(value: float) -> str:
    return f"{value:.6g}".replace("-", "−")


def count(n: int, what: str) -> str:
    """Return a number of things: "1 row", "2,000 rows"."""
    return f"{n:,} {what}{'s' * (n != 1)}"
