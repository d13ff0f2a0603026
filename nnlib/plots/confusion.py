"""A confusion matrix: how often each class was answered for each true class."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from numpy.typing import ArrayLike

from nnlib.plots.palette import LIGHT, Palette


def draw_confusion_matrix(
    ax: Axes, counts: ArrayLike, names: Sequence[Any], palette: Palette = LIGHT
) -> list[list[Text]]:
    """Draw counts (true class, answered class): right ones framed, mistakes shaded.

    Parameters
    ----------
    ax : Axes
        Where to draw.
    counts : array_like (n, n)
        A row for each true class, a column for each answer.
    names : sequence
        The classes' names.

    Returns
    -------
    list of lists of Text
        The number in each cell, empty for 0.
    """
    counts = np.asarray(counts)
    mistakes = counts * (1 - np.eye(len(counts)))
    share = mistakes / max(mistakes.max(), 1)
    # only half way to the mark's colour, so that the numbers stay legible
    ax.imshow(np.where(share > 0, 0.5 - 0.5 * share, 0.5), cmap=palette.map, vmin=0, vmax=1)
    ax.set(xticks=range(len(names)), yticks=range(len(names)))
    ax.set_xticklabels(names)
    ax.set_yticklabels(names)
    ax.set(xlabel="answered", ylabel="true")
    ax.tick_params(length=0)
    for k in range(len(counts)):
        ax.add_patch(Rectangle((k - 0.5, k - 0.5), 1, 1, fill=False, edgecolor=palette.grey))
    style: dict[str, Any] = {"ha": "center", "va": "center", "color": palette.ink, "fontsize": 9.5}
    return [
        [ax.text(column, row, f"{n:g}" if n else "", **style) for column, n in enumerate(line)]
        for row, line in enumerate(counts)
    ]
