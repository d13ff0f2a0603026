"""Settings of a training run in a few words, for titles and summaries."""

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from nnlib.explorers.run_settings import LIVE, RunSettings

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

_ROOM = 7  # letters
_LETTERS = {
    "learning_rate": "η = {}",
    "momentum": "μ = {}",
    "l1": "L1 = {}",
    "l2": "L2 = {}",
    "noise": "noise {}",
    "test_share": "tests {}",
    "data_seed": "data no. {}",
    "seed": "start no. {}",
    "hidden": "{} units",
    "batch_size": "batch {}",
    "points": "other points",
    "csv": "other table",
    "features": "other inputs",
}


def value_in_words(name: str, value: Any) -> str:
    """Return a setting's value as it stands after its name: "0.1", "adam", "all rows".

    Examples
    --------
    >>> value_in_words("batch_size", None), value_in_words("learning_rate", 0.1)
    ('all rows', '0.1')
    """
    if name == "batch_size" and value is None:
        return "all rows"
    return value if isinstance(value, str) else f"{value:.3g}"


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
    ['η = 0.1', 'same settings']
    >>> slow, fast = (RunSettings(optimizer="adam", learning_rate=rate) for rate in (0.01, 1.0))
    >>> differences(RunSettings(), [slow, fast])
    ['η = 0.01 …', 'η = 1 …']
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
    words = parts[0] if parts else "same settings"
    for part in parts[1:]:
        if len(words) + len(part) > _ROOM:
            return f"{words} …"
        words += f", {part}"
    return words


def _plain(value: Any) -> str:
    """Return a setting's value in a few letters; hidden layers as "4+2"."""
    if value is None:
        return "all"
    if isinstance(value, tuple):
        return "+".join(str(layer[0]) for layer in value) or "0"
    return value.replace("_", " ") if isinstance(value, str) else f"{value:.3g}"
