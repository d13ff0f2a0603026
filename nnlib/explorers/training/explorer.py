"""`TrainingExplorer`: a network learns while you watch, and you change how it learns."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar

import numpy as np
import traitlets
from matplotlib.figure import Figure

from nnlib import Trainer
from nnlib._typing import Array
from nnlib.explorers.engine.pointer import Point
from nnlib.explorers.playing.learning_explorer import LearningExplorer
from nnlib.explorers.runs.data import data_of
from nnlib.explorers.runs.points import OWN, samples_of
from nnlib.explorers.runs.run import TrainingRun
from nnlib.explorers.shared.network_controls import PIXELS_A_STEP
from nnlib.explorers.shared.network_parts import flat_index, named_parameters, value_of
from nnlib.explorers.shared.point_editor import FURTHEST, MOST_POINTS, TWO_POINTS
from nnlib.explorers.training.model import TrainingModel, arrangement_of
from nnlib.explorers.training.parameters import NOTHING, TrainingParameters
from nnlib.explorers.training.view import TrainingView
from nnlib.plots.palette import Palette
from nnlib.plots.words.symbols import Quantity


class TrainingExplorer(LearningExplorer, TrainingParameters):
    """A network that learns two classes of points, or a curve, while you watch.

    Play trains until Pause or to the end of an epoch, and pauses by itself when no view of it is on
    screen; Step makes one update on one mini-batch, Epoch one pass over all rows. Restart goes back
    to the same start with the settings as they are, New start to another one, Reset to all that it
    opened with. The loss curves of the last three runs stay, named by what was different.

    Optimiser, learning rate, momentum, batch size and penalties change while it plays; anything
    else begins anew. A press on a weight chooses it, and dragging it up or down changes it.

    Parameters
    ----------
    data : str
        ``circles moons xor_cloud spiral blobs`` (400 points), the truth tables ``or and xor``,
        ``sine`` (a curve to follow), ``own`` for the learner's own points, ``table`` for ``csv``.
    noise, test_share, data_seed : float, float, int
        Of the points: their noise, the share that is kept for testing, and which points they are.
    points : sequence of (x1, x2, class)
        The learner's own points.
    new_class, new_x1, new_x2 : int, float, float
        The form's next point; a click on the plane adds one of the same class.
    csv : str
        The learner's own table: rows of x₁, x₂ and class (0 or 1), or of x and a number.
    features : sequence of str
        The inputs: ``x1 x2 x1_squared x2_squared product sin_x1 sin_x2``.
    hidden1, hidden2, hidden3 : int
        Neurons in the hidden layers, 0 to 8; 0 leaves a layer out.
    activation, activation2, activation3 : str
        Their activations. The output is a sigmoid, or linear for a curve.
    initializer, seed : str, int
        Where the weights start, and which of the possible starts it is.
    loss : {"binary_cross_entropy", "mean_squared_error"}
        What is lowered; for a curve always the latter.
    optimizer : {"sgd", "momentum", "nesterov", "rmsprop", "adam"}
        How the gradient is used.
    learning_rate, momentum : float
        η > 0 and μ. Too large a rate is legal: the picture then says how training diverged.
    batch_size : int or None
        Rows in one mini-batch; None for all.
    l1, l2 : float
        Weights of the penalty l1 · Σ|w| + ½ · l2 · Σw².
    stop_at : int or None
        The epoch at whose end Play stops; None: it goes on until Pause.
    speed : {"slow", "medium", "fast"}
        Epochs between two pictures while playing: 1, 5, or as many as there is time for.
    panel : {"loss", "gradients", "updates"}
        The curves on the right: losses, or the sizes of gradients or updates in each layer.
    logarithmic, test_shown, classes_only : bool
        Whether these curves have a logarithmic scale; whether rows kept for testing are shown;
        whether the plane has the colours of the classes answered, and none in between.
    selected, value : str, float
        A weight or bias, as in `FeedforwardExplorer`, or ``"none"``; and its value.
    """

    opens_with = ("data", "hidden1", "hidden2", "learning_rate", "stop_at")
    groups: ClassVar = {
        "Data": ("data", "noise", "test_share", "data_seed", "new_data", "test_shown"),
        "Network": ("hidden1", "hidden2", "hidden3", "activation", "activation2", "activation3",
                    "features", "initializer", "new_start", "seed", "selected", "value"),
        "Learning": ("learning_rate", "loss", "optimizer", "momentum", "batch_size", "l1", "l2",
                     "stop_at"),
        "Picture": ("speed", "panel", "logarithmic", "classes_only", "forget_curves"),
    }  # fmt: skip

    progress = traitlets.Int(0, help="grows with whatever is new: another view may watch it")

    def __init__(self, show: Sequence[str] | None = None, **parameters: Any) -> None:
        self._run: TrainingRun | None = None
        super().__init__(show, **parameters)
        if "value" in parameters:
            self._change_weight()
        self._follow_weight()

    def add_buttons(self) -> None:
        """Add what plays, and what begins anew."""
        self.add_play_and_pause()
        self.add_button("step", "Step", self.step, look="step")
        self.add_button("epoch", "Epoch", self.epoch, look="epoch")
        self.add_button("restart", "Restart", self.restart, look="restart")
        self.add_button("new_data", "New data", self.new_data)
        self.add_button("new_start", "New start", self.new_start)
        self.add_button("forget_curves", "Forget earlier curves", self.forget_curves)
        super().add_buttons()

    # What the buttons do --------------------------------------------------------------------

    def step(self, updates: int = 1) -> None:
        """Make ``updates`` updates, each on one mini-batch."""
        with self.lock:
            self.run.train(updates)
            self._follow_weight()
        self.request_frame()

    def epoch(self) -> None:
        """Train to the end of the epoch: one pass over all rows."""
        with self.lock:
            self.run.finish_epoch()
            self._follow_weight()
        self.request_frame()

    nothing_to_do: ClassVar = {
        "restart": "It stands at its start. Play, Step or Epoch trains.",
        "forget_curves": "There are no earlier curves. Restart leaves the curve of a run.",
    }

    def restart(self) -> None:
        """Stop, and go back to the same start with the settings as they are."""
        self.pause()
        with self.lock:
            self.run.reset()
            self._follow_weight()
        self.request_frame()

    def new_start(self) -> None:
        """Stop, and begin with other weights."""
        self.pause()
        self.seed = (self.seed + 1) % 100

    def new_data(self) -> None:
        """Stop, and begin with other points of the same kind."""
        self.pause()
        self.data_seed = (self.data_seed + 1) % 100

    def forget_curves(self) -> None:
        """Take the curves of earlier runs off the picture."""
        with self.lock:
            self.run.past = ()
        self.request_frame()

    def reset(self) -> None:
        """Stop, and go back to the parameters and weights that it opened with."""
        with self.lock:
            super().reset()
            self._run = TrainingRun(self.settings)
            self._follow_weight()
        self.request_frame()

    def request_frame(self) -> None:
        """Ask for a frame, and tell other views of the run that there is something new."""
        super().request_frame()
        self.progress += 1

    # The run --------------------------------------------------------------------------------

    @property
    def run(self) -> TrainingRun:
        """The run that is shown. To read from; the explorer's parameters steer it."""
        with self.lock:
            if self._run is None:
                self._run = TrainingRun(self.settings)
            return self._run

    @property
    def trainer(self) -> Trainer:
        """The run's trainer."""
        return self.run.trainer

    def samples(self, data: str) -> tuple[Array, Array]:
        """Return X and y of other data: what own points begin as a copy of."""
        made = data_of(replace(self.settings, data=data))
        if made.is_curve:
            return samples_of(TWO_POINTS)
        near = np.flatnonzero(np.abs(made.X).max(axis=1) <= FURTHEST)[:MOST_POINTS]
        return made.X[near], made.y[near]

    def parameter_changed(self, name: str) -> None:
        """Steer the run; make another view where the change needs one."""
        super().parameter_changed(name)
        if name == "value":
            self._change_weight()
        else:
            self.notice = self.notice if self.why_it_pauses else None
            self.run.steer(self.settings)
            self._offer_weights()
            self._follow_weight()
        if self._arrangement != arrangement_of(self.run, self.logarithmic):
            self.renew_view()

    # What plays -----------------------------------------------------------------------------

    @property
    def epochs_trained(self) -> int:
        """How many passes over all rows have been made."""
        return self.trainer.epoch

    @property
    def cannot_train(self) -> bool:
        """Whether training has diverged."""
        return bool(self.run.diverged)

    def train(self) -> None:
        """Make an update on one mini-batch."""
        self.run.train()

    def show_progress(self) -> None:
        """Send a frame, and let ``value`` tell the chosen weight as it is now."""
        self._follow_weight()
        super().show_progress()

    # One weight -----------------------------------------------------------------------------

    @property
    def quantity(self) -> Quantity | None:
        """The weight or bias that is chosen."""
        return named_parameters(self.sizes).get(self.selected)

    def _offer_weights(self) -> None:
        """Let the list of weights be that of the present network."""
        if self.selected not in named_parameters(self.sizes):
            self.selected = NOTHING
        self._panel.show("selected")

    def _follow_weight(self) -> None:
        """Let ``value`` tell the chosen weight as it is now."""
        with self.lock:
            if self.quantity is not None:
                self.value = value_of(self.trainer.network, self.quantity)

    def _change_weight(self) -> None:
        """Let the chosen weight be ``value``."""
        quantity, network = self.quantity, self.trainer.network
        if quantity is not None and value_of(network, quantity) != self.value:
            parameters = network.parameters.copy()
            parameters[flat_index(network.sizes, quantity)] = self.value
            self.run.set_parameters(parameters)

    def pointer_pressed(self, at: Point) -> None:
        """Choose the weight or bias that is pressed; on the plane, add or remove a point."""
        if at.handle in named_parameters(self.sizes):
            self.selected = at.handle
            self._value_pressed = self.value
        super().pointer_pressed(at)

    def pointer_dragged(self, at: Point) -> None:
        """Change it: up is more, down is less."""
        if at.handle == self.selected:
            steps = round(at.moved[1] / PIXELS_A_STEP)
            self.value = round(self._value_pressed + 0.1 * steps, 9)

    # The picture ----------------------------------------------------------------------------

    def make_view(self, figure: Figure, palette: Palette) -> TrainingView:
        """Return a view for the present network."""
        self._arrangement = arrangement_of(self.run, self.logarithmic)
        return TrainingView(figure, palette, self._arrangement)

    def model(self) -> TrainingModel:
        """Return the network's answers and losses at this moment."""
        return TrainingModel(
            run=self.run,
            panel=self.panel,
            logarithmic=self.logarithmic,
            chosen=self.quantity,
            test_shown=self.test_shown,
            classes_only=self.classes_only,
            new_point=self.new_point,
            data_words=self.points_words if self.data == OWN else "",
        )

    # What was learned -----------------------------------------------------------------------

    @property
    def work_done(self) -> int:
        """How many updates were made, and how long the curves of earlier runs are."""
        return self.run.trainer.steps + sum(len(past.epochs) for past in self.run.past)

    @property
    def learned(self) -> dict[str, Any]:
        """The run itself, so that training goes on exactly from here."""
        return {"run": self.run.state}

    def resume(self, learned: dict[str, Any]) -> None:
        """Go on with the run.

        Raises
        ------
        ValueError
            If it was trained with other settings than the parameters say.
        """
        if "run" not in learned:
            return
        run = TrainingRun.from_state(learned["run"])
        if run.settings != self.settings:
            raise ValueError("This run was trained with other settings.")
        with self.lock:
            self._run = run
            self._follow_weight()
        self.request_frame()
