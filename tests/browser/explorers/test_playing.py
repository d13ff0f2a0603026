"""TrainingExplorer is played, its learning rate moved while it plays, and paused."""

import re
from collections.abc import Iterator

import pytest
from lab import ExplorerOnPage, LabPage, OpenCells
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

# As chapter 5 shows it first.
CELL = "from nnlib.explorers import TrainingExplorer\nTrainingExplorer(show=('learning_rate',))"

# What moves in the explorer besides its picture.
MOVING = """explorer => explorer.getAnimations({ subtree: true })
    .map((it) => it.animationName ?? it.transitionProperty)"""


def wait_for_epoch(explorer: ExplorerOnPage, least: int) -> None:
    """Wait until the summary tells of epoch `least` or a later one."""
    explorer.wait_until(lambda: explorer.epoch >= least, f"epoch {least}")


@pytest.fixture(scope="module")
def opened(open_cells: OpenCells) -> Iterator[LabPage]:
    """The explorer on a screen with two pixels to a CSS pixel."""
    with open_cells(CELL, pixel_ratio=2) as page:
        page.run_all()
        yield page


@pytest.fixture
def explorer(page: LabPage) -> ExplorerOnPage:
    """The explorer at rest."""
    explorer = page.explorer("TrainingExplorer")
    explorer.settle()
    return explorer


def test_picture_has_the_pixels_of_the_screen(explorer: ExplorerOnPage):
    shown = explorer.canvas.bounding_box()["width"]
    assert explorer.canvas.evaluate("canvas => canvas.width") >= 2 * shown


def test_play_change_learning_rate_pause(explorer: ExplorerOnPage):
    before = explorer.pixels
    explorer.button("Play").click()
    wait_for_epoch(explorer, explorer.epoch + 3)
    assert explorer.pixels != before

    rate = re.search(r"learning rate (\S+),", explorer.summary)[1]
    slider = explorer.slider("learning rate")
    slider.focus()
    slider.press("ArrowRight")
    summary = explorer.root.locator(".nnlib-summary")
    expect(summary).not_to_contain_text(f"learning rate {rate},")
    wait_for_epoch(explorer, explorer.epoch + 3)

    explorer.button("Pause").click()
    explorer.root.page.wait_for_timeout(500)  # what was on its way may still arrive
    explorer.settle()
    paused = explorer.epoch, explorer.pixels
    explorer.root.page.wait_for_timeout(1000)
    assert (explorer.epoch, explorer.pixels) == paused


def test_where_less_motion_is_wanted_nothing_moves_but_the_picture(explorer: ExplorerOnPage):
    page = explorer.root.page
    explorer.button("Play").click()
    expect(explorer.button("Pause")).to_be_visible()
    assert explorer.root.evaluate(MOVING) == ["nnlib-running"]
    page.emulate_media(reduced_motion="reduce")
    assert explorer.root.evaluate(MOVING) == []
    wait_for_epoch(explorer, explorer.epoch + 1)
    explorer.button("Pause").click()
    page.emulate_media(reduced_motion="no-preference")


def test_trains_to_the_end(explorer: ExplorerOnPage):
    explorer.button("Reset").click()
    explorer.button("Picture").click()
    explorer.root.get_by_label("speed").select_option("fast")
    explorer.button("Picture").click()
    explorer.button("Play").click()
    wait_for_epoch(explorer, 300)
    explorer.button("Pause").click()
    explorer.root.page.wait_for_timeout(500)
    explorer.settle()
    assert int(re.search(r"(\d+)% of the training rows right", explorer.summary)[1]) >= 95


def test_an_experiment_is_chosen_by_keys_played_and_answered(explorer: ExplorerOnPage):
    words = explorer.root.locator(".nnlib-form")
    expect(words).to_be_hidden()
    explorer.button("Try").press("Enter")
    experiment = explorer.root.get_by_label("experiment")
    experiment.focus()
    experiment.press("ArrowDown")
    expect(words).to_contain_text("Question: A ring lies around a cluster")
    expect(words).to_contain_text("Why: opens after epoch 50.")
    below = explorer.canvas.bounding_box()["y"]
    assert words.bounding_box()["y"] + words.bounding_box()["height"] <= below
    explorer.button("Play").press("Enter")
    expect(words).to_contain_text("an ellipse")
    expect(explorer.notice("The reason stands above the picture.")).to_be_visible()
    assert explorer.summary.startswith("Epoch 50, 1,000 updates")
    explorer.button("Reset").click()
    expect(words).to_be_hidden()
