"""`HiddenSpaceExplorer`: XOR's points, before and after the hidden layer."""

from itertools import pairwise

import numpy as np
import pytest
import traitlets
from colour import contrast
from matplotlib.colors import to_rgb
from pointing import Mouse

from nnlib.explorers.feedforward.hidden_space_explorer import HiddenSpaceExplorer
from nnlib.plots.palette import DARK, LIGHT

pytestmark = pytest.mark.usefixtures("no_frames")

KIND = HiddenSpaceExplorer


def points(plane):
    """The discs, then the triangles, as drawn."""
    return [np.column_stack(mark.get_data()) for mark in (plane._discs, plane._triangles)]


def test_nothing_has_moved_at_the_start(explorer):
    view = explorer.view
    for moved, inputs in zip(points(view._moved), points(view._inputs), strict=True):
        np.testing.assert_array_equal(moved, inputs)
    assert not view._output_line.get_visible()


def test_one_line_parts_the_points_in_the_hidden_space(explorer):
    explorer.set_parameters(warp=1.0, sharpness=1000.0)
    discs, triangles = points(explorer.view._moved)
    np.testing.assert_allclose(discs, [[1, 1], [1, 1]], atol=1e-9)
    np.testing.assert_allclose(sorted(triangles.tolist()), [[0, 1], [1, 0]], atol=1e-9)
    x, y = explorer.view._output_line.get_data()
    np.testing.assert_allclose(np.add(x, y), 1.5)
    assert explorer.view._output_line.get_visible()
    assert explorer.view._title.get_text() == "The hidden space: 4 of 4 on their side"


def test_half_way_is_half_way(explorer):
    explorer.set_parameters(warp=0.5, sharpness=1000.0)
    discs, triangles = points(explorer.view._moved)
    np.testing.assert_allclose(discs, [[0.5, 1]], atol=1e-9)
    np.testing.assert_allclose(triangles, [[0, 0.5], [1, 0.5]], atol=1e-9)
    np.testing.assert_allclose(explorer.view._covered.get_xydata(), [[1, 0.5]], atol=1e-9)
    assert "50 %" in explorer.view._title.get_text()


def test_a_hidden_unit_that_answers_always_1_spoils_it(explorer):
    explorer.set_parameters(warp=1.0, b2=3.0, sharpness=100.0)  # NAND no more
    assert explorer.model().n_right == 3
    assert "3 of 4" in explorer.view._title.get_text()


def test_the_hidden_units_lines_are_where_z_is_0(explorer):
    for unit, (line, bias) in enumerate(zip(explorer.view._hidden_lines, (-0.5, 1.5), strict=True)):
        x1, x2 = (np.asarray(part) for part in line.get_data())
        sign = 1 if unit == 0 else -1
        np.testing.assert_allclose(sign * (x1 + x2) + bias, 0, atol=1e-12)


@pytest.mark.parametrize("sharpness", [5.0, 20.0, 100.0])
def test_a_row_on_the_line_of_the_output_counts_as_above_it(explorer, sharpness):
    """So does one on a hidden unit's line: OR answers always 1, and (0, 0) is answered wrongly."""
    explorer.set_parameters(b1=0.0, warp=1.0, sharpness=sharpness)
    assert explorer.model().gates[0] == "always 1"
    assert "makes a constant 1 and NAND of the inputs" in explorer.summary
    assert explorer.model().n_right == 3


@pytest.mark.parametrize("sharpness", [1.0, 5.0, 40.0])
def test_in_the_grey_a_hidden_unit_answers_from_a_tenth_to_nine_tenths(explorer, sharpness):
    explorer.set_parameters(sharpness=sharpness, b1=-0.7, b2=1.2)
    for unit, soft_step in enumerate(explorer.view._soft_steps):
        corners = soft_step.get_xy()[:4]
        answers = explorer.model().hidden(corners)[:, unit]
        np.testing.assert_allclose(answers, [0.1, 0.1, 0.9, 0.9], atol=1e-12)


def test_a_hidden_units_line_can_be_dragged(explorer):
    mouse = Mouse(explorer)
    mouse.pull("b1", (0.0, 0.5), by=(0.2, 0.2))
    assert explorer.b1 == pytest.approx(-0.9)
    mouse.pull("b2", (1.0, 0.5), by=(-0.5, 0.0))
    assert explorer.b2 == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("b1", "b2", "gates"),
    [
        (-0.5, 1.5, ["OR", "NAND"]),
        (-1.5, 0.5, ["AND", "NOR"]),
        (0.0, 2.0, ["always 1", "always 1"]),  # z = 0 on the line itself answers 1
        (-2.5, -0.5, ["always 0", "always 0"]),
    ],
)
def test_a_unit_is_called_what_it_answers(explorer, b1, b2, gates):
    explorer.set_parameters(b1=b1, b2=b2, warp=1.0)
    made = f"makes {gates[0]} and {gates[1]} of the inputs".replace("always", "a constant")
    assert made in explorer.summary
    assert [name.get_text() for name in explorer.view._names] == gates
    assert explorer.view._axis_names[0].get_text() == f"a₁ ({gates[0]})"


def test_points_move_a_share_of_their_way(explorer):
    with pytest.raises(traitlets.TraitError, match="warp is 99, but it must be a number from 0 to"):
        explorer.warp = 99
    assert explorer.warp == 0.0


@pytest.mark.parametrize(
    ("warp", "horizontal", "vertical"),
    [(0.0, "x₁", "x₂"), (0.5, "x₁ → a₁", "x₂ → a₂"), (1.0, "a₁ (OR)", "a₂ (NAND)")],
)
def test_axes_name_what_the_points_are_measured_in(explorer, warp, horizontal, vertical):
    explorer.warp = warp
    names = [name.get_text() for name in explorer.view._axis_names]
    assert [" ".join(name.split()) for name in names] == [horizontal, vertical]


def test_the_end_says_how_many_rows_share_a_point(explorer):
    view = explorer.view
    explorer.set_parameters(warp=0.25, sharpness=20.0)
    assert view._shared.get_text() == ""
    explorer.warp = 1.0
    assert view._shared.get_text() == "2 rows"
    explorer.set_parameters(b1=-3.0, b2=-3.0)
    assert view._shared.get_text() == "4 rows"


BIASES = [(b1, b2) for b1 in (-3.0, -1.5, -0.5, 0.0, 3.0) for b2 in (-3.0, 0.5, 1.5, 3.0)]


@pytest.mark.parametrize("sharpness", [5.0, 100.0])
def test_how_many_rows_share_a_point_stands_on_no_line_and_on_no_point(explorer, sharpness):
    view, renderer = explorer.view, explorer.figure.canvas.get_renderer()
    to_pixels, shares = view._right.transData.transform, np.linspace(0, 1, 60)
    for b1, b2 in BIASES:
        explorer.set_parameters(sharpness=sharpness, b1=b1, b2=b2, warp=1.0)
        lines = [*view._grid.get_segments(), view._output_line.get_xydata()]
        ways = np.concatenate(
            [[a + shares[:, None] * (b - a) for a, b in pairwise(line)] for line in lines]
        ).reshape(-1, 2)
        box = view._shared.get_window_extent(renderer)
        for places, away in ((ways, 0.0), (explorer.model().place(explorer.model().data[0]), 6.0)):
            x, y = to_pixels(places).T
            inside = (abs(x - (box.x0 + box.x1) / 2) < box.width / 2 + away) & (
                abs(y - (box.y0 + box.y1) / 2) < box.height / 2 + away
            )
            assert not inside.any(), (b1, b2, sharpness)
        assert (
            not view._shared.get_text()
            or np.hypot(
                *(to_pixels(explorer.model().shared[0]) - to_pixels(view._shared.get_position()))
            )
            < 60
        ), "beside its point"


@pytest.mark.parametrize(("b2", "places"), [(-3.0, []), (3.0, [(1, 1)] * 2)])
def test_a_disc_is_seen_around_the_triangle_at_its_place(explorer, b2, places):
    explorer.set_parameters(b2=b2, sharpness=100.0 if places else 5.0, warp=1.0)
    covered = explorer.view._covered
    np.testing.assert_allclose(covered.get_xydata(), np.reshape(places, (-1, 2)), atol=1e-9)
    triangles = explorer.view._moved._triangles
    assert covered.get_zorder() < triangles.get_zorder()
    assert covered.get_markersize() > 1.5 * triangles.get_markersize()
    assert len(points(explorer.view._moved)[0]) == 2 - len(places), "and not a second time"


def test_the_name_of_an_axis_is_clear_of_the_other_plane(explorer):
    explorer.set_parameters(b2=-3.0, warp=1.0)
    name = explorer.view._axis_names[1]
    box = name.get_window_extent(explorer.figure.canvas.get_renderer())
    assert "always 0" in name.get_text()
    assert box.x0 > explorer.view._inputs.ax.bbox.x1 + 10


def test_the_grid_is_seen_behind_the_points():
    for palette in (LIGHT, DARK):
        for ground in (palette.background, palette.map(0.5)):
            assert 2.0 < contrast(to_rgb(palette.guide), to_rgb(ground)) < 2.5
    assert to_rgb(LIGHT.guide) == tuple(KIND().view._grid.get_colors()[0][:3])
