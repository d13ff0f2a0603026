"""Where the paths of several optimisers end: a mark and a short name for each, above all paths.

Marks that would hide each other move apart by a few pixels; a name stands where it is free.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.text import Text
from matplotlib.textpath import TextPath

from nnlib._typing import Array
from nnlib.plots.palette import Palette
from nnlib.plots.pixels import size_in_pixels
from nnlib.plots.words.label_placement import Box
from nnlib.plots.words.text import ground

GAP = 14.0  # pixels from one mark's centre to the next, at least
_ROUNDS = 40  # of moving apart: more than five marks need
_POINTS, _HEIGHT = 9.5, 15.0  # of a name: its letters, and its height in pixels
_AWAY = 10.0  # from a mark's centre to its name
_SIDES = ((1, 0), (-1, 0), (1, 1), (-1, 1), (1, -1), (-1, -1))  # where a name may stand, best first


@lru_cache(maxsize=32)
def width_of(name: str) -> float:
    """Return how wide a name is, in pixels."""
    return float(TextPath((0.0, 0.0), name, size=_POINTS * 100 / 72).get_extents().width)


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
    """A mark and a name for each path; the chosen path's mark is drawn by others."""

    def __init__(self, ax: Axes, marks: Sequence[str], palette: Palette) -> None:
        self.ax = ax
        rim: dict[str, Any] = {"color": palette.grey, "markeredgecolor": palette.background}
        rim |= {"markersize": 9, "markeredgewidth": 1.2, "zorder": 6}
        self.marks = [ax.plot([], [], mark, **rim)[0] for mark in marks]
        style: dict[str, Any] = {"fontsize": _POINTS, "va": "center_baseline", "ha": "center"}
        style |= {"color": palette.ink, "bbox": {**ground(palette), "pad": 0.5}, "zorder": 5}
        self.names = [ax.text(0, 0, "", **style) for _ in marks]
        self.artists: Sequence[Artist] = [*self.names, *self.marks]

    def update(
        self,
        ends: Sequence[Array | None],
        names: Sequence[str],
        chosen: int,
        avoid: Sequence[Array] = (),
    ) -> None:
        """Show the ends, (2,) each, and keep names off the places ``avoid``; None shows none."""
        for artist in self.artists:
            artist.set_visible(False)
        shown = [k for k, end in enumerate(ends) if end is not None]
        places = [complex(*self._pixels(ends[k])) for k in shown]
        at = moved_apart(places, shown.index(chosen) if chosen in shown else -1)
        kept = [*at, *(complex(*self._pixels(place)) for place in avoid)]
        taken = [Box(place.real, place.imag, GAP, GAP) for place in kept]
        for k, place in zip(shown, at, strict=True):
            self.marks[k].set_visible(k != chosen)
            self.marks[k].set_data(*self._data(place)[:, None])
            box = self._free(place, names[k], taken)
            if box is not None:
                taken.append(box)
                self._write(self.names[k], names[k], box, to_the_right=box.x > place.real)

    def _write(self, text: Text, name: str, box: Box, to_the_right: bool) -> None:
        """Write a name in its box, at the side where its mark is."""
        text.set_visible(True)
        text.set_text(name)
        text.set_horizontalalignment("left" if to_the_right else "right")
        near = box.x - box.width / 2 if to_the_right else box.x + box.width / 2
        text.set_position(tuple(self._data(complex(near, box.y))))

    def _free(self, mark: complex, name: str, taken: Sequence[Box]) -> Box | None:
        """Return where a name touches no mark and no other name, and is on the map."""
        width, height = size_in_pixels(self.ax)
        half = width_of(name) / 2
        for right, up in _SIDES:
            x = mark.real + right * (half + (_AWAY if up == 0 else 0.0))
            y = mark.imag + up * (_AWAY + _HEIGHT / 2)
            box = Box(x, y, 2 * half, _HEIGHT)
            inside = half < x < width - half and _HEIGHT < y < height - _HEIGHT
            if inside and not any(_touch(box, other) for other in taken):
                return box
        return None

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


def _touch(one: Box, other: Box) -> bool:
    across, up = abs(one.x - other.x), abs(one.y - other.y)
    return across < (one.width + other.width) / 2 and up < (one.height + other.height) / 2
