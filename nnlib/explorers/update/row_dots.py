"""One number of each row of a mini-batch as a dot on a line, with their mean."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from nnlib._typing import Array
from nnlib.explorers.engine.pointer import Handle
from nnlib.plots.axes import round_up
from nnlib.plots.palette import Palette
from nnlib.plots.words.numbers import significant, three_digits

LEFT, RIGHT = 12.0, 272.0  # pixels: from where to where the line goes
BASE, TOP = 284.0, 336.0  # its height, and that of the highest dot
DOT = 8.0  # the room that a dot takes, where there are not too many


@dataclass(frozen=True)
class RowNumbers:
    """What the dots tell."""

    values: Array  # (n,)
    chosen: int  # the row that is looked at
    of_gradients: bool  # or else of losses
    mean: float
    meaning: str  # of the line
    below: str  # what a number below 0 means, and
    above: str  # one above

    @property
    def n_below(self) -> int:
        """How many rows have a number below 0."""
        return int((self.values < 0).sum())

    @property
    def n_above(self) -> int:
        """How many rows have a number above 0."""
        return int((self.values > 0).sum())

    @property
    def in_words(self) -> str:
        """How many rows are on either side of 0."""
        nothing = "not finite" if self.values.any() else "all 0"
        return "; ".join(filter(None, self.ends)) or nothing

    @property
    def ends(self) -> tuple[str, str]:
        """The rows on either side of 0, counted."""
        return _counted(self.n_below, self.below), _counted(self.n_above, self.above)


class RowDots:
    """Empty unless `update` is given numbers."""

    def __init__(self, panel: Axes, palette: Palette) -> None:
        self._colours = {True: palette.gradient, False: palette.grey}
        grey: dict[str, Any] = {"color": palette.grey}
        self._panel = panel
        (self._line,) = panel.plot([LEFT, RIGHT], [BASE, BASE], linewidth=1, **grey)
        middle = (LEFT + RIGHT) / 2
        (self._zero,) = panel.plot([middle, middle], [BASE - 4, TOP], linewidth=1, **grey)
        hollow: dict[str, Any] = {"markerfacecolor": "none", "color": palette.ink}
        (self.dots,) = panel.plot([], [], "o", markersize=5, alpha=0.75)
        (self.ring,) = panel.plot([], [], "o", markersize=10, markeredgewidth=1.8, **hollow)
        (self.mean,) = panel.plot([], [], "-", linewidth=3, color=palette.ink)
        style: dict[str, Any] = {"fontsize": 11, "color": palette.ink}
        self.mean_name = panel.text(0, TOP + 9, "", ha="center", va="center", **style)
        self.ends = [
            panel.text(x, BASE - 27, "", ha=ha, va="center", **style)
            for x, ha in ((0.0, "left"), (284.0, "right"))
        ]
        self.marks = [
            panel.text(x, BASE - 5, "", ha="center", va="top", fontsize=10, **grey)
            for x in (LEFT, middle, RIGHT)
        ]
        self.meaning = panel.text(middle, BASE - 44, "", ha="center", va="center", **style)
        marks = [self._line, self._zero, self.dots, self.ring, self.mean]
        words = [self.mean_name, *self.ends, *self.marks, self.meaning]
        self.artists: list[Artist] = [*marks, *words]

    @property
    def handles(self) -> list[Handle]:
        """The place of all dots, to click on one."""
        if not self.dots.get_visible():
            return []
        corners = [(LEFT - DOT, BASE - 2), (RIGHT + DOT, TOP)]
        return [Handle("rows", self._panel, corners, "pointer", draggable=False, filled=True)]

    def row_at(self, x: float, y: float) -> int:
        """Return the row whose dot is next to a place, counted from 0."""
        places, heights = self.dots.get_data()
        return int(np.hypot(np.asarray(places) - x, np.asarray(heights) - y).argmin())

    def update(self, numbers: RowNumbers | None) -> None:
        """Show the numbers; None leaves nothing."""
        for artist in self.artists:
            artist.set_visible(numbers is not None)
        if numbers is None:
            return
        reach = reach_of(np.append(numbers.values, numbers.mean))
        places = _along(numbers.values / reach)
        levels = piled(places)
        room = min(DOT, (TOP - BASE) / (levels.max() + 1))
        heights = BASE + DOT / 2 + room * levels
        self.dots.set_data(places, heights)
        self.dots.set_color(self._colours[numbers.of_gradients])
        self.ring.set_data([places[numbers.chosen]], [heights[numbers.chosen]])
        mean = float(_along(numbers.mean / reach))
        self.mean.set_data([mean, mean], [BASE - 3, TOP + 1])
        self.mean_name.set(text=f"mean {three_digits(numbers.mean)}", x=min(max(mean, 40), 244))
        for text, words in zip(self.ends, numbers.ends, strict=True):
            text.set_text(words)
        for text, value in zip(self.marks, (-reach, 0.0, reach), strict=True):
            text.set_text(significant(value))
        self.meaning.set_text(numbers.meaning)


def reach_of(values: Array) -> float:
    """Return a round number that no value goes beyond: 1, 2 or 5 times a power of ten."""
    finite = np.abs(values[np.isfinite(values)])
    largest = float(finite.max(initial=0.0))
    if not 1e-300 < largest < 1e300:
        return 1.0
    return round_up(largest, steps=(1, 2, 5, 10))


def piled(places: Array) -> Array:
    """Return how many dots each dot stands on: those at its place that come before it."""
    columns = np.round(places / DOT).astype(int)
    order = np.argsort(columns, kind="stable")
    _, first, counts = np.unique(columns[order], return_index=True, return_counts=True)
    levels = np.empty(len(places), dtype=int)
    levels[order] = np.arange(len(places)) - np.repeat(first, counts)
    return levels


def _along(values: Any) -> Any:
    """Return where values from −1 to 1 stand on the line; what is no number stands at 0."""
    inside = np.clip(np.nan_to_num(values, nan=0.0), -1.0, 1.0)
    return LEFT + (RIGHT - LEFT) * (inside + 1) / 2


def _counted(n: int, meaning: str) -> str:
    return f"{n} row{'' if n == 1 else 's'}: {meaning}" if n else ""
