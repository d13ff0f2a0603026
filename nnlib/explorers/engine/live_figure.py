"""The widget that shows frames: a canvas that always paints the newest one, with words for it."""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import traitlets

from nnlib.explorers.engine.delivery import Delivery
from nnlib.explorers.engine.pointer import Handle, PointerEvent, read_pointer_event
from nnlib.widgets.event_loop import HomeLoop
from nnlib.widgets.into_view import FORM_CONTROLS, ComesIntoView, with_into_view
from nnlib.widgets.kernel_watch import SCRIPT, STYLE, AnsweringWidget

_PAGE = Path(__file__).with_name("page")
_SCRIPTS = ("elements", "words", "controls", "drawers", "pointer", "live_figure")


@dataclass(frozen=True)
class Screen:
    """Whether the page's theme is dark, and how many pixels make a CSS pixel."""

    dark: bool = False
    pixel_ratio: float = 1.0


_newest = deque([Screen()], maxlen=1)  # what was said last, for the whole kernel
_has_spoken = threading.Event()


def a_page_has_spoken() -> bool:
    """Say whether any page of this kernel has had the script: then others are slow, not silent."""
    return _has_spoken.is_set()


def newest_screen() -> Screen:
    """Return what a page has said last: a new explorer's first frame then fits the page."""
    return _newest[-1]


def remember_screen(screen: Screen) -> None:
    """Let new explorers begin with this screen."""
    _newest.append(screen)


def _screen_of(message: dict) -> Screen:
    """Read what a page says of itself."""
    ratio = min(max(float(message["pixel_ratio"]), 1.0), 3.0)
    return Screen(dark=bool(message["dark"]), pixel_ratio=ratio)


class LiveFigure(AnsweringWidget, ComesIntoView):
    """A picture that the kernel draws and the page shows at once.

    The picture, its equation and its summary travel in one message and are painted together. The
    page skips to the newest frame, and says when it has painted one that rests or that it was asked
    about. The summary is also the picture's alternative text. What the pointer does comes as
    messages. While a drag goes on the page sends the newest place, and the next only when that one
    has been heard. With keys to listen to, such as ``"ArrowUp"``, the picture takes the focus, and
    tells when one is pressed. A summary that is ``folded`` is seen on request, and always heard.
    """

    _esm = SCRIPT + with_into_view(*(_PAGE / f"{name}.js" for name in _SCRIPTS))
    _css = STYLE + FORM_CONTROLS + (_PAGE / "live_figure.css").read_text(encoding="utf-8")

    frame = traitlets.Bytes(b"").tag(sync=True)
    serial = traitlets.Int(0).tag(sync=True)
    settled = traitlets.Bool(True).tag(sync=True)
    dark = traitlets.Bool(False, help="whether the frame is for a dark page").tag(sync=True)
    asked = traitlets.Bool(False, help="whether the page is to say when it paints").tag(sync=True)
    equation = traitlets.Unicode("").tag(sync=True)
    summary = traitlets.Unicode("").tag(sync=True)
    heard = traitlets.Bool(False, help="whether a page has ever said anything")
    handles = traitlets.List(traitlets.Dict(), help="what answers to the pointer").tag(sync=True)
    listens_to = traitlets.List(traitlets.Unicode(), help="keys of the keyboard").tag(sync=True)
    folded = traitlets.Bool(False, help="whether the summary is out of sight").tag(sync=True)

    def __init__(
        self,
        home: HomeLoop,
        *,
        on_screen: Callable[[Screen], None],
        on_pointer: Callable[[PointerEvent], None],
        on_key: Callable[[str], None],
        is_due: Callable[[], bool],
        keys: Sequence[str] = (),
        folded: bool = False,
    ) -> None:
        super().__init__(self._after_frame, listens_to=list(keys), folded=folded)
        self.delivery = Delivery()
        self._ask = False
        self._on_screen = on_screen
        self._on_pointer = on_pointer
        self._on_key = on_key
        self._is_due = is_due
        self._home = home
        self.on_msg(lambda _widget, message, _buffers: self.receive(message))

    def ask(self) -> None:
        """Ask the page to say when it paints the next frame."""
        self._ask = True

    def show(
        self,
        frame: bytes,
        *,
        equation: str,
        summary: str,
        settled: bool,
        dark: bool = False,
        handles: Sequence[Handle] = (),
    ) -> None:
        """Send one frame; ``settled`` says that it is the last until something moves again."""
        with self.hold_sync():
            size = len(frame) if frame != self.frame else 0
            self.frame = frame
            self.equation = equation
            self.summary = summary
            self.settled = settled
            self.dark = dark
            self.handles = [handle.for_page for handle in handles]
            self.serial += 1
            self.asked = self._ask or self.delivery.wants_answer()
            if self.asked or (settled and self.delivery.has_painted):
                self.delivery.ask(self.serial, size)
            self._ask = False

    def rest(self) -> None:
        """Say that the frame shown last stays."""
        with self.hold_sync():
            self.settled = True
            self.serial += 1

    def answer(self) -> dict:
        """Return also whether a frame is due, for which the page was not ready yet."""
        return {**super().answer(), "due": self._is_due()}

    def _after_frame(self, work: Callable[[], None]) -> None:
        """Do ``work`` when the frame is drawn that what was heard before has asked for."""
        self._home.run_on_loop(lambda: self._home.call_soon(work) if self._home.running else work())

    def receive(self, message: dict) -> None:
        """Take in what a page says: a frame was painted, its theme, a move of pointer or key."""
        self.heard = True
        _has_spoken.set()
        if message.get("kind") == "shown":
            self.delivery.answer(int(message["serial"]), bool(message.get("visible", True)))
        elif message.get("kind") in ("hello", "screen"):
            screen = _screen_of(message)
            remember_screen(screen)
            if message["kind"] == "screen":
                self._on_screen(screen)
        elif message.get("kind") == "pointer":
            self._home.run_on_loop(lambda: self._receive_pointer(message))
        elif message.get("kind") == "key" and message.get("key") in self.listens_to:
            self._home.run_on_loop(lambda: self._on_key(message["key"]))

    def _receive_pointer(self, message: dict) -> None:
        event = read_pointer_event(message)
        if event is None:
            return
        self._on_pointer(event)
        if event.action == "drag":
            self.send({"kind": "heard", "gesture": event.gesture})
