"""Which figure shows the frames: the live one, or plain images where that cannot load."""

import asyncio
from io import BytesIO

import clock
import ipywidgets
import pytest
from PIL import Image

from nnlib.explorers import NeuronExplorer, TrainingExplorer
from nnlib.explorers.engine.live_figure import LiveFigure
from nnlib.explorers.engine.messages import places_in
from nnlib.explorers.engine.plain_figure import PlainFigure

HELLO = {"kind": "hello", "dark": False, "pixel_ratio": 1}


@pytest.fixture
def plain(monkeypatch):
    monkeypatch.setenv("NNLIB_FIGURE", "plain")


def widgets_of(kind):
    return [w for w in ipywidgets.widgets.widget._instances.values() if isinstance(w, kind)]


def test_plain_images_show_the_same_frames_and_words(plain):
    before = widgets_of(LiveFigure), widgets_of(PlainFigure)
    explorer = NeuronExplorer()
    assert isinstance(explorer.live_figure, PlainFigure)
    assert widgets_of(LiveFigure) == before[0], "its script is never asked for"
    image, words = explorer.live_figure.children
    first = image.value
    explorer.controls["w1"].value = -3.0
    assert image.value != first
    assert Image.open(BytesIO(image.value)).size == (900, 400)
    assert image.format == "png"
    for text in (explorer.summary, explorer.model().equation):
        assert text in words.value
    explorer.close()
    assert widgets_of(PlainFigure) == before[1]


def test_plain_images_are_quick_ones_while_something_moves_and_paced(plain):
    async def scenario():
        explorer = TrainingExplorer(speed="fast")
        image = explorer.live_figure.children[0]
        formats = []
        image.observe(lambda change: formats.append(image.format), names="value")
        explorer.controls["play"].click()
        await asyncio.sleep(1.5)
        assert explorer.playing
        assert 3 < len(formats) <= 16, "about ten frames a second, not as many as can be drawn"
        assert set(formats) == {"jpeg"}
        explorer.controls["pause"].click()
        await asyncio.sleep(0.6)
        assert image.format == "png"
        assert explorer.summary in explorer.live_figure.children[1].value.replace("&#x27;", "'")
        assert explorer.error is None
        explorer.close()

    clock.run(scenario())


def test_where_the_page_stays_silent_plain_images_take_over(short_silence):
    async def scenario():
        before = set(ipywidgets.widgets.widget._instances)
        explorer = NeuronExplorer()
        live = explorer.live_figure
        explorer._repr_mimebundle_()
        await asyncio.sleep(0.4)
        assert isinstance(explorer.live_figure, PlainFigure)
        assert explorer.live_figure.summary == explorer.summary
        live.receive({"kind": "screen", "dark": False, "pixel_ratio": 1})
        await asyncio.sleep(0.1)
        assert explorer.live_figure is live, "the page was only slow"
        assert live in [widget for widget, _box in places_in(explorer.children)]
        explorer.w1 = 2.0
        await asyncio.sleep(0.1)
        assert live.summary == explorer.summary
        explorer.close()
        assert set(ipywidgets.widgets.widget._instances) == before

    clock.run(scenario())


@pytest.mark.parametrize(("choice", "speaks"), [("live", False), (None, True)])
def test_the_live_figure_stays(short_silence, monkeypatch, choice, speaks):
    if choice is not None:
        monkeypatch.setenv("NNLIB_FIGURE", choice)

    async def scenario():
        explorer = NeuronExplorer()
        explorer._repr_mimebundle_()
        if speaks:
            explorer.live_figure.receive({"kind": "shown", "serial": 1})
        await asyncio.sleep(0.3)
        assert isinstance(explorer.live_figure, LiveFigure)
        explorer.close()

    clock.run(scenario())


def test_another_figure_of_a_kernel_whose_page_has_spoken_is_only_late(short_silence):
    async def scenario():
        first, second = NeuronExplorer(), NeuronExplorer()
        first.live_figure.receive(HELLO)
        second._repr_mimebundle_()
        await asyncio.sleep(0.4)
        assert isinstance(second.live_figure, LiveFigure)
        for explorer in (first, second):
            explorer.close()

    clock.run(scenario())


def test_what_a_page_says_while_a_cell_computes_is_heard_after_it(short_silence):
    async def scenario():
        explorer = NeuronExplorer()
        explorer._repr_mimebundle_()
        asyncio.get_running_loop().stand_still(0.3)
        for _ in range(3):  # turns, until a message has come through the kernel's queues
            await asyncio.sleep(0)
        assert isinstance(explorer.live_figure, LiveFigure)
        explorer.live_figure.receive(HELLO)
        await asyncio.sleep(0.3)
        assert isinstance(explorer.live_figure, LiveFigure)
        explorer.close()

    clock.run(scenario())


def test_closing_plain_images_closes_the_silent_figure_too(short_silence):
    async def scenario():
        before = set(ipywidgets.widgets.widget._instances)
        explorer = NeuronExplorer()
        explorer._repr_mimebundle_()
        await asyncio.sleep(0.4)
        assert isinstance(explorer.live_figure, PlainFigure)
        explorer.close()
        assert set(ipywidgets.widgets.widget._instances) == before

    clock.run(scenario())


def test_closing_before_the_page_could_speak_leaves_no_timer(short_silence):
    async def scenario():
        before = set(ipywidgets.widgets.widget._instances)
        explorer = NeuronExplorer()
        explorer._repr_mimebundle_()
        explorer.close()
        await asyncio.sleep(0.3)
        assert set(ipywidgets.widgets.widget._instances) == before

    clock.run(scenario())
