"""Timing rivals against each other on a machine that is never quite quiet.

The rivals take turns, A B C, C B A, A B C, …, so that whatever slows the machine down for a moment
slows all of them. What counts is the ratio of two neighbours, and the median of these ratios.
"""

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

import numpy as np


@dataclass(frozen=True)
class Quartiles:
    """A median, and the quarter of all values below and above it."""

    low: float
    median: float
    high: float

    @classmethod
    def of(cls, values: np.ndarray) -> "Quartiles":
        """Return the quartiles of ``values``."""
        return cls(*(float(value) for value in np.quantile(values, [0.25, 0.5, 0.75])))


def microseconds(
    rivals: dict[str, Callable[[int], None]], rounds: int, seconds: float
) -> dict[str, np.ndarray]:
    """Return, for each rival, the microseconds of one repetition in each round.

    A rival is a function of the number of repetitions; each turn of it takes about ``seconds``.
    """
    repetitions = {name: _repetitions(run, seconds) for name, run in rivals.items()}
    times: dict[str, list[float]] = {name: [] for name in rivals}
    for i in range(rounds):
        for name in list(rivals) if i % 2 == 0 else reversed(list(rivals)):
            times[name].append(1e6 * _time(rivals[name], repetitions[name]) / repetitions[name])
    return {name: np.array(each) for name, each in times.items()}


def _repetitions(run: Callable[[int], None], seconds: float) -> int:
    """Return how many repetitions take about ``seconds``."""
    run(1)  # the first one also loads what is loaded late, and would count for thousands
    repetitions = 1
    while (taken := _time(run, repetitions)) < seconds / 4:
        repetitions *= 2
    return max(1, round(repetitions * seconds / taken))


def _time(run: Callable[[int], None], repetitions: int) -> float:
    start = perf_counter()
    run(repetitions)
    return perf_counter() - start
