"""Axes on which each line is ten times the one before, and numbers written as powers of ten."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.ticker import FixedFormatter, FixedLocator, NullLocator

from nnlib.plots.palette import LIGHT, Palette
from nnlib.plots.words.numbers import power_of_ten


def mark_powers(axis: Axis, exponents: Sequence[int]) -> None:
    """Put a mark, with its text, at each of these powers of ten, and nowhere else."""
    axis.set_major_locator(FixedLocator([10.0**exponent for exponent in exponents]))
    axis.set_major_formatter(FixedFormatter([power_of_ten(exponent) for exponent in exponents]))
    axis.set_minor_locator(NullLocator())


def style_plot(ax: Axes, xlabel: str, ylabel: str, palette: Palette = LIGHT) -> None:
    """Give a plot the course's calm: grey numbers, faint lines, no frame."""
    ax.set_xlabel(xlabel, fontsize=11, color=palette.ink, labelpad=1)
    ax.set_ylabel(ylabel, fontsize=11, color=palette.ink, labelpad=2)
    ax.tick_params(colors=palette.grey, labelsize=10, length=0)
    ax.grid(color=palette.faint, linewidth=0.8)
    ax.set_axisbelow(True)
    ax.set_facecolor(palette.background)
    for spine in ax.spines.values():
        spine.set_visible(False)
