"""The learner's own points: by click, by form and by code, the same in each explorer."""

import json

import numpy as np
import pytest
import traitlets
from pointing import Mouse

from nnlib import datasets
from nnlib.explorers import NeuronExplorer, TrainingExplorer
from nnlib.explorers.runs.points import points_of, samples_of
from nnlib.explorers.shared.point_editor import MOST_POINTS, TWO_POINTS

pytestmark = pytest.mark.usefixtures("no_frames")

EXPLORERS = [NeuronExplorer, TrainingExplorer]
XOR = ((0.0, 0.0, 0), (0.0, 1.0, 1), (1.0, 0.0, 1), (1.0, 1.0, 0))


@pytest.fixture(scope="module", params=EXPLORERS, ids=lambda explorer: explorer.__name__)
def shared(request):
    made = request.param(data="xor")
    yield made
    made.close()


@pytest.fixture
def explorer(shared):
    shared.reset()
    return shared


@pytest.fixture
def own(explorer):
    explorer.controls["data"].value = "own"
    return explorer


@pytest.fixture
def mouse(own):
    return Mouse(own)


def drawn(explorer):
    """Return the points on the plane as drawn: class 0, then class 1."""
    view = explorer.view
    plane = view.answers.plane if isinstance(explorer, TrainingExplorer) else view._plane
    marks = (plane._triangles, plane._discs)
    return [sorted(map(tuple, mark.get_xydata().round(6).tolist())) for mark in marks]


def test_own_points_begin_as_the_data_before_them(own):
    assert own.points == XOR
    assert drawn(own) == [[(0, 0), (1, 1)], [(0, 1), (1, 0)]]


def test_own_points_are_kept_when_other_data_are_chosen(own):
    own.add_point(0.25, 0.75)
    own.data = "or"
    own.data = "own"
    assert own.points == (*XOR, (0.25, 0.75, 1))


def test_a_click_adds_a_point_of_the_chosen_class(own, mouse):
    mouse.click("plane", 0.25, 0.75)
    own.controls["new_class"].value = 0
    mouse.click("plane", 0.5, -0.123456)
    assert own.points == (*XOR, (0.25, 0.75, 1), (0.5, -0.12, 0))
    assert drawn(own) == [[(0, 0), (0.5, -0.12), (1, 1)], [(0, 1), (0.25, 0.75), (1, 0)]]
    assert own.live_figure.summary == own.summary


def test_a_click_with_shift_removes_the_nearest_point(own, mouse):
    mouse.click("plane", 0.7, 0.2, shift=True)
    assert own.points == (XOR[0], XOR[1], XOR[3])
    assert drawn(own) == [[(0, 0), (1, 1)], [(0, 1)]]


def test_the_last_point_stays(own, mouse):
    for _ in range(6):
        mouse.click("plane", 0.0, 0.0, shift=True)
    assert own.points == (XOR[3],)
    assert own.error is None


def test_the_form_does_the_same(own):
    own.controls["new_x1"].value = 0.3
    own.controls["new_x2"].value = -0.4
    own.controls["new_class"].value = 0
    assert "The next point is (0.30, −0.40) of class 0." in own.live_figure.summary
    own.controls["add_point"].click()
    assert own.points == (*XOR, (0.3, -0.4, 0))
    own.controls["remove_point"].click()
    assert own.points == XOR
    own.controls["start_afresh"].click()
    assert own.points == TWO_POINTS
    assert own.error is None


def test_the_form_opens_with_the_class_and_unfolds_its_numbers(own):
    row, controls = own.form_row, own.controls

    def there(name):
        return row.fields[name].layout.display != "none"

    waiting = ("new_x1", "new_x2", "add_point", "remove_point", "start_afresh")
    assert there("new_class") and not any(map(there, waiting))
    assert own.summary.endswith("A click on the plane adds a point of class 1.")
    row.unfold()
    assert all(map(there, ("new_class", *waiting)))
    assert own.live_figure.summary.endswith("The next point is (1.30, 0.50) of class 1.")
    controls["new_x1"].value = 0.3
    controls["reset"].click()
    controls["data"].value = "own"
    assert own.live_figure.summary.endswith("A click on the plane adds a point of class 1.")
    controls["new_x2"].value = 0.3
    again = type(own).from_state(own.state)
    assert again.summary.endswith("The next point is (1.30, 0.30) of class 1.")
    again.close()


def test_the_last_point_is_not_removed_in_silence(own):
    own.points = XOR[:2]
    button = own.controls["remove_point"]
    assert not button.disabled and "with Shift to remove one" in own.form_row.words.value
    button.click()
    assert button.disabled and button.tooltip == "Remove the nearest: the last point stays"
    assert "the last one stays" in own.form_row.words.value
    own.add_point(1, 1)
    assert not button.disabled


def test_the_forms_point_is_seen_before_it_is_added(own):
    view = own.view
    new_point = view.answers.new_point if isinstance(own, TrainingExplorer) else view._new_point
    mark = new_point.mark
    own.set_parameters(new_x1=0.4, new_x2=-0.2, new_class=0)
    assert (mark.get_visible(), mark.get_marker()) == (True, "^")
    assert mark.get_xydata().tolist() == [[0.4, -0.2]]
    own.new_class = 1
    assert mark.get_marker() == "o"
    own.data = "or"
    assert not mark.get_visible()


def test_the_form_and_the_clicks_are_there_for_own_points_only(explorer):
    def form():
        return explorer.form_row.layout.display != "none"

    def clickable():
        return "plane" in {handle["name"] for handle in explorer.live_figure.handles}

    assert (form(), clickable()) == (False, False)
    assert "next point" not in explorer.summary
    explorer.data = "own"
    assert (form(), clickable()) == (True, True)
    explorer.data = "or"
    assert (form(), clickable()) == (False, False)


def test_a_click_on_a_picture_that_is_out_of_date_adds_nothing(own, mouse, monkeypatch):
    monkeypatch.setattr(own, "request_frame", lambda: None)  # the next frame has not come yet
    own.data = "or"
    mouse.click("plane", 0.3, 0.3)
    assert own.points == XOR


def test_code_sets_points_and_they_go_through_json(own):
    own.points = [[0, 0, 1], [0.5, 0.25, 0]]
    assert own.points == ((0.0, 0.0, 1), (0.5, 0.25, 0))
    assert drawn(own) == [[(0.5, 0.25)], [(0, 0)]]
    again = type(own).from_state(json.loads(json.dumps(own.state)))
    assert again.points == own.points
    assert again.summary == own.summary
    again.close()


def test_reset_brings_the_points_of_the_start_back():
    explorer = NeuronExplorer(data="own", points=TWO_POINTS)
    explorer.add_point(1, 1)
    explorer.data = "and"
    explorer.controls["reset"].click()
    assert (explorer.data, explorer.points) == ("own", TWO_POINTS)
    explorer.close()


def test_own_without_points_begins_with_the_default_data():
    explorer = NeuronExplorer(data="own")
    assert explorer.points == points_of(*datasets.truth_table("or"))
    explorer.close()


@pytest.mark.parametrize(
    ("bad", "expected"),
    [
        (3, "must be a sequence of points"),
        ("points", "must be a sequence of points"),
        ([(0, 0)], r"Point 1 is \(0, 0\), but it must be \(x1, x2, class\)"),
        ([(0, 0, 1), (0, 0, 2)], "Point 2 is"),
        ([(0, 0, 0.5)], "then 0 or 1"),
        ([(float("nan"), 0, 1)], "Point 1 is"),
        ([(0, float("inf"), 1)], "Point 1 is"),
        ([(10.5, 0, 1)], "from −10 to 10"),
        ([("a", 0, 1)], "Point 1 is"),
        ([None], "Point 1 is None"),
        ([(0, 0, 1)] * (MOST_POINTS + 1), "room for 300 points, and these are 301"),
    ],
)
def test_what_is_no_point_is_refused_and_changes_nothing(own, bad, expected):
    with pytest.raises(traitlets.TraitError, match=expected):
        own.points = bad
    assert own.points == XOR


def test_no_room_is_told_to_whom_clicks(own, mouse):
    own.points = [(0, 0, 1)] * MOST_POINTS
    mouse.click("plane", 0.5, 0.5)
    assert "room for 300 points" in own.error
    assert len(own.points) == MOST_POINTS


def test_points_and_samples_are_the_same_table():
    X, y = samples_of(XOR)
    assert np.array_equal(X, datasets.truth_table("xor")[0])
    assert np.array_equal(y, datasets.truth_table("xor")[1])
    assert points_of(X, y) == XOR
