"""Where the paths of several optimisers end: a mark for each, above all paths.

Marks that would hide each other move apart by a few pixels. Their names stand in a list.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from nnlib._typing import Array
from nnlib.plots.maps.walk import size_of
from nnlib.plots.palette import Palette
from nnlib.plots.pixels import size_in_pixels

SIZE = 9.0  # of a mark, in points
GAP = 14.0  # pixels from one mark's centre to the next, at least
_ROUNDS = 40  # of moving apart: more than five marks need


def moved_apart(places: Sequence[complex], fixed: int, gap: float = GAP) -> list[complex]:
    """Return places, x + iy, moved until each is ``gap`` from the others; one stays.

    Examples
    --------
    >>> moved_apart([0j, 30 + 0j], fixed=0), moved_apart([0j, 6 + 0j], fixed=0, gap=10)
    ([0j, (30+0j)], [0j, (10+0j)])
    """
    n = len(places)
    at = list(places)
    for _ in range(_ROUNDS):
        for j in range(n):
            for k in range(j):
                way = at[j] - at[k]
                short = gap - abs(way)
                if short <= 1e-9:
                    continue
                # What coincides goes ways of its own, so that all of them come apart.
                push = short * (way / abs(way) if abs(way) > 1e-6 else 1j ** (4 * j / n))
                share = 1.0 if k == fixed else 0.0 if j == fixed else 0.5
                at[j] += share * push
                at[k] -= (1.0 - share) * push
    return at


class PathEnds:
    """A mark for each path, in its colour; the chosen path's mark is drawn by others."""

    def __init__(self, ax: Axes, marks: Sequence[str], palette: Palette) -> None:
        self.ax = ax
        rim: dict[str, Any] = {"markeredgecolor": palette.background, "markeredgewidth": 1.2}
        rim |= {"zorder": 6, "clip_on": False}
        self.marks = [
            ax.plot([], [], mark, color=color, markersize=size_of(mark, SIZE), **rim)[0]
            for mark, color in zip(marks, palette.runs, strict=True)
        ]

    def update(self, ends: Sequence[Array | None], chosen: int) -> None:
        """Show the ends, (2,) each; None shows none."""
        shown = [k for k, end in enumerate(ends) if end is not None]
        places = [complex(*self._pixels(ends[k])) for k in shown]
        at = moved_apart(places, shown.index(chosen) if chosen in shown else -1)
        for k, mark in enumerate(self.marks):
            mark.set_visible(k in shown and k != chosen)
        for k, place in zip(shown, at, strict=True):
            self.marks[k].set_data(*self._data(place)[:, None])

    def _pixels(self, place: Array | None) -> Array:
        corner, scale = self._scale
        return (np.asarray(place, dtype=float) - corner) * scale

    def _data(self, place: complex) -> Array:
        corner, scale = self._scale
        return corner + np.array([place.real, place.imag]) / scale

    @property
    def _scale(self) -> tuple[Array, Array]:
        """The map's lower left corner, and pixels for each unit."""
        low, high = np.transpose([self.ax.get_xlim(), self.ax.get_ylim()])
        return low, np.array(size_in_pixels(self.ax)) / (high - low)
