"""What a prediction lets the learner draw: a point on a plane, or a line through two points.

Points travel as text, like every other answer: ``"(5, 1)"``, ``"(0, 1) and (0.5, −0.5)"``.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import dist, hypot, isfinite

from nnlib.widgets.typed_numbers import number_in

Point = tuple[float, float]
Curve = tuple[Point, ...]

TOLERANCE = 0.05  # how far a drawing may be off, in widths of the plane
NEAREST = 0.1  # two points nearer than this do not say which line is meant


@dataclass(frozen=True)
class Sketch:
    """A plane to draw on.

    Parameters
    ----------
    limits : tuple of float
        The plane: from and to along the first axis, from and to along the second.
    names : tuple of str
        What the two axes are called.
    asks_for_line : bool
        Two points of a straight line are asked for, not one point.
    given : tuple of (str, Curve)
        What is there to begin with: names and the points that a curve joins.
    outcome : Curve
        A curve that the reveal draws besides the answer.
    step : float
        A click is rounded to multiples of it.
    ticks : tuple of float
        How far apart the lines of the grid are, along the first axis and along the second.
    """

    limits: tuple[float, float, float, float]
    names: tuple[str, str]
    asks_for_line: bool = False
    given: tuple[tuple[str, Curve], ...] = ()
    outcome: Curve = ()
    step: float = 0.1
    ticks: tuple[float, float] = (1.0, 1.0)

    @property
    def n_points(self) -> int:
        """How many points the learner marks."""
        return 2 if self.asks_for_line else 1

    @property
    def kind(self) -> str:
        """What is asked for."""
        return "a line" if self.asks_for_line else "a point"

    @property
    def instruction(self) -> str:
        """What the learner has to do."""
        if self.asks_for_line:
            return "Drag along the line, or click on two points of it, or type them,"
        return "Click on the place, or type its two numbers,"

    @property
    def how(self) -> str:
        """How it is drawn, as a sentence that stands beside the plane."""
        if self.asks_for_line:
            return (
                "Draw the line: drag from one point of it to another, or click on two points, "
                "or type them. A point that is there can be dragged."
            )
        return "Mark the place: click on it, or type its two numbers. The mark can be dragged."

    def display(self, choice: str) -> str:
        """Return the points as part of a sentence."""
        return f"the line through {choice}" if self.asks_for_line else choice

    def validation_error(self, choice: str) -> str:
        """Return why these points cannot be taken, or nothing."""
        points = read_points(choice)
        if len(points) != self.n_points or not all(isfinite(x + y) for x, y in points):
            return f"{choice} is not drawn yet: each box takes a number such as −0.5."
        left, right, bottom, top = self.limits
        for x, y in points:
            if not (left <= x <= right and bottom <= y <= top):
                return (
                    f"{write_points([(x, y)])} does not lie on this plane. It reaches from "
                    f"{write_number(left)} to {write_number(right)} across and from "
                    f"{write_number(bottom)} to {write_number(top)} up."
                )
        if self.asks_for_line and dist(*map(self.share, points)) < NEAREST:
            return "The two points are too close together. Take two that are further apart."
        return ""

    def same(self, choice: str, other: str) -> bool:
        """Say whether two drawings look the same."""
        return self.apart(choice, other) <= TOLERANCE

    def apart(self, choice: str, other: str) -> float:
        """Return how far the first drawing is off the second, in widths of the plane."""
        points = [self.share(point) for point in self._drawn(choice)]
        others = [self.share(point) for point in self._drawn(other)]
        if self.asks_for_line:
            return max(_off_line(point, others) for point in points)
        return dist(points[0], others[0])

    def across(self, points: Sequence[Point]) -> Curve:
        """Return the line through two points, from one border of the plane to another."""
        (x0, y0), (x1, y1) = points
        left, right, bottom, top = self.limits
        dx, dy = x1 - x0, y1 - y0
        spans = [
            sorted(((low - start) / along, (high - start) / along))
            for start, along, low, high in ((x0, dx, left, right), (y0, dy, bottom, top))
            if along != 0
        ]
        first, last = max(low for low, _ in spans), min(high for _, high in spans)
        return ((x0 + first * dx, y0 + first * dy), (x0 + last * dx, y0 + last * dy))

    def nearest(self, point: Point) -> Point:
        """Return the point that a click means: on the plane, at multiples of ``step``."""
        left, right, bottom, top = self.limits
        x, y = (round(round(value / self.step) * self.step, 6) for value in point)
        return min(max(x, left), right), min(max(y, bottom), top)

    def _drawn(self, text: str) -> Sequence[Point]:
        """Return the point, or the two ends of the line."""
        points = read_points(text)
        return self.across(points) if self.asks_for_line else points

    def share(self, point: Point) -> Point:
        """Return where a point is, in widths and heights of the plane."""
        left, right, bottom, top = self.limits
        return (point[0] - left) / (right - left), (point[1] - bottom) / (top - bottom)


def read_points(text: str) -> list[Point]:
    """Return the points in a text; NaN stands for what is no number."""
    pairs = re.findall(r"\(([^()]*), ([^()]*)\)", text)
    return [(number_in(x), number_in(y)) for x, y in pairs]


def write_points(points: Sequence[Point]) -> str:
    """Return points as text, such as "(0, 1) and (0.5, −0.5)"."""
    return " and ".join(f"({write_number(x)}, {write_number(y)})" for x, y in points)


def write_number(value: float) -> str:
    """Return a number as short as it can be, with a true minus."""
    return f"{value + 0.0:.3g}".replace("-", "−")  # + 0.0: no −0


def _off_line(point: Point, line: Sequence[Point]) -> float:
    """Return how far a point is from the straight line through two others."""
    (x, y), ((x0, y0), (x1, y1)) = point, line
    return abs((x1 - x0) * (y - y0) - (y1 - y0) * (x - x0)) / hypot(x1 - x0, y1 - y0)
