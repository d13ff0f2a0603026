"""At rest no word in an explorer's picture is crossed by a curve."""

from itertools import cycle, pairwise

import numpy as np
import pytest
from every_explorer import EXPLORERS
from matplotlib.collections import PatchCollection
from matplotlib.lines import Line2D

from nnlib.exercises.predictions.sketch_labels import crosses

STRONG = 1.4  # points: thinner are the lines of a grid


def words_of(figure):
    """The words that stand on the plots, those with a ground of their own left out."""
    found = [text for ax in figure.axes for text in ax.texts if text.get_text()]
    return [artist for artist in found if artist.get_visible() and not has_ground(artist)]


def has_ground(text):
    """Say whether a box, or a mark in a box, keeps lines away from behind a text."""
    boxes = [
        collection
        for collection in text.axes.collections
        if isinstance(collection, PatchCollection)
    ]
    return text.get_bbox_patch() is not None or any(
        opacity > 0 and path.contains_point(text.get_position())
        for boxes in boxes
        for path, (*_, opacity) in zip(
            boxes.get_paths(), cycle(boxes.get_facecolor()), strict=False
        )
    )


def curves_of(figure):
    """The corners of all strong lines, in pixels of the figure."""
    for line in figure.findobj(Line2D):
        strong = line.get_linewidth() >= STRONG and line.get_linestyle() != "None"
        if line.get_visible() and strong and len(line.get_xdata()) > 1:
            corners = line.get_transform().transform(line.get_xydata())
            yield corners[np.isfinite(corners).all(axis=1)]


@pytest.mark.parametrize("kind", EXPLORERS, ids=lambda kind: kind.__name__)
def test_no_word_is_crossed_by_a_curve(kind):
    explorer = kind()
    figure = explorer.figure
    renderer = figure.canvas.get_renderer()
    for text in words_of(figure):
        x0, y0, x1, y1 = text.get_window_extent(renderer).extents
        middle = (y1 - y0) / 4  # the letters themselves: a box is higher than they are
        for curve in curves_of(figure):
            for piece in pairwise(map(tuple, curve)):
                box = (x0, y0 + middle, x1, y1 - middle)
                assert not crosses(piece, box), (text.get_text(), piece)
    explorer.close()
