"""The list of all optimisers: how each is drawn on the map, its loss, and which is the lowest."""

from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from nnlib.explorers.descent.model import DescentModel
from nnlib.explorers.descent.path import OPTIMIZERS
from nnlib.explorers.engine.pointer import Handle
from nnlib.plots.maps.loss_map import PATH_STYLES
from nnlib.plots.maps.path_ends import SIZE
from nnlib.plots.maps.walk import size_of
from nnlib.plots.palette import Palette

LOWEST = "lowest"
ROW = 42.0  # pixels from one optimiser's name to the next
_TOP = 332.0  # the first name's middle, in pixels from the bottom
_LEFT = 54.0  # where the names begin


class Row:
    """An optimiser's mark and dashes, its name, and its loss now."""

    def __init__(self, panel: Axes, name: str, k: int, palette: Palette) -> None:
        self.dashes, self.mark = PATH_STYLES[k]
        self.color = palette.runs[k]
        self.panel, self.top = panel, _TOP - ROW * k
        width = panel.get_xlim()[1]
        self.ground = Rectangle(
            (0, self.top - 28.5), width, ROW - 2, color=palette.highlight, zorder=0
        )
        panel.add_patch(self.ground)
        middle = self.top - 8.5
        (self.line,) = panel.plot([6, 24, 42], [middle] * 3, marker=self.mark, color=self.color)
        self.line.set(markersize=size_of(self.mark, SIZE), markevery=[1])
        self.line.set_markeredgecolor(palette.background)
        style: dict[str, Any] = {"fontsize": 10.5, "va": "center", "color": palette.ink}
        self.name = panel.text(_LEFT, self.top, name, **style)
        self.loss = panel.text(_LEFT, self.top - 17, "", **style)
        self.lowest = panel.text(
            width - 6, self.top - 17, LOWEST, ha="right", fontweight="bold", **style
        )
        self.artists = [self.ground, self.line, self.name, self.loss, self.lowest]

    def update(self, loss: str, chosen: bool, lowest: bool) -> None:
        """Show the loss; mark the row whose path is brought forward, and the lowest loss."""
        self.ground.set_visible(chosen)
        self.line.set_linestyle("-" if chosen else self.dashes)
        self.line.set_linewidth(2.6 if chosen else 1.6)
        self.loss.set_text(loss)
        self.lowest.set_visible(lowest)

    @property
    def handle(self) -> Handle:
        """The row, to click on."""
        box = [(0, self.top + 12), (self.panel.get_xlim()[1], self.top + 12 - ROW)]
        style: dict[str, Any] = {"draggable": False, "filled": True, "reach": 0.0}
        return Handle(self.name.get_text(), self.panel, box, "pointer", **style)


class Comparison:
    """A row for each optimiser, in an order that stays."""

    def __init__(self, panel: Axes, palette: Palette) -> None:
        self.rows = [Row(panel, name, k, palette) for k, name in enumerate(OPTIMIZERS)]
        self.artists = [artist for row in self.rows for artist in row.artists]

    def update(self, model: DescentModel) -> None:
        """Show each optimiser's loss, or nothing if they are not compared."""
        for artist in self.artists:
            artist.set_visible(model.compared)
        if model.compared:
            for name, row in zip(OPTIMIZERS, self.rows, strict=True):
                row.update(model.end_of(name), name == model.optimizer, name in model.lowest)

    @property
    def handles(self) -> list[Handle]:
        """Each optimiser's row, where they are compared."""
        return [row.handle for row in self.rows if row.name.get_visible()]
