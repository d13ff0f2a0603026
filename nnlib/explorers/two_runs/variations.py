"""In what two runs may differ: one setting, and the values that it may have."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from nnlib.explorers.runs.settings import OPTIMIZERS, RunSettings
from nnlib.explorers.shared.activation_choice import learnable


@dataclass(frozen=True)
class Variation:
    """A setting in which two runs may differ: its values, and the two to begin with."""

    known: Sequence[Any] | Callable[[], Sequence[Any]]
    first: Any
    second: Any

    @property
    def values(self) -> Sequence[Any]:
        """The values that are known at present."""
        return self.known() if callable(self.known) else self.known


VARIED = {
    "learning_rate": Variation((0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0), 0.1, 1.0),
    "optimizer": Variation(OPTIMIZERS, "sgd", "momentum"),
    "batch_size": Variation((1, 10, 32, None), 10, None),
    "momentum": Variation((0.0, 0.5, 0.8, 0.9, 0.95, 0.99), 0.0, 0.9),
    "activation": Variation(learnable, "tanh", "relu"),
    "initializer": Variation(("xavier", "he", "lecun", "uniform", "zeros"), "xavier", "zeros"),
    "l1": Variation((0.0, 0.001, 0.003, 0.01, 0.03, 0.1), 0.0, 0.01),
    "l2": Variation((0.0, 0.001, 0.003, 0.01, 0.03, 0.1), 0.0, 0.01),
    "dropout": Variation((0.0, 0.1, 0.2, 0.3, 0.5, 0.8), 0.0, 0.2),
}


def settings_with(base: RunSettings, name: str, value: Any) -> RunSettings:
    """Return ``base`` with one thing changed; momentum counts only where it is used."""
    if name == "activation":
        return replace(base, hidden=tuple((units, value) for units, _ in base.hidden))
    if name == "momentum":
        return replace(base, optimizer="momentum", momentum=value)
    return replace(base, **{name: value})
