"""`DescentExplorer`: an optimiser walks down the loss of a model with two parameters."""

from nnlib.explorers.controls.parameters import Number
from nnlib.explorers.descent.model import DescentModel
from nnlib.explorers.descent.surface_explorer import SurfaceExplorer
from nnlib.explorers.descent.view import DescentView
from nnlib.explorers.engine.pointer import Point


class DescentExplorer(SurfaceExplorer):
    """Descent on the loss of a model with two parameters: p ← p − η ∇L and its relatives.

    The map shows the loss from above, the landscape from the side; the arrow is the gradient's
    direction, and the dotted way leads to where the next step will end. On the axis of the learning
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
    momentum : {0.5, 0.8, 0.9, 0.95, 0.99}
        μ of momentum and Nesterov.
    start_across, start_up : float
        Where the path starts: by default where the surface has its own start. The ring can be
        dragged, and a click on the map puts it there.
    turn : float
        How far the landscape is turned, in degrees. It can be dragged.
    """

    turn = Number(-30.0, low=-180, high=180, step=5, label="turn (°)")

    opens_with = ("surface", "optimizer", "learning_rate", "steps")
    View = DescentView

    @property
    def must_pause(self) -> bool:
        """Whether all steps are made, or the path ran away."""
        return super().must_pause or self.model().ran_away

    @property
    def idle(self) -> dict[str, str]:
        """μ, where nothing has it."""
        has_it = self.optimizer in ("momentum", "Nesterov")
        return {} if has_it else {"momentum": "has an effect on momentum and Nesterov"}

    def model(self) -> DescentModel:
        """Return the path at the present parameters."""
        return DescentModel(
            surface_name=self.surface,
            optimizer=self.optimizer,
            rate=self.learning_rate,
            momentum=self.momentum,
            start=self.start,
            steps=self.steps,
            turn=self.turn,
        )

    def pointer_dragged(self, at: Point) -> None:
        """Let the start, the learning rate or the landscape follow the pointer."""
        super().pointer_dragged(at)
        if at.handle == "landscape":
            turned = at.before["turn"] + 60 * at.moved[0]
            self.turn = DescentExplorer.turn.nearest((turned + 180) % 360 - 180)
