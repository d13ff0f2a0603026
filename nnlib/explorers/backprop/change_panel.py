"""The panel of a learner's own change: actual and predicted change of L, and the curve."""

from textwrap import fill
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from nnlib.explorers.backprop.change import OwnChange
from nnlib.explorers.backprop.change_curve import ChangeCurve
from nnlib.explorers.engine.pointer import Handle
from nnlib.plots.palette import Palette
from nnlib.plots.words.text import draw_title

WIDTH = 37  # characters in a line
ROWS = (336.0, 313.0, 290.0)  # the heights of the three numbers
TOPS = {False: 305.0, True: 222.0}  # how high the curve goes: lower where the gradient is known


class ChangePanel:
    """Empty unless the learner tries a change, or is to try one."""

    def __init__(self, figure: Figure, panel: Axes, palette: Palette) -> None:
        self.heading = draw_title(panel, 0, palette=palette)
        style: dict[str, Any] = {"fontsize": 10, "va": "baseline"}
        colours = (palette.ink, palette.gradient, palette.grey)
        self.rows = [
            (
                panel.text(0, y, "", color=colour, **style),
                panel.text(284, y, "", color=colour, ha="right", **style),
            )
            for y, colour in zip(ROWS, colours, strict=True)
        ]
        self.verdict = panel.text(0, 0, "", fontsize=10, va="top", linespacing=1.4)
        self.verdict.set_color(palette.ink)
        self.curve = ChangeCurve(figure, palette)
        self._texts = [self.heading, self.verdict, *(text for row in self.rows for text in row)]
        self.artists: list[Artist] = [*self._texts, *self.curve.artists]

    def update(self, change: OwnChange | None) -> None:
        """Show ``change``; None empties the panel."""
        for text in self._texts:
            text.set_text("")
        if change is None:
            self.curve.update(None)
            return
        self.heading.set_text(f"The loss along {change.symbol}")
        for row, words in zip(self.rows, change.rows, strict=False):
            for text, word in zip(row, words, strict=True):
                text.set_text(word)
        below = ROWS[0] + 13 - len(change.rows) * (ROWS[0] - ROWS[1])
        self.verdict.set(text=fill(change.verdict, WIDTH), y=below)
        self.curve.update(change, TOPS[change.known])

    @property
    def handles(self) -> list[Handle]:
        """The dot on the curve."""
        return self.curve.handles
