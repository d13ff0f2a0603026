"""A training run in words: its summary, and the rule of its updates with the numbers in it."""

from nnlib.explorers.runs.data import FEATURES
from nnlib.explorers.runs.points import OWN
from nnlib.explorers.runs.settings import TABLE, RunSettings
from nnlib.plots.words.numbers import number, significant

_LOSSES = {"binary_cross_entropy": "", "mean_squared_error": ", mean squared error"}


def update_rule(settings: RunSettings) -> str:
    """Return how each parameter p moves, and by which loss."""
    rate, momentum = significant(settings.learning_rate), significant(settings.momentum)
    rules = {
        "sgd": "p ← p − η ∂L/∂p",
        "momentum": f"v ← {momentum} v + ∂L/∂p,   p ← p − η v",
        "nesterov": f"v ← {momentum} v + ∂L/∂p,   p ← p − η (∂L/∂p + {momentum} v)",
        "rmsprop": "s ← 0.9 s + 0.1 (∂L/∂p)²,   p ← p − η ∂L/∂p / (√s + ε)",
        "adam": "p ← p − η m̂ / (√v̂ + ε)",
    }
    rule = f"{rules[settings.optimizer]},   η = {rate}"
    return f"{rule}\nL is the loss{_additions(settings)}" if _additions(settings) else rule


def _additions(settings: RunSettings) -> str:
    """Return the penalty, and which units the loss is that of."""
    return _penalty(settings) + (
        f", each hidden unit dropped with probability {significant(settings.dropout)}"
        if settings.dropout
        else ""
    )


def _penalty(settings: RunSettings) -> str:
    l1 = f" + {significant(settings.l1)} Σ|w|" if settings.l1 else ""
    return l1 + (f" + ½ · {significant(settings.l2)} Σw²" if settings.l2 else "")


def name_of(settings: RunSettings, n_rows: int) -> str:
    """Return what the data are called."""
    names = {OWN: f"{n_rows} points", TABLE: f"my table ({n_rows} rows, columns scaled)"}
    return names.get(settings.data, settings.data)


def network_words(settings: RunSettings, features: tuple[str, ...], is_curve: bool) -> str:
    """Return the network and how it learns: "Network 2-4-1, tanh, sgd with …"."""
    sizes = [len(features), *(units for units, _ in settings.hidden), 1]
    words = f"Network {'-'.join(map(str, sizes))}"
    plain = ("x1",) if is_curve else ("x1", "x2")
    if features != plain:
        words += " of " + ", ".join(FEATURES[name].symbol for name in features)
    for activation in dict.fromkeys(activation for _, activation in settings.hidden):
        layers = [
            str(k) for k, (_, name) in enumerate(settings.hidden, start=1) if name == activation
        ]
        where = "" if len(layers) == len(settings.hidden) else f" in layer {' and '.join(layers)}"
        words += f", {activation}{where}"
    loss = "mean_squared_error" if is_curve else settings.loss
    batch = "all rows" if settings.batch_size is None else f"batches of {settings.batch_size}"
    momentum = settings.optimizer in ("momentum", "nesterov")
    return (
        f"{words}{_LOSSES[loss]}, {settings.optimizer} with "
        + (f"μ = {significant(settings.momentum)}, " if momentum else "")
        + f"learning rate {significant(settings.learning_rate)}, {batch}"
        + "".join(
            f", L{k} {significant(value)}"
            for k, value in ((1, settings.l1), (2, settings.l2))
            if value
        )
        + (f", dropout {significant(settings.dropout)}" if settings.dropout else "")
        + "."
    )


def progress_words(epoch: int, updates: int, name: str, loss: float, right: float | None) -> str:
    """Return how far it is: epochs, updates, the loss, and the share that is answered right."""
    share = "" if right is None else f", {right:.0%} of the training rows right"
    return (
        f"Epoch {epoch:,}, {updates:,} update{'s' * (updates != 1)}, on {name}: "
        f"training loss {number(loss, 3)}{share}."
    )
