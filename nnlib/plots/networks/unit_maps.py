"""Small maps of the plane: what each hidden neuron answers for every input."""

from collections.abc import Sequence

import numpy as np
from matplotlib.artist import Artist
from matplotlib.figure import Figure

from nnlib._typing import Array
from nnlib.plots.maps.heat_map import draw_heat_map, to_largest
from nnlib.plots.palette import LIGHT, Palette

Box = tuple[float, float, float, float]  # left, bottom, width, height, in CSS pixels


class UnitMap:
    """One map with its frame and its name; made by `draw_unit_map`."""

    def __init__(self, figure: Figure, box: Box, name: str, palette: Palette) -> None:
        pixels = np.tile(figure.get_size_inches() * 100, 2)
        ax = figure.add_axes(tuple(np.asarray(box) / pixels))
        ax.set_axis_off()
        self._image = draw_heat_map(ax, palette.map, low=-1.0, high=1.0)
        (self._edge,) = ax.plot([0, 1, 1, 0, 0], [0, 0, 1, 1, 0], transform=ax.transAxes)
        self._edge.set(color=palette.grey, linewidth=1.0, clip_on=False)
        self._palette = palette
        title = ax.set_title(name, fontsize=9.5, pad=4, y=1.0, color=palette.ink)
        self.artists: Sequence[Artist] = [self._image, self._edge, title]

    def update(self, answers: Array, marked: bool = False) -> None:
        """Show ``answers`` (size²,) at `grid_points`: 0 is the middle colour, the largest is full.

        ``marked`` draws a thick frame.
        """
        self._image.show_square(to_largest(answers))
        self._edge.set_color(self._palette.ink if marked else self._palette.grey)
        self._edge.set_linewidth(2.6 if marked else 1.0)


def draw_unit_map(figure: Figure, box: Box, name: str, palette: Palette = LIGHT) -> UnitMap:
    """Draw an empty map in ``box`` and return the drawing."""
    return UnitMap(figure, box, name, palette)
