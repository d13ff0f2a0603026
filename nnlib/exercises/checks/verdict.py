"""What a check can find: a mistake, nothing to check, something right; and how it is shown."""

import re
from dataclasses import dataclass

from nnlib.exercises.markdown import as_markdown
from nnlib.widgets.status_region import read_out


class Mistake(Exception):
    """A wrong answer; the message tells the learner what is wrong with it.

    Parameters
    ----------
    message : str
        What to tell the learner.
    kind : str, optional
        The same without anything of the learner's own in it, so that equal mistakes can be counted;
        without it the message with its numbers left out.
    """

    def __init__(self, message: str, kind: str = "") -> None:
        super().__init__(message)
        self.kind = kind or without_numbers(message)


class NotAttempted(Exception):
    """The answer still holds the ``...`` of the exercise."""


class RightSoFar(str):
    """The sentence for an answer in which nothing is wrong, but something is still missing."""


def without_numbers(words: str) -> str:
    """Return the words for a mistake without its numbers, which are a learner's own.

    Examples
    --------
    >>> without_numbers("At z = −2.50 it answers 3e-05: below 0.")
    'At z = … it answers …: below ….'
    """
    return re.sub(r"(?<!\w)[−-]?\d[\d.,]*(e[−+-]?\d+)?(?<![.,])", "…", words)


@dataclass(frozen=True)
class Result:
    """What a check found. It counts as true when the answer is right.

    Parameters
    ----------
    passed : bool or None
        None means not attempted yet.
    message : str
        What to tell the learner, in full sentences.
    """

    passed: bool | None
    message: str

    def __bool__(self) -> bool:
        """Say whether the answer is right."""
        return self.passed is True

    def __repr__(self) -> str:
        """Return heading and message; a strict comparison of outputs reads this."""
        return f"{self._heading} {self.message}"

    def _repr_mimebundle_(self, **_kwargs: object) -> dict[str, str]:
        """Have a screen reader tell the result that is being shown, and add nothing to it."""
        read_out(repr(self))
        return {}

    def _repr_markdown_(self) -> str:
        return f"**{self._heading}** {as_markdown(self.message)}"

    @property
    def _heading(self) -> str:
        return {True: "✓ Right.", False: "✗ Not yet.", None: "… Not attempted yet."}[self.passed]
