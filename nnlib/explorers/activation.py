"""`ActivationExplorer`: an activation function, its slope at one point, and its derivative."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text
from numpy.typing import NDArray

from nnlib import ACTIVATIONS, Activation
from nnlib.explorers.explorer import Explorer
from nnlib.explorers.parameters import Choice, Number
from nnlib.explorers.pointer import Handle, Point, whole_of
from nnlib.plots.activation_curves import TITLES, draw_activation_curve
from nnlib.plots.numbers import number
from nnlib.plots.palette import Palette
from nnlib.plots.text import TITLE

Array = NDArray[np.floating[Any]]

REACH = 6.0  # the curves are drawn from −6 to 6
Z = np.linspace(-REACH, REACH, 601)
DERIVATIVES = {
    "linear": "1",
    "step": "0",
    "sigmoid": "σ(z) (1 − σ(z))",
    "tanh": "1 − tanh² z",
    "relu": "1 if z > 0, else 0",
    "leaky_relu": "1 if z > 0, else 0.01",
    "elu": "1 if z > 0, else eᶻ",
    "softplus": "σ(z)",
    "gelu": "Φ(z) + z Φ′(z), nearly",
}
AT_ZERO = {"step": "jump", "relu": "corner", "leaky_relu": "corner"}


@dataclass(frozen=True)
class ActivationPicture:
    """One activation function, evaluated at z and along the whole curve."""

    name: str
    z: float

    @property
    def f(self) -> Activation:
        """The activation function."""
        return ACTIVATIONS[self.name]

    @cached_property
    def curve(self) -> Array:
        """The outputs f(z) from −6 to 6."""
        return self.f(Z)

    @cached_property
    def derivative(self) -> Array:
        """The slopes f′(z) from −6 to 6."""
        return self.f.derivative(Z)

    @cached_property
    def a(self) -> float:
        """The output at z."""
        return float(self.f(self.z))

    @cached_property
    def slope(self) -> float:
        """f′ at z."""
        return float(self.f.derivative(self.z))

    @property
    def without_slope(self) -> str | None:
        """What f has at z instead of a slope: a "corner", a "jump", or None."""
        return AT_ZERO.get(self.name) if self.z == 0 else None

    @property
    def title(self) -> str:
        """What the left panel shows now, as in "sigmoid: slope 0.1966 at z = 1.00"."""
        here = f"at z = {number(self.z)}"
        if self.without_slope:
            return f"{TITLES[self.name]}: a {self.without_slope} {here}"
        return f"{TITLES[self.name]}: slope {_four_digits(self.slope)} {here}"

    @property
    def derivative_title(self) -> str:
        """The smallest and the largest slope from −6 to 6."""
        low, high = (
            _four_digits(float(self.derivative.min())),
            _four_digits(float(self.derivative.max())),
        )
        if low == high:
            return f"Its derivative f′: {low} everywhere"
        return f"Its derivative f′: from {low} to {high}"

    @property
    def equation(self) -> str:
        """The equations of f and f′ with their values at z."""
        z, slope = number(self.z), _four_digits(self.slope)
        return (
            f"a = f(z) = {self.f.formula},   f({z}) = {number(self.a)}\n"
            f"f′(z) = {DERIVATIVES[self.name]},   f′({z}) = {slope}"
        )

    @property
    def summary(self) -> str:
        """The picture in words."""
        words = [
            f"{self.title}, where the output is {number(self.a)}.",
            f"Its outputs lie in {self.f.range}.",
            f"{self.derivative_title}, for z from −6 to 6.",
        ]
        if self.without_slope:
            words.append(
                f"At a {self.without_slope} there is no slope; "
                f"nnlib takes f′(0) = {_four_digits(self.slope)}."
            )
        elif abs(self.slope) < 0.01 and self.name in ("sigmoid", "tanh"):
            words.append("The curve is almost flat here: it is saturated.")
        if abs(self.z) > REACH:
            words.append("This z lies outside the picture.")
        return " ".join(words)


class ActivationView:
    """Two panels with the same z below each other's point: the curve f, and its derivative f′."""

    def __init__(self, figure: Figure, palette: Palette) -> None:
        left = figure.add_axes((0.062, 0.135, 0.415, 0.735))
        right = figure.add_axes((0.567, 0.135, 0.415, 0.735))
        self._title, self._derivative_title = (
            ax.set_title("", **TITLE, color=palette.ink) for ax in (left, right)
        )
        self._f = draw_activation_curve(left, palette.ink, palette)
        self._derivative = draw_activation_curve(right, palette.gradient, palette)
        left.set_ylabel("a", fontsize=11, color=palette.ink, rotation=0, labelpad=6)
        right.set_ylabel("f′", fontsize=11, color=palette.ink, rotation=0, labelpad=8)
        for ax in (left, right):
            ax.set_xlabel("z", fontsize=11, color=palette.ink, labelpad=1)
            ax.set_xlim(-REACH - 0.4, REACH + 0.4)
            ax.set_xticks(range(-6, 7, 2))
        right.set_ylim(-0.3, 1.3)
        self._value, self._slope = (
            _add_value(ax, color, palette)
            for ax, color in ((left, palette.ink), (right, palette.gradient))
        )
        self.artists = [
            self._title,
            self._derivative_title,
            self._value,
            self._slope,
            *self._f.artists,
            *self._derivative.artists,
        ]

    def update(self, picture: ActivationPicture) -> None:
        """Show ``picture``."""
        _fit_height(self._f.ax, picture.curve)
        self._title.set_text(picture.title)
        self._derivative_title.set_text(picture.derivative_title)
        self._value.set_text(f"f({number(picture.z)}) = {number(picture.a)}")
        self._slope.set_text(f"f′({number(picture.z)}) = {_four_digits(picture.slope)}")
        self._f.set_curve(Z, picture.curve)
        self._f.set_point(picture.z, picture.a)
        self._f.set_tangent(picture.z, picture.a, picture.slope)
        self._f.tangent.set_visible(picture.without_slope is None)
        self._derivative.set_curve(Z, picture.derivative)
        self._derivative.set_point(picture.z, picture.slope)

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


class ActivationExplorer(Explorer):
    """An activation function a = f(z) with its tangent at z, and its derivative f′(z).

    Softmax is not offered: each of its outputs depends on a whole row of z, not on one.

    Parameters
    ----------
    activation : str
        The name of an elementwise activation in `nnlib.ACTIVATIONS`.
    z : float
        Where the point and the tangent are (dimensionless). Either point can be dragged, and a
        click on a panel moves both there.
    """

    activation = Choice(
        "sigmoid", options=[(title, name) for name, title in TITLES.items()], label="activation f"
    )
    z = Number(1.0, low=-REACH, high=REACH, step=0.1, label="z position")

    opens_with = ("activation", "z")
    View = ActivationView

    def picture(self) -> ActivationPicture:
        """Return the activation evaluated at the present z."""
        return ActivationPicture(name=self.activation, z=self.z)

    def pointer_pressed(self, at: Point) -> None:
        """Move z to where a panel is clicked."""
        if at.handle.startswith("panel"):
            self.z = ActivationExplorer.z.nearest(at.x)

    def pointer_dragged(self, at: Point) -> None:
        """Let z follow the pointer."""
        self.z = ActivationExplorer.z.nearest(at.before["z"] + at.moved[0])


def _add_value(ax: Axes, color: str, palette: Palette) -> Text:
    """Add a text at the top left, on a ground of its own so that no line runs through it."""
    ground = {"facecolor": palette.background, "edgecolor": "none", "pad": 2.5}
    return ax.text(
        0.02, 0.93, "", fontsize=11, color=color, bbox=ground, transform=ax.transAxes, zorder=6
    )


def _four_digits(slope: float) -> str:
    """Return a slope as text: a saturated one is not yet 0, and all have the same width."""
    return number(slope, 4)


def _fit_height(ax: Axes, curve: Array) -> None:
    """Choose one of three heights, so that functions of a kind can be compared."""
    if np.abs(curve).max() <= 1:
        ax.set_ylim(-1.35, 1.35)
    else:
        ax.set_ylim(-1.6 if curve.min() > -1.3 else -6.6, 6.6)
