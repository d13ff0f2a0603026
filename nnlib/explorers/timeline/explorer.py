"""`TimelineExplorer`: go back to any moment of a training run, and let another run begin there."""

from collections.abc import Sequence
from typing import Any, Self

from matplotlib.figure import Figure

from nnlib import Trainer
from nnlib.explorers.controls.parameters import Choice
from nnlib.explorers.engine.pointer import Point
from nnlib.explorers.playing.epoch_slider import KeptEpoch, nearest
from nnlib.explorers.playing.watching import WatchingExplorer
from nnlib.explorers.runs.plane import limits_of
from nnlib.explorers.runs.run import TrainingRun
from nnlib.explorers.runs.run_words import name_of
from nnlib.explorers.runs.settings_words import changes
from nnlib.explorers.timeline.forking import ForkingExplorer
from nnlib.explorers.timeline.model import Branch, TimelineModel
from nnlib.explorers.timeline.overfitted_run import overfitted_run
from nnlib.explorers.timeline.view import Arrangement, TimelineView
from nnlib.plots.palette import Palette

LEAP = 10  # stops, with Page Up and Page Down


class TimelineExplorer(WatchingExplorer, ForkingExplorer):
    """A slider over the epochs of a run: boundary, network and loss go back and forth together.

    Drag the slider or the dot on the loss curve, or click on the picture and use the arrow keys,
    Page Up, Page Down, Home and End. "Fork from here" begins a second run with the weights of this
    moment and with other settings; whenever one of them changes, it is trained again.

    Parameters
    ----------
    of : TrainingExplorer or TrainingRun, optional
        Whose run: what it learns from now on appears here too. Default: a run on few noisy rows.
    epoch : int
        The moment that is shown. Old epochs thin out: where one is gone, the nearest is shown.
    branch : {"run", "fork"}
        Which run is shown, where there are two.
    learning_rate, momentum, l1, l2, dropout : float
    optimizer, batch_size : str, int
        The settings of the fork; at first those of the run.
    fork_epochs : int
        How many epochs the fork is trained.
    fork_at : int or None
        The epoch at which the fork leaves; None while there is none.
    """

    branch = Choice("run", options=[("first run", "run"), ("fork", "fork")], label="shown")
    epoch = KeptEpoch(label="epoch")

    opens_with = ("epoch", "branch", "learning_rate", "optimizer", "l2")
    listens_to = ("ArrowLeft", "ArrowRight", "PageUp", "PageDown", "Home", "End")

    def __init__(
        self, of: Any = None, show: Sequence[str] | None = None, **parameters: Any
    ) -> None:
        self._of = of
        self._history, self._last = self.run.trainer.history, self._first_branch.kept_epochs[-1]
        epoch = parameters.pop("epoch", self._last)  # which there are depends on all the others
        super().__init__(show, **parameters, epoch=epoch)
        self.watch()

    # The two runs ---------------------------------------------------------------------------

    @property
    def run(self) -> TrainingRun:
        """The first run. To read from."""
        if self._of is None:
            return overfitted_run()
        return self._of if isinstance(self._of, TrainingRun) else self._of.run

    @property
    def trainer(self) -> Trainer:
        """A trainer that begins at the moment shown, with the fork's settings and no memory."""
        fork = self.fork
        shown = Branch(fork, self.run) if fork and self._shows_fork else self._first_branch
        leaving = shown.leave(nearest(shown.kept_epochs, self.epoch))
        leaving.steer(self.fork_settings)
        return leaving.trainer

    @property
    def kept_epochs(self) -> list[int]:
        """The epochs that can be shown, in order; of a fork also those that are still to come."""
        kept = self._first_branch.kept_epochs
        if not self._shows_fork:
            return kept
        end = self.fork_at + self.fork_epochs
        return [*(epoch for epoch in kept if epoch < self.fork_at), *range(self.fork_at, end + 1)]

    @property
    def _first_branch(self) -> Branch:
        return Branch(self.run)

    @property
    def _shows_fork(self) -> bool:
        return self.fork_at is not None and self.branch == "fork"

    # Going to and fro -----------------------------------------------------------------------

    def pointer_pressed(self, at: Point) -> None:
        """Go to the epoch that is pressed on."""
        self.pointer_dragged(at)

    def pointer_dragged(self, at: Point) -> None:
        """Let the epoch follow the pointer."""
        self.set_parameters(epoch=max(round(at.x), 0))

    def key_pressed(self, key: str) -> None:
        """Go some stops on or back, or to an end."""
        kept = self.kept_epochs
        steps = {"ArrowLeft": -1, "ArrowRight": 1, "PageUp": LEAP, "PageDown": -LEAP}
        far = {"Home": -len(kept), "End": len(kept)}
        place = kept.index(self.epoch) + {**steps, **far}[key]
        self.epoch = kept[min(max(place, 0), len(kept) - 1)]

    def parameter_changed(self, name: str) -> None:
        """Stay where epochs are kept."""
        super().parameter_changed(name)
        if name in ("branch", "fork_at", "fork_epochs"):
            self._stay_on_kept_epochs()

    # When the first run goes on -------------------------------------------------------------

    def went_on(self) -> None:
        """Show what the first run has learned meanwhile; a run that began anew has no fork."""
        at_the_end = self.epoch == self._last and not self._shows_fork
        history = self.run.trainer.history
        if history is not self._history:
            self.fork_at = None
        self._history, self._last = history, self._first_branch.kept_epochs[-1]
        if at_the_end:
            self.epoch = self._last
        self._stay_on_kept_epochs()
        if self._arrangement != Arrangement.of(self.run):
            self.renew_view()

    def _stay_on_kept_epochs(self) -> None:
        """Bring the slider's stops up to date, and the epoch to one of them."""
        self.epoch = nearest(self.kept_epochs, self.epoch)
        self._panel.show("epoch")

    # The picture ----------------------------------------------------------------------------

    def make_view(self, figure: Figure, palette: Palette) -> TimelineView:
        """Return a view for the run's network."""
        self._arrangement = Arrangement.of(self.run)
        return TimelineView(figure, palette, self._arrangement)

    def model(self) -> TimelineModel:
        """Return the moment that is shown."""
        run, first, fork = self.run, self._first_branch, self.fork
        second = None if fork is None else Branch(fork, run)
        shown, other = first, second
        if second is not None and self._shows_fork:
            shown, other = second, first
        epoch = nearest(shown.kept_epochs, self.epoch)
        moment = shown.at(epoch)
        assert moment is not None  # it is one of the kept epochs
        return TimelineModel(
            name=name_of(run.settings, len(run.data.X)),
            limits=limits_of(run),
            first=first,
            fork=second,
            shown=moment,
            shows_fork=shown is second,
            other=other.at(epoch) if other is not None and epoch > self.fork_at else None,
            last=shown.kept_epochs[-1],
            changed=changes(run.settings, self.fork_settings),
        )

    # State ----------------------------------------------------------------------------------

    @property
    def state(self) -> dict[str, Any]:
        """The parameters, and the first run if it is not the explorer's own."""
        state = super().state
        return state if self._of is None else {**state, "run": self.run.state}

    @property
    def usual_values(self) -> dict[str, Any]:
        """What the parameters are where nothing is said: the epoch is the run's last one."""
        return {**super().usual_values, "epoch": self._last}

    @classmethod
    def from_state(cls, state: dict[str, Any]) -> Self:
        """Return a new explorer in the given state; its fork is trained again."""
        parameters = cls._checked_state(state)
        run = parameters.pop("run", None)
        return cls(None if run is None else TrainingRun.from_state(run), **parameters)
