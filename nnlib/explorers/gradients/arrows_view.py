"""How `GradientArrowsExplorer` is drawn: the arrows over the loss, and each row's numbers."""

from typing import Any

from matplotlib.figure import Figure

from nnlib.explorers.engine.pointer import Handle, rows_of
from nnlib.explorers.gradients.arrows_model import REACH, GradientArrowsModel, X, Y
from nnlib.plots.maps.gradient_arrows import draw_gradient_arrows
from nnlib.plots.palette import Palette
from nnlib.plots.words.numbers import number
from nnlib.plots.words.text import add_panel, draw_plot_title, draw_table, draw_title

ROWS = range(1, len(X) + 1)


class GradientArrowsView:
    """Two panels: the arrows over the loss, and each row's numbers."""

    def __init__(self, figure: Figure, palette: Palette) -> None:
        left = figure.add_axes((0.06, 0.135, 0.40, 0.735))
        self._title = draw_plot_title(left, palette=palette)
        self._arrows = draw_gradient_arrows(left, REACH, len(X), palette)

        right = add_panel(figure, 440, 460)
        self._table_title = draw_title(right, 8, palette=palette)
        columns = (34.0, 116.0, 196.0, 256.0, 328.0, 414.0)
        tops = tuple(302.0 - 32.0 * i for i in range(len(X) + 1))
        self._table = draw_table(right, columns, tops, palette)
        self._table.name_columns(("row", "x", "target", "ŷ", "∂L/∂w₁", "∂L/∂w₂"), 334)
        style: dict[str, Any] = {"fontsize": 11, "va": "center"}
        legend = (
            (100, "1 to 5: the step −η ∂L/∂w that each row wants", palette.gradient),
            (78, "batch: their mean; the shortest arrows are drawn longer", palette.ink),
        )
        for y, text, colour in legend:
            right.text(8, y, text, color=colour, **style)
        self.predicted = [right.text(8, y, "", color=palette.ink, **style) for y in (42, 20)]
        titles = [self._title, self._table_title, *self.predicted]
        self.artists = [*self._arrows.artists, *self._table.artists, *titles]

    def update(self, model: GradientArrowsModel) -> None:
        """Show ``model``."""
        self._title.set_text(model.title)
        self._arrows.set_losses(model.map)
        ways = [-model.learning_rate * g for g in (model.gradients, model.batch_gradient)]
        self._arrows.set_arrows(model.path, ways[0], model.row, ways[1])
        self._table_title.set_text(model.table_title)
        rows = [
            (
                f"{i}",
                f"({x[0]:g}, {x[1]:g})".replace("-", "−"),
                f"{y:g}",
                number(a),
                number(g[0], 3),
                number(g[1], 3),
            )
            for i, x, y, a, g in zip(ROWS, X, Y, model.a, model.gradients, strict=True)
        ]
        mean = ("mean", "", "", "", *(number(g, 3) for g in model.batch_gradient))
        self._table.update([*rows, mean], highlighted=model.row)
        for text, words in zip(self.predicted, model.predicted, strict=True):
            text.set_text(words)

    @property
    def handles(self) -> list[Handle]:
        """The point, to drag; the table's rows, to click on."""
        point = Handle("point", self._arrows.ax, self._arrows.point, cursor="grab", reach=18)
        return [point, *rows_of(self._table, [f"row {i}" for i in ROWS])]
