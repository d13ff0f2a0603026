"""How the axes of the course's plots look: calm, so that what is drawn on them stands out."""

from collections.abc import Collection, Sequence
from typing import Literal

import numpy as np
from matplotlib.axes import Axes

from nnlib.plots.palette import LIGHT, Palette

LABEL_POINTS = 11
WITH_TICKS = ("left", "bottom")


def style_axes(
    ax: Axes,
    palette: Palette = LIGHT,
    *,
    grid: Literal["both", "x"] | None = None,
    lines: Collection[str] = (),
    size: float = 10,
) -> None:
    """Give a plot grey numbers, and faint lines across it, or lines at its sides.

    Parameters
    ----------
    grid : {"both", "x"}, optional
        Where faint lines go across the plot. Without lines at its sides they replace the ticks.
    lines : collection of str
        At which sides a grey line stands, such as `WITH_TICKS`.
    size : float
        Of the numbers, in points.
    """
    ax.set_facecolor(palette.background)
    ax.tick_params(which="both", colors=palette.grey, labelsize=size)
    for side, spine in ax.spines.items():
        spine.set_visible(side in lines)
        spine.set_color(palette.grey)
    if grid is not None:
        if not lines:
            ax.tick_params(which="both", length=0)
        ax.grid(axis=grid, color=palette.faint, linewidth=0.8)
        ax.set_axisbelow(True)


def name_axes(
    ax: Axes,
    x: str = "",
    y: str = "",
    palette: Palette = LIGHT,
    *,
    upright: bool = False,
    gaps: tuple[float, float] | None = None,
) -> None:
    """Write what a plot's axes show.

    Parameters
    ----------
    x, y : str
        The names; words for ``y`` go up along the axis.
    upright : bool
        Whether ``y`` is a symbol, such as "x₂", which stands upright.
    gaps : tuple of two float, optional
        From the numbers to each name, in points; by default 1 and 2, or 5 for a symbol.
    """
    x_gap, y_gap = gaps or (1, 5 if upright else 2)
    ax.set_xlabel(x, fontsize=LABEL_POINTS, color=palette.ink, labelpad=x_gap)
    ax.set_ylabel(y, fontsize=LABEL_POINTS, color=palette.ink, labelpad=y_gap)
    ax.yaxis.label.set_rotation(0 if upright else 90)


def round_up(value: float, steps: Sequence[float] = (1, 1.5, 2, 3, 4, 6, 8, 10)) -> float:
    """Return the next of 1, 1.5, 2, 3, 4, 6, 8, 10, 15, … so that axes move in few, large steps."""
    power = 10.0 ** np.floor(np.log10(value))
    return float(next(step * power for step in steps if step * power >= value * 0.999999))
