"""Pointing at the picture: what in it answers to the pointer, and where the pointer is.

The view knows where its artists are, so it says which parts can be grabbed or clicked: its
*handles*. They travel to the page with each frame. The page finds the handle under the pointer,
shows its cursor, and names it in all that it sends; so a press always means what was seen.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from nnlib.plots.words.text import Table

ACTIONS = ("press", "drag", "release")


@dataclass(frozen=True)
class Handle:
    """A part of the picture that answers to the pointer.

    Parameters
    ----------
    name : str
        What is grabbed or clicked; the explorer's hooks find it in `Point.handle`. Handles of one
        name must share their axes.
    axes : Axes
        Whose data coordinates count.
    outline : array_like (n, 2)
        One point is a spot, several are a line. If it is filled: two opposite corners of a box.
    cursor : str
        The CSS cursor over it: ``grab``, ``ns-resize``, ``crosshair``, ``pointer``.
    draggable : bool
        If not, a click is all that it answers to, and a finger on it still scrolls the page.
    filled : bool
        Whether the inside of the box counts.
    reach : float
        How far beyond the outline the pointer still hits, in CSS pixels; a finger twice as far.
    """

    name: str
    axes: Axes
    outline: ArrayLike
    cursor: str = "grab"
    draggable: bool = True
    filled: bool = False
    reach: float = 7.0

    @cached_property
    def for_page(self) -> dict[str, Any]:
        """The handle for the page, its outline in fractions of the figure.

        Found once: where the axes' limits change, a view makes its handles anew.
        """
        pixels = self.axes.transData.transform(np.reshape(self.outline, (-1, 2)))
        fractions = self.axes.figure.transFigure.inverted().transform(pixels)
        return {
            "name": self.name,
            "outline": np.round(fractions, 4).tolist(),
            "cursor": self.cursor,
            "draggable": self.draggable,
            "filled": self.filled,
            "reach": self.reach,
        }

    def locate(self, x: float, y: float) -> tuple[float, float]:
        """Return the data coordinates of a place that is given in fractions of the figure."""
        pixels = self.axes.figure.transFigure.transform((x, y))
        data_x, data_y = self.axes.transData.inverted().transform(pixels)
        return float(data_x), float(data_y)


def whole_of(name: str, axes: Axes, cursor: str) -> Handle:
    """Return the handle that all of ``axes`` is: to click on, not to drag."""
    corners = np.transpose([axes.get_xlim(), axes.get_ylim()])
    return Handle(name, axes, corners, cursor, draggable=False, filled=True, reach=0.0)


def rows_of(table: Table, names: Iterable[str]) -> list[Handle]:
    """Return the handles of a table's first rows, under these names: to click on, not to drag."""
    return [
        Handle(name, table.ax, box, "pointer", draggable=False, filled=True, reach=0.0)
        for name, box in zip(names, table.boxes, strict=False)
    ]


def row_clicked(at: "Point") -> int | None:
    """Return the number in a handle's name, ``"row 2"`` or ``"point 2"``; None if it has none."""
    kind, _, number = at.handle.partition(" ")
    return int(number) if kind in ("row", "point") and number else None


@dataclass(frozen=True)
class PointerEvent:
    """What the page tells: x from the left and y from the bottom, as fractions of the figure."""

    action: str  # "press", "drag" or "release"
    gesture: float  # the same from a press to its release
    handle: str
    x: float
    y: float
    shift: bool
    trail: tuple[tuple[float, float], ...] = ()  # where it was since the last event, oldest first


def read_pointer_event(message: Mapping[str, Any]) -> PointerEvent | None:
    """Return the event in a message from the page, or None if it is none."""
    known = {part.name: message.get(part.name) for part in fields(PointerEvent)}
    known["trail"] = tuple(map(tuple, known["trail"] or ()))
    event = PointerEvent(**known)  # type: ignore
    numbers = (event.gesture, event.x, event.y, *(n for place in event.trail for n in place))
    sound = (
        event.action in ACTIONS
        and all(type(n) in (int, float) and math.isfinite(n) for n in numbers)
        and isinstance(event.handle, str)
        and isinstance(event.shift, bool)
    )
    return event if sound else None


@dataclass(frozen=True)
class Point:
    """Where the pointer is, in the data coordinates of the handle's axes."""

    handle: str
    x: float
    y: float
    shift: bool
    moved: tuple[float, float]  # how far since it was pressed
    before: Mapping[str, Any] = field(repr=False)  # the parameters when it was pressed
    trail: tuple[tuple[float, float], ...] = ()  # where it was since it was last told of


class Gesture:
    """A press and what follows it until the release.

    Parameters
    ----------
    handle : Handle
        What was pressed.
    press : PointerEvent
        How it began.
    before : mapping
        The explorer's parameters at that moment.
    """

    def __init__(self, handle: Handle, press: PointerEvent, before: Mapping[str, Any]) -> None:
        self._handle = handle
        self._before = before
        self._start = handle.locate(press.x, press.y)
        self.number = press.gesture

    def point(self, event: PointerEvent) -> Point:
        """Return where an event of this gesture is."""
        x, y = self._handle.locate(event.x, event.y)
        moved = (x - self._start[0], y - self._start[1])
        trail = tuple(self._handle.locate(*place) for place in event.trail)
        return Point(self._handle.name, x, y, event.shift, moved, self._before, trail)
