"""What is left of an explorer: nothing after close(), and one after many runs of its cell."""

import asyncio
import gc
import weakref
from collections.abc import Iterator

import clock
import ipywidgets
import pytest
from kernel import Kernel, running_kernel

import nnlib.explorers
from nnlib.exercises import predict
from nnlib.exercises.predictions.prediction import QUESTIONS
from nnlib.explorers import NeuronExplorer, TrainingExplorer
from nnlib.widgets.lifetime import close_with_cell, family

NAMES = [name for name in nnlib.explorers.__all__ if name != "Explorer"]
RUNS = {name: 6 if name == "NeuronExplorer" else 2 for name in NAMES}

COUNT = """
import gc, asyncio, ipywidgets, nnlib.explorers
from matplotlib.figure import Figure
gc.collect()
widgets = len(ipywidgets.widgets.widget._instances)
figures = sum(isinstance(thing, Figure) for thing in gc.get_objects())
players = sum("Player" in repr(task) for task in asyncio.all_tasks())
print(widgets, figures, players)
"""


@pytest.fixture(scope="module", autouse=True)
def only_what_is_new() -> None:
    """Search for garbage among what is made here, not in what earlier tests have left."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="module")
def kernel() -> Iterator[Kernel]:
    with running_kernel() as kernel:
        kernel.run("import ipywidgets; from nnlib.explorers import *")
        yield kernel


def counts(kernel: Kernel) -> list[int]:
    """Return how many widgets, figures and playing tasks the kernel holds."""
    return [int(count) for count in kernel.run(COUNT).split()]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "runs"), RUNS.items())
def test_many_runs_of_a_cell_leave_as_much_as_one(kernel, name, runs):
    cell = f"explorer = {name}()\nexplorer"  # a notebook's Out keeps each of them in addition
    kernel.run(cell, cell=name)
    once = counts(kernel)
    for _ in range(runs - 1):
        kernel.run(cell, cell=name)
    assert counts(kernel) == once
    kernel.run("explorer.close()")


def test_running_the_cell_again_stops_what_it_played(kernel):
    cell = "playing = TrainingExplorer(speed='fast')\nplaying.play()\nplaying"
    kernel.run(cell, cell="training")
    kernel.run("first = playing")
    assert kernel.run("print(first.trainer.steps > 0, first.playing)") == "True True\n"
    kernel.run("playing = 'the cell was edited'", cell="training")
    steps = kernel.run("print(first.trainer.steps, first.playing)")
    assert steps.endswith(" False\n")
    assert kernel.run("print(first.trainer.steps, first.playing)") == steps
    assert counts(kernel)[2] == 0


def test_another_cell_closes_nothing(kernel):
    kernel.run("ours = NeuronExplorer()\nours", cell="a")
    kernel.run("1 + 1", cell="b")
    kernel.run("1 + 1")
    assert kernel.run("print(ours.comm is not None)") == "True\n"
    kernel.run("ours.close()")


def test_a_prediction_goes_with_its_cell_too(kernel):
    question = next(iter(QUESTIONS))
    cell = f"from nnlib.exercises import predict\npredict({question!r})"
    kernel.run(cell, cell="prediction")
    once = counts(kernel)
    kernel.run(cell, cell="prediction")
    assert counts(kernel) == once


def test_cells_run_on_beside_a_playing_explorer(kernel):
    """As in "Run all": the cells after it are neither held up nor starved."""
    kernel.run("playing = TrainingExplorer(speed='fast')\nplaying.play()\nplaying", cell="play")
    for number in range(20):
        assert kernel.run(f"print({number})") == f"{number}\n"
    kernel.run("import asyncio\nawait asyncio.sleep(0.5)")
    assert kernel.run("print(playing.playing, playing.error)") == "True None\n"
    kernel.run("playing.close()")


def test_outside_a_notebook_nothing_happens():
    explorer = NeuronExplorer()
    close_with_cell(explorer)
    assert explorer.comm is not None
    explorer.close()


@pytest.mark.parametrize("name", NAMES)
def test_after_close_no_widget_no_task_no_timer_and_no_figure(name):
    before = set(ipywidgets.widgets.widget._instances)
    kept = []  # whoever keeps a closed explorer, as a notebook's Out does, keeps no figure

    async def scenario() -> None:
        explorer = getattr(nnlib.explorers, name)()
        kept.append(explorer)
        kept.append(weakref.ref(explorer.figure))
        kept.append(weakref.ref(explorer.view))
        if isinstance(explorer, TrainingExplorer):
            explorer.play()
        explorer.request_frame()
        await asyncio.sleep(0.1)
        loop = asyncio.get_running_loop()
        explorer.close()
        await asyncio.sleep(0.05)  # the player's own pause ends
        assert [timer for timer in loop._scheduled if not timer.cancelled()] == []
        assert asyncio.all_tasks() == {asyncio.current_task()}

    clock.run(scenario())
    gc.collect()
    explorer, figure, view = kept
    assert set(ipywidgets.widgets.widget._instances) == before
    assert figure() is None
    assert view() is None
    assert explorer.error is None
    assert explorer.summary
    gone = weakref.ref(explorer)
    kept.clear()
    del explorer
    gc.collect()
    assert gone() is None


def test_closed_explorers_stay_quiet():
    explorer = TrainingExplorer()
    explorer.close()
    explorer.learning_rate = 0.5
    explorer.step()
    explorer.play()
    explorer.close()
    assert explorer.error is None


def test_predictions_leave_nothing():
    before = set(ipywidgets.widgets.widget._instances)
    prediction = predict(next(iter(QUESTIONS)))
    parts = [weakref.ref(part) for part in family(prediction)]
    prediction.close()
    del prediction
    assert set(ipywidgets.widgets.widget._instances) == before
    gc.collect()
    assert [part() for part in parts if part() is not None] == []
