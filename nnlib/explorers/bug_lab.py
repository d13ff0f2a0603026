"""`BugLabExplorer`: a mistake in a training run, its loss curve, and what each check says of it."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import isnan, nan
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from nnlib._typing import Array
from nnlib.explorers.explorer import Explorer
from nnlib.explorers.parameters import Choice, Whole
from nnlib.explorers.pointer import Handle, Point
from nnlib.mistakes import EPOCHS, MISTAKES, UNNAMED, Parameters, Run, slopes_by_trying, train
from nnlib.plots.labels import short, short_gradient
from nnlib.plots.numbers import number
from nnlib.plots.palette import Palette
from nnlib.plots.powers import style_plot
from nnlib.plots.text import TITLE, add_panel, draw_table, draw_title

GROUPS = ("W⁽¹⁾", "b⁽¹⁾", "W⁽²⁾", "b⁽²⁾")
AGREES = 1e-4  # a gradient whose worst relative error is below this is taken for right
FLAT = 1e-7  # where no slope is steeper, trying finds little but round-off
OPTIONS = [
    *((words, name) for name, words in MISTAKES.items()),
    *((f"unnamed bug {letter}", letter) for letter in UNNAMED),
]


@dataclass(frozen=True)
class BugLabPicture:
    """Two runs from the same start, one right and one with a mistake, looked at in one epoch."""

    bug: str  # a name in MISTAKES, or a letter in UNNAMED
    epoch: int  # from 1
    learning_rate: float
    seed: int

    @cached_property
    def right(self) -> Run:
        """The run without a mistake."""
        return run("none", self.learning_rate, self.seed)

    @cached_property
    def wrong(self) -> Run:
        """The run with the mistake."""
        return run(UNNAMED.get(self.bug, self.bug), self.learning_rate, self.seed)

    def slopes(self, of: Run) -> Parameters:
        """Return the slopes found by trying where a run stands in this epoch."""
        return slopes_by_trying(of.parameters[self.epoch - 1])

    def worst(self, of: Run) -> float:
        """Return the worst relative error of the gradient used; NaN where there is no slope."""
        used, tried = _flat(of.used[self.epoch - 1]), _flat(self.slopes(of))
        steepest = float(np.abs(tried).max())
        if steepest < FLAT:
            return nan
        # What is a thousand times less steep than the steepest is not held against it.
        scale = np.maximum(np.maximum(np.abs(used), np.abs(tried)), 1e-3 * steepest)
        return float((np.abs(used - tried) / scale).max())

    def gradient_ratios(self, of: Run) -> list[str]:
        """Return, for W⁽¹⁾, b⁽¹⁾, W⁽²⁾ and b⁽²⁾, the gradient used over the slope found."""
        pairs = zip(of.used[self.epoch - 1], self.slopes(of), strict=True)
        return [_ratio(used, tried) for used, tried in pairs]

    def step_ratios(self, of: Run) -> list[str]:
        """Return the same for the step made, over the step −η·slope that was due."""
        before, after = of.parameters[self.epoch - 1 : self.epoch + 1]
        return [
            _ratio(new - old, -self.learning_rate * tried)
            for old, new, tried in zip(before, after, self.slopes(of), strict=True)
        ]

    @property
    def name(self) -> str:
        """What the bug is called: its letter, if it is to be diagnosed."""
        return f"unnamed, {self.bug}" if self.bug in UNNAMED else MISTAKES[self.bug]

    @property
    def equation(self) -> str:
        """What the two columns of ratios are, with the epoch and η in it."""
        return (
            f"epoch {self.epoch}:   gradient used / slope found by trying     "
            f"step made / (−{self.learning_rate:.3g}·slope)"
        )

    @property
    def summary(self) -> str:
        """The picture in words."""
        losses = [number(of.losses[-1], 2) for of in (self.right, self.wrong)]
        here = number(self.wrong.losses[self.epoch - 1], 2)
        gradients = ", ".join(self.gradient_ratios(self.wrong))
        steps = ", ".join(self.step_ratios(self.wrong))
        return (
            f"Bug: {self.name}. After {EPOCHS} epochs with η = {self.learning_rate:.3g} its loss "
            f"is {losses[1]}, that of the right run {losses[0]}. In epoch {self.epoch}, with the "
            f"loss {here}, the gradient check says {verdict(self.worst(self.wrong))}. For W⁽¹⁾, "
            f"b⁽¹⁾, W⁽²⁾ and b⁽²⁾ the gradient is {gradients} times the slope, and the step "
            f"{steps} times what is due. Start {self.seed}."
        )


def verdict(worst: float) -> str:
    """Return a worst relative error as a verdict."""
    if isnan(worst):
        return "all slopes are 0"
    return "✓ right" if worst < AGREES else f"✗ wrong, error {short_gradient(worst)}"


@lru_cache(maxsize=256)
def run(mistake: str, learning_rate: float, seed: int) -> Run:
    """Return a training run; it is remembered."""
    return train(mistake, learning_rate, seed)


def _flat(arrays: Parameters) -> Array:
    return np.concatenate([array.ravel() for array in arrays])


def _ratio(values: Array, due: Array) -> str:
    """Return what ``values`` are of ``due``: one number, or from the least to the greatest."""
    known = np.abs(due) > 1e-3 * np.abs(due).max() + 0.1 * FLAT
    if not known.any():
        return "–"
    ratios = values[known] / due[known]
    if np.ptp(ratios) <= 0.02 * float(np.abs(ratios).max()):
        return short(float(np.median(ratios)))
    return f"{short(ratios.min())} to {short(ratios.max())}"


class BugLabView:
    """Two panels: both loss curves, and what the checks say of the run with the bug."""

    def __init__(self, figure: Figure, palette: Palette) -> None:
        ax = self._curves = figure.add_axes((0.075, 0.135, 0.41, 0.735))
        style_plot(ax, "epoch", "loss L", palette)
        ax.set(xlim=(0, EPOCHS), ylim=(0, 0.62))
        ax.set_xticks(range(0, EPOCHS + 1, 100))
        self._title = ax.set_title("", **TITLE, color=palette.ink)
        (self._right,) = ax.plot([], [], color=palette.grey, linewidth=1.8, dashes=(4, 2))
        (self._wrong,) = ax.plot([], [], color=palette.ink, linewidth=2.2)
        (self._line,) = ax.plot([], [], color=palette.grey, linewidth=1.0)
        (self._now,) = ax.plot([], [], "o", color=palette.ink, markersize=10)
        self._now.set_markeredgecolor(palette.background)
        style: dict[str, Any] = {"fontsize": 11, "va": "center", "color": palette.ink}
        ax.text(8, 0.585, "solid: this run      dashed: the right run", **style)

        right = add_panel(figure, 470, 430)
        self._checks_title = draw_title(right, 8, palette=palette)
        heads = ((192, "gradient / slope"), (348, "step / step due"))
        for x, head in heads:
            right.text(x, 330, head, fontsize=11, color=palette.grey, ha="center", va="center")
        self._table = draw_table(right, (40.0, 192.0, 348.0), (296, 262, 228, 194), palette)
        self._verdicts = [right.text(8, y, "", **style) for y in (138, 108, 60)]
        self._verdicts[2].set_color(palette.grey)
        self._verdicts[2].set_text("1.00 is right. A range: no common factor")
        lines = [self._right, self._wrong, self._line, self._now]
        texts = [self._title, self._checks_title, *self._verdicts]
        self.artists = [*lines, *self._table.artists, *texts]

    def update(self, picture: BugLabPicture) -> None:
        """Show ``picture``."""
        no_bug = picture.bug == "none"
        self._title.set_text("No bug: the right run" if no_bug else f"Bug: {picture.name}")
        epochs = np.arange(1, EPOCHS + 1)
        self._right.set_data(epochs, picture.right.losses)
        self._wrong.set_data(epochs, picture.wrong.losses)
        here = picture.wrong.losses[picture.epoch - 1]
        self._line.set_data([picture.epoch, picture.epoch], [0, here])
        self._now.set_data([picture.epoch], [here])
        self._checks_title.set_text(f"What epoch {picture.epoch} did")
        gradients = picture.gradient_ratios(picture.wrong)
        steps = picture.step_ratios(picture.wrong)
        self._table.update(list(zip(GROUPS, gradients, steps, strict=True)))
        for text, whose, of in (
            (self._verdicts[0], "right run", picture.right),
            (self._verdicts[1], "this run", picture.wrong),
        ):
            text.set_text(f"gradient check, {whose}: {verdict(picture.worst(of))}")

    @property
    def handles(self) -> list[Handle]:
        """All of the curves' panel, to choose the epoch."""
        panel = np.transpose([self._curves.get_xlim(), self._curves.get_ylim()])
        return [Handle("epoch", self._curves, panel, cursor="ew-resize", filled=True, reach=0.0)]


class BugLabExplorer(Explorer):
    """A bug in a training run beside the right run: loss curves, gradient check, step check.

    A network 2-4-1 of sigmoids learns 40 points, a disc within a ring, with mean squared error and
    all rows in each step. The code with its mistakes is `nnlib.mistakes`.

    Parameters
    ----------
    bug : str
        ``none slope bias clear sign sum steps``, or one of ``A`` to ``F``: unnamed, to diagnose.
    epoch : int, 1 to 400
        The epoch whose gradient and step are checked.
    learning_rate : {0.1, 0.5, 1.0, 2.0, 5.0, 10.0}
        η.
    seed : int, 0 to 4
        Which start: the same for both runs.
    """

    bug = Choice("none", options=OPTIONS, label="bug")
    epoch = Whole(1, low=1, high=EPOCHS, label="epoch")
    learning_rate = Choice(5.0, options=(0.1, 0.5, 1.0, 2.0, 5.0, 10.0), label="η learning rate")
    seed = Whole(0, low=0, high=4, label="start")

    opens_with = ("bug", "epoch", "learning_rate")
    View = BugLabView

    def picture(self) -> BugLabPicture:
        """Return both runs, looked at in the present epoch."""
        return BugLabPicture(self.bug, self.epoch, self.learning_rate, self.seed)

    def pointer_pressed(self, at: Point) -> None:
        """Choose the epoch that is clicked on."""
        self.pointer_dragged(at)

    def pointer_dragged(self, at: Point) -> None:
        """Let the epoch follow the pointer."""
        self.set_parameters(epoch=int(np.clip(round(at.x), 1, EPOCHS)))
