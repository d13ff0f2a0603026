"""A prediction in class: its answer goes to the vote, and what is so waits for the teacher."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from nnlib.exercises.predictions.questions import Question
from nnlib.learner.presence import class_link
from nnlib.learner.vote_words import AGAIN, OPEN, REVEALED, SHOWN
from nnlib.widgets.event_loop import HomeLoop

if TYPE_CHECKING:
    from nnlib.learner.class_link import ClassLink

_WORDS = {
    "asking": "The class is being asked whether it votes on this.",
    "away": (
        "The class cannot be reached. Your answer is kept, and sent when it is back. You need not "
        "wait: you can open the answer now."
    ),
    "sending": "Your answer is on its way to the class.",
    "before": "This is your answer from before. Press Commit, and it goes to the class.",
    "changed": "You have changed your answer. Press Commit, and it takes the place of the first.",
    OPEN: (
        "Your answer is with the class. The teacher opens the answers. Until then you can change "
        "yours, and commit again."
    ),
    SHOWN: "The vote is closed. Your answer is with the class. The teacher opens the answers.",
    "too late": "The vote is closed for now. Your answer counts in the next one.",
    AGAIN: (
        "The class votes again. Talk to your neighbours. Then keep your answer or change it, and "
        "press Commit."
    ),
    "second": (
        "Your second answer is with the class. The teacher opens the answers. Until then you can "
        "change yours, and commit again."
    ),
}


class ClassVote:
    """What the class makes of one question, for one learner.

    Parameters
    ----------
    question : Question
        What is asked.
    link : ClassLink
        The way to the class.
    changed : callable
        A method, called on the kernel's own thread when the vote has gone on.
    """

    def __init__(self, question: Question, link: "ClassLink", changed: Callable[[], None]) -> None:
        self._name = question.name
        self._link = link
        self._path = f"vote/{question.name}"
        self._changed = changed
        self._home = HomeLoop()
        self._seen = self.phase
        link.follow(self._link_changed)

    def _link_changed(self) -> None:
        self._home.run_on_loop(self._changed)

    @property
    def phase(self) -> str:
        """How far the vote is: one of its phases, "asking", "away", or "alone" without a vote."""
        state = self._link.state
        if state is None:
            return "asking" if self._link.is_asking else "alone"
        if state.alone and self._name not in state.standings:
            return "alone"
        phase = state.standings.get(self._name, (1, OPEN))[1]
        return "away" if phase != REVEALED and self._link.is_away else phase

    @property
    def opens_on_commit(self) -> bool:
        """Whether what is so opens as soon as the learner commits, as it does out of class."""
        return self.phase in ("alone", REVEALED)

    @property
    def is_away(self) -> bool:
        """Whether the class has gone in the middle of a vote: the learner need not wait for it."""
        return self.phase == "away"

    @property
    def keeps_shut(self) -> bool:
        """Whether nobody but the teacher can open what is so."""
        return not self.opens_on_commit and not self.is_away

    @property
    def takes_votes(self) -> bool:
        """Whether an answer may be committed to, or changed."""
        return self.phase != SHOWN

    def has_just_opened(self) -> bool:
        """Say whether the teacher has opened the answer since this was asked last."""
        before, self._seen = self._seen, self.phase
        return self._seen == REVEALED and before in (OPEN, SHOWN, AGAIN, "away")

    def send(self, choice: str) -> None:
        """Send an answer to the vote, if there is one; it is kept until it is there."""
        state = self._link.state
        if state is None:
            self._link.send(self._path, {"round": 1, "choice": choice})
        elif self.phase in (OPEN, AGAIN, "away"):
            body = {"round": self._round, "choice": choice, "session": state.session}
            self._link.send(self._path, body)

    def words(self, committed: str | None, standing_there: str | None) -> str:
        """Return what to tell the learner, or nothing.

        Parameters
        ----------
        committed : str or None
            What the learner has committed to.
        standing_there : str or None
            What stands in the prediction now.
        """
        phase = self.phase
        if refusal := self._link.refusals.get(self._path):
            return f"{refusal} {_WORDS[AGAIN] if phase == AGAIN else ''}".rstrip()
        if committed is None:
            return _WORDS["too late"] if phase == SHOWN else ""
        if phase in ("asking", "away"):
            return _WORDS[phase]
        counted = self._counted
        if self._path in self._link.unsent:
            return _WORDS["sending"]
        if phase == SHOWN:
            return _WORDS[SHOWN] if counted else _WORDS["too late"]
        if counted is None:
            return _WORDS[AGAIN if phase == AGAIN else "before"]
        if counted != standing_there:
            return _WORDS["changed"]
        return _WORDS["second" if phase == AGAIN else OPEN]

    @property
    def _round(self) -> int:
        state = self._link.state
        return 1 if state is None else state.standings.get(self._name, (1, OPEN))[0]

    @property
    def _counted(self) -> str | None:
        """The learner's answer that counts in this round."""
        state, taken = self._link.state, self._link.taken.get(self._path, {})
        if state is None:
            return None
        if (taken.get("session"), taken.get("round")) == (state.session, self._round):
            return taken["choice"]  # it was taken, and what the service tells may not say so yet
        return state.votes.get(self._name, {}).get(self._round)


def class_vote(question: Question, changed: Callable[[], None]) -> ClassVote | None:
    """Return the class's vote on a question; None where there is no class."""
    link = class_link()
    return None if link is None else ClassVote(question, link, changed)
