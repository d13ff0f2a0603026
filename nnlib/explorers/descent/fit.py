"""The data, and what the model answers with the parameters of the present place."""

from typing import Any

import numpy as np
from matplotlib.figure import Figure

from nnlib._typing import Array
from nnlib.explorers.descent.surfaces import Surface
from nnlib.plots.palette import Palette

_X, _Y = 7.0, 3.2  # how far the bare axes reach from 0
_FAR = 1e6  # a larger answer is drawn there: no line looks steeper for more


class Fit:
    """Points, and a line through them, on two bare axes."""

    def __init__(self, figure: Figure, palette: Palette) -> None:
        ax = figure.add_axes((0.528, 0.27, 0.19, 0.59))
        ax.set(xlim=(-_X, _X), ylim=(-_Y - 0.2, _Y + 0.2))
        ax.set_axis_off()
        style: dict[str, Any] = {"fontsize": 11, "color": palette.grey, "va": "center"}
        (self.points,) = ax.plot([], [], "o", color=palette.grey, markersize=6, zorder=2)
        (self.answers,) = ax.plot([], [], color=palette.ink, linewidth=2.2, zorder=3)
        style_of_note = style | {"color": palette.ink, "ha": "center"}
        self.note = ax.text(0, -_Y + 0.5, "its line is out of sight", **style_of_note)
        self.note.set_bbox({"facecolor": palette.background, "edgecolor": "none", "pad": 2})
        self.artists = [
            *ax.plot([-_X, _X], [0, 0], [0, 0], [-_Y, _Y], color=palette.faint, zorder=1),
            *(ax.text(_X + 0.3, 0.0, "x", **style), ax.text(-0.3, _Y + 0.45, "y", **style)),
            *(self.points, self.answers, self.note),
        ]

    def update(self, surface: Surface, place: Array) -> None:
        """Show the fit with the parameters ``place``; where it is out of sight, say so."""
        self.points.set_data(surface.x, surface.y)
        x = np.linspace(-_X, _X, 141)
        answers = np.clip(surface.model.answer(place[0], place[1], x), -_FAR, _FAR)
        self.answers.set_data(x, answers)
        self.note.set_visible(bool(answers.min() > _Y or answers.max() < -_Y))
