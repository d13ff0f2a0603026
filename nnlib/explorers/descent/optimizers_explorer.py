"""`OptimizersExplorer`: five optimisers from one start, side by side."""

from nnlib.explorers.controls.parameters import Choice, Positive
from nnlib.explorers.descent.optimizers_model import OptimizersModel
from nnlib.explorers.descent.optimizers_view import OptimizersView
from nnlib.explorers.descent.path import OPTIMIZERS
from nnlib.explorers.descent.surface_explorer import SurfaceExplorer
from nnlib.explorers.descent.surfaces import SURFACES
from nnlib.explorers.engine.pointer import Point


class OptimizersExplorer(SurfaceExplorer):
    """Five optimisers walk down one surface, from the same start with the same η.

    The map shows their paths, the curves their losses after each step; the list has the loss of
    each, the lowest marked. A click on a name brings that walk to the front. One that has left the
    map has its mark at the edge. On the rate's axis stand the limits of all that have one.

    Parameters
    ----------
    surface : {"bowl", "ravine", "tilted", "neuron", "two_neurons"}
        Whose loss: a line's on inputs of three kinds, a sigmoid neuron's, or two neurons' in a row.
    optimizer : {"gradient descent", "momentum", "Nesterov", "RMSProp", "Adam"}
        Which of them is in front.
    learning_rate : float
        η > 0, of all five. The knob on its axis can be dragged.
    steps : int, 0 to 100
        How many steps have been made.
    momentum : {0.5, 0.8, 0.9, 0.95, 0.99}
        μ of momentum and Nesterov.
    start_across, start_up : float
        Where all start: by default where the surface has its own start. The ring can be dragged,
        and a click on the map puts it there.
    """

    surface = Choice(
        "tilted",
        options=[(surface.title, name) for name, surface in SURFACES.items()],
        label="surface",
    )
    optimizer = Choice("momentum", options=tuple(OPTIMIZERS), label="in front")
    learning_rate = Positive(0.05, low=0.01, high=100.0, label="η learning rate")

    opens_with = ("learning_rate", "steps")
    words_folded = True
    View = OptimizersView

    def model(self) -> OptimizersModel:
        """Return the five walks at the present parameters."""
        return OptimizersModel(
            surface_name=self.surface,
            in_front=self.optimizer,
            rate=self.learning_rate,
            momentum=self.momentum,
            start=self.start,
            steps=self.steps,
        )

    def pointer_pressed(self, at: Point) -> None:
        """Start where the map is clicked; take the rate or the optimiser that is clicked on."""
        super().pointer_pressed(at)
        if at.handle in OPTIMIZERS:
            self.optimizer = at.handle
