"""What a screen reader, axe-core and whoever has only keys find in explorers and predictions."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from lab import LabPage, OpenCells
from playwright.sync_api import expect

from nnlib import explorers
from nnlib.exercises.predictions.catalogue import QUESTIONS

pytestmark = pytest.mark.browser

# All in one cell: JupyterLab takes far cells off the page, and what is not there is not looked at.
ALL = """
import ipywidgets
from nnlib import explorers
from nnlib.exercises import predict
from nnlib.exercises.predictions.catalogue import QUESTIONS

names = [name for name in explorers.__all__ if name != "Explorer"]
ipywidgets.VBox([getattr(explorers, name)() for name in names] + [predict(it) for it in QUESTIONS])
"""
N_EXPLORERS = len(explorers.__all__) - 1
# The ones on the page are those of the course; what else is on it is JupyterLab's.
OURS = ".nnlib-explorer, .nnlib-prediction"
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


@pytest.fixture(scope="module")
def opened(open_cells: OpenCells) -> Iterator[LabPage]:
    """A notebook with all explorers and all predictions."""
    with open_cells(ALL) as page:
        page.run_all()
        ours = page.notebook.locator(OURS)
        expect(ours).to_have_count(N_EXPLORERS + len(QUESTIONS), timeout=60_000)
        drawn = page.notebook.locator(".nnlib-figure[aria-busy=false]")
        expect(drawn).to_have_count(N_EXPLORERS, timeout=60_000)
        yield page


def found_by_axe(page: LabPage) -> list[str]:
    """Return each rule that is broken, with what breaks it."""
    violations = Axe().run(page.page, context=[[it] for it in OURS.split(", ")]).response
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
        assert found_by_axe(page) == []
        number += 1
    assert number >= 3


def test_axe_finds_nothing_in_the_dark(page: LabPage):
    page.menu("Settings", "Theme", "JupyterLab Dark")
    page.page.wait_for_function("() => document.body.dataset.jpThemeLight == 'false'")
    assert found_by_axe(page) == []


def test_a_picture_that_listens_to_keys_gets_them_from_a_screen_reader_too(page: LabPage):
    focusable = page.notebook.locator("canvas[tabindex='0']")
    expect(focusable).to_have_count(3)
    for canvas in focusable.all():
        expect(canvas).to_have_role("application")
        assert "Arrow" in canvas.get_attribute("aria-keyshortcuts")


def test_where_the_system_chooses_the_colours_rails_and_buttons_have_outlines(page: LabPage):
    page.page.emulate_media(forced_colors="active")
    for name in (".noUi-target", ".nnlib-reset", ".nnlib-prediction button"):
        drawn = page.notebook.locator(name).first
        expect(drawn).to_have_css("border-top-width", "1px")
        text = drawn.evaluate("it => getComputedStyle(it).color")
        expect(drawn).to_have_css("border-top-color", text)
    page.page.emulate_media(forced_colors="none")


def test_where_something_will_be_read_out_a_status_stands_before(page: LabPage):
    regions = page.notebook.locator(".nnlib-told[role=status], .nnlib-outcome[role=status]")
    expect(regions).to_have_count(N_EXPLORERS + len(QUESTIONS))
    assert set(regions.all_text_contents()) == {""}
    explorer = page.explorer("NeuronExplorer")
    told = explorer.root.locator(".nnlib-told")
    prediction = page.notebook.locator(".nnlib-prediction").first
    outcome = prediction.locator(".nnlib-outcome")
    for region in (told, outcome):
        region.evaluate("it => { it.stoodBefore = true }")
    box = explorer.root.get_by_role("textbox", name="w₁")
    box.fill("much")
    box.blur()
    expect(told).to_contain_text("much")
    prediction.get_by_role("button", name="Commit").click()
    expect(outcome).not_to_be_empty()
    for region in (told, outcome):
        assert region.evaluate("it => it.stoodBefore && it.isConnected")
    explorer.reset()
