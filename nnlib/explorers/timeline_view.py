"""What `TimelineExplorer` shows: the boundary, the network and the losses of one moment."""

from typing import Any

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from nnlib.explorers.pointer import Handle
from nnlib.explorers.timeline_picture import TimelinePicture
from nnlib.plots.network_sketch import draw_network_sketch
from nnlib.plots.numbers import number
from nnlib.plots.palette import Palette
from nnlib.plots.plane import boundary_of, draw_plane
from nnlib.plots.run_curves import draw_run_curves
from nnlib.plots.text import TITLE, add_panel, draw_title, ground


class TimelineView:
    """Three panels: the boundary, the network, and the loss curves with the moment on them."""

    def __init__(self, figure: Figure, palette: Palette, sizes: tuple[int, ...]) -> None:
        plane = figure.add_axes((0.083, 0.135, 0.247, 0.735))
        self._title = plane.set_title("", **TITLE, color=palette.ink)
        self._plane = draw_plane(plane, (-1, 1, -1, 1), palette)
        self._other = LineCollection(
            [], colors=palette.beside, linewidths=2.2, linestyles=[(0, (3, 2))], zorder=2
        )
        plane.add_collection(self._other, autolim=False)
        style: dict[str, Any] = {"fontsize": 10.5, "color": palette.beside, "zorder": 6}
        self._note = plane.text(0.03, 0.03, "", transform=plane.transAxes, **style)
        self._note.set_bbox(ground(palette))

        self._network_title = draw_title(add_panel(figure, 318, 280), 10, palette=palette)
        sketch = figure.add_axes((0.36, 0.1, 0.28, 0.785))
        self._network = draw_network_sketch(sketch, sizes, palette)

        losses = figure.add_axes((0.69, 0.135, 0.178, 0.735))
        self._loss_title = losses.set_title("", **TITLE, color=palette.ink)
        styles = [
            {"color": palette.ink, "linewidth": 2.0},
            {"color": palette.grey, "linewidth": 1.8, "dashes": (4, 2)},
            {"color": palette.beside, "linewidth": 2.0, "dashes": (3, 2)},
            {"color": palette.beside, "linewidth": 1.6, "dashes": (1, 1.5)},
        ]
        self._curves = draw_run_curves(losses, styles, palette)
        self.artists = [
            *(*self._plane.artists, self._other, self._note),
            *(*self._network.artists, *self._curves.artists),
            *(self._title, self._network_title, self._loss_title),
        ]

    def update(self, picture: TimelinePicture) -> None:
        """Show ``picture``."""
        self._update_plane(picture)
        network = picture.shown.network
        self._network_title.set_text("Network " + "-".join(map(str, network.sizes)))
        self._network.update([layer.weights for layer in network.layers], picture.maps)
        accuracy = picture.shown.accuracy
        right = "" if accuracy is None else f", {accuracy:.0%} right"
        self._loss_title.set_text(f"Loss {number(picture.shown.train_loss, 3)}{right}")
        self._curves.update(picture.curves, (picture.shown.epoch, picture.shown.train_loss))

    def _update_plane(self, picture: TimelinePicture) -> None:
        if picture.limits != self._plane.limits:
            self._plane.set_limits(picture.limits)
        data = picture.first.run.data
        self._plane.set_points(data.X, data.y, size=10 if len(data.X) < 50 else 6)
        self._plane.set_answers(picture.answers)
        self._title.set_text(f"Epoch {picture.shown.epoch}, {picture.which}")
        answers = picture.other_answers
        self._other.set_segments(
            [] if answers is None else boundary_of(answers - 0.5, picture.limits)
        )
        other = "first run" if picture.shows_fork else "fork"
        self._note.set_text("" if answers is None else f"dashed: {other}")
        self._note.set_visible(answers is not None)

    @property
    def handles(self) -> list[Handle]:
        """All of the curves' panel, to choose the epoch."""
        ax = self._curves.ax
        panel = np.transpose([ax.get_xlim(), ax.get_ylim()])
        return [Handle("epoch", ax, panel, cursor="ew-resize", filled=True, reach=8.0)]
