"""A value that an explorer does not take, in words for code and in words for the page."""

from contextlib import suppress

import traitlets

from nnlib.explorers.controls.number_box import written

LONGEST = 40  # characters of what was typed that are repeated


class Refused(traitlets.TraitError):
    """A value that was refused; as text it says what an assignment in a cell should be told.

    Parameters
    ----------
    for_code : str
        The parameter's name in code, the value as Python writes it, and what it must be.
    for_page : str
        The same for whoever typed, clicked or pasted: the control's label, and no names of code.
    """

    def __init__(self, for_code: str, for_page: str) -> None:
        super().__init__(for_code)
        self.for_page = for_page


def as_typed(value: object) -> str:
    """Return a value as the page writes it: a number with the true minus, a text in quotes.

    Examples
    --------
    >>> as_typed(-2.5), as_typed("two")
    ('−2.5', '“two”')
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        with suppress(OverflowError):  # a whole number of more than 300 digits
            return written(value)
    text = str(value)
    return f"“{text if len(text) <= LONGEST else text[:LONGEST] + '…'}”"
