"""The plane of two weights, cut into regions: in each, a neuron answers all rows alike."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.text import Text
from numpy.typing import NDArray

from nnlib._typing import Array
from nnlib.plots.axes import name_axes, style_axes
from nnlib.plots.palette import LIGHT, Palette
from nnlib.plots.pixels import size_in_pixels
from nnlib.plots.plane import grid_points

SIZE = 161  # grid points along each weight
# In pixels.
DIAMOND = 14.0  # half of its diagonal, and what stays free around it
HALF_LINE = 7.0  # half the height of a number
HALF_LETTER = 5.4  # half the width of one letter
SMALLEST_LABELLED = 0.006  # part of the plane; a number does not fit into less


class WeightRegions:
    """The artists of one plane of weights; made by `draw_weight_regions`."""

    def __init__(self, ax: Axes, reach: float, palette: Palette) -> None:
        self.ax = ax
        self.weights = grid_points((-reach, reach, -reach, reach), SIZE)  # (SIZE², 2)
        self._reach = reach
        self._pattern = np.zeros(len(self.weights), dtype=int)
        self._centres: dict[Text, Array] = {}  # of the regions that are numbered
        self._image = ax.imshow(
            [[0.5]],
            cmap=palette.map,
            vmin=0.0,
            vmax=1.0,
            origin="lower",
            extent=(-reach, reach, -reach, reach),
            interpolation="nearest",
            zorder=0,
        )
        self._edges = LineCollection([], colors=palette.ink, linewidths=1.4, zorder=2)
        ax.add_collection(self._edges, autolim=False)
        style: dict[str, Any] = {"ha": "center", "va": "center", "color": palette.ink}
        self.labels = [ax.text(0, 0, "", fontsize=12, zorder=3, **style) for _ in range(8)]
        (self._chosen,) = ax.plot(
            *([0.0], [0.0], "D"),
            color=palette.ink,
            markeredgecolor=palette.background,
            markersize=11,
            markeredgewidth=1.5,
            zorder=5,
            clip_on=False,  # whole also at the border
        )
        style_axes(ax, palette)
        name_axes(ax, "w₁", "w₂", palette, upright=True)
        self.artists: Sequence[Artist] = [self._image, self._edges, *self.labels, self._chosen]

    def update(self, right: NDArray[np.bool_], edges: Sequence[Array]) -> None:
        """Colour the regions and number them.

        Parameters
        ----------
        right : array (SIZE², n_rows)
            Which rows of a truth table the neuron with each of ``weights`` answers right.
        edges : sequence of arrays (2, 2)
            The lines between the regions, each by two points (w₁, w₂).
        """
        count = right.sum(axis=1)
        self._image.set_data((count / right.shape[1]).reshape(SIZE, SIZE))
        self._edges.set_segments(list(edges))
        pattern = right @ (1 << np.arange(right.shape[1]))  # a number for each way to answer
        self._pattern, self._centres = pattern, {}
        regions = [self.weights[pattern == each] for each in np.unique(pattern)]
        large = [region for region in regions if len(region) >= SMALLEST_LABELLED * len(pattern)]
        for label in self.labels:
            label.set_text("")
        for label, region in zip(self.labels, large, strict=False):
            # A region is an intersection of half-planes: convex, so its centre lies inside.
            centre = region.mean(axis=0)
            n_right = count[np.abs(self.weights - region[0]).sum(axis=1).argmin()]
            best = n_right == right.shape[1]
            self._centres[label] = centre
            label.set_text(f"{n_right} ✓" if best else f"{n_right}")
            label.set_fontweight("bold" if best else "normal")

    @property
    def chosen(self) -> Array:
        """Where the diamond is, (1, 2)."""
        return np.asarray(self._chosen.get_xydata())

    def choose(self, w1: float, w2: float) -> None:
        """Put the diamond at (w₁, w₂), or at the rim if that is outside; a number makes way."""
        chosen = np.clip([w1, w2], -self._reach, self._reach)
        self._chosen.set_data(chosen[:1], chosen[1:])
        for label, centre in self._centres.items():
            place = self._beside(chosen, centre, self._half_of(label))
            label.set_visible(place is not None)
            x, y = centre if place is None else place
            label.set_position((x, y))

    def _half_of(self, label: Text) -> Array:
        """Return half of a number's width and height, in weights."""
        pixels = np.array([HALF_LETTER * len(label.get_text()), HALF_LINE])
        return pixels * self._pixel

    def _beside(self, chosen: Array, centre: Array, half: Array) -> Array | None:
        """Return where a region's number stands: in its centre, or beside the diamond there."""
        away = half + DIAMOND * self._pixel
        if (np.abs(centre - chosen) > away).any():
            return centre
        places = [chosen + away * np.array(way) for way in ((1, 0), (-1, 0), (0, 1), (0, -1))]
        inside = [place for place in places if self._holds(centre, place, half)]
        return min(inside, key=lambda place: np.abs(place - centre).sum(), default=None)

    def _holds(self, centre: Array, place: Array, half: Array) -> bool:
        """Say whether a number at a place lies whole in the region of ``centre``."""
        corners = place + half * np.array([(-1, -1), (-1, 1), (1, -1), (1, 1)])
        return all(self._region(corner) == self._region(centre) for corner in corners)

    @property
    def _pixel(self) -> float:
        """How much of a weight a pixel is: the plane is a square."""
        return 2 * self._reach / min(size_in_pixels(self.ax))

    def _region(self, weights: Array) -> int:
        """Return which rows are right at these weights, as a number for each way; −1 outside."""
        if np.abs(weights).max() > 0.95 * self._reach:
            return -1
        return int(self._pattern[np.abs(self.weights - weights).sum(axis=1).argmin()])


def draw_weight_regions(ax: Axes, reach: float, palette: Palette = LIGHT) -> WeightRegions:
    """Draw an empty plane of weights from −``reach`` to ``reach`` and return the drawing."""
    return WeightRegions(ax, reach, palette)
