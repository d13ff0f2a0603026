"""`HingesExplorer`: a few ReLU units bend a straight line until it follows a curve."""

from typing import ClassVar

import numpy as np

from nnlib.explorers.activations.hinges_model import (
    MOST_UNITS,
    TARGETS,
    UNITS,
    X_END,
    HingesModel,
)
from nnlib.explorers.activations.hinges_view import HingesView
from nnlib.explorers.controls.parameters import Choice, Number, Whole
from nnlib.explorers.engine.explorer import Explorer
from nnlib.explorers.engine.pointer import Point


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

    opens_with = ("p1", "s1", "p2", "s2", "target")
    words_folded = True
    View = HingesView

    nothing_to_do: ClassVar = {
        "best": "b and the slopes are the best for these places. Move a place, and press again."
    }

    def add_buttons(self) -> None:
        """Add the button that finds b and the slopes."""
        self.add_button("best", "Best b and slopes for these places", self.set_best_slopes)

    def set_best_slopes(self) -> None:
        """Set b and the slopes to those with the least loss for these places."""
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
        shown = min(max(at.before[at.handle], 0), X_END)  # one outside waits at the edge
        place = shown + at.moved[0]
        self.set_parameters(**{at.handle: HingesExplorer.p1.nearest(place)})
