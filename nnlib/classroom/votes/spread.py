"""How the answers of a class are spread, as HTML: bars, dots on an axis, or drawings on a plane."""

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape

from nnlib.classroom.votes.number_axis import axis
from nnlib.exercises.predictions.questions import Question
from nnlib.exercises.predictions.sketch import read_points
from nnlib.exercises.predictions.sketch_picture import draw
from nnlib.widgets.typed_numbers import number_in

ROUNDS = {1: "First vote", 2: "Second vote"}

Votes = Mapping[int, Sequence[str]]  # the answers in each round that may be seen


def spread(question: Question, votes: Votes, is_open: bool) -> str:
    """Return how the answers are spread, the rounds side by side.

    Parameters
    ----------
    question : Question
        What was asked.
    votes : mapping of int to sequence of str
        The answers in each round that may be seen; none while they are taken.
    is_open : bool
        Whether what is so is shown as well.
    """
    if question.options:
        return _bars(question, votes, is_open)
    pictures = {round_: _picture(question, votes, round_, is_open) for round_ in votes or (0,)}
    return "".join(
        f"<figure><figcaption>{_caption(votes, round_)}</figcaption>{picture}</figure>"
        for round_, picture in pictures.items()
    )


def _picture(question: Question, votes: Votes, round_: int, is_open: bool) -> str:
    answer = question.answer if is_open else ""
    choices = votes.get(round_, ())
    if question.sketch is not None:
        drawn = [read_points(choice) for choice in choices]
        return draw(question.sketch, (), read_points(answer), drawn)
    every = [number_in(choice) for choices in votes.values() for choice in choices]
    return axis([number_in(choice) for choice in choices], every, number_in(answer))


def _caption(votes: Votes, round_: int) -> str:
    return f"{ROUNDS[round_]} <b>{len(votes[round_])}</b>" if round_ else ""


def _bars(question: Question, votes: Votes, is_open: bool) -> str:
    """Return a table: a row for each option, a column of bars for each round."""
    heads = "".join(f"<th scope='col'>{_caption(votes, round_)}</th>" for round_ in votes)
    rows = "".join(_row(question, option, votes, is_open) for option in question.options)
    return f"<table><thead><tr><td></td>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _row(question: Question, option: str, votes: Votes, is_open: bool) -> str:
    cells = "".join(
        _bar(Counter(choices)[option], len(choices), is_newest=round_ == max(votes))
        for round_, choices in votes.items()
    )
    right = is_open and question.is_right(option)
    mark = "<b class='tick'>✓</b> " if right else ""
    kind = " class='so'" if right else ""
    return f"<tr{kind}><th scope='row'>{mark}{escape(option)}</th>{cells}</tr>"


def _bar(count: int, of: int, is_newest: bool) -> str:
    """Return a bar with its count; that of an earlier round is grey."""
    kind = "bar" if is_newest else "bar before"
    width = 100 * count / max(of, 1)
    return (
        f"<td><div class='track'><span class='{kind}' style='width:{width:.0f}%'></span></div>"
        f"<b class='many'>{count}</b></td>"
    )
