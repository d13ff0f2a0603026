"""What a screen reader, axe-core and whoever has only keys find in explorers and predictions."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from lab import LabPage, OpenCells
from playwright.sync_api import expect

from nnlib import explorers
from nnlib.exercises.predictions.catalogue import QUESTIONS

pytestmark = pytest.mark.browser

# All in one cell: JupyterLab takes far cells off the page, and what is not there is not looked at.
# One after another, as a notebook makes them.
ALL = """
import ipywidgets
from nnlib import explorers
from nnlib.exercises import predict
from nnlib.exercises.predictions.catalogue import QUESTIONS

all_of_it = ipywidgets.VBox()
display(all_of_it)
for name in explorers.__all__:
    if name != "Explorer":
        all_of_it.children += (getattr(explorers, name)(),)
for name in QUESTIONS:
    all_of_it.children += (predict(name),)
"""
EXERCISE = "from nnlib.exercises import check_double\ncheck_double(lambda x: x)"
N_EXPLORERS = len(explorers.__all__) - 1
# The ones on the page are those of the course; what else is on it is JupyterLab's.
OURS = ".nnlib-explorer, .nnlib-prediction"
HAS_OPENED = ".nnlib-explorer:has([aria-expanded=true])"
# Open the drawer with this number in each explorer that has so many; return how many have.
OPEN = """number => {
    const drawers = [...document.querySelectorAll(".nnlib-explorer")]
        .map(it => it.querySelectorAll(".nnlib-others > [aria-expanded]")[number])
        .filter(it => it);
    for (const it of drawers) if (it.getAttribute("aria-expanded") == "false") it.click();
    return drawers.length;
}"""
OPENED = """number => [...document.querySelectorAll(".nnlib-explorer")]
    .map(it => it.querySelectorAll(".nnlib-others > [aria-expanded]")[number])
    .filter(it => it?.getAttribute("aria-expanded") == "true").length"""

# A screen reader looks when all scripts of a change have run, as one that paints the page does.
NOTE_WHAT_IT_SAYS = """slider => {
    const now = () => ["valuenow", "valuetext"].map(it => slider.getAttribute(`aria-${it}`));
    let last = String(now());
    slider.said = [];
    new MutationObserver(() => setTimeout(() => {
        if (String(now()) === last) return;
        last = String(now());
        slider.said.push(now()[1]);
    })).observe(slider, { attributes: true });
}"""


@pytest.fixture(scope="module")
def opened(open_cells: OpenCells) -> Iterator[LabPage]:
    """A notebook with all explorers and all predictions."""
    with open_cells(ALL, EXERCISE, EXERCISE) as page:
        page.run_all()
        ours = page.find(OURS)
        expect(ours).to_have_count(N_EXPLORERS + len(QUESTIONS))
        drawn = page.find(".nnlib-figure[aria-busy=false]")
        expect(drawn).to_have_count(N_EXPLORERS)
        yield page


def found_by_axe(page: LabPage, within: str = OURS, **options: list[str]) -> list[str]:
    """Return each rule that is broken, with what breaks it."""
    context = [[it] for it in within.split(", ")]
    options = {"resultTypes": ["violations"], **options}
    violations = Axe().run(page.page, context=context, options=options).response
    return [
        f"{rule['id']}: {node['html'][:300]} {node['failureSummary']}"
        for rule in violations["violations"]
        for node in rule["nodes"]
    ]


def test_axe_finds_nothing_with_any_drawer_open(page: LabPage):
    assert found_by_axe(page) == []
    number = 0
    while n_open := page.page.evaluate(OPEN, number):
        page.page.wait_for_function(f"number => ({OPENED})(number) == {n_open}", arg=number)
        assert found_by_axe(page, HAS_OPENED) == []
        number += 1
    assert number >= 3


def test_axe_finds_nothing_in_the_dark(page: LabPage):
    with page.in_the_dark():
        assert found_by_axe(page, runOnly=["cat.color"]) == []


def test_a_picture_that_listens_to_keys_gets_them_from_a_screen_reader_too(page: LabPage):
    focusable = page.find("canvas[tabindex='0']")
    expect(focusable).to_have_count(5)
    for canvas in focusable.all():
        expect(canvas).to_have_role("application")
        # Or Orca would say nothing of it, and keep the keys.
        expect(canvas.locator("xpath=..")).to_have_role("application")
        expect(canvas).to_contain_text("Arrow")
        assert "Arrow" in canvas.get_attribute("aria-keyshortcuts")


def test_where_the_system_chooses_the_colours_rails_and_buttons_have_outlines(page: LabPage):
    page.page.emulate_media(forced_colors="active")
    for name in (".noUi-target", ".nnlib-reset", ".nnlib-prediction button"):
        drawn = page.find(name).first
        expect(drawn).to_have_css("border-top-width", "1px")
        text = drawn.evaluate("it => getComputedStyle(it).color")
        expect(drawn).to_have_css("border-top-color", text)
    page.page.emulate_media(forced_colors="none")


def test_where_something_will_be_read_out_a_status_stands_before(page: LabPage):
    regions = page.find(".nnlib-told[role=status]")
    expect(regions).to_have_count(N_EXPLORERS + len(QUESTIONS))
    assert set(regions.all_text_contents()) == {""}
    explorer = page.explorer("NeuronExplorer")
    prediction = page.find(".nnlib-prediction").first
    told, outcome = (it.locator(".nnlib-told") for it in (explorer.root, prediction))
    for region in (told, outcome):
        region.evaluate("it => { it.stoodBefore = true }")
    box = explorer.root.get_by_role("textbox", name="w₁")
    box.fill("much")
    box.press("Enter")
    expect(told).to_contain_text("much")
    expect(box).to_have_attribute("aria-invalid", "true")
    # Once: a change of what describes a field that has the focus is read out too.
    expect(box).not_to_have_attribute("aria-describedby", re.compile("."))
    box.blur()
    expect(box).to_have_accessible_description(re.compile("much"))
    prediction.get_by_role("button", name="Commit").click()
    expect(outcome).not_to_be_empty()
    for region in (told, outcome):
        assert region.evaluate("it => it.stoodBefore && it.isConnected")
    explorer.reset()


def test_an_outcome_is_read_out_whole_and_in_its_order(page: LabPage):
    """Of what HTML brings into a status part by part, Orca tells some parts, not in their order."""
    prediction = page.notebook.get_by_role("group", name=QUESTIONS["neurons-gain"].text)
    page.scroll_to(prediction)
    prediction.get_by_role("radio").first.check()
    prediction.get_by_role("button", name="Commit").click()
    shown = prediction.locator(".nnlib-outcome")
    expect(shown).to_contain_text("What is so:")
    told = prediction.locator(".nnlib-told")
    assert told.evaluate("it => [...it.childNodes].map((part) => part.nodeType)") == [3]  # a text
    assert told.inner_text().split() == shown.inner_text().split()
    # Firefox makes a stop for Tab of whatever scrolls.
    assert prediction.evaluate("it => it.scrollHeight <= it.clientHeight")
    prediction.get_by_role("button", name="Ask again").click()
    expect(told).to_be_empty()


def test_a_slider_says_its_new_number_once_and_never_the_old_one(page: LabPage):
    explorer = page.explorer_at_start("TrainingExplorer")
    slider = explorer.slider("learning rate")
    slider.evaluate(NOTE_WHAT_IT_SAYS)
    slider.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", "0.125")
    explorer.settle()
    assert slider.evaluate("it => it.said") == ["0.125"]


def test_a_result_is_read_out_by_a_status_that_stands_before(page: LabPage):
    result = page.find("[data-mime-type='text/markdown']").get_by_text("✗ Not yet.")
    page.scroll_to(result)
    status = page.page.locator("#nnlib-status-region[role=status]")
    told = result.first.locator("xpath=..").inner_text()
    # Of all cells run in one go; what earlier notebooks of this window told stands there too.
    expect(status.locator("p", has_text=told)).to_have_count(2)
    status.evaluate("it => { it.stoodBefore = true; it.textContent = '' }")
    page.find(".jp-InputPrompt").last.click()
    page.page.keyboard.press("Control+Enter")
    expect(status).to_contain_text("✗ Not yet.")
    assert status.evaluate("it => it.stoodBefore")
    assert status.bounding_box()["width"] == 1
