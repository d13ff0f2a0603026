"""The diagrams in ``images/``: each module draws one, ``python -m nnlib.plots.diagrams`` all.

`ALT_TEXTS` holds the alternative text of each, by the name of its file without ``.svg``.
"""

from types import ModuleType

import matplotlib

from nnlib.plots.diagrams import (
    activation_functions,
    biological_and_artificial_neuron,
    forward_and_backward_pass,
    learning_loop,
    parts_of_a_network,
    weights_and_bias,
)
from nnlib.plots.diagrams.card import STYLE

_MODULES: dict[str, ModuleType] = {
    module.__name__.rpartition(".")[2]: module
    for module in (
        biological_and_artificial_neuron,
        parts_of_a_network,
        weights_and_bias,
        activation_functions,
        forward_and_backward_pass,
        learning_loop,
    )
}
ALT_TEXTS: dict[str, str] = {name: module.ALT_TEXT for name, module in _MODULES.items()}


def draw_diagram(name: str) -> str:
    """Return a diagram as SVG text; the names are those of `ALT_TEXTS`."""
    module = _MODULES[name]
    with matplotlib.rc_context(STYLE):
        return module.draw().svg(module.TITLE, module.ALT_TEXT)
