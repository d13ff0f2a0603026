"""How `FeedforwardExplorer` is drawn: the network, its answers, and what its neurons see."""

from typing import Any

from matplotlib.figure import Figure

from nnlib.explorers.engine.pointer import Handle, whole_of
from nnlib.explorers.feedforward.feedforward_model import GRID, LIMITS, FeedforwardModel
from nnlib.explorers.shared.network_controls import weights_to_drag
from nnlib.plots.networks.network_drawing import draw_network
from nnlib.plots.networks.network_layout import NetworkLayout
from nnlib.plots.networks.unit_maps import draw_unit_map
from nnlib.plots.palette import Palette
from nnlib.plots.plane import draw_plane
from nnlib.plots.words.labels import short
from nnlib.plots.words.symbols import Node, node_symbol
from nnlib.plots.words.text import add_panel, draw_plot_title, draw_title, ground

# In CSS pixels.
_SEEN = (604.0, 296.0)  # left edge and width of the panel with the hidden neurons' maps
_MAPS_TOP = 103.0
_MAPS_FOOT = 6.0
_GAP = 6.0  # between maps, and from one to the name below it
_NAME = 14.0  # a map's name above it


class FeedforwardView:
    """Three panels: the network with its numbers, its output for every input, and hidden maps."""

    def __init__(self, figure: Figure, palette: Palette, sizes: tuple[int, ...]) -> None:
        self._title = draw_title(add_panel(figure, 0, 600), 8, palette=palette)
        drawing = figure.add_axes((0.0, 0.01, 0.66, 0.85))
        self._drawing = draw_network(drawing, sizes, palette)
        self._weights = weights_to_drag(self._drawing.layout, drawing)
        self._note = drawing.text(590, 8, "", fontsize=9, color=palette.grey, ha="right")
        self._note.set_text(_left_out(self._drawing.layout))
        ax = figure.add_axes((0.73, 0.5, 0.255, 0.37))
        draw_plot_title(ax, "ŷ for every input", palette)
        self._plane = draw_plane(ax, LIMITS, palette)
        ax.set(xticks=range(-2, 3), yticks=range(-2, 3))
        (self._point,) = ax.plot([], [], "o", color=palette.ink, markersize=9, zorder=4)
        self._point.set(markeredgecolor=palette.background, markeredgewidth=1.5)
        self._label = ax.text(0, 0, "", fontsize=11, color=palette.ink, va="center", zorder=4)
        self._label.set_bbox(ground(palette))  # the boundary may run behind it
        self._draw_maps(figure, palette, sizes)
        maps = [artist for unit_map in self._maps.values() for artist in unit_map.artists]
        texts = [self._title, self._label]
        drawings = [*self._drawing.artists, *self._plane.artists]
        self.artists = [*drawings, self._point, *texts, *maps]

    def _draw_maps(self, figure: Figure, palette: Palette, sizes: tuple[int, ...]) -> None:
        """Draw a row of maps for each hidden layer, as large as there is room for."""
        panel = add_panel(figure, *_SEEN)
        style: dict[str, Any] = {"fontsize": 11, "fontweight": "bold", "color": palette.ink}
        panel.text(4, 126, "What each hidden neuron sees", **style)
        n_rows = len(sizes) - 2
        side, step = _room_for_maps(n_rows, max(sizes[1:-1]))
        self._maps = {
            Node(column, j): draw_unit_map(
                figure,
                (
                    _SEEN[0] + 5 + j * (side + _GAP),
                    _MAPS_TOP - side - step * (column - 1),
                    side,
                    side,
                ),
                node_symbol(sizes, Node(column, j)),
                palette,
            )
            for column in range(1, n_rows + 1)
            for j in range(sizes[column])
        }

    def update(self, model: FeedforwardModel) -> None:
        """Show ``model``."""
        x1, x2 = model.x
        self._title.set_text(model.title)
        self._drawing.update(model.numbers, model.selected)
        self._plane.set_answers(model.maps[-1], margin=model.margin)
        self._point.set_data([x1], [x2])
        right = x1 < 0.8  # where the label has room
        self._label.set(
            position=(x1 + (0.22 if right else -0.22), x2), ha="left" if right else "right"
        )
        self._label.set_text(f"ŷ {short(model.numbers.values[-1][0])}")
        for node, unit_map in self._maps.items():
            answers = model.maps[node.column - 1][:, node.row].reshape(GRID, GRID)[::2, ::2]
            unit_map.update(answers.ravel(), marked=node == model.neuron)

    @property
    def handles(self) -> list[Handle]:
        """The weights and the point, to drag; and all of the plane, to click on."""
        ax = self._plane.ax
        return [
            *self._weights,
            Handle("point", ax, self._point.get_xydata(), reach=14),
            whole_of("plane", ax, "pointer"),
        ]


def _left_out(layout: NetworkLayout) -> str:
    """Return which numbers are not written, in lines narrow enough to stand below the output."""
    if not (found := layout.left_out):
        return ""
    words = (" " if layout.dense else "\n") + "\nand ".join(found)
    return f"No room for{words}:\nselect one to see it."


def _room_for_maps(n_rows: int, longest: int) -> tuple[float, float]:
    """Return the side of maps in rows of at most ``longest``, and from one row to the next."""
    between = _GAP + _NAME
    high = (_MAPS_TOP - _MAPS_FOOT - between * (n_rows - 1)) / n_rows
    wide = (_SEEN[1] - 10.0 + _GAP) / longest - _GAP
    side = min(high, wide)
    return side, side + between
