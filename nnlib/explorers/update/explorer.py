"""`UpdateExplorer`: the update that a network in training makes next, number by number."""

from collections.abc import Mapping

from matplotlib.figure import Figure

from nnlib.explorers.engine.painter import FigureView
from nnlib.explorers.engine.pointer import Point
from nnlib.explorers.passes.pass_drawing import name_of
from nnlib.explorers.passes.steps import gradient_of, step_clicked, steps_of
from nnlib.explorers.playing.playing_explorer import ReversibleExplorer
from nnlib.explorers.shared.network_parts import named_parameters
from nnlib.explorers.update.looking import LookingExplorer
from nnlib.explorers.update.model import NoModel, UpdateModel, step_of
from nnlib.explorers.update.next_update import next_update
from nnlib.explorers.update.view import NoView, UpdateView
from nnlib.plots.palette import Palette
from nnlib.plots.words.symbols import LossNode, Node, nodes_of

NOT_TRAINED = "a timeline is looked at; “Fork from here” begins a run"


class UpdateExplorer(LookingExplorer, ReversibleExplorer):
    """Look inside the update that comes next: the very network, and the very rows.

    First one row of the mini-batch goes forward and back, as in `BackpropExplorer`; then each
    weight and bias gets its new number: w ← w − η·g, where g is the mean of the rows' gradients, or
    whatever the optimiser makes of it; at last all have moved. A click on a gradient or node goes
    to its step, a click on a weight to its gradient, and to its update after the pass. The arrow
    keys on the picture step back and forward. "Make this update" makes it where it is looked into.

    Parameters
    ----------
    of : TrainingExplorer, TimelineExplorer or Trainer, optional
        Whose update; what an explorer learns from now on is followed. Of a timeline: the first
        update of a run that leaves at the moment shown. Of a trainer that code trains, the next
        frame shows the newest. Default: a run of its own, at its start.
    step : int
        How far it has come: in a 2-2-1 network 20 steps of the pass, 9 of the update, and the last
        one for all together. A larger one becomes the last.
    row : int
        Which row of the mini-batch goes through, from 1. A larger one becomes the last.

    Notes
    -----
    One output, up to two hidden layers, up to four inputs or neurons in a layer, squared error or
    cross-entropy, no dropout: of any other network the picture says why it cannot be looked into.
    """

    opens_with = ("step", "row")
    words_folded = True
    step_seconds = 1.5  # time to read one equation

    # What the buttons do --------------------------------------------------------------------

    def add_buttons(self) -> None:
        """Add Back, Step, Play and Pause, and the one that makes the update."""
        super().add_buttons()
        self.add_button("make", "Make this update", self.make_update)

    def make_update(self) -> None:
        """Make the update where it is looked into; the next one stands at its beginning."""
        if self.begins_anew:
            self.notice = NOT_TRAINED
            return
        steps = self.trainer.steps
        (self._own or self._of).step()
        self.notice = self.diverged or None
        if self.trainer.steps > steps and not self.diverged:
            self.set_parameters(step=0, row=1)
        self.went_on()
        self.request_frame()

    def play(self) -> None:
        """Go through the steps until `pause`, from the start again if all are made."""
        if self.step == self.last_step:
            self.step = 0
        super().play()

    def reset(self) -> None:
        """Go back to what it opened with; a run of its own begins anew, any other stays."""
        with self.one_deed():
            if self._own is not None:
                self._own.reset()
            super().reset()
            self.request_frame()

    @property
    def must_pause(self) -> bool:
        """Whether all steps are made."""
        return self.step >= self.last_step

    def _go(self, steps: int) -> None:
        self.step = min(max(self.step + steps, 0), self.last_step)

    @property
    def idle(self) -> Mapping[str, str]:
        """What cannot be done now, and why."""
        if self.why_not:
            names = ("step", "row", "back", "next", "play", "make")
            return dict.fromkeys(names, "waits for a network that can be looked into")
        idle = {}
        if self.step == 0:
            idle["back"] = "no step has been made yet"
        if self.step == self.last_step:
            idle["next"] = "all steps are made"
        if self.n_rows == 1:
            idle["row"] = "waits for a mini-batch of several rows"
        if self.begins_anew:
            idle["make"] = NOT_TRAINED
        elif self.diverged:
            idle["make"] = "waits for another setting: training has diverged"
        return idle

    # The picture ----------------------------------------------------------------------------

    def make_view(self, figure: Figure, palette: Palette) -> FigureView:
        """Return a view for the network, or for the reason why there is none."""
        self._arrangement = self._arrangement_now
        return (
            UpdateView(figure, palette, self.sizes)
            if self._arrangement
            else NoView(figure, palette)
        )

    def model(self) -> UpdateModel | NoModel:
        """Return the next update at the present step."""
        why = self.why_not
        if why:
            return NoModel(why)
        update = next_update(self.trainer)
        return UpdateModel(
            update,
            row=min(self.row, len(update.rows)) - 1,
            step=min(self.step, self.last_step),
            begins_anew=self.begins_anew,
            waits=bool(self.diverged),
        )

    def pointer_pressed(self, at: Point) -> None:
        """Go to the step of what is pressed."""
        if at.handle.startswith("step "):
            self.step = int(at.handle.removeprefix("step "))
        if at.handle == "rows":
            assert isinstance(self.view, UpdateView)
            self.row = self.view.panel.dots.row_at(at.x, at.y) + 1
        steps = steps_of(self.sizes)
        parameter = named_parameters(self.sizes).get(at.handle)
        if parameter is not None:
            updates = self.step > steps.last
            of_pass = steps.number_of(gradient_of(parameter))
            self.step = step_of(self.sizes, parameter) if updates else of_pass
        nodes: list[Node | LossNode] = [*nodes_of(self.sizes), LossNode()]
        for node in nodes:
            if at.handle == name_of(node):
                clicked = step_clicked(self.sizes, node, self.step, range(1, steps.last + 1))
                self.step = self.step if clicked is None else clicked
