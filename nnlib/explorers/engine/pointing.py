"""What pointer and keys do on the page, told to an explorer's hooks."""

from nnlib.explorers.engine.abstract_explorer import AbstractExplorer
from nnlib.explorers.engine.answering import Answering
from nnlib.explorers.engine.messages import Messages
from nnlib.explorers.engine.painter import handles_of
from nnlib.explorers.engine.pointer import Gesture, PointerEvent


class Pointing:
    """Follows a press to its release. To be called on the loop that the explorer lives on.

    Parameters
    ----------
    explorer : AbstractExplorer
        Whose hooks are called.
    answering : Answering
        What each event is answered in.
    messages : Messages
        Forgotten with the next press.
    """

    def __init__(
        self, explorer: AbstractExplorer, answering: Answering, messages: Messages
    ) -> None:
        self._explorer = explorer
        self._answering = answering
        self._messages = messages
        self._gesture: Gesture | None = None

    def pointer_moved(self, event: PointerEvent) -> None:
        """Hand an event to its hook; what belongs to no press on a handle is left aside."""
        with self._answering("That"):
            if event.action == "press":
                self._messages.forgive()
                self._gesture = self._begin(event)
            if self._gesture is None or self._gesture.number != event.gesture:
                return
            at = self._gesture.point(event)
            if event.action == "press":
                self._explorer.pointer_pressed(at)
            elif event.action == "drag":
                self._explorer.pointer_dragged(at)
            else:
                self._gesture = None
                self._explorer.pointer_released(at)

    def key_pressed(self, key: str) -> None:
        """Hand a key to its hook."""
        self._messages.forgive()
        with self._answering("That key"):
            self._explorer.key_pressed(key)

    def _begin(self, press: PointerEvent) -> Gesture | None:
        for handle in handles_of(self._explorer.view):
            if handle.name == press.handle:
                return Gesture(handle, press, self._explorer.parameter_values)
        return None
