"""Settings of a training run in a few words, for titles and summaries."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from nnlib.explorers.runs.settings import LIVE, RunSettings
from nnlib.plots.words.numbers import significant

NAMES = {
    "learning_rate": "learning rate",
    "optimizer": "optimiser",
    "batch_size": "batch size",
    "momentum": "momentum",
    "activation": "activation",
    "initializer": "initialiser",
    "l1": "L1",
    "l2": "L2",
}

_ROOM = 11  # letters
_LETTERS = {
    "learning_rate": "η = {}",
    "momentum": "μ = {}",
    "l1": "L1 = {}",
    "l2": "L2 = {}",
    "noise": "noise {}",
    "test_share": "tests {}",
    "data_seed": "data {}",
    "seed": "start {}",
    "hidden": "{} units",
    "batch_size": "batch {}",
    "points": "other points",
    "csv": "other table",
    "features": "inputs",
}
_SHORT_LOSSES = {"mean_squared_error": "sq. error", "binary_cross_entropy": "cross-ent."}


def value_in_words(name: str, value: Any) -> str:
    """Return a setting's value as it stands after its name: "0.1", "adam", "all rows".

    Examples
    --------
    >>> value_in_words("batch_size", None), value_in_words("learning_rate", 0.1)
    ('all rows', '0.1')
    """
    if name == "batch_size" and value is None:
        return "all rows"
    return value if isinstance(value, str) else significant(value)


def short_words(name: str, value: Any) -> str:
    """Return a setting and its value as short as it goes.

    Examples
    --------
    >>> short_words("batch_size", 10), short_words("learning_rate", 0.1), short_words("l2", 0.01)
    ('batches of 10', 'η 0.1', 'L2 0.01')
    """
    if name == "batch_size" and value is not None:
        return f"batches of {value}"
    symbol = {"learning_rate": "η ", "momentum": "μ ", "l1": "L1 ", "l2": "L2 "}.get(name, "")
    return symbol + value_in_words(name, value)


def changes(before: RunSettings, after: RunSettings, names: Sequence[str] = LIVE) -> str:
    """Return what is different in ``after``: "learning rate 0.1 → 0.03"; "" if nothing is."""
    return ", ".join(
        f"{NAMES[name]} {value_in_words(name, old)} → {value_in_words(name, new)}"
        for name in names
        if (old := getattr(before, name)) != (new := getattr(after, name))
    )


def differences(now: RunSettings, others: Sequence[RunSettings]) -> list[str]:
    """Return what sets each of several runs apart from the present one, in a few letters.

    What tells most of them apart stands first.

    Examples
    --------
    >>> differences(RunSettings(learning_rate=1.0), [RunSettings(), RunSettings(learning_rate=1)])
    ['η = 0.1', 'the same']
    >>> slow, fast = (RunSettings(optimizer="adam", learning_rate=rate) for rate in (0.01, 1.0))
    >>> differences(RunSettings(), [slow, fast])
    ['η = 0.01 …', 'η = 1, adam']
    """
    runs = [now, *others]
    n_values = {
        field.name: len({getattr(run, field.name) for run in runs}) for field in fields(now)
    }
    if not {run.optimizer for run in runs} & {"momentum", "nesterov"}:
        n_values["momentum"] = 1  # nothing uses it
    names = sorted((name for name in n_values if n_values[name] > 1), key=lambda n: -n_values[n])
    return [_difference(now, other, names) for other in others]


def _difference(now: RunSettings, other: RunSettings, names: Sequence[str]) -> str:
    """Return as many of the settings ``names`` that differ as there is room for."""
    different = [name for name in names if getattr(now, name) != getattr(other, name)]
    parts = [_LETTERS.get(name, "{}").format(_plain(getattr(other, name))) for name in different]
    for n in range(len(parts), 0, -1):
        words = ", ".join(parts[:n]) + (" …" if n < len(parts) else "")
        if len(words) <= _ROOM:
            return words
    return f"{parts[0][: _ROOM - 2].rstrip()} …" if parts else "the same"


def _plain(value: Any) -> str:
    """Return a setting's value in a few letters; hidden layers as "4+2"."""
    if value is None:
        return "all"
    if isinstance(value, tuple):
        return "+".join(str(layer[0]) for layer in value) or "0"
    if isinstance(value, str):
        return _SHORT_LOSSES.get(value, value.replace("_", " "))
    return significant(value)
