"""A network that a learner hands over, and what it answers."""

from typing import Any

import numpy as np

from nnlib._typing import Array
from nnlib.exercises.checks.comparing import require
from nnlib.exercises.checks.verdict import Mistake
from nnlib.network import Network
from nnlib.training import Trainer
from nnlib.training.history import History


def require_network(network: Any) -> Network:
    """Return the network; raise `Mistake` if it is something else."""
    if isinstance(network, History):
        raise Mistake(
            "This is the history, which `fit` returns. A Network is expected: give it a name "
            "before `fit`, and hand over that name after it."
        )
    if isinstance(network, Trainer):
        return network.network
    if not isinstance(network, Network):
        raise Mistake("A Network is expected here, the one you have trained.")
    return network


def outputs_of(network: Network, X: Array) -> Array:
    """Return what the network answers to the rows of X; raise `Mistake` if that is not finite."""
    outputs = network.predict(X)
    require(
        np.isfinite(outputs).all(),
        "Its answers are not finite: training has run away. Build the network anew and take a "
        "smaller learning rate.",
    )
    return outputs
