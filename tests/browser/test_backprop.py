"""BackpropExplorer in a page: it plays at a reader's pace, a click jumps, an answer is typed."""

from collections.abc import Iterator

import pytest
from lab import ExplorerOnPage, LabPage, OpenCells
from playwright.sync_api import Locator, expect

pytestmark = pytest.mark.browser

H1, LOSS = (0.26, 0.62), (0.63, 0.45)  # fractions of the picture, from bottom left
W_11 = (0.12, 0.64)
PACE = 1500  # milliseconds from one step to the next


@pytest.fixture(scope="module")
def opened(open_cells: OpenCells) -> Iterator[LabPage]:
    """A notebook with the explorer, and room to scroll it out of sight."""
    space = "from IPython.display import HTML\nHTML('<div style=\"height: 2500px\">…</div>')"
    with open_cells("from nnlib.explorers import BackpropExplorer\nBackpropExplorer()", space) as p:
        p.run_all()
        yield p


@pytest.fixture
def explorer(opened: LabPage) -> Iterator[ExplorerOnPage]:
    """The explorer at its start, wholly in view."""
    found = opened.explorer("BackpropExplorer")
    found.button("Reset").click()
    told(found, "Ready")
    found.canvas.scroll_into_view_if_needed()
    found.settle()
    yield found
    opened.check()


def told(explorer: ExplorerOnPage, words: str) -> None:
    """Wait until the summary says `words`."""
    explorer.wait_until(lambda: words in explorer.summary, words)


def steps(explorer: ExplorerOnPage) -> Locator:
    """Return the list of the steps."""
    return explorer.root.get_by_label("step", exact=True)


def step_of(explorer: ExplorerOnPage) -> int:
    """Return the step that the list shows."""
    return int(steps(explorer).evaluate("list => list.selectedIndex"))


def click(explorer: ExplorerOnPage, x: float, y: float) -> None:
    box = explorer.canvas.bounding_box()
    place = box["x"] + x * box["width"], box["y"] + (1 - y) * box["height"]
    explorer.root.page.mouse.click(*place)


def test_it_plays_one_step_at_a_time_and_pauses(explorer: ExplorerOnPage):
    explorer.button("Play").click()
    told(explorer, "Forward, step 2 of 7")
    explorer.root.page.wait_for_timeout(2 * PACE)
    assert 3 <= step_of(explorer) <= 4
    explorer.button("Pause").click()
    paused = step_of(explorer)
    explorer.root.page.wait_for_timeout(2 * PACE)
    assert step_of(explorer) == paused


def test_a_click_on_a_node_jumps_to_its_numbers(explorer: ExplorerOnPage):
    for words in ("the sum z of h₁", "the output of h₁", "δ of h₁"):
        click(explorer, *H1)
        told(explorer, words)
    click(explorer, *LOSS)
    told(explorer, "Forward, step 7 of 7: the loss")


def test_a_click_on_an_edge_jumps_to_its_gradient(explorer: ExplorerOnPage):
    click(explorer, *W_11)
    told(explorer, "the gradient of w⁽¹⁾₁₁")
    expect(explorer.root.get_by_label("parameter", exact=True)).to_have_value("w⁽¹⁾₁₁   x₁ → h₁")


def test_the_list_and_the_arrow_keys_jump(explorer: ExplorerOnPage):
    steps(explorer).select_option(index=9)
    told(explorer, "δ of ŷ")
    explorer.canvas.focus()
    explorer.root.page.keyboard.press("ArrowLeft")
    told(explorer, "how L changes with ŷ")


def test_an_answer_is_typed_and_judged(explorer: ExplorerOnPage):
    explorer.root.get_by_label("fill in").select_option(label="the backward pass")
    steps(explorer).select_option(index=9)
    told(explorer, "Your turn")
    answer = explorer.root.get_by_label("my number")
    answer.fill("−0.72")
    answer.press("Enter")
    told(explorer, "A factor is forgotten: the slope f′(z).")
    answer.fill("−1/6")
    answer.press("Enter")
    told(explorer, "✓ Right.")


def test_a_change_of_ones_own_is_typed(explorer: ExplorerOnPage):
    box = explorer.root.get_by_role("textbox", name="Δw my change")
    box.fill("0.01")
    box.press("Enter")
    told(explorer, "They agree")
    box.fill("5")
    box.press("Enter")
    told(explorer, "They part")


def test_it_pauses_out_of_sight(opened: LabPage, explorer: ExplorerOnPage):
    explorer.button("Play").click()
    opened.notebook.locator("div[style*='2500px']").evaluate("it => it.scrollIntoView()")
    opened.page.wait_for_timeout(4000)
    again = opened.explorer("BackpropExplorer")
    expect(again.root.locator(".nnlib-notice:visible", has_text="not on screen")).to_be_visible()
