"""What a model with one input answers: a curve ŷ(x) among the points that it is to follow."""

from collections.abc import Sequence

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike

from nnlib.plots.axes import WITH_TICKS, name_axes, style_axes
from nnlib.plots.palette import LIGHT, Palette
from nnlib.plots.plane import Limits


class AnswerCurve:
    """The artists of one curve; made by `draw_answer_curve`."""

    def __init__(self, ax: Axes, palette: Palette) -> None:
        self.ax = ax
        (self.points,) = ax.plot([], [], "o", color=palette.grey, markersize=3.5, zorder=2)
        (self.kept,) = ax.plot([], [], "o", color=palette.grey, markersize=4.5, zorder=1)
        self.kept.set(fillstyle="none", markeredgewidth=0.9)
        (self.curve,) = ax.plot([], [], color=palette.ink, linewidth=2.4, zorder=3)
        style_axes(ax, palette, lines=WITH_TICKS)
        name_axes(ax, "x", "y", palette, upright=True)
        ax.xaxis.set_major_locator(MaxNLocator(5))
        ax.yaxis.set_major_locator(MaxNLocator(5))
        self.artists: Sequence[Artist] = [self.kept, self.points, self.curve]

    def set_limits(self, limits: Limits) -> None:
        """Show x and y within these limits; they stay when the curve leaves them."""
        self.ax.set(xlim=limits[:2], ylim=limits[2:])

    def set_points(self, x: ArrayLike, y: ArrayLike) -> None:
        """Show the rows that are trained on."""
        self.points.set_data(x, y)

    def set_kept(self, x: ArrayLike, y: ArrayLike) -> None:
        """Show rows that are kept for testing, as hollow marks."""
        self.kept.set_data(x, y)

    def set_answers(self, x: ArrayLike, answers: ArrayLike) -> None:
        """Show what is answered for each x."""
        self.curve.set_data(x, answers)


def draw_answer_curve(ax: Axes, palette: Palette = LIGHT) -> AnswerCurve:
    """Draw an empty curve on ``ax`` and return the drawing."""
    return AnswerCurve(ax, palette)
