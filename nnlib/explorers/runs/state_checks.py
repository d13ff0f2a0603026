"""The parts of a run's state, looked at when they come back from wherever they were kept.

Whatever is wrong is a ``ValueError``, a ``TypeError`` or a ``KeyError``.
"""

from typing import Any

import numpy as np

from nnlib import ACTIVATIONS, INITIALIZERS, Trainer
from nnlib._typing import Array
from nnlib.explorers.runs.data import FEATURES
from nnlib.explorers.runs.points import OWN
from nnlib.explorers.runs.settings import (
    CLOUDS,
    CURVES,
    GATES,
    LOSSES,
    OPTIMIZERS,
    TABLE,
    RunSettings,
)
from nnlib.validation import fraction, number_from_zero, numbers, positive_number, whole_number

CLOSE = 1e-6  # another processor computes other last digits

_NAMES = {
    "data": (*CLOUDS, *CURVES, *GATES, OWN, TABLE),
    "initializer": tuple(INITIALIZERS),
    "loss": LOSSES,
    "optimizer": OPTIMIZERS,
}
_NUMBERS = {
    "noise": number_from_zero,
    "l1": number_from_zero,
    "l2": number_from_zero,
    "test_share": fraction,
    "momentum": fraction,
    "dropout": fraction,
    "learning_rate": positive_number,
}


def settings_in(values: dict[str, Any]) -> RunSettings:
    """Return the settings that `dataclasses.asdict` and JSON made ``values`` of."""
    settings = RunSettings(**{name: _as_tuples(value) for name, value in values.items()})
    for name, known in _NAMES.items():
        _check(getattr(settings, name) in known, name)
    for name, check in _NUMBERS.items():
        check(name, getattr(settings, name))
    for name in ("seed", "data_seed"):
        whole_number(name, getattr(settings, name), least=0)
    if settings.batch_size is not None:
        whole_number("batch_size", settings.batch_size)
    _check(isinstance(settings.csv, str), "csv")
    in_order = tuple(name for name in FEATURES if name in settings.features)
    _check(bool(in_order) and settings.features == in_order, "features")
    for units, activation in settings.hidden:
        _check(whole_number("hidden", units) > 0 and activation in ACTIVATIONS, "hidden")
    for x1, x2, its_class in settings.points:
        numbers("points", [x1, x2])
        _check(its_class in (0, 1), "points")
    return settings


def epochs_in(values: Any) -> Array:
    """Return epochs (n,): whole numbers from 0 on, each larger than the one before."""
    epochs = np.array([whole_number("epoch", value, least=0) for value in values], dtype=np.int64)
    _check(bool((np.diff(epochs) > 0).all()), "epochs")
    return epochs


def real_numbers(values: Any, shape: tuple[int, ...]) -> Array:
    """Return real numbers of a shape; what was measured of a run may be infinite."""
    array = np.array(values, dtype=np.float64).reshape(shape)
    _check(np.shape(values) == shape or array.size == 0, "measures")
    return array


def check_fits(trainer: Trainer, like: Trainer) -> None:
    """Raise ``ValueError`` unless one trainer has the data, network and settings of another."""
    told = ("network", "loss", "optimizer", "batch_size", "l1", "l2", "seed", "dropout")
    for name in told:
        _check(_words(getattr(trainer, name)) == _words(getattr(like, name)), name)
    for mine, other in zip(_data(trainer), _data(like), strict=True):
        _check(mine.shape == other.shape and np.allclose(mine, other, CLOSE, CLOSE), "data")


def _words(part: Any) -> str:
    return str(part.name) if hasattr(part, "from_z") else repr(part)


def _data(trainer: Trainer) -> tuple[Array, ...]:
    return (trainer.X, trainer.y, *(trainer.test_data or ()))


def _check(right: bool, name: str) -> None:
    if not right:
        raise ValueError(f"{name} is not as a run keeps it.")


def _as_tuples(value: Any) -> Any:
    return tuple(_as_tuples(item) for item in value) if isinstance(value, list) else value
