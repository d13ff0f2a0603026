"""Curves against the epoch: their names stand where no curve ever comes."""

import numpy as np
import pytest
from matplotlib.figure import Figure

from nnlib.plots.progress_curves import MOST_CURVES, draw_progress_curves


@pytest.mark.parametrize("logarithmic", [False, True])
@pytest.mark.parametrize("n_curves", range(1, MOST_CURVES + 1))
@pytest.mark.parametrize("highest", [0.06, 0.74, 1.0, 9.99, 5e4])
def test_no_curve_reaches_the_names(logarithmic, n_curves, highest):
    figure = Figure(figsize=(9, 4))
    ax = figure.add_axes((0.8, 0.26, 0.19, 0.61))
    curves = draw_progress_curves(ax, logarithmic=logarithmic)
    epochs = np.arange(200)
    flat = (epochs, np.full(200, highest))
    falling = (epochs, highest * np.exp(-epochs / 20))
    words = [f"curve {k}" for k in range(n_curves)]
    curves.update([flat, *[falling] * (n_curves - 1)], words, None)
    figure.canvas.draw()
    top = ax.transAxes.inverted().transform(ax.transData.transform((100, highest)))[1]
    names = [name for name in curves.names if name.get_visible()]
    lowest = min(name.get_window_extent().ymin for name in names)
    assert top < ax.transAxes.inverted().transform((0, lowest))[1]
    assert top > 0.25  # and they are not squeezed to the floor
    assert [name.get_text() for name in names] == words


def test_axes_stand_still_until_a_curve_needs_more_room():
    ax = Figure().add_subplot()
    curves = draw_progress_curves(ax)
    seen = set()
    for last in range(1, 100):
        epochs = np.arange(last)
        curves.update([(epochs, 0.7 - 0.001 * epochs)], ["train"], (last, 0.5))
        seen.add((ax.get_xlim(), ax.get_ylim()))
    assert len(seen) <= 9
    assert curves.now.get_xydata().tolist() == [[99, 0.5]]
