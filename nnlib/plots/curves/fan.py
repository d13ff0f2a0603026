"""Sizes in each layer of a network, on a logarithmic axis: many lines, each named at one end."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import Rectangle

from nnlib._typing import Array
from nnlib.plots.axes import name_axes, style_axes
from nnlib.plots.curves.compared_losses import spread
from nnlib.plots.curves.powers import fit_powers
from nnlib.plots.palette import LIGHT, Palette
from nnlib.plots.pixels import size_in_pixels

MOST = 12  # lines that are named
_LINE_HEIGHT = 15.0  # pixels from one name to the next
_NAMES = 116.0  # pixels beside the plot, for a leader and a name
_LEADER, _AWAY = 26.0, 29.0  # pixels from where the plot ends to a leader's end, and to its name
_MARK, _PART = 9.0, 0.6  # pixels of a layer's mark at most, and of the way to the next one
_EDGE = 7.0  # pixels from the first and the last layer to where the plot ends
_DOTS = (0, (1, 3))  # of leaders: they are no curves


class Fan:
    """The artists of one plot; made by `draw_fan`."""

    def __init__(
        self, ax: Axes, labels: tuple[str, str], side: Literal["left", "right"], palette: Palette
    ) -> None:
        self.ax, self._side = ax, side
        self._width, self.height = size_in_pixels(ax)
        self._limits: tuple[int, tuple[int, int], bool] | None = None
        style_axes(ax, palette, grid="both")
        name_axes(ax, *labels, palette)
        ax.set_yscale("log")
        grey: dict[str, Any] = {"colors": palette.grey, "linewidths": 0.9, "alpha": 0.7}
        self.others = LineCollection([], **grey)
        leaders: dict[str, Any] = {"colors": palette.grey, "linewidths": 0.9, "linestyles": _DOTS}
        self._leaders = LineCollection([], zorder=1, **leaders)
        for lines in (self.others, self._leaders):
            ax.add_collection(lines, autolim=False)
        style: dict[str, Any] = {"fontsize": 10, "va": "center_baseline"}
        style["ha"] = "right" if side == "left" else "left"
        self.names = [ax.text(1, 1, "", color=palette.grey, **style) for _ in range(MOST)]
        # One for all names: a ground of its own would cut the name above.
        self._ground = Rectangle((0, 0), 1, 1, color=palette.background, alpha=0.75, zorder=0.6)
        self._ground.set(linewidth=0, transform=ax.get_xaxis_transform())
        ax.add_patch(self._ground)
        self._quiet = palette.grey

    def draw_chosen(self, colour: str, mark: str, palette: Palette) -> None:
        """Add the chosen one's line, its layers marked."""
        style: dict[str, Any] = {"marker": mark, "linewidth": 2.6, "zorder": 4}
        (self.chosen,) = self.ax.plot([], [], color=colour, **style)
        self.chosen.set(markeredgecolor=palette.background, markeredgewidth=0.8)

    @property
    def artists(self) -> Sequence[Artist]:
        """Everything that changes."""
        return [self._leaders, self.others, self.chosen, *self.names]

    def set_limits(self, last_layer: int, powers: tuple[int, int], with_zero: bool = False) -> None:
        """Let the axes go to this layer, and between these powers of ten, or down to 0."""
        if (last_layer, powers, with_zero) == self._limits:
            return
        self._limits, self._powers = (last_layer, powers, with_zero), powers
        self._per_layer = (self._width - _NAMES - 2 * _EDGE) / max(last_layer - 1, 1)
        self.chosen.set_markersize(0.72 * min(_MARK, _PART * self._per_layer))
        edge, names = _EDGE / self._per_layer, _NAMES / self._per_layer
        edge += 0.5 * (last_layer == 1)  # in the middle stands what stands alone
        self.extent = (1 - edge, last_layer + edge)
        self._set_columns(names)
        every = 5 if last_layer > 12 else 2 if last_layer > 4 else 1
        self.ax.set_xticks([1, *range(max(every, 2), last_layer + 1, every)])
        self.zero = fit_powers(self.ax, powers, with_zero)

    def _set_columns(self, names: float) -> None:
        """Let the names have so many layers' room at their side of the lines."""
        start, end = self.extent
        at_left = self._side == "left"
        self.ax.set_xlim((start - names, end) if at_left else (start, end + names))
        self._ground.set_bounds(start - names if at_left else end, 0, names, 1)

    def update(self, sizes: Mapping[str, Array], chosen: str) -> None:
        """Show the sizes in each layer."""
        lines = {name: self._line(size) for name, size in sizes.items()}
        self.chosen.set_data(*lines[chosen].T)
        self.others.set_segments(list(lines.values()))
        end, way = (0, -1) if self._side == "left" else (-1, 1)
        ends = [line[end] for line in lines.values()]
        placed = spread([self.height_of(y) for _, y in ends], _LINE_HEIGHT, self.height - 5)
        self._levels = [self.size_at(level) for level in placed]
        edge = self.extent[end]
        leader, away = (edge + way * pixels / self._per_layer for pixels in (_LEADER, _AWAY))
        self._leaders.set_segments(
            [
                [(x, y), (edge, y), (leader, at)]
                for (x, y), at in zip(ends, self._levels, strict=True)
            ]
        )
        for text, name, at in zip(self.names, lines, self._levels, strict=False):
            text.set(text=name, x=away, y=at, fontweight="normal", color=self._quiet)
            if name == chosen:
                text.set(fontweight="bold", color=self.chosen.get_color())

    def lines_with_names(self) -> list[Array]:
        """Return each line with the place of its name, as points in data coordinates."""
        leaders = zip(self._leaders.get_segments(), self.others.get_segments(), strict=True)
        way = -1 if self._side == "left" else 1
        far = way * (_NAMES - _AWAY) / self._per_layer
        return [
            np.concatenate([[leader[-1] + (far, 0.0)], leader[:0:-1], line[::-way]])
            for leader, line in leaders
        ]

    def height_of(self, size: float) -> float:
        """Return how many pixels above the foot of the plot a size is."""
        low, high = np.log10(self.ax.get_ylim())
        return float((np.log10(size) - low) / (high - low) * self.height)

    def size_at(self, height: float) -> float:
        """Return the size that is so many pixels above the foot of the plot."""
        low, high = np.log10(self.ax.get_ylim())
        return float(10.0 ** (low + height / self.height * (high - low)))

    def _line(self, sizes: Array) -> Array:
        low, high = (10.0**power for power in self._powers)
        drawn = np.where(sizes == 0, self.zero, np.clip(sizes, low, high))
        return np.column_stack([np.arange(1, len(sizes) + 1), drawn])


def draw_fan(
    ax: Axes,
    labels: tuple[str, str],
    side: Literal["left", "right"],
    palette: Palette = LIGHT,
) -> Fan:
    """Draw empty axes for a fan of lines whose names stand at its left or right end."""
    return Fan(ax, labels, side, palette)
