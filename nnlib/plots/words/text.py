"""Text in panels that are laid out in CSS pixels: titles, and tables that do not jitter."""

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from nnlib.plots.palette import LIGHT, Palette

TITLE_POINTS = 12.5
TEXT_POINTS = 11.0
TITLE_HEIGHT = 366.0  # pixels from the bottom to the titles' baseline, the same in all panels

# From a plot whose upper edge is at 0.87 of the figure's height (348 pixels) to its title, in
# points: it so stands on the line of all titles.
TITLE_PAD = (TITLE_HEIGHT - 348.0) * 0.72


def add_panel(figure: Figure, left: float, width: float) -> Axes:
    """Add an invisible panel as high as the figure, measured in CSS pixels from bottom left."""
    pixels = figure.get_size_inches() * 100
    ax = figure.add_axes((left / pixels[0], 0.0, width / pixels[0], 1.0))
    ax.set_xlim(0.0, width)
    ax.set_ylim(0.0, pixels[1])
    ax.set_axis_off()
    return ax


def ground(palette: Palette) -> dict[str, Any]:
    """Return the ``bbox`` of a text that lines may run behind: they shine through, faintly."""
    return {"facecolor": palette.background, "edgecolor": "none", "alpha": 0.85, "pad": 1.5}


def draw_title(ax: Axes, x: float, text: str = "", palette: Palette = LIGHT) -> Text:
    """Write a bold panel title, its left end at ``x``, on the line of all titles."""
    style: dict[str, Any] = {"fontsize": TITLE_POINTS, "fontweight": "bold"}
    return ax.text(x, TITLE_HEIGHT, text, color=palette.ink, **style)


def draw_plot_title(
    ax: Axes, text: str = "", palette: Palette = LIGHT, pad: float = TITLE_PAD
) -> Text:
    """Write a plot's bold title above its left end, ``pad`` points higher."""
    style: dict[str, Any] = {"fontsize": TITLE_POINTS, "fontweight": "bold", "color": palette.ink}
    return ax.set_title(text, loc="left", y=1.0, pad=pad, **style)


class Table:
    """Rows of text in fixed columns, one row highlighted; made by `draw_table`."""

    def __init__(
        self,
        ax: Axes,
        columns: Sequence[float],
        tops: Sequence[float],
        palette: Palette,
        points: float,
    ) -> None:
        left, right = ax.get_xlim()
        self._height = abs(tops[1] - tops[0]) if len(tops) > 1 else 30.0
        self._highlight = Rectangle(
            (left, 0), right - left, self._height - 6, color=palette.highlight, zorder=0
        )
        ax.add_patch(self._highlight)
        style: dict[str, Any] = {"fontsize": points, "ha": "center", "va": "center"}
        self.cells = [
            [ax.text(x, y, "", color=palette.ink, **style) for x in columns] for y in tops
        ]
        self.ax = ax
        self._columns, self._tops, self._grey, self._points = columns, tops, palette.grey, points
        self.artists = [self._highlight, *(cell for row in self.cells for cell in row)]

    def name_columns(self, names: Sequence[str], height: float) -> list[Text]:
        """Write the names of the columns above them, at ``height``; a name may be empty."""
        style: dict[str, Any] = {"fontsize": self._points, "ha": "center", "va": "center"}
        return [
            self.ax.text(x, height, name, color=self._grey, **style)
            for x, name in zip(self._columns, names, strict=True)
        ]

    @property
    def boxes(self) -> list[tuple[tuple[float, float], tuple[float, float]]]:
        """Two opposite corners of each row, in data coordinates; no two rows overlap."""
        left, right = self.ax.get_xlim()
        half = self._height / 2 - 1
        return [((left, y - half), (right, y + half)) for y in self._tops]

    def update(self, rows: Sequence[Sequence[str]], highlighted: int | None = None) -> None:
        """Write the rows; rows that are not given are emptied."""
        for index, cells in enumerate(self.cells):
            texts = rows[index] if index < len(rows) else [""] * len(cells)
            for cell, text in zip(cells, texts, strict=True):
                cell.set_text(text)
        self._highlight.set_visible(highlighted is not None)
        if highlighted is not None:
            self._highlight.set_y(self._tops[highlighted] - (self._height - 6) / 2)


def draw_table(
    ax: Axes,
    columns: Sequence[float],
    tops: Sequence[float],
    palette: Palette = LIGHT,
    points: float = TEXT_POINTS,
) -> Table:
    """Draw an empty table whose columns are centred at ``columns`` and rows at ``tops``."""
    return Table(ax, columns, tops, palette, points)
