"""What `TwoRunsExplorer` shows: two runs from one start, with one thing changed."""

from dataclasses import dataclass
from functools import cached_property
from textwrap import wrap
from typing import Any

import numpy as np

from nnlib._typing import Array
from nnlib.explorers.runs.past_runs import PastRun, past_run
from nnlib.explorers.runs.plane import limits_of
from nnlib.explorers.runs.run import TrainingRun
from nnlib.explorers.runs.run_words import name_of
from nnlib.explorers.runs.settings_words import NAMES, all_differences, short_words, value_in_words
from nnlib.plots.curves.compared_losses import Curve
from nnlib.plots.plane import Limits, grid_points
from nnlib.plots.words.labels import short
from nnlib.plots.words.numbers import number

GRID = 61
_UNBROKEN = "\N{NO-BREAK SPACE}"
NOTE_WIDTH, NOTE_LINES = 25, 3  # letters and lines of what is told of the runs before


@dataclass(frozen=True)
class TwoRunsModel:
    """Both runs after the same number of epochs."""

    varied: str  # a name in VARIED
    values: tuple[Any, Any]
    runs: tuple[TrainingRun, TrainingRun]
    before: tuple[PastRun, ...] = ()  # A and B as they were before the last change, if trained

    @cached_property
    def limits(self) -> Limits:
        """The part of the plane that is shown."""
        return limits_of(self.runs[0])

    @cached_property
    def answers(self) -> list[Array]:
        """What each run answers on the plane."""
        points = grid_points(self.limits, GRID)
        return [run.trainer.network.predict(run.inputs(points)) for run in self.runs]

    @property
    def difference(self) -> Array:
        """By how much B's answer is higher than A's, on the plane, from −1 to 1."""
        return self.answers[1] - self.answers[0]

    @property
    def share(self) -> float:
        """The share of the plane on which they answer different classes."""
        a, b = (answers >= 0.5 for answers in self.answers)
        return float(np.mean(a != b))

    @property
    def distance(self) -> float:
        """How far apart the parameters are: ‖p(B) − p(A)‖."""
        a, b = (run.trainer.network.parameters for run in self.runs)
        return float(np.linalg.norm(b - a))

    @property
    def are_alike(self) -> bool:
        """Whether A and B have the same value, so that nothing differs."""
        return bool(self.values[0] == self.values[1])

    @property
    def comparison(self) -> str:
        """How much of the plane they answer differently; or that they are the same run."""
        return "nothing differs" if self.are_alike else f"B − A: {self.share:.0%} differ"

    @property
    def epoch(self) -> int:
        """The epoch of both; of a run that has diverged, its last one may be earlier."""
        return max(run.trainer.epoch for run in self.runs)

    @property
    def names(self) -> list[str]:
        """What each run is called: "A: η 0.1"."""
        return [
            f"{letter}: {short_words(self.varied, value)}"
            for letter, value in zip("AB", self.values, strict=True)
        ]

    @property
    def curves(self) -> list[Curve]:
        """The training losses of A and B, then the losses on the test rows, where there are any."""
        found = []
        for measure, words in (("train_loss", ""), ("test_loss", " test")):
            for letter, run in zip("AB", self.runs, strict=True):
                history = run.trainer.history
                losses = getattr(history, measure)
                known = losses is not None
                found.append(
                    Curve(
                        f"{letter}{words}",
                        history.epoch if known else np.empty(0),
                        losses if known else np.empty(0),
                        run=letter,
                    )
                )
        return found

    @property
    def curves_before(self) -> list[Curve]:
        """The training losses of A and B before the last change: two curves, empty if none."""
        nothing = np.empty(0)
        curves = [(run.epochs, run.losses) for run in self.before] or [(nothing, nothing)] * 2
        return [
            Curve("", *curve, run=f"{letter} before")
            for letter, curve in zip("AB", curves, strict=True)
        ]

    @property
    def differences_before(self) -> list[str]:
        """What was unlike the present settings in the runs before: in both, in A, in B."""
        a, b = (
            all_differences(run.settings, past.settings)
            for run, past in zip(self.runs, self.before, strict=True)
        )
        both = [part for part in a if part in b]
        return [*both, *_of_one("A", a, both), *_of_one("B", b, both)]

    @property
    def words_before(self) -> str:
        """What the thin curves are: "with η = 0.1"; nothing where there are none."""
        if not self.before:
            return ""
        parts = self.differences_before
        return f"with {', '.join(parts)}" if parts else "before"

    @property
    def note_before(self) -> str:
        """The same in the few lines below the losses; what has no room there is counted."""
        if not self.before:
            return ""
        parts = self.differences_before
        for n in range(len(parts), 0, -1):
            more = f" and {len(parts) - n} more" if n < len(parts) else ""
            whole = [part.replace(" ", _UNBROKEN) for part in parts[:n]]
            lines = wrap(f"thin: with {', '.join(whole)}{more}", NOTE_WIDTH)
            if len(lines) <= NOTE_LINES:
                return "\n".join(lines).replace(_UNBROKEN, " ")
        return "thin: before"

    @cached_property
    def rows(self) -> list[tuple[str, str, str, str]]:
        """The table: what is measured, of A, of B, and the difference B − A."""
        found = []
        for words, name, write, write_difference in MEASURES:
            columns = [getattr(run.trainer.history, name) for run in self.runs]
            if columns[0] is not None:
                a, b = (float(column[-1]) for column in columns)
                found.append((words, write(a), write(b), _signed(write_difference, b - a)))
        a, b = (run.trainer.steps for run in self.runs)
        return [*found, ("updates", f"{a:,}", f"{b:,}", _signed(lambda n: f"{n:,}", b - a))]

    @property
    def _common(self) -> str:
        """The settings that A and B share, in words."""
        names = [n for n in ("optimizer", "learning_rate", "batch_size") if n != self.varied]
        return ", ".join(short_words(n, getattr(self.runs[0].settings, n)) for n in names)

    @property
    def equation(self) -> str:
        """The distance between the two sets of parameters, and what both have in common."""
        return f"‖p(B) − p(A)‖ = {short(self.distance, 3)}     A and B:   {self._common}"

    @property
    def summary(self) -> str:
        """The picture in words."""
        first = self.runs[0]
        a, b = (value_in_words(self.varied, value) for value in self.values)
        words = [
            f"Epoch {self.epoch:,} on {name_of(first.settings, len(first.data.X))}, network "
            f"{'-'.join(map(str, self.runs[0].trainer.network.sizes))}. The "
            f"{NAMES[self.varied]} is {a} in A and {b} in B. Both: {self._common}."
        ]
        if self.are_alike:
            words.append("A and B are the same run twice: nothing differs.")
        if self.before:
            ends = (f"{short(float(run.losses[-1]), 3)}" for run in self.before)
            a, b = (f"{letter} {end}" for letter, end in zip("AB", ends, strict=True))
            words.append(f"Thin curves, {self.words_before}: {a}, {b}.")
        words += [f"{row[0].capitalize()}: A {row[1]}, B {row[2]}." for row in self.rows]
        words.append(
            f"They answer different classes on {self.share:.0%} of the plane; their parameters "
            f"are {short(self.distance, 3)} apart."
        )
        words += [
            f"{letter}: {run.diverged}"
            for letter, run in zip("AB", self.runs, strict=True)
            if run.diverged
        ]
        return " ".join(words)


def ended(run: TrainingRun) -> PastRun:
    """Return what stays of a run when another one begins."""
    return past_run(run.settings, False, run.trainer.history)


def _of_one(letter: str, parts: list[str], both: list[str]) -> list[str]:
    """Return what is in one run alone; its letter stands before the first."""
    own = [part for part in parts if part not in both]
    return [f"{letter} {own[0]}", *own[1:]] if own else []


def _loss(value: float) -> str:
    return number(value, 3)


def _percent(value: float) -> str:
    return f"{number(100 * value, 1)}%"


def _points(value: float) -> str:
    """Write the difference of two percentages, which is no percentage of either."""
    return f"{number(100 * value, 1)} points"


MEASURES = (  # in words, its name in a `History`, how it is written, and how a difference is
    ("training loss", "train_loss", _loss, _loss),
    ("test loss", "test_loss", _loss, _loss),
    ("training rows right", "train_accuracy", _percent, _points),
    ("test rows right", "test_accuracy", _percent, _points),
)


def _signed(write: Any, value: float) -> str:
    """Write a difference with its sign."""
    text = write(abs(value))
    if text == write(0):
        return text
    return f"+{text}" if value > 0 else f"−{text}"
