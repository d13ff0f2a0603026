"""Where an axis ends, so that it stands still until a curve needs more room."""

import numpy as np


def round_up(value: float) -> float:
    """Return the next of 1, 1.5, 2, 3, 4, 6, 8, 10, 15, … so that axes move in few, large steps."""
    power = 10.0 ** np.floor(np.log10(value))
    steps = (1, 1.5, 2, 3, 4, 6, 8, 10)
    return float(next(step * power for step in steps if step * power >= value * 0.999999))
