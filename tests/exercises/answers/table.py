"""Right and wrong answers to an exercise, and what can be made of every right function."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from inspect import signature
from typing import Any

import numpy as np

UNNAMED = ""  # for a wrong answer behind which no usual mistake stands


@dataclass(frozen=True)
class Answers:
    """Answers to the exercise of one check, each under a few words that tell it from the others.

    Parameters
    ----------
    check : Callable
        The check of the course.
    right : dict
        Answers that are right, however they are written; the first is the usual one.
    wrong : dict
        Answers that are wrong, each with some words that the learner has to be told.
    harmless : tuple of str
        Which of the general changes below do no harm here, or ask too much.
    """

    check: Callable[..., Any]
    right: dict[str, Any]
    wrong: dict[str, tuple[Any, str]]
    harmless: tuple[str, ...] = field(default=())

    @property
    def all_right(self) -> dict[str, Any]:
        return self.right | self._made(disguised)

    @property
    def all_wrong(self) -> dict[str, tuple[Any, str]]:
        return self._made(spoiled) | self.wrong

    def result(self, answer: Any) -> Any:
        """What the check finds; several numbers stand in a tuple."""
        return self.check(*answer) if isinstance(answer, tuple) else self.check(answer)

    def _made(self, change: Callable[..., dict[str, Any]]) -> dict[str, Any]:
        usual = next(iter(self.right.values()))
        made = change(usual) if callable(usual) else {}
        return {name: answer for name, answer in made.items() if name not in self.harmless}


def each(change, value):
    """Change each array or number of an answer that may have several parts."""
    if isinstance(value, tuple | list):
        return type(value)(each(change, part) for part in value)
    return change(value)


def disguised(function):
    """The same function, written unusually."""

    class Callable:
        def __call__(self, *given):
            return function(*given)

    def single(value):
        return value.astype(np.float32) if isinstance(value, np.ndarray) else value

    return {
        "answers in lists": lambda *given: each(lambda v: np.asarray(v).tolist(), function(*given)),
        "answers in float32": lambda *given: each(np.float32, function(*given)),
        "computes in float32": lambda *given: function(*each(single, given)),
        "an object with __call__": Callable(),
    }


def spoiled(function):
    """Functions that a clever or a lazy learner would hand in, with what has to be said of them."""
    n_arguments = len(signature(function).parameters)

    def always_the_first():
        answers = []

        def spoiled(*given):
            answers.append(function(*given))
            return answers[0]

        return spoiled

    def ignores(k):
        firsts = []

        def spoiled(*given):
            firsts.append(deepcopy(given[k]))
            return function(*given[:k], firsts[0], *given[k + 1 :])

        return spoiled

    def changes_what_it_is_given(*given):
        answer = deepcopy(function(*given))
        for value in given:
            if isinstance(value, np.ndarray):
                value += 1
            elif isinstance(value, list):
                value.pop()
        return answer

    names = list(signature(function).parameters)
    found = {f"ignores {names[k]}": (ignores(k), UNNAMED) for k in range(n_arguments)}
    return {
        **found,
        "always the first answer": (always_the_first(), UNNAMED),
        "changes what it is given": (changes_what_it_is_given, "lost the old values"),
        "no number": (lambda *given: each(lambda v: v * np.nan, function(*given)), "not finite"),
        "a thousandth too large": (
            lambda *given: each(lambda v: 1.001 * np.asarray(v), function(*given)),
            UNNAMED,
        ),
        "shown, not returned": (lambda *given: None, "returns nothing"),
        "as text": (lambda *given: each(str, function(*given)), UNNAMED),
    }
