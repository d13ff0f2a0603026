"""The loss curves of the runs before the present one: a few, thinned out, to compare with."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

import numpy as np

from nnlib._typing import Array
from nnlib.explorers.runs.settings import LIVE, RunSettings
from nnlib.explorers.runs.settings_words import differences
from nnlib.explorers.runs.state_checks import epochs_in, real_numbers, settings_in
from nnlib.plots.words.labels import short
from nnlib.training.history import History
from nnlib.validation import whole_number

MOST_RUNS = 3
_STEERED = "was changed"
_AGES = ("", ", older", ", oldest")  # of runs with one name
MOST_EPOCHS = 100  # of a curve; more would not be seen on a panel of that width


@dataclass(frozen=True)
class PastRun:
    """A run that has ended: how it was set, and its training loss.

    Parameters
    ----------
    settings : RunSettings
        As they were at its end.
    steered : bool
        Whether they were changed while it trained.
    epochs, losses : array (n_epochs,)
        The curve, at most `MOST_EPOCHS` points of it.
    look : int
        Below `MOST_RUNS`, and different from those of the others: how its curve is drawn.
    """

    settings: RunSettings
    steered: bool
    epochs: Array
    losses: Array
    look: int = 0

    @property
    def state(self) -> dict[str, Any]:
        """All that the run is, ready for JSON: a few kilobytes."""
        curve = {"epochs": self.epochs.tolist(), "losses": self.losses.tolist()}
        settings = asdict(self.settings)
        return {"settings": settings, "steered": self.steered, **curve, "look": self.look}

    @classmethod
    def from_state(cls, state: dict[str, Any]) -> Self:
        """Return the run that `state` tells of.

        Raises
        ------
        ValueError, TypeError, KeyError
            If it tells of none.
        """
        settings = settings_in(state["settings"])
        epochs = epochs_in(state["epochs"])
        losses = real_numbers(state["losses"], epochs.shape)
        look = whole_number("look", state.get("look", 0), least=0)
        if not len(epochs) or look >= MOST_RUNS or not isinstance(state["steered"], bool):
            raise ValueError("This is no past run.")
        return cls(settings, state["steered"], epochs, losses, look)


def names_beside(now: RunSettings, past: Sequence[PastRun], room: int | None = None) -> list[str]:
    """Return what was different in each run from one with the settings ``now``, and its loss.

    The newest run comes first. Of a run that was changed while it trained, what it had from its
    start is told. ``room`` is for how many letters there is room before the loss.
    """
    names = differences(now, [run.settings for run in past if not run.steered], room)
    rest = None if room is None else room - len(_STEERED) - 2
    changed = [_as_steered(now, run.settings) for run in past if run.steered]
    steered = [
        _STEERED if name == "the same" else f"{_STEERED}, {name}"
        for name in differences(now, changed, rest)
    ]
    words = [(steered if run.steered else names).pop(0) for run in past]
    ages = [words[:k].count(word) for k, word in enumerate(words)]
    losses = (short(float(run.losses[-1]), 3) for run in past)
    return [
        f"{word}{_AGES[age]}: {loss}" for word, age, loss in zip(words, ages, losses, strict=True)
    ]


def _as_steered(now: RunSettings, ended: RunSettings) -> RunSettings:
    """Return what a steered run ended with, but for what it can be steered by."""
    return replace(ended, **{name: getattr(now, name) for name in LIVE})


def past_run(settings: RunSettings, steered: bool, history: History) -> PastRun:
    """Return the run that ``history`` tells of, thinned out."""
    kept = np.linspace(0, len(history.epoch) - 1, MOST_EPOCHS).round().astype(int)
    kept = np.unique(kept)
    losses = [float(f"{loss:.5g}") for loss in history.train_loss[kept]]
    return PastRun(settings, steered, history.epoch[kept], np.array(losses))


def with_newest(past: tuple[PastRun, ...], newest: PastRun) -> tuple[PastRun, ...]:
    """Return the past runs with one more. The oldest goes, or the shorter of two that are alike.

    The newest takes a look that is free; the others keep theirs.
    """
    if len(newest.epochs) < 2:  # not even one epoch
        return past
    others = []
    for run in past:
        alike = (run.settings, run.steered) == (newest.settings, False) and not newest.steered
        if not alike:
            others.append(run)
        elif run.epochs[-1] > newest.epochs[-1]:
            newest = run
    kept = others[-(MOST_RUNS - 1) :]
    taken = {run.look for run in kept}
    if newest.look in taken:
        newest = replace(newest, look=min(set(range(MOST_RUNS)) - taken))
    return (*kept, newest)
