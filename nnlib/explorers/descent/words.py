"""How a walk's numbers are written: its places, slopes, losses and rates."""

from nnlib._typing import Array
from nnlib.plots.words.numbers import MINUS, number, scientific, significant

LARGE = 9999.5  # from here on a number is written with a power of ten


def decimals(value: float, digits: int = 2) -> str:
    """Return a number with decimals; what has run away so far that they say nothing, with a power.

    Loss, slope and place of one step are written in one way.
    """
    return number(value, digits) if abs(value) < LARGE else scientific(value, 3)


def factor(slope: float) -> str:
    """Return a slope as it stands behind a multiplication sign."""
    text = decimals(slope, 3)
    return f"({text})" if text.startswith(MINUS) else text


def rate_in_words(value: float) -> str:
    """Return a learning rate in three digits."""
    return significant(value) if value < 1000 else number(value, 0)


def place_in_words(place: Array | tuple[float, float]) -> str:
    """Return a place as a pair of numbers."""
    return f"({decimals(place[0])}, {decimals(place[1])})"
