"""`DescentExplorer`: surfaces with true slopes, nnlib's own steps, and limits that are limits."""

import asyncio
from io import BytesIO

import clock
import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.markers import MarkerStyle
from PIL import Image
from pointing import Mouse

from nnlib import SGD, Adam, Network, RMSProp, Trainer
from nnlib.explorers.descent.explorer import DescentExplorer
from nnlib.explorers.descent.path import MOST_STEPS, OPTIMIZERS, descend, stability_limit
from nnlib.explorers.descent.surfaces import LIMITS, SURFACES
from nnlib.plots.words.numbers import number

QUADRATIC = ("bowl", "ravine", "tilted")
WITH_LIMIT = ("gradient descent", "momentum", "Nesterov")
PLACES = np.random.default_rng(0).uniform([-4, -3], [4, 3], size=(20, 2))

KIND = DescentExplorer


def loss_map(explorer):
    return explorer.view._map


def rate_axis(explorer):
    return explorer.view._rate


def words(explorer):
    return rate_axis(explorer).words


# The next step ------------------------------------------------------------------------------


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_the_dotted_way_leads_to_where_the_next_step_ends(explorer, optimizer):
    explorer.set_parameters(optimizer=optimizer, learning_rate=0.05)
    for steps in (0, 7):
        explorer.steps = steps
        shown = loss_map(explorer).next_place
        (x, y) = shown[0]
        assert f"; next ({number(x, 2)}, {number(y, 2)})." in explorer.summary
        explorer.steps = steps + 1
        np.testing.assert_array_equal(explorer.model().path[-1:], shown)


def test_before_the_first_step_another_rate_leads_elsewhere(explorer):
    places = set()
    for rate in (0.01, 0.1, 0.5, 1.0, 100.0):
        explorer.learning_rate = rate
        places.add(tuple(loss_map(explorer).next_place[0]))
    assert len(places) == 5


def test_what_is_dotted_is_said_and_that_it_is_too_short_to_be_seen(explorer):
    name = loss_map(explorer)._next.name
    for rate, words in ((0.01, "next step: not visible"), (0.1, "dotted: next step")):
        explorer.learning_rate = rate
        assert name.get_visible() and name.get_text() == words


def test_where_no_step_follows_nothing_is_dotted(explorer):
    explorer.steps = MOST_STEPS
    assert loss_map(explorer).next_place is None
    assert "next" not in explorer.summary
    explorer.set_parameters(learning_rate=100.0)
    assert explorer.model().ran_away
    assert loss_map(explorer).next_place is None


# Surfaces -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SURFACES)
def test_the_gradient_is_the_losss_slope_and_the_hessian_the_gradients(name):
    surface, h = SURFACES[name], 1e-5
    for at in PLACES:
        slope = [
            (surface.loss(*(at + d)) - surface.loss(*(at - d))) / (2 * h) for d in h * np.eye(2)
        ]
        np.testing.assert_allclose(surface.gradient(at), slope, rtol=1e-6, atol=1e-7)
        bend = [
            (surface.gradient(at + d) - surface.gradient(at - d)) / (2 * h) for d in h * np.eye(2)
        ]
        np.testing.assert_allclose(surface.hessian(at), bend, rtol=1e-6, atol=1e-7)


@pytest.mark.parametrize(("name", "output"), [("tilted", "linear"), ("neuron", "sigmoid")])
def test_loss_and_gradient_are_those_of_a_network(name, output):
    surface, network = SURFACES[name], Network([1, 1], output=output)
    for at in PLACES:
        network.parameters = at
        loss, gradient = network.loss_and_gradient(
            surface.x[:, None], surface.y[:, None], "mean_squared_error"
        )
        np.testing.assert_allclose(surface.loss(*at), loss)
        np.testing.assert_allclose(surface.gradient(at), gradient, atol=1e-15)


def test_the_curvatures_of_the_lines_are_those_worked_by_hand():
    assert SURFACES["bowl"].curvature(PLACES[0]) == pytest.approx(2)
    assert SURFACES["ravine"].curvature(PLACES[0]) == pytest.approx(36)
    assert SURFACES["tilted"].curvature(PLACES[0]) == pytest.approx(12 + np.sqrt(136))


# Paths --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "optimizer"),
    [
        ("gradient descent", SGD(0.03)),
        ("momentum", SGD(0.03, momentum=0.8)),
        ("Nesterov", SGD(0.03, momentum=0.8, nesterov=True)),
        ("RMSProp", RMSProp(0.03)),
        ("Adam", Adam(0.03)),
    ],
)
def test_a_path_is_what_the_trainer_makes_of_the_same_data(name, optimizer):
    surface, network = SURFACES["neuron"], Network([1, 1], output="sigmoid")
    network.parameters = [-1.0, 2.0]
    data = surface.x[:, None], surface.y[:, None]
    trainer = Trainer(network, *data, "mean_squared_error", optimizer)
    path = descend("neuron", name, 0.03, 0.8, (-1.0, 2.0))
    assert path.shape == (MOST_STEPS + 1, 2)
    for place in path:
        np.testing.assert_allclose(network.parameters, place, atol=1e-12)
        trainer.step()


def distance_after(optimizer, rate, beta, curvature, steps=4000):
    """How far from the minimum of ½ λ p² an optimiser is, from 1 on, at its farthest of late."""
    rule, p, late = OPTIMIZERS[optimizer](rate, beta), np.array([1.0]), []
    for _ in range(steps):
        rule.step(p, curvature * p)
        late.append(abs(p[0]))
        if late[-1] > 1e6:
            break
    return max(late[-10:])


@pytest.mark.parametrize("optimizer", WITH_LIMIT)
@pytest.mark.parametrize("beta", [0.0, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("curvature", [0.3, 36.0])
def test_just_below_the_limit_it_converges_and_just_above_it_runs_away(optimizer, beta, curvature):
    limit = stability_limit(optimizer, beta, curvature)
    assert distance_after(optimizer, 0.99 * limit, beta, curvature) < 1e-6
    assert distance_after(optimizer, 1.01 * limit, beta, curvature) > 1e6


@pytest.mark.parametrize("surface", QUADRATIC)
@pytest.mark.parametrize("optimizer", WITH_LIMIT)
def test_on_the_lines_losses_the_mark_parts_falling_from_running_away(explorer, surface, optimizer):
    explorer.set_parameters(surface=surface, optimizer=optimizer, momentum=0.5, steps=MOST_STEPS)
    limit = rate_axis(explorer).limit
    start = explorer.model().losses[0]
    explorer.learning_rate = 0.95 * limit
    assert "η is below it" in explorer.summary
    assert explorer.model().losses[-1] < start
    explorer.learning_rate = 1.05 * limit
    assert "η is above it" in explorer.summary
    assert explorer.model().losses[-1] > 50 * start


def test_a_run_that_runs_away_ends_and_says_so(explorer):
    explorer.set_parameters(surface="ravine", learning_rate=1.0, steps=50)
    step = explorer.model().step
    assert 1 < step < 50 and f"ran away at step {step} of 50." in explorer.summary
    assert loss_map(explorer).ax.get_title(loc="left") == f"Ravine: ran away at step {step} of 50"


def test_the_longest_title_ends_before_the_next_one(explorer):
    explorer.set_parameters(surface="tilted", learning_rate=0.2, steps=MOST_STEPS)
    title, renderer = explorer.view._title, explorer.figure.canvas.get_renderer()
    assert "ran away at step 10 of 100" in title.get_text()
    [other] = [
        t for ax in explorer.figure.axes for t in ax.texts if t.get_text() == "Fit to the data"
    ]
    assert title.get_window_extent(renderer).x1 + 10 < other.get_window_extent(renderer).x0


# The mark -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("optimizer", "limit"),
    [("gradient descent", 2 / 36), ("momentum", 3.8 / 36), ("Nesterov", 3.8 / (2.8 * 36))],
)
def test_the_mark_stands_at_the_limit_and_says_that_it_is_local(explorer, optimizer, limit):
    explorer.set_parameters(surface="ravine", optimizer=optimizer, momentum=0.9)
    assert rate_axis(explorer).limit == pytest.approx(limit)
    assert "local limit 2" in words(explorer)
    assert words(explorer).endswith(f"= {limit:.3g}")


@pytest.mark.parametrize("optimizer", ["RMSProp", "Adam"])
def test_there_is_no_mark_where_there_is_no_such_limit(explorer, optimizer):
    explorer.optimizer = optimizer
    assert rate_axis(explorer).limit is None
    assert words(explorer) == f"η = 0.1, no such limit for {optimizer}"


def test_there_is_no_mark_where_the_surface_does_not_bend_upwards(explorer):
    explorer.set_parameters(surface="neuron", start_across=-1.0, start_up=0.0)
    assert explorer.model().curvature < 0 and rate_axis(explorer).limit is None
    assert "no limit here" in words(explorer)
    explorer.set_parameters(start_across=0.6)
    assert explorer.model().curvature > 0 and rate_axis(explorer).limit is not None


def test_the_mark_belongs_to_the_present_place(explorer):
    explorer.set_parameters(surface="two_neurons", learning_rate=0.05)
    at_start = rate_axis(explorer).limit
    explorer.steps = 30
    here = SURFACES["two_neurons"].curvature(explorer.model().path[-1])
    assert rate_axis(explorer).limit == pytest.approx(2 / here) != at_start


def test_a_limit_beyond_the_axis_has_no_mark_but_stands_in_words(explorer):
    explorer.set_parameters(surface="neuron", start_across=-4.0, start_up=3.0, optimizer="momentum")
    assert explorer.model().limit > 100 and rate_axis(explorer).limit is None
    assert "local limit" in words(explorer)


# What is seen -------------------------------------------------------------------------------


def test_map_and_landscape_show_the_path_from_the_ring_to_the_dot(explorer):
    explorer.set_parameters(steps=5, turn=0.0)
    path = explorer.model().path
    np.testing.assert_allclose(loss_map(explorer).walk.line.get_xydata(), path)
    np.testing.assert_allclose(loss_map(explorer).start, [[-3, 2]])
    np.testing.assert_allclose(loss_map(explorer).walk.now, path[-1:])
    ((across, _),) = explorer.view._landscape.now
    assert across == pytest.approx(path[-1, 0] / 4)


def test_the_arrow_points_uphill_along_the_gradient(explorer):
    arrow = loss_map(explorer)._gradient
    (x0, y0), (x1, y1) = arrow._posA_posB
    surface = SURFACES["bowl"]
    assert surface.loss(x1, y1) > surface.loss(x0, y0)
    gradient = explorer.model().gradient
    assert (x1 - x0) * gradient[1] == pytest.approx((y1 - y0) * gradient[0])


def test_the_arrow_is_named_as_long_as_there_is_one(explorer):
    arrow, name = loss_map(explorer)._gradient, loss_map(explorer).arrow_name
    assert name.get_text() == "arrow: gradient, uphill" and name.get_visible()
    assert to_rgb(name.get_color()) == to_rgb(arrow.get_facecolor())
    axis = name.axes.xaxis.label.get_window_extent()
    assert name.get_window_extent().x1 < axis.x0 - 10
    explorer.set_parameters(learning_rate=2.0, steps=50)  # it is off the map
    assert not arrow.get_visible() and not name.get_visible()


@pytest.mark.parametrize(
    ("start", "edge", "tip"),
    [
        ((-3, 2), None, None),
        ((4, 3), None, None),
        ((-283, 0.5), (-4, 0.5), (-1, 0)),
        ((4.1, 1), (4, 1), (1, 0)),
        ((2, 1e5), (2, 3), (0, 1)),
        ((-9, -5), (-4, -3), (-1, -1)),
    ],
)
def test_a_triangle_and_words_at_the_edge_tell_of_a_dot_off_the_map(explorer, start, edge, tip):
    explorer.set_parameters(start_across=start[0], start_up=start[1])
    triangle, words = loss_map(explorer)._off, explorer.view._off_the_map.text
    assert triangle.get_visible() == words.get_visible() == (edge is not None)
    assert loss_map(explorer).walk.mark.get_visible() == (edge is None)
    if edge is not None:
        np.testing.assert_allclose(triangle.get_xydata(), [edge])
        corners = MarkerStyle(triangle.get_marker()).get_path().vertices[:3]
        corners = MarkerStyle(triangle.get_marker()).get_transform().transform(corners)
        assert (corners @ tip).max() == pytest.approx(-2 * (corners @ tip).min())
        assert words.get_text() == "dot off the map"
        box = words.get_window_extent(explorer.figure.canvas.get_renderer())
        (left, low), (right, high) = loss_map(explorer).ax.bbox.get_points()
        assert left <= box.x0 < box.x1 <= right and low <= box.y0 < box.y1 <= high
        x, y = triangle.axes.transData.transform(edge)
        assert max(box.x0 - x, x - box.x1, box.y0 - y, y - box.y1) < 20, "beside the triangle"


def test_the_arrow_ends_on_the_map_and_at_the_edge_beside_it(explorer):
    explorer.set_parameters(surface="two_neurons", start_across=-1.3, start_up=2.3)
    arrow, (left, right, bottom, top) = loss_map(explorer)._gradient, LIMITS
    start, tip = map(np.array, arrow._posA_posB)
    assert bottom < tip[1] <= top + 1e-9 and left < tip[0] < right
    assert 0.5 < np.hypot(*(tip - start)) < 0.9
    explorer.start_up = 2.95
    start, tip = map(np.array, arrow._posA_posB)
    assert top < tip[1] < top + 0.3 and not arrow.get_clip_on()


def test_lower_ground_is_lighter_and_the_contours_are_lines_of_one_loss(explorer):
    surface = SURFACES["bowl"]
    for line in loss_map(explorer)._contours.get_segments():
        losses = surface.loss(*line.T)
        assert np.ptp(losses) < 0.06 * losses.mean()


def test_the_equation_is_the_next_step(explorer):
    first = explorer.model().equation.splitlines()[0]
    explorer.step()
    assert first.endswith(f"= {explorer.model().path[-1][0]:.2f}".replace("-", "−"))


def test_the_numbers_of_a_run_away_are_written_in_one_way(explorer):
    explorer.set_parameters(surface="ravine", learning_rate=0.06, steps=30)
    assert loss_map(explorer).ax.get_title(loc="left") == "Ravine, step 30: loss 1.44·10⁶"
    w_step, _ = explorer.model().equation.splitlines()
    assert w_step == "w ← w − η ∂L/∂w = −283.00 − 0.06 · (−1.02·10⁴) = 328.93"


def test_ring_and_mark_are_whole_at_the_edge_of_the_map(explorer):
    explorer.set_parameters(surface="tilted", start_across=-4.0, start_up=3.0, steps=1)
    picture = Image.open(BytesIO(explorer.live_figure.frame)).convert("L")
    left, _, _, top = explorer.view._map.ax.get_position().extents
    corner = picture.width * left, picture.height * (1 - top)
    beyond = picture.crop([round(side) for side in (corner[0] - 7, corner[1] - 7, *corner)])
    assert beyond.getextrema()[0] < 80, "the dark ring goes on beyond the corner"


@pytest.mark.parametrize("steps", [5, MOST_STEPS])
def test_a_line_that_runs_away_is_seen_to_stand_upright(explorer, steps):
    explorer.set_parameters(learning_rate=2.0, steps=steps)
    fit = explorer.view._fit
    y = fit.answers.get_ydata()
    crossing = np.flatnonzero(np.diff(np.sign(y)))
    assert len(crossing) == 1 and not np.isnan(y).any()
    assert np.ptp(y[crossing[0] : crossing[0] + 2]) > 10, "from below the picture to above it"
    assert not fit.note.get_visible()


def test_a_line_of_which_nothing_is_seen_is_told_of(explorer):
    explorer.set_parameters(surface="ravine", learning_rate=2.0, start_across=0.3, start_up=3.0)
    fit = explorer.view._fit
    assert not fit.note.get_visible()
    explorer.steps = 1  # at (0.3, −7)
    assert fit.answers.get_ydata().max() < fit.answers.axes.get_ylim()[0] and fit.note.get_visible()


def test_the_arrow_s_head_lies_on_the_walk(explorer):
    explorer.set_parameters(surface="tilted", learning_rate=0.05, steps=20)
    plane = loss_map(explorer)
    assert plane._head.get_visible() and plane._head.get_zorder() > plane.walk.line.get_zorder()
    np.testing.assert_allclose(plane._head._posA_posB[1], plane._gradient._posA_posB[1])


def test_the_knob_is_whole_at_the_ends_of_its_axis(explorer):
    explorer.learning_rate = 100.0
    assert not rate_axis(explorer)._knob.get_clip_on()


# Buttons and pointer ------------------------------------------------------------------------


def test_step_play_and_reset(explorer):
    explorer.controls["step"].click()
    explorer.controls["play"].click()  # no event loop here: one step
    assert explorer.steps == 2 and "step 2:" in explorer.summary
    explorer.controls["reset"].click()
    assert explorer.steps == 0
    explorer.steps = MOST_STEPS
    explorer.controls["step"].click()
    assert explorer.steps == MOST_STEPS
    explorer.controls["play"].click()
    assert explorer.steps == 1


def test_play_stops_where_the_path_ran_away_and_then_begins_again(explorer):
    explorer.set_parameters(learning_rate=10.0)
    while not explorer.model().ran_away:
        explorer.controls["step"].click()
    ran_away_at = explorer.steps
    assert explorer.must_pause and ran_away_at < MOST_STEPS
    explorer.controls["play"].click()
    assert explorer.steps == 1


def test_play_steps_on_the_loop_until_pause():
    async def play():
        explorer = DescentExplorer()
        explorer.play()
        for _ in range(100):
            await asyncio.sleep(DescentExplorer.step_seconds / 2)
            explorer.live_figure.receive({"kind": "shown", "serial": explorer.live_figure.serial})
            if explorer.steps >= 4:
                break
        assert explorer.playing and explorer.error is None
        explorer.pause()
        await asyncio.sleep(DescentExplorer.step_seconds)
        paused_at = explorer.steps
        await asyncio.sleep(3 * DescentExplorer.step_seconds)
        assert explorer.steps == paused_at >= 4
        explorer.close()

    clock.run(play())


def test_a_click_on_the_map_is_a_new_start_and_the_ring_can_be_dragged(explorer):
    mouse = Mouse(explorer)
    mouse.click("map", 1.04, -2.01)
    assert (explorer.start_across, explorer.start_up) == (1.0, -2.0)
    mouse.pull("start", (1.0, -2.0), by=(-2.0, 1.5))
    assert (explorer.start_across, explorer.start_up) == (-1.0, -0.5)
    mouse.pull("start", (-1.0, -0.5), by=(30.0, 0.0))
    assert explorer.start_across == 4.0


def test_the_knob_can_be_dragged_and_the_axis_clicked(explorer):
    mouse = Mouse(explorer)
    mouse.press("rate", 0.1, 0.0)
    mouse.drag(0.523, 0.2)
    mouse.release(0.523, 0.2)
    assert explorer.learning_rate == 0.52
    mouse.click("axis", 3.0, 0.5)
    assert explorer.learning_rate == 3.0


def test_the_landscape_can_be_turned(explorer):
    Mouse(explorer).pull("landscape", (0.0, 0.0), by=(1.0, 0.0))
    assert explorer.turn == 30.0
