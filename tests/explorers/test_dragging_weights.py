"""Weights and biases on the drawing of a network: a press selects one, a drag changes it."""

import numpy as np
import pytest
from pointing import Mouse

from nnlib.explorers import BackpropExplorer, FeedforwardExplorer
from nnlib.explorers.shared.network_parts import flat_index, named_parameters
from nnlib.plots.words.labels import short_signed

pytestmark = pytest.mark.usefixtures("no_frames")


DRAWING = {
    FeedforwardExplorer: lambda view: view._drawing,
    BackpropExplorer: lambda view: view.drawing.network,
}


@pytest.fixture(params=DRAWING, ids=lambda kind: kind.__name__)
def explorer(request):
    made = request.param()
    yield made
    made.close()


def places(explorer, name):
    """Return the middle of each handle of a weight: its label, then its edge if it has one."""
    return [
        tuple(np.mean(handle.outline, axis=0))
        for handle in explorer.view.handles
        if handle.name == name
    ]


def test_each_weight_and_bias_can_be_pressed_on_its_label_and_its_edge(explorer):
    mouse = Mouse(explorer)
    for name in named_parameters(explorer.sizes):
        spots = places(explorer, name)
        assert len(spots) == (2 if name.startswith("w") else 1), name
        for x, y in spots:
            before = explorer.parameters
            mouse.click(name, x, y)
            assert explorer.selected == name
            assert explorer.controls["selected"].value == name
            assert explorer.parameters == before


def test_a_drag_upwards_makes_it_larger_and_nothing_else(explorer):
    mouse = Mouse(explorer)
    for name, quantity in named_parameters(explorer.sizes).items():
        before, index = explorer.parameters, flat_index(explorer.sizes, quantity)
        mouse.pull(name, places(explorer, name)[-1], by=(17.0, 60.0))
        assert explorer.parameters[index] == pytest.approx(before[index] + 1.5)
        assert np.delete(explorer.parameters, index).tolist() == np.delete(before, index).tolist()
        text = DRAWING[type(explorer)](explorer.view).labels.texts[quantity].get_text()
        assert text.endswith(short_signed(before[index] + 1.5))
        assert explorer.live_figure.summary == explorer.summary
        mouse.pull(name, places(explorer, name)[0], by=(0.0, -60.0))
        assert explorer.parameters == pytest.approx(before)


def test_a_weight_beyond_the_sliders_ends_can_be_dragged_too(explorer):
    explorer.set_parameters(selected="w1_11", value=7.5)
    Mouse(explorer).pull("w1_11", places(explorer, "w1_11")[0], by=(0.0, -20.0))
    assert explorer.value == 7.0


def test_the_page_learns_the_labels_before_the_edges(explorer):
    """Where a label lies over another weight's edge, the label is meant."""
    handles = [h for h in explorer.live_figure.handles if h["cursor"] == "ns-resize"]
    filled = [handle["filled"] for handle in handles]
    assert filled == sorted(filled, reverse=True)
    x, y = np.transpose([corner for handle in handles for corner in handle["outline"]])
    assert 0 < x.min() < x.max() < 0.7
    assert 0 < y.min() < y.max() < 1


def test_handles_that_stay_are_sent_once(explorer):
    sent = []
    explorer.live_figure.observe(sent.append, names="handles")
    explorer.value = 3.0
    assert sent == []


def test_the_handles_are_those_of_the_networks_size():
    explorer = FeedforwardExplorer()
    explorer.set_parameters(hidden1=8, hidden2=8)
    names = {handle["name"] for handle in explorer.live_figure.handles}
    assert names == {*named_parameters((2, 8, 8, 1)), "point", "plane"}
    x, y = places(explorer, "w2_88")[-1]
    index = flat_index((2, 8, 8, 1), named_parameters((2, 8, 8, 1))["w2_88"])
    before = explorer.parameters[index]
    Mouse(explorer).pull("w2_88", (x, y), by=(0.0, 40.0))
    assert explorer.selected == "w2_88"
    assert explorer.value == explorer.parameters[index] == pytest.approx(before + 1.0)
    explorer.close()
