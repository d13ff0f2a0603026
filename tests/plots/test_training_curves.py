"""Curves against the epoch: their names stand below the axis."""

from itertools import combinations

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from nnlib.plots.curves.training_curves import MOST_CURVES, PastCurve, draw_training_curves


@pytest.mark.parametrize("logarithmic", [False, True])
@pytest.mark.parametrize("n_curves", range(1, MOST_CURVES + 1))
@pytest.mark.parametrize("highest", [0.06, 0.74, 1.0, 9.99, 5e4])
def test_names_stand_below_the_axis_and_leave_the_curves_its_height(logarithmic, n_curves, highest):
    figure = Figure(figsize=(9, 4))
    FigureCanvasAgg(figure)
    ax = figure.add_axes((0.804, 0.26, 0.187, 0.61))
    curves = draw_training_curves(ax, logarithmic=logarithmic)
    epochs = np.arange(200)
    flat = (epochs, np.full(200, highest))
    falling = (epochs, highest * np.exp(-epochs / 20))
    words = [f"layer {k} 0.0123" if n_curves > 2 else "train 0.739" for k in range(n_curves)]
    curves.update([flat, *[falling] * (n_curves - 1)], words, None)
    figure.canvas.draw()
    top = ax.transAxes.inverted().transform(ax.transData.transform((100, highest)))[1]
    names = [name for name in curves.names if name.get_visible()]
    assert 0.4 < top < 1.0
    assert [name.get_text() for name in names] == words
    boxes = [name.get_window_extent() for name in names]
    epoch = ax.xaxis.label.get_window_extent()
    assert all(box.y0 > 0 and box.y1 < epoch.y0 and box.x1 < 900 for box in boxes)
    assert not any(one.overlaps(other) for one, other in combinations(boxes, 2))


@pytest.mark.parametrize("highest", [9.9e4, 1e5, 1.4e5, 3.5e5, 9e5, 1.2e6, 4.3e9])
def test_numbers_at_the_axis_leave_what_stands_beside_it(highest):
    """In the picture of training the plane begins 56 pixels to the left of the axis."""
    figure = Figure(figsize=(9, 4))
    FigureCanvasAgg(figure)
    ax = figure.add_axes((0.804, 0.26, 0.187, 0.61))
    curves = draw_training_curves(ax)
    curves.update([([0, 5], [1.0, highest])], ["layer 1"], None)
    figure.canvas.draw()
    low, high = ax.get_ylim()
    marks = [mark for mark in ax.yaxis.get_ticklabels() if low <= mark.get_position()[1] <= high]
    assert len(marks) >= 2
    assert min(mark.get_window_extent().x0 for mark in marks) > 0.804 * 900 - 56


def test_axes_stand_still_until_a_curve_needs_more_room():
    ax = Figure().add_subplot()
    curves = draw_training_curves(ax)
    seen = set()
    for last in range(1, 100):
        epochs = np.arange(last)
        curves.update([(epochs, 0.7 - 0.001 * epochs)], ["train"], (last, 0.5))
        seen.add((ax.get_xlim(), ax.get_ylim()))
    assert len(seen) <= 9
    assert curves.now.get_xydata().tolist() == [[99, 0.5]]


def test_a_run_that_blows_up_leaves_the_others_in_view_and_is_told_of():
    figure = Figure(figsize=(9, 4))
    ax = figure.add_axes((0.8, 0.26, 0.19, 0.61))
    curves = draw_training_curves(ax)
    epochs = np.arange(51)
    calm, wild = 0.74 * np.exp(-epochs / 20), np.where(epochs % 10 == 5, 0.5, 12.0)
    wild[0], wild[25] = 0.74, 28.4
    past = PastCurve(epochs, wild, "η = 10")
    curves.update([(epochs, calm)], ["train"], (50, calm[-1]), [past])
    figure.canvas.draw()
    start = (ax.transData + ax.transAxes.inverted()).transform((0, 0.74))[1]
    assert 0.35 < start < 0.7, "the calm run is not pressed flat"
    (mark, *no_marks), (words, *_) = curves.leaving.marks, curves.leaving.words
    assert words.get_text() == "up to 28.4" and not any(mark.get_visible() for mark in no_marks)
    assert 0 < mark.get_xdata()[0] < 1, "where it leaves"
    # Nothing is drawn where the words are.
    end = ax.transAxes.inverted().transform(curves.curves[0].get_clip_box())[1, 1]
    low = ax.transAxes.inverted().transform(words.get_window_extent())[0, 1]
    assert start < end < low
    assert curves.now.get_marker() == "o"


def test_the_run_that_is_played_is_wholly_in_the_picture():
    ax = Figure(figsize=(9, 4)).add_axes((0.8, 0.26, 0.19, 0.61))
    curves = draw_training_curves(ax)
    epochs = np.arange(51)
    wild = np.where(epochs % 10 == 5, 0.5, 14.9)
    wild[0] = 0.74  # as the other began
    past = [PastCurve(epochs, np.linspace(0.74, 0.1, 51), "η = 1")]
    curves.update([(epochs, wild)], ["train"], (50, 14.9), past)
    assert 14.9 < ax.get_ylim()[1] <= 20
    assert not any(mark.get_visible() for mark in curves.leaving.marks)
    assert curves.now.get_marker() == "o" and curves.now.get_ydata() == [14.9]


def test_one_run_alone_is_shown_to_its_peak():
    ax = Figure().add_subplot()
    curves = draw_training_curves(ax)
    curves.update([(np.arange(3), np.array([0.7, 30.0, 20.0]))], ["train"], (2, 20.0))
    assert ax.get_ylim()[1] >= 30.0
    assert not any(mark.get_visible() for mark in curves.leaving.marks)


def test_a_test_loss_that_climbs_is_the_lesson_and_stays():
    ax = Figure().add_subplot()
    curves = draw_training_curves(ax)
    epochs = np.arange(3)
    both = [(epochs, np.array([0.7, 0.1, 0.0])), (epochs, np.array([0.7, 1.2, 1.9]))]
    before = [PastCurve(epochs, np.array([0.7, 0.4, 0.3]), "L2 = 0.01")]
    curves.update(both, ["train", "test"], (2, 0.0), before)
    assert ax.get_ylim()[1] > 1.9
    assert not any(mark.get_visible() for mark in curves.leaving.marks)


def test_each_name_and_curve_is_the_newest():
    curves = draw_training_curves(Figure().add_subplot())
    epochs = np.arange(3.0)
    for names in (("train 0.5", "test 0.6"), ("train 0.4", "test 0.7")):
        curves.update([(epochs, epochs + 1.0)] * 2, names, now=None)
        assert tuple(name.get_text() for name in curves.names[:2]) == names


@pytest.mark.parametrize("logarithmic", [False, True])
def test_the_dot_is_whole_on_an_axis_and_hidden_below_it(logarithmic):
    figure = Figure(figsize=(9, 4), dpi=100)
    canvas = FigureCanvasAgg(figure)
    ax = figure.add_axes((0.3, 0.3, 0.6, 0.6))
    curves = draw_training_curves(ax, logarithmic=logarithmic)

    def dark_pixels(loss):
        curves.update([([0, 10], [1.0, 1.0])], [""], (0, loss))
        curves.curves[0].set_visible(False)
        canvas.draw()
        return int((np.asarray(canvas.buffer_rgba())[:, :, 0] < 80).sum())

    whole, hidden = dark_pixels(1.0), dark_pixels(-1.0)
    on_the_axis = dark_pixels(ax.get_ylim()[0])
    assert whole - hidden > 40
    assert on_the_axis - hidden == pytest.approx(whole - hidden, abs=8)


def test_the_names_below_begin_no_farther_out_than_the_axis_numbers():
    """They are wide, and yet no part of them belongs to what stands beside the curves."""
    figure = Figure(figsize=(9, 4), dpi=100)
    ax = figure.add_axes((724 / 900, 104 / 400, 168 / 900, 244 / 400))  # as `TrainingExplorer` has
    curves = draw_training_curves(ax)
    curves.update([((0, 1), (0.7, 0.5))] * 2, ["train 10.692", "test 10.685"], None)
    figure.canvas.draw()
    boxes = [name.get_window_extent() for name in curves.names[:2]]
    numbers = min(label.get_window_extent().x0 for label in ax.get_yticklabels())
    lines = [named.sample.get_window_extent() for named in curves._named[:2]]
    assert numbers - 10 <= lines[0].x0 and boxes[0].x1 <= lines[1].x0 and boxes[1].x1 <= 900
