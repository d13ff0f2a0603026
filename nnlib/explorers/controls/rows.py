"""Where an explorer's controls stand: a few at first, the others behind a button.

Controls stand in columns of one width. What opens a drawer, and Reset, keep together and so fill no
row each: they follow the last control if there is room in its row, and stand beside the columns
where the controls fill these.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import ipywidgets as widgets

from nnlib.explorers.controls.form_row import FormRow
from nnlib.explorers.controls.number_box import NumberBox
from nnlib.explorers.controls.parameters import CONTROL_WIDTH

IN_A_ROW = 2  # controls; three where there are many
MOST_IN_TWO = 6  # so many that three rows of two will do
LAST = "reset"  # what undoes all stands apart from all, at the right end


def arrange(
    controls: Mapping[str, widgets.Widget],
    boxes: Mapping[str, widgets.Widget],
    first: Sequence[str],
    form: FormRow,
    groups: Mapping[str, Sequence[str]],
    on_open: Callable[[], None],
    waiting: Sequence[str],
    in_threes: bool = False,
) -> list[widgets.Widget]:
    """Return the rows: ``first`` and all buttons, drawers with the rest, and the form.

    One drawer is open at a time, or they would push the picture off the screen.

    Parameters
    ----------
    controls : mapping of str to Widget
        All controls, buttons included.
    boxes : mapping of str to Widget
        The box that stands beside a control, by the control's name.
    first : sequence of str
        The controls to open with.
    form : FormRow
        The controls that are there only when needed. Where there are no others to open with, it
        holds the buttons, too.
    groups : mapping of str to sequence of str
        The drawers: what stands on the button that opens one, and the controls in it. What is in
        none of them is in a last one, but for buttons, which stand in the first row.
    on_open : callable
        Called when a drawer has been opened.
    waiting : sequence of str
        Buttons that wait in the last drawer, too.
    in_threes : bool
        Whether the controls to open with stand in three columns, however few they are.

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
        widgets.ToggleButton(description=title, layout={"width": "auto"}): _drawer(
            [fields[name] for name in names]
        )
        for title, names in contents.items()
        if names
    }
    _open_one_at_a_time(drawers, on_open)
    here = [fields[name] for name in (*first, *buttons) if name != LAST]
    last = [fields[name] for name in buttons if name == LAST]
    if not here and form.fields:
        form.hold([_together([*drawers, *last], "nnlib-others")])
        return [form, *drawers.values()]
    return [_first_row(here, list(drawers), last, in_threes), *drawers.values(), form]


def _first_row(
    here: Sequence[widgets.Widget],
    toggles: Sequence[widgets.Widget],
    last: Sequence[widgets.Widget],
    in_threes: bool,
) -> widgets.Box:
    """Return the row of the controls to open with, with all buttons."""
    others = _together([*toggles, *last], "nnlib-others")
    columns = [control for control in here if not isinstance(control, widgets.Button)]
    actions = [control for control in here if isinstance(control, widgets.Button)]
    if in_threes:
        row = _row(here, others)
        row.remove_class("nnlib-in-two")
        row.add_class("nnlib-in-threes")
        return row
    if len(toggles) > 1 or not _is_full(columns, actions):
        return _row(here, others)
    row = _row(columns, *([_together(actions, "nnlib-actions")] if actions else []), others)
    row.add_class("nnlib-full")
    if len(columns) > IN_A_ROW:
        row.add_class("nnlib-tall")
    return row


def _is_full(columns: Sequence[widgets.Widget], actions: Sequence[widgets.Widget]) -> bool:
    """Whether the columns have no room left: buttons that do something fill one that is free."""
    wide = ("nnlib-pair", "nnlib-toggles")
    if any(look in control._dom_classes for control in columns for look in wide):
        return False
    n, odd = len(columns), len(columns) % IN_A_ROW == 1
    return 1 < n <= MOST_IN_TWO and odd == bool(actions)


def _together(buttons: Sequence[widgets.Widget], look: str) -> widgets.Box:
    """Return buttons that keep together."""
    for button in buttons:
        button.tooltip = button.description  # where there is room for its sign alone
    box = widgets.Box(buttons)
    box.add_class(look)
    return box


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


def _row(controls: Sequence[widgets.Widget], *after: widgets.Widget) -> widgets.Box:
    """Return controls in columns, then buttons: in two columns if three lines will do."""
    row = widgets.Box((*controls, *after))
    row.add_class("nnlib-controls")
    if sum(not isinstance(control, widgets.Button) for control in controls) <= MOST_IN_TWO:
        row.add_class("nnlib-in-two")
    return row
