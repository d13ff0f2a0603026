"""`DescentExplorer`: five optimisers walk down the loss of a model with two parameters."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnlib.explorers.descent_path import MOST_STEPS, OPTIMIZERS, descend, stability_limit
from nnlib.explorers.descent_view import DescentView
from nnlib.explorers.parameters import Choice, Number, Positive, Switch, Whole
from nnlib.explorers.playing_explorer import SteppingExplorer
from nnlib.explorers.pointer import Point
from nnlib.explorers.surfaces import LIMITS, SURFACES, Surface
from nnlib.plots.numbers import factor, number

Array = NDArray[np.floating[Any]]

LIMIT_FORMULAS = {
    "gradient descent": "2/λmax",
    "momentum": "2(1+β)/λmax",
    "Nesterov": "2(1+β)/((1+2β)λmax)",
}


@dataclass(frozen=True)
class DescentPicture:
    """A surface, an optimiser, and how far it has come."""

    surface_name: str
    optimizer: str
    rate: float
    beta: float
    start: tuple[float, float]
    steps: int
    compared: bool
    turn: float  # of the landscape, degrees

    @property
    def surface(self) -> Surface:
        """The loss."""
        return SURFACES[self.surface_name]

    def path_of(self, optimizer: str) -> Array:
        """Return the places of an optimiser from the start to now, (steps + 1, 2)."""
        path = descend(self.surface_name, optimizer, self.rate, self.beta, self.start)
        return path[: self.steps + 1]

    @cached_property
    def path(self) -> Array:
        """The places of the chosen optimiser."""
        return self.path_of(self.optimizer)

    @cached_property
    def losses(self) -> Array:
        """The loss at each place of the path, (steps + 1,)."""
        return self.surface.loss(*self.path.T)

    @property
    def step(self) -> int:
        """How many steps have been made; fewer than asked for if it ran away."""
        return len(self.path) - 1

    @property
    def gradient(self) -> Array:
        """∇L at the present place, (2,)."""
        return self.surface.gradient(self.path[-1])

    @property
    def ran_away(self) -> bool:
        """Whether the path ended early because the numbers grew without bound."""
        return self.step < self.steps

    @cached_property
    def curvature(self) -> float:
        """λmax at the present place."""
        return self.surface.curvature(self.path[-1])

    @property
    def limit(self) -> float | None:
        """The learning rate's stability limit at the present place, if there is one."""
        return stability_limit(self.optimizer, self.beta, self.curvature)

    @property
    def now(self) -> str:
        """The step and the loss, or that there is none any more."""
        loss = "ran away" if self.ran_away else f"loss {number(self.losses[-1], 3)}"
        return f"step {self.step}: {loss}"

    @property
    def limit_words(self) -> str:
        """The learning rate and its limit, as they stand above their axis."""
        rate = f"η = {self.rate:.3g}"
        if self.limit is not None:
            formula = LIMIT_FORMULAS[self.optimizer]
            return f"{rate}     local limit {formula} = {_rate(self.limit)}"
        if self.optimizer in LIMIT_FORMULAS:
            return f"{rate}     no limit here: λmax is not above 0"
        return f"{rate}     no such limit for {self.optimizer}"

    @property
    def equation(self) -> str:
        """The optimiser's rule, and the next step with its numbers in it."""
        p, q = self.surface.model.parameters
        rate, beta = f"{self.rate:.3g}", f"{self.beta:g}"
        g = f"g = ∇L = ({number(self.gradient[0], 3)}, {number(self.gradient[1], 3)})"
        at = f"({p}, {q}) = {_place(self.path[-1])}"
        if self.optimizer == "gradient descent":
            steps = [
                f"{name} ← {name} − η ∂L/∂{name} = {number(at)} − {rate} · {factor(slope, 3)} "
                f"= {number(at - self.rate * slope)}"
                for name, at, slope in zip((p, q), self.path[-1], self.gradient, strict=True)
            ]
            return "\n".join(steps)
        rules = {
            "momentum": f"v ← {beta} v + g,   p ← p − {rate} v",
            "Nesterov": f"v ← {beta} v + g,   p ← p − {rate} (g + {beta} v)",
            "RMSProp": f"s ← 0.9 s + 0.1 g²,   p ← p − {rate} g / (√s + ε)",
            "Adam": f"m ← 0.9 m + 0.1 g,   s ← 0.999 s + 0.001 g²,   p ← p − {rate} m̂ / (√ŝ + ε)",
        }
        return f"{rules[self.optimizer]}     with p = ({p}, {q})\n{at},   {g}"

    @property
    def summary(self) -> str:
        """The picture in words."""
        model = self.surface.model.formula
        words = (
            f"The {self.surface.title}: {model} on {len(self.surface.x)} points, squared error. "
            f"{self.optimizer[0].upper()}{self.optimizer[1:]} with η = {self.rate:.3g} "
            f"from {_place(np.array(self.start))}, "
        )
        words += (
            f"ran away after {self.step} steps. "
            if self.ran_away
            else f"step {self.step}: at {_place(self.path[-1])}, "
            f"loss {number(self.losses[-1], 3)}. "
        )
        return words + self._limit_sentence() + self._comparison_sentence()

    def _limit_sentence(self) -> str:
        if self.optimizer not in LIMIT_FORMULAS:
            return f"{self.optimizer} divides by past gradients: the limit is not for it."
        if self.limit is None:
            return "The surface bends upwards in no direction here: no limit for η."
        side = "above" if self.rate > self.limit else "below"
        return (
            f"Curvature here λmax = {self.curvature:.3g}, local limit "
            f"{LIMIT_FORMULAS[self.optimizer]} = {_rate(self.limit)}: η is {side} it."
        )

    def _comparison_sentence(self) -> str:
        if not self.compared:
            return ""
        others = (f"{name} {self.end_of(name)}" for name in OPTIMIZERS)
        return f" All five, the same start and η: {', '.join(others)}."

    def end_of(self, optimizer: str) -> str:
        """Return the loss at the end of an optimiser's path, in words."""
        path = self.path_of(optimizer)
        if len(path) <= self.steps:
            return "ran away"
        return number(float(self.surface.loss(*path[-1])), 3)


def _rate(value: float) -> str:
    """Return a learning rate in three digits."""
    return f"{value:.3g}" if value < 1000 else number(value, 0)


def _place(place: Array) -> str:
    return f"({number(place[0])}, {number(place[1])})"


class DescentExplorer(SteppingExplorer):
    """Descent on the loss of a model with two parameters: p ← p − η ∇L and its relatives.

    Play makes a step every tenth of a second. The map shows the loss from above, the landscape from
    the side; the arrow is the gradient's direction. On the axis of the learning rate stands a mark:
    the stability limit for the curvature at the present place.

    Parameters
    ----------
    surface : {"bowl", "ravine", "tilted", "neuron", "two_neurons"}
        Whose loss: a line's on inputs of three kinds, a sigmoid neuron's, or two neurons' in a row.
    optimizer : {"gradient descent", "momentum", "Nesterov", "RMSProp", "Adam"}
        How the gradient is used. Each step sees all points.
    learning_rate : float
        η > 0. The knob on its axis can be dragged.
    steps : int, 0 to 100
        How many steps have been made.
    compare : bool
        Whether the paths of all five are shown, from the same start with the same η.
    momentum : {0.5, 0.8, 0.9, 0.95, 0.99}
        β of momentum and Nesterov.
    start_across, start_up : float
        Where the path starts. The ring can be dragged, and a click on the map puts it there.
    turn : float
        How far the landscape is turned, in degrees. It can be dragged.
    """

    surface = Choice(
        "bowl", options=[(it.title, name) for name, it in SURFACES.items()], label="surface"
    )
    optimizer = Choice("gradient descent", options=tuple(OPTIMIZERS), label="optimiser")
    learning_rate = Positive(0.1, low=0.01, high=100.0, label="η learning rate")
    steps = Whole(0, low=0, high=MOST_STEPS, label="steps")
    compare = Switch(False, label="compare all five")
    momentum = Choice(0.9, options=(0.5, 0.8, 0.9, 0.95, 0.99), label="β momentum")
    start_across = Number(-3.0, low=LIMITS[0], high=LIMITS[1], step=0.1, label="start across")
    start_up = Number(2.0, low=LIMITS[2], high=LIMITS[3], step=0.1, label="start up")
    turn = Number(-30.0, low=-180, high=180, step=5, label="turn (°)")

    opens_with = ("surface", "optimizer", "learning_rate", "steps", "compare")
    step_seconds = 0.1
    View = DescentView

    def add_buttons(self) -> None:
        """Add Play, Pause and Step."""
        self.add_play_and_pause()
        self.add_button("step", "Step", self.step)

    def play(self) -> None:
        """Make steps until `pause`, from the start again if all are made."""
        if self.steps == MOST_STEPS:
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

    def picture(self) -> DescentPicture:
        """Return the paths at the present parameters."""
        return DescentPicture(
            surface_name=self.surface,
            optimizer=self.optimizer,
            rate=self.learning_rate,
            beta=self.momentum,
            start=(self.start_across, self.start_up),
            steps=self.steps,
            compared=self.compare,
            turn=self.turn,
        )

    def pointer_pressed(self, at: Point) -> None:
        """Start where the map is clicked, or take the learning rate that is clicked on."""
        if at.handle == "map":
            self._start_at(at.x, at.y)
        elif at.handle == "axis":
            self.learning_rate = _readable(at.x)

    def pointer_dragged(self, at: Point) -> None:
        """Let the start, the learning rate or the landscape follow the pointer."""
        if at.handle == "start":
            before = at.before
            self._start_at(before["start_across"] + at.moved[0], before["start_up"] + at.moved[1])
        elif at.handle == "rate":
            self.learning_rate = _readable(at.x)
        elif at.handle == "landscape":
            turned = at.before["turn"] + 60 * at.moved[0]
            self.turn = DescentExplorer.turn.nearest((turned + 180) % 360 - 180)

    def _start_at(self, across: float, up: float) -> None:
        kind = DescentExplorer
        self.set_parameters(
            start_across=kind.start_across.nearest(across), start_up=kind.start_up.nearest(up)
        )


def _readable(rate: float) -> float:
    """Return a learning rate in two digits, within the axis."""
    low, high = DescentExplorer.learning_rate.low, DescentExplorer.learning_rate.high
    return float(f"{min(max(rate, low), high):.2g}")
