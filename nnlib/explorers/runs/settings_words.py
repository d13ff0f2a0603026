"""Settings of a training run in a few words, for titles and summaries."""

from collections.abc import Sequence
from dataclasses import fields
from itertools import chain, combinations
from typing import Any

from nnlib.explorers.runs.data import FEATURES
from nnlib.explorers.runs.points import OWN
from nnlib.explorers.runs.settings import GATES, LIVE, TABLE, WITH_MOMENTUM, RunSettings
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
    "dropout": "dropout",
}

ROOM = 20  # letters of an earlier run's name in a picture
_LETTERS = {
    "learning_rate": "η = {}",
    "momentum": "μ = {}",
    "l1": "L1 = {}",
    "l2": "L2 = {}",
    "dropout": "dropout {}",
    "noise": "noise {}",
    "test_share": "tests {}",
    "data_seed": "data {}",
    "seed": "start {}",
    "units": "{} units",
    "batch_size": "batch {}",
    "points": "other points",
    "csv": "other table",
}
_SYMBOLS = {
    "learning_rate": "η ",
    "momentum": "μ ",
    "l1": "L1 ",
    "l2": "L2 ",
    "dropout": "dropout ",
}
_DATA = {OWN: "own points", TABLE: "my table"}
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
    return _SYMBOLS.get(name, "") + value_in_words(name, value)


def changes(before: RunSettings, after: RunSettings, names: Sequence[str] = LIVE) -> str:
    """Return what is different in ``after``: "learning rate 0.1 → 0.03"; "" if nothing is."""
    return ", ".join(
        f"{NAMES[name]} {value_in_words(name, old)} → {value_in_words(name, new)}"
        for name in names
        if (old := getattr(before, name)) != (new := getattr(after, name))
    )


def all_differences(now: RunSettings, other: RunSettings) -> list[str]:
    """Return every setting of ``other`` that is unlike ``now``, each in a few letters.

    Examples
    --------
    >>> all_differences(RunSettings(), RunSettings(data="moons", hidden=((8, "relu"),)))
    ['moons', '8 units', 'relu']
    """
    return list(_differences(now, other).values())


def differences(
    now: RunSettings, others: Sequence[RunSettings], room: int | None = None
) -> list[str]:
    """Return what sets each of several runs apart from the present one, in a few letters.

    With ``room`` for so many letters, a name that is too long leaves settings out and ends in "…";
    what tells most of them apart stays, and no name is another's.

    Examples
    --------
    >>> differences(RunSettings(learning_rate=1.0), [RunSettings(), RunSettings(learning_rate=1)])
    ['η = 0.1', 'the same']
    >>> slow, fast = (RunSettings(optimizer="adam", learning_rate=rate) for rate in (0.01, 1.0))
    >>> differences(RunSettings(), [slow, fast], room=11)
    ['η = 0.01 …', 'η = 1, adam']
    >>> tanh, relu = (RunSettings(hidden=((8, f),)) for f in ("tanh", "relu"))
    >>> differences(tanh, [relu, RunSettings(hidden=((4, "tanh"),))])
    ['relu', '4 units']
    """
    unlike = [_differences(now, other) for other in others]
    n_words = {
        name: len({words.get(name) for words in unlike}) for name in dict.fromkeys(chain(*unlike))
    }
    found: list[str] = []
    for words in unlike:
        parts = [words[name] for name in sorted(words, key=lambda name: -n_words[name])]
        found.append(_name(parts, found, room))
    return found


def _name(parts: Sequence[str], taken: Sequence[str], room: int | None) -> str:
    """Return as many of the parts as there is room for, in words that are not ``taken``."""
    if not parts:
        return "the same"
    shorter = [
        ", ".join(some) + (" …" if n < len(parts) else "")
        for n in range(len(parts), 0, -1)
        for some in combinations(parts, n)
    ]
    fitting = [words for words in shorter if room is None or len(words) <= room]
    fitting += [f"{part[: (room or 0) - 2].rstrip()} …" for part in parts]
    return next((words for words in fitting if words not in taken), fitting[0])


def _differences(now: RunSettings, other: RunSettings) -> dict[str, str]:
    """Return the settings of ``other`` that are unlike ``now`` and have an effect there."""
    mine, its = _known(now), _known(other)
    unlike = {name: value for name, value in its.items() if value != mine.get(name)}
    for name in ("points", "csv"):
        if mine.get(name) is None:  # the data are of another kind, which says it all
            unlike.pop(name, None)
    return {
        name: _LETTERS.get(name, "{}").format(_plain(name, value)) for name, value in unlike.items()
    }


def _known(settings: RunSettings) -> dict[str, Any]:
    """Return the settings that have an effect; units and activations of the layers apart."""
    known = {field.name: getattr(settings, field.name) for field in fields(settings)}
    layers = known.pop("hidden")
    known["units"] = tuple(units for units, _ in layers)
    activations = tuple(activation for _, activation in layers)
    known["activation"] = activations if len(set(activations)) > 1 else activations[:1]
    unused = [] if layers else ["activation"]
    if settings.optimizer not in WITH_MOMENTUM:
        unused.append("momentum")
    if settings.data in (*GATES, OWN):
        unused += ["noise", "test_share", "data_seed"]
    unused += [name for name, data in (("points", OWN), ("csv", TABLE)) if settings.data != data]
    return {name: value for name, value in known.items() if name not in unused}


def _plain(name: str, value: Any) -> str:
    """Return a setting's value in a few letters; hidden layers as "4+2"."""
    if name == "units":
        return "+".join(map(str, value)) or "0"
    if name == "activation":
        return "+".join(value).replace("_", " ")
    if name == "features":
        return "inputs " + ", ".join(FEATURES[feature].symbol for feature in value)
    if value is None:
        return "all"
    if isinstance(value, str):
        return _DATA.get(value, _SHORT_LOSSES.get(value, value.replace("_", " ")))
    return "" if isinstance(value, tuple) else significant(value)
