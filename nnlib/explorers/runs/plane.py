"""Which part of the plane a run's picture shows."""

import numpy as np

from nnlib.explorers.runs.points import OWN, room_for
from nnlib.explorers.runs.run import TrainingRun
from nnlib.plots.plane import Limits

OWN_LIMITS = (-1.5, 1.5, -1.5, 1.5)  # of the plane for one's own points, unless one lies outside


def limits_of(run: TrainingRun) -> Limits:
    """Return limits with a margin around all rows, in halves so that they look calm.

    Of a plane of two inputs; or, where there is one input, of x and the number to answer.
    """
    data = run.data
    if run.settings.data == OWN:
        return room_for(data.X, OWN_LIMITS)
    kept = [] if data.test is None else [data.test]
    places = np.vstack([np.column_stack([X, y])[:, :2] for X, y in [(data.X, data.y), *kept]])
    low = np.floor(2 * places.min(axis=0) - 0.4) / 2
    high = np.ceil(2 * places.max(axis=0) + 0.4) / 2
    return (float(low[0]), float(high[0]), float(low[1]), float(high[1]))
