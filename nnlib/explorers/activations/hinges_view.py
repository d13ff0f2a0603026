"""How `HingesExplorer` is drawn: the answer on the target, and what each unit adds."""

from typing import Any

import numpy as np
from matplotlib.figure import Figure

from nnlib._typing import Array
from nnlib.explorers.activations.hinges_model import (
    TARGETS,
    UNITS,
    X_END,
    HingesModel,
    X,
)
from nnlib.explorers.engine.pointer import Handle
from nnlib.plots.axes import name_axes, style_axes
from nnlib.plots.palette import Palette
from nnlib.plots.words.numbers import number, sign_of
from nnlib.plots.words.text import draw_plot_title, ground

_SAME_PLACE = 0.16  # hinges nearer to each other than this share one text
REACH = 2.2  # ŷ on the left, from −2.2 to 2.2
REACHES = (3, 5, 10, 18)  # what a unit adds, up and down: the first with room for all of them
MARGIN = 1.1  # how much further than its last ticks a line is drawn
ROW = 2.7  # from one row to the next, in reaches


class HingesView:
    """Two panels: the network's answer on the target, and what each unit adds to it, in rows."""

    def __init__(self, figure: Figure, palette: Palette) -> None:
        self._palette = palette
        self._draw_answer(figure)
        self._draw_parts(figure)
        curves = [self._target, self._answer, self._hinges, *self._parts, *self._bases]
        self.artists = [*curves, *self._marks, *self._names, *self._legend, self._title]

    def _draw_answer(self, figure: Figure) -> None:
        palette = self._palette
        ax = self._left = figure.add_axes((0.07, 0.135, 0.5, 0.735))
        self._title = draw_plot_title(ax, palette=palette)
        ax.set(xlim=(0, X_END), ylim=(-REACH, REACH), yticks=[-2, -1, 0, 1, 2])
        name_axes(ax, "x", "y", palette, upright=True)
        style_axes(ax, palette, grid="both")
        ax.tick_params(axis="y", pad=9)  # beside a hinge at x = 0
        (self._target,) = ax.plot([], [], color=palette.grey, linewidth=2, dashes=(5, 2))
        (self._answer,) = ax.plot([], [], color=palette.ink, linewidth=2.4)
        (self._hinges,) = ax.plot(
            *([], [], "o"),
            color=palette.ink,
            markeredgecolor=palette.background,
            markersize=10,
            clip_on=False,  # whole also at x = 0
        )
        style: dict[str, Any] = {"fontsize": 11, "va": "center", "bbox": ground(palette)}
        self._marks = [ax.text(0, 0, "", color=palette.ink, ha="center", **style) for _ in UNITS]
        self._legend = [
            ax.text(0.15, 2.03, "dashed: the target", color=palette.grey, **style),
            ax.text(0.15, 1.74, "solid: the network", color=palette.ink, **style),
        ]

    def _draw_parts(self, figure: Figure) -> None:
        """Draw a row for each unit."""
        palette = self._palette
        ax = self._right = figure.add_axes((0.68, 0.135, 0.29, 0.735))
        draw_plot_title(ax, "What each unit adds", palette)
        ax.set(xlim=(0, X_END), xticks=range(7))
        name_axes(ax, "x", "", palette)
        style_axes(ax, palette, grid="x")
        style: dict[str, Any] = {"fontsize": 11, "ha": "right", "va": "center"}
        self._parts = [ax.plot([], [], linewidth=2.4, zorder=3)[0] for _ in UNITS]
        self._bases = [ax.plot([], [], color=palette.grey, linewidth=1)[0] for _ in UNITS]
        self._names = [ax.text(-0.7, 0, f"unit {i}", color=palette.ink, **style) for i in UNITS]
        self._reach = 0

    def _make_rows(self, reach: int, n_units: int) -> None:
        """Give each unit a row of its own, from −reach to reach and a little further."""
        height = ROW * reach
        if reach != self._reach:
            self._reach = reach
            self._rows = [-height * (i - 0.5) for i in UNITS]  # where a unit adds 0
            marks = (reach, 0, -reach)
            self._right.set_yticks(
                [row + mark for row in self._rows for mark in marks],
                [number(mark, 0) for _ in UNITS for mark in marks],
            )
            for row, base, name in zip(self._rows, self._bases, self._names, strict=True):
                base.set_data([0, X_END], [row, row])
                name.set_y(row)
        self._right.set_ylim(-height * n_units, 0)

    def update(self, model: HingesModel) -> None:
        """Show ``model``."""
        self._title.set_text(f"Drag the dots: mean squared error {number(model.loss, 3)}")
        self._target.set_data(X, TARGETS[model.target](X))
        self._answer.set_data(X, model.answer(X))
        heights = model.answer(model.places)
        self._hinges.set_data(model.places, heights)
        outputs = model.outputs(X)
        self._make_rows(reach_of(outputs), len(model.places))
        for i, (part, base, name) in enumerate(
            zip(self._parts, self._bases, self._names, strict=True)
        ):
            used = i < len(model.places)
            for artist in (part, base, name):
                artist.set_visible(used)
            if used:
                slope = float(model.slopes[i])
                inside = np.abs(outputs[:, i]) <= MARGIN * self._reach
                part.set_data(X[inside], outputs[inside, i] + self._rows[i])
                part.set_color(self._palette.line_of(slope))
                part.set_linestyle((0, (4, 2.5)) if sign_of(slope) < 0 else "solid")
        self._number_hinges(model.places, heights)

    def _number_hinges(self, places: Array, heights: Array) -> None:
        """Write each unit's number over its hinge; units at one place share one text."""
        units_at: dict[int, list[int]] = {}  # the first unit of a place → all units there
        for unit, place in enumerate(places):
            near = (first for first in units_at if abs(place - places[first]) < _SAME_PLACE)
            units_at.setdefault(next(near, unit), []).append(unit + 1)
        for unit, mark in enumerate(self._marks):
            units = units_at.get(unit, [])
            mark.set_text(", ".join(map(str, units)))
            if units:
                x, y = float(places[unit]), float(heights[unit])
                mark.set_visible(abs(y) < 1.7 and 0 <= x <= X_END)
                mark.set_position((x, y + 0.26))

    @property
    def handles(self) -> list[Handle]:
        """The hinges, to drag sideways."""
        return [
            Handle(f"p{i}", self._left, place, cursor="ew-resize", reach=14)
            for i, place in enumerate(np.asarray(self._hinges.get_xydata()), start=1)
        ]


def reach_of(outputs: Array) -> int:
    """Return the least of `REACHES` that all of these lie within, or the last."""
    furthest = np.abs(outputs).max()
    return next((reach for reach in REACHES if furthest <= MARGIN * reach), REACHES[-1])
