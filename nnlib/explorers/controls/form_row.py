"""A row of controls that is there only when needed, with a few words beside them."""

import re
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

import ipywidgets as widgets

_LABEL = re.compile(r"^[A-Z][a-z]+:", re.MULTILINE)


class FormRow(widgets.Box):
    """Controls that belong together, in a row of their own that is there only when needed.

    Beside them stand a few words: what else does the same, or a reply to what was typed. The words
    may be all that there is; of several lines the label of each, such as “Question:”, is bold. Some
    of the controls may wait behind a button.

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
        self.fields = fields
        self._folded = frozenset(folded)
        self._names: Sequence[str] = ()
        self._is_needed = False
        self._on_fold = on_fold
        self._held: Sequence[widgets.Widget] = ()
        self.words = widgets.HTML()
        self.words.add_class("nnlib-hint")
        self.folds: list[widgets.ToggleButton] = []  # one, or none where nothing waits
        if folded:
            self.folds.append(widgets.ToggleButton(description=button, layout={"width": "auto"}))
            self.folds[0].observe(self._fold_pressed, names="value")
        super().__init__(self._in_order)
        for look in ("nnlib-controls", "nnlib-in-two", "nnlib-form"):
            self.add_class(look)

    @property
    def _in_order(self) -> Sequence[widgets.Widget]:
        at_hand = [field for name, field in self.fields.items() if name not in self._folded]
        waiting = [field for name, field in self.fields.items() if name in self._folded]
        return (*at_hand, *self.folds, *self._held, self.words, *waiting)

    def hold(self, others: Sequence[widgets.Widget]) -> None:
        """Keep others in this row, too: it is there for them when none of its own are needed."""
        self._held = others
        self.children = self._in_order

    @property
    def is_unfolded(self) -> bool:
        """Whether the controls that wait behind the button are there now."""
        return any(fold.value for fold in self.folds)

    def unfold(self, there: bool = True) -> None:
        """Show the controls that wait behind the button, or put them away."""
        for fold in self.folds:
            fold.value = there

    def show(self, names: Sequence[str], words: str) -> bool:
        """Show these controls and words; without any of them, take the row away.

        Returns whether the row is new.
        """
        is_needed = bool(names or words)
        is_new = is_needed and not self._is_needed
        self._names, self._is_needed = names, is_needed
        self.layout.display = None if is_needed or self._held else "none"
        self._show_fields()
        text = escape(words)
        self.words.value = _LABEL.sub(r"<b>\g<0></b>", text) if "\n" in text else text
        self.words.layout.display = None if words else "none"
        return is_new

    def _show_fields(self) -> None:
        for name, field in self.fields.items():
            there = name in self._names and (self.is_unfolded or name not in self._folded)
            field.layout.display = None if there else "none"
        for fold in self.folds:
            fold.layout.display = None if self._folded.intersection(self._names) else "none"

    def _fold_pressed(self, _change: Any) -> None:
        self._show_fields()
        self._on_fold()
