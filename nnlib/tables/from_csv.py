"""`from_csv`: X and y of a learner's own table, and what was read in words."""

import warnings
from os import PathLike
from pathlib import Path
from textwrap import fill

from nnlib._typing import Array
from nnlib.tables.decoding import check_size, decoded
from nnlib.tables.table import read_table

LINE = 92  # letters of what is shown
_ONLY_IN_A_TEXT = frozenset(",;\t\n\r")


class Samples(tuple[Array, Array]):
    """The pair (X, y) that a table was read into; shown, it says what was read.

    Attributes
    ----------
    words : str
        Rows, columns, what stands between them, y, the first row, what was left out.
    """

    words: str

    def __repr__(self) -> str:
        return fill(self.words, LINE)


def from_csv(text_or_path: str | PathLike[str]) -> Samples:
    r"""Return X (n_samples, n_columns − 1) and y (n_samples, 1) from a table of numbers.

    The last column is y. Columns may be separated by commas, semicolons, tabs, bars or blanks, and
    decimals may follow a comma: which it is, is found out. A first row of names is taken as the
    head; blank lines, lines that begin with ``#``, empty columns and an index without a name are
    left out. Two words in the last column become 0 and 1, in alphabetical order. Files are UTF-8,
    or UTF-16 or UTF-32 with its mark, or else taken as Windows-1252. Cells are only ever read as
    numbers.

    The pair, shown in a notebook, says what was read. What may not be expected is also a
    ``UserWarning``: an index left out, a single row, the same y in every row.

    Parameters
    ----------
    text_or_path : str or path
        The text itself, or a path. A string with a line break, a tab, a comma or a semicolon is
        text; to read a file whose name has one, give a ``Path``.

    Raises
    ------
    ValueError
        For a cell that is no finite number or a row of another length (row and column are named),
        a quotation mark that is not closed, no rows, a single column, more than 10 MB or more than
        1,000 columns, more than two words in the last column, a spreadsheet's own file, and where
        thousands and decimals cannot be told apart.
    TypeError
        If it is neither a text nor a path.
    OSError
        If the file cannot be read.

    Examples
    --------
    >>> from_csv("1,5;no\n2,5;yes")
    2 rows of 2 columns, semicolons between them, commas before decimals. y is the last column:
    0 is “no”, 1 is “yes”. First row: x = 1.5; y = 0.
    >>> X, y = from_csv("1.80,82,1\n1.62,50,0")
    >>> X.shape, y.ravel().tolist()
    ((2, 2), [1.0, 0.0])
    """
    table = read_table(_text(text_or_path))
    for remark in table.remarks:
        warnings.warn(remark, UserWarning, stacklevel=2)
    samples = Samples((table.X, table.y))
    samples.words = " ".join((table.words, *table.remarks))
    return samples


def _text(text_or_path: str | PathLike[str]) -> str:
    if isinstance(text_or_path, str) and not (
        text_or_path and _ONLY_IN_A_TEXT.isdisjoint(text_or_path)
    ):
        check_size(len(text_or_path.encode(errors="replace")))
        return text_or_path.removeprefix("\ufeff")
    if not isinstance(text_or_path, str | PathLike):
        raise TypeError(f"from_csv needs a text or a path, got {text_or_path!r}.")
    path = Path(text_or_path)
    check_size(path.stat().st_size)
    return decoded(path.read_bytes())
