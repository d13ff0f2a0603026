"""Where an explorer's controls stand: a few at first, the others behind a button."""

from collections.abc import Callable, Mapping, Sequence
from html import escape
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


class FormRow(widgets.Box):
    """Controls that belong together, in a row of their own that is there only when needed.

    Beside them stand a few words: what else does the same, or a reply to what was typed. Some of
    the controls may wait behind a button.

    Parameters
    ----------
    fields : mapping of str to Widget
        The controls by name.
    folded : sequence of str
        The names of those that wait.
    button : str
        What stands on the button that shows them.
    on_fold : callable
        Called when they have been shown, or put away.
    """

    def __init__(
        self,
        fields: Mapping[str, widgets.Widget],
        folded: Sequence[str],
        button: str,
        on_fold: Callable[[], None],
    ) -> None:
        self._fields = fields
        self._folded = frozenset(folded)
        self._names: Sequence[str] = ()
        self._on_fold = on_fold
        self.words = widgets.HTML()
        self.words.add_class("nnlib-hint")
        self.folds: list[widgets.ToggleButton] = []  # one, or none where nothing waits
        if folded:
            self.folds.append(widgets.ToggleButton(description=button, layout={"width": "auto"}))
            self.folds[0].observe(self._fold_pressed, names="value")
        at_hand = [field for name, field in fields.items() if name not in self._folded]
        waiting = [fields[name] for name in folded]
        super().__init__((*at_hand, self.words, *self.folds, *waiting))
        self.add_class("nnlib-controls")
        self.add_class("nnlib-form")

    @property
    def is_unfolded(self) -> bool:
        """Whether the controls that wait behind the button are there now."""
        return any(fold.value for fold in self.folds)

    def unfold(self, there: bool = True) -> None:
        """Show the controls that wait behind the button, or put them away."""
        for fold in self.folds:
            fold.value = there

    def show(self, names: Sequence[str], words: str) -> bool:
        """Show these controls and words; without any control, take the row away.

        Returns whether the row is new.
        """
        is_new = bool(names) and self.layout.display == "none"
        self._names = names
        self.layout.display = None if names else "none"
        self._show_fields()
        self.words.value = escape(words)
        self.words.layout.display = None if words else "none"
        return is_new

    def _show_fields(self) -> None:
        for name, field in self._fields.items():
            there = name in self._names and (self.is_unfolded or name not in self._folded)
            field.layout.display = None if there else "none"
        for fold in self.folds:
            fold.layout.display = None if self._folded.intersection(self._names) else "none"

    def _fold_pressed(self, _change: Any) -> None:
        self._show_fields()
        self._on_fold()


def _row(controls: Sequence[widgets.Widget]) -> widgets.Box:
    """Return controls in columns, then buttons: in two columns if three lines will do."""
    row = widgets.Box(controls)
    row.add_class("nnlib-controls")
    buttons = widgets.Button | widgets.ToggleButton
    if sum(not isinstance(control, buttons) for control in controls) <= 6:
        row.add_class("nnlib-in-two")
    return row
