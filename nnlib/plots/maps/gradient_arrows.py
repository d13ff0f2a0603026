"""Arrows from one point of a plane of two weights, over the shades and contours of a loss."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch

from nnlib._typing import Array
from nnlib.plots.maps.walked_map import draw_walked_map
from nnlib.plots.palette import LIGHT, Palette
from nnlib.plots.pixels import pixels_per_unit, size_in_pixels
from nnlib.plots.words.arrow_names import lengths_within, place_at_tips
from nnlib.plots.words.text import ground

HEAD = 14.0  # the size of an arrow's head, as Matplotlib counts it; its length is 0.4 of it
POINT = 6.0  # the size of the point, in points: its radius is 4 pixels
SHORTEST = 16.0  # pixels; a shorter arrow is drawn so long, or the point would hide it
SEEN = 8.0  # pixels of an arrow on the map; of less the point leaves nothing in sight
NOTHING = 2.0  # pixels; a shorter one has no direction to speak of
SHORT, LONG = 60.0, 120.0  # pixels; where all arrows are shorter than `SHORT`, all are lengthened
FACTORS = (50, 20, 10, 5, 3, 2)  # by the largest of these that lets none be longer than `LONG`
WIDTH, HEIGHT = 8.0, 14.0  # pixels of a letter of a name
OFF_THE_MAP = "dot off the map"
BATCH = "batch"


class NamedArrow:
    """An arrow with its name at the tip; made for drawing it again and again.

    The head is at most a quarter of a short one, and its line is thin. None ends within the point:
    an arrow is drawn at least `SHORTEST` long, unless there is next to nothing of it.
    """

    def __init__(self, ax: Axes, name: str, colour: str, zorder: float, palette: Palette) -> None:
        style: dict[str, Any] = {"arrowstyle": "-|>", "shrinkA": 0, "shrinkB": 0}
        self.patch = FancyArrowPatch((0, 0), (1, 0), color=colour, zorder=zorder, **style)
        ax.add_patch(self.patch)
        text: dict[str, Any] = {"fontsize": 10, "ha": "center", "va": "center_baseline"}
        self.name = ax.text(0, 0, name, color=colour, zorder=zorder + 3, **text)
        self.name.set_bbox({**ground(palette), "pad": 0.5})
        self.size = (WIDTH * len(name) + 4, HEIGHT)
        self.artists: list[Artist] = [self.patch, self.name]

    def set(self, start: Array, way: Array, length: float, width: float, style: Any) -> None:
        """Let the arrow lead from ``start`` by ``way``, both (2,); ``length`` is in pixels."""
        for artist in self.artists:
            artist.set_visible(length >= NOTHING)
        self.patch.set_positions(tuple(start), tuple(start + way))
        points = max(length, SHORTEST) * 72 / 100
        self.patch.set_mutation_scale(min(HEAD, points / 1.6))  # the head: a quarter of it
        self.patch.set_linewidth(min(width, points / 8))
        self.patch.set_linestyle(style)


class GradientArrows:
    """The artists of one plane with arrows; made by `draw_gradient_arrows`."""

    def __init__(self, ax: Axes, reach: float, n_rows: int, palette: Palette) -> None:
        self.ax = ax
        self.map = draw_walked_map(ax, (-reach, reach, -reach, reach), palette)
        self.map.set_point_size(POINT)
        self._arrows = [
            *(NamedArrow(ax, f"{k + 1}", palette.gradient, 4, palette) for k in range(n_rows)),
            NamedArrow(ax, BATCH, palette.ink, 5, palette),
        ]
        *self.rows, self.batch = (arrow.patch for arrow in self._arrows)
        self.names = [arrow.name for arrow in self._arrows]
        named = [artist for arrow in self._arrows for artist in arrow.artists]
        style: dict[str, Any] = {"fontsize": 11, "color": palette.ink, "va": "center"}
        self.note = ax.text(1.0, -0.115, "", ha="right", transform=ax.transAxes, **style)
        self.artists: Sequence[Artist] = [*self.map.artists, *named, self.note]

    def set_losses(self, losses: Array) -> None:
        """Show the loss over the plane, (n, n); w₂ grows from row to row."""
        self.map.set_surface(losses, ("w₁", "w₂"))

    def set_arrows(self, path: Array, rows: Array, chosen: int, batch: Array) -> None:
        """Draw the arrows from the end of a path.

        Parameters
        ----------
        path : array (n_steps + 1, 2)
            Where the point has been; its last place is where it is.
        rows : array (n_rows, 2)
            Where each row's arrow leads, from there.
        chosen : int
            The row whose arrow stands out.
        batch : array (2,)
            Where the batch's arrow leads.

        Where all are short, all are drawn longer by one factor, and the note tells which.
        """
        self.map.set_path(path, (0.0, 0.0))
        start, ways = path[-1], np.vstack([rows, batch])
        lengths = np.hypot(*(ways * pixels_per_unit(self.ax)).T)
        times = factor_for(lengths.max())
        ways, lengths = times * ways, times * lengths
        longer = np.where(lengths < NOTHING, 1.0, np.maximum(SHORTEST / (lengths + 1e-9), 1.0))
        ways = ways * longer[:, None]
        for k, (arrow, way) in enumerate(zip(self._arrows, ways, strict=True)):
            width, style = (2.6, "solid") if k == chosen else (1.2, (0, (4, 1.5)))
            if arrow is self._arrows[-1]:
                width, style = 4.0, "solid"
            arrow.set(start, way, lengths[k], width, style)
        self._place_names(path, ways, chosen)
        on_map = self.map.shows(start)
        self.note.set_text(OFF_THE_MAP if not on_map else f"arrows × {times}" if times > 1 else "")

    def _place_names(self, path: Array, ways: Array, chosen: int) -> None:
        """Write each name at its arrow's tip, the chosen row's first and the batch's last.

        An arrow has no name there if next to nothing of it is on the map, or if the name would
        stand nearer to another one.
        """
        room, low = size_in_pixels(self.ax), np.array([self.map.limits[0], self.map.limits[2]])
        per_unit = pixels_per_unit(self.ax)
        walk, tips = ((place - low) * per_unit for place in (path, path[-1] + ways))
        at = walk[-1]
        for arrow, length in zip(self._arrows, lengths_within(room, at, tips), strict=True):
            arrow.name.set_visible(bool(length >= SEEN) and arrow.patch.get_visible())
        order = [chosen, *(k for k in range(len(ways)) if k != chosen)]
        order = [k for k in order if self._arrows[k].name.get_visible()]
        sizes = [self._arrows[k].size for k in order]
        boxes = place_at_tips(at, tips[order], sizes, room, walk)
        for k, box in zip(order, boxes, strict=True):
            self._arrows[k].name.set_visible(box is not None)
            if box is not None:
                self._arrows[k].name.set_position(tuple((box.x, box.y) / per_unit + low))

    @property
    def point(self) -> Array:
        """Where the arrows begin, (1, 2)."""
        return self.map.now


def factor_for(longest: float) -> int:
    """Return how many times as long as they are the arrows are drawn: 1 where they can be seen."""
    if longest >= SHORT or FACTORS[0] * longest < NOTHING:
        return 1
    return next((times for times in FACTORS if times * longest <= LONG), 1)


def draw_gradient_arrows(
    ax: Axes, reach: float, n_rows: int, palette: Palette = LIGHT
) -> GradientArrows:
    """Draw an empty plane of weights from −``reach`` to ``reach`` and return the drawing."""
    return GradientArrows(ax, reach, n_rows, palette)
