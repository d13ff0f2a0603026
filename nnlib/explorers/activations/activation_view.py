"""The view of `ActivationExplorer`: the curves, and their derivatives beside them."""

import numpy as np
from matplotlib.figure import Figure

from nnlib import Activation, LeakyReLU
from nnlib.explorers.activations.activation_model import REACH, ActivationModel, X, four_digits
from nnlib.explorers.engine.pointer import Handle, whole_of
from nnlib.plots.axes import name_axes
from nnlib.plots.curves.activation_curves import draw_activation_panel
from nnlib.plots.maps.saturation_meter import HEIGHT, draw_saturation_meter
from nnlib.plots.palette import Palette
from nnlib.plots.words.label_placement import Box
from nnlib.plots.words.numbers import number
from nnlib.plots.words.text import draw_plot_title

_PANEL = (0.415 * 900, 0.735 * 400)  # the size of a panel, in pixels
_FOOT = Box(_PANEL[0] / 2, HEIGHT * _PANEL[1] / 2, _PANEL[0], HEIGHT * _PANEL[1])


class ActivationView:
    """Two panels with the same input below each other's point: f, and its derivative f′."""

    def __init__(self, figure: Figure, palette: Palette) -> None:
        left = figure.add_axes((0.062, 0.135, 0.415, 0.735))
        right = figure.add_axes((0.567, 0.135, 0.415, 0.735))
        self._title, self._slope_title = (
            draw_plot_title(ax, palette=palette) for ax in (left, right)
        )
        for ax, name, pad in ((left, "a", 6), (right, "f′", 8)):
            name_axes(ax, "", name, palette, upright=True, gaps=(1, pad))
            ax.set(xlim=(-REACH - 0.4, REACH + 0.4), xticks=range(-6, 7, 2))
        right.set_ylim(-0.4, 1.3)
        self._f = draw_activation_panel(left, palette.ink, palette)
        self._derivative = draw_activation_panel(right, palette.gradient, palette)
        self._derivative.tangent.set_visible(False)
        self._meter = draw_saturation_meter(left, right, palette)
        self.artists = [
            *(self._title, self._slope_title),
            *(*self._f.artists, *self._derivative.artists, *self._meter.artists),
        ]

    def update(self, model: ActivationModel) -> None:
        """Show ``model``."""
        self._f.ax.set_ylim(_height_for((model.f, *model.others)))
        self._title.set_text(model.title)
        self._slope_title.set_text(model.slope_title)
        data = np.empty(0) if model.data is None else model.data
        self._meter.update(data, model.saturated, model.meter)
        z, rows = number(model.z), (model.curves, model.derivatives)
        values = (f"f({z}) = {four_digits(model.a)}", f"f′({z}) = {four_digits(model.slope)}")
        for panel, curves, value, words in zip(
            (self._f, self._derivative), rows, (model.a, model.slope), values, strict=True
        ):
            panel.set_flats(model.flat_spans, named=not len(data) and not model.others)
            panel.set_point(model.x, value, words)
            panel.set_curves(X, curves, model.names, taken=[_FOOT] if len(data) else [])
            panel.xlabel.set_text(model.xlabel)
        self._f.set_tangent(model.x, model.a, model.weight * model.slope)
        self._f.tangent.set_visible(model.without_slope is None)

    @property
    def handles(self) -> list[Handle]:
        """The two points, to drag; and all of both panels, to click on."""
        curves = {"f": self._f, "f′": self._derivative}
        points = [
            Handle(f"point of {name}", c.ax, c.point.get_xydata(), cursor="ew-resize", reach=14)
            for name, c in curves.items()
        ]
        panels = [whole_of(f"panel of {name}", c.ax, "pointer") for name, c in curves.items()]
        return [*points, *panels]


def _height_for(functions: tuple[Activation, ...]) -> tuple[float, float]:
    """Return one of three heights, so that functions of a kind can be compared.

    They leave room for the meter below the curves. A leaky ReLU has the height for the steepest
    slope on offer: the axis stands still while the slope is moved.
    """
    steepest = (LeakyReLU(1.0) if isinstance(f, LeakyReLU) else f for f in functions)
    values = np.concatenate([f(X) for f in steepest])
    if np.abs(values).max() <= 1:
        return -1.5, 1.4
    return (-2.4 if values.min() > -1.3 else -7.8), 6.8
