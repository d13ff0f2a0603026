"""How `HingesExplorer` is drawn: the answer on the target, and what each unit adds."""

from typing import Any

import numpy as np
from matplotlib.figure import Figure

from nnlib._typing import Array
from nnlib.explorers.activations.hinges_model import (
    MOST_UNITS,
    TARGETS,
    UNITS,
    X_END,
    HingesModel,
    X,
)
from nnlib.explorers.engine.pointer import Handle
from nnlib.plots.axes import name_axes, style_axes
from nnlib.plots.palette import Palette
from nnlib.plots.words.numbers import number
from nnlib.plots.words.text import draw_plot_title, ground

_SAME_PLACE = 0.16  # hinges nearer to each other than this share one text
ROW = 20.0  # this much output is as high as a row of the right panel


class HingesView:
    """Two panels: the network's answer on the target, and each unit's part below one another."""

    def __init__(self, figure: Figure, palette: Palette) -> None:
        left = figure.add_axes((0.07, 0.135, 0.5, 0.735))
        self._left = left
        self._title = draw_plot_title(left, palette=palette)
        left.set(xlim=(0, X_END), ylim=(-2.2, 2.2), yticks=[-2, -1, 0, 1, 2])
        name_axes(left, "x", "y", palette, upright=True)
        (self._target,) = left.plot([], [], color=palette.grey, linewidth=2, dashes=(5, 2))
        (self._answer,) = left.plot([], [], color=palette.ink, linewidth=2.4)
        (self._hinges,) = left.plot(
            *([], [], "o"),
            color=palette.ink,
            markeredgecolor=palette.background,
            markersize=10,
            clip_on=False,  # whole also at x = 0
        )
        style: dict[str, Any] = {"fontsize": 11, "va": "center", "bbox": ground(palette)}
        self._marks = [left.text(0, 0, "", color=palette.ink, ha="center", **style) for _ in UNITS]
        legend = [
            left.text(0.15, 2.03, "dashed: the target", color=palette.grey, **style),
            left.text(0.15, 1.74, "solid: the network", color=palette.ink, **style),
        ]

        right = figure.add_axes((0.67, 0.135, 0.3, 0.735))
        draw_plot_title(right, "What each unit adds", palette)
        right.set(xlim=(0, X_END), ylim=(-MOST_UNITS - 0.5, 0.1), yticks=[])
        name_axes(right, "x", "", palette)
        self._parts = [
            right.plot([], [], color=palette.ink, linewidth=2, zorder=3)[0] for _ in UNITS
        ]
        self._bases = [
            right.plot([0, X_END], [-i, -i], color=palette.faint, linewidth=1, zorder=1)[0]
            for i in UNITS
        ]
        self._names = [
            right.text(-0.15, -i, f"unit {i}", fontsize=11, color=palette.grey, ha="right")
            for i in UNITS
        ]
        for ax in (left, right):
            style_axes(ax, palette, grid="both")
        left.tick_params(axis="y", pad=9)  # beside a hinge at x = 0
        self._palette = palette
        curves = [self._target, self._answer, self._hinges, *self._parts, *self._bases]
        self.artists = [*curves, *self._marks, *self._names, *legend, self._title]

    def update(self, model: HingesModel) -> None:
        """Show ``model``."""
        self._title.set_text(f"Drag the dots: mean squared error {number(model.loss, 3)}")
        self._target.set_data(X, TARGETS[model.target](X))
        self._answer.set_data(X, model.answer(X))
        heights = model.answer(model.places)
        self._hinges.set_data(model.places, heights)
        outputs = model.outputs(X)
        for i, (part, base, name) in enumerate(
            zip(self._parts, self._bases, self._names, strict=True)
        ):
            used = i < len(model.places)
            for artist in (part, base, name):
                artist.set_visible(used)
            if used:
                negative = model.slopes[i] < 0
                part.set_data(X, outputs[:, i] / ROW - i - 1)
                part.set_color(self._palette.negative if negative else self._palette.positive)
                part.set_linestyle((0, (4, 2.5)) if negative else "solid")
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
