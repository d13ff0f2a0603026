"""`DescentExplorer`: five optimisers walk down the loss of a model with two parameters."""

from typing import ClassVar

from nnlib.explorers.controls.parameters import Choice, Number, Positive, Switch, Whole
from nnlib.explorers.descent.model import DescentModel
from nnlib.explorers.descent.path import MOST_STEPS, OPTIMIZERS
from nnlib.explorers.descent.surfaces import LIMITS, SURFACES
from nnlib.explorers.descent.view import DescentView
from nnlib.explorers.engine.pointer import Point
from nnlib.explorers.playing.playing_explorer import SteppingExplorer


class DescentExplorer(SteppingExplorer):
    """Descent on the loss of a model with two parameters: p ← p − η ∇L and its relatives.

    Play makes a step every tenth of a second. The map shows the loss from above, the landscape from
    the side; the arrow of a single path is the gradient's direction. On the axis of the learning
    rate stands a mark: the stability limit for the curvature at the present place.

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
        Whether the paths of all five are shown, from the same start with the same η. A list has
        the loss of each, the lowest marked; a click on a name brings its path forward.
    momentum : {0.5, 0.8, 0.9, 0.95, 0.99}
        β of momentum and Nesterov.
    start_across, start_up : float
        Where the path starts. The ring can be dragged, and a click on the map puts it there.
    turn : float
        How far the landscape is turned, in degrees. It can be dragged.
    """

    surface = Choice(
        "bowl",
        options=[(surface.title, name) for name, surface in SURFACES.items()],
        label="surface",
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
    nothing_to_do: ClassVar = {
        "step": f"All {MOST_STEPS} steps are made. Play begins again; Reset goes back to the start."
    }
    View = DescentView

    def add_buttons(self) -> None:
        """Add Play, Pause and Step."""
        self.add_play_and_pause()
        self.add_button("step", "Step", self.step, look="step")

    def play(self) -> None:
        """Make steps until `pause`, from the start again if all are made or the path ran away."""
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
        """Whether all steps are made, or the only path ran away."""
        return bool(self.steps == MOST_STEPS or (not self.compare and self.model().ran_away))

    @property
    def idle(self) -> dict[str, str]:
        """β, where nothing has it."""
        has_it = self.compare or self.optimizer in ("momentum", "Nesterov")
        return {} if has_it else {"momentum": "has an effect on momentum and Nesterov"}

    def model(self) -> DescentModel:
        """Return the paths at the present parameters."""
        return DescentModel(
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
        """Start where the map is clicked; take the rate or the optimiser that is clicked on."""
        if at.handle == "map":
            self._start_at(at.x, at.y)
        elif at.handle == "axis":
            self.learning_rate = _readable(at.x)
        elif at.handle in OPTIMIZERS:
            self.optimizer = at.handle

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
