"""`HiddenSpaceExplorer`: the hidden layer moves the points of XOR until one line parts them."""

import numpy as np

from nnlib.explorers.controls.parameters import Limited, Number, Positive
from nnlib.explorers.engine.explorer import Explorer
from nnlib.explorers.engine.pointer import Point
from nnlib.explorers.feedforward.hidden_space_model import HIDDEN_WEIGHTS, HiddenSpaceModel
from nnlib.explorers.feedforward.hidden_space_view import HiddenSpaceView


class HiddenSpaceExplorer(Explorer):
    """XOR by hand with 2-2-1: hidden units OR and NAND, output unit AND, in the space between.

    a⁽¹⁾ = σ(k (x W⁽¹⁾ + b⁽¹⁾)); the output unit answers 1 where a₁ + a₂ ≥ 1.5.

    Parameters
    ----------
    warp : float, 0 to 1
        How far the points have moved from their inputs to their hidden outputs.
    sharpness : float
        k > 0: how close the hidden units come to a step.
    b1, b2 : float
        The biases of OR and NAND. Their lines can be dragged.
    """

    warp = Limited(0.0, low=0, high=1, most=1, step=0.05, label="moved")
    sharpness = Positive(5.0, low=1, high=100, label="k sharpness")
    b1 = Number(-0.5, low=-3, high=3, step=0.1, label="b₁ of OR")
    b2 = Number(1.5, low=-3, high=3, step=0.1, label="b₂ of NAND")

    opens_with = ("warp", "sharpness", "b1", "b2")
    words_folded = True
    View = HiddenSpaceView

    def model(self) -> HiddenSpaceModel:
        """Return the network at the present biases."""
        return HiddenSpaceModel(np.array([self.b1, self.b2]), self.sharpness, self.warp)

    def pointer_dragged(self, at: Point) -> None:
        """Move a hidden unit's line: where z = x·w + b is 0 after x has moved, b is less by w·x."""
        weights = HIDDEN_WEIGHTS[:, 0 if at.handle == "b1" else 1]
        bias = at.before[at.handle] - float(weights @ at.moved)
        self.set_parameters(**{at.handle: HiddenSpaceExplorer.b1.nearest(bias)})
