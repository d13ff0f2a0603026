"""What stands still is drawn once, and a frame looks as if all of it were drawn anew."""

import ipywidgets
import numpy as np
import pytest
from every_explorer import EXPLORERS, stops_of
from matplotlib.figure import Figure
from matplotlib.image import AxesImage

from nnlib.explorers.frames.renderer import FrameRenderer
from nnlib.explorers.frames.still_ground import StillGround


@pytest.fixture
def drawn(monkeypatch):
    """How often an image is drawn."""
    calls = []
    draw = AxesImage.draw
    monkeypatch.setattr(AxesImage, "draw", lambda *it: (calls.append(it[0]), draw(*it)))
    return calls


def look_as_if_drawn_anew(renderer, dpi=100.0):
    """Say whether a frame has the pixels of one for which nothing was kept."""
    frame = np.asarray(renderer._draw(dpi)).copy()
    renderer._ground = StillGround(renderer.figure)
    return np.array_equal(frame, np.asarray(renderer._draw(dpi)))


class Panels:
    """A map with a line above it, and a second panel that a bar moves in."""

    def __init__(self, beside=0.55):
        self.figure = Figure(figsize=(4, 2), dpi=100)
        left, right = (self.figure.add_axes((x, 0.1, 0.4, 0.8)) for x in (0.05, beside))
        self.map = left.imshow([[0.1, 0.9], [0.4, 0.2]], aspect="auto", extent=(0, 1, 0, 1))
        (self.line,) = left.plot([0, 1], [0, 1], linewidth=6)
        (self.bar,) = right.bar([0.5], [0.5], color="red")
        right.set(xlim=(0, 1), ylim=(0, 1))
        self.renderer = FrameRenderer(self.figure, [self.bar, self.line, self.map])


def test_a_map_is_drawn_once_while_what_lies_above_and_beside_it_moves(drawn):
    panels = Panels()
    panels.renderer.jpeg()
    for k in range(5):
        panels.line.set_ydata([0, k / 5])
        panels.bar.set_height(k / 5)
        panels.renderer.jpeg()
    assert len(drawn) == 2, "the first time, and for the picture that is kept"


@pytest.mark.parametrize(
    "change",
    [
        lambda panels: panels.map.set_data([[0.9, 0.1], [0.2, 0.4]]),
        lambda panels: panels.map.set_visible(False),
        lambda panels: panels.map.set_zorder(9),
        lambda panels: panels.map.axes.set_xlim(-1, 2),
    ],
)
def test_every_change_of_what_stood_is_seen(change):
    panels = Panels()
    for k in range(3):
        panels.line.set_ydata([0, k / 3])
        panels.renderer.jpeg()
    before = np.asarray(panels.renderer._draw(100.0)).copy()
    change(panels)
    frame = np.asarray(panels.renderer._draw(100.0)).copy()
    assert not np.array_equal(frame, before)
    assert look_as_if_drawn_anew(panels.renderer)


def test_what_changed_at_another_resolution_is_seen():
    panels = Panels()
    for dpi in (100.0, 100.0, 200.0, 200.0):
        panels.map.set_data(np.random.default_rng(int(dpi)).random((2, 2)))
        panels.renderer._draw(dpi)
    panels.renderer._draw(200.0)
    assert look_as_if_drawn_anew(panels.renderer)


def test_axes_above_others_do_not_go_below_what_moves_there():
    panels = Panels(beside=0.2)  # the bar is drawn over the map and its line
    panels.renderer.jpeg()
    panels.line.set_ydata([1, 0])
    assert look_as_if_drawn_anew(panels.renderer)


def test_after_a_frame_that_failed_nothing_is_taken_as_drawn(monkeypatch):
    panels = Panels()
    for _ in range(2):
        panels.line.set_ydata([0, 0.5])
        panels.renderer.jpeg()
    panels.map.set_data([[0.9, 0.1], [0.2, 0.4]])
    with monkeypatch.context() as patch:
        patch.setattr(panels.line, "draw", lambda renderer: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            panels.renderer.jpeg()
    panels.line.set_ydata([0, 0.6])
    panels.renderer.jpeg()
    assert look_as_if_drawn_anew(panels.renderer)


@pytest.mark.slow
@pytest.mark.parametrize("kind", EXPLORERS, ids=lambda explorer: explorer.__name__)
def test_every_explorers_frames_look_as_if_all_were_drawn_anew(kind, monkeypatch):
    explorer = kind()
    renderer = None
    monkeypatch.setattr(explorer, "request_frame", lambda: None)
    monkeypatch.setattr(FrameRenderer, "png", lambda *_: b"")
    for name in explorer.at_hand:
        control = explorer.controls[name]
        if isinstance(control, ipywidgets.Button):
            continue
        for value in stops_of(control)[:3]:
            control.value = value
            explorer.draw()
            if renderer is None or renderer.figure is not explorer.figure:
                renderer = FrameRenderer(explorer.figure, explorer.view.artists)
            assert look_as_if_drawn_anew(renderer), (name, value)
    explorer.close()
