"""How far a learner has come, chapter by chapter."""

from collections.abc import Iterable
from dataclasses import dataclass
from types import ModuleType

from nnlib.exercises.chapters import (
    activations,
    backprop,
    feedforward,
    neurons,
    start,
    training,
)
from nnlib.exercises.markdown import as_markdown
from nnlib.exercises.predictions.catalogue import QUESTIONS
from nnlib.learner import presence as learner

NOTHING_YET = (
    "Nothing yet. The predictions that you commit to and the exercises that you solve are counted "
    "here, chapter by chapter."
)
_HEADINGS = ("chapter", "predictions made", "exercises solved")


@dataclass(frozen=True)
class Chapter:
    """A chapter of the course: what it asks, and what it gives to solve."""

    title: str
    notebook: str
    checks: ModuleType  # the file with the questions has the same name

    @property
    def predictions(self) -> list[str]:
        """The names of its questions."""
        return list(QUESTIONS.of_chapter(self.checks.__name__.rpartition(".")[2]))

    @property
    def exercises(self) -> list[str]:
        """The names of the checks of its exercises."""
        return [
            name
            for name, member in vars(self.checks).items()
            if name.startswith("check_") and member.__module__ == self.checks.__name__
        ]

    @property
    def link(self) -> str:
        """Its title, leading to its notebook."""
        return f"[{self.title}]({self.notebook}.ipynb)"


CHAPTERS = (
    Chapter("Start here", "00_start_here", start),
    Chapter("1 · Neurons", "01_neurons", neurons),
    Chapter("2 · Activations", "02_activations", activations),
    Chapter("3 · Feedforward", "03_feedforward", feedforward),
    Chapter("4 · Backpropagation", "04_backprop", backprop),
    Chapter("5 · Training", "05_training", training),
)


@dataclass(frozen=True)
class Row:
    """How much of a chapter is done."""

    chapter: Chapter
    committed: int
    solved: int

    @property
    def begun(self) -> bool:
        """Whether anything of the chapter is done."""
        return self.committed + self.solved > 0

    @property
    def complete(self) -> bool:
        """Whether the whole chapter is done."""
        done = (self.committed, self.solved)
        return done == (len(self.chapter.predictions), len(self.chapter.exercises))

    @property
    def shares(self) -> tuple[str, str]:
        """Predictions and exercises, each as "3 of 8"."""
        chapter = self.chapter
        return (
            f"{self.committed} of {len(chapter.predictions)}",
            f"{self.solved} of {len(chapter.exercises)}",
        )


class Progress:
    """How much is done of each chapter; a notebook shows it as a table.

    Parameters
    ----------
    committed, solved : iterable of str
        The names of predictions and of checks.
    complaint : str
        What went wrong with the learner's file, or nothing.
    """

    def __init__(
        self, committed: Iterable[str] = (), solved: Iterable[str] = (), complaint: str = ""
    ) -> None:
        predictions, exercises = set(committed), set(solved)
        self.rows = [
            Row(
                chapter,
                len(predictions.intersection(chapter.predictions)),
                len(exercises.intersection(chapter.exercises)),
            )
            for chapter in CHAPTERS
        ]
        self._complaint = complaint

    @property
    def next_chapter(self) -> Chapter | None:
        """Where to go on: the furthest chapter begun, or the one after it if that is complete."""
        begun = [k for k, row in enumerate(self.rows) if row.begun]
        furthest = begun[-1] if begun else 0
        rest = [row.chapter for row in self.rows[furthest:] if not row.complete]
        return rest[0] if rest else None

    def __repr__(self) -> str:
        """Return a line for each chapter, and what comes next."""
        cells = [(row.chapter.title, *row.shares) for row in self.rows]
        widths = [max(map(len, column)) for column in zip(_HEADINGS, *cells, strict=True)]
        lines = [
            "   ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
            for row in (_HEADINGS, *cells)
        ]
        return self._told("\n".join(lines), self._next("{0.title}"), self._complaint)

    def _repr_markdown_(self) -> str:
        cells = [(row.chapter.link, *row.shares) for row in self.rows]
        table = "\n".join(f"| {' | '.join(row)} |" for row in (_HEADINGS, ("---",) * 3, *cells))
        return self._told(table, self._next("{0.link}"), as_markdown(self._complaint))

    def _told(self, table: str, what_is_next: str, complaint: str) -> str:
        begun = any(row.begun for row in self.rows)
        parts = [table, what_is_next] if begun else [NOTHING_YET]
        return "\n\n".join(filter(None, [*parts, complaint]))

    def _next(self, form: str) -> str:
        chapter = self.next_chapter
        return "Everything is done." if chapter is None else f"Go on with {form.format(chapter)}."


def progress() -> Progress:
    """Return how far the learner has come: predictions and exercises, chapter by chapter.

    Examples
    --------
    >>> progress()  # doctest: +ELLIPSIS
    Nothing yet. The predictions that you commit to ...
    """
    memory = learner.memory()
    if memory is None:
        return Progress()
    committed, solved = map(memory.everything, (learner.PREDICTION, learner.EXERCISE))
    return Progress(committed, solved, memory.take_complaint())
