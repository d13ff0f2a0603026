"""From the page's pointer to an explorer's hooks: places, gestures, threads, malformed messages."""

import asyncio
import threading
from dataclasses import dataclass

import clock
import numpy as np
import pytest
from pointing import Mouse

from nnlib.explorers import Explorer
from nnlib.explorers.controls.parameters import Number
from nnlib.explorers.engine.pointer import Handle, PointerEvent, read_pointer_event, whole_of

PRESS = {
    "kind": "pointer",
    "action": "press",
    "gesture": 7,
    "handle": "dot",
    "x": 0.5,
    "y": 0.25,
    "shift": False,
}


@dataclass(frozen=True)
class DotPicture:
    height: float
    equation: str = ""

    @property
    def summary(self):
        return f"A dot at {self.height:.1f}."


class DotView:
    def __init__(self, figure, palette):
        self.ax = figure.add_axes((0.25, 0.0, 0.5, 0.5))
        self.ax.set(xlim=(-1, 1), ylim=(-10, 10))
        (self.dot,) = self.ax.plot([0], [0], "o")
        self.artists = [self.dot]

    def update(self, picture):
        self.dot.set_ydata([picture.height])

    @property
    def handles(self):
        dot = Handle("dot", self.ax, self.dot.get_xydata())
        return [dot, whole_of("panel", self.ax, "crosshair")]


class DotExplorer(Explorer):
    """A dot that can be pulled up and down, on a panel that can be clicked."""

    height = Number(1.0, low=-5, high=5, step=0.5, label="y height")
    opens_with = ("height",)
    View = DotView

    def __init__(self, **parameters):
        self.told = []
        super().__init__(**parameters)

    def model(self):
        return DotPicture(self.height)

    def pointer_pressed(self, at):
        self.told.append(("press", at.handle, round(at.x, 6), round(at.y, 6), at.shift))
        if at.handle == "panel":
            self.height = DotExplorer.height.nearest(at.y)

    def pointer_dragged(self, at):
        if at.y > 9:
            raise RuntimeError("too high")
        self.told.append(("drag", tuple(np.round(at.moved, 6)), at.before["height"]))
        self.height = DotExplorer.height.nearest(at.before["height"] + at.moved[1])

    def pointer_released(self, at):
        self.told.append(("release", at.handle))


@pytest.fixture
def dot():
    explorer = DotExplorer()
    yield explorer
    explorer.close()


@pytest.fixture
def mouse(dot):
    return Mouse(dot)


def test_the_page_learns_what_answers_where(dot):
    spot, panel = dot.live_figure.handles
    assert spot["outline"] == [[0.5, 0.275]]  # x 0 of −1 … 1; y 1 of −10 … 10
    assert panel["outline"] == [[0.25, 0.0], [0.75, 0.5]]
    assert (spot["cursor"], spot["draggable"], spot["filled"]) == ("grab", True, False)
    assert (panel["cursor"], panel["draggable"], panel["filled"]) == ("crosshair", False, True)
    dot.height = 5.0
    assert dot.live_figure.handles[0]["outline"] == [[0.5, 0.375]]


def test_a_press_is_told_in_data_coordinates(dot):
    dot.live_figure.receive(PRESS | {"handle": "panel", "x": 0.375, "y": 0.375})
    assert dot.told == [("press", "panel", -0.5, 5.0, False)]
    assert dot.height == 5.0
    assert dot.view.dot.get_ydata() == [5.0]
    assert dot.live_figure.summary == "A dot at 5.0."


def test_places_do_not_depend_on_the_screens_resolution(dot):
    dot.figure.set_dpi(200)  # as a frame for a fine screen leaves it
    dot.live_figure.receive(PRESS | {"handle": "panel", "x": 0.375, "y": 0.375})
    assert dot.told == [("press", "panel", -0.5, 5.0, False)]


def test_a_drag_moves_by_as_much_as_the_pointer(dot, mouse):
    mouse.pull("dot", start=(0.05, 1.3), by=(0.0, 2.0))
    assert dot.told == [
        ("press", "dot", 0.05, 1.3, False),
        ("drag", (0.0, 1.0), 1.0),
        ("drag", (0.0, 2.0), 1.0),
        ("release", "dot"),
    ]
    assert dot.height == 3.0
    assert dot.controls["height"].value == 3.0


def test_a_pointer_reaches_what_the_slider_reaches(dot, mouse):
    mouse.pull("dot", start=(0, 1), by=(0, 2.2))
    assert dot.height == 3.0
    mouse.press("dot", 0, 3)
    mouse.drag(0, -60)
    assert dot.height == -5.0


def test_each_drag_is_acknowledged_so_that_the_page_sends_the_next(dot, mouse, monkeypatch):
    sent = []
    monkeypatch.setattr(dot.live_figure, "send", sent.append)
    mouse.pull("dot", start=(0, 1), by=(0, 2))
    assert sent == 2 * [{"kind": "heard", "gesture": mouse.gesture}]


def test_shift_is_told(dot, mouse):
    mouse.click("panel", 0.5, 5.0, shift=True)
    assert dot.told[0] == ("press", "panel", 0.5, 5.0, True)


def test_what_comes_after_the_release_or_before_a_press_is_left_aside(dot, mouse):
    dot.live_figure.receive(PRESS | {"action": "drag"})
    dot.live_figure.receive(PRESS | {"action": "release"})
    assert dot.told == []
    mouse.click("dot", 0, 1)
    told = list(dot.told)
    mouse.drag(0, 4)
    assert (dot.told, dot.height) == (told, 1.0)


def test_a_drag_of_another_page_is_left_aside(dot, mouse):
    mouse.press("dot", 0, 1)
    mouse.gesture += 0.5
    mouse.drag(0, 4)
    assert dot.height == 1.0


def test_a_failing_hook_is_shown_and_the_next_press_forgets_it(dot, mouse):
    mouse.press("dot", 0, 1)
    mouse.drag(0, 9.5)
    assert "too high" in dot.error
    mouse.release(0, 1)
    mouse.press("dot", 0, 1)
    assert dot.error is None


MALFORMED = [
    {},
    {"kind": "pointer"},
    PRESS | {"action": "push"},
    PRESS | {"x": None},
    PRESS | {"x": "0.5"},
    PRESS | {"y": float("nan")},
    PRESS | {"y": float("inf")},
    PRESS | {"gesture": True},
    PRESS | {"gesture": [1]},
    PRESS | {"handle": 3},
    PRESS | {"handle": ["dot"]},
    PRESS | {"shift": "yes"},
    {key: value for key, value in PRESS.items() if key != "x"},
]


@pytest.mark.parametrize("message", MALFORMED)
def test_malformed_messages_change_nothing(dot, message):
    assert read_pointer_event(message) is None
    dot.live_figure.receive(message)
    assert (dot.told, dot.height, dot.error) == ([], 1.0, None)


def test_an_unknown_handle_is_left_aside(dot):
    dot.live_figure.receive(PRESS | {"handle": "nothing"})
    dot.live_figure.receive(PRESS | {"action": "drag", "handle": "nothing"})
    assert (dot.told, dot.height, dot.error) == ([], 1.0, None)


def test_an_event_is_read_as_it_was_sent():
    assert read_pointer_event(PRESS) == PointerEvent("press", 7, "dot", 0.5, 0.25, False)


def test_drags_that_pile_up_make_one_frame_drawn_on_the_loop():
    async def scenario():
        explorer = DotExplorer()
        mouse = Mouse(explorer)
        drawn_on = set()
        update = explorer.view.update
        explorer.view.update = lambda picture: (
            drawn_on.add(threading.current_thread()),
            update(picture),
        )
        first = explorer.live_figure.serial

        def pull():
            mouse.press("dot", 0, 1)
            for step in range(100):
                mouse.drag(0, 1 + step / 25)

        worker = threading.Thread(target=pull)
        worker.start()
        worker.join()  # the loop had no chance to draw meanwhile
        await asyncio.sleep(0.05)
        assert explorer.summary == "A dot at 5.0."
        assert explorer.live_figure.serial == first + 1
        assert drawn_on == {threading.main_thread()}
        assert explorer.error is None
        explorer.close()

    clock.run(scenario())
