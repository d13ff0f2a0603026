"""What a run answers, and another beside it: on the plane of two inputs, or as curves over one."""

from collections.abc import Sequence
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from nnlib.explorers.timeline.model import TimelineModel
from nnlib.plots.curves.answer_curve import draw_answer_curve
from nnlib.plots.palette import Palette
from nnlib.plots.plane import boundary_of, draw_plane
from nnlib.plots.words.text import ground


class Answers:
    """What both kinds have: the axes, and words for the dashed line."""

    def __init__(self, ax: Axes, palette: Palette) -> None:
        style: dict[str, Any] = {"fontsize": 10.5, "color": palette.beside, "zorder": 6}
        self.note = ax.text(0.03, 0.03, "", transform=ax.transAxes, **style)
        self.note.set_bbox(ground(palette))
        self.artists: Sequence[Artist] = [self.note]

    def update(self, model: TimelineModel) -> None:
        """Show ``model``."""
        self.note.set_text(f"dashed: {'first run' if model.shows_fork else 'fork'}")
        self.note.set_visible(model.other is not None)


class PlaneAnswers(Answers):
    """The plane with the boundary, and the other run's boundary dashed."""

    def __init__(self, ax: Axes, palette: Palette) -> None:
        super().__init__(ax, palette)
        self.plane = draw_plane(ax, (-1, 1, -1, 1), palette)
        self.other = LineCollection([], colors=palette.beside, linewidths=2.2, zorder=2)
        self.other.set_linestyle([(0, (3, 2))])
        ax.add_collection(self.other, autolim=False)
        self.artists = [*self.plane.artists, self.other, self.note]

    def update(self, model: TimelineModel) -> None:
        """Show ``model``."""
        super().update(model)
        if model.limits != self.plane.limits:
            self.plane.set_limits(model.limits)
        data = model.first.run.data
        self.plane.set_points(data.X, data.y, size=10 if len(data.X) < 50 else 6)
        self.plane.set_answers(model.answers)
        other = model.other_answers
        self.other.set_segments([] if other is None else boundary_of(other - 0.5, model.limits))


class CurveAnswers(Answers):
    """The curve ŷ(x), and the other run's curve dashed."""

    def __init__(self, ax: Axes, palette: Palette) -> None:
        super().__init__(ax, palette)
        self.curve = draw_answer_curve(ax, palette)
        (self.other,) = ax.plot([], [], color=palette.beside, linewidth=2.0, dashes=(3, 2))
        self.artists = [*self.curve.artists, self.other, self.note]

    def update(self, model: TimelineModel) -> None:
        """Show ``model``."""
        super().update(model)
        self.curve.set_limits(model.limits)
        self.curve.set_points(model.first.run.data.X, model.first.run.data.y)
        self.curve.set_answers(model.points, model.answers)
        other = model.other_answers
        self.other.set_visible(other is not None)
        self.other.set_data(model.points, model.answers if other is None else other)
