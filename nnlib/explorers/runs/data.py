"""The data of a training run: rows to train on, rows kept for testing, and the network's inputs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from nnlib import datasets
from nnlib._typing import Array
from nnlib.explorers.runs.own_table import scaled_table
from nnlib.explorers.runs.points import OWN, samples_of
from nnlib.explorers.runs.settings import CURVES, GATES, TABLE, RunSettings

N_SAMPLES = 400  # of a cloud or a curve, before some are kept for testing


@dataclass(frozen=True)
class Feature:
    """A quantity computed from x₁ and x₂ that the network may be given as an input."""

    symbol: str
    of: Callable[[Array, Array], Array]
    needs_x2: bool = True


# The data lie around −1 to 1: there sin πx makes a whole wave, and sin x hardly bends.
FEATURES = {
    "x1": Feature("x₁", lambda x1, x2: x1, needs_x2=False),
    "x2": Feature("x₂", lambda x1, x2: x2),
    "x1_squared": Feature("x₁²", lambda x1, x2: x1**2, needs_x2=False),
    "x2_squared": Feature("x₂²", lambda x1, x2: x2**2),
    "product": Feature("x₁x₂", lambda x1, x2: x1 * x2),
    "sin_x1": Feature("sin πx₁", lambda x1, x2: np.sin(np.pi * x1), needs_x2=False),
    "sin_x2": Feature("sin πx₂", lambda x1, x2: np.sin(np.pi * x2)),
}


@dataclass(frozen=True, eq=False)
class RunData:
    """Rows to train on, X (n, 1 or 2) and y (n, 1), and rows to test on, if there are any."""

    X: Array
    y: Array
    test: tuple[Array, Array] | None = None

    @property
    def is_curve(self) -> bool:
        """Whether there is one input and any number to answer, instead of two and a class."""
        return self.X.shape[1] == 1


def data_of(settings: RunSettings) -> RunData:
    """Return the data that ``settings`` ask for."""
    if settings.data == OWN:
        return RunData(*samples_of(settings.points))
    if settings.data in GATES:
        return RunData(*datasets.truth_table(settings.data))
    if settings.data == TABLE:
        X, y = scaled_table(settings.csv)
    else:
        draw = getattr(datasets, settings.data)
        X, y = draw(N_SAMPLES, settings.noise, settings.data_seed)
    return _split(X, y, settings)


def _split(X: Array, y: Array, settings: RunSettings) -> RunData:
    """Keep a share for testing: always the same rows first, whatever the share."""
    order = np.arange(len(X))
    if settings.data in (TABLE, *CURVES):  # clouds come in random order
        order = np.random.default_rng(settings.data_seed).permutation(len(X))
    n_train = max(1, round(len(X) * (1 - settings.test_share)))
    if settings.data == TABLE and X.shape[1] == 2:
        order, n_train = _both_classes_first(order, y), max(2, n_train)
    train, test = order[:n_train], order[n_train:]
    return RunData(X[train], y[train], (X[test], y[test]) if len(test) else None)


def _both_classes_first(order: Array, y: Array) -> Array:
    """Return the order with a row of each class at its beginning: a small table may be unlucky."""
    classes = y[order].ravel()
    other = int((classes != classes[0]).argmax())
    return np.concatenate([order[[0, other]], np.delete(order, [0, other])])


def inputs_of(features: Sequence[str], X: Array) -> Array:
    """Return what the network is given for points X (n, 1 or 2), one column for each feature."""
    x1, x2 = X[:, 0], X[:, -1]
    return np.column_stack([FEATURES[name].of(x1, x2) for name in features])


def features_for(features: Sequence[str], is_curve: bool) -> tuple[str, ...]:
    """Return those of the features that the data can have: a curve has no x₂."""
    if not is_curve:
        return tuple(features)
    return tuple(name for name in features if not FEATURES[name].needs_x2) or ("x1",)
