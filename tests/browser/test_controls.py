"""What controls tell in a window of 1280 × 800: a slip beside its place, and what plays."""

from collections.abc import Iterator

import pytest
from lab import ExplorerOnPage, LabPage, OpenCells
from playwright.sync_api import Locator, expect

pytestmark = pytest.mark.browser

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
    """Return what is told beside a control, heard as an alert."""
    return explorer.root.locator(".nnlib-remark").get_by_role("alert")


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
    before, words = training.pixels, training.summary
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
    assert (training.pixels, training.summary) == (before, words)

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


def test_no_number_is_told_under_its_box(neuron: ExplorerOnPage):
    box = enter(neuron, "w₂ weight", "two")
    remark = remark_in(neuron)
    expect(remark).to_contain_text("“two” is not a number.")
    expect(remark).to_be_in_viewport(ratio=1)
    assert 0 <= below(box, remark) < 20
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
