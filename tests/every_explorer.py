"""All explorers, and where each of their controls can stand."""

import re

import ipywidgets

import nnlib.explorers
from nnlib.explorers.controls.toggle_row import ToggleRow
from nnlib.explorers.graph.parameters import ExpressionBox
from nnlib.explorers.playing.stop_epoch import EpochBox

EXPLORERS = [
    getattr(nnlib.explorers, name) for name in nnlib.explorers.__all__ if name != "Explorer"
]

EXPRESSIONS = (
    "L = (tanh(w*x + b) - y)**2",
    "(tanh(w2*tanh(w1*x + b1) + b2) - y)**2",
    "a*b + c*d + e*f",
    "z = x*x; L = z*z*x + log(z) - z/(x - y)",
    "exp(-x**2/2)",
    "1000000*(x1*x1*x1 + x1)^-0.5",
    "zhat = tanh(yhat*x001)/yhat; loss = (zhat - yhat)*zhat",
    "x",
)

E_NOTATION = re.compile(r"\d[eE][-+−]?\d")  # 2e-07, as Python writes what a book writes 2·10⁻⁷


def stops_of(control):
    """Return the values to sweep: both ends and the middle of a slider, all of a list, texts."""
    if isinstance(control, ipywidgets.Dropdown):
        return [value for _, value in control._options_full]
    if isinstance(control, ipywidgets.Checkbox):
        return [True, False]
    if isinstance(control, ipywidgets.Textarea):
        return [control.value, "1,2,0\n3,4,1\n", "1,2.5\n3,4\n"]
    if isinstance(control, ToggleRow):
        names = tuple(name for _, name in control.options)
        return [names[:1], names[:2], names]
    if isinstance(control, ExpressionBox):
        return list(EXPRESSIONS)
    if isinstance(control, EpochBox):
        return ["", "1", "1000"]
    if isinstance(control, ipywidgets.Text):
        return ["", "0.25", "none"]
    if isinstance(control, ipywidgets.FloatLogSlider):
        return [control.base**control.min, control.base**control.max, 0.1]
    return [control.min, control.max, (control.min + control.max) // 2]
