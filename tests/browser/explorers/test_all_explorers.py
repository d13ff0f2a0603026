"""Every explorer in narrow windows, a projector's and a laptop's at 200 % zoom, and Tab's way."""

import re
from collections.abc import Iterator
from itertools import combinations

import pytest
from lab import LARGE_WINDOW, SMALL_WINDOW, LabPage, OpenCells, TakePicture, overlap
from playwright.sync_api import expect

import nnlib.explorers

pytestmark = pytest.mark.browser

EXPLORERS = [name for name in nnlib.explorers.__all__ if name != "Explorer"]
ZOOMED_WINDOW = {"width": 640, "height": 400}  # 1280 × 800 at 200 %: each CSS pixel is two wide
NARROWER_WINDOW = {"width": 920, "height": 1000}  # in the small one an equation may just fit
LEGIBLE = 540  # CSS pixels; in a narrower picture the smallest numbers could not be read

EQUATION = """from IPython.display import Markdown
Markdown("$$f(x, y) = x_1 w_1 + x_2 w_2 + x_3 w_3 + x_4 w_4 + x_5 w_5 + x_6 w_6 + x_7 w_7 + b$$")"""

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


# What has the focus: its name, its place, and whether a learner sees that it has it.
FOCUSED = """() => {
    const element = document.activeElement;
    const label = element.labels?.[0]?.textContent;
    const { x, y, width, height } = element.getBoundingClientRect();
    const scrolled = element.closest(".nnlib-drawer")?.scrollTop ?? 0;
    const top = element.closest(".nnlib-explorer").getBoundingClientRect().y;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return {
        name: (element.getAttribute("aria-label") || label || element.textContent).trim(),
        inside: element.closest(".nnlib-controls") !== null,
        drawer: element.closest(".nnlib-drawer") !== null,
        beside: element.closest(".nnlib-full > .nnlib-others") !== null,
        middle: [x + width / 2, y - top + scrolled + height / 2],
        outlined: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
    };
}"""


@pytest.fixture(scope="module")
def opened(open_cells: OpenCells) -> Iterator[LabPage]:
    """A notebook with every explorer, the file browser open."""
    shown = [f"explorers.{name}()" for name in EXPLORERS]
    with open_cells(EQUATION, "from nnlib import explorers", *shown) as page:
        page.run_all()
        page.page.evaluate("() => jupyterapp.commands.execute('filebrowser:activate')")
        yield page


@pytest.mark.parametrize("name", EXPLORERS)
@pytest.mark.parametrize("window", [SMALL_WINDOW, ZOOMED_WINDOW], ids=["projector", "zoom"])
def test_nothing_is_lost(page: LabPage, name: str, window: dict, take_picture: TakePicture):
    page.resize(window)
    explorer = page.explorer(name)
    for drawer in explorer.open_drawers():
        explorer.settle()
        take_picture(page.page, f"{name}-{drawer}-{window['width']}.png")
        assert explorer.root.evaluate(CUT_OFF) == []
        boxes = explorer.root.evaluate(BOXES)
        assert not [pair for pair in combinations(boxes, 2) if overlap(*pair)]
    picture = explorer.canvas.bounding_box()
    assert picture["width"] >= LEGIBLE
    shape = 3 if name == "ExportExplorer" else 9 / 4  # below that one stands a program
    assert picture["width"] / picture["height"] == pytest.approx(shape, abs=0.02)


def test_a_picture_wider_than_the_window_is_scrolled_by_keys(page: LabPage):
    page.resize(ZOOMED_WINDOW)
    explorer = page.explorer("NeuronExplorer")
    view = explorer.root.locator(".nnlib-view")
    explorer.button("More controls").focus()
    for _ in range(10):
        page.page.keyboard.press("Tab")
        if view.evaluate("view => view === document.activeElement"):
            break
    page.page.keyboard.press("ArrowRight")
    explorer.wait_until(lambda: view.evaluate("view => view.scrollLeft") > 0, "scrolled")


@pytest.mark.parametrize(
    ("mode", "shell"),
    [("mode", "[data-shell-mode=single-document]"), ("presentation-mode", "[class*=presentation]")],
)
def test_all_of_it_stands_in_simple_and_in_presentation_mode(page: LabPage, mode: str, shell: str):
    page.resize(SMALL_WINDOW)
    switch = f"() => jupyterapp.commands.execute('application:toggle-{mode}')"
    page.page.evaluate(switch)
    expect(page.page.locator(f"#main{shell}")).to_be_visible()
    explorer = page.explorer("TrainingExplorer")
    view, panel = (page.find(name).first for name in (".nnlib-view", ".jp-WindowedPanel-outer"))
    explorer.wait_until(lambda: view.evaluate("it => it.scrollWidth <= it.clientWidth"), "wide")
    assert explorer.root.bounding_box()["height"] <= panel.bounding_box()["height"]
    page.page.evaluate(switch)
    expect(page.page.locator(f"#main{shell}")).to_have_count(0)


@pytest.mark.parametrize("window", [SMALL_WINDOW, NARROWER_WINDOW], ids=["projector", "narrower"])
def test_an_equation_never_leaves_a_result_alone_on_a_line(page: LabPage, window: dict):
    page.resize(window)
    broken = []
    for name in EXPLORERS:
        explorer = page.explorer(name)
        explorer.settle()
        statements = explorer.root.evaluate(LINES)
        assert statements or not explorer.root.locator(".nnlib-equation:visible").count()
        broken += [lines for lines in statements if len(lines) > 1]
    assert broken
    if window == NARROWER_WINDOW:
        assert [
            "z⁽¹⁾₁ = x₁·w⁽¹⁾₁₁ + x₂·w⁽¹⁾₂₁ + b⁽¹⁾₁",
            "= 1.00·1.00 + 0.50·0.50 + 0.50 = 1.750",
        ] in [[line.strip() for line in lines] for lines in broken]
    for _, *lines in broken:
        assert not [line for line in lines if re.fullmatch(r"\s*(= )?[(−\d.⁻⁰-⁹·)]+\s*", line)]


def test_an_equation_that_grows_breaks_at_a_term_and_moves_nothing_below_it(page: LabPage):
    page.resize(SMALL_WINDOW)
    explorer = page.explorer_at_start("HingesExplorer")
    next(explorer.open_drawers())
    room = explorer.root.locator(".nnlib-below").bounding_box()["height"]
    explorer.slider("units").press("End")
    explorer.button("Best b and slopes for these places").click()
    explorer.wait_for_words("error 0.00887")
    explorer.settle()
    assert explorer.root.evaluate(CUT_OFF) == []
    (first, *others) = [line for lines in explorer.root.evaluate(LINES) for line in lines]
    assert first.startswith("ŷ = 0.247") and others
    assert not [line for line in others if not line.startswith("+")]
    assert explorer.root.locator(".nnlib-below").bounding_box()["height"] == room


def test_at_400_percent_a_slider_has_its_length_and_keys_scroll_an_equation(page: LabPage):
    page.page.keyboard.press("Escape")  # a control may have the focus, and keep the keys
    page.page.keyboard.press("Control+b")  # without the list of files
    page.resize({"width": 320, "height": 640})
    sliders = page.explorer("NeuronExplorer").root.locator(".noUi-target:visible")
    assert min(slider.bounding_box()["width"] for slider in sliders.all()) > 60
    equation = page.find(".jp-RenderedMarkdown").first
    page.scroll_to(equation)
    page.find(".jp-Cell").first.focus()
    for key, is_scrolled in (("ArrowRight", True), ("ArrowLeft", False)):
        page.page.keyboard.press(key)
        assert equation.evaluate("it => it.scrollLeft > 0") == is_scrolled
    page.resize(SMALL_WINDOW)
    page.page.keyboard.press("Control+b")


@pytest.mark.parametrize("name", EXPLORERS)
def test_tab_goes_through_named_and_outlined_controls_as_one_reads(page: LabPage, name: str):
    page.resize(LARGE_WINDOW)
    page.page.evaluate("() => jupyterapp.shell.collapseLeft()")
    explorer = page.explorer(name)
    for drawer in explorer.open_drawers():
        focusable = ":is(:is(select, input, button):enabled, .noUi-handle):visible"
        controls = explorer.root.locator(f".nnlib-controls {focusable}")
        controls.first.focus()
        visited = [page.page.evaluate(FOCUSED)]
        for _ in range(controls.count() - 1):
            page.page.keyboard.press("Tab")
            visited.append(page.page.evaluate(FOCUSED))
        assert all(stop["inside"] for stop in visited), (drawer, visited)
        assert [stop for stop in visited if not (stop["name"] and stop["outlined"])] == []
        assert visited == sorted(visited, key=as_one_reads)


def as_one_reads(stop: dict) -> tuple[bool, bool, int, float]:
    """Line after line; what stands in a column of its own beside the lines comes after them."""
    x, y = stop["middle"]
    return stop["drawer"], stop["beside"], round(y / 24), x
