"""What controls tell in a window of 1280 × 800: a slip beside its place, and what plays."""

from collections.abc import Iterator
from contextlib import nullcontext

import pytest
from colour import contrast
from lab import ExplorerOnPage, LabPage, OpenCells
from playwright.sync_api import Locator, expect

pytestmark = pytest.mark.browser

# The colour of a button's words and of what is behind them, from 0 to 1, and its frame.
COLOURS = """button => {
    const channels = (colour) => colour.match(/[\\d.]+/g).map(Number);
    let behind = button;
    while (channels(getComputedStyle(behind).backgroundColor)[3] === 0) {
        behind = behind.parentElement;
    }
    const { color, borderTopStyle } = getComputedStyle(button);
    const [words, ground] = [color, getComputedStyle(behind).backgroundColor].map(channels);
    return [words, ground].map(c => c.slice(0, 3).map(n => n / 255)).concat([borderTopStyle]);
}"""
TEAR = """() => {
    const Whole = globalThis.Whole = ImageDecoder;
    const torn = new TextEncoder().encode("stream.stderr");
    globalThis.ImageDecoder = class extends Whole {
        constructor({ type }) { super({ data: torn, type }); }
    };
}"""
CELLS = (
    "from nnlib.explorers import NeuronExplorer, TrainingExplorer",
    "NeuronExplorer()",
    "TrainingExplorer(data='table')",
)


@pytest.fixture(scope="module")
def opened(open_cells: OpenCells) -> Iterator[LabPage]:
    """Two explorers, each run once."""
    with open_cells(*CELLS) as page:
        page.run_all()
        yield page


@pytest.fixture
def neuron(page: LabPage) -> ExplorerOnPage:
    """NeuronExplorer as it opens."""
    return page.explorer_at_start("NeuronExplorer")


@pytest.fixture
def training(page: LabPage) -> ExplorerOnPage:
    """TrainingExplorer as it opens, with a table."""
    return page.explorer_at_start("TrainingExplorer")


def remark_in(explorer: ExplorerOnPage) -> Locator:
    """Return what is told beside a control."""
    return explorer.root.locator(".nnlib-remark")


def enter(explorer: ExplorerOnPage, name: str, text: str) -> Locator:
    """Type something into a box, and leave it; return the box."""
    box = explorer.root.get_by_role("textbox", name=name)
    box.fill(text)
    box.blur()
    return box


def below(control: Locator, remark: Locator) -> float:
    """Return how far the remark stands below the control, in CSS pixels."""
    box = control.bounding_box()
    return remark.bounding_box()["y"] - box["y"] - box["height"]


def test_a_wrong_table_is_told_under_its_box_and_in_view(training: ExplorerOnPage):
    pixels, summary = training.pixels, training.summary
    remark = remark_in(training)
    table = enter(training, "my table", "1,2,0\n3,oops,1\n")
    expect(remark).to_contain_text("Row 2, column 2: 'oops' is not a finite number.")
    expect(remark).to_be_in_viewport(ratio=1)
    expect(table).to_be_in_viewport()
    assert 0 <= below(table, remark) < 20
    for technical in ("Error", "line", "(", "refuse"):
        expect(remark).not_to_contain_text(technical)
    expect(table).to_have_attribute("aria-invalid", "true")
    expect(table).to_have_accessible_description(remark.inner_text())
    training.wait_until(lambda: training.looks_like(pixels), "as it was")
    assert training.summary == summary

    table.press("End")
    table.press_sequentially(" ")  # to correct it takes the remark away
    expect(remark).to_be_hidden()
    table.press("Backspace")
    table.blur()  # as it was: the remark is back
    expect(remark).to_be_visible()
    expect(table).to_have_value("1,2,0\n3,oops,1\n")
    enter(training, "my table", "1,2,0\n3,4,1\n5,1,0\n2,6,1\n")
    training.wait_for_words("(2 rows")
    expect(remark).to_have_count(0)
    expect(table).not_to_have_attribute("aria-invalid", "true")


def test_no_number_is_told_under_its_box_and_nothing_moves(neuron: ExplorerOnPage):
    places = [it.bounding_box() for it in (neuron.canvas, neuron.slider("b bias"))]
    box = enter(neuron, "w₂ weight", "two")
    remark = remark_in(neuron)
    expect(remark).to_contain_text("“two” is not a number.")
    expect(remark).to_be_in_viewport(ratio=1)
    assert 0 <= below(box, remark) < 20
    assert [it.bounding_box() for it in (neuron.canvas, neuron.slider("b bias"))] == places
    expect(box).to_have_accessible_description(remark.inner_text())
    neuron.slider("b bias").press("ArrowRight")
    expect(remark).to_have_count(0)


def test_99_leaves_the_slider_as_it_was(neuron: ExplorerOnPage):
    slider = neuron.slider("w₁ weight")
    enter(neuron, "w₁ weight", "99")
    neuron.wait_for_words("Weights 99.00")
    expect(slider).to_have_attribute("aria-valuetext", "99.0")
    expect(slider).to_have_attribute("aria-valuemax", "5.0")
    slider.press("ArrowLeft")  # it stands at its end, and goes on from there
    neuron.wait_for_words("Weights 4.90")
    enter(neuron, "w₁ weight", "1")
    neuron.wait_for_words("Weights 1.00")
    before = slider.bounding_box()["x"]
    slider.press("ArrowRight")
    neuron.wait_for_words("Weights 1.10")
    assert 0.5 < slider.bounding_box()["x"] - before < 5, "a tenth is a tenth of the old range"


def test_a_frame_that_came_torn_leaves_the_picture_and_the_next_is_shown(neuron: ExplorerOnPage):
    """A kernel that is shut down may tear its last message."""
    before, page = neuron.pixels, neuron.root.page
    page.evaluate(TEAR)
    neuron.slider("w₁ weight").press("End")
    page.wait_for_timeout(1000)  # both frames of it have come
    assert neuron.pixels == before
    page.evaluate("() => { globalThis.ImageDecoder = globalThis.Whole; }")
    neuron.slider("w₁ weight").press("ArrowLeft")
    neuron.wait_for_words("Weights 4.90")
    assert neuron.pixels != before


def test_play_shows_that_it_plays_and_interrupt_pauses_it(training: ExplorerOnPage):
    page = training.root.page
    play, pause = training.button("Play"), training.button("Pause")
    expect(pause).to_be_hidden()
    place = play.bounding_box()
    play.focus()
    play.press("Enter")
    expect(play).to_be_hidden()
    expect(pause).to_be_focused()
    assert pause.bounding_box() == place
    assert running(pause) == ["running"]
    expect(training.canvas).to_have_css("outline-style", "none")  # a frame would be an alarm
    expect(pause).to_have_css("outline-style", "solid")  # the focus came by keyboard
    training.wait_until(lambda: training.epoch > 2, "training")

    page.locator("[data-command='notebook:interrupt-kernel']").first.click()
    expect(play).to_be_visible()
    expect(pause).to_be_hidden()
    expect(training.notice("Paused by the kernel's Interrupt")).to_be_visible()
    training.settle()
    epoch = training.epoch
    play.click()
    training.wait_until(lambda: training.epoch > epoch, "training")
    pause.press("Enter")
    expect(play).to_be_focused()


def test_nothing_but_a_drawer_scrolls_within_an_explorer(training: ExplorerOnPage):
    """Where scroll bars are seen, one within the page's would catch the wheel."""
    assert inner_scrolling(training) == []
    training.button("Network").click()
    try:
        expect(training.root.locator(".nnlib-drawer:visible")).to_have_count(1)
        training.wait_until(lambda: not inner_scrolling(training)[1:], "the drawer at most")
    finally:
        training.button("Network").click()


def inner_scrolling(explorer: ExplorerOnPage) -> list[str]:
    """Return what has more in it than it shows, the explorer itself included."""
    return explorer.root.evaluate(
        """root => [root, ...root.querySelectorAll(":not(input, textarea)")].filter((it) =>
            ["auto", "scroll"].includes(getComputedStyle(it).overflowY) &&
            (it.scrollHeight > it.clientHeight || it.scrollWidth > it.clientWidth)
        ).map((it) => it.className)"""
    )


def test_reset_stands_at_the_right_end_far_from_restart(training: ExplorerOnPage):
    reset, restart = (training.button(name).bounding_box() for name in ("Reset", "Restart"))
    right = training.root.bounding_box()
    assert abs(reset["x"] + reset["width"] - right["x"] - right["width"]) < 8
    apart = reset["x"] - restart["x"] - restart["width"]
    assert apart > 80 or reset["y"] != restart["y"]


def test_a_button_at_its_end_answers_in_view(training: ExplorerOnPage):
    training.reset()
    training.button("Restart").click()
    notice = training.notice("It stands at its start.")
    expect(notice).to_be_in_viewport(ratio=0.9)


def running(button: Locator) -> list[str]:
    """Return the state of what moves in a button."""
    return button.evaluate("it => it.getAnimations({ subtree: true }).map(a => a.playState)")


@pytest.mark.parametrize("is_dark", [True, False])
def test_words_on_buttons_can_be_read(training: ExplorerOnPage, page: LabPage, is_dark: bool):
    looks = {}
    with page.in_the_dark() if is_dark else nullcontext():
        training.wait_until(lambda: training.is_dark == is_dark, "drawn for the theme")
        for name in ("Play", "Step", "Restart", "Reset"):
            colour, ground, frame = training.button(name).evaluate(COLOURS)
            looks[name] = (*ground, frame)
            assert contrast(colour, ground) >= 4.5, (name, colour, ground)
    assert len(set(looks.values())) == 3, "Play, steps and beginning anew look different"
