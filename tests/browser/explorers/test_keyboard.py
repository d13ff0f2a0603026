"""Explorers by keyboard and by ear: keys, typed values, spoken words."""

from collections.abc import Iterator

import pytest
from lab import ExplorerOnPage, LabPage, OpenCells
from playwright.sync_api import Locator, expect

pytestmark = pytest.mark.browser

ASK = "predict('neurons-bias')"
# Counts what is said while the picture still moves.
COUNT_EARLY = """element => {
    const figure = element.closest(".nnlib-explorer").querySelector(".nnlib-figure");
    element.early = 0;
    new MutationObserver(() => {
        if (figure.getAttribute("aria-busy") === "true") element.early += 1;
    }).observe(element, { childList: true });
}"""


@pytest.fixture(scope="module")
def opened(open_cells: OpenCells) -> Iterator[LabPage]:
    """A notebook with two explorers and a prediction."""
    start = "from nnlib.explorers import *\nfrom nnlib.exercises import predict"
    with open_cells(start, "NeuronExplorer()", "TrainingExplorer()", ASK) as page:
        page.run_all()
        yield page


@pytest.fixture
def neuron(page: LabPage) -> ExplorerOnPage:
    """NeuronExplorer at rest, in its first state."""
    explorer = page.explorer_at_start("NeuronExplorer")
    expect(explorer.root.get_by_role("textbox", name="w₁ weight")).to_have_value("1.0")
    return explorer


def box(explorer: ExplorerOnPage, name: str) -> Locator:
    """Return the box to type in beside a slider."""
    return explorer.root.get_by_role("textbox", name=name)


def enter(explorer: ExplorerOnPage, name: str, text: str) -> None:
    """Type a number, as a learner does."""
    box(explorer, name).press("Control+a")
    box(explorer, name).press_sequentially(text)
    box(explorer, name).press("Enter")


def test_slider_keys_step_and_jump(neuron: ExplorerOnPage):
    slider = neuron.slider("w₁ weight")
    slider.focus()
    for key, shown in {
        "ArrowRight": "1.1",
        "ArrowUp": "1.2",
        "ArrowLeft": "1.1",
        "PageUp": "1.6",
        "PageDown": "1.1",
        "Home": "−5.0",
        "End": "5.0",
    }.items():
        slider.press(key)
        expect(box(neuron, "w₁ weight")).to_have_value(shown)
        expect(slider).to_have_attribute("aria-valuetext", shown)


@pytest.mark.parametrize(
    ("typed", "shown", "words"),
    [("2.35", "2.35", "Weights 2.35"), ("−12.5", "−12.5", "Weights −12.50")],
    ids=["between two stops", "beyond the end"],
)
def test_any_value_can_be_typed(neuron: ExplorerOnPage, typed: str, shown: str, words: str):
    height = neuron.slider("w₁ weight").bounding_box()["y"]
    enter(neuron, "w₁ weight", typed)
    neuron.wait_for_words(words)
    neuron.settle()
    neuron.root.page.wait_for_timeout(500)  # the slider's own view may answer
    assert words in neuron.summary
    expect(box(neuron, "w₁ weight")).to_have_value(shown)
    expect(neuron.slider("w₁ weight")).to_have_attribute("aria-valuetext", shown)
    expect(neuron.canvas).to_have_attribute("aria-label", neuron.summary)
    assert neuron.slider("w₁ weight").bounding_box()["y"] == height  # also marked as beyond


def test_what_is_no_number_is_refused_in_words(page: LabPage, neuron: ExplorerOnPage):
    enter(neuron, "w₁ weight", "two")
    failure = neuron.root.locator(".nnlib-error")
    expect(failure).to_contain_text("finite number")
    expect(box(neuron, "w₁ weight")).to_have_value("1.0")
    enter(neuron, "w₁ weight", "2")
    expect(failure).to_be_hidden()


def test_a_logarithmic_slider_says_its_number_not_its_exponent(page: LabPage):
    explorer = page.explorer("TrainingExplorer")
    slider = explorer.slider("learning rate")
    expect(slider).to_have_attribute("aria-valuetext", "0.1")
    slider.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", "0.125")


def test_screen_readers_hear_the_picture_at_rest_only(neuron: ExplorerOnPage):
    heard = neuron.root.locator(".nnlib-heard:not(.nnlib-told)")
    expect(heard).to_have_text(neuron.summary)
    heard.evaluate(COUNT_EARLY)
    slider = neuron.slider("w₁ weight")
    for _ in range(8):
        slider.press("ArrowRight")
    neuron.wait_for_words("Weights 1.80")
    expect(heard).to_have_text(neuron.summary)
    assert heard.evaluate("element => element.early") == 0


def test_a_prediction_is_made_by_keyboard(page: LabPage):
    options = page.notebook.get_by_role("radio")
    page.scroll_to(options)
    page.page.wait_for_timeout(500)
    options.first.focus()
    page.page.keyboard.press("Space")
    expect(options.first).to_be_checked()
    page.page.keyboard.press("ArrowDown")
    expect(options.nth(1)).to_be_checked()
    page.page.keyboard.press("Tab")  # to the list that asks how sure one is
    page.page.keyboard.press("Tab")
    page.page.keyboard.press("Enter")
    expect(page.find(".nnlib-outcome")).to_contain_text("You predicted:")
