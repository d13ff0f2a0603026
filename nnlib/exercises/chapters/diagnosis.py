"""The check of the bug lab: which mistake stands behind each letter, read from its symptoms."""

from typing import Any

from nnlib.exercises.checks.checking import Mistake, NotAttempted, RightSoFar, exercise, require
from nnlib.mistakes import MISTAKES, UNNAMED

# What each mistake would show; said when it is named for a bug that it is not.
SYMPTOMS = {
    "none": "all factors would be 1.00 and the two curves one",
    "slope": "the gradient would be wrong from epoch 1 on, by no common factor",
    "bias": "the gradient would be right, and the step of each b exactly 0",
    "clear": "the gradient would be right in epoch 1, and with a small η about twice the slope in "
    "epoch 2 and three times in epoch 3",
    "sign": "every factor would be −1.00 and the loss would rise from the start",
    "sum": "every factor would be one and the same large number, the number of rows",
    "steps": "the gradient would be right, and the step of each b a little too short",
}
REASONS = {
    "slope": "σ′ of a for z: wrong from the first epoch, and each number by a factor of its own",
    "bias": "the biases never move, though their gradient is right; no gradient check sees it",
    "clear": "the gradients are never cleared: right in epoch 1, then each adds to those before",
    "sign": "the sign is flipped: every step goes up the slope",
    "sum": "a sum for a mean: forty rows, forty times the gradient",
    "steps": "the biases take 0.8 of the weights' step; no gradient check sees it",
}


@exercise
def check_diagnosis(diagnosis: Any) -> str:
    """Check which mistake stands behind each unnamed bug, as in ``{"A": "sign", "B": ...}``."""
    given_one = isinstance(diagnosis, dict) and len(diagnosis) > 0
    require(given_one, "Give a dictionary with a letter and a name, such as {'A': 'sign'}.")
    known = {
        letter: _name(letter, given) for letter, given in diagnosis.items() if given is not ...
    }
    if not known:
        raise NotAttempted
    right = [letter for letter, name in known.items() if UNNAMED[letter] == name]
    for letter, name in known.items():
        if letter not in right:
            raise Mistake(
                f"{_found(right)}{letter} is not {name!r}: if it were, {SYMPTOMS[name]}. "
                f"Look at {letter} again."
            )
    found = " ".join(f"{letter}: {REASONS[UNNAMED[letter]]}." for letter in right)
    missing = [letter for letter in UNNAMED if letter not in known]
    if missing:
        return RightSoFar(f"{found} Still to be found: {', '.join(missing)}.")
    return found


def _name(letter: str, given: Any) -> str:
    """Return the short name of a mistake that the learner has given for a letter."""
    require(letter in UNNAMED, f"There is no bug {letter}; there are {', '.join(UNNAMED)}.")
    name = str(given).strip().lower()
    require(
        name in MISTAKES,
        f"For {letter} choose one of the short names: "
        + ", ".join(repr(known) for known in MISTAKES if known != "none")
        + ".",
    )
    return name


def _found(right: list[str]) -> str:
    return f"Right so far: {', '.join(right)}. " if right else ""
