"""The loss against the epoch, on axes that stand still until the curve needs more room."""

from collections.abc import Sequence

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike

from nnlib.plots.numbers import number
from nnlib.plots.palette import LIGHT, Palette

_ROOM_FOR_LABELS = 1.42  # the axis is this much longer than the curve


class LossCurve:
    """The artists of one loss curve; made by `draw_loss_curve`."""

    def __init__(self, ax: Axes, palette: Palette) -> None:
        self.ax = ax
        (self.train,) = ax.plot([], [], color=palette.ink, linewidth=2.0, zorder=3)
        (self.test,) = ax.plot([], [], color=palette.grey, linewidth=1.8, dashes=(4, 2), zorder=2)
        (self.now,) = ax.plot([], [], "o", color=palette.ink, markersize=6, zorder=4)
        self.train_label = ax.text(0, 0, "", color=palette.ink, fontsize=10.5, va="center")
        self.test_label = ax.text(0, 0, "", color=palette.grey, fontsize=10.5, va="center")
        self._style_axes(palette)
        self.artists: Sequence[Artist] = [
            self.test,
            self.train,
            self.now,
            self.train_label,
            self.test_label,
        ]

    def _style_axes(self, palette: Palette) -> None:
        ax = self.ax
        ax.set_xlabel("epoch", fontsize=11, color=palette.ink, labelpad=2)
        ax.set_ylabel("loss L", fontsize=11, color=palette.ink, labelpad=3)
        ax.tick_params(colors=palette.grey, labelsize=10)
        ax.grid(color=palette.faint, linewidth=0.8)
        ax.set_axisbelow(True)
        ax.set_facecolor(palette.background)
        ax.xaxis.set_major_locator(MaxNLocator(4, integer=True))
        for side, spine in ax.spines.items():
            spine.set_visible(side in ("left", "bottom"))
            spine.set_color(palette.grey)

    def update(
        self, epoch: ArrayLike, train: ArrayLike, test: ArrayLike | None, now: tuple[float, float]
    ) -> None:
        """Show the losses at the end of each epoch, and ``now``: (epoch with its part, loss)."""
        epoch, train = np.append(epoch, now[0]), np.append(train, now[1])
        self.train.set_data(epoch, train)
        self.now.set_data([now[0]], [now[1]])
        losses = [train]
        if test is not None and np.size(test):
            losses.append(np.asarray(test))
            self.test.set_data(epoch[: np.size(test)], test)
        else:
            self.test.set_data([], [])
        self._make_room(float(now[0]), float(max(np.nanmax(loss) for loss in losses)))
        self._place_labels(now, losses[1][-1] if len(losses) > 1 else None)

    def _make_room(self, last_epoch: float, highest: float) -> None:
        self.ax.set_xlim(0, _ROOM_FOR_LABELS * round_up(max(last_epoch, 10.0)))
        self.ax.set_ylim(0, round_up(max(highest, 0.05) * 1.04))

    def _place_labels(self, now: tuple[float, float], test_loss: float | None) -> None:
        """Write each loss at its curve's end, apart from each other where the ends meet."""
        height = self.ax.get_ylim()[1]
        x = now[0] + 0.03 * self.ax.get_xlim()[1]
        apart = 0.075 * height
        y_train, y_test = now[1], test_loss if test_loss is not None else 0.0
        if test_loss is not None and abs(y_train - y_test) < apart:
            middle, sign = (y_train + y_test) / 2, 1 if y_train > y_test else -1
            y_train, y_test = middle + sign * apart / 2, middle - sign * apart / 2
        lift = max(0.03 * height - min(y_train, y_test), 0.0)
        self.train_label.set_position((x, y_train + lift))
        self.train_label.set_text(f"train {number(now[1], 3)}")
        self.test_label.set_position((x, y_test + lift))
        self.test_label.set_text("" if test_loss is None else f"test {number(test_loss, 3)}")


def round_up(value: float) -> float:
    """Return the next of 1, 1.5, 2, 3, 4, 6, 8, 10, 15, … so that axes move in few, large steps."""
    power = 10.0 ** np.floor(np.log10(value))
    steps = (1, 1.5, 2, 3, 4, 6, 8, 10)
    return float(next(step * power for step in steps if step * power >= value * 0.999999))


def draw_loss_curve(ax: Axes, palette: Palette = LIGHT) -> LossCurve:
    """Draw an empty loss curve on ``ax`` and return its handle."""
    return LossCurve(ax, palette)
