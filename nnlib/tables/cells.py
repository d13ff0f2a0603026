"""The numbers in a table's cells, and the sign that stands before their decimals."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

MISSING = frozenset(("", "?", "-", "na", "n/a", "#n/a", "nan", "null", "inf", "infinity"))
"""What stands where there is no number, in lower case and without a sign."""

_MINUS = str.maketrans({"−": "-", "–": "-"})
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_WITH_SIGN = re.compile(r"[+-]?\d*[.,]\d+([eE][+-]?\d+)?")
_GROUPS = re.compile(r"[+-]?[1-9]\d{0,2}([.,'’ \u00a0\u202f]\d{3})+([.,]\d+)?")


@dataclass(frozen=True)
class Cell:
    """A cell, and where it stands; rows and columns count from 1."""

    row: int
    column: int
    text: str

    @property
    def place(self) -> str:
        """Where it stands and what is in it, for the beginning of an error."""
        return f"Row {self.row}, column {self.column}: {shown(self.text)}"


def shown(text: str) -> str:
    """Return a cell's text in quotation marks, the beginning of a long one."""
    return repr(text if len(text) <= 40 else text[:40] + "…")


def number_in(text: str, decimal: str) -> float | None:
    """Return the number in a cell; None if there is none. It may be too large to be finite.

    Examples
    --------
    >>> number_in("−1,5", decimal=","), number_in("1e3", "."), number_in("1_000", ".")
    (-1.5, 1000.0, None)
    """
    if decimal == ",":
        if "." in text or text.endswith(","):
            return None
        text = text.replace(",", ".", 1)
    try:
        number = float(text)
    except ValueError:
        text = text.translate(_MINUS)
        return float(text) if _NUMBER.fullmatch(text) else None
    return number if text.isdecimal() or _NUMBER.fullmatch(text) else None  # no nan, no 1_000


def is_number(text: str) -> bool:
    """Return whether a cell holds a number, with either sign before its decimals."""
    return number_in(text, ".") is not None or number_in(text, ",") is not None


def is_missing(text: str) -> bool:
    """Return whether a cell says that there is no number: empty, ``NA``, ``nan``, ``-inf``."""
    text = text.translate(_MINUS).lower()
    return text in MISSING or (text[:1] in ("+", "-") and text[1:] in MISSING)


def decimal_sign(cells: Iterable[Cell], separator: str) -> str:
    """Return the sign before the decimals, ``"."`` or ``","``.

    Parameters
    ----------
    cells : iterable of Cell
        Those that have one of the two signs.
    separator : str
        What stands between the columns.

    Raises
    ------
    ValueError
        If it cannot be told from a sign between thousands, or both are there.
    """
    found: dict[str, list[Cell]] = {".": [], ",": []}
    for cell in cells:
        if _WITH_SIGN.fullmatch(cell.text.translate(_MINUS)):
            found["," if "," in cell.text else "."].append(cell)
    points, commas = found["."], found[","]
    if points and commas:
        raise ValueError(
            f"{commas[0].place} has a comma, and in row {points[0].row}, column "
            f"{points[0].column}, {shown(points[0].text)} has a point. One of them must be the "
            "sign before the decimals. Usual cause: the other one stands between thousands; "
            "write the numbers without it."
        )
    sign = "," if commas else "."
    usual = {",": ".", ";": ","}.get(separator)
    if found[sign] and sign != usual and all(_is_group(cell.text) for cell in found[sign]):
        first = found[sign][0]
        raise ValueError(
            f"{first.place} may be {re.sub('[.,]', '', first.text)} or "
            f"{first.text.replace(',', '.')}: the sign may stand between thousands or before "
            f"decimals, and no other number tells which. Write {first.text}0 for the decimals, "
            "or leave the sign out."
        )
    return sign


def what_is_wrong(cell: Cell, decimal: str) -> str:
    """Return in words why there is no finite number in a cell."""
    wrong = f"{cell.place} is not a finite number."
    text = cell.text.translate(_MINUS)
    if number_in(text, decimal) is not None:
        return f"{wrong} It is larger than a computer's numbers, which end at about 10^308."
    if is_missing(text):
        return f"{wrong} A value is missing: fill it in, or take the row out."
    if _GROUPS.fullmatch(text):
        return f"{wrong} Usual cause: a sign between thousands; write the number without it."
    if "\n" in text or "\r" in text:
        return f"{wrong} Usual cause: a line break inside quotation marks, or a mark not closed."
    if '"' in text:
        return f"{wrong} Usual cause: a quotation mark too many."
    return wrong


def _is_group(text: str) -> bool:
    return _GROUPS.fullmatch(text.translate(_MINUS)) is not None
