"""BackpropExplorer and GraphExplorer in a page: they are stepped, clicked on and typed in."""

import re
from collections.abc import Iterator

import pytest
from lab import ExplorerOnPage, LabPage, OpenCells
from playwright.sync_api import Locator, expect

pytestmark = pytest.mark.browser

H1, LOSS = (0.25, 0.67), (0.61, 0.47)  # fractions of the picture, from bottom left
W_11 = (0.12, 0.675)
PACE = 1500  # milliseconds from one step to the next


@pytest.fixture(scope="module")
def opened(open_cells: OpenCells) -> Iterator[LabPage]:
    """A notebook with the explorer, and room to scroll it out of sight."""
    space = "from IPython.display import HTML\nHTML('<div style=\"height: 2500px\">…</div>')"
    with open_cells("from nnlib.explorers import BackpropExplorer\nBackpropExplorer()", space) as p:
        p.run_all()
        yield p


@pytest.fixture
def explorer(page: LabPage) -> ExplorerOnPage:
    """The explorer at its start."""
    explorer = page.explorer_at_start("BackpropExplorer")
    explorer.wait_for_words("Ready")
    return explorer


def steps(explorer: ExplorerOnPage) -> Locator:
    """Return the list of the steps."""
    return explorer.root.get_by_label("step", exact=True)


def step_of(explorer: ExplorerOnPage) -> int:
    """Return the step that the list shows."""
    return int(steps(explorer).evaluate("list => list.selectedIndex"))


def test_it_plays_one_step_at_a_time_and_pauses(explorer: ExplorerOnPage):
    explorer.button("Play").click()
    explorer.wait_for_words("Forward, step 2 of 7")
    explorer.root.page.wait_for_timeout(2 * PACE)
    assert 3 <= step_of(explorer) <= 4
    explorer.button("Pause").click()
    paused = step_of(explorer)
    explorer.root.page.wait_for_timeout(2 * PACE)
    assert step_of(explorer) == paused


def test_a_click_on_a_node_jumps_to_its_numbers(explorer: ExplorerOnPage):
    for words in ("the sum z of h₁", "the output of h₁", "δ of h₁"):
        explorer.click(*H1)
        explorer.wait_for_words(words)
    explorer.click(*LOSS)
    explorer.wait_for_words("Forward, step 7 of 7: the loss")


def test_a_click_on_an_edge_jumps_to_its_gradient(explorer: ExplorerOnPage):
    explorer.click(*W_11)
    explorer.wait_for_words("the gradient of w⁽¹⁾₁₁")
    expect(explorer.root.get_by_label("parameter", exact=True)).to_have_value("w⁽¹⁾₁₁   x₁ → h₁")


def test_the_list_and_the_arrow_keys_jump(explorer: ExplorerOnPage):
    steps(explorer).select_option(index=9)
    explorer.wait_for_words("δ of ŷ")
    explorer.canvas.focus()
    explorer.root.page.keyboard.press("ArrowLeft")
    explorer.wait_for_words("how L changes with ŷ")


def test_an_answer_is_typed_and_judged(explorer: ExplorerOnPage):
    explorer.root.get_by_label("fill in").select_option(label="the backward pass")
    steps(explorer).select_option(index=9)
    explorer.wait_for_words("Your turn")
    answer = explorer.root.get_by_label("my number")
    answer.fill("−0.72")
    answer.press("Enter")
    explorer.wait_for_words("A factor is forgotten: the slope f′(z).")
    answer.fill("−1/6")
    answer.press("Enter")
    explorer.wait_for_words("✓ Right. Enter again goes on to the next step.")
    answer.press("Enter")
    explorer.wait_for_words("Your turn: type what ∂L/∂w⁽²⁾₁ is")
    expect(answer).to_be_focused()
    expect(answer).to_have_value("")


def test_a_change_of_ones_own_is_typed(explorer: ExplorerOnPage):
    box = explorer.root.get_by_role("textbox", name="Δw my change")
    box.fill("0.01")
    box.press("Enter")
    explorer.wait_for_words("They agree")
    box.fill("5")
    box.press("Enter")
    explorer.wait_for_words("They differ")


def test_it_pauses_out_of_sight(page: LabPage, explorer: ExplorerOnPage):
    explorer.button("Play").click()
    page.find("div[style*='2500px']").evaluate("it => it.scrollIntoView()")
    expect(explorer.notice("not on screen")).to_have_count(1)
    again = page.explorer("BackpropExplorer")
    expect(again.notice("not on screen")).to_be_visible()


def test_where_a_number_is_asked_for_a_click_only_looks(explorer: ExplorerOnPage):
    explorer.root.get_by_label("fill in").select_option(label="the backward pass")
    steps(explorer).select_option(index=14)
    explorer.wait_for_words("Your turn")
    explorer.click(*H1)
    explorer.wait_for_words("Looked at: δ⁽¹⁾₁ = ")
    assert step_of(explorer) == 14


def test_back_is_closed_at_the_start(explorer: ExplorerOnPage):
    expect(explorer.button("Back")).to_be_disabled()
    explorer.button("Step").click()
    expect(explorer.button("Back")).to_be_enabled()


@pytest.mark.parametrize("typed", ["−0.123456", "1234.567", "−0.0000012345"])
def test_no_digit_is_cut_off_in_its_box(explorer: ExplorerOnPage, typed: str):
    box = explorer.root.get_by_role("textbox", name="Δw my change")
    box.fill(typed)
    box.press("Enter")
    explorer.wait_for_words("w⁽¹⁾₁₁ from 1.00 to")
    expect(box).not_to_have_value(typed)
    assert box.evaluate("box => box.scrollWidth <= box.clientWidth")


def test_an_expression_of_ones_own_is_refused_mended_and_stepped(open_cells: OpenCells):
    cell = "from nnlib.explorers import GraphExplorer\nGraphExplorer()"
    with open_cells(cell, own_window=True) as page:
        page.run_all()
        explorer = page.explorer("GraphExplorer")
        box = explorer.root.get_by_role("textbox", name="expression")
        expect(box).to_have_value("L = (tanh(w*x + b) - y)**2")

        def type_in(text: str) -> None:
            box.fill(text)
            box.press("Enter")

        before = explorer.pixels
        type_in("x*x + 2y")
        remark = explorer.root.locator(".nnlib-remark")
        expect(remark).to_contain_text("“y” at place 8 comes right after “2”: a sign is missing.")
        assert explorer.pixels == before  # the last good graph
        below = remark.bounding_box()["y"] - box.bounding_box()["y"]
        assert 0 < below < 80
        type_in("x*x + x*y")
        expect(remark).to_have_count(0)
        explorer.wait_for_words("Leaves: x = 2.00, y = 1.00")
        leaves = explorer.root.locator(".widget-slider:visible")
        expect(leaves).to_have_text([re.compile("x leaf"), re.compile("y leaf")])
        explorer.slider("y leaf").press("ArrowRight")
        explorer.wait_for_words("y = 1.10")
        explorer.button("Step").click()  # after all is shown comes the start
        explorer.button("Step").click()
        explorer.wait_for_words("Forward, 1 of 3: u₁ = x·x")
        explorer.canvas.focus()
        explorer.canvas.press("ArrowRight")
        explorer.wait_for_words("Forward, 2 of 3: u₂ = x·y")
        page.check()
