"""`NeuronExplorer`: what two weights and a bias do to one neuron's answers."""

import numpy as np

from nnlib import datasets
from nnlib._typing import Array
from nnlib.explorers.controls.parameters import Choice, Number, Positive, Whole
from nnlib.explorers.engine.pointer import Point, row_clicked
from nnlib.explorers.neurons.neuron_model import (
    ARROW,
    OFFERED,
    ROWS_SHOWN,
    NeuronModel,
    first_shown,
)
from nnlib.explorers.neurons.neuron_view import NeuronView
from nnlib.explorers.runs.points import OWN, samples_of
from nnlib.explorers.shared.point_editor import (
    OwnPointsExplorer,
)

GATES = ("or", "and", "nand", "nor", "xor", "xnor", "first", "second")


class NeuronExplorer(OwnPointsExplorer):
    """One neuron with two inputs on a truth table: z = x₁w₁ + x₂w₂ + b, a = f(gain · z).

    On the plane, the boundary can be dragged, which moves b, and so can the tip of the arrow w. A
    click on a line of the table, or on its point, sends that row through the neuron.

    Parameters
    ----------
    data : {"or", "and", "nand", "nor", "xor", "xnor", "first", "second", "own"}
        The truth table to answer, or the learner's own points.
    w1, w2, bias : float
        The neuron's weights and bias (dimensionless).
    activation : {"sigmoid", "step"}
        f. The answer counts as 1 where a is 0.5 or more.
    gain : float
        What z is multiplied with before f: more makes the sigmoid steeper and leaves the boundary.
    row : int, 1 to 4
        Which of the rows in the table is shown going through the neuron. They are the last four.
    points : sequence of (x1, x2, class)
        The learner's own points.
    new_class, new_x1, new_x2 : int, float, float
        The form's next point; a click on the plane adds one of the same class.
    """

    data = Choice(
        "or", options=[*((gate.upper(), gate) for gate in GATES), ("my points", OWN)], label="data"
    )
    w1 = Number(1.0, low=-5, high=5, step=0.1, label="w₁ weight")
    w2 = Number(1.0, low=-5, high=5, step=0.1, label="w₂ weight")
    bias = Number(-1.5, low=-5, high=5, step=0.1, label="b bias")
    activation = Choice("sigmoid", options=OFFERED, label="activation f")
    gain = Positive(1.0, low=0.1, high=10, label="gain of z")
    row = Whole(3, low=1, high=ROWS_SHOWN, label="row shown")

    opens_with = ("data", "w1", "w2", "bias")
    words_folded = True
    View = NeuronView
    _held: Array | None = None  # where the arrow began when its tip was taken

    def samples(self, data: str) -> tuple[Array, Array]:
        """Return the truth table."""
        return datasets.truth_table(data)

    def model(self) -> NeuronModel:
        """Return the neuron evaluated at the present weights."""
        own = self.data == OWN
        X, y = samples_of(self.points) if own else self.samples(self.data)
        return NeuronModel(
            name="My points" if own else self.data.upper(),
            X=X,
            y=y,
            activation=self.activation,
            weights=np.array([self.w1, self.w2]),
            bias=self.bias,
            gain=self.gain,
            row=self._row_of(len(X)),
            held=self._held,
            new_point=self.new_point,
        )

    def add_point(self, x1: float, x2: float) -> None:
        """Add a point, and send it through the neuron: it is the last in the table."""
        super().add_point(x1, x2)
        self.row = ROWS_SHOWN

    def remove_point(self, x1: float, x2: float) -> None:
        """Remove a point; the one that is shown stays the one, unless it is removed."""
        before = self.points
        super().remove_point(x1, x2)
        if self.points == before:
            return
        shown = before[self._row_of(len(before))]
        if shown in self.points:
            self.row = self.points.index(shown) - first_shown(len(self.points)) + 1

    def _row_of(self, n_rows: int) -> int:
        """Return which of so many rows is put through the neuron, from 0."""
        return first_shown(n_rows) + min(self.row, n_rows) - 1

    def pointer_pressed(self, at: Point) -> None:
        """Choose the row whose line in the table, or whose point, is clicked."""
        if (row := row_clicked(at)) is not None:
            self.row = row
        # While the tip is dragged it is to stay below the pointer, though the boundary moves.
        self._held = self.model().arrow[0] if at.handle == "w" else None
        super().pointer_pressed(at)

    def pointer_dragged(self, at: Point) -> None:
        """Move the boundary with the pointer, or the tip of w."""
        dx, dy = at.moved
        w1, w2, bias = (at.before[name] for name in ("w1", "w2", "bias"))
        if at.handle == "boundary":  # z stays 0 on it: w₁ dx + w₂ dy + db = 0
            self.bias = NeuronExplorer.bias.nearest(bias - w1 * dx - w2 * dy)
        elif at.handle == "line outside":  # it comes to where the pointer is
            self.bias = NeuronExplorer.bias.nearest(-w1 * at.x - w2 * at.y)
        elif at.handle == "w":
            self.set_parameters(
                w1=NeuronExplorer.w1.nearest(w1 + dx / ARROW),
                w2=NeuronExplorer.w2.nearest(w2 + dy / ARROW),
            )

    def pointer_released(self, at: Point) -> None:
        """Let the arrow of w begin on the boundary again."""
        if self._held is not None:
            self._held = None
            self.request_frame()
