"""The frame that every explorer fills: parameters, a model of them, and a view that draws it.

Data goes one way::

    control or code → trait → parameter_changed → request_frame → model → view → frame → page

An author writes three things: a *model* (a frozen dataclass of numbers, with a ``summary`` and
an ``equation``), a *view* (artists made once, then updated from a model), and the explorer's
parameters. The shortest example stands in `nnlib.explorers.engine`.

Threads. A control's callback may arrive on any thread (JupyterLab sends widget messages to kernel
subshells). It only hands over the control's newest value or the button's action: all else is done
on one thread, that of the event loop that was running when the explorer was made. Code that
assigns to a trait on yet another thread is kept from tearing a frame by the explorer's lock.
Without a loop (plain Python, a test) all is done at once.
"""

import base64
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import traitlets
from matplotlib.figure import Figure

from nnlib.explorers.controls.form_row import FormRow
from nnlib.explorers.controls.show_to_class import show_to_class
from nnlib.explorers.engine.abstract_explorer import AbstractExplorer
from nnlib.explorers.engine.answering import Answering
from nnlib.explorers.engine.buttons import Buttons
from nnlib.explorers.engine.by_hand import ByHand, StandsAsLeft
from nnlib.explorers.engine.control_panel import ControlPanel
from nnlib.explorers.engine.figure_box import FigureBox
from nnlib.explorers.engine.frame_schedule import FrameSchedule
from nnlib.explorers.engine.live_figure import LiveFigure, Screen
from nnlib.explorers.engine.messages import MessageBox, Messages, problem_of
from nnlib.explorers.engine.painter import FigureView, Painter
from nnlib.explorers.engine.plain_figure import PlainFigure
from nnlib.explorers.engine.pointing import Pointing
from nnlib.widgets.event_loop import HomeLoop
from nnlib.widgets.lifetime import close_owned, close_with_cell


class Explorer(AbstractExplorer, metaclass=StandsAsLeft):
    """A live figure with its controls, shown by naming it on the last line of a cell.

    Parameters
    ----------
    show : sequence of str, optional
        The names of the controls to open with; the others wait in drawers.
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
    returns. What a learner sets by hand is remembered: when the cell is run again, also on another
    day, the explorer stands as it was left (`nnlib.explorers.engine.by_hand`).
    """

    def __init__(self, show: Sequence[str] | None = None, **parameters: Any) -> None:
        super().__init__(show, **parameters)
        self.add_class("nnlib-explorer")
        self.add_class(type(self).__name__)
        self._home = HomeLoop()
        self._by_hand = ByHand(self)
        self._messages = Messages(self)
        self._answering = Answering(self.one_deed, self._by_hand, self._messages)
        self._panel = ControlPanel(self, self._answering, self._messages, self._home)
        self._buttons = Buttons(self, self._answering, self._messages)
        self.add_buttons()
        self.add_button("reset", "Reset", self.reset, look="reset")
        self._schedule = FrameSchedule(
            *(self._home, self.draw),
            page_is_ready=lambda: self.live_figure.delivery.can_take_more,
            in_motion=lambda: self.in_motion,
            came_to_rest=self._by_hand.keep,
        )
        self._box = FigureBox(self._make_live_figure, self._home, self.request_frame)
        self._painter = Painter(self.make_view, self._box)
        in_class = show_to_class(self._home, lambda: (type(self).__name__, self.brief_state))
        self.children = (*self._panel.lay_out(), self._box, self._messages.box, *in_class)
        self.observe(self._after_change, names=list(self.declared_parameters))
        close_with_cell(self)
        self.draw()

    # What everybody may use -----------------------------------------------------------------

    @property
    def figure(self) -> Figure:
        """The Matplotlib figure that is drawn now."""
        return self._painter.figure

    @property
    def view(self) -> FigureView:
        """The artists on that figure; it is made anew when sizes or the page's colours change."""
        return self._painter.view

    @property
    def live_figure(self) -> LiveFigure | PlainFigure:
        """The widget that shows the frames."""
        return self._box.figure

    @property
    def form_row(self) -> FormRow:
        """The row of the form's controls, which is there while `form_is_open`."""
        return self._panel.form_row

    @property
    def message_box(self) -> MessageBox:
        """The box below the figure, for what no control has caused."""
        return self._messages.box

    def reset(self) -> None:
        """Return every parameter to the value that it started with."""
        for name in self.declared_parameters:  # a text that was refused may stand in its control
            self._panel.show(name)
        self.error = None
        super().reset()

    def add_button(self, name: str, label: str, action: Callable[[], None], look: str = "") -> None:
        """Add a button that calls ``action``; a failure is shown, never swallowed.

        Its ``look``, one of ``play pause step epoch back restart reset``, gives it a sign and a
        place among the others.
        """
        self.controls[name] = self._buttons.make(label, look, lambda: self.press(name, action))

    def press(self, name: str, action: Callable[[], None]) -> None:
        """Do ``action`` as what button ``name`` is pressed for, from any thread."""
        label = self.controls[name].description
        self._home.run_on_loop(lambda: self._buttons.press(name, label, action))

    def come_into_view(self) -> None:
        """Have controls and picture in view when the explorer has grown."""
        self._box.come_into_view("drawer")

    def close(self) -> None:
        """Remove every widget, timer and figure that belongs to this explorer."""
        if "_painter" not in vars(self):  # refused while it was being made: nothing to close
            return
        self._by_hand.keep()
        self._schedule.close()
        with self.lock:
            self._painter.close()
        self.unobserve_all()
        close_owned(self)
        super().close()

    # From a change to a frame ---------------------------------------------------------------

    def _after_change(self, change: Any) -> None:
        """Bring all in step with a parameter that has changed, and ask for a frame."""
        name, label = change.name, self.declared_parameters[change.name].label
        self._panel.show(name)
        self._messages.forgive()
        self._buttons.something_has_changed()
        self._by_hand.changed(name)
        with self.lock, self._messages.shown(f"Changing “{label}”", self._answering.control):
            self.parameter_changed(name)
            self._panel.show_uses()
        self.request_frame()

    @property
    def in_motion(self) -> bool:
        """Whether the next change follows by itself, so that the picture is not at rest yet."""
        return False

    def request_frame(self) -> None:
        """Ask for a frame of the newest state, from any thread; many requests make one frame."""
        self._schedule.request()

    @contextmanager
    def one_deed(self) -> Iterator[None]:
        """Hold the lock, and let what changes meanwhile make one frame."""
        with self.lock, self._schedule.one_deed():
            yield

    def renew_view(self) -> None:
        """Make the view anew with the next frame; for what an update cannot change."""
        self._painter.renew_view()

    def draw(self, settled: bool = True) -> None:
        """Draw the present state now and send it; if that fails, the last good frame stays.

        Called when a frame is due, on the explorer's own thread.
        """
        with self.lock:
            if self._painter.closed:
                return
            try:
                self._painter.paint(self.model(), settled)
            except Exception as failure:
                self._messages.tell(problem_of("Drawing the picture", failure))
                self.live_figure.rest()

    # The page -------------------------------------------------------------------------------

    def _make_live_figure(self) -> LiveFigure:
        pointing = Pointing(self, self._answering, self._messages)
        return LiveFigure(
            self._home,
            on_screen=self._screen_changed,
            on_pointer=pointing.pointer_moved,
            on_key=pointing.key_pressed,
            is_due=lambda: self._schedule.is_due,
            keys=self.listens_to,
            folded=self.words_folded,
        )

    def _screen_changed(self, screen: Screen) -> None:
        if self._painter.use_screen(screen):
            self.request_frame()

    @traitlets.observe("error", "notice")
    def _show_message(self, _change: Any) -> None:
        self._messages.show()

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        self._box.expect_page()
        bundle = super()._repr_mimebundle_(**kwargs)
        self._schedule.draw_if_due()  # after an assignment in the cell that now shows the explorer
        with self.lock:
            still, words = self._painter.still(), self.live_figure.summary
        bundle["image/png"] = base64.b64encode(still).decode("ascii")
        bundle["text/plain"] = words
        return bundle
