"""`GradientArrowsExplorer`: an arrow for each row, the batch's as their mean, on the contours."""

import re
from dataclasses import replace
from itertools import combinations, pairwise

import numpy as np
import pytest
from pointing import Mouse

from nnlib import ACTIVATIONS
from nnlib.explorers import GradientArrowsExplorer
from nnlib.explorers.gradients.arrows_model import REACH, X, Y
from nnlib.plots.maps.gradient_arrows import SEEN, SHORTEST

pytestmark = pytest.mark.usefixtures("no_frames")

LOSSES = ("binary_cross_entropy", "mean_squared_error")

KIND = GradientArrowsExplorer


def arrow(patch):
    """Where an arrow begins, and how far it leads."""
    start, end = (np.array(place) for place in patch._posA_posB)
    return start, end - start


def rows_and_batch(explorer):
    arrows = explorer.view._arrows
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
    explorer.set_parameters(loss=loss, w1=0.7, w2=-0.4, learning_rate=5.0)
    patches = [*explorer.view._arrows.rows, explorer.view._arrows.batch]
    for patch, rows in zip(patches, [[0], [1], [2], [3], [4], [0, 1, 2, 3, 4]], strict=True):
        drawn, step = arrow(patch)[1], -5 * by_trying(explorer, rows)
        longer = np.hypot(*drawn) / np.hypot(*step)
        np.testing.assert_allclose(drawn, longer * step, atol=1e-6)
        assert longer == pytest.approx(1, abs=1e-6) or (
            longer > 1 and length_in_pixels(patch) == pytest.approx(SHORTEST)
        )


@pytest.mark.parametrize("loss", LOSSES)
def test_the_batch_is_the_mean_and_each_row_pulls_along_its_input(explorer, loss):
    explorer.set_parameters(loss=loss, w1=0.3, w2=0.1, learning_rate=40)  # none is too short
    rows, batch = rows_and_batch(explorer)
    np.testing.assert_allclose(batch, rows.mean(axis=0))
    np.testing.assert_allclose(rows[:, 0] * X[:, 1], rows[:, 1] * X[:, 0], atol=1e-12)


def test_all_arrows_begin_at_the_point(explorer):
    explorer.set_parameters(w1=1.0, w2=-3.0)
    arrows = explorer.view._arrows
    for patch in (*arrows.rows, arrows.batch):
        np.testing.assert_allclose(arrow(patch)[0], (1, -3))
    np.testing.assert_allclose(arrows.point, [(1, -3)])


def test_the_chosen_row_stands_out(explorer):
    explorer.row = 2
    widths = [patch.get_linewidth() for patch in explorer.view._arrows.rows]
    assert np.argmax(widths) == 1 and widths.count(max(widths)) == 1
    assert explorer.view._table_title.get_text() == "Row 2: ŷ is 0.73, target 1"


@pytest.mark.parametrize(("contours", "rows"), [("batch", [0, 1, 2, 3, 4]), ("row", [3])])
def test_the_loss_is_the_same_all_along_a_contour(explorer, contours, rows):
    explorer.contours = contours
    for line in explorer.view._arrows.map._contours.get_segments():
        a = ACTIVATIONS["sigmoid"](line @ X[rows].T)
        losses = -np.log(np.where(Y[rows] == 1, a, 1 - a)).mean(axis=1)
        assert np.ptp(losses) < 0.03 * losses.mean() + 0.01


def test_the_table_shows_the_gradients_and_their_mean(explorer):
    cells = [[cell.get_text() for cell in row] for row in explorer.view._table.cells]
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


def test_a_box_rounds_what_does_not_fit_and_the_weight_keeps_its_digits(explorer):
    for _ in range(3):
        explorer.controls["batch_step"].click()
    for name in ("w1", "w2"):
        box, value = explorer.boxes[name], getattr(explorer, name)
        shown = float(box.value.replace("−", "-"))
        assert len(box.value.partition(".")[2]) == 3
        assert shown != value and shown == pytest.approx(value, rel=0.01)
        assert float(box.tooltip.replace("−", "-")) == pytest.approx(value, rel=1e-5)
    explorer.w1 = -0.5
    assert (explorer.boxes["w1"].value, explorer.boxes["w1"].tooltip) == ("−0.5", None)


def test_the_losses_predicted_are_the_actual_ones(explorer):
    texts = [text.get_text() for text in explorer.view.predicted]
    after = [float(re.search(r"→ ([\d.]+)", text)[1]) for text in texts]
    for button, predicted in zip(("row_step", "batch_step"), after, strict=True):
        explorer.reset()
        explorer.controls[button].click()
        now = float(explorer.summary.split("loss is ")[1].split(". ")[0])
        assert now == pytest.approx(predicted, abs=1e-9)


def test_at_the_lowest_point_the_rows_still_pull_but_the_batch_does_not(explorer):
    picture = explorer.model()
    for _ in range(300):
        picture = replace(picture, weights=picture.after_step(picture.batch_gradient))
    explorer.set_parameters(w1=float(picture.weights[0]), w2=float(picture.weights[1]))
    arrows = explorer.view._arrows
    assert not arrows.batch.get_visible()
    assert names(explorer) == ["1", "2", "3", "4", "5"]
    assert all(length_in_pixels(patch) >= SHORTEST - 0.1 for patch in arrows.rows)
    assert explorer.view._title.get_text() == "Loss 0.516: the lowest point"
    explorer.learning_rate = 3.0
    assert all(patch.get_visible() for patch in arrows.rows) and not arrows.batch.get_visible()


@pytest.mark.parametrize(
    ("w", "rate", "note"),
    [((1.17, -0.31), 1.0, "arrows × 3"), ((-1, -2), 0.1, "arrows × 10"), ((-2, 1), 1.0, "")],
)
def test_short_arrows_are_all_drawn_longer_by_the_factor_that_is_told(explorer, w, rate, note):
    explorer.set_parameters(w1=w[0], w2=w[1], learning_rate=rate)
    arrows = explorer.view._arrows
    assert arrows.note.get_text() == note
    times = float(note.removeprefix("arrows × ") or 1)
    lengths = [length_in_pixels(patch) for patch in arrows.rows]
    assert 60 <= max(lengths) <= 120
    for row, length in enumerate(lengths):
        if length > SHORTEST + 0.1:
            drawn = arrow(arrows.rows[row])[1]
            np.testing.assert_allclose(drawn, -times * rate * by_trying(explorer, [row]), atol=1e-4)


def test_where_the_point_leaves_the_map_no_name_does(explorer):
    explorer.set_parameters(w1=REACH, w2=1.0, row=2, learning_rate=10.0)
    assert explorer.view._arrows.note.get_text() == ""
    explorer.set_parameters(w2=7.87)
    assert explorer.view._arrows.note.get_text() == "dot off the map"
    assert names(explorer) == ["5"]  # whose arrow comes into the map


def test_an_arrow_that_leads_off_the_map_has_no_name_beside_another(explorer):
    explorer.set_parameters(w1=REACH, w2=1.0, row=2, learning_rate=10.0)
    assert names(explorer) == ["5", "batch"]  # 2, 3 and 4 lead to the right, from the right edge
    explorer.w1 = REACH - 0.5
    assert names(explorer) == ["2", "4", "5", "batch"]  # 3 would stand nearer to another


@pytest.mark.parametrize("w", [(4, 4), (4, -4), (-4, 4), (-4, -4)])
def test_where_both_sliders_end_all_arrows_are_seen_and_named(explorer, w):
    explorer.set_parameters(w1=w[0], w2=w[1])
    arrows = explorer.view._arrows
    shown = [patch for patch in (*arrows.rows, arrows.batch) if patch.get_visible()]
    assert min(map(on_map, shown)) > SHORTEST - 0.1
    assert len(names(explorer)) == len(shown)


def names(explorer):
    """The names at the arrows' tips."""
    return [name.get_text() for name in explorer.view._arrows.names if name.get_visible()]


def on_map(patch):
    """How many pixels of an arrow lie on the map."""
    start, way = arrow(patch)
    places = start + np.linspace(0, 1, 10_001)[:, None] * way
    return length_in_pixels(patch) * (np.abs(places) <= REACH).all(axis=1).mean()


def length_in_pixels(patch):
    start, way = arrow(patch)
    to_pixels = patch.axes.transData.transform
    return float(np.hypot(*(to_pixels(start + way) - to_pixels(start))))


@pytest.mark.parametrize("rate", [0.1, 0.2, 0.35, 0.5, 1.0, 10.0])
@pytest.mark.parametrize("at", [(-2.0, 1.0), (1.17, -0.31), (1.5, -0.4), (3.9, -3.9)])
def test_no_head_sticks_out_on_the_wrong_side(explorer, rate, at):
    explorer.set_parameters(learning_rate=rate, w1=at[0], w2=at[1])
    to_pixels = explorer.view._arrows.ax.transData.transform
    for patch in (*explorer.view._arrows.rows, explorer.view._arrows.batch):
        if patch.get_visible():
            start, way = arrow(patch)
            here, tip = to_pixels(start), to_pixels(start + way)
            forward = (tip - here) / np.hypot(*(tip - here))
            paths, _filled = patch._get_path_in_displaycoord()
            corners = np.concatenate([path.vertices[:-1] for path in paths])
            assert ((corners - here) @ forward >= -1e-6).all()


def test_the_title_says_what_to_do_and_then_what_a_step_has_done(explorer):
    title = explorer.view._title
    assert title.get_text() == "Loss 2.125: drag the dot downhill"
    explorer.controls["row_step"].click()
    assert explorer.view._title.get_text() == "Loss 2.125 → 1.477 by this step"
    explorer.controls["batch_step"].click()
    assert title.get_text().startswith("Loss 1.477 → ")
    explorer.contours = "row"
    assert title.get_text().startswith("Row 4: 0.")
    explorer.w1 = 0.5
    assert title.get_text().endswith(": drag the dot downhill")


def test_the_way_of_the_point_stays_until_it_is_put_elsewhere(explorer):
    for button in ("row_step", "batch_step", "batch_step"):
        explorer.controls[button].click()
    path = explorer.view._arrows.map.walk.line.get_xydata()
    assert len(path) == 4
    np.testing.assert_allclose(path[[0, -1]], [(-2, 1), (explorer.w1, explorer.w2)])
    explorer.row = 1
    assert len(explorer.view._arrows.map.walk.line.get_xydata()) == 4
    explorer.w2 = 0.0
    assert len(explorer.view._arrows.map.walk.line.get_xydata()) == 1


def test_from_ten_on_a_loss_has_fewer_decimals_and_every_word_is_whole(explorer):
    explorer.set_parameters(w1=99.0, w2=1.0, row=4)
    words = explorer.view.predicted[1]
    assert words.get_text() == "a step by the batch:  batch loss 19.90 → 19.85  ↓ better"
    box = words.get_window_extent(explorer.figure.canvas.get_renderer())
    assert box.x1 <= explorer.figure.bbox.x1
    assert explorer.view._title.get_text() == "Loss 19.90: bring the dot back"


def test_after_twenty_steps_the_ring_still_marks_the_start_and_the_walk_is_free_of_names(explorer):
    explorer.row = 5
    for button in [*["batch_step"] * 20, *["row_step"] * 3]:
        explorer.controls[button].click()
    arrows, renderer = explorer.view._arrows, explorer.figure.canvas.get_renderer()
    np.testing.assert_allclose(arrows.map.start, [[-2.0, 1.0]])
    walk = arrows.ax.transData.transform(arrows.map.walk.line.get_xydata())
    shares = np.linspace(0, 1, 40)[:, None]
    way = np.concatenate([a + shares * (b - a) for a, b in pairwise(walk)])
    for name in arrows.names:
        box = name.get_window_extent(renderer)
        inside = (way > box.p0).all(axis=1) & (way < box.p1).all(axis=1)
        assert not inside.any(), name.get_text()


PLACES = [(w1, w2) for w1 in np.linspace(-3.9, 3.9, 5) for w2 in np.linspace(-3.9, 3.9, 5)]


@pytest.mark.parametrize("rate", [0.2, 1.0, 10.0])
def test_no_name_covers_an_arrow_the_point_or_another_name(explorer, rate):
    arrows, renderer = explorer.view._arrows, explorer.figure.canvas.get_renderer()
    shares = np.linspace(0, 1, 60)[:, None]
    for place in [*PLACES, (0.0, 0.4), (1.17, -0.31), (1.5, -0.4), (-2.0, 1.0)]:
        explorer.set_parameters(learning_rate=rate, w1=place[0], w2=place[1])
        patches = [patch for patch in (*arrows.rows, arrows.batch) if patch.get_visible()]
        shown = [name for name in arrows.names if name.get_visible()]
        reach = [on_map(patch) for patch in patches]
        assert len(shown) == sum(length >= SEEN for length in reach)
        drawn = [start + shares * way for start, way in map(arrow, patches)]
        points = arrows.ax.transData.transform(np.concatenate(drawn))
        boxes = [name.get_window_extent(renderer) for name in shown]
        for name, box in zip(shown, boxes, strict=True):
            inside = (points > box.p0).all(axis=1) & (points < box.p1).all(axis=1)
            assert not inside.any(), (place, name.get_text())
            assert arrows.ax.bbox.x0 <= box.x0 and box.x1 <= arrows.ax.bbox.x1, place
        for (_, box), (name, other) in combinations(zip(shown, boxes, strict=True), 2):
            assert not box.overlaps(other), (place, name.get_text())


@pytest.mark.parametrize("rate", [0.1, 0.6, 1.0, 4.0])
def test_each_name_is_nearest_to_its_own_arrow(explorer, rate):
    """The batch's, a word in a colour of its own, stands near its arrow."""
    arrows, renderer = explorer.view._arrows, explorer.figure.canvas.get_renderer()
    to_pixels = arrows.ax.transData.transform
    shares = np.linspace(0, 1, 200)[:, None]
    rng, named, nameless = np.random.default_rng(0), 0, 0
    for w in [(4.0, 1.0), (-2.0, 1.0), (-3.0, 1.5), *rng.uniform(-4, 4, (60, 2)).round(1)]:
        loss, row = str(rng.choice(LOSSES)), int(rng.integers(5))
        model = replace(explorer.model(), weights=np.array(w), learning_rate=rate, loss=loss)
        explorer.view.update(replace(model, row=row))
        seen = [each for each in arrows._arrows if each.patch.get_visible()]
        ways = [to_pixels(start + shares * way) for start, way in (arrow(a.patch) for a in seen)]
        for k, name in enumerate(each.name for each in seen):
            if name.get_visible():
                middle = to_pixels(name.get_position())
                away = [np.hypot(*(way - middle).T).min() for way in ways]
                box = name.get_window_extent(renderer)
                to_box = np.hypot(*(np.clip(ways[k], box.min, box.max) - ways[k]).T).min()
                near = name.get_text() == "batch" and to_box < 40
                assert away[k] < min(away) + 0.5 or near, (w, name.get_text())
                named += 1
            else:
                nameless += on_map(seen[k].patch) >= SEEN
    assert nameless <= 0.02 * named  # so rarely there is no such place


def test_the_point_can_be_dragged_and_a_row_clicked_on(explorer):
    mouse = Mouse(explorer)
    mouse.pull("point", (-2.0, 1.0), by=(1.5, -0.52))
    assert (explorer.w1, explorer.w2) == (-0.5, 0.5)
    mouse.click("row 2", 100.0, 270.0)
    assert explorer.row == 2
