"""Every explorer in narrow windows: a projector's, and a laptop's at 200 % zoom."""

import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from lab import SMALL_WINDOW, LabPage, OpenCells, overlap

import nnlib.explorers

pytestmark = pytest.mark.browser

EXPLORERS = [name for name in nnlib.explorers.__all__ if name != "Explorer"]
ZOOMED_WINDOW = {"width": 640, "height": 400}  # 1280 × 800 at 200 %: each CSS pixel is two wide
LEGIBLE = 560  # CSS pixels; in a narrower picture the smallest numbers could not be read

# What is wider than its room, the view of the picture and the inside of sliders aside.
CUT_OFF = """explorer => [...explorer.querySelectorAll("*")].filter(element =>
    element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 1
    && !element.closest(".slider-container, .nnlib-view, .nnlib-heard")
    && getComputedStyle(element).display !== "inline"
).map(element => element.outerHTML.slice(0, 200))"""

# Where controls, picture and words are seen; a drawer may be scrolled.
BOXES = """explorer => [...explorer.querySelectorAll(
    ".nnlib-controls:not(.nnlib-drawer) > *, .nnlib-drawer, .nnlib-figure > *"
)].map(element => element.getBoundingClientRect().toJSON()).filter(box => box.height > 0)"""

# The lines of each statement of the equation; what raises a power is no line of its own.
LINES = """explorer => [...explorer.querySelectorAll(
    ".nnlib-equation > span:first-child > .nnlib-statement"
)].map(statement => {
    const walker = document.createTreeWalker(statement, NodeFilter.SHOW_TEXT);
    const lines = [""];
    let bottom = Infinity;
    while (walker.nextNode()) {
        const text = walker.currentNode;
        if (text.parentElement.closest(".nnlib-raise, sup")) continue;
        for (let k = 0; k < text.length; k++) {
            const range = document.createRange();
            range.setStart(text, k);
            range.setEnd(text, k + 1);
            const box = range.getBoundingClientRect();
            if (box.width && box.top >= bottom) lines.push("");
            if (box.width) bottom = box.bottom - 3;
            lines[lines.length - 1] += text.data[k];
        }
    }
    return lines;
})"""


@pytest.fixture(scope="module")
def opened(open_cells: OpenCells) -> Iterator[LabPage]:
    """A notebook with every explorer, the file browser open."""
    shown = [f"explorers.{name}()" for name in EXPLORERS]
    with open_cells("from nnlib import explorers", *shown, pixel_ratio=2) as page:
        page.run_all()
        yield page


@pytest.mark.parametrize("name", EXPLORERS)
@pytest.mark.parametrize("window", [SMALL_WINDOW, ZOOMED_WINDOW], ids=["projector", "zoom"])
def test_nothing_is_lost(page: LabPage, name: str, window: dict, screenshots: Path):
    page.page.set_viewport_size(window)
    explorer = page.explorer(name)
    for drawer in explorer.open_drawers():
        explorer.settle()
        page.page.screenshot(path=screenshots / f"{name}-{drawer}-{window['width']}.png")
        assert explorer.root.evaluate(CUT_OFF) == []
        boxes = explorer.root.evaluate(BOXES)
        assert not [pair for pair in combinations(boxes, 2) if overlap(*pair)]
    picture = explorer.canvas.bounding_box()
    assert picture["width"] >= LEGIBLE
    assert picture["width"] / picture["height"] == pytest.approx(9 / 4, abs=0.02)


def test_a_picture_wider_than_the_window_is_scrolled_by_keys(page: LabPage):
    page.page.set_viewport_size(ZOOMED_WINDOW)
    explorer = page.explorer("NeuronExplorer")
    view = explorer.root.locator(".nnlib-view")
    explorer.button("More controls").focus()
    for _ in range(10):
        page.page.keyboard.press("Tab")
        if view.evaluate("view => view === document.activeElement"):
            break
    page.page.keyboard.press("ArrowRight")
    explorer.wait_until(lambda: view.evaluate("view => view.scrollLeft") > 0, "scrolled")


def test_an_equation_never_leaves_a_result_alone_on_a_line(page: LabPage):
    page.page.set_viewport_size(SMALL_WINDOW)
    broken = []
    for name in EXPLORERS:
        explorer = page.explorer(name)
        explorer.settle()
        statements = explorer.root.evaluate(LINES)
        assert statements or not explorer.root.locator(".nnlib-equation:visible").count()
        broken += [lines for lines in statements if len(lines) > 1]
    assert ["z⁽¹⁾₁ = x₁·w⁽¹⁾₁₁ + x₂·w⁽¹⁾₂₁ + b⁽¹⁾₁", "= 1.00·1.00 + 0.50·0.50 + 0.50 = 1.750"] in [
        [line.strip() for line in lines] for lines in broken
    ]
    for _, *lines in broken:
        assert not [line for line in lines if re.fullmatch(r"\s*(= )?[(−\d.⁻⁰-⁹·)]+\s*", line)]


def test_a_result_longer_than_a_line_is_whole_and_breaks_at_its_terms(page: LabPage):
    page.page.set_viewport_size(SMALL_WINDOW)
    explorer = page.explorer_at_start("HingesExplorer")
    next(explorer.open_drawers())
    explorer.slider("units").press("End")
    explorer.button("Best slopes for these places").click()
    explorer.wait_for_words("error 0.009")
    explorer.settle()
    assert explorer.root.evaluate(CUT_OFF) == []
    [[first, *others]] = explorer.root.evaluate(LINES)
    assert first.startswith("ŷ = 0.247") and others
    assert not [line for line in others if not line.startswith("+")]


def test_at_400_percent_a_slider_has_its_length(page: LabPage):
    page.page.keyboard.press("Escape")  # a control may have the focus, and keep the keys
    page.page.keyboard.press("Control+b")  # without the list of files
    page.page.set_viewport_size({"width": 320, "height": 640})
    sliders = page.explorer("NeuronExplorer").root.locator(".noUi-target:visible")
    assert min(slider.bounding_box()["width"] for slider in sliders.all()) > 60
    page.page.set_viewport_size(SMALL_WINDOW)
    page.page.keyboard.press("Control+b")
