"""Confusion matrix and small pictures: the right number in the right cell, the right way up."""

import numpy as np
from matplotlib.figure import Figure

from nnlib.plots.confusion import draw_confusion_matrix
from nnlib.plots.palette import LIGHT
from nnlib.plots.pictures import draw_pictures


def test_rows_are_true_classes_and_columns_are_answers():
    ax = Figure().add_subplot()
    texts = draw_confusion_matrix(ax, [[5, 2, 0], [0, 7, 0], [1, 0, 9]], "abc")
    assert [[text.get_text() for text in row] for row in texts] == [
        ["5", "2", ""],
        ["", "7", ""],
        ["1", "", "9"],
    ]
    assert texts[0][1].get_position() == (1, 0)  # across: answered b, down: true a
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("answered", "true")


def test_the_commonest_mistake_is_the_darkest_and_right_answers_are_not_shaded():
    ax = Figure().add_subplot()
    draw_confusion_matrix(ax, [[5, 2], [1, 99]], "ab")
    shade = np.asarray(ax.images[0].get_array())
    assert shade[0, 1] < shade[1, 0] < shade[0, 0] == shade[1, 1] == 0.5


def test_no_mistake_at_all_is_no_trouble():
    draw_confusion_matrix(Figure().add_subplot(), np.eye(3), "abc")


def test_pictures_are_read_from_the_top_and_axes_left_over_are_empty():
    axes = Figure().subplots(1, 3)
    rows = np.arange(8).reshape(2, 4) / 8
    images = draw_pictures(axes, rows, ["one", "two"])
    np.testing.assert_array_equal(images[1].get_array(), [[0.5, 0.625], [0.75, 0.875]])
    assert images[0].get_clim() == (0, 1) and images[0].origin == "upper"
    assert [ax.get_title() for ax in axes] == ["one", "two", ""]
    assert not axes[2].images and not axes[2].axison


def test_weights_have_zero_in_the_middle_of_the_colours():
    (image,) = draw_pictures([Figure().add_subplot()], [[-3.0, 1.0, 0.0, 0.5]], signed=True)
    assert image.get_clim() == (-3, 3) and image.get_cmap() == LIGHT.map
