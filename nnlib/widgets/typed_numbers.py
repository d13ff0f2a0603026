"""Numbers as a learner types them."""

from math import inf, nan


def number_in(text: str) -> float:
    """Return the number in a text; NaN if there is none, or none that is finite.

    The true minus sign and a decimal comma are understood.

    Examples
    --------
    >>> number_in("−1,5"), number_in(" 2e-3 "), number_in("two"), number_in("inf")
    (-1.5, 0.002, nan, nan)
    """
    try:
        number = float(text.replace("−", "-").replace(",", "."))
    except ValueError:
        return nan
    return number if -inf < number < inf else nan
