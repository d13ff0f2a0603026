"""The race that JupyterLab's subshells make possible: controls move on threads beside the loop."""

import asyncio
import random
import threading
import time
from io import BytesIO

import ipywidgets
import numpy as np
import pytest
from every_explorer import stops_of
from PIL import Image

import nnlib.explorers
from nnlib.explorers import NeuronExplorer, TrainingExplorer
from nnlib.explorers.controls.slider_stops import stands_at
from nnlib.explorers.engine.frame_schedule import REST_SECONDS

SECONDS = {"TrainingExplorer": 8.0}  # that one plays meanwhile; for the others one will do
HAMMERED = {
    "ActivationExplorer": ("activation", "z"),
    "BackpropExplorer": ("selected", "value"),
    "FeedforwardExplorer": ("selected", "value"),
    "NeuronExplorer": ("w1", "data"),
    "NewRowExplorer": ("x1", "x2"),
    "TrainingExplorer": ("hidden1", "batch_size"),
}


class Witness:
    """Looks on while an explorer is drawn: on which threads, and does the state stand still?"""

    def __init__(self, explorer):
        self.explorer = explorer
        self.threads = set()
        self.torn = []
        self.errors = []
        self._draw = explorer.view.update
        explorer.view.update = self.update
        explorer.observe(lambda change: self.errors.append(change.new), names="error")
        explorer.live_figure.observe(self._paint, names="serial")

    def update(self, picture):
        self.threads.add(threading.current_thread())
        self._draw(picture)
        time.sleep(0.005)  # as on a slow machine: the others get their chance to interfere
        if self.explorer.model().summary != picture.summary:
            self.torn.append(picture.summary)

    def _paint(self, change):
        """Be a page that paints at once."""
        self.explorer.live_figure.receive({"kind": "shown", "serial": change.new})

    def problems(self):
        return [error for error in self.errors if error is not None] + self.torn


def hammer(control, end, seed):
    """Move a control to one stop after another, as fast as a hand and a page can, and faster."""
    choose = random.Random(seed)
    while time.perf_counter() < end:
        control.value = choose.choice(stops_of(control))
        time.sleep(choose.choice((0, 0.001, 0.01)))


def assign(explorer, name, end):
    """Assign to a trait from code, again and again."""
    choose = random.Random(name)
    while time.perf_counter() < end:
        setattr(explorer, name, choose.choice(stops_of(explorer.controls[name])))
        time.sleep(0.001)  # a lock is not fair: without a pause the loop may wait for seconds


async def finish(threads):
    """Start threads and wait for their end, while the loop goes on."""
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        await asyncio.sleep(0.001)


async def rest(explorer):
    """Wait for the picture that stays, on a busy machine for long."""
    await asyncio.sleep(REST_SECONDS + 0.5)
    end = time.perf_counter() + 30
    while not explorer.live_figure.settled and time.perf_counter() < end:
        await asyncio.sleep(0.05)


async def hammered(explorer, names, seconds):
    """Hammer two controls from two threads, let them rest, and return the witness."""
    witness = Witness(explorer)
    end = time.perf_counter() + seconds
    threads = [
        threading.Thread(target=hammer, args=(explorer.controls[name], end, seed))
        for seed, name in enumerate(names)
    ]
    await finish(threads)
    if isinstance(explorer, TrainingExplorer):
        assert explorer.playing
        explorer.controls["pause"].click()
    await rest(explorer)
    return witness


def assert_at_rest_all_tell_the_same(explorer):
    """Picture, words, controls and traits describe one state; the picture is that of a new one."""
    assert explorer.live_figure.settled
    assert explorer.live_figure.summary == explorer.summary
    assert explorer.live_figure.equation == explorer.model().equation
    for name, control in explorer.controls.items():
        if not isinstance(control, ipywidgets.Button):
            parameter = explorer.traits()[name]
            assert stands_at(control, parameter.shown(getattr(explorer, name))), name
    again = type(explorer).from_state(explorer.state)
    assert again.summary == explorer.summary
    again.draw()  # now, and not at the loop's next turn
    frames = [np.asarray(Image.open(BytesIO(e.live_figure.frame))) for e in (explorer, again)]
    again.close()
    assert np.array_equal(*frames)


@pytest.mark.slow
@pytest.mark.parametrize("name", HAMMERED)
def test_two_controls_hammered_from_two_threads(name):
    async def scenario():
        explorer = getattr(nnlib.explorers, name)()
        trained_on = set()
        if isinstance(explorer, TrainingExplorer):
            explorer.speed = "fast"
            run, train = explorer.run, explorer.run.train
            run.train = lambda *n: (trained_on.add(threading.current_thread()), train(*n))
            explorer.controls["play"].click()
        witness = await hammered(explorer, HAMMERED[name], SECONDS.get(name, 1.0))
        assert witness.problems() == []
        assert explorer.error is None
        assert witness.threads == {threading.main_thread()}
        assert trained_on <= {threading.main_thread()}
        assert_at_rest_all_tell_the_same(explorer)
        explorer.close()

    asyncio.run(scenario())


def test_a_chosen_parameter_and_its_value_never_part():
    """The value belongs to one of the parameters, and code on another thread chooses which."""

    async def scenario():
        explorer = nnlib.explorers.FeedforwardExplorer()
        witness = Witness(explorer)
        end = time.perf_counter() + 2.0
        threads = [
            threading.Thread(target=assign, args=(explorer, name, end))
            for name in ("selected", "value")
        ]
        await finish(threads)
        seen = explorer.value, explorer.parameters
        explorer.parameter_changed("selected")
        assert (explorer.value, explorer.parameters) == seen
        assert witness.problems() == [], "no trait moves while a frame is made"
        explorer.close()

    asyncio.run(scenario())


def test_an_assignment_on_another_thread_waits_while_a_frame_is_made():
    explorer = NeuronExplorer(w1=0.0)
    assignment = threading.Thread(target=setattr, args=(explorer, "w1", 2.0))
    with explorer.lock:  # as the painter holds it
        assignment.start()
        assignment.join(timeout=0.2)
        assert explorer.w1 == 0.0
    assignment.join(timeout=10)
    assert explorer.w1 == 2.0
    explorer.close()


def test_what_is_set_together_is_seen_together():
    async def scenario():
        explorer = NeuronExplorer(w1=0.0, w2=0.0)
        parted = []

        def set_both(seed, end):
            choose = random.Random(seed)
            while time.perf_counter() < end:
                value = choose.uniform(-5, 5)
                explorer.set_parameters(w1=value, w2=value)
                time.sleep(0.001)  # as in `assign`

        def read_both(end):
            while time.perf_counter() < end:
                state = explorer.state
                if state["w1"] != state["w2"]:
                    parted.append(state)

        end = time.perf_counter() + 2.0
        threads = [threading.Thread(target=set_both, args=(seed, end)) for seed in range(2)]
        threads.append(threading.Thread(target=read_both, args=(end,)))
        witness = Witness(explorer)
        await finish(threads)
        await rest(explorer)
        assert parted == []
        assert witness.problems() == []
        assert witness.threads == {threading.main_thread()}
        explorer.close()

    asyncio.run(scenario())


def test_buttons_pressed_on_two_threads_act_on_the_loop():
    async def scenario():
        explorer = TrainingExplorer()
        acted_on = set()
        run, train = explorer.run, explorer.run.train
        run.train = lambda *n: (acted_on.add(threading.current_thread()), train(*n))

        def press():
            for _ in range(100):
                explorer.controls["step"].click()

        await finish([threading.Thread(target=press) for _ in range(2)])
        await asyncio.sleep(0.2)
        assert explorer.trainer.steps == 200
        assert acted_on == {threading.main_thread()}
        assert explorer.error is None
        explorer.close()

    asyncio.run(scenario())


def test_a_slider_dragged_at_sixty_events_a_second_draws_the_newest_and_skips_the_rest():
    """A slow picture, as on a slow machine: a frame takes three events' time."""

    async def scenario():
        explorer = NeuronExplorer()
        drawn = []
        draw = explorer.view.update

        def slow(picture):
            time.sleep(0.05)
            drawn.append((picture.weights[0], explorer.w1))
            draw(picture)

        explorer.view.update = slow
        slider = explorer.controls["w1"]

        def drag():
            for event in range(120):
                slider.value = round(-5 + event / 12, 1)
                time.sleep(1 / 60)

        await finish([threading.Thread(target=drag)])
        since = len(drawn)
        async with asyncio.timeout(10):
            while drawn[-1][0] != slider.value:
                await asyncio.sleep(0.001)
        assert len(drawn) - since <= 2, "after the release at most two frames until the newest"
        assert 10 < len(drawn) < 60, "most of the 120 events were skipped"
        assert all(weight == newest for weight, newest in drawn), "each frame is of the newest"
        assert [weight for weight, _ in drawn] == sorted(weight for weight, _ in drawn)
        await asyncio.sleep(REST_SECONDS + 0.3)
        assert explorer.live_figure.settled
        assert explorer.live_figure.summary == explorer.summary
        assert explorer.w1 == slider.value
        explorer.close()

    asyncio.run(scenario())


def test_explorers_of_different_threads_may_draw_at_once():
    """Each has a loop of its own, as explorers made in subshells have; Matplotlib is shared."""
    problems = []

    def live(name):
        async def scenario():
            explorer = getattr(nnlib.explorers, name)()
            for step in range(30):
                control = explorer.controls[HAMMERED[name][0]]
                control.value = stops_of(control)[step % 2]
                await asyncio.sleep(0.01)
            if explorer.error is not None:
                problems.append(explorer.error)
            await asyncio.sleep(REST_SECONDS + 0.2)
            assert_at_rest_all_tell_the_same(explorer)
            explorer.close()

        try:
            asyncio.run(scenario())
        except Exception as problem:
            problems.append(repr(problem))

    threads = [threading.Thread(target=live, args=(name,)) for name in sorted(HAMMERED)[:4]]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
