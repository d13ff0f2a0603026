"""The words and numbers in every explorer's picture: readable, whole, none over another."""

import every_explorer
import ipywidgets
import numpy as np
import pytest
from colour import contrast
from every_explorer import E_NOTATION, EXPLORERS
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.colors import to_rgb
from matplotlib.text import Text
from overlaps import TOUCH, overlaps

from nnlib.explorers import TimelineExplorer, TrainingExplorer
from nnlib.explorers.engine.live_figure import Screen, remember_screen
from nnlib.explorers.frames.renderer import FrameRenderer

pytestmark = pytest.mark.slow

LEAST_CONTRAST = 4.5  # WCAG 2.2, success criterion 1.4.3
CROSSED = 0.1  # the share of a text's ground that a line may cross
STATES = {"light": 8, "dark": 4}  # mixed ones; where words stand is the same in both themes
UPDATES = (1, 1000, 4000)  # how long a network trains before it is looked at


@pytest.fixture(params=EXPLORERS, ids=lambda explorer: explorer.__name__)
def kind(request, monkeypatch):
    """An explorer's class whose artists move when they are told to, once a state.

    No frame is made of them: where the words stand can be asked without.
    """
    monkeypatch.setattr(request.param, "request_frame", lambda explorer: None)
    monkeypatch.setattr(FrameRenderer, "jpeg", lambda *_: b"")
    return request.param


@pytest.fixture(params=["light", "dark"])
def theme(request):
    remember_screen(Screen(dark=request.param == "dark"))
    return request.param


def stops_of(control):
    """Return values of a control: of a slider more than elsewhere, its start and middle too."""
    if not hasattr(control, "min"):
        return every_explorer.stops_of(control)
    low, high = control.min, control.max
    if isinstance(control, ipywidgets.FloatLogSlider):
        return [control.base**end for end in (low, -1.0, high)]
    if isinstance(control, ipywidgets.IntSlider):
        return sorted({*range(low, high + 1, max((high - low) // 8, 1)), high})
    return [low, low + 0.37 * (high - low), (low + high) / 2, control.value, high]


def shown(explorer, states):
    """Go through states of an explorer, the artists of each in their places."""
    placed = None
    for state in states:
        explorer.draw(settled=False)
        figure = explorer.figure
        now = (figure, [ax.viewLim.frozen().bounds for ax in figure.axes])
        if now != placed:  # ticks and their labels find their places, which they keep till then
            figure.draw_without_rendering()
            placed = now
        yield state


def settings_and_buttons(explorer):
    controls = explorer.controls.items()
    settings = {name: control for name, control in controls if hasattr(control, "value")}
    return settings, [c for _, c in controls if isinstance(c, ipywidgets.Button)]


def single_states(explorer):
    """Yield each control's stops from the start, and what each button leaves."""
    settings, buttons = settings_and_buttons(explorer)
    for name, control in settings.items():
        explorer.reset()
        for value in stops_of(control):
            control.value = value
            yield f"{name} = {value}"
    for button in buttons:
        button.click()
        yield button.description


def mixed_states(explorer, how_many, seed):
    """Yield states in which every control may stand anywhere, after any button."""
    settings, buttons = settings_and_buttons(explorer)
    rng = np.random.default_rng(seed)
    for _ in range(how_many):
        if isinstance(explorer, TimelineExplorer):
            explorer.fork_at = None  # or each control trains the fork again
        for control in settings.values():
            stops = stops_of(control)
            control.value = stops[rng.integers(len(stops))]
        buttons[rng.integers(len(buttons))].click()
        if isinstance(explorer, TrainingExplorer):
            explorer.step(int(rng.choice(UPDATES)))
        yield str({name: control.value for name, control in settings.items()})


def visible_texts(figure):
    """Return every text that is drawn: of an axis its name, and the ticks within the limits."""
    artists = [*figure.get_children()]
    for ax in figure.axes:
        artists += [artist for artist in ax.get_children() if not isinstance(artist, Axis)]
        for axis in (ax.xaxis, ax.yaxis) if ax.axison else ():
            artists += [axis.label, axis.offsetText, *axis._update_ticks()]
    texts = [text for it in artists if not isinstance(it, Axes) for text in it.findobj(Text)]
    return [text for text in texts if text.get_text().strip() and text.get_visible()]


def boxes_of(texts, renderer):
    return np.array([text.get_window_extent(renderer).extents for text in texts])


def test_every_text_is_whole_apart_from_others_and_stands_out(kind, theme):
    explorer, dark = kind(), theme == "dark"
    everything = (faults_of_place, faults_of_colour)
    found = set()
    for states, looks in (
        (["start"], everything),
        # Where the words stand is the same in both themes.
        ([] if dark else single_states(explorer), (faults_of_place,)),
        (mixed_states(explorer, STATES[theme], seed=dark), everything),
    ):
        for state in shown(explorer, states):
            assert explorer.error is None, (state, explorer.error)
            found |= {(fault, state) for look in looks for fault in look(explorer.figure)}
    explorer.close()
    assert not found, "\n".join(f"{what}   [{state}]" for what, state in sorted(found))


def faults_of_place(figure):
    """Yield each text that leaves the picture, lies over another, or is as Python writes it."""
    texts = visible_texts(figure)
    boxes = boxes_of(texts, figure.canvas.get_renderer())
    for text, box in zip(texts, boxes, strict=True):
        if E_NOTATION.search(text.get_text()):
            yield f"{text.get_text()!r} is not typeset"
        if (
            min(box[:2]) < -0.5
            or box[2] > figure.bbox.width + 0.5
            or box[3] > figure.bbox.height + 0.5
        ):
            yield f"{text.get_text()!r} leaves the picture"
    for a, b, pixels in overlaps(boxes):
        yield f"{texts[a].get_text()!r} over {texts[b].get_text()!r} {pixels:.1f}"


def faults_of_colour(figure):
    """Yield each text whose contrast to what is behind it is too low."""
    for text, ratio in contrasts(figure):
        if ratio < LEAST_CONTRAST:
            yield f"{text!r}: {ratio:.2f}"


def contrasts(figure):
    """Yield each text with its contrast to the worst of its ground, lines that cross it aside."""
    texts = visible_texts(figure)
    colours = [text.get_color() for text in texts]
    boxes = boxes_of(texts, figure.canvas.get_renderer())
    for text in texts:
        text.set_color((0, 0, 0, 0))  # the letters go, a ground of the text's own stays
    figure.canvas.draw()
    for artist in sorted(figure.findobj(lambda a: a.get_animated()), key=lambda a: a.get_zorder()):
        figure.draw_artist(artist)
    ground = np.asarray(figure.canvas.buffer_rgba())[::-1, :, :3] / 255
    for text, colour, box in zip(texts, colours, boxes, strict=True):
        text.set_color(colour)
        inner = box + TOUCH * np.array([1, 1, -1, -1])
        left, bottom, right, top = inner.clip(0).round().astype(int)
        behind = ground[bottom:top, left:right].reshape(-1, 3)
        ratios = contrast(np.array(to_rgb(colour)), behind)
        yield text.get_text(), float(np.quantile(ratios, CROSSED))
