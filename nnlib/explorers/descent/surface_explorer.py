"""What the explorers of descent share: a surface, a start, a rate, and how many steps are made."""

from typing import Any, ClassVar

import traitlets

from nnlib.explorers.controls.parameters import Choice, Number, Positive, Whole
from nnlib.explorers.descent.path import MOST_STEPS, OPTIMIZERS
from nnlib.explorers.descent.surfaces import LIMITS, SURFACES
from nnlib.explorers.engine.pointer import Point
from nnlib.explorers.playing.playing_explorer import SteppingExplorer


class SurfaceExplorer(SteppingExplorer):
    """An explorer in which optimisers walk down a surface; Play makes ten steps a second.

    Every surface has a start of its own, from which a walk on it is worth looking at. It is taken
    until the learner puts the start elsewhere.
    """

    surface = Choice(
        "bowl",
        options=[(surface.title, name) for name, surface in SURFACES.items()],
        label="surface",
    )
    optimizer = Choice("gradient descent", options=tuple(OPTIMIZERS), label="optimiser")
    learning_rate = Positive(0.1, low=0.01, high=100.0, label="η learning rate")
    steps = Whole(0, low=0, high=MOST_STEPS, label="steps")
    momentum = Choice(0.9, options=(0.5, 0.8, 0.9, 0.95, 0.99), label="μ momentum")
    start_across = Number(-3.0, low=LIMITS[0], high=LIMITS[1], step=0.1, label="start across")
    start_up = Number(2.0, low=LIMITS[2], high=LIMITS[3], step=0.1, label="start up")

    step_seconds = 0.1
    nothing_to_do: ClassVar = {
        "step": f"All {MOST_STEPS} steps are made. Play begins again; Reset goes back to the start."
    }

    @traitlets.default("start_across")
    def _own_start_across(self) -> float:
        return SURFACES[self.surface].start[0]

    @traitlets.default("start_up")
    def _own_start_up(self) -> float:
        return SURFACES[self.surface].start[1]

    @property
    def usual_values(self) -> dict[str, Any]:
        """The values that parameters have by themselves; the start is the surface's own."""
        across, up = SURFACES[self.surface].start
        return {**super().usual_values, "start_across": across, "start_up": up}

    def parameter_changed(self, name: str) -> None:
        """Go to a new surface's own start, unless the start was put elsewhere."""
        if name == "surface" and self.start in {surface.start for surface in SURFACES.values()}:
            self.start_at(*SURFACES[self.surface].start)

    def add_buttons(self) -> None:
        """Add Play, Pause and Step."""
        self.add_play_and_pause()
        self.add_button("step", "Step", self.step, look="step")

    def play(self) -> None:
        """Make steps until `pause`, from the start again if there are no more to make."""
        if self.must_pause:
            self.steps = 0
        super().play()

    def step(self) -> None:
        """Make one step."""
        self.steps = min(self.steps + 1, MOST_STEPS)

    def make_step(self) -> None:
        """Make one step."""
        self.step()

    @property
    def must_pause(self) -> bool:
        """Whether all steps are made."""
        return bool(self.steps == MOST_STEPS)

    @property
    def start(self) -> tuple[float, float]:
        """Where the walks begin."""
        return self.start_across, self.start_up

    def start_at(self, across: float, up: float) -> None:
        """Let the walks begin at the place next to this one that the controls can show."""
        kind = SurfaceExplorer
        self.set_parameters(
            start_across=kind.start_across.nearest(across), start_up=kind.start_up.nearest(up)
        )

    def pointer_pressed(self, at: Point) -> None:
        """Start where the map is clicked; take the rate that is clicked on."""
        if at.handle == "map":
            self.start_at(at.x, at.y)
        elif at.handle == "axis":
            self.learning_rate = _readable(at.x)

    def pointer_dragged(self, at: Point) -> None:
        """Let the start or the learning rate follow the pointer."""
        if at.handle == "start":
            before = at.before
            self.start_at(before["start_across"] + at.moved[0], before["start_up"] + at.moved[1])
        elif at.handle == "rate":
            self.learning_rate = _readable(at.x)


def _readable(rate: float) -> float:
    """Return a learning rate in two digits, within the axis."""
    low, high = SurfaceExplorer.learning_rate.low, SurfaceExplorer.learning_rate.high
    return float(f"{min(max(rate, low), high):.2g}")
