"""How `VanishingGradientsExplorer` is drawn: the ways back of all activations, one of them dark."""

from typing import Any

from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from nnlib.explorers.engine.pointer import Handle
from nnlib.explorers.gradients.vanishing_model import KEPT, VanishingGradientsModel
from nnlib.plots.curves.fan import draw_fan
from nnlib.plots.palette import Palette
from nnlib.plots.words.text import draw_plot_title, ground

ABOVE = 8.0  # pixels from the edge of what counts as steady to the middle of the words
HINT = "          click a line or its name"


class VanishingGradientsView:
    """The way back at the left, δ in each layer; at the right the outputs of the way forward."""

    def __init__(self, figure: Figure, palette: Palette) -> None:
        left = figure.add_axes((0.075, 0.135, 0.5, 0.735))
        right = figure.add_axes((0.645, 0.135, 0.345, 0.735))
        self._names: tuple[str, ...] = ()
        self._title = draw_plot_title(left, palette=palette)
        draw_plot_title(right, "The way forward: outputs", palette)
        self._back = draw_fan(left, (f"← layer{HINT}", "size of δ"), "left", palette)
        self._there = draw_fan(right, ("layer →", "size of a"), "right", palette)
        self._back.draw_chosen(palette.gradient, "s", palette)
        self._there.draw_chosen(palette.ink, "o", palette)
        self._lines = [self._back.chosen, self._there.chosen]
        self._steady = Rectangle((0, 1), 1, 1, color=palette.highlight, zorder=0)
        left.add_patch(self._steady)
        style: dict[str, Any] = {"fontsize": 10.5, "color": palette.ink, "bbox": ground(palette)}
        self._keeps = left.text(1, 1, "", ha="right", va="center", zorder=5, **style)
        style |= {"fontsize": 10, "color": palette.grey, "transform": left.get_xaxis_transform()}
        self._output = left.text(1, 0.015, "out", ha="center", **style)  # no layer has its number
        self.artists = [
            *(self._steady, self._keeps, self._output, *self._back.artists, *self._there.artists),
            self._title,
        ]

    def update(self, model: VanishingGradientsModel) -> None:
        """Show ``model``."""
        self._title.set_text(model.verdict)
        self._names = model.others
        every = [model.sizes_with(name) for name in self._names]
        for fan, index, powers in zip((self._back, self._there), (0, 1), model.powers, strict=True):
            sizes = {
                plain(name): both[index] for name, both in zip(self._names, every, strict=True)
            }
            with_zero = any((size == 0).any() for size in sizes.values())
            fan.set_limits(model.layers_shown + 1 - index, powers, with_zero)
            fan.update(sizes, plain(model.activation))
        self._output.set_x(model.depth + 1)
        self._keeps.set_text(f"steady: 1/{KEPT:.0f} to {KEPT:.0f} times layer {model.depth}'s")
        last = float(model.gradients[model.depth - 1])
        for artist in (self._steady, self._keeps):
            artist.set_visible(model.depth > 1 and last > 0)
        if last:
            self._shade_steady(last)

    def _shade_steady(self, last: float) -> None:
        """Shade what counts as steady, and say so above it."""
        left, right = self._back.extent
        self._steady.set_bounds(left, last / KEPT, right - left, last * KEPT - last / KEPT)
        top = self._back.height_of(last * KEPT)
        self._keeps.set_position((right, self._back.size_at(top + ABOVE)))

    @property
    def handles(self) -> list[Handle]:
        """The activations' lines and their names, in both plots, to click on."""
        ax = self._back.ax
        to_left = self._there.ax.transData - ax.transData
        there = [to_left.transform(line) for line in self._there.lines_with_names()]
        return [
            Handle(name, ax, line, "pointer", draggable=False, reach=7)
            for lines in (self._back.lines_with_names(), there)
            for name, line in zip(self._names, lines, strict=True)
        ]


def plain(activation: str) -> str:
    """Return an activation's name as the picture writes it."""
    return activation.replace("_", " ")
