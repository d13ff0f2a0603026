"""From a model to a frame on the page: the view's artists move, and the frame is sent.

The view is made anew when the page's colours have changed, or when its explorer asks for it. If
anything fails, the last good frame and its view stay.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from matplotlib.artist import Artist
from matplotlib.figure import Figure

from nnlib.explorers.engine.figure_box import FigureBox
from nnlib.explorers.engine.live_figure import Screen, newest_screen
from nnlib.explorers.engine.pointer import Handle
from nnlib.explorers.frames.matplotlib_defaults import matplotlib_defaults
from nnlib.explorers.frames.renderer import DPI, FIGURE_INCHES, FrameRenderer
from nnlib.plots.palette import DARK, LIGHT, Palette

# Matplotlib's caches of fonts and formulas are not made for two threads at once, and explorers
# made on different threads have different home loops.
_matplotlib = threading.RLock()


class Model(Protocol):
    """All numbers that a view draws, and the same in words."""

    @property
    def summary(self) -> str:
        """What the figure shows, in words: what a screen reader says."""

    @property
    def equation(self) -> str:
        """The equation with its numbers in it."""


class FigureView(Protocol):
    """Artists on a figure, made once and then only updated.

    A view whose figure answers to the pointer also has ``handles``, the topmost first.
    """

    def __init__(self, figure: Figure, palette: Palette) -> None: ...

    @property
    def artists(self) -> Sequence[Artist]:
        """All artists that may change from frame to frame."""

    def update(self, model: Any) -> None:
        """Move the artists to the model's numbers."""


def handles_of(view: FigureView) -> Sequence[Handle]:
    """Return what answers to the pointer in the view's newest frame."""
    return getattr(view, "handles", ())


@dataclass(frozen=True)
class _Drawing:
    """A view, and what draws its figure."""

    view: FigureView
    renderer: FrameRenderer


class Painter:
    """Draws models with a view, and sends the frames to the page.

    Parameters
    ----------
    make_view : callable
        Makes a view on a figure, in the colours of a palette.
    box : FigureBox
        Holds the figure that shows the frames.
    """

    _drawing: _Drawing

    def __init__(self, make_view: Callable[[Figure, Palette], FigureView], box: FigureBox) -> None:
        self._make_view = make_view
        self._box = box
        self._screen = self._drawn_for = newest_screen()
        self._outdated = False
        self._shown: Model | None = None  # the model of the newest frame
        self.closed = False
        with _matplotlib:
            self._drawing = self._new_drawing(self._screen.dark)

    @property
    def figure(self) -> Figure:
        """The Matplotlib figure that is drawn now."""
        return self._drawing.renderer.figure

    @property
    def view(self) -> FigureView:
        """The artists on that figure."""
        return self._drawing.view

    def renew_view(self) -> None:
        """Make the view anew with the next frame; for what an update cannot change."""
        self._outdated = True

    def use_screen(self, screen: Screen) -> bool:
        """Draw for this screen from now on; return whether the newest frame is for another."""
        self._screen = screen
        return screen != self._drawn_for

    def paint(self, model: Model, settled: bool) -> None:
        """Draw a model and send the frame; to be called under the explorer's lock.

        Parameters
        ----------
        model : Model
            What is drawn.
        settled : bool
            Whether the frame is the last until something moves again: then it is lossless, or
            in 256 colours for a slow page.
        """
        screen = self._screen
        with _matplotlib:
            drawing = self._drawing
            if self._outdated or self._drawn_for.dark != screen.dark:
                drawing = self._new_drawing(screen.dark)
            drawing.view.update(model)
            renderer = drawing.renderer
            small = self._box.figure.delivery.is_slow
            frame = renderer.png(screen.pixel_ratio, small) if settled else renderer.jpeg(small)
            handles = handles_of(drawing.view)
        summary, equation = model.summary, model.equation
        self._drawing, self._drawn_for, self._outdated = drawing, screen, False
        self._shown = model
        self._box.figure.show(
            frame,
            equation=equation,
            summary=summary,
            settled=settled,
            dark=screen.dark,
            handles=handles,
        )

    def still(self) -> bytes:
        """Return the newest frame as a PNG, for a page without a kernel."""
        with _matplotlib:
            if self._shown is not None:
                self.view.update(self._shown)
            return self._drawing.renderer.still_png(DARK if self._drawn_for.dark else LIGHT)

    def close(self) -> None:
        """Draw no more, and let go of the figure."""
        if not self.closed:
            self.closed = True
            self._shown = None
            del self._drawing

    def _new_drawing(self, dark: bool) -> _Drawing:
        """Make figure and artists in the page's colours."""
        palette = DARK if dark else LIGHT
        with matplotlib_defaults():
            figure = Figure(figsize=FIGURE_INCHES, dpi=DPI, facecolor=palette.background)
            view = self._make_view(figure, palette)
        return _Drawing(view, FrameRenderer(figure, view.artists))
