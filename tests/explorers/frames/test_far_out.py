"""What is far outside the canvas costs nothing, and what is inside keeps its pixels."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, Polygon
from matplotlib.transforms import IdentityTransform

from nnlib.explorers.frames.text_cache import CachedTextCanvas


def drawn(canvas, artist):
    """Return the pixels of an artist on a figure of 100 by 100."""
    figure = Figure(figsize=(1, 1), dpi=100)
    made = artist()
    made.set_transform(IdentityTransform())
    figure.add_artist(made)
    return np.asarray(_pixels(canvas(figure)))


def _pixels(canvas):
    canvas.draw()
    return canvas.buffer_rgba()


def arrow(to, style="-"):
    return lambda: FancyArrowPatch((20, 20), to, arrowstyle="->", mutation_scale=9, linestyle=style)


def area(to):
    return lambda: Polygon([(20, 20), to, (80, 20)], facecolor="tab:blue")


@pytest.mark.parametrize("make", [arrow((20_000, 20_000)), area((50_000, 50_000))])
def test_what_goes_far_has_matplotlibs_pixels(make):
    ours, matplotlibs = drawn(CachedTextCanvas, make), drawn(FigureCanvasAgg, make)
    assert np.abs(ours.astype(int) - matplotlibs).max() <= 2
    assert ours.min() < 200, "it is seen"


@pytest.mark.parametrize("far", [1e9, 1e100, -1e100])
@pytest.mark.parametrize("make", [arrow, area])
def test_however_far_it_goes_it_is_drawn(make, far):
    near = drawn(CachedTextCanvas, make((np.sign(far) * 20_000, 20)))
    assert np.abs(drawn(CachedTextCanvas, make((far, 20))).astype(int) - near).max() <= 2


@pytest.mark.parametrize("words", ["w", "$w$"])
@pytest.mark.parametrize("place", [1e9, -1e300, np.nan])
def test_words_that_nobody_can_see_are_left_out(words, place):
    figure = Figure(figsize=(1, 1), dpi=100)
    text = figure.text(0, 0, words, transform=IdentityTransform())
    text.set_position((place, 50))
    assert np.asarray(_pixels(CachedTextCanvas(figure))).min() == 255
