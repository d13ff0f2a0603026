"""Settings of a training run in a few words, for titles and summaries."""

from collections.abc import Sequence
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
