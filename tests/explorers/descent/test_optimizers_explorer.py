"""`OptimizersExplorer`: five walks side by side, each where it is, with its own losses."""

import re

import numpy as np
import pytest
from pointing import Mouse

from nnlib.explorers import DescentExplorer
from nnlib.explorers.descent.ground import lowest_places
from nnlib.explorers.descent.optimizers_explorer import OptimizersExplorer
from nnlib.explorers.descent.path import MOST_STEPS, OPTIMIZERS, descend
from nnlib.explorers.descent.surfaces import LIMITS, SURFACES
from nnlib.plots.words.labels import short

pytestmark = pytest.mark.usefixtures("no_frames")

KIND = OptimizersExplorer
START = (-3.0, 0.5)  # the tilted ravine's own


def paths(explorer):
    return explorer.view._paths


def curves(explorer):
    return explorer.view._curves


def buttons(explorer):
    return explorer.view._list.buttons


def marked_lowest(explorer):
    return [name for name, b in buttons(explorer).items() if b.loss.get_fontweight() == "bold"]


def path_of(name, rate=0.05, steps=MOST_STEPS, surface="tilted", start=START):
    return descend(surface, name, rate, 0.9, start)[: steps + 1]


@pytest.mark.parametrize("chosen", OPTIMIZERS)
@pytest.mark.parametrize(("surface", "rate"), [("tilted", 0.05), ("bowl", 0.3)])
def test_each_mark_stands_where_its_walk_is(explorer, chosen, surface, rate):
    explorer.set_parameters(surface=surface, learning_rate=rate, steps=100, optimizer=chosen)
    start = SURFACES[surface].start
    for k, name in enumerate(OPTIMIZERS):
        path = path_of(name, rate, surface=surface, start=start)
        np.testing.assert_allclose(paths(explorer).lines[k].get_xydata(), path)
        assert paths(explorer).marks[k].get_visible()
        np.testing.assert_allclose(paths(explorer).marks[k].get_xydata(), path[-1:])
        losses = SURFACES[surface].loss(*path.T)
        drawn = np.column_stack([np.arange(101), losses])
        np.testing.assert_allclose(curves(explorer).runs.lines[k].get_xydata(), drawn)
        np.testing.assert_allclose(curves(explorer).runs.marks[k].get_xydata(), drawn[-1:])
        assert buttons(explorer)[name].loss.get_text() == f"{losses[-1]:.3f}"


def direction(way):
    """Return each row with its larger component of size 1: far places may be drawn nearer."""
    return way / np.abs(way).max(axis=-1, keepdims=True)


def on_map(places):
    """Say of each place whether it is on the map."""
    left, right, bottom, top = LIMITS
    x, y = places.T
    return (left <= x) & (x <= right) & (bottom <= y) & (y <= top)


@pytest.mark.parametrize("rate", [0.1, 0.13, 0.21, 0.5, 3.0, 100.0, 1e300])
def test_a_walk_is_drawn_to_the_edge_over_which_it_leaves_the_map_for_good(explorer, rate):
    """Else a walk that runs away, to and fro, covers the map with its lines."""
    explorer.set_parameters(surface="tilted", learning_rate=rate, steps=100)
    for line, name in zip(paths(explorer).lines, OPTIMIZERS, strict=True):
        path = path_of(name, rate, surface="tilted", start=SURFACES["tilted"].start)
        drawn, n_shown = line.get_xydata(), np.flatnonzero(on_map(path)).max() + 1
        near = np.abs(path[:n_shown]).max(axis=1) < 1e6
        np.testing.assert_array_equal(drawn[:n_shown][near], path[:n_shown][near])
        np.testing.assert_allclose(direction(drawn[:n_shown]), direction(path[:n_shown]))
        if n_shown == len(path):
            continue
        assert len(drawn) == n_shown + 1, "a line to the edge, and no farther"
        (x, y), (left, right, bottom, top) = drawn[-1], LIMITS
        assert np.isclose([x, x, y, y], [left, right, bottom, top]).any()
        np.testing.assert_allclose(
            direction(drawn[-1] - drawn[-2]),
            direction(path[n_shown] - path[n_shown - 1]),
            atol=1e-6,
        )


@pytest.mark.parametrize("chosen", OPTIMIZERS)
def test_the_rates_axis_has_the_limit_of_each_that_has_one(explorer, chosen):
    """At η below that of the run in front another one may run away: its limit is a lower one."""
    explorer.set_parameters(optimizer=chosen, momentum=0.9)
    curvature = explorer.model().walk.curvature
    limits = {"gradient descent": 2, "momentum": 2 * 1.9, "Nesterov": 2 * 1.9 / 2.8}
    for name, mark in zip(OPTIMIZERS, explorer.view._limits.marks, strict=True):
        assert mark.get_visible() == (name in limits and name != chosen)
        if name in limits:
            assert mark.get_xdata()[0] == pytest.approx(limits[name] / curvature)
    shown = explorer.view._rate.limit
    assert shown == (pytest.approx(limits[chosen] / curvature) if chosen in limits else None)


def test_marks_at_one_place_are_told_apart(explorer):
    """Outlines of different shapes above the one that is full; each is seen in the picture."""
    explorer.set_parameters(surface="bowl", learning_rate=0.3, steps=100, optimizer="momentum")
    disc, square, *others = paths(explorer).marks
    assert len({mark.get_marker() for mark in paths(explorer).marks}) == 5
    assert square.get_markerfacecolor() == square.get_color()
    assert all(mark.get_markerfacecolor() == "none" for mark in others)
    assert square.get_zorder() < min(mark.get_zorder() for mark in others) < disc.get_zorder()
    assert max(line.get_zorder() for line in paths(explorer).lines) < square.get_zorder()


def test_only_the_walk_in_front_is_strong_and_has_dots(explorer):
    explorer.set_parameters(steps=20, optimizer="Nesterov")
    for runs in (paths(explorer), curves(explorer).runs, explorer.view._list.samples):
        front, others = runs.lines[2], [*runs.lines[:2], *runs.lines[3:]]
        assert front.get_alpha() == 1
        for line in others:
            assert line.get_alpha() < 1 and line.get_linewidth() < front.get_linewidth()
            assert line.get_zorder() < front.get_zorder() and line.get_markersize() == 0
    assert paths(explorer).lines[2].get_markersize() > 2


def test_a_click_on_a_name_brings_its_walk_to_the_front(explorer):
    explorer.steps = 20
    for name, button in buttons(explorer).items():
        Mouse(explorer).click(name, button.left + 100, button.middle)
        assert explorer.optimizer == name and f"In front: {name};" in explorer.summary
        assert explorer.model().equation.startswith(f"{name}:")
        for look in ("facecolor", "edgecolor", "linewidth"):
            looks = {
                each: getattr(b.ground, f"get_{look}")() for each, b in buttons(explorer).items()
            }
            assert [each for each in looks if looks[each] == looks[name]] == [name]


def test_the_list_shows_each_line_and_mark_as_the_map_does(explorer):
    explorer.set_parameters(steps=20, optimizer="RMSProp")
    for k in range(5):
        for runs in (curves(explorer).runs, explorer.view._list.samples):
            for of_list, of_map in (
                (runs.lines[k], paths(explorer).lines[k]),
                (runs.marks[k], paths(explorer).marks[k]),
            ):
                for look in ("color", "linestyle", "alpha", "linewidth"):
                    assert getattr(of_list, f"get_{look}")() == getattr(of_map, f"get_{look}")()
            assert runs.marks[k].get_marker() == paths(explorer).marks[k].get_marker()


def test_the_lowest_loss_is_marked_in_the_digits_that_are_shown(explorer):
    title = explorer.view._losses_title
    assert marked_lowest(explorer) == [] and title.get_text() == "Loss of each"
    for steps in (1, 10, 50, MOST_STEPS):
        explorer.steps = steps
        losses = {name: float(b.loss.get_text()) for name, b in buttons(explorer).items()}
        lowest = [name for name, loss in losses.items() if loss == min(losses.values())]
        assert marked_lowest(explorer) == lowest
        assert f"Lowest: {', '.join(lowest)}." in explorer.summary
        assert title.get_text() == f"Loss: {' and '.join(lowest)} lowest"
    explorer.learning_rate = 0.5
    assert marked_lowest(explorer) == ["Adam"], "what ran away has no loss"
    assert buttons(explorer)["gradient descent"].loss.get_text() == "ran away"
    explorer.set_parameters(surface="bowl", learning_rate=0.05)
    assert title.get_text() == "Loss: 3 of the five lowest"
    explorer.learning_rate = 99.0
    assert title.get_text() == "Loss: Adam lowest"


def test_what_ran_away_or_is_off_the_map_has_its_mark_at_the_edge(explorer):
    explorer.set_parameters(learning_rate=0.5, steps=100)
    stays = [False, False, False, True, True]
    assert [mark.get_visible() for mark in curves(explorer).runs.marks] == stays
    for line, mark, here in zip(paths(explorer).lines, paths(explorer).marks, stays, strict=True):
        ((x, y),) = mark.get_xydata()
        left, right, bottom, top = LIMITS
        assert mark.get_visible() and tuple(line.get_xydata()[-1]) == (x, y)
        assert np.isclose([x, x, y, y], [left, right, bottom, top]).any() != here
    explorer.steps = 0
    assert not any(mark.get_visible() for mark in paths(explorer).marks), "the ring alone"


def test_the_axis_of_the_losses_stays_whatever_the_rate_and_the_step(explorer):
    at_start = curves(explorer).ax.get_ylim()
    for rate, steps in ((0.05, 100), (0.5, 3), (100.0, 100)):
        explorer.set_parameters(learning_rate=rate, steps=steps)
        assert curves(explorer).ax.get_ylim() == at_start
    assert at_start[0] < 0.0119 and at_start[1] > 153, "Nesterov's first leap is in sight"
    explorer.start_up = 1e300
    assert np.isfinite(curves(explorer).ax.get_ylim()).all()


def test_a_curve_that_leaves_the_axis_says_where_and_how_high_it_goes(explorer):
    ax, leaving = curves(explorer).ax, curves(explorer).leaving
    [triangle], [words] = leaving.marks, leaving.words
    explorer.steps = 40
    assert not triangle.get_visible() and not words.get_visible()
    explorer.learning_rate = 0.13
    losses = explorer.model().walks["Nesterov"].losses  # it climbs the highest
    first = int(np.argmax(losses > ax.get_ylim()[1]))
    assert triangle.get_visible() and triangle.get_marker() == "^"
    assert first - 1 <= triangle.get_xdata()[0] <= first
    assert words.get_visible() and words.get_text() == f"up to {short(losses.max())}"
    renderer = explorer.figure.canvas.get_renderer()
    box = words.get_window_extent(renderer)
    assert ax.bbox.y1 <= box.y0, "above all curves"
    assert not box.overlaps(explorer.view._losses_title.get_window_extent(renderer))


@pytest.mark.parametrize("name", SURFACES)
def test_the_cross_is_at_the_lowest_place(explorer, name):
    explorer.surface = name
    places, surface = explorer.view._map.lowest, SURFACES[name]
    np.testing.assert_array_equal(places, lowest_places(name))
    assert len(places) == (2 if name == "two_neurons" else 1)
    rng = np.random.default_rng(0)
    others = rng.uniform(LIMITS[::2], LIMITS[1::2], size=(2000, 2))
    for place in places:
        np.testing.assert_allclose(surface.gradient(place), 0, atol=1e-7)
        assert surface.loss(*place) < surface.loss(*others.T).min()


@pytest.mark.parametrize("kind", [OptimizersExplorer, DescentExplorer])
def test_a_surface_has_its_own_start_until_the_learner_moves_it(kind):
    explorer = kind(surface="neuron")
    assert explorer.start == SURFACES["neuron"].start == (-1.5, 1.0)
    for name, surface in SURFACES.items():
        explorer.controls["surface"].value = name
        assert explorer.start == surface.start
    Mouse(explorer).click("map", 1.0, 1.0)
    explorer.controls["surface"].value = "bowl"
    assert explorer.start == (1.0, 1.0)
    explorer.controls["reset"].click()
    assert (explorer.surface, explorer.start) == ("neuron", (-1.5, 1.0))
    explorer.close()


def test_what_stands_below_the_picture_keeps_its_height(explorer):
    """The picture shows all that the summary says: it is folded. The equation has two lines."""
    assert explorer.words_folded
    for name in OPTIMIZERS:
        for steps in (0, 7, 100):
            explorer.set_parameters(optimizer=name, steps=steps)
            assert len(explorer.model().equation.splitlines()) == 2


def test_play_goes_on_to_the_last_step_though_some_run_away(explorer):
    explorer.set_parameters(learning_rate=0.5, steps=50)
    assert explorer.model().walk.ran_away and not explorer.must_pause
    explorer.steps = MOST_STEPS
    explorer.controls["play"].click()
    assert explorer.steps == 1


@pytest.mark.parametrize("name", ["gradient descent", "momentum", "Nesterov"])
def test_the_limit_says_of_which_optimiser_it_is_and_fits_the_picture(explorer, name):
    explorer.optimizer = name
    words = explorer.view._rate._limit_words
    assert re.fullmatch(rf"limit here for {name}: [\d.]+", words.get_text())
    assert words.get_window_extent().x1 < explorer.figure.bbox.x1


def test_the_dotted_way_is_that_of_the_optimiser_in_front(explorer):
    for name in OPTIMIZERS:
        explorer.optimizer = name
        walk = explorer.model().walks[name]
        np.testing.assert_array_equal(explorer.view._map.next_place[0], walk.next_step[1])
        assert f"In front: {name}; next (" in explorer.summary
