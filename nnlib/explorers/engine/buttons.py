"""An explorer's buttons. A press that changes nothing is answered, too: by a sentence."""

from collections.abc import Callable

import ipywidgets as widgets

from nnlib.explorers.engine.abstract_explorer import AbstractExplorer
from nnlib.explorers.engine.answering import Answering
from nnlib.explorers.engine.messages import Messages

AT_ITS_START = "All stands as it did at the start: there is nothing to reset."


class Buttons:
    """What the buttons do.

    Parameters
    ----------
    explorer : AbstractExplorer
        Whose buttons they are.
    answering : Answering
        What a press is answered in.
    messages : Messages
        What is said on the page.
    """

    def __init__(
        self, explorer: AbstractExplorer, answering: Answering, messages: Messages
    ) -> None:
        self._explorer = explorer
        self._answering = answering
        self._messages = messages
        self._said = ""  # of a press that changed nothing

    def make(self, label: str, look: str, on_press: Callable[[], None]) -> widgets.Button:
        """Return a new button; its ``look`` gives it a sign and a place among the others."""
        button = widgets.Button(description=label, layout=widgets.Layout(width="auto"))
        if look:
            button.add_class(f"nnlib-{look}")
        button.on_click(lambda _: on_press())
        return button

    def press(self, name: str, label: str, action: Callable[[], None]) -> None:
        """Do what a button is for; where that changes nothing, say so."""
        explorer = self._explorer
        with explorer.one_deed():
            explorer.notice = None
            self._messages.forgive()
            with self._answering(f"“{label}”", name):
                before = self._appearance()
                action()
                if self._appearance() == before:
                    words = {"reset": AT_ITS_START, **explorer.nothing_to_do}
                    self._said = words.get(name, f"“{label}” has nothing to change now.")
                    explorer.notice = self._said
            explorer.request_frame()

    def _appearance(self) -> object:
        try:
            return self._explorer.appearance
        except Exception:  # a model that fails looks like no other; Reset must still do its work
            return object()

    def something_has_changed(self) -> None:
        """Take back that a press changes nothing: now it may."""
        if self._said and self._explorer.notice == self._said:
            self._explorer.notice = None
