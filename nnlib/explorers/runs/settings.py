"""All that decides how a training run goes, as one value: data, network, and how it learns."""

from dataclasses import dataclass, fields, replace
from typing import Any

from nnlib.explorers.runs.points import OWN, OwnPoint

Hidden = tuple[tuple[int, str], ...]  # units and activation of each hidden layer

TABLE = "table"
CLOUDS = ("circles", "moons", "xor_cloud", "spiral", "blobs")
CURVES = ("sine",)
GATES = ("or", "and", "xor")
WITH_MOMENTUM = ("momentum", "nesterov")
OPTIMIZERS = ("sgd", *WITH_MOMENTUM, "rmsprop", "adam")
LOSSES = ("binary_cross_entropy", "mean_squared_error")

LIVE = ("optimizer", "learning_rate", "momentum", "batch_size", "l1", "l2", "dropout")
"""What may change in the middle of a run, with no restart."""


@dataclass(frozen=True)
class RunSettings:
    """The settings of a `TrainingRun`; two runs of equal settings are equal to the last bit.

    Parameters
    ----------
    data : str
        ``circles moons xor_cloud spiral blobs`` are clouds of two classes, ``sine`` is a curve to
        follow, ``or and xor`` are truth tables; ``own`` are ``points``, ``table`` is ``csv``.
    noise : float
        Of clouds and curve: the standard deviation of what is added.
    test_share : float
        The share of the rows that is kept for testing, from 0 to below 1. Truth tables and own
        points are all trained on.
    data_seed : int
        Draws clouds and curve, and chooses the rows that are kept for testing.
    points : tuple of (x₁, x₂, class)
        The learner's own points.
    csv : str
        The learner's own table; see `nnlib.explorers.runs.own_table.table_of`.
    features : tuple of str
        What the network is given: names in `nnlib.explorers.runs.data.FEATURES`.
    hidden : tuple of (units, activation)
        The hidden layers.
    initializer : str
        Where the weights start, a name in ``INITIALIZERS``.
    seed : int
        Draws the weights of the start and shuffles the mini-batches.
    loss : str
        ``binary_cross_entropy`` or ``mean_squared_error``; a curve always has the latter.
    optimizer : {"sgd", "momentum", "nesterov", "rmsprop", "adam"}
        How the gradient is used.
    learning_rate, momentum : float
        η > 0; 0 ≤ μ < 1, which only momentum and Nesterov use.
    batch_size : int or None
        Rows in a mini-batch; None for all.
    l1, l2 : float
        Weights of the penalty l1 · Σ|w| + ½ · l2 · Σw².
    dropout : float
        The probability with which an update leaves a hidden unit out, from 0 to below 1.
    """

    data: str = "circles"
    noise: float = 0.1
    test_share: float = 0.5
    data_seed: int = 0
    points: tuple[OwnPoint, ...] = ()
    csv: str = ""
    features: tuple[str, ...] = ("x1", "x2")
    hidden: Hidden = ((4, "tanh"),)
    initializer: str = "xavier"
    seed: int = 1
    loss: str = "binary_cross_entropy"
    optimizer: str = "sgd"
    learning_rate: float = 0.1
    momentum: float = 0.9
    batch_size: int | None = 10
    l1: float = 0.0
    l2: float = 0.0
    dropout: float = 0.0

    @property
    def start(self) -> "RunSettings":
        """What the start of a run depends on; all else stands at its default."""
        unused = [*LIVE, "points"]  # points may come and go while it trains
        if self.data != TABLE:
            unused.append("csv")
        if self.data in (*GATES, OWN):
            unused += ["noise", "test_share", "data_seed"]
        defaults: dict[str, Any] = {field.name: field.default for field in fields(self)}
        return replace(self, **{name: defaults[name] for name in unused})
