"""What is handed to a learner's function: copies, and whether they come back as they were."""

import inspect
from copy import deepcopy
from typing import Any

import numpy as np


def copied(arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the arguments with every array and list in them copied."""
    return tuple(deepcopy(a) if isinstance(a, np.ndarray | list) else a for a in arguments)


def changed(function: Any, before: tuple[Any, ...], after: tuple[Any, ...]) -> str:
    """Return the name of an argument that is not as it was, or nothing.

    Examples
    --------
    >>> before, after = ([1, 2],), ([1],)
    >>> changed(lambda sizes: sizes.pop(), before, after)
    'sizes'
    """
    for position, (old, new) in enumerate(zip(before, after, strict=True)):
        if not _alike(old, new):
            return _name(function, position)
    return ""


def unfit(function: Any, arguments: tuple[Any, ...]) -> str:
    """Return why a function cannot take so many values, or nothing."""
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):  # some of Python's own functions have none
        return ""
    try:
        signature.bind(*arguments)
    except TypeError:
        given, taken = len(arguments), len(signature.parameters)
        return (
            f"Your function is given {given} value{'s' * (given != 1)}, but takes {taken}. Look at "
            "the names in the brackets after its own name, in the line with `def`."
        )
    return ""


def _alike(old: Any, new: Any) -> bool:
    if isinstance(old, np.ndarray):
        return np.array_equal(old, new)
    if isinstance(old, list | tuple):
        return len(old) == len(new) and all(map(_alike, old, new))
    return True  # numbers and functions cannot change


def _name(function: Any, position: int) -> str:
    """Return the learner's own name of an argument."""
    try:
        parameters = list(inspect.signature(function).parameters.values())
        if parameters[position].kind is not inspect.Parameter.VAR_POSITIONAL:
            return parameters[position].name
    except (TypeError, ValueError, IndexError):
        pass
    return "what it is given"
