"""How far a learner has come, told to their class: only if they agreed, and nothing else.

Told is which predictions were made and which exercises checked, whether right, and which mistake
was named. An answer itself, and what a learner has written, is never part of it.
"""

import weakref
from dataclasses import dataclass
from typing import TYPE_CHECKING

import ipywidgets as widgets

from nnlib.exercises.predictions.catalogue import QUESTIONS
from nnlib.exercises.predictions.questions import Question
from nnlib.learner import presence as learner
from nnlib.learner.presence import AGREED, EXERCISE, PREDICTION

if TYPE_CHECKING:
    from nnlib.learner.class_link import ClassLink
    from nnlib.learner.memory import Memory

PROGRESS = "progress"  # what is agreed to

_QUESTION = (
    "May your teacher see how far you have come? Counted is, without your name, which predictions "
    "you made and which exercises you checked, whether right, and which mistake was named. "
    "<code>share_progress(True)</code> or <code>(False)</code> changes it later."
)
_asking: weakref.WeakSet["Agreement"] = weakref.WeakSet()


class ClassProgress:
    """What a learner's class is told of their progress.

    Parameters
    ----------
    link : ClassLink
        The way to the class.
    memory : Memory
        Where it is remembered what the learner agreed to, and what they have done so far.
    """

    def __init__(self, link: "ClassLink", memory: "Memory") -> None:
        self._link = link
        self._memory = memory

    @property
    def agreed(self) -> bool | None:
        """Whether the learner agreed; None as long as they have not said."""
        return self._memory.recall(AGREED, PROGRESS)

    def agree(self, agreed: bool) -> None:
        """Tell all that was done so far, and what comes; or have it forgotten."""
        self._memory.remember(AGREED, PROGRESS, agreed)
        if not agreed:
            self._link.send("own", {"agreed": False})
            return
        for name in self._memory.everything(EXERCISE):
            self.tell_exercise(name, True)
        for name, kept in self._memory.everything(PREDICTION).items():
            question = QUESTIONS.get(name)
            choice = str(kept.get("choice", "")) if isinstance(kept, dict) else ""
            if question is not None and not question.validation_error(choice):
                self.tell_prediction(question, choice)

    def tell_exercise(self, name: str, is_right: bool, mistake: str = "") -> None:
        """Tell how the check of an exercise went."""
        self._tell(f"exercise/{name}", is_right, mistake)

    def tell_prediction(self, question: Question, choice: str) -> None:
        """Tell whether a prediction was right."""
        self._tell(
            f"prediction/{question.name}", question.is_right(choice), question.known_mistake(choice)
        )

    def _tell(self, path: str, is_right: bool, mistake: str) -> None:
        if self.agreed:
            self._link.send(path, {"right": is_right, "mistake": mistake})


def class_progress() -> ClassProgress | None:
    """Return what tells a class of the learner who runs this cell; None if they are in none."""
    link, memory = learner.class_link(), learner.memory()
    return None if link is None or memory is None else ClassProgress(link, memory)


class Agreement(widgets.VBox):
    """The question whether the teacher may see how far the learner has come; asked once.

    Parameters
    ----------
    progress : ClassProgress
        What the answer is for.
    """

    def __init__(self, progress: ClassProgress) -> None:
        self._progress = progress
        words = widgets.HTML(f'<p style="margin: 8px 0 4px; line-height: 1.55">{_QUESTION}</p>')
        yes = widgets.Button(description="Yes, count me in")
        no = widgets.Button(description="No")
        yes.on_click(lambda _: self._answer(True))
        no.on_click(lambda _: self._answer(False))
        super().__init__([words, widgets.HBox([yes, no])])
        self.add_class("nnlib-agreement")
        _asking.add(self)

    def _answer(self, agreed: bool) -> None:
        self._progress.agree(agreed)
        self.layout.display = "none"

    def close(self) -> None:
        """Ask no more here."""
        _asking.discard(self)
        super().close()


def agreement_to_ask_for(progress: ClassProgress | None) -> list[Agreement]:
    """Return the question, if it is neither answered nor on the page."""
    if progress is None or progress.agreed is not None or _asking:
        return []
    return [Agreement(progress)]


@dataclass(frozen=True)
class Shared:
    """Whether a class is told how far a learner has come; a notebook shows the words."""

    agreed: bool | None

    def __repr__(self) -> str:
        """Return it as a sentence."""
        if self.agreed is None:
            return "There is no class here: nothing is told to anybody."
        if self.agreed:
            return "Your teacher sees, without your name, how far you have come."
        return "Your teacher no longer sees how far you have come."


def share_progress(agree: bool) -> Shared:
    """Let your teacher see how far you have come, or no longer; only in class.

    Parameters
    ----------
    agree : bool
        Whether your progress is counted.
    """
    progress = class_progress()
    if progress is None:
        return Shared(None)
    progress.agree(bool(agree))
    return Shared(bool(agree))
