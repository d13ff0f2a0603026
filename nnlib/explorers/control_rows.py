"""Where an explorer's controls stand: a few at first, the others behind a button."""

from collections.abc import Mapping, Sequence

import ipywidgets as widgets


def arrange(controls: Mapping[str, widgets.Widget], first: Sequence[str]) -> list[widgets.Widget]:
    """Return the rows of controls: ``first`` and all buttons, then the rest behind a button.

    Raises
    ------
    TypeError
        If ``first`` names a control that is not there; the message lists the known ones.
    """
    for name in first:
        if name not in controls:
            raise TypeError(f"there is no control {name!r}; the controls are {', '.join(controls)}")
    buttons = [c for c in controls.values() if isinstance(c, widgets.Button)]
    opened = [controls[name] for name in first if controls[name] not in buttons]
    rest = [c for c in controls.values() if c not in opened and c not in buttons]
    if not rest:
        return [_row([*opened, *buttons])]
    more = widgets.ToggleButton(description="More controls", layout={"width": "auto"})
    drawer = _row(rest)
    drawer.layout.display = "none"
    more.observe(lambda change: _open_drawer(drawer, change.new), names="value")
    return [_row([*opened, *buttons, more]), drawer]


def _row(controls: Sequence[widgets.Widget]) -> widgets.Box:
    row = widgets.Box(controls)
    row.add_class("nnlib-controls")
    return row


def _open_drawer(drawer: widgets.Box, opened: bool) -> None:
    drawer.layout.display = None if opened else "none"
