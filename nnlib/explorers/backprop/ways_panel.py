"""The panel of a δ to which several ways lead back: one line a way, then their sum."""

from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes

from nnlib.explorers.backprop.words import Explanation
from nnlib.plots.palette import Palette

MOST = 4  # ways
TOP, LINE = 334.0, 27.0
SYMBOLS, NUMBERS, RESULTS = 0.0, 214.0, 284.0  # the columns: the last two are right-aligned


class WaysPanel:
    """Empty unless `update` is given a step with ways."""

    def __init__(self, panel: Axes, palette: Palette) -> None:
        style: dict[str, Any] = {"fontsize": 10, "va": "center", "color": palette.ink}
        grey = {**style, "color": palette.grey}
        self.rows = [
            (
                panel.text(SYMBOLS, y, "", **grey),
                panel.text(NUMBERS, y, "", ha="right", **style),
                panel.text(RESULTS, y, "", ha="right", **style),
            )
            for y in (TOP - LINE * k for k in range(MOST + 3))
        ]
        self._rules = [
            panel.plot([SYMBOLS, RESULTS], [0, 0], color=palette.grey, linewidth=1)[0]
            for _ in range(2)
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
                (f"times {ways.slope[0]}", f"{ways.total}·{ways.slope[1]}", ""),
                (symbol, "", step.result.removeprefix("= ")),
            ]
        for k, row in enumerate(self.rows):
            words = lines[k] if k < len(lines) else ("", "", "")
            for text, word in zip(row, words, strict=True):
                text.set(text=word, fontweight="bold" if k == len(lines) - 1 else "normal")
        for rule, after in zip(self._rules, (len(lines) - 3, len(lines) - 1), strict=True):
            y = TOP - LINE * (after - 0.5)
            rule.set_ydata([y, y])
            rule.set_visible(bool(lines))
