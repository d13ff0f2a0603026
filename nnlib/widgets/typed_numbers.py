"""Numbers as a learner types them."""

from math import nan


def number_in(text: str) -> float:
    """Return the number in a text, NaN if there is none; −1,5 is understood as well as -1.5."""
    try:
        return float(text.replace("−", "-").replace(",", "."))
    except ValueError:
        return nan
