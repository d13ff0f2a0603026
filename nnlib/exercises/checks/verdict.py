"""What a check can find: a mistake, nothing to check, something right; and how it is shown."""

from dataclasses import dataclass

from nnlib.exercises.markdown import as_markdown


class Mistake(Exception):
    """A wrong answer; the message tells the learner what is wrong with it."""


class NotAttempted(Exception):
    """The answer still holds the ``...`` of the exercise."""


class RightSoFar(str):
    """The sentence for an answer in which nothing is wrong, but something is still missing."""


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

    def _repr_markdown_(self) -> str:
        return f"**{self._heading}** {as_markdown(self.message)}"

    @property
    def _heading(self) -> str:
        return {True: "✓ Right.", False: "✗ Not yet.", None: "… Not attempted yet."}[self.passed]
