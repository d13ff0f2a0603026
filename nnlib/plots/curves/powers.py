"""Axes on which each line is ten times the one before, and numbers written as powers of ten."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.ticker import FixedFormatter, FixedLocator, NullLocator

from nnlib.plots.pixels import size_in_pixels
from nnlib.plots.words.numbers import power_of_ten

_MOST = 6  # steps between the powers of ten that are written at a fitted axis, at most
_EDGE = 8.0  # pixels from the last power to the edge of the plot: no mark there is cut
_BREAK = 18.0  # pixels from 0 to the sign of the break, and from there to the lowest power


def mark_powers(axis: Axis, exponents: Sequence[int]) -> None:
    """Put a mark, with its text, at each of these powers of ten, and nowhere else."""
    axis.set_major_locator(FixedLocator([10.0**exponent for exponent in exponents]))
    axis.set_major_formatter(FixedFormatter([power_of_ten(exponent) for exponent in exponents]))
    axis.set_minor_locator(NullLocator())


def fit_powers(ax: Axes, powers: tuple[int, int], with_zero: bool = False) -> float:
    """Let the vertical axis go from one power of ten to another.

    Parameters
    ----------
    powers : tuple of two int
        The lowest and the highest exponent.
    with_zero : bool
        Whether 0 has a place too: at the foot, below a break, as no power of ten is 0.

    Returns
    -------
    float
        Where on the axis that place is.
    """
    low, high = powers
    foot = _EDGE + 2 * _BREAK * with_zero
    decade = (size_in_pixels(ax)[1] - foot - _EDGE) / (high - low)
    zero, sign = (float(10.0 ** (low - pixels / decade)) for pixels in (2 * _BREAK, _BREAK))
    ax.set_ylim(10.0 ** (low - foot / decade), 10.0 ** (high + _EDGE / decade))
    step = -(-(high - low) // _MOST)
    exponents = [k for k in range(low, high + 1) if k % step == 0]
    mark_powers(ax.yaxis, exponents)
    if with_zero:
        ax.yaxis.set_major_locator(FixedLocator([zero, *(10.0**k for k in exponents)]))
        ax.yaxis.set_major_formatter(FixedFormatter(["0", *map(power_of_ten, exponents)]))
        ax.yaxis.set_minor_locator(FixedLocator([sign]))
        ax.yaxis.set_minor_formatter(FixedFormatter(["⋮"]))
    return zero
