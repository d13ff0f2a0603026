"""A box in which a learner types a number; Enter says that it is the answer."""

from collections.abc import Callable
from typing import Any

import ipywidgets as widgets


class NumberField(widgets.Text):
    """A line to type in.

    Parameters
    ----------
    description : str
        What stands before it, as HTML.
    width : str
        Its width with the description.
    entered : callable
        Called when Enter is pressed in it.
    """

    def __init__(self, description: str, width: str, entered: Callable[[], None]) -> None:
        super().__init__(
            description=description,
            placeholder="a number",
            style={"description_width": "initial"},
            layout=widgets.Layout(width=width),
        )
        self._entered = entered
        self.on_msg(self._receive)

    def _receive(self, _widget: Any, message: dict[str, Any], _buffers: Any) -> None:
        if message.get("event") == "submit":  # what ipywidgets' page calls Enter
            self._entered()
