"""What `TwoRunsExplorer` shows: both boundaries, where they differ, the losses and the numbers."""

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from nnlib.explorers.two_runs.model import TwoRunsModel
from nnlib.plots.curves.compared_losses import draw_compared_losses
from nnlib.plots.palette import Palette
from nnlib.plots.plane import Plane, boundary_of, draw_plane
from nnlib.plots.words.text import add_panel, draw_plot_title, draw_table

LEFTS = (0.053, 0.263, 0.473)
PLANE = (0.415, 0.2025, 0.455)  # bottom, width, height of each
LARGE, SMALL, MANY = 8, 5.5, 50  # points of a mark, and the rows from which on it is small
COLUMNS = (92.0, 262.0, 366.0, 470.0)  # of the table, in pixels
TOPS = (112.0, 88.0, 64.0, 40.0, 16.0)


class TwoRunsView:
    """Three planes with a table below them, and at the right the losses."""

    def __init__(self, figure: Figure, palette: Palette) -> None:
        self._planes: list[Plane] = []
        self._titles = []
        for k, left in enumerate(LEFTS):
            ax = figure.add_axes((left, PLANE[0], *PLANE[1:]))
            self._titles.append(draw_plot_title(ax, palette=palette))
            self._planes.append(draw_plane(ax, (-1, 1, -1, 1), palette))
            ax.set(xlabel="", ylabel="", xticks=[])
            if k:
                ax.set_yticks([])
        ax = self._planes[-1].ax
        style_of_b = {"color": palette.beside, "linestyle": [(0, (3, 2))]}
        self._planes[1].style_boundary(**style_of_b)
        self._boundaries = [LineCollection([], linewidths=2.0, zorder=2) for _ in "AB"]
        self._boundaries[0].set_color(palette.ink)
        self._boundaries[1].set(**style_of_b)
        for lines in self._boundaries:
            ax.add_collection(lines, autolim=False)

        below = add_panel(figure, 52, 520)
        self._table = draw_table(below, COLUMNS, TOPS, palette)
        self._table.name_columns(("", "A", "B", "B − A"), 137)

        losses = figure.add_axes((0.755, 0.135, 0.146, 0.735))
        self._loss_title = draw_plot_title(losses, palette=palette)
        styles = [
            {"color": palette.ink, "linewidth": 2.0},
            {"color": palette.beside, "linewidth": 2.0, "dashes": (3, 2)},
        ]
        self._curves = draw_compared_losses(losses, styles, palette)
        planes = [artist for plane in self._planes for artist in plane.artists]
        texts = [*self._titles, self._loss_title]
        self.artists = [
            *(*planes, *self._boundaries, *self._table.artists),
            *(*self._curves.artists, *texts),
        ]

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
        for lines, answers in zip(self._boundaries, model.answers, strict=True):
            lines.set_segments(boundary_of(answers - 0.5, model.limits))
        words = [*model.names, model.comparison]
        for title, text in zip(self._titles, words, strict=True):
            title.set_text(text)
        self._table.update(model.rows)
        self._loss_title.set_text(f"Loss, epoch {model.epoch:,}")
        self._curves.update(model.curves[:2])
