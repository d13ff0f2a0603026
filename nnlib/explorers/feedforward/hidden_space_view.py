"""How `HiddenSpaceExplorer` is drawn: the inputs, and the points on their way."""

from typing import Any

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import Polygon

from nnlib.explorers.engine.pointer import Handle
from nnlib.explorers.feedforward.hidden_space_model import HIDDEN_WEIGHTS, SOFT, HiddenSpaceModel
from nnlib.plots.palette import Palette
from nnlib.plots.pixels import size_in_pixels
from nnlib.plots.plane import draw_plane
from nnlib.plots.words.arrow_names import crossings
from nnlib.plots.words.text import draw_plot_title, ground

LIMITS = (-0.6, 1.6, -0.6, 1.6)
_SIZE = 11.0  # of the points; of a disc that a triangle would cover, `_LARGE`
_LARGE = 18.0
_BESIDE = 17.0  # pixels from a point to how many rows share it
_HALF = np.array([25.0, 10.0])  # of these words, in pixels
_SIDES = np.array([(1, 0), (-1, 0), (0, -1), (0, 1)])  # where they may stand, the best first


class HiddenSpaceView:
    """Two panels: the inputs with the two hidden units' lines, and the points on their way."""

    def __init__(self, figure: Figure, palette: Palette) -> None:
        left = figure.add_axes((0.05, 0.135, 0.39, 0.735))
        right = figure.add_axes((0.585, 0.135, 0.39, 0.735))
        draw_plot_title(left, f"The inputs; grey: answers {SOFT[0]} to {SOFT[1]}", palette)
        self._title = draw_plot_title(right, palette=palette)
        self._inputs = draw_plane(left, LIMITS, palette)
        self._moved = draw_plane(right, LIMITS, palette)
        self._grid = LineCollection([], colors=palette.guide, linewidths=1.0, zorder=1)
        right.add_collection(self._grid, autolim=False)
        (self._output_line,) = right.plot([], [], color=palette.ink, linewidth=2.2, zorder=2)
        self._hidden_lines = [
            left.plot([], [], color=palette.ink, linewidth=2.0, dashes=dashes, zorder=2)[0]
            for dashes in ((), (5, 2))
        ]
        self._soft_steps = [
            Polygon(np.zeros((4, 2)), closed=True, facecolor=palette.faint, zorder=1)
            for _ in self._hidden_lines
        ]
        for soft_step in self._soft_steps:
            left.add_patch(soft_step)
        disc: dict[str, Any] = {"color": palette.positive, "markersize": _LARGE, "zorder": 2.5}
        disc |= {"markeredgecolor": palette.background, "linestyle": "none"}
        (self._covered,) = right.plot([], [], "o", **disc)
        style: dict[str, Any] = {"fontsize": 11, "color": palette.ink, "va": "center"}
        self._names = [left.text(x, 0, "", **style) for x in (-0.52, 0.14)]
        behind = {**ground(palette), "facecolor": palette.map(0.5)}  # the plane's own
        self._shared = right.text(0, 0, "", bbox=behind, zorder=4, ha="center", **style)
        self._right = right
        right.set(xlabel="", ylabel="")
        beside = {**style, "transform": right.transAxes}
        self._axis_names = [
            right.text(0.5, -0.109, "", ha="center", **beside),
            right.text(-0.0755, 0.527, "", ha="right", **beside),  # however long it is
        ]
        for ax in (left, right):
            ax.set_xticks([0, 1])
            ax.set_yticks([0, 1])
        planes = [*self._inputs.artists, *self._moved.artists]
        lines = [*self._soft_steps, self._grid, self._output_line, *self._hidden_lines]
        lines.append(self._covered)
        texts = [*self._names, self._shared, self._title, *self._axis_names]
        self.artists = [*planes, *lines, *texts]

    def update(self, model: HiddenSpaceModel) -> None:
        """Show ``model``."""
        X, y = model.data
        self._inputs.set_points(X, y, size=_SIZE)
        places, covered = model.place(X), model.covered
        self._moved.set_points(places[~covered], y[~covered], size=_SIZE)
        self._covered.set_data(*places[covered].T)
        self._grid.set_segments(model.grid)
        ends = np.array([-4.0, 5.0])
        units = zip(HIDDEN_WEIGHTS.T, model.biases, model.gates, strict=True)
        for line, soft_step, name, ((w1, w2), b, gate) in zip(
            self._hidden_lines, self._soft_steps, self._names, units, strict=True
        ):
            name.set_text(gate)
            line.set_data(ends, -(w1 * ends + b) / w2)
            to_low, to_high = ((z - w1 * ends - b) / w2 for z in (-model.soft, model.soft))
            around = [*zip(ends, to_low, strict=True), *zip(ends[::-1], to_high[::-1], strict=True)]
            soft_step.set_xy(around)
            x = name.get_position()[0]
            name.set_y(-(w1 * x + b) / w2 + 0.1)
            name.set_visible(bool(LIMITS[2] < name.get_position()[1] < LIMITS[3]))
        self._title.set_text(model.stage)
        moved = model.warp == 1
        self._output_line.set_data(ends, 1.5 - ends)
        self._output_line.set_visible(moved)
        first, second = model.gates
        self._axis_names[0].set_text(model.axis_name("₁", f" ({first})"))
        self._axis_names[1].set_text(model.axis_name("₂", f"\n({second})"))
        self._count_rows(model)

    def _count_rows(self, model: HiddenSpaceModel) -> None:
        """Say how many rows share a point, beside it: on no other point, and on no line."""
        place, count = model.shared
        self._shared.set_text(f"{count} rows" if count > 1 else "")
        per_unit = np.array(size_in_pixels(self._right)) / np.ptp(LIMITS)  # square
        centres = place * per_unit + _SIDES * (_HALF + _BESIDE)
        points = model.place(model.data[0]) * per_unit
        output = np.array([(-4.0, 5.5), (5.0, -3.5)]) * per_unit
        grid = np.array(model.grid) * per_unit
        steps = grid[:, :-1].reshape(-1, 2), grid[:, 1:].reshape(-1, 2)
        cost = 2.0 * crossings(centres, _HALF + 6.0, points, points).any(axis=1)
        cost += 2.0 * crossings(centres, _HALF, *output[:, None]).any(axis=1)
        cost += crossings(centres, _HALF, *steps).any(axis=1)
        self._shared.set_position(tuple(centres[int(np.argmin(cost))] / per_unit))

    @property
    def handles(self) -> list[Handle]:
        """The lines of the two hidden units, to drag: that is their bias."""
        left = self._inputs.ax
        lines = zip(("b1", "b2"), self._hidden_lines, strict=True)
        return [Handle(name, left, line.get_xydata()) for name, line in lines]
