"""What `TwoRunsExplorer` shows: both boundaries, where they differ, the losses and the numbers.

Three columns, A, B and B − A: each plane with its numbers below it.
"""

from typing import Any

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from nnlib.explorers.two_runs.model import TwoRunsModel
from nnlib.plots.curves.compared_losses import draw_compared_losses
from nnlib.plots.palette import Palette
from nnlib.plots.plane import Plane, boundary_of, draw_plane
from nnlib.plots.words.text import add_panel, draw_plot_title, draw_table

# In CSS pixels from bottom left.
LEFTS = (118.0, 290.0, 462.0)  # of the planes
SIDE, FOOT = 166.0, 182.0  # of each plane, and where it stands
NAMES_END = 109.0  # right end of the rows' names
NOTES = 168.0  # which line is whose
NAME_GAP = 3.5  # points from a plane to the name below it, which stands level with the notes
RULE = 153.0  # between the planes and the table
TOPS = (136.0, 111.0, 86.0, 61.0, 36.0)  # of the table's rows
LOSSES = (690.0, 92.0, 128.0, 256.0)  # left, bottom, width, height
NOTE_TOP = 49.0  # of what is told of the runs before
LARGE, SMALL, MANY = 8, 5.5, 50  # points of a mark, and the rows from which on it is small
NUMBERS, NAMES = 11.5, 10.5  # of the table, in points


class TwoRunsView:
    """Three planes, each above its column of a table, and at the right the losses."""

    def __init__(self, figure: Figure, palette: Palette) -> None:
        self._planes: list[Plane] = []
        self._titles = []
        for k, left in enumerate(LEFTS):
            ax = figure.add_axes((left / 900, FOOT / 400, SIDE / 900, SIDE / 400))
            self._titles.append(draw_plot_title(ax, palette=palette))
            self._planes.append(draw_plane(ax, (-1, 1, -1, 1), palette))
            ax.set_xticks([])
            ax.set_xlabel(ax.get_xlabel(), loc="right", labelpad=NAME_GAP)
            if k:
                ax.set(ylabel="", yticks=[])
        ax = self._planes[-1].ax
        style_of_b = {"color": palette.beside, "linestyle": [(0, (3, 2))]}
        self._planes[1].style_boundary(**style_of_b)
        self._boundaries = [LineCollection([], linewidths=2.0, zorder=2) for _ in "AB"]
        self._boundaries[0].set_color(palette.ink)
        self._boundaries[1].set(**style_of_b)
        for lines in self._boundaries:
            ax.add_collection(lines, autolim=False)
        self._draw_table(figure, palette)
        self._draw_losses(figure, palette)
        planes = [artist for plane in self._planes for artist in plane.artists]
        texts = [*self._titles, *self._notes, self._loss_title, self._thin]
        self.artists = [
            *(*planes, *self._boundaries, *self._table.artists),
            *(*self._curves.artists, *texts),
        ]

    def _draw_table(self, figure: Figure, palette: Palette) -> None:
        """Draw the numbers of A, of B and of B − A, each below its plane."""
        below = add_panel(figure, 0, LEFTS[-1] + SIDE)
        middles = [left + SIDE / 2 for left in LEFTS]
        self._table = draw_table(below, (NAMES_END, *middles), TOPS, palette, NUMBERS)
        for name, *_ in self._table.cells:
            name.set(ha="right", fontsize=NAMES, color=palette.grey)
        below.plot([8, LEFTS[-1] + SIDE], [RULE, RULE], color=palette.faint, linewidth=1.0)
        colours = (palette.ink, palette.beside, palette.ink)
        style: dict[str, Any] = {"fontsize": 10.5, "ha": "center", "va": "center"}
        self._notes = [
            below.text(x, NOTES, "", color=colour, **style)
            for x, colour in zip(middles, colours, strict=True)
        ]

    def _draw_losses(self, figure: Figure, palette: Palette) -> None:
        """Draw the axes of the losses, and what tells of the runs before."""
        left, bottom, width, height = LOSSES
        losses = figure.add_axes((left / 900, bottom / 400, width / 900, height / 400))
        self._loss_title = draw_plot_title(losses, palette=palette)
        thin = {"linewidth": 1.1, "marker": ""}
        self._curves = draw_compared_losses(
            losses,
            [
                {"color": palette.ink, "linewidth": 2.0, "markersize": 9},  # a ring around B's dot
                {
                    **{"color": palette.beside, "linewidth": 2.0, "dashes": (3, 2)},
                    **{"markeredgecolor": palette.background, "markeredgewidth": 1.0},
                },
                {"color": palette.grey, **thin},
                {"color": palette.beside, "dashes": (3, 2), **thin},
            ],
            palette,
        )
        below = add_panel(figure, left, 900 - left)
        self._thin = below.text(0, NOTE_TOP, "", fontsize=10, color=palette.grey, va="top")
        self._thin.set_linespacing(1.05)

    def update(self, model: TwoRunsModel) -> None:
        """Show ``model``."""
        for plane in self._planes:
            if model.limits != plane.limits:
                plane.set_limits(model.limits)
        data = model.runs[0].data
        size = LARGE if len(data.X) < MANY else SMALL
        for plane, answers in zip(self._planes, model.answers, strict=False):
            plane.set_points(data.X, data.y, size=size)
            plane.set_answers(answers)
        difference = model.difference
        self._planes[-1].set_answers((1.0 + difference) / 2.0, margin=np.ones_like(difference))
        for lines, note, answers, look in zip(
            self._boundaries, self._notes, model.answers, ("solid", "dashed"), strict=False
        ):
            segments = boundary_of(answers - 0.5, model.limits)
            lines.set_segments(segments)
            note.set_text(f"{look} line" if len(segments) else "no boundary")
        self._notes[-1].set_text("both lines")
        words = [*model.names, model.comparison]
        for title, text in zip(self._titles, words, strict=True):
            title.set_text(text)
        self._table.update([(name.replace(" rows", ""), *row) for name, *row in model.rows])
        self._loss_title.set_text(f"Loss, epoch {model.epoch:,}")
        self._curves.update([*model.curves[:2], *model.curves_before])
        self._thin.set_text(model.note_before)
