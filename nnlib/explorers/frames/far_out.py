"""What lies far outside the canvas is not drawn, so that it costs nothing.

A learner may type any number, and an arrow to 10⁹ is 10¹⁰ pixels long. Agg walks along every dash
of a curve of that length, and a picture that is put so far out ends the program.
"""

from typing import Any

import numpy as np
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, Bbox, Transform

FAR = 10_000.0  # pixels from the canvas's corner: no screen is so wide
FARTHEST = 1e8  # … beyond which Agg's arithmetic is no longer good for a line across the canvas
IDENTITY = Affine2D()


def is_far(x: float, y: float) -> bool:
    """Say whether a place, in pixels, is so far out that nothing there can be seen."""
    return not (abs(x) < FAR and abs(y) < FAR)  # NaN counts as far


def within_reach(path: Path, transform: Transform, filled: bool) -> tuple[Path, Any]:
    """Return a path and its transform, cut off at `FAR` where it goes beyond.

    Parameters
    ----------
    path : Path
        A line or an area.
    transform : Transform
        From the path's own coordinates to pixels.
    filled : bool
        Whether it is an area; one that is cut off has its edge out of sight.
    """
    with np.errstate(over="ignore", invalid="ignore"):
        corners = transform.transform(path.vertices)
        farthest = np.abs(corners).max(axis=1, initial=0)
    if not (farthest > FAR).any():
        return path, transform
    # Seen from the canvas a corner beyond FARTHEST lies in the same direction there.
    with np.errstate(invalid="ignore"):  # ∞ times 0: where there is no place, nothing is drawn
        nearer = corners * (FARTHEST / np.maximum(farthest, FARTHEST))[:, None]
    straight = Path(nearer, path.codes).cleaned(remove_nans=True, curves=False)
    if filled:
        return straight.clip_to_bbox(Bbox([[-FAR, -FAR], [FAR, FAR]])), IDENTITY
    return straight.cleaned(clip=(-FAR, -FAR, FAR, FAR)), IDENTITY
