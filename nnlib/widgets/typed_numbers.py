"""Numbers as a learner types them."""

import re
from math import inf, nan

_RAISED = "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"
_LOWERED = str.maketrans(_RAISED, "-0123456789")


def number_in(text: str) -> float:
    """Return the number in a text; NaN if there is none, or none that is finite.

    The true minus sign, a decimal comma and powers of ten are understood.

    Examples
    --------
    >>> number_in("−1,5"), number_in("2·10⁻⁸"), number_in("two"), number_in("inf")
    (-1.5, 2e-08, nan, nan)
    """
    try:
        number = float(as_python_reads(text))
    except ValueError:
        return nan
    return number if -inf < number < inf else nan


def as_python_reads(text: str) -> str:
    """Return a number as `float` takes it: the other way round than `nnlib.plots` writes it.

    Examples
    --------
    >>> as_python_reads("−0,5"), as_python_reads("2·10⁻⁸"), as_python_reads("−10⁴")
    ('-0.5', '2e-8', '-1e4')
    """
    text = re.sub(f"[{_RAISED}]+", lambda raised: "^" + raised[0].translate(_LOWERED), text)
    text = re.sub(r"(?<=\d)\s*[·*×]\s*10\^", "e", text)
    text = re.sub(r"(?<![\d.])10\^", "1e", text)
    return text.replace("−", "-").replace(",", ".")
