"""Where a prediction is drawn: a plane to click on, and boxes in which the same can be typed."""

from collections.abc import Callable, Sequence
from html import escape
from math import isfinite
from typing import Any

import ipywidgets as widgets

from nnlib.exercises.board_pointer import BoardPointer
from nnlib.exercises.number_field import NumberField
from nnlib.exercises.numbers_typed import number_in
from nnlib.exercises.sketch import Point, Sketch, read_points, write_number
from nnlib.exercises.sketch_picture import draw, point_under


class DrawingBoard(widgets.VBox):
    """A picture that answers to the pointer, and two boxes with numbers for each point.

    The boxes hold what is drawn: a click writes into them, and the picture is drawn from them.

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
        self._active = 0  # the point that a drag moves
        self._picture = widgets.HTML()
        self._picture.add_class("nnlib-board")
        self._boxes = [
            [_box(sketch, axis, k, entered) for axis in (0, 1)] for k in range(sketch.n_points)
        ]
        for box in (box for pair in self._boxes for box in pair):
            box.observe(self._box_changed, names="value")
        rows = [widgets.HBox(pair) for pair in self._boxes]
        super().__init__([self._picture, *rows, BoardPointer(self._pointed)])
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
        for k, pair in enumerate(self._boxes):
            self._put(pair, points[k] if k < len(points) else None)

    @property
    def disabled(self) -> bool:
        """Whether nothing can be drawn any more."""
        return self._boxes[0][0].disabled

    @disabled.setter
    def disabled(self, disabled: bool) -> None:
        for box in (box for pair in self._boxes for box in pair):
            box.disabled = disabled

    def show_answer(self, answer: str) -> None:
        """Draw what is so beside what is predicted; an empty text takes it away again."""
        self._answer = read_points(answer)
        self._redraw()

    @property
    def _points(self) -> list[Point]:
        """The points whose two numbers are there."""
        points = [(number_in(x.value), number_in(y.value)) for x, y in self._boxes]
        return [point for point in points if isfinite(sum(point))]

    def _box_changed(self, _change: Any) -> None:
        self._redraw()
        self._changed()

    def _redraw(self) -> None:
        self._picture.value = draw(self.sketch, self._points, self._answer)

    def _pointed(self, x: float, y: float, pressed: bool) -> None:
        """Mark the point that is clicked on, or move it on."""
        if self.disabled:
            return
        at = self.sketch.nearest(point_under(self.sketch, x, y))
        if pressed:
            self._active = self._point_for(at)
        self._put(self._boxes[self._active], at)

    def _point_for(self, at: Point) -> int:
        """Return which point a press means: one that is still missing, or else the nearest."""
        for k, pair in enumerate(self._boxes):
            if not all(isfinite(number_in(box.value)) for box in pair):
                return k
        return min(
            range(len(self._boxes)),
            key=lambda k: abs(self._points[k][0] - at[0]) + abs(self._points[k][1] - at[1]),
        )

    def _put(self, pair: list[widgets.Text], point: Point | None) -> None:
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
