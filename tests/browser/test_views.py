"""The views of a training run, used: scrub and fork, compare, take the code away."""

from collections.abc import Iterator

import pytest
from lab import ExplorerOnPage, LabPage, OpenCells
from playwright.sync_api import expect

from nnlib import Network

pytestmark = pytest.mark.browser

CELLS = (
    "from nnlib.explorers import *",
    "TimelineExplorer()",
    "training = TrainingExplorer()\ntraining",
    "TimelineExplorer(of=training).add_class('of-training')",
    "TwoRunsExplorer(speed='fast')",
    "ExportExplorer()",
)
CURVES = (0.69, 0.135, 0.178, 0.735)  # left, bottom, width, height in the timeline's picture


@pytest.fixture(scope="module")
def opened(open_cells: OpenCells) -> Iterator[LabPage]:
    """A notebook with the three views."""
    with open_cells(*CELLS) as page:
        page.run_all()
        page.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        yield page


@pytest.fixture
def page(opened: LabPage) -> Iterator[LabPage]:
    """The notebook, with a look at all that may have gone wrong."""
    yield opened
    opened.check()


def at_rest(page: LabPage, name: str) -> ExplorerOnPage:
    explorer = page.explorer(name)
    explorer.button("Reset").click()
    explorer.canvas.scroll_into_view_if_needed()
    explorer.settle()
    return explorer


def told(explorer: ExplorerOnPage, words: str) -> None:
    expect(explorer.root.locator(".nnlib-summary")).to_contain_text(words)


def test_the_mouse_scrubs_on_the_loss_curve_and_the_keys_step(page: LabPage):
    explorer, mouse = at_rest(page, "TimelineExplorer"), page.page.mouse
    picture = explorer.canvas.bounding_box()
    left, bottom, width, height = CURVES

    def place(epoch: int) -> tuple[float, float]:
        across, up = left + width * epoch / 300, bottom + height / 2
        return (
            picture["x"] + across * picture["width"],
            picture["y"] + (1 - up) * picture["height"],
        )

    mouse.move(*place(150))
    mouse.down()
    mouse.move(*place(0), steps=10)
    mouse.up()
    told(explorer, "Epoch 0 of 300")
    explorer.canvas.focus()
    for key in ("ArrowRight", "PageUp", "ArrowRight"):
        page.page.keyboard.press(key)
    told(explorer, "Epoch 12 of 300")
    expect(explorer.root.get_by_role("textbox", name="epoch")).to_have_value("12")


def test_a_fork_grows_and_follows_the_slider(page: LabPage):
    explorer = at_rest(page, "TimelineExplorer")
    explorer.canvas.focus()
    page.page.keyboard.press("Home")
    told(explorer, "Epoch 0 of 300")
    explorer.button("Fork from here").press("Enter")
    told(explorer, "in epoch 200 it has training loss")
    told(explorer, "Epoch 200 of 200, the fork")
    slider = explorer.slider("fork's η")
    slider.focus()
    slider.press("ArrowRight")
    told(explorer, "learning rate 0.01 → 0.0126; in epoch 200")


def test_two_runs_play_side_by_side_and_another_thing_differs(page: LabPage):
    explorer = at_rest(page, "TwoRunsExplorer")
    told(explorer, "their parameters are 0.000 apart")
    explorer.button("Play").press("Enter")
    explorer.wait_until(lambda: "Epoch 0 " not in explorer.summary, "both train")
    explorer.button("Pause").press("Enter")
    explorer.root.get_by_role("combobox", name="what differs").select_option("batch size")
    told(explorer, "The batch size is 10 in A and all rows in B")
    b = explorer.root.get_by_role("combobox", name="B has")
    expect(b.locator("option:checked")).to_have_text("all rows")
    explorer.button("Step").press("Enter")
    told(explorer, "Updates: A 20, B 1.")


def test_the_program_is_copied_by_keyboard(page: LabPage):
    explorer = at_rest(page, "ExportExplorer")
    explorer.root.get_by_role("combobox", name="library").select_option("Keras")
    program = explorer.root.get_by_role("textbox", name="Keras program")
    told(explorer, "program for Keras")
    program.focus()
    page.page.keyboard.press("Control+a")
    page.page.keyboard.press("Control+c")
    copied = page.page.evaluate("() => navigator.clipboard.readText()")
    assert copied == program.input_value()
    assert copied.startswith("# A 2-4-1 network") and "keras.Sequential" in copied
    compile(copied, "the program", "exec")


def test_program_and_weights_are_saved_as_files(page: LabPage, tmp_path):
    explorer = at_rest(page, "ExportExplorer")
    for name in ("network_pytorch.py", "network.npz"):
        with page.page.expect_download() as download:
            explorer.root.get_by_role("link", name=f"Save {name}").press("Enter")
        assert download.value.suggested_filename == name
        download.value.save_as(tmp_path / name)
    assert "nn.Sequential" in (tmp_path / "network_pytorch.py").read_text(encoding="utf-8")
    assert Network.load(tmp_path / "network.npz").sizes == [2, 4, 1]


def test_what_an_explorer_learns_appears_on_its_timeline(page: LabPage):
    training = at_rest(page, "TrainingExplorer")
    timeline = page.explorer("TimelineExplorer.of-training")
    for _ in range(2):
        training.button("Epoch").press("Enter")
    told(training, "Epoch 2, 40 updates")
    told(timeline, "Epoch 2 of 2, the first run, on circles")
    timeline.canvas.focus()
    page.page.keyboard.press("Home")
    told(timeline, "Epoch 0 of 2")
    training.button("Restart").press("Enter")
    told(timeline, "Epoch 0 of 0")
