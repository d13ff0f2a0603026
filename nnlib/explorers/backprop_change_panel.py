"""The panel of a learner's own change: foretold and come, in numbers and as tangent and curve."""

from collections.abc import Callable
from textwrap import fill
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from nnlib._typing import Array
from nnlib.explorers.backprop_change import PLACES, OwnChange, three_digits
from nnlib.plots.palette import Palette
from nnlib.plots.text import draw_title

WIDTH = 37  # characters in a line
ROWS = (312.0, 288.0, 264.0)  # the heights of the three numbers
NOW, AFTER = 0.25, 0.75  # where the weight stands before and after, as fractions of the plot


class ChangePanel:
    """Empty unless the learner tries a change."""

    def __init__(self, figure: Figure, panel: Axes, palette: Palette) -> None:
        ink, purple = palette.ink, palette.gradient
        self._heading = draw_title(panel, 0, palette=palette)
        self.title = panel.text(0, 336, "", fontsize=10, color=ink)
        style: dict[str, Any] = {"fontsize": 10, "va": "baseline"}
        colours = (purple, ink, palette.grey)
        self.rows = [
            (
                panel.text(0, y, "", color=colour, **style),
                panel.text(280, y, "", color=colour, ha="right", **style),
            )
            for y, colour in zip(ROWS, colours, strict=True)
        ]
        self.verdict = panel.text(0, 246, "", fontsize=10, color=ink, va="top", linespacing=1.4)
        self._draw_plot(figure, palette)
        texts = [self._heading, self.title, self.verdict, *(it for row in self.rows for it in row)]
        self._plot: list[Artist] = [*self.lines, *self.points, *self.labels]
        self.artists: list[Artist] = [*texts, *self._plot]
        self._texts = texts

    def _draw_plot(self, figure: Figure, palette: Palette) -> None:
        """Draw the curve of L and its tangent on axes that never move."""
        ax = figure.add_axes((0.685, 0.1, 0.3, 0.3))
        ax.set(xlim=(0, 1), ylim=(0, 1))
        ax.set_axis_off()
        style: dict[str, Any] = {"markersize": 7, "linestyle": "none", "zorder": 4}
        (self.curve,) = ax.plot([], [], color=palette.ink, linewidth=1.6)
        (self.tangent,) = ax.plot([], [], "--", color=palette.gradient, linewidth=1.6)
        (self.now,) = ax.plot([], [], "o", color=palette.ink, **style)
        (self.came,) = ax.plot([], [], "o", color=palette.ink, **style)
        (self.foretold,) = ax.plot([], [], "s", color=palette.gradient, **style)
        self.lines, self.points = [self.curve, self.tangent], [self.now, self.came, self.foretold]
        below: dict[str, Any] = {"fontsize": 9.5, "ha": "center", "va": "top", "y": -0.08}
        self.labels = [ax.text(x, s="", color=palette.grey, **below) for x in (NOW, AFTER)]

    def update(self, change: OwnChange | None) -> None:
        """Show ``change``; None empties the panel."""
        for artist in self._plot:
            artist.set_visible(change is not None)
        if change is None:
            for text in self._texts:
                text.set_text("")
            return
        self._heading.set_text("My change")
        self.title.set_text(change.title)
        for row, words in zip(self.rows, change.rows, strict=True):
            for text, word in zip(row, words, strict=True):
                text.set_text(word)
        self.verdict.set_text(fill(change.verdict, WIDTH))
        self._update_plot(change)

    def _update_plot(self, change: OwnChange) -> None:
        """Draw the curve between fixed places; a weight that becomes smaller moves to the left."""
        tangent = PLACES * change.foretold
        heights = change.curve if not change.known else np.append(change.curve, tangent)
        place = _onto(heights)
        to_the_right = change.change > 0
        now, after = (NOW, AFTER) if to_the_right else (AFTER, NOW)
        x = now + PLACES * (after - now)
        self.curve.set_data(x, place(change.curve))
        self.tangent.set_data(x, place(tangent))
        self.now.set_data([now], place(np.zeros(1)))
        self.came.set_data([after], place(np.array([change.came])))
        self.foretold.set_data([after], place(np.array([change.foretold])))
        for artist in (self.tangent, self.foretold):
            artist.set_visible(change.known)
        before = change.before
        words = (f"w = {three_digits(before)}", f"w + Δw = {three_digits(before + change.change)}")
        for label, where, text in zip(self.labels, (now, after), words, strict=True):
            label.set(x=where, text=text)


@np.errstate(over="ignore", invalid="ignore")  # a change of any size may be tried
def _onto(heights: Array) -> Callable[[Array], Array]:
    """Return the function that maps heights onto 0.05 … 0.95; a flat curve lies in the middle."""
    finite = heights[np.isfinite(heights)]
    low, high = (finite.min(), finite.max()) if finite.size else (0.0, 0.0)
    if not np.isfinite(high - low) or high - low < 1e-300:
        return lambda values: np.full(np.shape(values), 0.5)
    return lambda values: 0.05 + 0.9 * (values - low) / (high - low)
