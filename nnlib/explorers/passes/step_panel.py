"""The panel of one step: its equation, the same with numbers, nnlib's line, and its test."""

from typing import Any

from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch

from nnlib.explorers.passes.ways_panel import WaysPanel, bottom_of
from nnlib.explorers.passes.words import Explanation
from nnlib.plots.palette import Palette
from nnlib.plots.words.text import draw_title

TOP = 342.0  # of the first text


class StepPanel:
    """Empty until `update` is given a step; where several ways lead back, they are listed."""

    def __init__(self, panel: Axes, palette: Palette, sizes: tuple[int, ...]) -> None:
        small = max(sizes[:-1]) == 2  # no sum has more than two products
        self._heading = draw_title(panel, 0, palette=palette)
        points, spacing, self._line = (12, 1.45, 24.2) if small else (10, 1.4, 19.4)
        style: dict[str, Any] = {"color": palette.ink, "va": "top", "linespacing": spacing}
        self.equation = panel.text(0, TOP, "", fontsize=points, **style)
        self.with_numbers = panel.text(0, 0, "", fontsize=points, **style)
        self.result = panel.text(0, 0, "", fontsize=12, fontweight="bold", **style)
        self._code_box = FancyBboxPatch((4, 0), 276, 24, boxstyle="round,pad=4,rounding_size=6")
        self._code_box.set(facecolor=palette.highlight, edgecolor="none")
        panel.add_patch(self._code_box)
        self.code = panel.text(6, 0, "", fontsize=9.5, family="monospace", va="center")
        self.code.set_color(palette.ink)
        self.nudge = panel.text(0, 0, "", fontsize=11, **style)
        self.ways = WaysPanel(panel, palette)
        self._texts = [self._heading, self.equation, self.with_numbers, self.result, self.code]
        self._texts.append(self.nudge)
        self.artists = [*self._texts, self._code_box, *self.ways.artists]

    def update(self, step: Explanation | None, heading: str = "", nudge: str = "") -> None:
        """Show the step; None empties the panel."""
        self.ways.update(step)
        if step is None:
            for text in self._texts:
                text.set_text("")
            self._code_box.set_visible(False)
            return
        self._heading.set_text(heading)
        line_by_line = step.ways is not None  # see `WaysPanel`
        self.equation.set_text("" if line_by_line else step.equation)
        self.with_numbers.set_text("" if line_by_line else step.with_numbers)
        self.result.set_text("" if line_by_line else step.result)
        self.code.set_text(step.code)
        self._code_box.set_visible(bool(step.code))
        self.nudge.set_text(nudge)
        self._arrange(below=bottom_of(len(step.ways.terms)) - 20 if step.ways else None)

    def _arrange(self, below: float | None) -> None:
        """Put each text right below the one before; the code at ``below``, if that is given."""
        y = TOP
        for text in (self.equation, self.with_numbers):
            text.set_y(y)
            y -= self._line * len(text.get_text().splitlines()) + 2
        self.result.set_y(y - 3)
        y = y - 52 if below is None else below
        self._code_box.set_y(y - 12)
        self.code.set_y(y)
        self.nudge.set_y(y - 32)
