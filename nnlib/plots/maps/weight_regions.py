"""The plane of two weights, cut into regions: in each, a neuron answers all rows alike."""

from collections.abc import Sequence
from dataclasses import dataclass
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
DIAMOND = 22.0  # half of its diagonal, and what stays free around it
HALF_LINE = 8.5  # half the height of a number
HALF_LETTER = 6.0  # half the width of one letter
FREE = 3.0  # from a number to a line, and to the rim


@dataclass(frozen=True)
class _Wording:
    """A number as it may be written in its region, and where it is clear of lines and rim."""

    text: str
    half: Array  # (2,), half its width and height, in weights
    places: Array  # (n, 2), the nearest to the middle of the region first


class WeightRegions:
    """The artists of one plane of weights; made by `draw_weight_regions`."""

    def __init__(self, ax: Axes, reach: float, palette: Palette) -> None:
        self.ax = ax
        self.weights = grid_points((-reach, reach, -reach, reach), SIZE)  # (SIZE², 2)
        self._reach = reach
        self._wordings: dict[Text, list[_Wording]] = {}  # of each region, the longest first
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
        regions = [pattern == each for each in np.unique(pattern)]
        self._wordings = {}
        for label, region in zip(self.labels, regions, strict=False):
            n_right = count[region][0]
            best = n_right == right.shape[1]
            texts = [f"{n_right} ✓", f"{n_right}"] if best else [f"{n_right}"]
            self._wordings[label] = [self._wording(text, region, edges) for text in texts]
            label.set_fontweight("bold" if best else "normal")

    @property
    def chosen(self) -> Array:
        """Where the diamond is, (1, 2)."""
        return np.asarray(self._chosen.get_xydata())

    def choose(self, w1: float, w2: float) -> None:
        """Put the diamond at (w₁, w₂), or at the rim if that is outside; a number makes way."""
        chosen = np.clip([w1, w2], -self._reach, self._reach)
        self._chosen.set_data(chosen[:1], chosen[1:])
        for label in self.labels:
            label.set_text("")
        for label, wordings in self._wordings.items():
            for wording in reversed(wordings):
                between = np.abs(wording.places - chosen) - wording.half
                clear = between.clip(0.0).sum(axis=1) >= DIAMOND * self._pixel
                if clear.any():
                    label.set_text(wording.text)
                    label.set_position(tuple(wording.places[clear.argmax()]))

    def _wording(self, text: str, region: NDArray[np.bool_], edges: Sequence[Array]) -> _Wording:
        """Return where a text may stand in a region, given as a mask (SIZE²,)."""
        half = np.array([HALF_LETTER * len(text), HALF_LINE]) * self._pixel
        free = FREE * self._pixel
        places = self.weights[region]
        clear: NDArray[np.bool_] = np.all(np.abs(places) + half + free <= self._reach, axis=1)
        for start, end in edges:
            along = (end - start) / np.hypot(*(end - start))
            normal = np.array([-along[1], along[0]])
            clear &= np.abs((places - start) @ normal) >= np.abs(normal) @ half + free
        away = np.hypot(*(places - places.mean(axis=0)).T)
        nearest = np.argsort(away, kind="stable")
        return _Wording(text, half, places[nearest][clear[nearest]])

    @property
    def _pixel(self) -> float:
        """How much of a weight a pixel is: the plane is a square."""
        return 2 * self._reach / min(size_in_pixels(self.ax))


def draw_weight_regions(ax: Axes, reach: float, palette: Palette = LIGHT) -> WeightRegions:
    """Draw an empty plane of weights from −``reach`` to ``reach`` and return the drawing."""
    return WeightRegions(ax, reach, palette)
