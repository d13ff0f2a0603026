"""The learner's own points: a click adds one, a click with shift removes one, and so does a form.

An explorer that offers them has ``"own"`` among its data. Chosen for the first time, they begin as
a copy of the data that was there, so that nothing is lost.
"""

import math
from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any, ClassVar

import numpy as np
from matplotlib.axes import Axes

from nnlib._typing import Array
from nnlib.explorers.controls.parameters import Choice, Number, Parameter
from nnlib.explorers.controls.refusals import Refused
from nnlib.explorers.engine.explorer import Explorer
from nnlib.explorers.engine.pointer import Handle, Point, whole_of
from nnlib.explorers.runs.points import OWN, NextPoint, OwnPoint, points_of
from nnlib.plots.palette import Palette

MOST_POINTS = 300
FURTHEST = 10.0  # how far a point may be from 0, in x₁ and in x₂
TWO_POINTS = ((0.25, 0.25, 0), (0.75, 0.75, 1))

_EXPECTED = f"(x1, x2, class): two numbers from −{FURTHEST:g} to {FURTHEST:g}, then 0 or 1"


class Points(Parameter):
    """Points with a class each, as ``((0, 0, 1), …)``. None yet is ``()``."""

    def validate(self, obj: Any, value: Any) -> tuple[OwnPoint, ...]:
        """Return the points as tuples; refuse too many, and all that is no point."""
        if isinstance(value, str) or not isinstance(value, Iterable):
            self.refuse(value, f"a sequence of points {_EXPECTED}")
        points = tuple(self._checked(k, point) for k, point in enumerate(value, start=1))
        if len(points) > MOST_POINTS:
            words = f"There is room for {MOST_POINTS} points, and these are {len(points)}."
            raise Refused(words, f"{words} Remove one before you add another.")
        return points

    def _checked(self, number: int, point: Any) -> OwnPoint:
        try:
            x1, x2, its_class = (float(value) for value in point)
        except (TypeError, ValueError, OverflowError):
            x1 = x2 = its_class = math.nan
        if not (max(abs(x1), abs(x2)) <= FURTHEST and its_class in (0, 1)):
            its_place = f"(x₁, x₂) must lie from −{FURTHEST:g} to {FURTHEST:g}"
            raise Refused(
                f"Point {number} is {point!r}, but it must be {_EXPECTED}.",
                f"That point cannot be added: {its_place} in both directions.",
            )
        return (x1, x2, int(its_class))


class NewPointMark:
    """A hollow mark on the plane: where the form's next point will be, and of which class."""

    def __init__(self, ax: Axes, palette: Palette) -> None:
        self._colours = (palette.negative_text, palette.positive_text)
        (self.mark,) = ax.plot([], [], linestyle="none", markersize=12, fillstyle="none", zorder=6)
        self.mark.set_markeredgewidth(1.8)
        self.artists = [self.mark]

    def update(self, point: NextPoint | None) -> None:
        """Show where the form's point will be, or nothing."""
        place = point.place if point is not None else None
        self.mark.set_visible(place is not None)
        if point is not None and place is not None:
            self.mark.set_data([place[0]], [place[1]])
            self.mark.set_marker("o" if point.its_class else "^")
            self.mark.set_color(self._colours[point.its_class])


def plane_to_click_on(ax: Axes) -> Handle:
    """Return the handle of a plane on which a click adds a point."""
    return whole_of("plane", ax, "crosshair")


class OwnPointsExplorer(Explorer):
    """What explorers share that let the learner place points on a plane."""

    data: Any  # a Choice with OWN among its options

    points = Points((), label="my points")
    new_class = Choice(
        1, options=[("1, blue disc", 1), ("0, orange triangle", 0)], label="a click adds"
    )
    new_x1 = Number(1.3, low=-1.5, high=1.5, step=0.1, label="new point x₁")
    new_x2 = Number(0.5, low=-1.5, high=1.5, step=0.1, label="new point x₂")

    folded_form = ("new_x1", "new_x2", "add_point", "remove_point", "start_afresh")
    form: ClassVar[tuple[str, ...]] = ("new_class", *folded_form)
    form_button = "Edit points"

    def __init__(self, show: Any = None, **parameters: Any) -> None:
        first = type(self).data.default_value
        data = parameters.get("data", first)
        self._data_before = first if data == OWN else data  # what own points begin as a copy of
        self._given: frozenset[OwnPoint] | None = None  # those of a copy, as soon as it is asked
        if data == OWN and not parameters.get("points"):
            parameters["points"] = self._copy_of(first)
        super().__init__(show, **parameters)
        self.form_row.unfold(self._place_is_set)

    def samples(self, data: str) -> tuple[Array, Array]:
        """Return X (n, 2) and y (n, 1) of a data set that is not the learner's own."""
        raise NotImplementedError

    @property
    def form_is_open(self) -> bool:
        """The form is there while the data are the learner's own."""
        return bool(self.data == OWN)

    @property
    def form_words(self) -> str:
        """Whose points there are, and what else does the same as the form."""
        if not self.form_is_open:
            return ""
        remove = "the last one stays" if len(self.points) == 1 else "with Shift to remove one"
        return f"Now: {self.points_words}. Click on the plane to add one; {remove}."

    @property
    def points_words(self) -> str:
        """How many points are the learner's own, and how many were given."""
        if self._given is None:
            self._given = self._recognised()
        given = sum(point in self._given for point in self.points)
        own = len(self.points) - given
        plural = "s" if own != 1 else ""
        if not given:
            return f"{own} point{plural} of my own"
        kept = f"{given} given points"
        return f"{kept} and {own} of my own" if own else kept

    @property
    def idle(self) -> Mapping[str, str]:
        """The last point cannot be removed."""
        return {"remove_point": "the last point stays"} if len(self.points) == 1 else {}

    @property
    def new_point(self) -> NextPoint | None:
        """What would be added next; None while the data are not the learner's own."""
        place = (self.new_x1, self.new_x2) if self.form_row.is_unfolded else None
        return NextPoint(self.new_class, place) if self.form_is_open else None

    @property
    def _place_is_set(self) -> bool:
        """Whether the form's numbers are others than it has by itself."""
        first = (type(self).new_x1.default_value, type(self).new_x2.default_value)
        return (self.new_x1, self.new_x2) != first

    def reset(self) -> None:
        """Return every parameter to its start, and the form too."""
        super().reset()
        self.form_row.unfold(self._place_is_set)

    def add_buttons(self) -> None:
        """Add the form's buttons."""
        self.add_button("add_point", "Add point", lambda: self.add_point(self.new_x1, self.new_x2))
        self.add_button(
            "remove_point",
            "Remove the nearest",
            lambda: self.remove_point(self.new_x1, self.new_x2),
        )
        self.add_button("start_afresh", "Start from two points", self.start_afresh)

    def add_point(self, x1: float, x2: float) -> None:
        """Add a point of the class that is chosen in the form."""
        self.points = (*self.points, (x1, x2, self.new_class))

    def remove_point(self, x1: float, x2: float) -> None:
        """Remove the point nearest to (x₁, x₂); the last one stays."""
        if len(self.points) > 1:
            distances = [math.hypot(p[0] - x1, p[1] - x2) for p in self.points]
            nearest = int(np.argmin(distances))
            self.points = self.points[:nearest] + self.points[nearest + 1 :]

    def start_afresh(self) -> None:
        """Begin with one point of each class."""
        self.points = TWO_POINTS

    def pointer_pressed(self, at: Point) -> None:
        """Add a point where the plane is clicked; with shift, remove the nearest."""
        if at.handle == "plane" and self.form_is_open:
            act = self.remove_point if at.shift else self.add_point
            act(round(at.x, 2), round(at.y, 2))

    def parameter_changed(self, name: str) -> None:
        """Begin the learner's own points as a copy of the data before them.

        Who sets the form's numbers sees the form.
        """
        if name in ("new_x1", "new_x2") and self._place_is_set:
            self.form_row.unfold()
        if self.data != OWN:
            self._data_before = self.data
        elif not self.points:
            self.points = self._copy_of(self._data_before)

    def _copy_of(self, data: str) -> tuple[OwnPoint, ...]:
        """Return the points of other data, and remember which they are."""
        points = points_of(*self.samples(data))
        self._given = frozenset((*points, *TWO_POINTS))
        return points

    def _recognised(self) -> frozenset[OwnPoint]:
        """Return the points of all other data: where own points came from is not told with them."""
        known = [data for data in type(self).data.values if data != OWN]
        points = (points_of(*self.samples(data)) for data in known)
        return frozenset((*TWO_POINTS, *chain.from_iterable(points)))
