"""The view of the next update: the network with a row in it, and beside it how a number moves."""

from dataclasses import replace
from textwrap import fill
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from nnlib.explorers.engine.pointer import Handle
from nnlib.explorers.passes.pass_drawing import PassDrawing
from nnlib.explorers.passes.step_panel import StepPanel
from nnlib.explorers.update.model import NoModel, UpdateModel
from nnlib.explorers.update.row_dots import RowDots
from nnlib.explorers.update.rules import Line
from nnlib.plots.palette import Palette
from nnlib.plots.words.text import add_panel, draw_title

MOST_LINES = 7  # Adam's, with a penalty
LINES_TOP, LINE, NUMBERS = 220.0, 22.0, 15.0  # pixels: from line to line, and to one's numbers
RIGHT = 284.0
LONG = 30  # characters of a line's numbers; longer ones are written smaller
LETTER, SMALL, BOLD = 8.8, 7.5, 11.0  # pixels: the widths of their letters, and of a last result's


class UpdatePanel:
    """How a weight gets its new number: what the rows say, then line by line. Empty without."""

    def __init__(self, panel: Axes, palette: Palette) -> None:
        self.heading = draw_title(panel, 0, palette=palette)
        self.dots = RowDots(panel, palette)
        ink: dict[str, Any] = {"va": "center", "color": palette.ink}
        grey = {**ink, "color": palette.grey}
        self.lines = [
            (
                panel.text(0, 0, "", fontsize=11.5, **grey),
                panel.text(0, 0, "", fontsize=10.5, **ink),
                panel.text(RIGHT, 0, "", fontsize=11.5, ha="right", **ink),
            )
            for _ in range(MOST_LINES)
        ]
        texts = [text for line in self.lines for text in line]
        self.artists = [self.heading, *self.dots.artists, *texts]

    def update(self, model: UpdateModel) -> None:
        """Show the update's step, if the model has come to one."""
        dots, lines = model.dots, model.lines
        self.heading.set_text(model.heading if dots else "")
        self.dots.update(dots)
        y = LINES_TOP
        for k, texts in enumerate(self.lines):
            line = lines[k] if k < len(lines) else Line("", "", "")
            below = y - (NUMBERS if line.numbers else 0.0)
            small, last = len(line.numbers) > LONG, k == len(lines) - 1
            wide = len(line.numbers) * (SMALL if small else LETTER) + len(line.result) * BOLD
            end = below - (NUMBERS if last and wide > RIGHT else 0.0)
            heights = (y, below, end if last else y)
            for text, word, height in zip(texts, line, heights, strict=True):
                text.set(text=word, y=height)
            texts[1].set_fontsize(9.5 if small else 10.5)
            for text in texts[::2]:
                text.set_fontweight("bold" if last and line.result else "normal")
            y = end - LINE


class UpdateView:
    """Two panels: the network with one row in it; the step in words, or the weight's update."""

    def __init__(self, figure: Figure, palette: Palette, sizes: tuple[int, ...]) -> None:
        self.drawing = PassDrawing(figure, palette, sizes)
        right = add_panel(figure, 612, 288)
        self.step = StepPanel(right, palette, sizes)
        self.panel = UpdatePanel(right, palette)
        self.artists = [*self.drawing.artists, *self.step.artists, *self.panel.artists]

    def update(self, model: UpdateModel) -> None:
        """Show ``model``."""
        self.drawing.update(model)
        self.step.update(model.in_words, model.heading, model.nudge)
        self.panel.update(model)

    @property
    def handles(self) -> list[Handle]:
        """Rows, gradients, nodes, weights and biases, to click on."""
        handles = self.drawing.handles
        clicked = [replace(handle, cursor="pointer", draggable=False) for handle in handles]
        return [*self.panel.dots.handles, *clicked]


class NoView:
    """Why there is nothing to look into."""

    def __init__(self, figure: Figure, palette: Palette) -> None:
        panel = add_panel(figure, 0, 900)
        self._title = draw_title(panel, 8, palette=palette)
        self._why = panel.text(8, 330, "", fontsize=12, va="top", linespacing=1.5)
        self._why.set_color(palette.ink)
        self.artists = [self._title, self._why]

    def update(self, model: NoModel) -> None:
        """Show ``model``."""
        self._title.set_text("This network cannot be looked into")
        self._why.set_text(fill(model.why, 90))
