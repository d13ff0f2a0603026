"""Where on the plane a run's data lie, and what they are called."""

import numpy as np

from nnlib.explorers.own_points import room_for
from nnlib.explorers.run_settings import OWN
from nnlib.explorers.training_run import TrainingRun
from nnlib.plots.plane import Limits

OWN_LIMITS = (-1.5, 1.5, -1.5, 1.5)  # of the plane for one's own points, unless one lies outside


def limits_of(run: TrainingRun) -> Limits:
    """Return limits with a margin around the data, in halves so that they look calm.

    Of a plane of two inputs; or, where there is one input, of x and the number to answer.
    """
    X, y = run.data.X, run.data.y
    if run.settings.data == OWN:
        return room_for(X, OWN_LIMITS)
    places = np.column_stack([X, y])[:, :2]
    low = np.floor(2 * places.min(axis=0) - 0.4) / 2
    high = np.ceil(2 * places.max(axis=0) + 0.4) / 2
    return (float(low[0]), float(high[0]), float(low[1]), float(high[1]))


def name_of(run: TrainingRun) -> str:
    """Return what the data are called."""
    if run.settings.data == OWN:
        return f"my points ({len(run.data.X)})"
    return run.settings.data
