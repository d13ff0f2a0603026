"""A word beside a place on a map, such as the start's."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes

from nnlib._typing import Array
from nnlib.plots.palette import Palette
from nnlib.plots.pixels import pixels_per_unit
from nnlib.plots.words.text import ground

_AWAY = 13.0  # pixels from the place to the word
_ROOM = 28.0  # pixels that a word needs between its place and the edge
_LETTER = 4.0  # pixels, half a letter's width: so far from the edge is a word's middle, at least


class PlaceName:
    """One word, below its place, or above where there is no room below."""

    def __init__(self, ax: Axes, word: str, palette: Palette) -> None:
        self.ax = ax
        style: dict[str, Any] = {"fontsize": 10, "color": palette.ink, "ha": "center", "zorder": 6}
        self._half = _LETTER * (len(word) + 1)
        self.text = ax.text(0, 0, word, bbox=ground(palette), visible=False, **style)

    def update(self, place: Array | None) -> None:
        """Put the word beside ``place``, (2,); None leaves it out."""
        self.text.set_visible(place is not None)
        if place is None:
            return
        (left, right), low = self.ax.get_xlim(), self.ax.get_ylim()[0]
        along_x, along_y = pixels_per_unit(self.ax)
        below = (place[1] - low) * along_y > _ROOM
        half = self._half / along_x
        away = (-_AWAY if below else _AWAY) / along_y
        self.text.set_verticalalignment("top" if below else "bottom")
        across = np.clip(float(place[0]), left + half, right - half)
        self.text.set_position((across, place[1] + away))
