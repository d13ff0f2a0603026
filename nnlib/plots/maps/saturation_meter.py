"""How much of a data set lies where a curve is flat: points on a strip, their share as a bar."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from nnlib._typing import Array
from nnlib.plots.palette import LIGHT, Palette

HEIGHT = 0.12  # of the panels at whose feet strip and bar stand
_BAR = 0.36  # how long the full bar is, as a fraction of the panel's width
_SPREAD = 0.618034  # the golden ratio: neighbours in the data stand at different heights


class SaturationMeter:
    """The artists of a strip in one panel and a bar in another; made by `draw_saturation_meter`."""

    def __init__(self, strip: Axes, bar: Axes, palette: Palette) -> None:
        self.strip, self.bar = strip, bar
        self._grounds = [self._add_ground(ax, palette) for ax in (strip, bar)]
        marks: dict[str, Any] = {"linestyle": "none", "markersize": 5, "zorder": 6.5}
        marks["transform"] = strip.get_xaxis_transform()
        (self.free,) = strip.plot([], [], "o", color=palette.ink, markeredgewidth=0, **marks)
        (self.caught,) = strip.plot([], [], "x", color=palette.grey, **marks)
        box: dict[str, Any] = {"transform": bar.transAxes, "zorder": 6.5}
        self._frame = Rectangle(
            (0.02, 0.035), _BAR, 0.05, facecolor="none", edgecolor=palette.grey, **box
        )
        self.share = Rectangle((0.02, 0.035), 0, 0.05, color=palette.grey, **box)
        for patch in (self._frame, self.share):
            bar.add_patch(patch)
        self.words = bar.text(_BAR + 0.045, 0.058, "", fontsize=11, va="center", **box)
        self.words.set_color(palette.ink)
        marks_and_bar = [self.free, self.caught, self.share, self._frame, self.words]
        self.artists: Sequence[Artist] = [*self._grounds, *marks_and_bar]

    def _add_ground(self, ax: Axes, palette: Palette) -> Rectangle:
        """Cover the panel's foot, so that no curve runs through the meter."""
        ground = Rectangle((0, 0), 1, HEIGHT, facecolor=palette.background, zorder=6.2)
        ground.set(transform=ax.transAxes, edgecolor=palette.grey, linewidth=0.8, clip_on=False)
        ax.add_patch(ground)
        return ground

    def update(self, x: Array, saturated: NDArray[np.bool_], words: str) -> None:
        """Show the points at ``x``, crosses where they are saturated; without points show nothing.

        A point beyond the panel's end stands at that end.
        """
        for artist in self.artists:
            artist.set_visible(len(x) > 0)
        if not len(x):
            return
        left, right = self.strip.get_xlim()
        shown = np.clip(x, left + 0.1, right - 0.1)
        heights = HEIGHT * (0.16 + 0.68 * (np.arange(len(x)) * _SPREAD % 1))
        self.free.set_data(shown[~saturated], heights[~saturated])
        self.caught.set_data(shown[saturated], heights[saturated])
        self.share.set_width(_BAR * float(np.mean(saturated)))
        self.words.set_text(words)


def draw_saturation_meter(strip: Axes, bar: Axes, palette: Palette = LIGHT) -> SaturationMeter:
    """Draw an empty meter at the foot of two panels: points in ``strip``, share in ``bar``."""
    return SaturationMeter(strip, bar, palette)
