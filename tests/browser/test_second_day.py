"""Nothing that a learner did is lost: Shift + Enter again, a restart, another kernel."""

import re
from collections.abc import Iterator

import pytest
from lab import ExplorerOnPage, Lab, LabPage, TakePicture, window, write_notebook
from playwright.sync_api import Browser, Locator, expect

pytestmark = pytest.mark.browser

CELLS = (
    "from nnlib.exercises import check_double, predict, progress\n"
    "from nnlib.explorers import NeuronExplorer, TrainingExplorer",
    "predict('neurons-bias')",
    "predict('neurons-average')",
    "predict('neurons-weights')",
    "NeuronExplorer(data='or')",
    "TrainingExplorer()",
    "check_double(lambda x: 2 * x)",
    "progress()",
)
OPTIONS, NUMBER, LINE, NEURON, TRAINING, EXERCISE, PROGRESS = range(1, len(CELLS))
AS_LEFT = "As you left it."


@pytest.fixture(scope="module")
def opened(chromium: Browser, lab: Lab) -> Iterator[LabPage]:
    """A notebook of a learner who has done nothing yet."""
    with window(chromium, lab, write_notebook(lab, *CELLS)) as page:
        page.run_all()
        yield page


def cell(page: LabPage, number: int) -> Locator:
    """Return a cell, in view."""
    found = page.find(".jp-Cell").nth(number)
    page.scroll_to(found)
    return found


def run_again(page: LabPage, number: int) -> Locator:
    """Press Shift + Enter in a cell, and wait for what it shows then."""
    found = cell(page, number)
    prompt = found.locator(".jp-InputPrompt")
    before = prompt.inner_text()
    page.wait_for_idle()
    found.locator(".jp-InputArea-editor").click()  # into the code, as a learner does
    page.page.keyboard.press("Shift+Enter")
    expect(prompt).to_have_text(re.compile(rf"^\[(?!{re.escape(before.strip('[]:'))}\]|\*)\d+\]:$"))
    page.scroll_to(found)
    return found


def restart_and_run_all(page: LabPage) -> None:
    """Do what chapter 1 recommends, and wait for the last cell."""
    page.menu("Kernel", "Restart Kernel and Run All Cells…")
    page.page.get_by_role("button", name="Confirm Kernel Restart").click()
    last = page.find(".jp-InputPrompt", has_text=re.compile(rf"^\[{len(CELLS)}\]:$"))
    first = cell(page, 0).locator(".jp-InputPrompt")
    expect(first).to_have_text("[1]:")
    page.scroll_to(last)
    page.wait_for_idle()


def prediction(page: LabPage, number: int) -> Locator:
    """Return the prediction that a cell shows, where nothing is answered."""
    root = cell(page, number).locator(".nnlib-prediction")
    again = root.get_by_role("button", name="Ask again")
    if again.count():
        again.click()
    expect(root.get_by_role("button", name="Commit")).to_be_visible()
    return root


def commit_options(root: Locator) -> None:
    root.get_by_role("radio").nth(1).check()
    root.get_by_label("How sure?").select_option("certain")
    root.get_by_role("button", name="Commit").click()
    expect(root.locator(".nnlib-outcome")).to_be_visible()


def explorer(root: Locator) -> ExplorerOnPage:
    return ExplorerOnPage(root.locator(".nnlib-explorer"))


def test_shift_enter_after_commit_leaves_answer_and_reveal(page: LabPage):
    root = prediction(page, OPTIONS)
    commit_options(root)
    told = root.locator(".nnlib-outcome").inner_text()
    again = run_again(page, OPTIONS)
    expect(again.get_by_role("radio").nth(1)).to_be_checked()
    expect(again.get_by_role("radio").nth(1)).to_be_disabled()
    assert again.get_by_label("How sure?").input_value() == "certain"
    assert again.locator(".nnlib-outcome").inner_text() == told
    assert "(certain)" in told


def test_enter_commits_a_number_an_objection_goes_with_its_cause_and_ask_again_forgets(
    page: LabPage,
):
    root = prediction(page, NUMBER)
    box = root.get_by_role("textbox")
    box.focus()
    page.page.keyboard.type("x")
    page.page.keyboard.press("Enter")
    expect(root.locator(".nnlib-outcome")).to_contain_text("is no number")
    page.page.keyboard.press("Backspace")
    expect(root.locator(".nnlib-outcome")).to_be_empty()
    page.page.keyboard.type("1,5")
    page.page.keyboard.press("Enter")
    expect(root.locator(".nnlib-outcome")).to_contain_text("You predicted: 1,5")
    again = run_again(page, NUMBER).locator(".nnlib-prediction")
    expect(again.get_by_role("textbox")).to_have_value("1,5")
    expect(again.locator(".nnlib-outcome")).to_contain_text("You predicted: 1,5")
    again.get_by_role("button", name="Ask again").click()
    expect(again.get_by_role("textbox")).to_have_value("")
    third = run_again(page, NUMBER).locator(".nnlib-prediction")
    expect(third.get_by_role("button", name="Commit")).to_be_visible()
    assert third.get_by_role("textbox").input_value() == ""


def test_an_explorer_stands_as_left_until_reset(page: LabPage):
    first = explorer(cell(page, NEURON))
    first.reset()
    slider = first.slider("w₁")
    slider.focus()
    for _ in range(3):
        page.page.keyboard.press("ArrowRight")
    first.settle()
    first.drag((0.2, 0.5), (0.25, 0.6))  # whatever of the picture is there
    first.settle()
    left = first.summary
    again = explorer(run_again(page, NEURON))
    expect(again.notice(AS_LEFT)).to_be_visible()
    again.wait_until(lambda: again.summary == left, "it stands as left")
    # A slider that is shown says once more where it stands, rounded as the page rounds.
    page.wait_until_heard()
    again.reset()
    expect(again.notice(AS_LEFT)).to_have_count(0)
    again.wait_until(lambda: again.summary != left, "the start")
    start = again.summary
    third = explorer(run_again(page, NEURON))
    third.settle()
    assert third.summary == start
    assert third.notice(AS_LEFT).count() == 0


def test_after_restart_and_run_all_everything_is_there(page: LabPage, take_picture: TakePicture):
    commit_options(prediction(page, OPTIONS))
    line = prediction(page, LINE)
    for box, number in zip(line.get_by_role("textbox").all(), ("0", "1", "1", "0"), strict=True):
        box.fill(number)
    page.page.keyboard.press("Enter")
    expect(line.locator(".nnlib-outcome")).to_contain_text("the line through (0, 1) and (1, 0)")
    neuron = explorer(cell(page, NEURON))
    neuron.slider("b").focus()
    page.page.keyboard.press("ArrowRight")
    neuron.settle()
    training = explorer(cell(page, TRAINING))
    training.reset()
    training.button("Play").click()
    training.wait_until(lambda: training.epoch > 3, "it trains")
    epoch = training.epoch  # it plays on until the kernel is restarted
    restart_and_run_all(page)
    expect(cell(page, OPTIONS).locator(".nnlib-outcome")).to_contain_text("(certain)")
    again = cell(page, LINE)
    expect(again.locator(".nnlib-outcome")).to_contain_text("the line through (0, 1) and (1, 0)")
    expect(again.get_by_role("img").get_by_text("what is so", exact=True)).to_be_visible()
    expect(explorer(cell(page, NEURON)).notice(AS_LEFT)).to_be_visible()
    trained = explorer(cell(page, TRAINING))
    expect(trained.notice(AS_LEFT)).to_be_visible()
    assert trained.epoch >= epoch
    table = cell(page, PROGRESS).locator("table")
    expect(table.locator("tr", has_text="Start here")).to_contain_text("1 of 1")
    expect(table.locator("tr", has_text="1 · Neurons")).to_contain_text("2 of ")
    for name, number in {"options": OPTIONS, "neuron": NEURON, "progress": PROGRESS}.items():
        take_picture(cell(page, number), f"second-day-{name}.png")


def test_shift_enter_runs_the_cell_also_from_a_control(page: LabPage):
    """JupyterLab leaves the key to a control: the button was pressed again, and no cell ran."""
    prompt = cell(page, NEURON).locator(".jp-InputPrompt")
    explorer = cell(page, NEURON).locator(".nnlib-explorer")
    number = explorer.get_by_role("textbox").first
    controls = (explorer.get_by_role("button", name="Reset"), explorer.get_by_role("slider").first)
    for control in (*controls, number):
        before = prompt.inner_text()
        control.focus()
        if control is number:
            control.fill("0.7")
        page.page.keyboard.press("Shift+Enter")
        expect(prompt).not_to_have_text(re.compile(rf"{re.escape(before)}|\*"))
        page.wait_for_idle()
    expect(number).to_have_value(re.compile("0.70?"))


def test_another_kernel_knows_it_too(page: LabPage, chromium: Browser, lab: Lab):
    commit_options(prediction(page, OPTIONS))
    other = write_notebook(lab, CELLS[0], CELLS[1])
    with window(chromium, lab, other, new_learner=False) as second:
        second.run_all()
        expect(cell(second, 1).locator(".nnlib-outcome")).to_contain_text("(certain)")
        second.check()
