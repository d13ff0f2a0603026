"""`ActivationExplorer`: activation functions, their slope at one point, and where they are flat."""

import math
from typing import Any

import numpy as np

from nnlib.explorers.activations.activation_model import (
    REACH,
    ActivationModel,
    activation_called,
    input_for,
    weighted_sum,
)
from nnlib.explorers.activations.activation_view import ActivationView
from nnlib.explorers.controls.parameters import Choice, Number, Values
from nnlib.explorers.engine.explorer import Explorer
from nnlib.explorers.engine.pointer import Point
from nnlib.explorers.shared.activation_choice import elementwise, titled

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


def _functions() -> list[tuple[str, str]]:
    return titled(elementwise())


def _others() -> list[tuple[str, str]]:
    return [("none", "none"), *_functions()]


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

    activation = Choice("sigmoid", options=_functions, label="activation f")
    z = Number(1.0, low=-REACH, high=REACH, step=0.1, label="z position")
    compare = Choice("none", options=_others, label="compare with")
    compare2 = Choice("none", options=_others, label="and with")
    x = Number(1.0, low=-REACH, high=REACH, step=0.1, label="x input")
    weight = Number(1.0, low=-5, high=5, step=0.1, label="w weight")
    bias = Number(0.0, low=-5, high=5, step=0.1, label="b bias")
    leaky_slope = Number(0.01, low=0, high=1, step=0.01, label="leaky slope")
    data = Choice("none", options=DATA_CHOICES, label="data")
    points = Values()

    opens_with = ("activation", "z")
    words_folded = True
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

    @property
    def idle(self) -> dict[str, str]:
        """The slope of leaky ReLU, where that is not shown."""
        shown = (self.activation, self.compare, self.compare2)
        return {} if "leaky_relu" in shown else {"leaky_slope": "has an effect on leaky ReLU"}

    def model(self) -> ActivationModel:
        """Return the activations evaluated at the present input."""
        chosen = dict.fromkeys((self.compare, self.compare2))
        others = [name for name in chosen if name not in ("none", self.activation)]
        f, *beside = (
            activation_called(name, self.leaky_slope) for name in (self.activation, *others)
        )
        inputs = {"none": None, "given": np.array(self.points), **DATA}[self.data]
        return ActivationModel(
            *(f, self.z, self.x, self.weight, self.bias),
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
