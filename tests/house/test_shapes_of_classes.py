"""Colour never alone: wherever an explorer shows two classes, their points differ in shape too."""

import pytest
from every_explorer import EXPLORERS
from matplotlib.colors import same_color

from nnlib.plots.palette import LIGHT

DISC, TRIANGLE = "o", "^"
# These show points of both classes as soon as they are made.
WITH_POINTS = {
    "AccuracyMapExplorer",
    "HiddenSpaceExplorer",
    "NeuronExplorer",
    "TimelineExplorer",
    "TrainingExplorer",
    "TwoRunsExplorer",
}

# This one shows no classes: its five runs take all the colours that there are, with five marks.
OF_CLASSES = [made for made in EXPLORERS if made.__name__ != "OptimizersExplorer"]


def shapes(figure, name):
    """Return the marks that are drawn in the palette's colour of this name, or in that of text."""
    colours = getattr(LIGHT, name), getattr(LIGHT, f"{name}_text")
    return {
        line.get_marker()
        for ax in figure.axes
        for line in ax.lines
        if line.get_visible() and line.get_marker() not in (None, "", " ", "None")
        if len(line.get_xdata())
        for its in (line.get_markerfacecolor(), line.get_markeredgecolor())
        if any(same_color(its, colour) for colour in colours)
    }


@pytest.mark.parametrize("made", OF_CLASSES, ids=lambda explorer: explorer.__name__)
def test_class_1_is_a_disc_and_class_0_a_triangle(made):
    explorer = made()
    positive, negative = (shapes(explorer.figure, name) for name in ("positive", "negative"))
    explorer.close()
    assert positive <= {DISC}
    assert negative <= {TRIANGLE}
    if made.__name__ in WITH_POINTS:
        assert positive and negative
