"""The views of a training run, used: scrub and fork, look inside, compare, take the code away."""

from collections.abc import Iterator

import pytest
from lab import LARGE_WINDOW, SMALL_WINDOW, ExplorerOnPage, LabPage, OpenCells, TakePicture
from playwright.sync_api import expect

from nnlib import Network

pytestmark = pytest.mark.browser

CELLS = (
    "from nnlib.explorers import *",
    "TimelineExplorer()",
    "training = TrainingExplorer()\ntraining",
    "TimelineExplorer(of=training).add_class('of-training')",
    "inside = TrainingExplorer(data='moons', hidden1=2, seed=0).add_class('inside')\ninside",
    "UpdateExplorer(of=inside)",
    "TwoRunsExplorer(speed='fast', show=('varied', 'a', 'b', 'noise'))",
    "ExportExplorer()",
)
CURVES = (0.69, 0.135, 0.178, 0.735)  # left, bottom, width, height in the timeline's picture
W_21, DOT_8 = (0.104, 0.415), (0.862, 0.72)  # in the picture of the next update, from bottom left
LINE_OF_A_PROGRAM = 18  # CSS pixels
# At which widths of an explorer's words some of them are broken.
BREAKS = """([words, text]) => {
    const [shown] = words.children;
    const walk = document.createTreeWalker(shown, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    while (walk.nextNode()) {
        const at = walk.currentNode.data.indexOf(text);
        if (at < 0) continue;
        range.setStart(walk.currentNode, at);
        range.setEnd(walk.currentNode, at + text.length);
    }
    if (range.toString() !== text) throw new Error(range.toString());
    const found = [];
    for (let width = 300; width < 600; width += 5) {
        words.style.width = `${width}px`;
        if (range.getClientRects().length > 1) found.push(width);
    }
    words.style.width = "";
    return found;
}"""


@pytest.fixture(scope="module")
def opened(open_cells: OpenCells) -> Iterator[LabPage]:
    """A notebook with the three views."""
    with open_cells(*CELLS) as page:
        page.run_all()
        page.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        yield page


def test_the_mouse_scrubs_on_the_loss_curve_and_the_keys_step(page: LabPage):
    explorer = page.explorer_at_start("TimelineExplorer")
    left, bottom, width, height = CURVES
    first, half_way, middle = left, left + width / 2, bottom + height / 2
    explorer.drag((half_way, middle), (first, middle))
    explorer.wait_for_words("Epoch 0 of 300")
    explorer.canvas.focus()
    for key in ("ArrowRight", "PageUp", "ArrowRight"):
        page.page.keyboard.press(key)
    explorer.wait_for_words("Epoch 12 of 300")
    expect(explorer.root.get_by_role("textbox", name="epoch")).to_have_value("12")


def forked_at_its_start(page: LabPage) -> ExplorerOnPage:
    """Return TimelineExplorer with a fork that left at epoch 0 and is trained to its end."""
    explorer = page.explorer_at_start("TimelineExplorer")
    explorer.canvas.focus()
    page.page.keyboard.press("Home")
    explorer.wait_for_words("Epoch 0 of 300")
    explorer.button("Fork from here").press("Enter")
    explorer.wait_for_words("in epoch 200 it has training loss")
    return explorer


def test_a_fork_grows_and_follows_the_slider(page: LabPage):
    explorer = forked_at_its_start(page)
    explorer.wait_for_words("Epoch 200 of 200, the fork")
    slider = explorer.slider("fork's η")
    slider.focus()
    slider.press("ArrowRight")
    explorer.wait_for_words("learning rate 0.01 → 0.0125; in epoch 200")


def test_a_list_of_layers_is_never_broken(page: LabPage):
    explorer = page.explorer_at_start("TimelineExplorer")
    explorer.settle()
    words = explorer.root.locator(".nnlib-summary").element_handle()
    assert page.page.evaluate(BREAKS, [words, "2-8-8-1"]) == []
    assert page.page.evaluate(BREAKS, [words, ". Network"]) != []  # some would be
    assert "2\u20118\u20118\u20111" in words.get_attribute("data-longest")


def test_a_fork_in_the_place_of_another_says_so(page: LabPage, take_picture: TakePicture):
    explorer = forked_at_its_start(page)
    explorer.button("Fork from here").press("Enter")
    expect(explorer.notice("the fork from epoch 0 is gone")).to_be_in_viewport()
    explorer.wait_for_words("in epoch 400 it has training loss")
    expect(explorer.notice("the fork from epoch 0 is gone")).to_be_visible()
    take_picture(page.page, "fork.png")


def test_two_runs_play_side_by_side_and_another_thing_differs(page: LabPage):
    explorer = page.explorer_at_start("TwoRunsExplorer")
    explorer.wait_for_words("their parameters are 0.000 apart")
    choices = [
        explorer.root.get_by_role("combobox", name=name)
        for name in ("what differs", "A has", "B has")
    ]
    assert len({choice.bounding_box()["y"] for choice in choices}) == 1  # in one row
    assert explorer.root.locator(".noUi-target:visible").first.bounding_box()["width"] > 150
    below = {explorer.button(name).bounding_box()["y"] for name in ("Play", "Epoch", "Reset")}
    assert max(below) - min(below) < 5  # with the slider, in a second one
    explorer.button("Play").press("Enter")
    explorer.wait_until(lambda: "Epoch 0 " not in explorer.summary, "both train")
    explorer.button("Pause").press("Enter")
    explorer.root.get_by_role("combobox", name="what differs").select_option("batch size")
    explorer.wait_for_words("The batch size is 10 in A and all rows in B")
    b = explorer.root.get_by_role("combobox", name="B has")
    expect(b.locator("option:checked")).to_have_text("all rows")
    explorer.button("Epoch").press("Enter")
    explorer.wait_for_words("Updates: A 20, B 1.")


def test_the_program_is_copied_by_keyboard(page: LabPage):
    explorer = page.explorer_at_start("ExportExplorer")
    explorer.root.get_by_role("combobox", name="library").select_option("Keras")
    program = explorer.root.get_by_role("textbox", name="Keras program")
    explorer.wait_for_words("program for Keras")
    program.focus()
    page.page.keyboard.press("Control+a")
    page.page.keyboard.press("Control+c")
    copied = page.page.evaluate("() => navigator.clipboard.readText()")
    assert copied == program.input_value()
    assert copied.startswith("# A 2-4-1 network") and "keras.Sequential" in copied
    compile(copied, "the program", "exec")


@pytest.mark.parametrize(
    ("window", "lines"), [(LARGE_WINDOW, 12), (SMALL_WINDOW, 16)], ids=["laptop", "projector"]
)
def test_many_lines_of_the_program_are_in_view_with_the_rest(
    page: LabPage, window: dict, lines: int, take_picture: TakePicture
):
    page.resize(window)
    explorer = page.explorer_at_start("ExportExplorer")
    explorer.root.evaluate("it => it.scrollIntoView()")
    take_picture(page.page, f"export-{window['width']}.png")
    panel = page.find(".jp-WindowedPanel-outer").bounding_box()
    assert explorer.root.bounding_box()["height"] <= panel["height"]
    program = explorer.root.get_by_role("textbox", name="PyTorch program")
    assert program.evaluate("it => it.clientHeight") >= lines * LINE_OF_A_PROGRAM
    shown = explorer.canvas.evaluate("it => it.clientWidth / it.clientHeight")
    drawn = explorer.canvas.evaluate("it => it.width / it.height")
    assert shown == pytest.approx(drawn, abs=0.02)
    page.resize(LARGE_WINDOW)


def test_program_and_weights_are_saved_as_files(page: LabPage, tmp_path):
    explorer = page.explorer_at_start("ExportExplorer")
    label = explorer.root.locator(".nnlib-program > label").bounding_box()
    for name in ("network_pytorch.py", "network.npz"):
        link = explorer.root.get_by_role("link", name=f"Save {name}").bounding_box()
        assert abs(link["y"] - label["y"]) < label["height"]  # the links take no line of their own
        with page.page.expect_download() as download:
            explorer.root.get_by_role("link", name=f"Save {name}").press("Enter")
        assert download.value.suggested_filename == name
        download.value.save_as(tmp_path / name)
    assert "nn.Sequential" in (tmp_path / "network_pytorch.py").read_text(encoding="utf-8")
    assert Network.load(tmp_path / "network.npz").sizes == [2, 4, 1]


@pytest.mark.parametrize("window", [LARGE_WINDOW, SMALL_WINDOW], ids=["laptop", "projector"])
def test_every_row_of_a_drawer_is_seen_with_the_picture(
    page: LabPage, window: dict, take_picture: TakePicture
):
    """And with its words, if there is room for them: else they are heard."""
    page.resize(window)
    explorer = page.explorer_at_start("TrainingExplorer")
    width = explorer.canvas.bounding_box()["width"]
    panel = page.find(".jp-WindowedPanel-outer").bounding_box()
    for name in explorer.open_drawers():
        page.page.wait_for_timeout(300)  # until it is fitted
        explorer.root.evaluate("it => it.scrollIntoView()")
        take_picture(page.page, f"drawer-{name}-{window['width']}.png")
        expect(explorer.root.locator(".nnlib-scrolls:visible")).to_have_count(0)
        assert explorer.root.bounding_box()["height"] <= panel["height"], name
        assert explorer.canvas.bounding_box()["width"] >= 0.8 * width
        words = explorer.root.locator(".nnlib-summary")
        assert words.inner_text() == explorer.canvas.get_attribute("aria-label")
        if window == LARGE_WINDOW or name != "Network":
            assert words.bounding_box()["height"] > LINE_OF_A_PROGRAM
    explorer.button(name).click()
    explorer.wait_until(lambda: explorer.canvas.bounding_box()["width"] == width, "as before")
    page.resize(LARGE_WINDOW)


def test_what_an_explorer_learns_appears_on_its_timeline(page: LabPage):
    training = page.explorer_at_start("TrainingExplorer")
    timeline = page.explorer("TimelineExplorer.of-training")
    for _ in range(2):
        training.button("Epoch").press("Enter")
    training.wait_for_words("Epoch 2, 40 updates")
    timeline.wait_for_words("Epoch 2 of 2, the first run, on circles")
    timeline.canvas.focus()
    page.page.keyboard.press("Home")
    timeline.wait_for_words("Epoch 0 of 2")
    training.button("Restart").press("Enter")
    timeline.wait_for_words("Epoch 0 of 0")


def test_the_next_update_is_stepped_through_clicked_on_and_made(page: LabPage):
    training = page.explorer("TrainingExplorer.inside")
    update = page.explorer("UpdateExplorer")
    update.wait_for_words("Next is update 1, on 10 of 200 rows")
    update.button("Step").press("Enter")
    update.wait_for_words("Forward, step 1 of 7")
    update.canvas.focus()
    page.page.keyboard.press("ArrowRight")
    update.wait_for_words("Forward, step 2 of 7")
    update.root.get_by_label("step", exact=True).select_option(label="update 1   w⁽¹⁾₁₁")
    update.wait_for_words("Update, 1 of 9: w⁽¹⁾₁₁")
    update.click(*DOT_8)
    update.wait_for_words("Row 8 of 10")
    update.click(*W_21)
    update.wait_for_words("Update, 3 of 9: w⁽¹⁾₂₁")
    update.button("Make this update").click()
    training.wait_for_words("Epoch 0, 1 update, on moons")
    update.wait_for_words("Next is update 2, on 10 of 200 rows. Row 1 of 10")
    training.button("Epoch").press("Enter")
    update.wait_for_words("Next is update 21")
