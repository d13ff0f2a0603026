"""How b and the units of `HingesExplorer` add up to ŷ: a row for each, written as a sum.

All rows are drawn to one scale, which no slope changes. What leaves its row is cut there, with an
arrowhead; the column at the right tells where it has got to.
"""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Polygon, Rectangle
from numpy.typing import ArrayLike

from nnlib._typing import Array
from nnlib.explorers.activations.hinges_dots import SIGNS, WORDS, add_arrows, add_disc
from nnlib.explorers.activations.hinges_model import UNITS, X_END, HingesModel
from nnlib.explorers.activations.hinges_places import ARROW, crossings
from nnlib.plots.palette import Palette
from nnlib.plots.words.numbers import number, scientific, sign_of, signed, significant

REACH = 7.0  # how far a row goes up and down
# In CSS pixels from the left of the figure: the names, the lines, the ends of the numbers.
NAMES, LINES, NUMBERS = 544.0, 678.0, 896.0
WIDTH = 144.0  # of the lines
_DISC = 11.0  # from where names begin to the middle of a unit's disc
_SLOPE = 28.0  # and to its slope
_BETWEEN = 8.0  # from one row to the next
_FAINT = 0.22  # how much is seen of the area between a line and 0
_MOST = 1000.0  # what would be too wide for its column with two decimals
_ROUNDING = 1e-9
_SLOPES = ("s₁", "s₂", "s₃", "s₄")


class HingeRows:
    """The rows, made on ``panel``, which is measured in CSS pixels, between two heights."""

    def __init__(self, panel: Axes, palette: Palette, bottom: float, top: float) -> None:
        self._palette, self._bottom, self._top = palette, bottom, top
        self._start = _Row(panel, palette)
        self._units = [_Row(panel, palette, f"{unit}") for unit in UNITS]
        self._sum = _Row(panel, palette)
        for words in self._sum.words:
            words.set(fontweight="bold", color=palette.ink)
        (self._rule,) = panel.plot([], [], color=palette.ink, linewidth=1.2)
        rows = (self._start, *self._units, self._sum)
        self.artists = [self._rule, *(artist for row in rows for artist in row.artists)]

    def update(self, model: HingesModel) -> None:
        """Draw what there is to add, and the sum in the lowest row."""
        n_units = len(model.places)
        shown = (self._start, *self._units[:n_units], self._sum)
        height = (self._top - self._bottom) / len(shown)
        for k, row in enumerate(shown):
            row.stand(self._top - (k + 0.5) * height, (height - _BETWEEN) / 2)
        for row in self._units[n_units:]:
            row.hide()
        self._rule.set_data([NAMES, NUMBERS], [self._bottom + height] * 2)
        x, answer = model.knots
        outputs = model.outputs(x)
        self._draw(self._start, x, np.full(len(x), model.start), model.start, "b")
        for row, added, slope, name in zip(
            self._units, outputs.T, model.slopes, _SLOPES, strict=False
        ):
            self._draw(row, x, added, float(slope), name)
        self._sum.draw(x, answer, self._palette.ink)
        self._sum.write(f"ŷ {model.equals}", _in_column(answer[-1]))

    def _draw(self, row: "_Row", x: Array, added: Array, value: float, name: str) -> None:
        """Draw a summand with the colour and the dashes of the ``value`` that makes it."""
        row.draw(x, added, self._palette.line_of(value), dashed=sign_of(value) < 0)
        row.write(f"{name} = {significant(round(value, 2))}", _in_column(added[-1], signs=True))
        row.words[1].set_color(self._palette.text_of(added[-1]))


class _Row:
    """A summand or the sum: its name, its line over x, and how much it is at the right end."""

    def __init__(self, panel: Axes, palette: Palette, unit: str = "") -> None:
        self._band = Rectangle((LINES, 0), WIDTH, 0, color=palette.highlight, zorder=0)
        panel.add_patch(self._band)
        (self._zero,) = panel.plot([], [], color=palette.guide, linewidth=1)
        self._area = Polygon([(0, 0)], alpha=_FAINT, linewidth=0)
        panel.add_patch(self._area)
        (self._line,) = panel.plot([], [], linewidth=2.4, zorder=3)
        self._arrows = {way: add_arrows(panel, way, palette.ink) for way in SIGNS}
        style: dict[str, Any] = {"fontsize": WORDS, "va": "center_baseline"}
        left = NAMES + (_SLOPE if unit else 0)
        self.words = (
            panel.text(left, 0, "", color=palette.ink, **style),
            panel.text(NUMBERS, 0, "", ha="right", **style),
        )
        self._disc = add_disc(panel, palette, unit) if unit else ()
        self.artists = [
            *(self._band, self._area, self._zero, self._line, *self._arrows.values()),
            *(*self.words, *self._disc),
        ]

    def hide(self) -> None:
        """Show nothing of it."""
        for artist in self.artists:
            artist.set_visible(False)

    def stand(self, middle: float, half: float) -> None:
        """Take a place ``middle`` pixels high, from which it reaches ``half`` up and down."""
        self._middle, self._half = middle, half
        for artist in self.artists:
            artist.set_visible(True)
        self._band.set(y=middle - half, height=2 * half)
        self._zero.set_data([LINES, LINES + WIDTH], [middle, middle])
        for words in self.words:
            words.set_y(middle)
        if self._disc:
            disc, number_in_it = self._disc
            disc.set_data([NAMES + _DISC], [middle])
            number_in_it.set_position((NAMES + _DISC, middle))

    def write(self, name: str, end: str) -> None:
        """Write its name, and how much it is at the right end."""
        for text, words in zip(self.words, (name, end), strict=True):
            text.set_text(words)

    def draw(self, x: Array, y: Array, color: str, dashed: bool = False) -> None:
        """Draw straight pieces between points, as far as they lie within the row."""
        ways = {way: crossings(x, y, sign * REACH) for way, sign in SIGNS.items()}
        all_x = np.union1d(x, [*ways["^"], *ways["v"]])
        all_y = np.interp(all_x, x, y)
        within = np.clip(all_y, -REACH, REACH)
        seen = np.where(np.abs(all_y) > REACH + _ROUNDING, np.nan, within)
        self._line.set_data(*self._pixels(all_x, seen))
        self._line.set(color=color, linestyle=(0, (4, 2.5)) if dashed else "solid")
        ends = [(X_END, 0.0), (0.0, 0.0)]
        corners = [*zip(all_x, within, strict=True), *ends]
        self._area.set_xy(np.transpose(self._pixels(*np.transpose(corners))))
        self._area.set_facecolor(color)
        for way, sign in SIGNS.items():
            at, height = self._pixels(np.array(ways[way]), sign * REACH)
            self._arrows[way].set_data(at, np.full(len(at), height - sign * ARROW / 2))
            self._arrows[way].set(color=color, visible=len(at) > 0)

    def _pixels(self, x: Array, y: ArrayLike) -> tuple[Array, Array]:
        """Return where points of the row are in the picture."""
        return LINES + x * WIDTH / X_END, self._middle + np.asarray(y) * self._half / REACH


def _in_column(value: float, signs: bool = False) -> str:
    """Return a number with two decimals, so that numbers below each other can be added."""
    if abs(value) >= _MOST:
        return scientific(value, 2)
    return signed(value) if signs else number(value)
