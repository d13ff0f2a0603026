"""How `HingesExplorer` is drawn: the answer on the target, and how it is added up."""

from typing import Any

from matplotlib.figure import Figure
from matplotlib.text import Text

from nnlib.explorers.activations.hinges_dots import WORDS, HingeDots
from nnlib.explorers.activations.hinges_model import TARGETS, X_END, HingesModel, X
from nnlib.explorers.activations.hinges_places import HEIGHT, REACH, WIDTH
from nnlib.explorers.activations.hinges_rows import LINES, NAMES, NUMBERS, HingeRows
from nnlib.explorers.activations.hinges_rows import REACH as ROW_REACH
from nnlib.explorers.activations.hinges_rows import WIDTH as ROW_WIDTH
from nnlib.explorers.engine.pointer import Handle
from nnlib.plots.axes import style_axes
from nnlib.plots.palette import Palette
from nnlib.plots.words.numbers import significant
from nnlib.plots.words.text import add_panel, draw_title

# In CSS pixels from the lower left of the figure.
BOTTOM, LEFT = 38.0, 56.0  # of the plane
TOP = BOTTOM + HEIGHT
KEY = 346.0  # the line of words between the titles and the plots
AXIS = 19.0  # the line of numbers below them


class HingesView:
    """Two panels: the network's answer on the target, and the rows that add up to it."""

    def __init__(self, figure: Figure, palette: Palette) -> None:
        self._palette = palette
        self._panel = add_panel(figure, 0.0, 900.0)
        self._draw_answer(figure)
        self._draw_key()
        self._draw_rows()
        self.artists = [
            *(self._target, self._answer, *self._dots.artists),
            *(*self._rows.artists, self._title),
        ]

    def _draw_answer(self, figure: Figure) -> None:
        palette = self._palette
        across, up = figure.get_size_inches() * 100
        box = (LEFT / across, BOTTOM / up, WIDTH / across, HEIGHT / up)
        ax = self._plane = figure.add_axes(box, xlim=(0, X_END), ylim=(-REACH, REACH))
        ax.set(xticks=range(7), yticks=range(-3, 4))
        style_axes(ax, palette, grid="both", size=WORDS)
        ax.tick_params(axis="x", labelbottom=False)
        ax.tick_params(axis="y", pad=11)  # beside a dot at x = 0
        self._name_x(LEFT, WIDTH, range(7))
        self._write(LEFT - 50, BOTTOM + HEIGHT / 2, "y")
        (self._target,) = ax.plot([], [], **self._look_of_target)
        (self._answer,) = ax.plot([], [], **self._look_of_answer)
        self._dots = HingeDots(ax, palette)
        self._title = self._write_title(LEFT)

    def _draw_key(self) -> None:
        """Say which line is which, where no line ever is."""
        for left, words, look in (
            (LEFT, "target y", self._look_of_target),
            (LEFT + 150, "network ŷ", self._look_of_answer),
        ):
            self._panel.plot([left, left + 32], [KEY, KEY], **look)
            self._write(left + 40, KEY, words, color=look["color"])

    def _draw_rows(self) -> None:
        palette = self._palette
        self._write_title(NAMES, "b and the units add up to ŷ")
        scale = f"each row {significant(-ROW_REACH)} to {significant(ROW_REACH)}"
        self._write(NAMES, KEY, scale, color=palette.grey)
        self._write(NUMBERS, KEY, "at x = 6", color=palette.grey, ha="right")
        ticks = range(0, 7, 2)
        for x in ticks:
            at = LINES + x * ROW_WIDTH / X_END
            self._panel.plot([at, at], [BOTTOM, TOP], color=palette.faint, linewidth=0.8, zorder=0)
        self._name_x(LINES, ROW_WIDTH, ticks)
        self._rows = HingeRows(self._panel, palette, BOTTOM, TOP)

    def _name_x(self, left: float, width: float, ticks: range) -> None:
        """Write the numbers of an axis, and its name after them."""
        for x in ticks:
            at = left + x * width / X_END
            self._write(at, AXIS, f"{x}", color=self._palette.grey, ha="center")
        self._write(left + width + 14, AXIS, "x")

    def _write(self, x: float, y: float, words: str, **style: Any) -> Text:
        style = {"color": self._palette.ink, "va": "center_baseline", **style}
        return self._panel.text(x, y, words, fontsize=WORDS, **style)

    def _write_title(self, x: float, words: str = "") -> Text:
        return draw_title(self._panel, x, words, self._palette)

    @property
    def _look_of_target(self) -> dict[str, Any]:
        return {"color": self._palette.grey, "linewidth": 2, "dashes": (5, 2)}

    @property
    def _look_of_answer(self) -> dict[str, Any]:
        return {"color": self._palette.ink, "linewidth": 2.4}

    def update(self, model: HingesModel) -> None:
        """Show ``model``."""
        self._title.set_text(f"Drag the dots: mean squared error {model.loss_text}")
        self._target.set_data(X, TARGETS[model.target](X))
        self._answer.set_data(*model.knots)
        self._dots.update(model)
        self._rows.update(model)

    @property
    def handles(self) -> list[Handle]:
        """The dots, to drag sideways."""
        return [
            Handle(f"p{unit}", self._plane, place, cursor="ew-resize", reach=14)
            for unit, place in self._dots.places.items()
        ]
