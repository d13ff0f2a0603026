"""`GradientArrowsExplorer`: each row of data pulls its own way; the batch is their mean."""

from typing import Any

import numpy as np

from nnlib.explorers.controls.parameters import Choice, Number, Positive, Values, Whole
from nnlib.explorers.engine.explorer import Explorer
from nnlib.explorers.engine.pointer import Point, row_clicked
from nnlib.explorers.gradients.arrows_model import GradientArrowsModel, X
from nnlib.explorers.gradients.arrows_view import GradientArrowsView

MOST_STEPS = 100  # that are shown of the point's way: the ring at its first place is the start


class Trail(Values):
    """Places of the point: pairs of weights, one after another."""

    def validate(self, obj: Any, value: Any) -> tuple[float, ...]:
        """Return the numbers as a tuple; refuse an odd number of them."""
        numbers = super().validate(obj, value)
        if len(numbers) % 2:
            self.refuse(value, "pairs of weights: an even number of numbers")
        return numbers


class GradientArrowsExplorer(Explorer):
    """One row against the batch: ŷ = σ(x·w) with two weights, on five rows.

    Drag the point downhill, or step along an arrow; its way stays on the map, and the title tells
    what the step did. From the point w an arrow for each row, −η times the gradient of that row's
    own loss, which lies along the row's input x; and the batch's, the mean of the five. Where all
    are short, all are drawn longer by one factor, which stands below the map. An arrow that the
    point would hide is drawn a little longer; a gradient of 0 has none.

    Parameters
    ----------
    w1, w2 : float
        The weights: the point, which can be dragged.
    row : int, 1 to 5
        The row that is chosen.
    learning_rate : float
        η > 0: an arrow ends where a step of gradient descent leads, if it is not drawn longer.
    loss : {"binary_cross_entropy", "mean_squared_error"}
        L.
    contours : {"batch", "row"}
        Whose loss the shades and contour lines show.
    trail : sequence of float
        Where the point was before its latest steps: w₁, w₂, w₁, w₂, …
    """

    w1 = Number(-2.0, low=-4, high=4, step=0.1, label="w₁ weight")
    w2 = Number(1.0, low=-4, high=4, step=0.1, label="w₂ weight")
    row = Whole(4, low=1, high=len(X), label="row")
    learning_rate = Positive(1.0, low=0.1, high=10.0, label="η learning rate")
    contours = Choice(
        "batch", options=[("the batch", "batch"), ("this row", "row")], label="contours of"
    )
    loss = Choice(
        "binary_cross_entropy",
        options=[
            ("binary cross-entropy", "binary_cross_entropy"),
            ("mean squared error", "mean_squared_error"),
        ],
        label="L loss",
    )

    trail = Trail()

    opens_with = ("w1", "w2", "row", "learning_rate", "contours")
    words_folded = True
    View = GradientArrowsView

    _arrived: tuple[float, float] | None = None  # where the latest step has led

    def add_buttons(self) -> None:
        """Add a step along either arrow."""
        self.add_button("row_step", "Step: this row", lambda: self._step(0), look="step")
        self.add_button("batch_step", "Step: the batch", lambda: self._step(1), look="step")

    def model(self) -> GradientArrowsModel:
        """Return the gradients at the present weights."""
        return GradientArrowsModel(
            weights=np.array([self.w1, self.w2]),
            row=self.row - 1,
            learning_rate=self.learning_rate,
            loss=self.loss,
            contours=self.contours,
            trail=tuple(zip(self.trail[::2], self.trail[1::2], strict=True)),
        )

    def set_parameters(self, **parameters: Any) -> None:
        """Set several parameters and draw once. If one is refused, none is changed."""
        if "trail" in parameters:  # it belongs to the weights that are set with it
            self._arrived = (parameters.get("w1", self.w1), parameters.get("w2", self.w2))
        super().set_parameters(**parameters)

    def parameter_changed(self, name: str) -> None:
        """Forget the point's way when it is put elsewhere, or when another loss is lowered."""
        put = name in ("w1", "w2") and (self.w1, self.w2) != self._arrived
        if put or name == "loss":
            self.trail, self._arrived = (), None

    def pointer_pressed(self, at: Point) -> None:
        """Choose the row that is clicked on."""
        if (row := row_clicked(at)) is not None:
            self.row = row

    def pointer_dragged(self, at: Point) -> None:
        """Let the point follow the pointer."""
        if at.handle == "point":
            nearest = GradientArrowsExplorer.w1.nearest
            self.set_parameters(
                w1=nearest(at.before["w1"] + at.moved[0]), w2=nearest(at.before["w2"] + at.moved[1])
            )

    def _step(self, which: int) -> None:
        """Move the point to the end of the chosen row's arrow (0) or of the batch's (1)."""
        model = self.model()
        w1, w2 = model.after_step(model.pulls[which]).tolist()
        trail = (*self.trail, self.w1, self.w2)[-2 * MOST_STEPS :]
        self.set_parameters(w1=w1, w2=w2, trail=trail)
