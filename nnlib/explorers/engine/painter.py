"""From a request to a frame on the page: the newest state, drawn on one thread, never torn.

A request may come from any thread. It only notes that something has changed. However many came
meanwhile, the home loop draws once, and draws the newest state. When nothing has changed for a
while, a lossless picture replaces the quick one. Without a loop each request is drawn at once.
"""

import asyncio
import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any, ClassVar, Protocol

from matplotlib.artist import Artist
from matplotlib.figure import Figure

from nnlib.explorers.engine.event_loop import HomeLoop
from nnlib.explorers.engine.figure_box import FigureBox
from nnlib.explorers.engine.live_figure import LiveFigure, Screen
from nnlib.explorers.engine.pointer import Handle, PointerEvent
from nnlib.explorers.frames.matplotlib_defaults import matplotlib_defaults
from nnlib.explorers.frames.renderer import DPI, FIGURE_INCHES, FrameRenderer
from nnlib.plots.palette import DARK, LIGHT, Palette

REST_SECONDS = 0.25  # after this long without a change, a lossless picture replaces the quick one

# Matplotlib's caches of fonts and formulas are not made for two threads at once, and explorers
# made on different threads have different home loops.
_matplotlib = threading.RLock()


class Model(Protocol):
    """The model, evaluated: all numbers that a view draws, and the same in words."""

    @property
    def summary(self) -> str:
        """The picture in words: what a screen reader says."""

    @property
    def equation(self) -> str:
        """The equation with its numbers in it."""


class FigureView(Protocol):
    """Artists on a figure, made once and then only updated.

    A view whose picture answers to the pointer also has ``handles``, the topmost first.
    """

    def __init__(self, figure: Figure, palette: Palette) -> None: ...

    @property
    def artists(self) -> Sequence[Artist]:
        """All artists that may change from frame to frame."""

    def update(self, model: Any) -> None:
        """Move the artists to what ``picture`` says."""


def handles_of(view: FigureView) -> Sequence[Handle]:
    """Return what in the view's present picture answers to the pointer."""
    return getattr(view, "handles", ())


class Painter:
    """Draws pictures with a view and sends them to the page.

    Parameters
    ----------
    make_view : callable
        Makes a view, what draws a picture, on a figure in the colours of a palette.
    picture : callable
        Returns the picture of the present state.
    home : HomeLoop
        Where frames are drawn.
    lock : reentrant lock
        Held while a frame is made, so that the state stands still meanwhile.
    shown_failure : callable
        Returns a context that shows an exception to the learner, and ends it.
    pointer_moved : callable
        Told what the pointer does to the view's handles.
    keys : sequence of str
        The keys that the picture listens to.
    key_pressed : callable
        Told which of them is pressed.
    came_to_rest : callable
        Called when nothing has changed for a while, on the loop that frames are drawn on.
    folded : bool
        Whether the summary is out of sight at first.
    """

    screen: ClassVar[Screen] = Screen()  # what a page said last: new explorers begin with it

    view: FigureView
    drawn_for: Screen  # what the present view was made for
    _renderer: FrameRenderer

    def __init__(
        self,
        make_view: Callable[[Figure, Palette], FigureView],
        model: Callable[[], Model],
        home: HomeLoop,
        lock: AbstractContextManager[object],
        shown_failure: Callable[[str], AbstractContextManager[None]],
        pointer_moved: Callable[[PointerEvent], None],
        keys: Sequence[str] = (),
        key_pressed: Callable[[str], None] = lambda key: None,
        came_to_rest: Callable[[], None] = lambda: None,
        folded: bool = False,
    ) -> None:
        self._make_view = make_view
        self._model = model
        self._home = home
        self._lock = lock
        self._shown_failure = shown_failure
        self._came_to_rest = came_to_rest
        self._request = threading.Lock()
        self._requested = False
        self.closed = False
        self._settling: asyncio.TimerHandle | None = None
        self._shown: Model | None = None  # the newest picture that could be drawn
        self.box = FigureBox(
            lambda: LiveFigure(
                self._screen_changed, pointer_moved, home, keys, key_pressed, folded
            ),
            home,
            self.request,
        )
        self._use(*self._new_view(Painter.screen), Painter.screen)

    @property
    def figure(self) -> Figure:
        """The Matplotlib figure that is drawn now."""
        return self._renderer.figure

    def request(self) -> None:
        """Ask for a frame of the newest state, from any thread; many requests make one frame."""
        if not self._home.running:
            self.draw()
            return
        with self._request:
            if self._requested:
                return
            self._requested = True
        self._home.call_soon(self._draw_requested)

    def draw(self, settled: bool = True) -> None:
        """Draw the present state and send it; if that fails, keep the last good picture."""
        with self._lock, _matplotlib, self._shown_failure("Drawing the picture"):
            if self.closed:
                return
            screen = Painter.screen
            view, renderer = self.view, self._renderer
            if self._outdated or self.drawn_for.dark != screen.dark:
                view, renderer = self._new_view(screen)
            model = self._model()
            view.update(model)
            frame = renderer.png(screen.pixel_ratio) if settled else renderer.jpeg()
            self._use(view, renderer, screen)
            self._shown = model
            summary, equation = model.summary, model.equation
            self.box.figure.show(
                frame,
                equation=equation,
                summary=summary,
                settled=settled,
                dark=screen.dark,
                handles=handles_of(self.view),
            )
            return
        self.box.figure.rest()  # it failed: the last good picture stays, and nothing moves any more

    def still(self) -> bytes:
        """Return the newest picture as a PNG, for a page without a kernel."""
        if self._requested:  # by an assignment in the cell that now shows the explorer
            self.draw()
        with self._lock, _matplotlib:
            if self._shown is not None:
                self.view.update(self._shown)
            return self._renderer.still_png(DARK if self.drawn_for.dark else LIGHT)

    def close(self) -> None:
        """Draw no more, and let go of the figure."""
        with self._lock:
            if self.closed:
                return
            self.closed = True
            self._stop_settling()
            del self.view, self._renderer
            self._shown = None

    def _draw_requested(self) -> None:
        with self._request:
            self._requested = False
        if self.closed:
            return
        self.draw(settled=False)
        self._stop_settling()
        self._settling = self._home.call_later(REST_SECONDS, self._settle)

    def _settle(self) -> None:
        self.draw()
        self._came_to_rest()

    def renew_view(self) -> None:
        """Make the view anew with the next frame; for what cannot be changed by an update."""
        self._outdated = True

    def _new_view(self, screen: Screen) -> tuple[FigureView, FrameRenderer]:
        """Make figure and artists in the page's colours."""
        palette = DARK if screen.dark else LIGHT
        with matplotlib_defaults():
            figure = Figure(figsize=FIGURE_INCHES, dpi=DPI, facecolor=palette.background)
            view = self._make_view(figure, palette)
        return view, FrameRenderer(figure, view.artists)

    def _use(self, view: FigureView, renderer: FrameRenderer, screen: Screen) -> None:
        """Keep the view that fits the newest picture."""
        self.view, self._renderer, self.drawn_for = view, renderer, screen
        self._outdated = False

    def _stop_settling(self) -> None:
        if self._settling is not None:
            self._settling.cancel()
            self._settling = None

    def _screen_changed(self, screen: Screen) -> None:
        Painter.screen = screen
        if screen != self.drawn_for:
            self.request()
