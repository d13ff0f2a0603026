"""Parameters of an explorer: one line declares the trait and the control that moves it.

``w1 = Number(1.0, low=-5, high=5, step=0.1, label="w₁ weight")`` in an explorer's class makes
``explorer.w1`` (checked on every assignment) and a slider in ``explorer.controls["w1"]``.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import ipywidgets as widgets
import numpy as np
import traitlets

from nnlib.explorers.controls.drop_down import DropDown
from nnlib.explorers.controls.number_box import written
from nnlib.explorers.controls.refusals import Refused, as_typed
from nnlib.explorers.controls.slider_stops import (
    OpenLogSlider,
    OpenSlider,
    UnevenSlider,
    show_in_control,
    stands_at,
)
from nnlib.widgets.typed_numbers import number_in

# Ten numbers that multiply by nearly the same from 1 to 10: Renard's preferred numbers (ISO 3).
_ROUND = (1, 1.25, 1.6, 2, 2.5, 3.2, 4, 5, 6.3, 8)
CONTROL_WIDTH = "288px"  # three in a row of an explorer's full width, two on a 1024-pixel screen
_LABEL_STYLE = {"description_width": "108px"}


class Parameter(traitlets.TraitType):
    """A trait that is part of an explorer's state and may have a control.

    Parameters
    ----------
    default : Any
        The value that the explorer starts with.
    label : str
        What the control is called: the symbol, then the word, as in ``"w₁ weight"``.
    """

    def __init__(self, default: Any, *, label: str = "", **kwargs: Any) -> None:
        super().__init__(default, **kwargs)
        self.label = label

    def set(self, obj: Any, value: Any) -> None:
        """Assign under the explorer's lock: a callback may come on another thread meanwhile."""
        with obj.lock:
            super().set(obj, value)

    def refuse(self, value: object, expected: str) -> None:
        """Raise a `traitlets.TraitError` that names the parameter, the value and the remedy."""
        raise Refused(
            f"{self.name} is {value!r}, but it must be {expected}.",
            f"{as_typed(value)} does not fit “{self.label}”: it must be {expected}.",
        )

    def make_control(self) -> widgets.Widget | None:
        """Return a new control for this parameter, or None if it has none."""
        return None

    def make_companion(
        self, control: widgets.Widget, tell: Callable[[str], None]
    ) -> widgets.Widget | None:
        """Return what stands beside the control and moves it, or None.

        ``tell`` tells the learner of a problem in words, beside the control.
        """
        return None

    def from_control(self, shown: Any) -> Any:
        """Return the value that a control means when it shows ``shown``."""
        return shown

    def shown(self, value: Any) -> Any:
        """Return what a control shows for ``value``: the other way round."""
        return value

    def written(self, value: Any) -> str | None:
        """Return the text of a number in the box to type in; None if there is no such box."""
        return None

    def read(self, text: str, label: str) -> float:
        """Return the number that was typed into the box ``label``; refuse what is none."""
        number = number_in(text)
        if math.isnan(number):
            typed = f"{as_typed(text)} is not a number" if text.strip() else "The box is empty"
            raise Refused(
                f"{self.name} is {text!r}, but it must be a finite number.",
                f"{typed}. “{label}” takes a finite number alone, such as 0.25.",
            )
        return number

    def prepare(self, control: widgets.Widget, explorer: Any) -> None:
        """Bring the control up to date with the explorer; called before a value is shown in it."""

    def show_in(self, control: widgets.Widget, explorer: Any) -> None:
        """Move the control to the explorer's value, unless it stands there."""
        self.prepare(control, explorer)
        show_in_control(control, self.shown(getattr(explorer, str(self.name))))

    def stands_in(self, control: widgets.Widget, explorer: Any) -> bool:
        """Say whether the control stands where the explorer's value puts it."""
        return stands_at(control, self.shown(getattr(explorer, str(self.name))))

    def _control(self, kind: type[widgets.Widget], **traits: Any) -> widgets.Widget:
        traits = {"layout": {"width": CONTROL_WIDTH}, **traits}
        return kind(description=self.label, tooltip=self.label, style=_LABEL_STYLE, **traits)

    def _slider(self, kind: type[widgets.Widget], **traits: Any) -> widgets.Widget:
        """Return a slider that leaves room for the box to type in."""
        layout = {"flex": "1 1 0%", "width": "auto", "min_width": "0"}
        return self._control(kind, readout=False, layout=layout, **traits)


class Number(Parameter):
    """Any finite number. The slider runs from ``low`` to ``high``; the box takes any.

    ``stops`` are where the slider can stand, if that is not every ``step``.
    """

    def __init__(
        self,
        default: float,
        *,
        low: float,
        high: float,
        step: float = 0.1,
        label: str,
        stops: Sequence[float] = (),
    ) -> None:
        super().__init__(default, label=label)
        self.low, self.high, self.step, self.stops = low, high, step, tuple(stops)

    def validate(self, obj: Any, value: Any) -> float:
        """Return ``value`` as a float; refuse text, NaN and infinity."""
        number = _as_float(value)
        if not math.isfinite(number):
            self.refuse(value, "a finite number")
        return number

    def nearest(self, value: float) -> float:
        """Return the slider's stop next to ``value``: what a pointer may set."""
        stop = self.low + round((value - self.low) / self.step) * self.step
        return round(min(max(stop, self.low), self.high), 9)

    def make_control(self) -> widgets.Widget:
        """Return a slider whose value can be dragged or stepped with the arrow keys."""
        ends = {"min": self.low, "max": self.high, "step": self.step}
        if self.stops:
            return self._slider(UnevenSlider, stops=self.stops, **ends)
        return self._slider(OpenSlider, **ends)

    def from_control(self, shown: float) -> float:
        """Return the slider's value without what adding up steps has left behind: 1.1000000001."""
        return round(shown, 9)

    def written(self, value: float) -> str:
        """Return the value as typed, or with as many decimals as the slider's step."""
        return written(value, decimals=2 if self.step < 0.1 else 1)


class Limited(Number):
    """A number from ``low`` to ``most``; the slider goes from ``low`` to ``high``."""

    def __init__(self, default: float, *, most: float, **slider: Any) -> None:
        super().__init__(default, **slider)
        self.most = most

    def validate(self, obj: Any, value: Any) -> float:
        """Return ``value`` as a float; refuse what is outside the limits."""
        given = super().validate(obj, value)
        if not self.low <= given <= self.most:
            self.refuse(value, f"a number from {written(self.low)} to {written(self.most)}")
        return given

    def written(self, value: float) -> str:
        """Return the value as typed."""
        return written(value)


class Positive(Parameter):
    """A finite number above zero, on a slider with a logarithmic scale."""

    def __init__(self, default: float, *, low: float, high: float, label: str) -> None:
        super().__init__(default, label=label)
        self.low, self.high = low, high

    def validate(self, obj: Any, value: Any) -> float:
        """Return ``value`` as a float; refuse text, NaN, infinity, zero and less."""
        number = _as_float(value)
        if not (math.isfinite(number) and number > 0):
            self.refuse(value, "a finite number greater than 0")
        return number

    def make_control(self) -> widgets.Widget:
        """Return a slider that multiplies: ten steps from one power of ten to the next."""
        low, high = math.log10(self.low), math.log10(self.high)
        return self._slider(OpenLogSlider, min=low, max=high, step=0.1)

    def from_control(self, shown: float) -> float:
        """Return the round number at the slider's stop: 0.1, 0.125, 0.16, 0.2, 0.25, and so on."""
        power, tenth = divmod(round(10 * math.log10(shown)), 10)
        return float(f"{_ROUND[tenth]}e{power}")

    def written(self, value: float) -> str:
        """Return the value as typed."""
        return written(value)


class Whole(Parameter):
    """A whole number from ``low`` to ``high``."""

    def __init__(self, default: int, *, low: int, high: int, label: str) -> None:
        super().__init__(default, label=label)
        self.low, self.high = low, high

    def validate(self, obj: Any, value: Any) -> int:
        """Return ``value`` as an int; refuse fractions and numbers outside the range."""
        number = _as_float(value)
        if not (number.is_integer() and self.low <= number <= self.high):
            self.refuse(value, f"a whole number from {self.low} to {self.high}")
        return int(number)

    def make_control(self) -> widgets.Widget:
        """Return a slider with whole steps."""
        return self._slider(widgets.IntSlider, min=self.low, max=self.high)

    def written(self, value: int) -> str:
        """Return the whole number."""
        return written(value)


class Choice(Parameter):
    """One of a few values; ``options`` are the values, or pairs (what is shown, value).

    A function as ``options`` is asked anew each time: what can be chosen may grow.
    """

    def __init__(
        self, default: Any, *, options: Sequence[Any] | Callable[[], Sequence[Any]], label: str
    ) -> None:
        super().__init__(default, label=label)
        self._options = options

    @property
    def options(self) -> tuple[Any, ...]:
        """What is offered at present."""
        return tuple(self._options() if callable(self._options) else self._options)

    @property
    def values(self) -> tuple[Any, ...]:
        """The values that may be chosen."""
        return tuple(o[1] if isinstance(o, tuple) else o for o in self.options)

    def validate(self, obj: Any, value: Any) -> Any:
        """Return the known value that equals ``value``; refuse any other and list the known."""
        for known in self.values:
            if type(known) is type(value) and known == value:
                return known
        self.refuse(value, "one of " + ", ".join(repr(known) for known in self.values))
        return None  # never reached: refuse raises

    def make_control(self) -> widgets.Widget:
        """Return a drop-down list."""
        return self._control(DropDown, options=self.options)


class Switch(Parameter):
    """On or off."""

    def __init__(self, default: bool, *, label: str) -> None:
        super().__init__(default, label=label)

    def validate(self, obj: Any, value: Any) -> bool:
        """Return ``value``; refuse anything but True and False."""
        if not isinstance(value, bool):
            self.refuse(value, "True or False")
        return bool(value)

    def make_control(self) -> widgets.Widget:
        """Return a tick box."""
        return self._control(widgets.Checkbox, indent=False)


class Text(Parameter):
    """A line of text, in a box to type in; it counts when the learner presses Enter or leaves."""

    def __init__(self, default: str, *, label: str, longest: int = 60) -> None:
        super().__init__(default, label=label)
        self.longest = longest

    def validate(self, obj: Any, value: Any) -> str:
        """Return ``value``; refuse what is no text, or too long."""
        if not isinstance(value, str) or len(value) > self.longest:
            self.refuse(value, f"a text of at most {self.longest} characters")
        return str(value)

    def make_control(self) -> widgets.Widget:
        """Return a box to type in."""
        return self._control(widgets.Text, continuous_update=False)


class Vector(Parameter):
    """A fixed number of finite numbers, kept as a tuple of floats. It has no control of its own."""

    def __init__(self, default: Iterable[float]) -> None:
        super().__init__(tuple(float(value) for value in default))

    def length(self, obj: Any) -> int:
        """Return how many numbers there must be."""
        return len(self.default_value)

    def validate(self, obj: Any, value: Any) -> tuple[float, ...]:
        """Return ``value`` as a tuple; refuse another length, text, NaN and infinity."""
        length = self.length(obj)
        try:
            numbers = tuple(_as_float(item) for item in value)
        except TypeError:
            numbers = ()
        if len(numbers) != length or not all(math.isfinite(number) for number in numbers):
            self.refuse(value, f"a sequence of {length} finite numbers")
        return numbers


class Values(Parameter):
    """Any number of finite numbers, kept as a tuple of floats. It has no control of its own."""

    def __init__(self) -> None:
        super().__init__(())

    def validate(self, obj: Any, value: Any) -> tuple[float, ...]:
        """Return ``value`` as a tuple; refuse text, NaN, infinity and what is no sequence."""
        try:
            numbers = tuple(_as_float(item) for item in np.ravel(value).tolist())
        except (TypeError, ValueError):
            numbers = (math.nan,)
        if not all(math.isfinite(number) for number in numbers):
            self.refuse(value, "a sequence of finite numbers")
        return numbers


def _as_float(value: object) -> float:
    """Return ``value`` as a float, or NaN if it is no number (bool and text included)."""
    if isinstance(value, (bool, str, bytes)):
        return math.nan
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return math.nan


def parameters_of(explorer_class: type) -> Mapping[str, Parameter]:
    """Return the parameters that a class declares, in the order of their declaration."""
    found: dict[str, Parameter] = {}
    for base in reversed(explorer_class.__mro__):
        found.update({k: v for k, v in vars(base).items() if isinstance(v, Parameter)})
    return MappingProxyType(found)
