"""Where an explorer's controls stand: a few at first, the others behind a button."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import ipywidgets as widgets

from nnlib.explorers.controls.number_box import NumberBox
from nnlib.explorers.controls.parameters import CONTROL_WIDTH

LAST = "reset"  # what undoes all stands apart from all, at the right end


def arrange(
    controls: Mapping[str, widgets.Widget],
    boxes: Mapping[str, widgets.Widget],
    first: Sequence[str],
    groups: Mapping[str, Sequence[str]],
    on_open: Callable[[], None] = lambda: None,
    waiting: Sequence[str] = (),
) -> list[widgets.Widget]:
    """Return the rows of controls: ``first`` and all buttons, then drawers with the rest.

    One drawer is open at a time, or they would push the picture off the screen.

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
    on_open : callable
        Called when a drawer has been opened.
    waiting : sequence of str
        Buttons that wait in the last drawer, too.

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
    buttons = [
        name for name in alone if isinstance(controls[name], widgets.Button) and name not in waiting
    ]
    contents = {title: [n for n in names if n not in first] for title, names in groups.items()}
    contents["More controls"] = [name for name in alone if name not in buttons]
    drawers = {
        widgets.ToggleButton(description=title, tooltip=title, layout={"width": "auto"}): _drawer(
            [fields[name] for name in names]
        )
        for title, names in contents.items()
        if names
    }
    _open_one_at_a_time(drawers, on_open)
    here = [fields[name] for name in (*first, *buttons) if name != LAST]
    last = [fields[name] for name in buttons if name == LAST]
    return [_row([*here, *drawers, *last]), *drawers.values()]


def _drawer(fields: Sequence[widgets.Widget]) -> widgets.Box:
    """Return a row that is not there at first."""
    drawer = _row(fields)
    drawer.add_class("nnlib-drawer")
    drawer.layout.display = "none"
    return drawer


def _open_one_at_a_time(
    drawers: Mapping[widgets.ToggleButton, widgets.Box], on_open: Callable[[], None]
) -> None:
    """Let each button show its drawer and take away the one that was open."""

    def pressed(change: Any) -> None:
        drawers[change.owner].layout.display = None if change.new else "none"
        if change.new:
            for toggle in drawers:
                toggle.value = toggle is change.owner
            on_open()

    for toggle in drawers:
        toggle.observe(pressed, names="value")


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


def _row(controls: Sequence[widgets.Widget]) -> widgets.Box:
    """Return controls in columns, then buttons: in two columns if three lines will do."""
    row = widgets.Box(controls)
    row.add_class("nnlib-controls")
    buttons = widgets.Button | widgets.ToggleButton
    if sum(not isinstance(control, buttons) for control in controls) <= 6:
        row.add_class("nnlib-in-two")
    return row
