"""How `BugLabExplorer` is drawn: both loss curves, and two instruments that look at one epoch."""

from typing import Any

import numpy as np
from matplotlib.figure import Figure

from nnlib.explorers.engine.pointer import Handle
from nnlib.explorers.gradients.bug_lab_model import GROUPS, BugLabModel, verdict
from nnlib.mistakes import EPOCHS
from nnlib.plots.axes import name_axes, style_axes
from nnlib.plots.curves.compared_losses import spread
from nnlib.plots.curves.ratio_bars import draw_ratio_bars
from nnlib.plots.palette import Palette
from nnlib.plots.words.numbers import number
from nnlib.plots.words.text import add_panel, draw_plot_title, draw_title

TOPS = (288.0, 228.0, 168.0, 108.0)  # of the four rows of bars
ZEROS, UNIT = (106.0, 288.0), 72.0  # where the bars begin, and how long 1 is
HIGHEST = 0.6  # loss
APART = 0.04  # of loss: one line of text
NAMES_AT = 1.05 * EPOCHS  # where the curves' names begin, clear of the dot at the end


class BugLabView:
    """Two panels: both loss curves, and what the checks say of the run with the bug."""

    def __init__(self, figure: Figure, palette: Palette) -> None:
        ax = self._curves = figure.add_axes((0.075, 0.135, 0.305, 0.735))
        style_axes(ax, palette, grid="both")
        name_axes(ax, "epoch: drag the dot", "loss L", palette)
        ax.set(xlim=(0, EPOCHS), ylim=(0, HIGHEST))
        ax.set_xticks(range(0, EPOCHS + 1, 100))
        self._title = draw_plot_title(ax, palette=palette)
        (self._right,) = ax.plot([], [], color=palette.grey, linewidth=1.8, dashes=(4, 2))
        (self._wrong,) = ax.plot([], [], color=palette.ink, linewidth=2.2)
        (self._line,) = ax.plot([], [], color=palette.ink, linewidth=1.0)
        (self._now,) = ax.plot([], [], "o", color=palette.ink, markersize=11, clip_on=False)
        self._now.set(markeredgecolor=palette.background, zorder=5)
        at_the_end: dict[str, Any] = {"fontsize": 10.5, "va": "center"}
        self._names = [
            ax.text(NAMES_AT, 0, "", color=colour, **at_the_end)
            for colour in (palette.grey, palette.ink)
        ]
        panel = add_panel(figure, 468, 432)
        self._found = draw_title(panel, 0, palette=palette)
        style: dict[str, Any] = {"fontsize": 11, "va": "center", "color": palette.ink}
        for y, name in zip(TOPS, GROUPS, strict=True):
            panel.text(0, y, name, **style)
        self._gradients, self._steps = (
            draw_ratio_bars(panel, zero, UNIT, TOPS, palette) for zero in ZEROS
        )
        style["color"] = palette.grey
        for x, head in zip(ZEROS, ("gradient / slope", "step / step due"), strict=True):
            panel.text(x, 338, head, **style)
        panel.text(0, 64, "outline: what is right, 1.00      bar: what this run did", **style)
        self._verdicts = [panel.text(0, y, "", **style) for y in (18, 41)]
        self._verdicts[1].set_color(palette.ink)
        lines = [self._right, self._wrong, self._line, self._now]
        texts = [self._title, self._found, *self._names, *self._verdicts]
        self.artists = [*lines, *self._gradients.artists, *self._steps.artists, *texts]

    def update(self, model: BugLabModel) -> None:
        """Show ``model``."""
        no_bug = model.bug == "none"
        self._title.set_text("The right run: choose a bug" if no_bug else f"Bug: {model.name}")
        epochs = np.arange(1, EPOCHS + 1)
        self._right.set_data(epochs, model.right.losses)
        self._wrong.set_data(epochs, model.wrong.losses)
        self._name_curves(model, no_bug)
        here = model.wrong.losses[model.epoch - 1]
        self._line.set_data([model.epoch, model.epoch], [0, here])
        self._now.set_data([model.epoch], [here])
        self._found.set_text(f"Epoch {model.epoch}: {model.found}")
        self._gradients.update(model.gradient_ratios)
        self._steps.update(model.step_ratios)
        for text, whose, of in zip(
            self._verdicts, ("right", "this"), (model.right, model.wrong), strict=True
        ):
            text.set_text(f"gradient check, {whose} run: {verdict(model.worst(of))}")

    def _name_curves(self, model: BugLabModel, no_bug: bool) -> None:
        """Write beside each curve's end whose it is, and its loss there."""
        ends = [float(run.losses[-1]) for run in (model.right, model.wrong)]
        for text, name, end, y in zip(
            self._names, ("right", "bug"), ends, spread(ends, APART, HIGHEST), strict=True
        ):
            text.set_y(y)
            text.set_text(f"{name} {number(end, 2)}")
        self._names[1].set_visible(not no_bug)

    @property
    def handles(self) -> list[Handle]:
        """All of the curves' panel, to choose the epoch."""
        panel = np.transpose([self._curves.get_xlim(), self._curves.get_ylim()])
        return [Handle("epoch", self._curves, panel, cursor="ew-resize", filled=True, reach=0.0)]
