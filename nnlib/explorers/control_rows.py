"""Where an explorer's controls stand: a few at first, the others behind a button."""

from collections.abc import Mapping, Sequence

import ipywidgets as widgets

from nnlib.explorers.parameters import CONTROL_WIDTH


def arrange(
    controls: Mapping[str, widgets.Widget],
    boxes: Mapping[str, widgets.Widget],
    first: Sequence[str],
) -> list[widgets.Widget]:
    """Return the rows of controls: ``first`` and all buttons, then the rest behind a button.

    Parameters
    ----------
    controls : mapping of str to Widget
        All controls, buttons included.
    boxes : mapping of str to Widget
        The box that stands beside a control, by the control's name.
    first : sequence of str
        The controls to open with.

    Raises
    ------
    TypeError
        If ``first`` names a control that is not there; the message lists the known ones.
    """
    for name in first:
        if name not in controls:
            raise TypeError(f"there is no control {name!r}; the controls are {', '.join(controls)}")
    buttons = [c for c in controls.values() if isinstance(c, widgets.Button)]
    fields = {
        name: field_of(c, boxes.get(name)) for name, c in controls.items() if c not in buttons
    }
    opened = [fields[name] for name in first if name in fields]
    rest = [field for name, field in fields.items() if name not in first]
    if not rest:
        return [_row([*opened, *buttons])]
    more = widgets.ToggleButton(
        description="More controls", tooltip="More controls", layout={"width": "auto"}
    )
    drawer = _row(rest)
    drawer.layout.display = "none"
    more.observe(lambda change: _open_drawer(drawer, change.new), names="value")
    return [_row([*opened, *buttons, more]), drawer]


def field_of(control: widgets.Widget, box: widgets.Widget | None) -> widgets.Widget:
    """Return a control as it stands in its row: a slider with its box."""
    if box is None:
        return control
    field = widgets.HBox([control, box], layout=widgets.Layout(width=CONTROL_WIDTH))
    field.add_class("nnlib-field")
    return field


class FormRow(widgets.Box):
    """Controls that belong together, in a row of their own that is there only when needed."""

    def __init__(self, controls: Sequence[widgets.Widget], hint: str) -> None:
        super().__init__((*controls, widgets.HTML(hint)) if hint else controls)
        self.add_class("nnlib-controls")
        self.add_class("nnlib-form")

    def show(self, is_open: bool) -> None:
        """Show the row, or take it away."""
        self.layout.display = None if is_open else "none"


def _row(controls: Sequence[widgets.Widget]) -> widgets.Box:
    row = widgets.Box(controls)
    row.add_class("nnlib-controls")
    return row


def _open_drawer(drawer: widgets.Box, opened: bool) -> None:
    drawer.layout.display = None if opened else "none"
