"""The loss of two parameters as a landscape: a surface seen from the side, and a path over it.

Matplotlib's own 3-D axes take a good part of a second to draw. Here the corners of the surface are
turned and projected by hand, straight onto the page (no perspective), and drawn from back to front.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection

from nnlib._typing import Array
from nnlib.plots.maps.loss_map import loss_colormap, shades
from nnlib.plots.maps.walk import Walk
from nnlib.plots.palette import LIGHT, Palette
from nnlib.plots.plane import Limits

_HEIGHT = 0.85  # of the highest point; the ground reaches from −1 to 1
_TILT = np.radians(32)  # how far the eye is above the horizon
_REACH = (-1.32, 1.32, -0.92, 1.42)  # what the panel shows


class Landscape:
    """The artists of one landscape; made by `draw_landscape`."""

    def __init__(self, ax: Axes, limits: Limits, palette: Palette) -> None:
        self.ax = ax
        self._limits = limits
        self._turn = 0.0
        self._losses: Array = np.zeros((2, 2))
        ax.set(xlim=_REACH[:2], ylim=_REACH[2:], aspect="equal", anchor="S")
        ax.set_axis_off()
        self._faces = PolyCollection([], cmap=loss_colormap(palette), linewidths=0.4, zorder=1)
        self._faces.set(edgecolor=palette.grey, clim=(0.0, 1.0))
        ax.add_collection(self._faces, autolim=False)
        self.walk = Walk(ax, palette, width=1.6, size=9)
        style: dict[str, Any] = {"fontsize": 11, "ha": "center", "va": "center"}
        self._names = [ax.text(0, 0, "", color=palette.ink, **style) for _ in range(2)]
        self.artists: Sequence[Artist] = [self._faces, *self.walk.artists, *self._names]

    def set_surface(self, losses: Array, names: tuple[str, str], turn: float) -> None:
        """Show losses (rows, columns) over the limits, turned by ``turn`` degrees."""
        if losses is self._losses and np.radians(turn) == self._turn:
            return
        self._losses, self._turn = losses, np.radians(turn)
        left, right, bottom, top = self._limits
        p, q = np.meshgrid(
            np.linspace(left, right, losses.shape[1]), np.linspace(bottom, top, losses.shape[0])
        )
        corners, depth = self._project(p, q, losses)
        faces = np.stack(
            [corners[:-1, :-1], corners[:-1, 1:], corners[1:, 1:], corners[1:, :-1]], axis=2
        ).reshape(-1, 4, 2)
        behind = np.argsort(-_of_faces(depth))
        self._faces.set_verts(list(faces[behind]))
        self._faces.set_array(_of_faces(shades(losses))[behind])
        near_p = (
            right if np.sin(self._turn) < 0 else left
        )  # of two opposite edges, the one in front
        near_q = bottom if np.cos(self._turn) > 0 else top
        ends = ((0.0, 1.38 * near_q), (1.22 * near_p, 0.0))  # clear of a mark at the edge
        for name, text, end in zip(self._names, names, ends, strict=True):
            place, _ = self._project(*end, float(losses.min()))
            name.set_text(text)
            name.set_position((place[0], place[1]))

    def set_path(self, path: Array, losses: Array) -> None:
        """Show the places of a run, (steps + 1, 2), at the height of their losses (steps + 1,).

        What lies outside the limits is left out.
        """
        left, right, bottom, top = self._limits
        p, q = path.T
        inside = (left <= p) & (p <= right) & (bottom <= q) & (q <= top)
        places, _ = self._project(p, q, np.where(inside, losses, np.nan))
        places[~inside] = np.nan
        self.walk.set_places(places, seen=bool(inside[-1]))

    @property
    def now(self) -> Array:
        """Where the dot of the present place is, in the panel's coordinates, (1, 2)."""
        return self.walk.now

    def _project(self, p: Any, q: Any, loss: Any) -> tuple[Array, Array]:
        """Return where points are on the page, (…, 2), and how far behind."""
        left, right, bottom, top = self._limits
        unit = (right - left) / 2
        x, y = (p - (left + right) / 2) / unit, (q - (bottom + top) / 2) / unit
        low, high = self._losses.min(), self._losses.max()
        height = _HEIGHT * (loss - low) / (high - low)
        across = x * np.cos(self._turn) - y * np.sin(self._turn)
        depth = x * np.sin(self._turn) + y * np.cos(self._turn)
        up = height * np.cos(_TILT) + depth * np.sin(_TILT)
        return np.stack([across, up], axis=-1), depth


def _of_faces(corners: Array) -> Array:
    """Return for each face the mean of its four corners, in the order of the faces."""
    mean = (corners[:-1, :-1] + corners[:-1, 1:] + corners[1:, 1:] + corners[1:, :-1]) / 4
    return mean.ravel()


def draw_landscape(ax: Axes, limits: Limits, palette: Palette = LIGHT) -> Landscape:
    """Draw an empty landscape on ``ax`` and return the drawing."""
    return Landscape(ax, limits, palette)
