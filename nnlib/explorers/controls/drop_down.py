"""A drop-down list in which None is a value like any other."""

from collections.abc import Iterable
from typing import Any

import ipywidgets as widgets
import traitlets


class DropDown(widgets.Dropdown):
    """A drop-down list.

    Where None is among the options it can be chosen: in the list that ipywidgets has, None means
    that nothing is, and an empty line is shown.
    """

    options: tuple[tuple[str, Any], ...]

    def offer(self, options: Iterable[tuple[str, Any]]) -> None:
        """List these options; a list that is new stands at its first, for a moment."""
        options = tuple(options)
        if self.options != options:
            self.options = options

    @traitlets.observe("value")
    def _propagate_value(self, change: Any) -> None:
        """Move the list to the line of the value."""
        if change.new is None and None in self._options_values:
            self.index = self._options_values.index(None)
        else:
            super()._propagate_value(change)
