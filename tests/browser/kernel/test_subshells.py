"""Widget messages on kernel subshells, one or many, or on the main shell: all must be right."""

from collections.abc import Iterator

import pytest
from lab import ExplorerOnPage, Lab, LabPage, OpenCells
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PLUGIN = "@jupyterlab/apputils-extension/kernels-settings"
ANYWAY = "perCommTarget"  # what JupyterLab does if nobody sets it, so any window will do
# With perComm each control is a thread with sockets of its own, and ZeroMQ allows 1,023 of them: a
# TrainingExplorer alone, with its 250 widgets and their layouts, would need more.
PLAYING = {"perComm": "DescentExplorer"}
MAKE = """import threading
from nnlib.explorers import {playing}, NeuronExplorer
threads, sent = set(), []
neuron, training = NeuronExplorer(w1=1.3), {playing}()
training.set_parameters(**{fast})
neuron.controls["w1"].observe(lambda _: threads.add(threading.current_thread().name), "value")
neuron.controls["w1"].observe(lambda change: sent.append(change.new), "value")"""
TELL = """import ipykernel
explorers = (neuron, training)
print([e.error for e in explorers], [e.live_figure.summary == e.summary for e in explorers])
live = neuron.live_figure
print("serial", live.serial, live.delivery.painted == live.serial)
print("w1", neuron.w1, neuron.controls["w1"].value == neuron.w1)
print("sent", sent)
print("ipykernel", ipykernel.__version__, "callbacks on", sorted(threads))"""


@pytest.fixture(scope="module", params=["disabled", ANYWAY, "perComm"])
def opened(
    request: pytest.FixtureRequest, lab: Lab, open_cells: OpenCells
) -> Iterator[tuple[str, LabPage]]:
    """Two explorers in a JupyterLab with this setting; 4.2 knows none and ignores it."""
    lab.set(PLUGIN, {"commsOverSubshells": request.param})
    playing = PLAYING.get(request.param, "TrainingExplorer")
    fast = {"speed": "fast"} if playing == "TrainingExplorer" else {}
    cells = (MAKE.format(playing=playing, fast=fast), "neuron", "training", TELL)
    with open_cells(*cells, own_window=request.param != ANYWAY) as page:
        page.run_all()
        yield request.param, page
    lab.set(PLUGIN, {})


def test_a_slider_that_nobody_moves_sends_nothing_new(opened: tuple[str, LabPage]):
    """What its steps make of 1.3 it sends at once; 1.3 later would undo what came in between."""
    _setting, page = opened
    expect(page.explorer("NeuronExplorer").root.locator("[data-exact]")).not_to_have_count(0)
    page.wait_until_heard()
    told = run_last_cell(page)
    assert "sent []" in told or "sent [1.2999999999999998]" in told


def test_a_drag_while_training_plays_ends_in_one_state(opened: tuple[str, LabPage]):
    setting, page = opened
    playing = PLAYING.get(setting, "TrainingExplorer")
    training = page.explorer(playing)
    training.button("Play").click()
    drag(page, page.explorer("NeuronExplorer"))
    training = page.explorer(playing)
    if training.button("Pause").is_visible():  # a descent may have come to its end by itself
        training.button("Pause").click()
    page.page.wait_for_timeout(1000)
    training.settle()
    expect(training.canvas).to_have_attribute("aria-label", training.summary)

    told = run_last_cell(page)
    assert "[None, None] [True, True]" in told
    assert told.count("False") == 0, told  # the frame painted last is the newest, for one
    neuron = page.explorer("NeuronExplorer")
    weight = float(told.split("w1 ")[1].split()[0])
    assert f"Weights {weight:.2f} and".replace("-", "−") in neuron.summary
    expect(neuron.canvas).to_have_attribute("aria-label", neuron.summary)
    on_subshell = "subshell" in told.split("callbacks on")[1].lower()
    if setting == "disabled" or "ipykernel 6" in told:
        assert not on_subshell, told
    print(setting, told)
    page.check()


def drag(page: LabPage, explorer: ExplorerOnPage) -> None:
    """Drag the first slider to and fro with the mouse, as quickly as the page takes it."""
    handle = explorer.slider().bounding_box()
    x, y = handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2
    mouse = page.page.mouse
    mouse.move(x, y)
    mouse.down()
    for move in range(40):
        mouse.move(x + 60 * (1 if (move // 10) % 2 else -1) * (move % 10) / 10, y)
    mouse.move(x + 31, y)
    mouse.up()


def run_last_cell(page: LabPage) -> str:
    """Run the last cell again and return what it prints."""
    cell = page.find(".jp-CodeCell").last
    page.scroll_to(cell)
    cell.locator(".jp-InputPrompt").click()
    page.page.keyboard.press("Control+Enter")
    page.wait_until_heard()
    return cell.locator(".jp-OutputArea-output").inner_text()
