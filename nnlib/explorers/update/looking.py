"""What `UpdateExplorer` looks into: a trainer, of its own or of another explorer, and its state."""

from collections.abc import Sequence
from typing import Any, Self

from nnlib import Trainer
from nnlib.explorers.passes.words import list_steps
from nnlib.explorers.playing.watching import WatchedExplorer, WatchingExplorer
from nnlib.explorers.runs.run import TrainingRun
from nnlib.explorers.runs.settings import RunSettings
from nnlib.explorers.update.model import last_step, list_updates
from nnlib.explorers.update.next_update import next_rows, why_not
from nnlib.explorers.update.parameters import RowOfBatch, StepOfUpdate
from nnlib.storage import file_from_text, refusing, saved_as_text

OWN_SETTINGS = RunSettings(data="moons", hidden=((2, "tanh"),), batch_size=10, learning_rate=0.5)


def own_trainer() -> Trainer:
    """Return the trainer that is looked into where no other is given: at its start."""
    return TrainingRun(OWN_SETTINGS).trainer


class LookingExplorer(WatchingExplorer):
    """An explorer that looks into the next update of a trainer."""

    step = StepOfUpdate()
    row = RowOfBatch()

    _arrangement: tuple[int, ...] = ()  # what the present view is made for
    _features: tuple[str, ...] = ()  # the inputs of a trainer that a state has brought

    def __init__(
        self, of: Any = None, show: Sequence[str] | None = None, **parameters: Any
    ) -> None:
        _refuse_without_trainer(of)
        self._of, self._own = of, own_trainer() if of is None else None
        self._look()
        super().__init__(show, **parameters)
        self.watch()

    def _look(self) -> None:
        """Take what a run of its own would begin with: making it anew at each look is slow."""
        self._of_new_run = self._of.trainer if self.begins_anew else None

    @property
    def begins_anew(self) -> bool:
        """Whether its runs are not stepped, so that the update is the first of a new one."""
        return isinstance(self._of, WatchedExplorer) and not hasattr(self._of, "step")

    @property
    def trainer(self) -> Trainer:
        """The trainer whose next update it is. To read from."""
        trainer: Trainer = self._own or self._of_new_run or getattr(self._of, "trainer", self._of)
        return trainer

    @property
    def why_not(self) -> str:
        """Why it cannot be looked into; empty if it can."""
        return why_not(self.trainer, self._names_of_inputs)

    @property
    def _names_of_inputs(self) -> tuple[str, ...]:
        """The names of the network's inputs, where it is known what they are made of."""
        return getattr(getattr(self._of, "run", None), "features", self._features)

    @property
    def _arrangement_now(self) -> tuple[int, ...]:
        """The sizes of the network; none where it cannot be looked into."""
        return () if self.why_not else self.sizes

    @property
    def diverged(self) -> str:
        """How training has diverged, in words; empty where it has not."""
        return str(getattr(getattr(self._of, "run", None), "diverged", ""))

    @property
    def n_rows(self) -> int:
        """How many rows the next mini-batch has."""
        return len(next_rows(self.trainer))

    @property
    def last_step(self) -> int:
        """How many steps there are; none where it cannot be looked into."""
        return 0 if self.why_not else last_step(self.sizes)

    @property
    def all_steps(self) -> list[tuple[str, int]]:
        """The steps: what is shown of each, and its number."""
        if self.why_not:
            return [("waits", self.step)]
        return [*list_steps(self.sizes), *list_updates(self.sizes)]

    @property
    def sizes(self) -> tuple[int, ...]:
        """The network's sizes."""
        return tuple(self.trainer.network.sizes)

    def went_on(self) -> None:
        """Follow: the network may have other sizes now, the mini-batch other rows."""
        with self.one_deed():
            self._look()
            if not self.why_not:
                self.set_parameters(step=self.step, row=self.row)  # which become the last ones
                for name in ("step", "row"):
                    self._panel.show(name)

    def draw(self, settled: bool = True) -> None:
        """Draw the present state; another network needs another view."""
        if self._arrangement != self._arrangement_now:
            self.renew_view()
        super().draw(settled)

    @property
    def state(self) -> dict[str, Any]:
        """The parameters, and the trainer if it is not one of its own, at its start."""
        with self.lock:
            state = super().state
            if self._own is None or self.work_done:
                state |= self.learned
            names = self._names_of_inputs
            return {**state, "features": list(names)} if names else state

    @property
    def work_done(self) -> int:
        """How many updates its own trainer has made."""
        return 0 if self._own is None else self._own.steps

    @property
    def learned(self) -> dict[str, Any]:
        """The trainer."""
        return {"trainer": saved_as_text(self.trainer)}

    def resume(self, learned: dict[str, Any]) -> None:
        """Go on with its own trainer."""
        self._own = _trainer_in(learned["trainer"])
        self.went_on()
        self.request_frame()

    @classmethod
    def from_state(cls, state: dict[str, Any]) -> Self:
        """Return a new explorer in the given state."""
        parameters = cls._checked_state(state)
        trainer, features = parameters.pop("trainer", None), parameters.pop("features", ())
        explorer = cls(None if trainer is None else _trainer_in(trainer), **parameters)
        explorer._features = tuple(map(str, features))
        explorer.request_frame()
        return explorer


def _refuse_without_trainer(of: Any) -> None:
    watched = isinstance(of, WatchedExplorer) and isinstance(getattr(of, "trainer", None), Trainer)
    if not (of is None or isinstance(of, Trainer) or watched):
        what = (
            f"the class {of.__name__} itself"
            if isinstance(of, type)
            else f"of the class {type(of).__name__}"
        )
        raise TypeError(
            f"of is {what}: give UpdateExplorer a TrainingExplorer, a TimelineExplorer or a "
            "Trainer that has been made."
        )


def _trainer_in(text: Any) -> Trainer:
    with refusing("This is not the state of a trainer, or a part of it is missing or was changed."):
        return Trainer.load(file_from_text(text))
