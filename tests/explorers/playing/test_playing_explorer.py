"""What every explorer with a Play button does: it rests when nobody looks, and only then."""

import asyncio
import gc

import clock
import pytest

from nnlib.explorers import BackpropExplorer, DescentExplorer, TrainingExplorer, TwoRunsExplorer
from nnlib.explorers.engine.plain_figure import PlainFigure
from nnlib.explorers.playing.playing_explorer import UNSEEN

EXPLORERS = (BackpropExplorer, DescentExplorer, TrainingExplorer, TwoRunsExplorer)

pytestmark = pytest.mark.parametrize("kind", EXPLORERS, ids=lambda kind: kind.__name__)


def after_play(kind, seconds, shown=False):
    """Return the explorer some time after Play, on a page that never says anything."""

    async def scenario():
        explorer = kind()
        if shown:
            explorer._repr_mimebundle_()
        explorer.controls["play"].click()
        await asyncio.sleep(seconds)
        left = explorer.playing, explorer.notice
        explorer.controls["reset"].click()
        assert not explorer.playing and explorer.notice is None
        assert explorer.error is None
        explorer.close()
        return *left, explorer

    return clock.run(scenario())


def test_it_pauses_when_nobody_looks_and_says_so(kind, monkeypatch):
    monkeypatch.setattr("nnlib.explorers.playing.pace.GONE_SECONDS", 0.3)
    playing, notice, _ = after_play(kind, 0.6)
    assert not playing
    assert notice == UNSEEN


def test_it_plays_on_where_plain_images_take_over(kind, monkeypatch, short_silence):
    """Nobody can tell whether those are on screen: they must be taken for seen."""
    monkeypatch.setattr("nnlib.explorers.playing.pace.GONE_SECONDS", 0.5)
    playing, notice, explorer = after_play(kind, 1.0, shown=True)
    assert playing and notice is None
    assert isinstance(explorer.live_figure, PlainFigure)


def test_what_is_refused_while_it_is_made_closes_in_silence(kind):
    with pytest.raises(TypeError, match="has no parameter"):
        kind(no_such_parameter=1)
    gc.collect()  # ipywidgets closes what is collected; pytest refuses a failure there
