"""What `ExportExplorer` shows: the network, and the shapes of its weights here and there."""

from collections.abc import Sequence
from typing import Any

from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from nnlib.explorers.export.model import ExportModel, Shape
from nnlib.plots.networks.network_drawing import NetworkDrawing, draw_network
from nnlib.plots.networks.network_sketch import NetworkSketch, draw_network_sketch
from nnlib.plots.palette import Palette
from nnlib.plots.words.text import add_panel, draw_table, draw_title

INCHES = (9.0, 3.0)  # lower than others: below it stands the program
MOST_DRAWN = 2  # neurons in a layer whose numbers can be drawn, none of them on another edge
MOST_COLUMNS = 4
MOST_SKETCHED = 4  # neurons of a layer in the sketch of a larger network
NUMBERS = 10.5  # of the table and below it, in points
# In CSS pixels.
COLUMNS = (46.0, 164.0, 268.0)  # of the table
TITLES, NAMES = 266.0, 230.0
TOPS = (202.0, 172.0, 142.0, 112.0, 82.0)
SHAPES = (112.0, 216.0)  # the middles of the rectangles, each beside its numbers
LARGEST, SMALLEST = 22.0, 4.0  # sides of a rectangle
WORDS_BELOW, LINE = 32.0, 19.0  # from the last row to the words, and from one to the next
DRAWING = (0.0, 0.02, 0.64, 0.82)


class ExportView:
    """Two panels: the network, and what becomes of its layers."""

    def __init__(self, figure: Figure, palette: Palette, sizes: tuple[int, ...]) -> None:
        figure.set_size_inches(INCHES)
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
        self._table = draw_table(right, COLUMNS, TOPS, palette, NUMBERS)
        _, _, self._there = self._table.name_columns(("layer", "W here", "there"), NAMES)
        shape: dict[str, Any] = {"facecolor": palette.highlight, "edgecolor": palette.ink}
        self.shapes = [[Rectangle((0, 0), 0, 0, **shape) for _ in SHAPES] for _ in TOPS]
        every = [rectangle for row in self.shapes for rectangle in row]
        for rectangle in every:
            right.add_patch(rectangle)
        for title in (self._title, self._table_title):
            title.set_y(TITLES)
        style: dict[str, Any] = {"fontsize": NUMBERS, "color": palette.ink, "va": "center"}
        self._words = [right.text(8, 0, "", **style) for _ in range(3)]
        texts = [self._title, self._table_title, self._there, *self._words]
        self.artists = [*self._drawing.artists, *self._table.artists, *every, *texts]

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
        self._there.set_text(model.library)
        self._table.update(model.rows)
        self._show_shapes(model.shapes)
        words = (
            f"{model.network.parameters.size:,} parameters in all",
            "answer to an input of ones:",
            model.answer,
        )
        top = TOPS[min(len(model.rows), len(TOPS)) - 1] - WORDS_BELOW
        for k, (text, line) in enumerate(zip(self._words, words, strict=True)):
            text.set_text(line)
            text.set_y(top - LINE * k)

    def _show_shapes(self, shapes: Sequence[tuple[Shape, Shape]]) -> None:
        """Draw each matrix as a rectangle, as high as it has rows: a transposed one lies down."""
        for k, (row, y) in enumerate(zip(self.shapes, TOPS, strict=True)):
            for rectangle, middle, shape in zip(
                row, SHAPES, shapes[k] if k < len(shapes) else ((0, 0), (0, 0)), strict=True
            ):
                rectangle.set_visible(k < len(shapes))
                high, wide = (max(LARGEST * n / max(*shape, 1), SMALLEST) for n in shape)
                rectangle.set_bounds(middle - wide / 2, y - high / 2, wide, high)
