"""What can be chosen of a graph: the expression, how far its passes have come, its leaves."""

from typing import Any

import ipywidgets as widgets
import numpy as np

from nnlib.explorers.controls.parameters import Choice, Number, Text
from nnlib.explorers.controls.refusals import Refused, as_typed
from nnlib.explorers.graph.layout import TooLarge, layout_of
from nnlib.explorers.graph.parser import graph_of
from nnlib.explorers.graph.steps import named_steps
from nnlib.explorers.graph.tokens import LONGEST, Unreadable


class ExpressionBox(widgets.Text):
    """A box as wide as the explorer, for an expression."""


class Expression(Text):
    """A text that can be read as an expression, and drawn."""

    def __init__(self, default: str) -> None:
        super().__init__(default, label="expression", longest=LONGEST)

    def validate(self, obj: Any, value: Any) -> str:
        """Return the text; refuse what cannot be read or drawn, and say why."""
        if not isinstance(value, str):
            self.refuse(value, "a text, such as 'x*x + x*y'")
        try:
            layout_of(graph_of(value))
        except (Unreadable, TooLarge) as problem:
            raise Refused(
                f"{self.name} is {value!r}. {problem}",
                f"{as_typed(value)}: {problem}" if value.strip() else str(problem),
            ) from None
        return str(value)

    def make_control(self) -> widgets.Widget:
        """Return a wide box to type in."""
        box = self._control(ExpressionBox, continuous_update=False)
        box.add_class("nnlib-pair")  # as wide as the row
        return box


class StepOfPasses(Choice):
    """How many steps have been made; None if all values and gradients are shown."""

    def __init__(self, expression: str) -> None:
        super().__init__(None, options=named_steps(graph_of(expression)), label="step")

    def validate(self, obj: Any, value: Any) -> int | None:
        """Return ``value``; refuse what is no step of the explorer's graph."""
        last = len(named_steps(obj.graph)) - 2
        whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
        if value is None or (whole and 0 <= value <= last):
            return None if value is None else int(value)
        self.refuse(value, f"a whole number from 0 to {last}, or None for all")
        return None  # never reached: refuse raises

    def prepare(self, control: widgets.Widget, explorer: Any) -> None:
        """List the steps that there are."""
        control.offer(named_steps(explorer.graph))


class Leaf(Number):
    """The value of the leaf that has come ``place``-th in the text, from 1."""

    def __init__(self, default: float, place: int) -> None:
        super().__init__(default, low=-5, high=5, step=0.1, label=f"leaf {place}")
        self.place = place

    def prepare(self, control: widgets.Widget, explorer: Any) -> None:
        """Write the leaf's name before its slider."""
        graph = explorer.graph
        if self.place <= len(graph.leaves):
            words = f"{graph.nodes[graph.leaves[self.place - 1]].symbol} leaf"
        else:
            words = self.label
        if words != control.description:
            control.description = control.tooltip = words
