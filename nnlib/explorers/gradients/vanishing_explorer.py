"""`VanishingGradientsExplorer`: how much gradient reaches each layer of a deep network."""

from nnlib import INITIALIZERS
from nnlib.explorers.controls.parameters import Choice, Whole
from nnlib.explorers.engine.explorer import Explorer
from nnlib.explorers.engine.pointer import Point
from nnlib.explorers.gradients.vanishing_model import DEEPEST, VanishingGradientsModel
from nnlib.explorers.gradients.vanishing_view import VanishingGradientsView
from nnlib.explorers.shared.activation_choice import ActivationChoice, learnable


class VanishingGradientsExplorer(Explorer):
    """A deep network before its first step: the size of δ = ∂L/∂z in each layer.

    On its way back the gradient is multiplied in each layer by f′(z) and by the weights; many
    factors below 1 make it vanish, many above 1 make it explode. Glorot and Bengio, "Understanding
    the difficulty of training deep feedforward neural networks" (2010), section 4.

    Parameters
    ----------
    depth : int, 1 to 30
        How many hidden layers of 16 units there are. The output is one linear unit.
    activation : str
        f of the hidden layers: ``sigmoid tanh relu leaky_relu elu softplus gelu linear``.
    initializer : {"xavier", "he", "lecun", "uniform", "zeros"}
        Where the weights start.
    seed : int, 0 to 9
        Which start, and which random data.
    """

    activation = ActivationChoice("sigmoid", for_training=True)
    initializer = Choice(
        "xavier",
        options=("xavier", *(name for name in INITIALIZERS if name != "xavier")),
        label="initialiser",
    )
    depth = Whole(10, low=1, high=DEEPEST, label="hidden layers")
    seed = Whole(0, low=0, high=9, label="start")

    opens_with = ("activation", "initializer", "depth", "seed")
    View = VanishingGradientsView

    def model(self) -> VanishingGradientsModel:
        """Return the network after one pass."""
        return VanishingGradientsModel(
            *(self.depth, self.activation, self.initializer, self.seed), others=tuple(learnable())
        )

    def pointer_pressed(self, at: Point) -> None:
        """Choose the activation whose line is clicked on."""
        if at.handle in learnable():
            self.activation = at.handle
