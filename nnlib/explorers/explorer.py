"""The frame that every explorer fills: parameters, a picture of them, and a view that draws it.

Data goes one way::

    control or code → trait → picture() → View.update() → frame → page

An author writes three things: a *picture* (a frozen dataclass of numbers, with a ``summary`` and
an ``equation``), a *view* (artists made once, then updated from a picture), and the explorer's
parameters. `nnlib.explorers.neuron` is the shortest example.

Threads. A control's callback may arrive on any thread (JupyterLab sends widget messages to kernel
subshells). It only sets traits and asks for a frame. Frames are drawn on one thread only: that of
the event loop that was running when the explorer was made. Without a loop (plain Python, a test)
a frame is drawn at once.
"""

import asyncio
import base64
import html
import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar, Protocol, Self

import ipywidgets as widgets
import traitlets
from matplotlib.artist import Artist
from matplotlib.figure import Figure

from nnlib.explorers.frames import DPI, FIGURE_INCHES, FrameRenderer
from nnlib.explorers.live_figure import LiveFigure, Screen
from nnlib.explorers.parameters import Parameter, parameters_of, show_in_control
from nnlib.plots.palette import DARK, LIGHT, Palette

REST_SECONDS = 0.25  # after this long without a change, a lossless picture replaces the quick one


class Picture(Protocol):
    """The model, evaluated: all numbers that a view draws, and the same in words."""

    @property
    def summary(self) -> str:
        """The picture in words: what a screen reader says."""

    @property
    def equation(self) -> str:
        """The equation with its numbers in it."""


class FigureView(Protocol):
    """Artists on a figure, made once and then only updated."""

    def __init__(self, figure: Figure, palette: Palette) -> None: ...

    @property
    def artists(self) -> Sequence[Artist]:
        """All artists that may change from frame to frame."""

    def update(self, picture: Any) -> None:
        """Move the artists to what ``picture`` says."""


class Explorer(widgets.VBox):
    """A live figure with its controls, shown by naming it on the last line of a cell.

    Parameters
    ----------
    show : sequence of str, optional
        The names of the controls to open with; the others wait behind "More controls".
    **parameters : Any
        Starting values of the explorer's parameters, by name.

    Raises
    ------
    TypeError
        If a parameter or control is unknown; the message lists the known ones.
    traitlets.TraitError
        If a value does not fit its parameter. The explorer keeps the value it had.

    Notes
    -----
    Every parameter is a trait: ``explorer.bias = 1.0`` moves slider and picture, and moving the
    slider changes ``explorer.bias``. `summary` and `state` are current as soon as an assignment
    returns.
    """

    View: ClassVar[type[FigureView]]
    opens_with: ClassVar[tuple[str, ...]] = ()

    error = traitlets.Unicode(None, allow_none=True, help="what went wrong in a callback, or None")

    _screen: ClassVar[Screen] = Screen()  # what the page said last: new explorers begin with it
    _drawn_for: Screen  # what the present view was made for
    _view: FigureView
    _renderer: FrameRenderer

    def __init__(self, show: Sequence[str] | None = None, **parameters: Any) -> None:
        self._refuse_unknown(parameters)
        super().__init__(**parameters)
        self.add_class("nnlib-explorer")
        self.add_class(type(self).__name__)
        self._start = self.state
        self._loop = _running_loop()
        self._lock = threading.RLock()  # held while the model changes or is drawn
        self._request = threading.Lock()
        self._frame_requested = False
        self._settling: asyncio.TimerHandle | None = None
        self.controls: dict[str, widgets.Widget] = {}
        for name, parameter in self._parameters().items():
            self._add_control(name, parameter)
        self.add_buttons()
        self.add_button("reset", "Reset", self.reset)
        self._live = LiveFigure(on_screen=self._screen_changed)
        self._error_box = widgets.HTML(layout=widgets.Layout(display="none"))
        self._error_box.add_class("nnlib-error")
        self.children = (*self._arrange_controls(show), self._live, self._error_box)
        self._make_view()
        self.observe(self._after_change, names=list(self._parameters()))
        self._draw()

    # What an explorer's author writes -------------------------------------------------------

    def picture(self) -> Picture:
        """Return the model evaluated at the present parameters. Pure: changes nothing."""
        raise NotImplementedError

    def add_buttons(self) -> None:
        """Add the explorer's own buttons with `add_button`; the base has none but Reset."""

    def parameter_changed(self, name: str) -> None:
        """Keep whatever depends on parameter ``name`` in step; called before the next frame."""

    # What everybody may use -----------------------------------------------------------------

    @property
    def figure(self) -> Figure:
        """The Matplotlib figure that is drawn now."""
        return self._renderer.figure

    @property
    def summary(self) -> str:
        """The picture in words; also the image's alternative text."""
        with self._lock:
            return self.picture().summary

    @property
    def state(self) -> dict[str, Any]:
        """All that is needed to make this explorer again, ready for JSON."""
        values = {name: getattr(self, name) for name in self._parameters()}
        return {k: list(v) if isinstance(v, tuple) else v for k, v in values.items()}

    @classmethod
    def from_state(cls, state: dict[str, Any]) -> Self:
        """Return a new explorer in the given state."""
        return cls(**state)

    def reset(self) -> None:
        """Return every parameter to the value that it started with."""
        self.set_parameters(**self._start)

    def set_parameters(self, **parameters: Any) -> None:
        """Set several parameters and draw once. If one is refused, none is changed."""
        self._refuse_unknown(parameters)
        with self.hold_trait_notifications():
            for name, value in parameters.items():
                setattr(self, name, value)

    def close(self) -> None:
        """Remove every widget and timer that belongs to this explorer."""
        if "controls" not in vars(self):  # refused while it was being made: nothing to close
            return
        self._stop_settling()
        self._loop = None
        self.unobserve_all()
        for widget in reversed(list(_family(self))):
            if widget is not self:
                widget.close()
        super().close()

    # Controls -------------------------------------------------------------------------------

    def add_button(self, name: str, label: str, action: Callable[[], None]) -> None:
        """Add a button that calls ``action``; a failure is shown, never swallowed."""
        button = widgets.Button(description=label, layout=widgets.Layout(width="auto"))
        button.on_click(lambda _button: self._act(action))
        self.controls[name] = button

    def _act(self, action: Callable[[], None]) -> None:
        self.error = None
        with self._shown_failure(), self._lock:
            action()
        self.request_frame()

    def _add_control(self, name: str, parameter: Parameter) -> None:
        control = parameter.make_control()
        if control is None:
            return
        show_in_control(control, getattr(self, name))
        control.observe(lambda change: self._control_moved(name, change.new), names="value")
        self.observe(lambda change: show_in_control(control, change.new), names=name)
        self.controls[name] = control

    def _control_moved(self, name: str, value: Any) -> None:
        with self._shown_failure():
            setattr(self, name, value)

    def _arrange_controls(self, show: Sequence[str] | None) -> list[widgets.Widget]:
        """Return the rows of controls: those to open with, then the rest behind a button."""
        for name in show or ():
            if name not in self.controls:
                known = ", ".join(self.controls)
                raise TypeError(f"there is no control {name!r}; the controls are {known}")
        buttons = [c for c in self.controls.values() if isinstance(c, widgets.Button)]
        first = [self.controls[name] for name in (self.opens_with if show is None else show)]
        first = [control for control in first if control not in buttons]
        rest = [c for c in self.controls.values() if c not in first and c not in buttons]
        if not rest:
            return [_row([*first, *buttons])]
        more = widgets.ToggleButton(description="More controls", layout={"width": "auto"})
        drawer = _row(rest)
        drawer.layout.display = "none"
        more.observe(lambda change: _open_drawer(drawer, change.new), names="value")
        return [_row([*first, *buttons, more]), drawer]

    # From a change to a frame ---------------------------------------------------------------

    def _after_change(self, change: Any) -> None:
        self.error = None
        with self._shown_failure(), self._lock:
            self.parameter_changed(change.name)
        self.request_frame()

    def request_frame(self) -> None:
        """Ask for a frame of the newest state, from any thread; many requests make one frame."""
        if self._loop is None or not self._loop.is_running():
            self._draw()
            return
        with self._request:
            if self._frame_requested:
                return
            self._frame_requested = True
        self._loop.call_soon_threadsafe(self._draw_requested)

    def _draw_requested(self) -> None:
        with self._request:
            self._frame_requested = False
        if self._loop is None:  # closed meanwhile
            return
        self._draw(settled=False)
        self._stop_settling()
        self._settling = self._loop.call_later(REST_SECONDS, self._draw)

    def _draw(self, settled: bool = True) -> None:
        """Draw the present state and send it; if that fails, keep the last good picture."""
        with self._lock, self._shown_failure():
            if self._drawn_for.dark != Explorer._screen.dark:
                self._make_view()
            self._drawn_for = screen = Explorer._screen
            picture = self.picture()
            self._view.update(picture)
            frame = self._renderer.png(screen.pixel_ratio) if settled else self._renderer.jpeg()
            summary, equation = picture.summary, picture.equation
            self._live.show(frame, equation=equation, summary=summary, settled=settled)
            return
        self._live.rest()  # it failed: the last good picture stays, and nothing moves any more

    def _make_view(self) -> None:
        """Make figure and artists in the page's colours."""
        self._drawn_for = Explorer._screen
        palette = DARK if self._drawn_for.dark else LIGHT
        figure = Figure(figsize=FIGURE_INCHES, dpi=DPI, facecolor=palette.background)
        self._view = self.View(figure, palette)
        self._renderer = FrameRenderer(figure, self._view.artists)

    def _stop_settling(self) -> None:
        if self._settling is not None:
            self._settling.cancel()
            self._settling = None

    def _screen_changed(self, screen: Screen) -> None:
        Explorer._screen = screen
        if screen != self._drawn_for:
            self.request_frame()

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        bundle = super()._repr_mimebundle_(**kwargs)
        if self._frame_requested:  # by an assignment in this same cell
            self._draw()
        bundle["text/plain"] = self.summary
        bundle["image/png"] = base64.b64encode(self._renderer.png()).decode("ascii")
        return bundle

    # Failure is shown -----------------------------------------------------------------------

    @contextmanager
    def _shown_failure(self) -> Iterator[None]:
        """Show an exception in the explorer: ipywidgets would swallow that of a button."""
        try:
            yield
        except Exception as failure:
            place = traceback.extract_tb(failure.__traceback__)[-1]
            self.error = f"{failure} ({type(failure).__name__}, {place.name}, line {place.lineno})"

    @traitlets.observe("error")
    def _show_error(self, change: Any) -> None:
        text = html.escape(change.new or "")
        self._error_box.value = (
            f"<strong>That did not work:</strong> {text}<br>The picture shows the last state that "
            "did. Press Reset to go on from the start."
        )
        self._error_box.layout.display = None if change.new else "none"

    @classmethod
    def _parameters(cls) -> dict[str, Parameter]:
        return parameters_of(cls)

    @classmethod
    def _refuse_unknown(cls, parameters: dict[str, Any]) -> None:
        for name in parameters:
            if name not in cls._parameters():
                known = ", ".join(cls._parameters())
                raise TypeError(f"{cls.__name__} has no parameter {name!r}; it has {known}")


def _running_loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


def _row(controls: Sequence[widgets.Widget]) -> widgets.Box:
    row = widgets.Box(controls)
    row.add_class("nnlib-controls")
    return row


def _open_drawer(drawer: widgets.Box, opened: bool) -> None:
    drawer.layout.display = None if opened else "none"


def _family(widget: widgets.Widget) -> Iterator[widgets.Widget]:
    """Yield a widget and all that it owns: children, layouts, styles."""
    yield widget
    for name in widget.trait_names(sync=True):
        value = getattr(widget, name)
        for owned in value if isinstance(value, tuple) else (value,):
            if isinstance(owned, widgets.Widget):
                yield from _family(owned)
