"""The view of one pass: the network as far as it has come, and beside it the step in words."""

from matplotlib.figure import Figure

from nnlib.explorers.backprop.change_panel import ChangePanel
from nnlib.explorers.backprop.model import BackpropModel
from nnlib.explorers.engine.pointer import Handle
from nnlib.explorers.passes.pass_drawing import PassDrawing
from nnlib.explorers.passes.step_panel import StepPanel
from nnlib.plots.palette import Palette
from nnlib.plots.words.text import add_panel


class BackpropView:
    """Two panels: the network as far as the pass has come; this step, or the learner's change."""

    def __init__(self, figure: Figure, palette: Palette, sizes: tuple[int, ...]) -> None:
        self.drawing = PassDrawing(figure, palette, sizes)
        right = add_panel(figure, 612, 288)
        self.step = StepPanel(right, palette, sizes)
        self.change = ChangePanel(figure, right, palette)
        self.artists = [*self.drawing.artists, *self.step.artists, *self.change.artists]

    def update(self, model: BackpropModel) -> None:
        """Show ``model``."""
        self.drawing.update(model)
        self.step.update(model.in_words, model.heading, model.nudge)
        self.change.update(model.own_change)

    @property
    def handles(self) -> list[Handle]:
        """The dot of a change; gradients and nodes, to click on; weights and biases, to drag."""
        return [*self.change.handles, *self.drawing.handles]
