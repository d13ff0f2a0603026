"""Where an explorer's controls stand: a few at first, the others behind a button."""

from collections.abc import Mapping, Sequence
from html import escape

import ipywidgets as widgets

from nnlib.explorers.number_box import NumberBox
from nnlib.explorers.parameters import CONTROL_WIDTH


def arrange(
    controls: Mapping[str, widgets.Widget],
    boxes: Mapping[str, widgets.Widget],
    first: Sequence[str],
    groups: Mapping[str, Sequence[str]],
) -> list[widgets.Widget]:
    """Return the rows of controls: ``first`` and all buttons, then drawers with the rest.

    Parameters
    ----------
    controls : mapping of str to Widget
        All controls, buttons included.
    boxes : mapping of str to Widget
        The box that stands beside a control, by the control's name.
    first : sequence of str
        The controls to open with.
    groups : mapping of str to sequence of str
        The drawers: what stands on the button that opens one, and the controls in it. What is in
        none of them is in a last one, but for buttons, which stand in the first row.

    Raises
    ------
    TypeError
        If ``first`` names a control that is not there; the message lists the known ones.
    """
    for name in first:
        if name not in controls:
            raise TypeError(f"there is no control {name!r}; the controls are {', '.join(controls)}")
    fields = {name: field_of(c, boxes.get(name)) for name, c in controls.items()}
    grouped = {name for names in groups.values() for name in names}
    alone = [name for name in controls if name not in grouped and name not in first]
    buttons = [name for name in alone if isinstance(controls[name], widgets.Button)]
    drawers = {title: [n for n in names if n not in first] for title, names in groups.items()}
    drawers["More controls"] = [name for name in alone if name not in buttons]
    opened = [fields[name] for name in (*first, *buttons)]
    rows = []
    for title, names in drawers.items():
        if names:
            toggle, drawer = _drawer(title, [fields[name] for name in names])
            opened.append(toggle)
            rows.append(drawer)
    return [_row(opened), *rows]


def _drawer(
    title: str, fields: Sequence[widgets.Widget]
) -> tuple[widgets.ToggleButton, widgets.Box]:
    """Return a button, and the row that it shows and takes away."""
    toggle = widgets.ToggleButton(description=title, tooltip=title, layout={"width": "auto"})
    drawer = _row(fields)
    drawer.add_class("nnlib-drawer")
    drawer.layout.display = "none"
    toggle.observe(lambda change: _open_drawer(drawer, change.new), names="value")
    return toggle, drawer


def field_of(control: widgets.Widget, box: widgets.Widget | None) -> widgets.Widget:
    """Return a control as it stands in its row: a slider with its box, or what is beside it."""
    if box is None:
        return control
    if not isinstance(box, NumberBox):
        pair = widgets.HBox([control, box])
        pair.add_class("nnlib-pair")
        return pair
    field = widgets.HBox([control, box], layout=widgets.Layout(width=CONTROL_WIDTH))
    field.add_class("nnlib-field")
    return field


class FormRow(widgets.Box):
    """Controls that belong together, in a row of their own that is there only when needed.

    Beside them stand a few words: what else does the same, or a reply to what was typed.
    """

    def __init__(self, fields: Mapping[str, widgets.Widget]) -> None:
        self._fields = fields
        self.words = widgets.HTML()
        super().__init__((*fields.values(), self.words))
        self.add_class("nnlib-controls")
        self.add_class("nnlib-form")

    def show(self, names: Sequence[str], words: str) -> None:
        """Show these controls and words; without any control, take the row away."""
        self.layout.display = None if names else "none"
        for name, field in self._fields.items():
            field.layout.display = None if name in names else "none"
        self.words.value = escape(words)
        self.words.layout.display = None if words else "none"


def _row(controls: Sequence[widgets.Widget]) -> widgets.Box:
    row = widgets.Box(controls)
    row.add_class("nnlib-controls")
    return row


def _open_drawer(drawer: widgets.Box, opened: bool) -> None:
    drawer.layout.display = None if opened else "none"
