"""The largest rate of each of several runs, as their marks on a learning rate's axis."""

from collections.abc import Sequence

from matplotlib.artist import Artist
from matplotlib.axes import Axes

from nnlib.plots.maps.compared_runs import RUN_MARKS, RunMark
from nnlib.plots.palette import Palette

_SCALE = 0.6  # of the marks' size on a map
_HEIGHT = 0.9  # of the axis's own from -1 to 1: above the knob, which lies at 0


class LimitMarks:
    """The mark of each run where its rate becomes too large.

    Parameters
    ----------
    ax : Axes
        The axis of the learning rate.
    palette : Palette
        Has a colour for each run.
    """

    def __init__(self, ax: Axes, palette: Palette) -> None:
        self._ends = ax.get_xlim()
        marks = [RunMark(ax, k, palette, _SCALE) for k in range(len(RUN_MARKS))]
        for mark in marks:
            mark.update(chosen=False)
        self.marks = [mark.artist for mark in marks]
        self.artists: Sequence[Artist] = self.marks

    def update(self, limits: Sequence[float | None], chosen: int) -> None:
        """Put the marks at the limits.

        A run without one, or with one beyond the axis, has no mark; nor has the ``chosen`` one,
        whose limit the axis itself shows.
        """
        low, high = self._ends
        for k, (mark, limit) in enumerate(zip(self.marks, limits, strict=True)):
            mark.set_visible(k != chosen and limit is not None and low <= limit <= high)
            if limit is not None:
                mark.set_data([limit], [_HEIGHT])
