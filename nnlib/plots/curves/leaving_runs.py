"""Where a loss axis ends when one run climbs far above the others, and what tells of that run.

A run that blows up would press the others flat. So the axis keeps to the others, and where such a
run leaves the picture a triangle says how high it goes. A run that is being played never leaves.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.transforms import Bbox, TransformedBbox

from nnlib._typing import Array
from nnlib.plots.pixels import size_in_pixels
from nnlib.plots.words.labels import short

FAR = 3.0  # times as high as the others: that high a run may climb before it leaves
ROOM = 1.5  # times as high as the others: so high is the axis then
LINE = 19.0  # pixels; the height of what is written about one run
_BESIDE = 8.0  # pixels from a triangle to its words


@dataclass(frozen=True)
class Climb:
    """The losses of one run, all of its curves after each other, and whether it may leave."""

    epochs: Array
    losses: Array
    may_leave: bool = True

    @property
    def start(self) -> float:
        """The loss that it began with."""
        return float(self.losses[0])

    @property
    def peak(self) -> float:
        """The highest loss."""
        return float(np.max(self.losses, initial=0.0, where=np.isfinite(self.losses)))

    def leaves_at(self, top: float) -> float:
        """Return the epoch at which it first passes ``top``."""
        k = int(np.argmax(self.losses > top))
        if k == 0 or self.epochs[k - 1] >= self.epochs[k]:
            return float(self.epochs[k])
        return float(np.interp(top, self.losses[k - 1 : k + 1], self.epochs[k - 1 : k + 1]))


def top_of(climbs: Sequence[Climb]) -> float:
    """Return the highest loss to show: of all runs, or of those that one leaves far below.

    A run that may not leave is shown to its peak.

    Examples
    --------
    >>> at = np.arange(3.0)
    >>> calm, wild = Climb(at, np.array([0.7, 0.6, 0.5])), Climb(at, np.array([0.7, 20, 30]))
    >>> top_of([calm]), top_of([wild]), round(top_of([calm, wild]), 2)
    (0.7, 30.0, 1.05)
    >>> top_of([calm, Climb(at, wild.losses, may_leave=False)])
    30.0
    """
    seen = [climb for climb in climbs if len(climb.losses)]
    peaks = [climb.peak for climb in seen]
    staying = [climb.peak for climb in seen if not climb.may_leave]
    calm = max([min(peaks, default=0.0), *staying, *(climb.start for climb in seen)])
    highest = max(peaks, default=0.0)
    return highest if highest <= FAR * calm else ROOM * calm


class LeavingRuns:
    """Triangles above the curves, each in a line of its own with the highest loss of its run."""

    def __init__(self, ax: Axes, most: int, colour: str) -> None:
        self.ax = ax
        self.top = np.inf  # what is above it is out of the picture
        across: dict[str, Any] = {"transform": ax.get_xaxis_transform()}
        mark: dict[str, Any] = {"marker": "^", "linestyle": "none", "markersize": 6, "zorder": 4}
        mark.update(color=colour, clip_on=False)  # it may stand on the axis
        self.marks = [ax.plot([], [], **mark, **across)[0] for _ in range(most)]
        self.words = [ax.text(0, 0, "", fontsize=10, color=colour, **across) for _ in range(most)]
        for text in self.words:
            text.set_verticalalignment("center_baseline")
        self.artists: Sequence[Artist] = [*self.marks, *self.words]

    def share(self, climbs: Sequence[Climb]) -> float:
        """Return the share of the axis' height that is needed to tell of them."""
        top = top_of(climbs)
        return self._line * sum(climb.peak > top for climb in climbs)

    def update(self, climbs: Sequence[Climb], end: float, lines: Sequence[Line2D]) -> None:
        """Let the curves of ``lines`` end at this share of the height; above it tell of the runs.

        To be called when the axis has its limits.
        """
        self.top = end * self.ax.get_ylim()[1]
        leaving = [climb for climb in climbs if climb.peak > self.top]
        for k, (mark, text) in enumerate(zip(self.marks, self.words, strict=True)):
            for artist in (mark, text):
                artist.set_visible(k < len(leaving))
            if k < len(leaving):
                self._tell(leaving[k], mark, text, end + self._line * (k + 0.5))
        # A line that lies on an edge is whole, and so is the dot at its end; one that leaves the
        # picture below ends there.
        box = Bbox.from_extents(-0.06, -0.03, 1.06, end if leaving else 1.03)
        for line in lines:
            line.set_clip_box(TransformedBbox(box, self.ax.transAxes))

    def show_moment(self, dot: Line2D, epoch: float, loss: float) -> None:
        """Place the dot of the present moment; where it is out of the picture, a triangle."""
        dot.set_data([epoch], [min(loss, self.top)])
        dot.set_marker("^" if loss > self.top else "o")

    @property
    def _line(self) -> float:
        return LINE / size_in_pixels(self.ax)[1]

    def _tell(self, climb: Climb, mark: Line2D, text: Text, y: float) -> None:
        """Put a triangle where the run leaves, and its peak on the side where there is room."""
        low, high = self.ax.get_xlim()
        x = climb.leaves_at(self.top)
        to_the_right = x < (low + high) / 2
        aside = _BESIDE / size_in_pixels(self.ax)[0] * (high - low)
        mark.set_data([x], [y])
        text.set_position((x + aside if to_the_right else x - aside, y))
        text.set_horizontalalignment("left" if to_the_right else "right")
        text.set_text(f"up to {short(climb.peak)}")


def draw_leaving_runs(ax: Axes, most: int, colour: str) -> LeavingRuns:
    """Draw what tells of at most ``most`` runs that leave the axis; nothing at first."""
    return LeavingRuns(ax, most, colour)
