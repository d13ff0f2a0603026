"""What an explorer is, whatever draws it: parameters, their state, and what its author writes.

`Explorer` adds controls, frames and messages. The parts of the engine know an explorer by this
class.
"""

import threading
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, ClassVar, Self

import ipywidgets as widgets
import traitlets
from matplotlib.figure import Figure

from nnlib.explorers.controls.number_box import NumberBox
from nnlib.explorers.controls.parameters import Parameter, parameters_of
from nnlib.explorers.engine.painter import FigureView, Model
from nnlib.explorers.engine.pointer import Point
from nnlib.plots.palette import Palette
from nnlib.printed import Code, Words


class AbstractExplorer(widgets.VBox):
    """Parameters, and hooks that say what depends on them; each hook has a default.

    Attributes
    ----------
    lock : reentrant lock
        Held while the state changes or is drawn.
    at_hand : tuple of str
        The names of the controls that no drawer has to be opened for.
    controls : dict of str to Widget
        The controls and buttons, by name.
    boxes : dict of str to NumberBox
        The boxes to type a slider's number in, by the slider's name.
    start_values : dict
        The parameters as they were when it was made.
    """

    View: ClassVar[type[FigureView]]
    opens_with: ClassVar[tuple[str, ...]] = ()
    groups: ClassVar[Mapping[str, Sequence[str]]] = {}  # drawers for the rest, if it is a lot
    listens_to: ClassVar[tuple[str, ...]] = ()  # keys for `key_pressed`, such as "ArrowUp"
    form: ClassVar[tuple[str, ...]] = ()  # controls in a row of their own; see `form_is_open`
    folded_form: ClassVar[tuple[str, ...]] = ()  # those of it that wait behind a button
    form_button: ClassVar[str] = "More"  # what stands on it
    in_threes: ClassVar[bool] = False  # the controls to open with stand in three columns
    words_folded: ClassVar[bool] = False  # the summary, where the picture shows all that it says
    nothing_to_do: ClassVar[Mapping[str, str]] = {}  # what is said of a button that changes nothing

    error = traitlets.Unicode(None, allow_none=True, help="what went wrong in a callback, or None")
    notice = traitlets.Unicode(None, allow_none=True, help="such as why it paused, or None")

    declared_parameters: ClassVar[Mapping[str, Parameter]] = {}  # those of the class, by name

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        cls.declared_parameters = parameters_of(cls)

    def __init__(self, show: Sequence[str] | None = None, **parameters: Any) -> None:
        self._refuse_unknown(parameters)
        self.lock = threading.RLock()
        self.at_hand = tuple(self.opens_with if show is None else show)
        self.controls: dict[str, widgets.Widget] = {}
        self.boxes: dict[str, NumberBox] = {}
        super().__init__(**parameters)
        self.start_values = {name: getattr(self, name) for name in self.declared_parameters}

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

    @property
    def appearance(self) -> tuple[object, ...]:
        """What a press on a button may change: where all is as before, a sentence says so."""
        model = self.model()
        words = (model.summary, model.equation, self.notice, self.error)
        return (self.parameter_values, self.work_done, words, self._dom_classes)

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

    # What the engine adds -------------------------------------------------------------------

    @property
    def view(self) -> FigureView:
        """The artists on the figure that is drawn now."""
        raise NotImplementedError

    def request_frame(self) -> None:
        """Ask for a frame of the newest state."""
        raise NotImplementedError

    def one_deed(self) -> AbstractContextManager[None]:
        """Hold the lock, and let what changes meanwhile make one frame."""
        raise NotImplementedError

    def come_into_view(self) -> None:
        """Have controls and picture in view when the explorer has grown."""
        raise NotImplementedError

    # The state ------------------------------------------------------------------------------

    @property
    def summary(self) -> str:
        """The picture in words; also the image's alternative text."""
        with self.lock:
            return Words(self.model().summary)

    @property
    def state(self) -> dict[str, Any]:
        """All that is needed to make this explorer again, ready for JSON."""
        return self.parameter_values

    @property
    def parameter_values(self) -> dict[str, Any]:
        """The parameters alone, ready for JSON."""
        with self.lock:
            values = {name: getattr(self, name) for name in self.declared_parameters}
        return {k: list(v) if isinstance(v, tuple) else v for k, v in values.items()}

    @classmethod
    def from_state(cls, state: dict[str, Any]) -> Self:
        """Return a new explorer in the given state.

        Raises
        ------
        TypeError
            If it is no dict, or a parameter is unknown.
        traitlets.TraitError
            If a value does not fit its parameter.
        ValueError
            If what was learned or trained is not as `state` gave it.
        """
        return cls(**cls._checked_state(state))

    @classmethod
    def _checked_state(cls, state: dict[str, Any]) -> dict[str, Any]:
        """Return a copy of a state; refuse what cannot be one."""
        if not isinstance(state, Mapping) or not all(isinstance(name, str) for name in state):
            raise TypeError(
                f"{cls.__name__}.from_state needs a dict that {cls.__name__}.state gave, "
                f"got a {type(state).__name__}."
            )
        return dict(state)

    @property
    def usual_values(self) -> dict[str, Any]:
        """The values that parameters have where nobody has said anything of them."""
        return {name: each.default_value for name, each in self.declared_parameters.items()}

    @property
    def besides_parameters(self) -> dict[str, Any]:
        """What else is in the state, as briefly as `from_state` understands it."""
        return {k: v for k, v in self.state.items() if k not in self.declared_parameters}

    @property
    def brief_state(self) -> dict[str, Any]:
        """The state without what a new explorer has anyway, as `from_state` understands it."""
        with self.lock:
            values, usual = self.parameter_values, self.usual_values
            told = {name: values[name] for name in values if getattr(self, name) != usual[name]}
            return told | self.besides_parameters

    def share(self) -> Code:
        """Return the code that gives everybody an explorer in this very state.

        It names only what a new explorer has not anyway, so it is short enough to be projected.

        Examples
        --------
        >>> from nnlib.explorers import NeuronExplorer
        >>> explorer = NeuronExplorer(data="xor")
        >>> explorer.bias = -0.5
        >>> explorer.share()
        from nnlib.explorers import NeuronExplorer
        NeuronExplorer(data='xor', bias=-0.5)
        >>> explorer.close()
        """
        kind, state = type(self).__name__, self.brief_state
        if state.keys() <= self.declared_parameters.keys():
            call = f"{kind}({', '.join(f'{name}={value!r}' for name, value in state.items())})"
        else:
            call = f"{kind}.from_state({state!r})"
        return Code(f"from nnlib.explorers import {kind}\n{call}")

    def reset(self) -> None:
        """Return every parameter to the value that it started with."""
        self.set_parameters(**self.start_values)

    def set_parameters(self, **parameters: Any) -> None:
        """Set several parameters and draw once. If one is refused, none is changed."""
        self._refuse_unknown(parameters)
        with self.one_deed(), self.hold_trait_notifications():
            for name, value in parameters.items():
                setattr(self, name, value)

    @classmethod
    def _refuse_unknown(cls, parameters: Iterable[str]) -> None:
        for name in parameters:
            if name not in cls.declared_parameters:
                known = ", ".join(cls.declared_parameters)
                raise TypeError(f"{cls.__name__} has no parameter {name!r}; it has {known}")
