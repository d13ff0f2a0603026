"""Up to three functions of one number in a panel: a point on the first, its tangent, flat parts."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from nnlib._typing import Array
from nnlib.plots.axes import style_axes
from nnlib.plots.curves.curve_labels import place_beside_curves
from nnlib.plots.palette import LIGHT, Palette
from nnlib.plots.words.label_placement import Box

_JUMP = 0.2  # two neighbouring values further apart than this are a jump, not a slope
_TANGENT_REACH = 1.6  # how far the tangent goes to either side
_DASHES: list[Any] = ["solid", (0, (5, 2)), (0, (1.2, 1.4))]  # of the first curve, second, third
_LETTER = 7.6  # pixels, the mean width of a letter in a curve's name
_LINE = 16.0  # pixels, the height of a line of text
_LEAST_FLAT = 36.0  # pixels, the width of a flat part with room for the word
_FLAT_WORD = 40.0  # pixels, from the end of a flat part to the middle of the word, at most


class ActivationPanel:
    """The artists of one panel; made by `draw_activation_panel`."""

    def __init__(self, ax: Axes, color: str, palette: Palette) -> None:
        self.ax = ax
        self._size = ax.get_position().size * ax.figure.get_size_inches() * 100  # type: ignore
        self._placed_for: tuple[Any, ...] = ()
        self._places: list[Box | None] = []
        self._style_axes(palette)
        colors = (color, palette.grey, palette.beside)
        self.curves = [
            ax.plot([], [], color=c, linewidth=2.4, linestyle=dashes, zorder=3 - 0.1 * k)[0]
            for k, (c, dashes) in enumerate(zip(colors, _DASHES, strict=True))
        ]
        self.curve = self.curves[0]
        self.labels = [self._add_label(c, "center") for c in colors]
        veil = {"facecolor": palette.background, "alpha": 0.8, "edgecolor": "none", "pad": 0.5}
        for label in self.labels:  # stem and tangent move below the names, which stay
            label.set_bbox(veil)
        (self.tangent,) = ax.plot([], [], color=palette.gradient, linewidth=2.2, zorder=4)
        (self.stem,) = ax.plot([], [], color=palette.grey, linewidth=1.3, dashes=(3, 3), zorder=2)
        (self.point,) = ax.plot([], [], "o", color=palette.ink, markersize=9, zorder=5)
        self.point.set_markeredgecolor(palette.background)
        self.value = self._add_label(color, "left")
        self.value.set_bbox({"facecolor": palette.background, "edgecolor": "none", "pad": 2.5})
        self.xlabel = ax.text(0.5, -0.108, "", fontsize=11, color=palette.ink, ha="center")
        self.xlabel.set_transform(ax.transAxes)
        self.flats = [self._add_flat(palette) for _ in range(2)]
        self.flat_words = [self._add_label(palette.grey, "center") for _ in range(2)]
        for word in self.flat_words:
            word.set_text("flat")
        self.artists: Sequence[Artist] = [
            *(*self.flats, *self.flat_words, self.stem, *self.curves, self.tangent, self.point),
            *(*self.labels, self.value, self.xlabel),
        ]

    def _style_axes(self, palette: Palette) -> None:
        ax = self.ax
        style_axes(ax, palette, grid="both")
        ax.axhline(0, color=palette.grey, linewidth=0.9, zorder=1)
        ax.axvline(0, color=palette.grey, linewidth=0.9, zorder=1)

    def _add_label(self, color: str, side: str) -> Text:
        """Add a text that is placed in pixels from the panel's lower left corner."""
        style: dict[str, Any] = {"fontsize": 11, "ha": side, "va": "center", "zorder": 6}
        return self.ax.text(0, 0, "", color=color, transform=self.ax.transAxes, **style)

    def _add_flat(self, palette: Palette) -> Rectangle:
        flat = Rectangle((0, 0), 0, 1, color=palette.grey, alpha=0.11, linewidth=0, zorder=0.4)
        flat.set_transform(self.ax.get_xaxis_transform())
        self.ax.add_patch(flat)
        return flat

    def set_curves(
        self, x: Array, values: Sequence[Array], names: Sequence[str], taken: Sequence[Box] = ()
    ) -> None:
        """Show one curve for each row of values; several are labelled, a single one is not.

        Names are kept off the parts of the panel that are ``taken``, in pixels.
        """
        for curve, row in zip(self.curves, values, strict=False):
            curve.set_data(*break_at_jumps(x, row))
        for k, artists in enumerate(zip(self.curves, self.labels, strict=True)):
            for artist in artists:
                artist.set_visible(k < len(values))
        self._place_labels([row[::8] for row in values], x[::8], names, taken)

    def _place_labels(
        self, rows: Sequence[Array], x: Array, names: Sequence[str], taken: Sequence[Box]
    ) -> None:
        """Write each curve's name beside it; a single curve needs none."""
        if len(rows) == 1:
            self.labels[0].set_visible(False)
            return
        points = [self._in_pixels(x, row) for row in rows]
        told = self._told_in()
        key = (tuple(names), told, *taken, np.concatenate(points).tobytes())
        if key != self._placed_for:  # while only z moves the names stay, and cost nothing
            self._placed_for = key
            sizes = [(_LETTER * len(name) + 6, _LINE) for name in names]
            room = (self._size[0], self._size[1])
            self._places = place_beside_curves(
                points, sizes, room, [told, *taken], self._zero_lines()
            )
        for label, name, box in zip(self.labels, names, self._places, strict=False):
            label.set_visible(box is not None)
            label.set_text(name)
            if box is not None:
                self._put(label, box.x, box.y)

    def set_point(self, x: float, value: float, words: str) -> None:
        """Move the point to (x, value), on a stem as high as the panel; ``words`` tell it.

        They tell as well where the point is, if it has left the panel.
        """
        self.point.set_data([x], [value])
        self.stem.set_data([x, x], self.ax.get_ylim())
        where = _outside((x, value), (self.ax.get_xlim(), self.ax.get_ylim()))
        self.value.set_text(f"{words}   {where} point off the picture" if where else words)
        self._put(self.value, 8.0, self._size[1] - 20.0)

    def _told_in(self) -> Box:
        """Return the place of the words that tell the point: of one width, but for a few."""
        width = max(200.0, 8.0 + _LETTER * len(self.value.get_text()))
        return Box(width / 2, self._size[1] - 20.0, width, _LINE + 8)

    def set_tangent(self, x: float, value: float, slope: float) -> None:
        """Draw the straight line through (x, value) with this slope."""
        reach = np.array([-_TANGENT_REACH, _TANGENT_REACH])
        self.tangent.set_data(x + reach, value + slope * reach)

    def set_flats(self, spans: Sequence[tuple[float, float]], named: bool) -> None:
        """Shade the parts from x to x, and write so in those with room for it."""
        left, right = self.ax.get_xlim()
        for k, (flat, words) in enumerate(zip(self.flats, self.flat_words, strict=True)):
            start, end = np.clip(spans[k], left, right) if k < len(spans) else (left, left)
            flat.set_x(start)
            flat.set_width(end - start)
            flat.set_visible(bool(end > start))
            ends = (np.array([start, end]) - left) / (right - left) * self._size[0]
            words.set_visible(named and bool(np.ptp(ends) > _LEAST_FLAT))
            # At the end where the curve goes on being flat, clear of the axes in the middle.
            outer, inwards = (ends[0], 1) if start == left else (ends[1], -1)
            self._put(words, outer + inwards * min(np.ptp(ends) / 2, _FLAT_WORD), 13.0)

    def _zero_lines(self) -> Array:
        """Return points on the lines where the input or the output is 0, in pixels."""
        ends = np.array([self.ax.get_xlim(), self.ax.get_ylim()])
        along = np.linspace(ends[:, 0], ends[:, 1], 60)
        none = np.zeros(60)
        return np.vstack([self._in_pixels(along[:, 0], none), self._in_pixels(none, along[:, 1])])

    def _in_pixels(self, x: Array, values: Array) -> Array:
        low = np.array([self.ax.get_xlim()[0], self.ax.get_ylim()[0]])
        high = np.array([self.ax.get_xlim()[1], self.ax.get_ylim()[1]])
        return (np.column_stack([x, values]) - low) / (high - low) * self._size

    def _put(self, text: Text, x: float, y: float) -> None:
        text.set_position((x / self._size[0], y / self._size[1]))


def _outside(point: tuple[float, float], limits: Sequence[tuple[float, float]]) -> str:
    """Return an arrow to where a point is that lies outside of ``limits``; or nothing."""
    signs = zip(point, limits, (("←", "→"), ("↓", "↑")), strict=True)
    arrows = (
        below if at < low else above if at > high else ""
        for at, (low, high), (below, above) in signs
    )
    return next(filter(None, arrows), "")


def break_at_jumps(z: Array, values: Array) -> tuple[Array, Array]:
    """Return the same points with a gap at each jump: flat on both sides, and far apart.

    Examples
    --------
    >>> z = np.array([-2.0, -1.0, 0.0, 1.0])
    >>> break_at_jumps(z, np.array([0.0, 0.0, 1.0, 1.0]))[1]
    array([ 0.,  0., nan,  1.,  1.])
    """
    rises = np.abs(np.diff(values))
    beside = np.maximum(np.append(0.0, rises[:-1]), np.append(rises[1:], 0.0))
    jumps = np.flatnonzero((rises > _JUMP) & (beside == 0)) + 1
    return np.insert(z, jumps, np.nan), np.insert(values, jumps, np.nan)


def draw_activation_panel(
    ax: Axes, color: str | None = None, palette: Palette = LIGHT
) -> ActivationPanel:
    """Draw an empty panel on ``ax``, its first curve in ink unless another colour is given."""
    return ActivationPanel(ax, color or palette.ink, palette)
