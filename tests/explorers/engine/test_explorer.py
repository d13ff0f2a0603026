"""The frame of every explorer: binding, frames, failure, state, threads, closing."""

import asyncio
import base64
import doctest
import json
import re
import threading
from dataclasses import dataclass
from io import BytesIO

import clock
import ipywidgets
import numpy as np
import pytest
import traitlets
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from PIL import Image

from nnlib.explorers import engine
from nnlib.explorers.controls.parameters import Choice, Number, Positive, Switch, Vector, Whole
from nnlib.explorers.engine.by_hand import ByHand
from nnlib.explorers.engine.delivery import SLOW_SECONDS
from nnlib.explorers.engine.explorer import Explorer
from nnlib.explorers.engine.frame_schedule import REST_SECONDS, RETRY_SECONDS
from nnlib.explorers.engine.messages import places_in
from nnlib.explorers.frames.still_picture import STRIP
from nnlib.plots.palette import DARK
from nnlib.plots.words.numbers import number


@dataclass(frozen=True)
class DotPicture:
    height: float
    colour: str

    @property
    def summary(self):
        return f"A {self.colour} dot at {number(self.height)}."

    @property
    def equation(self):
        return f"y = {number(self.height)}"


class DotView:
    def __init__(self, figure, palette):
        ax = figure.add_axes((0.1, 0.1, 0.8, 0.8))
        ax.set(xlim=(-1, 1), ylim=(-10, 10), facecolor=palette.background)
        (self.dot,) = ax.plot([0], [0], "o", markersize=30)
        self.artists = [self.dot]

    def update(self, picture):
        if picture.height == 13:
            raise ValueError("thirteen brings bad luck")
        self.dot.set_ydata([picture.height])
        self.dot.set_color(picture.colour)


class DotExplorer(Explorer):
    """A dot that can be moved."""

    height = Number(1.0, low=-5, high=5, step=0.5, label="y height")
    rate = Positive(0.1, low=0.001, high=1.0, label="η rate")
    count = Whole(2, low=1, high=9, label="count")
    colour = Choice("blue", options=("blue", "orange"), label="colour")
    filled = Switch(True, label="filled")
    numbers = Vector((1.0, 2.0))
    opens_with = ("height", "colour")
    View = DotView

    def add_buttons(self):
        self.add_button("up", "Up", self.up)

    def up(self):
        if self.height >= 12:
            raise RuntimeError("the <ceiling> is reached")
        self.height += 1

    def model(self):
        return DotPicture(self.height, self.colour)


@pytest.fixture
def dot():
    explorer = DotExplorer()
    yield explorer
    explorer.close()


def drawn_height(explorer):
    (height,) = explorer.view.dot.get_ydata()
    return height


def pixels(frame):
    return np.asarray(Image.open(BytesIO(frame)).convert("RGB")).astype(int)


def test_code_moves_control_and_picture(dot):
    dot.height = -2.5
    assert dot.controls["height"].value == -2.5
    assert drawn_height(dot) == -2.5
    assert dot.summary == "A blue dot at −2.50."
    assert dot.live_figure.summary == dot.summary
    assert dot.live_figure.equation == "y = −2.50"


def test_control_moves_trait_and_pixels(dot):
    before = pixels(dot.live_figure.frame)
    dot.controls["height"].value = 4.0
    assert dot.height == 4.0
    assert np.abs(pixels(dot.live_figure.frame) - before).max() > 100


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("height", float("nan"), "finite number"),
        ("height", "abc", "finite number"),
        ("height", None, "finite number"),
        ("rate", 0, "greater than 0"),
        ("rate", -1, "greater than 0"),
        ("count", 2.5, "whole number from 1 to 9"),
        ("count", 10, "whole number from 1 to 9"),
        ("colour", "red", "one of 'blue', 'orange'"),
        ("filled", 1, "True or False"),
        ("numbers", (1.0,), "2 finite numbers"),
        ("numbers", (1.0, "b"), "2 finite numbers"),
        ("numbers", 3, "2 finite numbers"),
    ],
)
def test_bad_values_are_refused_and_change_nothing(dot, name, value, expected):
    before = dot.state
    with pytest.raises(traitlets.TraitError, match=expected):
        setattr(dot, name, value)
    with pytest.raises(traitlets.TraitError, match=expected):
        dot.set_parameters(**{"height": 3.0, name: value})
    assert dot.state == before
    with pytest.raises(traitlets.TraitError, match=expected):
        DotExplorer(**{name: value})


def test_unknown_names_are_refused_with_the_known_ones():
    with pytest.raises(TypeError, match="no parameter 'hight'; it has height, rate"):
        DotExplorer(hight=1)
    with pytest.raises(TypeError, match="no control 'hight'; the controls are height"):
        DotExplorer(show=["hight"])


def test_a_slider_keeps_its_range_and_points_on(dot):
    """A tenth of a slider that reaches to a thousand million cannot be aimed at."""
    height, rate = dot.controls["height"], dot.controls["rate"]
    ends = [(slider.min, slider.max) for slider in (height, rate)]
    dot.height, dot.rate = -20.0, 1e9
    assert (dot.height, dot.rate) == (-20.0, 1e9)
    assert (dot.boxes["height"].value, dot.boxes["rate"].value) == ("−20.0", "10⁹")
    assert (height.value, rate.value) == (-20.0, 1e9)
    on_page = [slider.get_state("value")["value"] for slider in (height, rate)]
    assert on_page == [-5.0, pytest.approx(1.0)], "their ends"
    assert [(slider.min, slider.max) for slider in (height, rate)] == ends
    assert "nnlib-beyond-low" in height._dom_classes and "nnlib-beyond-high" in rate._dom_classes
    assert dot.error is None


def test_a_slider_at_its_end_can_be_dragged_back(dot):
    dot.height = 99
    slider = dot.controls["height"]
    slider.set_state({"value": 5.0})  # as the page repeats it: no movement
    assert dot.height == 99
    slider.set_state({"value": 4.5})
    assert dot.height == 4.5
    assert dot.boxes["height"].value == "4.5"
    assert "nnlib-beyond-high" not in slider._dom_classes


def test_reset_goes_back_beyond_an_end_too():
    dot = DotExplorer(height=7.5)
    dot.height = 1.0
    dot.reset()
    assert dot.height == dot.controls["height"].value == 7.5
    dot.close()


def type_in(box, text):
    """Type into a box, as the page tells it."""
    box.set_state({"value": text})


@pytest.mark.parametrize(
    ("typed", "height", "shown"),
    [
        ("2.35", 2.35, "2.35"),  # between two of the slider's stops
        ("12.25", 12.25, "12.25"),  # beyond its end
        ("−4", -4.0, "−4.0"),  # with the minus sign that the box shows
        (" 0,5 ", 0.5, "0.5"),
        ("-1e-3", -0.001, "−0.001"),
    ],
)
def test_any_number_can_be_typed(dot, typed, height, shown):
    type_in(dot.boxes["height"], typed)
    assert dot.height == drawn_height(dot) == height
    assert dot.boxes["height"].value == shown
    assert dot.controls["height"].value == pytest.approx(height, abs=0.25), "the nearest stop"
    assert dot.error is None


def remark_lines(explorer):
    """Return the lines beside the controls, each with the box that it stands in."""
    places = places_in(explorer.children)
    return [(line, box) for line, box in places if "nnlib-remark" in line._dom_classes]


def remarks_of(explorer):
    """Return what is told beside the controls: (the words, the control's label)."""
    return [
        (re.sub("<[^>]*>", "", line.value), box.children[0].description)
        for line, box in remark_lines(explorer)
    ]


@pytest.mark.parametrize("typed", ["two", "", "nan", "inf", "1/0", "5 cm", "1e400"])
def test_what_is_no_number_is_told_beside_its_box_and_does_not_stay(dot, typed):
    box = dot.boxes["height"]
    type_in(box, typed)
    assert "y height" in dot.error and "finite number" in dot.error
    assert dot.error.startswith(f"“{typed}” is not a number." if typed else "The box is empty.")
    assert remarks_of(dot) == [(dot.error, "y height")]
    assert "nnlib-refused" in box._dom_classes
    assert dot.message_box.layout.display == "none", "not below the picture"
    assert (dot.height, box.value) == (1.0, "1.0")
    type_in(box, "2")
    assert dot.error is None and remarks_of(dot) == []
    assert "nnlib-refused" not in box._dom_classes
    assert (dot.height, box.value) == (2.0, "2.0")


def test_whatever_is_moved_next_takes_a_wrong_number_away(dot):
    box = dot.boxes["height"]
    for move in (
        lambda: dot.controls["height"].set_state({"value": 3.0}),
        lambda: dot.controls["colour"].set_state({"index": 1}),
        lambda: dot.controls["up"].click(),
        lambda: type_in(dot.boxes["rate"], "0.3"),
        dot.reset,
    ):
        type_in(box, "two")
        assert remarks_of(dot)
        move()
        assert dot.error is None and remarks_of(dot) == []


def test_the_same_wrong_text_in_another_box_is_told_there(dot):
    type_in(dot.boxes["height"], "two")
    type_in(dot.boxes["rate"], "two")
    assert [place for _, place in remarks_of(dot)] == ["η rate"]
    type_in(dot.boxes["rate"], "0")
    assert dot.error == "0 does not fit “η rate”: it must be a finite number greater than 0."


@pytest.mark.parametrize("typed", ["two", "0", "99"])
def test_what_is_told_has_no_names_of_code(dot, typed):
    type_in(dot.boxes["count"], typed)
    told = dot.boxes["count"]._dom_classes, remarks_of(dot)[0][0]
    assert not re.search(r"Error|line \d|refuse|validate|'|_", told[1]), told


def test_boxes_show_the_sliders_numbers(dot):
    dot.controls["height"].value = 1.4999999999999996  # as adding up steps leaves it
    assert dot.height == 1.5
    assert dot.boxes["height"].value == "1.5"
    dot.controls["rate"].value = 10**-0.9
    assert dot.rate == 0.125
    assert dot.boxes["rate"].value == "0.125"
    dot.count = 7
    assert dot.boxes["count"].value == "7"
    type_in(dot.boxes["count"], "10")
    assert "whole number from 1 to 9" in dot.error
    assert (dot.count, dot.boxes["count"].value) == (7, "7")


def test_a_logarithmic_sliders_stops_are_round_numbers_that_stay_where_they_are(dot):
    slider = dot.controls["rate"]
    for stop, rate in ((-0.4, 0.4), (-0.5, 0.32), (-0.7, 0.2)):
        slider.value = 10**stop
        assert (dot.rate, dot.boxes["rate"].value) == (rate, f"{rate}")
        assert slider.value == pytest.approx(10**stop, rel=1e-9)


def test_a_number_between_two_stops_is_kept(dot):
    """The page would move a slider set between its stops, and the number with it."""
    dot.set_parameters(height=3.3, rate=0.3)
    assert dot.controls["height"].value == 3.5
    assert dot.controls["rate"].value == pytest.approx(10**-0.5)
    assert (dot.height, dot.rate) == (3.3, 0.3)
    dot.controls["height"].set_state({"value": 3.500000000001})  # as the page repeats it
    dot.controls["rate"].set_state({"value": 10**-0.500000000001})
    assert (dot.height, dot.rate) == (3.3, 0.3)


def test_few_controls_at_first_and_the_rest_behind_a_button():
    explorer = DotExplorer(show=("rate",))
    first, drawer = explorer.children[:2]
    assert explorer.controls["rate"] in first.children[0].children
    assert explorer.controls["height"] in drawer.children[0].children
    assert drawer.layout.display == "none"
    opens, reset = first.children[-1].children
    assert reset is explorer.controls["reset"]  # at the end, apart from all others
    opens.value = True
    assert drawer.layout.display is None
    explorer.close()


def test_reset_returns_to_the_values_of_the_start():
    explorer = DotExplorer(height=3.0)
    explorer.set_parameters(height=-1.0, colour="orange", numbers=(0, 0))
    explorer.controls["reset"].click()
    assert explorer.state == DotExplorer(height=3.0).state
    assert drawn_height(explorer) == 3.0


def test_state_goes_through_json_and_back(dot):
    dot.set_parameters(height=2.0, colour="orange", count=5, filled=False, numbers=(3, 4))
    state = json.loads(json.dumps(dot.state))
    again = DotExplorer.from_state(state)
    assert again.state == dot.state
    assert again.summary == dot.summary
    assert np.array_equal(pixels(again.live_figure.frame), pixels(dot.live_figure.frame))


def test_failing_button_is_told_beside_it_and_escaped(dot):
    dot.height = 12
    dot.controls["up"].click()
    assert "the <ceiling> is reached" in dot.error
    assert "RuntimeError" not in dot.error
    ((line, _box),) = remark_lines(dot)
    told = line.value
    assert "the &lt;ceiling&gt; is reached" in told
    folded = told.partition("<details>")[2]
    assert "RuntimeError in up, line" in folded, "for whoever mends it"
    dot.height = 2
    assert dot.error is None and remarks_of(dot) == []


def test_failing_picture_is_told_below_it_and_the_last_good_one_kept(dot):
    good, serial = dot.live_figure.frame, dot.live_figure.serial
    dot.controls["height"].set_state({"value": 3.0})
    dot.height = 13
    assert "thirteen brings bad luck" in dot.error
    assert remarks_of(dot) == [] and "bad luck" in dot.message_box.value
    assert dot.message_box.layout.display is None
    assert dot.live_figure.frame != good and dot.live_figure.settled
    # The page is told that nothing moves any more.
    assert dot.live_figure.serial == serial + 2
    dot.controls["reset"].click()
    assert dot.error is None
    assert dot.message_box.layout.display == "none"


def test_words_come_into_a_box_that_is_shown_already(dot):
    """The page brings new words into view as they come: in a hidden box they are nowhere."""
    box, shown = dot.message_box, []
    box.observe(lambda _change: shown.append(box.layout.display), "value")
    dot.notice = "It stands at its start."
    assert shown == [None]


def test_reset_leads_out_of_a_state_that_has_no_model(dot, monkeypatch):
    def model():
        if dot.height > 10:
            raise ValueError("there is no such height")
        return DotPicture(dot.height, dot.colour)

    monkeypatch.setattr(dot, "model", model)
    dot.height = 11
    assert "no such height" in dot.error
    dot.controls["reset"].click()
    assert (dot.height, dot.error) == (1.0, None)
    assert dot.live_figure.summary == "A blue dot at 1.00."


def test_a_control_that_is_told_its_value_hands_nothing_over(dot, monkeypatch):
    """Nobody has moved it; what it shows may differ from the value, which stays as it was set."""
    answered = []
    monkeypatch.setattr(ByHand, "at_work", lambda hand: answered.append(hand))
    dot.set_parameters(height=3.3, rate=0.3, colour="orange")
    dot.count = 7
    assert answered == []
    assert (dot.controls["height"].value, dot.height) == (3.5, 3.3)


def test_an_error_leaves_no_widget_behind(dot):
    before = set(ipywidgets.widgets.widget._instances)
    type_in(dot.boxes["height"], "two")
    assert set(ipywidgets.widgets.widget._instances) > before
    dot.reset()
    assert set(ipywidgets.widgets.widget._instances) == before


def test_static_picture_and_words_without_a_kernel(dot):
    dot.height = 2.0
    bundle = dot._repr_mimebundle_()
    assert bundle["text/plain"] == "A blue dot at 2.00."
    picture = Image.open(BytesIO(base64.b64decode(bundle["image/png"])))
    assert picture.size == (900, 400 + STRIP), "above it stands that it is a still one"
    words = np.asarray(picture.convert("L"), dtype=float)[:STRIP]
    assert words.min() < 128 < words[:, 300:].min(), "in letters, dark on light, at its left"
    drawn = pixels(dot.live_figure.frame)[:, :, :3]
    assert np.abs(np.asarray(picture.convert("RGB"), dtype=float)[STRIP:] - drawn).mean() < 2
    assert "application/vnd.jupyter.widget-view+json" in bundle


def test_a_saved_picture_and_its_words_tell_of_the_same_state(dot):
    dot.height = 2.0
    dot.height = 13  # cannot be drawn: the last good frame stays
    bundle = dot._repr_mimebundle_()
    assert bundle["text/plain"] == "A blue dot at 2.00."
    assert dot.view.dot.get_ydata() == [2.0]


def test_the_shortest_explorer_can_be_read_in_the_dark():
    wave: dict = {}
    for example in doctest.DocTestParser().get_examples(engine.__doc__):
        exec(example.source, wave)
    figure = Figure()
    wave["WaveView"](figure, DARK)
    (ax,) = figure.axes
    assert (ax.xaxis.label.get_color(), ax.yaxis.label.get_color()) == (DARK.ink, DARK.ink)
    assert to_hex(ax.get_facecolor()) == DARK.background.lower()


def test_frames_equal_a_full_redraw(dot):
    for height in (-4.0, 0.0, 4.0):
        dot.height = height
    fresh = DotExplorer(height=4.0)
    assert np.array_equal(pixels(dot.live_figure.frame), pixels(fresh.live_figure.frame))


def test_the_background_follows_the_axis_limits(dot):
    before = pixels(dot.live_figure.frame)
    dot.figure.axes[0].set_ylim(-100, 100)
    dot.request_frame()
    assert np.abs(pixels(dot.live_figure.frame) - before).max() > 100


def test_dark_page_makes_a_dark_picture_at_its_resolution(dot):
    bright = pixels(dot.live_figure.frame).mean()
    dot.live_figure.receive({"kind": "screen", "dark": True, "pixel_ratio": 2})
    dark = pixels(dot.live_figure.frame)
    assert dark.shape == (800, 1800, 3)
    assert dark.mean() < bright / 2
    assert DotExplorer().live_figure.dark, "new explorers begin as the page is"


def test_new_explorers_begin_as_a_page_that_has_only_said_hello(dot):
    frame = dot.live_figure.frame
    dot.live_figure.receive({"kind": "hello", "dark": True, "pixel_ratio": 2})
    assert dot.live_figure.frame is frame, "what nobody sees yet is not drawn again"
    new = DotExplorer()
    assert new.live_figure.dark
    assert pixels(new.live_figure.frame).shape == (800, 1800, 3)


def test_close_leaves_no_widget():
    before = set(ipywidgets.widgets.widget._instances)
    explorer = DotExplorer()
    assert set(ipywidgets.widgets.widget._instances) != before
    explorer.close()
    assert set(ipywidgets.widgets.widget._instances) == before


def test_changes_from_another_thread_are_drawn_on_the_loop_once_each_rest():
    async def scenario():
        explorer = DotExplorer()
        threads = set()
        draw = explorer.view.update

        def update(picture):
            threads.add(threading.current_thread())
            draw(picture)

        explorer.view.update = update
        first = explorer.live_figure.serial

        def hammer():
            for step in range(200):
                explorer.controls["height"].value = step / 50

        worker = threading.Thread(target=hammer)
        worker.start()
        worker.join()  # the loop had no chance to draw meanwhile: all make one frame
        await asyncio.sleep(0.05)
        assert explorer.summary == "A blue dot at 3.98."
        assert explorer.live_figure.serial == first + 1
        assert explorer.live_figure.settled is False
        assert Image.open(BytesIO(explorer.live_figure.frame)).format == "JPEG"
        await asyncio.sleep(REST_SECONDS + 0.2)
        assert Image.open(BytesIO(explorer.live_figure.frame)).format == "PNG"
        assert explorer.live_figure.settled is True
        assert drawn_height(explorer) == 3.98
        assert threads == {threading.main_thread()}
        assert explorer.error is None
        explorer.close()

    clock.run(scenario())


def test_a_slow_page_gets_the_newest_when_it_has_painted_the_last():
    async def scenario():
        explorer = DotExplorer()
        figure = explorer.live_figure
        figure.receive({"kind": "shown", "serial": figure.serial})
        for height in (0.5, 1.0, 1.5):  # answers that take long
            figure.ask()
            explorer.height = height
            await asyncio.sleep(SLOW_SECONDS + REST_SECONDS)
            figure.receive({"kind": "shown", "serial": figure.serial})
        last = figure.serial
        for height in (2.0, 3.0, 4.0):
            explorer.height = height
            await asyncio.sleep(RETRY_SECONDS)
        assert figure.serial == last + 1 and figure.asked
        assert drawn_height(explorer) == 2.0
        figure.receive({"kind": "shown", "serial": figure.serial})
        await asyncio.sleep(3 * RETRY_SECONDS)
        assert figure.serial == last + 2
        assert drawn_height(explorer) == 4.0
        explorer.close()

    clock.run(scenario())


def test_nothing_is_drawn_after_close():
    async def scenario():
        explorer = DotExplorer()
        explorer.height = 4.0
        explorer.close()
        serial = explorer.live_figure.serial
        await asyncio.sleep(REST_SECONDS + 0.1)
        assert explorer.live_figure.serial == serial
        assert explorer.error is None

    clock.run(scenario())


def test_the_page_says_when_it_has_painted_what_it_was_asked_about(dot):
    assert not dot.live_figure.delivery.waiting and not dot.live_figure.asked
    dot.live_figure.ask()
    dot.height = 0.5
    assert dot.live_figure.delivery.waiting and dot.live_figure.asked
    asked_about = dot.live_figure.serial
    dot.height = 0.0  # nobody asks about this one
    assert dot.live_figure.delivery.waiting and not dot.live_figure.asked
    dot.live_figure.receive({"kind": "shown", "serial": asked_about})
    assert not dot.live_figure.delivery.waiting
