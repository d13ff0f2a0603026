"""What `ExportExplorer` shows: the network with its numbers, and a table of its layers."""

from typing import Any

from matplotlib.figure import Figure

from nnlib.explorers.export.model import ExportModel
from nnlib.plots.networks.network_drawing import NetworkDrawing, draw_network
from nnlib.plots.networks.network_sketch import NetworkSketch, draw_network_sketch
from nnlib.plots.palette import Palette
from nnlib.plots.words.text import add_panel, draw_table, draw_title

MOST_DRAWN = 8  # neurons in a layer whose numbers can be drawn
MOST_COLUMNS = 4
MOST_SKETCHED = 4  # neurons of a layer in the sketch of a larger network
COLUMNS = (62.0, 168.0, 258.0)  # of the table, in pixels
TOPS = (296.0, 264.0, 232.0, 200.0, 168.0)
DRAWING = (0.0, 0.02, 0.64, 0.85)


class ExportView:
    """Two panels: the network, and what becomes of its layers."""

    def __init__(self, figure: Figure, palette: Palette, sizes: tuple[int, ...]) -> None:
        self._title = draw_title(add_panel(figure, 0, 560), 8, palette=palette)
        drawing = figure.add_axes(DRAWING)
        self._drawing: NetworkDrawing | NetworkSketch
        if max(sizes) <= MOST_DRAWN and len(sizes) <= MOST_COLUMNS:
            self._drawing = draw_network(drawing, sizes, palette)
        else:
            self._drawing = draw_network_sketch(
                drawing, sizes, palette, most=MOST_SKETCHED, with_maps=False
            )
        right = add_panel(figure, 590, 310)
        self._table_title = draw_title(right, 8, palette=palette)
        self._table = draw_table(right, COLUMNS, TOPS, palette)
        self._table.name_columns(("layer", "W here", "there"), 328)
        style: dict[str, Any] = {"fontsize": 11, "color": palette.ink, "va": "center"}
        self._words = [right.text(8, y, "", **style) for y in (112, 86, 60)]
        texts = [self._title, self._table_title, *self._words]
        self.artists = [*self._drawing.artists, *self._table.artists, *texts]

    def update(self, model: ExportModel) -> None:
        """Show ``model``."""
        sizes = "-".join(map(str, model.network.sizes))
        if isinstance(self._drawing, NetworkDrawing):
            self._title.set_text(f"The network {sizes}, for an input of ones")
            self._drawing.update(model.numbers)
        else:
            self._title.set_text(f"The network {sizes}")
            self._drawing.update([layer.weights for layer in model.network.layers])
        self._table_title.set_text(f"Its layers in {model.library}")
        self._table.update(model.rows)
        words = (
            f"{model.network.parameters.size:,} parameters in all",
            "answer to an input of ones:",
            model.answer,
        )
        for text, line in zip(self._words, words, strict=True):
            text.set_text(line)
