"""`VanishingGradientsExplorer`: sizes of gradients and outputs by layer, as nnlib computes them."""

from io import BytesIO
from itertools import pairwise, product

import numpy as np
import pytest
from pointing import Mouse

from nnlib import INITIALIZERS, Network
from nnlib.explorers.gradients.vanishing_explorer import VanishingGradientsExplorer
from nnlib.explorers.shared.activation_choice import learnable

pytestmark = pytest.mark.usefixtures("no_frames")

KIND = VanishingGradientsExplorer


def sizes(explorer):
    """The gradients' and the outputs' sizes as drawn."""
    return [np.asarray(line.get_ydata()) for line in explorer.view._lines]


@pytest.mark.parametrize("depth", [1, 2, 30])
def test_a_point_for_each_layer(explorer, depth):
    explorer.depth = depth
    gradients, outputs = sizes(explorer)
    assert (len(gradients), len(outputs)) == (depth + 1, depth)


@pytest.mark.parametrize("activation", ["tanh", "relu"])
def test_the_sizes_are_found_by_trying(explorer, activation):
    """Nudge the bias of one layer's unit: on one row the outputs answer with its δ."""
    explorer.set_parameters(depth=3, activation=activation, initializer="he", seed=2)
    X = np.random.default_rng(2).normal(size=(32, 8))
    network = Network([8, 16, 16, 16, 1], activation, "linear", "he", 2)
    for layer, drawn in zip(network.layers, sizes(explorer)[0], strict=True):
        slopes = []
        for unit in range(layer.n_out):
            answers = []
            for nudge in (1e-6, -1e-6):
                layer.bias[unit] = nudge
                answers.append(network.predict(X))
            layer.bias[unit] = 0.0
            slopes.append((answers[0] - answers[1]) / 2e-6)
        assert np.sqrt(np.mean(np.square(slopes))) == pytest.approx(drawn, rel=1e-4)


def test_sigmoids_vanish_by_a_quarter_or_less_a_layer(explorer):
    explorer.depth = 20
    gradients, _ = sizes(explorer)
    assert (gradients[:19] < gradients[1:20]).all()
    assert (gradients[0] / gradients[19]) ** (1 / 19) < 0.3
    assert explorer.view._title.get_text().startswith("Vanishing")


@pytest.mark.parametrize("seed", range(5))
def test_he_keeps_relu_and_xavier_keeps_tanh_in_bounds(explorer, seed):
    for activation, initializer in (("relu", "he"), ("tanh", "xavier")):
        explorer.set_parameters(depth=20, activation=activation, initializer=initializer, seed=seed)
        assert explorer.view._title.get_text().startswith("Steady")


@pytest.mark.parametrize("seed", range(5))
def test_uniform_weights_make_relu_explode_and_small_ones_make_it_vanish(explorer, seed):
    explorer.set_parameters(depth=30, activation="relu", initializer="uniform", seed=seed)
    assert explorer.view._title.get_text().startswith("Exploding")
    explorer.set_parameters(activation="sigmoid")
    assert explorer.view._title.get_text().startswith("Vanishing")


def level_named(ax, label):
    """Where on the vertical axis this is written."""
    written = [text.get_text() for text in ax.get_yticklabels()]
    return ax.get_yticks()[written.index(label)]


def test_zeros_let_nothing_through(explorer):
    explorer.initializer = "zeros"
    assert explorer.view._title.get_text() == "No gradient reaches layer 1"
    *hidden, output = sizes(explorer)[0]
    assert set(hidden) == {level_named(explorer.view._back.ax, "0")}
    assert output == level_named(explorer.view._back.ax, "1")


@pytest.mark.parametrize("activation", learnable())
def test_every_pair_is_drawn_within_the_picture(explorer, activation):
    for initializer, depth in product(INITIALIZERS, (1, 30)):
        explorer.set_parameters(depth=depth, activation=activation, initializer=initializer)
        for drawn, line in zip(sizes(explorer), explorer.view._lines, strict=True):
            low, high = line.axes.get_ylim()
            assert (drawn >= low).all() and (drawn <= high).all()
        assert "nan" not in explorer.summary


def names(explorer):
    """The names at the lines' ends, for either plane."""
    return [
        [name for name in fan.names if name.get_text()]
        for fan in (explorer.view._back, explorer.view._there)
    ]


def bold(explorer):
    return [
        name.get_text()
        for fan in names(explorer)
        for name in fan
        if name.get_fontweight() == "bold"
    ]


@pytest.mark.parametrize("initializer", INITIALIZERS)
@pytest.mark.parametrize("depth", [1, 2, 10, 11, 30])
def test_every_line_is_named_at_its_end_and_no_name_lies_over_another(explorer, initializer, depth):
    explorer.set_parameters(initializer=initializer, depth=depth)
    renderer = explorer.figure.canvas.get_renderer()
    for fan in names(explorer):
        assert [text.get_text() for text in fan] == [text.replace("_", " ") for text in learnable()]
        boxes = sorted((text.get_window_extent(renderer) for text in fan), key=lambda box: box.y0)
        for lower, upper in pairwise(boxes):
            assert upper.y0 - lower.y0 >= 14
        ax = fan[0].axes
        within = [*(box.x0 for box in boxes), *(box.x1 for box in boxes)]
        assert ax.bbox.x0 <= min(within) and max(within) <= ax.figure.bbox.x1
        assert ax.bbox.y0 - 4 <= boxes[0].y0 and boxes[-1].y1 <= ax.bbox.y1 + 4


def darkness(explorer):
    """The picture's darkness, row by row from the bottom."""
    drawn = BytesIO()
    explorer.figure.savefig(drawn, format="rgba", dpi=explorer.figure.dpi)
    width, height = (int(side) for side in explorer.figure.bbox.size)
    rgba = np.frombuffer(drawn.getvalue(), np.uint8).reshape(height, width, 4)
    return 255 - rgba[::-1, :, :3].mean(axis=2)


def test_no_name_is_cut_by_the_next(explorer):
    explorer.set_parameters(depth=20, activation="sigmoid")
    _, there = names(explorer)
    boxes = [name.get_window_extent().extents.astype(int) for name in there]
    together, alone = darkness(explorer), []
    for name in there:
        for other in there:
            other.set_visible(other is name)
        alone.append(darkness(explorer))
    for name in there:
        name.set_visible(True)
    for name, (x0, y0, x1, y1), only in zip(there, boxes, alone, strict=True):
        box = np.s_[y0 : y1 + 1, x0 : x1 + 1]
        assert (together[box] >= only[box] - 3).all(), name.get_text()


def test_the_names_stand_at_the_same_edge_however_many_layers_there_are(explorer):
    edges = []
    for depth in (1, 2, 7, 30):
        explorer.depth = depth
        first = [fan[0].get_window_extent() for fan in names(explorer)]
        edges.append((first[0].x1, first[1].x0))
        end = explorer.view._there.chosen.get_window_extent().x1
        assert end < first[1].x0, depth
    assert np.ptp(edges, axis=0).max() < 1  # a pixel


def limits(explorer):
    return [(ax.get_xlim(), ax.get_ylim()) for ax in explorer.figure.axes]


def test_the_axes_fit_what_is_shown_and_stay_while_a_slider_moves(explorer):
    for initializer in ("xavier", "he", "lecun"):
        explorer.set_parameters(initializer=initializer, depth=30)
        for ax, fan in zip(explorer.figure.axes, ("_back", "_there"), strict=True):
            lines = np.concatenate(getattr(explorer.view, fan).others.get_segments())
            covered = np.ptp(np.log10(lines[:, 1])) / np.ptp(np.log10(ax.get_ylim()))
            assert covered > 0.6, (initializer, fan)
    for low, high in ((3, 3), (4, 6), (7, 10), (11, 20), (21, 30)):
        explorer.depth = low
        before = limits(explorer)
        explorer.set_parameters(depth=high, activation="relu")
        assert limits(explorer) == before


def test_with_more_layers_a_line_leads_farther_down_on_the_same_axis(explorer):
    ends, axes = [], set()
    for depth in (4, 10, 20, 30):
        explorer.depth = depth
        axes.add(explorer.figure.axes[0].get_ylim())
        ends.append(sizes(explorer)[0][0])
    assert len(axes) == 1
    assert (np.diff(np.log10(ends)) < -3).all()


def test_a_name_chooses_its_activation_too(explorer):
    name = next(text for text in names(explorer)[0] if text.get_text() == "elu")
    Mouse(explorer).click("elu", *name.get_position())
    assert explorer.activation == "elu"


def test_a_name_beside_the_outputs_can_be_clicked_as_well(explorer):
    name = next(text for text in names(explorer)[1] if text.get_text() == "gelu")
    place = name.axes.transData.transform(name.get_position())
    away = [
        np.abs(handle.axes.transData.transform(handle.outline) - place).sum(axis=1).min()
        for handle in explorer.view.handles
        if handle.name == "gelu"
    ]
    assert min(away) < 7


def test_a_grey_line_is_another_activation_and_a_click_chooses_it(explorer):
    explorer.depth = 20
    view = explorer.view
    lines = view._back.others.get_segments()
    faint = {name: line[:, 1] for name, line in zip(learnable(), lines, strict=True)}
    was, tanh = sizes(explorer)[0], faint["tanh"]
    np.testing.assert_array_equal(faint["sigmoid"], was)
    Mouse(explorer).click("tanh", 1.0, tanh[0])
    assert explorer.activation == "tanh" and bold(explorer) == ["tanh", "tanh"]
    np.testing.assert_array_equal(sizes(explorer)[0], tanh)
    assert "tanh" in explorer.summary


def test_the_band_is_where_the_title_says_steady(explorer):
    explorer.set_parameters(depth=20, activation="tanh")
    low = explorer.view._steady.get_y()
    high = low + explorer.view._steady.get_height()
    assert low < sizes(explorer)[0][0] < high
    explorer.activation = "sigmoid"
    assert sizes(explorer)[0][0] < explorer.view._steady.get_y()
    explorer.initializer = "zeros"
    assert not explorer.view._steady.get_visible()


def test_the_title_says_of_what_layer_1_gets_so_many_times(explorer):
    explorer.set_parameters(depth=20, activation="sigmoid")
    title = explorer.view._title.get_text()
    assert title.startswith("Vanishing: layer 1 gets ") and title.endswith(" times layer 20's")


@pytest.mark.parametrize("depth", [3, 20, 30])
def test_marks_of_layers_stand_apart_and_what_is_steady_is_said(explorer, depth):
    explorer.depth = depth
    for line in explorer.view._lines:
        places = line.axes.transData.transform(line.get_xydata())[:, 0]
        scale = explorer.figure.dpi / 72
        assert np.diff(places).min() > 1.5 * scale * line.get_markersize()
        assert line.get_markersize() > 2.5
    steady = explorer.view._keeps
    assert steady.get_text() == f"steady: 1/100 to 100 times layer {depth}'s"
    assert steady.get_bbox_patch() is not None, "a curve may run behind it"
    assert steady.get_zorder() > max(line.get_zorder() for line in explorer.view._back.ax.lines)


def test_one_layer_is_compared_with_no_other(explorer):
    explorer.depth = 1
    view = explorer.view
    assert view._title.get_text() == "One hidden layer: no other to compare with"
    assert not view._steady.get_visible() and not view._keeps.get_visible()
    assert "One hidden layer: no other to compare with. Its δ has the size" in explorer.summary
    assert explorer.live_figure.equation.count("layer 1") == 1
    explorer.depth = 2
    assert view._keeps.get_text() == "steady: 1/100 to 100 times layer 2's"
    assert view._steady.get_visible() and view._keeps.get_visible()


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_the_axes_of_few_layers_end_with_the_last(explorer, depth):
    explorer.depth = depth
    for line in explorer.view._lines:
        assert max(line.axes.get_xticks()) == max(line.get_xdata())


@pytest.mark.parametrize("depth", [1, 5, 10, 30])
def test_the_output_stands_after_the_hidden_layers(explorer, depth):
    explorer.depth = depth
    output = explorer.view._output
    assert output.get_text() == "out"
    assert output.get_position()[0] == max(explorer.view._back.chosen.get_xdata()) == depth + 1


def test_what_leads_from_a_line_to_its_name_is_no_curve(explorer):
    for fan in (explorer.view._back, explorer.view._there):
        (curves,), (leaders,) = (lines.get_linestyle() for lines in (fan.others, fan._leaders))
        assert curves[1] is None and leaders[1] is not None  # dotted


def test_leaders_end_beside_their_names_clear_of_the_plot(explorer):
    """Slanting lines of names that stand close together could not be told apart."""
    for fan, to_the_left in ((explorer.view._back, True), (explorer.view._there, False)):
        to_pixels = fan.ax.transData.transform
        for (_, at_edge, end), name in zip(fan._leaders.get_segments(), fan.names, strict=False):
            edge, end, begin = (
                to_pixels(at)[0] * (-1 if to_the_left else 1)
                for at in (at_edge, end, name.get_position())
            )
            assert edge + 20 < end < begin < end + 6
