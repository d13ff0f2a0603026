"""What can be read in the code of a learner's function, where its result alone tells nothing."""

import dis
from itertools import pairwise
from typing import Any

from nnlib.exercises.checks.python_errors import POWER


def holds_ellipsis(function: Any) -> bool:
    """Say whether the ``...`` of the exercise still stands in a function."""
    code = getattr(function, "__code__", None)
    return code is not None and ... in code.co_consts


def prints(function: Any) -> bool:
    """Say whether a function prints something."""
    return "print" in getattr(getattr(function, "__code__", None), "co_names", ())


def slip_in(function: Any) -> str:
    """Return what looks like a slip of the pen in a function, or nothing.

    Examples
    --------
    >>> slip_in(lambda x: x ^ 2)
    'In Python a power is written **, as in x**2; ^ is something else.'
    """
    code = getattr(function, "__code__", None)
    steps = [] if code is None else list(dis.get_instructions(code))
    if any(step.argrepr in ("^", "^=") for step in steps if step.opname == "BINARY_OP"):
        return f"{POWER}."
    pairs = pairwise(steps)
    if any((a.opname, a.argrepr, b.opname) == ("COMPARE_OP", "==", "POP_TOP") for a, b in pairs):
        return (
            "A line compares two values with == and drops the result. A value is given with one =."
        )
    return ""
