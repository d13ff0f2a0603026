"""How long the core of each chapter takes, by one rule: `python tests/reading_time.py` prints it.

The rule: 180 words a minute, folded text, questions and their reveals included; 10 seconds a line
of code (imports, comments and blank lines left out); 30 seconds a displayed equation; a minute to
think a prediction over; 4 minutes an explorer, 2 where the chapter shows it again, or a sister of
it with the same controls; 5 minutes an exercise, its text and its solution included.

The core is all but "Going further", the sources and the teacher's notes.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from chapter_text import CHAPTERS, Piece, count_words, pieces

import nnlib.explorers

WORDS_A_MINUTE = 180
LINE, EQUATION, PREDICTION = 10 / 60, 30 / 60, 1.0
EXPLORER, EXPLORER_AGAIN, EXERCISE = 4.0, 2.0, 5.0


@dataclass
class Load:
    """What some pieces of a chapter ask of a learner."""

    words: int = 0
    lines: int = 0
    equations: int = 0
    predictions: int = 0
    explorers: int = 0
    again: int = 0
    exercises: int = 0

    @property
    def minutes(self) -> float:
        """The time it takes, by the rule."""
        return (
            self.words / WORDS_A_MINUTE
            + self.lines * LINE
            + self.equations * EQUATION
            + self.predictions * PREDICTION
            + self.explorers * EXPLORER
            + self.again * EXPLORER_AGAIN
            + self.exercises * EXERCISE
        )

    def __add__(self, other: "Load") -> "Load":
        """Take two of them together."""
        pairs = zip(vars(self).values(), vars(other).values(), strict=True)
        return Load(*(mine + its for mine, its in pairs))


def loads(read: Iterable[Piece], core: bool = True) -> list[tuple[Piece, Load]]:
    """Return each piece of the core, or of the rest, with its load.

    An exercise's load goes all with its first piece.
    """
    seen: Counter[str] = Counter()
    found = []
    for piece in read:
        if piece.is_core != core:
            continue
        if piece.exercise:
            load = Load(exercises=int(not seen[piece.exercise]))
            seen[piece.exercise] += 1
        else:
            load = Load(piece.words, piece.lines, piece.equations)
            for question in piece.questions:
                said = (question.text, *question.options, question.why)
                load.words += count_words(" ".join(said))
                load.predictions += 1
            for explorer in piece.explorers:
                family = family_of(explorer)
                load.again += bool(seen[family])
                load.explorers += not seen[family]
                seen[family] += 1
        found.append((piece, load))
    return found


def family_of(explorer: str) -> str:
    """Return the name of what an explorer and its sisters are made from, or its own."""
    kind = getattr(nnlib.explorers, explorer)
    base = kind.__mro__[1]
    package, its = (it.__module__.rpartition(".")[0] for it in (kind, base))
    return str(base.__name__) if package == its else explorer


def total(found: Iterable[tuple[Piece, Load]]) -> Load:
    """Return all of it together."""
    return sum((load for _, load in found), Load())


def sittings(chapter: str) -> dict[str, Load]:
    """Return what each sitting holds: the whole core, or its parts and then the exercises."""
    found = loads(pieces(chapter))
    if not any(piece.part.startswith("Part ") for piece, _ in found):
        return {"the core": total(found)}
    return {
        part: total(group) for part, group in groupby(found, key=lambda each: sitting_of(each[0]))
    }


def sitting_of(piece: Piece) -> str:
    """Return the part that a piece belongs to; what comes before the first one belongs to it."""
    if piece.part in ("", "Exercises", "Recap"):
        return "Exercises" if piece.part else "Part A"
    return piece.part[: len("Part A")]


def sections(chapter: str) -> list[tuple[str, Load, int | None]]:
    """Return each section that says its minutes, what it holds, and what it says."""
    found = loads(pieces(chapter))
    depth = 3 if any(piece.part.startswith("Part ") for piece, _ in found) else 2
    rows = []
    for headings, group in groupby(found, key=lambda each: each[0].headings[:depth]):
        here = list(group)
        said = re.search(r"^\*(?:About )?(\d+) minutes?", here[0][0].source, re.MULTILINE)
        rows.append((headings[-1], total(here), int(said[1]) if said else None))
    return rows


def stated(chapter: str) -> dict[str, int]:
    """Return the minutes that the chapter says for each of its sittings."""
    found: dict[str, int] = {}
    for piece in pieces(chapter):
        if said := re.search(r"\*\*Time:\*\* about (\d+) minutes", piece.source):
            found["the core"] = int(said[1])
        if piece.part.startswith("Part ") and len(piece.headings) == 2:
            said = re.search(r"^\*About (\d+) minutes", piece.source, re.MULTILINE)
            if said:
                found[sitting_of(piece)] = int(said[1])
    return found


def row(name: str, load: Load, says: int | None) -> str:
    """Return a line of the table."""
    numbers = "".join(f"{number:7d}" for number in vars(load).values())
    return f"{name[:40]:40}{numbers}{load.minutes:9.1f}{says or '':>7}"


def table(chapter: str) -> str:
    """Return what the core of a chapter holds, section by section, then each sitting."""
    heads = ("words", "lines", "equat.", "predic", "explor", "again", "exerc.")
    lines = [f"{chapter:40}" + "".join(f"{head:>7}" for head in heads) + "  minutes  says"]
    lines += [row(name, load, says) for name, load, says in sections(chapter)]
    says = stated(chapter)
    further = [piece for piece in pieces(chapter) if piece.part.startswith("Going further")]
    lines += [row("Going further", total(loads(further, core=False)), None)]
    lines += [row(f"= {name}", load, says.get(name)) for name, load in sittings(chapter).items()]
    return "\n".join(lines)


if __name__ == "__main__":
    wanted = sys.argv[1:]
    names = [name for name in CHAPTERS if not wanted or any(name.startswith(w) for w in wanted)]
    print("\n\n".join(table(name) for name in names))
