"""`ActivationExplorer`: activation functions, their slope at one point, and where they are flat."""

import math
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from nnlib import Activation
from nnlib.explorers.activation_picture import (
    REACH,
    ActivationPicture,
    X,
    activation_called,
    four_digits,
    input_for,
    weighted_sum,
)
from nnlib.explorers.explorer import Explorer
from nnlib.explorers.parameters import Choice, Number, Values
from nnlib.explorers.pointer import Handle, Point, whole_of
from nnlib.plots.activation_curves import TITLES, draw_activation_panel
from nnlib.plots.label_placement import Box
from nnlib.plots.numbers import number
from nnlib.plots.palette import Palette
from nnlib.plots.saturation_meter import HEIGHT, draw_saturation_meter
from nnlib.plots.text import TITLE

Array = NDArray[np.floating[Any]]

FUNCTIONS = [(title, name) for name, title in TITLES.items()]
_POINTS = np.random.default_rng(0).normal(size=60)
_SCALED = (_POINTS - _POINTS.mean()) / _POINTS.std()
DATA = {"scaled": _SCALED, "wide": 4 * _SCALED, "shifted": 4 + _SCALED}
DATA_CHOICES = [
    ("none", "none"),
    ("around 0, spread 1", "scaled"),
    ("around 0, spread 4", "wide"),
    ("around 4, spread 1", "shifted"),
    ("given in code", "given"),
]


class ActivationView:
    """Two panels with the same input below each other's point: f, and its derivative f′."""

    def __init__(self, figure: Figure, palette: Palette) -> None:
        left = figure.add_axes((0.062, 0.135, 0.415, 0.735))
        right = figure.add_axes((0.567, 0.135, 0.415, 0.735))
        self._title, self._derivative_title = (
            ax.set_title("", **TITLE, color=palette.ink) for ax in (left, right)
        )
        for ax, name, pad in ((left, "a", 6), (right, "f′", 8)):
            ax.set_ylabel(name, fontsize=11, color=palette.ink, rotation=0, labelpad=pad)
            ax.set(xlim=(-REACH - 0.4, REACH + 0.4), xticks=range(-6, 7, 2))
        right.set_ylim(-0.4, 1.3)
        self._f = draw_activation_panel(left, palette.ink, palette)
        self._derivative = draw_activation_panel(right, palette.gradient, palette)
        self._derivative.tangent.set_visible(False)
        self._meter = draw_saturation_meter(left, right, palette)
        self.artists = [
            *(self._title, self._derivative_title),
            *(*self._f.artists, *self._derivative.artists, *self._meter.artists),
        ]

    def update(self, picture: ActivationPicture) -> None:
        """Show ``picture``."""
        self._f.ax.set_ylim(_height_for((picture.f, *picture.others)))
        self._title.set_text(picture.title)
        self._derivative_title.set_text(picture.derivative_title)
        data = np.empty(0) if picture.data is None else picture.data
        self._meter.update(data, picture.saturated, picture.meter)
        z, rows = number(picture.z), (picture.curves, picture.derivatives)
        values = (f"f({z}) = {number(picture.a)}", f"f′({z}) = {four_digits(picture.slope)}")
        for panel, curves, value, words in zip(
            (self._f, self._derivative), rows, (picture.a, picture.slope), values, strict=True
        ):
            panel.set_flats(picture.flat_spans, named=not len(data) and not picture.others)
            panel.set_point(picture.x, value, words)
            panel.set_curves(X, curves, picture.names, taken=[_FOOT] if len(data) else [])
            panel.xlabel.set_text(picture.xlabel)
        self._f.set_tangent(picture.x, picture.a, picture.weight * picture.slope)
        self._f.tangent.set_visible(picture.without_slope is None)

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


_PANEL = (0.415 * 900, 0.735 * 400)
_FOOT = Box(_PANEL[0] / 2, HEIGHT * _PANEL[1] / 2, _PANEL[0], HEIGHT * _PANEL[1])


def _height_for(functions: tuple[Activation, ...]) -> tuple[float, float]:
    """Return one of three heights, so that functions of a kind can be compared.

    They leave room for the meter below the curves.
    """
    values = np.concatenate([f(X) for f in functions])
    if np.abs(values).max() <= 1:
        return -1.5, 1.4
    return (-2.4 if values.min() > -1.3 else -7.8), 6.8


class ActivationExplorer(Explorer):
    """An activation a = f(z) with its tangent and its derivative f′(z), for z = w x + b.

    At first w = 1 and b = 0, so the input is z itself. Up to two activations can be set beside it,
    and a data set's inputs put on it. Where the slope is below 0.01 and stays so further out, the
    curve is shaded: there it is saturated. Softmax is not offered: each of its outputs depends on a
    whole row of z, not on one.

    Parameters
    ----------
    activation : str
        The name of an elementwise activation in `nnlib.ACTIVATIONS`.
    z : float
        Where the point and the tangent are (dimensionless). Either point can be dragged, and a
        click on a panel moves both there. With a weight of 0, z is the bias.
    compare, compare2 : str
        The names of two more, or "none".
    x, weight, bias : float
        The input and what becomes of it: z = w x + b. Setting z moves x; setting one of these
        moves z.
    leaky_slope : float
        The slope of leaky ReLU for z ≤ 0.
    data : {"none", "scaled", "wide", "shifted", "given"}
        60 inputs x around 0 with a standard deviation of 1, or of 4; or around 4; or ``points``.
    points : array_like
        Inputs x of your own, for ``data="given"``.
    """

    activation = Choice("sigmoid", options=FUNCTIONS, label="activation f")
    z = Number(1.0, low=-REACH, high=REACH, step=0.1, label="z position")
    compare = Choice("none", options=[("none", "none"), *FUNCTIONS], label="beside it")
    compare2 = Choice("none", options=[("none", "none"), *FUNCTIONS], label="and beside it")
    x = Number(1.0, low=-REACH, high=REACH, step=0.1, label="x input")
    weight = Number(1.0, low=-5, high=5, step=0.1, label="w weight")
    bias = Number(0.0, low=-5, high=5, step=0.1, label="b bias")
    leaky_slope = Number(0.01, low=0, high=1, step=0.01, label="leaky slope")
    data = Choice("none", options=DATA_CHOICES, label="data")
    points = Values()

    opens_with = ("activation", "z")
    View = ActivationView

    def __init__(self, show: Any = None, **parameters: Any) -> None:
        super().__init__(show, **self._with_its_partners(parameters))

    def set_parameters(self, **parameters: Any) -> None:
        """Set several parameters and draw once; x and z are kept in step."""
        super().set_parameters(**self._with_its_partners(parameters))

    def parameter_changed(self, name: str) -> None:
        """Keep z = w x + b: z moves x, everything else moves z."""
        for partner, value in self._with_its_partners({name: getattr(self, name)}).items():
            if partner != name or value != getattr(self, name):
                setattr(self, partner, value)

    def _with_its_partners(self, given: dict[str, Any]) -> dict[str, Any]:
        """Return the parameters given, with the x or z that follows from them."""
        names = ("x", "weight", "bias", "z")
        if not set(names) & set(given):
            return given
        present = [(name, given.get(name, getattr(self, name))) for name in names]
        x, weight, bias, z = (
            getattr(type(self), name).validate(self, value) for name, value in present
        )
        if "z" in given and "x" not in given:
            x = input_for(z, weight, bias, present=x)
        now = float(weighted_sum(x, weight, bias))
        z = z if math.isclose(now, z, rel_tol=1e-9, abs_tol=1e-9) else round(now, 9)
        return {**given, "x": x, "z": z}

    def picture(self) -> ActivationPicture:
        """Return the activations evaluated at the present input."""
        chosen = dict.fromkeys((self.compare, self.compare2))
        others = [name for name in chosen if name not in ("none", self.activation)]
        f, *beside = (
            activation_called(name, self.leaky_slope) for name in (self.activation, *others)
        )
        inputs = {"none": None, "given": np.array(self.points), **DATA}[self.data]
        return ActivationPicture(
            *(self.activation, f, self.z, self.x, self.weight, self.bias),
            others=tuple(beside),
            data=inputs,
        )

    def pointer_pressed(self, at: Point) -> None:
        """Move the input to where a panel is clicked."""
        if at.handle.startswith("panel"):
            self.x = ActivationExplorer.x.nearest(at.x)

    def pointer_dragged(self, at: Point) -> None:
        """Let the input follow the pointer."""
        self.x = ActivationExplorer.x.nearest(at.before["x"] + at.moved[0])
