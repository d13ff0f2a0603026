"""How `VanishingGradientsExplorer` is drawn: the ways back of all activations, one of them dark."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from nnlib._typing import Array
from nnlib.explorers.engine.pointer import Handle
from nnlib.explorers.gradients.vanishing_model import KEPT, VanishingGradientsModel
from nnlib.plots.curves.powers import mark_powers, style_plot
from nnlib.plots.palette import Palette
from nnlib.plots.words.text import TITLE, ground

DEEPEST = 30
GRADIENTS = (-20, 14)  # powers of ten on the picture
OUTPUTS = (-10, 14)


class Fan:
    """The sizes in each layer, on a logarithmic axis: the chosen activation's, the others faint."""

    def __init__(self, ax: Axes, name: str, powers: tuple[int, int], palette: Palette) -> None:
        self.ax, self._floor = ax, 10.0 ** powers[0]
        style_plot(ax, "layer", name, palette)
        ax.set(yscale="log", xlim=(0, DEEPEST + 1.7), ylim=(self._floor, 10.0 ** powers[1]))
        ax.set_xticks([1, 5, 10, 15, 20, 25, 30])
        mark_powers(ax.yaxis, range(powers[0] + 2, powers[1], 4))
        ax.axhline(1.0, color=palette.grey, linewidth=1.0, zorder=1)
        self.others = LineCollection([], colors=palette.grey, linewidths=0.9, alpha=0.55)
        ax.add_collection(self.others, autolim=False)

    def draw_chosen(self, colour: str, mark: str, palette: Palette) -> None:
        """Add the chosen one's line, its layers marked, and its name."""
        style: dict[str, Any] = {"marker": mark, "linewidth": 2.6, "markersize": 6.5, "zorder": 4}
        (self.chosen,) = self.ax.plot([], [], color=colour, **style)
        self.chosen.set(markeredgecolor=palette.background, markeredgewidth=0.8)

    def update(self, chosen: Array, others: list[Array]) -> None:
        """Show the sizes; those below the axis stand at its foot."""
        self.chosen.set_data(*self._line(chosen).T)
        self.others.set_segments([self._line(sizes) for sizes in others])

    def _line(self, sizes: Array) -> Array:
        return np.column_stack([np.arange(1, len(sizes) + 1), np.maximum(sizes, self._floor)])


class VanishingGradientsView:
    """The way back at the left, δ in each layer; at the right the outputs of the way there."""

    def __init__(self, figure: Figure, palette: Palette) -> None:
        left = figure.add_axes((0.085, 0.135, 0.5, 0.735))
        right = figure.add_axes((0.69, 0.135, 0.29, 0.735))
        self._names: tuple[str, ...] = ()
        self._title = left.set_title("", **TITLE, color=palette.ink)
        right.set_title("On the way there: outputs", **TITLE, color=palette.ink)
        self._back = Fan(left, "size of δ", GRADIENTS, palette)
        self._there = Fan(right, "size of a", OUTPUTS, palette)
        self._back.draw_chosen(palette.gradient, "s", palette)
        self._there.draw_chosen(palette.ink, "o", palette)
        self._lines = [self._back.chosen, self._there.chosen]
        self._steady = Rectangle((0, 1), DEEPEST + 1.7, 1, color=palette.highlight, zorder=0)
        left.add_patch(self._steady)
        style: dict[str, Any] = {"fontsize": 10.5, "color": palette.grey}
        self._keeps = left.text(DEEPEST + 1.4, 1, "steady", ha="right", va="bottom", **style)
        self._keeps.set_color(palette.ink)
        left.text(0.5, 1e12, "← the way back", va="center", bbox=ground(palette), **style)
        right.text(31, 1e12, "forward →", ha="right", va="center", bbox=ground(palette), **style)
        left.text(31, 1e-18, "grey: the other activations. Click one", ha="right", **style)
        style.update(color=palette.gradient, fontweight="bold")
        self._name = left.text(31, 1e12, "", ha="right", va="center", **style)
        self.artists = [
            *(self._steady, self._keeps, self._back.others, self._there.others),
            *(*self._lines, self._name, self._title),
        ]

    def update(self, model: VanishingGradientsModel) -> None:
        """Show ``model``."""
        self._title.set_text(model.verdict)
        self._names = model.others
        every = [model.sizes_with(name) for name in self._names]
        self._back.update(model.gradients, [gradients for gradients, _ in every])
        self._there.update(model.outputs, [outputs for _, outputs in every])
        self._name.set_text(model.activation.replace("_", " "))
        last = float(model.gradients[model.depth - 1])
        for artist in (self._steady, self._keeps):
            artist.set_visible(last > 0)
        self._steady.set(y=last / KEPT, height=last * KEPT - last / KEPT)
        self._keeps.set_y(last * KEPT)

    @property
    def handles(self) -> list[Handle]:
        """The other activations' lines, to click on."""
        return [
            Handle(name, self._back.ax, line, "pointer", draggable=False, reach=6)
            for name, line in zip(self._names, self._back.others.get_segments(), strict=True)
        ]
