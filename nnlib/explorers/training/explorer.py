"""`TrainingExplorer`: a network learns while you watch, and you change how it learns."""

from typing import ClassVar

from matplotlib.figure import Figure

from nnlib.explorers.runs.points import OWN
from nnlib.explorers.training.experimenting import ExperimentingExplorer
from nnlib.explorers.training.model import TrainingModel, arrangement_of
from nnlib.explorers.training.view import TrainingView
from nnlib.plots.palette import Palette


class TrainingExplorer(ExperimentingExplorer):
    """A network that learns two classes of points, or a curve, while you watch.

    Play trains until Pause or to the end of an epoch, and pauses by itself when no view of it is on
    screen; Step makes one update on one mini-batch, Epoch one pass over all rows. Restart goes back
    to the same start with the settings as they are, New start to another one, Reset to all that it
    opened with. The loss curves of the last three runs stay, named by what was different.

    Optimiser, learning rate, momentum, batch size, penalties and dropout change while it plays;
    anything else begins anew. A press on a weight chooses it, and dragging it up or down changes
    it. `UpdateExplorer` looks inside the next update of one, `TimelineExplorer` goes back in it.

    Parameters
    ----------
    experiment : str
        One of the settings worth trying that wait in ``nnlib/explorers/training/experiments.toml``:
        it sets all else, asks a question, and answers it when that has been seen. Or ``"none"``.
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
        The learner's own table: rows of x₁, x₂ and class (0 or 1, or two words), or of x and a
        number.
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
    dropout : float
        The probability with which each update leaves a hidden unit out. The picture shows them all.
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
        "Try": ("experiment",),
        "Data": ("data", "noise", "test_share", "data_seed", "new_data", "test_shown"),
        "Network": ("hidden1", "hidden2", "hidden3", "activation", "activation2", "activation3",
                    "features", "initializer", "new_start", "seed", "selected", "value"),
        "Learning": ("learning_rate", "loss", "optimizer", "momentum", "batch_size", "l1", "l2",
                     "dropout", "stop_at"),
        "Picture": ("speed", "panel", "logarithmic", "classes_only", "forget_curves"),
    }  # fmt: skip

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

    def parameter_changed(self, name: str) -> None:
        """Make another view where the change needs one."""
        super().parameter_changed(name)
        if self._arrangement != arrangement_of(self.run, self.logarithmic):
            self.renew_view()
