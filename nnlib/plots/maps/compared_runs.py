"""Several runs on one plot: each is a line that ends in a mark, and one of them stands out.

Each mark stands where its run is. The marks are outlines of different shapes, the smaller ones in
the larger: at one place all of them can be told apart.
"""

from collections.abc import Sequence
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke

from nnlib._typing import Array
from nnlib.plots.palette import Palette

RUN_MARKS = ("o", "s", "D", "^", "v")  # one for each of a palette's colours of runs
SIZES = (5.0, 11.0, 9.0, 9.5, 9.5)  # of the marks, in points
FAINT = 0.9  # how strong a line is that does not stand out
_DISC = 9.0  # the disc's size where its run stands out: no other is as small as its own


class RunMark:
    """The mark of one run: an outline, or filled where the run stands out. A disc is full."""

    def __init__(self, ax: Axes, k: int, palette: Palette, scale: float = 1.0) -> None:
        self._color, self._ground = palette.runs[k], palette.background
        self._size, self._disc = scale * SIZES[k], scale * _DISC
        style: dict[str, Any] = {"clip_on": False, "linestyle": "none", "marker": RUN_MARKS[k]}
        (self.artist,) = ax.plot([], [], color=self._color, markeredgewidth=1.8, **style)
        self.artist.set_path_effects([withStroke(linewidth=4.2, foreground=self._ground)])

    def update(self, chosen: bool) -> None:
        """Fill the mark if its run is the ``chosen`` one; it lies below the outlines then."""
        disc = self.artist.get_marker() == "o"
        self.artist.set_markersize(self._disc if disc and chosen else self._size)
        self.artist.set_markerfacecolor(self._color if disc or chosen else "none")
        self.artist.set_zorder(6 if chosen else 8 if disc else 7)


class ComparedRuns:
    """A line and a mark for each run.

    Parameters
    ----------
    ax : Axes
        Where to draw.
    palette : Palette
        Has a colour for each run.
    dot : float
        How large the dots of the steps are where a run stands out, in points.
    scale : float
        How large the marks are, of their size on a map.
    """

    def __init__(self, ax: Axes, palette: Palette, dot: float = 0.0, scale: float = 1.0) -> None:
        self._dot = dot
        indices = range(len(RUN_MARKS))
        self.lines = [
            ax.plot([], [], "-", color=palette.runs[k], marker="o", markersize=0)[0]
            for k in indices
        ]
        self._marks = [RunMark(ax, k, palette, scale) for k in indices]
        self.marks = [mark.artist for mark in self._marks]
        self.artists: Sequence[Artist] = [*self.lines, *self.marks]

    def update(self, runs: Sequence[Array], in_sight: Sequence[bool], chosen: int) -> None:
        """Show the runs, (n, 2) each; ``in_sight`` says which of them have their mark."""
        for k, (line, run) in enumerate(zip(self.lines, runs, strict=True)):
            line.set_data(*run.T)
            forward = k == chosen
            line.set(linewidth=1.9 if forward else 1.5, alpha=1.0 if forward else FAINT)
            line.set(markersize=self._dot if forward else 0.0, zorder=4 if forward else 3)
            self._marks[k].update(forward)
            self.marks[k].set_data(*run[-1:].T)
            self.marks[k].set_visible(in_sight[k])
