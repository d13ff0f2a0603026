"""Where a prediction is drawn: a plane to click on, and boxes in which the same can be typed."""

from collections.abc import Callable, Sequence
from html import escape
from math import isfinite
from typing import Any

import ipywidgets as widgets

from nnlib.exercises.predictions.board_pointer import BoardPointer
from nnlib.exercises.predictions.drawing_gestures import after_click, after_drag
from nnlib.exercises.predictions.number_field import NumberField
from nnlib.exercises.predictions.sketch import Point, Sketch, read_points, write_number
from nnlib.exercises.predictions.sketch_picture import draw, point_under
from nnlib.widgets.typed_numbers import number_in

_WORDS = "margin: 2px 0; line-height: 1.4; max-width: 340px; color: var(--jp-ui-font-color1)"


class DrawingBoard(widgets.VBox):
    """A picture that answers to the pointer, and two boxes with numbers for each point.

    A line is drawn by a drag, or by a click on each of two points. The boxes hold what is drawn:
    the pointer writes into them, and the picture is drawn from them.

    Parameters
    ----------
    sketch : Sketch
        What is drawn on, and what is asked for.
    changed : callable
        Called when something else is drawn.
    entered : callable
        Called when Enter is pressed in a box.
    """

    def __init__(
        self,
        sketch: Sketch,
        changed: Callable[[], None] = lambda: None,
        entered: Callable[[], None] = lambda: None,
    ) -> None:
        self.sketch = sketch
        self._changed = changed
        self._answer: Sequence[Point] = ()  # what is so, as soon as it may be seen
        self._before: list[Point | None] = []  # what was marked when the pointer was pressed,
        self._start: Point | None = None  # and where that was
        self._how = widgets.HTML(f'<p style="{_WORDS}">{escape(sketch.how)}</p>')
        self._picture = widgets.HTML()
        self._picture.add_class("nnlib-board")
        self._boxes = [
            [_box(sketch, axis, k, entered) for axis in (0, 1)] for k in range(sketch.n_points)
        ]
        for box in (box for pair in self._boxes for box in pair):
            box.observe(self._box_changed, names="value")
        rows = [widgets.HBox(pair) for pair in self._boxes]
        super().__init__([self._picture, self._how, *rows, BoardPointer(self._pointed)])
        self._redraw()

    @property
    def value(self) -> str:
        """What is drawn as text, ``"(0, 1) and (1, 0)"``; empty while a box is empty."""
        typed = [[_tidy(box.value) for box in pair] for pair in self._boxes]
        if not all(x and y for x, y in typed):
            return ""
        return " and ".join(f"({x}, {y})" for x, y in typed)

    @value.setter
    def value(self, text: str) -> None:
        points = read_points(text)
        self._mark([points[k] if k < len(points) else None for k in range(len(self._boxes))])

    @property
    def disabled(self) -> bool:
        """Whether nothing can be drawn any more."""
        return self._boxes[0][0].disabled

    @disabled.setter
    def disabled(self, disabled: bool) -> None:
        for box in (box for pair in self._boxes for box in pair):
            box.disabled = disabled
        self._how.layout.display = "none" if disabled else None

    def show_answer(self, answer: str) -> None:
        """Draw what is so beside what is predicted; an empty text takes it away again."""
        self._answer = read_points(answer)
        self._redraw()

    @property
    def _points(self) -> list[Point]:
        """The points whose two numbers are there."""
        return [point for point in self._marked if point is not None]

    @property
    def _marked(self) -> list[Point | None]:
        """Each point, or None where one of its two numbers is missing."""
        points = [(number_in(x.value), number_in(y.value)) for x, y in self._boxes]
        return [point if isfinite(sum(point)) else None for point in points]

    def _box_changed(self, _change: Any) -> None:
        self._redraw()
        self._changed()

    def _redraw(self) -> None:
        self._picture.value = draw(self.sketch, self._points, self._answer)

    def _pointed(self, x: float, y: float, pressed: bool) -> None:
        """Mark the point that is clicked on; draw the line along which the pointer is dragged."""
        if self.disabled:
            return
        at = self.sketch.nearest(point_under(self.sketch, x, y))
        if pressed:
            self._before, self._start = self._marked, at
            self._mark(after_click(self.sketch, self._before, at))
        elif self._start is not None:
            self._mark(after_drag(self.sketch, self._before, self._start, at))

    def _mark(self, points: Sequence[Point | None]) -> None:
        """Write points into the boxes."""
        for pair, point in zip(self._boxes, points, strict=True):
            for axis, box in enumerate(pair):
                box.value = "" if point is None else write_number(point[axis])


def _tidy(text: str) -> str:
    """Return a number as all numbers are written; what is none stays as it is typed."""
    number = number_in(text)
    return write_number(number) if isfinite(number) else text.strip()


def _box(sketch: Sketch, axis: int, k: int, entered: Callable[[], None]) -> NumberField:
    """Return the box for one number of point ``k``."""
    name = sketch.names[axis] + (f" of point {k + 1}" if sketch.n_points > 1 else "")
    return NumberField(f"{escape(name)}:", "190px", entered)
