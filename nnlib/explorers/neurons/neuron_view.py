"""How `NeuronExplorer` is drawn: the neuron, the plane that it cuts in two, and the table."""

from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke

from nnlib._typing import Array
from nnlib.explorers.engine.pointer import Handle, rows_of
from nnlib.explorers.neurons.line_outside import LineOutside
from nnlib.explorers.neurons.neuron_model import (
    LIMITS,
    MIDDLE,
    NeuronModel,
    coordinate,
    place,
)
from nnlib.explorers.shared.point_editor import (
    NewPointMark,
    plane_to_click_on,
)
from nnlib.plots.networks.neuron_drawing import draw_neuron
from nnlib.plots.palette import Palette
from nnlib.plots.plane import Limits, draw_plane, grid_points
from nnlib.plots.words.numbers import number
from nnlib.plots.words.text import add_panel, draw_plot_title, draw_table, draw_title, ground

GRID = 61
CLEAR = 0.13  # how far from the boundary the letter w stays, on the plane
SIDE = ((0.66, 0.14), (0.08, 0.05))  # the size of "answers 1" and its gap, on the plane
SQUARE = (0.425, 0.1625, 0.3144, 0.7075)  # of the figure: so right angles look right


@lru_cache(maxsize=4)
def _grid(limits: Limits) -> Array:
    return grid_points(limits, GRID)


class NeuronView:
    """Three panels: the neuron for one row, the plane it cuts in two, and the truth table."""

    def __init__(self, figure: Figure, palette: Palette) -> None:
        left = add_panel(figure, 0, 350)
        self._row_title = draw_title(left, 8, palette=palette)
        self._neuron = draw_neuron(left, palette)

        plane = figure.add_axes(SQUARE)
        self._task = draw_plot_title(plane, palette=palette)
        self._plane = draw_plane(plane, LIMITS, palette)
        plane.set_xticks([0, 1])
        plane.set_yticks([0, 1])
        thin: dict[str, Any] = {"color": palette.grey, "linewidth": 0.8, "zorder": 1}
        axes = [plane.axhline(0, **thin), plane.axvline(0, **thin)]
        self._sides = [
            plane.text(0, 0, words, fontsize=10.5, color=palette.ink, va="center", zorder=4)
            for words in ("answers 0", "answers 1")
        ]
        for side in self._sides:
            side.set_bbox(ground(palette))  # the axes may run behind it
        self._normal = plane.annotate(
            "",
            (0.0, 0.0),
            tuple(MIDDLE),
            arrowprops={
                "arrowstyle": "-|>",
                "shrinkA": 0,
                "shrinkB": 0,
                "color": palette.ink,
                "linewidth": 1.6,
                "path_effects": [withStroke(linewidth=3.5, foreground=palette.background)],
            },
            annotation_clip=True,
            zorder=4.5,  # above the points, or its tip could not be taken hold of
        )
        self._normal_name = plane.text(
            0,
            0,
            "w",
            fontsize=11,
            fontweight="bold",
            color=palette.ink,
            ha="center",
            va="center",
            zorder=5,
            clip_on=True,
        )

        (self._dot,) = plane.plot(*MIDDLE, "o", color=palette.ink, markersize=7)  # an arrow of 0
        (self.crossings,) = plane.plot([], [], "o", color=palette.background, markersize=6.5)
        self.crossings.set(markeredgecolor=palette.ink, markeredgewidth=1.5, zorder=2.5)
        self._line_outside = LineOutside(plane, palette)

        right = add_panel(figure, 672, 228)
        columns, tops = (22.0, 73.0, 115.0, 171.0, 214.0), (278.0, 230.0, 182.0, 134.0)
        self._verdict = draw_title(right, 4, palette=palette)
        self._table = draw_table(right, columns, tops, palette)
        self._table.name_columns(("x₁", "x₂", "target", "output", ""), 322)
        self._rest = right.text(4, 96, "", fontsize=10, color=palette.grey)
        self._loss = right.text(4, 68, "", fontsize=11, color=palette.ink)
        self._new_point = NewPointMark(plane, palette)
        self._palette = palette
        self.artists = [
            self._row_title,
            *self._neuron.artists,
            *self._plane.artists,
            *axes,
            *self._sides,
            self._normal,
            self._normal_name,
            self._line_outside.mark,
            self.crossings,
            self._dot,
            *self._new_point.artists,
            self._task,
            self._verdict,
            *self._table.artists,
            self._rest,
            self._loss,
        ]

    def update(self, model: NeuronModel) -> None:
        """Show ``model``."""
        z, a = float(model.z(model.x)), float(model.outputs[model.row])
        self._row_title.set_text(f"The neuron, for the row {place(model.x)}")
        inputs = [coordinate(x) for x in model.x]
        self._neuron.update(inputs, list(model.weights), model.bias, z, a)
        self._neuron.set_activation(model.f, model.gain)
        self._update_plane(model)
        self._update_table(model)

    def _update_plane(self, model: NeuronModel) -> None:
        if model.limits != self._plane.limits:
            self._plane.set_limits(model.limits)
        self._plane.set_points(model.X, model.y, size=11 if len(model.X) <= 20 else 7)
        grid = _grid(model.limits)
        self._plane.set_answers(model.a(grid), margin=model.z(grid))
        self._place_arrow(model)
        self._place_sides(model)
        self.crossings.set_data(*model.crossings.T)
        self._line_outside.update(model.limits, model.way_to_line)
        self._new_point.update(model.new_point)
        self._clickable = model.new_point is not None
        self._task.set_text(model.task)

    def _update_table(self, model: NeuronModel) -> None:
        self._rows, right = model.X[model.shown], model.right[model.shown]
        self._table.update(
            [
                (
                    *map(coordinate, x),
                    f"{target:g}",
                    number(a),
                    "✓" if is_right else "✗",
                )
                for x, target, a, is_right in model.rows_shown
            ],
            highlighted=model.row - model.shown.start,
        )
        for cells, is_right in zip(self._table.cells, right, strict=False):
            cells[-1].set_color(
                self._palette.positive_text if is_right else self._palette.negative_text
            )
        self._verdict.set_text(model.verdict_title)
        self._verdict.set_color(
            self._palette.positive_text if model.all_right else self._palette.ink
        )
        self._rest.set_text(model.rest)
        self._loss.set_text(model.loss_words)

    def _place_sides(self, model: NeuronModel) -> None:
        """Put "answers 0" and "answers 1" far out on their sides, clear of w and points."""
        low, high = np.reshape(model.limits, (2, 2)).T
        size, edge = (np.array(it) * (high[0] - low[0]) / (LIMITS[1] - LIMITS[0]) for it in SIDE)
        steps = np.array([(k / 2, j / 4) for k in range(3) for j in range(5)])
        starts = low + edge + steps * (high - low - 2 * edge - size)
        taken = np.concatenate([model.X, np.linspace(model.arrow[0], model.arrow[1], 20)])
        inside = (taken > starts[:, None] - edge) & (taken < starts[:, None] + size + edge)
        is_free = ~inside.all(axis=2).any(axis=1)
        corners = starts[:, None] + size * [(0, 0), (0, 1), (1, 0), (1, 1)]
        for text, sign in zip(self._sides, (-1, 1), strict=True):
            room = (sign * model.z(corners.reshape(-1, 2))).reshape(-1, 4).min(axis=1)
            best = int(np.where(is_free & (room > 0), room + room.max(), room).argmax())
            text.set_visible(room[best] > 0)
            text.set_position(starts[best] + size * (steps[best, 0], 0.5))
            text.set_horizontalalignment(("left", "center", "right")[best // 5])

    def _place_arrow(self, model: NeuronModel) -> None:
        """Draw w from the boundary, to which it always stands at right angles."""
        length = float(np.hypot(*model.weights))
        start, self._tip = model.arrow
        for artist in (self._normal, self._normal_name):
            artist.set_visible(length > 0)
        self._dot.set_visible(length == 0)
        if length > 0:
            along = model.weights / length
            across = np.array([-along[1], along[0]])
            self._normal.xy, self._normal.xyann = tuple(self._tip), tuple(start)
            far = float(np.hypot(*(self._tip - start)))
            places = np.array(
                [
                    start + max(share * far, CLEAR) * along + side * across
                    for share in (0.6, 0.3, 0.85)
                    for side in (0.11, -0.11)
                ]
            )
            to_points = np.hypot(*(places[:, None] - model.X).T).min(axis=0)
            to_line = np.abs(model.z(places)) / length + 1e-9  # some are as far as they should be
            x, y = places[int((np.minimum(to_points, to_line) >= CLEAR).argmax())]
            self._normal_name.set_position((float(x), float(y)))

    @property
    def handles(self) -> list[Handle]:
        """The tip of w and the boundary, to drag; rows and points, or the plane, to click on."""
        plane = self._plane.ax
        handles = [Handle("w", plane, self._tip, reach=8)]  # the line is often near
        handles += [Handle("boundary", plane, line[[0, -1]]) for line in self._plane.boundary]
        handles += self._line_outside.handles
        handles += rows_of(self._table, [f"row {k}" for k in range(1, len(self._rows) + 1)])
        if self._clickable:
            return [*handles, plane_to_click_on(plane)]
        points = enumerate(self._rows, start=1)
        return handles + [
            Handle(f"point {k}", plane, x, "pointer", draggable=False, reach=12) for k, x in points
        ]
