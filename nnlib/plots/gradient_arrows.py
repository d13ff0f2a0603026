"""Arrows from one point of a plane of two weights, over the contour lines of a loss."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from contourpy import contour_generator
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import FancyArrowPatch

from nnlib._typing import Array
from nnlib.plots.palette import LIGHT, Palette

LEVELS = 12
SHORTEST = 0.02  # an arrow shorter than this is a dot: its head alone would be longer


class GradientArrows:
    """The artists of one plane with arrows; made by `draw_gradient_arrows`."""

    def __init__(self, ax: Axes, reach: float, n_rows: int, palette: Palette) -> None:
        self.ax = ax
        self._contours = LineCollection([], colors=palette.grey, linewidths=0.7, zorder=1)
        ax.add_collection(self._contours, autolim=False)
        self.rows = [_arrow(ax, palette.gradient, 1.2, 2) for _ in range(n_rows)]
        self.batch = _arrow(ax, palette.ink, 4.0, 4)
        (self._point,) = ax.plot([], [], "o", color=palette.ink, markersize=9, zorder=5)
        self._point.set_markeredgecolor(palette.background)
        ax.set(xlim=(-reach, reach), ylim=(-reach, reach))
        ax.set_xticks(np.arange(1 - reach, reach))  # none in the corners
        ax.set_yticks(np.arange(1 - reach, reach))
        ax.set_xlabel("w₁", fontsize=11, color=palette.ink, labelpad=1)
        ax.set_ylabel("w₂", fontsize=11, color=palette.ink, rotation=0, labelpad=5)
        ax.tick_params(colors=palette.grey, labelsize=10, length=0)
        ax.set_facecolor(palette.background)
        for spine in ax.spines.values():
            spine.set_color(palette.faint)
        self.artists: Sequence[Artist] = [self._contours, *self.rows, self.batch, self._point]

    def set_contours(self, weights: Array, losses: Array) -> None:
        """Draw the lines of equal loss.

        Parameters
        ----------
        weights : array (n,)
            The places along either axis.
        losses : array (n, n)
            The loss there; w₂ grows from row to row.
        """
        lines = contour_generator(weights, weights, losses)
        # Evenly spaced in the root: the lines then stand closer where the loss is low.
        roots = np.linspace(losses.min() ** 0.5, losses.max() ** 0.5, LEVELS + 2)[1:-1]
        self._contours.set_segments(
            [np.asarray(line) for level in roots**2 for line in lines.lines(level)]
        )

    def set_arrows(self, point: Array, rows: Array, chosen: int, batch: Array) -> None:
        """Draw from ``point`` (2,) an arrow for each of ``rows`` (n_rows, 2) and the ``batch``."""
        self._point.set_data(point[:1], point[1:])
        for i, (arrow, way) in enumerate(zip(self.rows, rows, strict=True)):
            _point_from(arrow, point, way)
            arrow.set_linewidth(2.6 if i == chosen else 1.2)
            arrow.set_linestyle("solid" if i == chosen else (0, (4, 1.5)))
            arrow.set_zorder(3 if i == chosen else 2)
        _point_from(self.batch, point, batch)

    @property
    def point(self) -> Array:
        """Where the arrows begin, (1, 2)."""
        return np.asarray(self._point.get_xydata())


def _arrow(ax: Axes, colour: str, width: float, zorder: float) -> FancyArrowPatch:
    style: dict[str, Any] = {"arrowstyle": "-|>", "mutation_scale": 14, "shrinkA": 0, "shrinkB": 0}
    arrow = FancyArrowPatch((0, 0), (1, 0), color=colour, linewidth=width, zorder=zorder, **style)
    ax.add_patch(arrow)
    return arrow


def _point_from(arrow: FancyArrowPatch, point: Array, way: Array) -> None:
    arrow.set_visible(bool(np.hypot(*way) >= SHORTEST))
    arrow.set_positions(tuple(point), tuple(point + way))


def draw_gradient_arrows(
    ax: Axes, reach: float, n_rows: int, palette: Palette = LIGHT
) -> GradientArrows:
    """Draw an empty plane of weights from −``reach`` to ``reach`` and return its handle."""
    return GradientArrows(ax, reach, n_rows, palette)
