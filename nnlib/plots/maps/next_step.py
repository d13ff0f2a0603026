"""Where the next step of a run will lead: a dotted way to a ring, before the step is made."""

from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from nnlib._typing import Array
from nnlib.plots.palette import Palette
from nnlib.plots.pixels import pixels_per_unit

_HIDDEN = 12.0  # pixels: a shorter way lies under the run's mark, or the start's
_RING = 6.5  # the ring's size, in points: less than a run's mark, which hides it at a lowest place


class NextStep:
    """The way from where a run is to where its next step ends, cut off at the map's edge."""

    def __init__(self, ax: Axes, palette: Palette) -> None:
        self._ax = ax
        style: dict[str, Any] = {"color": palette.ink, "visible": False, "zorder": 4.5}
        (self.way,) = ax.plot([], [], linewidth=1.5, linestyle=(0, (1, 1.6)), **style)
        words: dict[str, Any] = {"transform": ax.transAxes, "fontsize": 11, "va": "center"}
        self.name = ax.text(1, -0.115, "", ha="right", **words, **style)
        style |= {"markerfacecolor": palette.background, "markeredgewidth": 1.4}
        (self.ring,) = ax.plot([], [], "o", markersize=_RING, **style)
        self.artists: list[Artist] = [self.way, self.ring, self.name]

    def update(self, way: Array | None) -> None:
        """Show the way, (2, 2); None where no step will follow."""
        for artist in self.artists:
            artist.set_visible(way is not None)
        if way is not None:
            seen = np.hypot(*((way[1] - way[0]) * pixels_per_unit(self._ax))) > _HIDDEN
            self.name.set_text("dotted: next step" if seen else "next step: not visible")
            self.way.set_data(*way.T)
            self.ring.set_data(*way[1:].T)
