"""The frame that every explorer fills: parameters, a model of them, and a view that draws it.

Data goes one way::

    control or code → trait → model() → View.update() → frame → page

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
import threading
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar, Self

import ipywidgets as widgets
import traitlets
from matplotlib.figure import Figure

from nnlib.explorers.controls.form_row import FormRow
from nnlib.explorers.controls.number_box import NumberBox
from nnlib.explorers.controls.parameters import Parameter, parameters_of
from nnlib.explorers.controls.rows import arrange, field_of
from nnlib.explorers.controls.slider_stops import show_in_control, stands_at
from nnlib.explorers.engine.by_hand import ByHand
from nnlib.explorers.engine.event_loop import HomeLoop
from nnlib.explorers.engine.figure_box import FigureBox
from nnlib.explorers.engine.frame_schedule import FrameSchedule
from nnlib.explorers.engine.live_figure import LiveFigure
from nnlib.explorers.engine.messages import MessageBox, Problem, Remark, places_in, problem_of
from nnlib.explorers.engine.painter import FigureView, Model, Painter, handles_of
from nnlib.explorers.engine.plain_figure import PlainFigure
from nnlib.explorers.engine.pointer import Gesture, Point, PointerEvent
from nnlib.explorers.engine.screen import Screen, remember_screen
from nnlib.plots.palette import Palette
from nnlib.widgets.lifetime import close_owned, close_with_cell

AT_ITS_START = "All stands as it did at the start: there is nothing to reset."


class _MadeByLearner(type(widgets.VBox)):  # type: ignore[misc]
    """Makes explorers: each stands at first as its learner left it, if there is one."""

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        explorer = super().__call__(*args, **kwargs)
        explorer._by_hand.recall(args, kwargs)
        return explorer


class Explorer(widgets.VBox, metaclass=_MadeByLearner):
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

    View: ClassVar[type[FigureView]]
    opens_with: ClassVar[tuple[str, ...]] = ()
    groups: ClassVar[Mapping[str, Sequence[str]]] = {}  # drawers for the rest, if it is a lot
    listens_to: ClassVar[tuple[str, ...]] = ()  # keys for `key_pressed`, such as "ArrowUp"
    form: ClassVar[tuple[str, ...]] = ()  # controls in a row of their own; see `form_is_open`
    folded_form: ClassVar[tuple[str, ...]] = ()  # those of it that wait behind a button
    form_button: ClassVar[str] = "More"  # what stands on it
    words_folded: ClassVar[bool] = False  # the summary, where the picture shows all that it says
    nothing_to_do: ClassVar[Mapping[str, str]] = {}  # what is said of a button that changes nothing

    error = traitlets.Unicode(None, allow_none=True, help="what went wrong in a callback, or None")
    notice = traitlets.Unicode(None, allow_none=True, help="such as why it paused, or None")

    def __init__(self, show: Sequence[str] | None = None, **parameters: Any) -> None:
        self._refuse_unknown(parameters)
        self.lock = threading.RLock()  # held while the state changes or is drawn
        self._by_hand = ByHand(self)
        self.at_hand = tuple(self.opens_with if show is None else show)  # no drawer to open first
        self._answered: str | None = None  # the control whose move, press or text is answered now
        self._problem: Problem | None = None  # that ``error`` tells of
        self._remark: Remark | None = None  # that tells of it beside a control
        self._nothing = ""  # what was said of a press that changed nothing
        super().__init__(**parameters)
        self.add_class("nnlib-explorer")
        self.add_class(type(self).__name__)
        self._start = {name: getattr(self, name) for name in self._parameters()}
        self._home = HomeLoop()
        self.controls: dict[str, widgets.Widget] = {}
        self.boxes: dict[str, NumberBox] = {}  # where a slider's number can be typed
        self._moved: deque[str] = deque()  # controls whose values are to be taken over
        for name, parameter in self._parameters().items():
            self._add_control(name, parameter)
        self.add_buttons()
        self.add_button("reset", "Reset", self.reset, look="reset")
        self._gesture: Gesture | None = None
        self._schedule = FrameSchedule(self._home, self.draw, self._by_hand.keep)
        self._box = FigureBox(self._make_live_figure, self._home, self.request_frame)
        self._painter = Painter(self.make_view, self._box)
        self._message = MessageBox()
        others = {name: c for name, c in self.controls.items() if name not in self.form}
        beside = {**self._companions(), **self.boxes}
        form = {name: field_of(self.controls[name], beside.get(name)) for name in self.form}
        self._form_row = FormRow(form, self.folded_form, self.form_button, self._form_was_folded)
        places = (self.at_hand, self._form_row, self.groups)
        rows = arrange(others, beside, *places, self._more_is_shown, self.buttons_wait)
        self._form_row.show(self.open_form, self.form_words)
        self.children = (*rows, self._box, self._message)
        self._show_idle()
        self.observe(self._after_change, names=list(self._parameters()))
        close_with_cell(self)
        self.draw()

    # What an explorer's author writes -------------------------------------------------------

    def model(self) -> Model:
        """Return the model evaluated at the present parameters. Pure: changes nothing."""
        raise NotImplementedError

    def make_view(self, figure: Figure, palette: Palette) -> FigureView:
        """Return a new view on ``figure``; the base makes a `View`."""
        return self.View(figure, palette)

    def add_buttons(self) -> None:
        """Add the explorer's own buttons with `add_button`; the base has none but Reset."""

    def parameter_changed(self, name: str) -> None:
        """Keep whatever depends on parameter ``name`` in step; called before the next frame."""

    @property
    def idle(self) -> Mapping[str, str]:
        """The controls without an effect now, by name, and when they have one; they are grey."""
        return {}

    @property
    def buttons_wait(self) -> tuple[str, ...]:
        """The buttons that wait in a drawer: what they do is not what one is here for."""
        return ()

    @property
    def form_is_open(self) -> bool:
        """Say whether the row of the form's controls is there now."""
        return bool(self.form)

    @property
    def open_form(self) -> tuple[str, ...]:
        """The controls in that row now."""
        return self.form if self.form_is_open else ()

    @property
    def form_words(self) -> str:
        """What is said beside them: what else does the same, or a reply to what was typed."""
        return ""

    def pointer_pressed(self, at: Point) -> None:
        """Do what a press on one of the view's handles does: set parameters, nothing else."""

    def pointer_dragged(self, at: Point) -> None:
        """Do what dragging a handle does; of places that follow quickly only the newest is told."""

    def pointer_released(self, at: Point) -> None:
        """Do what the end of a press or a drag does."""

    def key_pressed(self, key: str) -> None:
        """Do what a key of ``listens_to`` does, pressed while the picture has the focus."""

    @property
    def work_done(self) -> int:
        """How much it has been trained, in steps of its own; 0 where nothing is learned."""
        return 0

    @property
    def learned(self) -> dict[str, Any]:
        """What that training has made, ready for JSON; the parameters are not part of it."""
        return {}

    def resume(self, learned: dict[str, Any]) -> None:
        """Go on from what was ``learned`` with the same parameters."""

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
    def summary(self) -> str:
        """The picture in words; also the image's alternative text."""
        with self.lock:
            return self.model().summary

    @property
    def state(self) -> dict[str, Any]:
        """All that is needed to make this explorer again, ready for JSON."""
        return self.parameter_values

    @property
    def parameter_values(self) -> dict[str, Any]:
        """The parameters alone, ready for JSON."""
        with self.lock:
            values = {name: getattr(self, name) for name in self._parameters()}
        return {k: list(v) if isinstance(v, tuple) else v for k, v in values.items()}

    @classmethod
    def from_state(cls, state: dict[str, Any]) -> Self:
        """Return a new explorer in the given state."""
        return cls(**state)

    def reset(self) -> None:
        """Return every parameter to the value that it started with."""
        for name in self._parameters():  # a text that was refused may stand in its control
            if name in self.controls:
                self._show_in_control(name, self.controls[name])
        self.error = None
        self.set_parameters(**self._start)

    def set_parameters(self, **parameters: Any) -> None:
        """Set several parameters and draw once. If one is refused, none is changed."""
        self._refuse_unknown(parameters)
        with self.lock, self.hold_trait_notifications():
            for name, value in parameters.items():
                setattr(self, name, value)

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

    # Controls -------------------------------------------------------------------------------

    def add_button(self, name: str, label: str, action: Callable[[], None], look: str = "") -> None:
        """Add a button that calls ``action``; a failure is shown, never swallowed.

        Its ``look``, one of ``play pause step epoch back restart reset``, gives it a sign and a
        place among the others.
        """
        button = widgets.Button(description=label, layout=widgets.Layout(width="auto"))
        if look:
            button.add_class(f"nnlib-{look}")
        button.on_click(lambda _: self._home.run_on_loop(lambda: self._act(name, action)))
        self.controls[name] = button

    def _act(self, name: str, action: Callable[[], None]) -> None:
        """Do what a button is for; where that changes nothing, say so."""
        self.notice = None
        self._forgive()
        before = self._as_seen
        with self._answering(f"“{self.controls[name].description}”", name):
            action()
            if self._as_seen == before:
                self._nothing = self._nothing_for(name)
                self.notice = self._nothing
        self.request_frame()

    @property
    def _as_seen(self) -> tuple[object, ...]:
        """What tells whether a press on a button has changed anything."""
        model = self.model()
        words = (model.summary, model.equation, self.notice, self.error)
        return (self.parameter_values, self.work_done, words, self._dom_classes)

    def _nothing_for(self, name: str) -> str:
        words = {"reset": AT_ITS_START, **self.nothing_to_do}
        return words.get(name, f"“{self.controls[name].description}” has nothing to change now.")

    def _more_is_shown(self) -> None:
        """Have controls and picture in view when the explorer has grown."""
        self._box.come_into_view("drawer")

    def _form_was_folded(self) -> None:
        """Draw what belongs to the form, and have all of it in view."""
        if self._form_row.is_unfolded:
            self._more_is_shown()
        self._home.run_on_loop(self.request_frame)

    def _add_control(self, name: str, parameter: Parameter) -> None:
        control = parameter.make_control()
        if control is None:
            return
        self._show_in_control(name, control)
        control.observe(lambda _change: self._control_moved(name), names="value")
        self.observe(lambda _change: self._show_in_control(name, control), names=name)
        self.controls[name] = control
        if parameter.written(getattr(self, name)) is not None:
            self.boxes[name] = NumberBox(
                lambda text: self._home.run_on_loop(lambda: self._number_typed(name, text))
            )

    def _show_idle(self) -> None:
        """Take controls without an effect out of use; pointed at, they say what they wait for."""
        idle = self.idle
        for name, control in self.controls.items():
            if control.has_trait("disabled") and control.disabled != (name in idle):
                when = f": {idle[name]}" if name in idle else ""
                control.tooltip = f"{control.description}{when}"
                control.disabled = name in idle
                if name in self.boxes:
                    self.boxes[name].disabled = name in idle

    def _companions(self) -> dict[str, widgets.Widget]:
        shown = {name: p for name, p in self._parameters().items() if name in self.controls}
        made = {name: self._companion(name, parameter) for name, parameter in shown.items()}
        return {name: companion for name, companion in made.items() if companion is not None}

    def _companion(self, name: str, parameter: Parameter) -> widgets.Widget | None:
        return parameter.make_companion(
            self.controls[name], lambda words: self._tell(Problem(words, name))
        )

    def _show_in_control(self, name: str, control: widgets.Widget) -> None:
        parameter, value = self._parameters()[name], getattr(self, name)
        parameter.prepare(control, self)  # a list that is new may move the value for a moment
        show_in_control(control, parameter.shown(value))

    def _control_moved(self, name: str) -> None:
        """Hand a control's move over to the loop: a callback never waits for a frame."""
        if name not in self._moved:
            self._moved.append(name)
        self._home.run_on_loop(self._take_over)

    def _take_over(self) -> None:
        """Set each parameter whose control has moved, in order, to what the control shows now."""
        while self._moved:
            name = self._moved.popleft()
            control, parameter = self.controls[name], self._parameters()[name]
            with self._answering(f"“{parameter.label}”", name):
                if not stands_at(control, parameter.shown(getattr(self, name))):
                    setattr(self, name, parameter.from_control(control.value))
                elif self._problem is not None and self._problem.control == name:
                    self._forgive()

    def _number_typed(self, name: str, text: str) -> None:
        """Take over a number that was typed; what is none is told of and does not stay."""
        parameter = self._parameters()[name]
        self._forgive()
        with self._answering(f"“{parameter.label}”", name):
            setattr(self, name, parameter.read(text))
        self._fill_boxes()

    def _fill_boxes(self) -> None:
        for name, box in self.boxes.items():
            box.show(self._parameters()[name].written(getattr(self, name)) or "")

    # The pointer ----------------------------------------------------------------------------

    def _pointer_moved(self, event: PointerEvent) -> None:
        """Hand an event to its hook; what belongs to no press on a handle is left aside."""
        with self._answering("That"):
            if event.action == "press":
                self._forgive()
                self._gesture = self._begin_gesture(event)
            if self._gesture is None or self._gesture.number != event.gesture:
                return
            at = self._gesture.point(event)
            if event.action == "release":
                self._gesture = None
            hooks = {"press": self.pointer_pressed, "drag": self.pointer_dragged}
            hooks.get(event.action, self.pointer_released)(at)

    def _key_pressed(self, key: str) -> None:
        self._forgive()
        with self._answering("That key"):
            self.key_pressed(key)

    def _begin_gesture(self, press: PointerEvent) -> Gesture | None:
        before = {name: getattr(self, name) for name in self._parameters()}
        for handle in handles_of(self.view):
            if handle.name == press.handle:
                return Gesture(handle, press, before)
        return None

    # From a change to a frame ---------------------------------------------------------------

    def _after_change(self, change: Any) -> None:
        self._forgive()
        if self._nothing and self.notice == self._nothing:  # now there may be something to do
            self.notice = None
        self._by_hand.changed(change.name)
        label = self._parameters()[change.name].label
        with self.lock, self._shown_failure(f"Changing “{label}”", self._answered):
            self.parameter_changed(change.name)
            self._show_idle()
            if self._form_row.show(self.open_form, self.form_words):
                self._more_is_shown()
        self.request_frame()

    def request_frame(self) -> None:
        """Ask for a frame of the newest state, from any thread; many requests make one frame."""
        self._schedule.request()

    def draw(self, settled: bool = True) -> None:
        """Draw the present state now, and send it; if that fails, the last good frame stays.

        To be called on the loop's own thread. Between two frames `request_frame` is enough.
        """
        with self.lock:
            if self._painter.closed:
                return
            try:
                self._fill_boxes()
                self._painter.paint(self.model(), settled)
            except Exception as failure:
                self._tell(problem_of("Drawing the picture", failure))
                self.live_figure.rest()

    def renew_view(self) -> None:
        """Make the view anew with the next frame; for what cannot be changed by an update."""
        self._painter.renew_view()

    def _make_live_figure(self) -> LiveFigure:
        return LiveFigure(
            *(self._screen_changed, self._pointer_moved, self._home),
            *(self.listens_to, self._key_pressed, self.words_folded),
        )

    def _screen_changed(self, screen: Screen) -> None:
        remember_screen(screen)
        if self._painter.use_screen(screen):
            self.request_frame()

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        self._box.expect_page()
        bundle = super()._repr_mimebundle_(**kwargs)
        if self._schedule.is_due:  # by an assignment in the cell that now shows the explorer
            self.draw()
        with self.lock:
            still = self._painter.still()
        bundle["image/png"] = base64.b64encode(still).decode("ascii")
        bundle["text/plain"] = self.summary
        return bundle

    # Failure is shown -----------------------------------------------------------------------

    @contextmanager
    def _answering(self, what: str, control: str | None = None) -> Iterator[None]:
        """Answer the learner under the lock; a failure is shown beside the control, if it is one.

        What follows from a change, such as `parameter_changed`, so knows what caused it.
        """
        with self.lock, self._by_hand.at_work():
            before, self._answered = self._answered, control
            try:
                with self._shown_failure(what, control):
                    yield
            finally:
                self._answered = before

    @contextmanager
    def _shown_failure(self, what: str, control: str | None = None) -> Iterator[None]:
        """Show an exception in the explorer: ipywidgets would swallow that of a button."""
        try:
            yield
        except Exception as failure:
            self._tell(problem_of(what, failure, control))

    def _tell(self, problem: Problem) -> None:
        """Let ``error`` tell of a problem, in place of the one before."""
        self.error = None
        self._problem = problem
        self.error = problem.words

    def _forgive(self) -> None:
        """Take the message away, unless a refused text, such as a table, still stands there."""
        name = None if self._problem is None else self._problem.control
        if name not in self._parameters() or stands_at(self.controls[name], getattr(self, name)):
            self.error = None

    @traitlets.observe("error", "notice")
    def _show_message(self, _change: Any) -> None:
        if self.error is None or self._problem is None or self._problem.words != self.error:
            self._problem = Problem(self.error) if self.error else None
        if self._remark is not None:
            self._remark.close()
            self._remark = None
        problem, name = self._problem, None if self._problem is None else self._problem.control
        if problem is not None and name is not None:
            control = self.controls[name]
            place = dict(places_in(self.children))[control]
            self._remark = Remark(problem, self.boxes.get(name, control), place)
            problem = None
        self._message.show(problem, self.notice)

    @classmethod
    def _parameters(cls) -> dict[str, Parameter]:
        return parameters_of(cls)

    @classmethod
    def _refuse_unknown(cls, parameters: dict[str, Any]) -> None:
        for name in parameters:
            if name not in cls._parameters():
                known = ", ".join(cls._parameters())
                raise TypeError(f"{cls.__name__} has no parameter {name!r}; it has {known}")
