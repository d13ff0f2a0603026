"""Where the class is, as HTML: chapter by chapter, how many have been there and what went wrong."""

from collections import defaultdict
from html import escape
from textwrap import shorten

from nnlib.classroom.votes.ballot_box import BallotBox
from nnlib.exercises.course_progress import CHAPTERS, Chapter
from nnlib.exercises.predictions.catalogue import QUESTIONS

MOST_MISTAKES = 3  # that are told of one exercise

Key = tuple[str, str]  # kind and name


def whereabouts(box: BallotBox, here: int) -> str:
    """Return a table for each chapter that somebody has begun.

    Parameters
    ----------
    box : BallotBox
        What the class has done.
    here : int
        How many learners are there.
    """
    done = {(kind, name): (there, right) for kind, name, there, right in box.done()}
    mistakes: defaultdict[Key, list[tuple[str, int]]] = defaultdict(list)
    for kind, name, words, many in box.mistakes():
        mistakes[kind, name].append((words, many))
    tables = [_table(chapter, done, mistakes) for chapter in CHAPTERS]
    said = f"<p>{here} here now. Counted are those who agreed to it, without their names.</p>"
    return said + ("".join(tables) or "<p>Nobody has begun yet.</p>")


def _table(
    chapter: Chapter,
    done: dict[Key, tuple[int, int]],
    mistakes: dict[Key, list[tuple[str, int]]],
) -> str:
    keys = [("prediction", name) for name in chapter.predictions]
    keys += [("exercise", name) for name in chapter.exercises]
    rows = "".join(_row(key, *done[key], mistakes.get(key, [])) for key in keys if key in done)
    if not rows:
        return ""
    heads = "<th scope='col'>been there</th><th scope='col'>right</th><th scope='col'>mistakes</th>"
    return (
        f"<table><caption>{escape(chapter.title)}</caption>"
        f"<thead><tr><td></td>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _row(key: Key, there: int, right: int, mistakes: list[tuple[str, int]]) -> str:
    kind, name = key
    asks = escape(shorten(QUESTIONS[name].text, 70)) if kind == "prediction" else "exercise"
    told = "".join(
        f"<li><b>{many} ×</b> {escape(words)}</li>" for words, many in mistakes[:MOST_MISTAKES]
    )
    return (
        f"<tr><th scope='row'>{name}<br><small>{asks}</small></th><td>{there}</td><td>{right}</td>"
        f"<td><ul>{told}</ul></td></tr>"
    )
