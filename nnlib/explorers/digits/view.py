"""What `DigitExplorer` shows: the paper, what the network sees of it, and its ten outputs."""

from typing import Any

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from nnlib.explorers.digits.model import DigitModel
from nnlib.explorers.engine.pointer import Handle
from nnlib.plots.axes import style_axes
from nnlib.plots.palette import Palette, shades_between
from nnlib.plots.words.numbers import number
from nnlib.plots.words.text import draw_plot_title

PEN_POINTS = 9.0


class DigitsView:
    """Three panels: paper to draw on, the 8 × 8 numbers, and a bar for each output."""

    def __init__(self, figure: Figure, palette: Palette) -> None:
        self._palette = palette
        self._paper = paper = figure.add_axes((0.045, 0.135, 0.32667, 0.735))
        self._paper_title = draw_plot_title(paper, palette=palette)
        paper.set(xlim=(0, 1), ylim=(0, 1), xticks=[], yticks=[])
        self._strokes = LineCollection([], colors=palette.ink, linewidths=PEN_POINTS)
        self._strokes.set(capstyle="round", joinstyle="round")
        paper.add_collection(self._strokes, autolim=False)
        ink, white = shades_between(palette.background, palette.ink), np.zeros((8, 8))
        self._sample = paper.imshow(white, cmap=ink, vmin=0, vmax=1, extent=(0, 1, 0, 1))
        (self._dots,) = paper.plot([], [], "o", color=palette.ink, markersize=PEN_POINTS)
        (self._pen,) = paper.plot([], [], "o", color=palette.grey, markersize=13, zorder=5)
        self._pen.set_markeredgewidth(2)

        seen = figure.add_axes((0.425, 0.235, 0.22, 0.495))
        seen.set(xticks=[], yticks=[])
        draw_plot_title(seen, "What the network sees", palette, pad=53.0)
        self._seen = seen.imshow(white, cmap=ink, vmin=0, vmax=1)
        for ax in (paper, seen):
            style_axes(ax, palette, lines=list(ax.spines))

        bars = figure.add_axes((0.73, 0.135, 0.21, 0.735))
        self._title = draw_plot_title(bars, palette=palette)
        bars.set(xlim=(0, 1), ylim=(9.6, -0.6), yticks=range(10), xticks=[0, 0.5, 1])
        style_axes(bars, palette, grid="x", size=11)
        self._bars = bars.barh(range(10), np.zeros(10), height=0.66)
        style: dict[str, Any] = {"fontsize": 10.5, "va": "center", "color": palette.ink}
        self._numbers = [bars.text(1.03, digit, "", **style) for digit in range(10)]
        spines = [spine for ax in (paper, seen) for spine in ax.spines.values()]
        self.artists = [
            *(self._paper_title, self._sample, self._strokes, self._dots, self._pen, self._seen),
            *(*self._bars, *self._numbers, self._title, *spines),
        ]

    def update(self, model: DigitModel) -> None:
        """Show ``model``."""
        mine = model.sample == "mine"
        strokes = model.strokes if mine else ()
        self._paper_title.set_text("Draw a digit here" if mine else "A digit from the data")
        self._strokes.set_segments([np.asarray(stroke) for stroke in strokes if len(stroke) > 1])
        dots = np.reshape([stroke[0] for stroke in strokes if len(stroke) == 1], (-1, 2))
        self._dots.set_data(dots[:, 0], dots[:, 1])
        self._pen.set_data([model.pen[0]], [model.pen[1]])
        self._pen.set_markerfacecolor(self._palette.grey if model.pen_is_down else "none")
        self._pen.set_visible(model.pen_is_seen)
        for picture in (self._sample, self._seen):
            picture.set_data(model.inputs.reshape(8, 8))
        self._sample.set_visible(not mine)
        a = model.outputs
        answer = f"{model.answer}, {number(a[model.answer])}"
        self._title.set_text(f"Answer: {answer}" if not model.is_empty else "Nothing drawn yet")
        for digit, (bar, text) in enumerate(zip(self._bars, self._numbers, strict=True)):
            bar.set_width(a[digit])
            first = digit == model.answer
            bar.set_color(self._palette.ink if first else self._palette.grey)
            text.set_text(number(a[digit]))
            text.set_color(self._palette.ink if first else self._palette.grey)

    @property
    def handles(self) -> list[Handle]:
        """All of the paper, to draw on."""
        return [Handle("paper", self._paper, [(0, 0), (1, 1)], "crosshair", filled=True, reach=0.0)]
