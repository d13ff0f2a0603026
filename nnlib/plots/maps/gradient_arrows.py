"""Arrows from one point of a plane of two weights, over the shades and contours of a loss."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch

from nnlib._typing import Array
from nnlib.plots.maps.loss_map import draw_loss_map
from nnlib.plots.palette import LIGHT, Palette
from nnlib.plots.pixels import size_in_pixels
from nnlib.plots.words.label_placement import Box
from nnlib.plots.words.text import ground

HEAD = 14.0  # the size of an arrow's head, as Matplotlib counts it; its length is 0.4 of it
SHORTEST = 12.0  # pixels; a shorter arrow ends within the point
NOTHING = 2.0  # pixels; a shorter one has no direction to speak of
LABEL = 11.0  # pixels from an arrow's tip to the middle of its name
WIDTH = 8.0  # pixels of a letter of a name
BATCH = "batch"


class NamedArrow:
    """An arrow with its name at the tip; made for drawing it again and again.

    One that is shorter than two heads gets a smaller head, and a thinner line. Of one that would
    end within the point only the name is seen, on the side to which it leads.
    """

    def __init__(self, ax: Axes, name: str, colour: str, zorder: float, palette: Palette) -> None:
        self._ax = ax
        style: dict[str, Any] = {"arrowstyle": "-|>", "shrinkA": 0, "shrinkB": 0}
        self.patch = FancyArrowPatch((0, 0), (1, 0), color=colour, zorder=zorder, **style)
        ax.add_patch(self.patch)
        text: dict[str, Any] = {"fontsize": 10, "ha": "center", "va": "center_baseline"}
        self.name = ax.text(0, 0, name, color=colour, zorder=zorder + 3, **text)
        self.name.set_bbox({**ground(palette), "pad": 0.5})
        self.artists: list[Artist] = [self.patch, self.name]

    def set(self, start: Array, way: Array, width: float, style: Any = "solid") -> None:
        """Let the arrow lead from ``start`` by ``way``, both (2,), in units of the plane."""
        length = float(np.hypot(*(way * self._pixels_per_unit())))
        self.patch.set_positions(tuple(start), tuple(start + way))
        self.patch.set_visible(length >= SHORTEST)
        points = max(length, SHORTEST) * 72 / 100
        self.patch.set_mutation_scale(min(HEAD, points / 0.8))  # the head: at most half of it
        self.patch.set_linewidth(min(width, points / 6))
        self.patch.set_linestyle(style)

    def set_name(self, start: Array, way: Array, taken: list[Box]) -> None:
        """Write the name behind the tip, or farther out where others stand; add its box to them.

        An arrow that leaves the plane is named where it does. There is no name without any room,
        and none for an arrow without a length.
        """
        self.name.set_visible(False)
        per_unit = self._pixels_per_unit()
        length = float(np.hypot(*(way * per_unit)))
        if length < NOTHING:
            return
        limits = np.array([self._ax.get_xlim(), self._ax.get_ylim()])
        low, high = limits[:, 0] + LABEL / per_unit, limits[:, 1] - LABEL / per_unit
        moving = way != 0
        leaves = float(min((np.where(way > 0, high, low) - start)[moving] / way[moving]))
        tip = min((max(length, SHORTEST) + LABEL) / length, leaves)
        for step in (0, 1, 2, 3, -1, -2):  # outwards, then back over the arrow
            share = tip + step * 1.4 * LABEL / length
            place = start + share * way
            x, y = place * per_unit
            box = Box(x, y, WIDTH * len(self.name.get_text()) + 4, 16)
            if 0 <= share <= leaves and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                self.name.set_position(tuple(place))
                self.name.set_visible(True)
                return

    def _pixels_per_unit(self) -> Array:
        """Return how many CSS pixels a unit is long, along either axis."""
        return np.array(size_in_pixels(self._ax)) / np.array(
            [np.ptp(self._ax.get_xlim()), np.ptp(self._ax.get_ylim())]
        )


def _overlap(box: Box, other: Box) -> bool:
    across = abs(box.x - other.x) < (box.width + other.width) / 2
    return across and abs(box.y - other.y) < (box.height + other.height) / 2


class GradientArrows:
    """The artists of one plane with arrows; made by `draw_gradient_arrows`."""

    def __init__(self, ax: Axes, reach: float, n_rows: int, palette: Palette) -> None:
        self.ax = ax
        self.map = draw_loss_map(ax, (-reach, reach, -reach, reach), palette)
        self._rows = [
            NamedArrow(ax, f"{row}", palette.gradient, 4, palette) for row in range(1, n_rows + 1)
        ]
        self._batch = NamedArrow(ax, BATCH, palette.ink, 5, palette)
        self.rows = [arrow.patch for arrow in self._rows]
        self.batch = self._batch.patch
        named = [artist for it in (*self._rows, self._batch) for artist in it.artists]
        self.artists: Sequence[Artist] = [*self.map.artists, *named]

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
        """
        self.map.set_path(path, (0.0, 0.0))
        for i, (arrow, way) in enumerate(zip(self._rows, rows, strict=True)):
            width, style = (2.6, "solid") if i == chosen else (1.2, (0, (4, 1.5)))
            arrow.set(path[-1], way, width, style)
        self._batch.set(path[-1], batch, 4.0)
        taken: list[Box] = []
        named = [*zip(self._rows, rows, strict=True), (self._batch, batch)]
        for arrow, way in (named[chosen], named[-1], *named[:chosen], *named[chosen + 1 : -1]):
            arrow.set_name(path[-1], way, taken)

    @property
    def point(self) -> Array:
        """Where the arrows begin, (1, 2)."""
        return self.map.now


def draw_gradient_arrows(
    ax: Axes, reach: float, n_rows: int, palette: Palette = LIGHT
) -> GradientArrows:
    """Draw an empty plane of weights from −``reach`` to ``reach`` and return its handle."""
    return GradientArrows(ax, reach, n_rows, palette)
