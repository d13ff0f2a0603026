"""Where the words on a sketch stand: beside what they name, and where no line crosses them.

Pure geometry in pixels of the picture, y downwards.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

Spot = tuple[float, float]

_LETTER, _HEIGHT = 6.6, 14.0  # the width of a letter on average, and of a line of text, in pixels
_GAP = 9.0  # to other words, and to what a word names
_GAPS = (_GAP, 26.0, 44.0)  # the latter as long as there must be
_CLEARANCE = 2.0  # to lines and to other words


@dataclass(frozen=True)
class Label:
    """A word at its place: ``left`` and ``top`` of the box that it fills."""

    text: str
    left: float
    top: float

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        return self.left, self.top, self.left + _LETTER * len(self.text), self.top + _HEIGHT

    @property
    def baseline(self) -> Spot:
        """Where the text begins."""
        return round(self.left, 1), round(self.top + 0.8 * _HEIGHT, 1)


class LabelPlacer:
    """Gives each word a place, one after another.

    Parameters
    ----------
    frame : (left, top, right, bottom)
        What no word may leave.
    lines : sequence of sequences of (x, y)
        What no word may be crossed by.
    marks : sequence of (x, y)
        Points that no word may hide.
    """

    def __init__(
        self,
        frame: tuple[float, float, float, float],
        lines: Sequence[Sequence[Spot]],
        marks: Sequence[Spot],
    ) -> None:
        self._frame = frame
        self._segments = [pair for line in lines for pair in pairwise(line)]
        self._segments += [(mark, mark) for mark in marks]
        self._placed: list[Label] = []

    def place(self, text: str, beside: Sequence[Spot], below: bool = False) -> Label:
        """Return the word at the first place that is free, or else at the least crowded.

        Parameters
        ----------
        text : str
            The word.
        beside : sequence of (x, y)
            Where it may stand, the best first.
        below : bool
            Whether below is better than above.
        """
        candidates = [
            label for gap in _GAPS for spot in beside for label in _around(text, spot, below, gap)
        ]
        best = min(candidates, key=self._trouble)  # the first of equals
        self._placed.append(best)
        return best

    def _trouble(self, label: Label) -> float:
        """Return by how many lines and words a word is crossed; outside is worse than that."""
        left, top, right, bottom = label.box
        low_x, low_y, high_x, high_y = self._frame
        outside = left < low_x or top < low_y or right > high_x or bottom > high_y
        crossed = sum(crosses(segment, label.box, _CLEARANCE) for segment in self._segments)
        return 100 * outside + crossed + 3 * sum(_overlap(label, placed) for placed in self._placed)


def crosses(
    segment: tuple[Spot, Spot], box: tuple[float, float, float, float], clearance: float = 0.0
) -> bool:
    """Say whether a straight piece of a line touches a box (left, top, right, bottom).

    Examples
    --------
    >>> crosses(((0, 0), (10, 10)), (4, 4, 6, 6)), crosses(((0, 0), (10, 10)), (7, 0, 9, 2))
    (True, False)
    """
    (x0, y0), (x1, y1) = segment
    left, top, right, bottom = box
    first, last = 0.0, 1.0  # the part of the piece that is inside, as far as is known
    for start, along, low, high in (
        (x0, x1 - x0, left - clearance, right + clearance),
        (y0, y1 - y0, top - clearance, bottom + clearance),
    ):
        if along == 0:
            if not low < start < high:
                return False
            continue
        enters, leaves = sorted(((low - start) / along, (high - start) / along))
        first, last = max(first, enters), min(last, leaves)
    return first < last


def _around(text: str, spot: Spot, below: bool, gap: float) -> Iterator[Label]:
    """Return the word to the right and to the left of a point, above and below it."""
    x, y = spot
    width = _LETTER * len(text)
    rows = (y + gap, y - gap - _HEIGHT)
    for top in rows if below else rows[::-1]:
        for left in (x + _GAP, x - _GAP - width, x - width / 2):
            yield Label(text, left, top)


def along(line: Sequence[Spot]) -> list[Spot]:
    """Return points along a line, from its end: where its name may stand."""
    return list(_points_from_the_end(line, pieces=10))


def _points_from_the_end(line: Sequence[Spot], pieces: int) -> Iterable[Spot]:
    for k in range(pieces, -1, -1):
        place = k / pieces * (len(line) - 1)
        i = min(int(place), len(line) - 2)
        (x0, y0), (x1, y1) = line[i], line[i + 1]
        yield x0 + (place - i) * (x1 - x0), y0 + (place - i) * (y1 - y0)


def _overlap(label: Label, other: Label) -> bool:
    left, top, right, bottom = label.box
    x0, y0, x1, y1 = other.box
    return left < x1 + _GAP and x0 < right + _GAP and top < y1 and y0 < bottom
