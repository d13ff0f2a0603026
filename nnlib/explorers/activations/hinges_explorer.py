"""`HingesExplorer`: a few ReLU units bend a straight line until it follows a curve."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

import numpy as np
from matplotlib.figure import Figure

from nnlib._typing import Array
from nnlib.explorers.controls.parameters import Choice, Number, Whole
from nnlib.explorers.engine.explorer import Explorer
from nnlib.explorers.engine.pointer import Handle, Point
from nnlib.plots.palette import Palette
from nnlib.plots.words.numbers import factor, number, signed
from nnlib.plots.words.text import TITLE, ground

X_END = 6.0
MOST_UNITS = 4
_X = np.linspace(0.0, X_END, 241)

TARGETS: dict[str, Callable[[Array], Array]] = {
    "sine": np.sin,
    "hill": lambda x: 2 * np.exp(-((x - 3) ** 2)) - 1,
    "valley": lambda x: np.abs(x - 3) / 1.5 - 1,
    "parabola": lambda x: (x - 3) ** 2 / 4.5 - 1,
}
UNITS = range(1, MOST_UNITS + 1)
_SAME_PLACE = 0.16  # hinges nearer to each other than this share one text
ROW = 20.0  # this much output is as high as a row of the right panel


@dataclass(frozen=True)
class HingesModel:
    """A network with one input, a hidden layer of ReLU units and a linear output."""

    target: str
    start: float  # ŷ at x = 0: the output's bias
    places: Array  # (n_units,), where each unit begins: its weight is 1, its bias −place
    slopes: Array  # (n_units,), the weight with which it reaches the output

    def outputs(self, x: Array) -> Array:
        """Return what each unit adds, s · max(0, x − p), shape (len(x), n_units)."""
        return np.maximum(0, x[:, None] - self.places) * self.slopes

    def answer(self, x: Array) -> Array:
        """Return ŷ = b + Σ s · max(0, x − p), shape (len(x),)."""
        return self.start + self.outputs(x).sum(axis=1)

    @cached_property
    def loss(self) -> float:
        """The mean squared error over the whole curve."""
        with np.errstate(over="ignore"):  # a learner may type 1e300
            return float(np.mean((self.answer(_X) - TARGETS[self.target](_X)) ** 2))

    def best(self) -> tuple[float, Array]:
        """Return the start and the slopes with the least loss, with the places as they are.

        The answer is a weighted sum of a constant and the hinges; so this is a linear least
        squares problem.
        """
        hinges = np.maximum(0, _X[:, None] - self.places)
        columns = np.column_stack([np.ones_like(_X), hinges])
        start, *slopes = np.linalg.lstsq(columns, TARGETS[self.target](_X), rcond=None)[0]
        return float(start), np.array(slopes)

    @property
    def equation(self) -> str:
        """The network's answer with its numbers in it."""
        terms = "".join(
            f" + {factor(s, 1)}·max(0, x − {factor(p, 2)})"
            for s, p in zip(self.slopes, self.places, strict=True)
        )
        return f"ŷ = {number(self.start, 1)}{terms}"

    @property
    def summary(self) -> str:
        """The picture in words."""
        units = "; ".join(
            f"unit {i} begins at {number(p)} with the slope {signed(s)}"
            for i, (p, s) in enumerate(zip(self.places, self.slopes, strict=True), start=1)
        )
        n = len(self.places)
        return (
            f"{n} ReLU unit{'s' if n > 1 else ''} for the {self.target}: mean squared error "
            f"{number(self.loss, 3)}. Starts at {number(self.start)}; {units}."
        )


class HingesView:
    """Two panels: the network's answer on the target, and each unit's part below one another."""

    def __init__(self, figure: Figure, palette: Palette) -> None:
        left = figure.add_axes((0.07, 0.135, 0.5, 0.735))
        self._left = left
        self._title = left.set_title("", **TITLE, color=palette.ink)
        left.set(xlim=(0, X_END), ylim=(-2.2, 2.2), yticks=[-2, -1, 0, 1, 2])
        left.set_xlabel("x", fontsize=11, color=palette.ink, labelpad=1)
        left.set_ylabel("y", fontsize=11, color=palette.ink, rotation=0, labelpad=5)
        (self._target,) = left.plot([], [], color=palette.grey, linewidth=2, dashes=(5, 2))
        (self._answer,) = left.plot([], [], color=palette.ink, linewidth=2.4)
        (self._hinges,) = left.plot(
            *([], [], "o"),
            color=palette.ink,
            markeredgecolor=palette.background,
            markersize=10,
            clip_on=False,  # whole also at x = 0
        )
        style: dict[str, Any] = {"fontsize": 11, "va": "center", "bbox": ground(palette)}
        self._marks = [left.text(0, 0, "", color=palette.ink, ha="center", **style) for _ in UNITS]
        legend = [
            left.text(0.15, 2.03, "dashed: the target", color=palette.grey, **style),
            left.text(0.15, 1.74, "solid: the network", color=palette.ink, **style),
        ]

        right = figure.add_axes((0.67, 0.135, 0.3, 0.735))
        right.set_title("What each unit adds", **TITLE, color=palette.ink)
        right.set(xlim=(0, X_END), ylim=(-MOST_UNITS - 0.5, 0.1), yticks=[])
        right.set_xlabel("x", fontsize=11, color=palette.ink, labelpad=1)
        self._parts = [
            right.plot([], [], color=palette.ink, linewidth=2, zorder=3)[0] for _ in UNITS
        ]
        self._bases = [
            right.plot([0, X_END], [-i, -i], color=palette.faint, linewidth=1, zorder=1)[0]
            for i in UNITS
        ]
        self._names = [
            right.text(-0.15, -i, f"unit {i}", fontsize=11, color=palette.grey, ha="right")
            for i in UNITS
        ]
        for ax in (left, right):
            ax.set_facecolor(palette.background)
            ax.tick_params(colors=palette.grey, labelsize=10, length=0)
            ax.grid(color=palette.faint, linewidth=0.8)
            ax.set_axisbelow(True)
            for spine in ax.spines.values():
                spine.set_visible(False)
        left.tick_params(axis="y", pad=9)  # beside a hinge at x = 0
        self._palette = palette
        curves = [self._target, self._answer, self._hinges, *self._parts, *self._bases]
        self.artists = [*curves, *self._marks, *self._names, *legend, self._title]

    def update(self, model: HingesModel) -> None:
        """Show ``model``."""
        self._title.set_text(f"Drag the dots: mean squared error {number(model.loss, 3)}")
        self._target.set_data(_X, TARGETS[model.target](_X))
        self._answer.set_data(_X, model.answer(_X))
        heights = model.answer(model.places)
        self._hinges.set_data(model.places, heights)
        outputs = model.outputs(_X)
        for i, (part, base, name) in enumerate(
            zip(self._parts, self._bases, self._names, strict=True)
        ):
            used = i < len(model.places)
            for artist in (part, base, name):
                artist.set_visible(used)
            if used:
                negative = model.slopes[i] < 0
                part.set_data(_X, outputs[:, i] / ROW - i - 1)
                part.set_color(self._palette.negative if negative else self._palette.positive)
                part.set_linestyle((0, (4, 2.5)) if negative else "solid")
        self._number_hinges(model.places, heights)

    def _number_hinges(self, places: Array, heights: Array) -> None:
        """Write each unit's number over its hinge; units at one place share one text."""
        units_at: dict[int, list[int]] = {}  # the first unit of a place → all units there
        for unit, place in enumerate(places):
            near = (first for first in units_at if abs(place - places[first]) < _SAME_PLACE)
            units_at.setdefault(next(near, unit), []).append(unit + 1)
        for unit, mark in enumerate(self._marks):
            units = units_at.get(unit, [])
            mark.set_text(", ".join(map(str, units)))
            if units:
                x, y = float(places[unit]), float(heights[unit])
                mark.set_visible(abs(y) < 1.7 and 0 <= x <= X_END)
                mark.set_position((x, y + 0.26))

    @property
    def handles(self) -> list[Handle]:
        """The hinges, to drag sideways."""
        return [
            Handle(f"p{i}", self._left, place, cursor="ew-resize", reach=14)
            for i, place in enumerate(np.asarray(self._hinges.get_xydata()), start=1)
        ]


class HingesExplorer(Explorer):
    """A network with one input and a few ReLU units: ŷ = b + Σ s · max(0, x − p).

    Each unit bends the line at its place p; from there on the slope has changed by s.

    Parameters
    ----------
    target : {"sine", "hill", "valley", "parabola"}
        The curve to follow.
    units : int, 1 to 4
        How many units take part.
    start : float
        ŷ at x = 0, where no unit has begun: the output's bias b.
    p1, p2, p3, p4 : float
        The units' places. The hinges can be dragged sideways.
    s1, s2, s3, s4 : float
        The units' slopes.
    """

    target = Choice("sine", options=tuple(TARGETS), label="target")
    units = Whole(2, low=1, high=MOST_UNITS, label="units")
    start = Number(0.0, low=-2, high=2, step=0.1, label="b start")
    p1 = Number(0.0, low=0, high=6, step=0.25, label="p₁ place")
    s1 = Number(0.5, low=-3, high=3, step=0.1, label="s₁ slope")
    p2 = Number(2.0, low=0, high=6, step=0.25, label="p₂ place")
    s2 = Number(-0.5, low=-3, high=3, step=0.1, label="s₂ slope")
    p3 = Number(3.5, low=0, high=6, step=0.25, label="p₃ place")
    s3 = Number(0.0, low=-3, high=3, step=0.1, label="s₃ slope")
    p4 = Number(5.0, low=0, high=6, step=0.25, label="p₄ place")
    s4 = Number(0.0, low=-3, high=3, step=0.1, label="s₄ slope")

    opens_with = ("target", "p1", "s1", "p2", "s2")
    words_folded = True
    View = HingesView

    nothing_to_do: ClassVar = {
        "best": "These slopes are the best for these places. Move a place, and press again."
    }

    def add_buttons(self) -> None:
        """Add "Best slopes"."""
        self.add_button("best", "Best slopes for these places", self.set_best_slopes)

    def set_best_slopes(self) -> None:
        """Set the start and the slopes to those with the least loss for these places."""
        start, slopes = self.model().best()
        names = [f"s{i}" for i in UNITS]
        self.set_parameters(start=start, **dict(zip(names, slopes.tolist(), strict=False)))

    @property
    def idle(self) -> dict[str, str]:
        """The places and slopes of units that take no part."""
        left_out = UNITS[self.units :]
        return {f"{kind}{i}": f"waits for {i} units" for i in left_out for kind in "ps"}

    def model(self) -> HingesModel:
        """Return the network with the units that take part."""
        taking_part = UNITS[: self.units]
        places = np.array([getattr(self, f"p{i}") for i in taking_part])
        slopes = np.array([getattr(self, f"s{i}") for i in taking_part])
        return HingesModel(self.target, self.start, places, slopes)

    def pointer_dragged(self, at: Point) -> None:
        """Let a hinge's place follow the pointer."""
        place = at.before[at.handle] + at.moved[0]
        self.set_parameters(**{at.handle: HingesExplorer.p1.nearest(place)})
