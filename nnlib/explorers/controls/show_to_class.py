"""A button in class: with it the teacher shows an explorer to everybody, as it stands."""

from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING, Any, ClassVar

import ipywidgets as widgets

from nnlib.learner.presence import class_link
from nnlib.learner.vote_words import TYPED
from nnlib.widgets.event_loop import HomeLoop

if TYPE_CHECKING:
    from nnlib.learner.class_link import ClassLink

_PATH = "explorer"  # at which the class's service takes it
_CODE = " then ".join(f"<code>{escape(line)}</code>" for line in TYPED.splitlines())
_SHOWN = f"The class is shown it, as it stood then. In an empty cell: {_CODE}"
_SENDING = "On its way to the class."
_AWAY = "The class cannot be reached. This is shown as soon as it is back."


class ShowToClass(widgets.HBox):
    """The button, with a line that says whether the class has it; nothing for a learner.

    Parameters
    ----------
    link : ClassLink
        The way to the class.
    home : HomeLoop
        Where a press is answered.
    told : callable
        Returns the explorer's kind and state.
    """

    _pressed_last: ClassVar["ShowToClass | None"] = None  # the class is shown one at a time

    def __init__(
        self, link: "ClassLink", home: HomeLoop, told: Callable[[], tuple[str, dict[str, Any]]]
    ) -> None:
        super().__init__(layout=widgets.Layout(display="none"))
        self.add_class("nnlib-class")
        self._link, self._home, self._told = link, home, told
        self._closed = False
        self._button: widgets.Button | None = None
        self._words: widgets.HTML | None = None
        link.follow(self._link_changed)
        self._update()

    def _link_changed(self) -> None:
        self._home.run_on_loop(self._update)

    def _update(self) -> None:
        """Be there as soon as the class says that this is its teacher, and tell how far it is."""
        state = self._link.state
        if self._closed or state is None or not state.leads:
            return
        if self._button is None:
            self._open()
        assert self._words is not None
        self._words.value = self._outcome(state.session)
        self._words.layout.display = None if self._words.value else "none"

    def _open(self) -> None:
        self._button = widgets.Button(description="Show this to the class")
        self._button.layout.width = "auto"
        self._button.on_click(lambda _: self._home.run_on_loop(self._press))
        self._words = widgets.HTML()
        self._words.add_class("nnlib-notice")  # the page reads out what is written there
        self.children = (self._button, self._words)
        self.layout.display = None

    def _press(self) -> None:
        """Send what is to be shown; it is kept until the service has got it."""
        state = self._link.state
        if self._closed or state is None:
            return
        ShowToClass._pressed_last = self
        kind, explorer_state = self._told()
        body = {"kind": kind, "state": explorer_state, "session": state.session}
        self._link.send(_PATH, body)
        self._update()

    def _outcome(self, session: str) -> str:
        """Return what has become of the press, as HTML; nothing if another was pressed since."""
        link = self._link
        if ShowToClass._pressed_last is not self:
            return ""
        if refusal := link.refusals.get(_PATH):
            return escape(refusal)
        if _PATH in link.unsent:
            return _AWAY if link.is_away else _SENDING
        return _SHOWN if link.taken.get(_PATH, {}).get("session") == session else ""

    def close(self) -> None:
        """Take it off the page."""
        self._closed = True
        if ShowToClass._pressed_last is self:
            ShowToClass._pressed_last = None
        super().close()


def show_to_class(
    home: HomeLoop, told: Callable[[], tuple[str, dict[str, Any]]]
) -> list[ShowToClass]:
    """Return the button, or none where there is no class.

    Parameters
    ----------
    home : HomeLoop
        The explorer's.
    told : callable
        Returns the explorer's kind and state.
    """
    link = class_link()
    return [] if link is None else [ShowToClass(link, home, told)]
