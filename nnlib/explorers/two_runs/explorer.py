"""`TwoRunsExplorer`: two runs from identical weights and data, with one thing changed."""

from collections.abc import Sequence
from typing import Any

from nnlib.explorers.controls.parameters import Choice, Limited, Positive, Whole
from nnlib.explorers.playing.learning_explorer import LearningExplorer, choose_speed
from nnlib.explorers.runs.past_runs import PastRun
from nnlib.explorers.runs.run import TrainingRun
from nnlib.explorers.runs.settings import CLOUDS, RunSettings
from nnlib.explorers.runs.settings_words import NAMES
from nnlib.explorers.two_runs.model import TwoRunsModel, ended
from nnlib.explorers.two_runs.variations import VARIED, settings_with
from nnlib.explorers.two_runs.varied_value import ComparedValue
from nnlib.explorers.two_runs.view import TwoRunsView
from nnlib.validation import whole_number

MOST_EPOCHS = 1_000_000  # that are trained again where a state says so
LAYERS = {"4": (4,), "8": (8,), "8, 8": (8, 8), "8, 8, 8": (8, 8, 8)}


class TwoRunsExplorer(LearningExplorer):
    """Two runs, A and B, from identical weights and data and with the same shuffles.

    One setting differs, all else is the same. Play trains both by the same number of epochs, until
    Pause or to the end of an epoch; Step trains each by one epoch; Reset goes back to the start.
    Whatever is changed, both begin again; their old curves stay, thin, to compare with.

    Parameters
    ----------
    varied : str
        What differs: a name in `VARIED`, such as ``learning_rate``, ``activation`` or ``dropout``.
        (``xavier`` and ``uniform`` scale the same random numbers, and so do ``he`` and ``lecun``.)
    a, b : float, int, str or None
        The value that A has, and that B has; for ``batch_size`` None is all rows.
    data : {"circles", "moons", "xor_cloud", "spiral", "blobs"}
        Two classes of points: 200 to train on and 200 to test on.
    noise : float
        How far the points are scattered.
    hidden : str
        The sizes of the hidden layers, as in ``"8, 8"``.
    learning_rate : float
        η of both runs, where it is not what differs.
    seed : int
        Draws the weights of the start and the shuffles.
    stop_at : int or None
        The epoch at whose end Play stops; None: it goes on until Pause.
    speed : {"slow", "medium", "fast"}
        Epochs between two pictures while playing: 1, 5, or as many as there is time for.
    """

    # The order counts: which values A and B may have depends on what varies.
    varied = Choice(
        "learning_rate",
        options=[(words, name) for name, words in NAMES.items()],
        label="what differs",
    )
    a = ComparedValue("A")
    b = ComparedValue("B")
    data = Choice("circles", options=CLOUDS, label="data")
    seed = Whole(1, low=0, high=9, label="start")
    noise = Limited(0.1, low=0.0, high=0.5, most=2.0, step=0.05, label="noise")
    hidden = Choice("8", options=tuple(LAYERS), label="hidden layers")
    learning_rate = Positive(0.1, low=0.001, high=10.0, label="η of both")
    speed = choose_speed()

    opens_with = ("varied", "a", "b", "data", "stop_at")
    words_folded = True
    in_threes = True  # what differs, A and B in one row
    View = TwoRunsView

    def __init__(self, show: Sequence[str] | None = None, **parameters: Any) -> None:
        self._runs: tuple[TrainingRun, TrainingRun] | None = None
        self._before: tuple[PastRun, ...] = ()
        name = parameters.get("varied", "learning_rate")
        varied = VARIED.get(name) if isinstance(name, str) else None
        if varied is not None:
            parameters = {"a": varied.first, "b": varied.second, **parameters}
        ordered = {n: parameters.pop(n) for n in self.declared_parameters if n in parameters}
        super().__init__(show, **ordered, **parameters)

    def add_buttons(self) -> None:
        """Add Play, Pause and Epoch."""
        self.add_play_and_pause()
        self.add_button("step", "Epoch", self.step, look="epoch")

    # The runs -------------------------------------------------------------------------------

    @property
    def runs(self) -> tuple[TrainingRun, TrainingRun]:
        """A and B. To read from."""
        if self._runs is None:
            base = RunSettings(
                data=self.data,
                noise=self.noise,
                hidden=tuple((units, "tanh") for units in LAYERS[self.hidden]),
                learning_rate=self.learning_rate,
                seed=self.seed,
            )
            a, b = (settings_with(base, self.varied, value) for value in (self.a, self.b))
            self._runs = (TrainingRun(a), TrainingRun(b))
        return self._runs

    def parameter_changed(self, name: str) -> None:
        """Offer what may differ now, and begin both runs anew."""
        if name == "varied":
            self._offer_values()
        if name not in ("speed", "stop_at"):
            if self.work_done:  # those that were never trained leave nothing to compare with
                self._before = tuple(map(ended, self.runs))
            self._runs = None
        self.notice = self.notice if self.why_it_pauses else None

    def _offer_values(self) -> None:
        """Let A and B have values of what varies now: the usual two where the old do not fit."""
        variation = VARIED[self.varied]
        if not {self.a, self.b} <= set(variation.values):
            with self.hold_trait_notifications():
                self.a, self.b = variation.first, variation.second
        for name in ("a", "b"):
            self._panel.show(name)

    # What the buttons do --------------------------------------------------------------------

    def step(self, epochs: int = 1) -> None:
        """Train each run by some epochs."""
        with self.lock:
            for _ in range(epochs):
                self.train()
        self.request_frame()

    def reset(self) -> None:
        """Stop, and go back to the settings and weights of the start."""
        with self.one_deed():
            super().reset()
            self._runs, self._before = None, ()
            self.request_frame()

    # What plays -----------------------------------------------------------------------------

    @property
    def epochs_trained(self) -> int:
        """The epochs of the run that is further."""
        return max(run.trainer.epoch for run in self.runs)

    @property
    def cannot_train(self) -> bool:
        """Whether neither can be trained any more."""
        return all(run.diverged for run in self.runs)

    def train(self) -> None:
        """Train each run by one epoch."""
        for run in self.runs:
            run.finish_epoch()

    # Picture and state ----------------------------------------------------------------------

    @property
    def idle(self) -> dict[str, str]:
        """The learning rate of both, where each has its own."""
        its_own = self.varied == "learning_rate"
        return {"learning_rate": "each run has its own"} if its_own else {}

    def model(self) -> TwoRunsModel:
        """Return both runs as they stand."""
        return TwoRunsModel(self.varied, (self.a, self.b), self.runs, self._before)

    @property
    def work_done(self) -> int:
        """How many epochs were trained."""
        return 0 if self._runs is None else self.epochs_trained

    @property
    def learned(self) -> dict[str, Any]:
        """How many epochs the runs have been trained."""
        return {"epochs": self.work_done}

    @property
    def usual_values(self) -> dict[str, Any]:
        """What the parameters are where nothing is said: A and B are the usual two."""
        variation = VARIED[self.varied]
        return {**super().usual_values, "a": variation.first, "b": variation.second}

    @property
    def besides_parameters(self) -> dict[str, Any]:
        """The epochs, if any were trained."""
        return self.learned if self.work_done else {}

    def resume(self, learned: dict[str, Any]) -> None:
        """Train the runs again, to the same end.

        Raises
        ------
        ValueError, TypeError
            If that is no whole number from 0 to `MOST_EPOCHS`.
        """
        epochs = whole_number("epochs", learned.get("epochs", 0), least=0)
        if epochs > MOST_EPOCHS:
            raise ValueError(f"epochs must be at most {MOST_EPOCHS:,}, got {epochs:,}.")
        self.step(epochs)
