"""At rest no word in an explorer's picture is crossed by a curve."""

from itertools import cycle, pairwise

import numpy as np
import pytest
from every_explorer import EXPLORERS
from matplotlib.collections import PatchCollection
from matplotlib.lines import Line2D
from matplotlib.transforms import Bbox

from nnlib.exercises.predictions.sketch_labels import crosses

STRONG = 1.4  # points: thinner are the lines of a grid


def words_of(figure):
    """The words that stand on the plots, those with a ground of their own left out."""
    found = [text for ax in figure.axes for text in ax.texts if text.get_text()]
    return [artist for artist in found if artist.get_visible() and not has_ground(artist)]


def has_ground(text):
    """Say whether a box, a mark in a box or a dot keeps lines away from behind a text."""
    boxes = [
        collection
        for collection in text.axes.collections
        if isinstance(collection, PatchCollection)
    ]
    on_a_dot = any(
        line.get_markersize() > text.get_fontsize() and line.get_zorder() < text.get_zorder()
        for line in text.axes.lines
        if [*text.get_position()] in line.get_xydata().tolist()
    )
    return (
        on_a_dot
        or text.get_bbox_patch() is not None
        or any(
            opacity > 0 and path.contains_point(text.get_position())
            for boxes in boxes
            for path, (*_, opacity) in zip(
                boxes.get_paths(), cycle(boxes.get_facecolor()), strict=False
            )
        )
    )


def curves_of(figure):
    """The corners of all strong lines, and the box that each is seen in, in the figure's pixels."""
    for line in figure.findobj(Line2D):
        strong = line.get_linewidth() >= STRONG and line.get_linestyle() != "None"
        if line.get_visible() and strong and len(line.get_xdata()) > 1:
            corners = line.get_transform().transform(line.get_xydata())
            seen_in = line.axes.bbox if line.get_clip_on() else figure.bbox
            yield corners[np.isfinite(corners).all(axis=1)], seen_in


@pytest.mark.parametrize("kind", EXPLORERS, ids=lambda kind: kind.__name__)
def test_no_word_is_crossed_by_a_curve(kind):
    explorer = kind()
    figure = explorer.figure
    renderer = figure.canvas.get_renderer()
    for text in words_of(figure):
        box = text.get_window_extent(renderer)
        letters = box.padded(0, -box.height / 4)  # a box is higher than they are
        for curve, seen_in in curves_of(figure):
            together = Bbox.intersection(letters, seen_in)
            for piece in pairwise(map(tuple, curve)) if together else ():
                assert not crosses(piece, together.extents), (text.get_text(), piece)
    explorer.close()
