"""What holds for each explorer: every control swept to its ends, state, words, picture, closing."""

import contextlib
import json
import re
import time
from io import BytesIO

import ipywidgets
import matplotlib
import numpy as np
import pytest
import traitlets
from every_explorer import E_NOTATION, EXPLORERS, stops_of
from PIL import Image

import nnlib.explorers
from nnlib.explorers import Explorer
from nnlib.explorers.controls.parameters import parameters_of
from nnlib.explorers.controls.slider_stops import stands_at
from nnlib.printed import plain

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=EXPLORERS, ids=lambda explorer: explorer.__name__)
def shared(request):
    made = request.param()
    yield made
    made.close()


@pytest.fixture
def explorer(shared):
    shared.reset()
    return shared


@pytest.fixture
def undrawn(explorer, monkeypatch):
    """The same, where nothing is drawn: what it says and where its controls stand is enough."""
    monkeypatch.setattr(explorer, "request_frame", lambda: None)
    return explorer


# What must be set first for a control to have an effect.
NEEDS = {
    ("ActivationExplorer", "leaky_slope"): {"activation": "leaky_relu"},
    ("BackpropExplorer", "answer"): {"level": "all", "step": 1},
    ("BackpropExplorer", "activation2"): {"hidden2": 2},
    ("BackpropExplorer", "level"): {"step": 9},
    ("DescentExplorer", "momentum"): {"optimizer": "momentum"},
    ("DigitExplorer", "fitted"): {"strokes": [[(0.1, 0.2), (0.3, 0.4)]]},
    ("FeedforwardExplorer", "activation2"): {"hidden2": 2},
    **{("GraphExplorer", f"leaf{i}"): {"expression": "a*b + c*d + e*f"} for i in (5, 6)},
    ("OptimizersExplorer", "momentum"): {"steps": 5},
    ("TimelineExplorer", "branch"): {"fork_at": 20, "l2": 0.1, "epoch": 60},
    ("TimelineExplorer", "fork_epochs"): {"fork_at": 20},
    ("TimelineExplorer", "momentum"): {"optimizer": "momentum"},
    ("TwoRunsExplorer", "learning_rate"): {"varied": "batch_size"},
    **{
        ("HingesExplorer", f"{kind}{i}"): {"units": 4, "p3": 1.0, "p4": 2.0}
        for kind in "ps"
        for i in (3, 4)
    },
    **{
        (explorer, control): {"data": "own"}
        for explorer in ("NeuronExplorer", "TrainingExplorer")
        for control in ("new_class", "new_x1", "new_x2")
    },
    ("TrainingExplorer", "csv"): {"data": "table"},
    ("TrainingExplorer", "momentum"): {"optimizer": "momentum"},
    ("TrainingExplorer", "value"): {"selected": "w1_11"},
    **{("TrainingExplorer", f"activation{layer}"): {f"hidden{layer}": 2} for layer in (2, 3)},
}
# What acts on what comes next is told in words until it does.
TOLD_IN_WORDS = {
    *(
        ("BackpropExplorer", name)
        for name in ("selected", "activation", "activation2", "output", "answer")
    ),
    *(
        (explorer, name)
        for explorer in ("TimelineExplorer", "TrainingExplorer")
        for name in ("learning_rate", "optimizer", "momentum", "batch_size", "l1", "l2", "dropout")
    ),
    ("TrainingExplorer", "new_class"),
    ("TwoRunsExplorer", "learning_rate"),
}
# How fast an explorer plays can only be seen while it plays (tests/browser).
INVISIBLE_AT_REST = {
    ("TrainingExplorer", "speed"),
    ("TrainingExplorer", "stop_at"),
    ("TwoRunsExplorer", "speed"),
    ("TwoRunsExplorer", "stop_at"),
}


def sliders_and_lists(explorer):
    return {
        name: control
        for name, control in explorer.controls.items()
        if not isinstance(control, ipywidgets.Button)
    }


def test_the_names_are_the_explorers_and_nothing_else():
    assert "Explorer" in nnlib.explorers.__all__
    assert all(issubclass(explorer, Explorer) for explorer in EXPLORERS)


def test_each_control_moves_its_trait_and_each_trait_its_control(undrawn):
    parameters = parameters_of(type(undrawn))
    for name, control in sliders_and_lists(undrawn).items():
        for value in stops_of(control):
            control.value = value
            assert parameters[name].shown(getattr(undrawn, name)) == control.value, name
            assert undrawn.error is None, (name, value)
        start = undrawn.start_values.get(name, control.value)
        setattr(undrawn, name, start)
        assert stands_at(control, parameters[name].shown(getattr(undrawn, name))), name


def test_the_picture_follows_every_control(explorer):
    """Each control changes the pixels at one of its stops, or what is said about what comes."""
    for name, control in sliders_and_lists(explorer).items():
        key = (type(explorer).__name__, name)
        with explorer.one_deed():  # the first picture is that of the first stop
            explorer.reset()
            explorer.set_parameters(**NEEDS.get(key, {}))
            stops = stops_of(control)
            control.value = stops[0]
        seen = set()
        for value in stops:
            control.value = value
            assert explorer.error is None, (name, value)
            assert explorer.live_figure.summary == explorer.summary, (name, value)
            words = (explorer.summary, explorer.live_figure.equation)
            seen.add(words if key in TOLD_IN_WORDS else explorer.live_figure.frame)
            if len(seen) > 1:  # all stops are drawn in test_words_in_pictures.py
                break
        assert len(seen) > 1 or key in INVISIBLE_AT_REST, f"{name} changes nothing that is seen"


# In a form that is open when they count; or seen by their own number until then.
NOT_GREY = {
    *(("BackpropExplorer", name) for name in ("answer", "level")),
    *(("NeuronExplorer", name) for name in ("new_class", "new_x1", "new_x2")),
    *(("TrainingExplorer", name) for name in ("new_class", "new_x1", "new_x2", "csv")),
    ("OptimizersExplorer", "momentum"),
    ("TimelineExplorer", "fork_epochs"),
}


def test_a_control_without_an_effect_is_grey_and_says_what_it_waits_for(explorer):
    for (kind, name), needed in NEEDS.items():
        if kind != type(explorer).__name__ or (kind, name) in NOT_GREY:
            continue
        explorer.reset()
        control, box = explorer.controls[name], explorer.boxes.get(name)
        assert control.disabled and (box is None or box.disabled), name
        assert control.tooltip == f"{control.description}: {explorer.idle[name]}"
        explorer.set_parameters(**needed)
        assert not control.disabled and (box is None or not box.disabled), name
        assert control.tooltip == control.description


def test_any_number_is_drawn_within_two_seconds_or_refused_in_words(explorer):
    """Agg once took minutes for a dashed arrow to 1e9, and a word at 1e9 ended the program."""
    for name in explorer.boxes:
        for number in (1e9, -1e300):
            began = time.thread_time()
            with explorer.one_deed():
                explorer.reset()
                explorer.set_parameters(**NEEDS.get((type(explorer).__name__, name), {}))
                with contextlib.suppress(traitlets.TraitError):
                    setattr(explorer, name, number)
            assert time.thread_time() - began < 2, (name, number)
            assert explorer.error is None, (name, number)


@pytest.mark.parametrize("typed", ["abc", "1e9", "−1e9", "2·10⁻⁷", "0"])
def test_a_number_that_is_typed_is_taken_or_refused_in_plain_words(explorer, typed, monkeypatch):
    monkeypatch.setattr(explorer, "request_frame", lambda: None)
    for name, box in explorer.boxes.items():
        before = getattr(explorer, name)
        box.set_state({"value": typed})
        assert not E_NOTATION.search(f"{explorer.summary} {box.value} {box.tooltip}"), name
        if explorer.error:
            refused = "“abc” is not a number|(−?10⁹|2·10⁻⁷|0) does not fit “"
            assert re.match(refused, explorer.error)
            assert explorer.controls[name].description in explorer.error
            assert getattr(explorer, name) == before
        setattr(explorer, name, before)


# Where a button comes to its end, and what it says there.
AT_ITS_END = {
    ("DescentExplorer", "step"): ({"steps": 100}, "All 100 steps are made."),
    ("OptimizersExplorer", "step"): ({"steps": 100}, "All 100 steps are made."),
    ("DigitExplorer", "clear"): ({}, "Nothing is drawn yet"),
    ("DigitExplorer", "undo"): ({}, "Nothing is drawn yet"),
    ("ExportExplorer", "newest"): ({}, "These are the newest weights"),
    ("TrainingExplorer", "restart"): ({}, "It stands at its start."),
    ("TrainingExplorer", "forget_curves"): ({}, "There are no earlier curves."),
}


def seen_and_said(explorer):
    """All that a learner has of an explorer: picture, words, messages, and which controls work."""
    grey = [
        name for name, control in explorer.controls.items() if getattr(control, "disabled", False)
    ]
    live = explorer.live_figure
    words = (live.summary, live.equation, explorer.notice, explorer.form_row.words.value)
    return (live.frame, words, explorer.children[-1].value, grey)


def test_no_press_on_a_button_is_without_an_answer(explorer):
    """A press changes something that is seen, or a sentence says why it does not."""
    for name, button in explorer.controls.items():
        if not isinstance(button, ipywidgets.Button):
            continue
        explorer.reset()
        if name in explorer.form:
            explorer.set_parameters(data="own")
        for _ in range(2):
            before = seen_and_said(explorer)
            button.click()
            assert explorer.error is None, name
            said = explorer.message_box.layout.display is None and explorer.message_box.value
            assert seen_and_said(explorer) != before or said, f"{name} does nothing, in silence"


def test_a_button_at_its_end_says_so_until_something_changes(explorer):
    for (kind, name), (needed, words) in AT_ITS_END.items():
        if kind != type(explorer).__name__:
            continue
        explorer.reset()
        explorer.set_parameters(**needed)
        explorer.controls[name].click()
        assert explorer.notice.startswith(words)
        explorer.controls["reset"].click()
        assert not (explorer.notice or "").startswith(words)
    explorer.reset()
    explorer.controls["reset"].click()
    assert "nothing to reset" in explorer.notice
    control = next(
        control
        for control in sliders_and_lists(explorer).values()
        if len(set(stops_of(control))) > 1
    )
    control.value = next(stop for stop in stops_of(control) if not stands_at(control, stop))
    assert explorer.notice is None


def test_all_controls_at_their_extremes_at_once(explorer):
    for end in (0, 1):
        with explorer.one_deed():
            for control in sliders_and_lists(explorer).values():
                control.value = stops_of(control)[end]
                assert explorer.error is None
        assert explorer.error is None
        for button in explorer.controls.values():
            if isinstance(button, ipywidgets.Button):
                button.click()
                assert explorer.error is None


def test_state_makes_the_same_explorer_again(explorer):
    with explorer.one_deed():
        for control in sliders_and_lists(explorer).values():
            control.value = stops_of(control)[-1]
        for button in explorer.controls.values():
            if isinstance(button, ipywidgets.Button) and button.description != "Reset":
                button.click()
    state = json.loads(json.dumps(explorer.state))
    again = type(explorer).from_state(state)
    assert again.state == explorer.state
    assert again.summary == explorer.summary
    same = np.asarray(Image.open(BytesIO(again.live_figure.frame)))
    assert np.array_equal(same, np.asarray(Image.open(BytesIO(explorer.live_figure.frame))))
    again.close()


def test_reset_is_the_start_again(explorer):
    start = (explorer.summary, explorer.live_figure.equation)
    with explorer.one_deed():
        for control in sliders_and_lists(explorer).values():
            control.value = stops_of(control)[-1]
    explorer.controls["reset"].click()
    assert (explorer.summary, explorer.live_figure.equation) == start


def test_at_most_five_controls_at_first_each_with_a_label(explorer):
    together = ("nnlib-actions", "nnlib-others")  # buttons that keep together
    row = [c for c in explorer.children[0].children if not {*c._dom_classes} & {*together}]
    opened = [control for control in row if not isinstance(control, ipywidgets.widgets.Button)]
    opened = [c for c in opened if not isinstance(c, ipywidgets.ToggleButton)]
    assert 1 <= len(opened) <= 5
    assert all(control.description for control in explorer.controls.values())


def test_a_reset_and_a_press_make_one_frame_each(explorer):
    """However much they change; in a notebook the loop sees to it, in plain Python this does."""
    with explorer.one_deed():
        for control in sliders_and_lists(explorer).values():
            control.value = stops_of(control)[0]
    for button in explorer.controls.values():
        if isinstance(button, ipywidgets.Button):
            before = explorer.live_figure.serial
            button.click()
            assert explorer.live_figure.serial == before + 1, button.description


def test_close_leaves_no_widget(explorer, no_frames):
    before = set(ipywidgets.widgets.widget._instances)
    type(explorer)().close()
    assert set(ipywidgets.widgets.widget._instances) == before


def test_words_use_the_true_minus_sign_and_no_nan(undrawn):
    for control in sliders_and_lists(undrawn).values():
        control.value = stops_of(control)[0]
        for words in (undrawn.summary, undrawn.model().equation):
            assert "nan" not in words.lower().split()
            assert " -" not in words
        assert "?" not in plain(undrawn.summary)  # each sign has a plain one, for old consoles


def test_the_learners_own_settings_of_matplotlib_change_nothing(explorer):
    theirs = {
        "axes.spines.top": False,
        "axes.facecolor": "black",
        "font.size": 23,
        "lines.linewidth": 7,
        "text.color": "red",
        "xtick.major.size": 9,
    }
    with matplotlib.rc_context(theirs):
        again = type(explorer)()
        assert matplotlib.rcParams["font.size"] == 23
    ours, other = (
        np.asarray(Image.open(BytesIO(shown.live_figure.frame))) for shown in (explorer, again)
    )
    assert np.array_equal(ours, other)
    again.close()


def test_text_is_large_enough_to_read(explorer):
    """No text below 13 pixels: at 620 pixels' width it is still 9 pixels high."""
    for text in explorer.figure.findobj(lambda artist: hasattr(artist, "get_fontsize")):
        if text.get_text() and text.get_visible():
            assert text.get_fontsize() * 100 / 72 >= 13, text.get_text()
