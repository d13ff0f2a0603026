"""A row of small buttons, any of which may be on: what is on is the row's value."""

from collections.abc import Sequence
from typing import Any

import ipywidgets as widgets
import traitlets


class ToggleRow(widgets.Box):
    """Buttons to switch on and off; the last that is on stays on.

    Parameters
    ----------
    options : sequence of (str, str)
        What is shown on each button, and its name in ``value``.
    description : str
        What the row is called.
    """

    value = traitlets.Tuple(help="the names of the buttons that are on, in their order")

    def __init__(self, options: Sequence[tuple[str, str]], description: str) -> None:
        self.options = tuple(options)
        self.description = description
        self._buttons = {
            name: widgets.ToggleButton(
                description=label,
                tooltip=f"{description}: {label}",
                layout=widgets.Layout(width="auto", margin="2px 1px"),
            )
            for label, name in options
        }
        label = widgets.Label(description, layout=widgets.Layout(width="108px"))
        label.add_class("nnlib-toggle-label")
        super().__init__([label, *self._buttons.values()])
        self.add_class("nnlib-toggles")
        for button in self._buttons.values():
            button.observe(self._pressed, names="value")

    def _pressed(self, change: Any) -> None:
        chosen = tuple(name for name, button in self._buttons.items() if button.value)
        if chosen:
            self.value = chosen
        else:
            change.owner.value = True

    @traitlets.observe("value")
    def _show_value(self, change: Any) -> None:
        for on in (True, False):  # first on, then off: never is none on in between
            for name, button in self._buttons.items():
                if (name in change.new) == on and button.value != on:
                    with self.hold_trait_notifications():
                        button.value = on
