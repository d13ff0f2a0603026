"""The curve of a function of z, a point that moves along it, and the tangent at that point."""

from collections.abc import Sequence

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from numpy.typing import ArrayLike, NDArray

from nnlib.plots.palette import LIGHT, Palette

# How the elementwise activations are written, by their names in nnlib.
TITLES = {
    "linear": "linear",
    "step": "step",
    "sigmoid": "sigmoid",
    "tanh": "tanh",
    "relu": "ReLU",
    "leaky_relu": "leaky ReLU",
    "elu": "ELU",
    "softplus": "softplus",
    "gelu": "GELU",
}

_JUMP = 0.2  # two neighbouring values further apart than this are a jump, not a slope
_TANGENT_REACH = 1.6  # how far the tangent goes to either side, in z


class ActivationCurve:
    """The artists of one curve; made by `draw_activation_curve`."""

    def __init__(self, ax: Axes, color: str, palette: Palette) -> None:
        self.ax = ax
        (self.curve,) = ax.plot([], [], color=color, linewidth=2.4, zorder=3)
        (self.tangent,) = ax.plot([], [], color=palette.gradient, linewidth=2.2, zorder=4)
        (self.stem,) = ax.plot([], [], color=palette.grey, linewidth=1.3, dashes=(3, 3), zorder=2)
        (self.point,) = ax.plot(
            [],
            [],
            "o",
            color=palette.ink,
            markersize=9,
            markeredgecolor=palette.background,
            zorder=5,
        )
        self._style_axes(palette)
        self.artists: Sequence[Artist] = [self.stem, self.curve, self.tangent, self.point]

    def _style_axes(self, palette: Palette) -> None:
        ax = self.ax
        ax.set_facecolor(palette.background)
        ax.axhline(0, color=palette.grey, linewidth=0.9, zorder=1)
        ax.axvline(0, color=palette.grey, linewidth=0.9, zorder=1)
        ax.grid(color=palette.faint, linewidth=0.8)
        ax.set_axisbelow(True)
        ax.tick_params(colors=palette.grey, labelsize=10, length=0)
        for spine in ax.spines.values():
            spine.set_visible(False)

    def set_curve(self, z: ArrayLike, values: ArrayLike) -> None:
        """Show the curve through (z, values); where it jumps, the line is broken."""
        self.curve.set_data(*break_at_jumps(np.asarray(z), np.asarray(values)))

    def set_point(self, z: float, value: float) -> None:
        """Move the point to (z, value), on a dashed stem as high as the panel."""
        self.point.set_data([z], [value])
        self.stem.set_data([z, z], self.ax.get_ylim())

    def set_tangent(self, z: float, value: float, slope: float) -> None:
        """Draw the straight line through (z, value) with this slope."""
        reach = np.array([-_TANGENT_REACH, _TANGENT_REACH])
        self.tangent.set_data(z + reach, value + slope * reach)


def break_at_jumps(z: NDArray, values: NDArray) -> tuple[NDArray, NDArray]:
    """Return the same points with a gap wherever two neighbours are far apart.

    Examples
    --------
    >>> break_at_jumps(np.array([-1.0, 0.0, 1.0]), np.array([0.0, 1.0, 1.0]))[1]
    array([ 0., nan,  1.,  1.])
    """
    jumps = np.flatnonzero(np.abs(np.diff(values)) > _JUMP) + 1
    return np.insert(z, jumps, np.nan), np.insert(values, jumps, np.nan)


def draw_activation_curve(
    ax: Axes, color: str | None = None, palette: Palette = LIGHT
) -> ActivationCurve:
    """Draw an empty curve on ``ax``, in ink unless another colour is given; return its handle."""
    return ActivationCurve(ax, color or palette.ink, palette)
