"""`GradientArrowsExplorer`: an arrow for each row, the batch's as their mean, on the contours."""

from dataclasses import replace

import numpy as np
import pytest
from pointing import Mouse

from nnlib import ACTIVATIONS
from nnlib.explorers.gradient_arrows import GradientArrowsExplorer, X, Y

LOSSES = ("binary_cross_entropy", "mean_squared_error")


@pytest.fixture
def explorer():
    explorer = GradientArrowsExplorer()
    yield explorer
    assert explorer.error is None
    explorer.close()


def arrow(patch):
    """Where an arrow begins, and how far it leads."""
    start, end = (np.array(place) for place in patch._posA_posB)
    return start, end - start


def rows_and_batch(explorer):
    arrows = explorer._view._arrows
    return np.array([arrow(patch)[1] for patch in arrows.rows]), arrow(arrows.batch)[1]


def by_trying(explorer, rows):
    """The gradient of the mean loss of some rows, by differences of a loss written out here."""

    def loss(w):
        a = ACTIVATIONS["sigmoid"](X[rows] @ w)
        y = Y[rows]
        if explorer.loss == "mean_squared_error":
            return np.mean((a - y) ** 2)
        return -np.mean(y * np.log(a) + (1 - y) * np.log(1 - a))

    w = np.array([explorer.w1, explorer.w2])
    return np.array([loss(w + n) - loss(w - n) for n in 1e-6 * np.eye(2)]) / 2e-6


@pytest.mark.parametrize("loss", LOSSES)
def test_each_arrow_is_a_step_against_its_row_s_gradient(explorer, loss):
    explorer.set_parameters(loss=loss, w1=0.7, w2=-0.4, learning_rate=3.0)
    rows, batch = rows_and_batch(explorer)
    for i, drawn in enumerate(rows):
        np.testing.assert_allclose(drawn, -3 * by_trying(explorer, [i]), atol=1e-6)
    np.testing.assert_allclose(batch, -3 * by_trying(explorer, [0, 1, 2, 3, 4]), atol=1e-6)


@pytest.mark.parametrize("loss", LOSSES)
def test_the_batch_is_the_mean_and_each_row_pulls_along_its_input(explorer, loss):
    explorer.set_parameters(loss=loss, w1=1.3, w2=2.1)
    rows, batch = rows_and_batch(explorer)
    np.testing.assert_allclose(batch, rows.mean(axis=0))
    np.testing.assert_allclose(rows[:, 0] * X[:, 1], rows[:, 1] * X[:, 0], atol=1e-12)


def test_all_arrows_begin_at_the_point(explorer):
    explorer.set_parameters(w1=1.0, w2=-3.0)
    arrows = explorer._view._arrows
    for patch in (*arrows.rows, arrows.batch):
        np.testing.assert_allclose(arrow(patch)[0], (1, -3))
    np.testing.assert_allclose(arrows.point, [(1, -3)])


def test_the_chosen_row_stands_out(explorer):
    explorer.row = 2
    widths = [patch.get_linewidth() for patch in explorer._view._arrows.rows]
    assert np.argmax(widths) == 1 and widths.count(max(widths)) == 1
    assert "Row 2" in explorer._view._table_title.get_text()


@pytest.mark.parametrize(("contours", "rows"), [("batch", [0, 1, 2, 3, 4]), ("row", [3])])
def test_the_loss_is_the_same_all_along_a_contour(explorer, contours, rows):
    explorer.contours = contours
    for line in explorer._view._arrows._contours.get_segments():
        a = ACTIVATIONS["sigmoid"](line @ X[rows].T)
        losses = -np.log(np.where(Y[rows] == 1, a, 1 - a)).mean(axis=1)
        assert np.ptp(losses) < 0.03 * losses.mean() + 0.01


def test_the_table_shows_the_gradients_and_their_mean(explorer):
    cells = [[cell.get_text() for cell in row] for row in explorer._view._table.cells]
    numbers = np.array([[float(cell.replace("−", "-")) for cell in row[4:]] for row in cells])
    np.testing.assert_allclose(numbers[5], numbers[:5].mean(axis=0), atol=1e-3)
    for i in range(5):
        np.testing.assert_allclose(numbers[i], by_trying(explorer, [i]), atol=6e-4)


def test_a_step_ends_where_the_arrow_does(explorer):
    rows, batch = rows_and_batch(explorer)
    explorer.controls["row_step"].click()
    assert (explorer.w1, explorer.w2) == pytest.approx((-2 + rows[3, 0], 1 + rows[3, 1]))
    explorer.reset()
    explorer.controls["batch_step"].click()
    assert (explorer.w1, explorer.w2) == pytest.approx((-2 + batch[0], 1 + batch[1]))


def test_the_losses_foretold_are_those_that_come(explorer):
    words = explorer._view._after.get_text().split()
    _now, after_row, after_batch = (float(word) for word in words if "." in word)
    for button, foretold in (("row_step", after_row), ("batch_step", after_batch)):
        explorer.reset()
        explorer.controls[button].click()
        now = float(explorer.summary.split("loss is ")[1].split(". ")[0])
        assert now == pytest.approx(foretold, abs=1e-9)


def test_at_the_lowest_point_the_rows_still_pull_but_the_batch_does_not(explorer):
    picture = explorer.picture()
    for _ in range(300):
        picture = replace(picture, weights=picture.after_step(picture.batch_gradient))
    explorer.set_parameters(w1=float(picture.weights[0]), w2=float(picture.weights[1]))
    arrows = explorer._view._arrows
    assert not arrows.batch.get_visible()
    assert all(patch.get_visible() for patch in arrows.rows)


def test_the_point_can_be_dragged_and_a_row_clicked_on(explorer):
    mouse = Mouse(explorer)
    mouse.pull("point", (-2.0, 1.0), by=(1.5, -0.52))
    assert (explorer.w1, explorer.w2) == (-0.5, 0.5)
    mouse.click("row 2", 100.0, 270.0)
    assert explorer.row == 2
