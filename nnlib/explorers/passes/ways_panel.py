"""The panel of a δ to which several ways lead back: one below the other, then their sum."""

from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes

from nnlib.explorers.passes.words import Explanation
from nnlib.plots.palette import Palette

MOST = 4  # ways
TOP, HALF, WAY, LINE = 336.0, 20.0, 49.0, 26.0  # a way has two lines: symbols, then numbers
LEFT, NUMBERS, RIGHT = 0.0, 196.0, 284.0  # numbers end at the second, results at the third
POINTS, SYMBOL_POINTS = 12, 14  # symbols are larger: their indices are small


class WaysPanel:
    """Empty unless `update` is given a step with ways."""

    def __init__(self, panel: Axes, palette: Palette) -> None:
        style: dict[str, Any] = {"fontsize": POINTS, "va": "center", "color": palette.ink}
        symbols = {**style, "fontsize": SYMBOL_POINTS, "color": palette.grey}
        self.rows = [
            (
                panel.text(LEFT, 0, "", **symbols),
                panel.text(NUMBERS, 0, "", ha="right", **style),
                panel.text(RIGHT, 0, "", ha="right", **style),
            )
            for _ in range(MOST + 3)
        ]
        self._rules = [
            panel.plot([LEFT, RIGHT], [0, 0], color=palette.grey, linewidth=1)[0] for _ in range(2)
        ]
        texts = [text for row in self.rows for text in row]
        self.artists: list[Artist] = [*texts, *self._rules]

    def update(self, step: Explanation | None) -> None:
        """Show the step's ways; None, or a step without any, empties the panel."""
        ways = step.ways if step else None
        lines: list[tuple[str, str, str]] = []
        if step and ways:
            symbol = step.equation.partition(" = ")[0]
            lines = [
                *ways.terms,
                ("added up", "", ways.total),
                (f"times {ways.slope[0]}", "", f"{ways.total}·{ways.slope[1]}"),
                (symbol, "", step.result.removeprefix("= ")),
            ]
        n_ways = max(len(lines) - 3, 0)
        for k, row in enumerate(self.rows):
            words = lines[k] if k < len(lines) else ("", "", "")
            y, lower = _height(k, n_ways), HALF if k < n_ways else 0.0
            for text, word, down in zip(row, words, (0.0, lower, lower), strict=True):
                bold = "bold" if k == len(lines) - 1 else "normal"
                text.set(text=word, y=y - down, fontweight=bold)
            row[0].set_fontsize(POINTS if k == n_ways else SYMBOL_POINTS)
        for rule, below in zip(self._rules, (n_ways, n_ways + 2), strict=True):
            y = _height(below, n_ways) + LINE / 2
            rule.set_ydata([y, y])
            rule.set_visible(bool(lines))


def _height(k: int, n_ways: int) -> float:
    """Return where line k stands, counted from 0: a way's symbols, or one of the last three."""
    return TOP - min(k, n_ways) * WAY - max(k - n_ways, 0) * LINE


def bottom_of(n_ways: int) -> float:
    """Return where the table of so many ways ends, in pixels from the bottom."""
    return _height(n_ways + 2, n_ways) - LINE / 2
