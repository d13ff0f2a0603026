"""What the service answers: to learners' kernels, to the teacher, to whoever opens the page."""

from pathlib import Path
from typing import ClassVar

from tornado.web import HTTPError, authenticated

from nnlib.classroom.votes.ballot_box import VoteRefused
from nnlib.classroom.votes.board import chooser
from nnlib.classroom.votes.handler import Handler
from nnlib.exercises.course_progress import CHAPTERS
from nnlib.learner.vote_words import ALONE, TOGETHER

PAGE = Path(__file__).parent / "page"
LONGEST_WORDS = 400  # of a mistake
LONGEST_KIND = 60  # signs of an explorer's name
LARGEST_STATE = 500_000  # bytes; a run of a thousand epochs that was steered midway has 40,000


class VoteHandler(Handler):
    """``PUT vote/NAME`` with ``round`` and ``choice``: a learner votes."""

    def put(self, name: str) -> None:
        """Count the vote of whoever asks."""
        question, sent = self.question(name), self.body()
        choice, round_, session = (sent.get(key) for key in ("choice", "round", "session"))
        if not isinstance(choice, str) or question.validation_error(choice):
            raise HTTPError(400, "That is no answer to this question.")
        if session not in (None, self.box.session):
            raise HTTPError(409, "Your answer belongs to a session that is over.")
        try:
            self.box.vote(name, round_ if isinstance(round_, int) else 1, self.learner, choice)
        except VoteRefused as refusal:
            raise HTTPError(409, str(refusal)) from None
        self.done()


class CountsHandler(Handler):
    """``GET counts/NAME``: how the votes are spread, for the class as soon as it is shown."""

    def get(self, name: str) -> None:
        """Answer with the votes in each round that may be seen."""
        self.question(name)
        standing = self.box.standing(name)
        seen = tuple(range(1, standing.round + 1)) if self.is_teacher else standing.rounds_shown
        if not seen:
            raise HTTPError(403, "How the votes are spread is shown when the vote is closed.")
        votes = self.box.votes(name)
        self.write({str(round_): votes[round_] for round_ in seen})


class BoardHandler(Handler):
    """``POST board/NAME``: the teacher puts a question to the vote."""

    def post(self, name: str) -> None:
        """Make it the class's question."""
        self.only_for_the_teacher()
        self.box.put_to_the_vote(self.question(name).name)
        self.done()


class PhaseHandler(Handler):
    """``POST phase/NAME`` with ``phase``: the teacher goes on with a vote."""

    def post(self, name: str) -> None:
        """Go on to the phase."""
        self.only_for_the_teacher()
        self.question(name)
        try:
            self.box.turn(name, str(self.body().get("phase")))
        except ValueError as error:
            raise HTTPError(409, str(error)) from None
        self.done()


class PaceHandler(Handler):
    """``POST pace`` with ``pace``: whether answers open together, or for each learner alone."""

    def post(self) -> None:
        """Set the pace."""
        self.only_for_the_teacher()
        pace = self.body().get("pace")
        if pace not in (TOGETHER, ALONE):
            raise HTTPError(400, f"The pace is {TOGETHER!r} or {ALONE!r}.")
        self.box.pace = pace
        self.done()


class ExplorerHandler(Handler):
    """``PUT explorer`` with ``kind`` and ``state``: the teacher shows one. ``GET``: a learner's."""

    def put(self) -> None:
        """Keep what is shown, in place of what was."""
        self.only_for_the_teacher()
        sent = self.body()
        kind, state = sent.get("kind"), sent.get("state")
        if not isinstance(kind, str) or not kind.isidentifier() or len(kind) > LONGEST_KIND:
            raise HTTPError(400, "“kind” is the name of an explorer.")
        if not isinstance(state, dict):
            raise HTTPError(400, "“state” is what the explorer's state gave.")
        if len(self.request.body) > LARGEST_STATE:
            raise HTTPError(409, "This explorer is too large to be shown to the class.")
        if sent.get("session") not in (None, self.box.session):
            raise HTTPError(409, "That session is over. Press again to show it in the new one.")
        self.box.show(kind, state)
        self.done()

    def get(self) -> None:
        """Answer with what was shown last."""
        if self.box.explorer is None:
            raise HTTPError(404, "Nothing has been shown to the class yet.")
        self.write(self.box.explorer)


class SessionHandler(Handler):
    """``DELETE session``: the teacher deletes all votes and whose they were."""

    def delete(self) -> None:
        """Delete the session."""
        self.only_for_the_teacher()
        self.box.delete_session()
        self.done()


class DoneHandler(Handler):
    """``PUT exercise/NAME``, ``PUT prediction/NAME``: how a learner fares who agreed to tell."""

    _KNOWN: ClassVar[dict[str, set[str]]] = {
        "exercise": {name for chapter in CHAPTERS for name in chapter.exercises},
        "prediction": {name for chapter in CHAPTERS for name in chapter.predictions},
    }

    def put(self, kind: str, name: str) -> None:
        """Keep that the learner has been there, whether it is right, and the mistake if not."""
        if name not in self._KNOWN[kind]:
            raise HTTPError(404, f"There is no such {kind}.")
        sent = self.body()
        is_right, mistake = sent.get("right"), sent.get("mistake", "")
        if not isinstance(is_right, bool) or not isinstance(mistake, str):
            raise HTTPError(400, "“right” is true or false, “mistake” a text.")
        self.box.tell(kind, name, self.learner, is_right, mistake[:LONGEST_WORDS])
        self.done()


class OwnHandler(Handler):
    """``PUT own``: a learner no longer agrees that the teacher sees how far they are."""

    def put(self) -> None:
        """Forget what the learner has done; votes stay, for they are the class's."""
        self.box.forget(self.learner)
        self.done()


class PageHandler(Handler):
    """``GET`` the page of the class: the teacher's panel, and for everybody else the board."""

    leads_to_login = True

    @authenticated
    def get(self) -> None:
        """Send the page."""
        self.set_header("Cache-Control", "no-store")
        self.render(
            str(PAGE / "page.html"),
            is_teacher=self.is_teacher,
            chooser=chooser(),
            xsrf=self.xsrf_token.decode(),
        )
