"""What a learner has answered, kept under its name from one run of a cell to the next."""

from dataclasses import asdict, dataclass
from typing import Any

from nnlib.exercises.predictions.questions import Question
from nnlib.learner import presence as learner
from nnlib.learner.presence import EXERCISE, PREDICTION

CONFIDENCE = ("a guess", "fairly sure", "certain")


@dataclass(frozen=True)
class KeptAnswer:
    """What was committed to: the answer as text, and how sure the learner was."""

    choice: str
    confidence: str | None


class AnswerMemory:
    """The memory of one question's answer; made where no learner is, it keeps nothing.

    Parameters
    ----------
    question : Question
        What is asked.
    """

    def __init__(self, question: Question) -> None:
        self._question = question
        self._memory = learner.memory()

    def recall(self) -> KeptAnswer | None:
        """Return the answer that was committed to, if there is one and it can still be given."""
        kept: Any = self._memory and self._memory.recall(PREDICTION, self._question.name)
        try:
            answer = KeptAnswer(**kept)
            outdated = self._question.validation_error(answer.choice)
        except Exception:  # nothing is kept, or something of another kind
            return None
        known = answer.confidence in (None, *CONFIDENCE)
        return None if outdated or not known else answer

    def remember(self, answer: KeptAnswer) -> None:
        """Keep an answer for the next time the notebook is opened."""
        if self._memory:
            self._memory.remember(PREDICTION, self._question.name, asdict(answer))

    def forget(self) -> None:
        """Keep this question's answer no longer."""
        if self._memory:
            self._memory.forget(PREDICTION, self._question.name)

    def take_complaint(self) -> str:
        """Return what went wrong with the learner's file, each trouble once."""
        return self._memory.take_complaint() if self._memory else ""


def remember_solved(name: str) -> str:
    """Keep that an exercise is solved; return what went wrong with the learner's file."""
    memory = learner.memory()
    if memory is None:
        return ""
    if not memory.recall(EXERCISE, name):
        memory.remember(EXERCISE, name, True)
    return memory.take_complaint()


def is_solved(name: str) -> bool:
    """Say whether an exercise has been solved before."""
    memory = learner.memory()
    return memory is not None and bool(memory.recall(EXERCISE, name))
