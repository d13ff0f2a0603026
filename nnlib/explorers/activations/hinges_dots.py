"""The hinges as numbered dots in the plane; arrowheads and a value where the answer leaves it."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.text import Text

from nnlib.explorers.activations.hinges_model import UNITS, X_END, HingesModel
from nnlib.explorers.activations.hinges_places import (
    ARROW,
    DOT,
    EDGE,
    HEIGHT,
    LINE,
    REACH,
    WIDTH,
    Place,
    arrowheads,
    crossings,
    cut_of,
    pixels,
    place_dots,
    place_value,
    point_at,
    side_of,
    width_of,
)
from nnlib.plots.palette import Palette
from nnlib.plots.words.labels import short
from nnlib.plots.words.text import ground

WORDS = 12.5  # the size of words and numbers, in points: in a narrow window they shrink by a third
_POINTS = 0.72  # in a CSS pixel
SIGNS = {"^": 1, "v": -1}  # arrowheads, and the sign of what they stand for
_IN_WORDS = {"^": "↑", "v": "↓"}
_AWAY = EDGE + ARROW / 2  # from an edge to the middle of an arrowhead that points at it


def add_disc(ax: Axes, palette: Palette, number: str = "") -> tuple[Line2D, Text]:
    """Add a disc with a number, which stands for a unit; it has no place yet."""
    (disc,) = ax.plot([], [], "o", color=palette.ink, clip_on=False, zorder=6)
    disc.set(markersize=DOT * _POINTS, markeredgecolor=palette.background)
    style: dict[str, Any] = {"fontsize": WORDS, "fontweight": "bold", "zorder": 7}
    words = ax.text(0, 0, number, color=palette.background, **style)
    words.set(ha="center", va="center_baseline")
    return disc, words


def add_arrows(ax: Axes, marker: str, color: str) -> Line2D:
    """Add arrowheads of one direction; they have no places yet."""
    (arrows,) = ax.plot([], [], marker, color=color, clip_on=False, zorder=5)
    arrows.set(markersize=ARROW * _POINTS, markeredgewidth=0)
    return arrows


class HingeDots:
    """A dot for each unit, made on the plane's ``ax``."""

    def __init__(self, ax: Axes, palette: Palette) -> None:
        self._dots = [add_disc(ax, palette, f"{unit}") for unit in UNITS]
        self._arrows = {way: add_arrows(ax, way, palette.ink) for way in "^v<>"}
        style: dict[str, Any] = {"fontsize": WORDS, "ha": "center", "va": "center_baseline"}
        self._values = {
            way: ax.text(0, 0, "", color=palette.ink, bbox=ground(palette), zorder=4, **style)
            for way in "^v"
        }
        self.artists = [*self._values.values(), *self._arrows.values()]
        self.artists += [artist for dot in self._dots for artist in dot]
        self.places: dict[int, tuple[float, float]] = {}  # unit → (x, y) of its dot in the plane

    def update(self, model: HingesModel) -> None:
        """Put the dots on the answer's hinges."""
        hinges = pixels(model.places, model.answer(np.clip(model.places, 0, X_END)))
        dots = place_dots(hinges)
        self.places = {unit: point_at(dot) for unit, dot in zip(UNITS, dots, strict=False)}
        for unit, (disc, number) in zip(UNITS, self._dots, strict=True):
            for artist in (disc, number):
                artist.set_visible(unit in self.places)
            x, y = self.places.get(unit, (0, 0))
            disc.set_data([x], [y])
            number.set_position((x, y))
        sides = [side_of(hinge.x, 0, WIDTH) for hinge in hinges]
        for way, side, x in (("<", -1, _AWAY), (">", 1, WIDTH - _AWAY)):
            beside = (dot for dot, its_side in zip(dots, sides, strict=True) if its_side == side)
            self._put_arrows(way, [Place(x, dot.y) for dot in beside])
        inside = [hinge for hinge, side in zip(hinges, sides, strict=True) if not side]
        for way in "^v":
            self._draw_edge(model, way, inside, dots)

    def _draw_edge(
        self, model: HingesModel, way: str, hinges: Sequence[Place], dots: Sequence[Place]
    ) -> None:
        """Draw what leaves the plane through its upper or its lower edge."""
        sign = SIGNS[way]
        outside = [hinge.x for hinge in hinges if side_of(hinge.y, 0, HEIGHT) == sign]
        cuts = [x * WIDTH / X_END for x in crossings(*model.knots, sign * REACH)]
        heads = arrowheads([*outside, *cuts], way == "^", dots)
        self._put_arrows(way, heads)
        value, cut = self._values[way], cut_of(*model.knots, way == "^")
        value.set_visible(cut is not None)
        if cut is not None:
            edge = HEIGHT if way == "^" else 0.0
            value.set_text(f"{short(cut.value)} {_IN_WORDS[way]}")
            near = [dot for dot in dots if abs(dot.y - edge) < LINE + DOT / 2]
            marks = [*((head.x, ARROW) for head in heads), *((dot.x, DOT) for dot in near)]
            x = place_value(
                cut.x * WIDTH / X_END,
                width_of(value.get_text()),
                [(middle - width / 2, middle + width / 2) for middle, width in marks],
                _lines_at(edge, pixels(*model.knots)),
            )
            value.set_position(point_at(Place(x, edge - sign * LINE / 2)))

    def _put_arrows(self, way: str, places: Sequence[Place]) -> None:
        self._arrows[way].set_data(*np.reshape([point_at(it) for it in places], (-1, 2)).T)


def _lines_at(edge: float, knots: Sequence[Place]) -> list[tuple[float, float]]:
    """Return from where to where a straight piece lies less than a line of words from the edge."""
    near: list[tuple[float, float]] = []
    bottom, top = (edge - LINE, edge) if edge else (edge, edge + LINE)
    for piece in pairwise(knots):
        (low_x, low), (high_x, high) = sorted(piece, key=lambda knot: knot.y)
        if high > bottom and low < top:
            left, right = np.interp((bottom, top), (low, high), (low_x, high_x))
            near.append((min(left, right), max(left, right)))
    return near
