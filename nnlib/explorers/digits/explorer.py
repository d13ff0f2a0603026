"""`DigitExplorer`: draw a digit, and watch the ten outputs of a network move."""

from collections.abc import Sequence
from typing import Any, ClassVar, Self

import numpy as np

from nnlib import Network
from nnlib.explorers.controls.parameters import Choice, Number, Parameter, Switch
from nnlib.explorers.digits.digit_network import checked, trained_on_digits
from nnlib.explorers.digits.model import MINE, PEN_AT_START, DigitModel, Strokes
from nnlib.explorers.digits.view import DigitsView
from nnlib.explorers.engine.explorer import Explorer
from nnlib.explorers.engine.pointer import Point
from nnlib.storage import file_from_text, saved_as_text

MOST_PLACES = 1000  # of all strokes together; what is drawn beyond is left out
CLOSE = 0.01  # a place so close to the last one tells nothing new
KEY_STEP = 0.05
ARROWS = {
    "ArrowLeft": ("pen_across", -KEY_STEP),
    "ArrowRight": ("pen_across", KEY_STEP),
    "ArrowDown": ("pen_up", -KEY_STEP),
    "ArrowUp": ("pen_up", KEY_STEP),
}


class Drawing(Parameter):
    """Strokes, each a sequence of places from (0, 0) to (1, 1). It has no control of its own."""

    def validate(self, obj: Any, value: Any) -> Strokes:
        """Return the strokes as tuples; refuse what are no pairs of finite numbers."""
        expected = "a sequence of strokes, each one or more pairs of finite numbers"
        try:
            strokes = tuple(tuple((float(x), float(y)) for x, y in stroke) for stroke in value)
        except (TypeError, ValueError, OverflowError):
            self.refuse(value, expected)
        if not all(stroke and np.isfinite(stroke).all() for stroke in strokes):
            self.refuse(value, expected)
        return strokes


class DigitExplorer(Explorer):
    """Draw a digit; it is brought to the form of the data, and a network answers.

    Draw with the pointer. Or click on the picture and use the keyboard: the arrow keys move
    the pen, the space bar puts it down and lifts it, Backspace takes the last stroke back.

    Parameters
    ----------
    network : Network, optional
        64 inputs and 10 softmax outputs. Default: one that is trained when it is first needed.
    strokes : sequence of strokes
        What is drawn: each stroke a sequence of places, (0, 0) at the bottom left to (1, 1).
    sample : "mine" or int
        The drawing; or, in its place, a digit from the data, 0 to 9.
    fitted : bool
        Whether the drawing is scaled and centred as the data were.
    pen_across, pen_up, pen_down : float, float, bool
        The pen of the keyboard.
    """

    strokes = Drawing((), label="drawing")
    sample = Choice(
        MINE,
        options=[("my drawing", MINE), *((f"a written {digit}", digit) for digit in range(10))],
        label="picture",
    )
    fitted = Switch(True, label="scale and centre")
    pen_across = Number(PEN_AT_START[0], low=0, high=1, step=KEY_STEP, label="pen across")
    pen_up = Number(PEN_AT_START[1], low=0, high=1, step=KEY_STEP, label="pen up")
    pen_down = Switch(False, label="pen is down")

    opens_with = ("sample", "fitted")
    listens_to = (*ARROWS, " ", "Backspace")
    View = DigitsView

    def __init__(
        self,
        network: Network | None = None,
        show: Sequence[str] | None = None,
        **parameters: Any,
    ) -> None:
        self._own_network = network
        self.network = trained_on_digits() if network is None else checked(network)
        super().__init__(show, **parameters)

    def add_buttons(self) -> None:
        """Add Undo and Clear."""
        self.add_button("undo", "Undo stroke", self.undo)
        self.add_button("clear", "Clear", self.clear)

    nothing_to_do: ClassVar = dict.fromkeys(
        ("undo", "clear"), "Nothing is drawn yet: draw a digit on the paper at the left."
    )

    def undo(self) -> None:
        """Take the last stroke back."""
        self.set_parameters(strokes=self.strokes[:-1], pen_down=False)

    def clear(self) -> None:
        """Take all strokes back."""
        self.set_parameters(strokes=(), sample=MINE, pen_down=False)

    @property
    def idle(self) -> dict[str, str]:
        """What is done to a drawing, where there is none or another picture is shown."""
        drawn = self.strokes and self.sample == MINE
        return {} if drawn else {"fitted": "has an effect on my drawing"}

    def model(self) -> DigitModel:
        """Return the network's answer to what is drawn."""
        pen = (self.pen_across, self.pen_up)
        return DigitModel(self.network, self.strokes, self.sample, self.fitted, pen, self.pen_down)

    # Drawing --------------------------------------------------------------------------------

    def pointer_pressed(self, at: Point) -> None:
        """Begin a stroke."""
        self._begin_stroke(at.x, at.y)

    def pointer_dragged(self, at: Point) -> None:
        """Draw on, along all places where the pointer was."""
        self._draw_on([*at.trail, (at.x, at.y)])

    def key_pressed(self, key: str) -> None:
        """Move the pen, put it down or lift it, or take a stroke back."""
        if key in ARROWS:
            name, step = ARROWS[key]
            setattr(self, name, DigitExplorer.pen_up.nearest(getattr(self, name) + step))
        elif key == " ":
            self.pen_down = not self.pen_down
        else:
            self.undo()

    def parameter_changed(self, name: str) -> None:
        """Let the keyboard's pen draw while it is down."""
        if name in ("pen_across", "pen_up") and self.pen_down:
            self._draw_on([(self.pen_across, self.pen_up)])
        elif name == "pen_down" and self.pen_down:
            self._begin_stroke(self.pen_across, self.pen_up)

    def _begin_stroke(self, x: float, y: float) -> None:
        if sum(map(len, self.strokes)) < MOST_PLACES:
            self.set_parameters(strokes=(*self.strokes, (_on_paper(x, y),)), sample=MINE)

    def _draw_on(self, places: Sequence[tuple[float, float]]) -> None:
        if not self.strokes:
            return
        stroke = list(self.strokes[-1])
        room = MOST_PLACES - sum(map(len, self.strokes))
        for place in [_on_paper(*place) for place in places][: max(room, 0)]:
            if np.hypot(*np.subtract(place, stroke[-1])) >= CLOSE:
                stroke.append(place)
        self.strokes = (*self.strokes[:-1], tuple(stroke))

    # State ----------------------------------------------------------------------------------

    @property
    def state(self) -> dict[str, Any]:
        """The parameters, and the network if it is one's own."""
        if self._own_network is None:
            return super().state
        return {**super().state, "network": saved_as_text(self.network)}

    @classmethod
    def from_state(cls, state: dict[str, Any]) -> Self:
        """Return a new explorer in the given state."""
        parameters = cls._checked_state(state)
        saved = parameters.pop("network", None)
        network = None if saved is None else Network.load(file_from_text(saved))
        return cls(network, **parameters)

    def reset(self) -> None:
        """Return every parameter to the value that it started with."""
        self.pen_down = False  # or the pen would draw on its way back
        super().reset()
        self.strokes = self.start_values["strokes"]  # a pen that started down has made a dot


def _on_paper(x: float, y: float) -> tuple[float, float]:
    return round(min(max(x, 0.0), 1.0), 3), round(min(max(y, 0.0), 1.0), 3)
