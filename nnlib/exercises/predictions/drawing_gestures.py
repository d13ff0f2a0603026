"""What a click or a drag on a drawing board means: which points are marked after it."""

from collections.abc import Sequence
from math import dist

from nnlib.exercises.predictions.sketch import Point, Sketch

Marked = Sequence[Point | None]  # each point of the answer, or None where it is still missing

A_DRAG = 0.03  # who moves the pointer further drags, in widths of the plane
ON_A_POINT = 0.08  # who presses nearer to a point than this takes hold of it


def after_click(sketch: Sketch, before: Marked, at: Point) -> list[Point | None]:
    """Return the points after a click: one more, or, if all are there, the nearest one moved."""
    marked = list(before)
    held = _held(sketch, before, at)
    if None in marked:
        if held is None:
            marked[marked.index(None)] = at
        return marked
    there = [point for point in before if point is not None]
    nearest = min(range(len(there)), key=lambda k: _apart(sketch, there[k], at))
    marked[nearest] = at
    return marked


def after_drag(sketch: Sketch, before: Marked, start: Point, at: Point) -> list[Point | None]:
    """Return the points after a drag: the line from ``start`` to ``at``.

    A drag that begins on a point of a finished line moves that point; on the only point that is
    there, it draws from it. One so short that it is a click is taken for one.
    """
    if _apart(sketch, start, at) <= A_DRAG:
        return after_click(sketch, before, at)
    if sketch.n_points == 1:
        return [at]
    held = _held(sketch, before, start)
    if held is None:
        return [start, at]
    if None in before:
        return [before[held], at]
    return [at if k == held else point for k, point in enumerate(before)]


def _held(sketch: Sketch, before: Marked, at: Point) -> int | None:
    """Return the point that a press takes hold of, or None."""
    for k, point in enumerate(before):
        if point is not None and _apart(sketch, point, at) <= ON_A_POINT:
            return k
    return None


def _apart(sketch: Sketch, point: Point, other: Point) -> float:
    return dist(sketch.share(point), sketch.share(other))
