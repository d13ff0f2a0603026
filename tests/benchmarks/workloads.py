"""The six networks whose training is timed, from one neuron to 109,386 parameters."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from nnlib import SGD, Adam, Network, Trainer, datasets


@dataclass(frozen=True)
class Workload:
    """One network, its data and its settings, the same for every library."""

    name: str
    sizes: tuple[int, ...]
    data: Callable[[], tuple[np.ndarray, np.ndarray]] = field(repr=False)
    loss: str = "binary_cross_entropy"
    batch_size: int | None = None
    hidden: str = "tanh"
    output: str = "sigmoid"
    optimizer: str = "sgd"
    learning_rate: float = 0.1
    goal: float = 0.0

    def network(self) -> Network:
        """Return the network at its start."""
        return Network(self.sizes, self.hidden, self.output)

    def trainer(self) -> Trainer:
        """Return nnlib's way of training it."""
        optimizer = {"sgd": SGD, "adam": Adam}[self.optimizer](self.learning_rate)
        return Trainer(self.network(), *self.data(), self.loss, optimizer, self.batch_size)

    @property
    def steps_per_epoch(self) -> int:
        """Mini-batches in an epoch."""
        n_samples = len(self.data()[0])
        return -(-n_samples // (self.batch_size or n_samples))


def random_pixels() -> tuple[np.ndarray, np.ndarray]:
    """Return 1,280 rows of 784 random numbers, each in one of ten random classes."""
    rng = np.random.default_rng(0)
    return rng.uniform(0, 1, (1280, 784)), np.eye(10)[rng.integers(10, size=1280)]


def clouds() -> tuple[np.ndarray, np.ndarray]:
    """Return 250 rows of two half moons."""
    return datasets.moons(250)


CLASSES: dict[str, Any] = {"hidden": "relu", "output": "softmax", "loss": "cross_entropy"}

WORKLOADS = [
    Workload(
        *("one neuron, 4 rows", (2, 1), lambda: datasets.truth_table("or")),
        loss="mean_squared_error",
        goal=20,
    ),
    Workload("2-4-2-1, batch 10 of 250", (2, 4, 2, 1), clouds, batch_size=10, goal=20),
    Workload("2-8-8-8-1, batch 10 of 250", (2, 8, 8, 8, 1), clouds, batch_size=10, goal=18),
    Workload("2-8-8-8-1, all 250", (2, 8, 8, 8, 1), clouds, goal=9),
    Workload(
        *("64-64-32-10, batch 64, digits", (64, 64, 32, 10), datasets.digits),
        batch_size=64,
        goal=5,
        **CLASSES,
    ),
    Workload(
        *("784-128-64-10, batch 128, Adam", (784, 128, 64, 10), random_pixels),
        batch_size=128,
        optimizer="adam",
        learning_rate=0.001,
        goal=1.4,
        **CLASSES,
    ),
]
