"""What the page of the class shows: its parts as HTML, as the teacher or the class may see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from textwrap import shorten

from nnlib.classroom.votes.ballot_box import BallotBox
from nnlib.classroom.votes.phases import Standing
from nnlib.classroom.votes.spread import spread
from nnlib.classroom.votes.whereabouts import whereabouts
from nnlib.exercises.course_progress import CHAPTERS
from nnlib.exercises.predictions.catalogue import QUESTIONS
from nnlib.exercises.predictions.outcome import in_html
from nnlib.exercises.predictions.questions import Question
from nnlib.learner.vote_words import AGAIN, ALONE, OPEN, REVEALED, SHOWN, TOGETHER, TYPED

_STATES = {
    (1, OPEN): "The vote is open. Each for themselves.",
    (1, SHOWN): "The first vote is closed.",
    (2, AGAIN): "Talk it over. Then everybody votes again.",
    (2, SHOWN): "The second vote is closed.",
}
_ACTS = {
    SHOWN: "Close the vote and show it",
    AGAIN: "Talk, and vote again",
    REVEALED: "Open the answer for everybody",
}
_PACES = {
    TOGETHER: "Answers open when I open them",
    ALONE: "Answers open on Commit, but for questions put to the vote",
}


@dataclass(frozen=True)
class Onlooker:
    """Who looks at the page.

    Parameters
    ----------
    is_teacher : bool
        Whether they may go on to the next phase, and see how far the class is.
    is_covered : bool
        Whether they see of the votes what the class may see: so it is for all but a teacher, and
        for a teacher whose screen the class sees too.
    """

    is_teacher: bool
    is_covered: bool


def board(box: BallotBox, here: int, onlooker: Onlooker) -> dict[str, str]:
    """Return each part of the page under its name.

    Parameters
    ----------
    box : BallotBox
        The votes.
    here : int
        How many learners are there.
    onlooker : Onlooker
        Who looks.
    """
    question = QUESTIONS.get(box.current or "")
    parts = _nothing(box) if question is None else _vote(box, question, here, onlooker)
    parts["shown"] = _shown(box.presented, briefly=question is not None) if box.presented else ""
    if onlooker.is_teacher:
        parts["controls"] = "" if question is None else _controls(question, box)
        parts["pace"] = _paces(box.pace)
        parts["whereabouts"] = whereabouts(box, here)
    return parts


def chooser() -> str:
    """Return the list from which the teacher chooses a question."""
    groups = "".join(
        f"<optgroup label='{escape(chapter.title)}'>"
        + "".join(_choice(QUESTIONS[name]) for name in chapter.predictions)
        + "</optgroup>"
        for chapter in CHAPTERS
    )
    return f"<option value=''>Put a question to the vote …</option>{groups}"


def _choice(question: Question) -> str:
    return f"<option value='{question.name}'>{escape(shorten(question.text, 100))}</option>"


def _nothing(box: BallotBox) -> dict[str, str]:
    words = "No question has been put to the vote yet."
    title = words if box.presented is None else "Look at this together."
    return {"question": f"<h1>{title}</h1>", "count": "", "spread": "", "answer": ""}


def _shown(kind: str, briefly: bool) -> str:
    """Return what a learner types to have the explorer that is shown: in one line, or large."""
    name = f"<b>{escape(kind)}</b>"
    if briefly:
        code = " then ".join(f"<code>{escape(line)}</code>" for line in TYPED.splitlines())
        return f"<p>{name}, in an empty cell: {code}</p>"
    told = f"The class is shown a {name}. In an empty cell this opens it, as it stands there:"
    return f"<p>{told}</p><pre><code>{escape(TYPED)}</code></pre>"


def _vote(box: BallotBox, question: Question, here: int, onlooker: Onlooker) -> dict[str, str]:
    standing, votes = box.standing(question.name), box.votes(question.name)
    is_open = standing.phase == REVEALED
    seen = standing.rounds_shown if onlooker.is_covered else range(1, standing.round + 1)
    shown = {round_: votes[round_] for round_ in seen}
    return {
        "question": f"<h1>{in_html(question.text)}</h1>",
        "count": _count(len(votes[standing.round]), max(here, *map(len, votes.values())), standing),
        "spread": spread(question, shown, is_open),
        "answer": _answer(question) if is_open else "",
    }


def _count(voted: int, of: int, standing: Standing) -> str:
    state = _STATES.get((standing.round, standing.phase), "The answer is open.")
    return f"<b>{voted}</b> of <b>{of}</b> have answered. {state}"


def _answer(question: Question) -> str:
    so = in_html(question.display(question.answer))
    told = "" if question.options else f"What is so: <b>{so}</b>. "  # an option has its tick
    return f"<p>{told}{in_html(question.why)}</p>"


def _controls(question: Question, box: BallotBox) -> str:
    following = box.standing(question.name).following
    return "".join(
        _button(f"phase/{question.name}", {"phase": phase}, _ACTS[phase]) for phase in following
    )


def _paces(pace: str) -> str:
    return "".join(
        _button("pace", {"pace": each}, words, pressed=each == pace)
        for each, words in _PACES.items()
    )


def _button(
    path: str, arguments: Mapping[str, str], words: str, pressed: bool | None = None
) -> str:
    """Return a button at which the page's script posts its arguments to a path."""
    ((name, value),) = arguments.items()
    state = "" if pressed is None else f" aria-pressed='{str(pressed).lower()}'"
    data = f"data-path='{path}' data-name='{name}' data-value='{value}'"
    return f"<button type='button' {data}{state}>{escape(words)}</button>"
