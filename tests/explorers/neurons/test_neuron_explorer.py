"""NeuronExplorer: the numbers a learner sees are those of the neuron."""

import math
from functools import partial

import numpy as np
import pytest
from matplotlib.patches import Circle
from pointing import Mouse

from nnlib.explorers import NeuronExplorer

pytestmark = pytest.mark.usefixtures("no_frames")

KIND = partial(NeuronExplorer, w1=2.0, w2=1.5, bias=-1.0)


@pytest.fixture
def neuron(explorer):
    return explorer


def table(explorer):
    return [[cell.get_text() for cell in row] for row in explorer.view._table.cells]


def test_truth_table_shows_outputs_by_hand(neuron):
    z = {(0, 0): -1.0, (0, 1): 0.5, (1, 0): 1.0, (1, 1): 2.5}
    expected = [
        [str(x1), str(x2), str(int(x1 or x2)), f"{1 / (1 + math.exp(-z[x1, x2])):.2f}", "✓"]
        for x1, x2 in z
    ]
    assert table(neuron) == expected
    assert neuron.summary.startswith("OR: 4 of 4 right.")


def test_loss_is_the_mean_squared_error(neuron):
    a = 1 / (1 + np.exp(-np.array([-1.0, 0.5, 1.0, 2.5])))
    loss = np.mean((a - [0, 1, 1, 1]) ** 2)
    assert neuron.model().loss == pytest.approx(loss, rel=1e-12)
    assert f"Mean squared error {loss:.3f}" in neuron.summary


def test_the_boundary_line_is_where_z_is_zero(neuron):
    for w1, w2, bias in ((2.0, 1.5, -1.0), (-1.0, 3.0, -1.5), (0.5, 0.0, -0.3)):
        neuron.set_parameters(w1=w1, w2=w2, bias=bias)
        (line,) = neuron.view._plane.boundary
        assert np.allclose(line @ [w1, w2] + bias, 0, atol=1e-9)


def test_a_neuron_without_weights_has_no_boundary(neuron):
    neuron.set_parameters(w1=0.0, w2=0.0, bias=1.0)
    assert neuron.view._plane.boundary == []
    assert not neuron.view._normal.get_visible()
    assert neuron.error is None


def test_an_output_of_one_half_answers_1(neuron):
    neuron.set_parameters(w1=0.0, w2=0.0, bias=0.0)
    assert neuron.summary.startswith("OR: 3 of 4 right.")
    assert (
        "(0, 0) gives 0.50, target 0, wrong; (0, 1) gives 0.50, target 1, right" in neuron.summary
    )


def test_equation_shows_the_chosen_row(neuron):
    assert neuron.live_figure.equation == (
        "z = w₁x₁ + w₂x₂ + b = 2.00·1 + 1.50·0 − 1.00 = 1.00     a = σ(z) = 0.73"
    )
    neuron.set_parameters(row=4, w2=-1.5, bias=1.0, activation="step")
    assert neuron.live_figure.equation == (
        "z = w₁x₁ + w₂x₂ + b = 2.00·1 + (−1.50)·1 + 1.00 = 1.50     a = step(z) = 1.00"
    )


def test_drawing_shows_signs_by_colour_dash_and_sign(neuron):
    drawing = neuron.view._neuron
    assert [label.get_text() for label in drawing._labels] == ["w₁ +2.00", "w₂ +1.50", "b −1.00"]
    assert [edge.get_linestyle() == "solid" for edge in drawing._edges] == [True, True, False]


def test_xor_is_never_all_right(neuron, monkeypatch):
    monkeypatch.setattr(neuron, "request_frame", lambda: None)  # nobody looks
    neuron.data = "xor"
    rng = np.random.default_rng(0)
    best = 0
    for w1, w2, bias in rng.uniform(-5, 5, (200, 3)):
        neuron.w1, neuron.w2, neuron.bias = w1, w2, bias
        best = max(best, int(neuron.model().right.sum()))
    assert best == 3


def test_points_are_discs_for_one_and_triangles_for_zero(neuron):
    plane = neuron.view._plane
    assert plane._discs.get_marker() == "o"
    assert plane._triangles.get_marker() == "^"
    assert plane._discs.get_xydata().tolist() == [[0, 1], [1, 0], [1, 1]]
    assert plane._triangles.get_xydata().tolist() == [[0, 0]]


def test_the_table_shows_the_newest_four_of_many_points_and_says_how_many_more(neuron):
    neuron.data = "own"
    neuron.set_parameters(points=[*neuron.points, (1.2, -0.25, 1), (0.5, 1.5, 0), (0, 0.5, 0)])
    rows = [["1", "1"], ["1.2", "−0.25"], ["0.5", "1.5"], ["0", "0.5"]]
    assert [row[:2] for row in table(neuron)] == rows
    assert neuron.view._row_title.get_text() == "The neuron, for the row (0.5, 1.5)"
    Mouse(neuron).click("row 4", 0, 0)
    assert neuron.view._row_title.get_text() == "The neuron, for the row (0, 0.5)"
    assert neuron.view._rest.get_text() == "and 3 more, 3 of them right"
    assert neuron.summary.startswith("My points: 6 of 7 right. Mean squared error")
    assert "; and 3 more, 3 of them right." in neuron.summary
    neuron.points = [(1.2, -0.25, 1)]
    assert [row[:3] for row in table(neuron)] == [["1.2", "−0.25", "1"], *[["", "", ""]] * 3]
    assert neuron.view._row_title.get_text() == "The neuron, for the row (1.2, −0.25)"
    assert neuron.view._rest.get_text() == ""
    assert neuron.error is None


def test_a_point_outside_the_plane_widens_it_and_no_other_does(neuron):
    neuron.data = "own"
    assert neuron.view._plane.limits == (-0.6, 1.6, -0.6, 1.6)
    neuron.add_point(1.5, -0.5)
    assert neuron.view._plane.limits == (-0.6, 1.6, -0.6, 1.6)
    neuron.add_point(2.3, 0.0)
    assert neuron.view._plane.limits == pytest.approx((-0.6, 2.5, -1.05, 2.05))  # a square
    (line,) = neuron.view._plane.boundary
    assert np.allclose(line @ [2.0, 1.5] - 1.0, 0, atol=1e-9)


def test_dragging_the_boundary_changes_the_bias_alone(neuron):
    (line,) = neuron.view._plane.boundary
    x, y = line[len(line) // 2]
    Mouse(neuron).pull("boundary", start=(x, y), by=(0.2, 0.2))
    assert (neuron.w1, neuron.w2, neuron.bias) == (2.0, 1.5, -1.7)  # −1 − 2·0.2 − 1.5·0.2
    (line,) = neuron.view._plane.boundary
    assert np.allclose(line @ [2.0, 1.5] - 1.7, 0, atol=1e-9)
    assert "bias −1.70" in neuron.live_figure.summary
    assert neuron.controls["bias"].value == -1.7


def arrow(neuron):
    return np.array(neuron.view._normal.xyann), np.array(neuron.view._normal.xy)


def test_the_arrow_of_w_begins_on_the_boundary_nearest_to_the_middle(neuron):
    for w1, w2, bias in ((2.0, 1.5, -1.0), (-2.0, 0.5, 0.4), (3.0, 1.0, -1.0), (0.0, -4.0, 1.2)):
        neuron.set_parameters(w1=w1, w2=w2, bias=bias)
        w, (start, tip) = np.array([w1, w2]), arrow(neuron)
        assert start @ w + bias == pytest.approx(0)
        assert tip - start == pytest.approx(w / 6)
        assert abs((start - 0.5) @ (-w2, w1)) < 1e-9, "nearest to the middle"
    neuron.set_parameters(w1=2.0, w2=2.0, bias=-6.0)  # at the corner it moves back
    assert all(tip < 1.6 for tip in arrow(neuron)[1])


def test_dragging_the_tip_of_w_changes_the_weights_alone(neuron):
    start, tip = arrow(neuron)
    mouse, (x, y) = Mouse(neuron), tip
    mouse.press("w", x, y)
    mouse.drag(x - 0.5, y + 0.1)
    assert (neuron.w1, neuron.w2, neuron.bias) == (-1.0, 2.1, -1.0)
    assert np.allclose(arrow(neuron), [start, tip + np.array([-0.5, 0.1])]), (
        "it is below the pointer"
    )
    mouse.release(x - 0.5, y + 0.1)
    assert arrow(neuron)[0] @ (-1.0, 2.1) == pytest.approx(1.0), "on the boundary again"


def test_rings_mark_where_the_boundary_crosses_the_axes(neuron):
    rings = neuron.view.crossings
    neuron.set_parameters(w1=1.0, w2=2.0, bias=-1.0)
    assert rings.get_xydata().tolist() == [[0.0, 0.5], [1.0, 0.0]]
    neuron.w1 = 0.5  # now at x₁ = 2, out of the picture
    assert rings.get_xydata().tolist() == [[0.0, 0.5]]
    neuron.set_parameters(w1=1.0, bias=0.0)  # both in one place
    assert rings.get_xydata().tolist() == [[0.0, 0.0]]
    neuron.set_parameters(w1=0.0, w2=0.0)
    assert len(rings.get_xydata()) == 0


def test_no_weight_stands_on_its_edge_or_a_node(neuron):
    drawing, figure = neuron.view._neuron, neuron.figure
    neuron.set_parameters(w1=-4.5, w2=-5.0, bias=5.0)
    figure.canvas.draw()
    for label in drawing._labels:
        box = label.get_window_extent()
        for edge in drawing._edges:
            start, _, end, *head = edge.get_path().transformed(edge.get_transform()).vertices[:-1]
            line = [*np.linspace(start, end, 100), *head]
            assert not any(box.contains(x, y) for x, y in line), label.get_text()
        for node in label.axes.patches:
            if isinstance(node, Circle):
                assert not node.get_window_extent().overlaps(box)


def test_a_small_error_is_not_written_as_none(neuron):
    neuron.set_parameters(w1=20.0, w2=20.0, bias=-10.0)
    assert neuron.view._loss.get_text() == "mean squared error < 0.001"
    assert "Mean squared error < 0.001." in neuron.summary
    neuron.activation = "step"
    assert neuron.view._loss.get_text() == "mean squared error 0.000"


def test_the_arrow_stays_on_the_plane_and_can_be_pulled_out_of_nothing(neuron):
    plane = neuron.view._plane.ax.get_position()
    for w1, w2 in ((5, 5), (-5, 5), (-5, -5), (5, -5), (0, 0)):
        neuron.set_parameters(w1=w1, w2=w2)
        handle = next(h for h in neuron.live_figure.handles if h["name"] == "w")
        ((x, y),) = handle["outline"]
        assert plane.x0 < x < plane.x1 and plane.y0 < y < plane.y1
    Mouse(neuron).pull("w", start=(0.5, 0.5), by=(0.5, 0))
    assert (neuron.w1, neuron.w2) == (3.0, 0.0)
    assert neuron.view._normal.get_visible()


def test_where_it_opens_the_line_can_be_taken_hold_of_in_its_middle_beside_the_arrow():
    """In a window of 1,024 pixels the picture is 620 pixels wide and 276 high."""
    explorer = NeuronExplorer(data="or")
    arrow, line = explorer.live_figure.handles[:2]
    assert (arrow["name"], line["name"]) == ("w", "boundary")
    middle = np.mean(line["outline"], axis=0)
    away = (np.subtract(arrow["outline"][0], middle)) * (620, 276)
    assert np.hypot(*away) > arrow["reach"]
    explorer.close()


def test_a_line_outside_the_picture_is_marked_at_its_edge_and_comes_to_the_pointer(neuron):
    view = neuron.view
    assert not view._line_outside.mark.get_visible()
    for w1, w2, bias in (
        (1, 1, -5),
        (-0.9, -0.3, -1.5),
        (0.3, 0, 2),
        (0.3, -3, 5),
        (0.1, 0.1, 5),
    ):
        neuron.set_parameters(w1=w1, w2=w2, bias=bias)
        assert view._task.get_text() == "Drag the dashed line back"
        assert "The line lies outside the picture." in neuron.live_figure.summary
        ends = np.asarray(view._line_outside.mark.get_xydata())
        assert ((ends >= -0.6) & (ends <= 1.6)).all()
        middle, w = ends.mean(axis=0), np.array([w1, w2])
        assert abs((ends[1] - ends[0]) @ w) < 1e-9, "parallel to the line"
        assert abs(middle @ w + bias) < abs(0.5 * w.sum() + bias), "on the line's side"
        to_edges = np.abs(np.subtract.outer(middle, (-0.6, 1.6)))
        assert to_edges.min() == pytest.approx(0.15 * 2.2), "as far from the nearest edge"
        Mouse(neuron).pull("line outside", start=tuple(middle), by=tuple(0.5 - middle))
        assert neuron.bias == pytest.approx(-0.5 * w.sum(), abs=0.051)  # through (0.5, 0.5)
        assert (neuron.w1, neuron.w2) == (w1, w2)
        assert not view._line_outside.mark.get_visible()
        assert "outside" not in neuron.live_figure.summary


def test_what_can_be_done_stands_above_the_plane(neuron):
    task = neuron.view._task
    assert task.get_text() == "Drag the line, or the arrow"
    neuron.set_parameters(w1=0, w2=0)
    assert task.get_text() == "w is 0: drag the dot"
    assert neuron.view._dot.get_visible()
    neuron.set_parameters(data="own", w1=1)
    assert task.get_text() == "Drag the line; click: class 1"
    assert not neuron.view._dot.get_visible()
    neuron.new_class = 0
    assert task.get_text() == "Drag the line; click: class 0"


def test_all_rows_right_is_said_with_a_mark_in_the_colour_of_right(neuron):
    verdict = neuron.view._verdict
    assert (verdict.get_text(), verdict.get_color()) == ("OR: 4 of 4 right ✓", "#1f6fb4")
    neuron.bias = -1.6
    assert (verdict.get_text(), verdict.get_color()) == ("OR: 3 of 4 right", "#22272e")
    neuron.set_parameters(data="second", w1=0, w2=2)
    assert verdict.get_text() == "SECOND: 4 of 4 right ✓"
    bounds = verdict.get_window_extent()
    assert bounds.x1 <= neuron.figure.bbox.x1
    neuron.set_parameters(data="own", points=[(0, 0, 0), (1, 1, 1)] * 9)
    assert verdict.get_text() == "18 of 18 right ✓"


def test_gain_makes_the_sigmoid_steeper_and_leaves_the_boundary(neuron):
    (before,) = neuron.view._plane.boundary
    neuron.gain = 4.0
    (after,) = neuron.view._plane.boundary
    assert np.array_equal(before, after)
    a = 1 / (1 + np.exp(-4 * np.array([-1.0, 0.5, 1.0, 2.5])))
    assert [row[3] for row in table(neuron)] == [f"{value:.2f}" for value in a]
    assert neuron.live_figure.equation.endswith("a = σ(4·z) = 0.98")
    assert "sigmoid with gain 4." in neuron.summary


def test_the_gain_stands_below_the_arrow_from_z_to_a():
    explorer = NeuronExplorer()
    drawing = explorer.view._neuron
    assert drawing._gain.get_text() == ""
    explorer.gain = 10
    assert drawing._gain.get_text() == "× 10"
    explorer.close()


@pytest.mark.parametrize("weights", [(1, 1), (3, 1), (1, 3), (-2, 5), (0.4, -1.2), (0, 1)])
@pytest.mark.parametrize("points", [None, [(0, 0, 0), (2.5, 0.5, 1)]], ids=["gate", "own"])
def test_in_the_picture_w_stands_at_right_angles_to_the_line(weights, points):
    """Measured in pixels, as an eye sees it."""
    data = {"data": "own", "points": points} if points else {"data": "or"}
    explorer = NeuronExplorer(**data, w1=weights[0], w2=weights[1], bias=-0.5 * sum(weights))
    view, pixels = explorer.view, explorer.view._plane.ax.transData.transform
    (line,) = view._plane.boundary
    along = np.subtract(*pixels(line[[0, -1]]))
    arrow = np.subtract(*pixels([view._normal.xy, view._normal.xyann]))
    cosine = along @ arrow / np.hypot(*along) / np.hypot(*arrow)
    assert math.degrees(math.acos(abs(cosine))) == pytest.approx(90, abs=0.2)
    explorer.close()


def test_words_on_the_plane_have_a_ground_and_the_arrow_lies_above_the_points(neuron):
    view = neuron.view
    assert all(side.get_bbox_patch() for side in view._sides)
    points = [artist.get_zorder() for artist in view._plane.artists]
    assert view._normal.get_zorder() > max(points)


def test_two_coordinates_with_a_sign_stand_clear_of_each_other_in_the_table(neuron):
    neuron.set_parameters(data="own", points=[*neuron.points, (-0.48, -0.44, 0)])
    neuron.figure.draw_without_rendering()
    row = neuron.view._table.cells[-1]
    boxes = [cell.get_window_extent().x0 for cell in row], [c.get_window_extent().x1 for c in row]
    assert min(left - right for left, right in zip(boxes[0][1:], boxes[1][:-1], strict=True)) > 2


def test_a_new_point_goes_through_the_neuron_and_the_one_shown_stays_while_others_go():
    explorer = NeuronExplorer(data="own", points=[(k / 10, 0, k % 2) for k in range(6)], row=2)
    assert explorer.model().x.tolist() == [0.3, 0]
    explorer.add_point(0.9, 0.8)
    assert explorer.model().x.tolist() == [0.9, 0.8]
    explorer.row = 3
    shown = explorer.model().x.tolist()
    for away in (0.0, 0.1, 0.2):
        explorer.remove_point(away, 0)
        assert explorer.model().x.tolist() == shown
    explorer.remove_point(*shown)
    explorer.set_parameters(data="xor", points=())
    explorer.controls["remove_point"].click()
    assert explorer.error is None
    explorer.close()


@pytest.mark.parametrize("weights", [(-5, 5), (5, 5), (-5, -5), (5, -5), (-5, 1), (0.5, -4)])
def test_at_the_ends_of_the_sliders_no_word_lies_on_arrow_line_or_point(neuron, weights):
    neuron.set_parameters(w1=weights[0], w2=weights[1], bias=-0.3 * sum(weights))
    view = neuron.view
    pixels = view._plane.ax.transData.transform
    (line,) = view._plane.boundary
    arrow = np.linspace(view._normal.xy, view._normal.xyann, 50)
    taken = pixels(np.concatenate([line, arrow, neuron.model().X]))
    words = [word for word in (*view._sides, view._normal_name) if word.get_visible()]
    assert view._sides[0] in words
    for word in words:
        box = word.get_window_extent()
        inside = (taken > box.p0).all(axis=1) & (taken < box.p1).all(axis=1)
        assert not inside.any(), word.get_text()
