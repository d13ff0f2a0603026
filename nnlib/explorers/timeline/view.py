"""What `TimelineExplorer` shows: the answers, the network and the losses of one moment."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from nnlib.explorers.engine.pointer import Handle
from nnlib.explorers.runs.data import FEATURES
from nnlib.explorers.runs.run import TrainingRun
from nnlib.explorers.timeline.answers_view import CurveAnswers, PlaneAnswers
from nnlib.explorers.timeline.model import TimelineModel
from nnlib.plots.curves.compared_losses import draw_compared_losses
from nnlib.plots.networks.network_sketch import draw_network_sketch
from nnlib.plots.palette import Palette
from nnlib.plots.words.numbers import number
from nnlib.plots.words.text import add_panel, draw_plot_title, draw_title, ground

NOT_YET = "no fork yet: press\n“Fork from here”"


@dataclass(frozen=True)
class Arrangement:
    """What a view is made for; when it changes, a new view is needed."""

    sizes: tuple[int, ...]
    inputs: tuple[str, ...]  # their symbols
    is_curve: bool

    @classmethod
    def of(cls, run: TrainingRun) -> "Arrangement":
        """Return what a view of ``run`` is made for."""
        symbols = tuple(FEATURES[name].symbol for name in run.features)
        return cls(tuple(run.trainer.network.sizes), symbols, run.data.is_curve)


class TimelineView:
    """Three panels: the answers, the network, and the loss curves with the moment on them."""

    def __init__(self, figure: Figure, palette: Palette, arrangement: Arrangement) -> None:
        ax = figure.add_axes((0.083, 0.135, 0.247, 0.735))
        self._title = draw_plot_title(ax, palette=palette)
        Answers = CurveAnswers if arrangement.is_curve else PlaneAnswers
        self.answers: CurveAnswers | PlaneAnswers = Answers(ax, palette)

        self._network_title = draw_title(add_panel(figure, 318, 280), 10, palette=palette)
        names = max(map(len, arrangement.inputs)) * 0.009  # a long name takes room at the left
        sketch = figure.add_axes((0.342 + names, 0.1, 0.288 - names, 0.785))
        self._network = draw_network_sketch(sketch, arrangement.sizes, palette, arrangement.inputs)

        losses = figure.add_axes((0.69, 0.135, 0.178, 0.735))
        self._loss_title = draw_plot_title(losses, palette=palette)
        styles = [
            {"color": palette.ink, "linewidth": 2.0},
            {"color": palette.grey, "linewidth": 1.8, "dashes": (4, 2)},
            {"color": palette.beside, "linewidth": 2.0, "dashes": (3, 2)},
            {"color": palette.beside, "linewidth": 1.3, "dashes": (1, 1.5)},
        ]
        self._curves = draw_compared_losses(losses, styles, palette)
        losses.set_xlabel("epoch")
        dots: dict[str, Any] = {"color": palette.beside, "linewidth": 2.0, "linestyle": ":"}
        (self._leaves,) = losses.plot([], [], transform=losses.get_xaxis_transform(), **dots)
        style: dict[str, Any] = {"fontsize": 10, "va": "top", "ha": "right", "color": palette.ink}
        style |= {"transform": losses.transAxes, "bbox": ground(palette)}
        self._not_yet = losses.text(1, 0.99, NOT_YET, zorder=5, **style)
        titles = [self._title, self._network_title, self._loss_title, self._leaves, self._not_yet]
        self.artists = [
            *(*self.answers.artists, *self._network.artists, *self._curves.artists),
            *titles,
        ]

    def update(self, model: TimelineModel) -> None:
        """Show ``model``."""
        self._title.set_text(f"Epoch {model.shown.epoch:,}, {model.which}")
        self.answers.update(model)
        network = model.shown.network
        self._network_title.set_text("Network " + "-".join(map(str, network.sizes)))
        self._network.update([layer.weights for layer in network.layers], model.maps)
        self._loss_title.set_text(f"Loss {number(model.shown.train_loss, 3)}: drag the dot")
        self._curves.update(model.curves, (model.shown.epoch, model.shown.train_loss))
        self._show_where_it_would_leave(model)

    def _show_where_it_would_leave(self, model: TimelineModel) -> None:
        """Mark where the fork would leave whose settings are chosen and that is not made yet."""
        epoch, waits = model.shown.epoch, model.fork is None and model.changed != ""
        self._leaves.set_data([epoch, epoch], [0, 1])
        for artist in (self._leaves, self._not_yet):
            artist.set_visible(waits)

    @property
    def handles(self) -> list[Handle]:
        """All of the curves' panel, to choose the epoch."""
        ax = self._curves.ax
        panel = np.transpose([ax.get_xlim(), ax.get_ylim()])
        return [Handle("epoch", ax, panel, cursor="ew-resize", filled=True, reach=8.0)]
